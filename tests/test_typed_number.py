"""Numbers as people type them: never silently another one."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from declarations import Number, declarations
from engine.setup.experiment import Experiment
from interface.typed_number import read_typed

TABLE = json.loads((Path(__file__).parent / "typed_numbers.json").read_text(encoding="utf-8"))
ANY = Number("x", "start x", -1e7, 1e7, "")
STEPS = declarations(Experiment)["steps"]


@pytest.mark.parametrize(("text", "value"), TABLE["numbers"].items())
def test_a_number_is_read_as_it_is_written(text, value):
    assert read_typed(ANY, text) == value


@pytest.mark.parametrize("text", TABLE["refused"])
def test_what_is_no_number_or_could_be_two_is_refused(text):
    with pytest.raises(ValueError, match=r"start x: .*(is not a number from -1|could be)"):
        read_typed(ANY, text)


def test_a_refusal_says_which_two_numbers_it_could_be():
    with pytest.raises(ValueError, match=r"start x: '2,000' could be 2000 or 2\.000: write one\."):
        read_typed(ANY, "2,000")


@pytest.mark.parametrize(("text", "value"), TABLE["whole"].items())
def test_where_only_whole_numbers_are_allowed_groups_are_thousands(text, value):
    assert read_typed(STEPS, text) == value


@pytest.mark.parametrize("text", TABLE["whole_refused"])
def test_a_whole_number_is_never_cut_to_fit(text):
    with pytest.raises(ValueError, match="is not a whole number from 1 to 2000"):
        read_typed(STEPS, text)


@given(st.integers(1, 2000), st.sampled_from(",. '\u202f"))
def test_grouped_steps_are_the_same_steps(steps, mark):
    assert read_typed(STEPS, f"{steps:,}".replace(",", mark)) == steps
