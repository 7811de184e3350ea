"""SARIF 2.1.0, as code scanning and other viewers of static analysis take it."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import Any, TextIO
from urllib.parse import quote

from culture_lint.frozen import frozen
from culture_lint.knowledge.scales import Severity
from culture_lint.reports.plain import (
    Fingerprints,
    cut,
    line,
    message,
    rule_page,
    safe_fix,
    stem,
)
from culture_lint.reports.registry import Reporter, ReportOptions, reporter
from culture_lint.reports.rooted import Rooted
from culture_lint.reports.severest import Severest
from culture_lint.reports.shape import gate_shape, summary_shape
from culture_lint.results import FindingReport, ItemReport, RunInfo, Summary, Verdict
from culture_lint.sources.items import Notice
from culture_lint.spans import Place

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
#: GitHub keeps the 5,000 severest results of an upload; which ones is better decided here.
MOST = 5000
#: Notices on the input that are told.
_NOTICES = 200
#: GitHub refuses descriptions of 1,024 characters and more, and shows titles of about a line.
_LONG = 1000
_TITLE = 110
_ROOT = "%SRCROOT%"
#: Names one of several uploads for one commit; without it the uploader's own category counts.
_CATEGORY = "CULTURE_LINT_SARIF_CATEGORY"

#: What stays as it is in an address; other scripts are spelled out in percents.
_OF_ADDRESSES = ":/?#[]@!$&'()*+,;=%~"

_LEVELS = {
    Severity.BLOCKER: "error",
    Severity.MAJOR: "warning",
    Severity.MINOR: "note",
    Severity.INFO: "note",
}
_PROBLEMS = {
    Severity.BLOCKER: "error",
    Severity.MAJOR: "warning",
    Severity.MINOR: "recommendation",
    Severity.INFO: "recommendation",
}


@frozen
class _Result:
    """A result that waits for its rule's index and its fingerprint."""

    rule: str
    severity: Severity
    stem: bytes
    head: str
    descriptor: dict[str, Any]


class SarifReporter:
    """Keep the severest results and write all at the end: rules stand before results."""

    def __init__(self, out: TextIO, info: RunInfo) -> None:
        self._out = out
        self._info = info
        self._rooted = Rooted()
        self._results: Severest[tuple[_Result, str]] = Severest(MOST)
        self._fingerprints = Fingerprints()
        self._notices: list[Notice] = []
        self._more_notices = 0
        self._descriptors: dict[tuple[str, str], dict[str, Any]] = {}

    def prepare(self, report: ItemReport) -> list[_Result] | None:
        """Return the results of an item."""
        return [self._result(report, one) for one in report.findings] or None

    def take(self, prepared: Sequence[_Result]) -> None:
        """Keep what belongs to the severest."""
        for one in prepared:
            # Every one takes its fingerprint, so that it does not depend on what is left out.
            self._results.add(one.severity.rank, (one, self._fingerprints.take(one.stem)))

    def notice(self, notice: Notice) -> None:
        """Keep a notice for the end."""
        if len(self._notices) < _NOTICES:
            self._notices.append(notice)
        else:
            self._more_notices += 1

    def finish(self, summary: Summary, verdict: Verdict) -> None:
        """Write the whole log."""
        results = self._results.in_order()
        rules = _rules([one for one, _ in results])
        indices = {rule["id"]: number for number, rule in enumerate(rules)}
        head = {
            "tool": {
                "driver": {
                    "name": "culture-lint",
                    "version": self._info.version,
                    "semanticVersion": self._info.version,
                    "informationUri": "https://github.com/culture-lint/culture-lint",
                    "rules": rules,
                }
            },
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {
                _ROOT: {"description": {"text": "The root of the checked-out repository."}}
            },
            **_automation(),
            "invocations": [self._invocation(verdict)],
            "properties": {
                "rulesets": self._info.rulesets,
                "resultsFound": self._results.seen,
                "resultsLeftOut": self._results.left_out,
                "gate": gate_shape(verdict),
                "summary": summary_shape(summary),
            },
        }
        start = _dump({"$schema": SCHEMA, "version": "2.1.0"})[:-1]
        self._out.write(f'{start}, "runs": [{_dump(head)[:-1]}, "results": [')
        for number, (one, fingerprint) in enumerate(results):
            tail = {
                "ruleIndex": indices[one.rule],
                "partialFingerprints": {"cultureLint/v1": fingerprint},
            }
            comma = "," if number else ""
            self._out.write(f"{comma}\n{one.head[:-1]}, {_dump(tail)[1:]}")
        self._out.write("\n]}]}\n")

    def told(self) -> tuple[str, ...]:
        """Return what the user should know of this report, which is not in it whole."""
        left = self._results.left_out
        if not left:
            return ()
        return (
            f"SARIF holds the {MOST:,} severest of {self._results.seen:,} findings, as many as "
            f"code scanning shows; {left:,} are left out (`--format jsonl` has all)",
        )

    def _result(self, report: ItemReport, finding: FindingReport) -> _Result:
        path = self._rooted(report.path)
        location = {"physicalLocation": _physical(path, finding.place)}
        fix = safe_fix(finding)
        shape = {
            "ruleId": finding.rule,
            "level": _LEVELS[finding.severity],
            "message": {"text": _text(message(finding))},
            "locations": [location],
            **({"fixes": [_fix(path, finding, fix)]} if fix is not None else {}),
            "properties": {
                "markets": list(finding.markets),
                "item": line(report.item),
                "field": line(finding.field),
                "severity": finding.severity.value,
                "cai_points": dict(finding.points),
            },
        }
        return _Result(
            finding.rule,
            finding.severity,
            stem(path, report, finding),
            _dump(shape),
            self._descriptor(finding),
        )

    def _descriptor(self, finding: FindingReport) -> dict[str, Any]:
        """Return a rule's description: one object, so that it is sent once with many results."""
        key = (finding.rule, finding.signified)
        known = self._descriptors.get(key)
        if known is None:
            page = rule_page(finding.rule, self._info.pages)
            known = self._descriptors[key] = _descriptor(finding, page)
        return known

    def _invocation(self, verdict: Verdict) -> dict[str, Any]:
        notices = [_notification(one, self._rooted) for one in self._notices]
        notices += [
            {"level": "warning", "message": {"text": _text(text)}}
            for text in (
                *self.told(),
                *((f"{self._more_notices:,} more notices",) if self._more_notices else ()),
            )
        ]
        code = 0 if verdict.passed else 1
        return {
            "executionSuccessful": verdict.complete,
            "exitCode": code if verdict.complete else 2,
            "toolExecutionNotifications": notices,
        }


def _automation() -> dict[str, Any]:
    # Everything to the last slash is the category that tells several uploads apart.
    name = line(os.environ.get(_CATEGORY, "")).strip("/")
    return {"automationDetails": {"id": f"culture-lint/{name}/"}} if name else {}


def _physical(path: str, place: Place) -> dict[str, Any]:
    return {
        "artifactLocation": _artifact(path),
        "region": {
            "startLine": max(1, place.line),
            "startColumn": max(1, place.column),
            "endLine": max(1, place.end_line),
            "endColumn": max(1, place.end_column),
        },
    }


def _artifact(path: str) -> dict[str, str]:
    encoded = quote(path.encode("utf-8", "surrogateescape"))
    if path.startswith("/"):
        return {"uri": f"file://{encoded}"}
    if path[1:3] == ":/":  # a drive
        return {"uri": f"file:///{quote(path, safe='/:')}"}
    return {"uri": encoded, "uriBaseId": _ROOT}


def _fix(path: str, finding: FindingReport, text: str) -> dict[str, Any]:
    place = _physical(path, finding.place)
    return {
        "description": {"text": _text(f"Write “{text}”")},
        "artifactChanges": [
            {
                "artifactLocation": place["artifactLocation"],
                "replacements": [
                    {"deletedRegion": place["region"], "insertedContent": {"text": text}}
                ],
            }
        ],
    }


def _rules(results: Sequence[_Result]) -> list[dict[str, Any]]:
    """Return the descriptions of the rules that have results, by id."""
    found: dict[str, _Result] = {}
    for one in results:
        known = found.get(one.rule)
        if known is None or one.severity.rank > known.severity.rank:
            found[one.rule] = one
    return [
        {
            **one.descriptor,
            "defaultConfiguration": {"level": _LEVELS[one.severity]},
            "properties": {
                **one.descriptor["properties"],
                "problem.severity": _PROBLEMS[one.severity],
            },
        }
        for _, one in sorted(found.items())
    ]


def _descriptor(finding: FindingReport, page: str) -> dict[str, Any]:
    owner, _, slug = finding.rule.rpartition("/")
    meaning = line(finding.signified)
    title = f"{owner}: {slug.replace('-', ' ')}"
    authority = [_authority(finding), *_sources(finding)]
    links = [_markdown_source(one) for one in finding.evidence.sources]
    address = page or next((one.url for one in finding.evidence.sources if _is_link(one.url)), "")
    markdown = [
        f"**{_markdown(title)}**",
        _markdown(meaning),
        _markdown(_authority(finding)) + "".join(f"\n- {one}" for one in links),
    ]
    if page:
        markdown.append(f"[The rule, what it finds and when it is fine](<{page}>)")
    return {
        "id": finding.rule,
        "shortDescription": {"text": _text(cut(title, _TITLE))},
        "fullDescription": {"text": _text(cut(meaning or title, _LONG))},
        "help": {
            "text": _text(" ".join([meaning, *authority]).strip() or title),
            "markdown": _braced("\n\n".join(markdown)),
        },
        **({"helpUri": quote(address, safe=_OF_ADDRESSES)} if address else {}),
        "properties": {
            "tags": list(
                dict.fromkeys(
                    line(one) for one in ("culture", finding.category, owner, finding.evidence.kind)
                )
            ),
            "mqm": finding.mqm,
        },
    }


def _authority(finding: FindingReport) -> str:
    evidence = finding.evidence
    read = "" if evidence.verified else ", sources not yet read"
    return f"Authority: {evidence.kind}{read}."


def _sources(finding: FindingReport) -> list[str]:
    return [line(f"{one.title} {one.cite} {one.url}") + "." for one in finding.evidence.sources]


def _is_link(url: str) -> bool:
    return url.startswith(("https://", "http://")) and not set(url) & set(" <>\"'`\\\n\r\t")


def _markdown_source(source: Any) -> str:
    title = _markdown(line(source.title) or line(source.url))
    linked = f"[{title}](<{source.url}>)" if _is_link(source.url) else title
    return f"{linked} {_markdown(line(source.cite))}".rstrip()


def _markdown(text: str) -> str:
    """Return text with nothing in it that Markdown would take for markup."""
    return "".join(f"\\{char}" if char in "\\`*_[]<>#|!~&@" else char for char in text)


def _notification(notice: Notice, rooted: Rooted) -> dict[str, Any]:
    broken = notice.kind == "unreadable"
    place: dict[str, Any] = {"artifactLocation": _artifact(rooted(notice.path))}
    if notice.line:
        place["region"] = {
            "startLine": notice.line,
            **({"startColumn": notice.column} if notice.column else {}),
        }
    return {
        "level": "error" if broken else "note",
        "message": {"text": _text(line(notice.message) or "?")},
        **({"locations": [{"physicalLocation": place}]} if notice.path else {}),
        **({"descriptor": {"id": notice.kind}} if notice.kind else {}),
    }


def _text(text: str) -> str:
    """Return text as a plain SARIF message: no placeholder, and no link that the copy brings.

    Source: SARIF 2.1.0, sections 3.11.5 (placeholders) and 3.11.6 (embedded links).
    """
    return _braced(text.replace("](", "] ("))


def _braced(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


@reporter("sarif")
def make(out: TextIO, info: RunInfo, _: ReportOptions) -> Reporter:
    """Return the reporter of a SARIF log."""
    return SarifReporter(out, info)
