"""The styles of a workbook with ours added: a cell keeps its format and gets another ground."""

from __future__ import annotations

from culture_lint.reports.sheets.xml_edit import (
    Edit,
    Node,
    appended,
    counted,
    edited,
    outline,
    with_attribute,
)

#: Grounds by severity, light enough for black text (contrast above 10 to 1).
GROUNDS = {"blocker": "FFF4A6A6", "major": "FFFFCF94", "minor": "FFFFF1A8", "info": "FFD6E6F7"}
#: Grounds of scores: below 60, below 90.
LOW, MIDDLING = GROUNDS["blocker"], GROUNDS["minor"]
#: The styles of a new workbook; the second format is for names of columns, the third for titles.
PLAIN = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
    b'<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    b'<fills count="2"><fill><patternFill patternType="none"/></fill>'
    b'<fill><patternFill patternType="gray125"/></fill></fills>'
    b'<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    b'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    b'<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    b'<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    b'<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    b"</styleSheet>"
)


class Styles:
    """Formats of a workbook, and those that are made of them.

    Args:
        data: The part with the styles.

    Raises:
        ValueError: If it has no cell formats.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._root = outline(data)
        formats, fills, fonts = (self._root.child(n) for n in ("cellXfs", "fills", "fonts"))
        if formats is None or fills is None or fonts is None or not formats.children:
            raise ValueError("the styles hold no cell formats")
        self._formats, self._fills, self._fonts = formats, fills, fonts
        self._prefix = formats.prefix
        self._known = [data[one.start : one.end] for one in formats.all("xf")]
        self._made: list[bytes] = []
        self._by_key: dict[tuple[object, ...], int] = {}
        self._grounds: list[str] = []
        self._numbers = False
        self._bold = False
        self._own_fills = {
            number
            for number, fill in enumerate(fills.all("fill"))
            if any(ground.encode() in data[fill.start : fill.end] for ground in GROUNDS.values())
        }

    def grounded(self, base: int, ground: str) -> int:
        """Return the format that is ``base`` on another ground (ARGB)."""
        return self._format(("ground", base, ground), base, fill=ground)

    def coloured(self) -> dict[int, int]:
        """Return the formats that stand on a ground of ours, each with one that does not."""
        return {
            number: self._format(("plain", number), number, fill="")
            for number, xf in enumerate(list(self._known))
            if self._fill_of(xf) in self._own_fills
        }

    def score(self, cai: float | None) -> int:
        """Return the format of a score: one decimal, and a ground where it is low."""
        ground = None if cai is None or cai >= 90 else MIDDLING if cai >= 60 else LOW
        return self._format(("score", ground), 0, fill=ground, number=True)

    def text(self) -> int:
        """Return the format of text that is never to become a formula when it is edited."""
        return self._format(("text",), 0, literal=True)

    def bold(self) -> int:
        """Return the format of a heading."""
        return self._format(("bold",), 0, bold=True)

    def _format(
        self,
        key: tuple[object, ...],
        base: int,
        *,
        fill: str | None = None,
        number: bool = False,
        literal: bool = False,
        bold: bool = False,
    ) -> int:
        found = self._by_key.get(key)
        if found is not None:
            return found
        raw = self._known[base] if base < len(self._known) else self._known[0]
        end = raw.index(b">") + 1
        tag, rest = raw[:end], raw[end:]
        if fill is not None:
            tag = with_attribute(tag, b"fillId", b"%d" % self._ground(fill))
            tag = with_attribute(tag, b"applyFill", b"1")
        if number:
            self._numbers = True
            tag = with_attribute(tag, b"numFmtId", b"%d" % self._number_id())
            tag = with_attribute(tag, b"applyNumberFormat", b"1")
        if literal:
            tag = with_attribute(tag, b"quotePrefix", b"1")
        if bold:
            self._bold = True
            tag = with_attribute(tag, b"fontId", b"%d" % len(self._fonts.all("font")))
            tag = with_attribute(tag, b"applyFont", b"1")
        self._made.append(tag + rest)
        self._by_key[key] = len(self._known) + len(self._made) - 1
        return self._by_key[key]

    @staticmethod
    def _fill_of(xf: bytes) -> int:
        value = outline(xf).get("fillId", "0")
        return int(value) if value.isdecimal() else 0

    def _ground(self, argb: str) -> int:
        if not argb:
            return 0
        if argb not in self._grounds:
            self._grounds.append(argb)
        return len(self._fills.all("fill")) + self._grounds.index(argb)

    def _number_id(self) -> int:
        formats = self._root.child("numFmts")
        used = [one.get("numFmtId") for one in formats.children] if formats else []
        return max([163, *(int(one) for one in used if one.isdecimal())]) + 1

    def data(self) -> bytes:
        """Return the part."""
        edits: list[Edit] = []
        p = self._prefix
        fills = b"".join(
            b'<%bfill><%bpatternFill patternType="solid"><%bfgColor rgb="%b"/>'
            b'<%bbgColor indexed="64"/></%bpatternFill></%bfill>'
            % (p, p, p, ground.encode(), p, p, p)
            for ground in self._grounds
        )
        edits += self._more(self._fills, "fill", fills, len(self._grounds))
        edits += self._more(self._formats, "xf", b"".join(self._made), len(self._made))
        if self._bold:
            first = self._fonts.all("font")[0]
            raw = self._data[first.start : first.end]
            # A heading is the workbook's own font, but bold.
            bold = raw if b"<" + p + b"b/>" in raw else _bold(raw, first, p)
            edits += self._more(self._fonts, "font", bold, 1)
        if self._numbers:
            edits += self._number_format()
        return edited(self._data, edits)

    def _more(self, node: Node, name: str, data: bytes, count: int) -> list[Edit]:
        if not count:
            return []
        changed = counted(self._data, node, len(node.all(name)) + count)
        return [*changed, appended(self._data, node, data)]

    def _number_format(self) -> list[Edit]:
        p = self._prefix
        number = b'<%bnumFmt numFmtId="%d" formatCode="0.0"/>' % (p, self._number_id())
        formats = self._root.child("numFmts")
        if formats is not None:
            return self._more(formats, "numFmt", number, 1)
        new = b'<%bnumFmts count="1">%b</%bnumFmts>' % (p, number, p)
        return [(self._root.inner, self._root.inner, new)]


def _bold(raw: bytes, node: Node, prefix: bytes) -> bytes:
    if node.empty:
        return b"<%bfont><%bb/></%bfont>" % (prefix, prefix, prefix)
    at = node.inner - node.start
    return raw[:at] + b"<%bb/>" % prefix + raw[at:]
