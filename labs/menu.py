"""The menu of labs, in the order of their tabs."""

from __future__ import annotations

from labs.lab import Lab

LABS = {
    "results": Lab(
        "Results",
        "The chosen rule with this step's numbers put in, and how every lane ended.",
        beside=False,
    ),
    "theory": Lab(
        "Theory",
        "What the curvature predicts: the largest stable rate, the speed, the damping.",
        beside=False,
    ),
    "cut": Lab(
        "Along the step",
        "The loss along the line of this step, beside what slope and curvature foretell of it.",
    ),
    "sensitivity": Lab(
        "Sensitivity",
        "The final loss of every lane over its learning rate: which rates work.",
    ),
    "sweep": Lab(
        "Sweep map",
        "One lane run with every pair of values of two settings; color is the loss.",
    ),
    "tuning": Lab(
        "Tuning",
        "The best settings of every lane, found with the same number of tries each.",
    ),
    "basins": Lab(
        "Basins",
        "Where the chosen lane ends from every start of the window.",
    ),
}
