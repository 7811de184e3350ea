"""What a check yields: reports of items and findings, and the totals of a run."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING

from culture_lint.frozen import frozen
from culture_lint.knowledge.scales import Severity
from culture_lint.spans import Place

if TYPE_CHECKING:
    from culture_lint.knowledge.model import Evidence

#: Said wherever a rule of law is shown.
NO_LEGAL_ADVICE = "Rules of law are pointers to the law, not legal advice."


@frozen
class Suggestion:
    """One way to say it instead; ``keeps`` names the signifieds that survive.

    ``clashes_in`` holds the markets asked for in which the wording would itself be found.
    """

    text: str
    language: str
    keeps: tuple[str, ...]
    fix: str
    note: str = ""
    clashes_in: tuple[str, ...] = ()


@frozen
class FindingReport:
    """One clash, once for all markets in which it counts.

    ``points`` are the CAI points it costs in each market and ``fix_gain`` what fixing it alone
    would bring, both at one decimal; ``text`` is exactly the file's characters at ``place``;
    ``passage`` is the copy around it with the span of the match in it. ``severity`` is the worst in
    any of the markets; ``milder`` holds those in which it is less.
    """

    rule: str
    category: str
    severity: Severity
    mqm: str
    field: str
    role: str
    place: Place
    text: str
    signified: str
    message: str
    rewrite: str
    points: Mapping[str, float]
    fix_gain: Mapping[str, float]
    evidence: Evidence
    via: tuple[str, ...]
    alternatives: tuple[Suggestion, ...]
    passage: str
    passage_span: tuple[int, int]
    markets: tuple[str, ...]
    #: What makes it the same finding again, in any file and market; no line goes into it.
    key: str = ""
    suppressible: bool = True
    milder: Mapping[str, Severity] = dataclasses.field(default_factory=dict)
    #: Where it stands in its item: the number of the segment and the span in its text, and the
    #: primary language of that text. What writes a fix needs them; they are no part of a report.
    segment: int = -1
    span: tuple[int, int] = (0, 0)
    language: str | None = None

    def severity_in(self, market: str) -> Severity:
        """Return how grave it is in one market."""
        return self.milder.get(market, self.severity)


@frozen
class DirectiveUse:
    """What became of one suppression in one item.

    ``used`` are the selectors that silenced something, ``idle`` those that could have, in the
    markets that were examined, and found nothing to silence. ``problems`` are pairs of a
    notice's kind and its message. ``sure`` is false where another run may yet need it.
    """

    path: str
    line: int
    column: int
    text: str
    used: tuple[str, ...] = ()
    idle: tuple[str, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()
    sure: bool = True


@frozen
class Suppressed:
    """A finding that costs nothing because a suppression says so.

    ``justification`` is the reason given, ``directive`` the suppression as written, which
    stands at ``line`` of ``path``.
    """

    finding: FindingReport
    justification: str
    directive: str
    path: str
    line: int


@frozen
class ItemReport:
    """What was found in one item for all requested markets.

    ``scores`` holds the CAI by market, None where the item could not be judged; ``status`` says
    why. ``welcome`` holds the signs that feed the resonance, ``suppressed`` the findings that
    cost nothing by ``directives``, ``baselined`` those that the baseline accepts. ``dimensions`` and ``resonance`` hold only what differs from 100 and from 0.
    """

    path: str
    item: str
    line: int
    title: str
    language: str | None
    scores: Mapping[str, float | None]
    status: Mapping[str, str]
    dimensions: Mapping[str, Mapping[str, float]]
    resonance: Mapping[str, float]
    findings: tuple[FindingReport, ...]
    welcome: tuple[FindingReport, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    baselined: tuple[FindingReport, ...] = ()
    #: The CAI with what the baseline accepts counted too; empty where it accepts nothing.
    scores_with_baseline: Mapping[str, float | None] = dataclasses.field(default_factory=dict)
    numbered: bool = False
    directives: tuple[DirectiveUse, ...] = ()
    #: The personas it speaks through, of those that the settings ask for.
    personas: tuple[str, ...] = ()


@frozen
class MarketSummary:
    """The CAI of all judged items of one market; None where none could be judged.

    ``resonance`` is the mean of the items' resonance, a ledger of its own.
    """

    market: str
    name: str
    judged: int
    not_judged: int
    minimum: float | None
    p10: float | None
    mean: float | None
    resonance: float | None
    blockers: int
    findings: int


@frozen
class Summary:
    """The totals of a run."""

    files: int
    items: int
    items_with_findings: int
    findings: int
    by_severity: Mapping[str, int]
    markets: tuple[MarketSummary, ...]
    notices: int
    suppressed: int = 0
    baselined: int = 0


@frozen
class GateFailure:
    """One reason why the gate failed: a market, what was asked, what was found.

    ``kind`` is ``severity``, ``cai``, ``coverage`` (items of a market that no ruleset covers),
    ``input`` (files that could not be read), ``suppression`` (those that are not understood) or
    ``market`` (files that nobody names a market for); the last three have no market. Of a campaign
    also ``campaign-cai``, ``persona`` and ``calendar``: ``limit`` says what is not given, and
    ``worst`` what is instead.
    """

    market: str
    kind: str
    limit: str
    count: int
    worst: str


@frozen
class Verdict:
    """The gate's answer."""

    passed: bool
    min_cai: float | None
    fail_on: str
    failed: tuple[GateFailure, ...]

    @property
    def complete(self) -> bool:
        """Whether everything that was asked for could be examined."""
        return not any(one.kind in ("coverage", "input", "market") for one in self.failed)


@frozen
class RunInfo:
    """What a report says of the run itself: tool, rulesets, markets, thresholds.

    ``fail_on`` and ``min_cai`` are the gate's; ``thresholds`` holds both by path for the files
    that a configuration gives others. ``pages`` is where the pages of the rules lie, empty where
    rulesets are used that have none.
    """

    version: str
    rulesets: str
    markets: tuple[tuple[str, str], ...]
    intent: tuple[str, ...]
    fail_on: str = "major"
    min_cai: float | None = None
    thresholds: Mapping[str, tuple[str, float | None]] = dataclasses.field(default_factory=dict)
    pages: str = ""

    def gate_of(self, path: str) -> tuple[str, float | None]:
        """Return the mildest severity that fails a file, and the CAI that its items must reach."""
        return self.thresholds.get(path, (self.fail_on, self.min_cai))
