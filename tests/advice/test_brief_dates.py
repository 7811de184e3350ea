"""The dates of a brief: in order of days, with what depends on the moon marked as such."""

from __future__ import annotations

from datetime import date

import pytest

from culture_lint.advice.brief import Library, make_brief, parts_by_id
from culture_lint.advice.brief_dates import dates_between
from culture_lint.dates.windows import occasions
from culture_lint.errors import SettingsError
from culture_lint.knowledge.runtime import Knowledge

START, END = date(2026, 9, 1), date(2027, 8, 31)


@pytest.mark.parametrize("market", ["US", "JP", "SA"])
def test_every_occasion_of_the_window_stands_once_in_its_group(market: str) -> None:
    part = dates_between(START, END)(market, Library(), None)
    assert part is not None
    told = [point.title for group in part.groups for point in group.points]
    found = occasions(market, START, END)
    assert len(told) == len(found) > 5
    for one in found:
        (title,) = [title for title in told if title.endswith(f": {one.name}") and str(one.first.year) in title and title.startswith(f"{one.first.day} ")]  # fmt: skip
        assert title


def test_days_on_which_promotion_offends_come_first_with_what_to_do() -> None:
    part = dates_between(START, END)("US", Library(), 8)
    assert part is not None
    assert part.groups[0].title == "Mind these days"
    september = next(one for one in part.groups[0].points if one.title.startswith("11 September"))
    assert september.severity == "major"
    assert september.advice
    assert september.sources


def test_days_are_in_order_and_the_rest_is_counted() -> None:
    part = dates_between(START, END)("JP", Library(), 3)
    assert part is not None
    for group in part.groups:
        assert len(group.points) <= 3
        assert group.total >= len(group.points)


def test_a_brief_names_the_window_it_looked_at(builtin: Knowledge) -> None:
    brief = make_brief(builtin, "SA", dates=dates_between(START, END))
    assert "From 1 September 2026 to 31 August 2027" in parts_by_id(brief)["dates"].lead


def test_a_window_that_ends_before_it_begins_is_refused(builtin: Knowledge) -> None:
    with pytest.raises(SettingsError, match="before it begins"):
        make_brief(builtin, "SA", dates=dates_between(END, START))
