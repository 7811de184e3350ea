"""The verdict on a market: what stops it, what is a condition, and what to fix first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from culture_lint.campaign.calendar import DayNote
from culture_lint.campaign.model import Bar, Campaign
from culture_lint.campaign.verdicts import Answer, MarketVerdict, Topic, judge
from culture_lint.knowledge.scales import Severity
from culture_lint.results import ItemReport, Suppressed
from tests.campaign.helpers import bad_item, campaign, collected, cost, waiver
from tests.reports.samples import item

CLEAN = [replace(item({"AA": 100.0}), item=f"c{n}") for n in range(9)]


def verdict(
    items: Iterable[ItemReport],
    found: Campaign | None = None,
    days: Sequence[DayNote] = (),
    unread: int = 0,
) -> MarketVerdict:
    found = found or campaign()
    seen = collected(items, waivers=found.waivers).seen["AA"]
    return judge(found, "AA", "First", seen, days, unread)


def reasons(one: MarketVerdict) -> list[tuple[Topic, bool]]:
    return [(reason.topic, reason.stops) for reason in one.reasons]


def test_clean_copy_may_go() -> None:
    one = verdict(CLEAN)
    assert one.answer is Answer.GO
    assert (one.standing.cai, one.standing.minimum, one.judged) == (100.0, 100.0, 9)
    assert one.plan.fixes == ()


def test_small_flaws_within_the_bar_may_go() -> None:
    one = verdict([*CLEAN, bad_item("x", ("AA/sign", Severity.MINOR, 4.0))])
    assert one.answer is Answer.GO
    assert one.findings == {"minor": 1}
    assert [fix.needed for fix in one.plan.fixes] == [False]


def test_a_confirmed_blocker_stops_whatever_the_bar_allows() -> None:
    lax = Bar(0, 0, "blocker")
    items = [*CLEAN * 100, bad_item("x", ("AA/sign", Severity.BLOCKER, 61.3))]
    one = verdict(items, campaign(bar=lax))
    assert one.answer is Answer.NO_GO
    assert reasons(one)[0] == (Topic.BLOCKER, True)
    assert (one.standing.cai or 0) > 70  # the number alone would pass


def test_an_unconfirmed_blocker_needs_a_signature_where_the_bar_allows_blockers() -> None:
    doubtful = cost("AA/sign", Severity.BLOCKER, 41.1, verified=False)
    items = [*CLEAN * 100, item({"AA": 58.9}, doubtful)]
    one = verdict(items, campaign(bar=Bar(0, 0, "blocker")))
    assert one.answer is Answer.CONDITIONS
    assert (Topic.BLOCKER, False) in reasons(one)
    assert verdict(items, campaign(bar=Bar(0, 0, "major"))).answer is Answer.NO_GO


def test_a_blocker_that_costs_nothing_counts_and_a_remark_does_not() -> None:
    free = cost("AA/sign", Severity.BLOCKER, 0.0)
    assert verdict([item({"AA": 100.0}, free)]).answer is Answer.NO_GO
    remark = cost("AA/sign", Severity.INFO, 0.0)
    assert verdict([item({"AA": 100.0}, remark)]).answer is Answer.GO


@pytest.mark.parametrize(
    ("bar", "topics"),
    [
        (Bar(60, 0, "major"), [(Topic.ITEM_CAI, True)]),
        (Bar(0, 90, "major"), [(Topic.CAMPAIGN_CAI, True), (Topic.REWORK, False)]),
        (Bar(0, 0, "minor"), [(Topic.SEVERITY, True), (Topic.REWORK, False)]),
        (Bar(0, 0, "major"), [(Topic.REWORK, False)]),
    ],
)
def test_each_bar_is_held(bar: Bar, topics: list[tuple[Topic, bool]]) -> None:
    one = verdict([*CLEAN, bad_item("x", ("AA/sign", Severity.MAJOR, 45.0))], campaign(bar=bar))
    assert reasons(one) == topics


def test_what_is_not_examined_is_told_and_nothing_examined_stops() -> None:
    unread = replace(item({"AA": None}, status={"AA": "not examined: too few forms"}), item="u")
    one = verdict([*CLEAN, unread])
    assert (one.answer, reasons(one)) == (Answer.CONDITIONS, [(Topic.COVERAGE, False)])
    assert "1 of 10 items not examined" in one.reasons[0].text
    assert verdict([unread]).answer is Answer.NO_GO
    assert "too few forms" in verdict([unread]).reasons[0].text
    assert verdict([]).answer is Answer.NO_GO
    assert reasons(verdict(CLEAN, unread=1)) == [(Topic.INPUT, True)]


def test_persons_asked_for_must_be_there() -> None:
    asked = campaign(bar=Bar(personas=("celebrity",)))
    assert reasons(verdict(CLEAN, asked)) == [(Topic.PERSONA, True)]
    spoken = [*CLEAN, replace(CLEAN[0], personas=("celebrity",))]
    one = verdict(spoken, asked)
    assert (one.answer, one.personas) == (Answer.GO, {"celebrity": "c0"})


def test_a_waiver_is_a_condition_that_names_who_answers() -> None:
    held = waiver()
    hidden = Suppressed(cost("AA/sign"), "by contract", "ignores: AA/sign", "c.yaml", 9)
    items = [replace(CLEAN[0], suppressed=(hidden,))]
    one = verdict(items, campaign(waivers=[held]))
    assert one.answer is Answer.CONDITIONS
    assert one.reasons[0].text == (
        "1 finding let pass by waiver “AA/sign” of Ann, until 2027-01-31: by contract"
    )
    late = verdict(items, campaign(waivers=[held], end=date(2027, 2, 14)))
    assert "expires before the campaign ends on 2027-02-14" in late.reasons[0].text
    other = replace(hidden, path="l.csv", line=2)
    silenced = verdict([replace(CLEAN[0], suppressed=(other,))], campaign(waivers=[held]))
    assert (silenced.answer, silenced.suppressed, silenced.waivers) == (Answer.GO, 1, ())


# -- fixes -------------------------------------------------------------------------------------


def test_fixes_are_ordered_by_what_stops_then_by_what_pays() -> None:
    items = [
        *CLEAN,
        bad_item("x", ("AA/grave", Severity.MAJOR, 5.0), ("AA/dear", Severity.MINOR, 20.0)),
        bad_item("y", ("AA/dear", Severity.MINOR, 15.0), ("AA/cheap", Severity.MINOR, 6.0)),
    ]
    plan = verdict(items).plan
    assert [(fix.rule, fix.needed) for fix in plan.fixes] == [
        ("AA/grave", True), ("AA/dear", False), ("AA/cheap", False),
    ]  # fmt: skip
    assert [(fix.findings, fix.items) for fix in plan.fixes] == [(1, 1), (2, 2), (1, 1)]
    assert plan.fixes[-1].cai == 100.0
    gains = [fix.cai for fix in plan.fixes]
    assert gains == sorted(gains)
    assert plan.fixes[1].item.item == "x"  # where it costs most


def test_what_clears_the_bars_is_needed_and_nothing_more() -> None:
    items = [
        *CLEAN,
        bad_item("x", ("AA/a", Severity.MINOR, 30.0), ("AA/b", Severity.MINOR, 15.0)),
        bad_item("y", ("AA/c", Severity.MINOR, 10.0)),
    ]
    one = verdict(items, campaign(bar=Bar(80, 0, "minor")))
    assert [(fix.rule, fix.needed) for fix in one.plan.fixes] == [
        ("AA/a", True), ("AA/b", False), ("AA/c", False),
    ]  # fmt: skip
    assert one.plan.enough
    assert one.plan.after is not None
    assert (one.plan.after.minimum or 0) >= 80


def test_a_gain_is_the_campaigns_and_not_the_items() -> None:
    items = [*CLEAN * 1000, bad_item("x", ("AA/a", Severity.MINOR, 30.0))]
    (fix,) = verdict(items).plan.fixes
    # 30 points of the item; of the campaign's load it carries three tenths.
    assert 9 < fix.gain < 11
    (mend,) = verdict(items).plan.items
    assert (mend.ref.item, mend.cai, mend.gain) == ("x", 70.0, fix.gain)


def test_the_order_of_items_changes_nothing() -> None:
    items = [
        *CLEAN,
        *(bad_item(f"i{n}", (f"AA/{n % 3}", Severity.MINOR, 7.0 + n)) for n in range(9)),
    ]
    one, other = verdict(items), verdict(reversed(items))
    assert one.standing == other.standing
    assert [(fix.rule, fix.gain, fix.cai) for fix in one.plan.fixes] == [
        (fix.rule, fix.gain, fix.cai) for fix in other.plan.fixes
    ]


def test_only_the_worst_items_are_kept_however_many_there_are() -> None:
    items = [bad_item(f"i{n}", ("AA/a", Severity.MINOR, 1 + n / 10)) for n in range(500)]
    seen = collected(items).seen["AA"]
    assert len(seen.worst) <= 100
    assert verdict(items).plan.items[0].ref.item == "i499"
