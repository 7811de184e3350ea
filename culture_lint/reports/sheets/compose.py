"""A new workbook made of delimited files, all its cells text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import BinaryIO

from culture_lint.errors import Location, SourceError
from culture_lint.frozen import frozen
from culture_lint.reports.sheets.added import Spot, added, is_formula
from culture_lint.reports.sheets.book import LAST_ROW, Book, Input, Look, SheetParts
from culture_lint.reports.sheets.comments import AUTHOR, Comments
from culture_lint.reports.sheets.grid_edit import (
    text_cell,
)
from culture_lint.reports.sheets.marks import Kept
from culture_lint.reports.sheets.package import (
    MAIN,
    RELATIONS,
    Package,
    add_sheet,
    name_filter,
)
from culture_lint.reports.sheets.rewrite import own_from
from culture_lint.reports.sheets.styles import GROUNDS
from culture_lint.reports.sheets.table import Kind, TableRecord, open_table, spots, widest
from culture_lint.reports.sheets.xml_edit import (
    MOST_CHARACTERS,
    letters,
    quoted,
)
from culture_lint.results import RunInfo, Summary, Verdict

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def compose(
    inputs: Sequence[Input],
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
    book = Book(package, kept)
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


def _compose_sheet(book: Book, name: str, part: str, number: int, one: Input) -> None:
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
    sheet = SheetParts(book, name, columns, width, comments, b"")
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


@frozen
class _Extent:
    header: int
    last: int


def _count_rows(one: Input) -> _Extent:
    header, last = 1, 1
    with open_table(*one) as table:
        for row, record in enumerate(table.records, 1):
            last = row
            if record.kind is Kind.HEADER:
                header = row
    return _Extent(header, last)


def _new_head(sheet: SheetParts, names: Sequence[str], header: int) -> bytes:
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
    book: Book,
    sheet: SheetParts,
    row: int,
    record: TableRecord,
    found: Sequence[Spot],
    bold: int,
    new: bytes,
) -> bytes:
    look = Look()
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
            text = sheet.cut(text)
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
