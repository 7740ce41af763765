"""The lanes' colors can be told apart by everyone, and the measure of it is the published one."""

from itertools import combinations

import pytest

from packets.palette import BASINS, STYLES
from tests.color_vision import SEEN_BY, contrast, difference, lab

PUBLISHED = [
    ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
    ((50.0, -1.0, 2.0), (50.0, 0.0, 0.0), 2.3669),
    ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0011), 7.2195),
    ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]
"""Pairs of Sharma, Wu and Dalal (2005), table 1."""


@pytest.mark.parametrize(("one", "other", "published"), PUBLISHED)
def test_the_difference_is_that_of_the_published_pairs(one, other, published):
    assert difference(one, other) == pytest.approx(published, abs=5e-5)
    assert difference(other, one) == pytest.approx(published, abs=5e-5)


@pytest.mark.parametrize("seen_by", SEEN_BY)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_any_two_lanes_differ_for_everyone(theme, seen_by):
    colors = [lab(getattr(style, theme), seen_by) for style in STYLES.values()]
    assert min(difference(*pair) for pair in combinations(colors, 2)) >= 10


@pytest.mark.parametrize(("theme", "ground"), [("light", "#ffffff"), ("dark", "#0e1117")])
def test_every_lane_can_be_read_on_its_background(theme, ground):
    assert min(contrast(getattr(style, theme), ground) for style in STYLES.values()) >= 4.5


@pytest.mark.parametrize("seen_by", SEEN_BY)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_basins_differ_from_each_other_and_from_every_lane_for_everyone(theme, seen_by):
    areas = [lab(color, seen_by) for color in BASINS[theme]]
    lanes = [lab(getattr(style, theme), seen_by) for style in STYLES.values()]
    pairs = [*combinations(areas, 2), *((area, lane) for area in areas for lane in lanes)]
    assert min(difference(*pair) for pair in pairs) >= 10
