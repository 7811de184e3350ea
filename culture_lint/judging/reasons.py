"""One passage, one reason: what two findings of a category say of the same words is told once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from culture_lint.judging.findings import Finding
from culture_lint.knowledge.model import Polarity, Reading

ByMarket = tuple[tuple[str, Reading], ...]
#: Pairs of rules that are remembered.
KEPT = 4096


class Reasons:
    """Drop what lies inside a finding of the same category and no less grave, market by market."""

    def __init__(self) -> None:
        # The key holds ids; the value keeps what they are the ids of.
        self._known: dict[tuple[int, int, bool], tuple[ByMarket, ByMarket, ByMarket]] = {}

    def one_each(self, findings: Sequence[Finding]) -> list[Finding]:
        """Return the findings with the markets in which each is the only one to say so."""
        if len(findings) < 2:
            return list(findings)
        kept: list[Finding] = []
        for inner in findings:
            left = inner.by_market
            for outer in findings:
                if left and _lies_inside(inner, outer):
                    same_place = (outer.start, outer.end) == (inner.start, inner.end)
                    left = self._left(left, inner.rule, outer, same_place)
            if left is inner.by_market:
                kept.append(inner)
            elif left:
                kept.append(replace(inner, by_market=left))
        return kept

    def _left(self, markets: ByMarket, rule: str, outer: Finding, same_place: bool) -> ByMarket:
        """Return those of a rule's markets in which another finding does not say the same."""
        key = (id(markets), id(outer.by_market), same_place)
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= KEPT:
                self._known.clear()
            others: dict[str, Reading] = {}
            for market, reading in outer.by_market:
                others.setdefault(market, reading)
            left = tuple(
                [
                    (market, reading)
                    for market, reading in markets
                    if not _says_the_same(
                        (outer.rule, others.get(market)), (rule, reading), same_place
                    )
                ]
            )
            left = markets if len(left) == len(markets) else left
            known = self._known[key] = (left, markets, outer.by_market)
        return known[0]


def _lies_inside(inner: Finding, outer: Finding) -> bool:
    return (
        outer is not inner
        and outer.segment == inner.segment
        and outer.rule != inner.rule
        and outer.start <= inner.start
        and inner.end <= outer.end
    )


def _says_the_same(
    outer: tuple[str, Reading | None], inner: tuple[str, Reading], same_place: bool
) -> bool:
    rule, other = outer
    inner_rule, reading = inner
    if other is None or other.category != reading.category:
        return False
    if (Polarity.POSITIVE in (other.polarity, reading.polarity)) or reading.severity.rank > (
        other.severity.rank
    ):
        return False
    if not same_place:
        return True
    # The same words twice: the graver reading stays, else the one whose id comes first.
    return (-other.severity.rank, rule) < (-reading.severity.rank, inner_rule)
