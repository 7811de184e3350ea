"""What message catalogues in XML share: segments of messages, suppressions in comments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from culture_lint.sources.directives import Comments, directive, listed
from culture_lint.sources.items import Directive, Item, Notice, Role, Segment
from culture_lint.sources.messages import prose
from culture_lint.sources.places import CellPlaces, Ref
from culture_lint.sources.xml_stream import Comment, Event, Wanted, Whole, XmlDocument
from culture_lint.sources.xml_text import Element, Span, XmlRecord

#: Where a message branches, it is ICU MessageFormat; elsewhere an apostrophe is an apostrophe.
_BRANCHES = re.compile(r"\{\s*\w+\s*,\s*(?:plural|select|selectordinal)\s*,")
#: Makes items and notices of one event; comments are not handed on.
Build = Callable[[Event], Iterable[Item | Notice]]


def message_segments(
    record: XmlRecord, ref: Ref, field: str, language: str | None = None
) -> Iterator[Segment]:
    """Yield the texts that people read in the message at ``ref``."""
    text = record.text(ref)
    syntaxes = ("icu",) if _BRANCHES.search(text) else ()
    for part, made in prose(text, *syntaxes, "braces", "printf", "html", "url"):
        places = CellPlaces(record, ref, 0, made)
        yield Segment(field, Role.DESCRIPTION, part, places, None, language)


def note_directives(record: XmlRecord, note: Element, *, ours: bool = False) -> Iterator[Directive]:
    """Yield the suppressions in an element for remarks, which is about the message it is in.

    ``ours``: its attributes say that it is for culture-lint; else its text has to.
    """
    text = record.text(note.content)
    if ours or directive(text) is not None:
        place = record.place(*note.content)
        yield from (Directive(one, place) for one in listed(text))


def suppressible(
    document: XmlDocument, wanted: Wanted, build: Build, label: str = ""
) -> Iterator[Item | Notice]:
    """Yield what ``build`` makes of a document, with the suppressions of its comments.

    A comment on lines of its own is about the next wanted element as a whole, unless that is a
    ``label`` of the next. An item waits for what stands behind it on its line.
    """
    yield from document.notices
    comments = Comments(document.path)
    waiting: list[Item] = []
    for event in document.events(wanted):
        if isinstance(event, Comment):
            _add(comments, event.record, event.span, alone=event.alone)
            continue
        yield from _taken(waiting, comments)
        if isinstance(event, Whole):
            if event.element.name not in (label, "note"):
                place = event.record.place(0, len(event.record.raw))
                comments.block(place.line, place.end_line)
            for span in event.comments:
                _add(comments, event.record, span, alone=_alone(event.record.raw, *span))
        for found in build(event):
            if isinstance(found, Item):
                waiting.append(found)
            else:
                yield found
    yield from _taken(waiting, comments)
    yield from comments.rest()


def _alone(raw: str, start: int, end: int) -> bool:
    """Tell whether nothing stands on the lines of the comment with this text but itself."""
    before, behind = raw[: start - len("<!--")], raw[end + len("-->") :]
    last = max(map(before.rfind, "\r\n"))
    first = behind.lstrip(" \t")[:1]
    return last >= 0 and not before[last:].strip() and first in ("\r", "\n")


def _add(comments: Comments, record: XmlRecord, span: Span, *, alone: bool) -> None:
    comments.add(record.raw[slice(*span)], record.place(*span), alone=alone)


def _taken(waiting: list[Item], comments: Comments) -> Iterator[Item]:
    for item in waiting:
        found = comments.of(item.segments)
        yield replace(item, directives=item.directives + found) if found else item
    waiting.clear()
