"""The paths as tables: one row a step for spreadsheets, arrays a lane for programs."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from declarations import Declared
from engine.run.trajectory import Trajectory
from engine.setup.experiment import Experiment
from engine.setup.labels import labels
from engine.setup.link import to_json
from surfaces.base import Array

SETTINGS = ("surface", "lane", "optimizer", "schedule", "noise", "seed", "tolerance")
MEASURED = ("step", "x", "y", "loss", "gradient_x", "gradient_y", "lr", "diverged")
_STARTS_A_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def trajectories_csv(experiment: Experiment) -> str:
    """Return all lanes' paths as one table, a row a step, as spreadsheets and data frames like it.

    RFC 4180 with one header line. Numbers have all their digits; NaN is an empty cell and
    `diverged` is 1 from the step on at which the lane left; `lr` is the rate that led to the row.
    `gradient` is what the rule saw, noise included. Each memory array has columns of its own,
    empty in the lanes that have no such memory. Text that a spreadsheet would take for a formula
    gets an apostrophe in front.
    """
    runs = experiment.runs()
    remembered = _memory_columns(runs)
    file = io.StringIO(newline="")
    table = csv.writer(file)
    table.writerow([*SETTINGS, *MEASURED, *remembered])
    for k, run in enumerate(runs):
        settings = [safe_cell(text) for text in _settings(experiment, k)]
        table.writerows([*settings, *row] for row in _rows(run, remembered))
    return file.getvalue()


def trajectories_json(experiment: Experiment) -> str:
    """Return every setting (as in a saved experiment) and every lane's arrays; NaN is null.

    Arrays have the step as their first axis, the coordinates as their second.
    """
    content = json.loads(to_json(experiment))
    content["trajectories"] = [
        {"lane": label, **_arrays(run)}
        for label, run in zip(labels(experiment), experiment.runs(), strict=True)
    ]
    return json.dumps(content, allow_nan=False)


def safe_cell(text: str) -> str:
    """Return the text with an apostrophe in front if a spreadsheet would take it for a formula."""
    return f"'{text}" if text.lstrip().startswith(_STARTS_A_FORMULA) else text


def settings_text(value: Declared) -> str:
    """Return a rule, schedule or surface with its numbers in one line, as 'Adam (lr 0.05)'."""
    used = value.used().items()
    listed = ", ".join(f"{name} {d.write(getattr(value, name))}" for name, d in used)
    return f"{value.title} ({listed})" if listed else value.title


def _settings(experiment: Experiment, k: int) -> Iterator[str]:
    lane = experiment.lanes[k]
    yield settings_text(experiment.surface)
    yield labels(experiment)[k]
    yield settings_text(lane.optimizer)
    yield settings_text(lane.schedule)
    yield repr(float(experiment.noise))
    yield str(experiment.seed)
    yield repr(float(experiment.tolerance))


def _memory_columns(runs: tuple[Trajectory, ...]) -> list[str]:
    names = (name for run in runs for key in run.memory for name in _columns(run, key))
    return list(dict.fromkeys(names))


def _columns(run: Trajectory, key: str) -> dict[str, Array]:
    rows = run.memory[key]
    if rows.ndim == 1:
        return {f"memory_{key}": rows}
    return {f"memory_{key}_{axis}": rows[:, k] for k, axis in enumerate("xy")}


def _rows(run: Trajectory, remembered: list[str]) -> Iterator[list[str]]:
    steps = np.arange(len(run.x))
    gone = (steps >= run.diverged) & (run.diverged >= 0)
    memory = {name: rows for key in run.memory for name, rows in _columns(run, key).items()}
    nothing = np.full(len(run.x), np.nan)
    lr = np.concatenate(([np.nan], run.lr))
    measured = (*run.x.T, run.loss, *run.gradient.T, lr)
    columns = [
        map(str, steps.tolist()),
        *(map(_cell, rows.tolist()) for rows in measured),
        map(str, gone.astype(int).tolist()),
        *(map(_cell, memory.get(name, nothing).tolist()) for name in remembered),
    ]
    yield from map(list, zip(*columns, strict=True))


def _cell(value: float) -> str:
    return "" if math.isnan(value) else repr(value)


def _arrays(run: Trajectory) -> dict[str, Any]:
    return {
        "diverged": int(run.diverged) if run.diverged >= 0 else None,
        "x": _plain(run.x),
        "loss": _plain(run.loss),
        "gradient": _plain(run.gradient),
        "lr": _plain(run.lr),
        "memory": {name: _plain(rows) for name, rows in run.memory.items()},
        "evaluations": run.evaluations.tolist(),
    }


def _plain(rows: Array) -> Any:
    values = rows.astype(object)
    values[~np.isfinite(rows)] = None
    return values.tolist()
