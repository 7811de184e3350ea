"""How numbers, money, dates and the like are written in a market, shown by example.

The facts are those of the Unicode CLDR and of the lists that the locale judges go by, so what a
brief asks for is what a check accepts.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from culture_lint.frozen import frozen
from culture_lint.language.conventions import conventions, territory_of, words
from culture_lint.language.quotes import JUDGED, usual_marks
from culture_lint.language.temperatures import EITHER, FAHRENHEIT
from culture_lint.language.varieties import variety

#: Shown in every brief: a day that no order of day and month mistakes, and the afternoon.
_DAY = datetime.date(2026, 12, 25)
_TIME = datetime.time(14, 30)
_NUMBER = 1234567.89
_AMOUNT = 1299.9
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ORDERS = {"d": "day", "m": "month", "y": "year"}
#: What a variety is called.
_VARIETIES = {
    "us": "American",
    "gb": "British",
    "br": "Brazilian",
    "pt": "European Portuguese",
    "es": "European Spanish",
    "latam": "Latin American Spanish",
    "de": "as in Germany",
    "ch": "Swiss, with ss for ß",
    "hans": "simplified characters",
    "hant": "traditional characters",
}


@frozen
class Custom:
    """One thing that is written in a certain way.

    ``group`` names the language it is about, empty for all; ``shown`` is how it is written, in
    ``language`` where words of it are in it.
    """

    group: str
    name: str
    shown: str
    language: str = ""


def customs(market: str, languages: Sequence[str]) -> Iterator[Custom]:
    """Yield how things are written in a market's languages, what is the same in all of them last."""
    territory = territory_of(market)
    for language in languages:
        yield from _written(language, territory)
    if languages:
        yield from _common(languages[0], territory)


def _written(language: str, territory: str) -> Iterator[Custom]:
    from babel import Locale, UnknownLocaleError
    from babel.dates import format_date, format_time
    from babel.numbers import format_currency, format_decimal, get_territory_currencies

    home = conventions(language, territory)
    if home is None:
        return
    try:
        locale = Locale.parse(f"{_tag(language)}_{territory}")
    except (UnknownLocaleError, ValueError):
        return
    name = str(locale.get_language_name("en") or language)
    kind = variety(language, territory)
    if kind is not None:
        yield Custom(name, "spelling", _VARIETIES.get(kind, kind))
    yield Custom(name, "numbers", _visible(format_decimal(_NUMBER, locale=locale)))
    money = get_territory_currencies(territory)
    if money:
        price = _visible(format_currency(_AMOUNT, money[0], locale=locale))
        yield Custom(name, "prices", f"{price} ({money[0]})", language)
    order = ", ".join(_ORDERS[part] for part in home.date)
    short = _visible(format_date(_DAY, "short", locale=locale))
    long = _visible(format_date(_DAY, "long", locale=locale))
    yield Custom(name, "dates", f"{long} · {short} ({order})", language)
    clock = "24 hours" if home.hours24 else "12 hours"
    time = _visible(format_time(_TIME, "short", locale=locale))
    yield Custom(name, "time of day", f"{time} ({clock})", language)
    marks = usual_marks(language, territory) if language in JUDGED and kind != "ch" else None
    if marks is not None:
        yield Custom(name, "quotation marks", f"{marks[0]}…{marks[1]}")
    if locale.character_order == "right-to-left":
        yield Custom(name, "direction", "right to left; mirror layouts, keep numbers as they are")


def _common(language: str, territory: str) -> Iterator[Custom]:
    home = conventions(language, territory)
    if home is not None:
        first, last = home.weekend
        days = _WEEKDAYS[first] if first == last else f"{_WEEKDAYS[first]} and {_WEEKDAYS[last]}"
        yield Custom("", "weekend", days)
    if territory in ("US", "LR", "MM", "PR"):
        yield Custom(
            "", "measures", "inches, feet, pounds, ounces; metric beside them where it helps"
        )
    elif territory in words("lenient", "imperial"):
        yield Custom("", "measures", "metric; feet, inches, pounds and pints are read too")
    else:
        yield Custom("", "measures", "metric; other units only beside the metric ones")
    degrees = "°F" if territory in FAHRENHEIT else "°C or °F" if territory in EITHER else "°C"
    yield Custom("", "temperatures", degrees)
    sizes = words("size_systems", territory)
    if sizes:
        yield Custom("", "shoe and clothing sizes", f"labelled {' or '.join(sizes)}")
    codes = words("calling_codes", territory)
    if codes:
        yield Custom("", "telephone", f"numbers that can be dialled there; from abroad +{codes[0]}")


def _visible(text: str) -> str:
    """Return text with blanks for the narrow and unbreakable ones, and without direction marks."""
    blanks = text.replace("\u202f", "\u00a0")
    return "".join(char for char in blanks if char not in "\u200e\u200f\u061c")


def _tag(language: str) -> str:
    return {"no": "nb", "tl": "fil"}.get(language, language)
