"""The project's own source of rules, surfaces and schedules, cut down to what a run needs.

A script that is handed out shows the very lines that the app runs. They are found from a class
and the methods wanted of it: whatever those name, other methods, functions, constants and
imports, comes along; annotations and everything else stay behind.
"""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from types import FunctionType, ModuleType
from typing import Any, TypeVar

import numpy as np

from engine.export.trees import assigned, free_names, own_attributes, parsed, unannotated, written
from surfaces.base import Surface

T = TypeVar("T", bound=ast.AST)
Translate = Callable[[Any, frozenset[str]], Any]

_OURS = ("declarations", "surfaces", "optimizers", "schedules", "engine")
_LIBRARIES = {"np": "import numpy as np", "math": "import math", "torch": "import torch"}


def as_it_is(tree: T, arrays: frozenset[str]) -> T:
    """Translate nothing: the lines stay NumPy."""
    return tree


@dataclass
class Source:
    """Definitions collected for one script, in an order in which Python can read them.

    `imports` holds import statements by the name they bind, `origins` what each name in the
    script stands for; several sources of one script share them. `translate` turns a syntax tree
    into another library's, told which global names are arrays; `replaced` gives methods that are
    written anew, by name.
    """

    imports: dict[str, str]
    origins: dict[str, Any]
    translate: Translate = as_it_is
    replaced: Mapping[str, str] = field(default_factory=dict)
    definitions: dict[str, str] = field(default_factory=dict)

    def add(self, kind: type[Any], *methods: str) -> None:
        """Add a class with the methods wanted of it and all that these need.

        ValueError if two things of one name would meet in one script.
        """
        if not self._known(kind.__name__, kind):
            names = _reachable(kind, methods, self._anew(kind))
            members = [self._member(kind, name) for name in names]
            self.definitions[kind.__name__] = "\n\n".join([self._header(kind), *members])

    def text(self) -> str:
        """Return all definitions, two blank lines apart."""
        return "\n\n\n".join(self.definitions.values())

    def _known(self, name: str, origin: Any) -> bool:
        if name in self.origins and self.origins[name] is not origin:
            raise ValueError(f"{name} has two meanings in one script")
        known = name in self.origins
        self.origins[name] = origin
        return known

    def _header(self, kind: type[Any]) -> str:
        if is_dataclass(kind):
            self.imports["dataclass"] = "from dataclasses import dataclass"
            kept = [f"    {f.name}: {_plain(f.type)}" for f in fields(kind)]
            top = f"@dataclass(frozen=True)\nclass {kind.__name__}:"
        else:
            self.imports["NamedTuple"] = "from typing import NamedTuple"
            kept = [f"    {name}: object" for name in getattr(kind, "_fields", ())]
            top = f"class {kind.__name__}(NamedTuple):"
        return "\n".join([top, _docstring(kind), *(["", *kept] if kept else [])])

    def _member(self, kind: type[Any], name: str) -> str:
        found = inspect.getattr_static(kind, name)
        if name in self._anew(kind):
            self._around(self.replaced[name], _function_of(found))
            return textwrap.indent(self.replaced[name], "    ")
        function = _function_of(found)
        text = f"{name} = {found!r}" if function is None else self._function(function)
        return textwrap.indent(text, "    ")

    def _around(self, text: str, usual: FunctionType | None) -> None:
        """Add what a method written anew takes from where the usual one stands."""
        names = inspect.unwrap(usual).__globals__ if usual else {}
        for name in free_names(ast.parse(text)):
            if name in names and name not in _LIBRARIES:
                self._global(name, names)

    def _anew(self, kind: type[Any]) -> Mapping[str, str]:
        """Return which methods of a class are written anew: only a surface's are."""
        return self.replaced if issubclass(kind, Surface) else {}

    def _function(self, function: FunctionType) -> str:
        function = inspect.unwrap(function)
        return self._written(parsed(function), function.__globals__)

    def _written(self, tree: Any, names: Mapping[str, Any]) -> str:
        read = [(name, names.get(name)) for name in free_names(tree)]
        arrays = frozenset(name for name, value in read if isinstance(value, np.ndarray))
        tree = self.translate(tree, arrays)
        tree = unannotated(tree) if isinstance(tree, ast.FunctionDef) else tree
        for name in free_names(tree):
            self._global(name, names)
        return written(tree)

    def _global(self, name: str, names: Mapping[str, Any]) -> None:
        if name in _LIBRARIES:
            self.imports[name] = _LIBRARIES[name]
            return
        value = names[name]
        if isinstance(value, ModuleType):
            self.imports[name] = f"import {value.__name__} as {name}"
        elif not callable(value):
            self._constant(name, value, names)
        elif value.__module__.split(".")[0] not in _OURS:
            self.imports[name] = f"from {value.__module__} import {name}"
        elif inspect.isclass(value):
            self.add(value, *(key for key, v in vars(value).items() if _is_method(key, v)))
        elif not self._known(name, value):
            self.definitions[name] = self._function(value)

    def _constant(self, name: str, value: Any, names: Mapping[str, Any]) -> None:
        if not self._known(name, value):
            expression, home = assigned(name, names["__name__"])
            self.definitions[name] = (
                f"{name} = {self._written(expression, vars(sys.modules[home]))}"
            )


def names_in(kind: type[Any], method: str) -> set[str]:
    """Return the names of all that a method, and what of its own it calls, takes from elsewhere."""
    trees = (_function_of(inspect.getattr_static(kind, n)) for n in _reachable(kind, (method,), {}))
    nodes = [node for function in trees if function for node in ast.walk(parsed(function))]
    return {node.attr for node in nodes if isinstance(node, ast.Attribute)} | {
        node.id for node in nodes if isinstance(node, ast.Name)
    }


def _reachable(
    kind: type[Any], methods: Iterable[str], replaced: Mapping[str, str]
) -> tuple[str, ...]:
    declared = {f.name for f in fields(kind)} if is_dataclass(kind) else set()
    found: dict[str, None] = {}
    waiting = list(methods)
    while waiting:
        name = waiting.pop(0)
        if name in found or name in declared:
            continue
        found[name] = None
        function = _function_of(inspect.getattr_static(kind, name))
        if name in replaced:
            waiting += own_attributes(ast.parse(replaced[name]))
        elif function is not None:
            waiting += own_attributes(parsed(function))
    return tuple(found)


def _function_of(member: Any) -> FunctionType | None:
    for name in ("fget", "func", "__func__"):
        member = getattr(member, name, None) or member
    return member if isinstance(member, FunctionType) else None


def _is_method(name: str, member: Any) -> bool:
    return not name.startswith("_") and _function_of(member) is not None


def _docstring(kind: type[Any]) -> str:
    paper = getattr(kind, "paper", None) or getattr(kind, "source", None)
    source = f"\n\nSource: {paper}" if isinstance(paper, str) else ""
    text = (inspect.getdoc(kind) or kind.__name__) + source
    quoted = f'"""{text}\n"""' if "\n" in text else f'"""{text}"""'
    return textwrap.indent(quoted, "    ")


def _plain(annotation: Any) -> str:
    name = getattr(annotation, "__name__", annotation)
    return name if name in ("float", "int", "bool", "str") else "object"
