"""The hyperparameters that many rules share, each declared once; a rule adds what is its own."""

from typing import Any

from declarations import number
from surfaces.base import Array, Landscape


def learning_rate(default: float, help: str, label: str = "learning rate") -> Any:
    """Declare a learning rate, eta; its default suits a surface of the size of the screen's."""
    return number(default, r"\eta", label, 1e-6, 100.0, scale="log", help=help)


def kept(default: float, symbol: str, label: str, help: str) -> Any:
    """Declare which share of an average, or of a velocity, survives a step."""
    return number(default, symbol, label, 0.0, 0.9999, scale="towards one", help=help)


def momentum(default: float, help: str) -> Any:
    """Declare a momentum, beta: the share of the velocity that survives a step."""
    return kept(default, r"\beta", "momentum", help)


def beta1(default: float = 0.9, help: str = "Memory of the gradient.") -> Any:
    """Declare Adam's beta1, the decay of the average of gradients."""
    return kept(default, r"\beta_1", "momentum", help)


def beta2(default: float = 0.999, help: str = "Memory of the squared gradient.") -> Any:
    """Declare Adam's beta2, the decay of the average of squares."""
    return number(
        default, r"\beta_2", "memory of squares", 0.0, 0.99999, scale="towards one", help=help
    )


def epsilon(default: float, help: str = "Guards against division by zero.") -> Any:
    """Declare the small number that keeps a denominator away from zero."""
    return number(
        default,
        r"\epsilon",
        "epsilon",
        0.0,
        1.0,
        scale="log",
        smallest=1e-16,
        help=help,
        searched=False,
    )


def coupled_decay() -> Any:
    """Declare weight decay in its coupled form: the L2 penalty enters the gradient."""
    return number(
        0.0,
        r"\lambda",
        "weight decay (coupled, L2)",
        0.0,
        10.0,
        scale="log",
        searched=False,
        help="Adds λ w to the gradient, so it passes through all the rule does to a gradient.",
    )


def decoupled_decay(default: float, help: str) -> Any:
    """Declare weight decay in its decoupled form: the weights shrink beside the gradient step."""
    return number(
        default,
        r"\lambda",
        "weight decay (decoupled)",
        0.0,
        10.0,
        scale="log",
        help=help,
        searched=False,
    )


def penalized_gradient(surface: Landscape, w: Array, weight_decay: float | Array) -> Array:
    """Return the gradient plus weight_decay w, of shape (2, ...): that of f + decay |w|^2 / 2."""
    g = surface.gradient(w)
    if isinstance(weight_decay, int | float) and weight_decay == 0:
        return g
    return g + weight_decay * w
