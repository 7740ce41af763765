"""Every declared number, switch and choice on every menu keeps what a declaration promises."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from declarations import (
    MOST_STOPS,
    Choice,
    Declared,
    Number,
    Switch,
    Text,
    declarations,
    defaults,
    number,
    say,
)
from optimizers import OPTIMIZERS
from surfaces import SURFACES
from tests.strategies import KINDS, values

FIELDS = [
    pytest.param(kind, name, declaration, id=f"{kind.__name__}.{name}")
    for kind in KINDS
    for name, declaration in declarations(kind).items()
]
NUMBERS = [p for p in FIELDS if isinstance(p.values[2], Number)]
DECLARATIONS = [p.values[2] for p in FIELDS]


def rejected(declaration):
    """Values just outside and far outside of what is allowed."""
    if isinstance(declaration, Switch):
        return (1, 0, "on", None, np.array(True))
    if isinstance(declaration, Choice):
        return ("", "no such word", None)
    if isinstance(declaration, Text):
        return (None, 3, 1.5, ("x",))
    low, high = float(declaration.low), float(declaration.high)
    outside = (math.nextafter(low, -math.inf), math.nextafter(high, math.inf))
    words = ("1", None, True, [1, "a"], object(), 1j)
    return (*outside, math.inf, -math.inf, math.nan, np.array([low, math.nan]), *words)


@pytest.mark.parametrize(("kind", "name", "declaration"), NUMBERS)
def test_stops_are_allowed_and_rise(kind, name, declaration):
    stops = np.array(declaration.stops())
    assert declaration.problem(stops) is None
    assert np.all(np.diff(stops) > 0)
    assert 2 <= len(stops) <= MOST_STOPS + 1
    assert stops[0] == declaration.low


@pytest.mark.parametrize(("kind", "name", "declaration"), FIELDS)
def test_a_default_is_allowed_and_exactly_enterable(kind, name, declaration):
    default = defaults(kind)[name]
    assert declaration.problem(default) is None
    assert declaration.read(declaration.write(default)) == default


@pytest.mark.parametrize(("kind", "name", "declaration"), FIELDS)
def test_a_declaration_says_what_it_is(kind, name, declaration):
    assert declaration.label
    assert declaration.help[-1] in ".!?"
    assert isinstance(declaration, Switch | Choice | Text) or declaration.symbol


@given(st.sampled_from(DECLARATIONS).flatmap(lambda d: st.tuples(st.just(d), values(d))))
def test_what_is_written_reads_back_as_the_same(pair):
    declaration, value = pair
    again = declaration.read(declaration.write(value))
    assert again == value
    assert declaration.problem(again) is None


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_said_exactly(value):
    assert float(say(value)) == value


@given(st.sampled_from(DECLARATIONS), st.text())
def test_any_text_is_read_as_an_allowed_value_or_refused(declaration, text):
    try:
        value = declaration.read(text)
    except ValueError:
        return
    assert declaration.problem(value) is None


@pytest.mark.parametrize(("kind", "name", "declaration"), FIELDS)
def test_construction_refuses_what_is_not_allowed(kind, name, declaration):
    for value in rejected(declaration):
        with pytest.raises(ValueError, match=f"^{kind.__name__}.{name}: ") as refusal:
            kind(**{name: value})
        assert repr(value) in str(refusal.value)


@pytest.mark.parametrize(("kind", "name", "declaration"), NUMBERS)
def test_a_number_out_of_range_is_told_the_range(kind, name, declaration):
    for value in (declaration.low - 1, declaration.high * 2 + 1):
        with pytest.raises(ValueError, match="outside") as refusal:
            kind(**{name: value})
        ends = str(refusal.value).partition(" is outside ")[2].split(" to ")
        assert [float(end) for end in ends] == [declaration.low, declaration.high]
        assert not any(end.endswith(".0") for end in ends)


@pytest.mark.parametrize(("kind", "name", "declaration"), NUMBERS)
def test_whole_numbers_stay_whole(kind, name, declaration):
    between = declaration.low + min(0.5, (declaration.high - declaration.low) / 2)
    assert (declaration.problem(between) is not None) == declaration.whole
    assert isinstance(declaration.read(say(declaration.low)), int) == declaration.whole


@pytest.mark.parametrize("kind", [*OPTIMIZERS.values(), *SURFACES.values()])
def test_arrays_of_allowed_values_are_accepted(kind):
    for name, declaration in declarations(kind).items():
        if isinstance(declaration, Number):
            stops = np.array(declaration.stops())
            assert getattr(kind(**{name: stops}), name) is stops


def test_a_declaration_that_contradicts_itself_is_refused():
    for bad in ({"default": 3.0}, {"scale": "cubic"}):
        with pytest.raises(ValueError, match="size: the declaration contradicts itself"):
            number(**({"default": 1.0} | bad), symbol="s", label="size", low=0, high=2, help="It.")


@pytest.mark.parametrize("kind", KINDS)
def test_settings_are_the_declared_fields_in_order(kind):
    value = kind()
    assert isinstance(value, Declared)
    assert list(value.settings()) == list(declarations(kind)) == list(defaults(kind))
    assert value.settings() == defaults(kind)
