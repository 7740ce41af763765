"""The learning-rate schedules, in teaching order; the keys stand in people's links."""

from schedules.base import Schedule
from schedules.constant import Constant
from schedules.cosine import Cosine
from schedules.exponential import Exponential
from schedules.inverse import Inverse
from schedules.one_cycle import OneCycle
from schedules.reduce_on_plateau import ReduceOnPlateau
from schedules.step import Step
from schedules.warmup_cosine import WarmupCosine

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
