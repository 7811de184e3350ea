"""Decide whether a run passes: by the worst severity and the least CAI allowed, if all was seen."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from culture_lint.knowledge.scales import Severity
from culture_lint.results import GateFailure, ItemReport, Verdict

#: Mappings of scores that are counted before they are looked at.
_KEPT = 2048


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
        # By the id of scores that the value keeps alive, with how many items have them.
        self._scored: dict[int, list[Any]] = {}

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
        known = self._scored.get(id(report.scores))
        if known is not None:
            known[1] += 1
            return
        if len(self._scored) >= _KEPT:
            self._settle()
        self._scored[id(report.scores)] = [report.scores, 1]

    def _settle(self) -> None:
        """Look at the scores that were only counted: items share their mappings."""
        for scores, times in self._scored.values():
            for market, cai in scores.items():
                if cai is None:
                    if market not in self._covered:
                        self._uncovered[market] = self._uncovered.get(market, 0) + times
                elif self._min_cai is not None and cai < self._min_cai:
                    count, least = self._low.get(market, (0, cai))
                    self._low[market] = (count + times, min(least, cai))
        self._scored.clear()

    def merge(self, other: Gate) -> None:
        """Take another part of the run into account, which was held to the same thresholds."""
        other._settle()
        for market, (count, worst) in other._severe.items():
            had, before = self._severe.get(market, (0, worst))
            self._severe[market] = (had + count, max(before, worst, key=lambda one: one.rank))
        for market, (count, least) in other._low.items():
            had, lowest = self._low.get(market, (0, least))
            self._low[market] = (had + count, min(lowest, least))
        for market, count in other._uncovered.items():
            self._uncovered[market] = self._uncovered.get(market, 0) + count
        self._unread += other._unread
        self._unclear += other._unclear
        self._stale += other._stale

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what the other side knows: the markets that are covered."""
        self._settle()
        return {**self.__dict__, "_covered": ()}

    def state(self) -> dict[str, Any]:
        """Return what was seen as plain data for `restore`."""
        self._settle()
        return {
            "severe": {name: [count, worst.value] for name, (count, worst) in self._severe.items()},
            "low": self._low,
            "uncovered": self._uncovered,
            "lists": [self._unread, self._unclear, self._stale],
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take over what `state` returned."""
        self._severe = {
            name: (int(count), Severity(worst)) for name, (count, worst) in state["severe"].items()
        }
        self._low = {name: (int(count), float(cai)) for name, (count, cai) in state["low"].items()}
        self._uncovered = {name: int(count) for name, count in state["uncovered"].items()}
        self._unread, self._unclear, self._stale = (list(map(str, one)) for one in state["lists"])

    def verdict(self) -> Verdict:
        """Return the verdict on everything seen so far."""
        self._settle()
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
