"""Keep the severest of many as they stream by, and count the rest."""

from __future__ import annotations

import heapq
from typing import Generic, TypeVar

Kept = TypeVar("Kept")


class Severest(Generic[Kept]):
    """Holds at most ``most`` things: the gravest, and of equally grave ones the first.

    Args:
        most: How many are kept, >= 1.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._heap: list[tuple[int, int, Kept]] = []
        self.seen = 0

    def add(self, rank: int, thing: Kept) -> None:
        """Take one into account; the higher the rank, the graver."""
        entry = (rank, -self.seen, thing)  # no two have the same number, so things never compare
        self.seen += 1
        if len(self._heap) < self._most:
            heapq.heappush(self._heap, entry)
        elif entry > self._heap[0]:
            heapq.heapreplace(self._heap, entry)

    @property
    def left_out(self) -> int:
        """How many were seen and not kept."""
        return self.seen - len(self._heap)

    def by_rank(self) -> list[Kept]:
        """Return what is kept, the gravest first."""
        return [thing for _, _, thing in sorted(self._heap, key=lambda one: (-one[0], -one[1]))]

    def in_order(self) -> list[Kept]:
        """Return what is kept as it came."""
        return [thing for _, _, thing in sorted(self._heap, key=lambda one: -one[1])]
