"""Patterns of paths, in the syntax of ``.gitignore`` with ``{a,b}`` besides, below one folder."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from culture_lint.errors import Location, SettingsError

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

#: More alternatives than this in one pattern are a mistake.
_MOST = 256


def expanded(pattern: str) -> list[str]:
    """Return a pattern with its ``{a,b}`` written out; a brace without a comma is a brace.

    Of more alternatives than anybody means, the first are returned.
    """
    waiting: list[str] = [pattern]
    done: list[str] = []
    while waiting and len(done) < _MOST:
        one = waiting.pop(0)
        parts = _parted(one)
        if parts is None:
            done.append(one)
        else:
            waiting = [*parts, *waiting][:_MOST]
    return done


def listed(text: str) -> list[str]:
    """Return the patterns of a text that holds several, parted by commas; not those in braces."""
    parts, depth, start = [], 0, 0
    for at, char in enumerate(text):
        depth = max(0, depth + {"{": 1, "}": -1}.get(char, 0))
        if char == "," and not depth:
            parts.append(text[start:at])
            start = at + 1
    return [part.strip() for part in (*parts, text[start:]) if part.strip()]


def _parted(pattern: str) -> list[str] | None:
    """Return the patterns that the first ``{a,b}`` of a pattern stands for, None without one."""
    start = pattern.find("{")
    while start >= 0:
        depth, cuts = 0, [start]
        for at in range(start, len(pattern)):
            depth += {"{": 1, "}": -1}.get(pattern[at], 0)
            if depth == 1 and pattern[at] == ",":
                cuts.append(at)
            if not depth:
                break
        if depth:
            return None
        if len(cuts) > 1:
            head, tail = pattern[:start], pattern[at + 1 :]
            ends = [*cuts[1:], at]
            return [head + pattern[a + 1 : b] + tail for a, b in zip(cuts, ends, strict=True)]
        start = pattern.find("{", start + 1)
    return None


@lru_cache(maxsize=512)
def _compiled(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines([_bare(o) for pattern in patterns for o in expanded(pattern)])


def _bare(pattern: str) -> str:
    """Return a pattern without the ``./`` with which many begin a path, and which fits nothing."""
    sign, rest = ("!", pattern[1:]) if pattern.startswith("!") else ("", pattern)
    return f"{sign}/{rest[2:]}" if rest.startswith("./") else pattern


def checked(patterns: Sequence[str], where: Location | None = None) -> tuple[str, ...]:
    """Return patterns that can be used.

    Raises:
        SettingsError: If one cannot be read.
    """
    try:
        _compiled(tuple(patterns))
    except ValueError as error:
        raise SettingsError(f"no pattern of paths: {error}", where) from error
    return tuple(patterns)


def verdict(patterns: Sequence[str], base: Path, path: str | Path, folder: bool) -> bool | None:
    """Return whether patterns take ``path`` (True), take it back (``!``, False) or say nothing.

    Args:
        patterns: In the syntax of ``.gitignore``, the last that fits decides.
        base: The absolute folder that the patterns are relative to.
        path: The file or folder; one outside ``base`` is not spoken of.
        folder: Whether it is a folder, for patterns that end in ``/``.
    """
    if not patterns:
        return None
    inside = relative(path, base)
    if inside is None:
        return None
    return _compiled(tuple(patterns)).check_file(inside + "/" * folder).include


def matches(patterns: Sequence[str], base: Path, path: str | Path) -> bool:
    """Tell whether patterns take a file, or a folder that it lies in."""
    return bool(verdict(patterns, base, path, False))


def relative(path: str | Path, base: Path) -> str | None:
    """Return a path from ``base`` on with forward slashes, None where it lies elsewhere.

    Seen from nowhere (an empty ``base``), it is the whole path.
    """
    whole = os.path.abspath(path)
    if base == Path():
        return os.path.splitdrive(whole)[1].replace(os.sep, "/").lstrip("/")
    try:
        inside = os.path.relpath(whole, base)
    except ValueError:  # another drive
        return None
    if inside.startswith(os.pardir + os.sep) or inside in (os.pardir, os.curdir):
        return None
    return inside.replace(os.sep, "/")


def lines(text: Iterable[str]) -> tuple[str, ...]:
    """Return the patterns of an ignore file, without comments and empty lines."""
    stripped = (line.rstrip("\r\n") for line in text)
    return tuple(line for line in stripped if line.strip() and not line.startswith("#"))
