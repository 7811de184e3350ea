"""Days of a market's calendar: what stops a launch, what is to be kept clear, what may be waived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

import culture_lint.campaign.calendar as module
from culture_lint.campaign.calendar import day_notes, next_clear_day
from culture_lint.campaign.model import Bar, Named
from culture_lint.campaign.verdicts import Answer, judge
from culture_lint.dates.windows import Kind, Occasion
from culture_lint.knowledge.model import Evidence
from culture_lint.knowledge.scales import Severity
from tests.campaign.helpers import HERE, campaign, collected, waiver
from tests.reports.samples import item


def occasion(
    first: date,
    last: date | None = None,
    severity: Severity | None = Severity.MAJOR,
    kind: str = "practice",
    market: str = "AA",
) -> Occasion:
    return Occasion(
        f"{market}/dark-day", "Dark Day", "", market, first, last or first, Kind.REMEMBRANCE,
        "Keep it clear.", severity, Evidence(kind, True, ()),
    )  # fmt: skip


@pytest.fixture
def keep(monkeypatch: pytest.MonkeyPatch) -> list[Occasion]:
    """The calendar of the made-up markets: what is put into this list."""
    kept: list[Occasion] = []

    def occasions(
        market: str, start: date, end: date, *, rulesets: object = ()
    ) -> Sequence[Occasion]:
        return [o for o in kept if o.market == market and o.first <= end and start <= o.last]

    monkeypatch.setattr(module, "occasions", occasions)
    return kept


LAUNCH = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("day", "severity", "worst", "stops", "pause"),
    [
        (LAUNCH, Severity.MAJOR, "minor", True, False),
        (LAUNCH, Severity.MAJOR, "major", False, True),
        (LAUNCH, Severity.MINOR, "minor", False, True),
        (LAUNCH, Severity.BLOCKER, "major", True, False),
        (LAUNCH, None, "minor", False, False),
        (LAUNCH, Severity.INFO, "info", False, False),
        (date(2026, 12, 2), Severity.BLOCKER, "minor", False, True),
    ],
)
def test_a_launch_on_a_grave_day_stops_and_a_later_one_is_a_condition(
    keep: list[Occasion], day: date, severity: Severity | None, worst: str, stops: bool, pause: bool
) -> None:
    keep.append(occasion(day, severity=severity))
    bar = Bar(worst_severity=worst)
    (note,) = day_notes(campaign(bar=bar), "AA", bar, ())
    assert (note.stops, note.pause, note.on_launch) == (stops, pause, day == LAUNCH)
    seen = collected([item({"AA": 100.0})]).seen["AA"]
    verdict = judge(campaign(bar=bar), "AA", "AA", seen, [note])
    expected = Answer.NO_GO if stops else Answer.CONDITIONS if pause else Answer.GO
    assert verdict.answer is expected
    if stops or pause:
        assert "“Dark Day”" in verdict.reasons[0].text
        assert "Keep it clear. [established practice" in verdict.reasons[0].text


def test_a_day_is_waived_by_its_name_in_its_market_but_not_by_law(keep: list[Occasion]) -> None:
    held = waiver("calendar/AA/dark-day")
    found = campaign(waivers=[held])
    keep.append(occasion(LAUNCH))
    (note,) = day_notes(found, "AA", found.bar, [held])
    assert note.waiver is held
    verdict = judge(found, "AA", "AA", collected([item({"AA": 100.0})]).seen["AA"], [note])
    assert verdict.answer is Answer.CONDITIONS
    assert "of Ann" in verdict.reasons[0].text
    elsewhere = replace(held, markets=(Named("BB", HERE),))
    (note,) = day_notes(found, "AA", found.bar, [elsewhere])
    assert note.stops
    about_item = replace(held, item="A1")  # a day is no item
    (note,) = day_notes(found, "AA", found.bar, [about_item])
    assert note.stops
    keep[:] = [occasion(LAUNCH, kind="statute")]
    (note,) = day_notes(found, "AA", found.bar, [held])
    assert (note.stops, note.waiver) == (True, None)


def test_the_next_clear_day_is_clear_in_every_market(keep: list[Occasion]) -> None:
    keep += [
        occasion(LAUNCH),
        occasion(date(2026, 12, 2), date(2026, 12, 3), market="BB"),
        occasion(date(2026, 12, 4), severity=Severity.MINOR),  # a condition, no stop
    ]
    bars = [("AA", Bar()), ("BB", Bar())]
    assert next_clear_day(campaign(), bars, ()) == date(2026, 12, 4)
    keep.append(occasion(LAUNCH, date(2027, 3, 1), market="BB"))
    assert next_clear_day(campaign(), bars, ()) is None
