"""How lanes are told apart: color, line style and marker together, never color alone.

The colors are those of Okabe and Ito (2008), https://jfly.uni-koeln.de/color/, chosen to stay
distinct for color-blind viewers; the pale one is darkened a little in the light theme.
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
    "blue": Style("#0072b2", "#4aa3df", "solid", "circle"),
    "vermillion": Style("#d55e00", "#f0803c", "9px,4px", "square"),
    "green": Style("#00805f", "#2fc79a", "3px,3px", "diamond"),
    "purple": Style("#b0568e", "#dd92bd", "12px,3px,3px,3px", "triangle-up"),
    "orange": Style("#b87400", "#f2b33d", "16px,4px", "pentagon"),
    "sky": Style("#2b8cbe", "#8fd0f5", "6px,3px,2px,3px,2px,3px", "star"),
}

assert tuple(STYLES) == COLORS
