"""Rules that give the day of an observance in any year: fixed, movable, lunar, lunisolar.

A rule is a short text, so that calendars are data:

======================== =====================================================================
``12-25``                the same day every year
``2 sunday may``         the second Sunday of May; ``last monday may`` the last Monday
``wednesday from 06-22`` the first Wednesday on or after 22 June
``easter-2``             two days before Easter of the Western churches
``orthodox-easter+1``    the day after Easter of the Eastern churches
``advent-14``            two weeks before the first Sunday of Advent
``hijri 9-1``            1 Ramadan of the Islamic calendar (Umm al-Qura)
``hebrew 7-10``          10 Tishri of the Jewish calendar (months from Nisan)
``lunar 8-15``           15th of the 8th month of the Chinese calendar, leap months left out
``holiday IN Diwali``    the holiday of that English name in a country, from the library
======================== =====================================================================

Any of them may carry ``+n`` or ``-n`` days at its end (``hijri 10-1-1``, ``last thursday
november+1``).

Sources: python-holidays and dateutil (Easter), hijridate (Umm al-Qura), pyluach (Jewish calendar),
borax (Chinese calendar). All are loaded when a rule first asks for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from culture_lint.frozen import frozen

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_DAYS = r"(?P<shift>[+-]\d{1,3})?"
_SHAPES = {
    "fixed": rf"(?P<month>\d\d)-(?P<day>\d\d){_DAYS}",
    "nth": rf"(?P<nth>[1-5]|last) (?P<weekday>{'|'.join(WEEKDAYS)}) (?P<name>{'|'.join(MONTHS)}){_DAYS}",
    "from": rf"(?P<weekday>{'|'.join(WEEKDAYS)}) from (?P<month>\d\d)-(?P<day>\d\d){_DAYS}",
    "easter": rf"easter{_DAYS}",
    "orthodox": rf"orthodox-easter{_DAYS}",
    "advent": rf"advent{_DAYS}",
    "hijri": rf"hijri (?P<month>\d{{1,2}})-(?P<day>\d{{1,2}}){_DAYS}",
    "hebrew": rf"hebrew (?P<month>\d{{1,2}})-(?P<day>\d{{1,2}}){_DAYS}",
    "lunar": rf"lunar (?P<month>\d{{1,2}})-(?P<day>\d{{1,2}}){_DAYS}",
    "holiday": rf"holiday (?P<country>[A-Z]{{2}}) (?P<name>[^+]*[^+ \d-]){_DAYS}",
}
_RULES = tuple((kind, re.compile(shape, re.ASCII)) for kind, shape in _SHAPES.items())

#: Rules on the sighting of the moon: a day to either side.
MOON = 1


class RuleError(ValueError):
    """A text that is no rule of the calendar."""


@frozen
class When:
    """A rule for the first day of something, as it is written and as it is understood."""

    text: str
    kind: str
    month: int = 0
    day: int = 0
    nth: int = 0
    weekday: int = 0
    country: str = ""
    name: str = ""
    shift: int = 0

    def in_year(self, year: int) -> tuple[date, ...]:
        """Return the days in one Gregorian year, in order.

        A lunar year is shorter than ours, so that two may fall in one year, or none; none either
        where the tables of a library end.
        """
        return _in_year(self, year)

    @property
    def by_moon(self) -> bool:
        """Whether the sighting of the moon may move it by a day."""
        return self.kind == "hijri"


def parse(text: str) -> When:
    """Return the rule that a text stands for.

    Raises:
        RuleError: If it is none, with what rules look like.
    """
    for kind, shape in _RULES:
        found = shape.fullmatch(text)
        if found:
            return _understood(text, kind, found.groupdict())
    raise RuleError(
        f'"{text}" is no rule for a day; write one like "12-25", "2 sunday may", '
        '"wednesday from 06-22", "easter-2", "advent-14", "hijri 9-1", "hebrew 7-10", '
        '"lunar 8-15" or "holiday IN Diwali"'
    )


def _understood(text: str, kind: str, parts: dict[str, str | None]) -> When:
    name = parts.get("name") or ""
    month = MONTHS.index(name) + 1 if kind == "nth" else int(parts.get("month") or 0)
    day = int(parts.get("day") or 0)
    nth = parts.get("nth") or "0"
    rule = When(
        text,
        kind,
        month=month,
        day=day,
        nth=-1 if nth == "last" else int(nth),
        weekday=WEEKDAYS.index(parts["weekday"]) if parts.get("weekday") else 0,
        country=parts.get("country") or "",
        name=name if kind == "holiday" else "",
        shift=int(parts.get("shift") or 0),
    )
    if kind in ("fixed", "from"):
        try:
            date(2024, month, day)  # a leap year
        except ValueError:
            raise RuleError(f'"{text}": there is no day {month:02}-{day:02}') from None
    if kind in ("hijri", "lunar", "hebrew") and not (
        1 <= month <= (13 if kind == "hebrew" else 12) and 1 <= day <= 30
    ):
        raise RuleError(f'"{text}": there is no day {month}-{day} in that calendar')
    return rule


@lru_cache(maxsize=8192)
def _in_year(rule: When, year: int) -> tuple[date, ...]:
    # A shift may carry a day over the end of a year.
    around = (year - 1, year, year + 1) if rule.shift else (year,)
    moved = {day + timedelta(days=rule.shift) for one in around for day in _unshifted(rule, one)}
    return tuple(sorted(day for day in moved if day.year == year))


def _unshifted(rule: When, year: int) -> Iterator[date]:
    if rule.kind == "fixed":
        yield from _fixed(year, rule.month, rule.day)
    elif rule.kind == "nth":
        yield from _nth(year, rule)
    elif rule.kind == "from":
        for start in _fixed(year, rule.month, rule.day):
            yield start + timedelta(days=(rule.weekday - start.weekday()) % 7)
    elif rule.kind in ("easter", "orthodox"):
        yield _easter(year, orthodox=rule.kind == "orthodox")
    elif rule.kind == "advent":
        christmas = date(year, 12, 25)
        yield christmas - timedelta(days=(christmas.weekday() + 1) % 7 or 7, weeks=3)
    elif rule.kind == "hijri":
        yield from _hijri(year, rule.month, rule.day)
    elif rule.kind == "hebrew":
        yield from _hebrew(year, rule.month, rule.day)
    elif rule.kind == "lunar":
        yield from _lunar(year, rule.month, rule.day)
    else:
        yield from _holiday(year, rule.country, rule.name)


def _fixed(year: int, month: int, day: int) -> Iterator[date]:
    """Yield a day of the year; 29 February only in leap years."""
    try:
        yield date(year, month, day)
    except ValueError:
        return


def _nth(year: int, rule: When) -> Iterator[date]:
    if rule.nth < 0:
        after = date(year + rule.month // 12, rule.month % 12 + 1, 1)
        last = after - timedelta(days=1)
        yield last - timedelta(days=(last.weekday() - rule.weekday) % 7)
        return
    first = date(year, rule.month, 1)
    day = first + timedelta(days=(rule.weekday - first.weekday()) % 7, weeks=rule.nth - 1)
    if day.month == rule.month:
        yield day


def _easter(year: int, *, orthodox: bool) -> date:
    from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

    return easter(year, EASTER_ORTHODOX if orthodox else EASTER_WESTERN)


def _hijri(year: int, month: int, day: int) -> Iterator[date]:
    from hijridate import Hijri

    # 33 Islamic years are 32 of ours.
    first = int((year - 622) * 33 / 32)
    for islamic in range(first - 1, first + 4):
        try:
            found = Hijri(islamic, month, day).to_gregorian()
        except (OverflowError, ValueError):
            continue
        if found.year == year:
            yield date(found.year, found.month, found.day)


def _hebrew(year: int, month: int, day: int) -> Iterator[date]:
    from pyluach.dates import HebrewDate

    for jewish in (year + 3760, year + 3761):
        try:
            found = HebrewDate(jewish, month, day).to_pydate()
        except ValueError:
            continue
        if found.year == year:
            yield found


def _lunar(year: int, month: int, day: int) -> Iterator[date]:
    from borax.calendars.lunardate import LunarDate

    for chinese in (year - 1, year):
        try:
            found = LunarDate(chinese, month, day).to_solar_date()
        except (OverflowError, ValueError, KeyError, IndexError):
            continue
        if found.year == year:
            yield found


def _holiday(year: int, country: str, name: str) -> Iterator[date]:
    from culture_lint.dates.public import named

    yield from named(country, year).get(name, ())
