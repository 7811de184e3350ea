"""Read XLIFF 1.2 and 2.x: one item per unit, its translation or, when asked, its source."""

from __future__ import annotations

from collections.abc import Iterator

from culture_lint.errors import Location, SourceError
from culture_lint.sources.catalogue import message_name
from culture_lint.sources.items import Directive, Item, Notice, ReadOptions, Segment, Source
from culture_lint.sources.languages import language_tag
from culture_lint.sources.messages import OBJECT
from culture_lint.sources.registry import reader
from culture_lint.sources.xml_catalogue import message_segments, note_directives, suppressible
from culture_lint.sources.xml_stream import Closed, Event, Opened, Whole, XmlDocument, open_xml
from culture_lint.sources.xml_text import (
    BREAKS,
    Element,
    Piece,
    XmlRecord,
    attributes,
    collapsed,
    content_pieces,
    tag_attribute,
)

_UNITS = ("trans-unit", "unit")
#: Elements that hold the codes of a format, or stand for one; what people read is around them.
_CODES = frozenset(["bx", "ex", "bpt", "ept", "it", "sc", "ec", "sm", "em", "cp"])
_PLACEHOLDERS = frozenset(["x", "ph"])
#: What an element for a line break says of itself.
_LINE_BREAKS = frozenset(["lb", "xlf:lb", "LINE_BREAK"])
#: States in which a target may still be the source over again.
_UNFINISHED = frozenset(["new", "needs-translation", "initial"])


class XliffRecord(XmlRecord):
    """A unit; blanks collapse in its texts, and codes are no part of them."""

    __slots__ = ()

    def pieces(self, start: int, end: int) -> list[Piece]:
        """Return the text of a source or target, piece by piece."""
        return collapsed(self.raw, content_pieces(self, start, end, _shown))


class PreservedRecord(XliffRecord):
    """A unit with ``xml:space="preserve"``."""

    __slots__ = ()

    def pieces(self, start: int, end: int) -> list[Piece]:
        """Return the text of a source or target, piece by piece."""
        return content_pieces(self, start, end, _shown)


def _shown(name: str, tag: str) -> str | None:
    """Return what stands for an inline element in a text, None where its content is read."""
    if name in _CODES:
        return ""
    if name in _PLACEHOLDERS:
        marks = [tag_attribute(tag, mark) or "" for mark in ("ctype", "subType", "id", "equiv")]
        if not _LINE_BREAKS.isdisjoint(marks) or marks[0].removeprefix("x-") in BREAKS:
            return "\n"
        # Angular writes the two ends of a tag as placeholders.
        return "" if marks[2].startswith(("START_", "CLOSE_")) else OBJECT
    if name == "mrk":
        kept = tag_attribute(tag, "mtype") == "protected" or tag_attribute(tag, "translate") == "no"
        return OBJECT if kept else None
    return None


@reader(".xlf", ".xliff")
def read(source: Source, options: ReadOptions) -> Iterator[Item | Notice]:
    """Yield the units of an XLIFF file in file order.

    Of a file with a target language the targets are read, of another the sources of units
    without a target; ``side`` asks for one of them throughout. Left out are units with ``translate="no"``, and targets that are marked as not
    translated and repeat their source.

    Raises:
        SourceError: If the file cannot be read, or is not XLIFF.

    """
    with open_xml(source, options) as document:
        name = document.root.path[0]
        if name != "xliff":
            raise SourceError(
                f"is not XLIFF: its root element is <{name[:40]}>, not <xliff>",
                Location(source.path, document.root.line),
            )
        yield from read_xliff(document, options)


def read_xliff(document: XmlDocument, options: ReadOptions) -> Iterator[Item | Notice]:
    """Yield the units of an XLIFF document in file order."""
    return suppressible(document, _wanted, _Units(document, options.side).build)


def _wanted(path: tuple[str, ...]) -> bool:
    return path[-1] in _UNITS or path[-1] == "note"


class _Units:
    """Makes items from the units of one file."""

    def __init__(self, document: XmlDocument, asked: str | None) -> None:
        self.path = document.path
        self.asked = asked
        #: The attributes of the elements that are open, and the suppressions in their notes.
        self.open = [document.root.attributes]
        self.notes: list[tuple[Directive, ...]] = [()]
        self.untranslated = 0

    def build(self, event: Event) -> Iterator[Item | Notice]:
        """Yield the item of one unit, and at the end of the file what was left out."""
        if isinstance(event, Opened):
            self.open.append(event.attributes)
            self.notes.append(())
        elif isinstance(event, Closed):
            self.open.pop()
            self.notes.pop()
            if not self.open and self.untranslated:
                yield Notice(
                    self.path,
                    f"{self.untranslated:,} units are marked as not translated and repeat their "
                    "source; they are left out",
                )
        elif isinstance(event, Whole) and event.element.name == "note":
            # In a header, or among the notes of a file or a group, it is about all units there.
            above = -2 if event.path[-2] in ("header", "notes") else -1
            found = tuple(_note(event.record, event.element))
            self.notes[above] = self.notes[above] + found
        elif isinstance(event, Whole):
            yield from self._unit(event)

    def _inherited(self, *names: str) -> str | None:
        """Return the first of these attributes on the innermost open element that has one."""
        for found in reversed(self.open):
            for name in names:
                if name in found:
                    return found[name]
        return None

    def _unit(self, event: Whole) -> Iterator[Item]:
        raw, unit = event.record, event.element
        own = attributes(raw, unit)
        self.open.append(own)
        if self._inherited("translate") != "no":
            kind = PreservedRecord if self._inherited("xml:space") == "preserve" else XliffRecord
            record = kind(raw.raw, raw.line, raw.column, raw.entities)
            found = [one for part in _parts(unit) for one in self._segments(record, part)]
            if found:
                name = message_name(own.get("resname") or own.get("name") or own.get("id", ""))
                language = next((one.language for one in found if one.language), None)
                notes = tuple(one for above in self.notes for one in above)
                notes += tuple(_directives(record, unit))
                yield Item(self.path, name, record.line, tuple(found), language, None, notes)
        self.open.pop()

    def _segments(self, record: XmlRecord, part: Element) -> Iterator[Segment]:
        """Yield the texts of a unit, or of one of the segments that it is cut into."""
        target, source = part.find("target"), part.find("source")
        language = self._inherited("target-language", "trgLang")
        text = target
        if self.asked == "source" or (self.asked is None and target is None and not language):
            text = source
        if text is None:
            return
        if text is target and source is not None and self._repeats(record, part, target, source):
            self.untranslated += 1
            return
        if text is source:
            language = self._inherited("source-language", "srcLang")
        language = attributes(record, text).get("xml:lang") or language
        tag = language_tag(language, names=False) if language else None
        for element in (text, *(one for one in text.walk() if one.name == "sub")):
            yield from message_segments(record, element.content, text.name, tag)

    def _repeats(self, record: XmlRecord, part: Element, target: Element, source: Element) -> bool:
        """Tell whether a target is its source over again, by its state too."""
        state = attributes(record, target).get("state") or attributes(record, part).get("state")
        return state in _UNFINISHED and record.text(target.content) == record.text(source.content)


def _parts(unit: Element) -> list[Element]:
    """Return what has a source and a target: the unit itself, in XLIFF 2 its segments."""
    return [part for part in unit.children if part.name == "segment"] or [unit]


def _directives(record: XmlRecord, unit: Element) -> Iterator[Directive]:
    """Yield the suppressions in the notes of a unit."""
    notes = unit.find("notes") or unit
    for note in notes.children:
        if note.name == "note":
            yield from _note(record, note)


def _note(record: XmlRecord, note: Element) -> Iterator[Directive]:
    own = attributes(record, note)
    ours = "culture-lint" in (own.get("from"), own.get("category"))
    yield from note_directives(record, note, ours=ours)
