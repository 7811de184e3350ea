"""Compiled data that is read back piece by piece: a run needs a few of many thousand rows.

A row that nobody asks for stays a slice of bytes; marshal reads the others one at a time.
"""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Iterable
from itertools import accumulate
from typing import Any

#: Part of the cache key: raise it when the compiled form changes.
FORMAT = 21

#: The form of marshal that every supported Python reads: what one has compiled serves all.
MARSHAL = 4
#: Compiled rulesets as they are kept.
Plain = dict[str, Any]
#: The places where each row begins, and all rows, each as marshal writes it.
PackedRows = tuple[bytes, bytes]


def pack_rows(rows: Iterable[Any]) -> PackedRows:
    """Return rows of plain data so that `Rows` can read any of them alone."""
    parts = [marshal.dumps(row, MARSHAL) for row in rows]
    starts = array("Q", [0, *accumulate(map(len, parts))])
    return starts.tobytes(), b"".join(parts)


class Rows:
    """A read-only view of packed rows."""

    def __init__(self, packed: PackedRows) -> None:
        self._starts = array("Q")
        self._starts.frombytes(packed[0])
        self._data = memoryview(packed[1])

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> Any:
        return marshal.loads(self._data[self._starts[number] : self._starts[number + 1]])


def pack(value: Any) -> bytes:
    """Return plain data that is read as a whole, or not at all."""
    return marshal.dumps(value, MARSHAL)


def unpack(data: bytes) -> Any:
    """Return what `pack` was given."""
    return marshal.loads(data)
