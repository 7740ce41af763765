"""Test losses written from their published formulas, for torch and jax to differentiate.

The gradients of the oracles come from automatic differentiation of these lines alone. They share
nothing with the package but the keys and the starts.
"""


def rosenbrock(x, y, sin):
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def beale(x, y, sin):
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2


def himmelblau(x, y, sin):
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


def booth(x, y, sin):
    return (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2


def styblinski_tang(x, y, sin):
    return (x**4 - 16 * x**2 + 5 * x + y**4 - 16 * y**2 + 5 * y) / 2


def mccormick(x, y, sin):
    return sin(x + y) + (x - y) ** 2 - 1.5 * x + 2.5 * y + 1


STARTS = {
    rosenbrock: (-1.2, 1.0),
    beale: (1.0, 1.5),
    himmelblau: (-1.0, 1.5),
    booth: (-4.0, 3.0),
    styblinski_tang: (1.0, -0.5),
    mccormick: (3.0, -1.0),
}
