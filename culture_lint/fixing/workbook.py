"""Replace texts in the cells of a workbook (XLSX); all other parts of it stay as they are.

A cell's text mostly stands in a table that cells share, so a fixed one gets a row of its own at the
end of that table: other cells with the same text keep theirs. Formatting within a cell is kept.
"""

from __future__ import annotations

import html
import io
import itertools
import re
import zipfile
from collections.abc import Sequence
from functools import cached_property
from xml.sax.saxutils import escape

from culture_lint.fixing.changes import Hunk, ItemChange
from culture_lint.fixing.encode import Site, refusal, unfaithful
from culture_lint.fixing.textfile import UnwritableError
from culture_lint.frozen import frozen
from culture_lint.sources.grid import GridRow
from culture_lint.sources.items import Item, Segment
from culture_lint.sources.places import CellPlaces

_TEXTS = "xl/sharedStrings.xml"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ENTRY = re.compile(r"<((?:\w+:)?)si\b[^<>]*?(?:/>|>.*?</\1si>)", re.DOTALL)
_PHONETIC = re.compile(r"<((?:\w+:)?)rPh\b.*?</\1rPh>", re.DOTALL)
_TEXT = re.compile(r"(<((?:\w+:)?)t\b[^<>]*?(?<!/)>)(.*?)(</\2t>)", re.DOTALL)
_VALUE = re.compile(r"(<((?:\w+:)?)v\b[^<>]*>)\s*(\d+)\s*(</\2v>)")
_KIND = re.compile(r'\st="(\w+)"')
_UNIQUE = re.compile(r'(<(?:\w+:)?sst\b[^<>]*?\suniqueCount=")(\d+)(")')
_END = re.compile(r"</(?:\w+:)?sst\s*>")
_DECLARED = re.compile(rb"""<\?xml[^>]*\sencoding=["']([\w.-]+)""")


@frozen
class _Change:
    """New texts for the spans of one cell."""

    row: int
    column: int
    text: str
    spans: tuple[tuple[int, int, str], ...]

    @property
    def name(self) -> str:
        """The cell as a spreadsheet names it."""
        letters, number = "", self.column + 1
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(65 + rest) + letters
        return f"{letters}{self.row}"

    @property
    def new(self) -> str:
        """Its text with the spans replaced."""
        text = self.text
        for start, end, say in sorted(self.spans, reverse=True):
            text = text[:start] + say + text[end:]
        return text


class WorkbookWriter:
    """Puts edits into a workbook (see `changes.Writer`)."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._made: dict[bytes, list[Hunk]] = {}
        self._parts: dict[str, str] = {}

    def refusal(self, item: Item, segment: int, start: int, end: int, new: str) -> str:
        """Return why a text cannot stand in place of a span of a segment, empty if it may."""
        one = item.segments[segment]
        found = _cell(one)
        if found is None:
            return "the place in the file is not clear"
        place = one.places.place(start, end)
        site = Site(found[1], place.column - 1, place.end_column - 1, ".xlsx")
        if site.raw != one.places.source(start, end):
            return "the place in the file is not clear"
        return unfaithful(one.text[start:end], site) or refusal(new, site)

    def written(self, changes: Sequence[tuple[ItemChange, int]]) -> bytes:
        """Return the whole workbook with changes made; there is one way to write each.

        Raises:
            UnwritableError: If a cell is a formula, or its formatting changes within the words.
        """
        by_sheet: dict[str, list[_Change]] = {}
        for one in _joined(changes):
            by_sheet.setdefault(self._sheet(*one), []).append(one[1])
        texts = _Texts(self._part(_TEXTS) if _TEXTS in self._names else "")
        new: dict[str, str] = {}
        hunks: list[Hunk] = []
        for part, cells in by_sheet.items():
            sheet = _Cells(self._part(part))
            for cell in sorted(cells, key=lambda one: (one.row, one.column), reverse=True):
                sheet.replace(cell, texts)
            new[part] = sheet.xml
            title = next(title for title, name in self._sheets if name == part)
            hunks += [
                Hunk(cell.row, (cell.text,), (cell.new,), f"{title}!{cell.name}")
                for cell in sorted(cells, key=lambda one: (one.row, one.column))
            ]
        if texts.grown:
            new[_TEXTS] = texts.xml
        data = self._packed(new)
        self._made[data] = hunks
        return data

    def hunks(self, new: bytes) -> list[Hunk]:
        """Return the cells that differ in a workbook that `written` has returned."""
        return self._made.get(new, [])

    @cached_property
    def _archive(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(io.BytesIO(self._data))

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(self._archive.namelist())

    @cached_property
    def _sheets(self) -> list[tuple[str, str]]:
        """The title and the part of every sheet, in the order of the workbook."""
        from xml.etree import ElementTree

        related = ElementTree.fromstring(self._archive.read("xl/_rels/workbook.xml.rels"))
        targets = {
            one.get("Id"): str(one.get("Target")).removeprefix("/xl/").removeprefix("./")
            for one in related
        }
        book = ElementTree.fromstring(self._archive.read("xl/workbook.xml"))
        return [
            (str(one.get("name")), f"xl/{targets[one.get(_RELATION)]}")
            for one in book.iter()
            if one.tag.endswith("}sheet") and one.get(_RELATION) in targets
        ]

    @cached_property
    def _texts(self) -> _Texts:
        """The table of texts, empty where the workbook has none."""
        return _Texts(self._part(_TEXTS) if _TEXTS in self._names else "")

    def _part(self, name: str) -> str:
        found = self._parts.get(name)
        if found is None:
            found = self._parts[name] = self._decoded(name)
        return found

    def _decoded(self, name: str) -> str:
        data = self._archive.read(name)
        declared = _DECLARED.match(data.removeprefix(b"\xef\xbb\xbf"))
        if declared and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii"):
            raise UnwritableError("its parts are not in UTF-8; save it again")
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            raise UnwritableError("its parts are not in UTF-8; save it again") from None

    def _sheet(self, field: str, change: _Change) -> str:
        """Return the part of the sheet that a cell with a text stands in."""
        named = [part for title, part in self._sheets if field.startswith(f"{title}!")]
        for part in named or [part for _, part in self._sheets]:
            if part in self._names and self._holds(part, change):
                return part
        raise UnwritableError("its cell cannot be found")

    def _holds(self, part: str, change: _Change) -> bool:
        found = _Cells(self._part(part)).find(change.name)
        return found is not None and _said(found, self._texts) == change.text

    def _packed(self, new: dict[str, str]) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as target:
            target.comment = self._archive.comment
            for info in self._archive.infolist():
                text = new.get(info.filename)
                data = self._archive.read(info) if text is None else text.encode("utf-8")
                # A copy: writing sets its sizes and offsets.
                made = zipfile.ZipInfo(info.filename, info.date_time)
                made.compress_type, made.create_system = info.compress_type, info.create_system
                made.external_attr, made.comment = info.external_attr, info.comment
                target.writestr(made, data)
        return out.getvalue()


def _cell(segment: Segment) -> tuple[GridRow, str, int] | None:
    """Return the row, the text and the column of the cell that a segment was cut from."""
    places = segment.places
    if not isinstance(places, CellPlaces) or not isinstance(places.record, GridRow):
        return None
    if not isinstance(places.ref, int):
        return None
    return places.record, places.record.cells[places.ref], places.ref


def _joined(changes: Sequence[tuple[ItemChange, int]]) -> list[tuple[str, _Change]]:
    """Return the changes by cell, each with the field that it was read as."""
    found: dict[tuple[str, int, int], tuple[str, _Change]] = {}
    for change, _ in changes:
        for number, edits in change.edits.items():
            segment = change.item.segments[number]
            cell = _cell(segment)
            if cell is None:
                raise UnwritableError("the place in the file is not clear")
            record, text, column = cell
            spans = set()
            for edit in edits:
                place = segment.places.place(edit.start, edit.end)
                spans.add((place.column - 1, place.end_column - 1, edit.text))
            key = (segment.field, record.line, column)
            if key in found:
                spans |= set(found[key][1].spans)
            ordered = tuple(sorted(spans))
            if any(one[1] > two[0] for one, two in itertools.pairwise(ordered)):
                raise UnwritableError("two texts are made from the same words of the file")
            found[key] = (segment.field, _Change(record.line, column, text, ordered))
    return list(found.values())


class _Texts:
    """The table of texts that cells share; new ones are added at its end."""

    def __init__(self, xml: str) -> None:
        self.xml = xml
        self.grown = 0
        self._entries = [found.span() for found in _ENTRY.finditer(xml)]
        self._added: dict[str, int] = {}

    def entry(self, number: int) -> str:
        """Return an entry as it is written."""
        if number >= len(self._entries):
            raise UnwritableError("its table of texts is damaged")
        start, end = self._entries[number]
        return self.xml[start:end]

    def add(self, entry: str) -> int:
        """Return the number of a new entry."""
        known = self._added.get(entry)
        if known is not None:
            return known
        number = len(self._entries) + self.grown
        end = self.xml.rfind("</")
        if _END.match(self.xml, end) is None:
            raise UnwritableError("its table of texts is damaged")
        self.xml = self.xml[:end] + entry + self.xml[end:]
        self.xml = _UNIQUE.sub(
            lambda found: f"{found[1]}{int(found[2]) + 1}{found[3]}", self.xml, count=1
        )
        self.grown += 1
        self._added[entry] = number
        return number


class _Cells:
    """The cells of one sheet."""

    def __init__(self, xml: str) -> None:
        self.xml = xml

    def span(self, name: str) -> tuple[int, int] | None:
        """Return where a cell stands, None if the sheet has none of that name."""
        found = re.compile(
            rf'<((?:\w+:)?)c\b[^<>]*?\sr="{name}"[^<>]*?(?:/>|>.*?</\1c>)', re.DOTALL
        ).search(self.xml)
        return found.span() if found else None

    def find(self, name: str) -> str | None:
        """Return a cell as it is written."""
        span = self.span(name)
        return self.xml[slice(*span)] if span else None

    def replace(self, change: _Change, texts: _Texts) -> None:
        """Give a cell its new text."""
        span = self.span(change.name)
        if span is None:
            raise UnwritableError("its cell cannot be found")
        raw = self.xml[slice(*span)]
        value = _VALUE.search(raw)
        if _kind(raw) == "s" and value is not None:
            number = texts.add(_rewritten(texts.entry(int(value[3])), change))
            new = raw[: value.start(3)] + str(number) + raw[value.end(3) :]
        else:
            new = _rewritten(raw, change)
        self.xml = self.xml[: span[0]] + new + self.xml[span[1] :]


def _kind(cell: str) -> str:
    found = _KIND.search(cell, 0, cell.find(">"))
    return found[1] if found else "n"


def _said(cell: str, texts: _Texts) -> str | None:
    """Return the text of a cell as it is written, None where it is no text or is worked out."""
    kind, value = _kind(cell), _VALUE.search(cell)
    if kind == "s" and value is not None:
        return "".join(text for _, _, text in _runs(texts.entry(int(value[3]))))
    if kind == "inlineStr":
        return "".join(text for _, _, text in _runs(cell))
    return None


def _runs(xml: str) -> list[tuple[int, int, str]]:
    """Return the stretches of text in an entry or a cell: where they stand, and what they say."""
    spoken = [found.span() for found in _PHONETIC.finditer(xml)]
    return [
        (*found.span(3), html.unescape(found[3]))
        for found in _TEXT.finditer(xml)
        if not any(start <= found.start() < end for start, end in spoken)
    ]


def _rewritten(xml: str, change: _Change) -> str:
    """Return an entry or a cell with spans of its text replaced."""
    runs = _runs(xml)
    if "".join(text for _, _, text in runs) != change.text:
        raise UnwritableError("its text is written in a way that is not known")
    for start, end, say in sorted(change.spans, reverse=True):
        number, at = _run_with(runs, start, end)
        first, last, text = runs[number]
        new = text[: start - at] + say + text[end - at :]
        written = escape(new)
        xml = xml[:first] + written + xml[last:]
        runs[number] = (first, first + len(written), new)
    return xml


def _run_with(runs: Sequence[tuple[int, int, str]], start: int, end: int) -> tuple[int, int]:
    """Return the number of the stretch that holds a span of a text, and where that one begins."""
    at = 0
    for number, (_, _, text) in enumerate(runs):
        if at <= start and end <= at + len(text):
            return number, at
        at += len(text)
    raise UnwritableError("its formatting changes within these words")
