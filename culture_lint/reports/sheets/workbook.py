"""A workbook given back with what was found in it; all its other parts are copied."""

from __future__ import annotations

import itertools
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from culture_lint.errors import Location, SourceError
from culture_lint.frozen import frozen
from culture_lint.reports.sheets.added import Spot, added
from culture_lint.reports.sheets.book import Book, Input, Look, SheetParts
from culture_lint.reports.sheets.comments import Comments
from culture_lint.reports.sheets.grid_edit import (
    Cell,
    GridRow,
    Rows,
    cell_value,
    changed_row,
    finished,
    shared_texts,
)
from culture_lint.reports.sheets.marks import Kept, Mark, Marked
from culture_lint.reports.sheets.package import (
    Package,
    name_filter,
    opened,
    sheet_names,
)
from culture_lint.reports.sheets.rewrite import own_from
from culture_lint.reports.sheets.styles import GROUNDS
from culture_lint.reports.sheets.xml_edit import (
    letters,
    outline,
)
from culture_lint.results import RunInfo, Summary, Verdict
from culture_lint.sources.encoding import open_bytes
from culture_lint.sources.spreadsheet import Listing, listings, rows_of_items

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


def annotate(
    one: Input, kept: Kept, out: BinaryIO, info: RunInfo, summary: Summary, verdict: Verdict
) -> None:
    """Write a workbook with what was found in it; all its other parts are copied.

    Raises:
        SourceError: If it is damaged, or is not what was checked.
    """
    source, options = one
    found = listings(source, options)
    with open_bytes(source) as stream, opened(stream) as archive:
        package = Package(archive, source.path)
        try:
            book = Book(package, kept)
            for listing, items in _by_sheet(one, found, kept):
                _annotate_sheet(book, listing, items)
            book.write(out, info, summary, verdict)
        except (ValueError, zipfile.BadZipFile, EOFError) as error:
            raise package.damaged(" ".join(str(error).split())[:120]) from error


@frozen
class _Items:
    """The items of one sheet, which can be gone through again."""

    kept: Kept
    path: str
    start: int
    stop: int

    def __iter__(self) -> Iterator[Marked]:
        return itertools.islice(self.kept.of(self.path), self.start, self.stop)


def _by_sheet(one: Input, found: Sequence[Listing], kept: Kept) -> Iterator[tuple[Listing, _Items]]:
    """Yield the sheets of a workbook with their items."""
    path = one[0].path
    part = kept.parts.get(path)
    count = part.items if part else 0
    if len(found) == 1:
        yield found[0], _Items(kept, path, 0, count)
        return
    counts = [0] * len(found)
    places = rows_of_items(*one)
    for item in kept.of(path):
        # An item that nobody named a market for has a row, but nothing was kept of it.
        number = next((sheet for sheet, line in places if line == item.line), None)
        if number is None:
            raise SourceError("has changed since it was checked; check it again", Location(path))
        counts[number] += 1
    start = 0
    for listing, size in zip(found, counts, strict=True):
        yield listing, _Items(kept, path, start, start + size)
        start += size


@dataclass(slots=True)
class _Survey:
    """What a first look at a sheet tells: its width, its last row, the cells of findings."""

    width: int = 0
    last_row: int = 0
    header_style: int | None = None
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    #: The sheet, gone through to its end: its head and its tail.
    outside: Rows | None = None


def _survey(book: Book, listing: Listing, items: _Items, own: int | None) -> _Survey:
    """Go through a sheet once: nothing is written yet."""
    rows = Rows(book.package.stream(listing.part))
    made = _Survey()
    shared: dict[tuple[int, int], int] = {}
    waiting = iter(items)
    marks = next(waiting, None)
    at = _columns_by_name(listing)
    for row in rows:
        if row.number == listing.header:
            styles = [c.style for c in rows.cells(row) if own is None or c.column < own]
            made.header_style = styles[-1] if styles else None
        width = rows.width(row)
        if own is None or width <= own:
            made.width = max(made.width, width)
        else:
            last = (c.column + 1 for c in rows.cells(row) if c.column < own)
            made.width = max(made.width, max(last, default=0))
        made.last_row = max(made.last_row, row.number)
        while marks is not None and marks.line < row.number:
            marks = next(waiting, None)
        if marks is None or marks.line != row.number or not marks.marks:
            continue
        _read_cells(rows, row, marks, at, listing, made, shared)
    made.outside = rows
    texts = shared_texts(book.package, set(shared.values()))
    for place, number in shared.items():
        if number in texts:
            made.texts[place] = _ESCAPE.sub(_unescaped, texts[number])
    return made


def _read_cells(
    rows: Rows,
    row: GridRow,
    one: Marked,
    at: Mapping[str, Sequence[int]],
    listing: Listing,
    made: _Survey,
    shared: dict[tuple[int, int], int],
) -> None:
    """Read the cells that the findings of a row stand in."""
    prefix = listing.prefix
    wanted = {
        column for mark in one.marks for column in at.get(mark.field.removeprefix(prefix), ())
    }
    for cell in rows.cells(row):
        if cell.column not in wanted:
            continue
        text, number = cell_value(rows.element(row, cell))
        if number is not None:
            shared[row.number, cell.column] = number
        elif text is not None:
            made.texts[row.number, cell.column] = _ESCAPE.sub(_unescaped, text)


def _unescaped(found: re.Match[str]) -> str:
    char = chr(int(found[1], 16))
    return "\N{REPLACEMENT CHARACTER}" if "\ud800" <= char <= "\udfff" else char


def _columns_by_name(listing: Listing) -> dict[str, list[int]]:
    at: dict[str, list[int]] = {}
    read = {column.index for column in listing.layout.columns}
    for number, name in enumerate(listing.layout.names):
        if number in read:
            at.setdefault(name, []).append(number)
    return at


def _spots(
    marks: Sequence[Mark], row: int, prefix: str, at: Mapping[str, Sequence[int]], made: _Survey
) -> list[Spot]:
    """Return where the findings of a row stand; columns of one name are told apart by their text."""
    found: list[Spot] = []
    seen: Counter[tuple[object, ...]] = Counter()
    for mark in marks:
        columns = at.get(mark.field.removeprefix(prefix), ())
        start, end = mark.place.column - 1, mark.place.end_column - 1
        fitting = [
            column
            for column in columns
            if made.texts.get((row, column), "")[start:end] == mark.text
        ]
        if not fitting:
            found.extend([Spot(column, mark) for column in columns[:1]])
            continue
        # Two columns of one name may hold the same text: each gets its own finding.
        key = (mark.rule, mark.field, mark.place)
        column = fitting[min(seen[key], len(fitting) - 1)]
        seen[key] += 1
        found.append(Spot(column, mark, start, end))
    return found


def _annotate_sheet(book: Book, listing: Listing, items: _Items) -> None:
    """Set the part of a sheet to what it becomes."""
    package, kept = book.package, book.kept
    names = listing.layout.names
    own = own_from(names)
    made = _survey(book, listing, items, own)
    width = made.width if own is None else max(min(own, len(names)), made.width)
    prefix = listing.prefix
    part = kept.parts.get(items.path)
    fields = (
        {one.removeprefix(prefix) for one in part.suggested if one.startswith(prefix)}
        if part
        else set()
    )
    columns = added(kept.markets(items.path), names[:width], fields)
    has_findings = bool(part and part.cells)
    comments = (
        Comments(package, listing.part, renewed=own is not None)
        if has_findings or own is not None
        else None
    )
    outside = made.outside
    assert outside is not None
    sheet = SheetParts(book, listing.title, columns, width, comments, outside.prefix)
    gone = (own, max(len(names) - 1, width + len(columns))) if own is not None else None
    plain = book.styles.coloured() if own is not None else {}
    last_row = max(made.last_row, 1)
    start = _filter_start(package, listing, width)
    number = next(
        (at for at, (name, _) in enumerate(sheet_names(package)) if name == listing.title), 0
    )
    if start is not None:
        area = f"{letters(start[1])}{start[0]}:{letters(width + len(columns) - 1)}{last_row}"
        name_filter(package, number, listing.title, area)

    head, tail = finished(
        outside,
        width=width + len(columns),
        last_row=last_row,
        first=width,
        widths=sheet.widths(),
        filter_from=start,
        drawing=comments.relation if comments else "",
    )

    def pieces() -> Iterator[bytes]:
        yield head
        rows = Rows(package.stream(listing.part))
        yield from _rows_of(book, sheet, rows, listing, items, made, gone, plain)
        yield tail

    package.set(listing.part, pieces)


def _rows_of(
    book: Book,
    sheet: SheetParts,
    rows: Rows,
    listing: Listing,
    items: _Items,
    made: _Survey,
    gone: tuple[int, int] | None,
    plain: Mapping[int, int],
) -> Iterator[bytes]:
    at = _columns_by_name(listing)
    waiting = iter(items)
    one = next(waiting, None)
    for row in rows:
        new = b""
        look = Look()
        if row.number == listing.header:
            new = sheet.header(row.number, made.header_style)
        elif one is not None and one.line == row.number:
            found = _spots(one.marks, row.number, listing.prefix, at, made) if one.marks else []
            look.of(found)
            texts = {s.column: made.texts.get((row.number, s.column), "") for s in found}
            new = sheet.cells(row.number, one, texts, found)
            one = next(waiting, None)

        def style_of(cell: Cell, look: Look = look) -> int | None:
            severity = look.grounds.get(cell.column)
            if severity is not None:
                base = plain.get(cell.style, cell.style)
                return book.styles.grounded(base, GROUNDS[severity])
            return plain.get(cell.style)

        changes = bool(look.grounds or plain)
        yield changed_row(rows, row, new, style_of, gone, changes)
    if one is not None:
        raise SourceError(
            "has changed since it was checked; check it again", Location(items.path, one.line)
        )


def _filter_start(package: Package, listing: Listing, width: int) -> tuple[int, int] | None:
    """Return where a filter begins: at the header; beside a table, which has a filter of its own."""
    if listing.header is None:
        return None
    tables = package.related(listing.part, "table")
    if not tables:
        return listing.header, 0
    ends = []
    for name in tables:
        last = outline(package.read(name)).get("ref").rpartition(":")[2]
        ends.append(last)
    return (listing.header, width) if ends else (listing.header, 0)
