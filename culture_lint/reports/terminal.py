"""What a terminal makes of text: how wide it is, where to break it, and what must not reach it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

#: Control characters (a listing could move the cursor or repaint the screen), line breaks of all
#: kinds, and the overrides that turn the direction of what follows; and what a build system that
#: keeps the log would obey: ``::command`` where a word begins, ``##[command`` anywhere.
_CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202d\u202e]|(?<!\S):(?=:)|#(?=#(?:vso)?\[)"
)
#: How a terminal is told of colours, and whatever else a text is made of, one by one.
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_PIECE = re.compile(r"\x1b\[[0-9;]*m|.", re.DOTALL)
#: Not parted from what stands before them.
_CLOSING = frozenset("、。，．！？：；）］｝」』】〉》”’«…")


def safe(text: str) -> str:
    """Return text with every control character replaced, one for one."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def width(text: str) -> int:
    """Return the number of terminal cells that text takes; colours take none."""
    if "\x1b" in text:
        text = _COLOUR.sub("", text)
    if text.isascii():
        return len(text)
    return sum(_cells(char) for char in text)


def _cells(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def left(text: str, cells: int) -> str:
    """Return text with blanks after it, to fill so many cells."""
    return text + " " * (cells - width(text))


def right(text: str, cells: int) -> str:
    """Return text with blanks before it, to fill so many cells."""
    return " " * (cells - width(text)) + text


def cut(text: str, cells: int) -> str:
    """Return text that takes at most so many cells, with an ellipsis where it was cut."""
    text = " ".join(text.split())
    if width(text) <= cells:
        return text
    kept = ""
    taken = 1
    for char in text:
        taken += _cells(char)
        if taken > cells:
            break
        kept += char
    head, blank, _ = kept.rpartition(" ")
    return (head if blank and width(head) * 2 > cells else kept.rstrip()) + "…"


def wrapped(text: str, cells: int) -> Iterator[str]:
    """Yield lines of at most so many cells; a longer word stays whole.

    Lines break at blanks, and between wide characters, whose scripts have no blanks.
    """
    line = ""
    taken = 0
    for unit in _units(text):
        size = width(unit)
        if taken and taken + size > cells and unit != " ":
            yield line.rstrip()
            line, taken = "", 0
        if taken or unit != " ":
            line += unit
            taken += size
    if line.strip():
        yield line.rstrip()


def _units(text: str) -> Iterator[str]:
    """Yield what is never broken: words, single wide characters, and single blanks between."""
    unit = plain = ""
    for char in _PIECE.findall(" ".join(text.split())):
        if len(char) > 1:  # a colour stands with what it is about
            unit += char
            continue
        wide = unicodedata.east_asian_width(char) in "WF" and char not in _CLOSING
        if (plain and (char == " " or plain == " " or (wide and plain[-1:] not in "»「『（"))) or (
            plain and char not in _CLOSING and width(plain[:1]) == 2 and _cells(char)
        ):
            yield unit
            unit = plain = ""
        unit += char
        plain += char
    if unit:
        yield unit
