"""Which of PyTorch's own optimizers and schedulers a lane is, with the same numbers."""

from __future__ import annotations

from typing import Any

from engine.export.outline import call, instance
from optimizers import Optimizer
from optimizers.adadelta import AdaDelta
from optimizers.adagrad import Adagrad
from optimizers.adam import Adam
from optimizers.adamax import Adamax
from optimizers.adamw import AdamW
from optimizers.amsgrad import AMSGrad
from optimizers.gradient_descent import GradientDescent
from optimizers.momentum import Momentum
from optimizers.momentum_ema import AveragedMomentum
from optimizers.momentum_lecture import LectureMomentum
from optimizers.nadam import NAdam
from optimizers.nesterov import Nesterov
from optimizers.radam import RAdam
from optimizers.rmsprop import RMSProp
from optimizers.rprop import Rprop
from schedules import Constant, Schedule
from schedules.cosine import Cosine
from schedules.exponential import Exponential
from schedules.formulas import whole_steps
from schedules.one_cycle import OneCycle
from schedules.reduce_on_plateau import ReduceOnPlateau
from schedules.step import Step

Arguments = tuple[str, dict[str, Any]] | None


def optimizer_code(rule: Optimizer, schedule: Schedule | None = None) -> str | None:
    """Return the call that makes PyTorch's optimizer of this rule for [w], None if it has none.

    A rule that is PyTorch's only at a constant rate is given its own lines under a schedule.
    """
    steady = schedule is None or isinstance(schedule, Constant)
    found = _optimizer(rule) or (_converted(rule) if steady else None)
    return found and call(f"torch.optim.{found[0]}", found[1], "[w]")


def conversion(rule: Optimizer, schedule: Schedule) -> str:
    """Return a sentence that says how PyTorch's optimizer walks this rule's path, or nothing."""
    converts = isinstance(schedule, Constant) and not _optimizer(rule) and _converted(rule)
    return CONVERTED[type(rule)] if converts else ""


def scheduler_code(schedule: Schedule, lr: float, steps: int) -> str | None:
    """Return the call that makes PyTorch's scheduler for `optimizer`, None if none is needed.

    A schedule that PyTorch does not have is a LambdaLR of the schedule's own formula.
    """
    if isinstance(schedule, Constant):
        return None
    name, arguments = _scheduler(schedule, lr, steps) or ("LambdaLR", {})
    if name == "LambdaLR":
        factor = f"{instance(schedule)}.factor(t, STEPS, None)"
        return f"torch.optim.lr_scheduler.LambdaLR(optimizer, lambda t: {factor})"
    return call(f"torch.optim.lr_scheduler.{name}", arguments, "optimizer")


CONVERTED = {
    LectureMomentum: "its velocity is lr times that of SGD; at a constant rate both walk one path",
    AveragedMomentum: "its average is (1 - beta) times the velocity of SGD, so the rate is smaller",
}
"""The rules that PyTorch has in another form, and why the paths are the same."""


def _converted(rule: Optimizer) -> Arguments:
    match rule:
        case LectureMomentum():
            return "SGD", {"lr": rule.lr, "momentum": rule.beta}
        case AveragedMomentum():
            return "SGD", {"lr": rule.lr * (1 - rule.beta), "momentum": rule.beta}
    return None


def _optimizer(rule: Optimizer) -> Arguments:
    """Return what PyTorch calls a rule, and with which arguments.

    Without momentum PyTorch keeps no velocity and refuses nesterov; it wants factors that truly
    shrink and grow; its centered variance may round below 0, which the rule here rules out.
    """
    match rule:
        case GradientDescent():
            return "SGD", rule.settings()
        case Momentum() if rule.beta != 0:
            named = {"momentum": rule.beta, "dampening": rule.dampening}
            return "SGD", {"lr": rule.lr, **named, "weight_decay": rule.weight_decay}
        case Nesterov() if rule.beta != 0:
            named = {"momentum": rule.beta, "nesterov": True}
            return "SGD", {"lr": rule.lr, **named, "weight_decay": rule.weight_decay}
        case Rprop() if rule.shrink < 1 < rule.grow:
            ranges = {"etas": (rule.shrink, rule.grow), "step_sizes": (rule.smallest, rule.largest)}
            return "Rprop", {"lr": rule.lr, **ranges}
        case Adagrad():
            return "Adagrad", rule.settings()
        case AdaDelta():
            return "Adadelta", rule.settings()
        case RMSProp() if not rule.centered:
            named = {"alpha": rule.alpha, "eps": rule.eps, "momentum": rule.beta}
            return "RMSprop", {"lr": rule.lr, **named, "weight_decay": rule.weight_decay}
        case Adam() | AdamW() | RAdam() | Adamax():
            return type(rule).__name__, _as_adam(rule)
        case AMSGrad():
            return "Adam", {**_as_adam(rule), "amsgrad": True}
        case NAdam():
            return "NAdam", {**_as_adam(rule), "momentum_decay": rule.momentum_decay}
    return None


def _as_adam(rule: Any) -> dict[str, Any]:
    betas = {"betas": (rule.beta1, rule.beta2), "eps": rule.eps}
    return {"lr": rule.lr, **betas, "weight_decay": rule.weight_decay}


def _scheduler(schedule: Schedule, lr: float, steps: int) -> Arguments:
    """Return what PyTorch calls a schedule; its rise and fall each need some length."""
    match schedule:
        case Step():
            interval = whole_steps(schedule.interval, steps)
            return "StepLR", {"step_size": interval, "gamma": schedule.gamma}
        case Exponential():
            return "ExponentialLR", {"gamma": schedule.gamma}
        case Cosine():
            period = whole_steps(schedule.length, steps)
            return "CosineAnnealingLR", {"T_max": period, "eta_min": schedule.floor * lr}
        case OneCycle() if schedule.rise * steps > 1:
            divisions = {
                "div_factor": schedule.start_division,
                "final_div_factor": schedule.final_division,
            }
            shape = {"total_steps": steps, "pct_start": schedule.rise, "cycle_momentum": False}
            return "OneCycleLR", {"max_lr": lr, **shape, **divisions}
        case ReduceOnPlateau():
            return "ReduceLROnPlateau", _reducing(schedule, lr)
    return None


def _reducing(schedule: ReduceOnPlateau, lr: float) -> dict[str, Any]:
    """PyTorch refuses a factor of 1; one next to it never matters, as the floor holds the rate."""
    unchanged = schedule.gamma == 1
    return {
        "factor": 0.5 if unchanged else schedule.gamma,
        "patience": schedule.patience,
        "threshold": schedule.threshold,
        "threshold_mode": "rel" if schedule.relative else "abs",
        "cooldown": schedule.cooldown,
        "min_lr": lr if unchanged else schedule.floor * lr,
        "eps": 0.0,
    }
