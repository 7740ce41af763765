"""The update rules, in teaching order; the keys stand in people's links."""

from optimizers.adabelief import AdaBelief
from optimizers.adadelta import AdaDelta
from optimizers.adagrad import Adagrad
from optimizers.adam import Adam
from optimizers.adam_lecture import LectureAdam
from optimizers.adamax import Adamax
from optimizers.adamw import AdamW
from optimizers.amsgrad import AMSGrad
from optimizers.base import Optimizer
from optimizers.delta_bar_delta import DeltaBarDelta
from optimizers.gradient_descent import GradientDescent
from optimizers.line_search import LineSearch
from optimizers.lion import Lion
from optimizers.local_gains import LocalGains
from optimizers.local_gains_hinton import HintonGains
from optimizers.momentum import Momentum
from optimizers.momentum_ema import AveragedMomentum
from optimizers.momentum_lecture import LectureMomentum
from optimizers.nadam import NAdam
from optimizers.nesterov import Nesterov
from optimizers.newton import Newton
from optimizers.radam import RAdam
from optimizers.rmsprop import RMSProp
from optimizers.rprop import Rprop
from optimizers.sign_descent import SignDescent
from optimizers.yogi import Yogi

__all__ = ["OPTIMIZERS", "Optimizer"]

OPTIMIZERS: dict[str, type[Optimizer]] = {
    "gradient_descent": GradientDescent,
    "momentum_lecture": LectureMomentum,
    "momentum": Momentum,
    "momentum_ema": AveragedMomentum,
    "nesterov": Nesterov,
    "local_gains": LocalGains,
    "local_gains_hinton": HintonGains,
    "delta_bar_delta": DeltaBarDelta,
    "rprop": Rprop,
    "adagrad": Adagrad,
    "adadelta": AdaDelta,
    "rmsprop": RMSProp,
    "adam_lecture": LectureAdam,
    "adam": Adam,
    "amsgrad": AMSGrad,
    "adamw": AdamW,
    "nadam": NAdam,
    "radam": RAdam,
    "adamax": Adamax,
    "lion": Lion,
    "adabelief": AdaBelief,
    "yogi": Yogi,
    "sign_descent": SignDescent,
    "newton": Newton,
    "line_search": LineSearch,
}
