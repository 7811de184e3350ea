"""The calendar that comes with the program: every entry has its days, its authority, its market."""

from __future__ import annotations

import doctest
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from culture_lint.dates.festivals import ClashKind, clash
from culture_lint.dates.load import load_calendar
from culture_lint.dates.model import Keeping, Observance
from culture_lint.dates.windows import Kind, occasions
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.knowledge.scales import Severity

YEARS = range(2026, 2031)


def rules() -> Iterator[tuple[str, Observance | Keeping]]:
    calendar = load_calendar()
    for one in calendar.observances:
        yield one.id, one
    for festival in calendar.festivals.values():
        for row in festival.kept:
            yield f"{festival.id} in {row.markets[0]}", row


def test_every_rule_gives_a_day_in_each_of_the_next_years() -> None:
    empty = [
        (name, one.when.text, year)
        for name, one in rules()
        for year in YEARS
        if not one.when.in_year(year) and one.when.text != "02-29"
    ]
    # A lunar year is shorter than ours, so that a day may be left out once in a while.
    assert [row for row in empty if not row[1].startswith(("hijri", "lunar", "hebrew"))] == []


def test_every_market_has_days_to_mind_or_to_know(builtin: Knowledge) -> None:
    countries = sorted({name for name in builtin.markets if len(name) == 2})
    assert len(countries) > 50
    start = date(2027, 1, 1)
    for market in countries:
        found = occasions(market, start, start + timedelta(days=364))
        assert len(found) >= 10, market
        assert any(one.severity is not None for one in found) or market in (
            "DK",
            "SA",
            "QA",
            "EG",
        ), market


def test_what_nobody_read_a_source_for_is_minor_at_most() -> None:
    for one in load_calendar().observances:
        if not one.evidence.verified:
            assert one.severity is None or one.severity.rank <= Severity.MINOR.rank, one.id
        else:
            assert all(source.url and source.read for source in one.evidence.sources), one.id


def test_grave_days_stand_on_a_law_or_a_case_and_say_what_to_do() -> None:
    for one in load_calendar().observances:
        if one.severity is Severity.BLOCKER:
            assert one.evidence.kind in ("statute", "incident", "practice", "encyclopedia"), one.id
        assert one.advice, one.id


@pytest.mark.parametrize(
    ("market", "day", "id"),
    [
        ("DE", "2026-11-15", "DE/volkstrauertag"),
        ("DE", "2026-11-22", "DE/totensonntag"),
        ("GB", "2026-11-08", "GB/remembrance-sunday"),
        ("NZ", "2027-04-25", "NZ/anzac-day"),
        ("IL", "2026-04-21", "IL/yom-hazikaron"),
        ("IL", "2026-04-20", "IL/yom-hazikaron"),  # from the evening before
        ("CN", "2026-12-13", "CN/nanjing-memorial-day"),
        ("TW", "2027-04-05", "TW/tomb-sweeping-day"),
        ("KR", "2027-05-18", "KR/gwangju"),
        ("UA", "2026-11-28", "UA/holodomor"),
        ("RU", "2027-06-22", "RU/memory-and-sorrow"),
        ("TR", "2026-11-10", "TR/ataturk"),
        ("TH", "2027-10-13", "TH/king-bhumibol"),
        ("IR", "2026-06-25", "shia/ashura"),
        ("PH", "2028-05-07", "PH/elections"),
        ("US", "2026-11-03", "US/election-day"),
        ("US", "2028-11-07", "US/election-day"),
        ("NL", "2027-05-04", "NL/dodenherdenking"),
        ("BE", "2026-12-20", "BE/waiting-period-winter"),
    ],
)
def test_days_that_a_launch_must_know(market: str, day: str, id: str) -> None:
    when = date.fromisoformat(day)
    assert id in [one.id for one in occasions(market, when, when)]


def test_an_election_comes_only_in_its_years() -> None:
    november = date(2027, 11, 1), date(2027, 11, 8)
    assert "US/election-day" not in [one.id for one in occasions("US", *november)]


@pytest.mark.parametrize(
    ("first", "market"), [("2026-01-07", "FR"), ("2027-01-06", "FR"), ("2028-01-12", "FR")]
)
def test_the_statutory_sales_begin_as_the_code_says(first: str, market: str) -> None:
    start = date.fromisoformat(first)
    (one,) = [one for one in occasions(market, start, start) if one.id == "soldes"]
    assert (one.first, one.kind) == (start, Kind.SHOPPING)
    assert one.evidence.kind == "statute"


def test_sales_named_outside_their_weeks_are_a_clash_and_in_both_seasons_none() -> None:
    def found(start: str, end: str) -> ClashKind | None:
        one = clash("festival-soldes", "FR", date.fromisoformat(start), date.fromisoformat(end))
        return one.kind if one else None

    assert found("2027-01-10", "2027-01-20") is None
    assert found("2027-06-25", "2027-07-10") is None
    assert found("2027-10-01", "2027-10-20") is ClashKind.OFF_DATE
    assert clash("festival-soldes", "CH", date(2027, 10, 1), date(2027, 10, 20)) is None


#: Sunday by Sunday: Mother's Day 2027, as calendars of each country have it.
MOTHERS = [
    ("GB", "2027-03-07"), ("US", "2027-05-09"), ("ES", "2027-05-02"), ("FR", "2027-05-30"),
    ("NO", "2027-02-14"), ("MX", "2027-05-10"), ("TH", "2027-08-12"), ("PL", "2027-05-26"),
    ("AR", "2027-10-17"), ("SA", "2027-03-21"), ("RU", "2027-11-28"), ("ID", "2027-12-22"),
]  # fmt: skip


@pytest.mark.parametrize(("market", "day"), MOTHERS)
def test_mothers_day_is_kept_when_the_country_keeps_it(market: str, day: str) -> None:
    when = date.fromisoformat(day)
    assert clash("festival-mothers-day", market, when - timedelta(days=14), when) is None
    late = clash("festival-mothers-day", market, when + timedelta(days=30), when + timedelta(40))
    assert late is not None
    assert late.kind is ClashKind.OFF_DATE
    assert when in (late.first, late.last) or market in ("NO",)


def test_copy_for_mays_mothers_day_is_too_late_for_the_british_and_fits_americans() -> None:
    window = date(2027, 4, 25), date(2027, 5, 9)
    one = clash("festival-mothers-day", "GB", *window)
    assert one is not None
    assert "7 March 2027" in one.message
    assert one.severity is Severity.MAJOR
    assert clash("festival-mothers-day", "US", *window) is None


@pytest.mark.parametrize(
    ("sign", "market", "window", "kind"),
    [
        ("festival-thanksgiving", "CA", "2026-11-10 2026-11-26", ClashKind.OFF_DATE),
        ("festival-thanksgiving", "GB", "2026-11-10 2026-11-26", ClashKind.NOT_KEPT),
        ("festival-chinese-new-year", "KR", "2027-01-20 2027-02-05", ClashKind.NOT_KEPT),
        ("festival-lunar-new-year", "KR", "2027-01-20 2027-02-05", None),
        ("festival-ramadan", "SA", "2027-01-20 2027-02-20", None),
        ("festival-ramadan", "SA", "2027-06-01 2027-06-20", ClashKind.OFF_DATE),
        ("festival-eid", "AE", "2027-05-01 2027-05-15", None),  # the later feast
        ("festival-christmas", "RU", "2026-12-20 2027-01-06", None),
        ("festival-buen-fin", "MX", "2026-11-09 2026-11-16", None),
        ("festival-buen-fin", "ES", "2026-11-09 2026-11-16", ClashKind.NOT_KEPT),
        ("festival-valentines-day", "BR", "2027-02-01 2027-02-14", ClashKind.NOT_KEPT),
        ("festival-namorados", "BR", "2027-06-01 2027-06-12", None),
        ("festival-namorados", "PT", "2027-06-01 2027-06-12", ClashKind.OFF_DATE),
        ("festival-fathers-day", "DE", "2027-04-25 2027-05-06", None),
        ("festival-fathers-day", "DE", "2027-06-15 2027-06-20", ClashKind.OFF_DATE),
        ("festival-back-to-school", "AU", "2027-08-01 2027-08-31", ClashKind.OFF_DATE),
        ("festival-singles-day", "DE", "2026-11-01 2026-11-11", None),
        ("festival-defenders-day", "UA", "2027-02-10 2027-02-23", ClashKind.NOT_KEPT),
    ],
)
def test_festivals_by_market(sign: str, market: str, window: str, kind: ClashKind | None) -> None:
    start, end = map(date.fromisoformat, window.split())
    one = clash(sign, market, start, end)
    assert (one.kind if one else None) is kind


def test_a_community_has_the_days_of_its_market_and_its_own() -> None:
    when = date(2027, 10, 11)
    ids = [one.id for one in occasions("US/jewish-observant", when, when)]
    assert "communities/yom-kippur-observant" in ids
    assert "communities/yom-kippur-observant" not in [one.id for one in occasions("US", when, when)]


def test_nothing_is_held_against_copy_beyond_the_tables_of_a_library() -> None:
    assert clash("festival-holi", "IN", date(2060, 6, 1), date(2060, 6, 20)) is None
    assert occasions("IN", date(2060, 1, 1), date(2060, 12, 31))


def test_the_page_shows_what_the_calendar_says() -> None:
    page = Path(__file__).parents[2] / "docs" / "calendar.md"
    text = page.read_text("utf-8").replace("```", "")
    shown = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
    ran = doctest.DocTestRunner().run(shown)
    assert ran.attempted == 6
    assert ran.failed == 0
    calendar = load_calendar()
    read = sum(one.evidence.verified for one in calendar.observances)
    told = page.read_text("utf-8")
    assert f"{len(calendar.observances)} days in 61 markets, {read} of them" in told
    assert f"`rulesets/calendar/festivals.yaml`: {len(calendar.festivals)}," in told
