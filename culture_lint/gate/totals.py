"""Add up a run as it streams by: the CAI per market and the counts of the summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from culture_lint.knowledge.model import Severity
from culture_lint.results import ItemReport, MarketSummary, Summary
from culture_lint.sources.items import Notice

#: Displayed scores have one decimal, so that counting them keeps every quantile exact in little room.
_STEPS = 1001


class _Market:
    __slots__ = ("blockers", "counts", "findings", "judged", "resonance", "skipped")

    def __init__(self) -> None:
        self.counts = [0] * _STEPS
        self.judged = self.skipped = self.blockers = self.findings = 0
        #: In tenths, so that the sum does not depend on the order of items.
        self.resonance = 0


class Totals:
    """The totals of a run; feed it every item report, then ask for the summary.

    Args:
        names: Display names by market, in the order in which to report.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._markets: dict[str, _Market] = {}
        self._severities = dict.fromkeys((one.value for one in reversed(Severity)), 0)
        self._paths: set[str] = set()
        self.items = self.with_findings = self.findings = self.notices = 0
        self.suppressed = self.baselined = 0
        #: What was said of files that hold no copy: it is told once, at the end.
        self.without_copy: list[Notice] = []

    def file(self, path: str) -> None:
        """Count a file, also one without items."""
        self._paths.add(path)

    def add(self, report: ItemReport) -> None:
        """Count one item."""
        self.items += 1
        self._paths.add(report.path)
        self.with_findings += bool(report.findings)
        self.findings += len(report.findings)
        self.suppressed += len(report.suppressed)
        self.baselined += len(report.baselined)
        for market, cai in report.scores.items():
            total = self._markets.setdefault(market, _Market())
            if cai is None:
                total.skipped += 1
            else:
                total.judged += 1
                total.counts[round(cai * 10)] += 1
                total.resonance += round(10 * report.resonance.get(market, 0.0))
        for finding in report.findings:
            self._severities[finding.severity.value] += 1
            for market in finding.points:
                total = self._markets[market]
                total.findings += 1
                total.blockers += finding.severity_in(market) is Severity.BLOCKER

    def summary(self) -> Summary:
        """Return the totals so far."""
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
    counts: Sequence[int], judged: int
) -> tuple[float | None, float | None, float | None]:
    """Return minimum, 10th percentile (nearest rank) and mean of counted tenths of a point."""
    if not judged:
        return None, None, None
    rank = max(1, -(-judged // 10))
    seen = 0
    lowest: float | None = None
    tenth: float | None = None
    for step, count in enumerate(counts):
        if not count:
            continue
        lowest = step / 10 if lowest is None else lowest
        seen += count
        if tenth is None and seen >= rank:
            tenth = step / 10
    mean = sum(step * count for step, count in enumerate(counts)) / (10 * judged)
    return lowest, tenth, round(mean, 1)
