"""The learning-rate schedules, in teaching order; the keys stand in people's links."""

from engine.schedules.base import Schedule
from engine.schedules.closed_form import Constant, Cosine

__all__ = ["SCHEDULES", "Constant", "Schedule"]

SCHEDULES: dict[str, type[Schedule]] = {
    "constant": Constant,
    "cosine": Cosine,
}
