"""Cut lines into delimited records that remember where they stand."""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from culture_lint.frozen import frozen
from culture_lint.sources.places import LINE_END, RawText, Record, Ref, Runs
from culture_lint.spans import Place

#: The longest record that is read, in characters: what one record may cost in memory.
LONGEST_RECORD = 16 * 1024 * 1024
#: So many quotes may be left open in one file before quotes are taken as ordinary characters.
MOST_OPEN_QUOTES = 20

#: Told of something wrong in the file: message, line, column.
Report = Callable[[str, int, int | None], None]
#: The pieces of a cell: (length in the cell, start, end in the raw record).
Pieces = list[tuple[int, int, int]]


class TooLongError(Exception):
    """A record is longer than `LONGEST_RECORD`; its argument is the line it starts on."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


@frozen
class Dialect:
    """How a file separates its cells; ``quoted`` is false where quotes are plain characters."""

    delimiter: str
    skip_blank: bool = False
    quoted: bool = True

    def rows(self, lines: Iterable[str]) -> Iterator[list[str]]:
        """Return the csv module's reader for this dialect."""
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            skipinitialspace=self.skip_blank,
            quoting=csv.QUOTE_MINIMAL if self.quoted else csv.QUOTE_NONE,
        )


#: A record: its cells, its raw text, the line it starts on, how it is to be taken apart.
Row = tuple[list[str], str, int, Dialect]


class DelimitedRecord(Record):
    """A record of a delimited file; its cells are found again exactly as the csv module does."""

    __slots__ = ("dialect",)

    def __init__(self, raw: str, line: int, dialect: Dialect) -> None:
        self.raw = raw
        self.line = line
        self.dialect = dialect

    def __reduce__(self) -> tuple[object, ...]:
        return (DelimitedRecord, (self.raw, self.line, self.dialect))

    def span(self, ref: Ref, start: int, end: int) -> tuple[int, int]:
        """Return the range that a part of a cell was made from, mostly by counting delimiters."""
        if isinstance(ref, int) and self._is_plain():
            before = self.raw.split(self.dialect.delimiter, ref)[:-1]
            if len(before) == ref:
                first = sum(map(len, before)) + ref * len(self.dialect.delimiter)
                return first + start, first + end
        return super().span(ref, start, end)

    def _is_plain(self) -> bool:
        return '"' not in self.raw and not self.dialect.skip_blank

    def _find(self, ref: Ref) -> Runs:
        if isinstance(ref, int) and self._is_plain():
            return self._unquoted(ref)
        for index, (pieces, _) in enumerate(_cells(self.raw, self.dialect)):
            if index == ref:
                return Runs(pieces)
        return Runs(())

    def _unquoted(self, index: int) -> Runs:
        """Find a cell of a record without quotes, which delimiters alone cut."""
        line = _LINE.match(self.raw)
        cells = (line[0] if line else self.raw).split(self.dialect.delimiter)
        if index >= len(cells):
            return Runs(())
        start = sum(map(len, cells[:index])) + index * len(self.dialect.delimiter)
        length = len(cells[index])
        return Runs([(length, start, start + length)])


#: What stands before the end of a record without quotes.
_LINE = re.compile(r"[^\r\n]*")


@lru_cache(maxsize=16)
def _stop(delimiter: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(delimiter)}\r\n]")


def _cells(raw: str, dialect: Dialect) -> Iterator[tuple[Pieces, int | None]]:
    """Yield each cell of ``raw``: its pieces, and where its quote opens if it never closes."""
    stop = _stop(dialect.delimiter)
    at = 0
    while True:
        while dialect.skip_blank and raw.startswith(" ", at):
            at += 1
        pieces: Pieces = []
        if dialect.quoted and raw.startswith('"', at):
            closed = _quoted(raw, at + 1, pieces)
            if closed is None:
                yield pieces, at
                return
            at = closed
        found = stop.search(raw, at)
        end = found.start() if found else len(raw)
        if end > at or not pieces:
            pieces.append((end - at, at, end))
        yield pieces, None
        if found is None or found.group() != dialect.delimiter:
            return
        at = found.end()


def _quoted(raw: str, at: int, pieces: Pieces) -> int | None:
    """Add the pieces of a quoted cell that starts at ``at``; return where its quote closes."""
    while True:
        quote = raw.find('"', at)
        if quote < 0:
            pieces.append((len(raw) - at, at, len(raw)))
            return None
        pieces.append((quote - at, at, quote))
        if not raw.startswith('""', quote):
            return quote + 1
        pieces.append((1, quote, quote + 2))
        at = quote + 2


def opening_quote(raw: str, dialect: Dialect) -> int | None:
    """Return the offset of the quote in ``raw`` that is never closed, None if there is none."""
    if not dialect.quoted:
        return None
    return next((opened for _, opened in _cells(raw, dialect) if opened is not None), None)


def swallowing_quote(raw: str, dialect: Dialect) -> int | None:
    """Return the offset of a quote that closes lines below, amid other text; None without one.

    That is how a quote that was left open looks when another one follows in a later record.
    """
    for pieces, opened in _cells(raw, dialect) if dialect.quoted else ():
        start, end = pieces[0][1], pieces[-1][1]
        behind = raw[end - 1 : end] == '"' and len(pieces) > 1 and pieces[-1][2] > end
        behind = behind and opened is None and raw[start - 1 : start] == '"'
        if behind and LINE_END.search(raw, start, end):
            return start - 1
    return None


class Records:
    """The records of a file, in order; blank lines are passed over.

    ``report`` is told of whatever is wrong. Where an open quote would swallow what follows, to
    the end of the file or to the next quote, the record is cut off at the end of that line and
    reading goes on behind it; ``width`` is how many cells a sound record has. Memory is
    bounded by `LONGEST_RECORD`.
    """

    def __init__(
        self, lines: Iterator[str], dialect: Dialect, report: Report, width: int = 0
    ) -> None:
        self._dialect = dialect
        self._width = width
        self._lines = lines
        self._report = report
        self._kept: list[str] = []
        self._ended = False
        self._line = 1
        self._after_cr = False
        self._open_quotes = 0
        csv.field_size_limit(max(csv.field_size_limit(), 2 * LONGEST_RECORD))

    def __iter__(self) -> Iterator[Row]:
        while True:
            yield from self._read()
            if not self._kept:
                return
            yield self._cut_off()

    def _feed(self) -> Iterator[str]:
        """Yield lines to the csv module, remembering those of the record under way."""
        kept = self._kept
        size = 0
        for line in self._lines:
            size = size + len(line) if kept else len(line)
            kept.append(line)
            if size >= LONGEST_RECORD:
                break
            yield line.replace("\0", " ") if "\0" in line else line
        self._ended = True

    def _read(self) -> Iterator[Row]:
        """Yield records; stop with lines kept where an open quote swallows what follows it."""
        kept = self._kept
        dialect = self._dialect
        self._ended = False
        for row in dialect.rows(self._feed()):
            if self._ended:
                return
            line = self._line
            if len(kept) == 1:
                raw = kept[0]
                self._line = line + 1
            else:
                raw = "".join(kept)
                if len(row) != self._width and swallowing_quote(raw, dialect) is not None:
                    return
                self._line = line + len(LINE_END.findall(raw))
            kept.clear()
            if row:
                if "\0" in raw:
                    self._tell_nul(raw, line)
                yield row, raw, line, dialect
            elif raw == "\r\n" and self._after_cr:
                self._line = line  # the second half of CR CR LF
            self._after_cr = raw.endswith("\r")

    def _cut_off(self) -> Row:
        """Take the kept lines up to the open quote as one record; the others are read again."""
        kept = self._kept[:]
        self._kept.clear()
        raw = "".join(kept)
        line, dialect = self._line, self._dialect
        opened = opening_quote(raw, dialect) if self._ended else swallowing_quote(raw, dialect)
        if opened is None or len(kept[-1]) >= LONGEST_RECORD:
            raise TooLongError(line)
        place = RawText(raw, line).place(opened, opened)
        self._tell_open(place, len(raw))
        if place.line == line:
            dialect = replace(dialect, quoted=False)
        size = count = 0
        while size <= opened:
            size += len(kept[count])
            count += 1
        self._lines = itertools.chain(kept[count:], self._lines)
        record = raw[:size]
        self._line = line + len(LINE_END.findall(record))
        self._after_cr = record.endswith("\r")
        row = next(dialect.rows(part.replace("\0", " ") for part in kept[:count]))
        return row, record, line, dialect

    def _tell_open(self, place: Place, size: int) -> None:
        self._open_quotes += 1
        how = "never closed" if self._ended else "closed only in a later record"
        if size >= LONGEST_RECORD:
            how = f"open for {LONGEST_RECORD:,} characters"
        message = f"the quote that opens here is {how}; the line is read as it stands"
        if self._open_quotes >= MOST_OPEN_QUOTES:
            message += ", and so is every quote after it"
            self._dialect = replace(self._dialect, quoted=False)
        self._report(message, place.line, place.column)

    def _tell_nul(self, raw: str, line: int) -> None:
        place = RawText(raw, line).place(raw.index("\0"), raw.index("\0"))
        count = raw.count("\0")
        what = "a NUL character" if count == 1 else f"NUL characters ({count} in this record)"
        self._report(f"{what}, read as blank", place.line, place.column)
