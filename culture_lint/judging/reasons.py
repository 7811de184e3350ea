"""One passage, one reason: what two findings say of the same words is told once, by the graver."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from operator import itemgetter

from culture_lint.judging.findings import Finding
from culture_lint.knowledge.model import Reading
from culture_lint.knowledge.scales import Polarity

ByMarket = tuple[tuple[str, Reading], ...]
#: Categories of what offends by what it says. Words that do so in two of them are still one fault;
#: what a law says of them is another.
OFFENCE = frozenset(
    [
        "animal",
        "body",
        "death",
        "discrimination",
        "food",
        "history",
        "humour",
        "idiom",
        "naming",
        "profanity",
        "religion",
    ]
)
#: Groups of rules that are remembered.
KEPT = 4096


_Span = tuple[int, int, int]


class Reasons:
    """Drop what shares words with a finding of the same kind, no less grave, market by market."""

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
        return self._gravest([one for one in kept if one is not None])

    def _gravest(self, findings: list[Finding]) -> list[Finding]:
        """Return the findings without those that share words with a graver or longer one."""
        spans = sorted((one.segment, one.start, one.end) for one in findings)
        if not any(one[0] == other[0] and other[1] < one[2] for one, other in pairwise(spans)):
            return findings
        told: dict[str, list[tuple[Finding, Reading]]] = {}
        left: dict[int, set[str]] = {}
        each = [
            (_order(one, reading), number, market, reading)
            for number, one in enumerate(findings)
            for market, reading in one.by_market
        ]
        for _, number, market, reading in sorted(each, key=itemgetter(0, 1)):
            one = findings[number]
            if reading.polarity is not Polarity.POSITIVE:
                before = told.setdefault(market, [])
                if any(_of_a_kind(said, reading) and _share_words(one, it) for it, said in before):
                    continue
                before.append((one, reading))
            left.setdefault(number, set()).add(market)
        kept: list[Finding] = []
        for number, one in enumerate(findings):
            names = left.get(number, set())
            pairs = tuple([two for two in one.by_market if two[0] in names])
            if len(pairs) == len(one.by_market):
                kept.append(one)
            elif pairs:
                kept.append(replace(one, by_market=self._same(one.by_market, pairs)))
        return kept

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


def _order(one: Finding, reading: Reading) -> tuple[int, bool, int, int, str]:
    """Sort the gravest first, then the longest; who speaks comes after what is said."""
    persona = reading.category == "persona"
    return (-reading.severity.rank, persona, one.start - one.end, one.start, one.rule)


def _share_words(one: Finding, other: Finding) -> bool:
    return (
        one.rule != other.rule
        and one.segment == other.segment
        and one.start < other.end
        and other.start < one.end
    )


def _of_a_kind(said: Reading, reading: Reading) -> bool:
    """Whether one reading tells what the other does; who speaks is told by any about the words."""
    return (
        said.category == reading.category
        or (said.category in OFFENCE and reading.category in OFFENCE)
        or reading.category == "persona"
    )


def _says_the_same(
    outer: tuple[str, Reading], inner: tuple[str, Reading], same_place: bool
) -> bool:
    rule, other = outer
    inner_rule, reading = inner
    if not _of_a_kind(other, reading):
        return False
    if (Polarity.POSITIVE in (other.polarity, reading.polarity)) or reading.severity.rank > (
        other.severity.rank
    ):
        return False
    if not same_place or "persona" == reading.category != other.category:
        return True
    # The same words twice: the graver reading stays, else the one whose id comes first.
    return (-other.severity.rank, rule) < (-reading.severity.rank, inner_rule)
