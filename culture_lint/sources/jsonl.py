"""Read JSON lines: one object a line, one item per line."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from culture_lint.errors import Location, SourceError
from culture_lint.sources.cells import segments
from culture_lint.sources.encoding import open_text
from culture_lint.sources.items import Item, Notice, ReadOptions, Role, Segment, Source
from culture_lint.sources.json_text import Path, decoded, leaves
from culture_lint.sources.layout import Layout
from culture_lint.sources.notices import Notices
from culture_lint.sources.places import LINE_END, Record, Ref, Runs
from culture_lint.sources.recognise import recognise
from culture_lint.sources.records import LONGEST_RECORD
from culture_lint.sources.registry import reader
from culture_lint.sources.rows import item_id, row_currency, row_language, row_markets

#: So many characters, and lines, are looked at to learn the keys.
_SAMPLE = 256 * 1024
_SAMPLE_LINES = 200

#: The values of one object: by dotted key, each with its path.
Values = dict[str, list[tuple[Path, str]]]


class JsonRecord(Record):
    """A line of JSON; a value is found again by its path."""

    __slots__ = ()

    def __reduce__(self) -> tuple[object, ...]:
        return (JsonRecord, (self.raw, self.line))

    def _find(self, ref: Ref) -> Runs:
        found = Runs(())
        for leaf in leaves(self.raw):
            if leaf.path == ref:
                found = Runs(decoded(self.raw, leaf.start, leaf.end)[1])
        return found


@dataclass(frozen=True, slots=True)
class _Line:
    raw: str
    number: int
    values: Values | None
    problem: tuple[str, int] | None = None


@reader(".jsonl", ".ndjson")
def read(source: Source, options: ReadOptions) -> Iterator[Item | Notice]:
    """Yield the objects of a JSON lines file as items in file order, after a notice on its keys.

    Nested keys are read by dotted path. A line that is no object gives a notice and an item
    without segments.

    Raises:
        SourceError: If the file cannot be read, or no key holds text.

    """
    with open_text(source, options.encoding) as text:
        lines = _lines(text.lines, source.path)
        head = _head(lines)
        if not head:
            raise SourceError("is empty", Location(source.path))
        names = list(dict.fromkeys(name for line in head for name in line.values or ()))
        if not names:
            raise SourceError(
                "holds no JSON object; JSON lines have one object a line", Location(source.path)
            )
        rows = [_row(names, line.values) for line in head if line.values]
        found = recognise([names, *rows], options, source.path, named=True)
        notices = Notices(source.path)
        notices.add(f"{found.summary} ({text.encoding_name}; JSON lines)")
        build = _Builder(source.path, found.layout, notices)
        for line in itertools.chain(head, lines):
            item = build.item(line)
            yield from notices.take()
            yield item
        yield from notices.rest()


def _lines(lines: Iterator[str], path: str) -> Iterator[_Line]:
    """Yield the lines that are not blank, parsed, with their physical numbers."""
    number = 1
    after_cr = False
    for raw in lines:
        if len(raw) >= LONGEST_RECORD:
            raise SourceError(
                f"this line is longer than {LONGEST_RECORD:,} characters", Location(path, number)
            )
        if number == 1:
            raw = raw.removeprefix("\ufeff")
        if raw.strip():
            yield _parsed(raw, number)
        if not (after_cr and raw == "\r\n"):
            number += len(LINE_END.findall(raw))
        after_cr = raw.endswith("\r")


def _parsed(raw: str, number: int) -> _Line:
    try:
        value = json.loads(raw.replace("\0", " "), parse_float=str, parse_int=str)
    except json.JSONDecodeError as error:
        return _Line(raw, number, None, (f"not JSON: {error.msg}", error.pos + 1))
    except RecursionError:
        return _Line(raw, number, None, ("nested too deeply", 1))
    if not isinstance(value, dict):
        return _Line(raw, number, None, ("not a JSON object", 1))
    values: Values = {}
    _collect(value, (), "", values)
    return _Line(raw, number, values)


def _collect(value: Any, path: Path, name: str, values: Values) -> None:
    """Add the strings and numbers below ``value``; lists keep the name of their key."""
    if isinstance(value, dict):
        for part, inner in value.items():
            _collect(inner, (*path, part), f"{name}.{part}" if name else part, values)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            _collect(inner, (*path, index), name, values)
    elif isinstance(value, str):
        if not value.isascii():  # a lone half of a surrogate pair is no character
            value = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        values.setdefault(name, []).append((path, value))
    elif value is None:
        values.setdefault(name, [])


def _head(lines: Iterator[_Line]) -> list[_Line]:
    head: list[_Line] = []
    size = 0
    seen = False
    for line in lines:
        head.append(line)
        size += len(line.raw)
        seen = seen or line.values is not None
        if size >= LONGEST_RECORD or (seen and (size >= _SAMPLE or len(head) >= _SAMPLE_LINES)):
            break
    return head


def _row(names: Sequence[str], values: Values) -> list[str]:
    return [", ".join(text for _, text in values.get(name, ())) for name in names]


class _Builder:
    """Makes items from the objects of one file."""

    def __init__(self, path: str, layout: Layout, notices: Notices) -> None:
        self.path = path
        self.layout = layout
        self.notices = notices
        self.number = 0

    def item(self, line: _Line) -> Item:
        """Return the item of one line, without segments when the line is broken."""
        self.number += 1
        if line.values is None:
            what, column = line.problem or ("not a JSON object", 1)
            self.notices.add(f"{what}; this line is left out", line.number, column, kind=what)
            return Item(self.path, str(self.number), line.number, ())
        if "\0" in line.raw:
            self.notices.add(
                "a NUL character, read as blank", line.number, line.raw.index("\0") + 1
            )
        layout = self.layout
        cells = _row(layout.names, line.values)
        found = tuple(self._segments(cells, line))
        return Item(
            self.path,
            item_id(layout, cells, self.number),
            line.number,
            found,
            row_language(layout, cells) if layout.languages else None,
            row_markets(layout, cells),
        )

    def _segments(self, cells: list[str], line: _Line) -> Iterator[Segment]:
        record = JsonRecord(line.raw, line.number)
        for column in self.layout.columns:
            if column.role is Role.PRICE and self.layout.currencies:
                currency = row_currency(self.layout, cells)
                column = replace(column, attribute=column.attribute or currency)
            option = None if column.name_at is None else cells[column.name_at]
            for path, text in (line.values or {}).get(column.name, ()):
                yield from segments(column, text, record, path, option)
