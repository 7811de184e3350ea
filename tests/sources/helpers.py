"""What the tests of the readers share."""

from __future__ import annotations

from collections.abc import Iterable

from culture_lint.sources.items import Item, Notice, ReadOptions, Segment, Source
from culture_lint.sources.places import LINE_END
from culture_lint.sources.registry import reader_for


def read(
    text: str | bytes, name: str = "listing.csv", written_in: str = "utf-8", **options: object
) -> tuple[list[Item], list[Notice]]:
    """Read a text as if it stood in a file of that name; return its items and notices."""
    data = text if isinstance(text, bytes) else text.encode(written_in)
    found = reader_for(name)
    assert found is not None
    items: list[Item] = []
    notices: list[Notice] = []
    for one in found(Source(name, data), ReadOptions(**options)):  # type: ignore[arg-type]
        if isinstance(one, Item):
            items.append(one)
        else:
            notices.append(one)
    return items, notices


def texts(item: Item, role: str | None = None) -> list[str]:
    """Return the texts of an item's segments, of one role if given."""
    return [one.text for one in item.segments if role is None or one.role.value == role]


def brief(segments: Iterable[Segment]) -> list[tuple[str, str | None, str]]:
    """Return (role, attribute, text) of each segment."""
    return [(one.role.value, one.attribute, one.text) for one in segments]


def at(text: str, segment: Segment, start: int, end: int) -> str:
    """Return the characters of ``text`` at the place of a segment's span."""
    place = segment.places.place(start, end)
    starts = [0, *(found.end() for found in LINE_END.finditer(text))]
    first = starts[place.line - 1] + place.column - 1
    last = starts[place.end_line - 1] + place.end_column - 1
    return text[first:last]


def spans(length: int) -> list[tuple[int, int]]:
    """Return the sub-spans to try: all of a short text, a lattice of a long one."""
    step = max(1, length // 8)
    ends = [*range(0, length + 1, step), length]
    return [(start, end) for start in ends for end in ends if start <= end]
