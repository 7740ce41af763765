"""Runs the stage's own runner and recorded modules in Node, many cases in one process."""

import json
import subprocess
from pathlib import Path
from typing import NamedTuple

import numpy as np

from engine.compile.javascript_modules import rule_module, schedule_module, surface_module
from engine.run.run import Run
from engine.run.seen import noise_draws
from engine.run.trajectory import trajectory
from surfaces.data.batches import batches
from surfaces.data.regression import Regression

RUNNER = Path(__file__).parent / "js" / "replay.js"


class Case(NamedTuple):
    """One lane's run."""

    optimizer: object
    surface: object
    schedule: object
    start: tuple[float, float]
    steps: int
    sigma: float = 0.0
    seed: int = 0
    target: float | None = None


class Walk(NamedTuple):
    """What a run gives, in the engine and in the browser alike."""

    diverged: int
    arrived: int
    x: np.ndarray
    loss: np.ndarray
    gradient: np.ndarray
    lr: np.ndarray
    evaluations: np.ndarray
    memory: dict[str, np.ndarray]


def engine(case, nudge=(0.0, 0.0)):
    """The engine's own run."""
    run = trajectory(
        Run(
            case.optimizer,
            case.surface,
            tuple(np.add(case.start, nudge)),
            case.steps,
            schedule=case.schedule,
            sigma=case.sigma,
            seed=case.seed,
        )
    )
    here = np.flatnonzero(run.loss <= case.target) if case.target is not None else ()
    arrived = int(here[0]) if len(here) else -1
    kept = (run.x, run.loss, run.gradient, run.lr, run.evaluations)
    return Walk(int(run.diverged), arrived, *kept, dict(run.memory))


def browser(folder, cases):
    """The same runs in JavaScript, one after the other."""
    written = {}
    asked = [_case(folder, written, case) for case in cases]
    answers = answers_of(folder, asked)
    return [_read(answers, case) for case in cases]


def answers_of(folder, asked):
    """Run Node over cases and return a function that takes the next numbers of what it wrote."""
    (folder / "cases.json").write_text(json.dumps(asked))
    (folder / "package.json").write_text('{"type": "module"}')
    subprocess.run(["node", RUNNER, folder], check=True)
    numbers = np.frombuffer((folder / "answers").read_bytes(), "<f8")
    place = 0

    def take(*shape):
        nonlocal place
        count = int(np.prod(shape))
        place += count
        return numbers[place - count : place].reshape(shape)

    return take


def settings(case):
    """All numbers of a lane and its surface by the names that modules know them by."""
    owners = {"optimizer": case.optimizer, "surface": case.surface, "schedule": case.schedule}
    told = {f"{o}.{k}": v for o, owned in owners.items() for k, v in owned.settings().items()}
    return {name: value for name, value in told.items() if not isinstance(value, str)}


def stored(folder, written, texts):
    """Return in which files modules stand; a text that is not `written` yet gets one."""
    for text in texts.values():
        if text not in written:
            written[text] = f"m{len(written)}.js"
            (folder / written[text]).write_text(text)
    return {kind: written[text] for kind, text in texts.items()}


def runners(optimizer, surface, schedule):
    """Return the texts of the modules that run a lane."""
    return {
        "rule": rule_module(optimizer, surface),
        "surface": surface_module(surface),
        "schedule": schedule_module(schedule),
    }


def _case(folder, written, case):
    draws = noise_draws(1.0, case.seed, case.steps).ravel().tolist() if case.sigma else None
    run = {"start": case.start, "steps": case.steps, "sigma": case.sigma, "draws": draws}
    if isinstance(case.surface, Regression):
        run["rows"] = np.ravel(case.surface.rows()).tolist()
        if case.surface.changes:
            run["batches"] = batches(case.surface, case.steps + 1).tolist()
    modules = stored(folder, written, runners(case.optimizer, case.surface, case.schedule))
    return {"modules": modules, "settings": settings(case), "run": run, "target": case.target}


def _read(take, case):
    n = case.steps + 1
    diverged, arrived = take(2)
    kept = take(n, 2), take(n), take(n, 2), take(case.steps), take(n, 3)
    fresh = case.optimizer.start(np.zeros(2))
    shapes = {name: np.shape(part) for name, part in zip(fresh._fields, fresh, strict=True)}
    memory = {name: take(n, *shapes[name]) for name in sorted(shapes)}
    return Walk(int(diverged), int(arrived), *kept, memory)


def longest_line(source):
    """Return a module's longest line of code that a joined script has as it is written."""
    changed = ("//", "/*", "*", "import ", "export ")
    lines = (line.lstrip() for line in source.split("\n"))
    return max((s for s in lines if not s.startswith(changed) and "import(" not in s), key=len)
