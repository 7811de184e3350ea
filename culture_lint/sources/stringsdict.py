"""Read Apple's .stringsdict: one item per plural form, or variant for a width or a device."""

from __future__ import annotations

import re
from collections.abc import Iterator

from culture_lint.errors import Location, SourceError
from culture_lint.sources.catalogue import message_name
from culture_lint.sources.items import Item, Notice, ReadOptions, Source
from culture_lint.sources.messages import OBJECT
from culture_lint.sources.registry import reader
from culture_lint.sources.xml_catalogue import message_segments, suppressible
from culture_lint.sources.xml_stream import Event, Whole, open_xml
from culture_lint.sources.xml_text import Element, Piece, XmlRecord, content_pieces, through

#: Keys whose values say how a variable is formatted.
_TECHNICAL = frozenset(["NSStringFormatSpecTypeKey", "NSStringFormatValueTypeKey"])
#: Keys that lead to texts and name none.
_LEADING = re.compile(r"NSString\w+(?:Key|RuleType)")
#: A variable of a format: ``%#@cows@``.
_VARIABLE = re.compile(r"%(?:\d+\$)?#@[^@%\s]*@")


class StringsdictRecord(XmlRecord):
    """A message and its variants; variables are no part of its texts."""

    __slots__ = ()

    def pieces(self, start: int, end: int) -> list[Piece]:
        """Return one text of the message, piece by piece."""
        inner = content_pieces(self, start, end)
        text = "".join(piece[0] for piece in inner)
        return through(list(_masked(text)), inner) if "#@" in text else inner


def _masked(text: str) -> Iterator[Piece]:
    at = 0
    for found in _VARIABLE.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], at, found.start()
        yield OBJECT, *found.span()
        at = found.end()
    if at < len(text):
        yield text[at:], at, len(text)


@reader(".stringsdict")
def read(source: Source, options: ReadOptions) -> Iterator[Item | Notice]:
    """Yield the variants of the messages in file order; an item's name is the keys that lead there.

    Raises:
        SourceError: If the file cannot be read, or is no property list in XML.

    """
    with open_xml(source, options) as document:
        name = document.root.path[0]
        if name != "plist":
            raise SourceError(
                f"is no property list: its root element is <{name[:40]}>, not <plist>",
                Location(source.path, document.root.line),
            )
        yield from suppressible(document, _wanted, _Messages(source.path).build, label="key")


def _wanted(path: tuple[str, ...]) -> bool:
    return len(path) == 3 and path[1] == "dict"


class _Messages:
    """Makes items from the messages of one file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.key = ""

    def build(self, event: Event) -> Iterator[Item]:
        """Yield the items of one message."""
        if not isinstance(event, Whole):
            return
        raw, element = event.record, event.element
        record = StringsdictRecord(raw.raw, raw.line, raw.column, raw.entities)
        if element.name == "key":
            self.key = record.text(element.content)
            return
        for path, text in _texts(record, element, (self.key,)):
            found = tuple(message_segments(record, text.content, "string"))
            if found:
                line = record.place(text.start, text.end).line
                yield Item(self.path, message_name(".".join(path)), line, found)


def _texts(
    record: XmlRecord, element: Element, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Element]]:
    """Yield the strings below an element, each with the keys that lead to it."""
    if element.name == "string":
        yield path, element
    key = ""
    for child in element.children:
        if child.name == "key":
            key = record.text(child.content)
        elif key not in _TECHNICAL:
            yield from _texts(record, child, path if _LEADING.fullmatch(key) else (*path, key))
