"""One verdict for a run in which configurations give different files different thresholds."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Any

from culture_lint.gate.thresholds import Gate
from culture_lint.results import GateFailure, ItemReport, Verdict

Thresholds = tuple[str, float | None]


class Gates:
    """A gate for each pair of thresholds.

    Args:
        first: The mildest severity that fails and the least CAI, as most files have them; the
            verdict names these.
        covered: The markets that rulesets cover.
    """

    def __init__(self, first: Thresholds, covered: Container[str]) -> None:
        self._covered = covered
        self._gates: dict[Thresholds, Gate] = {first: Gate(*first, covered)}
        self._first = self._gates[first]

    def add(self, report: ItemReport, thresholds: Thresholds) -> None:
        """Take one item into account."""
        gate = self._gates.get(thresholds)
        if gate is None:
            gate = self._gates[thresholds] = Gate(*thresholds, self._covered)
        gate.add(report)

    def merge(self, other: Gates) -> None:
        """Take another part of the run into account."""
        for thresholds, gate in other._gates.items():
            own = self._gates.get(thresholds)
            if own is None:
                own = self._gates[thresholds] = Gate(*thresholds, self._covered)
            own.merge(gate)

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what the other side knows: the markets that are covered."""
        return {**self.__dict__, "_covered": ()}

    def state(self) -> list[Any]:
        """Return what was seen as plain data for `restore`."""
        return [[list(thresholds), gate.state()] for thresholds, gate in self._gates.items()]

    def restore(self, state: Sequence[Any]) -> None:
        """Take over what `state` returned."""
        for (fail_on, min_cai), found in state:
            thresholds = (str(fail_on), None if min_cai is None else float(min_cai))
            gate = self._gates.get(thresholds)
            if gate is None:
                gate = self._gates[thresholds] = Gate(*thresholds, self._covered)
            gate.restore(found)

    def unread(self, path: str) -> None:
        """Take note of a file that could not be read, or not to its end."""
        self._first.unread(path)

    def unclear(self, where: str) -> None:
        """Take note of a suppression that is not understood."""
        self._first.unclear(where)

    def stale(self, path: str) -> None:
        """Take note of an entry of a baseline that is no longer needed."""
        self._first.stale(path)

    def verdict(self, unplaced: Mapping[str, object] | None = None) -> Verdict:
        """Return the verdict on everything seen so far.

        Args:
            unplaced: Files with items that nobody names a market for, by path.
        """
        verdicts = [gate.verdict() for gate in self._gates.values()]
        failed = tuple(one for verdict in verdicts for one in verdict.failed)
        if unplaced:
            failed += (GateFailure("", "market", "named", len(unplaced), next(iter(unplaced))),)
        return Verdict(not failed, verdicts[0].min_cai, verdicts[0].fail_on, failed)
