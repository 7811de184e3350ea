"""Public holidays of a market, from the library python-holidays: names, days, local names."""

from __future__ import annotations

import re
import warnings
from datetime import date
from functools import lru_cache
from typing import Any

#: Added by the library to the names of days that wait for the moon, or are moved to a weekday.
_ADDED = re.compile(r" \((?:estimated|observed|in lieu)[^)]*\)")
_ESTIMATED = re.compile(r"estimated")
#: What parts several names of one day.
_BETWEEN = re.compile(r"\s*;\s*")

HOME_PAGE = "https://github.com/vacanza/holidays"


@lru_cache(maxsize=512)
def named(country: str, year: int) -> dict[str, tuple[date, ...]]:
    """Return the days of one year by English name, from every category the library knows."""
    found: dict[str, list[date]] = {}
    days = _days(country, year, every=True, local=False)
    for day in sorted(days):
        for name in days[day]:
            found.setdefault(_ADDED.sub("", name), []).append(day)
    return {name: tuple(days) for name, days in found.items()}


@lru_cache(maxsize=512)
def public(
    country: str, year: int
) -> tuple[tuple[date, tuple[str, ...], tuple[str, ...], bool], ...]:
    """Return the public holidays of one year: day, English names, local names, if estimated."""
    english = _days(country, year, every=False, local=False)
    local = _days(country, year, every=False, local=True)
    return tuple(
        (
            day,
            tuple(_ADDED.sub("", name) for name in english[day]),
            tuple(_ADDED.sub("", name) for name in local.get(day, ())),
            any(_ESTIMATED.search(name) for name in english[day]),
        )
        for day in sorted(english)
    )


def known(country: str) -> bool:
    """Tell whether the library knows a country."""
    return _country(country) is not None


def version() -> str:
    """Return the release of the library, for the evidence of a holiday."""
    from importlib.metadata import version as release

    return release("holidays")


@lru_cache(maxsize=128)
def _country(country: str) -> Any:
    import holidays

    return (
        getattr(holidays, country, None) if country in holidays.list_supported_countries() else None
    )


def _days(country: str, year: int, *, every: bool, local: bool) -> dict[date, tuple[str, ...]]:
    home = _country(country)
    if home is None:
        return {}
    languages = home.supported_languages or ()
    english = next((one for one in languages if one.startswith("en_")), None)
    english = "en_US" if "en_US" in languages else english
    categories = tuple(home.supported_categories) if every else ("public",)
    with warnings.catch_warnings():
        # It warns of years beyond its tables; that nothing is known of them is all there is to say.
        warnings.simplefilter("ignore")
        found = home(
            years=year,
            language=home.default_language if local else english,
            categories=categories,
        )
    return {day: tuple(dict.fromkeys(_BETWEEN.split(str(names)))) for day, names in found.items()}
