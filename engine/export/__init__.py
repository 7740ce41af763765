"""An experiment as text to take away: tables of its paths, and code that reproduces them."""

from engine.export.numpy_code import numpy_script
from engine.export.pytorch_code import pytorch_script
from engine.export.tables import trajectories_csv, trajectories_json

__all__ = ["numpy_script", "pytorch_script", "trajectories_csv", "trajectories_json"]
