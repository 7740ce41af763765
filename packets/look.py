"""How an experiment is being looked at on the stage: part of the link, but not of any result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from declarations import Declared, choice, number, outlook, rectangle, several, switch, word
from engine.setup.experiment import MOST_STEPS, Experiment

LAST_STEP = MOST_STEPS
"""No run is longer, so that this step is the end of any."""


class Titled(NamedTuple):
    """What the stage calls something that it can show, and what that is."""

    title: str
    about: str


MARKS = {
    "arrows": Titled(
        "Arrows at the head",
        "The chosen lane's negative gradient, its velocity and its step. With batches of data an "
        "ellipse shows how far their gradients scatter: one standard deviation.",
    ),
    "tail": Titled("Comet tail", "The chosen lane's last steps, drawn broad."),
    "axes": Titled(
        "Axes of curvature",
        "The directions in which the surface bends most and least, with their curvatures.",
    ),
}
PANELS = {
    "loss": Titled("Loss", "The height of the surface under each lane, step by step."),
    "rate": Titled(
        "Effective rate",
        "Each weight's learning rate as the rule has it: how far it moves on an even slope, over "
        "that slope. Momentum raises it to rate ÷ (1 − β), Adam makes it rate ÷ (root + ε).",
    ),
    "gradient": Titled("Gradient", "The slope in x and in y where each lane stands."),
    "memory": Titled(
        "Memory", "What the chosen lane's rule remembers between steps, such as a velocity."
    ),
    "length": Titled("Step length", "How far each lane moves at each step."),
    "quotient": Titled(
        "Step ÷ −gradient",
        "The learning rate that plain gradient descent would have needed to make this very step; "
        "with momentum it jumps wherever the slope changes sign.",
    ),
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
