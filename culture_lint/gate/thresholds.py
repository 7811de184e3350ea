"""Decide whether a run passes: by the worst severity and the least CAI allowed, if all was seen."""

from __future__ import annotations

from collections.abc import Container

from culture_lint.knowledge.model import Severity
from culture_lint.results import GateFailure, ItemReport, Verdict


class Gate:
    """Watch the items of a run go by and give the verdict at the end.

    What could not be examined never passes: a file that was not read, and a market that an item
    names and no ruleset covers.

    Args:
        fail_on: The mildest severity that fails (``blocker``, ``major``, ``minor``), or
            ``never``. A finding counts in the markets in which it costs points; a blocker
            always counts, even where others have left it no points to take.
        min_cai: The CAI that every judged item must reach in every market, or None.
        covered: The markets that rulesets cover.

    """

    def __init__(self, fail_on: str, min_cai: float | None, covered: Container[str]) -> None:
        self._fail_on = fail_on
        self._rank = 99 if fail_on == "never" else Severity(fail_on).rank
        self._min_cai = min_cai
        self._severe: dict[str, tuple[int, Severity]] = {}
        self._low: dict[str, tuple[int, float]] = {}
        self._covered = covered
        self._uncovered: dict[str, int] = {}
        self._unread: list[str] = []
        self._unclear: list[str] = []
        self._stale: list[str] = []

    def unread(self, path: str) -> None:
        """Take note of a file that could not be read, or not to its end."""
        self._unread.append(path)

    def unclear(self, place: str) -> None:
        """Take note of a suppression that is not understood, and so silences nothing."""
        self._unclear.append(place)

    def stale(self, path: str) -> None:
        """Take note of an entry of a baseline that is no longer needed."""
        self._stale.append(path)

    def add(self, report: ItemReport) -> None:
        """Take one item into account."""
        for finding in report.findings:
            if finding.severity.rank < self._rank:
                continue
            for market, points in finding.points.items():
                severity = finding.severity_in(market)
                if severity.rank < self._rank:
                    continue
                if not points and severity is not Severity.BLOCKER:
                    continue
                count, worst = self._severe.get(market, (0, severity))
                worst = max(worst, severity, key=lambda one: one.rank)
                self._severe[market] = (count + 1, worst)
        for market, cai in report.scores.items():
            if cai is None:
                if market not in self._covered:
                    self._uncovered[market] = self._uncovered.get(market, 0) + 1
            elif self._min_cai is not None and cai < self._min_cai:
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
        failed += [
            GateFailure(market, "coverage", "a ruleset", count, "not examined")
            for market, count in sorted(self._uncovered.items())
        ]
        if self._unread:
            failed.append(GateFailure("", "input", "readable", len(self._unread), self._unread[0]))
        if self._unclear and self._fail_on != "never":
            count, first = len(self._unclear), self._unclear[0]
            failed.append(GateFailure("", "suppression", "understood", count, first))
        if self._stale:
            count, first = len(self._stale), self._stale[0]
            failed.append(GateFailure("", "baseline", "needed", count, first))
        return Verdict(not failed, self._min_cai, self._fail_on, tuple(failed))
