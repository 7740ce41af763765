"""What a rule does to small errors while its scaling stands still, in five numbers."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from surfaces.base import Array


class Dynamics(NamedTuple):
    """A rule as a linear recursion, its scaling S frozen: what stability theory needs to know.

    w' = s w + beta (w - s w_before) - lr gain S grad(w + ahead (w - w_before)), where
    s = 1 - lr decay and the gradient is that of f + penalty |w|^2 / 2. Without `ahead` it is the
    heavy ball, with ahead = beta Nesterov's rule, with beta = 0 gradient descent. `first` is what
    stands for gain (1 + ahead) at the first step if it differs, `scale` is S, of shape (2, ...)
    or a number; the others may be arrays of shape (...). A rule with `decay` does not look ahead.

    Source: L. Lessard, B. Recht and A. Packard (2016), arXiv:1408.3595, section 3; the frozen
    scaling: J. Cohen et al. (2022), arXiv:2207.14484.
    """

    gain: Any = 1.0
    beta: Any = 0.0
    ahead: Any = 0.0
    penalty: Any = 0.0
    decay: Any = 0.0
    scale: Array | float = 1.0
    first: Any = None


def on_even_slope(rule: Dynamics, t: Any, lr: Any) -> Any:
    """Return what a slope that stays the same is multiplied by at step t, of the scaling's shape.

    It is lr S gain (1 - beta^t) / (1 - beta): the learning rate of each weight as the rule has it.
    """
    gathered = np.where(np.equal(rule.beta, 1), t, (1 - rule.beta**t) / (1 - rule.beta))
    return lr * (rule.gain * gathered) * rule.scale


def bias_corrected(rule: Any, t: int | Array, squares: Array, **rest: Any) -> Dynamics:
    """Return what an average of gradients over the root of `squares` does, both bias-corrected.

    `rule` has beta1, beta2 and eps, as Adam has; `rest` are further fields of `Dynamics`.
    """
    root = np.sqrt(squares) / np.sqrt(1 - rule.beta2**t) + rule.eps
    scale = 1 / ((1 - rule.beta1**t) * root)
    return Dynamics(1 - rule.beta1, rule.beta1, scale=scale, **rest)
