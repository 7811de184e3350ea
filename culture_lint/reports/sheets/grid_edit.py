"""Change a sheet of a workbook as it streams by: cells are added and coloured, the rest is copied."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from culture_lint.frozen import frozen
from culture_lint.reports.sheets.package import RELATIONS, Package
from culture_lint.reports.sheets.xml_edit import (
    ATTRIBUTES,
    Edit,
    Node,
    appended,
    edited,
    escaped,
    letters,
    number_of,
    outline,
    quoted,
    utf8,
    with_attribute,
)

_DATA = re.compile(rb"<((?:[\w.-]+:)?)sheetData\s*(?:" + ATTRIBUTES + rb")>")
#: What may stand between rows.
_BETWEEN = rb"(?:\s|<!--.*?-->|<\?.*?\?>)*"
_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d+)["']""")
_REF = re.compile(rb"""\sr\s*=\s*["']\s*([A-Za-z]+)\d+\s*["']""")
_STYLE = re.compile(rb"""\ss\s*=\s*["'](\d+)["']""")
_SPANS = re.compile(rb"""\sspans\s*=\s*(?:"[^"]*"|'[^']*')""")
#: A row that does not end within so many bytes is no row.
_LONGEST = 256 << 20
#: So many bytes that have been passed on are kept before they are let go.
_DONE = 1 << 20
#: What stands before a filter, and what behind the drawing of comments, in a sheet's part.
_BEFORE_FILTER = ("sheetData", "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios")
_AFTER_DRAWING = (
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)


@dataclass(slots=True)
class GridRow:
    """A row as it stands: its number (from 1), what is before it, its tags, its cells."""

    number: int
    before: bytes
    tag: bytes
    body: bytes
    end: bytes

    @property
    def raw(self) -> bytes:
        """All of it."""
        return self.before + self.tag + self.body + self.end


@frozen
class Cell:
    """A cell as it stands in a row's body; ``column`` counts from 0."""

    column: int
    start: int
    end: int
    tag_end: int
    style: int


class Rows:
    """A sheet's part taken apart: ``head`` up to the first row, the rows, ``tail`` behind the last.

    Raises:
        ValueError: If it does not look like a sheet.
    """

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._buffer = b""
        while (found := _DATA.search(self._buffer)) is None:
            if not self._more():
                raise ValueError("it has no rows")
        self.prefix = found[1]
        self.head = utf8(self._buffer[: found.end()])
        self._at = found.end()
        self.tail = b""
        self._row = re.compile(
            rb"(?P<before>%b)(?P<tag><%brow(?=[\s/>])%b(?P<empty>/?)>)"
            % (_BETWEEN, self.prefix, ATTRIBUTES),
            re.DOTALL,
        )
        self._ended = re.compile(_BETWEEN + rb"</" + self.prefix + rb"sheetData\s*>", re.DOTALL)
        self._close = b"</" + self.prefix + b"row>"
        self._cell = re.compile(
            rb"<%bc(?=[\s/>])(?P<attributes>%b)(?:/>|>.*?</%bc\s*>)"
            % (self.prefix, ATTRIBUTES, self.prefix),
            re.DOTALL,
        )
        self._last = b"<" + self.prefix + b"c "

    def __iter__(self) -> Iterator[GridRow]:
        number = 0
        if self.head.rstrip().endswith(b"/>"):
            self.tail = self._rest()
            return
        while True:
            if self._at > _DONE:
                self._buffer = self._buffer[self._at :]
                self._at = 0
            found = self._row.match(self._buffer, self._at)
            if found is None:
                if self._ended.match(self._buffer, self._at):
                    self.tail = self._rest()
                    return
                if self._more():
                    continue
                raise ValueError("its rows do not end")
            before, tag = found["before"], found["tag"]
            named = _NUMBER.search(tag)
            number = int(named[1]) if named else number + 1
            if found["empty"]:
                self._at = found.end()
                yield GridRow(number, before, tag, b"", b"")
                continue
            end = self._end(found.end())
            body = self._buffer[found.end() : end]
            close = self._buffer.index(b">", end) + 1
            self._at = close
            yield GridRow(number, before, tag, body, self._buffer[end:close])

    def _end(self, start: int) -> int:
        """Return where the end tag of the row stands whose cells begin at ``start``."""
        close = self._close[:-1]
        at = start
        while True:
            end = self._buffer.find(close, at)
            mark = self._buffer.find(b"<!", at, end if end >= 0 else len(self._buffer))
            if 0 <= mark <= len(self._buffer) - len("<![CDATA["):
                # What stands in a comment or in CDATA ends nothing.
                last = b"-->" if self._buffer.startswith(b"<!--", mark) else b"]]>"
                closed = self._buffer.find(last, mark)
                if closed >= 0:
                    at = closed + len(last)
                    continue
            elif mark < 0 <= end and self._buffer.find(b">", end) >= 0:
                return end
            if len(self._buffer) - start > _LONGEST or not self._more():
                raise ValueError("a row does not end")
            at = mark if mark >= 0 else end if end >= 0 else max(start, at)

    def _more(self) -> bool:
        piece = next(self._pieces, b"")
        self._buffer += piece
        return bool(piece)

    def _rest(self) -> bytes:
        return self._buffer[self._at :] + b"".join(self._pieces)

    def width(self, row: GridRow) -> int:
        """Return how many columns a row reaches over."""
        at = row.body.rfind(self._last)
        if at < 0:
            return sum(1 for _ in self._cell.finditer(row.body))
        named = _REF.search(row.body, at, row.body.find(b">", at) + 1)
        if named is None:
            return max((cell.column + 1 for cell in self.cells(row)), default=0)
        return number_of(named[1].decode().upper()) + 1

    def cells(self, row: GridRow) -> Iterator[Cell]:
        """Yield the cells of a row."""
        column = -1
        for found in self._cell.finditer(row.body):
            attributes = found["attributes"]
            named = _REF.search(attributes)
            column = number_of(named[1].decode().upper()) if named else column + 1
            style = _STYLE.search(attributes)
            yield Cell(
                column,
                found.start(),
                found.end(),
                found.end("attributes"),
                int(style[1]) if style else 0,
            )

    def element(self, row: GridRow, cell: Cell) -> ET.Element:
        """Return a cell as a tree."""
        root = re.search(rb"<(?:[\w.-]+:)?worksheet(" + ATTRIBUTES + rb")/?>", self.head)
        declared = root[1] if root else b""
        names = b"".join(
            b" " + found[0]
            for found in re.finditer(rb"""xmlns(?::[\w.-]+)?\s*=\s*(?:"[^"]*"|'[^']*')""", declared)
        )
        wrapped = b"<w" + names + b">" + row.body[cell.start : cell.end] + b"</w>"
        return ET.fromstring(wrapped)[0]


def cell_value(element: ET.Element) -> tuple[str | None, int | None]:
    """Return a cell's text, or the number of the shared text that it holds."""
    kind = element.get("t", "n")
    value = next((one.text or "" for one in element if _local(one) == "v"), None)
    if kind == "s":
        return None, int(value) if value and value.strip().isdecimal() else None
    if kind == "inlineStr":
        return next((rich_text(one) for one in element if _local(one) == "is"), ""), None
    return (value, None) if kind == "str" else (None, None)


def rich_text(element: ET.Element) -> str:
    """Return the text of runs, without the reading of characters (furigana)."""
    parts = []
    for one in element:
        if _local(one) == "t":
            parts.append(one.text or "")
        elif _local(one) == "r":
            parts += [text.text or "" for text in one if _local(text) == "t"]
    return "".join(parts)


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


_SHARED = re.compile(rb"<((?:[\w.-]+:)?)si(?:\s*/>|\s[^>]*>|>)")


def shared_texts(package: Package, wanted: set[int]) -> dict[int, str]:
    """Return the shared texts with these numbers; the others are read past."""
    if not wanted:
        return {}
    parts = package.related(package.workbook(), "sharedStrings")
    if not parts:
        return {}
    found: dict[int, str] = {}
    last = max(wanted)
    buffer = b""
    number = -1
    for piece in package.stream(parts[0]):
        buffer += piece
        at = 0
        while (start := _SHARED.search(buffer, at)) is not None:
            end = start.end()
            if not start[0].endswith(b"/>"):
                close = buffer.find(b"</" + start[1] + b"si>", start.end())
                if close < 0:
                    break
                end = close + len(start[1]) + 5
            number += 1
            if number in wanted:
                raw = buffer[start.start() : end].replace(b"<" + start[1], b"<")
                raw = raw.replace(b"</" + start[1], b"</") if start[1] else raw
                found[number] = rich_text(ET.fromstring(raw))
            at = end
        buffer = buffer[at:]
        if number >= last:
            break
    return found


def text_cell(prefix: bytes, ref: str, text: str, style: int | None = None) -> bytes:
    """Return a cell that holds text, whatever it looks like; nothing for no text."""
    if not text:
        return b""
    p = prefix
    s = b' s="%d"' % style if style is not None else b""
    return b'<%bc r="%b"%b t="inlineStr"><%bis><%bt xml:space="preserve">%b</%bt></%bis></%bc>' % (
        p, ref.encode(), s, p, p, escaped(text), p, p, p,
    )  # fmt: skip


def number_cell(prefix: bytes, ref: str, number: float | None, style: int) -> bytes:
    """Return a cell that holds a number with one decimal; nothing for none."""
    if number is None:
        return b""
    p = prefix
    return b'<%bc r="%b" s="%d"><%bv>%.1f</%bv></%bc>' % (p, ref.encode(), style, p, number, p, p)


def changed_row(
    rows: Rows,
    row: GridRow,
    new: bytes,
    style_of: Callable[[Cell], int | None],
    own: tuple[int, int] | None,
    look: bool,
) -> bytes:
    """Return a row with cells behind its last one.

    Args:
        rows: The sheet.
        row: The row.
        new: The cells to add.
        style_of: The format that a cell gets, None to leave it.
        own: The first and the last column that go, because an earlier run has added them.
        look: Whether any cell may get another format.
    """
    tag, body, end = row.tag, row.body, row.end
    edits: list[Edit] = []
    if look or own:
        for cell in rows.cells(row):
            if own and own[0] <= cell.column <= own[1]:
                edits.append((cell.start, cell.end, b""))
                continue
            style = style_of(cell) if look else None
            if style is not None:
                start_tag = body[cell.start : cell.tag_end]
                edits.append(
                    (cell.start, cell.tag_end, with_attribute(start_tag, b"s", b"%d" % style))
                )
    if not edits and not new:
        return row.raw
    if edits:
        body = edited(body, edits)
    if not end:
        if not new:
            return row.raw
        tag, end = tag.rstrip()[:-2].rstrip() + b">", b"</" + rows.prefix + b"row>"
    return row.before + _SPANS.sub(b"", tag) + body + new + end


def finished(
    rows: Rows,
    *,
    width: int,
    last_row: int,
    first: int,
    widths: Mapping[int, float],
    filter_from: tuple[int, int] | None,
    drawing: str,
) -> tuple[bytes, bytes]:
    """Return head and tail of a sheet with all that added columns need.

    Args:
        rows: The sheet, read to its end.
        width: How many columns it has now.
        last_row: Its last row.
        first: The first added column, from 0.
        widths: The width of each added column.
        filter_from: Row (from 1) and column (from 0) at which a filter begins; None for none.
        drawing: The relationship of the drawing of its comments, "" where it has one already.
    """
    data = rows.head + rows.tail
    root = outline(data)
    p = root.prefix
    edits: list[Edit] = []
    size = root.child("dimension")
    if size is not None:
        ref = size.get("ref").partition(":")[0] or "A1"
        tag = data[size.start : size.inner]
        area = f"{ref}:{letters(width - 1)}{last_row}".encode()
        edits.append((size.start, size.inner, with_attribute(tag, b"ref", area)))
    edits += _columns(data, p, root, first, widths)
    if filter_from is not None:
        edits += _filtered(data, p, filter_from, width, last_row)
    if drawing:
        new = b'<%blegacyDrawing xmlns:r="%b" r:id=%b/>' % (
            p,
            RELATIONS.encode(),
            quoted(drawing),
        )
        after = next((one for one in root.children if one.name in _AFTER_DRAWING), None)
        at = after.start if after else root.close
        edits.append((at, at, new))
    cut = len(rows.head)
    head = edited(data[:cut], [one for one in edits if one[1] <= cut])
    tail = edited(data[cut:], [(a - cut, b - cut, t) for a, b, t in edits if b > cut or a >= cut])
    return head, tail


def _columns(
    data: bytes, p: bytes, root: Node, first: int, widths: Mapping[int, float]
) -> list[Edit]:
    """Return the edits that give the added columns their widths and leave the others theirs."""
    last = max(widths, default=first)
    new = b"".join(
        b'<%bcol min="%d" max="%d" width="%.1f" customWidth="1"/>' % (p, at + 1, at + 1, size)
        for at, size in sorted(widths.items())
    )
    cols = root.child("cols")
    if cols is None:
        at = next(one.start for one in root.children if one.name == "sheetData")
        return [(at, at, b"<%bcols>%b</%bcols>" % (p, new, p))]
    edits: list[Edit] = []
    behind: list[bytes] = []
    for one in cols.children:
        low, high = int(one.get("min", "1")), int(one.get("max", "1"))
        if high <= first:
            continue
        tag = data[one.start : one.end]
        before = with_attribute(tag, b"max", b"%d" % first) if low <= first else b""
        edits.append((one.start, one.end, before))
        if high > last + 1:
            behind.append(with_attribute(tag, b"min", b"%d" % max(low, last + 2)))
    return [*edits, appended(data, cols, new + b"".join(behind))]


def _filtered(
    data: bytes, p: bytes, start: tuple[int, int], width: int, last_row: int
) -> list[Edit]:
    """Return the edits that put a filter over the sheet, or widen the one there is."""
    root = outline(data)
    area = f"{letters(start[1])}{start[0]}:{letters(width - 1)}{last_row}".encode()
    known = root.child("autoFilter")
    if known is not None:
        tag = data[known.start : known.inner]
        return [(known.start, known.inner, with_attribute(tag, b"ref", area))]
    before = [one for one in root.children if one.name in _BEFORE_FILTER]
    at = before[-1].end
    return [(at, at, b'<%bautoFilter ref="%b"/>' % (p, area))]
