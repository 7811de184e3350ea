"""Find telephone numbers that readers in a country cannot simply dial.

Only what is a telephone number beyond doubt counts: a plus and a country's code, North American
numbers as they are written there, or digits behind a word for calling.
"""

from __future__ import annotations

import re
from functools import cache

from culture_lint.frozen import frozen
from culture_lint.language.conventions import keys, words

_MAY = re.compile(r"\+\s?[1-9][\d ().-]{7}|\d{3}\)? ?[-. ]\d{3}[-. ]\d{4}|\b0\d{2,4}[ )-]")
_DIGITS = re.compile("[0-9]{3}")
_ABROAD = re.compile(r"(?<![A-Za-z\d+])\+\s?(?P<n>[1-9][\d .()/-]{6,18}\d)(?![A-Za-z\d%])")
_TOLL_FREE = re.compile(
    r"(?<![\w.,+-])(?P<one>1[-. ])?\(?(?:800|833|844|855|866|877|888)\)?[-. ]\d{3}[-. ]\d{4}(?![\w-])"
)
_AMERICAN = re.compile(r"(?<![\w+-])(?:1[-. ])?\([2-9]\d{2}\) ?\d{3}-\d{4}(?![\w-])")
_TRUNK = re.compile(r"(?<![\w+.,/-])\(?0[1-9]\d{1,3}\)?[ -]\d{3,4}[ -]?\d{3,4}(?![\w-])")
#: So far before a number may stand the word that says what it is.
_NEAR = 24
_NORTH_AMERICA = frozenset({"US", "CA", "PR", "DO", "JM", "BS", "BB", "TT", "GU", "VI"})
#: Where ten digits are written in the same groups as in the United States.
_LIKE_AMERICA = frozenset({"MX", "CO", "PE", "AR", "CL", "BR", "TR", "RU", "KZ", "PH", "VE", "EC"})


@frozen
class Phone:
    """A telephone number at ``text[start:end]`` that is not dialled like this in a country."""

    start: int
    end: int


def may_call(text: str) -> bool:
    """Tell at next to no cost whether a text may hold what this module looks for."""
    return _DIGITS.search(text) is not None and _MAY.search(text) is not None


def foreign_phone(text: str, whole: str, language: str, territory: str) -> Phone | None:
    """Return the first number of ``text`` that its readers cannot simply dial.

    None where ``whole``, the item's text, gives a number with the country's own code.
    """
    own = words("calling_codes", territory)
    if not own or any(_code(hit["n"]) in own for hit in _ABROAD.finditer(whole)):
        return None
    for hit in _ABROAD.finditer(text):
        code = _code(hit["n"])
        digits = sum(map(str.isdigit, hit["n"]))
        if code and 9 <= digits <= 15 and (digits > 10 or _said_to_be(text, hit.start(), language)):
            return Phone(*hit.span())
    if territory in _NORTH_AMERICA:
        return _first(_TRUNK, text, language)
    free = _TOLL_FREE.search(text)
    if free is not None and (free["one"] or _said_to_be(text, free.start(), language)):
        return Phone(*free.span())
    if territory in _LIKE_AMERICA:
        return None
    return _first(_AMERICAN, text, language)


def _first(pattern: re.Pattern[str], text: str, language: str) -> Phone | None:
    for hit in pattern.finditer(text):
        if _said_to_be(text, hit.start(), language):
            return Phone(*hit.span())
    return None


def _said_to_be(text: str, start: int, language: str) -> bool:
    """Tell whether the words before a number call it a telephone number."""
    before = text[max(0, start - _NEAR) : start].lower()
    return any(word in before for word in (*words("calling", "*"), *words("calling", language)))


def _code(number: str) -> str:
    """Return the country's code that a number begins with, empty for none that is listed."""
    digits = "".join(filter(str.isdigit, number))
    return next((digits[:n] for n in (3, 2, 1) if digits[:n] in _codes()), "")


@cache
def _codes() -> frozenset[str]:
    return frozenset(
        code for country in keys("calling_codes") for code in words("calling_codes", country)
    )
