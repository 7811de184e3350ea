"""The report as plain data: the objects that JSON and JSON lines print, ``culture-lint/report/1``."""

from __future__ import annotations

from typing import Any

from culture_lint.results import FindingReport, ItemReport, RunInfo, Summary, Verdict
from culture_lint.sources.items import Notice

SCHEMA = "culture-lint/report/1"


def item_shape(report: ItemReport) -> dict[str, Any]:
    """Return one item as the contract has it."""
    return {
        **item_head(report),
        "findings": [finding_shape(finding) for finding in report.findings],
        **item_tail(report),
    }


def item_head(report: ItemReport) -> dict[str, Any]:
    """Return what stands before an item's findings."""
    return {
        "path": report.path,
        "item": report.item,
        "line": report.line,
        "language": report.language,
        "scores": report.scores,
        "status": report.status,
        "dimensions": report.dimensions,
        "resonance": report.resonance,
    }


def _baselined(report: ItemReport) -> dict[str, Any]:
    return {
        "scores_with_baseline": dict(report.scores_with_baseline),
        "baselined": [
            {"finding": finding_shape(one), "markets": list(one.markets)}
            for one in report.baselined
        ],
    }


def item_tail(report: ItemReport) -> dict[str, Any]:
    """Return what stands behind an item's findings."""
    return {
        **({"suppressed": _suppressed(report)} if report.suppressed else {}),
        **(_baselined(report) if report.baselined else {}),
    }


def _suppressed(report: ItemReport) -> list[dict[str, Any]]:
    return [
        {
            "finding": finding_shape(one.finding),
            "markets": list(one.finding.markets),
            "justification": one.justification,
            "path": one.path,
            "line": one.line,
            "directive": one.directive,
        }
        for one in report.suppressed
    ]


def finding_shape(finding: FindingReport) -> dict[str, Any]:
    """Return one finding as the contract has it."""
    return {**finding_head(finding), **finding_tail(finding)}


def finding_head(finding: FindingReport) -> dict[str, Any]:
    """Return what is a finding's own: its rule, place, text and cost."""
    return {
        "rule": finding.rule,
        "category": finding.category,
        "severity": finding.severity.value,
        "mqm": finding.mqm,
        "field": finding.field,
        "role": finding.role,
        "line": finding.place.line,
        "column": finding.place.column,
        "end_line": finding.place.end_line,
        "end_column": finding.place.end_column,
        "text": finding.text,
        "signified": finding.signified,
        "message": finding.message,
        "points": finding.points,
        "fix_gain": finding.fix_gain,
    }


def finding_tail(finding: FindingReport) -> dict[str, Any]:
    """Return what findings of one rule share: sources, path, alternatives, advice."""
    return {
        "evidence": [
            {
                "kind": finding.evidence.kind,
                "verified": finding.evidence.verified,
                "title": source.title,
                "url": source.url,
                "cite": source.cite,
                "read": source.read,
            }
            for source in finding.evidence.sources
        ],
        "via": list(finding.via),
        "alternatives": [
            {
                "text": one.text,
                "language": one.language,
                "keeps": list(one.keeps),
                "fix": one.fix,
                **({"note": one.note} if one.note else {}),
                **({"clashes_in": list(one.clashes_in)} if one.clashes_in else {}),
            }
            for one in finding.alternatives
        ],
        **({"rewrite": finding.rewrite} if finding.rewrite else {}),
    }


def notice_shape(notice: Notice) -> dict[str, Any]:
    """Return what should be known of the input; ``kind`` where a program may want to count it."""
    return {
        "path": notice.path,
        "line": notice.line,
        "column": notice.column,
        "message": notice.message,
        **({"kind": notice.kind} if notice.kind else {}),
    }


def tool_shape(info: RunInfo) -> dict[str, Any]:
    """Return the tool and its rulesets."""
    return {"name": "culture-lint", "version": info.version, "rulesets": info.rulesets}


def gate_shape(verdict: Verdict) -> dict[str, Any]:
    """Return the gate's answer with the thresholds it was judged by."""
    return {
        "passed": verdict.passed,
        "min_cai": verdict.min_cai,
        "fail_on": verdict.fail_on,
        "failed": [
            {
                "market": one.market,
                "gate": one.kind,
                "limit": one.limit,
                "count": one.count,
                "worst": one.worst,
            }
            for one in verdict.failed
        ],
    }


def summary_shape(summary: Summary) -> dict[str, Any]:
    """Return the totals."""
    return {
        "files": summary.files,
        "items": summary.items,
        "items_with_findings": summary.items_with_findings,
        "findings": summary.findings,
        "by_severity": dict(summary.by_severity),
        "cai": {
            one.market: {
                "min": one.minimum,
                "p10": one.p10,
                "mean": one.mean,
                "resonance": one.resonance,
                "items": one.judged,
                "not_examined": one.not_judged,
            }
            for one in summary.markets
        },
        "notices": summary.notices,
        "suppressed": summary.suppressed,
        "baselined": summary.baselined,
    }
