"""A progress bar with an estimate on a terminal, for input that takes a while."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

import click

if TYPE_CHECKING:
    from culture_lint.sources.items import Source

#: Input below this many bytes is done before anybody could read a bar.
WORTH_IT = 2_000_000


class Progress(Protocol):
    """Told of each item as it is done."""

    def at(self, source: Source, line: int) -> None:
        """Say that an item that starts on ``line`` of ``source`` is done."""


class _Silent:
    def at(self, source: Source, line: int) -> None:
        """Show nothing."""


class _Bar:
    """Moves by lines of input, which are counted beforehand (much faster than reading them)."""

    def __init__(self, bar: object, starts: dict[str, int]) -> None:
        self._bar = bar
        self._starts = starts
        self._done = 0

    def at(self, source: Source, line: int) -> None:
        """Move the bar forward to a line of a file."""
        done = self._starts.get(source.path, 0) + line
        if done - self._done >= 500:
            self._bar.update(done - self._done)  # type: ignore[attr-defined]
            self._done = done


@contextmanager
def progress(sources: Sequence[Source], wanted: bool) -> Iterator[Progress]:
    """Show a bar on standard error while the block runs, where it is wanted and worth it."""
    if not wanted or not sys.stderr.isatty():
        yield _Silent()
        return
    starts: dict[str, int] = {}
    lines = size = 0
    for source in sources:
        starts[source.path] = lines
        counted, read = _count(source)
        lines, size = lines + counted, size + read
    if size < WORTH_IT:
        yield _Silent()
        return
    with click.progressbar(length=lines, label="checking", file=sys.stderr) as bar:
        yield _Bar(bar, starts)


def _count(source: Source) -> tuple[int, int]:
    """Return the number of lines and bytes of a source; unreadable ones count nothing."""
    if source.data is not None:
        return source.data.count(b"\n"), len(source.data)
    lines = size = 0
    try:
        with open(source.path, "rb") as file:
            while block := file.read(1 << 20):
                lines += block.count(b"\n")
                size += len(block)
    except OSError:
        return 0, 0
    return lines, size
