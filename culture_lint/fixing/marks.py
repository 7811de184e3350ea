"""Where and how each format takes a suppression: ways to write one, the best first.

A way is an insertion into the file's text. Which of them is right only reading the file again
tells (`silence`): here is what is worth a try.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from html import escape

from culture_lint.fixing.textfile import Replacement
from culture_lint.frozen import frozen
from culture_lint.sources.places import LINE_END
from culture_lint.spans import Place

#: How far above a text its element, key or block is looked for, in lines.
_ABOVE = 12
_BLANK = re.compile(r"[ \t]*")
_UNIT = re.compile(r"<(?:[\w-]+:)?(trans-unit|unit)\b[^>]*>")
_HASHES = (".po", ".pot", ".yaml", ".yml", ".properties", ".ftl")
_PAGES = (".html", ".htm", ".xhtml", ".mjml", ".ftlh", ".ftl", ".md", ".markdown")
_FENCES = ("---", "+++")


@frozen
class Spot:
    """What is to be silenced: a finding's place, and where its item starts (line, from 1)."""

    place: Place
    line: int
    #: The first line of the segment that it is in.
    top: int
    field: str


class Lines:
    """The lines of a file's text, by their numbers from 1."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(found.end() for found in LINE_END.finditer(text))]
        found = LINE_END.search(text)
        #: What ends the lines of the file.
        self.end = found[0] if found else "\n"

    def start(self, line: int) -> int:
        """Return where a line starts."""
        return self._starts[min(max(line, 1), len(self._starts)) - 1]

    def stop(self, line: int) -> int:
        """Return where a line stops, its end not counted."""
        found = LINE_END.search(self.text, self.start(line))
        return found.start() if found else len(self.text)

    def line(self, line: int) -> str:
        """Return a line without its end."""
        return self.text[self.start(line) : self.stop(line)]

    def indent(self, line: int) -> str:
        """Return the blanks that a line begins with."""
        found = _BLANK.match(self.line(line).removeprefix("\ufeff"))
        return found[0] if found else ""

    def number(self, offset: int) -> int:
        """Return the line of an offset."""
        from bisect import bisect_right

        return bisect_right(self._starts, offset)


#: Makes the comment of an order for culture-lint (``ignore[...] -- reason``).
_Comment = Callable[[str], str]


def hashed(order: str) -> str:
    """Return a comment from a hash sign to the end of its line."""
    return f"# culture-lint: {order}"


def marked(order: str) -> str:
    """Return a comment of HTML and XML, which may not hold two hyphens."""
    return f"<!-- culture-lint: {_undashed(order)} -->"


def starred(order: str) -> str:
    """Return a comment of C and its children."""
    return f"/* culture-lint: {order.replace('*/', '* /')} */"


def braced(order: str) -> str:
    """Return a comment of JSX."""
    return f"{{{starred(order)}}}"


def _undashed(order: str) -> str:
    return re.sub(r"-{2,}", "–", order).replace(">", "›") if "--" in order else order


def ways(ending: str, lines: Lines, spot: Spot) -> Iterator[Callable[[str], Replacement]]:
    """Yield ways to write an order about a spot into a file of an ending, the best first."""
    if ending in (".xlf", ".xliff"):
        yield from _notes(lines, spot)
    elif ending in (".md", ".markdown", ".mdx") and _in_head(lines, spot.top):
        yield from _above(lines, range(spot.top, max(spot.top - _ABOVE, 1), -1), hashed)
    elif ending == ".mdx":
        yield from _in_page(lines, spot, braced)
    elif ending in _HASHES:
        yield from _above(lines, _heads(lines, spot, ending), hashed)
        if ending == ".ftl":  # Freemarker
            yield from _in_page(lines, spot, marked)
    elif ending in _PAGES:
        yield from _in_page(lines, spot, marked)
    elif ending in (".resx", ".resw", ".stringsdict") or (
        ending == ".xml" and "<resources" in lines.text[:4096]
    ):
        first = max(spot.line - _ABOVE, 1)
        yield from _above(lines, range(spot.line, first - 1, -1), marked)
    elif ending == ".strings":
        yield from _above(lines, (spot.line,), starred)


def _heads(lines: Lines, spot: Spot, ending: str) -> Iterator[int]:
    """Yield the lines above which a comment may be about the message of a spot."""
    line = spot.line
    if ending in (".po", ".pot"):
        # What translators say stands above what programs do.
        while line > 1 and re.match(r"#(?!~)", lines.line(line - 1).lstrip("\ufeff")):
            line -= 1
        yield line
        yield spot.line
        return
    yield from dict.fromkeys((line, spot.top))
    yield from range(line - 1, max(line - _ABOVE, 0), -1)


def _in_page(lines: Lines, spot: Spot, comment: _Comment) -> Iterator[Callable[[str], Replacement]]:
    """Yield ways for a page: above its block, behind the line, above the line itself."""
    own = lines.line(spot.top)
    block = re.fullmatch(r"h\d|p|div|mj-text|blockquote", spot.field) is not None
    if block and own[:1] not in (" ", "\t", ">", "|", "-", "*", "+") and not own[:1].isdigit():
        yield from _above(lines, (spot.top,), comment)
    yield from _behind(lines, spot.place.end_line, comment)
    if spot.place.line != spot.place.end_line:
        yield from _behind(lines, spot.place.line, comment)
    yield from _above(lines, range(spot.top, max(spot.top - _ABOVE, 0), -1), comment)


def _above(
    lines: Lines, numbers: Iterator[int] | range | tuple[int, ...], comment: _Comment
) -> Iterator[Callable[[str], Replacement]]:
    for number in numbers:
        at = lines.start(number)
        if lines.text.startswith("\ufeff", at):
            at += 1
        yield partial(_line_above, at, lines.indent(number), lines.end, comment)


def _line_above(at: int, indent: str, end: str, comment: _Comment, order: str) -> Replacement:
    return Replacement(at, at, f"{indent}{comment(order)}{end}")


def _behind(lines: Lines, number: int, comment: _Comment) -> Iterator[Callable[[str], Replacement]]:
    line = lines.line(number)
    end = lines.start(number) + len(line.rstrip(" \t"))
    yield lambda order: Replacement(end, end, f" {comment(order)}")
    if line.rstrip().endswith("|"):  # a row of a table: in its last cell
        cell = lines.start(number) + len(line.rstrip()[:-1].rstrip())
        yield lambda order: Replacement(cell, cell, f" {comment(order)}")


def _in_head(lines: Lines, line: int) -> bool:
    """Tell whether a line stands in the front matter of a page."""
    fence = lines.line(1).removeprefix("\ufeff").strip()
    if fence not in _FENCES:
        return False
    return all(lines.line(number).strip() != fence for number in range(2, line + 1))


def _notes(lines: Lines, spot: Spot) -> Iterator[Callable[[str], Replacement]]:
    """Yield the note of the unit that a spot is in."""
    text = lines.text
    offset = lines.start(spot.place.line) + spot.place.column - 1
    opened = None
    for found in _UNIT.finditer(text, 0, offset):
        opened = found
    if opened is None:
        return
    if opened[1] == "trans-unit":
        close = re.compile(r"(\s*)</(?:[\w-]+:)?trans-unit\s*>").search(text, offset)
        last = re.compile(r"[ \t\r\n]*(?=<(?!/))")
        if close is None:
            return
        blank = last.match(text, opened.end())
        before = blank[0] if blank else ""
        at = close.start()
        yield lambda order: Replacement(
            at, at, f'{before}<note from="culture-lint">{escape(order, quote=False)}</note>'
        )
        return
    inside = text[opened.end() : offset]
    notes = re.search(r"<notes\s*>", inside)
    if notes is not None:
        start = opened.end() + notes.end()
        note = '<note category="culture-lint">{}</note>'
    else:
        first = re.search(r"<(?:originalData|segment|ignorable)\b", inside)
        if first is None:
            return
        start = opened.end() + first.start()
        note = '<notes><note category="culture-lint">{}</note></notes>'
    line = lines.number(start)
    before = text[lines.start(line) : start]
    behind = f"{lines.end}{before}" if not before.strip() and notes is None else ""
    yield lambda order: Replacement(start, start, note.format(escape(order, quote=False)) + behind)
