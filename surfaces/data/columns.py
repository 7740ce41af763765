"""Two columns of a file as numbers: what a loss learns from, or words that say why it cannot."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from declarations import say
from surfaces.base import Array
from surfaces.data.rows import FEWEST, LARGEST
from surfaces.data.sheet import MOST_ROWS, Row, Sheet, Unreadable, is_missing, is_number, pointed
from surfaces.data.tables import Table

CLASSES = ("classes", "signs")
"""Targets that are two classes."""

_COULD_BE_TWO = re.compile("[-+\u2212]?[1-9]\\d{0,2},\\d{3}")
"""A comma before three digits may group thousands or start a fraction."""


class Column(NamedTuple):
    """The cells of one column, with the lines that they stand on."""

    name: str
    cells: Sequence[str]
    lines: Sequence[int]

    def problem(self, k: int, said: str) -> Unreadable:
        """Return words about cell k."""
        return Unreadable(f"line {self.lines[k]}, column {self.name}: {said}")


def read_columns(sheet: Sheet, across: str, up: str, target: str) -> Table:
    """Return two columns of a file by their names; `Unreadable` names line and column.

    `target` is what the loss learns: "classes" and "signs" take any two values, as 0 and 1 in
    their order; "counted" takes whole numbers from 0 on.
    """
    return _table(sheet, across, up, target, list(sheet.rows()))


def read_complete(sheet: Sheet, across: str, up: str, target: str) -> Table:
    """Return two columns without the rows in which a value is missing."""
    u, v = sheet.names.index(across), sheet.names.index(up)
    rows = [r for r in sheet.rows() if not (is_missing(r.cells[u]) or is_missing(r.cells[v]))]
    return _table(sheet, across, up, target, rows)


def lacking(sheet: Sheet, across: str, up: str) -> int:
    """Return in how many rows a value of these columns is missing."""
    u, v = sheet.names.index(across), sheet.names.index(up)
    return sum(is_missing(r.cells[u]) or is_missing(r.cells[v]) for r in sheet.rows())


def guessed(sheet: Sheet, target: str) -> tuple[str, str]:
    """Return the first two columns whose beginnings this loss could learn from."""
    head = [row for _, row in zip(range(50), sheet.rows(), strict=False)]
    named = {name: [row.cells[k] for row in head] for k, name in enumerate(sheet.names)}
    usual = {n: cells for n, cells in named.items() if all(map(_is_usable, cells))} or named
    usual = _without_row_names(sheet, usual)
    numbers = [name for name in usual if any(map(is_number, usual[name]))] or list(named)
    fitting = _two_valued(named) if target in CLASSES else numbers[1:]
    across = next((name for name in numbers if name not in fitting[:1]), sheet.names[0])
    return across, next((n for n in fitting if n != across), _other(sheet, across))


def table(across: str, up: str, u: Array, v: Array) -> Table:
    """Return a table of numbers that somebody opened; ValueError says what is wrong with them."""
    if not FEWEST <= len(u) <= MOST_ROWS:
        row = f"{len(u):,} row{'' if len(u) == 1 else 's'}"
        raise Unreadable(f"{row}: at least {FEWEST}, at most {MOST_ROWS:,}")
    if u.min() == u.max():
        raise Unreadable(f"column {across}: all values are {u[0]:g}, at least two must differ")
    for array in (u, v):
        array.setflags(write=False)
    return Table("Your file", across, up, "Opened by you", u, v)


def _without_row_names(sheet: Sheet, usual: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return columns without a first one that has no name where others have: it counts the rows."""
    first = "column 1" if sheet.headed and sheet.names[0] == "column 1" else None
    others = {name: cells for name, cells in usual.items() if name != first}
    return others if len(others) > 1 else usual


def _is_usable(cell: str) -> bool:
    return is_number(cell) or is_missing(cell)


def _two_valued(named: dict[str, list[str]]) -> list[str]:
    found = {name: {c.strip() for c in cells if not is_missing(c)} for name, cells in named.items()}
    return [name for name in named if len(found[name]) == 2]


def _other(sheet: Sheet, across: str) -> str:
    return next(name for name in sheet.names if name != across)


def _table(sheet: Sheet, across: str, up: str, target: str, rows: Sequence[Row]) -> Table:
    if across == up:
        raise Unreadable(f"column {across}: choose two different columns")
    lines = [row.line for row in rows]
    u, v = (
        Column(name, [row.cells[k].strip() for row in rows], lines)
        for name in (across, up)
        for k in (sheet.names.index(name),)
    )
    read = _READ.get(target, _numbers)
    numbers = _numbers(u, sheet.separator)
    if len(rows) < FEWEST:
        return table(across, up, numbers, numbers)
    values, said = read(v, sheet.separator), up
    if read is _classes:
        said = _told(v)
    return table(across, said, numbers, values)


def _numbers(column: Column, separator: str) -> Array:
    """Return a column of finite numbers."""
    cells = _plain(column, separator)
    try:
        found = np.array(list(map(float, cells)))
    except ValueError:
        found = np.array([np.nan])
    if not np.all(np.abs(found) <= LARGEST) or any("_" in cell for cell in cells):
        raise _first_problem(column, cells)
    return found


def _plain(column: Column, separator: str) -> list[str]:
    """Return the cells with decimal points; ValueError where a comma could be two things."""
    commas = [k for k, cell in enumerate(column.cells) if "," in cell]
    if not commas:
        return [cell.replace("\u2212", "-") for cell in column.cells]
    if separator != ";" and all(_COULD_BE_TWO.fullmatch(column.cells[k]) for k in commas):
        cell = column.cells[commas[0]]
        thousand, thousandth = cell.replace(",", ""), cell.replace(",", ".")
        said = f"{cell} could be {thousand} or {thousandth}: write decimals with a point"
        raise column.problem(commas[0], said)
    return list(map(pointed, column.cells))


def _first_problem(column: Column, cells: Sequence[str]) -> Unreadable:
    for k, cell in enumerate(cells):
        shown = column.cells[k][:30]
        if is_missing(cell):
            more = sum(map(is_missing, cells))
            rest = f" (so it is in {more:,} of {len(cells):,} rows)" if more > 1 else ""
            return column.problem(k, f"the value is missing{rest}")
        if not is_number(cell):
            hint = ": write it without groups of thousands" if "," in cell else ""
            return column.problem(k, f"{shown!r} is not a number{hint}")
        if not abs(float(cell)) <= LARGEST:
            kind = "is too large" if np.isfinite(float(cell)) else "is not finite"
            return column.problem(k, f"{shown} {kind}: at most {LARGEST:,.0f} in size")
    raise AssertionError(column.name)


def _counts(column: Column, separator: str) -> Array:
    found = _numbers(column, separator)
    odd = np.flatnonzero((found < 0) | (found != np.floor(found)))
    if odd.size:
        k = int(odd[0])
        raise column.problem(k, f"{column.cells[k]} is no count: 0, 1, 2, ...")
    if not found.any():
        raise Unreadable(f"column {column.name}: all counts are 0")
    return found


def _classes(column: Column, separator: str) -> Array:
    """Return 0 and 1 for a column's two values."""
    first = _levels(column)[0]
    return np.array([float(_level(cell) != first) for cell in column.cells])


def _level(cell: str) -> str:
    """Return a value as it is compared: 1, 1.0 and 1,0 are one class."""
    return say(float(pointed(cell))) if is_number(cell) else cell[:30]


def _levels(column: Column) -> list[str]:
    """Return a column's two values in order."""
    found: list[str] = []
    for k, cell in enumerate(column.cells):
        if is_missing(cell):
            raise _first_problem(column, column.cells)
        level = _level(cell)
        if level not in found:
            found.append(level)
        if len(found) > 2:
            said = f"{level} is a third class, and a classification learns two"
            raise column.problem(k, said)
    if len(found) == 1:
        count = len(column.cells)
        raise Unreadable(f"column {column.name}: all {count:,} rows are of one class, {found[0]}")
    return sorted(found, key=float) if all(map(is_number, found)) else sorted(found)


def _told(column: Column) -> str:
    """Return a column's name, with what its 0 and 1 stand for."""
    zero, one = (level[:12] for level in _levels(column))
    return column.name if (zero, one) == ("0", "1") else f"{column.name} ({zero} 0, {one} 1)"


_READ: dict[str, Callable[[Column, str], Array]] = {
    "counted": _counts,
    "classes": _classes,
    "signs": _classes,
}
"""How the second column is read for each target that is not measured."""
