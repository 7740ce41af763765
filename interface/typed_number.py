"""Numbers as people type them: with a comma or a point, with groups, with a true minus."""

from __future__ import annotations

import re

from declarations import Number

_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}([ ,.'’])\d{3}(?:\1\d{3})*(?:(?!\1)[.,]\d+)?")
_SPACES = re.compile("[\u00a0\u2009\u202f]")


def read_typed(declaration: Number, text: str) -> float:
    """Read what a person typed for a declared number; ValueError says what would be allowed.

    `2,000` is two thousand where only whole numbers are allowed; elsewhere it could be two as
    well, and is refused rather than guessed.
    """
    plain = _SPACES.sub(" ", text.strip()).replace("\u2212", "-")
    try:
        return declaration.read(_pointed(plain, declaration))
    except ValueError:
        kind = "a whole number" if declaration.whole else "a number"
        said = f"{plain!r} is not {kind} from {declaration.allowed}"
    if _could_be_two(plain, declaration):
        said = (
            f"{plain!r} could be {plain.replace(',', '')} or {plain.replace(',', '.')}: write one"
        )
    raise ValueError(f"{declaration.label}: {said}.")


def _pointed(plain: str, declaration: Number) -> str:
    """Return the text as a program writes the number; what is none is returned as it stands."""
    groups = _GROUPED.fullmatch(plain)
    if groups is None:
        return plain.replace(",", ".", 1)
    single = len(re.split("[,.]", plain)) == 2
    if groups[1] in ",." and single and not declaration.whole:
        return plain
    return plain.replace(groups[1], "").replace(",", ".")


def _could_be_two(plain: str, declaration: Number) -> bool:
    """Say whether a comma before three digits may group thousands or start a fraction."""
    return not declaration.whole and plain.count(",") == 1 and bool(_GROUPED.fullmatch(plain))
