"""One passage, one reason: what two findings of a category say of the same words is told once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from culture_lint.judging.findings import Finding
from culture_lint.knowledge.model import Reading
from culture_lint.knowledge.scales import Polarity

ByMarket = tuple[tuple[str, Reading], ...]
#: Groups of rules that are remembered.
KEPT = 4096


_Span = tuple[int, int, int]


class Reasons:
    """Drop what lies inside a finding of the same category and no less grave, market by market."""

    def __init__(self) -> None:
        # The keys hold ids; the values keep what they are the ids of.
        self._known: dict[tuple[tuple[int, ...], ...], tuple[list[ByMarket], list[ByMarket]]] = {}
        # One object for the same readings left, since more is remembered of them elsewhere.
        self._lefts: dict[tuple[int, tuple[str, ...]], tuple[ByMarket, ByMarket]] = {}

    def one_each(self, findings: Sequence[Finding]) -> list[Finding]:
        """Return the findings with the markets in which each is the only one to say so."""
        if len(findings) < 2:
            return list(findings)
        spans: dict[_Span, list[int]] = {}
        for number, one in enumerate(findings):
            spans.setdefault((one.segment, one.start, one.end), []).append(number)
        kept: list[Finding | None] = list(findings)
        for span, inner in spans.items():
            outer = [
                findings[number]
                for other, numbers in spans.items()
                if other is not span and _lies_inside(span, other)
                for number in numbers
            ]
            if len(inner) + len(outer) < 2:
                continue
            lefts = self._left([findings[number] for number in inner], outer)
            for number, left in zip(inner, lefts, strict=True):
                if left is not findings[number].by_market:
                    kept[number] = replace(findings[number], by_market=left) if left else None
        return [one for one in kept if one is not None]

    def _left(self, inner: Sequence[Finding], outer: Sequence[Finding]) -> list[ByMarket]:
        """Return the markets of rules that mark the same words in which no other says the same.

        ``outer`` are those of the rules that mark more words around them.
        """
        key = (
            tuple([id(one.by_market) for one in inner]),
            tuple([id(one.by_market) for one in outer]),
        )
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= KEPT:
                self._known.clear()
            told: dict[str, list[tuple[str, Reading, bool]]] = {}
            for findings, same_place in ((inner, True), (outer, False)):
                for one in findings:
                    # A rule's first reading in a market speaks for it.
                    first = dict(reversed(one.by_market))
                    for market, reading in first.items():
                        told.setdefault(market, []).append((one.rule, reading, same_place))
            lefts = [self._same(one.by_market, _untold(one, told)) for one in inner]
            known = self._known[key] = (lefts, [one.by_market for one in (*inner, *outer)])
        return known[0]

    def _same(self, markets: ByMarket, left: ByMarket) -> ByMarket:
        """Return the one object for what is left of a rule's readings."""
        if not left or left is markets:
            return left
        key = (id(markets), tuple([market for market, _ in left]))
        found = self._lefts.get(key)
        if found is None:
            if len(self._lefts) >= KEPT:
                self._lefts.clear()
            found = self._lefts[key] = (left, markets)
        return found[0]


def _untold(finding: Finding, told: Mapping[str, Sequence[tuple[str, Reading, bool]]]) -> ByMarket:
    markets, mine = finding.by_market, finding.rule
    left = tuple(
        [
            (market, reading)
            for market, reading in markets
            if not any(
                rule != mine and _says_the_same((rule, other), (mine, reading), same_place)
                for rule, other, same_place in told[market]
            )
        ]
    )
    return markets if len(left) == len(markets) else left


def _lies_inside(inner: _Span, outer: _Span) -> bool:
    return outer[0] == inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2]


def _says_the_same(
    outer: tuple[str, Reading], inner: tuple[str, Reading], same_place: bool
) -> bool:
    rule, other = outer
    inner_rule, reading = inner
    if other.category != reading.category:
        return False
    if (Polarity.POSITIVE in (other.polarity, reading.polarity)) or reading.severity.rank > (
        other.severity.rank
    ):
        return False
    if not same_place:
        return True
    # The same words twice: the graver reading stays, else the one whose id comes first.
    return (-other.severity.rank, rule) < (-reading.severity.rank, inner_rule)
