"""NumPy lines as PyTorch lines: what works on tensors becomes torch, plain numbers become math."""

from __future__ import annotations

import ast
import math
from typing import Any

_MATH_NAMES = {"deg2rad": "radians", "arctan": "atan", "arctan2": "atan2"}
_TORCH_NAMES = {"clip": "clamp", "array": "stack", "power": "pow", "absolute": "abs"}
_BUILTINS = {"maximum": "max", "minimum": "min", "abs": "abs"}
_BOUNDS = {"maximum": "min", "minimum": "max"}
_PLAIN = ("int", "float", "bool")


def to_torch(tree: Any, arrays: frozenset[str]) -> Any:
    """Return a function's or expression's tree with its NumPy calls turned into PyTorch's.

    Parameters annotated as plain numbers are plain numbers, all others tensors, as are the
    global names in `arrays`; what is computed from a tensor is one.
    """
    return ast.fix_missing_locations(_ToTorch(_tensors(tree, set(arrays))).visit(tree))


def _tensors(tree: ast.AST, found: set[str]) -> set[str]:
    nodes = list(ast.walk(tree))
    found |= {node.arg for node in nodes if isinstance(node, ast.arg) and not _is_plain(node)}
    pairs = [(node.targets[0], node.value) for node in nodes if isinstance(node, ast.Assign)]
    before = -1
    while len(found) > before:
        before = len(found)
        for target, value in (pair for whole in pairs for pair in _matched(*whole)):
            if _reads(value, found):
                found |= {n.id for n in ast.walk(target) if isinstance(n, ast.Name)}
    return found


def _is_plain(argument: ast.arg) -> bool:
    names = ast.walk(argument.annotation) if argument.annotation else ()
    words = {node.id for node in names if isinstance(node, ast.Name)}
    return argument.arg == "self" or bool(words & set(_PLAIN))


def _matched(target: ast.expr, value: ast.expr) -> list[tuple[ast.expr, ast.expr]]:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        return list(zip(target.elts, value.elts, strict=True))
    return [(target, value)]


def _reads(node: ast.AST, names: set[str]) -> bool:
    return any(isinstance(part, ast.Name) and part.id in names for part in ast.walk(node))


class _ToTorch(ast.NodeTransformer):
    """Replaces `np` knowing which names hold tensors."""

    def __init__(self, tensors: set[str]) -> None:
        self.tensors = tensors

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        match node:
            case ast.Attribute(value=ast.Name(id="np"), attr=name) if hasattr(math, name):
                return _attribute("math", name)
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        match node.func:
            case ast.Attribute(value=ast.Name(id="np"), attr=name):
                held = [_reads(argument, self.tensors) for argument in node.args]
                node.args = [self.visit(argument) for argument in node.args]
                return self._called(name, node, held)
        return self.generic_visit(node)

    def _called(self, name: str, node: ast.Call, held: list[bool]) -> ast.AST:
        if name == "where" and not held[0]:
            return ast.IfExp(*node.args)
        if not any(held):
            return self._plain(name, node)
        if name in _BOUNDS and not all(held):
            tensor, bound = node.args if held[0] else reversed(node.args)
            keyword = ast.keyword(_BOUNDS[name], bound)
            return ast.Call(_attribute("torch", "clamp"), [tensor], [keyword])
        if name == "arctan2" and not held[1] and ast.unparse(node.args[1]) == "1.0":
            return ast.Call(_attribute("torch", "arctan"), node.args[:1], [])
        node.func = _attribute("torch", _TORCH_NAMES.get(name, name))
        return node

    def _plain(self, name: str, node: ast.Call) -> ast.AST:
        math_name = _MATH_NAMES.get(name, name)
        if name in _BUILTINS:
            node.func = ast.Name(_BUILTINS[name], ast.Load())
        elif name == "array":
            node.func = _attribute("torch", "tensor")
        elif hasattr(math, math_name):
            node.func = _attribute("math", math_name)
        return node


def _attribute(module: str, name: str) -> ast.Attribute:
    return ast.Attribute(ast.Name(module, ast.Load()), name, ast.Load())
