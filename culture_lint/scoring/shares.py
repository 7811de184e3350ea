"""Score an item in all markets at once: markets with the same findings share one score.

Most markets read an item alike. They are put into groups by the findings that count in them, each
group is scored once, and how findings spread over markets is worked out once for all items in which
the same rules meet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from culture_lint.frozen import frozen
from culture_lint.judging.findings import Finding
from culture_lint.knowledge.model import Reading
from culture_lint.knowledge.scales import Severity
from culture_lint.scoring.cai import CLEAN, Charge, rounded, score, shown, shown_gain
from culture_lint.scoring.words import words_in
from culture_lint.sources.items import Item, Role

#: Words of a description that count as its prominent beginning (see docs/cai.md).
EARLY_WORDS = 100
#: Combinations of rules that are remembered.
KEPT = 4096
#: Scores that are remembered; each holds a number for every market.
KEPT_SCORES = 512

_Value = TypeVar("_Value")
_ByMarket = tuple[tuple[str, Reading], ...]


@frozen
class Spread:
    """How one finding spreads over the judged markets: where it counts, and how gravely.

    ``suppressible`` tells whether it may be silenced in all of them; ``places`` gives for each of ``markets`` its group and the finding's position in that group.
    """

    markets: tuple[str, ...]
    severity: Severity
    milder: Mapping[str, Severity]
    suppressible: bool
    places: tuple[tuple[int, int], ...]


@frozen
class Shares:
    """The groups of markets in which the same findings count.

    ``members`` holds, parallel to ``groups``, the numbers of the findings with the reading of that
    group; ``group_of`` is parallel to the judged markets; ``spreads`` to the findings, None for one
    that counts nowhere.
    """

    groups: tuple[tuple[str, ...], ...]
    members: tuple[tuple[tuple[int, Reading], ...], ...]
    group_of: tuple[int, ...]
    spreads: tuple[Spread | None, ...]


class Sharing:
    """Work out `Shares`, once for every combination of rules and judged markets."""

    def __init__(self) -> None:
        # The key holds ids; the value keeps the tuples alive that they are the ids of.
        self._known: dict[tuple[object, ...], tuple[Shares, tuple[_ByMarket, ...]]] = {}
        self._scored: dict[tuple[object, ...], tuple[Scored, Shares]] = {}

    def shares(self, judged: tuple[str, ...], findings: Sequence[Finding]) -> Shares:
        """Return the groups of the judged markets for some findings."""
        spread = tuple([one.by_market for one in findings])
        key = (judged, *map(id, spread))
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= KEPT:
                self._known.clear()
            found = self._known[key] = (_shares(judged, spread), spread)
        return found[0]

    def score(
        self, item: Item, findings: Sequence[Finding], clashes: int, shares: Shares, words: float
    ) -> Scored:
        """Return the scores of an item in all judged markets.

        Items in which the same findings stand in the same kinds of places have the same scores,
        and share one `Scored`: nobody may change it.

        Args:
            item: The item.
            findings: Its clashes, then its welcome signs.
            clashes: How many of them are clashes.
            shares: The groups of the judged markets for these findings.
            words: Length of the item's body text, words.
        """
        early = tuple([_is_early(item, one) for one in findings])
        order = [(one.segment, one.start, one.end) for one in findings]
        key = (
            id(shares),
            clashes,
            words,
            early,
            tuple([item.segments[one.segment].role for one in findings]),
            tuple([one.via[-1] if one.via else one.sign for one in findings]),
            tuple(sorted(range(len(order)), key=order.__getitem__)),
        )
        found = self._scored.get(key)
        if found is None:
            if len(self._scored) >= KEPT_SCORES:
                self._scored.clear()
            scored = _score_all(item, findings, clashes, shares, words, early)
            found = self._scored[key] = (scored, shares)
        return found[0]


def _shares(judged: tuple[str, ...], spread: Sequence[_ByMarket]) -> Shares:
    by_market: dict[str, list[tuple[int, Reading]]] = {market: [] for market in judged}
    for number, pairs in enumerate(spread):
        for market, reading in pairs:
            counted = by_market.get(market)
            if counted is not None and not (counted and counted[-1][0] == number):
                counted.append((number, reading))
    groups: dict[tuple[tuple[int, int], ...], list[str]] = {}
    members: list[tuple[tuple[int, Reading], ...]] = []
    for market, counted in by_market.items():
        same = tuple((number, id(reading)) for number, reading in counted)
        if same not in groups:
            members.append(tuple(counted))
        groups.setdefault(same, []).append(market)
    number_of = {market: n for n, markets in enumerate(groups.values()) for market in markets}
    spreads = tuple(
        _spread(number, pairs, number_of, members) for number, pairs in enumerate(spread)
    )
    return Shares(
        tuple(map(tuple, groups.values())),
        tuple(members),
        tuple(number_of[market] for market in judged),
        spreads,
    )


def _spread(
    finding: int,
    pairs: _ByMarket,
    number_of: Mapping[str, int],
    members: Sequence[Sequence[tuple[int, Reading]]],
) -> Spread | None:
    here: dict[str, Reading] = {}
    for market, reading in pairs:
        if market in number_of:
            here.setdefault(market, reading)
    if not here:
        return None
    worst = max((one.severity for one in here.values()), key=lambda one: one.rank)
    places = []
    for market in here:
        group = number_of[market]
        position = next(at for at, (number, _) in enumerate(members[group]) if number == finding)
        places.append((group, position))
    milder = {name: one.severity for name, one in here.items() if one.severity is not worst}
    suppressible = all(one.suppressible for one in here.values())
    return Spread(tuple(here), worst, milder, suppressible, tuple(places))


@frozen
class Scored:
    """The scores of one item: by market, and what each finding costs in each market.

    ``points`` and ``gains`` are parallel to the findings; empty for one that counts nowhere.
    """

    scores: Mapping[str, float]
    dimensions: Mapping[str, Mapping[str, float]]
    resonance: Mapping[str, float]
    points: tuple[Mapping[str, float], ...]
    gains: tuple[Mapping[str, float], ...]


def _score_all(
    item: Item,
    findings: Sequence[Finding],
    clashes: int,
    shares: Shares,
    words: float,
    early: Sequence[bool],
) -> Scored:
    scores: dict[str, float] = {}
    dimensions: list[dict[str, float]] = []
    resonance: list[float] = []
    lost: list[Sequence[float]] = []
    gained: list[Sequence[float]] = []
    for markets, members in zip(shares.groups, shares.members, strict=True):
        charges = [
            _charge(item, findings[number], number, reading, early[number])
            for number, reading in members
        ]
        count = sum(number < clashes for number, _ in members)
        result = score(charges[:count], words, charges[count:])
        scores.update(dict.fromkeys(markets, shown(result.cai)))
        dimensions.append({name: shown(value) for name, value in result.dimensions})
        resonance.append(round(result.resonance, 1))
        if result is CLEAN or not count:
            lost.append(())
            gained.append(())
            continue
        order = [one.order for one in charges[:count]]
        lost.append(rounded(result.points, 100.0 - result.cai, order=order))
        gained.append([shown_gain(result.cai, gain) for gain in result.fix_gain])
    return Scored(
        {market: scores[market] for market in _in_order(shares)},
        _filled(shares, dimensions),
        _filled(shares, resonance),
        tuple([_by_market(one, lost) for one in shares.spreads[:clashes]]),
        tuple([_by_market(one, gained) for one in shares.spreads[:clashes]]),
    )


def _filled(shares: Shares, values: Sequence[_Value]) -> dict[str, _Value]:
    """Return the values by market in the order asked for, without those that are nothing."""
    if not any(values):
        return {}
    named = zip(_in_order(shares), shares.group_of, strict=True)
    return {market: values[group] for market, group in named if values[group]}


def _in_order(shares: Shares) -> list[str]:
    """Return the judged markets in the order in which they were asked for."""
    rest = [iter(markets) for markets in shares.groups]
    return [next(rest[group]) for group in shares.group_of]


def _by_market(spread: Spread | None, values: Sequence[Sequence[float]]) -> dict[str, float]:
    if spread is None:
        return {}
    return {
        market: values[group][at]
        for market, (group, at) in zip(spread.markets, spread.places, strict=True)
    }


def _is_early(item: Item, finding: Finding) -> bool:
    segment = item.segments[finding.segment]
    return segment.role is Role.DESCRIPTION and (
        finding.start < 4 * EARLY_WORDS or words_in(segment.text[: finding.start]) < EARLY_WORDS
    )


def _charge(item: Item, finding: Finding, number: int, reading: Reading, early: bool) -> Charge:
    return Charge(
        # Wagyu, brisket and beef are one clash: repeats are counted by where the path leads.
        group=f"{reading.id}\0{finding.via[-1] if finding.via else finding.sign}",
        severity=reading.severity.value,
        dimension=reading.dimension,
        evidence=reading.evidence.kind,
        verified=reading.evidence.verified,
        confidence=reading.confidence,
        role=item.segments[finding.segment].role.value,
        order=(finding.segment, finding.start, finding.end, number),
        early=early,
    )
