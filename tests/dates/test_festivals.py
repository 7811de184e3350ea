"""Festivals that copy names: kept or not, and at the right time."""

from __future__ import annotations

from datetime import date

import pytest

from culture_lint.dates.festivals import Clash, ClashKind, clash, festivals_of, signifiers
from culture_lint.knowledge.scales import Severity


def found(sign: str, market: str, start: str, end: str) -> Clash | None:
    return clash(sign, market, date.fromisoformat(start), date.fromisoformat(end))


def test_a_festival_in_its_time_is_no_clash() -> None:
    assert found("diwali", "IN", "2026-10-15", "2026-11-08") is None


def test_a_festival_at_another_time_names_its_days_and_when_to_launch() -> None:
    one = found("diwali", "IN", "2027-03-01", "2027-03-20")
    assert one is not None
    assert (one.kind, one.severity) == (ClashKind.OFF_DATE, Severity.MAJOR)
    assert one.first is not None
    assert one.last is not None
    assert one.first <= date(2026, 11, 8) <= one.last
    assert "November 2026" in one.message
    assert "2027" in one.rewrite


def test_the_same_festival_a_year_on_is_computed_not_listed() -> None:
    for year in (2025, 2028, 2031):
        one = found("diwali", "IN", f"{year}-05-01", f"{year}-05-20")
        assert one is not None
        assert one.first is not None


def test_a_festival_that_a_market_does_not_keep() -> None:
    one = found("diwali", "MX", "2026-10-15", "2026-11-08")
    assert one is not None
    assert one.kind is ClashKind.NOT_KEPT
    assert "not kept in Mexico" in one.message


def test_a_sign_that_names_no_festival() -> None:
    assert found("cow", "IN", "2027-03-01", "2027-03-20") is None
    assert festivals_of("cow") == ()
    assert "diwali" in signifiers()


@pytest.mark.parametrize("market", ["GB", "US"])
def test_where_a_part_of_the_public_keeps_it_only_the_time_counts(market: str) -> None:
    assert found("diwali", market, "2026-10-15", "2026-11-08") is None
    one = found("diwali", market, "2026-05-01", "2026-05-08")
    assert one is not None
    assert one.kind is ClashKind.OFF_DATE
