"""Read amounts of money as written: number, currency, which mark is the decimal sign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from culture_lint.frozen import frozen
from culture_lint.language.conventions import Conventions, keys, minor_digits, words

_GROUPS = "  \u2009'’"
_NUMBER = re.compile(
    rf"[0-9](?:[0-9]{{0,2}}(?:[{_GROUPS}][0-9]{{3}})+(?:[.,][0-9]{{1,2}})?(?![0-9])|[0-9.,]*[0-9]|)"
)
#: Letters of scripts with blanks between words; in the others a number may touch a word.
_LETTERS = "A-Za-zÀ-ɏͰ-ҁҊ-ԯ\u0590-\u06ff"
_PARTS = re.compile(rf"\d+|[.,{_GROUPS}]")


@frozen
class Amount:
    """An amount of money at ``text[start:end]``, its number at ``text[first:last]``.

    ``currencies`` are the ISO 4217 codes that the sign may stand for; ``sign`` is the sign and
    ``leads`` tells whether it stands before the number (or, for the lower end of a range, not
    behind it).
    """

    start: int
    end: int
    first: int
    last: int
    number: str
    sign: str
    leads: bool
    currencies: frozenset[str]


@cache
def _signs() -> dict[str, frozenset[str]]:
    found = {sign: frozenset(words("currency_signs", sign)) for sign in keys("currency_signs")}
    found.update({code: frozenset((code,)) for code in words("currency_codes", "codes")})
    found["RMB"] = frozenset(("CNY",))
    return found


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str], frozenset[str]]:
    """Return what may stand before and after a number, and the characters it then touches."""
    listed = sorted(_signs(), key=lambda one: (-len(one), one))
    before = "|".join(
        (rf"(?<![{_LETTERS}])" if one[0].isalpha() else "") + re.escape(one) for one in listed
    )
    after = "|".join(
        re.escape(one) + (rf"(?![{_LETTERS}])" if one[-1].isalpha() else "") for one in listed
    )
    return (
        re.compile(rf"({before}){_BLANK}\Z"),
        re.compile(rf"{_BLANK}({after})"),
        frozenset(one[-1] for one in listed) | set(_BLANKS),
        frozenset(one[0] for one in listed) | set(_BLANKS),
    )


#: The longest sign and a blank.
_REACH = 8
_BLANKS = " \u00a0\u202f"
_BLANK = f"[{_BLANKS}]?"
_BOUND = re.compile(rf"[{_LETTERS}\d]|[.,]\d")
_GLUED = re.compile(rf"[{_LETTERS}\d][-/–:]\Z|[{_LETTERS}\d.,]\Z")
#: The lower end of a range of prices: “19.99” of “19.99–29.99 €”.
_FROM = re.compile(rf"(?<![{_LETTERS}\d.,/:–-])([0-9](?:[0-9.,]*[0-9])?)[ \u00a0]?[-–][ \u00a0]?\Z")
_RANGE = 16


def amounts(text: str) -> Iterator[Amount]:
    """Yield the amounts of money in a text, from left to right."""
    before, after, ends, starts = _patterns()
    for number in _NUMBER.finditer(text):
        first, last = number.span()
        if first and text[first - 1] in ends:
            sign = before.search(text[max(0, first - _REACH) : first])
            if sign is not None and _BOUND.match(text, last) is None:
                start = first - (sign.end() - sign.start())
                yield Amount(start, last, first, last, number[0], sign[1], True, _signs()[sign[1]])
                continue
        if last < len(text) and text[last] in starts:
            sign = after.match(text, last)
            if sign is None or text[first - 1 : first] == "%":  # “%1$s” is a gap to fill
                continue
            signs = _signs()[sign[1]]
            low = _FROM.search(text[max(0, first - _RANGE) : first])
            if low is not None:
                at = max(0, first - _RANGE) + low.start(1)
                end = at + len(low[1])
                yield Amount(at, end, at, end, low[1], sign[1], True, signs)
            elif _GLUED.search(text[max(0, first - 2) : first]) is not None:
                continue
            yield Amount(first, sign.end(), first, last, number[0], sign[1], False, signs)


@frozen
class Written:
    """A number as written: digits of the whole part in groups, and the decimals.

    ``sure`` is false for one mark before three digits (1.299), which may be either.
    """

    whole: tuple[str, ...]
    group: str
    decimal: str
    decimals: str
    sure: bool


def read_number(number: str) -> Written | None:
    """Take a number to pieces; None for what no number is written like (1.2.3, 12.34.56)."""
    pieces = _PARTS.findall(number)
    digits, marks = pieces[::2], pieces[1::2]
    if "".join(pieces) != number or not all(map(str.isdigit, digits)) or not marks:
        return None
    if len(set(marks)) > 2 or (len(set(marks)) == 2 and marks[-1] in marks[:-1]):
        return None
    last = digits[-1]
    if len(set(marks)) == 2:
        if len(last) > 2 or not _grouped(digits[:-1]):
            return None
        return Written(tuple(digits[:-1]), marks[0], marks[-1], last, True)
    if len(marks) > 1 or marks[0] in _GROUPS:
        return Written(tuple(digits), marks[0], "", "", True) if _grouped(digits) else None
    if len(last) <= 2:
        return Written((digits[0],), "", marks[0], last, True)
    if len(last) == 3 and len(digits[0]) <= 3 and digits[0][0] != "0":
        return Written(tuple(digits), marks[0], "", "", False)
    return None


def _grouped(digits: list[str]) -> bool:
    """Tell whether digits stand in thousands, or in lakhs and crores."""
    if not 1 <= len(digits[0]) <= 3 or (len(digits) > 1 and len(digits[-1]) != 3):
        return len(digits) == 1
    return all(len(one) == 3 for one in digits[1:-1]) or (
        len(digits[0]) <= 2 and all(len(one) == 2 for one in digits[1:-1])
    )


def corrected(amount: Amount, text: str, home: Conventions) -> tuple[str, bool] | None:
    """Return a number as the conventions have it and whether that is certain.

    None when nothing is wrong with it: only a mark that says something else there counts (a
    point for the comma or the reverse), not the kinds of blanks and apostrophes between groups.
    """
    written = read_number(amount.number)
    if written is None or home.lenient:
        return None
    wrong_decimal = written.decimal not in ("", home.decimal)
    wrong_group = written.group == home.decimal
    if not wrong_decimal and not wrong_group:
        return None
    if not written.sure and not _is_group(amount, text):
        return None
    group = home.group if written.group in (".", ",") else written.group
    whole = group.join(written.whole)
    return whole + (home.decimal + written.decimals if written.decimals else ""), written.sure


def _is_group(amount: Amount, text: str) -> bool:
    """Tell whether three digits after a mark are thousands: prices by the unit have decimals."""
    if any(minor_digits(code) > 2 for code in amount.currencies):
        return False
    after = text[amount.end : amount.end + 12].lower().lstrip()
    return not after.startswith(words("unit_price", "after")) and "/" not in after[:3]
