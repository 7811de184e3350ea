"""Judge dates, hours and weekends."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from culture_lint.judging.findings import Case, Finding
from culture_lint.judging.locale.rules import CLDR, SPOKEN, UNJUDGED, Convention, Rules, homes
from culture_lint.judging.registry import describes, judge
from culture_lint.knowledge.scales import Severity
from culture_lint.language.conventions import words
from culture_lint.sources.items import Role

_DATES = (
    (
        "Unicode CLDR {cldr}, date and time formats",
        CLDR,
        "",
    ),
)
_WEEKEND = (
    (
        "Unicode CLDR {cldr}, week data",
        "https://www.unicode.org/cldr/charts/latest/supplemental/territory_information.html",
        "",
    ),
    (
        "UAE makes major changes to working week",
        "https://www.thenationalnews.com/uae/government/2021/12/07/breaking-uae-makes-major-changes-to-working-week/",
        "The National, 2021-12-07: Saturday and Sunday since 1 January 2022",
    ),
)
_AMBIGUOUS = (
    (
        "List of date formats by country",
        "https://wikimili.com/en/List_of_date_formats_by_country",
        "01/11/06 is 1 November, January 11 or November 6",
    ),
    ("Unicode CLDR {cldr}, date and time formats", CLDR, "the date written out"),
)
_RULES = Rules(
    {
        "date-order": Convention(
            Severity.MINOR,
            "locale-convention/date-format",
            _DATES,
            "no date at all: the month stands where this market has the day",
            "“{match}” has day and month the wrong way round for this market; read its way, there is no such date.",
            "Write day, month and year in the market's order.",
            "dataset",
        ),
        "ambiguous-date": Convention(
            Severity.INFO,
            "locale-convention/date-format",
            _AMBIGUOUS,
            "two dates: the day first to some readers, the month first to others",
            "“{match}” can be read as two different days, and nothing in the item tells which.",
            "Write the month as a word; check which day is meant.",
        ),
        "12-hour-clock": Convention(
            Severity.INFO,
            "locale-convention/time-format",
            _DATES,
            "a time of day as another country writes it",
            "“{match}” counts the hours twice to twelve; this market counts to 24.",
            "Write the time on the 24-hour clock.",
            "dataset",
        ),
        "weekend-days": Convention(
            Severity.MINOR,
            "locale-convention/date-format",
            _WEEKEND,
            "working days: the weekend of this market is on other days",
            "“{match}” is not the weekend in this market; a date or an offer tied to it goes wrong.",
            "Name the market's own weekend, or the days alone.",
            "dataset",
        ),
        "weekend-day": Convention(
            Severity.INFO,
            "locale-convention/date-format",
            _WEEKEND,
            "a weekend of which one day is a working day here",
            "“{match}” is not quite the weekend of this market.",
            "Name the market's own weekend, or the days alone.",
            "dataset",
        ),
    }
)
describes("locale-dates")(_RULES.describe)


@judge("locale-dates", of_numbers=True)
def judge_dates(case: Case) -> Iterator[Finding]:
    """Yield dates, times of day and weekends that are those of another country."""
    yield from _dates(case)
    yield from _unsettled(case)
    yield from _weekends(case)


def _dates(case: Case) -> Iterator[Finding]:
    from culture_lint.language.measures import foreign_clock, may_measure, swapped_dates

    for number, segment in enumerate(case.item.segments):
        if segment.role in (*UNJUDGED, Role.PRICE) or not may_measure(segment.text):
            continue
        by_place: dict[tuple[int, int, str, str], list[str]] = {}
        at_home = homes(case, number)
        for market, home in at_home:
            for start, end, said in swapped_dates(segment.text, home):
                by_place.setdefault((start, end, "date-order", said), []).append(market)
            for start, end, said in foreign_clock(segment.text, home):
                by_place.setdefault((start, end, "12-hour-clock", said), []).append(market)
        for (start, end, slug, said), markets in sorted(by_place.items()):
            fix = "safe" if slug == "date-order" else "unsafe"
            language = at_home[0][1].language
            yield _RULES.finding(slug, number, start, end, markets, said, language, fix)


def _unsettled(case: Case) -> Iterator[Finding]:
    """Yield the first date of an item that may be either of two days."""
    from culture_lint.language.measures import may_measure, unsettled_date

    spoken = [(n, one.text) for n, one in enumerate(case.item.segments) if one.role in SPOKEN]
    dated = next((n for n, text in spoken if may_measure(text)), None)
    if dated is None:
        return
    texts = [text for _, text in spoken]
    told: dict[tuple[int, int, int, str], list[str]] = {}
    at_home = homes(case, dated)
    for market, home in at_home:
        found = unsettled_date(texts, home)
        if found is not None:
            told.setdefault(found, []).append(market)
    for (which, start, end, said), markets in told.items():
        number = spoken[which][0]
        language = at_home[0][1].language
        yield _RULES.finding(
            "ambiguous-date", number, start, end, markets, said, language, "unsafe"
        )


def _weekends(case: Case) -> Iterator[Finding]:
    from culture_lint.language.measures import other_weekend

    for number, segment in enumerate(case.item.segments):
        text = segment.text
        if segment.role not in SPOKEN or not _names_weekend(text):
            continue
        found: dict[tuple[int, int, bool, str, str], list[str]] = {}
        for market, home in homes(case, number):
            for place in other_weekend(text, home):
                found.setdefault((*place, home.language), []).append(market)
        for (start, end, wrong, said, language), markets in sorted(found.items()):
            slug = "weekend-days" if wrong else "weekend-day"
            yield _RULES.finding(slug, number, start, end, markets, said, language)


def _names_weekend(text: str) -> bool:
    if "eekend" in text:
        return True
    return not text.isascii() and any(word in text for word in _weekend_words())


@cache
def _weekend_words() -> tuple[str, ...]:
    return tuple(word for language in ("ar", "he", "fa") for word in words("weekend", language))
