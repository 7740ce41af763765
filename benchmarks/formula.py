"""How long a typed formula takes to be read, searched and refused; and a fuzzer for its grammar.

    python -m benchmarks.formula            times, in milliseconds
    python -m benchmarks.formula fuzz 300   mutated formulas for 300 seconds

The fuzzer keeps what reaches a new number of steps or a new refusal as seed for more, and stops at
anything but a formula or a FormulaError, and at whatever takes longer than a second.
"""

from __future__ import annotations

import random
import re
import sys
import time

from surfaces.formula import Formula
from surfaces.formulas.program import compiled
from surfaces.formulas.words import FUNCTIONS, FormulaError

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
PARTS = (
    *FUNCTIONS,
    *"xyabcd0123456789.+-*/^()|,<>=",
    " ",
    "pi",
    "e",
    "1e9",
    "<=",
    "π",
    "²",
    "х",
    "\n",
)


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


def fuzz(seconds: float) -> None:
    """Mutate formulas for so long; ends with what it saw."""
    draws, seeds, seen = random.Random(0), list(FORMULAS), set()
    tried, slowest, end = 0, 0.0, time.monotonic() + seconds
    while time.monotonic() < end:
        text = mutated(draws.choice(seeds), draws)
        spent = milliseconds(lambda text=text: seen_or_kept(text, seeds, seen))
        tried, slowest = tried + 1, max(slowest, spent)
        if spent > 1000:
            raise SystemExit(f"{spent:.0f} ms: {text!r}")
    print(f"{tried} texts, {len(seen)} outcomes, slowest {slowest:.0f} ms")


def seen_or_kept(text: str, seeds: list[str], seen: set[str]) -> None:
    """Try a text, and keep it as a seed if its outcome is new."""
    outcome = attempted(text)
    if outcome not in seen:
        seen.add(outcome)
        seeds.append(text)


def mutated(text: str, draws: random.Random) -> str:
    """Return a text with a few parts cut out, put in, doubled or exchanged."""
    for _ in range(draws.randint(1, 5)):
        i, j = sorted(draws.randrange(len(text) + 1) for _ in range(2))
        part = draws.choice(
            ("", draws.choice(PARTS), text[i:j] * 2, draws.choice(PARTS) + text[i:j])
        )
        text = (text[:i] + part + text[j:])[:400]
    return text


if __name__ == "__main__":
    fuzz(float(sys.argv[2])) if sys.argv[1:2] == ["fuzz"] else times()
