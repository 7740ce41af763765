"""The words of a typed formula, each with its place, so that a refusal can point at it."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import NamedTuple, NoReturn

VARIABLES = ("x", "y")
PARAMETERS = ("a", "b", "c", "d")
CONSTANTS = {"pi": math.pi, "e": math.e}
FUNCTIONS: dict[str, int] = {
    **dict.fromkeys(("sin", "cos", "tan", "atan", "sinh", "cosh", "tanh"), 1),
    **dict.fromkeys(("exp", "ln", "log", "log10", "log2", "sqrt", "abs", "sign"), 1),
    **dict.fromkeys(("sigmoid", "relu"), 1),
    **dict.fromkeys(("min", "max"), 0),
    "if": 3,
}
"""How many arguments each function takes; 0 for two or more."""

LONGEST = 300
MOST_DIGITS = 20
MOST_TOGETHER = 4

_WORD = re.compile(
    r"(?P<skip>[ \t]+)"
    r"|(?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)"
    r"|(?P<letters>[A-Za-z]*?log(?:10|2)(?=[ \t]*[(^])|[A-Za-z]+)"
    r"|(?P<sign>\*\*|<=|>=|[-+*/^()|,<>])",
    re.ASCII,
)
_MEANT = str.maketrans(
    {"−": "-", "–": "-", "·": "*", "×": "*", "÷": "/", "≤": "<=", "≥": ">=", "π": "pi"}
    | {"²": "^2", "³": "^3", "√": "sqrt"}
)
_KNOWN = sorted({*FUNCTIONS, *CONSTANTS, *VARIABLES, *PARAMETERS, "and", "or"}, key=len)[::-1]
_WEIGHTS = "the two weights are called x and y"
_INSTEAD = {
    "=": "write only what stands to the right of =",
    "\\": "LaTeX is not read; write x/2 for a fraction and sin(x) for a function",
    "$": "LaTeX is not read; leave the dollar signs out",
    ".": "a point stands inside numbers only; write sin(x), not np.sin(x)",
    "_": f"names have no index; {_WEIGHTS}",
    "!": "there are no factorials",
    "\n": "a formula is one line",
    ":": "pieces are written if(x < 0, one formula, another)",
    **dict.fromkeys("[]{}", "parentheses are round"),
}
"""What to do about signs that people bring along."""

_SAID = {
    **dict.fromkeys(("then", "else", "where", "case"), "write if(x < 0, one formula, another)"),
    **dict.fromkeys(("w", "z", "u", "v", "t"), _WEIGHTS),
    **dict.fromkeys(("alpha", "beta", "gamma", "lambda", "mu"), "parameters are a, b, c and d"),
    **dict.fromkeys(("k", "m", "n", "p", "q", "r", "s"), "parameters are called a, b, c and d"),
    "arctan": "write atan(x)",
    **dict.fromkeys(("X", "Y"), f"{_WEIGHTS}, written small"),
}
"""What to do about names that people bring along."""

_LOOKS = {"х": "x", "у": "y", "а": "a", "с": "c", "е": "e", "ο": "o", "о": "o", "χ": "x", "α": "a"}


class FormulaError(ValueError):
    """A formula that is not read: one sentence that says why, and the place it is about.

    `place` counts the characters before it in the text as typed.
    """

    def __init__(self, problem: str, place: int) -> None:
        """Keep the sentence and the place."""
        super().__init__(problem)
        self.place = place


class Word(NamedTuple):
    """A word of a formula, its kind ("number", "name", "function", "sign", "end"), its place."""

    text: str
    kind: str
    place: int


def words(text: str) -> list[Word]:
    """Split a formula into words; FormulaError points at what is none."""
    if len(text) > LONGEST:
        raise FormulaError(
            f"{len(text)} characters are too many; a formula has at most {LONGEST}", LONGEST
        )
    found: list[Word] = []
    for place, character in enumerate(text):
        if ord(character) > 126 and ord(character) not in _MEANT:
            _refuse_character(character, place)
    for part, places in _parts(text):
        found += _split(part, places)
    return [*found, Word("", "end", len(text))]


def refuse(problem: str, place: int) -> NoReturn:
    """Raise a FormulaError that says which character it is about."""
    raise FormulaError(f"character {place + 1}: {problem}", place)


def _parts(text: str) -> list[tuple[str, list[int]]]:
    """Return the matched words in plain characters, and where each of these stands as typed."""
    plain, places = "", list[int]()
    for place, character in enumerate(text):
        meant = character.translate(_MEANT)
        plain += meant
        places += [place] * len(meant)
    found, at = list[tuple[str, list[int]]](), 0
    while at < len(plain):
        match = _WORD.match(plain, at)
        if match is None:
            _refuse_character(text[places[at]], places[at])
        if not match["skip"]:
            found.append((match[0], places[at : match.end()]))
        if match["letters"] and plain[match.end() : match.end() + 1].isdigit():
            _refuse_index(match[0][-1], plain[match.end()], places[match.end() - 1])
        at = match.end()
    return found


def _split(part: str, places: list[int]) -> list[Word]:
    if not part[0].isalpha():
        kind = "number" if part[-1].isdigit() or part[0].isdigit() else "sign"
        if kind == "number" and (len(part) > MOST_DIGITS or not abs(float(part)) < 1e100):
            refuse(f"{part[:12]} is too long or too large a number", places[0])
        return [Word("^" if part == "**" else part, kind, places[0])]
    found = list[Word]()
    at = 0
    while at < len(part):
        name = next((known for known in _KNOWN if part.startswith(known, at)), None)
        if name is None or (len(name) == 1 and at + 1 < len(part) and not _is_run(part[at:])):
            refuse(_unknown(part[at:]), places[at])
        kind = "function" if name in FUNCTIONS else "sign" if name in ("and", "or") else "name"
        found.append(Word(name, kind, places[at]))
        at += len(name)
    return found


def _is_run(letters: str) -> bool:
    """Say whether letters written together, as in axy, are known names one by one, none twice."""
    if len(letters) > MOST_TOGETHER or len(set(letters)) < len(letters):
        return False
    while letters:
        name = next((known for known in _KNOWN if letters.startswith(known)), None)
        if name is None:
            return False
        letters = letters[len(name) :]
    return True


def _refuse_index(letter: str, digit: str, place: int) -> None:
    """Refuse x1, which some read as a name and others as a product."""
    if letter in VARIABLES + PARAMETERS + ("w", "e"):
        product = "" if letter in "we" else f"; for a product write {digit}{letter}"
        refuse(f"{letter}{digit} is no name: {_WEIGHTS}{product}", place)


def _unknown(letters: str) -> str:
    if letters in _SAID:
        return f"{letters} is not known here: {_SAID[letters]}"
    small = next((known for known in _KNOWN if letters.lower().startswith(known)), "")
    if len(small) > 1 and not letters.startswith(small):
        return f"{letters[:20]} is not known here: names are written small, as {small}"
    return (
        f"{letters[:20]} is not known here; known are x and y, the parameters a, b, c and d, "
        f"pi and e, and {', '.join(FUNCTIONS)}"
    )


def _refuse_character(character: str, place: int) -> NoReturn:
    name = unicodedata.name(character, "a character without a name").lower()
    shown = character if character.isprintable() else repr(character)[1:-1]
    twin = _LOOKS.get(character.lower()) or unicodedata.normalize("NFKD", character)[:1]
    if twin.isascii() and twin.isalnum():
        refuse(f"{shown} only looks like {twin}: it is {name}", place)
    instead = f": {_INSTEAD[character]}" if character in _INSTEAD else ""
    refuse(f"{shown} ({name}) has no meaning in a formula{instead}", place)
