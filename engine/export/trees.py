"""Syntax trees of the project's own functions: read, freed of annotations, written out again."""

from __future__ import annotations

import ast
import builtins
import inspect
import sys
import textwrap
from collections.abc import Iterator
from types import FunctionType

WIDTH = 96


class _Unannotated(ast.NodeTransformer):
    """Drops annotations and dispatch, which a script that is read once does not need."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        node.decorator_list = [
            mark for mark in node.decorator_list if not _only_sooner(ast.unparse(mark))
        ]
        return self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST | None:
        if node.value is None:
            return None
        return ast.copy_location(ast.Assign([node.target], node.value), node)


def _only_sooner(mark: str) -> bool:
    """Say whether a decorator only finds a quicker way to the same result."""
    return mark == "singledispatch" or mark.startswith("quicker(")


def parsed(function: FunctionType) -> ast.FunctionDef:
    """Return a fresh syntax tree of a function; TypeError if it was not written with def."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    if not isinstance(tree, ast.FunctionDef):
        raise TypeError(f"{function.__qualname__} is not written with def")
    return tree


def unannotated(tree: ast.FunctionDef) -> ast.FunctionDef:
    """Return the tree without annotations."""
    result: ast.FunctionDef = _Unannotated().visit(tree)
    return result


def written(tree: ast.AST) -> str:
    """Write a tree as source, statements too long for a page broken at spaces."""
    text = ast.unparse(ast.fix_missing_locations(tree))
    return "\n".join(part for line in text.splitlines() for part in _broken(line))


def _broken(line: str) -> list[str]:
    code = line.lstrip()
    indent = line[: len(line) - len(code)]
    head, equals, value = code.partition(" = ")
    if code.startswith("return "):
        head, equals, value = "return", " ", code.removeprefix("return ")
    value = _bare(value)
    line = f"{indent}{head}{equals}{value}"
    if len(line) <= WIDTH or '"' in line or "'" in line or not equals or " " in head:
        return [line]
    inner = indent + "    "
    wrapped = textwrap.wrap(
        value,
        WIDTH,
        initial_indent=inner,
        subsequent_indent=inner,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [f"{indent}{head}{equals}(", *wrapped, f"{indent})"]


def _bare(value: str) -> str:
    """Return a tuple without the parentheses that it does not need."""
    inner = value.removeprefix("(").removesuffix(")")
    try:
        is_tuple = isinstance(ast.parse(inner, mode="eval").body, ast.Tuple)
    except SyntaxError:
        return value
    return inner if is_tuple and value == f"({inner})" else value


def free_names(tree: ast.AST) -> list[str]:
    """Return the names that a tree reads from outside itself, builtins apart, in order."""
    nodes = list(ast.walk(tree))
    bound = {node.arg for node in nodes if isinstance(node, ast.arg)}
    bound |= {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    bound |= {n.name for n in nodes if isinstance(n, ast.FunctionDef) and n is not tree}
    read = [node.id for node in nodes if isinstance(node, ast.Name)]
    return [name for name in dict.fromkeys(read) if name not in bound | set(dir(builtins))]


def own_attributes(tree: ast.AST) -> Iterator[str]:
    """Yield the names that a method reads from its own object."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id="self"), attr=name):
                yield name


def assigned(name: str, module: str) -> tuple[ast.expr, str]:
    """Return the expression that a constant is assigned, and the module in which that stands."""
    for node in ast.parse(inspect.getsource(sys.modules[module])).body:
        match node:
            case ast.Assign(targets=[ast.Name(id=found)], value=value) if found == name:
                return value, module
            case ast.AnnAssign(target=ast.Name(id=found), value=ast.expr() as value):
                if found == name:
                    return value, module
            case ast.ImportFrom(module=str(home), names=names):
                if name in {alias.asname or alias.name for alias in names}:
                    return assigned(name, home)
    raise NameError(f"{name} is not assigned in {module}")
