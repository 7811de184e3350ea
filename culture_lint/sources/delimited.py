"""Read delimited text (CSV, TSV and their relatives): one item per record."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from culture_lint.errors import Location, SourceError
from culture_lint.frozen import frozen
from culture_lint.sources.dialects import (
    Sample,
    declared_delimiter,
    delimiter_name,
    first_line_names_delimiter,
    sniff,
)
from culture_lint.sources.encoding import Text, joined, open_text
from culture_lint.sources.items import Item, Notice, ReadOptions, Source
from culture_lint.sources.layout import Layout
from culture_lint.sources.notices import Notices
from culture_lint.sources.plain_text import is_table, paragraphs
from culture_lint.sources.recognise import Recognised, recognise
from culture_lint.sources.records import LONGEST_RECORD, DelimitedRecord, Records, TooLongError
from culture_lint.sources.registry import reader
from culture_lint.sources.tables import TableItems

#: So many characters are looked at to find the dialect and the header.
_SAMPLE = 64 * 1024


@frozen
class Table:
    """What the first lines of a delimited file, ``head``, tell of it.

    ``told`` of its records do nothing but name the delimiter.
    """

    head: list[str]
    sample: Sample
    found: Recognised
    told: int


@reader(".csv", ".tsv", ".tab", ".txt")
def read(source: Source, options: ReadOptions) -> Iterator[Item | Notice]:
    """Yield the records of a delimited file as items in file order, after a notice on its columns.

    A ``.txt`` that is no table is prose: its paragraphs are the items.

    Raises:
        SourceError: If the file cannot be read as delimited text with at least one text column.

    """
    notices = Notices(source.path)
    with open_text(source, options.encoding) as text:
        table = recognised(text, source, options)
        if isinstance(table, list):
            yield from paragraphs(
                source.path, joined(itertools.chain(table, text.lines), source.path)
            )
            return
        found, dialect = table.found, table.sample.dialect
        notices.add(f"{found.summary} ({_how(text, table.sample)})")
        lines = itertools.chain(table.head, text.lines)
        records = Records(lines, dialect, notices.add, len(found.layout.names))
        try:
            yield from _items(source.path, found.layout, records, notices, found.skip, table.told)
        except TooLongError as error:
            raise SourceError(
                f"the record that starts here is longer than {LONGEST_RECORD:,} characters; "
                "is this a listing file?",
                Location(source.path, error.line),
            ) from None


def recognised(text: Text, source: Source, options: ReadOptions) -> Table | list[str]:
    """Return what a text is found to be by its first lines, which are read.

    The lines alone come back where it is prose. The first has lost its byte order mark.

    Raises:
        SourceError: If it is empty, or no table with at least one text column.

    """
    delimiter = options.delimiter and declared_delimiter(options.delimiter, source.path)
    head = _head(text)
    if not any(line.strip("\ufeff \t\r\n") for line in head):
        raise SourceError("is empty", Location(source.path))
    whole = sum(map(len, head)) < _SAMPLE
    sample = sniff(head, whole=whole, path=source.path, delimiter=delimiter or None)
    if _may_be_prose(source, options) and not is_table(sample, head):
        return head
    found = recognise(sample.rows, options, source.path)
    return Table(head, sample, found, 1 if first_line_names_delimiter(head) else 0)


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


def _may_be_prose(source: Source, options: ReadOptions) -> bool:
    """Tell whether nothing but its content can say that a file is a table."""
    return source.path.lower().endswith(".txt") and not options.columns and not options.delimiter


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
    build = TableItems(path, layout)
    for cells, raw, line, dialect in rows:
        if layout.comment and cells[0].startswith(layout.comment):
            continue
        if len(cells) != build.width:
            _mend(cells, build.width, raw, line, notices)
        item = build.item(cells, line, DelimitedRecord(raw, line, dialect))
        if notices.waiting:
            yield from notices.take()
        yield item
    yield from notices.rest()


def _mend(cells: list[str], width: int, raw: str, line: int, notices: Notices) -> None:
    """Bring a ragged record to the width of the header and say so."""
    count = len(cells)
    surplus = [cell for cell in cells[width:] if cell.strip()]
    if count < width or surplus:
        message = f"{count} cells here, {width} columns in the header"
        if "\n" in raw.rstrip("\r\n"):
            message += "; this record runs over several lines: is a quote left open?"
        notices.add(message, line, 1, kind="another number of cells than the header")
    cells += [""] * (width - count)
