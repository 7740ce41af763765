"""What is taken away: tables that open anywhere, and NumPy scripts that walk the same paths."""

import csv
import io
import json
import math
import subprocess
import sys
import warnings
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.export import numpy_script, trajectories_csv, trajectories_json
from engine.run.seen import noise_draws
from engine.setup.experiment import COLORS, Experiment, Lane
from engine.setup.labels import labels
from engine.setup.link import SLOTS, from_json, query, write
from optimizers import OPTIMIZERS
from schedules import SCHEDULES
from surfaces import SURFACES
from tests.strategies import experiments

SHORT = st.integers(1, 20)


def lane(key, schedule="constant", **settings_):
    return Lane(OPTIMIZERS[key](**settings_), SCHEDULES[schedule]())


DIVERGING = Experiment(lanes=(lane("adam"), lane("gradient_descent", lr=100.0)), steps=50)


def rows(experiment):
    return list(csv.DictReader(io.StringIO(trajectories_csv(experiment), newline="")))


def assert_same(cells, values):
    got = [float(cell) if cell else math.nan for cell in cells]
    np.testing.assert_array_equal(got, values)


@settings(max_examples=40)
@given(experiments(), SHORT)
def test_the_table_holds_every_number_exactly(experiment, steps):
    experiment = replace(experiment, steps=steps)
    table = rows(experiment)
    assert len(table) == len(experiment.lanes) * (steps + 1)
    for k, run in enumerate(experiment.runs()):
        part = table[k * (steps + 1) : (k + 1) * (steps + 1)]
        column = {name: [row[name] for row in part] for name in part[0]}
        assert [int(step) for step in column["step"]] == list(range(steps + 1))
        for name, values in (
            ("x", run.x[:, 0]),
            ("y", run.x[:, 1]),
            ("loss", run.loss),
            ("gradient_x", run.gradient[:, 0]),
            ("gradient_y", run.gradient[:, 1]),
            ("lr", np.append(np.nan, run.lr)),
        ):
            assert_same(column[name], values)
        for name, values in run.memory.items():
            if values.ndim == 1:
                assert_same(column[f"memory_{name}"], values)
            else:
                assert_same(column[f"memory_{name}_x"], values[:, 0])
                assert_same(column[f"memory_{name}_y"], values[:, 1])
        gone = [str(int(0 <= run.diverged <= step)) for step in range(steps + 1)]
        assert column["diverged"] == gone


@settings(max_examples=40)
@given(experiments())
def test_the_table_holds_every_setting_that_a_link_would_hold(experiment):
    table = rows(replace(experiment, steps=1))[::2]
    for key, text in write(experiment).items():
        slot, _, name = key.partition(".")
        if slot in SLOTS and name not in LOOKS:
            row = table[SLOTS.index(slot)]
            owner = "schedule" if name.startswith("schedule.") else "optimizer"
            named = name.removeprefix("schedule.")
            if named == "schedule":
                assert row["schedule"].startswith(SCHEDULES[text].title)
            elif named:
                assert f"{named} {text}" in row[owner]
        elif slot == "surface" and name and name not in experiment.surface.unused():
            assert f"{name} {text}" in table[0]["surface"]
        elif key in ("noise", "seed", "tolerance", "x", "y"):
            assert float(table[0][key]) == float(text)


LOOKS = ("name", "color", "shown")


@settings(max_examples=40)
@given(experiments())
def test_the_table_is_rfc_4180_and_no_cell_is_a_formula(experiment):
    text = trajectories_csv(replace(experiment, steps=1))
    assert text.endswith("\r\n")
    table = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert len({len(row) for row in table}) == 1
    assert len(set(table[0])) == len(table[0])
    for row in table[1:]:
        for name, cell in zip(table[0], row, strict=True):
            assert_harmless(name, cell)


def assert_harmless(name, cell):
    if name in ("surface", "lane", "optimizer", "schedule"):
        assert not cell.lstrip().startswith(tuple("=+-@\t\r＝＋－＠"))
    else:
        assert cell == "" or isinstance(float(cell), float)


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "＝1", 'a "b", c'])
def test_a_lane_s_name_is_text_in_a_spreadsheet(name):
    experiment = Experiment(lanes=(replace(lane("adam"), name=name),), steps=1)
    cell = rows(experiment)[0]["lane"]
    assert cell == (name if name.startswith("a") else "'" + name)


def test_a_lane_that_diverged_is_blank_and_says_so():
    table = rows(DIVERGING)[51:]
    step = int(DIVERGING.runs()[1].diverged)
    assert 0 < step < 50
    assert [row["diverged"] for row in table] == ["0"] * step + ["1"] * (51 - step)
    assert {row["x"] + row["loss"] + row["gradient_y"] for row in table[step:]} == {""}


@settings(max_examples=40)
@given(experiments(), SHORT)
def test_the_file_of_arrays_is_strict_json_and_exact(experiment, steps):
    experiment = replace(experiment, steps=steps)
    text = trajectories_json(experiment)
    content = json.loads(text, parse_constant=lambda word: pytest.fail(word))
    assert from_json(text) == (experiment, ())
    for part, label, run in zip(
        content["trajectories"], labels(experiment), experiment.runs(), strict=True
    ):
        assert part["lane"] == label
        assert part["diverged"] == (int(run.diverged) if run.diverged >= 0 else None)
        arrays = {"x": run.x, "loss": run.loss, "gradient": run.gradient, "lr": run.lr}
        for name, values in arrays.items():
            assert_equal_or_null(part[name], values)
        assert part["memory"].keys() == run.memory.keys()
        for name, values in run.memory.items():
            assert_equal_or_null(part["memory"][name], values)


def assert_equal_or_null(listed, values):
    got = np.array(listed, dtype=object).reshape(values.shape)
    blank = np.equal(got, None)
    np.testing.assert_array_equal(blank, ~np.isfinite(values))
    np.testing.assert_array_equal(got[~blank].astype(float), values[~blank])


def assert_paths(experiment, script):
    """The script, read in an empty namespace, walks the engine's paths."""
    names = {"__name__": "handed_out"}
    exec(compile(script, "handed_out.py", "exec"), names)
    for path, run in zip(names["paths"](), experiment.runs(), strict=True):
        assert path.shape == run.x.shape
        np.testing.assert_allclose(path, run.x, rtol=1e-9, atol=1e-9)


def assert_reproduced(experiment):
    assert_paths(experiment, numpy_script(experiment))


@pytest.mark.parametrize("noise", [0.0, 0.5])
@pytest.mark.parametrize("key", OPTIMIZERS)
def test_the_numpy_script_reproduces_every_rule(key, noise):
    assert_reproduced(Experiment(lanes=(lane(key),), noise=noise, seed=5))


@pytest.mark.parametrize("noise", [0.0, 0.5])
@pytest.mark.parametrize("key", SURFACES)
def test_the_numpy_script_reproduces_every_surface(key, noise):
    lanes = (lane("adam"), lane("newton", damping=1.0))
    assert_reproduced(replace(Experiment(lanes=lanes, noise=noise), steps=100).on(SURFACES[key]()))


@pytest.mark.parametrize("noise", [0.0, 0.5])
@pytest.mark.parametrize("key", SCHEDULES)
def test_the_numpy_script_reproduces_every_schedule(key, noise):
    lanes = (lane("momentum", key), lane("adam"), lane("rprop", key))
    assert_reproduced(Experiment(lanes=lanes, noise=noise))


def test_the_numpy_script_reproduces_a_lane_that_diverges():
    assert 0 < DIVERGING.runs()[1].diverged < 50
    assert_reproduced(DIVERGING)


@settings(max_examples=60)
@given(experiments(), SHORT)
def test_the_numpy_script_reproduces_any_experiment(experiment, steps):
    """Few steps: any rate at all may be drawn, and with a wild one rounding noise explodes."""
    assert_reproduced(replace(experiment, steps=steps))


EVERYTHING = [
    Experiment(),
    Experiment(noise=0.5, seed=3, x=-0.5, y=2.0),
    DIVERGING,
    *(
        Experiment(
            lanes=tuple(
                Lane(OPTIMIZERS[key](), list(SCHEDULES.values())[(k + first) % len(SCHEDULES)]())
                for key in list(OPTIMIZERS)[first : first + len(COLORS)]
            ),
            surface=list(SURFACES.values())[first](),
            steps=20,
            noise=0.25 * (first % 2),
        )
        for k, first in enumerate(range(0, len(OPTIMIZERS), len(COLORS)))
    ),
]


@pytest.mark.parametrize("experiment", EVERYTHING, ids=range(len(EVERYTHING)))
def test_the_numpy_script_is_clean_and_stands_on_its_own(experiment, tmp_path):
    assert_stands_alone(experiment, numpy_script(experiment), tmp_path, sys.executable)


def assert_stands_alone(experiment, script, folder, python):
    """Linted with the default rules and run isolated from the project, warnings being errors."""
    file = folder / "handed_out.py"
    file.write_text(script, encoding="utf-8")
    lint = [sys.executable, "-m", "ruff", "check", "--isolated", "--quiet", str(file)]
    assert not subprocess.run(lint, capture_output=True, text=True, check=False).stdout
    run = [python, "-I", "-W", "error", str(file)]
    done = subprocess.run(run, capture_output=True, text=True, check=False, cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    for line, label, path in zip(
        done.stdout.splitlines(), labels(experiment), experiment.runs(), strict=True
    ):
        assert line.startswith(f"{label}: w = [")
        end = [float(w) for w in line.split("[")[1].split("]")[0].split(",")]
        np.testing.assert_allclose(end, path.x[-1], rtol=1e-9, atol=1e-9)


@settings(max_examples=60)
@given(experiments())
def test_no_name_can_break_out_of_a_script(experiment):
    script = numpy_script(replace(experiment, steps=1))
    names = {"__name__": "handed_out"}
    exec(compile(script, "handed_out.py", "exec"), names)
    assert [name for name, *_ in names["LANES"]] == list(labels(experiment))
    assert f"?{query(replace(experiment, steps=1))}\n" in script


def test_a_script_with_noise_says_when_numpy_draws_other_numbers(monkeypatch):
    assert_other_draws_are_told(numpy_script, monkeypatch)


def assert_other_draws_are_told(make, monkeypatch):
    """The script warns where the installed NumPy draws other noise than the page's did."""
    script = make(Experiment(noise=0.5, seed=3, steps=20))
    assert np.__version__ in script
    code = compile(script[: script.index("LIMIT = ")], "opening.py", "exec")
    draws = script[script.index("SIGMA, SEED") : script.index("stacklevel=1,\n    )")]
    draws = compile(draws + "stacklevel=1,\n    )", "draws.py", "exec")
    names = {"__name__": "handed_out"}
    exec(code, names)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        exec(draws, names)
    np.testing.assert_array_equal(names["NOISE"], noise_draws(0.5, 3, 20))
    other = np.random.default_rng(4)
    monkeypatch.setattr(np.random, "default_rng", lambda seed: other)
    with pytest.warns(UserWarning, match="draws other noise from seed 3"):
        exec(draws, names)


def test_a_script_without_noise_speaks_of_no_draws():
    assert "zlib" not in numpy_script(Experiment(noise=0.0))
