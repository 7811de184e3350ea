"""Find the values of a JSON text and where each of their characters stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from culture_lint.frozen import frozen
from culture_lint.sources.escapes import unescaped, unit

_TOKEN = re.compile(
    r'[ \t\r\n]*(?:(?P<string>"[^"\\]*(?:\\.[^"\\]*)*")|(?P<mark>[{}\[\],:])|(?P<word>[^\s{}\[\],:"]+))',
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})(?:\\u([dD][c-fC-F][0-9a-fA-F]{2}))?|(.))", re.DOTALL)
_SHORT = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}

#: The keys and indices that lead to a value.
Path = tuple[str | int, ...]


@frozen
class Leaf:
    """A string or a bare word (number, true, null) of a JSON text; a string without quotes."""

    path: Path
    start: int
    end: int
    is_string: bool


def leaves(raw: str) -> Iterator[Leaf]:
    """Yield the values of a well-formed JSON text in order, in linear time and without recursion."""
    return (leaf for leaf, is_key in members(raw) if not is_key)


def members(raw: str) -> Iterator[tuple[Leaf, bool]]:
    """Yield the values as `leaves` does and the keys before them; the flag tells a key."""
    path: list[str | int] = []
    expect_key = False
    for token in _TOKEN.finditer(raw):
        mark = token["mark"]
        if mark is None:
            kind = "string" if token["string"] is not None else "word"
            start, end = token.span(kind)
            if kind == "string":
                start, end = start + 1, end - 1
            is_key = expect_key and kind == "string"
            if is_key:
                path[-1] = decoded(raw, start, end)[0]
            yield Leaf(tuple(path), start, end, kind == "string"), is_key
        elif mark in "{[":
            path.append("" if mark == "{" else 0)
            expect_key = mark == "{"
        elif mark in "}]":
            if path:
                path.pop()
            expect_key = False
        elif mark == ",":
            last = path[-1] if path else ""
            expect_key = isinstance(last, str)
            if isinstance(last, int):
                path[-1] = last + 1
        else:
            expect_key = False


def decoded(raw: str, start: int, end: int) -> tuple[str, list[tuple[int, int, int]]]:
    """Return the string in ``raw[start:end]`` (quotes left out) and its pieces for `Runs`.

    A lone half of a surrogate pair becomes U+FFFD.
    """
    if raw.find("\\", start, end) < 0:
        return raw[start:end], [(end - start, start, end)]
    return unescaped(raw, start, end, _ESCAPE, _undone)


def _undone(found: re.Match[str]) -> tuple[str, int]:
    """Return the character of an escape and where the escape ends."""
    if found[3] is not None:
        return _SHORT.get(found[3], found[3]), found.end()
    return unit(found, 1, 2)
