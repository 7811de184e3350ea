"""Read delimited text (CSV, TSV and their relatives): one item per record."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from culture_lint.errors import Location, SourceError
from culture_lint.sources.cells import segments
from culture_lint.sources.dialects import (
    Sample,
    declared_delimiter,
    delimiter_name,
    first_line_names_delimiter,
    sniff,
)
from culture_lint.sources.encoding import Text, open_text
from culture_lint.sources.html_text import has_markup
from culture_lint.sources.items import Item, Notice, ReadOptions, Role, Segment, Source
from culture_lint.sources.layout import Column, Layout
from culture_lint.sources.notices import Notices
from culture_lint.sources.places import CellPlaces
from culture_lint.sources.recognise import recognise
from culture_lint.sources.records import LONGEST_RECORD, DelimitedRecord, Records, Row, TooLongError
from culture_lint.sources.registry import reader
from culture_lint.sources.rows import item_id, row_currency, row_language, row_markets
from culture_lint.sources.schemas import LONGEST_EMPTY_WORD, empty_words

#: So many characters are looked at to find the dialect and the header.
_SAMPLE = 64 * 1024


@reader(".csv", ".tsv", ".tab", ".txt")
def read(source: Source, options: ReadOptions) -> Iterator[Item | Notice]:
    """Yield the records of a delimited file as items in file order, after a notice on its columns.

    Raises:
        SourceError: If the file cannot be read as delimited text with at least one text column.

    """
    delimiter = options.delimiter and declared_delimiter(options.delimiter, source.path)
    notices = Notices(source.path)
    with open_text(source, options.encoding) as text:
        head = _head(text)
        if not any(line.strip("\ufeff \t\r\n") for line in head):
            raise SourceError("is empty", Location(source.path))
        whole = sum(map(len, head)) < _SAMPLE
        sample = sniff(head, whole=whole, path=source.path, delimiter=delimiter or None)
        found = recognise(sample.rows, options, source.path)
        notices.add(f"{found.summary} ({_how(text, sample)})")
        told = 1 if first_line_names_delimiter(head) else 0
        records = Records(
            itertools.chain(head, text.lines), sample.dialect, notices.add, len(found.layout.names)
        )
        try:
            yield from _items(source.path, found.layout, records, notices, found.skip, told)
        except TooLongError as error:
            raise SourceError(
                f"the record that starts here is longer than {LONGEST_RECORD:,} characters; "
                "is this a listing file?",
                Location(source.path, error.line),
            ) from None


def _head(text: Text) -> list[str]:
    """Return the first lines of a text, enough to recognise it by."""
    head: list[str] = []
    size = 0
    for line in text.lines:
        head.append(line)
        size += len(line)
        if size >= _SAMPLE:
            break
    if head:
        head[0] = head[0].removeprefix("\ufeff")
    return head


def _how(text: Text, sample: Sample) -> str:
    guessed = ", by the look of it" if text.guessed else ""
    sign = delimiter_name(sample.dialect.delimiter)
    return f"{text.encoding_name}{guessed}; {sign}"


def _items(
    path: str, layout: Layout, records: Records, notices: Notices, skip: int, told: int
) -> Iterator[Item | Notice]:
    """Yield items and notices; ``told`` of the records above them only name the delimiter."""
    rows = iter(records)
    if skip + told:
        first = list(itertools.islice(rows, skip + told))
        if skip > 1:
            notices.add(f"what stands above the header on line {first[-1][2]} is not read", 1)
    build = _Builder(path, layout, notices)
    for row in rows:
        item = build.item(row)
        if notices.waiting:
            yield from notices.take()
        if item is not None:
            yield item
    yield from notices.rest()


class _Builder:
    """Makes items from the records of one file."""

    def __init__(self, path: str, layout: Layout, notices: Notices) -> None:
        self.path = path
        self.layout = layout
        self.notices = notices
        self.number = 0
        self.width = len(layout.names)
        #: What the quick way through a plain cell needs of each column.
        self.plans = tuple(
            (one.index, one.name, one.role, one.attribute, one.language, _quick(one, layout), one)
            for one in layout.columns
        )
        self.empty = empty_words()
        #: The option names of the product that the records last named, by column.
        self.options: dict[int, str] = {}
        self.owner = ""

    def item(self, row: Row) -> Item | None:
        """Return the item of one record; None for a comment."""
        cells, raw, line, dialect = row
        layout = self.layout
        if layout.comment and cells[0].startswith(layout.comment):
            return None
        self.number += 1
        if len(cells) != self.width:
            self._mend(cells, raw, line)
        found = self._segments(cells, DelimitedRecord(raw, line, dialect))
        return Item(
            self.path,
            item_id(layout, cells, self.number),
            line,
            tuple(found),
            row_language(layout, cells) if layout.languages else None,
            row_markets(layout, cells) if layout.markets else layout.declared,
        )

    def _segments(self, cells: list[str], record: DelimitedRecord) -> list[Segment]:
        found: list[Segment] = []
        empty = self.empty
        for index, name, role, attribute, language, quick, column in self.plans:
            cell = cells[index]
            if not cell:
                continue
            if (
                quick is not None
                and "<" not in cell
                and ("&" not in cell or not has_markup(cell))
                and (not quick or quick not in cell)
                and cell[0] not in "[{"
            ):
                text = cell.strip()
                if len(text) <= LONGEST_EMPTY_WORD and (not text or text.casefold() in empty):
                    continue
                places = CellPlaces(record, index, 0 if text == cell else cell.find(text[0]))
                found.append(Segment(name, role, text, places, attribute, language))
            else:
                found += self._cut(cells, cell, column, record)
        return found

    def _cut(
        self, cells: list[str], cell: str, column: Column, record: DelimitedRecord
    ) -> Iterator[Segment]:
        """Yield the segments of a cell that is more than plain text."""
        if column.role is Role.PRICE:
            currency = row_currency(self.layout, cells)
            column = replace(column, attribute=column.attribute or currency)
        if self.layout.role_from and column.role is Role.DESCRIPTION:
            at, roles = self.layout.role_from
            role = roles.get(cells[at].strip(), "description")
            if role is None:
                return
            column = replace(column, role=Role(role))
        option = None if column.name_at is None else self._option(cells, column.name_at)
        yield from segments(column, cell, record, column.index, option)

    def _option(self, cells: list[str], name_at: int) -> str:
        """Return an option's name; variants leave it to the first record of their product."""
        owner = cells[self.layout.ids[0]] if self.layout.ids else ""
        if owner != self.owner:
            self.owner = owner
            self.options.clear()
        if cells[name_at].strip():
            self.options[name_at] = cells[name_at]
        return self.options.get(name_at, "") if owner else cells[name_at]

    def _mend(self, cells: list[str], raw: str, line: int) -> None:
        """Bring a ragged record to the width of the header and say so."""
        count = len(cells)
        surplus = [cell for cell in cells[self.width :] if cell.strip()]
        if count < self.width or surplus:
            message = f"{count} cells here, {self.width} columns in the header"
            if "\n" in raw.rstrip("\r\n"):
                message += "; this record runs over several lines: is a quote left open?"
            self.notices.add(message, line, 1, kind="another number of cells than the header")
        cells += [""] * (self.width - count)


def _quick(column: Column, layout: Layout) -> str | None:
    """Return what a plain cell of this column must not hold to be one segment as it stands.

    None: it is never that simple.
    """
    if column.named or column.name_at is not None or len(column.separators) > 1:
        return None
    if column.role is Role.PRICE and layout.currencies:
        return None
    if column.underscores or layout.role_from:
        return None
    return column.separators
