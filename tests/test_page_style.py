"""The page's style asks for nothing that makes the browser look at the whole page anew."""

from __future__ import annotations

import re
from collections.abc import Iterator

from interface.assets import STAGE

INSIDE = r"\([^()]*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)[^()]*)*\)"


def blocks(css: str) -> Iterator[list[str]]:
    """Yield, for each block of rules, the heads of those around it and its own."""
    heads: list[str] = []
    for text, brace in re.findall(r"([^{};]*)([{};])", re.sub(r"/\*.*?\*/", "", css, flags=re.S)):
        if brace == "{":
            heads.append(text.strip())
            yield list(heads)
        elif brace == "}":
            heads.pop()


def named(selector: str) -> bool:
    """Return whether the last part of a selector names its elements by kind, class or attribute."""
    last = re.split(r"[\s>+~]+", re.sub(INSIDE, "()", selector.strip()))[-1]
    listed = re.search(r":(?:is|where)(\(.*\))$", selector.strip())
    return bool(re.match(r"[a-z.#\[&]", last)) or (listed is not None and "*" not in listed[1])


def parts(head: str) -> list[str]:
    """Return the selectors of a head that lists some."""
    kept = re.sub(INSIDE, lambda found: found[0].replace(",", ";"), head)
    return [part.replace(";", ",") for part in kept.split(",")]


def test_what_is_asked_of_a_part_of_a_class_names_its_elements():
    css = (STAGE / "page.css").read_text()
    asked = [
        (*around, part)
        for *around, own in blocks(css)
        for part in parts(own)
        if "[class" in "".join((*around, part))
    ]
    assert asked
    for selectors in asked:
        assert named(selectors[-1]), selectors
