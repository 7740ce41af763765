"""Modules of the stage that are written by Python: `python -m interface.generated`.

What both languages must know is declared in Python; a test holds the written modules to it.
"""

from __future__ import annotations

import json
from typing import Any

from interface.assets import STAGE
from interface.declared_types import declared_interface, interface
from interface.known import known, planned
from labs.menu import LABS
from labs.view import View
from lessons import headers as lesson_headers
from lessons.guide import glossary, guide
from lessons.sitting import PASSAGES
from packets.headers import HEADERS, ViewHeader

_HEAD = "// Written by `python -m interface.generated`: declared in %s.\n\n"


PACKET = """/** A packet as it is read: its header, and its arrays by name. */
export interface Packet<Header> {
  header: Header;
  arrays: Record<string, Numbers>;
}

/** An array of numbers and its shape. */
export interface Numbers {
  values: Float32Array | Float64Array | Int32Array;
  shape: number[];
}

export type Race = Packet<RaceHeader>;
export type SentLandscape = Packet<LandscapeHeader>;

/** With what is drawn of it; `logarithm` is what heights take from a loss, and add to the rest. */
export type Landscape = Packet<GroundHeader & { logarithm: [number, number] | null }>;
"""


def modules() -> dict[str, str]:
    """Return the generated modules by their paths from the stage's folder."""
    return {
        "core/guide.js": _HEAD % "lessons/guide.py and lessons/examples.py"
        + f"export const GUIDE = {literal(guide())};\n",
        "core/glossary.js": _HEAD % "lessons/guide.py"
        + f"export const GLOSSARY = {literal(glossary())};\n",
        "core/passages.js": _HEAD % "lessons/sitting.py"
        + "// Phases of a lesson: what each needs, the answer it shows, where giving it leads.\n"
        + "/** @type {Record<string, { needs: string[], shows: string, leads: string }>} */\n"
        + f"export const PASSAGES = {literal({k: v._asdict() for k, v in PASSAGES.items()})};\n",
        "labs/later.js": _HEAD % "labs/menu.py" + _later(),
        "core/packets.d.ts": _HEAD % "packets/headers.py, labs/view.py and lessons/headers.py"
        + "\n".join(
            [declared_interface(ViewHeader.__name__, View), *map(interface, headers()), PACKET]
        ),
        "core/known.js": _HEAD % "interface/known.py" + "\n".join(map(_constant, known().items())),
        "run/planned.js": _HEAD % "interface/known.py"
        + "\n".join(map(_constant, planned().items())),
    }


def headers() -> tuple[type, ...]:
    """Return the typed dictionaries of what is sent: the race's and a lesson's."""
    return (*HEADERS, *lesson_headers.HEADERS)


def _constant(said: tuple[str, tuple[str, Any]]) -> str:
    name, (sentence, value) = said
    return f"// {sentence}\nexport const {name} = {literal(value)};\n"


def _later() -> str:
    """Return how each lab is fetched: `labs/sweep/sweep.js` exports `sweep`."""
    names = [name for name in LABS if (STAGE / f"labs/{name}/{name}.js").exists()]
    rows = (
        f'  {name}: async () => (await import("./{name}/{name}.js")).{name},\n' for name in names
    )
    said = "// Labs that are fetched when they are first opened."
    return f"{said}\nexport const LATER = {{\n{''.join(rows)}}};\n"


def literal(value: Any, indent: str = "") -> str:
    """Return a value as JavaScript: an entry a line, each with its comma; numbers all in one."""
    deeper = indent + "  "
    if isinstance(value, dict):
        lines = (f"{deeper}{json.dumps(k)}: {literal(v, deeper)},\n" for k, v in value.items())
        return f"{{\n{''.join(lines)}{indent}}}"
    if isinstance(value, list) and not all(isinstance(v, int | float) for v in value):
        lines = (f"{deeper}{literal(v, deeper)},\n" for v in value)
        return f"[\n{''.join(lines)}{indent}]"
    return json.dumps(value, ensure_ascii=False)


def main() -> None:
    """Write every generated module."""
    for name, text in modules().items():
        (STAGE / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
