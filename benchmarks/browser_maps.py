"""Measures maps as a browser computes them beside the server's, round by round, in one run.

    python -m benchmarks.browser_maps

The basin map is 200 x 200 starts of Adam on Himmelblau's function, of data 200 x 200 starts and 20
steps on 4,096 rows; the sweep is 100 x 100 settings of Adam on Rosenbrock's, 500 steps. Node runs
what a worker runs, on one core; the engine gets all. Both are told in seconds of a processor, which
other work on the machine changes least. The longest step is that of the best round: a page without
workers stops between two steps, the first that ends after 8 ms, to draw a frame.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from engine.compile.javascript_batch import batch_module
from engine.compile.javascript_modules import schedule_module, surface_module
from engine.compile.recording import EVEN, WEIGHTED
from engine.run.seen import noise_draws
from engine.setup.experiment import Experiment, Lane
from labs.basins.look import RESOLUTION
from labs.basins.study import centers, lane_basins
from optimizers import OPTIMIZERS
from packets.landscape import critical
from surfaces import SURFACES
from surfaces.data.regression import Regression
from surfaces.data.swept import few
from tests.sweeps.axes import Axes, Wanted, axes
from tests.sweeps.study import ends

ROUNDS, STEPS, DATA_STEPS = 7, 500, 20
RUNNER = Path(__file__).with_name("browser_maps.js")


def settings(one: Experiment) -> dict[str, Any]:
    """Return the numbers of the first lane by the names that modules know them by."""
    lane = one.lanes[0]
    owners = {"optimizer": lane.optimizer, "surface": one.surface, "schedule": lane.schedule}
    return {f"{o}.{k}": v for o, owned in owners.items() for k, v in owned.settings().items()}


def written(
    folder: Path, name: str, one: Experiment, job: Mapping[str, Any], along: frozenset[str]
) -> None:
    """Write what a map is computed from where Node finds it."""
    lane, surface = one.lanes[0], one.surface
    data = isinstance(surface, Regression)
    columns = WEIGHTED if data else EVEN
    texts = {
        "batch": batch_module(lane.optimizer, surface, along, columns),
        "surface": surface_module(surface, columns),
        "schedule": schedule_module(lane.schedule),
    }
    for kind, text in texts.items():
        (folder / f"{name}-{kind}.js").write_text(text)
    common = {
        "settings": settings(one) | {"noise": 0},
        "steps": one.steps,
        "tolerance": one.tolerance,
        "draws": noise_draws(1.0, 0, one.steps).ravel().tolist(),
        "rows": np.ravel(few(surface)).tolist() if isinstance(surface, Regression) else None,
    }
    (folder / f"{name}.json").write_text(json.dumps({**common, **job}))


def basin_job(one: Experiment) -> dict[str, Any]:
    """Return the job of a map of starts."""
    surface = one.surface
    known = [critical(c, surface) for c in surface.critical_points]
    ground = {"lowest": surface.lowest, "floor": surface.floor, "window": surface.window}
    return {**ground, "sigma": 0, "critical": known, "convex": surface.convex}


def sweep_job(one: Experiment, plan: Axes) -> dict[str, Any]:
    """Return the job of a map of settings."""
    surface = one.surface
    sides = (("optimizer.beta1", plan.up), ("optimizer.lr", plan.across))
    minima = [{"x": c.x, "y": c.y} for c in surface.minima]
    ground = {"lowest": surface.lowest, "floor": surface.floor, "minima": minima}
    named = [{"key": key, "values": axis.values.tolist()} for key, axis in sides]
    none = {"key": "none", "values": [0]}
    return {
        "start": one.start,
        "axes": [none, *named],
        "minima": {"over": [], "surfaces": [ground]},
    }


def processor(work: Callable[[], object]) -> float:
    """Return the seconds of a processor that work takes."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def main() -> None:
    """Print the tables."""
    lane = Lane(OPTIMIZERS["adam"](lr=0.05))
    basin = Experiment(surface=SURFACES["himmelblau"](), lanes=(lane,), steps=STEPS)
    huber = SURFACES["huber_regression"](data="generated")
    data = Experiment(surface=huber, lanes=(Lane(OPTIMIZERS["adam"]()),), steps=DATA_STEPS)
    sweep = Experiment(surface=SURFACES["rosenbrock"](), lanes=(lane,), steps=STEPS)
    plan = axes(sweep, 0, Wanted("a.lr", "a.beta1"))
    whole = plan.settings(*(np.arange(count) for count in plan.shape[1:]))
    servers: dict[str, Callable[[], object]] = {
        "basins": lambda: lane_basins(basin, 0, centers(basin.surface.window, RESOLUTION)),
        "data": lambda: lane_basins(data, 0, centers(huber.window, RESOLUTION)),
        "sweep": lambda: ends(sweep, 0, whole),
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "package.json").write_text('{"type": "module"}')
        written(folder, "basins", basin, basin_job(basin), frozenset())
        written(folder, "data", data, basin_job(data), frozenset())
        written(folder, "sweep", sweep, sweep_job(sweep, plan), frozenset({"lr"}))
        node = subprocess.Popen(
            ["node", RUNNER, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert node.stdin is not None
        assert node.stdout is not None
        print("| map | server, s of a processor | browser | coarse | browser / server | step, ms |")
        print("|---|---|---|---|---|---|")
        for kind, server in servers.items():
            server()
            rows = []
            for _ in range(ROUNDS):
                node.stdin.write(f"{kind}\n")
                node.stdin.flush()
                coarse, fine, step = (float(text) for text in node.stdout.readline().split())
                rows.append((processor(server), fine, coarse, step))
            told = [statistics.median(column) for column in zip(*rows, strict=True)]
            ratio = statistics.median(fine / own for own, fine, *_ in rows)
            step = min(longest for *_, longest in rows)
            words = (f"{seconds:.3f}" for seconds in told[:3])
            print(f"| {kind} | {' | '.join(words)} | {ratio:.2f} | {step:.1f} |")
        node.stdin.close()
        node.wait()


if __name__ == "__main__":
    sys.exit(main())
