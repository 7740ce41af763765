"""The stage's modules joined: one script for the page, one for what is opened later.

A browser asks for one file then instead of ninety, each of which would wait its turn on a
connection. The modules are written so that joining them is simple: named exports (`export const`,
`export function`) and named imports only, `import("./x.js")` for what is fetched when it is
opened, and no template over several lines, so that no line needs its indentation on the way.
Modules are known by their paths from the stage's folder, `core/clock.js`.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence

_IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[\w./-]+)";\n', re.MULTILINE)
_LATER = re.compile(r'\bimport\("(\.[\w./-]+)"\)')
_COMMENT = re.compile(r"^ *(?://.*|/\*\*(?:(?!\*/)[^`])*\*/)\n", re.MULTILINE)
_INDENTATION = re.compile(r"^ +", re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function\*?|const|let) (\w+)", re.MULTILINE)


def bundle(sources: Mapping[str, str], entry: str, opened: Sequence[str] = ()) -> str:
    """Return `entry` and all it imports as one script, each module a function called once.

    Those of `opened` and what they import are in it as well, for when they are opened. ValueError
    if modules import one another in a circle, or in a form that is not known here.
    """
    names = [*_needed(sources, (*opened, entry))]
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
    for later in sorted(_opened_later(sources)):
        own = [name for name in needed(sources, later) if name not in first]
        known = {name: f"modules[{json.dumps(name)}]" for name in first}
        text = _whole(sources, later, own, known | _places(own))
        made[later] = f'import {{ modules }} from "{address(later, entry)}";\n{text}'
    return made


def imports(sources: Mapping[str, str], name: str) -> list[str]:
    """Return the modules that a module imports, by their paths, in order."""
    return [resolved(name, written) for _, written in _IMPORT.findall(sources[name])]


def resolved(name: str, written: str) -> str:
    """Return the path of what module `name` imports as `written`."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), written))


def address(name: str, other: str) -> str:
    """Return how module `name` writes the path of another."""
    found = posixpath.relpath(other, posixpath.dirname(name) or ".")
    return found if found.startswith(".") else f"./{found}"


def _opened_later(sources: Mapping[str, str]) -> set[str]:
    return {
        resolved(name, written)
        for name, text in sources.items()
        for written in _LATER.findall(text)
    }


def needed(sources: Mapping[str, str], entry: str) -> list[str]:
    """Return `entry` and all it imports, each after what it imports itself."""
    return list(_needed(sources, (entry,)))


def _needed(sources: Mapping[str, str], entries: Sequence[str]) -> Iterator[str]:
    seen: set[str] = set()
    for entry in entries:
        yield from _ordered(sources, entry, (), seen)


def _places(names: Sequence[str]) -> dict[str, str]:
    return {name: f"module{k}" for k, name in enumerate(names)}


def _whole(
    sources: Mapping[str, str], entry: str, names: Sequence[str], places: Mapping[str, str]
) -> str:
    exports = ", ".join(name for _, name in _EXPORT.findall(sources[entry]))
    return f"{_joined(sources, names, places)}\nexport const {{ {exports} }} = {places[entry]};"


def _joined(sources: Mapping[str, str], names: Sequence[str], places: Mapping[str, str]) -> str:
    place = posixpath.dirname(names[-1])
    return "\n".join(_enclosed(name, sources[name], places, place) for name in names)


def _ordered(
    sources: Mapping[str, str], name: str, above: tuple[str, ...], seen: set[str]
) -> Iterator[str]:
    if name in above:
        raise ValueError(f"{name} imports itself by way of {' and '.join(above)}")
    if name in seen:
        return
    for imported in imports(sources, name):
        yield from _ordered(sources, imported, (*above, name), seen)
    seen.add(name)
    yield name


def _enclosed(name: str, source: str, places: Mapping[str, str], folder: str) -> str:
    """Return a module as a function that is called; the script it stands in lies in `folder`."""
    names = [exported for _, exported in _EXPORT.findall(source)]

    def later(found: re.Match[str]) -> str:
        whole = resolved(name, found[1])
        if whole in places:
            return f"Promise.resolve({places[whole]})"
        return f'import("{address(posixpath.join(folder, "script"), whole)}")'

    body = _IMPORT.sub(lambda found: _taken(found, places[resolved(name, found[2])]), source)
    body = _LATER.sub(later, _EXPORT.sub(r"\1 \2", _COMMENT.sub("", body)))
    left = [line for line in body.splitlines() if _unknown(line)]
    if left:
        raise ValueError(f"not a form this bundler knows: {json.dumps(left[0])}")
    body = _INDENTATION.sub("", body)
    return f"const {places[name]} = (() => {{\n{body}\nreturn {{ {', '.join(names)} }};\n}})();"


def _unknown(line: str) -> bool:
    """Say whether a line imports or exports in another form, or ends within a template."""
    return bool(re.match(r"(?:import|export)\b", line)) or line.count("`") % 2 == 1


def _taken(found: re.Match[str], place: str) -> str:
    names = found[1].replace(" as ", ": ")
    return f"const {{{names}}} = {place};\n"
