"""Comments on the cells of findings, beside those that are there already."""

from __future__ import annotations

import re
from collections.abc import Sequence

from culture_lint.reports.plain import line
from culture_lint.reports.sheets.added import Spot, cost
from culture_lint.reports.sheets.package import COMMENTS_TYPE, MAIN, VML_TYPE, Package
from culture_lint.reports.sheets.xml_edit import (
    Edit,
    Node,
    appended,
    cut,
    edited,
    escaped,
    letters,
    number_of,
    outline,
)

AUTHOR = "culture-lint"
#: So many comments a workbook gets, the gravest findings first: with more it opens slowly.
MOST = 5_000
#: Findings told in one comment.
_TOLD = 8
_MOST_CHARACTERS = 4_000
_WIDTH = 45

_COMMENTS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<comments xmlns="{MAIN}"><authors></authors><commentList></commentList></comments>'
).encode()
_NAMES = (
    b' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    b' xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_DRAWING = (
    b"<xml" + _NAMES + b">"
    b'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
_SHAPE_TYPE = (
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    b'<v:shape id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;margin-left:60pt;'
    b'margin-top:2pt;width:260pt;height:%dpt;z-index:%d;visibility:hidden" fillcolor="#ffffe1"'
    b' o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
    b'<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
    b'<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note">'
    b"<x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%d, 15, %d, 2, %d, 30, %d, 4</x:Anchor>"
    b"<x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>"
)
#: Other programs have other prefixes.
_ANY_SHAPE = re.compile(rb"<(?P<p>(?:[\w.-]+:)?)shape[\s>].*?</(?P=p)shape\s*>", re.DOTALL)
_ROW = re.compile(rb"<(?:[\w.-]+:)?Row>\s*(\d+)\s*<")
_COLUMN = re.compile(rb"<(?:[\w.-]+:)?Column>\s*(\d+)\s*<")
_OURS = re.compile(
    rb"(?:\r?\n|&#10;|&#x[aA];|_x000[aA]_)*culture-lint:(?=\r?\n|&#10;|&#x[aA];|_x000)"
)
_BLOCKS = re.compile(rb"""<(?:[\w.-]+:)?idmap\s[^>]*?\bdata\s*=\s*["']([\d,]*)["']""")


def comment_text(spots: Sequence[Spot]) -> str:
    """Return what the comment on a cell says of the findings in it."""
    parts = []
    for spot in spots[:_TOLD]:
        mark = spot.mark
        text = line(mark.text)
        lines = [f"{mark.severity.upper()} {cost([mark])} “{text[:80]}”", mark.message]
        lines.append(f"Why: {mark.why}")
        if mark.instead:
            lines.append(f"Instead: {mark.instead}")
        parts.append("\n".join([*lines, mark.rule]))
    if len(spots) > _TOLD:
        parts.append(f"and {len(spots) - _TOLD} more findings in this cell")
    return cut(f"{AUTHOR}:\n" + "\n\n".join(parts), _MOST_CHARACTERS)


class Comments:
    """The comments of one sheet.

    Args:
        package: The workbook.
        sheet: The sheet's part.
        renewed: Whether comments of an earlier run go.
    """

    def __init__(self, package: Package, sheet: str, *, renewed: bool = False) -> None:
        self._package = package
        parts = package.related(sheet, "comments")
        drawings = package.related(sheet, "vmlDrawing")
        self._part = parts[0] if parts else package.free("xl/culture_lint_comments{}.xml")
        self._drawing = drawings[0] if drawings else package.free("xl/drawings/culture_lint{}.vml")
        self._renewed = renewed
        self._texts: dict[tuple[int, int], str] = {}
        package.type(self._part, COMMENTS_TYPE)
        if not parts:
            package.relate(sheet, "comments", self._part)
        #: What a new ``legacyDrawing`` of the sheet names; "" where the sheet has one.
        self.relation = ""
        if not drawings:
            self.relation = package.relate(sheet, "vmlDrawing", self._drawing)
            package.type("*.vml", VML_TYPE)
        self._comments = package.read(self._part) if parts else _COMMENTS
        self._shapes = package.read(self._drawing) if drawings else _DRAWING
        package.set(self._part, self._comment_part, late=True)
        package.set(self._drawing, self._drawing_part, late=True)

    def add(self, row: int, column: int, text: str) -> None:
        """Comment on a cell, both numbers from 0."""
        self._texts[row, column] = text

    def _comment_part(self) -> Sequence[bytes]:
        data = _without_ours(self._comments) if self._renewed else self._comments
        root = outline(data)
        authors, found = root.child("authors"), root.child("commentList")
        if authors is None or found is None:
            raise self._package.damaged("its comments are in no list")
        p = root.prefix
        known = {one.get("ref"): one for one in found.children}
        edits: list[Edit] = []
        new: list[bytes] = []
        for (row, column), text in sorted(self._texts.items()):
            cell = f"{letters(column)}{row + 1}"
            run = b'<%bt xml:space="preserve">%b</%bt>' % (p, escaped(text), p)
            if cell in known:
                edits += _further(data, known[cell], p, text)
                continue
            new.append(
                b'<%bcomment ref="%b" authorId="%d"><%btext>%b</%btext></%bcomment>'
                % (p, cell.encode(), len(authors.children), p, b"<%br>%b</%br>" % (p, run, p), p, p)
            )
        edits.append(appended(data, authors, b"<%bauthor>%b</%bauthor>" % (p, AUTHOR.encode(), p)))
        edits.append(appended(data, found, b"".join(new)))
        return [edited(data, edits)]

    def _gone(self) -> set[tuple[int, int]]:
        """Return the cells that lose a comment of an earlier run."""
        if not self._renewed:
            return set()
        cells = [_refs(self._comments), _refs(_without_ours(self._comments))]
        return {_cell(ref) for ref in cells[0] - cells[1]}

    def _drawing_part(self) -> Sequence[bytes]:
        data = self._shapes
        gone = self._gone()
        there: set[tuple[int, int]] = set()
        edits: list[Edit] = []
        for shape in _ANY_SHAPE.finditer(data):
            row, column = _ROW.search(shape[0]), _COLUMN.search(shape[0])
            if row is None or column is None:
                continue
            cell = (int(row[1]), int(column[1]))
            if cell in gone:
                edits.append((shape.start(), shape.end(), b""))
            else:
                there.add(cell)
        new = [cell for cell in sorted(self._texts) if cell not in there]
        used = [int(one) for one in re.findall(rb"_x0000_s(\d+)", data)]
        # Ids come in blocks of 1,024, which the drawing lists.
        first = max([1024, *used]) + 1
        blocks = {1, *range(first // 1024, (first + len(new)) // 1024 + 1)}
        shapes = [] if b'id="_x0000_t202"' in data else [_SHAPE_TYPE]
        for number, cell in enumerate(new):
            shapes.append(_shape(first + number, *cell, self._texts[cell]))
        end = data.rfind(b"</xml>")
        if end < 0:
            raise self._package.damaged("the drawing of its comments is cut off")
        if not data.startswith(_DRAWING[: len(_NAMES) + 5]):
            shapes = [re.sub(rb"^<v:\w+", lambda found: found[0] + _NAMES, one) for one in shapes]
        edits.append((end, end, b"".join(shapes)))
        listed = _BLOCKS.search(data)
        if listed is not None:
            every = sorted(blocks | {int(one) for one in listed[1].split(b",") if one})
            text = ",".join(map(str, every)).encode()
            edits.append((listed.start(1), listed.end(1), text))
        return [edited(data, edits)]


def _without_ours(data: bytes) -> bytes:
    """Return comments without what an earlier run has put there.

    Ours is known by how it begins: some programs forget who wrote a comment, or make one run of all.
    """
    found = outline(data).child("commentList")
    edits: list[Edit] = []
    for comment in found.children if found else ():
        body = comment.child("text")
        texts = _texts(body) if body else []
        for number, (_, one) in enumerate(texts):
            ours = _OURS.search(data, one.inner, one.close)
            if ours is None:
                continue
            whole = ours.start() == one.inner
            if whole and not number:
                edits.append((comment.start, comment.end, b""))
                break
            behind = texts[number:] if whole else texts[number + 1 :]
            if not whole:
                edits.append((ours.start(), one.close, b""))
            edits += [(other.start, other.end, b"") for other, _ in behind]
            break
    return edited(data, edits)


def _texts(body: Node) -> list[tuple[Node, Node]]:
    """Return the runs of a comment, each with its text."""
    found = []
    for one in body.children:
        text = one if one.name == "t" else one.child("t") if one.name == "r" else None
        if text is not None:
            found.append((one, text))
    return found


def _refs(data: bytes) -> set[str]:
    found = outline(data).child("commentList")
    return {one.get("ref") for one in found.children} if found else set()


def _cell(ref: str) -> tuple[int, int]:
    name = ref.rstrip("0123456789")
    return int(ref[len(name) :]) - 1, number_of(name)


def _further(data: bytes, comment: Node, prefix: bytes, text: str) -> list[Edit]:
    """Return the edits that put ours behind what somebody has written; a thread is left alone."""
    body = comment.child("text")
    raw = data[comment.start : comment.end]
    if body is None or b"[Threaded comment]" in raw or AUTHOR.encode() + b":" in raw:
        return []
    p = prefix
    run = b'<%br><%bt xml:space="preserve">%b</%bt></%br>' % (p, p, escaped("\n\n" + text), p, p)
    edits: list[Edit] = []
    plain = body.child("t")
    if plain is not None:  # text without a run stands before the runs
        whole = data[plain.start : plain.end]
        edits.append((plain.start, plain.end, b"<%br>%b</%br>" % (p, whole, p)))
    return [*edits, appended(data, body, run)]


def _shape(number: int, row: int, column: int, text: str) -> bytes:
    lines = sum(1 + len(line) // _WIDTH for line in text.split("\n"))
    height = min(20 + 13 * lines, 420)
    top = max(row - 1, 0)
    anchor = (column + 1, top, column + 5, top + max(height // 15, 4))
    return _SHAPE % (number, height, number % 1024, *anchor, row, column)
