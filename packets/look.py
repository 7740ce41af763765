"""How an experiment is being looked at on the stage: part of the link, but not of any result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from declarations import Declared, choice, number, outlook, rectangle, several, switch, word
from engine.setup.experiment import MOST_STEPS, Experiment

LAST_STEP = MOST_STEPS
"""No run is longer, so that this step is the end of any."""

MARKS = {"arrows": "Arrows at the head", "tail": "Comet tail", "axes": "Axes of curvature"}
PANELS = {
    "loss": "Loss",
    "rate": "Effective rate",
    "gradient": "Gradient",
    "memory": "Memory",
    "length": "Step length",
    "quotient": "Step ÷ −gradient",
}


@dataclass(frozen=True)
class Look(Declared):
    """Which lane is chosen, what is shown of it, and what is hidden from the audience.

    What a lab adds to it stands in the lab's folder, and all of it together in `labs/view.py`.
    """

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
    camera: tuple[float, ...] = outlook(
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
    lab: str = word("results", "below the stage", help="What is shown below the stage.")
    beside: bool = switch(
        True, "beside the landscape", help="Labs stand beside the landscape if the page is wide."
    )
    scrub: str = word("", "scrubbed setting", help="The setting that the scrubber slides.")
    fan: bool = switch(False, "fan", help="Draw the paths of all stops of the scrubber at once.")
    band: bool = switch(False, "band", help="Show the spread of the loss over a hundred seeds.")

    def lane(self, experiment: Experiment) -> int:
        """Return which lane of an experiment is chosen: the last where there are not so many."""
        return min(self.chosen, len(experiment.lanes) - 1)
