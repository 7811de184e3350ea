"""Lay words out as a reader sees them: blanks collapsed, lines broken, placeholders put aside."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping

#: What stands in a text for something that is not prose.
OBJECT = "\ufffc"
#: A piece of a text: its length there, and where its source starts and ends.
Piece = tuple[int, int, int]
#: How a stretch of the source that is not prose shows: as one `OBJECT`, not at all, as the end
#: of a line, as a blank.
SHOWN, HIDDEN, LINE, BLANK = "shown", "hidden", "line", "blank"
#: Where such stretches start: their end, and how they show.
Cuts = Mapping[int, tuple[int, str]]

_WORDS = re.compile(r"[^ \t\r\n\f]+(?: [^ \t\r\n\f]+)*")
#: Scripts that set no blank where a line ends inside a sentence (Korean does).
_UNSPACED = re.compile(
    "[\u2e80-\u312f\u3190-\ua4cf\uf900-\ufaff\uff00-\uff9f\U00020000-\U0003ffff]"
)

#: A piece of the result: its text, and where its source starts and ends.
_Part = tuple[str, int, int]


class Stretches:
    """Where the characters of a text stand that was put together of stretches of a file."""

    __slots__ = ("_sources", "_starts", "_stops")

    def __init__(self, stretches: Iterable[tuple[int, int, int]]) -> None:
        """Take (start in the text, its end, start in the file) of each, in text order."""
        found = list(stretches)
        self._starts = [start for start, _, _ in found]
        self._stops = [stop for _, stop, _ in found]
        self._sources = [source for _, _, source in found]

    def cut(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Yield the stretches of ``text[start:end]``, as they were given."""
        at = max(bisect_right(self._starts, start) - 1, 0)
        while at < len(self._starts) and self._starts[at] < end:
            first, last = max(start, self._starts[at]), min(end, self._stops[at])
            if first < last:
                yield first, last, self._sources[at] + first - self._starts[at]
            at += 1

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the file that ``text[start:end]`` reaches over."""
        found = list(self.cut(start, end))
        if not found:
            return 0, 0
        first, last = found[0], found[-1]
        return first[2], last[2] + last[1] - last[0]


class Flow:
    """A text under way, each part with where its source stands.

    Blanks and line ends between words collapse to one blank as in a browser; between Chinese or
    Japanese characters a line end is nothing. ``cuts`` says what stands behind an `OBJECT` of
    the source, for a source in which such stretches are overwritten with it.
    """

    __slots__ = ("_between", "_cuts", "parts")

    def __init__(self, cuts: Cuts | None = None) -> None:
        self.parts: list[_Part] = []
        self._between: _Part | None = None
        self._cuts = cuts

    def add(self, text: str, start: int, end: int) -> None:
        """Add a text: as long as its source and the same, or a character for an entity."""
        if len(text) != end - start:
            self.char(text, start, end)
        elif self._cuts and OBJECT in text:
            self._with_cuts(text, start)
        else:
            self._words(text, start, end)

    def char(self, text: str, start: int, end: int) -> None:
        """Add what stands as it is: a no-break space is a character of its own."""
        self._flush(text)
        self.parts.append((text, start, end))

    def line(self, start: int, end: int) -> None:
        """End the line, unless nothing stands on it."""
        if self._between is None or self._between[0] == " ":
            self._between = ("\n", start, end)

    def blank(self, start: int, end: int) -> None:
        """Part the words around what stands here."""
        if self._between is None:
            self._between = (" ", start, end)

    def made(self) -> tuple[str, list[Piece]]:
        """Return the text and its pieces, in source offsets."""
        text = "".join([part[0] for part in self.parts])
        return text, [(len(part), start, end) for part, start, end in self.parts]

    def _words(self, text: str, start: int, end: int) -> None:
        at = 0
        parts = self.parts
        for words in _WORDS.finditer(text):
            first, last = words.span()
            if first > at and self._between is None:
                self._space(text[at:first], start + at, start + first)
            word = words[0]
            if self._between is not None:
                self._flush(word)
            parts.append((word, start + first, start + last))
            at = last
        if at < len(text) and self._between is None:
            self._space(text[at:], start + at, end)

    def _space(self, gap: str, start: int, end: int) -> None:
        if "\n" in gap and self.parts and _UNSPACED.match(self.parts[-1][0][-1]):
            self._between = ("", start, end)
        else:
            self._between = (" ", start, end)

    def _flush(self, text: str) -> None:
        """Add what stands between two words, except at the very start."""
        between, self._between = self._between, None
        if between is not None and self.parts:
            if not between[0] and not _UNSPACED.match(text):
                between = (" ", *between[1:])
            if between[0]:
                self.parts.append(between)

    def _with_cuts(self, text: str, start: int) -> None:
        """Add a text some of which is overwritten."""
        assert self._cuts is not None
        at = 0
        while (found := text.find(OBJECT, at)) >= 0:
            if found > at:
                self._words(text[at:found], start + at, start + found)
            end, how = self._cuts.get(start + found, (start + found + 1, SHOWN))
            end = min(end, start + len(text))
            if how == SHOWN:
                self.char(OBJECT, start + found, end)
            elif how == LINE:
                self.line(start + found, end)
            elif how == BLANK:
                self.blank(start + found, end)
            at = end - start
        if at < len(text):
            self._words(text[at:], start + at, start + len(text))
