"""How lanes are told apart: color, line style and marker together, never color alone.

The colors began as those of Okabe and Ito (2008), https://jfly.uni-koeln.de/color/, and were moved
until any two differ by 10 (CIEDE2000) or more for usual eyes and for the three kinds of color
blindness, in either theme, and each can be read on its background (tests/test_palette.py).
"""

from typing import NamedTuple

from engine.setup.experiment import COLORS


class Style(NamedTuple):
    """A lane's look: hex colors for the light and the dark theme, Plotly dash and marker."""

    light: str
    dark: str
    dash: str
    marker: str


STYLES: dict[str, Style] = {
    "blue": Style("#0058a9", "#3899e3", "solid", "circle"),
    "vermillion": Style("#c25707", "#e97e3d", "9px,4px", "square"),
    "green": Style("#138060", "#36ca9e", "3px,3px", "diamond"),
    "purple": Style("#a85c8b", "#cb88aa", "12px,3px,3px,3px", "triangle-up"),
    "orange": Style("#734400", "#ffba3a", "16px,4px", "pentagon"),
    "sky": Style("#1773e8", "#a8d7f8", "6px,3px,2px,3px,2px,3px", "star"),
}

BASINS = {
    "light": (
        *("#c59500", "#19b3b2", "#f36ca6", "#c1f093", "#9da0ff"),
        *("#f6c600", "#4fe8b9", "#f3cfff", "#b3b472"),
    ),
    "dark": (
        *("#a3689e", "#416f3d", "#7b53ce", "#820102", "#718780"),
        *("#522f81", "#ed0252", "#0000dc", "#704257"),
    ),
}
"""Areas of basins, by theme: by 10 or more from each other and from every lane, for all eyes."""

assert tuple(STYLES) == COLORS
