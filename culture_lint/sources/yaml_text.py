"""Find where each character of a YAML scalar stands: plain, quoted, literal and folded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yaml import ScalarNode

#: A piece of a text: its length there, and where its source starts and ends.
Piece = tuple[int, int, int]

_WORD = re.compile(r"[^ \t\r\n\x85\u2028\u2029\ufeff]+")
_SINGLE = re.compile(r"''|[ \t\r\n\x85\u2028\u2029]+|[^' \t\r\n\x85\u2028\u2029]+|'")
_DOUBLE = re.compile(
    r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|(?:\r\n|[\r\n\x85\u2028\u2029])"
    r"[ \t\r\n\x85\u2028\u2029]*|.)"
    r"|[ \t\r\n\x85\u2028\u2029]+|[^\\ \t\r\n\x85\u2028\u2029]+"
)
_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f",
    "r": "\r", "e": "\x1b", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


def scalar_pieces(raw: str, node: ScalarNode) -> list[Piece]:
    """Return how ``node.value`` was made from ``raw``, the text that the node was composed from.

    Escapes, doubled quotes and folded line ends are pieces of their own; the rest stands
    character by character. Where the two cannot be matched the value is one piece.
    """
    start, end = node.start_mark.index, node.end_mark.index
    if node.style == "'":
        found = list(_quoted(raw, start + 1, end - 1, _SINGLE))
    elif node.style == '"':
        found = list(_quoted(raw, start + 1, end - 1, _DOUBLE))
    else:
        if node.style in ("|", ">"):
            start = _behind_header(raw, start, end)
        return _aligned(raw, start, end, node.value)
    if "".join(text for text, _, _ in found) != node.value:
        return [(len(node.value), start, end)]
    return [(len(text), first, last) for text, first, last in found]


def _behind_header(raw: str, start: int, end: int) -> int:
    """Return where the lines of a literal or folded scalar start."""
    found = _BREAK.search(raw, start, end)
    return found.end() if found else end


def _aligned(raw: str, start: int, end: int, value: str) -> list[Piece]:
    """Match the words of ``value`` with those of the source, which differ in blanks alone."""
    pieces: list[Piece] = []
    at, done = start, 0
    for word in _WORD.finditer(value):
        source = raw.find(word[0], at, end)
        if source < 0:
            return [(len(value), start, end)]
        if word.start() > done:
            pieces.append((word.start() - done, at, source))
        pieces.append((len(word[0]), source, source + len(word[0])))
        at, done = source + len(word[0]), word.end()
    if len(value) > done:
        pieces.append((len(value) - done, at, end))
    return pieces


def _quoted(
    raw: str, start: int, end: int, pattern: re.Pattern[str]
) -> Iterator[tuple[str, int, int]]:
    """Yield the pieces of a quoted scalar between its quotes: (text, start, end)."""
    for found in pattern.finditer(raw, start, end):
        part = found[0]
        if part[0] == "\\" and pattern is _DOUBLE:
            yield _unescaped(part), *found.span()
        elif part == "''" and pattern is _SINGLE:
            yield "'", *found.span()
        elif part[0] in " \t\r\n\x85\u2028\u2029" and (breaks := _BREAK.findall(part)):
            yield _folded(breaks), *found.span()
        else:
            yield part, *found.span()


def _folded(breaks: list[str]) -> str:
    """Return what line breaks inside a quoted scalar mean."""
    first, *rest = map(_line_break, breaks)
    if first == "\n":
        first = "" if rest else " "
    return first + "".join(rest)


def _line_break(sign: str) -> str:
    return sign if sign in "\u2028\u2029" else "\n"


def _unescaped(escape: str) -> str:
    sign = escape[1]
    if sign in "xuU":
        code = int(escape[2:], 16)
        return chr(code) if code < 0x110000 else "\ufffd"
    if sign in "\r\n\x85\u2028\u2029":
        return "".join(map(_line_break, _BREAK.findall(escape)[1:]))
    return _ESCAPES.get(sign, sign)
