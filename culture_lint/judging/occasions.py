"""Judge whether a festival that copy builds on is kept in a market, and at the time of the launch."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from culture_lint.judging.findings import Case, Finding, spread
from culture_lint.judging.own import own_reading
from culture_lint.judging.plan import Plan
from culture_lint.judging.readings import in_company
from culture_lint.judging.registry import describes, judge
from culture_lint.knowledge.model import Company, Evidence, Reading, SourceRef
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.knowledge.scales import Severity, Usage
from culture_lint.matching.mentions import Mention
from culture_lint.sources.items import Role

if TYPE_CHECKING:
    from culture_lint.dates.model import Clash

#: Fields in which whatever is named is what the copy builds on.
_PROMINENT = (Role.TITLE, Role.SUBTITLE, Role.PRICE)
#: Elsewhere a festival is named in passing (“as worn at Diwali”) unless one of these stands near.
_SELLING = ("sale-word", "gift-giving")
_PASSING = (Usage.NEGATED, Usage.COMPARED, Usage.QUOTED)
#: Festivals in one field, elsewhere and where it is prominent: more of them are a list of occasions
#: (“for Father's Day, Mother's Day, Christmas ...”) that holds all year and builds on none.
_MOST = (1, 2)
REVIEWED = "2026-11-21"


@judge("occasions")
def judge_occasions(case: Case) -> Iterator[Finding]:
    """Yield a finding for every festival that copy builds on and that does not fit a launch.

    Without a window of days nothing is held against the copy.
    """
    if case.plan.window is None:
        return
    seen: set[tuple[int, int, int, str]] = set()
    for mention in case.found.mentions:
        if mention.target not in case.plan.festivals or not _builds_on(case, mention):
            continue
        sign = case.plan.knowledge.signifier(mention.target)
        for market in case.plan.markets:
            work_out = partial(_reading_of, case, sign, market.id)
            (reading,) = case.plan.once(("festival", sign, market.id), work_out)
            place = (mention.segment, mention.start, mention.end, market.id)
            if reading is None or place in seen:
                continue
            seen.add(place)
            yield Finding(
                reading.id,
                mention.segment,
                mention.start,
                mention.end,
                sign,
                (),
                spread((market.id,), reading),
            )


def _builds_on(case: Case, mention: Mention) -> bool:
    """Tell whether the copy builds on a festival, and does not just mention it."""
    role = case.item.segments[mention.segment].role
    if role in (Role.CATEGORY, Role.BRAND) or case.usage.is_brand(mention):
        return False
    if any(case.usage.has(mention, usage) for usage in _PASSING):
        return False
    if len(_named_with(case, mention)) > _MOST[role in _PROMINENT]:
        return False
    if role in _PROMINENT:
        return True
    known = case.plan.knowledge.signifier_numbers
    selling = tuple(one for one in _SELLING if one in known)
    return bool(selling) and in_company(case, mention, Company(selling, (), "clause"))


def _named_with(case: Case, mention: Mention) -> set[str]:
    """Return the festivals that the field of a mention names; several signs may name one."""
    plan = case.plan
    return {
        plan.once(("named", one.target), partial(_festival, plan, one.target))
        for one in case.found.mentions
        if one.segment == mention.segment and one.target in plan.festivals
    }


def _festival(plan: Plan, sign: int) -> str:
    from culture_lint.dates.festivals import festivals_of

    return min(one.id for one in festivals_of(plan.knowledge.signifier(sign), plan.rulesets))


def _reading_of(case: Case, sign: str, market: str) -> tuple[Reading | None]:
    """Return what a festival means in a market at the time of the launch, (None,) if it fits."""
    from culture_lint.dates.festivals import clash

    plan = case.plan
    assert plan.window is not None
    found = clash(sign, market, *plan.window, rulesets=plan.rulesets)
    return (None,) if found is None else (_reading(found),)


def _reading(found: Clash) -> Reading:
    return own_reading(
        f"global/festival-{found.kind.value}",
        severity=found.severity,
        category="occasion",
        dimension="D7",
        mqm="audience-appropriateness/culture-specific-reference",
        signified=found.signified,
        message=found.message,
        rewrite=found.rewrite,
        evidence=found.evidence,
        reviewed=REVIEWED,
    )


@describes("occasions")
def describe(_knowledge: Knowledge) -> Iterator[Reading]:
    """Yield the two readings of this kind; what they say depends on festival, market and launch."""
    kept = Evidence(
        "practice",
        False,
        (
            SourceRef(
                "The calendar of each festival names its own source",
                "https://github.com/vacanza/holidays",
                "",
                REVIEWED,
            ),
        ),
    )
    elsewhere = own_reading(
        "global/festival-not-kept",
        severity=Severity.MINOR,
        category="occasion",
        dimension="D7",
        mqm="audience-appropriateness/culture-specific-reference",
        signified="a festival of others",
        message="“{match}” names a festival that is not kept in this market.",
        rewrite="Leave the occasion out, or name one that is kept here.",
        evidence=kept,
        reviewed=REVIEWED,
    )
    yield elsewhere
    yield dataclasses.replace(
        elsewhere,
        id="global/festival-off-date",
        signified="a festival at a time when nobody keeps it",
        message="“{match}” names a festival that does not fall into the days of the launch.",
        rewrite="Launch at its time, or leave the occasion out.",
    )
