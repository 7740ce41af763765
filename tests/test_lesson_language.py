"""The language of lessons: sums, claims, blanks and files, and what is said of a bad one."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.setup.link import read
from lessons.expression import read_claim, read_sum
from lessons.menu import TEXTS
from lessons.quantities import AT_A_STEP, OF_A_RUN, LaneRun, Measured, Settings
from lessons.reading import read_lesson
from lessons.table import Unreadable
from lessons.text import number, read_text

RAVINE = {"surface": "ravine", "surface.kappa": "20", "x": "-4.5", "y": "1.5", "steps": "60"}


class Names:
    """Quantities by name; a step is added."""

    def __init__(self, **values):
        self.values = values

    def value(self, name, step):
        return self.values[name] + (step or 0)


def measured(**more):
    experiment, problems = read(
        RAVINE | {"a": "gradient_descent", "a.lr": "0.09"} | {k: str(v) for k, v in more.items()}
    )
    assert problems == ()
    return Measured(experiment)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("2 - 3 - 4", -5),
        ("16 / 4 / 2", 2),
        ("-p + 1", -4),
        ("p@2", 7),
        ("p@(p - 3)", 7),
        ("p@end", 105),
        ("sqrt(abs(-16))", 4),
        ("max(p, 2) - min(p, 2)", 3),
        ("log10(1e-3)", -3),
        ("1.5e-2 * 100", 1.5),
    ],
)
def test_sums(text, value):
    assert read_sum(text).of(Names(p=5, steps=100)) == pytest.approx(value)


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_sums_agree_with_python(a, b, c):
    text = "p + q * r - (p - q) * 2"
    expected = a + b * c - (a - b) * 2
    assert read_sum(text).of(Names(p=a, q=b, r=c)) == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("1 < 2", True),
        ("1 < 2 < 2", False),
        ("1 < 2 <= 2", True),
        ("2 = 2 and 3 > 4", False),
        ("3.16 ~ 3.2", True),
        ("3.0 ~ 3.2", False),
        ("p/(p - p) > 0", False),
        ("p/(p - p) <= 0", False),
    ],
)
def test_claims(text, holds):
    assert read_claim(text).holds(Names(p=1)) is holds


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "expected a number"),
        ("1 +", "at the end"),
        ("1 2", "did not expect '2'"),
        ("a.loss@", "expected '('"),
        ("__import__('os')", "cannot read"),
        ("sqrt(1, 2)", "sqrt takes 1"),
        ("a.loss[0]", "cannot read"),
        ("(" * 50 + "1" + ")" * 50, "inside one another"),
        ("1" * 400, "too many"),
    ],
)
def test_what_is_no_sum_is_refused_in_words(text, said):
    with pytest.raises(ValueError, match=r".") as problem:
        read_sum(text)
    assert said in str(problem.value)


def test_quantities_against_their_definitions():
    source, run = measured(), measured().experiment.runs()[0]
    assert source.value("a.loss", 10) == run.loss[10]
    assert source.value("a.step", 3) == pytest.approx(np.hypot(*(run.x[3] - run.x[2])))
    assert source.value("a.gradient.y", 0) == pytest.approx(30)
    assert source.value("a.effective.x", 7) == pytest.approx(0.09)
    assert source.value("a.sharpness", 5) == pytest.approx(20)
    assert source.value("a.curvature.low", 5) == pytest.approx(1)
    assert source.value("a.angle", 0) == pytest.approx(63.03, abs=0.01)
    assert source.value("a.flips.y", None) == 60
    assert source.value("a.rises", None) == 0
    assert source.value("a.lr", None) == 0.09
    assert source.value("surface.kappa", None) == 20
    first = int(np.flatnonzero(run.loss <= 1e-3)[0])
    assert source.value("a.arrival", None) == source.value("a.stays", None) == first


def test_the_share_of_a_bowl_is_all_of_it():
    assert measured(steps=500, tolerance=0.01).value("a.share", None) == 1.0


def test_what_never_happens_is_never():
    assert math.isinf(measured(steps=10).value("a.arrival", None))
    assert read_text("{a.arrival}").filled(measured(steps=10)) == ("never")


@pytest.mark.parametrize("name", AT_A_STEP)
def test_every_quantity_at_a_step_is_a_number_and_has_no_other_steps(name):
    run = LaneRun(measured().experiment, 0)
    assert isinstance(AT_A_STEP[name](run, 1), float)
    with pytest.raises(ValueError, match="outside 0 to 60"):
        AT_A_STEP[name](run, 61)


@pytest.mark.parametrize("name", OF_A_RUN)
def test_every_quantity_of_a_run_is_a_number(name):
    assert isinstance(OF_A_RUN[name](LaneRun(measured().experiment, 0)), int | float)


@pytest.mark.parametrize("name", ["b.loss", "a.nothing", "loss", "a.memory.v.x", "a.memory.v"])
def test_unknown_quantities_are_refused(name):
    with pytest.raises(ValueError, match=r"not known here|has no"):
        measured().value(name, 1)


def test_before_an_answer_only_settings_are_known():
    settings = Settings(measured().experiment)
    assert settings.value("a.lr", None) == 0.09
    for name, step in (("a.loss", 0.0), ("a.arrival", None), ("a.rises", None)):
        with pytest.raises(ValueError, match="not a setting"):
            settings.value(name, step)


@pytest.mark.parametrize(
    ("value", "text"),
    [(3.16227, "3.16"), (0.00001234, "1.23×10⁻⁵"), (-2.5, "−2.5"), (398.1, "398")],
)
def test_numbers_as_they_are_read(value, text):
    assert number(value).startswith(text)


def test_blanks():
    source = measured()
    text = read_text("{a} at {a.lr:1}, {a.lr:%}, {1/3:5}")
    assert text.filled(source) == "Gradient descent at 0.09, 9 %, 0.33333"
    for bad in ("{a.loss@", "{}", "{a.loss@1:9}", "}"):
        with pytest.raises(ValueError, match=r"."):
            read_text(bad)


GOOD = (TEXTS / "lecture" / "01-ravine.toml").read_text("utf-8")


def line(text):
    return next(n for n, found in enumerate(GOOD.splitlines(), start=1) if text in found)


@pytest.mark.parametrize(
    ("old", "new", "at", "said"),
    [
        ("pace = 6", "pace = fast", "pace = 6", "Invalid value"),
        ("pace = 6", 'pace = "fast"', "pace = 6", "not a number"),
        ("pace = 6", "speed = 6", "pace = 6", "speed: is not known here"),
        ("surface.kappa=20&", "surface.kapa=20&", "link =", "surface.kapa: unknown"),
        ('"a.lr=0.05"', '"a.lr=500"', 'changes = "a.lr=0.05"', "outside"),
        ('text = "How often did', 'txt = "How often did', "[check]", "check.text: is missing"),
        ('goal = "a.arrival < 55"', 'goal = "a.arrival"', "goal =", "expected one of"),
        ("is {surface.kappa} times", "is {surface.kappa times", "[question]", "question.text"),
    ],
)
def test_a_bad_file_is_named_with_its_line(old, new, at, said):
    assert GOOD.count(old) == 1
    with pytest.raises(Unreadable) as problem:
        read_lesson(GOOD.replace(old, new), "ravine", "lecture")
    assert said in str(problem.value)
    assert 0 <= problem.value.line - line(at) <= 1


def test_a_file_of_ones_own_that_is_bad_leaves_the_others(tmp_path, monkeypatch):
    from lessons import menu as menus

    (tmp_path / "mine.toml").write_text(GOOD, "utf-8")
    (tmp_path / "bad.toml").write_text(GOOD.replace("pace = 6", "pace ="), "utf-8")
    (tmp_path / "Bad Name.toml").write_text(GOOD, "utf-8")
    monkeypatch.setenv(menus.VARIABLE, str(tmp_path))
    found = menus.menu.__wrapped__()
    assert [lesson.key for lesson in found.lessons if lesson.group == menus.OWN] == ["mine"]
    assert len(found.problems) == 2
    assert f"bad.toml: line {line('pace = 6')}" in " ".join(found.problems)


@given(st.text(max_size=200))
def test_no_text_does_worse_than_being_refused(text):
    with pytest.raises(Unreadable):
        read_lesson(text, "any", "own")
