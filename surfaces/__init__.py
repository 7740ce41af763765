"""The loss surfaces, in teaching order; the keys stand in people's links."""

from surfaces.base import Surface
from surfaces.rosenbrock import Rosenbrock

__all__ = ["SURFACES", "Surface"]

SURFACES: dict[str, type[Surface]] = {
    "rosenbrock": Rosenbrock,
}
