"""Scan the folded text of many segments at once and say which patterns occur where.

One pass over contiguous bytes finds candidates of every sign of every market; hits are mapped
back to segments by position. Nothing here knows of markets, languages or usage.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from culture_lint.language.edges import Shadow, uncut
from culture_lint.language.normalise import Folded

#: What is known of the edges of a hit: nothing yet; blanks stand on both sides, so that it is a
#: word whatever its language; it is written to look different, so that its text is not the form's.
OPEN, ALONE, DISGUISED = 0, 1, 2
#: Segment, start and end in its folded text (code points), pattern, and one of the above.
Hit = tuple[int, int, int, int, int]

_BLANK = 32
_DIGITS = frozenset(b"0123456789")


def scan(automaton: Any, shadow: Shadow, folded: Sequence[Folded]) -> Iterator[Hit]:
    """Yield every hit in the shadow of some segments, by segment and position."""
    text = shadow.text
    hits = automaton.find_overlapping(text)
    if not hits:
        return
    starts, owners, cuts = shadow.starts, shadow.owners, shadow.cuts
    part = -1
    base = following = 0
    ascii_only = True
    inserted: Sequence[int] | None = None
    segment = 0
    for start, end, pattern in hits:
        while start >= following - 1:
            # A pattern may begin with the blank before its part.
            part += 1
            base, following = starts[part], starts[part + 1]
            segment, inserted = owners[part], cuts[part]
            ascii_only = inserted is None and following - base - 3 == len(folded[segment].text)
        if text[start] == _BLANK:
            start += 1
        if text[end - 1] == _BLANK:
            end -= 1
        alone = text[start - 1] == _BLANK == text[end]
        if ascii_only:
            # A number may end inside a longer one: 1.5
            alone = alone and not (text[start] in _DIGITS or text[end - 1] in _DIGITS)
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
        alone = alone and not (text[start] in _DIGITS or text[end - 1] in _DIGITS)
        yield segment, first, last, pattern, ALONE if alone else OPEN
