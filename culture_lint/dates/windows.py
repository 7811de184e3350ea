"""What happens in a market between two days: holidays, festivals, mourning, elections, embargoes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from culture_lint.dates import public
from culture_lint.dates.load import load_calendar
from culture_lint.dates.model import Festival, Keeping, Kind, Observance, Occasion
from culture_lint.dates.rules import MOON, When
from culture_lint.errors import SettingsError
from culture_lint.knowledge.model import Evidence, SourceRef

__all__ = ["LONGEST", "Kind", "Occasion", "occasions"]

#: Days that a launch may last: longer ones are not windows but a standing offer.
LONGEST = 3 * 366
_NO_LETTER = re.compile(r"[^a-z0-9]+")
#: Stands for every market in a festival's row.
ANYWHERE = "*"
#: Kinds of days that may be public holidays as well.
_NAMED = (Kind.FESTIVAL, Kind.MOURNING, Kind.REMEMBRANCE)
#: Words that say nothing about which day a name means.
_OF_ANY_DAY = {
    "day",
    "days",
    "the",
    "and",
    "national",
    "holiday",
    "holidays",
    "public",
    "first",
    "second",
}


def occasions(
    market: str, start: date, end: date, *, rulesets: Sequence[Path] = ()
) -> tuple[Occasion, ...]:
    """Return everything in a market's calendar that touches a span of days, in order of days.

    A community has the days of its market and its own. Where days depend on the moon, one more
    to either side is looked at. Public holidays are those of the whole country; what the
    calendar files say of a day takes their place.

    Args:
        market: Id of a market or community: ``SA``, ``US/jewish-observant``.
        start: First day.
        end: Last day, the same or later.
        rulesets: Packs of one's own whose calendars hold too.

    Raises:
        SettingsError: If the span ends before it begins, or lasts more than three years.
        RulesetError: If a pack's calendar file is not sound.
    """
    checked_span(start, end)
    calendar = load_calendar(rulesets)
    inside = homes(market)
    found: dict[tuple[str, date], Occasion] = {}
    for observance in calendar.observances:
        if inside & set(observance.markets):
            for one in _observed(observance, market, start, end):
                found[one.id, one.first] = one
    for festival in calendar.festivals.values():
        for keeping in kept_in(festival, market):
            for first, last in spans(keeping, start, end):
                one = Occasion(
                    festival.id,
                    festival.name,
                    local_name(festival.local, market),
                    market,
                    first,
                    last,
                    festival.kind,
                    keeping.advice,
                    keeping.severity,
                    festival.evidence,
                    keeping.approximate,
                    keeping.evening,
                )
                found[one.id, one.first] = one
    kept = _with_holidays(_once(found.values()), market, start, end)
    return tuple(sorted(kept, key=lambda one: (one.first, one.last, one.id)))


def _once(found: Iterable[Occasion]) -> tuple[Occasion, ...]:
    """Return one of those that have the same name and day: the gravest, then the market's own."""
    best: dict[tuple[str, date], Occasion] = {}
    for one in found:
        known = best.get((one.name, one.first))
        if known is None or _weight(one) > _weight(known):
            best[one.name, one.first] = one
    return tuple(best.values())


def _weight(one: Occasion) -> tuple[int, bool]:
    return (-1 if one.severity is None else one.severity.rank, "/" in one.id)


def kept_in(festival: Festival, market: str) -> tuple[Keeping, ...]:
    """Return how a market keeps a festival, empty where it does not: twice a year, two rows."""
    inside = homes(market)
    named = tuple(row for row in festival.kept if inside & set(row.markets))
    return named or tuple(row for row in festival.kept if ANYWHERE in row.markets)


def checked_span(start: date, end: date) -> None:
    """Say what is wrong with a span of days, if anything.

    Raises:
        SettingsError: If it ends before it begins, or lasts more than three years.
    """
    if end < start:
        raise SettingsError(f"the launch ends on {end}, before it begins on {start}")
    if (end - start).days > LONGEST:
        raise SettingsError(
            f"the launch lasts from {start} to {end}; give a span of three years at most"
        )


def spans(
    rule: Keeping | Observance, start: date, end: date, lead: int = 0, trail: int = 0
) -> Iterator[tuple[date, date]]:
    """Yield first and last day of each time that something is kept within reach of a span.

    ``lead`` and ``trail`` are days before and after it that count as its time.
    """
    since, every = rule.years
    margin = MOON if rule.approximate else 0
    reach = rule.days + lead + trail + margin + 1
    for year in range((start - timedelta(days=reach)).year, (end + timedelta(days=reach)).year + 1):
        if year < since or (year - since) % every:
            continue
        for first, last in _kept(rule.when, year, rule.days, rule.evening):
            before = first - timedelta(days=lead + margin)
            after = last + timedelta(days=trail + margin)
            if before <= end and start <= after:
                yield first, last


def _kept(when: When, year: int, days: int, evening: bool) -> Iterator[tuple[date, date]]:
    """Yield first and last day of one thing in one year; of a run of holidays, the whole run."""
    first: date | None = None
    for day in when.in_year(year):
        if first is not None and when.kind == "holiday" and (day - first).days < max(days, 2):
            continue
        first = day
        begins = day - timedelta(days=1) if evening else day
        yield begins, day + timedelta(days=days - 1)


def _observed(one: Observance, market: str, start: date, end: date) -> Iterator[Occasion]:
    for first, last in spans(one, start, end):
        yield Occasion(
            one.id,
            one.name,
            local_name(one.local, market),
            market,
            first,
            last,
            one.kind,
            one.advice,
            one.severity,
            one.evidence,
            one.approximate,
            one.evening,
        )


def _with_holidays(
    known: Sequence[Occasion], market: str, start: date, end: date
) -> Iterator[Occasion]:
    """Yield what is known of the days, and the public holidays that it does not speak of."""
    marked = list(known)
    for holiday in _holidays(market.partition("/")[0].partition("-")[0], market, start, end):
        same = [
            number
            for number, one in enumerate(marked)
            if one.kind in _NAMED
            and one.first <= holiday.last
            and holiday.first <= one.last
            and _alike(one.name, holiday.name)
        ]
        for number in same:
            one = marked[number]
            marked[number] = replace(one, holiday=True, local=one.local or holiday.local)
        if not same:
            yield holiday
    yield from marked


def _holidays(country: str, market: str, start: date, end: date) -> Iterator[Occasion]:
    """Yield the public holidays of a country; days in a row of one name are one."""
    runs: dict[str, list[tuple[date, date, str, bool]]] = {}
    # One day more to either side, so that a run of days is seen whole.
    for year in range(start.year - 1, end.year + 2):
        for day, names, local, estimated in public.public(country, year):
            for number, name in enumerate(names):
                own = local[number] if len(local) == len(names) else ""
                run = runs.setdefault(name, [])
                if run and (day - run[-1][1]).days <= 1:
                    first, _, before, guessed = run.pop()
                    run.append((first, day, before, guessed or estimated))
                else:
                    run.append((day, day, own, estimated))
    for name, run in runs.items():
        for first, last, own, estimated in run:
            if first <= end and start <= last:
                yield Occasion(
                    f"{country}/holiday/{_NO_LETTER.sub('-', name.lower()).strip('-')}",
                    name,
                    own if own != name else "",
                    market,
                    first,
                    last,
                    Kind.PUBLIC_HOLIDAY,
                    "",
                    None,
                    _library(country),
                    estimated,
                    holiday=True,
                )


@lru_cache(maxsize=128)
def _library(country: str) -> Evidence:
    title = f"Public holidays of {country}, python-holidays {public.version()}"
    return Evidence("dataset", True, (SourceRef(title, public.HOME_PAGE, "", ""),))


def _alike(name: str, other: str) -> bool:
    """Tell whether two names of one day mean the same: a word in common, or none of their own."""
    words, others = _words(name), _words(other)
    return bool(words & others) or not (words or others)


def _words(name: str) -> set[str]:
    plain = name.lower().replace("labour", "labor")
    return {word for word in _NO_LETTER.split(plain) if len(word) > 2} - _OF_ANY_DAY


@lru_cache(maxsize=256)
def _languages(country: str) -> tuple[str, ...]:
    from babel.languages import get_official_languages

    return get_official_languages(country, de_facto=True)


def local_name(names: Mapping[str, str], market: str) -> str:
    """Return the name in the first language of a market that has one, empty for none."""
    if "*" in names:
        return names["*"]
    country = market.partition("/")[0].partition("-")[0]
    spoken = (one.replace("_", "-") for one in _languages(country))
    return next((names[one] for one in spoken if one in names), "")


def homes(market: str) -> set[str]:
    """Return a market with those it lies in: CA-QC/x is in CA-QC and in CA."""
    home = market.partition("/")[0]
    return {market, home, home.partition("-")[0]}
