"""GitLab Code Quality: an array of issues, of which a merge request shows the new and the fixed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, TextIO

from culture_lint.frozen import frozen
from culture_lint.reports.plain import Fingerprints, line, message, stem, stem_of
from culture_lint.reports.registry import Reporter, ReportOptions, reporter
from culture_lint.reports.rooted import Rooted
from culture_lint.results import FindingReport, ItemReport, RunInfo, Summary, Verdict
from culture_lint.sources.items import UNREADABLE, Notice


@frozen
class _Issue:
    """An issue that waits for its fingerprint."""

    stem: bytes
    head: str


class GitlabReporter:
    """Write issues as they come.

    Source: the code quality report format of GitLab's documentation (docs.gitlab.com,
    ci/testing/code_quality): nothing but these fields is read, and equal fingerprints count once.
    """

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._rooted = Rooted()
        self._fingerprints = Fingerprints()
        self._first = True
        out.write("[")

    def prepare(self, report: ItemReport) -> list[_Issue] | None:
        """Return the issues of an item."""
        return [self._issue(report, one) for one in report.findings] or None

    def take(self, prepared: Sequence[_Issue]) -> None:
        """Write the issues of an item."""
        for one in prepared:
            self._write(one)

    def notice(self, notice: Notice) -> None:
        """Write a file that could not be read; other notices are told on standard error."""
        if notice.kind == UNREADABLE:
            path = self._rooted(notice.path)
            said = f"{UNREADABLE}: could not be checked: {line(notice.message)}"
            head = _issue(said, UNREADABLE, "blocker", path, notice.line or 1)
            self._write(_Issue(stem_of(path, UNREADABLE), head))

    def finish(self, summary: Summary, verdict: Verdict) -> None:  # noqa: ARG002
        """Close the array."""
        self._out.write("]\n" if self._first else "\n]\n")

    def _issue(self, report: ItemReport, finding: FindingReport) -> _Issue:
        path = self._rooted(report.path)
        said = f"{finding.rule}: {message(finding)}"
        head = _issue(said, finding.rule, finding.severity.value, path, finding.place.line)
        return _Issue(stem(path, report, finding), head)

    def _write(self, issue: _Issue) -> None:
        fingerprint = self._fingerprints.take(issue.stem)
        comma = "\n" if self._first else ",\n"
        self._out.write(f'{comma}{issue.head[:-1]}, "fingerprint": "{fingerprint}"}}')
        self._first = False


def _issue(said: str, rule: str, severity: str, path: str, number: int) -> str:
    shape: dict[str, Any] = {
        "description": said,
        "check_name": rule,
        "severity": severity,
        "location": {"path": path, "lines": {"begin": max(1, number)}},
    }
    return json.dumps(shape, ensure_ascii=False)


@reporter("gitlab")
def make(out: TextIO, _: RunInfo, __: ReportOptions) -> Reporter:
    """Return the reporter of a GitLab Code Quality report."""
    return GitlabReporter(out)
