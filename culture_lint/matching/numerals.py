"""Tell a number that stands for itself (a sign) from one that counts or measures something."""

from __future__ import annotations

import re

_COUNTED = re.compile(r"\s?[^\W\d_]|\s?[%°℃″'\"²³]|\s?[-–x×*/:+]\s?\d|[.,/:]\d")
_MEASURED = re.compile(
    r"(?:[$€£¥₹₽₺#№x×/:+]|\d[\s.,:/-]|\b(?:no|nr|size|sizes|gr|größe|groesse|talla|taille|eu|uk|us|age|ab|"
    r"ages|page|seite|vol|version|ver|v|model|modell|art|up to|mit|with|for|für|von|of|from|bis|ca|"
    r"approx|over|under|über|unter|seit|since|in|at|um|am|und|and|or|oder|rs|rmb|usd|eur|inr|"
    r"type|typ|series|serie|chapter|kapitel|teil|part|level|grade|ip|iso|din|en|§|rating|sku|item|id))"
    r"[\s.:-]{0,2}$"
)


def counts_nothing(text: str, start: int, end: int) -> bool:
    """Tell whether folded ``text[start:end]``, a number, stands alone as a sign.

    A number before a word or a unit counts it; one after a size, a price sign, a page or a
    preposition measures. What remains is a number worn as such: on a jersey, as a name.
    """
    quoted = (
        start > 0
        and text[start - 1] in "\"'«»「『“"
        and text[end : end + 1] in ('"', "'", "»", "」", "』")
    )
    if quoted:
        return True
    if _COUNTED.match(text, end) is not None and not _ends_clause(text, end):
        return False
    return _MEASURED.search(text[max(0, start - 16) : start]) is None


def _ends_clause(text: str, end: int) -> bool:
    """Tell whether a dash or a colon parts the number from what follows."""
    return re.match(r"\s[-–—:|]\s", text[end : end + 3]) is not None
