"""Reports of items made by hand."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace

from culture_lint.gate.thresholds import Gate
from culture_lint.gate.totals import Totals
from culture_lint.knowledge.model import Evidence, SourceRef
from culture_lint.knowledge.scales import Severity
from culture_lint.reports.registry import Reporter, ReportOptions, reporters
from culture_lint.results import FindingReport, ItemReport, RunInfo
from culture_lint.sources.items import Notice
from culture_lint.spans import Place

_FINDING = FindingReport(
    rule="AA/sign",
    category="food",
    severity=Severity.MAJOR,
    mqm="audience-appropriateness/culture-specific-reference",
    field="title",
    role="title",
    place=Place(2, 6, 2, 10),
    text="sign",
    signified="read badly there",
    message="“sign” clashes here.",
    rewrite="",
    points={},
    fix_gain={},
    evidence=Evidence("study", True, (SourceRef("A study", "https://example.org/", "", ""),)),
    via=(),
    alternatives=(),
    passage="Some sign here",
    passage_span=(5, 9),
    markets=("AA",),
)


def finding(
    severity: Severity = Severity.MAJOR,
    points: Mapping[str, float] | None = None,
    **changes: object,
) -> FindingReport:
    """Return a finding of a severity that costs these points."""
    points = {"AA": 10.0} if points is None else points
    return replace(_FINDING, severity=severity, points=points, fix_gain=points, **changes)  # type: ignore[arg-type]


def item(
    scores: Mapping[str, float | None], *findings: FindingReport, **changes: object
) -> ItemReport:
    """Return an item with these scores and findings."""
    plain = ItemReport("l.csv", "A1", 2, "Some sign here", "en", scores, {}, {}, {}, findings)
    return replace(plain, **changes)  # type: ignore[arg-type]


_INFO = RunInfo("0", "x", (), ())


def written(
    format_: str,
    *reports: ItemReport,
    notices: tuple[Notice, ...] = (),
    info: RunInfo = _INFO,
) -> str:
    """Return what the reporter of a format makes of items and notices, with an empty summary."""
    out = io.StringIO()
    report = reporters()[format_](out, info, ReportOptions())
    for one in reports:
        write(report, one)
    for notice in notices:
        report.notice(notice)
    report.finish(Totals({}).summary(), Gate("major", None, {}).verdict())
    return out.getvalue()


def write(report: Reporter, item: ItemReport) -> None:
    """Hand a report's item to it as a run does."""
    prepared = report.prepare(item)
    if prepared is not None:
        report.take(prepared)
