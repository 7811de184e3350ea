"""Read JSON lines: one object a line, one item per line."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator

from culture_lint.errors import Location, SourceError
from culture_lint.frozen import frozen
from culture_lint.sources.encoding import open_text
from culture_lint.sources.items import Item, Notice, ReadOptions, Source
from culture_lint.sources.json_text import decoded, leaves
from culture_lint.sources.layout import Layout
from culture_lint.sources.notices import Notices
from culture_lint.sources.objects import ObjectItems, Values, as_row, collect
from culture_lint.sources.places import LINE_END, Record, Ref, Runs
from culture_lint.sources.recognise import recognise
from culture_lint.sources.records import LONGEST_RECORD
from culture_lint.sources.registry import reader

#: So many characters, and lines, are looked at to learn the keys.
_SAMPLE = 256 * 1024
_SAMPLE_LINES = 200


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


@frozen
class _Line:
    raw: str
    number: int
    values: Values | None
    problem: tuple[str, int] | None = None


@reader(".jsonl", ".ndjson")
def read(source: Source, options: ReadOptions) -> Iterator[Item | Notice]:
    """Yield the objects of a JSON lines file as items in file order, after a notice on its keys.

    Nested keys are read by dotted path. A line that is no object gives an item without segments.

    Raises:
        SourceError: If the file cannot be read, no key holds text, or, when all the others have
            been given, if a line is no object.

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
        rows = [as_row(names, line.values) for line in head if line.values]
        found = recognise([names, *rows], options, source.path, named=True)
        notices = Notices(source.path)
        notices.add(f"{found.summary} ({text.encoding_name}; JSON lines)")
        build = _Builder(source.path, found.layout, notices)
        for line in itertools.chain(head, lines):
            item = build.item(line)
            yield from notices.take()
            yield item
        yield from notices.rest()
        if build.broken is not None:
            raise _broken(source.path, build.broken, build.count)


def _broken(path: str, line: _Line, count: int) -> SourceError:
    what, column = line.problem or ("not a JSON object", 1)
    more = f", and {count - 1:,} more are none" if count > 1 else ""
    return SourceError(
        f"this line is {what}{more}; the other lines are checked",
        Location(path, line.number, column),
    )


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
        value = json.loads(raw.rstrip("\r\n").replace("\0", " "), parse_float=str, parse_int=str)
    except json.JSONDecodeError as error:
        what = error.msg[:1].lower() + error.msg[1:].removesuffix(" at").removesuffix(" starting")
        return _Line(raw, number, None, (f"not JSON ({what})", error.pos + 1))
    except RecursionError:
        return _Line(raw, number, None, ("nested too deeply", 1))
    if not isinstance(value, dict):
        return _Line(raw, number, None, ("not a JSON object", 1))
    values: Values = {}
    collect(value, (), "", values)
    return _Line(raw, number, values)


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


class _Builder:
    """Makes items from the lines of one file."""

    def __init__(self, path: str, layout: Layout, notices: Notices) -> None:
        self.path = path
        self.objects = ObjectItems(path, layout)
        self.notices = notices
        self.number = 0
        #: The first line that holds no object, and how many there are.
        self.broken: _Line | None = None
        self.count = 0

    def item(self, line: _Line) -> Item:
        """Return the item of one line, without segments when the line is broken."""
        self.number += 1
        if line.values is None:
            self.broken = self.broken or line
            self.count += 1
            return Item(self.path, str(self.number), line.number, ())
        if "\0" in line.raw:
            self.notices.add(
                "a NUL character, read as blank", line.number, line.raw.index("\0") + 1
            )
        record = JsonRecord(line.raw, line.number)
        return self.objects.item(line.values, self.number, line.number, record)
