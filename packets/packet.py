"""Numbers on their way to the browser: a JSON header and plain arrays in one run of bytes.

Layout, little-endian: the header's length as uint32, the header as UTF-8 JSON padded with spaces
so that the arrays begin at a multiple of 8, then the arrays, each padded to a multiple of 8. The
header's `arrays` gives each array's type, shape and offset from the first array.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

SINGLE = np.finfo(np.float32)

EXACT = frozenset({"draws", "rows", "few"})
"""The names of arrays that travel as float64, because a path is computed from them."""


class Refused(ValueError):
    """What is asked is not answered, in words for whoever asked."""


def pack(header: Mapping[str, Any], arrays: Mapping[str, np.ndarray[Any, Any]]) -> bytes:
    """Return header and arrays as bytes; whole numbers travel as int32.

    Floats travel as float32 where that keeps their size, and else as float64: what is shown of a
    number far too large or too small is still that number.
    """
    table, parts, offset = {}, [], 0
    for name, array in arrays.items():
        kind = _kind(name, array)
        with np.errstate(over="ignore", under="ignore"):
            raw = np.ascontiguousarray(array, dtype=kind).tobytes()
        table[name] = [kind[1:], list(array.shape), offset]
        raw += bytes(-len(raw) % 8)
        parts.append(raw)
        offset += len(raw)
    return _joined(_json({**header, "arrays": table}), b"".join(parts))


def _kind(name: str, array: np.ndarray[Any, Any]) -> str:
    if array.dtype.kind != "f":
        return "<i4"
    if array.dtype.itemsize <= 4:
        return "<f4"
    size = np.abs(array[np.isfinite(array) & (array != 0)])
    fits = not size.size or (size.max() <= SINGLE.max and size.min() >= SINGLE.tiny)
    return "<f4" if fits and name not in EXACT else "<f8"


def finite(value: Any) -> float | None:
    """Return a number as a header has it: None for what JSON has no word for."""
    return float(value) if np.isfinite(value) else None


def unpack(data: bytes) -> tuple[dict[str, Any], dict[str, np.ndarray[Any, Any]]]:
    """Return the header and the arrays by name: what the browser reads."""
    begin = 4 + int.from_bytes(data[:4], "little")
    header = json.loads(data[4:begin])
    arrays = {
        name: np.frombuffer(data, f"<{kind}", int(np.prod(shape)), begin + offset).reshape(shape)
        for name, (kind, shape, offset) in header["arrays"].items()
    }
    return header, arrays


def extended(data: bytes, more: Mapping[str, Any]) -> bytes:
    """Return a packet whose header says more; its arrays stay as they are.

    Nothing is read: what is said again is said last, and counts for that in JSON.
    """
    if not more:
        return data
    begin = 4 + int.from_bytes(data[:4], "little")
    said = data[4:begin].rstrip().removesuffix(b"}") + b"," + _json(more).removeprefix(b"{")
    return _joined(said, data[begin:])


def _json(header: Mapping[str, Any]) -> bytes:
    return json.dumps(dict(header), separators=(",", ":"), allow_nan=False).encode()


def _joined(head: bytes, arrays: bytes) -> bytes:
    head += b" " * (-(len(head) + 4) % 8)
    return len(head).to_bytes(4, "little") + head + arrays
