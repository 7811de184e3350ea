"""What the readers of message catalogues share: the whole text, messages with their places, items."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from culture_lint.errors import Location, SourceError
from culture_lint.frozen import frozen
from culture_lint.sources.directives import Comments, directive
from culture_lint.sources.encoding import joined, open_text
from culture_lint.sources.items import Item, Role, Segment, Source
from culture_lint.sources.messages import Piece, prose
from culture_lint.sources.places import LINE_END, CellPlaces, Record, Ref, Runs
from culture_lint.sources.records import LONGEST_RECORD
from culture_lint.spans import Place

#: The longest catalogue that is read, in characters.
LARGEST = LONGEST_RECORD
#: The most messages of one catalogue: what it may cost in memory.
MOST = 200_000
_CURE = "if it is no message catalogue, leave it out, else split it"

#: Longer names of messages are cut: in gettext and Apple's formats a name is the whole source text.
_LONGEST_NAME = 80
#: A message that branches is ICU MessageFormat whatever else its file holds.
_BRANCHES = re.compile(r"\{\s*\w+\s*,\s*(?:plural|select|selectordinal)\s*,")
_REST = re.compile(r"[^\r\n]*")
_LONE = re.compile("[\ud800-\udfff]")


class Slice(Record):
    """A part of a file that may begin within a line; ``column`` is where it starts."""

    __slots__ = ("column",)

    def __init__(self, raw: str, line: int, column: int) -> None:
        super().__init__(raw, line)
        self.column = column

    def place(self, start: int, end: int) -> Place:
        """Return the lines and columns of ``raw[start:end]`` in the file."""
        inside = super().place(start, end)
        more = self.column - 1
        return Place(
            inside.line,
            inside.column + (more if inside.line == self.line else 0),
            inside.end_line,
            inside.end_column + (more if inside.end_line == self.line else 0),
        )


class Stretch(Slice):
    """The part of a file that one message was read from."""

    __slots__ = ("pieces",)

    def __init__(self, raw: str, line: int, column: int, pieces: tuple[Piece, ...]) -> None:
        super().__init__(raw, line, column)
        self.pieces = pieces

    def __reduce__(self) -> tuple[object, ...]:
        return (Stretch, (self.raw, self.line, self.column, self.pieces))

    def _find(self, ref: Ref) -> Runs:  # noqa: ARG002  (a stretch holds one message)
        return Runs(self.pieces)


@frozen
class Message:
    """A text of a catalogue, escapes undone; ``pieces`` lead to offsets in the file's text."""

    text: str
    pieces: Sequence[Piece]
    field: str = ""
    role: Role = Role.DESCRIPTION
    language: str | None = None


def whole_text(
    source: Source, encoding: str | None, declared: Callable[[str], str | None] | None = None
) -> str:
    """Return the text of a catalogue.

    ``declared`` is asked where the encoding would have to be guessed: it gets the text as it
    was guessed and returns the encoding to read again in, or None.

    Raises:
        SourceError: If the file cannot be read or decoded, or is longer than `LARGEST`.

    """
    with open_text(source, encoding) as opened:
        text = joined(opened.lines, source.path, LARGEST, _CURE)
        other = declared(text) if opened.guessed and declared is not None else None
    if other is not None:
        return whole_text(source, other)
    return text


def message_name(*parts: str) -> str:
    """Return the name of a message as an item id: on one line, a long one cut and made unique."""
    name = " ".join("|".join(part for part in parts if part).split())
    if len(name) <= _LONGEST_NAME:
        return name
    import hashlib  # few names are that long

    digest = hashlib.blake2s(name.encode("utf-8", "replace"), digest_size=4).hexdigest()
    return f"{name[: _LONGEST_NAME - 16].rstrip()}…{digest}"


class Catalogue:
    """The text of one file and what makes items of its messages.

    ``syntaxes`` are those of `prose`; a message that has plurals or selects is ``icu`` as well.
    """

    def __init__(self, path: str, text: str, syntaxes: tuple[str, ...]) -> None:
        self.path = path
        self.text = text
        self.syntaxes = syntaxes
        #: The suppressions in the file's comments; `comment` adds to them.
        self.comments = Comments(path)
        self._breaks = [found.end() for found in LINE_END.finditer(text)]

    def at(self, offset: int) -> tuple[int, int]:
        """Return the line and column of an offset."""
        before = bisect_right(self._breaks, offset)
        return before + 1, offset - (self._breaks[before - 1] if before else 0) + 1

    def error(self, message: str, offset: int) -> SourceError:
        """Return an error about what stands at an offset."""
        return SourceError(message, Location(self.path, *self.at(offset)))

    def bounded(self, count: int, offset: int) -> None:
        """Check how many messages stand before an offset.

        Raises:
            SourceError: If there are more than `MOST`.

        """
        if count > MOST:
            raise self.error(f"holds more than {MOST:,} messages; split it", offset)

    def comment(self, content: str, start: int, end: int, *, file: bool = False) -> None:
        """Take the comment ``text[start:end]``; ``file`` if it stands in the file's own head.

        It is about what stands on its line, else about the `block` that follows.
        """
        if directive(content) is None:
            return
        place = Place(*self.at(start), *self.at(end))
        before = self.text[start - place.column + 1 : start]
        rest = _REST.match(self.text, end)
        alone = not before.strip("\ufeff \t\f") and (rest is None or not rest[0].strip())
        self.comments.add(content, place, alone=alone, file=file)

    def block(self, start: int, end: int) -> None:
        """Say where a message stands that a comment above it may be about."""
        if self.comments:
            self.comments.block(self.at(start)[0], self.at(end)[0])

    def item(
        self, name: str, start: int, messages: Sequence[Message], language: str | None = None
    ) -> Iterator[Item]:
        """Yield the item of one message that starts at ``start``; nothing if it has no prose."""
        found = tuple(one for message in messages for one in self._segments(message))
        if found:
            line, _ = self.at(start)
            directives = self.comments.of(found)
            yield Item(self.path, name, line, found, language, None, directives)

    def _segments(self, message: Message) -> Iterator[Segment]:
        text = message.text
        if "\0" in text:
            text = text.replace("\0", " ")
        if not text.isascii():
            text = _LONE.sub("\ufffd", text)
        record: Stretch | None = None
        icu = ("icu",) if "{" in text and _BRANCHES.search(text) else ()
        for part, runs in prose(text, *self.syntaxes, *icu):
            record = record or self._stretch(message.pieces)
            places = CellPlaces(record, 0, 0, runs)
            yield Segment(message.field, message.role, part, places, language=message.language)

    def _stretch(self, pieces: Sequence[Piece]) -> Stretch:
        start, end = pieces[0][1], pieces[-1][2]
        moved = tuple((length, first - start, last - start) for length, first, last in pieces)
        return Stretch(self.text[start:end], *self.at(start), moved)
