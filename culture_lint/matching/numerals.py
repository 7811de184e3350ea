"""Tell a number that stands for itself (a sign) from one that counts or measures something."""

from __future__ import annotations

import re
from functools import lru_cache

from culture_lint.language.boundaries import load_data

_COUNTED = re.compile(r"\s?[^\W\d_]|\s?[%°℃″'\"²³]|\s?[-–x×*/:+]\s?\d|[.,/:]\d")
_ENDS_CLAUSE = re.compile(r"\s[-–—:|]\s")
_NEXT_WORD = re.compile(r"\s([^\W\d_]+)\b(?!\s*\d)")
_QUOTES = {'"': '"', "'": "'", "«": "»", "「": "」", "『": "』"}


def counts_nothing(text: str, start: int, end: int) -> bool:
    """Tell whether folded ``text[start:end]``, a number, stands alone as a sign.

    A number before a noun or a unit counts it; one after a size, a price sign, a page or a
    preposition measures. What remains is a number worn as such: on a jersey, as a name.
    """
    if start and text[end : end + 1] == _QUOTES.get(text[start - 1], "\0"):
        return True
    if _COUNTED.match(text, end) is not None and not _leads_on(text, end):
        return False
    return _measuring().search(text[max(0, start - 16) : start]) is None


def _leads_on(text: str, end: int) -> bool:
    """Tell whether what follows is not counted: a dash, a colon, a preposition ("88 in white")."""
    if _ENDS_CLAUSE.match(text, end):
        return True
    word = _NEXT_WORD.match(text, end)
    return word is not None and word.group(1) in _function_words()


@lru_cache(maxsize=1)
def _function_words() -> frozenset[str]:
    return frozenset(load_data("numerals")["not-counted"]["after"])


@lru_cache(maxsize=1)
def _measuring() -> re.Pattern[str]:
    words = sorted(load_data("numerals")["measuring"]["before"], key=lambda w: (-len(w), w))
    inner = "|".join(re.escape(word) for word in words)
    return re.compile(rf"(?:[$€£¥₹₽₺#№x×/:+]|\d[\s.,:/-]|(?<!\w)(?:{inner}))[\s.:-]{{0,2}}$")
