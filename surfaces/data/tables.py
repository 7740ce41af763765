"""The data sets that come along: two columns each, as published; measurements are free to use."""

from __future__ import annotations

from dataclasses import dataclass

from surfaces.base import Array

Numbers = tuple[float, ...] | Array


@dataclass(frozen=True, eq=False)
class Table:
    """Two columns of one data set; many rows are arrays.

    `source` says where the numbers were published; facts such as these are nobody's property.
    """

    title: str
    across: str
    up: str
    source: str
    u: Numbers
    v: Numbers


_WEIGHTS = (
    *(2.62, 2.875, 2.32, 3.215, 3.44, 3.46, 3.57, 3.19, 3.15, 3.44, 3.44, 4.07, 3.73, 3.78, 5.25),
    *(5.424, 5.345, 2.2, 1.615, 1.835, 2.465, 3.52, 3.435, 3.84, 3.845, 1.935, 2.14, 1.513, 3.17),
    *(2.77, 3.57, 2.78),
)
_ROAD_TESTS = (
    "Motor Trend (1974), in H. V. Henderson and P. F. Velleman (1981), doi:10.2307/2530428"
)

CARS = Table(
    "Cars: speed and stopping distance",
    "speed (mph)",
    "stopping distance (ft)",
    "M. Ezekiel (1930), Methods of Correlation Analysis, Wiley",
    (
        *(4, 4, 7, 7, 8, 9, 10, 10, 10, 11, 11, 12, 12, 12, 12, 13, 13, 13, 13, 14, 14, 14, 14),
        *(15, 15, 15, 16, 16, 17, 17, 17, 18, 18, 18, 18, 19, 19, 19, 20, 20, 20, 20, 20, 22, 23),
        *(24, 24, 24, 24, 25),
    ),
    (
        *(2, 10, 4, 22, 16, 10, 18, 26, 34, 17, 28, 14, 20, 24, 28, 26, 34, 34, 46, 26, 36, 60, 80),
        *(20, 26, 54, 32, 40, 32, 40, 50, 42, 56, 76, 84, 36, 46, 68, 32, 48, 52, 56, 64, 66, 54),
        *(70, 92, 93, 120, 85),
    ),
)
WOMEN = Table(
    "Women: height and weight",
    "height (in)",
    "weight (lb)",
    "The World Almanac and Book of Facts (1975)",
    tuple(range(58, 73)),
    (115, 117, 120, 123, 126, 129, 132, 135, 139, 142, 146, 150, 154, 159, 164),
)
FUEL = Table(
    "Cars: weight and fuel economy",
    "weight (1000 lb)",
    "miles per gallon",
    _ROAD_TESTS,
    _WEIGHTS,
    (
        *(21.0, 21.0, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4),
        *(10.4, 14.7, 32.4, 30.4, 33.9, 21.5, 15.5, 15.2, 13.3, 19.2, 27.3, 26.0, 30.4, 15.8, 19.7),
        *(15.0, 21.4),
    ),
)
OUTLIER = Table(
    "Anscombe's third: one outlier",
    "x",
    "y",
    "F. J. Anscombe (1973), doi:10.1080/00031305.1973.10478966",
    (10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5),
    (7.46, 6.77, 12.74, 7.11, 7.81, 8.84, 6.08, 5.39, 8.15, 6.42, 5.73),
)
O_RINGS = Table(
    "Space shuttle: temperature and O-ring damage",
    "temperature (°F)",
    "damaged",
    "S. R. Dalal, E. B. Fowlkes and B. Hoadley (1989), doi:10.1080/01621459.1989.10478858",
    (
        *(66, 70, 69, 68, 67, 72, 73, 70, 57, 63, 70, 78, 67, 53, 67, 75, 70, 81, 76, 79, 75, 76),
        58,
    ),
    (0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1),
)
GEARS = Table(
    "Cars: weight and manual gears",
    "weight (1000 lb)",
    "manual",
    _ROAD_TESTS,
    _WEIGHTS,
    (
        *(1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1),
        *(1, 1),
    ),
)
KICKS = Table(
    "Prussian cavalry: deaths by horse kick",
    "years since 1874",
    "deaths",
    "L. von Bortkiewicz (1898), Das Gesetz der kleinen Zahlen, Teubner",
    tuple(range(1, 21)),
    (3, 5, 7, 9, 10, 18, 6, 14, 11, 9, 5, 11, 15, 6, 11, 17, 12, 15, 8, 4),
)

TABLES = {
    "cars": CARS,
    "women": WOMEN,
    "fuel": FUEL,
    "outlier": OUTLIER,
    "o_rings": O_RINGS,
    "gears": GEARS,
    "kicks": KICKS,
}
