"""Make items of a page: one a passage, named by the headings that lead to it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from culture_lint.frozen import frozen
from culture_lint.sources.directives import Comments, directive
from culture_lint.sources.encoding import joined, open_text
from culture_lint.sources.flow import OBJECT, Piece
from culture_lint.sources.items import Item, Notice, ReadOptions, Role, Segment, Source
from culture_lint.sources.messages import composed, prose
from culture_lint.sources.places import LINE_END, CellPlaces, RawText, Record, Ref, Runs
from culture_lint.sources.records import LONGEST_RECORD
from culture_lint.spans import Place

#: Between the headings of an item's id.
PATH = " > "
#: So much of a heading names its passage.
_LONGEST_NAME = 60
_ADDRESS = re.compile(r"://|www\.|@")
#: Blanks and what letters are padded with, so that no copy shows behind their preview.
_NOTHING = OBJECT + " \t\r\n\xa0\xad\u034f\u2007\u200b\u200c\u200d\u200e\u200f\u2060\u3000\ufeff"


class Passage(Record):
    """A stretch of a page as it stands in the file; ``column`` is that of its first character."""

    __slots__ = ("column",)

    def __init__(self, raw: str, line: int, column: int) -> None:
        super().__init__(raw, line)
        self.column = column

    def __reduce__(self) -> tuple[object, ...]:
        return (Passage, (self.raw, self.line, self.column))

    def place(self, start: int, end: int) -> Place:
        """Return the lines and columns of ``raw[start:end]`` in the file."""
        found = super().place(start, end)
        before = self.column - 1
        return Place(
            found.line,
            found.column + (before if found.line == self.line else 0),
            found.end_line,
            found.end_column + (before if found.end_line == self.line else 0),
        )

    def _find(self, ref: Ref) -> Runs:  # noqa: ARG002  (one cell is all there is)
        return Runs([(len(self.raw), 0, len(self.raw))])


@frozen
class Text:
    """A text of a page with its pieces in the file, in text order."""

    field: str
    role: Role
    text: str
    pieces: Sequence[Piece]
    language: str | None = None
    attribute: str | None = None


@dataclass(slots=True)
class _Section:
    name: str
    texts: list[Text] = field(default_factory=list)
    #: The level of the heading that is all it holds so far, 0 when it holds more.
    bare: int = 0


class LineEnds:
    """A text whose lines end in a line feed alone, and where it stands in the file's own."""

    __slots__ = ("_added", "_at", "text")

    def __init__(self, raw: str) -> None:
        self.text = raw
        self._at: list[int] = []
        self._added = [0]
        if "\r" not in raw:
            return
        added = 0
        for found in LINE_END.finditer(raw):
            if len(found[0]) > 1:
                self._at.append(found.start() - added)
                added += len(found[0]) - 1
                self._added.append(added)
        self.text = LINE_END.sub("\n", raw)

    def moved(self, pieces: Sequence[Piece]) -> Sequence[Piece]:
        """Return pieces in offsets of the file."""
        if not self._at:
            return pieces
        return [part for piece in pieces for part in self._moved(*piece)]

    def offset(self, at: int) -> int:
        """Return the offset in the file of one in the text."""
        return at + self._added[bisect_left(self._at, at)]

    def _moved(self, length: int, start: int, end: int) -> Iterator[Piece]:
        if length != end - start:
            yield length, self.offset(start), self.offset(end)
            return
        at = bisect_left(self._at, start)
        while at < len(self._at) and self._at[at] < end:
            stop = self._at[at]
            if stop > start:
                yield stop - start, self.offset(start), self.offset(stop)
            yield 1, self.offset(stop), self.offset(stop + 1)
            start = stop + 1
            at += 1
        if start < end:
            yield end - start, self.offset(start), self.offset(end)


class Passages:
    """The passages of one page under way.

    ``raw`` is the file's text; ``ends`` is given where all offsets are those of its text with
    other line ends.

    ``language`` and ``markets`` are what the page declares of itself, ``title`` names what
    stands above its first heading; they may be set until `items` is called.
    """

    def __init__(self, path: str, raw: str, ends: LineEnds | None = None) -> None:
        self.raw = raw
        self._ends = ends if ends is not None and ends.text is not raw else None
        self.language: str | None = None
        self.markets: tuple[str, ...] | None = None
        self.title = ""
        self.comments = Comments(path)
        self.path = path
        self._all = RawText(raw, 1)
        self._sections = [_Section("")]
        self._headings: list[tuple[int, str]] = []

    def add(self, text: Text) -> None:
        """Add a text to the passage under way, unless nothing of it is to be read."""
        if (made := self._readable(text)) is not None:
            self._add(made)

    def _add(self, made: Text) -> None:
        self._sections[-1].texts.append(made)
        self._sections[-1].bare = 0
        place = self._all.place(made.pieces[0][1], made.pieces[-1][2])
        self.comments.block(place.line, place.end_line)

    def heading(self, level: int, text: Text) -> None:
        """Start the passage of a heading, ``level`` from 1 (the page) down.

        A heading right below another one is of the same passage.
        """
        made = self._readable(text)
        if made is None:
            return
        self._headings = [one for one in self._headings if one[0] < level]
        self._headings.append((level, named(made.text)))
        name = PATH.join(name for _, name in self._headings)
        if 0 < self._sections[-1].bare < level:
            self._sections[-1].name = name
        else:
            self._sections.append(_Section(name))
        self._add(made)
        self._sections[-1].bare = level

    def part(self, name: str) -> None:
        """Start a passage that no heading names."""
        self._sections.append(_Section(name))

    def apart(self, name: str, texts: Sequence[Text]) -> None:
        """Add a passage of its own, off the page: product data, for example."""
        readable = [made for made in map(self._readable, texts) if made is not None]
        if readable:
            self._sections.insert(-1, _Section(name, readable))

    def comment(self, content: str, start: int, end: int) -> None:
        """Take a comment of the file: ``raw[start:end]`` with its delimiters."""
        if directive(content) is None:
            return
        start, end = self._offset(start), self._offset(end)
        before = self.raw[max(self.raw.rfind(sign, 0, start) for sign in "\r\n") + 1 : start]
        found = LINE_END.search(self.raw, end)
        after = self.raw[end : found.start() if found else len(self.raw)]
        alone = not before.strip(" \t>") and not after.strip()
        self.comments.add(content, self._all.place(start, end), alone=alone)

    def line(self, start: int) -> int:
        """Return the physical line of an offset in the file."""
        start = self._offset(start)
        return self._all.place(start, start).line

    def _offset(self, at: int) -> int:
        return at if self._ends is None else self._ends.offset(at)

    def _readable(self, text: Text) -> Text | None:
        """Return a text as it is checked, its pieces in the file; None if it is empty."""
        made = _readable(text)
        if made is None or self._ends is None:
            return made
        return replace(made, pieces=self._ends.moved(made.pieces))

    def items(self) -> Iterator[Item | Notice]:
        """Yield the passages that have texts, in file order, then what is to be said of comments."""
        met: Counter[str] = Counter()
        for number, section in enumerate(self._sections, 1):
            if not section.texts:
                continue
            name = section.name or named(self.title) or str(number)
            met[name] += 1
            unique = name if met[name] == 1 else f"{name} ({met[name]})"
            yield self._item(unique, section, numbered=name.isdecimal())
        yield from self.comments.rest()

    def _item(self, name: str, section: _Section, *, numbered: bool) -> Item:
        start = min(piece[1] for text in section.texts for piece in text.pieces)
        end = max(piece[2] for text in section.texts for piece in text.pieces)
        place = self._all.place(start, start)
        record = Passage(self.raw[start:end], place.line, place.column)
        segments = tuple(
            Segment(
                text.field,
                text.role,
                text.text,
                CellPlaces(
                    record, (), 0, Runs((n, a - start, b - start) for n, a, b in text.pieces)
                ),
                text.attribute,
                text.language if text.language != self.language else None,
            )
            for text in section.texts
        )
        directives = self.comments.of(segments)
        return Item(
            self.path,
            name,
            place.line,
            segments,
            self.language,
            self.markets,
            directives,
            numbered,
        )


def named(text: str) -> str:
    """Return a heading as the name of its passage: on one line, not too long."""
    text = " ".join(text.replace(OBJECT, " ").split())
    return text if len(text) <= _LONGEST_NAME else text[: _LONGEST_NAME - 1].rstrip() + "…"


def _readable(text: Text) -> Text | None:
    """Return a text without the blanks around it and with its addresses put aside; None if empty."""
    shown, pieces = text.text, text.pieces
    if "\0" in shown:
        shown = shown.replace("\0", " ")
    if _ADDRESS.search(shown) is not None:
        found = prose(shown, "url")
        if not found:
            return None
        inner, runs = found[0]
        pieces = composed(runs.pieces(), list(pieces))
        shown = inner
    bare = shown.strip()
    if not bare.strip(_NOTHING):
        return None
    if len(bare) < len(shown):
        start = len(shown) - len(shown.lstrip())
        pieces = composed([(len(bare), start, start + len(bare))], list(pieces))
    return Text(text.field, text.role, bare, pieces, text.language, text.attribute)


def whole_text(source: Source, options: ReadOptions, longest: int = LONGEST_RECORD) -> str:
    """Return all of a source as text, without a byte order mark.

    Raises:
        SourceError: If it cannot be read, or is longer than ``longest`` characters.

    """
    with open_text(source, options.encoding) as text:
        return joined(text.lines, source.path, longest).removeprefix("\ufeff")
