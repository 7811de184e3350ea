"""What is written how in a language and a territory: separators, currency, dates, weekend.

The facts are those of the Unicode CLDR as Babel carries them; Babel is loaded when a text first has
something to check. Word lists stand in ``data/conventions.json``.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from culture_lint.frozen import frozen
from culture_lint.language.boundaries import load_data


@frozen
class Conventions:
    """The conventions of one language in one territory.

    ``date`` is the order of day, month and year in short dates (``dmy``, ``mdy``, ``ymd``);
    ``weekend`` holds the first and the last day, Monday is 0; ``lenient`` is true where both
    the point and the comma are in everyday use as the decimal sign.
    """

    language: str
    territory: str
    decimal: str
    group: str
    lenient: bool
    currencies: frozenset[str]
    sign_first: bool
    date: str
    date_sign: str
    hours24: bool
    weekend: tuple[int, int]


def territory_of(market: str) -> str:
    """Return the country of a market: ``US`` of ``US/texas-ranch``, ``CA`` of ``CA-QC``."""
    return market.split("/", 1)[0].split("-", 1)[0]


@lru_cache(maxsize=512)
def conventions(language: str, territory: str) -> Conventions | None:
    """Return the conventions, None for a pair of which CLDR knows nothing."""
    from babel import Locale, UnknownLocaleError
    from babel.numbers import get_territory_currencies

    try:
        locale = Locale.parse(f"{_babel(language)}_{territory}")
    except (UnknownLocaleError, ValueError):
        return None
    signs = locale.number_symbols.get("latn", {})
    if not signs.get("decimal") or not signs.get("group"):
        return None
    day = str(locale.date_formats["short"].pattern)
    order = "".join(
        dict.fromkeys(part.lower() for part in re.findall("[dMyLu]", day) if part not in "LU")
    )
    order = order.replace("u", "y")
    mark = re.search(r"[./-]", day)
    money = str(locale.currency_formats["standard"].pattern).split(";")[0]
    return Conventions(
        language,
        territory,
        signs["decimal"],
        signs["group"],
        territory in words("lenient", "numbers"),
        frozenset((*get_territory_currencies(territory), *words("new_currencies", territory))),
        money.lstrip("\u200e\u200f").startswith("¤"),
        order,
        mark[0] if mark else "/",
        "H" in str(locale.time_formats["short"].pattern),
        (locale.weekend_start, locale.weekend_end),
    )


@cache
def cldr_version() -> str:
    """Return the release of CLDR whose data is in use."""
    from babel import core

    version = getattr(core, "get_cldr_version", None)
    return str(version()) if version else "as shipped with Babel"


@cache
def minor_digits(currency: str) -> int:
    """Return how many decimals amounts of a currency have."""
    from babel.numbers import get_currency_precision

    return get_currency_precision(currency)


@cache
def weekdays(language: str) -> dict[str, int]:
    """Return the full names of the days of the week, Monday is 0."""
    from babel import Locale

    return {
        name.lower(): day for day, name in Locale.parse(language).days["format"]["wide"].items()
    }


@cache
def month_names(language: str) -> tuple[str, ...]:
    """Return the names of the months; short ones (May) are words of their own, and left out."""
    from babel import Locale

    months = Locale.parse(_babel(language)).months["format"]["wide"].values()
    found = {str(name) for name in months if not any(map(str.isdigit, name))}
    return tuple(sorted(name for name in found if len(name) > 3 or not name.isascii()))


def long_date(date: tuple[int, int, int], language: str, territory: str) -> str:
    """Return a date (year, month, day) with its month in words."""
    import datetime

    from babel.dates import format_date

    return format_date(datetime.date(*date), "long", locale=f"{_babel(language)}_{territory}")


def _babel(language: str) -> str:
    """Return the tag under which Babel knows a language."""
    return {"no": "nb", "tl": "fil"}.get(language, language)


@cache
def words(section: str, key: str) -> tuple[str, ...]:
    """Return a word list of ``data/conventions.json``, empty where there is none."""
    return tuple(_data().get(section, {}).get(key, ()))


@cache
def keys(section: str) -> tuple[str, ...]:
    """Return the names of the lists in one section of ``data/conventions.json``."""
    return tuple(_data().get(section, {}))


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return load_data("conventions")


@cache
def any_word(section: str, key: str) -> re.Pattern[str]:
    """Return a pattern for any word of a list, whole words in scripts that have blanks."""
    return re.compile(_either(words(section, key)), re.IGNORECASE)


def _either(listed: tuple[str, ...]) -> str:
    if not listed:
        return r"(?!)"
    parts = []
    for word in sorted(listed, key=lambda one: (-len(one), one)):
        spaced = word[0] < "\u2e80"
        parts.append(rf"(?<!\w){re.escape(word)}(?!\w)" if spaced else re.escape(word))
    return "|".join(parts)
