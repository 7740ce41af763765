"""The words of a LaTeX formula, each with its place, so that an error can point at it."""

from __future__ import annotations

import re
from typing import NamedTuple, NoReturn

_WORD = re.compile(
    r"""(?P<skip>\s+|\\[,;:!\ ]|\\q?quad|\\(?:displaystyle|limits)(?![A-Za-z]))
    |\\(?P<side>left|right|[bB]igg?[lr])\s*(?P<fence>[()\[\]|.]|\\[|{}]|\\[lr](?:vert|Vert|floor))
    |\\(?P<style>text|mathrm|operatorname|begin|end)\{(?P<body>[^{}]*)\}
    |(?P<number>\d+(?:\.\d+)?)
    |(?P<plain>\\[A-Za-z]+|\\.|[A-Za-z]|[-+/^_{}()\[\],:=<>|&*'])""",
    re.VERBOSE,
)
_OPENING = {"|": "left|", r"\|": "left‖", r"\{": r"\{"}
_CLOSING = {"|": "right|", r"\|": "right‖", r"\}": r"\}"}
_SAME = {
    r"\lvert": "left|",
    r"\rvert": "right|",
    r"\lVert": "left‖",
    r"\rVert": "right‖",
    r"\|": "‖",
    r"\leq": r"\le",
    r"\geq": r"\ge",
    r"\neq": r"\ne",
    r"\lt": "<",
    r"\gt": ">",
    r"\dfrac": r"\frac",
    r"\tfrac": r"\frac",
    r"\times": r"\cdot",
    r"\odot": r"\cdot",
    r"\ln": r"\log",
    r"\land": "and",
    r"\lor": "or",
    r"\mid": ":",
    r"\colon": ":",
    r"\varepsilon": r"\epsilon",
}


class Token(NamedTuple):
    """A word, its kind ("number", "text", "function", "name" or "sign") and its place."""

    text: str
    kind: str
    place: int


def tokens(line: str) -> list[Token]:
    """Split a line into tokens, spacing left out; ValueError points at a stray character."""
    found: list[Token] = []
    place = 0
    while place < len(line):
        match = _WORD.match(line, place)
        if match is None:
            fail(line, place, "this character means nothing here")
        if not match["skip"]:
            found.append(_token(match))
        place = match.end()
    return found


def fail(line: str, place: int, problem: str) -> NoReturn:
    """Raise a ValueError that shows the line and points at the place."""
    raise ValueError(f"{problem}:\n{line}\n{' ' * place}^")


def _token(match: re.Match[str]) -> Token:
    place = match.start()
    if match["number"]:
        return Token(match["number"], "number", place)
    if match["side"]:
        return Token(_fence(match["side"], match["fence"]), "sign", place)
    if match["style"]:
        return _styled(match["style"], match["body"], place)
    text = _SAME.get(match["plain"], match["plain"])
    return Token(text, "sign", place)


def _fence(side: str, fence: str) -> str:
    table = _OPENING if side == "left" or side.endswith("l") else _CLOSING
    return table.get(fence, _SAME.get(fence, fence))


def _styled(style: str, body: str, place: int) -> Token:
    if style in ("begin", "end"):
        return Token(f"{style} {body}", "sign", place)
    if style == "operatorname":
        return Token(body.strip(), "function", place)
    if style == "mathrm":
        return Token(rf"\mathrm{{{body}}}", "name", place)
    words = body.strip(" .,;")
    return Token(words, "sign" if words in ("and", "or") else "text", place)
