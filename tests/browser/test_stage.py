"""The stage under the hand: sliders, clicks, drags, the clock and the address."""

from tests.browser.stage import path


def test_first_visit_shows_three_paths(page):
    for lane in "abc":
        assert path(page, lane).count("L") > 100
