"""Rows of cells with no line of text behind them: of a sheet, of a table of typed columns.

The place of a cell's text has the number of its row as the line and counts its columns from the
start of the cell, line breaks in it included.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime, time

from culture_lint.sources.places import Record, Ref, Runs
from culture_lint.spans import Place


class GridRow(Record):
    """A row of cells; its raw text is theirs, a tab between them.

    ``refs`` names the cells where they do not go by their number.
    """

    __slots__ = ("_starts", "cells", "refs")

    _starts: list[int]

    def __init__(self, cells: Sequence[str], line: int, refs: Sequence[Ref] = ()) -> None:
        self.cells = tuple(cells)
        self.refs = tuple(refs)
        self.raw = "\t".join(self.cells)
        self.line = line

    def __reduce__(self) -> tuple[object, ...]:
        return (GridRow, (self.cells, self.line, self.refs))

    def _find(self, ref: Ref) -> Runs:
        number = ref if isinstance(ref, int) else self.refs.index(ref)
        start, size = self._offsets()[number], len(self.cells[number])
        return Runs([(size, start, start + size)])

    def place(self, start: int, end: int) -> Place:
        """Return the row, and the characters of the cell, of ``raw[start:end]``."""
        starts = self._offsets()
        cell = starts[bisect_right(starts, start) - 1]
        return Place(self.line, start - cell + 1, self.line, end - cell + 1)

    def _offsets(self) -> list[int]:
        try:
            return self._starts
        except AttributeError:
            sizes = (len(cell) + 1 for cell in self.cells[:-1])
            self._starts = list(itertools.accumulate(sizes, initial=0))
            return self._starts


def as_text(value: object) -> str:
    """Return a cell's value as a spreadsheet shows it without any format."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value)
