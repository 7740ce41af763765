"""How equal two computations of one run must be on this machine.

`beta**t` of an array of betas goes through NumPy's vectorized power, which with AVX-512 may differ
from a plain float's in the last bit; elsewhere the two are equal, and so must the runs be then.
"""

import math
from functools import cache

import numpy as np

from engine.compile.recording import record
from engine.compile.tracing import Pace, Untraceable
from optimizers import OPTIMIZERS
from surfaces import SURFACES

PLAIN = {
    np.exp: math.exp,
    np.tanh: math.tanh,
    np.sinh: math.sinh,
    np.cosh: math.cosh,
    np.arctan: math.atan,
    np.log: math.log,
    np.log1p: math.log1p,
}
"""Functions of arrays, and the same of plain floats."""

TRANSCENDENTAL = set(PLAIN)
RELATIVE, ABSOLUTE = 1e-8, 1e-11
"""One bit of 0.999**t is 1e-13 of what corrects the bias at t = 1; a run lets that grow."""


@cache
def powers_round_alike():
    """Say whether NumPy raises an array to a power as it does its elements one by one."""
    betas = np.linspace(0.8, 0.99999, 997)
    return all(
        np.array_equal(betas**t, [float(beta) ** t for beta in betas]) for t in range(1, 300)
    )


def raises_to_the_step(optimizer):
    """Say whether a rule raises one of its numbers to the power of the step."""
    try:
        program = record(optimizer, SURFACES["sphere"](), noisy=False)
    except Untraceable:
        return False
    return any(node.operation is np.power for node in program.nodes if node.pace == Pace.STEP)


@cache
def rounds_alike(operation):
    """Say whether NumPy's function of an array is, element by element, the C library's."""
    lowest = 1e-3 if operation in (np.log, np.log1p) else -3.0
    places = np.random.default_rng(0).uniform(lowest, 3.0, 5000)
    return np.array_equal(operation(places), [PLAIN[operation](place) for place in places])


def functions_round_alike(surface):
    """Say whether what a surface is made of gives the same for arrays and for plain floats."""
    return all(map(rounds_alike, TRANSCENDENTAL & _operations(surface)))


def _operations(surface):
    """Return what a surface asks for; whatever it may be where that cannot be recorded."""
    rule = OPTIMIZERS["newton"]()
    try:
        program = record(rule, surface, noisy=False)
    except Untraceable:
        return TRANSCENDENTAL
    return {node.operation for node in program.nodes}


def runs_alike(optimizer, surface=None):
    """Say whether many runs at once must be, to the last bit, the same runs one by one."""
    alike = surface is None or functions_round_alike(surface)
    return alike and (powers_round_alike() or not raises_to_the_step(optimizer))


def assert_same(optimizer, ours, theirs, surface=None):
    """Demand equality to the last bit, or the nearest to it that this machine's functions allow."""
    if runs_alike(optimizer, surface):
        np.testing.assert_array_equal(ours, theirs)
    else:
        np.testing.assert_allclose(ours, theirs, rtol=RELATIVE, atol=ABSOLUTE)
