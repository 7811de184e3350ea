"""The report for people at a terminal: grouped by item, worst first, then a table of markets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TextIO

import click

from culture_lint.knowledge.scales import Severity
from culture_lint.reports.ending import (
    Gathered,
    gate_lines,
    has_blocks,
    market_table,
    worst_lines,
)
from culture_lint.reports.registry import Reporter, ReportOptions, reporter
from culture_lint.reports.terminal import cut, safe, width, wrapped
from culture_lint.results import (
    NO_LEGAL_ADVICE,
    FindingReport,
    ItemReport,
    MarketSummary,
    RunInfo,
    Suggestion,
    Summary,
    Verdict,
)
from culture_lint.scoring.bands import band
from culture_lint.sources.items import Notice

if TYPE_CHECKING:
    from culture_lint.knowledge.model import Evidence

_COLOURS = {
    Severity.BLOCKER: "red",
    Severity.MAJOR: "yellow",
    Severity.MINOR: "cyan",
    Severity.INFO: "white",
}
#: What each kind of evidence is called.
_GRADES = {
    "statute": "law",
    "incident": "documented incident",
    "dataset": "dataset",
    "study": "study",
    "encyclopedia": "reference work",
    "guide": "market guide",
    "practice": "established practice",
    "opinion": "opinion",
    "folklore": "folklore",
    "claim": "claim",
    "unsourced": "not yet sourced",
}
_ALTERNATIVES = 3
#: Places shown of one rule in one item.
_PLACES = 5
#: Stands in a text for a placeholder; terminals show it as a box.
_PLACEHOLDER = "\ufffc"


def _statuses(report: ItemReport) -> tuple[str, ...]:
    if report.scores:
        return tuple(report.status.values())
    return (*report.status.values(), "not examined: the row names none of the markets")


class TextReporter:
    """Write items as they come; clean items only count."""

    def __init__(self, out: TextIO, info: RunInfo, options: ReportOptions) -> None:
        self._out = out
        self._info = info
        self._options = options
        self._statuses: dict[str, int] = {}
        self._law = False
        self._gathered = Gathered()
        self._cells = max(60, options.width)

    def prepare(self, report: ItemReport) -> ItemReport | tuple[str, ...] | None:
        """Return an item with findings, else what could not be judged of it."""
        if report.findings:
            return report
        return _statuses(report) or None

    def take(self, prepared: ItemReport | tuple[str, ...]) -> None:
        """Write one item if there is anything to say of it."""
        report = None if isinstance(prepared, tuple) else prepared
        statuses = prepared if isinstance(prepared, tuple) else _statuses(prepared)
        for text in statuses:
            self._statuses[text] = self._statuses.get(text, 0) + 1
        if report is None:
            return
        self._gathered.add(report)
        head = safe(f"{report.path}:{report.line}")
        name = safe(report.item)
        room = self._cells - width(head) - width(name) - 4
        title = cut(safe(report.title), max(room, 20))
        self._line(f"{self._style(head, bold=True)}  {name}  {title}".rstrip())
        self._packed(["  CAI", *self._scores(report.scores), *_resonance(report.resonance)], " ")
        for same in _by_reason(_by_rule(report.findings)):
            self._rule(same[0], same[1:])
        self._line("")

    def notice(self, notice: Notice) -> None:
        """Leave notices to standard error."""

    def finish(self, summary: Summary, verdict: Verdict) -> None:
        """Write the table of markets, what could not be examined, and the gate."""
        self._table(summary.markets)
        for text, count in sorted(self._statuses.items(), key=lambda pair: (-pair[1], pair[0]))[:6]:
            for line in wrapped(safe(f"{count} × {text}"), self._cells):
                self._line(self._style(line, dim=True))
        severities = ", ".join(
            f"{count} {name}" for name, count in summary.by_severity.items() if count
        )
        told = (
            f"{_count(summary.items, 'item')} in {_count(summary.files, 'file')}: "
            f"{_count(summary.findings, 'finding')} in {_count(summary.items_with_findings, 'item')}"
            + (f" ({severities})" if severities else "")
            + (f"; {summary.suppressed} suppressed" if summary.suppressed else "")
            + (f"; {summary.baselined} in the baseline" if summary.baselined else "")
        )
        for line in wrapped(told, self._cells):
            self._line(line)
        if self._law:
            self._line(self._style(NO_LEGAL_ADVICE, dim=True))
        self._gate(verdict)

    def _scores(self, scores: Mapping[str, float | None]) -> list[str]:
        low = sorted(
            ((cai, market) for market, cai in scores.items() if cai is not None and cai < 100.0)
        )
        parts = [
            self._style(f"{market} {cai:.1f} {band(cai).letter}", fg=_score_colour(cai))
            for cai, market in low
        ]
        whole = [market for market, cai in scores.items() if cai == 100.0]
        if whole:
            parts.append(self._style(f"100 in {', '.join(whole)}", dim=True))
        unseen = [safe(market) for market, cai in scores.items() if cai is None]
        if unseen:
            parts.append(self._style(f"not examined in {', '.join(unseen)}", dim=True))
        return parts

    def _rule(
        self, findings: Sequence[FindingReport], others: Sequence[Sequence[FindingReport]]
    ) -> None:
        """Write what one rule found in one item: its reason once, every place.

        ``others`` are rules of other markets that say the same of the same places, each on the
        authority of its own law; they are named and not spelled out.
        """
        first = findings[0]
        self._law = self._law or first.evidence.kind == "statute"
        name = first.severity.value.upper()
        grave = self._style(f"{name:<7}", fg=_COLOURS[first.severity], bold=True)
        rule = self._style(first.rule, bold=True)
        self._packed([f"  {grave}", rule, *_costs(findings)], " ")
        for finding in findings[:_PLACES]:
            where = f"{safe(finding.field)} {finding.place.line}:{finding.place.column}"
            how = f"  ({' → '.join(finding.via)})" if finding.via else ""
            self._wrapped(f"{where}: {self._marked(finding)}{how}")
        if len(findings) > _PLACES:
            self._wrapped(f"and in {_count(len(findings) - _PLACES, 'more place')}")
        self._wrapped(safe(first.message))
        self._wrapped("Why: " + why(first))
        if others:
            also = "; ".join(f"{other[0].rule} {_cost(other)}" for other in others)
            self._wrapped(f"Likewise: {also}")
        instead = _instead(first.alternatives) or first.rewrite
        if instead:
            self._wrapped(self._style("Instead: ", fg="green") + instead)

    def _marked(self, finding: FindingReport) -> str:
        start, end = finding.passage_span
        passage = safe(finding.passage).replace(_PLACEHOLDER, "…")
        match = passage[start:end]
        colour = _COLOURS[finding.severity]
        # Word by word, so that a line may end within it and no blank is underlined.
        words = [self._style(one, fg=colour, bold=True, underline=True) for one in match.split(" ")]
        marked = " ".join(words) if self._options.colour else f"»{match}«"
        return passage[:start] + marked + passage[end:]

    def _table(self, markets: Sequence[MarketSummary]) -> None:
        if not markets:
            return
        blocks = has_blocks(getattr(self._out, "encoding", None))
        lines = market_table(markets, self._gathered, self._cells, blocks)
        self._line(self._style("Cultural Adaptability Index (0-100) by market", bold=True))
        self._line(self._style(lines[0][0], dim=True))
        for line, lowest in lines[1:]:
            self._line(self._style(line, fg=_score_colour(lowest)))
        self._line("")
        worst = self._gathered.worst()
        if worst:
            self._line(self._style("Worst items", bold=True))
        for line, lowest in worst_lines(worst, self._cells):
            self._line(self._style(line, fg=_score_colour(lowest)))
        if worst:
            self._line("")

    def _gate(self, verdict: Verdict) -> None:
        first, *rest = gate_lines(verdict, self._cells)
        head = first[: len("Gate passed")]
        colour = "green" if verdict.passed else "red"
        self._line(self._style(head, fg=colour, bold=True) + first[len(head) :])
        for line in rest:
            self._line(line)

    def _packed(self, parts: Sequence[str], first: str) -> None:
        """Write parts, two blanks between them, on as many lines as they take."""
        line = parts[0]
        between = first
        for part in parts[1:]:
            if width(line) + len(between) + width(part) <= self._cells:
                line += between + part
            else:
                lines = list(wrapped(part, self._cells - 6))
                if line.strip():
                    self._line(line)
                for whole in lines[:-1]:
                    self._line("      " + whole)
                line = "      " + lines[-1]
            between = "  "
        self._line(line)

    def _wrapped(self, text: str) -> None:
        for line in wrapped(text, self._cells - 4):
            self._line("    " + line)

    def _line(self, text: str) -> None:
        self._out.write(text + "\n")

    def _style(
        self,
        text: str,
        fg: str | None = None,
        bold: bool | None = None,
        dim: bool | None = None,
        underline: bool | None = None,
    ) -> str:
        if not self._options.colour:
            return text
        return click.style(text, fg=fg, bold=bold, dim=dim, underline=underline)


def _by_rule(findings: Sequence[FindingReport]) -> list[list[FindingReport]]:
    """Group findings by rule and severity; the gravest and dearest rule first."""
    groups: dict[tuple[str, Severity], list[FindingReport]] = {}
    for finding in findings:
        groups.setdefault((finding.rule, finding.severity), []).append(finding)
    return sorted(
        groups.values(),
        key=lambda group: (
            -group[0].severity.rank,
            -_dearest(group),
            group[0].place,
            group[0].rule,
        ),
    )


def _by_reason(
    rules: Sequence[list[FindingReport]],
) -> list[list[list[FindingReport]]]:
    """Join the rules that mark the same places for the same kind of reason."""
    joined: dict[tuple[object, ...], list[list[FindingReport]]] = {}
    for findings in rules:
        first = findings[0]
        places = frozenset(finding.place for finding in findings)
        joined.setdefault((first.severity, first.category, places), []).append(findings)
    return list(joined.values())


def _dearest(findings: Sequence[FindingReport]) -> float:
    return max(_points(findings).values(), default=0.0)


def _points(findings: Sequence[FindingReport]) -> dict[str, float]:
    total: dict[str, float] = {}
    for finding in findings:
        for market, points in finding.points.items():
            total[market] = round(total.get(market, 0.0) + points, 1)
    return total


def _cost(findings: Sequence[FindingReport]) -> str:
    return "  ".join(_costs(findings))


def _costs(findings: Sequence[FindingReport]) -> list[str]:
    """Say what a rule costs in each market; markets in which it costs the same share a figure."""
    by_points: dict[float, list[str]] = {}
    for market, points in sorted(_points(findings).items()):
        by_points.setdefault(points, []).append(market)
    if not by_points:
        return [f"{', '.join(findings[0].markets)} (not scored)"]
    return [
        f"{', '.join(markets)} −{points:.1f}" if points else f"{', '.join(markets)} (note)"
        for points, markets in sorted(by_points.items(), reverse=True)
    ]


def why(finding: FindingReport) -> str:
    """Say what a sign is taken for, and on whose authority."""
    return f"{finding.signified} [{authority(finding.evidence)}]"


def authority(evidence: Evidence) -> str:
    """Name the kind of evidence, whether it is confirmed, and its first source."""
    source = evidence.sources[0] if evidence.sources else None
    named = ""
    if source is not None:
        named = "; ".join(part for part in (source.title, source.cite or source.url) if part)
    return f"{graded(evidence.kind, evidence.verified)}{': ' + named if named else ''}"


def graded(kind: str, verified: bool) -> str:
    """Name a kind of evidence and say whether somebody read what it rests on."""
    grade = _GRADES.get(kind, kind)
    if verified:
        return grade
    return f"unconfirmed {grade}" if kind == "claim" else f"{grade}, not confirmed"


def _instead(alternatives: Sequence[Suggestion]) -> str:
    return " · ".join(
        f"“{one.text}”"
        + (f" (keeps {', '.join(one.keeps)})" if one.keeps else "")
        + (f" (not for {', '.join(one.clashes_in)})" if one.clashes_in else "")
        for one in alternatives[:_ALTERNATIVES]
    )


def _resonance(found: Mapping[str, float]) -> list[str]:
    if not found:
        return []
    return ["resonance " + ", ".join(f"{name} +{value:.1f}" for name, value in found.items())]


def _score_colour(cai: float | None) -> str | None:
    if cai is None:
        return None
    return "green" if cai >= 90 else "yellow" if cai >= 60 else "red"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


@reporter("text")
def make(out: TextIO, info: RunInfo, options: ReportOptions) -> Reporter:
    """Return the reporter for people."""
    return TextReporter(out, info, options)
