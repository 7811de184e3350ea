"""Decide whether a run passes: by the worst severity allowed and by the least CAI allowed."""

from __future__ import annotations

from culture_lint.knowledge.model import Severity
from culture_lint.results import GateFailure, ItemReport, Verdict


class Gate:
    """Watch the items of a run go by and give the verdict at the end.

    Args:
        fail_on: The mildest severity that fails (``blocker``, ``major``, ``minor``), or
            ``never``. Findings that cost nothing in any judged market do not count.
        min_cai: The CAI that every judged item must reach in every market, or None.
    """

    def __init__(self, fail_on: str, min_cai: float | None) -> None:
        self._fail_on = fail_on
        self._rank = 99 if fail_on == "never" else Severity(fail_on).rank
        self._min_cai = min_cai
        self._severe: dict[str, tuple[int, Severity]] = {}
        self._low: dict[str, tuple[int, float]] = {}

    def add(self, report: ItemReport) -> None:
        """Take one item into account."""
        for finding in report.findings:
            if finding.severity.rank < self._rank:
                continue
            for market in finding.points:
                count, worst = self._severe.get(market, (0, finding.severity))
                worst = max(worst, finding.severity, key=lambda one: one.rank)
                self._severe[market] = (count + 1, worst)
        if self._min_cai is None:
            return
        for market, cai in report.scores.items():
            if cai is not None and cai < self._min_cai:
                count, least = self._low.get(market, (0, cai))
                self._low[market] = (count + 1, min(least, cai))

    def verdict(self) -> Verdict:
        """Return the verdict on everything seen so far."""
        failed = [
            GateFailure(market, "severity", self._fail_on, count, worst.value)
            for market, (count, worst) in sorted(self._severe.items())
        ]
        failed += [
            GateFailure(market, "cai", f"{self._min_cai:g}", count, f"{least:.1f}")
            for market, (count, least) in sorted(self._low.items())
        ]
        return Verdict(not failed, self._min_cai, self._fail_on, tuple(failed))
