"""The stage's modules joined: one script for the page, one for what is opened later.

A browser asks for one file then instead of ninety, each of which would wait its turn on a
connection. The modules are written so that joining them is simple: named exports (`export const`,
`export function`) and named imports only, and `import("./x.js")` for what is fetched when it is
opened.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w.-]+)";\n', re.MULTILINE)
_LATER = re.compile(r'\bimport\("\./([\w.-]+)"\)')
_EXPORT = re.compile(r"^export ((?:async )?function\*?|const|let) (\w+)", re.MULTILINE)


def bundle(sources: Mapping[str, str], entry: str) -> str:
    """Return `entry` and all it imports as one script, each module a function called once.

    ValueError if modules import one another in a circle, or in a form that is not known here.
    """
    names = needed(sources, entry)
    return _joined(sources, names, _places(names))


def served(sources: Mapping[str, str], entry: str) -> dict[str, str]:
    """Return the modules a browser loads: `entry` with all it imports, and one for each later one.

    They export what the modules of their names export; the later ones share the first one's
    modules. ValueError as from `bundle`.
    """
    first = needed(sources, entry)
    places = _places(first)
    shared = ", ".join(f"{json.dumps(name)}: {place}" for name, place in places.items())
    made = {
        entry: f"{_whole(sources, entry, first, places)}\nexport const modules = {{ {shared} }};"
    }
    for later in sorted(set(_LATER.findall("".join(sources.values())))):
        own = [name for name in needed(sources, later) if name not in first]
        known = {name: f"modules[{json.dumps(name)}]" for name in first}
        text = _whole(sources, later, own, known | _places(own))
        made[later] = f'import {{ modules }} from "./{entry}";\n{text}'
    return made


def needed(sources: Mapping[str, str], entry: str) -> list[str]:
    """Return `entry` and all it imports, each after what it imports itself."""
    return list(_ordered(sources, entry, (), set()))


def _places(names: Sequence[str]) -> dict[str, str]:
    return {name: f"module{k}" for k, name in enumerate(names)}


def _whole(
    sources: Mapping[str, str], entry: str, names: Sequence[str], places: Mapping[str, str]
) -> str:
    exports = ", ".join(name for _, name in _EXPORT.findall(sources[entry]))
    return f"{_joined(sources, names, places)}\nexport const {{ {exports} }} = {places[entry]};"


def _joined(sources: Mapping[str, str], names: Sequence[str], places: Mapping[str, str]) -> str:
    return "\n".join(_enclosed(sources[name], places[name], places) for name in names)


def _ordered(
    sources: Mapping[str, str], name: str, above: tuple[str, ...], seen: set[str]
) -> Iterator[str]:
    if name in above:
        raise ValueError(f"{name} imports itself by way of {' and '.join(above)}")
    if name in seen:
        return
    for _, imported in _IMPORT.findall(sources[name]):
        yield from _ordered(sources, imported, (*above, name), seen)
    seen.add(name)
    yield name


def _enclosed(source: str, place: str, places: Mapping[str, str]) -> str:
    names = [name for _, name in _EXPORT.findall(source)]
    body = _IMPORT.sub(lambda found: _taken(found, places), source)
    body = _EXPORT.sub(r"\1 \2", body)
    if left := re.search(r"^(?:import|export)\b.*", body, re.MULTILINE):
        raise ValueError(f"not a form this bundler knows: {json.dumps(left.group())}")
    return f"const {place} = (() => {{\n{body}\nreturn {{ {', '.join(names)} }};\n}})();"


def _taken(found: re.Match[str], places: Mapping[str, str]) -> str:
    names = found[1].replace(" as ", ": ")
    return f"const {{{names}}} = {places[found[2]]};\n"
