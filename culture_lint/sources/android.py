"""Read Android string resources: one item per string, array element or plural form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from culture_lint.errors import Location, SourceError
from culture_lint.sources.items import Item, Notice, ReadOptions
from culture_lint.sources.languages import language_tag
from culture_lint.sources.messages import OBJECT
from culture_lint.sources.xml_catalogue import message_segments, suppressible
from culture_lint.sources.xml_stream import Event, Whole, XmlDocument
from culture_lint.sources.xml_text import (
    Element,
    Piece,
    XmlRecord,
    attributes,
    content_pieces,
    through,
)

_ESCAPE = re.compile(
    r"""
    \\u(?P<high>[dD][89abAB][0-9a-fA-F]{2})\\u(?P<low>[dD][c-fC-F][0-9a-fA-F]{2})
    | \\u(?P<code>[0-9a-fA-F]{4})
    | \\(?P<char>.?)
    | (?P<quote>")
    | (?P<blanks>[ \t\n\r]+)
    """,
    re.VERBOSE | re.DOTALL,
)
_SHORT = {"n": "\n", "t": "\t"}
#: A value that names another resource instead of holding a text.
_REFERENCE = re.compile(r"\s*[@?](?:[\w.*+-]+:)?(?:\w+/)?[\w.]+\s*")
#: A line break that a tag makes, until blanks are collapsed; XML cannot hold this character.
_BREAK = "\v"
_RESOURCES = ("string", "string-array", "array", "plurals", "item")


class AndroidRecord(XmlRecord):
    """A string resource: blanks collapse, quotes keep them, a backslash escapes."""

    __slots__ = ()

    def pieces(self, start: int, end: int) -> list[Piece]:
        """Return the text of the resource as an app shows it, piece by piece."""
        inner = [
            (_BREAK if text == "\n" and self.raw[first] == "<" else text, first, last)
            for text, first, last in content_pieces(self, start, end, _shown)
        ]
        outer = list(_unescaped("".join(piece[0] for piece in inner)))
        found = through(outer, inner)
        return [(text.replace(_BREAK, "\n"), first, last) for text, first, last in found]


def _shown(name: str, _: str) -> str | None:
    """Return what stands for an element; ``<xliff:g>`` marks what is not to be translated."""
    return OBJECT if name == "g" else None


def _unescaped(text: str) -> Iterator[Piece]:
    """Yield the pieces of a resource with its escapes undone, as is done after XML is parsed."""
    at = 0
    quoted = False
    for found in _ESCAPE.finditer(text):
        start, end = found.span()
        if found["blanks"] and quoted:
            continue
        if start > at:
            yield text[at:start], at, start
        at = end
        if found["quote"]:
            quoted = not quoted
        elif found["blanks"]:
            yield " ", start, end
        elif char := _character(found):
            yield char, start, end
    if at < len(text):
        yield text[at:], at, len(text)


def _character(found: re.Match[str]) -> str:
    if found["high"]:
        high, low = int(found["high"], 16), int(found["low"], 16)
        return chr(0x10000 + ((high - 0xD800) << 10) + low - 0xDC00)
    if found["code"]:
        code = int(found["code"], 16)
        return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)
    return _SHORT.get(found["char"], found["char"])


def read_android(document: XmlDocument, _: ReadOptions) -> Iterator[Item | Notice]:
    """Yield the strings, array elements and plural forms of a resource file in file order.

    What is marked ``translatable="false"`` or names another resource is left out.
    """
    return suppressible(document, _wanted, _Resources(document).build)


def _wanted(path: tuple[str, ...]) -> bool:
    return len(path) == 2 and path[1] in _RESOURCES


class _Resources:
    """Makes items from the resources of one file."""

    def __init__(self, document: XmlDocument) -> None:
        self.path = document.path
        locale = document.root.attributes.get("tools:locale", "")
        self.language = language_tag(locale, names=False)
        #: The line of each name that was met.
        self.lines: dict[str, int] = {}

    def build(self, event: Event) -> Iterator[Item]:
        """Yield the items of one resource."""
        if not isinstance(event, Whole):
            return
        raw, resource = event.record, event.element
        own = attributes(raw, resource)
        if own.get("type", "string") != "string":
            return
        name = own.get("name", "")
        kind = "string" if resource.name == "item" else resource.name
        self._check(f"{kind} “{name[:80]}”", own.get("product", ""), raw.line)
        if own.get("translatable") == "false":
            return
        record = AndroidRecord(raw.raw, raw.line, raw.column, raw.entities)
        if resource.name in ("string", "item"):
            yield from self._item(record, resource, name)
            return
        for number, element in enumerate(resource.children):
            form = attributes(record, element).get("quantity", number)
            yield from self._item(record, element, f"{name}.{form}")

    def _check(self, name: str, product: str, line: int) -> None:
        """Refuse a name that is taken, as the build does."""
        first = self.lines.get(f"{name} {product}")
        if first is not None:
            raise SourceError(
                f"the {name} is declared twice, first on line {first}; take one of them out",
                Location(self.path, line),
            )
        self.lines[f"{name} {product}"] = line

    def _item(self, record: AndroidRecord, element: Element, name: str) -> Iterator[Item]:
        if _REFERENCE.fullmatch(record.raw, *element.content):
            return
        found = tuple(message_segments(record, element.content, element.name, self.language))
        if found:
            line = record.place(element.start, element.end).line
            yield Item(self.path, name, line, found, self.language)
