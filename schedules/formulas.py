"""The few functions that schedules are made of, on plain numbers, which NumPy's are slow for."""

import math
from functools import singledispatch
from typing import Any


@singledispatch
def chosen(condition: Any, yes: Any, no: Any) -> Any:
    """Return `yes` where a condition holds and `no` elsewhere; both are computed."""
    return yes if condition else no


@singledispatch
def at_least(value: Any, least: float) -> Any:
    """Return a number, or the least that is allowed."""
    return max(least, value)


@singledispatch
def whole(value: Any) -> Any:
    """Return the nearest whole number, the even one of two."""
    return round(value)


@singledispatch
def cosine(angle: Any) -> Any:
    """Return the cosine of an angle."""
    return math.cos(angle)


def whole_steps(share: float, steps: int) -> int:
    """Return a share of a run as a whole number of steps, at least 1."""
    found: int = at_least(whole(share * steps), 1)
    return found


def half_cosine(share: float) -> float:
    """Return what is left, from 1 down to 0, after a share of half a cosine's way."""
    half: float = (1 + cosine(math.pi * share)) / 2
    return half
