"""What a file is to become, and what can write it: one writer for texts, one for workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from culture_lint.fixing.edits import Edits
from culture_lint.frozen import frozen
from culture_lint.sources.items import Item


@frozen
class ItemChange:
    """The edits of one item, by the number of the segment; ``number`` counts the file's items."""

    number: int
    item: Item
    edits: dict[int, Edits]


@frozen
class Hunk:
    """Lines of a file before and after; ``first`` is the old number of the first, from 1.

    ``where`` stands in place of the numbers where a file has no lines.
    """

    first: int
    old: tuple[str, ...]
    new: tuple[str, ...]
    where: str = ""


class Writer(Protocol):
    """Puts edits into one kind of file."""

    def refusal(self, item: Item, segment: int, start: int, end: int, new: str) -> str:
        """Return why a text cannot stand in place of a span of a segment, empty if it may."""

    def written(self, changes: Sequence[tuple[ItemChange, int]]) -> bytes:
        """Return the whole file with changes made.

        With each change comes which of the ways to write it is to be taken, from 0.

        Raises:
            UnwritableError: If they cannot be.
        """

    def hunks(self, new: bytes) -> list[Hunk]:
        """Return what differs in a file that `written` has returned."""
