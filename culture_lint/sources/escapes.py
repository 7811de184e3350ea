"""Undo the backslash escapes of a text, with the way back to each character."""

from __future__ import annotations

import re
from collections.abc import Callable

from culture_lint.sources.messages import Piece

#: Returns what an escape says, empty for nothing, and where in the source it ends.
Undo = Callable[[re.Match[str]], tuple[str, int]]


def unescaped(
    text: str, start: int, end: int, escape: re.Pattern[str], undo: Undo
) -> tuple[str, list[Piece]]:
    """Return ``text[start:end]`` with its escapes undone, and its pieces for `places.Runs`."""
    parts: list[str] = []
    pieces: list[Piece] = []
    at = start
    while found := escape.search(text, at, end):
        if found.start() > at:
            parts.append(text[at : found.start()])
            pieces.append((found.start() - at, at, found.start()))
        said, at = undo(found)
        if said:
            parts.append(said)
            pieces.append((len(said), found.start(), at))
    if end > at:
        parts.append(text[at:end])
        pieces.append((end - at, at, end))
    return "".join(parts), pieces


def unit(found: re.Match[str], first: int, second: int) -> tuple[str, int]:
    r"""Return the character of ``\\uXXXX`` and where it ends.

    ``first`` and ``second`` are the groups of the UTF-16 unit and of one that may follow as
    the other half of a pair. A lone half becomes U+FFFD.
    """
    code = int(found[first], 16)
    if not 0xD800 <= code <= 0xDFFF:
        return chr(code), found.end(first)
    if code < 0xDC00 and found[second] is not None:
        low = int(found[second], 16) - 0xDC00
        return chr(0x10000 + ((code - 0xD800) << 10) + low), found.end()
    return "\ufffd", found.end(first)
