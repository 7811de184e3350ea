"""Add up a run as it streams by: the CAI per market and the counts of the summary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from culture_lint.knowledge.scales import Severity
from culture_lint.results import ItemReport, MarketSummary, Summary
from culture_lint.sources.items import Notice

#: Mappings shared by many items that are counted before they are added up.
_KEPT = 2048


@dataclass(slots=True)
class _Scored:
    """Scores and resonance by market, and how many items have them."""

    scores: Mapping[str, float | None]
    resonance: Mapping[str, float]
    count: int = 1


@dataclass(slots=True)
class _Charged:
    """What a finding costs by market, and how many findings do."""

    points: Mapping[str, float]
    milder: Mapping[str, Severity]
    severity: Severity
    count: int = 1


_COUNTS = ("items", "with_findings", "findings", "notices", "suppressed", "baselined")
_SUMS = ("judged", "skipped", "blockers", "findings", "resonance")


class _Market:
    __slots__ = ("blockers", "counts", "findings", "judged", "resonance", "skipped")

    def __init__(self) -> None:
        #: Displayed scores have one decimal, so that counting them keeps every quantile exact.
        self.counts: dict[int, int] = {}
        self.judged = self.skipped = self.blockers = self.findings = 0
        #: In tenths, so that the sum does not depend on the order of items.
        self.resonance = 0

    def merge(self, other: _Market) -> None:
        for step, count in other.counts.items():
            self.counts[step] = self.counts.get(step, 0) + count
        self.judged += other.judged
        self.skipped += other.skipped
        self.blockers += other.blockers
        self.findings += other.findings
        self.resonance += other.resonance


class Totals:
    """The totals of a run; feed it every item report, then ask for the summary.

    Items share the mappings of their scores, which are therefore counted first and added up later.

    Args:
        names: Display names by market, in the order in which to report.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._markets: dict[str, _Market] = {}
        self._severities = dict.fromkeys((one.value for one in reversed(Severity)), 0)
        self._paths: dict[str, None] = {}
        self.items = self.with_findings = self.findings = self.notices = 0
        self.suppressed = self.baselined = 0
        #: What was said of files that hold no copy: it is told once, at the end.
        self.without_copy: list[Notice] = []
        # By the ids of mappings that the value keeps alive, with how many items have them.
        self._scored: dict[tuple[int, int], _Scored] = {}
        self._charged: dict[tuple[int, int, Severity], _Charged] = {}

    def file(self, path: str) -> None:
        """Count a file, also one without items."""
        self._paths[path] = None

    def add(self, report: ItemReport) -> None:
        """Count one item."""
        self.items += 1
        self._paths[report.path] = None
        self.suppressed += len(report.suppressed)
        self.baselined += len(report.baselined)
        key = (id(report.scores), id(report.resonance))
        known = self._scored.get(key)
        if known is not None:
            known.count += 1
        else:
            self._make_room()
            self._scored[key] = _Scored(report.scores, report.resonance)
        if not report.findings:
            return
        self.with_findings += 1
        self.findings += len(report.findings)
        for finding in report.findings:
            self._severities[finding.severity.value] += 1
            place = (id(finding.points), id(finding.milder), finding.severity)
            charged = self._charged.get(place)
            if charged is not None:
                charged.count += 1
            else:
                self._charged[place] = _Charged(finding.points, finding.milder, finding.severity)

    def merge(self, other: Totals) -> None:
        """Add the totals of another part of the run."""
        other.settle()
        self.settle()
        for market, total in other._markets.items():
            self._market_of(market).merge(total)
        for severity, count in other._severities.items():
            self._severities[severity] += count
        self._paths.update(other._paths)
        self.items += other.items
        self.with_findings += other.with_findings
        self.findings += other.findings
        self.notices += other.notices
        self.suppressed += other.suppressed
        self.baselined += other.baselined
        self.without_copy.extend(other.without_copy)

    def settle(self) -> None:
        """Add up what was only counted."""
        for scored in self._scored.values():
            for market, cai in scored.scores.items():
                total = self._market_of(market)
                if cai is None:
                    total.skipped += scored.count
                    continue
                total.judged += scored.count
                step = round(cai * 10)
                total.counts[step] = total.counts.get(step, 0) + scored.count
                welcome = scored.resonance.get(market)
                if welcome:
                    total.resonance += round(10 * welcome) * scored.count
        for charged in self._charged.values():
            for market in charged.points:
                total = self._market_of(market)
                total.findings += charged.count
                severity = charged.milder.get(market, charged.severity)
                total.blockers += charged.count if severity is Severity.BLOCKER else 0
        self._scored.clear()
        self._charged.clear()

    def _make_room(self) -> None:
        if len(self._scored) + len(self._charged) >= _KEPT:
            self.settle()

    def _market_of(self, name: str) -> _Market:
        found = self._markets.get(name)
        if found is None:
            found = self._markets[name] = _Market()
        return found

    def __getstate__(self) -> dict[str, Any]:
        self.settle()
        return self.__dict__

    def state(self) -> dict[str, Any]:
        """Return all of it as plain data for `restored`."""
        self.settle()
        return {
            "counts": [getattr(self, name) for name in _COUNTS],
            "severities": self._severities,
            "paths": list(self._paths),
            "markets": {
                name: [*(getattr(one, part) for part in _SUMS), sorted(one.counts.items())]
                for name, one in self._markets.items()
            },
            "without_copy": [[one.path, one.message, one.kind] for one in self.without_copy],
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take over what `state` returned."""
        for name, value in zip(_COUNTS, state["counts"], strict=True):
            setattr(self, name, int(value))
        self._severities.update(state["severities"])
        self._paths.update(dict.fromkeys(state["paths"]))
        for name, (*sums, counts) in state["markets"].items():
            market = self._market_of(name)
            for part, value in zip(_SUMS, sums, strict=True):
                setattr(market, part, int(value))
            market.counts = {int(step): int(count) for step, count in counts}
        self.without_copy = [
            Notice(path, message, kind=kind) for path, message, kind in state["without_copy"]
        ]

    def summary(self) -> Summary:
        """Return the totals so far."""
        self.settle()
        order = [name for name in self._names if name in self._markets]
        order += sorted(set(self._markets) - set(order))
        return Summary(
            files=len(self._paths),
            items=self.items,
            items_with_findings=self.with_findings,
            findings=self.findings,
            by_severity=dict(reversed(self._severities.items())),
            markets=tuple(self._market(name) for name in order),
            notices=self.notices,
            suppressed=self.suppressed,
            baselined=self.baselined,
        )

    def _market(self, name: str) -> MarketSummary:
        total = self._markets[name]
        lowest, tenth, mean = _quantiles(total.counts, total.judged)
        return MarketSummary(
            market=name,
            name=self._names.get(name, name),
            judged=total.judged,
            not_judged=total.skipped,
            minimum=lowest,
            p10=tenth,
            mean=mean,
            resonance=round(total.resonance / (10 * total.judged), 1) if total.judged else None,
            blockers=total.blockers,
            findings=total.findings,
        )


def _quantiles(
    counts: Mapping[int, int], judged: int
) -> tuple[float | None, float | None, float | None]:
    """Return minimum, 10th percentile (nearest rank) and mean of counted tenths of a point."""
    if not judged:
        return None, None, None
    rank = max(1, -(-judged // 10))
    seen = 0
    lowest: float | None = None
    tenth: float | None = None
    for step, count in sorted(counts.items()):
        lowest = step / 10 if lowest is None else lowest
        seen += count
        if tenth is None and seen >= rank:
            tenth = step / 10
    mean = sum(step * count for step, count in counts.items()) / (10 * judged)
    return lowest, tenth, round(mean, 1)
