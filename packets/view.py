"""How an experiment is being looked at: part of the link, but not of any result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from declarations import (
    Declared,
    choice,
    declarations,
    defaults,
    number,
    outlook,
    rectangle,
    several,
    span,
    switch,
    word,
)
from engine.setup.experiment import MOST_STEPS
from engine.setup.link import SLOTS

LAST_STEP = MOST_STEPS
"""No run is longer, so that this step is the end of any."""

PREFIX = "view."
MARKS = {"arrows": "Arrows at the head", "tail": "Comet tail", "axes": "Axes of curvature"}
PANELS = {
    "loss": "Loss",
    "rate": "Effective rate",
    "gradient": "Gradient",
    "memory": "Memory",
    "length": "Step length",
    "quotient": "Step ÷ −gradient",
}


class Lab(NamedTuple):
    """A tab below the stage: title, what it is for, whether it asks the server, where it stands."""

    title: str
    about: str
    server: bool = True
    beside: bool = True


LABS = {
    "results": Lab(
        "Results",
        "The chosen rule with this step's numbers put in, and how every lane ended.",
        server=False,
        beside=False,
    ),
    "theory": Lab(
        "Theory",
        "What the curvature predicts: the largest stable rate, the speed, the damping.",
        server=False,
        beside=False,
    ),
    "cut": Lab(
        "Along the step",
        "The loss along the line of this step, beside what slope and curvature foretell of it.",
        server=False,
    ),
    "sensitivity": Lab(
        "Sensitivity", "The final loss of every lane over its learning rate: which rates work."
    ),
    "sweep": Lab(
        "Sweep map", "One lane run with every pair of values of two settings; color is the loss."
    ),
    "tuning": Lab(
        "Tuning", "The best settings of every lane, found with the same number of tries each."
    ),
    "basins": Lab("Basins", "Where the chosen lane ends from every start of the window."),
}


@dataclass(frozen=True)
class View(Declared):
    """Which lane is chosen, which axes are used, and what is hidden from the audience."""

    title: ClassVar[str] = "View"

    chosen: int = number(
        0, "", "chosen lane", 0, 5, whole=True, step=1, help="Whose settings and memory are shown."
    )
    loss: str = choice("log", ("log", "linear"), "loss axis", help="How the loss panel is scaled.")
    map: str = choice(
        "contour", ("contour", "3d", "both"), "landscape", help="From above, in relief, or both."
    )
    panels: tuple[str, ...] = several(
        ("loss", "rate"),
        tuple(PANELS),
        "curves",
        help="Which curves are shown beside the landscape.",
    )
    marks: tuple[str, ...] = several(
        (),
        tuple(MARKS),
        "marks",
        help="At the chosen lane's head: arrows, a tail of its last steps, the Hessian's axes.",
    )
    controls: str = choice(
        "shown", ("shown", "hidden"), "controls", help="Hide them to embed the stage in a page."
    )
    units: str = choice(
        "auto",
        ("auto", "equal", "fill"),
        "units of x and y",
        help="As long as each other, where the map loses little room, always, or never.",
    )
    window: tuple[()] | tuple[float, float, float, float] = rectangle(
        "zoom", help="The part of the plane that the map shows, if it is not the whole."
    )
    camera: tuple[()] | tuple[float, float, float] = outlook(
        "camera", "From where the landscape in 3-D is seen, if not from its best side."
    )
    step: int = number(
        LAST_STEP,
        "t",
        "step",
        0,
        LAST_STEP,
        whole=True,
        step=1,
        help="Where the clock stands; beyond the end, at the end.",
    )
    size: str = choice(
        "normal", ("normal", "projector"), "type size", help="Large type for the last row."
    )
    lab: str = choice(
        "results", tuple(LABS), "below the stage", help="What is shown below the stage."
    )
    beside: bool = switch(
        True, "beside the landscape", help="Labs stand beside the landscape if the page is wide."
    )
    scrub: str = word("", "scrubbed setting", help="The setting that the scrubber slides.")
    fan: bool = switch(False, "fan", help="Draw the paths of all stops of the scrubber at once.")
    band: bool = switch(False, "band", help="Show the spread of the loss over a hundred seeds.")
    across: str = word("", "across", help="The setting across the sweep map.")
    up: str = word("", "up", help="The setting up the sweep map.")
    reach_across: tuple[()] | tuple[str, float, float] = span(
        "range across", help="From where to where the sweep map reaches across."
    )
    reach_up: tuple[()] | tuple[str, float, float] = span(
        "range up", help="From where to where the sweep map reaches up."
    )
    third: str = word("", "in each map", help="A setting that differs from map to map.")
    color: str = choice(
        "loss", ("loss", "steps", "distance"), "color", help="What the sweep map's colors show."
    )
    budget: int = number(
        60,
        "N",
        "settings tried",
        10,
        400,
        whole=True,
        step=10,
        help="How many settings of each lane a fair tuning tries.",
    )
    rival: str = choice(
        "none",
        ("none", *SLOTS),
        "compared with",
        help="The lane whose basins are shown beside the chosen one's.",
    )
    slowest: float = number(
        0.0, "", "lowest rate", 0.0, 100.0, scale="log", help="Where the curves begin; 0: chosen."
    )
    fastest: float = number(
        0.0, "", "highest rate", 0.0, 100.0, scale="log", help="Where the curves end; 0: chosen."
    )


def write_view(view: View) -> dict[str, str]:
    """Return the view as link parameters, defaults left out."""
    usual = defaults(View)
    return {
        PREFIX + name: declaration.write(getattr(view, name))
        for name, declaration in declarations(View).items()
        if getattr(view, name) != usual[name]
    }


def split(pairs: Mapping[str, str]) -> tuple[View, dict[str, str], tuple[str, ...]]:
    """Take the view out of link parameters; also return the rest and what was wrong."""
    rest = {key: text for key, text in pairs.items() if not key.startswith(PREFIX)}
    found, problems = defaults(View), []
    for name, declaration in declarations(View).items():
        if PREFIX + name not in pairs:
            continue
        try:
            found[name] = declaration.read(pairs[PREFIX + name][:100])
        except ValueError as problem:
            problems.append(f"{PREFIX}{name}: {problem}")
    return View(**found), rest, tuple(problems)
