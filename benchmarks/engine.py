"""Measures what the server computes with the engine, beside another checkout, as a Markdown table.

    python -m benchmarks.engine [FOLDER]

The checkouts take turns, each time in a process of its own. Told are milliseconds on the
processor, which other work on the machine changes least: the medians over all rounds.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from engine.run.trajectory import trajectory
from engine.setup.experiment import Experiment, Lane
from engine.setup.handles import turned
from engine.study.ensemble import losses
from labs.basins.study import centers, lane_basins
from labs.tuning.study import search
from lessons.quantities import BUDGET, CELLS, RATES
from optimizers import OPTIMIZERS
from surfaces import SURFACES

PROCESSES, ROUNDS, STEPS = 5, 5, 300
ONCE = "once"


def experiment(rule: str = "adam", surface: str = "rosenbrock") -> Experiment:
    """Return one lane on a surface."""
    lane = Lane(OPTIMIZERS[rule](lr=0.05))
    return Experiment(surface=SURFACES[surface](), lanes=(lane,), steps=STEPS)


def cases() -> dict[str, Callable[[], object]]:
    """Return what is measured, by what it is called in the table."""
    valley, hills = experiment(), experiment(surface="himmelblau")
    noisy = replace(valley, noise=5.0).run(0)
    fan = turned(valley, {"a.lr": np.geomspace(1e-3, 1.0, 40)}).run(0)
    starts = centers(hills.surface.window, CELLS)
    return {
        "one path, everything kept": lambda: trajectory(valley.run(0)),
        "an ensemble of 100 seeds": lambda: losses(noisy, range(100)),
        "40 paths, everything kept": lambda: trajectory(fan),
        f"a lesson's {len(RATES)} learning rates": lambda: turned(valley, {"a.lr": RATES}).ends(0),
        f"a lesson's search among {BUDGET} settings": lambda: list(search(valley, 0, BUDGET)),
        f"a lesson's basins, {CELLS} × {CELLS} starts": lambda: lane_basins(hills, 0, starts),
    }


def measured() -> dict[str, float]:
    """Return the median of each case in this process, compilation left out."""
    found = {}
    for name, case in cases().items():
        case()
        took = []
        for _ in range(ROUNDS):
            begun = time.process_time()
            case()
            took.append(1e3 * (time.process_time() - begun))
        found[name] = statistics.median(took)
    return found


def once(folder: Path) -> dict[str, float]:
    """Return what a fresh process measures of the engine in a folder."""
    command = [sys.executable, "-P", __file__, ONCE]
    environment = os.environ | {"PYTHONPATH": str(folder)}
    told = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    found: dict[str, float] = json.loads(told.stdout)
    return found


def main() -> None:
    """Print the table."""
    folders = [Path(), *map(Path, sys.argv[1:2])]
    rounds = [[once(folder.resolve()) for folder in folders] for _ in range(PROCESSES)]
    others = len(folders) - 1
    print("| Adam, 300 steps | Here |" + " Before | Here / before |" * others)
    print("|:--|--:|" + "--:|--:|" * others)
    for name in rounds[0][0]:
        own, *other = (
            statistics.median(taken[k][name] for taken in rounds) for k in range(len(folders))
        )
        beside = "".join(f" {before:.1f} ms | {own / before:.2f} |" for before in other)
        print(f"| {name} | {own:.1f} ms |{beside}")


if __name__ == "__main__":
    if sys.argv[1:] == [ONCE]:
        print(json.dumps(measured()))
    else:
        main()
