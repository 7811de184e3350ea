"""Read a delimited file once more: its records with their bytes, and the findings in their cells."""

from __future__ import annotations

import codecs
import itertools
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from enum import Enum
from typing import BinaryIO

from culture_lint.errors import Location, SourceError
from culture_lint.frozen import frozen
from culture_lint.reports.sheets.added import Spot
from culture_lint.reports.sheets.marks import Mark, Marked
from culture_lint.sources.delimited import recognised
from culture_lint.sources.dialects import NO_DELIMITER
from culture_lint.sources.encoding import open_bytes, open_text
from culture_lint.sources.items import ReadOptions, Source
from culture_lint.sources.layout import Layout
from culture_lint.sources.places import LINE_END
from culture_lint.sources.records import Dialect, Records

_BOMS = {
    "utf-8-sig": ((codecs.BOM_UTF8, "utf-8"),),
    "utf-16": ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")),
    "utf-32": ((codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be")),
}
#: Encodings in which the bytes of a character depend on what stands before it.
_SHIFTING = ("iso2022", "hz", "utf7")
_NO_DASHES = str.maketrans("", "", "-_")


class Kind(Enum):
    """What a record of a file is."""

    ABOVE = "above"
    HEADER = "header"
    ITEM = "item"
    COMMENT = "comment"


@frozen
class TableRecord:
    """A record: its cells, its text and bytes with the line end, the blank lines before it."""

    kind: Kind
    cells: list[str]
    raw: str
    line: int
    dialect: Dialect
    data: bytes
    before: bytes


@frozen
class OpenTable:
    """A delimited file that is being read; ``codec`` encodes without a byte order mark."""

    codec: str
    dialect: Dialect
    layout: Layout
    named: bool
    records: Iterator[TableRecord]
    #: The blank lines behind the last record; filled when ``records`` have come to their end.
    rest: list[bytes]


@contextmanager
def open_table(source: Source, options: ReadOptions) -> Iterator[OpenTable]:
    """Open a delimited file as it was read when it was checked.

    Raises:
        SourceError: If it is prose, cannot be read any longer, or its encoding has shift states.
    """
    with open_text(source, options.encoding) as text, open_bytes(source) as stream:
        if text.encoding.lower().translate(_NO_DASHES).startswith(_SHIFTING):
            raise SourceError(
                f"is in {text.encoding_name}, in which nothing can be added without changing what "
                "follows; save it as UTF-8, or ask for --format xlsx",
                Location(source.path),
            )
        twin = _Bytes(stream, text.encoding)
        pulled: deque[str] = deque()

        def lines() -> Iterator[str]:
            for line in text.lines:
                pulled.append(line)
                yield line

        tapped = replace(text, lines=lines())
        table = recognised(tapped, source, options)
        if isinstance(table, list):
            raise SourceError(
                "is prose, which has no columns to add to; use --format html", Location(source.path)
            )
        found = table.found
        rest: list[bytes] = []
        records = Records(
            itertools.chain(table.head, tapped.lines),
            table.sample.dialect,
            _told_before,
            len(found.layout.names),
        )

        def read() -> Iterator[TableRecord]:
            header = found.skip + table.told - 1 if found.skip else -1
            first = found.skip + table.told
            comment = found.layout.comment
            for number, (cells, raw, line, dialect) in enumerate(records):
                before, data = _taken(pulled, raw, twin)
                if number < first:
                    kind = Kind.HEADER if number == header else Kind.ABOVE
                elif comment and cells[0].startswith(comment):
                    kind = Kind.COMMENT
                else:
                    kind = Kind.ITEM
                yield TableRecord(kind, cells, raw, line, dialect, data, before)
            rest.append(twin.rest())

        yield OpenTable(
            twin.codec, table.sample.dialect, found.layout, bool(found.skip), read(), rest
        )


def _told_before(_: str, __: int, ___: int | None) -> None:
    """Say nothing of what is wrong in the file: checking it has said so."""


def _taken(pulled: deque[str], raw: str, twin: _Bytes) -> tuple[bytes, bytes]:
    """Return the bytes of the blank lines before a record, and its own."""
    before = b""
    while pulled and not pulled[0].strip("\ufeff\r\n"):
        before += twin.take(pulled.popleft())
    data = b""
    size = 0
    while size < len(raw):
        line = pulled.popleft()
        # The first line loses a second byte order mark before it is read as a record.
        size += len(line.removeprefix("\ufeff")) if not twin.begun else len(line)
        data += twin.take(line)
    return before, data


class _Bytes:
    """The bytes that decoded lines were made from, taken in the same order."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._pending = b""
        self.codec = encoding
        self.begun = False
        self._bom = b""
        start = stream.read(4)
        for bom, codec in _BOMS.get(encoding, ()):
            if start.startswith(bom):
                self._bom, self.codec = bom, codec
                break
        stream.seek(len(self._bom))

    def take(self, text: str) -> bytes:
        """Return the bytes of the next text, the byte order mark before the first."""
        before = b"" if self.begun else self._bom
        self.begun = True
        expected = text.encode(self.codec, "replace")
        data = self._stream.read(len(expected))
        if data == expected:
            return before + data
        # Another spelling of the same characters: found by decoding byte by byte.
        self._stream.seek(-len(data), 1)
        decoder = codecs.getincrementaldecoder(self.codec)()
        data, decoded = b"", ""
        while len(decoded) < len(text):
            byte = self._stream.read(1)
            if not byte:
                break
            data += byte
            decoded += decoder.decode(byte)
        if decoded != text:
            raise SourceError("has changed since it was checked; check it again")
        return before + data

    def rest(self) -> bytes:
        """Return all that has not been taken."""
        before = b"" if self.begun else self._bom
        self.begun = True
        return before + self._stream.read()


def bounds(raw: str, dialect: Dialect) -> list[tuple[int, int]]:
    """Return where each cell of a record stands in its text, quotes included."""
    sign = dialect.delimiter
    if '"' not in raw or not dialect.quoted:
        line = LINE_END.split(raw, maxsplit=1)[0]
        found, start = [], 0
        for part in line.split(sign):
            found.append((start, start + len(part)))
            start += len(part) + len(sign)
        return found
    found, start, at = [], 0, 0
    while True:
        blank = at
        while dialect.skip_blank and raw.startswith(" ", blank):
            blank += 1
        at = _behind_quotes(raw, blank) if raw.startswith('"', blank) else blank
        while at < len(raw) and raw[at] != sign and raw[at] not in "\r\n":
            at += 1
        found.append((start, at))
        if at >= len(raw) or raw[at] != sign:
            return found
        at += 1
        start = at


def _behind_quotes(raw: str, at: int) -> int:
    """Return where the quoted part that opens at ``at`` has closed."""
    at += 1
    while True:
        quote = raw.find('"', at)
        if quote < 0:
            return len(raw)
        if not raw.startswith('""', quote):
            return quote + 1
        at = quote + 2


def spots(record: TableRecord, one: Marked, columns: dict[str, list[int]]) -> list[Spot]:
    """Return where an item's findings stand in the cells of its record.

    Args:
        record: The record.
        one: Its item.
        columns: The numbers of the columns by name.
    """
    if not one.marks:
        return []
    limits = bounds(record.raw, record.dialect)
    starts = [start for start, _ in limits]
    breaks = [0, *(found.end() for found in LINE_END.finditer(record.raw))]
    found: list[Spot] = []
    for mark in one.marks:
        place = mark.place
        first = _offset(breaks, place.line - record.line, place.column)
        last = _offset(breaks, place.end_line - record.line, place.end_column)
        if first is None or last is None or not limits:
            found.extend([Spot(at, mark) for at in columns.get(mark.field, [])[:1]])
            continue
        column = max(bisect_right(starts, first) - 1, 0)
        found.append(_spot(record, mark, column, first, last, limits[column]))
    return found


def _offset(breaks: Sequence[int], line: int, column: int) -> int | None:
    if not 0 <= line < len(breaks):
        return None
    return breaks[line] + column - 1


def _spot(
    record: TableRecord, mark: Mark, column: int, first: int, last: int, limits: tuple[int, int]
) -> Spot:
    """Return the spot of ``raw[first:last]`` in the text of its cell."""
    start, end = limits
    raw = record.raw[start:end]
    if column >= len(record.cells):
        return Spot(column, mark)
    cell = record.cells[column]
    lead = len(raw) - len(raw.lstrip(" ")) if record.dialect.skip_blank else 0
    quoted = record.dialect.quoted and raw[lead : lead + 1] == '"'
    if quoted:
        lead += 1
    at = _undoubled(raw[lead : first - start]) if quoted else first - start - lead
    to = _undoubled(raw[lead : last - start]) if quoted else last - start - lead
    text = record.raw[first:last]
    if quoted:
        text = text.replace('""', '"')
    return (
        Spot(column, replace(mark, text=text), at, to)
        if cell[at:to] == text
        else Spot(column, mark)
    )


def _undoubled(raw: str) -> int:
    """Return the length of the beginning of a quoted cell, whose quotes are doubled."""
    return len(raw) - raw.count('""')


def widest(table: OpenTable) -> tuple[int, set[str], int, int]:
    """Read a table through.

    Returns:
        The most cells of a record from the header on, the usual delimiters that no record holds,
        and how many cells are numbers with a decimal comma, and with a decimal point.
    """
    most = len(table.layout.names)
    free = set(",;\t|") if table.dialect.delimiter == NO_DELIMITER else set()
    comma = point = 0
    watch = table.dialect.delimiter == ";"
    for record in table.records:
        if record.kind is Kind.ABOVE or record.kind is Kind.COMMENT:
            continue
        most = max(most, len(record.cells))
        if free:
            free.difference_update([sign for sign in free if sign in record.raw])
        if watch and comma + point < 200:
            for cell in record.cells:
                head, sign, tail = cell.strip().rpartition(",")
                comma += bool(sign) and head.isdecimal() and tail.isdecimal() and len(tail) <= 2
                head, sign, tail = cell.strip().rpartition(".")
                point += bool(sign) and head.isdecimal() and tail.isdecimal() and len(tail) <= 2
    return most, free, comma, point
