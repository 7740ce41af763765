"""Measures the basin map: how soon it is there, and its runs beside optax's, in one run.

    python -m benchmarks.basins

Adam from 200 x 200 starts on Himmelblau's function, 500 steps. The map also says where each run
ends and when it settled; optax only moves the points (compiled beforehand, jit + vmap).
"""

from __future__ import annotations

import statistics
from collections.abc import Callable

from benchmarks.engine import STEPS, optax_contestants, race
from engine.run.batch import outcomes
from engine.run.run import Run
from engine.setup.experiment import Experiment, Lane
from labs.basins.study import centers, lane_basins
from optimizers import OPTIMIZERS
from surfaces import SURFACES

ROUNDS = 9
SLOW = ("newton", "rprop")


def experiment(rule: str = "adam", surface: str = "himmelblau") -> Experiment:
    """Return one lane with the rate of the engine's own benchmark."""
    return Experiment(
        surface=SURFACES[surface](), lanes=(Lane(OPTIMIZERS[rule](lr=0.05)),), steps=STEPS
    )


def whole(one: Experiment) -> Callable[[], object]:
    """Return what computes the fine map."""
    return lambda: lane_basins(one, 0, centers(one.surface.window, 200))


def main() -> None:
    """Print the tables."""
    adam, starts = experiment(), centers(SURFACES["himmelblau"].window, 200)
    rule, surface = adam.lanes[0].optimizer, adam.surface
    contestants: dict[str, Callable[[], object]] = {
        "fine map at once": whole(adam),
        "the runs alone (engine)": lambda: outcomes(Run(rule, surface, starts, STEPS)),
        **{f"the runs alone ({name})": run for name, run in optax_contestants()[1].items()},
    }
    times = race(contestants, ROUNDS)
    first = next(iter(times.values()))
    print("| Adam, 200 x 200 starts, Himmelblau, 500 steps | median | least | / fine map |")
    print("|---|---|---|---|")
    for name, own in times.items():
        ratio = statistics.median(own) / statistics.median(first)
        print(f"| {name} | {statistics.median(own):.3g} ms | {min(own):.3g} ms | {ratio:.2f} |")
    print("\n| fine map | median |\n|---|---|")
    others = {f"{rule}, himmelblau": whole(experiment(rule)) for rule in SLOW}
    others["adam, rastrigin"] = whole(experiment(surface="rastrigin"))
    for name, own in race(others, 3).items():
        print(f"| {name} | {statistics.median(own):.3g} ms |")


if __name__ == "__main__":
    main()
