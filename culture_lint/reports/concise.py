"""One line a finding, ``path:line:column: SEVERITY RULE [SA,AE] message``, as editors parse it."""

from __future__ import annotations

from typing import TextIO

from culture_lint.reports.registry import Reporter, ReportOptions, reporter
from culture_lint.reports.terminal import safe
from culture_lint.results import ItemReport, RunInfo, Summary, Verdict
from culture_lint.sources.items import Notice


class ConciseReporter:
    """Write findings as they come, in the order of their places in each item."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def prepare(self, report: ItemReport) -> ItemReport | None:
        """Return an item that has findings."""
        return report if report.findings else None

    def take(self, report: ItemReport) -> None:
        """Write one line for each finding of an item."""
        for one in report.findings:
            markets = ",".join(one.markets)
            place = f"{report.path}:{one.place.line}:{one.place.column}"
            message = " ".join(safe(one.message).split())
            self._out.write(
                f"{safe(place)}: {one.severity.value.upper()} {one.rule} [{markets}] {message}\n"
            )

    def notice(self, notice: Notice) -> None:
        """Leave notices to standard error."""

    def finish(self, summary: Summary, verdict: Verdict) -> None:
        """Write nothing: whoever parses lines wants findings alone."""


@reporter("concise")
def make(out: TextIO, _: RunInfo, __: ReportOptions) -> Reporter:
    """Return the reporter of one line a finding."""
    return ConciseReporter(out)
