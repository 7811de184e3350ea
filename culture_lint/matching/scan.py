"""Scan the folded text of many segments at once and say which patterns occur where.

One pass over contiguous bytes finds candidates of every sign of every market; hits are mapped
back to segments by position. Nothing here knows of markets, languages or usage.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any

from culture_lint.language.edges import Shadow, uncut
from culture_lint.language.normalise import Folded

#: What is known of the edges of a hit: nothing yet; blanks stand on both sides, so that it is a
#: word whatever its language; it is written to look different, so that its text is not the form's.
OPEN, ALONE, DISGUISED = 0, 1, 2
#: Segment, start and end in its folded text (code points), pattern, and one of the above.
Hit = tuple[int, int, int, int, int]

_BLANK = 32
_END = itemgetter(1)
_DIGITS = frozenset(b"0123456789")


def scan(automaton: Any, shadow: Shadow, folded: Sequence[Folded]) -> Iterator[Hit]:
    """Yield every hit in the shadow of some segments, by part and position."""
    raw = automaton.find_overlapping(shadow.text)
    for part in range(len(shadow.owners)):
        yield from hits_in(raw, shadow, folded, part)


def part_of(shadow: Shadow, start: int) -> int:
    """Return the part that a raw hit is in; it may begin with the blank before its part."""
    return bisect_right(shadow.starts, start + 1) - 1


def raw_in(
    raw: Sequence[tuple[int, int, int]], shadow: Shadow, part: int
) -> Sequence[tuple[int, int, int]]:
    """Return the raw hits in one part."""
    first = bisect_right(raw, shadow.starts[part], key=_END)
    return raw[first : bisect_left(raw, shadow.starts[part + 1], first, key=_END)]


def hits_in(
    raw: Sequence[tuple[int, int, int]], shadow: Shadow, folded: Sequence[Folded], part: int
) -> Iterator[Hit]:
    """Yield the hits in one part out of all raw ones, which are (start, end, pattern) by end."""
    text, base, following = shadow.text, shadow.starts[part], shadow.starts[part + 1]
    segment, inserted = shadow.owners[part], shadow.cuts[part]
    ascii_only = inserted is None and following - base - 3 == len(folded[segment].text)
    for start, end, pattern in raw_in(raw, shadow, part):
        if text[start] == _BLANK:
            start += 1
        if text[end - 1] == _BLANK:
            end -= 1
        alone = text[start - 1] == _BLANK == text[end]
        # A number may end inside a longer one: 1.5
        alone = alone and not (text[start] in _DIGITS or text[end - 1] in _DIGITS)
        if ascii_only:
            yield segment, start - base, end - base, pattern, ALONE if alone else OPEN
            continue
        first = len(text[base:start].decode("utf-8", "surrogatepass"))
        last = first + len(text[start:end].decode("utf-8", "surrogatepass"))
        if inserted is not None:
            if part >= len(folded) and last - first > uncut(last, inserted) - uncut(
                first, inserted
            ):
                continue  # LaCrosse is not La Crosse: only its parts are looked for here
            alone, first, last = False, uncut(first, inserted), uncut(last, inserted)
        yield segment, first, last, pattern, ALONE if alone else OPEN
