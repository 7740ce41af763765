"""Measures what the server computes with the engine, beside peers, as a Markdown table.

    pip install -r requirements.txt torch
    python -m benchmarks.engine [FOLDER]

PyTorch does the same runs in the same processes, where it is installed; FOLDER is another checkout.
All take turns. Told are milliseconds on the processor, which other work on the machine changes
least: the medians over all rounds.
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
PEER = "PyTorch: "


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


def peers() -> dict[str, Callable[[], object]]:
    """Return the same in PyTorch, as its users write it, where it can be said there."""
    try:
        import torch
    except ImportError:
        return {}
    torch.set_num_threads(1)

    def run(start: list[float] | np.ndarray, noise: float = 0.0) -> list[np.ndarray]:
        w = torch.tensor(np.array(start), dtype=torch.float64, requires_grad=True)
        rule, draws = torch.optim.Adam([w], lr=0.05), torch.Generator().manual_seed(0)
        path = []
        for _ in range(STEPS):
            rule.zero_grad()
            x, y = w
            ((1 - x) ** 2 + 100 * (y - x**2) ** 2).sum().backward()
            if noise:
                w.grad += noise * torch.randn(w.shape, dtype=torch.float64, generator=draws)
            rule.step()
            path.append(w.detach().numpy().copy())
        return path

    start = list(SURFACES["rosenbrock"].start)
    many = np.repeat(np.array(start)[:, None], 100, axis=1)
    return {
        "one path, everything kept": lambda: run(start),
        "an ensemble of 100 seeds": lambda: run(many, 5.0),
        "40 paths, everything kept": lambda: run(many[:, :40]),
    }


def measured() -> dict[str, float]:
    """Return the median of each case in this process, compilation left out."""
    found = {}
    for name, case in (cases() | {PEER + name: peer for name, peer in peers().items()}).items():
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
    print("| Adam, 300 steps | Here | PyTorch / here |" + " Before | Here / before |" * others)
    print("|:--|--:|--:|" + "--:|--:|" * others)
    for name in cases():
        own, *other = (
            statistics.median(taken[k][name] for taken in rounds) for k in range(len(folders))
        )
        peer = [taken[0][PEER + name] for taken in rounds if PEER + name in taken[0]]
        ratio = f"{statistics.median(peer) / own:.0f}" if peer else ""
        beside = "".join(f" {before:.1f} ms | {own / before:.2f} |" for before in other)
        print(f"| {name} | {own:.1f} ms | {ratio} |{beside}")


if __name__ == "__main__":
    if sys.argv[1:] == [ONCE]:
        print(json.dumps(measured()))
    else:
        main()
