"""Hypothesis strategies made from declarations and menus: any experiment a person can set up."""

from dataclasses import replace
from functools import cache

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from declarations import Choice, Number, Switch, Text, declarations
from engine.setup.experiment import COLORS, MOST_LANES, NAME_LENGTH, Experiment, Lane
from optimizers import OPTIMIZERS
from schedules import SCHEDULES
from surfaces import SURFACES

settings.register_profile("the same anywhere", deadline=None, derandomize=True)
settings.load_profile("the same anywhere")

MENUS = (OPTIMIZERS, SCHEDULES, SURFACES)
KINDS = (*(kind for menu in MENUS for kind in menu.values()), Experiment)

TEXTS = {
    "formula": (
        "x^2 + 2y^2 + a sin(3x)cos(2y)",
        "(1-x)^2 + 100(y - x^2)^2",
        "|x| + b|y - c|",
        "if(x < 0, x^2, d x) + max(y, -2y, a)",
    ),
    "points": ("0 0, 1 0, 2 1, 3 0, 4 1, 5 1", "1,0;2,1\t3 0;-4.5,1", "0 0 1 1"),
    "window": ("", "-2,2,-1.5,1e2"),
    "name of u": ("u", "speed (km/h)"),
    "name of v": ("v", "été, ½"),
    "rows of a file": ("",),
    "heights": ("_zZ9zA5_ZbKz_9z_", "".join("AZaz_"[k * k % 5] for k in range(81))),
    **{f"range of {name}": ("", "-2, 3.5", "0,1e-3") for name in "abcd"},
}


def drawn(declared, seed):
    """A rule or schedule with every number drawn from its stops, the rate near its default."""
    random = np.random.default_rng(seed)
    chosen = {}
    for name, declaration in declarations(type(declared)).items():
        if isinstance(declaration, Number):
            stops = np.array(declaration.stops(), dtype=float)
            if name == "lr":
                ratio = stops / declared.lr
                stops = stops[(ratio > 1e-3) & (ratio < 3)]
            chosen[name] = declaration.read(declaration.write(float(random.choice(stops))))
    return replace(declared, **chosen)


@cache
def values(declaration):
    """Any value that a declaration allows, its ends and stops included."""
    if isinstance(declaration, Switch):
        return st.booleans()
    if isinstance(declaration, Choice):
        return st.sampled_from(declaration.options)
    if isinstance(declaration, Text):
        return st.sampled_from(TEXTS[declaration.label])
    return st.sampled_from(declaration.stops()) | numbers(declaration)


def numbers(declaration: Number):
    if declaration.whole:
        return st.integers(int(declaration.low), int(declaration.high))
    return st.floats(declaration.low, declaration.high)


@cache
def settings_of(kind):
    return st.fixed_dictionaries({k: values(d) for k, d in declarations(kind).items()})


@cache
def entries(kind):
    """Any value of one kind on a menu."""
    return settings_of(kind).map(lambda settings: kind(**settings))


def any_of(menu):
    return st.sampled_from(list(menu.values())).flatmap(entries)


PRINTABLE = st.characters(exclude_categories=("C", "Z"), include_characters=" ")
NAMES = st.text(PRINTABLE, max_size=NAME_LENGTH)


@cache
def lanes():
    return st.builds(
        Lane,
        optimizer=any_of(OPTIMIZERS),
        schedule=any_of(SCHEDULES),
        color=st.sampled_from(COLORS),
        name=NAMES,
        visible=st.booleans(),
    )


@cache
def experiments():
    """Any experiment at all."""
    return st.builds(
        lambda surface, lanes, settings: Experiment(surface=surface, lanes=lanes, **settings),
        any_of(SURFACES),
        st.lists(lanes(), min_size=1, max_size=MOST_LANES).map(tuple),
        settings_of(Experiment),
    )
