"""The arithmetic under a formula: its numbers are the run's, and each line's sum works out."""

import json
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.notation import symbol
from engine.run.run import Run
from engine.run.seen import noise_draws
from engine.run.trajectory import Trajectory, trajectory
from optimizers import OPTIMIZERS
from packets.arithmetic import arithmetic
from packets.significant import significant
from schedules import SCHEDULES
from surfaces import SURFACES

STEPS = 30
FORMAT = Path(__file__).parent.parent / "interface" / "stage" / "core" / "format.js"
ROSENBROCK = SURFACES["rosenbrock"]()
EVERY_RULE = pytest.mark.parametrize("key", OPTIMIZERS)


def run(key: str, sigma: float = 0.0) -> Trajectory:
    schedule = SCHEDULES["cosine"]()
    start = ROSENBROCK.start
    optimizer = OPTIMIZERS[key]()
    return trajectory(
        Run(optimizer, ROSENBROCK, start, STEPS, schedule=schedule, sigma=sigma, seed=7)
    )


def rows(mathml: str) -> list[ElementTree.Element]:
    """Return the rows of a line's numbers, one a coordinate."""
    return ElementTree.fromstring(mathml).findall("{*}mtable/{*}mtr")


def slots(element: ElementTree.Element) -> list[int]:
    return [int(e.get("data-slot")) for e in element.iter() if e.get("data-slot")]


@EVERY_RULE
def test_the_last_line_arrives_where_the_run_went(key: str) -> None:
    path, noise = run(key, sigma=0.2), noise_draws(0.2, 7, STEPS)
    shown = arithmetic(OPTIMIZERS[key](), ROSENBROCK, path, noise)
    results = [slots(row)[-1] for row in rows(shown.lines[-1].numbers)]
    alive = np.isfinite(path.x[:, 0])
    np.testing.assert_allclose(
        shown.values[results].T[alive][1:], path.x[alive][1:], rtol=1e-9, atol=1e-12
    )
    assert np.isnan(shown.values[:, 0]).all()


def test_with_noise_the_derivative_shown_is_the_true_one() -> None:
    """Sphere, sigma 1, seed 0: df/dx at (-4, 2.5) is -8, and the draw makes it -7.8743."""
    sphere, noise = SURFACES["sphere"](), noise_draws(1.0, 0, 3)
    rule = OPTIMIZERS["gradient_descent"]()
    path = trajectory(Run(rule, sphere, (-4.0, 2.5), 3, sigma=1.0, seed=0))
    shown = arithmetic(rule, sphere, path, noise)
    assert "ξ" in shown.lines[0].formula
    row = rows(shown.lines[0].numbers)[0]
    assert said(row, shown.values[:, 1]) == "x−8+0.12573+0×(−4)=−7.8743"


@EVERY_RULE
def test_memory_shown_is_the_memory_recorded(key: str) -> None:
    path, optimizer = run(key), OPTIMIZERS[key]()
    shown = arithmetic(optimizer, ROSENBROCK, path)
    lines = {line.partition("=")[0].strip(): k for k, line in enumerate(optimizer.rule)}
    printed = {symbol(name): k for name, k in lines.items()}
    alive = np.isfinite(path.x[:, 0])
    for name, latex in optimizer.memory_symbols.items():
        if symbol(latex).at(0) in printed:
            found = rows(shown.lines[printed[symbol(latex).at(0)]].numbers)
            values = shown.values[[slots(row)[-1] for row in found]].T
            expected = path.memory[name].reshape(STEPS + 1, -1)
            np.testing.assert_allclose(values[alive][1:], expected[alive][1:], rtol=1e-9)


@EVERY_RULE
def test_every_slot_is_used_and_every_mark_is_known(key: str) -> None:
    shown = arithmetic(OPTIMIZERS[key](), ROSENBROCK, run(key))
    used: set[int] = set()
    for line in shown.lines:
        for element in ElementTree.fromstring(line.numbers).iter():
            used |= {int(element.get(k)) for k in ("data-slot", "data-chosen") if element.get(k)}
            assert element.get("data-wrap") in (None, "sign", "power")
    assert used == set(range(len(shown.values)))


@EVERY_RULE
def test_exactly_one_case_applies(key: str) -> None:
    shown = arithmetic(OPTIMIZERS[key](), ROSENBROCK, run(key))
    for line in shown.lines:
        for table in ElementTree.fromstring(line.numbers).iter():
            chosen = [int(r.get("data-chosen")) for r in table if r.get("data-chosen")]
            if chosen:
                np.testing.assert_array_equal(shown.values[chosen, 1:].sum(axis=0), 1)


def test_the_numbers_of_a_step_read_as_a_sum_that_works_out() -> None:
    path = run("momentum_lecture")
    shown = arithmetic(OPTIMIZERS["momentum_lecture"](), ROSENBROCK, path)
    (x, _) = rows(shown.lines[2].numbers)
    assert said(
        x, shown.values[:, 5]
    ) == f"x{plain(path.x[4, 0])}−{wrapped(path.memory['v'][5, 0])}" + (f"={plain(path.x[5, 0])}")


@pytest.mark.parametrize("beta2", [0.999975, 0.999985, 0.999988])
def test_a_setting_is_shown_with_all_its_digits(beta2: float) -> None:
    """Five digits made 0.999985 into 0.99998: the reader's sum then gives another number."""
    adam = OPTIMIZERS["adam"](beta2=beta2)
    shown = arithmetic(adam, ROSENBROCK, trajectory(Run(adam, ROSENBROCK, ROSENBROCK.start, STEPS)))
    assert any(f"<mn>{beta2}</mn>" in line.numbers for line in shown.lines)


def test_a_negative_base_of_a_power_stands_in_parentheses() -> None:
    path = run("adagrad")
    shown = arithmetic(OPTIMIZERS["adagrad"](), ROSENBROCK, path)
    squared = [
        e for e in ElementTree.fromstring(shown.lines[1].numbers).iter() if e.get("data-wrap")
    ]
    assert "power" in {e.get("data-wrap") for e in squared}


def test_a_hyperparameter_is_written_in_and_a_scheduled_rate_is_not() -> None:
    optimizer = OPTIMIZERS["gradient_descent"]()
    steady = trajectory(Run(optimizer, ROSENBROCK, ROSENBROCK.start, STEPS))
    scheduled = arithmetic(optimizer, ROSENBROCK, run("gradient_descent"))
    fixed = arithmetic(optimizer, ROSENBROCK, steady)
    assert significant(optimizer.lr) in fixed.lines[-1].numbers
    assert len(scheduled.values) == len(fixed.values) + 1


def test_a_lane_that_diverged_has_no_numbers_afterwards() -> None:
    optimizer = OPTIMIZERS["gradient_descent"](lr=1.0)
    path = trajectory(Run(optimizer, ROSENBROCK, ROSENBROCK.start, STEPS))
    shown = arithmetic(optimizer, ROSENBROCK, path)
    assert 0 < path.diverged < STEPS - 1
    assert np.isnan(shown.values[:, int(path.diverged) + 1 :]).all()
    assert np.isfinite(shown.values[:, 1]).all()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (0.9, "0.9"),
        (-215.6, "−215.6"),
        (1234567.0, "1.2346×10⁶"),
        (123456.7, "123460"),
        (999999.9, "1000000"),
        (0.0001, "0.0001"),
        (0.00009, "9×10⁻⁵"),
        (-1e-10, "−1×10⁻¹⁰"),
        (100.125, "100.13"),
        (-100.125, "−100.13"),
        (9.999996, "10"),
        (5e-324, "4.9407×10⁻³²⁴"),
        (np.nan, "—"),
        (np.inf, "∞"),
        (-np.inf, "−∞"),
    ],
)
def test_a_number_is_written_for_a_reader(value: float, text: str) -> None:
    assert significant(value) == text


@given(st.floats(-1e300, 1e300))
def test_what_is_written_is_right_to_five_digits(value: float) -> None:
    text = significant(value).replace("−", "-").replace("×10", "e")
    read = float(text.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")))
    assert abs(read - value) <= 5.0001e-5 * abs(value)


def test_python_and_the_page_write_the_same_numbers() -> None:
    random = np.random.default_rng(3)
    numbers = np.concatenate(
        [
            random.standard_normal(2000) * 10.0 ** random.integers(-12, 13, 2000),
            random.integers(-(10**7), 10**7, 2000) / 64,
            10.0 ** np.arange(-20, 21),
            np.nextafter([1e-4, 1e6], 0),
            [0.0, 5e-324, 1.7e308],
        ]
    ).tolist()
    program = (
        f"import {{ significant }} from {json.dumps(FORMAT.as_uri())};"
        f"console.log(JSON.stringify({json.dumps(numbers)}.map((v) => significant(v))));"
    )
    node = shutil.which("node")
    assert node, "the page's script is run with node"
    answer = subprocess.run(
        [node, "--input-type=module"], input=program, capture_output=True, text=True, check=True
    )
    assert json.loads(answer.stdout) == [significant(v) for v in numbers]


def plain(value: float) -> str:
    return significant(value)


def wrapped(value: float) -> str:
    return f"({significant(value)})" if value < 0 else significant(value)


def said(row: ElementTree.Element, values: np.ndarray) -> str:
    """Return a row as it reads once its slots are filled."""
    for element in row.iter():
        if element.get("data-slot"):
            value = values[int(element.get("data-slot"))]
            element.text = wrapped(value) if element.get("data-wrap") else plain(value)
    return "".join(row.itertext())
