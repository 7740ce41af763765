"""A coverage-guided fuzzer of typed formulas: `python -m tests.fuzz.formula [seconds] [seed]`.

Texts that reach lines of surfaces/formulas/ in an order not seen before are kept and changed
further. Every text must be compiled or refused in a sentence with a place, soon, and what is
compiled must give numbers. Finds are printed; they belong into FOUND below, which the tests try.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from surfaces.formulas import grammar
from surfaces.formulas.program import compiled
from surfaces.formulas.words import CONSTANTS, FUNCTIONS, LONGEST, FormulaError

ROOM = str(Path(grammar.__file__).parent)
SECONDS, SOONEST = 300.0, 2.0
SEEDS = ("x^2 + 2y^2 + a sin(3x)cos(2y)", "if(0<x<1, |x|, max(y, -2y))", "sin^2(x)/log10(y)", "(")
PIECES = (
    *FUNCTIONS,
    *CONSTANTS,
    *"xyabcd0123456789.,|()^*/+-<>= _[]'\"\n\t\0",
    *("**", "<=", "and", "or", "1e99", "1e-999", "__import__", "√", "²", "−", "х", "\u200b", "𝑥"),
)
FOUND = ("if(8<1, |√rt", "√rt", "πz", "x + 2√q")
"""Texts that once broke a promise."""

Edges = frozenset[tuple[str, int, int]]


def broken_promise(text: str) -> str | None:
    """Return what is wrong with how a text is taken, or None."""
    before = time.process_time()
    try:
        made = compiled(text)
        w = np.linspace(-2.0, 2.0, 6).reshape(2, 3)
        with np.errstate(all="ignore"):
            for program in (made.value, made.slopes, made.bends):
                found = program.run((*w, 1.0, 1.0, 1.0, 1.0))
                if any(np.shape(part) not in ((), (3,)) for part in found):
                    return "its numbers have another shape"
    except FormulaError as refusal:
        if not 0 <= refusal.place <= len(text) or not 10 < len(str(refusal)) < 500:
            return f"it is refused at {refusal.place}: {refusal}"
    except Exception as problem:
        return f"{type(problem).__name__}: {problem}"
    took = time.process_time() - before
    return f"it takes {took:.1f} s" if took > SOONEST else None


def covered(text: str) -> tuple[str | None, Edges]:
    """Return what is wrong, and the pairs of lines that followed each other."""
    edges: set[tuple[str, int, int]] = set()

    def called(frame: object, _: str, __: object) -> object:
        code = frame.f_code  # type: ignore[attr-defined]
        if not code.co_filename.startswith(ROOM):
            return None
        last = code.co_firstlineno

        def line(inside: object, event: str, _: object) -> object:
            nonlocal last
            now = inside.f_lineno  # type: ignore[attr-defined]
            edges.add((code.co_filename, last, now))
            last = now
            return line

        return line

    compiled.cache_clear()
    sys.settrace(called)  # type: ignore[arg-type]
    try:
        problem = broken_promise(text)
    finally:
        sys.settrace(None)
    return problem, frozenset(edges)


def changed(text: str, other: str, dice: random.Random) -> str:
    """Return a text with some pieces put in, taken out, doubled, or taken over from another."""
    for _ in range(dice.randint(1, 4)):
        i, j = sorted(dice.randint(0, len(text)) for _ in range(2))
        kind = dice.randrange(4)
        middle = (
            "",
            dice.choice(PIECES),
            2 * text[i:j],
            other[i : dice.randint(i, len(other) + i)],
        )
        text = text[:i] + middle[kind] + text[j if kind else dice.randint(i, j) :]
    return text[: LONGEST + 20]


def finds(seconds: float, seed: int) -> Iterator[tuple[str, str]]:
    """Yield texts that break a promise, and how."""
    dice, corpus, seen = random.Random(seed), list(SEEDS), set[tuple[str, int, int]]()
    until, tried = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        fresh = corpus[tried] if tried < len(SEEDS) else None
        text = fresh or changed(dice.choice(corpus), dice.choice(corpus), dice)
        problem, edges = covered(text)
        tried += 1
        if problem:
            yield text, problem
        if edges - seen:
            seen |= edges
            corpus.append(text)
    print(f"{tried} texts tried, {len(corpus)} kept, {len(seen)} pairs of lines reached")


if __name__ == "__main__":
    given = [float(word) for word in sys.argv[1:]]
    told = dict[str, str]()
    for text, problem in finds(*(given[:1] or [SECONDS]), int(given[1]) if given[1:] else 0):
        kind = problem[:40]
        if kind not in told:
            told[kind] = text
            print(f"{text!r}: {problem}", flush=True)
    sys.exit(bool(told))
