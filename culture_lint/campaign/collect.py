"""Gather, as a run streams by, what the verdicts need of each market; it takes the place of a report.

Items that lose the same points to the same rules are one profile with a count, so that memory
grows with the variety of what is found and not with the number of items, and every "what if this
were fixed" can be worked out at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from culture_lint.campaign.model import Waiver
from culture_lint.frozen import frozen
from culture_lint.knowledge.scales import Severity
from culture_lint.results import FindingReport, ItemReport, Summary, Verdict
from culture_lint.sources.items import Notice

#: Items that are named of each market, the worst.
WORST = 50

#: CAI and points in tenths, as they are displayed: exact, and the same in every process.
Tenths = int
#: A rule and the points that an item loses to it.
Lost = tuple[tuple[str, Tenths], ...]


@frozen
class Profile:
    """What all items with the same channel, weight, score and losses have in common."""

    channel: str
    exposure: float
    cai: Tenths
    lost: Lost


@frozen
class ItemRef:
    """One item as reports name it."""

    path: str
    item: str
    line: int
    title: str


@frozen
class BadItem:
    """An item that loses points in a market."""

    ref: ItemRef
    profile: Profile


@dataclass(slots=True)
class RuleSeen:
    """What one rule found in one market.

    ``stops`` counts confirmed blockers, ``unconfirmed`` those that nobody has confirmed;
    ``example`` is the dearest finding, with the item it stands in.
    """

    severity: Severity
    example: FindingReport
    item: ItemRef
    findings: int = 0
    items: int = 0
    stops: int = 0
    unconfirmed: int = 0


@dataclass(slots=True)
class Seen:
    """Everything seen in one market."""

    profiles: Counter[Profile] = field(default_factory=Counter)
    rules: dict[str, RuleSeen] = field(default_factory=dict)
    worst: list[BadItem] = field(default_factory=list)
    unexamined: Counter[str] = field(default_factory=Counter)
    personas: dict[str, ItemRef] = field(default_factory=dict)
    #: Findings that each waiver lets pass, by its number.
    waived: Counter[int] = field(default_factory=Counter)
    #: Findings that the content itself, or the configuration, silences.
    suppressed: int = 0
    baselined: int = 0

    @property
    def judged(self) -> int:
        """How many items were judged."""
        return sum(self.profiles.values())

    @property
    def not_judged(self) -> int:
        """How many were not."""
        return sum(self.unexamined.values())


@frozen
class Place:
    """Where an input stands in the campaign."""

    channel: str
    exposure: float


class Collector:
    """Take the items of a run in, market by market.

    Args:
        markets: Those of the campaign; what is found in others does not count.
        places: Channel and weight of each input, by its path.
        waivers: Those that hold, by where they stand (path, line, what they say).
    """

    def __init__(
        self,
        markets: Iterable[str],
        places: Mapping[str, Place],
        waivers: Mapping[tuple[str, int, str], int],
    ) -> None:
        self.seen: dict[str, Seen] = {market: Seen() for market in markets}
        self.notices: list[Notice] = []
        self.summary: Summary | None = None
        self.verdict: Verdict | None = None
        #: Items for none of the campaign's markets.
        self.elsewhere = 0
        self._places = places
        self._waivers = waivers

    def prepare(self, report: ItemReport) -> ItemReport:
        """Return the item; all of it may be needed."""
        return report

    def take(self, prepared: ItemReport) -> None:
        """Take one item into account."""
        place = self._places[prepared.path]
        ref = ItemRef(prepared.path, prepared.item, prepared.line, prepared.title)
        lost = _by_rule(prepared.findings) if prepared.findings else {}
        concerned = False
        for market, cai in prepared.scores.items():
            seen = self.seen.get(market)
            if seen is None:
                continue
            concerned = True
            if cai is None:
                seen.unexamined[prepared.status.get(market, "not examined")] += 1
                continue
            profile = Profile(place.channel, place.exposure, round(cai * 10), lost.get(market, ()))
            seen.profiles[profile] += 1
            for persona in prepared.personas:
                seen.personas.setdefault(persona, ref)
            if profile.lost:
                _keep_worst(seen.worst, BadItem(ref, profile))
        for market, status in prepared.status.items():
            if market in self.seen and market not in prepared.scores:
                concerned = True
                self.seen[market].unexamined[status] += 1
        self.elsewhere += not concerned
        self._findings(prepared.findings, ref)
        self._let_pass(prepared)

    def _findings(self, findings: Sequence[FindingReport], ref: ItemRef) -> None:
        met: set[tuple[str, str]] = set()
        for finding in findings:
            for market, points in finding.points.items():
                seen = self.seen.get(market)
                severity = finding.severity_in(market)
                # What costs nothing is a remark, unless it is a blocker that others left no points.
                if seen is None or not (points or severity is Severity.BLOCKER):
                    continue
                rule = seen.rules.get(finding.rule)
                if rule is None:
                    rule = seen.rules[finding.rule] = RuleSeen(severity, finding, ref)
                elif _graver((severity, points), (rule.severity, rule.example.points[market])):
                    rule.severity, rule.example, rule.item = severity, finding, ref
                rule.findings += 1
                if severity is Severity.BLOCKER:
                    rule.stops += finding.evidence.verified
                    rule.unconfirmed += not finding.evidence.verified
                if (finding.rule, market) not in met:
                    met.add((finding.rule, market))
                    rule.items += 1

    def _let_pass(self, report: ItemReport) -> None:
        for one in report.suppressed:
            number = self._waivers.get((one.path, one.line, one.directive))
            for market in one.finding.markets:
                if market not in self.seen:
                    continue
                if number is None:
                    self.seen[market].suppressed += 1
                else:
                    self.seen[market].waived[number] += 1
        for finding in report.baselined:
            for market in finding.markets:
                if market in self.seen:
                    self.seen[market].baselined += 1

    def notice(self, notice: Notice) -> None:
        """Keep a notice."""
        self.notices.append(notice)

    def finish(self, summary: Summary, verdict: Verdict) -> None:
        """Keep the totals, and what could not be examined."""
        self.summary, self.verdict = summary, verdict


def waiver_key(waiver: Waiver) -> tuple[str, int, str]:
    """Return what tells a waiver among the suppressions of a report."""
    return waiver.where.path, waiver.where.line or 1, f"ignores: {', '.join(waiver.copy_rules)}"


def _graver(one: tuple[Severity, float], other: tuple[Severity, float]) -> bool:
    return (one[0].rank, one[1]) > (other[0].rank, other[1])


def _by_rule(findings: Sequence[FindingReport]) -> dict[str, Lost]:
    """Return what an item loses to each rule, by market."""
    sums: dict[str, dict[str, Tenths]] = {}
    for finding in findings:
        for market, points in finding.points.items():
            if points:
                lost = sums.setdefault(market, {})
                lost[finding.rule] = lost.get(finding.rule, 0) + round(points * 10)
    return {market: tuple(sorted(lost.items())) for market, lost in sums.items()}


def _keep_worst(worst: list[BadItem], one: BadItem) -> None:
    """Keep the items with the lowest scores; of equal ones those that came first."""
    if len(worst) >= 2 * WORST:
        worst.sort(key=lambda bad: bad.profile.cai)
        del worst[WORST:]
    worst.append(one)
