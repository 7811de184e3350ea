"""The part of a brief on dates: days to leave alone, festivals and holidays of a market."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from culture_lint.advice.brief import Dates, Group, Library, Part, Point
from culture_lint.dates.model import Kind, Occasion
from culture_lint.dates.windows import occasions
from culture_lint.results import Suggestion

_YEAR = timedelta(days=364)
_WELCOME = (Kind.FESTIVAL, Kind.SHOPPING)


def dates_between(start: date, end: date | None = None, rulesets: Sequence[Path] = ()) -> Dates:
    """Return what makes the part on dates of a market for a span of days, by default a year.

    Raises:
        SettingsError: When it is called for a span that ends before it begins, or is too long.
    """
    last = end or start + _YEAR

    def part(market: str, sources: Library, most: int | None) -> Part | None:
        found = occasions(market, start, last, rulesets=rulesets)
        groups = [
            _group(title, some, sources, most)
            for title, some in (
                ("Mind these days", [one for one in found if one.severity is not None]),
                ("Festivals and shopping days", [one for one in found if _is_welcome(one)]),
                (
                    "Public holidays and others",
                    [one for one in found if one.severity is None and not _is_welcome(one)],
                ),
            )
            if some
        ]
        lead = (
            f"From {_day(start)} to {_day(last)}, in order of days. Days that depend on the moon "
            "or on a decree are marked; look again before a launch."
        )
        return Part("dates", "Dates", lead, tuple(groups)) if groups else None

    return part


def _is_welcome(one: Occasion) -> bool:
    return one.severity is None and one.kind in _WELCOME


def _group(title: str, found: Sequence[Occasion], sources: Library, most: int | None) -> Group:
    points = tuple(_point(one, sources) for one in found[:most])
    return Group(title, points, len(found))


def _point(one: Occasion, sources: Library) -> Point:
    when = _day(one.first)
    if one.last != one.first:
        when += f" to {_day(one.last)}"
    remarks = [
        "begins at nightfall of the first day" if one.evening else "",
        "may move by a day or two" if one.approximate else "",
    ]
    named = one.local and one.local != one.name
    return Point(
        title=f"{when}: {one.name}",
        meaning="; ".join(filter(None, (one.kind.value.replace("-", " "), *remarks))),
        severity=one.severity.value if one.severity else "",
        words=(Suggestion(one.local, "", (), "none"),) if named else (),
        advice=one.advice,
        evidence=one.evidence.kind,
        confirmed=one.evidence.verified,
        sources=sources.numbers(one.evidence.sources[:1]),
    )


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


#: In English whatever the system's language is.
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
