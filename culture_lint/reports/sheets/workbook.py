"""A workbook given back with what was found in it; and one made of delimited files."""

from __future__ import annotations

import itertools
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import BinaryIO

from culture_lint.errors import Location, SettingsError, SourceError
from culture_lint.reports.sheets.added import Added, Spot, added, is_formula
from culture_lint.reports.sheets.comments import AUTHOR, MOST, Comments, comment_text
from culture_lint.reports.sheets.grid_edit import (
    Cell,
    GridRow,
    Rows,
    cell_value,
    changed_row,
    finished,
    number_cell,
    shared_texts,
    text_cell,
)
from culture_lint.reports.sheets.marks import SEVERITIES, Kept, Mark, Marked
from culture_lint.reports.sheets.overview import Tally, overview
from culture_lint.reports.sheets.package import (
    MAIN,
    RELATIONS,
    STYLES_TYPE,
    Package,
    add_sheet,
    name_filter,
    opened,
    sheet_names,
)
from culture_lint.reports.sheets.rewrite import own_from
from culture_lint.reports.sheets.styles import GROUNDS, PLAIN, Styles
from culture_lint.reports.sheets.table import Kind, TableRecord, open_table, spots, widest
from culture_lint.reports.sheets.xml_edit import (
    MOST_CHARACTERS,
    cut,
    letters,
    outline,
    quoted,
)
from culture_lint.results import RunInfo, Summary, Verdict
from culture_lint.sources.encoding import open_bytes
from culture_lint.sources.items import ReadOptions, Source
from culture_lint.sources.spreadsheet import Listing, listings, rows_of_items

#: What a sheet can hold.
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_Input = tuple[Source, ReadOptions]


class _Book:
    """A workbook in the making: its parts, its styles, what the overview will tell."""

    def __init__(self, package: Package, kept: Kept) -> None:
        self.package = package
        self.kept = kept
        self.tally = Tally()
        found = package.related(package.workbook(), "styles")
        self._styles_part = found[0] if found else "xl/styles.xml"
        if not found:
            package.set(self._styles_part, PLAIN)
            package.relate(package.workbook(), "styles", self._styles_part)
            package.type(self._styles_part, STYLES_TYPE)
        self.styles = Styles(package.read(self._styles_part))
        self._left = _budget(kept)

    def commented(self, severity: str) -> bool:
        """Tell whether a cell with a finding of that severity, its gravest, still gets a comment."""
        if self._left[severity] > 0:
            self._left[severity] -= 1
            return True
        self.tally.note(
            f"Comments stand on {MOST:,} cells, those of the gravest findings first; with more a "
            "workbook opens slowly. What was found in the others is in the column of findings."
        )
        return False

    def write(self, out: BinaryIO, info: RunInfo, summary: Summary, verdict: Verdict) -> None:
        """Add the overview and write all of it."""
        package = self.package
        names = dict(sheet_names(package))
        part = names.get(AUTHOR)
        if part is None:
            part = package.free("xl/worksheets/culture_lint{}.xml")
            add_sheet(package, AUTHOR, part)

        def last() -> Sequence[bytes]:
            views = outline(package.read(package.workbook())).child("bookViews") is not None
            return [overview(info, summary, verdict, self.tally, self.styles, views=views)]

        package.set(part, last, late=True)
        package.set(self._styles_part, lambda: [self.styles.data()], late=True)
        package.write(out)


def _budget(kept: Kept) -> Counter[str]:
    """Return how many cells get a comment, by the gravest finding in them."""
    wanted: Counter[str] = Counter()
    for part in kept.parts.values():
        wanted.update(part.cells)
    left = MOST
    budget: Counter[str] = Counter()
    for name in SEVERITIES:
        budget[name] = min(wanted[name], left)
        left -= budget[name]
    return budget


@dataclass(slots=True)
class _Look:
    """How the cells of one row are to look: the gravest severity by column, the comments."""

    grounds: dict[int, str] = field(default_factory=dict)

    def of(self, found: Sequence[Spot]) -> None:
        """Take the findings of the row, the gravest first."""
        for spot in found:
            self.grounds.setdefault(spot.column, spot.mark.severity)


class _Sheet:
    """What is the same for every sheet: added columns, their cells, comments, links."""

    def __init__(
        self,
        book: _Book,
        name: str,
        columns: Added,
        first: int,
        comments: Comments | None,
        p: bytes,
    ) -> None:
        self.book = book
        self.name = name
        self.columns = columns
        self.first = first
        self.prefix = p
        self._comments = comments
        if first + len(columns) > LAST_COLUMN:
            raise SettingsError(
                f"{book.package.path}: sheet “{name}” has {first:,} columns, and with those to add "
                f"it would have more than a sheet can hold ({LAST_COLUMN:,})"
            )

    def widths(self) -> dict[int, float]:
        """Return the widths of the added columns."""
        count = len(self.columns.markets)
        sizes = [22.0] * count + [22.0, 60.0, 40.0] + [40.0] * len(self.columns.suggested)
        return {self.first + number: size for number, size in enumerate(sizes)}

    def header(self, row: int, style: int | None) -> bytes:
        """Return the cells with the names of the added columns."""
        return b"".join(
            text_cell(self.prefix, f"{letters(at)}{row}", name, style)
            for at, name in enumerate(self.columns.header(), self.first)
        )

    def cells(
        self, row: int, one: Marked, texts: Mapping[int, str], found: Sequence[Spot]
    ) -> bytes:
        """Return the added cells of a row, and see to its comments and its place among the worst."""
        styles = self.book.styles
        parts = []
        at = self.first
        for cai in self.columns.scores(one):
            parts.append(number_cell(self.prefix, f"{letters(at)}{row}", cai, styles.score(cai)))
            at += 1
        for number, text in enumerate(self.columns.texts(one, texts, found)):
            if len(text) > MOST_CHARACTERS // 2:
                text = self._cut(text)
            style = styles.text() if is_formula(text) else None
            if number == 0 and text in GROUNDS:
                style = styles.grounded(0, GROUNDS[text])
            parts.append(text_cell(self.prefix, f"{letters(at)}{row}", text, style))
            at += 1
        if one.marks:
            place = f"'{self.name.replace(chr(39), chr(39) * 2)}'!A{row}"
            self.book.tally.add(one, place)
            self._comment(row, found)
        return b"".join(parts)

    def _comment(self, row: int, found: Sequence[Spot]) -> None:
        if self._comments is None:
            return
        by_column: dict[int, list[Spot]] = {}
        for spot in found:
            by_column.setdefault(spot.column, []).append(spot)
        for column, spots_there in by_column.items():
            if self.book.commented(spots_there[0].mark.severity):
                self._comments.add(row - 1, column, comment_text(spots_there))

    def _cut(self, text: str) -> str:
        short = cut(text)
        if short != text:
            self.book.tally.note(
                f"Text beyond the {MOST_CHARACTERS:,} characters that a cell can hold is cut off; "
                "it ends in “…”."
            )
        return short


# -- a workbook that is there -------------------------------------------------------------------


def annotate(
    one: _Input, kept: Kept, out: BinaryIO, info: RunInfo, summary: Summary, verdict: Verdict
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
            book = _Book(package, kept)
            for listing, items in _by_sheet(one, found, kept):
                _annotate_sheet(book, listing, items)
            book.write(out, info, summary, verdict)
        except (ValueError, zipfile.BadZipFile, EOFError) as error:
            raise package.damaged(" ".join(str(error).split())[:120]) from error


@dataclass(frozen=True, slots=True)
class _Items:
    """The items of one sheet, which can be gone through again."""

    kept: Kept
    path: str
    start: int
    stop: int

    def __iter__(self) -> Iterator[Marked]:
        return itertools.islice(self.kept.of(self.path), self.start, self.stop)


def _by_sheet(
    one: _Input, found: Sequence[Listing], kept: Kept
) -> Iterator[tuple[Listing, _Items]]:
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


def _survey(book: _Book, listing: Listing, items: _Items, own: int | None) -> _Survey:
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


def _annotate_sheet(book: _Book, listing: Listing, items: _Items) -> None:
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
    sheet = _Sheet(book, listing.title, columns, width, comments, outside.prefix)
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
    book: _Book,
    sheet: _Sheet,
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
        look = _Look()
        if row.number == listing.header:
            new = sheet.header(row.number, made.header_style)
        elif one is not None and one.line == row.number:
            found = _spots(one.marks, row.number, listing.prefix, at, made) if one.marks else []
            look.of(found)
            texts = {s.column: made.texts.get((row.number, s.column), "") for s in found}
            new = sheet.cells(row.number, one, texts, found)
            one = next(waiting, None)

        def style_of(cell: Cell, look: _Look = look) -> int | None:
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


# -- a new workbook -----------------------------------------------------------------------------


def compose(
    inputs: Sequence[_Input],
    kept: Kept,
    out: BinaryIO,
    info: RunInfo,
    summary: Summary,
    verdict: Verdict,
) -> None:
    """Write a workbook with one sheet for each delimited file, all its cells text.

    Raises:
        SourceError: If a file is no table, has more rows than a sheet can hold, or is not what was
            checked.
    """
    package = _new_package()
    book = _Book(package, kept)
    taken: set[str] = {AUTHOR}
    for source, options in inputs:
        name = _sheet_name(source.path, taken)
        part = package.free("xl/worksheets/sheet{}.xml")
        package.set(part, b"")
        number = add_sheet(package, name, part)
        _compose_sheet(book, name, part, number, (source, options))
    book.write(out, info, summary, verdict)


def _new_package() -> Package:
    package = Package(None, "the new workbook")
    package.set(
        "[Content_Types].xml",
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        b'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>',
    )
    package.relate("", "officeDocument", "xl/workbook.xml")
    package.set(
        "xl/workbook.xml",
        (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><bookViews><workbookView/>'
            "</bookViews><sheets></sheets></workbook>"
        ).encode(),
    )
    package.type("xl/workbook.xml", _WORKBOOK)
    return package


def _sheet_name(path: str, taken: set[str]) -> str:
    """Return a name that spreadsheet programs take: 31 characters, no signs of theirs, not twice."""
    stem = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", PurePath(path).stem).strip("' ") or "sheet"
    name = stem[:31].rstrip("' ")
    number = 2
    used = {one.casefold() for one in taken} | {"history"}
    while name.casefold() in used:
        end = f" ({number})"
        name = stem[: 31 - len(end)].rstrip("' ") + end
        number += 1
    taken.add(name)
    return name


def _compose_sheet(book: _Book, name: str, part: str, number: int, one: _Input) -> None:
    source, options = one
    kept = book.kept
    with open_table(source, options) as table:
        most = widest(table)[0]
    with open_table(source, options) as table:
        names, named = table.layout.names, table.named
    own = own_from(names)
    width = most if own is None else min(own, most)
    known = kept.parts.get(source.path)
    columns = added(kept.markets(source.path), names[:width], known.suggested if known else ())
    comments = Comments(book.package, part) if known and known.cells else None
    sheet = _Sheet(book, name, columns, width, comments, b"")
    bold = book.styles.bold()
    rows = _count_rows(one)
    if rows.last > LAST_ROW:
        raise SourceError(
            f"has {rows.last:,} records, and a sheet can hold {LAST_ROW:,}; use --format csv",
            Location(source.path),
        )
    area = f"A{rows.header}:{letters(width + len(columns) - 1)}{rows.last}"
    if named:
        name_filter(book.package, number, name, area)

    def pieces() -> Iterator[bytes]:
        yield _new_head(sheet, names[:width], rows.header if named else 0)
        with open_table(source, options) as table:
            at: dict[str, list[int]] = {}
            for column, label in enumerate(table.layout.names):
                at.setdefault(label, []).append(column)
            waiting = iter(kept.of(source.path))
            item = next(waiting, None)
            for row, record in enumerate(table.records, 1):
                found: list[Spot] = []
                new = b""
                if record.kind is Kind.HEADER:
                    new = sheet.header(row, bold)
                elif item is not None and item.line == record.line:
                    found = spots(record, item, at)
                    texts = {
                        s.column: record.cells[s.column]
                        for s in found
                        if s.column < len(record.cells)
                    }
                    new = sheet.cells(row, item, texts, found)
                    item = next(waiting, None)
                yield _new_row(book, sheet, row, record, found, bold, new)
            if item is not None:
                raise SourceError(
                    "has changed since it was checked; check it again",
                    Location(source.path, item.line),
                )
        drawing = comments.relation if comments else ""
        yield _new_tail(area if named else "", drawing, width, rows.last)

    book.package.set(part, pieces)


@dataclass(frozen=True, slots=True)
class _Extent:
    header: int
    last: int


def _count_rows(one: _Input) -> _Extent:
    header, last = 1, 1
    with open_table(*one) as table:
        for row, record in enumerate(table.records, 1):
            last = row
            if record.kind is Kind.HEADER:
                header = row
    return _Extent(header, last)


def _new_head(sheet: _Sheet, names: Sequence[str], header: int) -> bytes:
    """Return the head of a new sheet: the header stays in sight."""
    pane = (
        b'<pane ySplit="%d" topLeftCell="A%d" activePane="bottomLeft" state="frozen"/>'
        % (header, header + 1)
        if header
        else b""
    )
    widths = {at: float(min(max(len(name) + 4, 12), 40)) for at, name in enumerate(names)}
    columns = b"".join(
        b'<col min="%d" max="%d" width="%.1f" customWidth="1"/>' % (at + 1, at + 1, size)
        for at, size in sorted({**widths, **sheet.widths()}.items())
    )
    return (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="%b">'
        b'<sheetViews><sheetView workbookViewId="0">%b</sheetView></sheetViews>'
        b'<sheetFormatPr defaultRowHeight="15"/><cols>%b</cols><sheetData>'
        % (MAIN.encode(), pane, columns)
    )


def _new_row(
    book: _Book,
    sheet: _Sheet,
    row: int,
    record: TableRecord,
    found: Sequence[Spot],
    bold: int,
    new: bytes,
) -> bytes:
    look = _Look()
    look.of(found)
    cells = []
    for column, text in enumerate(record.cells[: sheet.first]):
        if not text:
            continue
        style = bold if record.kind is Kind.HEADER else None
        if is_formula(text):
            style = book.styles.text()
        severity = look.grounds.get(column)
        if severity is not None:
            style = book.styles.grounded(style or 0, GROUNDS[severity])
        if len(text) > MOST_CHARACTERS // 2:
            text = sheet._cut(text)
        cells.append(text_cell(b"", f"{letters(column)}{row}", text, style))
    return b'<row r="%d">%b</row>' % (row, b"".join(cells) + new)


def _new_tail(area: str, drawing: str, width: int, last: int) -> bytes:
    parts = [b"</sheetData>"]
    if area:
        parts.append(b'<autoFilter ref="%b"/>' % area.encode())
    parts.append(
        b'<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
    )
    # Prices and codes are text here, as they are in the file: nothing to warn of.
    whole = f"A1:{letters(max(width - 1, 0))}{last}".encode()
    parts.append(
        b'<ignoredErrors><ignoredError sqref="%b" numberStoredAsText="1"/></ignoredErrors>' % whole
    )
    if drawing:
        parts.append(
            b'<legacyDrawing xmlns:r="%b" r:id=%b/>' % (RELATIONS.encode(), quoted(drawing))
        )
    return b"".join([*parts, b"</worksheet>"])
