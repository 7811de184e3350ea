"""What the calendar of a market says of a span of days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from culture_lint.dates.windows import Kind, Occasion, occasions
from culture_lint.errors import SettingsError
from culture_lint.knowledge.scales import Severity


def ids(market: str, start: str, end: str = "") -> list[str]:
    return [one.id for one in about(market, start, end)]


def about(market: str, start: str, end: str = "") -> tuple[Occasion, ...]:
    return occasions(market, date.fromisoformat(start), date.fromisoformat(end or start))


def test_a_day_of_remembrance_says_how_bad_promotion_is_and_on_whose_authority() -> None:
    (one,) = [day for day in about("US", "2027-09-01", "2027-09-30") if day.severity]
    assert (one.id, one.first, one.kind) == (
        "US/september-11",
        date(2027, 9, 11),
        Kind.REMEMBRANCE,
    )
    assert one.severity is Severity.MAJOR
    assert one.advice
    assert one.evidence.sources


def test_public_holidays_come_from_the_library_with_their_release() -> None:
    (one,) = about("US", "2026-10-12")
    assert (one.id, one.name, one.kind) == (
        "US/holiday/columbus-day",
        "Columbus Day",
        Kind.PUBLIC_HOLIDAY,
    )
    assert one.severity is None
    assert "python-holidays" in one.evidence.sources[0].title


def test_a_festival_that_is_a_public_holiday_is_told_once() -> None:
    (one,) = about("US", "2026-11-26")
    assert (one.id, one.kind, one.holiday) == ("thanksgiving", Kind.FESTIVAL, True)


def test_days_in_a_row_are_one_holiday_seen_whole_from_any_of_its_days() -> None:
    whole = [one for one in about("CN", "2027-02-01", "2027-02-20") if one.holiday]
    for day in (date(2027, 2, 7), date(2027, 2, 9)):
        seen = [one for one in occasions("CN", day, day) if one.holiday]
        assert {one.first for one in seen} <= {one.first for one in whole}
        assert all(one.first <= day <= one.last for one in seen)


def test_an_ordinary_day_has_none() -> None:
    assert ids("US", "2026-09-22") == []


def test_a_span_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(SettingsError, match="before it begins"):
        about("US", "2026-09-22", "2026-09-21")


def test_a_span_of_decades_is_refused() -> None:
    with pytest.raises(SettingsError, match="three years"):
        about("US", "2026-09-22", "2036-09-21")


def test_the_order_and_content_are_the_same_each_time() -> None:
    assert about("IN", "2026-01-01", "2026-12-31") == about("IN", "2026-01-01", "2026-12-31")


def test_a_longer_span_holds_what_shorter_ones_do() -> None:
    start = date(2027, 1, 1)
    whole = set(occasions("GB", start, start + timedelta(days=364)))
    parts = {
        one
        for week in range(52)
        for one in occasions(
            "GB", start + timedelta(days=7 * week), start + timedelta(days=7 * week + 6)
        )
    }
    assert parts <= whole
