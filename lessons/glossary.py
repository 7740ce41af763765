"""The words of the page and of the lessons, in the order of the alphabet."""

from __future__ import annotations

from lessons.guide import MARKS, SIDEBAR, STAGE

_FIELD = (
    ("Bias correction", "Dividing an average that began at 0 by the share that has filled so far."),
    ("Condition number κ", "The largest curvature over the smallest: how long a ravine is."),
    ("Contour", "A line of equal loss; the gradient stands at a right angle to it."),
    ("Curvature λ", "How fast the slope changes along a direction: an eigenvalue of the Hessian."),
    ("Damping", "How quickly swings die out; critical where they just do not begin."),
    ("Diverged", "A coordinate passed 10¹² or is no number any more."),
    ("Edge of stability", "A run that swings where the sharpness is about 2/η, without diverging."),
    ("Gain", "A factor on the learning rate that belongs to one weight."),
    ("Gradient", "The slopes along each weight; minus it is the steepest way down from here."),
    ("Hessian", "The table of second derivatives: how the gradient changes from place to place."),
    ("Learning rate η", "How much of the slope becomes a step; not the speed."),
    ("Limit 2/λ", "The rate from which on gradient descent jumps higher at every step."),
    ("Momentum β", "The share of the velocity that survives a step."),
    ("Noise floor", "The mean loss at which noise holds a run of constant rate."),
    ("Saddle", "A place without slope, up one way and down another."),
    ("Schedule", "How the learning rate changes over a run."),
    ("Sharpness", "The largest curvature at a place."),
    ("Sign change", "A gradient that points the other way than at the step before."),
    ("Tolerance τ", "How close to the lowest loss a lane must come to have arrived."),
    ("Weight", "A number that training changes; here there are two, x and y."),
)


def glossary() -> tuple[tuple[str, str], ...]:
    """Return each word and what it means; what the field says comes first where both say it."""
    page = {w.term: w.meaning for words in (MARKS, STAGE, SIDEBAR) for w in words.values()}
    return tuple(sorted((page | dict(_FIELD)).items(), key=lambda pair: pair[0].lower()))
