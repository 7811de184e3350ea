"""The report on a campaign as plain data: what JSON prints, ``culture-lint/campaign/1``.

Other reports may take their data from here; fields are added and never change their meaning.
"""

from __future__ import annotations

from typing import Any

from culture_lint.campaign.calendar import DayNote
from culture_lint.campaign.fixes import Fix, ItemFix
from culture_lint.campaign.model import Bar, Waiver
from culture_lint.campaign.report import CampaignReport
from culture_lint.campaign.verdicts import MarketVerdict
from culture_lint.reports.shape import (
    finding_head,
    finding_tail,
    notice_shape,
    summary_shape,
    tool_shape,
)

SCHEMA = "culture-lint/campaign/1"


def campaign_shape(report: CampaignReport) -> dict[str, Any]:
    """Return the report on a campaign as the contract has it."""
    campaign = report.campaign
    worst = report.worst
    return {
        "schema": SCHEMA,
        "tool": tool_shape(report.info),
        "campaign": {
            "name": campaign.name,
            "path": str(campaign.path),
            "launch": campaign.launch.isoformat(),
            "end": campaign.end.isoformat(),
            "intent": list(campaign.intent),
            "channels": [one.name for one in campaign.channels.values()],
        },
        "today": report.today.isoformat(),
        "verdict": report.answer.value,
        "worst_market": {
            "market": worst.market,
            "verdict": worst.answer.value,
            "cai": worst.standing.cai,
        },
        "markets": [market_shape(one) for one in report.markets],
        "idle_waivers": [
            {**waiver_shape(one.waiver), "expired": one.expired, "why": one.why}
            for one in report.idle
        ],
        "next_launch": report.next_launch.isoformat() if report.next_launch else None,
        "items_for_other_markets": report.elsewhere,
        "summary": summary_shape(report.summary),
        "notices": [notice_shape(one) for one in report.notices],
    }


def market_shape(one: MarketVerdict) -> dict[str, Any]:
    """Return the verdict on one market."""
    after = one.plan.after
    return {
        "market": one.market,
        "name": one.name,
        "verdict": one.answer.value,
        "bar": bar_shape(one.bar),
        "cai": one.standing.cai,
        "min": one.standing.minimum,
        "band": one.band or None,
        "below_min_cai": one.standing.below,
        "channels": dict(one.standing.channels),
        "items": one.judged,
        "not_examined": dict(one.not_judged),
        "findings": dict(one.findings),
        "reasons": [
            {"topic": reason.topic.value, "stops": reason.stops, "text": reason.text}
            for reason in one.reasons
        ],
        "fix_first": [fix_shape(fix, one.market) for fix in one.plan.fixes],
        "items_to_mend": [_item_shape(item) for item in one.plan.items],
        "after_needed_fixes": {
            "fixes": sum(fix.needed for fix in one.plan.fixes),
            "cai": after.cai if after else None,
            "min": after.minimum if after else None,
            "clears_the_bar": one.plan.enough,
        },
        "calendar": [day_shape(note) for note in one.days],
        "waivers": [
            {**waiver_shape(held.waiver), "findings": held.findings} for held in one.waivers
        ],
        "suppressed": one.suppressed,
        "baselined": one.baselined,
        "personas": dict(one.personas),
    }


def bar_shape(bar: Bar) -> dict[str, Any]:
    """Return what a market must reach."""
    return {
        "min_cai": bar.min_cai,
        "min_campaign_cai": bar.min_campaign_cai,
        "worst_severity": bar.worst_severity,
        "personas": list(bar.personas),
    }


def waiver_shape(waiver: Waiver) -> dict[str, Any]:
    """Return a waiver as it stands in the campaign file."""
    return {
        "name": waiver.name,
        "rules": list(waiver.rules),
        "item": waiver.item,
        "path": waiver.path,
        "markets": [one.text for one in waiver.markets],
        "owner": waiver.owner,
        "reason": waiver.reason,
        "expires": waiver.expires.isoformat(),
        "line": waiver.where.line,
    }


def fix_shape(fix: Fix, market: str) -> dict[str, Any]:
    """Return one fix, with its dearest finding as reports of items have it."""
    example = fix.example
    return {
        "rule": fix.rule,
        "severity": fix.severity.value,
        "needed": fix.needed,
        "findings": fix.findings,
        "items": fix.items,
        "gain": fix.gain,
        "cai_after": fix.cai,
        "path": fix.item.path,
        "item": fix.item.item,
        "title": fix.item.title,
        "example": {
            **finding_head(example),
            **finding_tail(example),
            "severity": example.severity_in(market).value,
            "passage": example.passage,
            "passage_span": list(example.passage_span),
        },
    }


def _item_shape(item: ItemFix) -> dict[str, Any]:
    return {
        "path": item.ref.path,
        "item": item.ref.item,
        "line": item.ref.line,
        "title": item.ref.title,
        "cai": item.cai,
        "gain": item.gain,
        "points": dict(item.rules),
    }


def day_shape(note: DayNote) -> dict[str, Any]:
    """Return one occasion of the calendar and what follows from it."""
    one = note.occasion
    return {
        "id": note.rule,
        "name": one.name,
        "local": one.local,
        "first": one.first.isoformat(),
        "last": one.last.isoformat(),
        "kind": one.kind.value,
        "severity": one.severity.value if one.severity else None,
        "on_launch": note.on_launch,
        "stops": note.stops,
        "pause": note.pause,
        "waived": note.waiver is not None,
        "approximate": one.approximate,
        "advice": one.advice,
        "evidence": {
            "kind": one.evidence.kind,
            "verified": one.evidence.verified,
            "sources": [
                {"title": source.title, "url": source.url, "read": source.read}
                for source in one.evidence.sources
            ],
        },
    }
