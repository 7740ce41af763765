"""Python's typed dictionaries as TypeScript declares them, for the check of the stage's scripts."""

from __future__ import annotations

import ast
import inspect
import json
import sys
from collections.abc import Mapping
from types import NoneType, UnionType
from typing import (
    Any,
    Literal,
    NewType,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from declarations import Declared, types

PLAIN: dict[Any, str] = {
    **{str: "string", bool: "boolean", int: "number", float: "number"},
    **{NoneType: "null", Any: "any"},
}


def interface(kind: type) -> str:
    """Return a typed dictionary as an interface; TypeError for a type it has no word for.

    What it has from another stands there alone.
    """
    base = _base(kind)
    theirs = get_type_hints(base) if base else {}
    hints = get_type_hints(kind, include_extras=True)
    own = {name: hint for name, hint in hints.items() if name not in theirs}
    return _interface(kind.__name__, kind, own, base)


def _base(kind: type) -> type | None:
    """Return which typed dictionary one adds to; Python 3.11 keeps that in the source alone."""
    (tree,) = ast.parse(inspect.getsource(kind)).body
    names = [ast.unparse(base) for base in getattr(tree, "bases", [])]
    found = (getattr(sys.modules[kind.__module__], name) for name in names)
    return next(filter(is_typeddict, found), None)


def declared_interface(name: str, kind: type[Declared]) -> str:
    """Return what `kind.settings()` gives as an interface of that name."""
    return _interface(name, kind, types(kind))


def _interface(name: str, kind: type, hints: Mapping[str, Any], base: type | None = None) -> str:
    summary = (kind.__doc__ or "").strip().partition("\n")[0]
    fields = (f"  {field}{_required(hint)}: {written(hint)};\n" for field, hint in hints.items())
    after = f" extends {base.__name__}" if base else ""
    return f"/** {summary} */\nexport interface {name}{after} {{\n{''.join(fields)}}}\n"


def _required(hint: Any) -> str:
    return "?" if get_origin(hint) is NotRequired else ""


def written(hint: Any) -> str:
    """Return a type hint as TypeScript writes it."""
    if hint in PLAIN:
        return PLAIN[hint]
    if is_typeddict(hint) or isinstance(hint, NewType):
        return str(hint.__name__)
    origin, inside = get_origin(hint), get_args(hint)
    if origin is Literal:
        return " | ".join(json.dumps(value) for value in inside)
    parts = [written(part) for part in inside if part is not ...]
    if origin is NotRequired:
        return parts[0]
    if origin in (Union, UnionType):
        return " | ".join(parts)
    if origin is list or inside[1:] == (...,):
        return f"({parts[0]})[]" if " " in parts[0] else f"{parts[0]}[]"
    if origin is tuple:
        return f"[{', '.join(parts)}]"
    if origin is dict:
        return f"Record<{parts[0]}, {parts[1]}>"
    raise TypeError(f"no word for {hint}")
