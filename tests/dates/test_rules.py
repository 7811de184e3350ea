"""The rules for days: every shape, against dates published by others."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from culture_lint.dates.rules import RuleError, parse
from culture_lint.knowledge.schema import load_schema


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        ("12-25", "2027-12-25"),
        ("02-29", "2028-02-29"),
        ("2 sunday may", "2027-05-09"),
        ("last monday may", "2026-05-25"),
        ("last sunday december", "2028-12-31"),
        ("4 thursday november", "2026-11-26"),
        ("4 thursday november+1", "2026-11-27"),
        ("5 sunday may", "2026-05-31"),
        ("wednesday from 06-22", "2026-06-24"),
        ("saturday from 10-31", "2026-10-31"),
        ("tuesday from 11-02", "2028-11-07"),
        ("easter", "2027-03-28"),
        ("easter-2", "2026-04-03"),
        ("orthodox-easter", "2027-05-02"),
        ("advent", "2026-11-29"),
        ("advent", "2022-11-27"),  # Christmas Day itself is a Sunday
        ("advent-14", "2026-11-15"),
        ("advent-7", "2026-11-22"),
        ("hijri 9-1", "2026-02-18"),
        ("hijri 1-10", "2026-06-25"),
        ("hebrew 7-10", "2026-09-21"),
        ("hebrew 9-25", "2026-12-05"),
        ("lunar 1-1", "2027-02-06"),
        ("lunar 8-15", "2026-09-25"),
        ("lunar 7-7", "2025-08-29"),  # in a year with a leap month before it
        ("holiday IN Diwali", "2026-11-08"),
        ("holiday KR Korean New Year", "2027-02-07"),
        ("holiday IL Remembrance Day", "2026-04-21"),
    ],
)
def test_days_are_those_of_published_calendars(rule: str, day: str) -> None:
    wanted = date.fromisoformat(day)
    assert wanted in parse(rule).in_year(wanted.year)


def test_an_islamic_year_may_begin_ramadan_twice_in_one_of_ours() -> None:
    assert parse("hijri 9-1").in_year(2030) == (date(2030, 1, 5), date(2030, 12, 26))


@pytest.mark.parametrize("rule", ["02-29", "5 sunday may"])
def test_a_day_that_a_year_does_not_have_is_left_out(rule: str) -> None:
    assert parse(rule).in_year(2025) == ()


def test_a_shift_carries_over_the_end_of_a_year() -> None:
    assert parse("01-01-1").in_year(2026) == (date(2026, 12, 31),)


@pytest.mark.parametrize(
    "text",
    [
        "", "25-12", "13-01", "02-30", "christmas", "6 sunday may", "sunday may", "2 Sunday May",
        "easter 2", "hijri 13-1", "lunar 8-31", "hebrew 14-1", "holiday india Diwali",
        "holiday IN ", "12-25+1000", "12-25\n",
    ],
)  # fmt: skip
def test_what_is_no_rule_is_refused(text: str) -> None:
    with pytest.raises(RuleError, match=r"is no rule for a day|there is no day"):
        parse(text)


_RULES = st.one_of(
    st.from_regex(r"\d\d-\d\d([+-]\d{1,3})?", fullmatch=True),
    st.from_regex(r"[0-6] (mon|fri)day (may|june)([+-]\d)?", fullmatch=True),
    st.from_regex(r"(hijri|hebrew|lunar) \d{1,2}-\d{1,2}([+-]\d)?", fullmatch=True),
    st.from_regex(r"(orthodox-easter|easter|advent)([+-]\d{1,4})?", fullmatch=True),
    st.from_regex(r"holiday [A-Z]{1,3} [A-Za-z0-9 +-]{1,8}", fullmatch=True),
)


@given(_RULES)
def test_the_published_schema_takes_exactly_what_is_understood(text: str) -> None:
    pattern = load_schema("calendar")["$defs"]["when"]["pattern"].replace("$", r"\Z")
    understood = bool(re.match(pattern, text))
    try:
        parse(text)
    except RuleError as error:
        # Only a calendar tells that there is no 30 February.
        understood = understood and "there is no day" not in str(error)
        refused = True
    else:
        refused = False
    assert understood is not refused


@given(st.sampled_from(["12-25", "easter+49", "last monday may", "hijri 12-10", "advent"]))
def test_days_stand_in_their_year(rule: str) -> None:
    for year in range(1990, 2060):
        days = parse(rule).in_year(year)
        assert all(day.year == year for day in days)
        assert list(days) == sorted(set(days))


def test_shifted_rules_move_by_whole_days() -> None:
    for year in range(2000, 2050):
        (easter,) = parse("easter").in_year(year)
        assert parse("easter-2").in_year(year) == (easter - timedelta(days=2),)
        assert easter.weekday() == 6
