"""Replace stretches of a text file; every byte outside them stays as it is."""

from __future__ import annotations

import codecs
import itertools
import re
from collections.abc import Iterator, Sequence

from culture_lint.errors import SourceError
from culture_lint.fixing.changes import Hunk, ItemChange
from culture_lint.fixing.edits import Edit
from culture_lint.fixing.encode import Site, encoded, refusal, unfaithful
from culture_lint.frozen import frozen
from culture_lint.sources.items import Item, Segment, Source
from culture_lint.sources.places import LINE_END
from culture_lint.spans import Place

#: What a file says of its own encoding: XML, HTML, PO, Python-like comments.
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*[=:]\s*["']?([A-Za-z0-9._:-]+)""")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class UnwritableError(Exception):
    """Why something cannot be written into a file; the message is for the user."""


@frozen
class Replacement:
    """``new`` in place of ``text[start:end]`` of a decoded file."""

    start: int
    end: int
    new: str


class Decoded:
    """The text of a file, and where the lines of it start.

    Args:
        data: The whole file.
        encoding: Its encoding, by its Python name; a BOM decides against it.

    Raises:
        UnicodeDecodeError: If the file is not in that encoding.
    """

    def __init__(self, data: bytes, encoding: str) -> None:
        bom, name = next(((bom, name) for bom, name in _BOMS if data.startswith(bom)), (b"", ""))
        self.data = data
        self.encoding = name or ("utf-8" if encoding == "utf-8-sig" else encoding)
        self._bom = bom
        self.text = data[len(bom) :].decode(self.encoding)
        self._lines = [0, *(found.end() for found in LINE_END.finditer(self.text))]

    def span(self, place: Place) -> tuple[int, int]:
        """Return the offsets of a place; nonsense gives nonsense, within the text."""
        return self._offset(place.line, place.column), self._offset(
            place.end_line, place.end_column
        )

    def _offset(self, line: int, column: int) -> int:
        return self._lines[min(max(line, 1), len(self._lines)) - 1] + column - 1

    def spliced(self, replacements: Sequence[Replacement]) -> bytes:
        """Return the bytes of the file with stretches replaced; they are in order, apart.

        Raises:
            UnwritableError: If the encoding has no such characters, or the file's bytes are not
                those that its text would be encoded to.
        """
        parts = [self._bom]
        at, offset = len(self._bom), 0
        for one in replacements:
            kept = self._encoded(self.text[offset : one.start])
            old = self._encoded(self.text[one.start : one.end])
            stretch = kept + old
            if self.data[at : at + len(stretch)] != stretch:
                raise UnwritableError(f"the file is not plain {self.encoding} throughout")
            parts += (kept, self._encoded(one.new))
            at += len(stretch)
            offset = one.end
        parts.append(self.data[at:])
        return b"".join(parts)

    def _encoded(self, text: str) -> bytes:
        try:
            return text.encode(self.encoding)
        except UnicodeEncodeError as error:
            letter = error.object[error.start]
            raise UnwritableError(
                f"the file is in {self.encoding}, which has no “{letter}”"
            ) from None


def decodings(source: Source, data: bytes, named: str | None) -> Iterator[Decoded]:
    """Yield a file as text in each encoding that its reader may have used."""
    from culture_lint.sources.encoding import open_text

    names = [named] if named else []
    if not named:
        try:
            with open_text(Source(source.path, data), None) as text:
                names.append(text.encoding)
        except SourceError:
            pass
        declared = _DECLARED.search(data, 0, 64 * 1024)
        if declared:
            names.append(declared[1].decode("ascii"))
    seen: set[str] = set()
    for name in names:
        try:
            known = codecs.lookup(name).name
            if known in seen:
                continue
            seen.add(known)
            yield Decoded(data, "utf-16-le" if known == "utf-16" else known)
        except (LookupError, UnicodeDecodeError):
            continue


class TextWriter:
    """Puts edits into a file of text (see `changes.Writer`)."""

    def __init__(self, decoded: Decoded, ending: str) -> None:
        self._decoded = decoded
        self._ending = ending

    def refusal(self, item: Item, segment: int, start: int, end: int, new: str) -> str:
        """Return why a text cannot stand in place of a span of a segment, empty if it may."""
        one = item.segments[segment]
        site = self._site(one, start, end)
        if site is None:
            return "the place in the file is not clear"
        return unfaithful(one.text[start:end], site) or refusal(new, site)

    def _site(self, segment: Segment, start: int, end: int) -> Site | None:
        first, last = self._decoded.span(segment.places.place(start, end))
        site = Site(self._decoded.text, first, last, self._ending)
        return site if site.raw and site.raw == segment.places.source(start, end) else None

    def written(self, changes: Sequence[tuple[ItemChange, int]]) -> bytes:
        """Return the whole file with changes made.

        Raises:
            UnwritableError: If they overlap in the file, or its encoding has no such characters.
        """
        found: set[Replacement] = set()
        for change, way in changes:
            for number, edits in change.edits.items():
                segment = change.item.segments[number]
                found.update(self._replacement(segment, one, way) for one in edits)
        ordered = sorted(found, key=lambda one: (one.start, one.end, one.new))
        for one, following in itertools.pairwise(ordered):
            if following.start < one.end:
                raise UnwritableError("two texts are made from the same words of the file")
        return self._decoded.spliced(ordered)

    def _replacement(self, segment: Segment, edit: Edit, way: int) -> Replacement:
        site = self._site(segment, edit.start, edit.end)
        if site is None:
            raise UnwritableError("the place in the file is not clear")
        ways = list(encoded(edit.text, site))
        return Replacement(site.start, site.end, ways[min(way, len(ways) - 1)])

    def hunks(self, new: bytes) -> list[Hunk]:
        """Return the lines that differ, with three lines around them."""
        after = Decoded(new, self._decoded.encoding).text
        return list(line_hunks(_lines(self._decoded.text), _lines(after)))


def _lines(text: str) -> list[str]:
    """Return the lines of a text with their ends, as patches count them."""
    parts = text.split("\n")
    return [f"{one}\n" for one in parts[:-1]] + [one for one in parts[-1:] if one]


def line_hunks(old: Sequence[str], new: Sequence[str]) -> Iterator[Hunk]:
    """Yield where two texts of mostly the same lines differ.

    Each hunk begins with up to three lines that are the same, and ends with as many.
    """
    import difflib

    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(middle_old) == len(middle_new):  # as fixes leave them, nearly always
        ops = [
            (at, at + 1, at, at + 1)
            for at, pair in enumerate(zip(middle_old, middle_new, strict=True))
            if pair[0] != pair[1]
        ]
    else:
        matcher = difflib.SequenceMatcher(None, middle_old, middle_new, autojunk=False)
        ops = [one[1:] for one in matcher.get_opcodes() if one[0] != "equal"]
    spans = [(a + head, b + head, c + head, d + head) for a, b, c, d in ops]
    while spans:
        group = [spans.pop(0)]
        while spans and spans[0][0] - group[-1][1] <= 6:
            group.append(spans.pop(0))
        first, last = max(0, group[0][0] - 3), min(len(old), group[-1][1] + 3)
        begin = group[0][2] - (group[0][0] - first)
        stop = min(len(new), group[-1][3] + last - group[-1][1])
        yield Hunk(first + 1, tuple(old[first:last]), tuple(new[begin:stop]))
