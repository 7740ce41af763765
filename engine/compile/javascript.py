"""What each recorded operation is in JavaScript, NaN, infinities and signed zeros included.

Where JavaScript's functions differ from NumPy's, those of `stage/run/arithmetic.js` are asked for.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from engine.compile.averages import Count
from engine.compile.lines import ALIKE, SAME_NAME, Language, Lines, Loop, Summing, apart
from engine.compile.tracing import Node, Pace, leading_to
from surfaces.spline import Kept

FORMULAS: Mapping[Any, str] = {
    **ALIKE,
    np.true_divide: "{0} / {1}",
    np.floor_divide: "floorDivide({0}, {1})",
    np.remainder: "remainder({0}, {1})",
    np.power: "power({0}, {1})",
    np.reciprocal: "1 / {0}",
    np.absolute: "Math.abs({0})",
    np.sign: "({0} > 0 ? 1 : {0} < 0 ? -1 : {0} + 0)",
    np.maximum: "({0} >= {1} || {0} !== {0} ? {0} : {1})",
    np.minimum: "({0} <= {1} || {0} !== {0} ? {0} : {1})",
    np.where: "({0} ? {1} : {2})",
    np.equal: "{0} === {1}",
    np.not_equal: "{0} !== {1}",
    np.isnan: "{0} !== {0}",
    np.isfinite: "Number.isFinite({0})",
    np.bitwise_and: "({0} && {1})",
    np.bitwise_or: "({0} || {1})",
    np.invert: "!{0}",
    np.logical_and: "truth({0}) && truth({1})",
    np.logical_or: "truth({0}) || truth({1})",
    np.logical_not: "!truth({0})",
    np.rint: "rint({0})",
    np.floor: "Math.floor({0})",
    np.arctan2: "Math.atan2({0}, {1})",
    np.hypot: "Math.hypot({0}, {1})",
    np.copysign: "copysign({0}, {1})",
    np.sqrt: "Math.sqrt({0})",
    np.deg2rad: "{0} * (Math.PI / 180)",
    np.exp2: "power(2, {0})",
    **{getattr(np, name): f"Math.{name}({{0}})" for name in SAME_NAME if name != "exp2"},
}

FUNCTIONS = ("copysign", "floorDivide", "power", "remainder", "rint", "truth")
"""What a module may ask of the functions that it is given."""


def literal(value: Any) -> str:
    """Write a number or a truth value."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else f"{'-' if value < 0 else ''}Infinity"
    return repr(value)


def _line(pace: Pace, name: str, formula: str) -> str:
    return f"{'' if pace == Pace.STEP else 'const '}{name} = {formula};"


def _repetition(loop: Loop) -> list[str]:
    return [
        f"let {loop.value} = {loop.first};",
        f"let {loop.tries} = 0;",
        f"let {loop.goes_on} = true;",
        f"while ({loop.goes_on} && {loop.tries} < {loop.most}) {{",
        *(f"  {line}" for line in loop.body),
        f"  {loop.tries} += 1;",
        f"  {loop.goes_on} = {loop.again};",
        f"  if ({loop.goes_on}) {loop.value} = {loop.change};",
        "}",
    ]


BLOCK = 256
"""How many rows are added up in one go; so many factors from 1 to 2 have a finite product."""


def _sums(found: Summing) -> list[str]:
    """Write a loop over blocks of rows, and the function that goes through one.

    log1p(a) + log1p(b) = log1p(a + b + b a): one logarithm for a block, no digit lost. A loop that
    is compiled while it runs would box each of its sums at every row; one that is called is not.
    """
    width, block = len(found.row), found.totals[0] + "_block"
    logs = {total: (f"{total}_product", w) for total, w in found.logs.items()}
    begun = [*found.totals, *(product for product, _ in logs.values())]
    ends = [f"{t} + Math.log1p({logs[t][0]})" if t in logs else t for t in found.totals]
    return [
        f"const {block} = ({', '.join(('rows', 'first', 'last', *found.given))}) => {{",
        f"  let {', '.join(f'{total} = 0' for total in begun)};",
        f"  for (let row = first; row < last; row += {width}) {{",
        *(f"    const {name} = rows[row + {k}];" for k, name in enumerate(found.row)),
        *(f"    {line}" for line in found.body),
        *(f"    {t} += {part};" for t, part in zip(found.totals, found.parts, strict=True)),
        *(f"    {product} = {product} + {w} + {w} * {product};" for product, w in logs.values()),
        "  }",
        f"  return {listed(ends)};",
        "};",
        f"let {', '.join(f'{total} = 0' for total in found.totals)};",
        f"for (let first = 0; first < {found.rows}.length; first += {width * BLOCK}) {{",
        f"  const last = Math.min(first + {width * BLOCK}, {found.rows}.length);",
        f"  const part = {block}({', '.join((found.rows, 'first', 'last', *found.given))});",
        *(f"  {total} += part[{k}];" for k, total in enumerate(found.totals)),
        "}",
    ]


OPERATIONS = {**FORMULAS, Count(): "{0}.length / 2", Kept: "{1}[{0}]"}

JAVASCRIPT = Language(OPERATIONS, literal, _line, _repetition, _sums)


IN_STEP = ("t", "lr", "noise")
"""The inputs of a recording that are given anew at each step, in the order they are given."""

HEIGHTS = "surface.heights"
"""What heights of another drawing are called, which may be given in place of a module's own."""


def module_text(
    name: str,
    numbers: Mapping[str, str],
    more: Sequence[str],
    body: Sequence[str],
    said: Mapping[str, Any],
) -> str:
    """Return a module: what it says of itself, and one function that takes numbers."""
    text, kept = apart("\n".join(f"  {line}" for line in body))
    heights = [f"const own_{key} = {json.dumps(Kept(of).listed)};" for key, of in kept.items()]
    chosen = [f"  const {key} = given_heights ?? own_{key};" for key in kept]
    if kept:
        numbers = {**numbers, HEIGHTS: "given_heights"}
    asked = [function for function in FUNCTIONS if f"{function}(" in text]
    given = [listed(numbers.values()), *more, f"{{ {', '.join(asked)} }}"]
    constants = {"names": list(numbers), **said}
    exported = [f"export const {key} = {json.dumps(value)};" for key, value in constants.items()]
    head = f"export function {name}({', '.join(given)}) {{"
    return "\n".join([*exported, *heights, head, *chosen, text, "}", ""])


def shared_lines(
    given: Sequence[Node], nodes: Sequence[Node], outputs: Sequence[Any], most: Pace
) -> Lines:
    """Return the lines of what changes no oftener than this, which several functions share."""
    needed = leading_to(nodes, *outputs)
    return Lines(JAVASCRIPT, given, [node for node in needed if node.pace <= most])


def lines_after(shared: Lines, nodes: Sequence[Node], outputs: Sequence[Any]) -> Lines:
    """Return the lines that lead on from what is shared to some outputs."""
    return Lines(JAVASCRIPT, (), leading_to(nodes, *outputs), shared.names)


def numbers_of(inputs: Mapping[str, Node], lines: Lines) -> dict[str, str]:
    """Return the settings that a module takes, and what it calls them."""
    return {key: lines.names[id(node)][0] for key, node in inputs.items() if key not in IN_STEP}


def step_names(inputs: Mapping[str, Node], lines: Lines) -> list[str]:
    """Return the names of what is given anew at each step."""
    return [name for key in IN_STEP for name in lines.names[id(inputs[key])]]


def methods_text(methods: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the object that a module's function gives, its methods by their heads."""
    lines = (line for head, body in methods.items() for line in method(head, body))
    return ["return {", *lines, "};"]


def method(head: str, lines: Sequence[str]) -> list[str]:
    """Return the lines of a method of what a module's function returns."""
    return [f"  {head} {{", *(f"    {line}" for line in lines), "  },"]


def listed(parts: Any) -> str:
    """Write an array."""
    return f"[{', '.join(parts)}]"


def stored(place: str, values: Sequence[str], first: int = 0) -> list[str]:
    """Return the lines that store values one after the other."""
    return [f"{place} + {k}] = {value};" for k, value in enumerate(values, start=first)]
