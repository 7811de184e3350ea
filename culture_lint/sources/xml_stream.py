"""Read XML as a stream of elements: expat says whether it is well-formed, this module where it is.

Nothing outside the file is ever read, and what one file may cost is bounded.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from culture_lint.errors import Location, SourceError
from culture_lint.sources.encoding import open_text
from culture_lint.sources.items import Notice, ReadOptions, Source
from culture_lint.sources.messages import OBJECT
from culture_lint.sources.places import LINE_END
from culture_lint.sources.records import LONGEST_RECORD
from culture_lint.sources.xml_text import (
    ATTRIBUTES,
    NAME,
    PREDEFINED,
    Element,
    Span,
    XmlRecord,
    attributes,
    local_name,
)

if TYPE_CHECKING:
    from xml.parsers.expat import ExpatError

#: So many characters are read at once.
_BLOCK = 64 * 1024
#: Elements nested deeper than this are no content.
DEEPEST = 200
#: An entity of the file's own: how long, how many, and how much all that refers to them may add.
_LONGEST_ENTITY = 1000
_MOST_ENTITIES = 1000
_MOST_EXPANDED = 4 * 1024 * 1024

_TAG = re.compile(rf"<(/?)({NAME})({ATTRIBUTES})>")
#: What opens other markup, and what closes it.
_OTHER = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>"}
_NESTED = re.compile(r"&(?!#|(?:amp|lt|gt|quot|apos);)")
_REFERENCE = re.compile(r"&([^\s;&<#]+);")
_IN_DOCTYPE = re.compile(r"""<!--|<\?|["'\[\]>]""")
_DECLARED = re.compile(rb"""\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z][\w.-]{0,40})["']""")
_WIDE = ("utf-16", "utf-32")
_BEHIND = re.compile(r"[^ \t]")
_BLANK = " \t\r\n\ufeff"

#: What to do about what expat says.
_CURES = {
    "undefined entity": "write the character itself, or &amp; for a bare &",
    "no element found": "is the file cut off?",
    "unclosed token": "is the file cut off?",
    "unclosed CDATA section": "is the file cut off?",
    "mismatched tag": "close every element in the order in which they were opened",
    "duplicate attribute": "name each attribute once",
    "junk after document element": "one element must hold all others",
    "not well-formed (invalid token)": "write &amp; for & and &lt; for < in text",
    "syntax error": "does it begin with a tag?",
    "unbound prefix": "declare the prefix with xmlns",
}


@dataclass(frozen=True, slots=True)
class Opened:
    """The start of an element that is not read as a whole; ``path`` ends with its name."""

    path: tuple[str, ...]
    attributes: dict[str, str]
    line: int


@dataclass(frozen=True, slots=True)
class Closed:
    """The end of an element whose start was `Opened`; ``path`` still ends with its name."""

    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """An element that was asked for; ``path`` ends with its name."""

    path: tuple[str, ...]
    element: Element
    record: XmlRecord
    #: The texts of the comments inside it.
    comments: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class _Token:
    """A tag or a comment, by its offsets in the window; ``kind``: open, close, empty, comment."""

    kind: str
    start: int
    end: int
    name: str = ""


class _Window:
    """What is at hand of a file's text; everything in it has gone through expat."""

    def __init__(self, path: str, lines: Iterator[str]) -> None:
        from xml.parsers import expat

        self.path = path
        self.text = ""
        #: Where the next token is looked for, and what has to be kept (-1: nothing).
        self.at = 0
        self.keep = -1
        #: What the file's own entities stand for.
        self.entities: dict[str, str] = {}
        self.skipped = ""
        self._lines = lines
        self._ended = self._fed = False
        self._passed = 0
        #: The line and column (from 0) of the character at ``_counted``.
        self._counted = 0
        self._line, self._column, self._alone = 1, 0, True
        # The text is decoded already, whatever its declaration says.
        self._parser = expat.ParserCreate("utf-8")
        self._parser.EntityDeclHandler = self._entity
        self._error = expat.ExpatError

    def more(self) -> bool:
        """Read on, at least as much as is kept, so that no token costs more than linear time."""
        if self._ended:
            return False
        self._drop()
        wanted = max(_BLOCK, len(self.text))
        if len(self.text) > LONGEST_RECORD:
            start = self.place(self.keep if self.keep >= 0 else self.at)[0]
            raise SourceError(
                f"what starts here is longer than {LONGEST_RECORD:,} characters; is it content?",
                Location(self.path, start),
            )
        parts: list[str] = []
        size = 0
        for line in self._lines:
            parts.append(line)
            size += len(line)
            if size >= wanted:
                break
        else:
            self._ended = True
        new = "".join(parts)
        self.text += new
        self._feed(new)
        return bool(new) or not self._ended

    def _drop(self) -> None:
        """Forget what is done with, line ends never cut in two."""
        end = self.at if self.keep < 0 else self.keep
        while end and self.text[end - 1] == "\r":
            end -= 1
        self.place(end)
        self.text = self.text[end:]
        self._counted -= end
        self.at -= end
        if self.keep >= 0:
            self.keep -= end

    def _feed(self, new: str) -> None:
        if not self._fed:
            bare = new.lstrip(_BLANK)
            self.skipped += new[: len(new) - len(bare)]
            new = bare
            self._fed = bool(new)
        if self._ended and not self._fed:
            raise SourceError("is empty", Location(self.path))
        data = new.encode()
        try:
            self._parser.Parse(data, self._ended)
        except self._error as error:
            raise self._malformed(error, data) from None
        self._passed += len(data)

    def _malformed(self, error: ExpatError, data: bytes) -> SourceError:
        from xml.parsers.expat import ErrorString

        what = ErrorString(error.code) or "not XML"
        line, column = error.lineno, error.offset + 1
        cure = _CURES.get(what, "")
        before = data[: max(0, self._parser.ErrorByteIndex - self._passed)].rstrip(b"-")
        if before.rfind(b"<!--") > before.rfind(b"-->"):
            cure = "two hyphens may not stand in a comment, write — before a reason"
        if line == 1:
            column += len(self.skipped) - max(map(self.skipped.rfind, "\r\n")) - 1
        line += len(LINE_END.findall(self.skipped))
        return SourceError(
            f"is not well-formed XML: {what}{cure and '; '}{cure}",
            Location(self.path, line, column),
        )

    def _entity(self, name: str, is_parameter: bool, value: str | None, *_: str | None) -> None:
        """Take note of an entity the file declares; refuse what could reach out or blow up."""
        if is_parameter or value is None:
            kind = "a parameter entity" if is_parameter else "an external entity"
            raise self._refused(f"declares {kind}, “{name[:40]}”")
        if _NESTED.search(value):
            raise self._refused(f"declares an entity made of other entities, “{name[:40]}”")
        if len(value) > _LONGEST_ENTITY or len(self.entities) >= _MOST_ENTITIES:
            raise self._refused("declares entities that are too long or too many")
        plain = _REFERENCE.sub(lambda found: PREDEFINED.get(found[1], OBJECT), value)
        self.entities.setdefault(name, OBJECT if "<" in value else plain)

    def _refused(self, what: str) -> SourceError:
        line = self._parser.CurrentLineNumber + len(LINE_END.findall(self.skipped))
        return SourceError(
            f"{what}; that is not read, for safety: write the text itself",
            Location(self.path, line),
        )

    def place(self, at: int) -> tuple[int, int, bool]:
        """Return the line, the column (from 0) and whether only blanks stand before ``at``.

        ``at`` never goes back.
        """
        if at > self._counted:
            passed = self.text[self._counted : at]
            self._counted = at
            count, last = _line_ends(passed)
            if count:
                self._line += count
                passed = passed[last:]
                self._column, self._alone = 0, True
            self._column += len(passed)
            self._alone = self._alone and (not passed or passed.isspace())
        return self._line, self._column, self._alone

    def token(self) -> _Token | None:
        """Return the next tag or comment and go behind it; None at the end of the file."""
        while True:
            start = self.text.find("<", self.at)
            self.at = start if start >= 0 else len(self.text)
            token = self._token(start) if start >= 0 else None
            if token is not None and not self._cut_off(token):
                self.at = token.end
                if token.kind:
                    return token
            elif not self.more():
                return None

    def _cut_off(self, token: _Token) -> bool:
        """Tell whether it is not at hand yet what stands behind a comment on its line."""
        return token.kind == "comment" and not self._ended and not self.behind(token.end)

    def behind(self, at: int) -> str:
        """Return the first character at or behind ``at`` that is no blank, or a line end."""
        found = _BEHIND.search(self.text, at)
        return found[0] if found else ""

    def _token(self, start: int) -> _Token | None:
        """Return the markup at ``start``, without a kind if nobody asks for it; None: cut off."""
        text = self.text
        tag = _TAG.match(text, start)
        if tag is not None and text[start + 1] not in "!?":
            kind = "close" if tag[1] else "empty" if tag[3].endswith("/") else "open"
            return _Token(kind, start, tag.end(), tag[2])
        for opens, closes in _OTHER.items():
            if text.startswith(opens, start):
                end = text.find(closes, start + len(opens))
                kind = "comment" if opens == "<!--" else ""
                return _Token(kind, start, end + len(closes)) if end >= 0 else None
        end = self._doctype(start) if text.startswith("<!DOCTYPE", start) else -1
        return _Token("", start, end) if end >= 0 else None

    def _doctype(self, at: int) -> int:
        """Return where a document type declaration ends, -1 if its end is not at hand."""
        text = self.text
        inside = False
        while found := _IN_DOCTYPE.search(text, at):
            mark, at = found[0], found.end()
            if mark == ">" and not inside:
                return at
            if mark in "[]":
                inside = mark == "["
            elif mark != ">":
                closes = {"<!--": "-->", "<?": "?>"}.get(mark, mark)
                at = text.find(closes, at) + len(closes)
                if at < len(closes):
                    return -1
        return -1


class XmlDocument:
    """An XML file that is being read: its root is known, what stands below comes as events."""

    def __init__(self, path: str, lines: Iterator[str], encoding: str) -> None:
        self.path = path
        #: As a user knows it.
        self.encoding = encoding
        self._window = _Window(path, lines)
        self._comments: list[Comment] = []
        self._expanded = 0
        self.root = self._root()
        self._is_empty = False

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
        path = self.root.path if not self._is_empty else ()
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

    def _opened(self, path: tuple[str, ...], token: _Token) -> Opened:
        line, column, _ = self._window.place(token.start)
        raw = self._window.text[token.start : token.end]
        record = XmlRecord(raw, line, column, self._entities())
        return Opened(path, attributes(record, _element(token, token.start)), line)

    def _comment(self, path: tuple[str, ...], token: _Token) -> Comment:
        line, column, alone = self._window.place(token.start)
        raw = self._window.text[token.start : token.end]
        alone = alone and self._window.behind(token.end) in ("\n", "\r", "")
        return Comment(path, XmlRecord(raw, line, column), (4, len(raw) - 3), alone)

    def _entities(self) -> tuple[tuple[str, str], ...]:
        return tuple(self._window.entities.items())

    def _whole(self, path: tuple[str, ...], token: _Token) -> Whole:
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
        self._expanded += sum(len(own.get(name, "")) for name in _REFERENCE.findall(record.raw))
        if self._expanded > _MOST_EXPANDED:
            raise SourceError(
                f"its own entities add more than {_MOST_EXPANDED:,} characters; "
                "that is not read, for safety: write the text itself",
                Location(self.path, record.line),
            )


def _line_ends(text: str) -> tuple[int, int]:
    """Return how many line ends there are and where the last of them ends."""
    if "\r" not in text:
        return text.count("\n"), text.rfind("\n") + 1
    ends = [found.end() for found in LINE_END.finditer(text)]
    return len(ends), ends[-1] if ends else 0


def _element(token: _Token, base: int) -> Element:
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
    with open_text(source, encoding or declared, declared_by=by, longest=_BLOCK) as text:
        yield XmlDocument(source.path, text.lines, text.encoding_name)


def _encoding(source: Source) -> str | None:
    """Return the encoding that an XML file declares, UTF-8 by default; None for a wide one."""
    try:
        head = _head(source)
    except OSError:
        return None
    if b"\0" in head or head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
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
