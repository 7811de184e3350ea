"""Checkstyle XML, which Jenkins, reviewdog and many an editor read."""

from __future__ import annotations

from typing import TextIO
from xml.sax.saxutils import quoteattr

from culture_lint.knowledge.scales import Severity
from culture_lint.reports.plain import line, message
from culture_lint.reports.registry import Reporter, ReportOptions, reporter
from culture_lint.reports.rooted import Rooted
from culture_lint.results import ItemReport, RunInfo, Summary, Verdict
from culture_lint.sources.items import UNREADABLE, Notice

_LEVELS = {
    Severity.BLOCKER: "error",
    Severity.MAJOR: "warning",
    Severity.MINOR: "info",
    Severity.INFO: "info",
}


class CheckstyleReporter:
    """Write errors as they come; those of one file stand together."""

    def __init__(self, out: TextIO, info: RunInfo) -> None:
        self._out = out
        self._rooted = Rooted()
        self._open = ""
        out.write(
            f'<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version={_said(info.version)}>\n'
        )

    def prepare(self, report: ItemReport) -> tuple[str, str] | None:
        """Return the path of an item with findings, and their elements."""
        if not report.findings:
            return None
        errors = [
            _error(
                one.place.line,
                one.place.column,
                _LEVELS[one.severity],
                message(one),
                one.rule,
            )
            for one in report.findings
        ]
        return self._rooted(report.path), "".join(errors)

    def take(self, prepared: tuple[str, str]) -> None:
        """Write the elements of an item."""
        self._write(*prepared)

    def notice(self, notice: Notice) -> None:
        """Write a file that could not be read; other notices are told on standard error."""
        if notice.kind == UNREADABLE:
            said = f"could not be checked: {line(notice.message)}"
            place = (notice.line or 1, notice.column or 1)
            self._write(self._rooted(notice.path), _error(*place, "error", said, UNREADABLE))

    def finish(self, summary: Summary, verdict: Verdict) -> None:  # noqa: ARG002
        """Close what is open."""
        self._close()
        self._out.write("</checkstyle>\n")

    def _write(self, path: str, errors: str) -> None:
        if path != self._open:
            self._close()
            self._out.write(f"<file name={_said(path)}>\n")
            self._open = path
        self._out.write(errors)

    def _close(self) -> None:
        if self._open:
            self._out.write("</file>\n")
        self._open = ""


def _error(number: int, column: int, severity: str, said: str, rule: str) -> str:
    return (
        f'  <error line="{number}" column="{column}" severity="{severity}" '
        f"message={_said(said)} source={_said(f'culture-lint.{rule}')}/>\n"
    )


def _said(text: str) -> str:
    return quoteattr(line(text))


@reporter("checkstyle")
def make(out: TextIO, info: RunInfo, _: ReportOptions) -> Reporter:
    """Return the reporter of checkstyle XML."""
    return CheckstyleReporter(out, info)
