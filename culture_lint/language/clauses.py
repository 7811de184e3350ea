"""Cut text into clauses and phrases: the reach of a negation or of a neighbouring sign."""

from __future__ import annotations

import re

#: Ends of sentences and of list entries. A full stop between digits or inside a word is none;
#: sentences that run together without a blank ("infectionsHelps") part where the case changes,
#: which short names (MacBook, iPhone) do too early to be taken for them.
_STRONG = re.compile(
    r"[!?;。！？；؛؟।\n\r•●·|]|\.(?=\s|$|[A-ZÀ-Þ])|(?<=[a-zß-ÿ]{4})(?=[A-ZÀ-Þ][a-zß-ÿ]{2})"
)
_WEAK = re.compile(r"[,，、،:：()（）\[\]【】–—]|\s-\s")


def clause(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range of the clause around ``text[start:end]``, between strong marks."""
    return _around(_STRONG, text, start, end)


def phrase(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range of the phrase around ``text[start:end]``: commas and brackets bound it."""
    first, last = clause(text, start, end)
    inner_first, inner_last = _around(_WEAK, text[first:last], start - first, end - first)
    return first + inner_first, first + inner_last


def _around(marks: re.Pattern[str], text: str, start: int, end: int) -> tuple[int, int]:
    first = 0
    for mark in marks.finditer(text, max(0, start - 400), start):
        first = mark.end()
    after = marks.search(text, end)
    return first, after.start() if after else len(text)
