"""JUnit XML: a case for each market of a file, and one for each finding that fails the gate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from culture_lint.frozen import frozen
from culture_lint.reports.plain import count, fails, gate_reason, line, message, too_low
from culture_lint.reports.registry import Reporter, ReportOptions, reporter
from culture_lint.reports.rooted import Rooted
from culture_lint.results import FindingReport, ItemReport, RunInfo, Summary, Verdict
from culture_lint.sources.items import UNREADABLE, Notice

#: GitLab reads reports of less than 30 MB; beyond this many bytes only markets are told.
MOST = 25_000_000
#: Bytes of a report's framing around a case.
_FRAME = 200


@frozen
class _Case:
    """A finding that fails the gate."""

    market: str
    name: str
    rule: str
    text: str


@frozen
class _Item:
    """What a report needs of an item.

    ``low`` names, by market, the items whose CAI is too low: how they are written of.
    """

    path: str
    scores: Mapping[str, float | None]
    status: Mapping[str, str]
    cases: tuple[_Case, ...] = ()
    others: tuple[str, ...] = ()
    low: Mapping[str, str] = field(default_factory=dict)
    failing: tuple[str, ...] = ()


@dataclass(slots=True)
class _Market:
    """One market of a file, added up.

    Of the findings that fail it, ``told`` have their case under this market; the others fail several
    markets and have it under another.
    """

    least: float | None = None
    unexamined: int = 0
    failing: int = 0
    told: int = 0
    low: int = 0
    worst: str = ""
    status: str = ""


@dataclass(slots=True)
class _Suite:
    """One file, added up."""

    markets: dict[str, _Market] = field(default_factory=dict)
    cases: list[_Case] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    #: Clean items share their scores: those of the last ones, and how many more had the same.
    last: Mapping[str, float | None] | None = None
    more: int = 0

    def market(self, name: str) -> _Market:
        """Return a market, which is new where nothing was known of it."""
        found = self.markets.get(name)
        if found is None:
            found = self.markets[name] = _Market()
        return found

    def settle(self) -> None:
        """Add up what was only counted."""
        if self.more and self.last is not None:
            for name, cai in self.last.items():
                if cai is None:
                    self.market(name).unexamined += self.more
        self.last, self.more = None, 0


class JunitReporter:
    """Keep cases to the end, for a suite says first how many it has; beyond a size, only markets."""

    def __init__(self, out: TextIO, info: RunInfo) -> None:
        self._out = out
        self._info = info
        self._rooted = Rooted()
        self._suites: dict[str, _Suite] = {}
        self._size = 0
        self._dropped = 0

    def prepare(self, report: ItemReport) -> _Item:
        """Return what is needed of an item."""
        path = self._rooted(report.path)
        if not report.findings:
            return _Item(path, report.scores, report.status)
        fail_on, min_cai = self._info.gate_of(report.path)
        cases: list[_Case] = []
        others: list[str] = []
        failing: list[str] = []
        for one in report.findings:
            markets = fails(one, fail_on)
            failing += markets
            if markets:
                cases.append(_case(report, one, markets[0]))
            else:
                others.append(_other(path, one))
        low = {
            market: f"{line(report.item)} (line {report.line}) has CAI {cai:.1f}"
            for market, cai in too_low(report, min_cai).items()
        }
        return _Item(
            path,
            report.scores,
            report.status,
            tuple(cases),
            tuple(others),
            low,
            tuple(failing),
        )

    def take(self, prepared: _Item) -> None:
        """Add an item to its file."""
        suite = self._suite(prepared.path)
        if prepared.scores is suite.last and not prepared.low and not prepared.failing:
            suite.more += 1
        else:
            suite.settle()
            suite.last = prepared.scores
            self._add(suite, prepared)
        self._keep(suite, prepared.cases, prepared.others)

    def _add(self, suite: _Suite, prepared: _Item) -> None:
        for name, cai in prepared.scores.items():
            market = suite.market(name)
            if cai is None:
                market.unexamined += 1
                market.status = market.status or prepared.status.get(name, "")
                continue
            if market.least is None or cai < market.least:
                market.least = cai
                market.worst = prepared.low.get(name, "")
            market.low += name in prepared.low
        for name in prepared.failing:
            suite.market(name).failing += 1
        for case in prepared.cases:
            suite.market(case.market).told += 1

    def notice(self, notice: Notice) -> None:
        """Note a file that could not be read; other notices are told on standard error."""
        if notice.kind == UNREADABLE:
            self._suite(self._rooted(notice.path)).errors.append(line(notice.message))

    def finish(self, summary: Summary, verdict: Verdict) -> None:  # noqa: ARG002
        """Write everything."""
        total = Counter[str]()
        suites = []
        for path, suite in self._suites.items():
            text, counts = self._suite_text(path, suite)
            suites.append(text)
            total += counts
        text, counts = self._gate_text(verdict)
        suites += [text] if text else []
        total += counts
        if not suites:  # Jenkins takes a report without any case for a job that broke
            suites.append(
                '<testsuite name="culture-lint" tests="1" failures="0" errors="0" skipped="0" time="0">\n'
                '<testcase classname="culture-lint" name="nothing to check" time="0"/>\n</testsuite>\n'
            )
            total["tests"] = 1
        self._out.write(
            f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="culture-lint"{_counts(total)}>\n'
        )
        for text in suites:
            self._out.write(text)
        self._out.write("</testsuites>\n")

    def told(self) -> tuple[str, ...]:
        """Return what the user should know of this report, which is not in it whole."""
        if not self._dropped:
            return ()
        return (
            f"the JUnit report would be too large for its readers: {self._dropped:,} findings are "
            "left out of it, and each file and market only says how many it has",
        )

    def _suite(self, path: str) -> _Suite:
        found = self._suites.get(path)
        if found is None:
            found = self._suites[path] = _Suite()
        return found

    def _keep(self, suite: _Suite, cases: Sequence[_Case], others: Sequence[str]) -> None:
        if self._dropped:
            self._dropped += len(cases) + len(others)
            return
        suite.cases += cases
        suite.others += others
        self._size += sum(_FRAME + _bytes(one.name) + 2 * _bytes(one.text) for one in cases)
        self._size += sum(map(_bytes, others))
        if self._size > MOST:
            for one in self._suites.values():
                self._dropped += len(one.cases) + len(one.others)
                one.cases.clear()
                one.others.clear()

    def _suite_text(self, path: str, suite: _Suite) -> tuple[str, Counter[str]]:
        """Return a file as XML, and how many cases of each kind it has."""
        suite.settle()
        counts = Counter[str]()
        parts: list[str] = []
        for text in suite.errors:
            said = f"{path}: could not be checked: {text}"
            parts.append(_testcase("input", path, "readable", "error", UNREADABLE, said))
            counts["errors"] += 1
        for name, market in suite.markets.items():
            kind, xml = self._market(path, name, market)
            counts[kind] += 1
            parts.append(xml)
        seen = Counter[tuple[str, str]]()
        for case in suite.cases:
            seen[case.market, case.name] += 1
            number = seen[case.market, case.name]
            name = f"{case.name} #{number}" if number > 1 else case.name
            parts.append(_testcase(case.market, path, name, "failure", case.rule, case.text))
            counts["failures"] += 1
        if suite.others:
            listed = "".join(f"{line(one)}\n" for one in suite.others)
            parts.append(f"<system-out>{escape(listed)}</system-out>\n")
        counts["tests"] = sum(counts.values())
        head = f'<testsuite name={_said(path)}{_counts(counts)} time="0">\n'
        return head + "".join(parts) + "</testsuite>\n", counts

    def _gate_text(self, verdict: Verdict) -> tuple[str, Counter[str]]:
        """Return what fails the gate and has no case in a file, as a suite of its own."""
        markets = [pair for suite in self._suites.values() for pair in suite.markets.items()]
        told = {
            "severity": {name for name, market in markets if market.failing},
            "cai": {name for name, market in markets if market.low},
        }
        counts = Counter[str]()
        parts = []
        for one in verdict.failed:
            if one.kind == "input" or one.market in told.get(one.kind, ()):
                continue
            said = f"{one.market}: {gate_reason(one)}" if one.market else gate_reason(one)
            name = f"{one.kind} {one.market}".rstrip()
            parts.append(_testcase("culture-lint gate", "", name, "failure", one.kind, said))
            counts["failures"] += 1
        counts["tests"] = len(parts)
        if not parts:
            return "", counts
        head = f'<testsuite name="culture-lint gate"{_counts(counts)} time="0">\n'
        return head + "".join(parts) + "</testsuite>\n", counts

    def _market(self, path: str, name: str, market: _Market) -> tuple[str, str]:
        """Return what became of a market of a file, and its case."""
        if market.least is None:
            said = line(market.status) or "not examined"
            return "skipped", _testcase(name, path, f"{name} not examined", "skipped", "", said)
        title = f"{name} CAI {market.least:.1f}"
        if market.unexamined:
            title += f", {count(market.unexamined, 'item')} not examined"
        reasons = list(self._reasons(name, market))
        if not reasons:
            return "passed", _testcase(name, path, title)
        said = f"{path}, {name}: {'; '.join(reasons)}"
        return "failures", _testcase(name, path, title, "failure", "cai", said)

    def _reasons(self, name: str, market: _Market) -> Iterator[str]:
        if market.low:
            verb = "is" if market.low == 1 else "are"
            items = count(market.low, "item")
            yield f"{items} {verb} below the CAI asked for; the worst, {market.worst}"
        elsewhere = market.failing if self._dropped else market.failing - market.told
        if elsewhere:
            verb = "fails" if elsewhere == 1 else "fail"
            where = "" if self._dropped else ", told under another market"
            yield f"{count(elsewhere, 'finding')} {verb} the gate in {line(name)}{where}"


def _bytes(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "replace"))


def _case(report: ItemReport, finding: FindingReport, market: str) -> _Case:
    place = f"{finding.place.line}:{finding.place.column}"
    name = f"{finding.rule} {line(report.item)} {line(finding.field)} {place}"
    said = f"{finding.severity.value}: {message(finding)}"
    return _Case(market, name, finding.rule, said)


def _other(path: str, finding: FindingReport) -> str:
    place = f"{line(path)}:{finding.place.line}:{finding.place.column}"
    return f"{place}: {finding.severity.value.upper()} {finding.rule} {message(finding)}"


def _testcase(
    market: str,
    path: str,
    name: str,
    outcome: str = "",
    kind: str = "",
    said: str = "",
) -> str:
    """Return a case; its class is the market and the file, by which GitLab and Jenkins group."""
    file = f" file={_said(path)}" if path else ""
    group = f"{market}.{path}" if path else market
    head = f'<testcase classname={_said(group)} name={_said(name)}{file} time="0"'
    if not outcome:
        return f"{head}/>\n"
    type_ = f" type={_said(kind)}" if kind else ""
    # GitLab shows the text of the element, others its message.
    inner = f"<{outcome} message={_said(said)}{type_}>{escape(line(said))}</{outcome}>"
    return f"{head}>\n  {inner}\n</testcase>\n"


def _counts(counts: Mapping[str, int]) -> str:
    return "".join(
        f' {name}="{counts.get(name, 0)}"' for name in ("tests", "failures", "errors", "skipped")
    )


def _said(text: str) -> str:
    return quoteattr(line(text))


@reporter("junit")
def make(out: TextIO, info: RunInfo, _: ReportOptions) -> Reporter:
    """Return the reporter of JUnit XML."""
    return JunitReporter(out, info)
