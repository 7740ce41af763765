"""What your own surfaces cost on the server, beside a built-in one: CPU milliseconds.

    python -m benchmarks.data

Each pair is run in turn, several times over, and the middle ratio and both middle times are told:
four lanes of 300 steps, all fresh, as a committed change computes them. Then the same in Node, as a
page computes it for each move of a hand.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np

from engine.run.run import Run
from engine.run.trajectory import trajectory
from optimizers import OPTIMIZERS
from packets.modules import module
from surfaces import SURFACES
from surfaces.base import Surface
from surfaces.data.columns import table
from surfaces.data.kinds import LogisticRegression
from surfaces.data.shelf import SHELF
from surfaces.data.tables import Table
from surfaces.formula import Formula

RULES, STEPS, TIMES = ("gradient_descent", "momentum_lecture", "adam", "rmsprop"), 300, 9

ROOT = Path(__file__).parents[1]

FELT = """
import { readFileSync } from "node:fs";
const { path } = await import(process.argv[2]);
const { names, settings, start, steps } = JSON.parse(readFileSync("race.json"));
const rows = Float64Array.from(settings.rows);
const load = (name) => import(`./${name}.js`);
const [surface, schedule] = await Promise.all(["surface", "schedule"].map(load));
const lanes = await Promise.all(names.map(load));
const race = () => {
  for (const [k, rule] of lanes.entries())
    path({ rule, surface, schedule }, { ...settings.lanes[k], rows }, { start, steps });
};
for (let k = 0; k < 5; k++) race();
const times = Array.from({ length: 15 }, () => {
  const begin = process.cpuUsage();
  race();
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1000;
});
console.log(times.sort((a, b) => a - b)[7]);
"""


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


def felt(loss: LogisticRegression) -> float:
    """Return the CPU time that a warm Node needs for the race that a hand feels."""
    key = "logistic_regression"
    addresses = {name: f"rule/{name}/{key}" for name in RULES}
    addresses |= {"surface": f"surface/{key}", "schedule": "schedule/constant"}
    settings = [OPTIMIZERS[name]().settings().items() for name in RULES]
    lanes = [{f"optimizer.{name}": value for name, value in lane} for lane in settings]
    kept = {"lanes": lanes, "rows": np.ravel(np.array(loss.rows())).tolist()}
    race = {"names": RULES, "settings": kept, "start": loss.start, "steps": STEPS}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name, address in addresses.items():
            (place / f"{name}.js").write_text(module(address))
        (place / "race.json").write_text(json.dumps(race))
        (place / "package.json").write_text('{"type": "module"}')
        (place / "felt.js").write_text(FELT)
        runner = (ROOT / "interface" / "stage" / "run" / "path.js").as_uri()
        command = ["node", "felt.js", runner]
        found = subprocess.run(command, cwd=folder, capture_output=True, check=True, text=True)
    return float(found.stdout)


def main() -> None:
    """Print all pairs."""
    built_in = lanes(SURFACES["rosenbrock"]())
    told("the same as a typed formula", lanes(Formula(text="(1-x)^2 + 100(y-x^2)^2")), built_in)
    for count in (1000,):
        name, held = rows(count)
        for batch in ("all", "32"):
            loss = LogisticRegression(file=name, batch=batch)
            told(f"logistic, {len(held.u)} rows, batch {batch}", lanes(loss), built_in)
        hand = felt(LogisticRegression(file=name))
        print(f"{'the same under the hand, in Node':44}{hand:8.1f} ms")
    told("a table of 23 rows", lanes(LogisticRegression()), built_in)


if __name__ == "__main__":
    main()
