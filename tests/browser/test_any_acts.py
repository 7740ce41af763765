"""After any acts of a hand, in any order and however quick, everything is as last asked for.

The same hundred sequences in every run of the tests, so that a failure speaks of the change that
was made; others by `SEQUENCES=1000 SEED=7 pytest -n 2 tests/browser/test_any_acts.py`. One that
fails is printed as it was done; put above `@given` as `@example(link=..., delay=..., acts=...)` it
is done again, before any other.
"""

from __future__ import annotations

import os
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from lessons.shapes import SKIPPED
from lessons.sitting import Sitting
from tests.browser.agreement import agreed
from tests.browser.pupil import Pupil

SEQUENCES = int(os.environ.get("SEQUENCES", "100"))
SEED = int(os.environ.get("SEED", "0"))
BATCHES = range(10)
"""Tests that share the sequences, so that they can run side by side; the last one is in lessons."""

WHICH = st.integers(0, 30)
ALONG = st.sampled_from(["ArrowLeft", "ArrowRight"])
TURNS = st.sampled_from(["PageDown", "PageUp", "Shift+PageDown", "Shift+PageUp"])
LINKS = (
    "",
    "surface=ravine&a=gradient_descent&a.lr=0.01&b=adam&c=gradient_descent&c.lr=0.002",
    "surface=linear_regression&a=adam_lecture&a.schedule=cosine&b=momentum",
    "surface=formula&a=adam&b=adam&b.lr=0.3&noise=0.1&steps=60",
)


def act(name: str, *what: st.SearchStrategy) -> st.SearchStrategy:
    return st.tuples(st.just(name), *what)


ACTS = st.one_of(
    act("keys", WHICH, ALONG, st.integers(1, 4)),
    act("hold", WHICH, ALONG, st.integers(4, 9)),
    act("track", WHICH, st.integers(5, 95)),
    act("type", st.just("number"), WHICH, st.integers(0, 99)),
    act("type", st.just("text"), WHICH, st.integers(0, 99)),
    act("menu", WHICH, WHICH),
    act("flip", WHICH),
    act("count", WHICH),
    act("reset", WHICH),
    act("name", st.sampled_from(["mine", "fast", ""])),
    act("unfold"),
    act("click", st.integers(10, 90), st.integers(10, 90)),
    act("nudge", st.sampled_from(["ArrowLeft", "ArrowUp"]), st.integers(1, 4)),
    act("eye", WHICH),
    act("choose", WHICH),
    act("light", WHICH),
    act("press", st.sampled_from(["Add", "Copy", "Remove"])),
    act("over"),
    act("example", WHICH),
    act("scrub", WHICH, ALONG, st.integers(1, 4)),
    act("tool", WHICH),
    act("view", WHICH),
    act("drag", st.integers(-60, 60), st.integers(-60, 60)),
    act("zoom", st.integers(-3, 3)),
    act("solid", st.sampled_from(["contour", "3d", "both"])),
    act("look", st.sampled_from(["results", "theory", "cut", "sensitivity", "basins"])),
    act("wait", st.sampled_from([33, 100, 300])),
    act("back"),
    act("forward"),
    act("lesson", WHICH),
    act("commit"),
    act("turn", TURNS),
    act("leave"),
)

LESSONS = tuple(
    urlencode(Sitting(phase, *[SKIPPED, "", SKIPPED, SKIPPED][:given]).pairs(key))
    for key in ("ravine", "stability-limit", "batch-size")
    for phase, given in (("check", 1), ("explain", 3), ("task", 4))
)
STEPS = st.one_of(
    act("commit"),
    act("turn", TURNS),
    act("vary", st.just(0)),
    act("vary", st.just(1)),
    act("slide", WHICH, ALONG, st.integers(1, 4)),
    act("slide", st.just(0), ALONG, st.just(9)),
    act("wait", st.sampled_from([33, 100, 300])),
    act("back"),
    act("forward"),
    act("lesson", WHICH),
    act("leave"),
)


@pytest.mark.parametrize("batch", BATCHES)
def test_after_any_acts_everything_is_as_last_asked(slow, batch):
    links, does = (LESSONS, STEPS) if batch == BATCHES[-1] else (LINKS, ACTS)

    @seed(SEED * len(BATCHES) + batch)
    @settings(
        max_examples=SEQUENCES // len(BATCHES),
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        link=st.sampled_from(links),
        delay=st.sampled_from([0, 0, 0, 100, 100, 300]),
        acts=st.lists(does, min_size=2, max_size=7),
    )
    def any_acts(link, delay, acts):
        page = slow(delay, link)
        hand = Pupil(page)
        for one in acts:
            hand.does(*one)
        hand.wanted.finds(agreed(page))

    any_acts()
