"""Give a delimited file back with columns added: every byte that was there stays as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from culture_lint.errors import Location, SettingsError, SourceError
from culture_lint.reports.sheets.added import Added, added, is_formula
from culture_lint.reports.sheets.marks import Kept, Marked
from culture_lint.reports.sheets.table import (
    Kind,
    OpenTable,
    TableRecord,
    bounds,
    open_table,
    spots,
    widest,
)
from culture_lint.sources.dialects import NO_DELIMITER
from culture_lint.sources.items import ReadOptions, Source
from culture_lint.sources.schemas import is_own

_LINE_END = re.compile(r"[\r\n]+\Z")
#: What encodings without them have for the signs that our own words use.
_PLAIN = {
        "“": '"', "”": '"', "‘": "'", "’": "'", "→": "->", "…": "...", "−": "-", "–": "-",
        "—": "-", "×": "x", "\N{REPLACEMENT CHARACTER}": "?", "\xa0": " ",
}  # fmt: skip


def rewrite(source: Source, options: ReadOptions, kept: Kept, out: BinaryIO) -> None:
    """Write ``source`` to ``out`` with what was found in it in columns at the right.

    Rows above the header, comments and blank lines stay as they are. Rows with fewer cells than
    others get empty ones, so that what is added stands in columns. Columns that an earlier run has
    added at the right are replaced.

    Raises:
        SourceError: If the file is no table, or is not what was checked.
        SettingsError: If nothing can part the cells of a file of one column.
    """
    with open_table(source, options) as table:
        most, free, comma, point = widest(table)
        sign = _sign(table, free, source.path)
    with open_table(source, options) as table:
        part = kept.parts.get(source.path)
        fields = part.suggested if part else set()
        first = own_from(table.layout.names)
        width = most if first is None else min(first, most)
        names = table.layout.names[:width]
        columns = added(kept.markets(source.path), names, fields)
        writer = _Writer(table, columns, sign, width, first, "," if comma > point else ".")
        for data in writer.records(kept.of(source.path), source.path):
            out.write(data)


def own_from(names: Sequence[str]) -> int | None:
    """Return the first of the columns at the right that an earlier run has added, if any."""
    first = len(names)
    while first and (is_own(names[first - 1]) or not names[first - 1].strip()):
        first -= 1
    while first < len(names) and not is_own(names[first]):
        first += 1
    return first if first < len(names) else None


def _sign(table: OpenTable, free: set[str], path: str) -> str:
    """Return what parts the cells."""
    if table.dialect.delimiter != NO_DELIMITER:
        return table.dialect.delimiter
    wanted = "\t,;|" if path.lower().endswith((".tsv", ".tab")) else ",;\t|"
    sign = next((one for one in wanted if one in free), None)
    if sign is None:
        raise SettingsError(
            f"{path} has one column and holds every usual delimiter, so that no other can be added; "
            "use --format xlsx"
        )
    return sign


class _Writer:
    def __init__(
        self,
        table: OpenTable,
        columns: Added,
        sign: str,
        width: int,
        own: int | None,
        point: str,
    ) -> None:
        self._table = table
        self._columns = columns
        self._sign = sign
        self._width = width
        self._own = own
        self._point = point
        self._at: dict[str, list[int]] = {}
        for number, name in enumerate(table.layout.names):
            self._at.setdefault(name, []).append(number)

    def records(self, items: Iterator[Marked], path: str) -> Iterator[bytes]:
        """Yield the records of the table with what is added to them."""
        waiting = next(items, None)
        for record in self._table.records:
            yield record.before
            if record.kind is Kind.HEADER:
                yield self._with(record, self._columns.header())
            elif record.kind is not Kind.ITEM:
                yield record.data
            elif waiting is not None and waiting.line == record.line:
                yield self._with(record, self._cells(record, waiting))
                waiting = next(items, None)
            else:
                yield self._with(record, [""] * len(self._columns))
        yield from self._table.rest
        if waiting is not None:
            raise SourceError("has changed since it was checked; check it again", Location(path))

    def _cells(self, record: TableRecord, one: Marked) -> list[str]:
        places = spots(record, one, self._at)
        cells = {
            spot.column: record.cells[spot.column]
            for spot in places
            if spot.column < len(record.cells)
        }
        scores = [
            "" if cai is None else f"{cai:.1f}".replace(".", self._point)
            for cai in self._columns.scores(one)
        ]
        return [*scores, *self._columns.texts(one, cells, places)]

    def _with(self, record: TableRecord, cells: Sequence[str]) -> bytes:
        """Return a record's bytes with cells added before its line end."""
        data, count = record.data, len(record.cells)
        codec = self._table.codec
        end = _LINE_END.search(record.raw)
        ending = end[0].encode(codec) if end else b""
        if self._own is not None and count > self._own:
            start = bounds(record.raw, record.dialect)[self._own][0] - len(self._sign)
            tail = record.raw[start:].encode(codec, "replace")
            if data.endswith(tail):
                data, count = data[: -len(tail)] + ending, self._own
        body = data[: len(data) - len(ending)]
        gap = self._sign * max(self._width - count, 0)
        return body + self._encoded(gap, cells) + ending

    def _encoded(self, gap: str, cells: Sequence[str]) -> bytes:
        codec = self._table.codec
        text = gap + "".join([self._sign + self._quoted(cell) for cell in cells])
        try:
            return text.encode(codec)
        except UnicodeEncodeError:
            pass
        told = len(self._columns.markets) + 3
        # A text to be pasted must not have lost a letter, so that one is left out.
        plain = [
            _plain(cell, codec) if number < told or _fits(_plain(cell, codec), codec) else ""
            for number, cell in enumerate(cells)
        ]
        text = gap + "".join([self._sign + self._quoted(cell) for cell in plain])
        return text.encode(codec, "replace")

    def _quoted(self, cell: str) -> str:
        """Return a cell as it stands in the file, never to be taken for a formula."""
        if is_formula(cell):
            cell = "'" + cell
        if cell[:1] == " " or any(sign in cell for sign in (self._sign, '"', "\r", "\n")):
            return '"' + cell.replace('"', '""') + '"'
        return cell


def _plain(text: str, codec: str) -> str:
    """Return text with the signs that an encoding lacks in a plainer form, where there is one."""
    return "".join(
        [char if char < "\x80" or _fits(char, codec) else _PLAIN.get(char, char) for char in text]
    )


def _fits(text: str, codec: str) -> bool:
    try:
        text.encode(codec)
    except UnicodeEncodeError:
        return False
    return True
