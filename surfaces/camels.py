"""The camels: polynomials whose humps separate three and six valleys."""

from dataclasses import dataclass
from typing import ClassVar

from surfaces.base import Array, Critical, Surface


@dataclass(frozen=True)
class ThreeHumpCamel(Surface):
    """The best valley lies between two slightly worse ones, each easy to be caught in."""

    title: ClassVar[str] = "Three-hump camel"
    formula: ClassVar[str] = r"2 x^2 - 1.05 x^4 + \frac{x^6}{6} + x y + y^2"
    source: ClassVar[str] = "M. Jamil and X.-S. Yang (2013), arXiv:1308.4008"
    window: ClassVar = ((-2.2, 2.2), (-2.2, 2.2))
    start: ClassVar = (1.7, 1.8)
    scale: ClassVar = "log"
    first: ClassVar = "a=gradient_descent&a.lr=0.03&b=momentum&b.lr=0.03&c=adam&c.lr=0.1&steps=120"
    critical_points: ClassVar = (
        Critical(0.0, 0.0, 0.0, "global minimum"),
        Critical(1.747552345830289, -0.8737761729151445, 0.2986384422368598, "local minimum"),
        Critical(-1.747552345830289, 0.8737761729151445, 0.2986384422368598, "local minimum"),
        Critical(1.07054229182366, -0.53527114591183, 0.8773615577631402, "saddle"),
        Critical(-1.07054229182366, 0.53527114591183, 0.8773615577631402, "saddle"),
    )

    def f(self, x: Array, y: Array) -> Array:
        x2 = x * x
        return x2 * (2 + x2 * (x2 / 6 - 1.05)) + y * (x + y)

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        x2 = x * x
        return x * (4 + x2 * (x2 - 4.2)) + y, x + 2 * y

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        x2 = x * x
        zero = 0 * (x + y)
        return 4 + x2 * (5 * x2 - 12.6) + zero, 1 + zero, 2 + zero


_HALF = (
    Critical(0.08984201310031806, -0.7126564030207397, -1.0316284534898774, "global minimum"),
    Critical(1.7036067149699808, -0.7960835686726251, -0.21546382438371764, "local minimum"),
    Critical(1.6071047529201972, 0.5686514548841314, 2.1042503103112583, "local minimum"),
    Critical(1.1092053368047864, -0.7682680925095398, 0.5437186009781851, "saddle"),
    Critical(1.6380679841897786, 0.22867406904439407, 2.2293571975307147, "saddle"),
    Critical(1.2960702671671092, 0.6050843880386585, 2.22947081802986, "saddle"),
    Critical(1.2302298765166526, 0.16233458445899497, 2.496295351023577, "maximum"),
)


@dataclass(frozen=True)
class SixHumpCamel(Surface):
    """Six valleys in three depths, two of them best: a small map of global optimization."""

    title: ClassVar[str] = "Six-hump camel"
    formula: ClassVar[str] = r"(4 - 2.1 x^2 + \frac{x^4}{3}) x^2 + x y + (4 y^2 - 4) y^2"
    source: ClassVar[str] = (
        "L. Dixon and G. Szegő (1978), The global optimization problem: an introduction, in "
        "Towards Global Optimisation 2, North-Holland"
    )
    window: ClassVar = ((-2.1, 2.1), (-1.2, 1.2))
    start: ClassVar = (-1.95, -1.1)
    scale: ClassVar = "rank"
    first: ClassVar = "a=gradient_descent&a.lr=0.02&b=momentum&b.lr=0.02&c=adam&c.lr=0.05&steps=120"
    critical_points: ClassVar = (
        *_HALF,
        *(Critical(-x, -y, value, kind) for x, y, value, kind in _HALF),
        Critical(0.0, 0.0, 0.0, "saddle"),
    )

    def f(self, x: Array, y: Array) -> Array:
        x2, y2 = x * x, y * y
        return x2 * (4 + x2 * (x2 / 3 - 2.1)) + x * y + y2 * (4 * y2 - 4)

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        x2, y2 = x * x, y * y
        return x * (8 + x2 * (2 * x2 - 8.4)) + y, x + y * (16 * y2 - 8)

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        x2, y2 = x * x, y * y
        return 8 + x2 * (10 * x2 - 25.2) + 0 * y, 1 + 0 * (x + y), 48 * y2 - 8 + 0 * x
