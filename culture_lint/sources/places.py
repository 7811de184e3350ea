"""Lead from an offset in a segment's text back to a line and a column of the file."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from culture_lint.frozen import frozen
from culture_lint.sources.items import PlaceMap
from culture_lint.spans import Place

#: What ends a line: CR CR LF counts once, as git, grep and code review pages count it.
LINE_END = re.compile(r"\r\r\n|\r\n|\r|\n")

#: Where a cell stands in its record: a column's index, or the keys that lead to a JSON value.
Ref = int | tuple[str | int, ...]


class Runs:
    """How a text was made from a source, piece by piece.

    A piece that is as long as its source was taken over character by character; any other (an
    entity, a doubled quote, an escape) stands for its source as a whole. Immutable once built.
    """

    __slots__ = ("ends", "sources", "starts")

    def __init__(self, pieces: Iterable[tuple[int, int, int]]) -> None:
        """Join ``pieces`` of (length in the text, source start, source end), in text order."""
        starts: list[int] = []
        sources: list[int] = []
        ends: list[int] = []
        position = 0
        verbatim = False
        for length, source, end in pieces:
            same = length == end - source
            if same and verbatim and ends[-1] == source:
                ends[-1] = end
            else:
                starts.append(position)
                sources.append(source)
                ends.append(end)
            verbatim = same
            position += length
        self.starts = (*starts, position)
        self.sources = tuple(sources)
        self.ends = tuple(ends)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the source range that ``text[start:end]`` was made from."""
        if not self.sources:
            return (0, 0)
        return self._source(start, first=True), (
            self._source(end, first=False) if end > start else self._source(start, first=True)
        )

    def pieces(self) -> Iterator[tuple[int, int, int]]:
        """Yield (length in the text, source start, source end) of each piece, in text order."""
        for at, (source, end) in enumerate(zip(self.sources, self.ends, strict=True)):
            yield self.starts[at + 1] - self.starts[at], source, end

    def _source(self, offset: int, *, first: bool) -> int:
        """Return the source offset at which (``first``) or before which the text stands."""
        find = bisect_right if first else bisect_left
        piece = min(max(find(self.starts, offset) - 1, 0), len(self.sources) - 1)
        source, end = self.sources[piece], self.ends[piece]
        into = offset - self.starts[piece]
        if self.starts[piece + 1] - self.starts[piece] == end - source:
            return source + into
        return source if first and into < self.starts[piece + 1] - self.starts[piece] else end


class RawText:
    """A stretch of a file as it stands there, which knows its lines and columns."""

    __slots__ = ("_breaks", "line", "raw")

    _breaks: list[int]

    def __init__(self, raw: str, line: int) -> None:
        self.raw = raw
        self.line = line

    def place(self, start: int, end: int) -> Place:
        """Return the lines and columns of ``raw[start:end]``."""
        try:
            breaks = self._breaks
        except AttributeError:
            raw = self.raw
            if raw.find("\n", 0, end) < 0 and raw.find("\r", 0, end) < 0:
                # Most findings stand in the first line of what is often the only one.
                return Place(self.line, start + 1, self.line, end + 1)
            breaks = [found.end() for found in LINE_END.finditer(raw)]
            self._breaks = breaks
        first, last = bisect_right(breaks, start), bisect_right(breaks, end)
        return Place(
            line=self.line + first,
            column=start - (breaks[first - 1] if first else 0) + 1,
            end_line=self.line + last,
            end_column=end - (breaks[last - 1] if last else 0) + 1,
        )


class Record(RawText, ABC):
    """One record as it stands in the file; it is only taken apart when a place is asked for."""

    __slots__ = ("_cells",)

    _cells: dict[Ref, Runs]

    def __getstate__(self) -> tuple[object, ...]:
        return (self.raw, self.line)

    def __setstate__(self, state: tuple[str, int]) -> None:
        self.raw, self.line = state

    def cell(self, ref: Ref) -> Runs:
        """Return how the cell at ``ref`` was made from the raw text, kept for the next call."""
        try:
            cells = self._cells
        except AttributeError:
            cells = self._cells = {}
        found = cells.get(ref)
        if found is None:
            found = cells[ref] = self._find(ref)
        return found

    def span(self, ref: Ref, start: int, end: int) -> tuple[int, int]:
        """Return the range of the raw text that ``text[start:end]`` of the cell was made from."""
        return self.cell(ref).span(start, end)

    @abstractmethod
    def _find(self, ref: Ref) -> Runs:
        """Return how the cell at ``ref`` was made from the raw text."""


def located(places: PlaceMap, start: int, end: int) -> tuple[Place, str]:
    """Return the place of ``text[start:end]`` and the file's characters there."""
    if isinstance(places, CellPlaces):
        return places.located(start, end)
    return places.place(start, end), places.source(start, end)


class CellPlaces:
    """The `PlaceMap` of a text that was cut from one cell of a record.

    ``offset`` is where the text starts in the text of the whole cell; ``runs`` says how that
    one was made from the cell, None when it is the cell.
    """

    __slots__ = ("offset", "record", "ref", "runs")

    def __init__(self, record: Record, ref: Ref, offset: int = 0, runs: Runs | None = None) -> None:
        self.record = record
        self.ref = ref
        self.offset = offset
        self.runs = runs

    def place(self, start: int, end: int) -> Place:
        """Return the physical place in the file of ``text[start:end]``."""
        return self.record.place(*self._raw(start, end))

    def source(self, start: int, end: int) -> str:
        """Return exactly the file's characters that ``text[start:end]`` was read from."""
        first, last = self._raw(start, end)
        return self.record.raw[first:last]

    def located(self, start: int, end: int) -> tuple[Place, str]:
        """Return both at the price of one."""
        first, last = self._raw(start, end)
        return self.record.place(first, last), self.record.raw[first:last]

    def _raw(self, start: int, end: int) -> tuple[int, int]:
        start += self.offset
        end += self.offset
        if self.runs is not None:
            start, end = self.runs.span(start, end)
        return self.record.span(self.ref, start, end)


@frozen
class TextPlaces:
    """Places in a text that is its own file: one line after another from ``line``."""

    text: str
    line: int = 1

    def place(self, start: int, end: int) -> Place:
        """Return line and column of a span."""
        return Place(*self._at(start), *self._at(end))

    def source(self, start: int, end: int) -> str:
        """Return the text of a span."""
        return self.text[start:end]

    def _at(self, offset: int) -> tuple[int, int]:
        before = self.text[:offset]
        return self.line + before.count("\n"), offset - (before.rfind("\n") + 1) + 1
