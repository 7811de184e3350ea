"""Replacements in the text of a segment, and the way back from the new text to the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from culture_lint.sources.items import PlaceMap
from culture_lint.spans import Place


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """``text`` in place of the code points ``[start, end)`` of a segment as its file has it."""

    start: int
    end: int
    text: str

    @property
    def growth(self) -> int:
        """By how much the text gets longer."""
        return len(self.text) - (self.end - self.start)


Edits = tuple[Edit, ...]


def rewritten(text: str, edits: Sequence[Edit]) -> str:
    """Return a text with edits made; they are in order and do not overlap."""
    parts: list[str] = []
    at = 0
    for one in edits:
        parts += (text[at : one.start], one.text)
        at = one.end
    return "".join(parts) + text[at:]


def with_edit(edits: Edits, start: int, end: int, new: str) -> Edits:
    """Return the edits of a text that also put ``new`` at ``[start, end)`` of its new form.

    Edits that the span touches become one with it, so that the result does not overlap either.
    """
    kept: list[Edit] = []
    touched: list[tuple[Edit, int]] = []
    shift = before = 0
    for one in edits:
        first = one.start + shift
        shift += one.growth
        if first < end and start < first + len(one.text):
            touched.append((one, first))
        else:
            kept.append(one)
            if first < start:
                before = shift
    if not touched:
        return tuple(sorted((*kept, Edit(start - before, end - before, new))))
    (head, head_at), (tail, tail_at) = touched[0], touched[-1]
    tail_end = tail_at + len(tail.text)
    opening = head.text[: start - head_at] if head_at < start else ""
    closing = tail.text[end - tail_at :] if end < tail_end else ""
    first = head.start - max(head_at - start, 0)
    last = tail.end + max(end - tail_end, 0)
    return tuple(sorted((*kept, Edit(first, last, opening + new + closing))))


class EditedPlaces:
    """The `PlaceMap` of a text with edits: what was put in stands where the old words stood."""

    __slots__ = ("_base", "_edits")

    def __init__(self, base: PlaceMap, edits: Edits) -> None:
        self._base = base
        self._edits = edits

    def place(self, start: int, end: int) -> Place:
        """Return the place in the unchanged file of what ``[start, end)`` stands for."""
        return self._base.place(*self._old(start, end))

    def source(self, start: int, end: int) -> str:
        """Return the characters of the unchanged file there."""
        return self._base.source(*self._old(start, end))

    def _old(self, start: int, end: int) -> tuple[int, int]:
        first = self._offset(start, last=False)
        return first, max(first, self._offset(end, last=True))

    def _offset(self, offset: int, *, last: bool) -> int:
        shift = 0
        for one in self._edits:
            begins = one.start + shift
            ends = begins + len(one.text)
            if offset < begins or (last and offset == begins):
                break
            if offset < ends or (last and offset == ends):
                return one.end if last else one.start
            shift += one.growth
        return offset - shift
