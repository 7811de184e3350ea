"""Scan the folded text of many segments at once and say which patterns occur where.

One pass over contiguous bytes finds candidates of every sign of every market; hits are mapped
back to segments by position. Nothing here knows of markets, languages or usage.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from culture_lint.language.normalise import Folded

#: Never part of folded text, so that no pattern reaches from one segment into the next.
_BETWEEN = b"\n"


def scan(automaton: Any, folded: Sequence[Folded]) -> Iterator[tuple[int, int, int, int]]:
    """Yield ``(segment, start, end, pattern)`` for every hit, by segment and position.

    ``start`` and ``end`` count code points of the segment's folded text.
    """
    encoded = [one.text.encode("utf-8", "surrogatepass") for one in folded]
    hits = automaton.find_overlapping(_BETWEEN.join(encoded))
    if not hits:
        return
    starts = [0]
    for part in encoded:
        starts.append(starts[-1] + len(part) + 1)
    segment, base, text, ascii_only = -1, 0, b"", True
    for start, end, pattern in hits:
        if segment < 0 or end > starts[segment + 1]:
            segment = bisect_right(starts, start) - 1
            base, text = starts[segment], encoded[segment]
            ascii_only = len(text) == len(folded[segment].text)
        first, last = start - base, end - base
        if not ascii_only:
            first = len(text[:first].decode("utf-8", "surrogatepass"))
            last = first + len(text[start - base : last].decode("utf-8", "surrogatepass"))
        yield segment, first, last, pattern
