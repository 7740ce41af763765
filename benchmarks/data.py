"""What your own surfaces cost on the server, beside a built-in one: CPU milliseconds.

    python -m benchmarks.data

Each pair is run in turn, several times over, and the middle ratio and both middle times are told:
four lanes of 300 steps, all fresh, as a committed change computes them.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import numpy as np

from engine.run.run import Run
from engine.run.trajectory import trajectory
from optimizers import OPTIMIZERS
from surfaces import SURFACES
from surfaces.base import Surface
from surfaces.data.columns import table
from surfaces.data.kinds import LogisticRegression
from surfaces.data.shelf import SHELF
from surfaces.data.tables import Table
from surfaces.formula import Formula

RULES, STEPS, TIMES = ("gradient_descent", "momentum_lecture", "adam", "rmsprop"), 300, 9


def rows(count: int) -> tuple[str, Table]:
    """Return rows of two classes, on the shelf."""
    draws = np.random.default_rng(0)
    u = draws.normal(size=count)
    v = (draws.random(count) < 1 / (1 + np.exp(-u))).astype(float)
    return SHELF.keep(table("u", "v", u, v))


def lanes(surface: Surface) -> Callable[[], object]:
    """Return the work of four lanes."""
    start = surface.start
    return lambda: [trajectory(Run(OPTIMIZERS[key](), surface, start, STEPS)) for key in RULES]


def cpu(work: Callable[[], object]) -> float:
    """Return the CPU time of a piece of work."""
    begin = time.process_time()
    work()
    return 1e3 * (time.process_time() - begin)


def told(name: str, work: Callable[[], object], peer: Callable[[], object]) -> None:
    """Run both in turn and print their middle times and ratio."""
    work(), peer()
    pairs = [(cpu(work), cpu(peer)) for _ in range(TIMES)]
    mine, other = (median(times) for times in zip(*pairs, strict=True))
    ratio = median(a / b for a, b in pairs)
    print(f"{name:44}{mine:8.1f} ms  built in{other:8.1f} ms  ratio{ratio:7.2f}")


def main() -> None:
    """Print all pairs."""
    built_in = lanes(SURFACES["rosenbrock"]())
    told("the same as a typed formula", lanes(Formula(text="(1-x)^2 + 100(y-x^2)^2")), built_in)
    for count in (1000,):
        name, held = rows(count)
        for batch in ("all", "32"):
            loss = LogisticRegression(file=name, batch=batch)
            told(f"logistic, {len(held.u)} rows, batch {batch}", lanes(loss), built_in)
    told("a table of 23 rows", lanes(LogisticRegression()), built_in)


if __name__ == "__main__":
    main()
