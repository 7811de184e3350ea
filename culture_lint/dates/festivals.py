"""Whether a festival that copy names is kept in a market, and at the time of a launch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

from culture_lint.dates.load import load_calendar
from culture_lint.dates.model import Clash, ClashKind, Festival, Keeping
from culture_lint.dates.rules import MOON
from culture_lint.dates.windows import checked_span, homes, kept_in, spans

__all__ = ["Clash", "ClashKind", "clash", "festivals_of", "signifiers"]

#: Days around a launch in which the nearest time of a festival is looked for: leap years of the
#: lunar calendars and elections aside, everything comes once in that time.
NEAREST = 400


def signifiers(rulesets: Sequence[Path] = ()) -> tuple[str, ...]:
    """Return the ids of every sign that names a festival, in order."""
    return tuple(load_calendar(rulesets).by_sign)


def festivals_of(signifier: str, rulesets: Sequence[Path] = ()) -> tuple[Festival, ...]:
    """Return the festivals that a sign may name, none for a sign that names none."""
    return load_calendar(rulesets).by_sign.get(signifier, ())


def clash(
    signifier: str, market: str, start: date, end: date, *, rulesets: Sequence[Path] = ()
) -> Clash | None:
    """Tell why copy of a launch cannot name a festival in a market; None where it can.

    A sign that may name several festivals clashes only if each of them does.

    Args:
        signifier: Id of the sign found in the copy.
        market: Id of a market or community.
        start: First day of the launch.
        end: Its last day.
        rulesets: Packs of one's own whose calendars hold too.

    Raises:
        SettingsError: If the span ends before it begins, or lasts more than three years.
        RulesetError: If a pack's calendar file is not sound.
    """
    checked_span(start, end)
    found = [_clash(festival, market, start, end) for festival in festivals_of(signifier, rulesets)]
    if not found or None in found:
        return None
    known = [one for one in found if one is not None]
    # Kept at another time says more than not kept at all.
    return min(known, key=lambda one: (one.kind is ClashKind.NOT_KEPT, one.festival))


def _clash(festival: Festival, market: str, start: date, end: date) -> Clash | None:
    rows = kept_in(festival, market)
    if rows:
        return _off_date(festival, rows, market, start, end)
    if homes(market) & set(festival.marked):
        # Where a part of the public keeps it, its time is that of any market.
        return _off_date(festival, festival.kept, market, start, end)
    return _not_kept(festival, market)


def _off_date(
    festival: Festival, rows: Iterable[Keeping], market: str, start: date, end: date
) -> Clash | None:
    times: list[tuple[date, date, bool]] = []
    for row in rows:
        if next(spans(row, start, end, festival.lead, festival.trail), None):
            return None
        reach = timedelta(days=NEAREST)
        times += ((*one, row.approximate) for one in spans(row, start - reach, end + reach))
    if not times:
        # Beyond the tables of a library nothing is known, and nothing is held against the copy.
        return None
    first, last, approximate = min(times, key=lambda one: (_away(one[0], one[1], start, end), one))
    coming = min((one for one in times if one[0] > end), default=None)
    rewrite = "Leave the occasion out, or launch nearer to it."
    if coming is not None:
        opens = coming[0] - timedelta(days=festival.lead)
        closes = coming[1] + timedelta(days=festival.trail)
        rewrite = f"Launch between {_day(opens)} and {_day(closes)}, or leave the occasion out."
    verb = "is" if first > end else "was"
    when = ("on " if first == last else "from ") + _days(first, last)
    about = f", give or take {MOON} day" if approximate else ""
    return Clash(
        ClashKind.OFF_DATE,
        festival.id,
        festival.name,
        market,
        festival.off_date,
        f"“{{match}}” names {festival.name}, which {verb} {when}{about} in {_named(market)}; "
        f"the launch is {_days(start, end)}. {rewrite}",
        f"{festival.name} at a time when nobody here keeps it",
        rewrite,
        festival.evidence,
        first,
        last,
        approximate,
    )


def _not_kept(festival: Festival, market: str) -> Clash | None:
    inside = homes(market)
    row = next(row for row in festival.abroad if not row.markets or inside & set(row.markets))
    if row.severity is None:
        return None
    why = row.why or "readers take it for copy that was meant for somebody else"
    instead = row.instead or "Leave the occasion out, or name one that is kept here."
    return Clash(
        ClashKind.NOT_KEPT,
        festival.id,
        festival.name,
        market,
        row.severity,
        f"“{{match}}” names {festival.name}, which is not kept in {_named(market)}: {why}. {instead}",
        f"{festival.name}, a festival of others",
        instead,
        festival.evidence,
    )


def _away(first: date, last: date, start: date, end: date) -> int:
    """Return how many days lie between a festival and a launch."""
    return max((first - end).days, (start - last).days, 0)


def _days(first: date, last: date) -> str:
    return _day(first) if first == last else f"{_day(first)} to {_day(last)}"


def _named(market: str) -> str:
    """Return a market as a sentence names it: the United Kingdom, India."""
    from babel import Locale

    country = market.partition("/")[0].partition("-")[0]
    name = str(Locale("en").territories.get(country, country))
    plural = name.startswith("United ") or name in ("Netherlands", "Philippines", "Maldives")
    return f"the {name}" if plural else name


def _day(day: date) -> str:
    """Write a day as no reader can mistake it: 8 March 2027."""
    months = (
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    )  # fmt: skip
    return f"{day.day} {months[day.month - 1]} {day.year}"
