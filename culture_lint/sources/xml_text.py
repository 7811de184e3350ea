"""Decode stretches of XML, every character of the result with its place in the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from culture_lint.sources.messages import OBJECT, composed
from culture_lint.sources.places import Record, Ref, Runs
from culture_lint.spans import Place

#: A name, and what stands behind it in a tag; the latter matches in linear time.
NAME = r"[^\s<>/=\"'&]+"
ATTRIBUTES = r"""[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*"""
_ATTRIBUTE = re.compile(rf"""({NAME})\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_CONTENT = re.compile(
    rf"""
    <!--.*?--> | <\?.*?\?>
    | <!\[CDATA\[(?P<cdata>.*?)\]\]>
    | <(?P<close>/?)(?P<tag>{NAME}){ATTRIBUTES}>
    | &(?P<entity>[^\s;&<]+);
    | (?P<line>\r\n?)
    """,
    re.VERBOSE | re.DOTALL,
)
_SPECIAL = re.compile(r"[<&\r]")
_IN_VALUE = re.compile(r"&(?P<entity>[^\s;&<]+);|(?P<line>\r\n|[\r\n\t])")
_LINE = re.compile(r"\r\n?")
_BLANK = " \t\r\n"
_PARTS = re.compile(r"[ \t\r\n]+|[^ \t\r\n]+")
#: Elements that part what stands before them from what stands behind them.
BREAKS = frozenset(
    [
        "br",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ol",
        "p",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
PREDEFINED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}

#: A piece of a decoded text: what it reads, and where its source starts and ends in the raw text.
Piece = tuple[str, int, int]
#: Half-open, in the raw text of a record.
Span = tuple[int, int]
#: Told the local name and the tag of an element in a text: what stands for all of it, or None
#: where its content is read.
Shown = Callable[[str, str], str | None]


class XmlRecord(Record):
    """An element as it stands in the file; its cells are found again by their spans.

    ``column`` is how many characters stand before it on its first line, ``entities`` what the
    file itself declares. The ref of a cell is where content starts and ends in ``raw``;
    (start, end, 1) is an attribute's value.
    """

    __slots__ = ("column", "entities")

    def __init__(
        self, raw: str, line: int, column: int = 0, entities: tuple[tuple[str, str], ...] = ()
    ) -> None:
        super().__init__(raw, line)
        self.column = column
        self.entities = entities

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.raw, self.line, self.column, self.entities))

    def place(self, start: int, end: int) -> Place:
        """Return the lines and columns of ``raw[start:end]``."""
        found = super().place(start, end)
        shift = self.column
        if not shift or found.line > self.line:
            return found
        last = found.end_column + (shift if found.end_line == self.line else 0)
        return Place(found.line, found.column + shift, found.end_line, last)

    def pieces(self, start: int, end: int) -> list[Piece]:
        """Return the text of the content at ``raw[start:end]``, piece by piece."""
        return content_pieces(self, start, end)

    def cell_pieces(self, ref: Ref) -> list[Piece]:
        """Return the text of the cell at ``ref``, piece by piece."""
        assert isinstance(ref, tuple)
        start, end, *value = ref
        assert isinstance(start, int)
        assert isinstance(end, int)
        return value_pieces(self, start, end) if value else self.pieces(start, end)

    def text(self, ref: Ref) -> str:
        """Return the text of the cell at ``ref``."""
        return "".join(piece[0] for piece in self.cell_pieces(ref))

    def _find(self, ref: Ref) -> Runs:
        return runs(self.cell_pieces(ref))


@dataclass(slots=True)
class Element:
    """An element of a record: spans are offsets in the record's raw text."""

    #: Without a namespace prefix.
    name: str
    start: int
    end: int
    #: Its attributes, as they are written.
    attributes: Span
    #: What stands between its tags; empty for ``<x/>``.
    content: Span
    children: list[Element] = field(default_factory=list)

    def find(self, name: str) -> Element | None:
        """Return the first child of that name."""
        return next((child for child in self.children if child.name == name), None)

    def walk(self) -> Iterator[Element]:
        """Yield the elements below this one, in file order."""
        waiting = self.children[::-1]
        while waiting:
            found = waiting.pop()
            yield found
            waiting += found.children[::-1]


def local_name(name: str) -> str:
    """Return a name without its namespace prefix."""
    return name.rpartition(":")[2]


def attributes(record: XmlRecord, element: Element) -> dict[str, str]:
    """Return the attributes of an element by their names as they are written."""
    return {
        name: record.text((*span, 1)) for name, span in attribute_spans(record, element).items()
    }


def attribute_spans(record: XmlRecord, element: Element) -> dict[str, Span]:
    """Return where the attribute values of an element stand, quotes left out."""
    if element.attributes[0] == element.attributes[1]:
        return {}
    return {
        found[1]: found.span(2 if found[2] is not None else 3)
        for found in _ATTRIBUTE.finditer(record.raw, *element.attributes)
    }


def tag_attribute(tag: str, name: str) -> str | None:
    """Return an attribute out of a tag as it is written, None if it has none of that name."""
    return next(
        (
            found[2] if found[2] is not None else found[3]
            for found in _ATTRIBUTE.finditer(tag)
            if found[1] == name
        ),
        None,
    )


def runs(pieces: Sequence[Piece]) -> Runs:
    """Return how a text was made from these pieces."""
    return Runs(lengths(pieces))


def lengths(pieces: Sequence[Piece]) -> list[tuple[int, int, int]]:
    """Return the pieces with their lengths in place of their texts."""
    return [(len(text), start, end) for text, start, end in pieces]


def value_pieces(record: XmlRecord, start: int, end: int) -> list[Piece]:
    """Return the attribute value at ``raw[start:end]`` piece by piece; line ends are blanks."""
    raw = record.raw
    pieces: list[Piece] = []
    at = start
    for found in _IN_VALUE.finditer(raw, start, end):
        if found.start() > at:
            pieces.append((raw[at : found.start()], at, found.start()))
        pieces.append(
            (" " if found["line"] else _character(record, found["entity"]), *found.span())
        )
        at = found.end()
    if end > at:
        pieces.append((raw[at:end], at, end))
    return pieces


def content_pieces(
    record: XmlRecord, start: int, end: int, shown: Shown | None = None
) -> list[Piece]:
    r"""Return the content at ``raw[start:end]`` piece by piece, references and CDATA undone.

    Comments are left out, and so are the tags of elements whose content is read: all of them
    without ``shown``, else those of which it says None. Line ends become ``\n``, and so do the
    tags of paragraphs and the like.
    """
    raw = record.raw
    if _SPECIAL.search(raw, start, end) is None:
        return [(raw[start:end], start, end)] if end > start else []
    pieces: list[Piece] = []
    at = start
    tokens = _CONTENT.finditer(raw, start, end)
    for found in tokens:
        if found.start() > at:
            pieces.append((raw[at : found.start()], at, found.start()))
        at = found.end()
        if found["entity"] is not None:
            pieces += _reference(record, found)
        elif found["line"]:
            pieces.append(("\n", *found.span()))
        elif found["cdata"] is not None:
            pieces += _lines(raw, *found.span("cdata"))
        elif found["tag"]:
            stands = None
            if shown is not None and not found["close"]:
                stands = shown(local_name(found["tag"]), found[0])
            if stands is not None and not found[0].endswith("/>"):
                at = _skip(tokens, found["tag"], end)
            elif stands is None and found["tag"] in BREAKS:
                stands = "\n"
            if stands:
                pieces.append((stands, found.start(), at))
    if end > at:
        pieces.append((raw[at:end], at, end))
    return pieces


def _skip(tokens: Iterator[re.Match[str]], name: str, end: int) -> int:
    """Pass over the rest of an element; return where it ends."""
    depth = 1
    for found in tokens:
        if found["tag"] == name and not found[0].endswith("/>"):
            depth += -1 if found["close"] else 1
            if not depth:
                return found.end()
    return end


def _lines(raw: str, start: int, end: int) -> Iterator[Piece]:
    r"""Yield ``raw[start:end]`` as it stands, but every line end as ``\n``."""
    at = start
    for found in _LINE.finditer(raw, start, end):
        if found.start() > at:
            yield raw[at : found.start()], at, found.start()
        yield "\n", found.start(), found.end()
        at = found.end()
    if end > at:
        yield raw[at:end], at, end


def _reference(record: XmlRecord, found: re.Match[str]) -> Iterator[Piece]:
    """Yield what a reference stands for, in two pieces where it could pass for the text itself."""
    text = _character(record, found["entity"])
    start, end = found.span()
    cut = 1 if len(text) == end - start else len(text)
    for part in (text[:cut], text[cut:]):
        if part:
            yield part, start, end


def _character(record: XmlRecord, name: str) -> str:
    """Return what a reference stands for; `OBJECT` where only a DTD elsewhere could say."""
    known = PREDEFINED.get(name)
    if known is not None:
        return known
    if name.startswith("#"):
        return _numbered(name[1:])
    own = dict(record.entities).get(name)
    if own is not None:
        return own
    import html.entities

    return html.entities.html5.get(f"{name};", OBJECT)


def _numbered(digits: str) -> str:
    try:
        code = int(digits[1:], 16) if digits.startswith("x") else int(digits)
        return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)
    except (ValueError, OverflowError):
        return OBJECT


def through(outer: Sequence[Piece], inner: Sequence[Piece]) -> list[Piece]:
    """Return the pieces of a text that was made by ``outer`` of the text that ``inner`` made."""
    text = "".join(piece[0] for piece in outer)
    found: list[Piece] = []
    at = 0
    for length, start, end in composed(lengths(outer), lengths(inner)):
        found.append((text[at : at + length], start, end))
        at += length
    return found


def collapsed(raw: str, pieces: Iterable[Piece]) -> list[Piece]:
    r"""Return the pieces with every run of blanks made one, as a reader of XML may.

    A run with an empty line in it becomes ``\n``, and so does one with a line break that is no
    line end of the file.
    """
    made: list[Piece] = []
    ends = 0
    for text, start, end in _parted(pieces):
        if text.strip(_BLANK):
            made.append((text, start, end))
            continue
        if not made or made[-1][0] not in (" ", "\n"):
            made.append((" ", start, end))
            ends = 0
        ends += 2 if text == "\n" and raw[start] not in "\r\n" else text.count("\n")
        made[-1] = ("\n" if ends > 1 else " ", made[-1][1], end)
    return made


def _parted(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces with blanks and what is between them apart."""
    for text, start, end in pieces:
        if len(text) != end - start:
            yield text, start, end
            continue
        for found in _PARTS.finditer(text):
            yield found[0], start + found.start(), start + found.end()
