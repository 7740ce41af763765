"""How long a formula takes to be read, searched and refused (python -m benchmarks.formula)."""

from __future__ import annotations

import re
import time

from surfaces.formula import Formula
from surfaces.formulas.program import compiled
from surfaces.formulas.words import FormulaError

FORMULAS = (
    "x^2 + 3y^2 + sin(3x)",
    "(1-x)^2 + 100(y-x^2)^2",
    "20 + e - 20exp(-sqrt((x^2+y^2)/2)/5) - exp((cos(2pi x)+cos(2pi y))/2)",
    "|x| + a|y-x^2|^1.5 + if(x<0, x^2, 0)",
    "max(|x-1|, |y|)",
)
HOSTILE = {
    "__import__": "__import__('os').system('ls')",
    "an attribute": "x.__class__",
    "a huge power": "9^9^9^9",
    "deep nesting": "(" * 150 + "x" + ")" * 149,
    "a look-alike": "х^2 + y",
    "10 MB of text": "x+" * 5_000_000,
    "many factors": "(x+1)(x+2)(x+3)(x+4)(x+5)(x+6)(x+7)(x+8)(y+1)(y+2)(y+3)(y+4)(y+5)" * 4,
}


def milliseconds(work) -> float:
    """Return how long a piece of work takes."""
    begin = time.perf_counter()
    work()
    return 1e3 * (time.perf_counter() - begin)


def attempted(text: str) -> str:
    """Return what became of a text: the refusal, or the size of its program."""
    try:
        made = compiled.__wrapped__(text)
    except FormulaError as refusal:
        return re.sub(r"\d+", "n", str(refusal))[:60]
    Formula(text=text).formula  # noqa: B018
    return f"{len(made.bends.steps)} steps"


def times() -> None:
    """Print times for good formulas and for refusals."""
    for text in FORMULAS:
        read = milliseconds(lambda text=text: compiled(text))
        surface = Formula(text=text)
        window = milliseconds(lambda surface=surface: surface.window)
        found = milliseconds(lambda surface=surface: surface.critical_points)
        print(f"{text[:44]:46}{read:7.1f} read {window:7.1f} window {found:7.1f} found")
    for name, text in HOSTILE.items():
        print(f"{name:46}{milliseconds(lambda text=text: attempted(text)):7.1f} refused")


if __name__ == "__main__":
    times()
