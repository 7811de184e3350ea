"""Gather what a user should know about one input, without flooding them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from culture_lint.sources.items import Notice

#: So many notices of one kind are given one by one; the rest are counted.
MOST_OF_A_KIND = 50


class Notices:
    """The notices of one input that have not been handed on yet."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.waiting: list[Notice] = []
        self._counts: Counter[str] = Counter()

    def add(
        self, message: str, line: int | None = None, column: int | None = None, kind: str = ""
    ) -> None:
        """Add a notice; those of one ``kind`` beyond the most that are shown are only counted."""
        if kind:
            self._counts[kind] += 1
            if self._counts[kind] > MOST_OF_A_KIND:
                return
        self.waiting.append(Notice(self.path, message, line, column))

    def take(self) -> Iterator[Notice]:
        """Yield the waiting notices and forget them."""
        waiting, self.waiting = self.waiting, []
        yield from waiting

    def rest(self) -> Iterator[Notice]:
        """Yield the waiting notices and, at the end of the input, how many were left out."""
        yield from self.take()
        for kind, count in self._counts.items():
            if count > MOST_OF_A_KIND:
                yield Notice(self.path, f"{count - MOST_OF_A_KIND:,} more with {kind}")
