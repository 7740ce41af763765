"""A CSV file as spreadsheets and programs write it: its encoding, its separator and its names.

Python's csv module reads the records. Whatever cannot be used is said with its line and column.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

LARGEST = 5_000_000
MOST_ROWS = 100_000
LONGEST_NAME = 60
SEPARATORS = {"\t": "tabs", ";": "semicolons", ",": "commas"}
"""Tried in this order: where decimals have a comma, something else separates values."""

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOOKED_AT = 60
_ALLOWED = frozenset("\t\n\r\f\v")
_MISSING = frozenset(("", "na", "n/a", "#n/a", "nan", "null", "none", "?", "-", "."))


class Unreadable(ValueError):
    """Raised, in words, for a file or a column that cannot be learned from."""


@dataclass(frozen=True)
class Row:
    """One record of a file and the line on which it begins."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """The text of a file, what separates its values, its columns' names and how many rows it has.

    `headed` is 1 if the names stand in the file and 0 if the columns are only counted.
    """

    text: str
    separator: str
    names: tuple[str, ...]
    headed: int
    count: int

    def rows(self) -> Iterator[Row]:
        """Yield the rows below the names."""
        return islice(_records(self.text, self.separator), self.headed, None)


def read_sheet(content: bytes) -> Sheet:
    """Return what a CSV file holds; `Unreadable` says what is wrong with it, and on which line."""
    if len(content) > LARGEST:
        raise Unreadable(f"this file has {len(content) / 1e6:.1f} MB; at most 5 MB are read")
    text = decoded(content)
    separator, text = _separated(text)
    first = next(_records(text, separator), None)
    if first is None:
        raise Unreadable("this file is empty")
    if len(first.cells) < 2:
        raise Unreadable(f"line {first.line}: only one column is found{_more(text, separator)}")
    headed = int(any(not is_missing(cell) and not is_number(cell) for cell in first.cells))
    return Sheet(
        text, separator, _names(first.cells, headed), headed, _count(text, separator) - headed
    )


def _more(text: str, separator: str) -> str:
    """Say what a first line of one value may be: a title, or values that are parted otherwise."""
    rows = islice(_records(text, separator), 1, _LOOKED_AT)
    wider = next((row for row in rows if len(row.cells) > 1), None)
    if wider is None:
        return f"; values are separated by {', '.join(SEPARATORS.values())}"
    width = len(wider.cells)
    return f", on line {wider.line} there are {width}: leave out what stands above the names"


def decoded(content: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 or UTF-32, and of any other one as Latin-1."""
    encoding = _encoding(content)
    try:
        text = content.decode(encoding or "utf-8")
    except UnicodeDecodeError as problem:
        if encoding:
            raise Unreadable(_broken(content, encoding, problem)) from None
        text = content.decode("cp1252", "replace")
    odd = next((c for c in text if not c.isprintable() and _controls(c)), None)
    if odd is not None:
        line = text[: text.index(odd)].count("\n") + 1
        raise Unreadable(
            f"line {line}: this is no text file, it holds the character {ord(odd)}; "
            "from a spreadsheet, save as CSV"
        )
    return text


def is_missing(cell: str) -> bool:
    """Say whether a cell stands for a value that is not there."""
    return cell.strip().lower() in _MISSING


def is_number(cell: str) -> bool:
    """Say whether a cell is a number with a decimal point or a decimal comma."""
    try:
        float(pointed(cell))
    except ValueError:
        return False
    return "_" not in cell


def pointed(cell: str) -> str:
    """Return a cell with a plain minus, and a point for its one comma."""
    cell = cell.replace("\u2212", "-")
    return cell.replace(",", ".") if cell.count(",") == 1 and "." not in cell else cell


def _controls(character: str) -> bool:
    return character not in _ALLOWED and (character < " " or "\x7f" <= character <= "\x9f")


def _encoding(content: bytes) -> str | None:
    """Return the encoding that a mark at the beginning, or every second byte, tells."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    head = content[:1000]
    if b"\0" not in head:
        return None
    return "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"


def _broken(content: bytes, encoding: str, problem: UnicodeDecodeError) -> str:
    line = content[: problem.start].decode(encoding, "ignore").count("\n") + 1
    said = encoding.upper().removesuffix("-SIG").removesuffix("-LE").removesuffix("-BE")
    return f"line {line}: the file looks like {said}, but cannot be read so; save it as UTF-8"


def _separated(text: str) -> tuple[str, str]:
    """Return the separator, and the text without the line in which spreadsheets name it."""
    first, _, rest = text.partition("\n")
    named = first.strip().strip('"').lower()
    if named.startswith("sep=") and named[4:] in SEPARATORS:
        return named[4:], rest
    return max(SEPARATORS, key=lambda mark: _fits(text, mark)), text


def _fits(text: str, separator: str) -> tuple[bool, int, int]:
    """Return how well a separator parts the first records: evenly, into numbers, at all."""
    lines = islice(io.StringIO(text, newline=""), _LOOKED_AT)
    try:
        records = [r for r in csv.reader(lines, delimiter=separator) if any(map(str.strip, r))]
    except csv.Error:
        return False, 0, 0
    widths = {len(cells) for cells in records}
    numbers = sum(is_number(cell) for cells in records for cell in cells)
    parted = sum(len(cells) > 1 for cells in records)
    return len(widths) == 1 and widths != {1}, numbers * (parted > 0), parted


def _records(text: str, separator: str) -> Iterator[Row]:
    """Yield the records that are not blank."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            raise Unreadable(f"line {line}: {_quoting(str(problem))}") from None
        if any(map(str.strip, cells)):
            yield Row(line, tuple(cells))


def _quoting(problem: str) -> str:
    if "expected after" in problem:
        return "a quoted value goes on after its second quote"
    return "a quoted value does not end" if "end of data" in problem else problem


def _names(cells: tuple[str, ...], headed: int) -> tuple[str, ...]:
    """Return a name for each column, no two alike."""
    found: list[str] = []
    for k, cell in enumerate(cells, start=1):
        plain = " ".join("".join(c if c.isprintable() else " " for c in cell).split())
        name = (plain if headed else "")[:LONGEST_NAME] or f"column {k}"
        found.append(name if name not in found else f"{name[: LONGEST_NAME - 8]} ({k})")
    return tuple(found)


def _count(text: str, separator: str) -> int:
    """Return how many records there are, all as wide as the first one."""
    width, count = 0, 0
    for row in _records(text, separator):
        width = width or len(row.cells)
        if len(row.cells) != width:
            values = f"{len(row.cells)} value{'s' if len(row.cells) > 1 else ''}"
            raise Unreadable(f"line {row.line} has {values}, where the first line has {width}")
        count += 1
        if count > MOST_ROWS + 1:
            raise Unreadable(f"line {row.line}: more than {MOST_ROWS:,} rows; at most so many")
    return count
