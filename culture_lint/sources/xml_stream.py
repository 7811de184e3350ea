"""Read XML as a stream of elements, each with its place; what one file may cost is bounded."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from culture_lint.errors import Location, SourceError
from culture_lint.frozen import frozen
from culture_lint.sources.encoding import open_text
from culture_lint.sources.items import Notice, ReadOptions, Source
from culture_lint.sources.xml_text import Element, Span, XmlRecord, attributes, local_name
from culture_lint.sources.xml_window import BLOCK, REFERENCE, Token, Window

#: Elements nested deeper than this are no content.
DEEPEST = 200
#: How much all that refers to the file's own entities may add.
_MOST_EXPANDED = 4 * 1024 * 1024

_DECLARED = re.compile(rb"""\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z][\w.-]{0,40})["']""")
#: How XML begins in a wide encoding without a byte order mark.
_WIDE_STARTS = {
    "utf-16-le": re.compile(rb"(?:[ \t\r\n]\0)*<\0(?!\0)"),
    "utf-16-be": re.compile(rb"(?:\0[ \t\r\n])*\0<"),
}
_WIDE = ("utf-16", "utf-32")


@frozen
class Opened:
    """The start of an element that is not read as a whole; ``path`` ends with its name."""

    path: tuple[str, ...]
    attributes: dict[str, str]
    line: int


@frozen
class Closed:
    """The end of an element whose start was `Opened`; ``path`` still ends with its name."""

    path: tuple[str, ...]


@frozen
class Whole:
    """An element that was asked for; ``path`` ends with its name."""

    path: tuple[str, ...]
    element: Element
    record: XmlRecord
    #: The texts of the comments inside it.
    comments: tuple[Span, ...] = ()


@frozen
class Comment:
    """A comment outside the elements that were asked for; ``span`` is its text in the record.

    ``alone``: nothing else stands on its lines.
    """

    path: tuple[str, ...]
    record: XmlRecord
    span: Span
    alone: bool


Event = Opened | Closed | Whole | Comment
#: Tells by the local names that lead to an element whether it is read as a whole.
Wanted = Callable[[tuple[str, ...]], bool]


class XmlDocument:
    """An XML file that is being read: its root is known, what stands below comes as events."""

    def __init__(self, path: str, lines: Iterator[str], encoding: str) -> None:
        self.path = path
        #: As a user knows it.
        self.encoding = encoding
        self._window = Window(path, lines)
        self._comments: list[Comment] = []
        self._expanded = 0
        self._is_empty = False
        self.root = self._root()

    def _root(self) -> Opened:
        while (token := self._window.token()) is not None:
            if token.kind == "comment":
                self._comments.append(self._comment((), token))
            elif token.kind in ("open", "empty"):
                self._is_empty = token.kind == "empty"
                return self._opened((local_name(token.name),), token)
        raise SourceError("is not XML: it holds no element", Location(self.path))

    @property
    def notices(self) -> Iterator[Notice]:
        """What a user should know about the file as such."""
        if self._window.skipped.strip("\ufeff"):
            yield Notice(
                self.path, "blanks stand before the XML; stricter programs refuse the file", 1
            )

    def events(self, wanted: Wanted) -> Iterator[Event]:
        """Yield what stands below the root element, and the comments above it.

        Elements that are ``wanted`` come whole, of the others only start and end; their own
        text is passed over.

        Raises:
            SourceError: If the file is not well-formed or nested too deeply, declares entities
                that could do harm, or holds an element longer than `LONGEST_RECORD`.

        """
        yield from self._comments
        window = self._window
        path = self.root.path
        if self._is_empty:
            yield Closed(path)
            path = ()
        while (token := window.token()) is not None:
            if token.kind == "comment":
                yield self._comment(path, token)
            elif token.kind == "close":
                yield Closed(path)
                path = path[:-1]
            elif path:
                inner = (*path, local_name(token.name))
                if wanted(inner):
                    yield self._whole(inner, token)
                    continue
                yield self._opened(inner, token)
                if token.kind == "empty":
                    yield Closed(inner)
                else:
                    path = inner
                    self._check_depth(len(path))

    def _check_depth(self, depth: int) -> None:
        if depth > DEEPEST:
            line, column, _ = self._window.place(self._window.at)
            raise SourceError(
                f"elements are nested more than {DEEPEST} deep here; is it content?",
                Location(self.path, line, column + 1),
            )

    def _opened(self, path: tuple[str, ...], token: Token) -> Opened:
        line, column, _ = self._window.place(token.start)
        raw = self._window.text[token.start : token.end]
        record = XmlRecord(raw, line, column, self._entities())
        return Opened(path, attributes(record, _element(token, token.start)), line)

    def _comment(self, path: tuple[str, ...], token: Token) -> Comment:
        line, column, alone = self._window.place(token.start)
        raw = self._window.text[token.start : token.end]
        alone = alone and self._window.behind(token.end) in ("\n", "\r", "")
        return Comment(path, XmlRecord(raw, line, column), (4, len(raw) - 3), alone)

    def _entities(self) -> tuple[tuple[str, str], ...]:
        return tuple(self._window.entities.items())

    def _whole(self, path: tuple[str, ...], token: Token) -> Whole:
        """Return the element that ``token`` opens, once all of it is at hand."""
        window = self._window
        window.keep = token.start
        top = element = _element(token, window.keep)
        stack: list[Element] = []
        comments: list[Span] = []
        is_open = token.kind == "open"
        while is_open and (following := window.token()) is not None:
            token, base = following, window.keep
            if token.kind == "comment":
                comments.append((token.start - base + 4, token.end - base - 3))
            elif token.kind == "close":
                element.content = (element.content[0], token.start - base)
                element.end = token.end - base
                is_open = bool(stack)
                element = stack.pop() if stack else top
            else:
                element.children.append(_element(token, base))
                if token.kind == "open":
                    stack.append(element)
                    element = element.children[-1]
                    self._check_depth(len(path) + len(stack))
        raw = window.text[window.keep : window.keep + top.end]
        line, column, _ = window.place(window.keep)
        window.keep = -1
        record = XmlRecord(raw, line, column, self._entities())
        self._bound(record)
        return Whole(path, top, record, tuple(comments))

    def _bound(self, record: XmlRecord) -> None:
        """Refuse a file whose own entities make it many times as long."""
        if not record.entities or "&" not in record.raw:
            return
        own = self._window.entities
        self._expanded += sum(len(own.get(name, "")) for name in REFERENCE.findall(record.raw))
        if self._expanded > _MOST_EXPANDED:
            raise SourceError(
                f"its own entities add more than {_MOST_EXPANDED:,} characters; "
                "that is not read, for safety: write the text itself",
                Location(self.path, record.line),
            )


def _element(token: Token, base: int) -> Element:
    """Return the element whose tag this is, by offsets from ``base``; its end is still open."""
    start, end = token.start - base, token.end - base
    last = end - (2 if token.kind == "empty" else 1)
    return Element(
        local_name(token.name), start, end, (start + 1 + len(token.name), last), (end, end)
    )


@contextmanager
def open_xml(source: Source, options: ReadOptions) -> Iterator[XmlDocument]:
    """Open an XML file: its encoding is the declared one, else UTF-8 or UTF-16.

    Raises:
        SourceError: If the file cannot be opened or decoded, or (from inside the block too) is
            not well-formed.

    """
    encoding = options.encoding
    declared = None if encoding else _encoding(source)
    by = "its XML declaration" if declared else ""
    with open_text(source, encoding or declared, declared_by=by, longest=BLOCK) as text:
        yield XmlDocument(source.path, text.lines, text.encoding_name)


def _encoding(source: Source) -> str | None:
    """Return the encoding that an XML file declares, UTF-8 by default; None for a wide one."""
    try:
        head = _head(source)
    except OSError:
        return None
    if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return None
    for wide, start in _WIDE_STARTS.items():
        if start.match(head):
            return wide
    if b"\0" in head:
        return None
    found = _DECLARED.match(head.removeprefix(codecs.BOM_UTF8))
    if found is None:
        return "utf-8"
    name = found[1].decode()
    try:
        known = codecs.lookup(name)
    except LookupError:
        return name
    # Text that says in narrow characters that it is wide was stored by another program.
    if known.name.startswith(_WIDE) or head.startswith(codecs.BOM_UTF8):
        return "utf-8"
    return name


def _head(source: Source) -> bytes:
    if source.data is not None:
        return source.data[:1024]
    with Path(source.path).open("rb") as file:
        return file.read(1024)
