"""GitHub Actions: annotations on the changed lines, a readable log, and a summary of the job."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Mapping
from typing import TextIO

from culture_lint.errors import SettingsError
from culture_lint.frozen import frozen
from culture_lint.knowledge.scales import Severity
from culture_lint.reports.job_summary import Shown, job_summary
from culture_lint.reports.plain import (
    count,
    fails,
    gate_reason,
    line,
    message,
    rule_page,
    too_low,
    where,
)
from culture_lint.reports.registry import Reporter, ReportOptions, reporter
from culture_lint.reports.rooted import Rooted
from culture_lint.reports.severest import Severest
from culture_lint.results import FindingReport, ItemReport, RunInfo, Summary, Verdict
from culture_lint.sources.items import UNREADABLE, Notice
from culture_lint.spans import Place

#: GitHub keeps so many annotations of each kind from one step; the first ones.
MOST = 10
#: Findings that the job's summary lists.
LISTED = 50
#: More often than this nobody counts a rule.
_OFTEN = 1_000_000
_SUMMARY = "GITHUB_STEP_SUMMARY"

_KINDS = {
    Severity.BLOCKER: "error",
    Severity.MAJOR: "warning",
    Severity.MINOR: "notice",
    Severity.INFO: "notice",
}
#: The runner still obeys commands of this older kind, anywhere in a line.
_OLD_COMMAND = re.compile(r"##(?=\S*\[)")


@frozen
class _Annotation:
    """What becomes a workflow command, if it is among those that are kept."""

    kind: str
    rank: int
    path: str
    place: Place
    title: str
    text: str
    shown: Shown


@frozen
class _Prepared:
    log: str
    annotations: tuple[_Annotation, ...]
    #: The markets in which a finding fails the gate.
    failing: frozenset[str]
    #: Path, line, id and the scores below the bar, where an item has any.
    low: tuple[str, int, str, Mapping[str, float]] | None


class GithubReporter:
    """Write findings to the log as they come, and the severest as commands at the end.

    Of equally grave ones, the first of each rule come before the second of any.

    Source: actions/toolkit, core/src/command.ts, for the escapes; actions/runner,
    Runner.Common/ActionCommand.cs, for what the runner takes for a command.
    """

    def __init__(self, out: TextIO, info: RunInfo) -> None:
        self._out = out
        self._info = info
        self._rooted = Rooted()
        self._kept: dict[str, Severest[_Annotation]] = {
            kind: Severest(MOST) for kind in ("error", "warning", "notice")
        }
        self._listed: Severest[Shown] = Severest(LISTED)
        self._unreadable: list[Notice] = []
        self._told = Counter[str]()
        self._failing: set[str] = set()
        self._lowest: tuple[float, str, int, str, str] | None = None

    def prepare(self, report: ItemReport) -> _Prepared | None:
        """Return the log and the annotations of an item with findings."""
        if not report.findings:
            return None
        path = self._rooted(report.path)
        fail_on, min_cai = self._info.gate_of(report.path)
        annotations = tuple(self._annotation(path, report, one, fail_on) for one in report.findings)
        low = too_low(report, min_cai)
        return _Prepared(
            "".join(_log(report, one) for one in report.findings),
            annotations,
            frozenset(market for one in report.findings for market in fails(one, fail_on)),
            (path, report.line, report.item, low) if low else None,
        )

    def take(self, prepared: _Prepared) -> None:
        """Write the log of an item, and keep what may be among the severest."""
        self._out.write(prepared.log)
        for one in prepared.annotations:
            # Ten times the same rule tells less than ten rules.
            self._told[one.title] += 1
            rank = one.rank * _OFTEN - min(self._told[one.title], _OFTEN - 1)
            self._kept[one.kind].add(rank, one)
            self._listed.add(rank, one.shown)
        self._failing |= prepared.failing
        if prepared.low is not None:
            path, number, name, scores = prepared.low
            market = min(scores, key=lambda one: (scores[one], one))
            if self._lowest is None or scores[market] < self._lowest[0]:
                self._lowest = (scores[market], path, number, name, market)

    def notice(self, notice: Notice) -> None:
        """Keep a file that could not be read; other notices are told on standard error."""
        if notice.kind == UNREADABLE:
            self._unreadable.append(notice)

    def finish(self, summary: Summary, verdict: Verdict) -> None:
        """Write the commands, the severest first, and append the job's summary."""
        counts = Counter[str]()
        for command in (*self._of_inputs(), *self._of_gate(verdict)):
            if counts["error"] < MOST:
                self._out.write(command)
                counts["error"] += 1
        total = self._total(summary, verdict, counts)
        for kind, kept in self._kept.items():
            # The last of the notices are the totals.
            room = MOST - counts[kind] - (kind == "notice")
            for one in kept.by_rank()[:room]:
                self._out.write(_command(kind, one.text, one.title, one.path, one.place))
        self._out.write(_command("notice", total, "culture-lint"))
        self._append(summary, verdict)

    def _annotation(
        self, path: str, report: ItemReport, finding: FindingReport, fail_on: str
    ) -> _Annotation:
        failing = bool(fails(finding, fail_on))
        severity = finding.severity
        return _Annotation(
            "error" if failing else _KINDS[severity],
            severity.rank + (len(Severity) if failing else 0),
            path,
            finding.place,
            finding.rule,
            message(finding),
            Shown(
                severity,
                finding.rule,
                rule_page(finding.rule, self._info.pages),
                f"{path}:{finding.place.line}:{finding.place.column}",
                report.item,
                message(finding),
            ),
        )

    def _of_inputs(self) -> list[str]:
        found = []
        for one in self._unreadable[:MOST]:
            text = f"could not be checked: {line(one.message)}"
            found.append(_command("error", text, UNREADABLE, self._rooted(one.path), one.line or 1))
        return found

    def _of_gate(self, verdict: Verdict) -> list[str]:
        """Return a command for the scores, and one for what was not examined."""
        low = [one for one in verdict.failed if one.kind == "cai"]
        found = []
        if low and self._lowest is not None:
            cai, path, number, name, market = self._lowest
            parts = ", ".join(f"{line(one.market)} {line(one.worst)}" for one in low)
            text = (
                f"{market}: {line(name)} has CAI {cai:.1f}, the least of all; {line(low[0].limit)} "
                f"is asked for. Worst by market: {parts}."
            )
            found.append(_command("error", text, "CAI", path, number))
        for one in verdict.failed:
            told = {"severity": one.market in self._failing, "cai": bool(found), "input": True}
            if not told.get(one.kind, False):
                said = f"{one.market}: {gate_reason(one)}" if one.market else gate_reason(one)
                found.append(_command("error", said, f"gate {one.kind}"))
        return found

    def _total(self, summary: Summary, verdict: Verdict, counts: Counter[str]) -> str:
        """Return what the last notice says: the verdict, the counts, what is no annotation."""
        severities = ", ".join(
            f"{number:,} {name}" for name, number in summary.by_severity.items() if number
        )
        shown = sum(
            min(kept.seen, MOST - counts[kind] - (kind == "notice"))
            for kind, kept in self._kept.items()
        )
        left = summary.findings - shown
        worst = min(
            (one for one in summary.markets if one.minimum is not None),
            key=lambda one: (one.minimum, one.market),
            default=None,
        )
        return (
            f"Gate {'passed' if verdict.passed else 'failed'}: {count(summary.findings, 'finding')} "
            f"in {summary.items_with_findings:,} of {count(summary.items, 'item')}"
            + (f" ({severities})" if severities else "")
            + (f"; worst CAI {worst.minimum:.1f} in {line(worst.market)}" if worst else "")
            + (
                f"; {left:,} of them in the log alone, for GitHub shows {MOST} of a kind"
                if left
                else ""
            )
            + "."
        )

    def _append(self, summary: Summary, verdict: Verdict) -> None:
        path = os.environ.get(_SUMMARY)
        if not path:
            return
        try:
            with open(path, "a", encoding="utf-8", newline="\n") as out:
                out.write(
                    job_summary(
                        self._info,
                        summary,
                        verdict,
                        self._listed.by_rank(),
                        self._listed.left_out,
                        out.tell(),
                    )
                )
        except OSError as error:
            raise SettingsError(f"cannot write {path!r} ({_SUMMARY}): {error.strerror}") from error


def _log(report: ItemReport, finding: FindingReport) -> str:
    text = (
        f"{where(report, finding)}: {finding.severity.value.upper()} {finding.rule} "
        f"{message(finding)}"
    )
    text = _OLD_COMMAND.sub("# #", text)
    # A line that starts so would be a command.
    return f"{'./' if text.startswith('::') else ''}{text}\n"


def _command(
    kind: str, text: str, title: str = "", path: str = "", place: Place | int | None = None
) -> str:
    """Return a workflow command, of a place or a whole line.

    Columns stand only where the place is within one line, as GitHub wants it.
    """
    properties: dict[str, object] = {}
    if path:
        properties["file"] = path
    if isinstance(place, int):
        properties["line"] = place
    elif place is not None and place.line == place.end_line:
        properties |= {"line": place.line, "col": place.column}
        properties |= {"endLine": place.end_line, "endColumn": place.end_column}
    elif place is not None:
        properties |= {"line": place.line, "endLine": place.end_line}
    if title:
        properties["title"] = title
    written = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{kind}{' ' if written else ''}{written}::{_data(line(text))}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


@reporter("github")
def make(out: TextIO, info: RunInfo, _: ReportOptions) -> Reporter:
    """Return the reporter for GitHub Actions."""
    return GithubReporter(out, info)
