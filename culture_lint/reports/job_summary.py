"""The summary of a job in Markdown: verdict, CAI by market, the severest findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from culture_lint.frozen import frozen
from culture_lint.knowledge.scales import Severity
from culture_lint.reports.plain import count, gate_reason, line
from culture_lint.results import (
    NO_LEGAL_ADVICE,
    GateFailure,
    MarketSummary,
    RunInfo,
    Summary,
    Verdict,
)
from culture_lint.scoring.bands import band

#: GitHub refuses the whole summary of a step above 1 MiB; other commands may add to it.
MOST = 1_000_000

_CUT = "\n\nThe rest is left out: GitHub shows 1 MiB of a step.\n"

_MARKS = {
    Severity.BLOCKER: "🛑",
    Severity.MAJOR: "⚠️",
    Severity.MINOR: "🔹",
    Severity.INFO: "💬",
}
_ESCAPED = str.maketrans({char: f"\\{char}" for char in "\\`*_{}[]()#+-.!|~$:@/'\"=^"})


@frozen
class Shown:
    """A finding as the summary lists it; ``page`` explains its rule, empty where nothing does."""

    severity: Severity
    rule: str
    page: str
    where: str
    item: str
    message: str


def job_summary(
    info: RunInfo,
    summary: Summary,
    verdict: Verdict,
    findings: Sequence[Shown],
    left_out: int,
    before: int = 0,
) -> str:
    """Return the summary as GitHub-flavoured Markdown; it stays small enough for GitHub.

    Args:
        info: The run.
        summary: Its totals.
        verdict: The gate's answer.
        findings: The severest findings, the gravest first.
        left_out: How many findings there are beside them.
        before: Bytes that stand in the file already.
    """
    room = MOST - before - len(_CUT)
    written: list[str] = []
    for text in _lines(info, summary, verdict, findings, left_out):
        room -= len(text.encode("utf-8", "replace")) + 1
        if room < 0:
            written.append(_CUT if before < MOST else "")
            break
        written.append(text + "\n")
    return "".join(written)


def _lines(
    info: RunInfo,
    summary: Summary,
    verdict: Verdict,
    findings: Sequence[Shown],
    left_out: int,
) -> Iterator[str]:
    yield f"## culture-lint: gate {'passed ✅' if verdict.passed else 'failed ❌'}"
    yield ""
    severities = ", ".join(
        f"{count:,} {name}" for name, count in summary.by_severity.items() if count
    )
    yield (
        f"{count(summary.findings, 'finding')} in {summary.items_with_findings:,} of "
        f"{count(summary.items, 'item')} in {count(summary.files, 'file')}"
        + (f" ({severities})" if severities else "")
        + (f"; {summary.suppressed:,} suppressed" if summary.suppressed else "")
        + (f"; {summary.baselined:,} in the baseline" if summary.baselined else "")
    )
    yield ""
    if verdict.failed:
        yield from (f"- {_reason(one)}" for one in verdict.failed)
        yield ""
    yield from _table(summary.markets, verdict)
    yield from _listed(findings, left_out)
    yield (
        f"<sub>culture-lint {said(info.version)}, rulesets {said(info.rulesets[:12])}; the gate: "
        f"fail on {said(verdict.fail_on)}"
        + (f", CAI at least {verdict.min_cai:g}" if verdict.min_cai is not None else "")
        + f". {NO_LEGAL_ADVICE}</sub>"
    )
    yield ""


def _reason(failure: GateFailure) -> str:
    """Say in a sentence why the gate failed."""
    market = f"**{said(failure.market)}**: " if failure.market else ""
    return market + said(gate_reason(failure))


def _table(markets: Sequence[MarketSummary], verdict: Verdict) -> Iterator[str]:
    if not markets:
        return
    yield "| market | | worst CAI | band | mean | items | blockers | findings |"
    yield "|:--|:-:|--:|:-:|--:|--:|--:|--:|"
    failed = {one.market for one in verdict.failed}
    for one in sorted(markets, key=lambda one: (one.minimum is None, one.minimum, one.market)):
        name = one.market if one.name == one.market else f"{one.market} {one.name}"
        letter = band(one.minimum).letter if one.minimum is not None else "–"
        yield (
            f"| {said(name)} | {'❌' if one.market in failed else '✅'} | {_number(one.minimum)} "
            f"| {letter} | {_number(one.mean)} | {one.judged:,} | {one.blockers:,} "
            f"| {one.findings:,} |"
        )
    yield ""


def _listed(findings: Sequence[Shown], left_out: int) -> Iterator[str]:
    if not findings:
        return
    title = "All findings" if not left_out else f"The {len(findings)} severest findings"
    yield f"### {title}"
    yield ""
    yield "| | where | item | finding | rule |"
    yield "|:-:|:--|:--|:--|:--|"
    for one in findings:
        rule = said(one.rule)
        linked = f"[{rule}](<{one.page}>)" if one.page else rule
        yield (
            f"| {_MARKS[one.severity]} {one.severity.value} | {said(one.where)} | {said(one.item)} "
            f"| {said(one.message)} | {linked} |"
        )
    yield ""
    if left_out:
        yield f"{left_out:,} more are in the log."
        yield ""


def _number(value: float | None) -> str:
    return "not examined" if value is None else f"{value:.1f}"


def said(text: str) -> str:
    """Return text as Markdown that is nothing but that text: no markup, no HTML, no link."""
    shown = line(text).translate(_ESCAPED)
    return shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
