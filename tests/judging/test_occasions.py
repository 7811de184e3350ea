"""A festival that copy builds on must be kept in the market, and fall into the days of the launch."""

from __future__ import annotations

from datetime import date

import pytest

from culture_lint.engine import Engine
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.results import ItemReport
from culture_lint.rulecheck import text_item
from culture_lint.settings import Settings
from culture_lint.sources.items import Role

#: Diwali is on 29 October 2027, and on no day near March.
AUTUMN = (date(2027, 10, 10), date(2027, 10, 28))
SPRING = (date(2027, 3, 1), date(2027, 3, 20))
NOT_KEPT, OFF_DATE = "global/festival-not-kept", "global/festival-off-date"


def check(
    knowledge: Knowledge,
    text: str,
    window: tuple[date, date] | None,
    role: Role = Role.TITLE,
    markets: tuple[str, ...] = ("IN", "JP"),
) -> ItemReport:
    engine = Engine(knowledge, Settings(markets=markets, window=window))
    item = text_item(text, path="t", item="1", role=role, language="en", attribute=None)
    (report,) = engine.check([item])
    assert isinstance(report, ItemReport)
    return report


def festivals(report: ItemReport) -> dict[str, str]:
    """Return the festival rule by market."""
    found = [one for one in report.findings if "/festival-" in one.rule]
    return {market: one.rule for one in found for market in one.markets}


def test_its_time_is_that_of_the_launch(builtin: Knowledge) -> None:
    copy = "Diwali gift hamper with lamps"
    assert festivals(check(builtin, copy, AUTUMN, markets=("IN",))) == {}
    report = check(builtin, copy, SPRING, markets=("IN",))
    assert festivals(report) == {"IN": OFF_DATE}
    (one,) = [one for one in report.findings if one.rule == OFF_DATE]
    assert (one.text, one.category) == ("Diwali", "occasion")
    assert "October 2027" in one.message or "November 2026" in one.message
    assert one.points["IN"] > 0
    assert report.dimensions["IN"]["D7"] < 100


def test_without_days_nothing_is_held_against_the_copy(builtin: Knowledge) -> None:
    assert festivals(check(builtin, "Diwali gift hamper with lamps", None)) == {}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("A silk sari as worn at Diwali and at weddings.", Role.DESCRIPTION),
        ("Inspired by the lamps of Diwali.", Role.DESCRIPTION),
        ("My aunt cooked this at Diwali, years ago.", Role.BULLET),
        ("Festivals > Diwali", Role.CATEGORY),
        ("Diwali", Role.BRAND),
        ("A gift for Diwali, Christmas or Father's Day.", Role.DESCRIPTION),
        ("父の日 母の日 クリスマス バレンタイン Diwali プレゼント ギフト", Role.DESCRIPTION),
        ("Wall art: Diwali, Christmas, Halloween, Father's Day gift", Role.TITLE),
    ],
)
def test_a_festival_named_in_passing_is_none(builtin: Knowledge, text: str, role: Role) -> None:
    assert festivals(check(builtin, text, SPRING, role)) == {}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Diwali sale: lamps 20 % off", Role.DESCRIPTION),
        ("The gift for Diwali.", Role.BULLET),
        ("Lamps for Diwali", Role.SUBTITLE),
        ("Diwali and Christmas sale", Role.TITLE),
    ],
)
def test_copy_that_sells_by_a_festival_builds_on_it(
    builtin: Knowledge, text: str, role: Role
) -> None:
    assert festivals(check(builtin, text, SPRING, role))["IN"] == OFF_DATE


def test_a_sign_counts_in_spite_of_the_company_that_other_rules_ask_for(builtin: Knowledge) -> None:
    plan = Engine(builtin, Settings(markets=("IN",), window=SPRING)).plan
    assert plan.festivals
    assert not plan.festivals & plan.needs().keys()
    assert plan.festivals <= plan.by_sign.keys()
