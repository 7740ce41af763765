"""Learning rates as torch.optim.lr_scheduler sets them, step by step, for a rate of 1."""

import json

import numpy as np
import torch
from torch.optim import lr_scheduler as s


def _cosine(optimizer, steps, length, floor):
    return s.CosineAnnealingLR(optimizer, round(length * steps), eta_min=floor)


def _warmup(optimizer, steps, warmup, first, floor):
    rise = round(warmup * steps)
    parts = [
        s.LinearLR(optimizer, start_factor=first, end_factor=1.0, total_iters=rise),
        s.CosineAnnealingLR(optimizer, steps - rise, eta_min=floor),
    ]
    return s.SequentialLR(optimizer, parts, milestones=[rise])


def _one_cycle(optimizer, steps, rise, start_division, final_division):
    return s.OneCycleLR(
        optimizer,
        max_lr=1.0,
        total_steps=steps,
        pct_start=rise,
        div_factor=start_division,
        final_div_factor=final_division,
        cycle_momentum=False,
    )


def _plateau(optimizer, steps, gamma, patience, threshold, relative, cooldown, floor):
    return s.ReduceLROnPlateau(
        optimizer,
        factor=gamma,
        patience=patience,
        threshold=threshold,
        threshold_mode="rel" if relative else "abs",
        cooldown=cooldown,
        min_lr=floor,
        eps=0.0,
    )


CASES = [
    # key, our settings, their scheduler
    ("constant", {}, lambda o, n: s.ConstantLR(o, factor=1.0)),
    ("step", {}, lambda o, n: s.StepLR(o, round(0.25 * n), gamma=0.5)),
    (
        "step",
        {"interval": 0.1, "gamma": 0.8},
        lambda o, n: s.StepLR(o, round(0.1 * n), gamma=0.8),
    ),
    ("exponential", {}, lambda o, n: s.ExponentialLR(o, 0.99)),
    ("exponential", {"gamma": 0.9}, lambda o, n: s.ExponentialLR(o, 0.9)),
    ("inverse", {}, lambda o, n: s.LambdaLR(o, lambda t: 1 / (1 + 0.01 * t))),
    ("inverse", {"k": 0.5}, lambda o, n: s.LambdaLR(o, lambda t: 1 / (1 + 0.5 * t))),
    ("cosine", {}, lambda o, n: _cosine(o, n, 1.0, 0.0)),
    ("cosine", {"length": 0.5, "floor": 0.1}, lambda o, n: _cosine(o, n, 0.5, 0.1)),
    ("cosine", {"length": 1.5}, lambda o, n: _cosine(o, n, 1.5, 0.0)),
    ("warmup_cosine", {}, lambda o, n: _warmup(o, n, 0.1, 0.1, 0.0)),
    (
        "warmup_cosine",
        {"warmup": 0.35, "first": 0.3, "floor": 0.05},
        lambda o, n: _warmup(o, n, 0.35, 0.3, 0.05),
    ),
    ("one_cycle", {}, lambda o, n: _one_cycle(o, n, 0.3, 25.0, 1e4)),
    (
        "one_cycle",
        {"rise": 0.55, "start_division": 10.0, "final_division": 100.0},
        lambda o, n: _one_cycle(o, n, 0.55, 10.0, 100.0),
    ),
]

WATCHING = [
    {},
    {"gamma": 0.5, "patience": 3, "cooldown": 4, "floor": 0.05},
    {"gamma": 0.7, "patience": 0, "threshold": 0.02},
    {"gamma": 0.5, "patience": 2, "threshold": 0.01, "relative": False, "cooldown": 1},
]
DEFAULTS = {
    "gamma": 0.1,
    "patience": 10,
    "threshold": 1e-4,
    "relative": True,
    "cooldown": 0,
    "floor": 0.0,
}


def losses():
    """Losses to watch: falling into noise, bouncing, below zero, and one that blows up to NaN."""
    t = np.arange(300)
    noise = np.random.default_rng(2).standard_normal((2, 300))
    blown = np.where(t < 150, np.exp(t / 40), np.where(t < 200, np.inf, np.nan))
    return np.array(
        (
            np.exp(-t / 30) + 0.01 * np.abs(noise[0]),
            1 + np.cos(t / 9) ** 2 * np.exp(-t / 100),
            -np.exp(-((t - 200.0) ** 2) / 5000) + 0.01 * noise[1],
            blown,
        )
    )


def _rates(make, steps, watched=None):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    scheduler, rates = make(optimizer, steps), []
    for t in range(steps):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step(*([] if watched is None else [watched[t]]))
    return np.array(rates)


def rate_sequences():
    """The rate in force at each step, a case a row, padded with NaN beyond the run's steps."""
    labels, rows, seen = [], [], losses()
    for key, settings, make in CASES:
        for steps in (300, 40):
            labels.append({"schedule": key, "settings": settings, "steps": steps})
            rates = _rates(make, steps)
            rows.append(np.pad(rates, (0, 300 - steps), constant_values=np.nan))
    for settings in WATCHING:
        for which, watched in enumerate(seen):
            label = {"schedule": "reduce_on_plateau", "settings": settings, "steps": 300}
            labels.append({**label, "loss": which})
            make = {**DEFAULTS, **settings}
            rows.append(_rates(lambda o, n, make=make: _plateau(o, n, **make), 300, watched))
    return {"cases": json.dumps(labels), "rates": np.array(rows), "losses": seen}
