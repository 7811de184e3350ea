"""The verdict on a whole campaign: its markets side by side, never averaged into one number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from culture_lint.campaign.calendar import day_notes, next_clear_day
from culture_lint.campaign.collect import Collector
from culture_lint.campaign.model import Campaign, Waiver
from culture_lint.campaign.verdicts import Answer, MarketVerdict, Topic, graver_than, judge
from culture_lint.frozen import frozen
from culture_lint.results import GateFailure, RunInfo, Summary, Verdict
from culture_lint.sources.items import UNREADABLE, Notice

_ORDER = (Answer.NO_GO, Answer.CONDITIONS, Answer.GO)


@frozen
class IdleWaiver:
    """A waiver that lets nothing pass, and why."""

    waiver: Waiver
    why: str
    expired: bool = False


@frozen
class CampaignReport:
    """Everything a report on a campaign says.

    Attributes:
        campaign: The campaign.
        info: Tool, rulesets and markets.
        today: The day of the verdict.
        answer: The worst of the markets' answers.
        markets: Verdicts in the order of the campaign file.
        idle: Waivers that let nothing pass.
        next_launch: The first later day that no market's calendar stops, where one does now.
        elsewhere: Items that are for none of the campaign's markets.
        summary: Totals of the run.
        notices: What should be known of the input.
    """

    campaign: Campaign
    info: RunInfo
    today: date
    answer: Answer
    markets: tuple[MarketVerdict, ...]
    idle: tuple[IdleWaiver, ...]
    next_launch: date | None
    elsewhere: int
    summary: Summary
    notices: tuple[Notice, ...]

    @property
    def worst(self) -> MarketVerdict:
        """The market with the worst answer, then the lowest CAI."""
        return min(
            self.markets,
            key=lambda one: (
                _ORDER.index(one.answer),
                -1.0 if one.standing.cai is None else one.standing.cai,
            ),
        )

    def count(self, answer: Answer) -> int:
        """Return how many markets have an answer."""
        return sum(one.answer is answer for one in self.markets)


def report_on(
    campaign: Campaign,
    collector: Collector,
    info: RunInfo,
    today: date,
    rulesets: Sequence[Path] = (),
) -> CampaignReport:
    """Return the verdict on a campaign when everything has been checked."""
    names = dict(info.markets)
    day = max(today, campaign.launch)
    held = [one for one in campaign.waivers if one.holds(day)]
    unread = sum(one.kind == UNREADABLE for one in collector.notices)
    verdicts = []
    for market, seen in collector.seen.items():
        bar = campaign.bar_for(market)
        days = day_notes(campaign, market, bar, held, rulesets)
        verdicts.append(judge(campaign, market, names.get(market, market), seen, days, unread))
    blocked = any(
        one.topic is Topic.CALENDAR and one.stops for found in verdicts for one in found.reasons
    )
    bars = [(one.market, one.bar) for one in verdicts]
    assert collector.summary is not None  # the run has ended
    return CampaignReport(
        campaign,
        info,
        today,
        min((one.answer for one in verdicts), key=_ORDER.index),
        tuple(verdicts),
        _idle(campaign, verdicts, today),
        next_clear_day(campaign, bars, held, rulesets) if blocked else None,
        collector.elsewhere,
        collector.summary,
        tuple(collector.notices),
    )


#: How the gates of other reports call what a verdict is about.
_KINDS = {Topic.BLOCKER: "severity", Topic.ITEM_CAI: "cai"}


def gate_of(report: CampaignReport, verdict: Verdict) -> Verdict:
    """Return the verdict on a campaign as other reports have the gate's.

    Args:
        report: The verdict on the campaign.
        verdict: What the run itself says, of files that could not be read.
    """
    bar = report.campaign.bar
    failed = tuple(
        GateFailure(
            market.market, _KINDS.get(one.topic, one.topic.value), one.asked, one.count, one.found
        )
        for market in report.markets
        for one in market.stops
        if one.topic is not Topic.INPUT
    )
    failed += tuple(one for one in verdict.failed if one.kind == "input")
    return Verdict(not failed, bar.min_cai, graver_than(bar.worst_severity), failed)


def _idle(
    campaign: Campaign,
    verdicts: Sequence[MarketVerdict],
    today: date,
) -> tuple[IdleWaiver, ...]:
    """Return the waivers that have expired, and those that nothing needs."""
    used = {id(one.waiver) for verdict in verdicts for one in verdict.waivers}
    found: list[IdleWaiver] = []
    for waiver in campaign.waivers:
        if not waiver.holds(today):
            why = f"expired on {waiver.expires}; what it let pass counts again"
            found.append(IdleWaiver(waiver, why, expired=True))
        elif not waiver.holds(campaign.launch):
            why = f"expires on {waiver.expires}, before the launch; it does not hold then"
            found.append(IdleWaiver(waiver, why, expired=True))
        elif id(waiver) not in used:
            found.append(IdleWaiver(waiver, "lets nothing pass; nothing needs it, or nothing may"))
    return tuple(found)
