"""The learning-rate schedules, in teaching order; the keys stand in people's links."""

from schedules.base import Schedule
from schedules.closed_form import Constant, Cosine, Exponential, Inverse, Step
from schedules.phases import OneCycle, WarmupCosine
from schedules.plateau import ReduceOnPlateau

__all__ = ["SCHEDULES", "Constant", "Schedule"]

SCHEDULES: dict[str, type[Schedule]] = {
    "constant": Constant,
    "step": Step,
    "exponential": Exponential,
    "inverse": Inverse,
    "cosine": Cosine,
    "warmup_cosine": WarmupCosine,
    "one_cycle": OneCycle,
    "reduce_on_plateau": ReduceOnPlateau,
}
