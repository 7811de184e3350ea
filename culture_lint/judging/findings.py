"""What a judge yields: one clash (or one welcome sign) and the readings that make it so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from culture_lint.frozen import frozen
from culture_lint.judging.plan import Plan
from culture_lint.knowledge.model import Reading
from culture_lint.matching.mentions import Found
from culture_lint.matching.tongue import Tongue
from culture_lint.matching.usage import UsageReader
from culture_lint.sources.items import Item


@frozen
class Finding:
    """One reading that applies to one place, in one or more markets.

    ``by_market`` pairs each market with its effective reading (an override may change the
    severity in one of them); ``sign`` is the id of the sign or persona found.
    """

    rule: str
    segment: int
    start: int
    end: int
    sign: str
    via: tuple[str, ...]
    by_market: tuple[tuple[str, Reading], ...]

    @property
    def reading(self) -> Reading:
        """The reading of the first market: what all of them share."""
        return self.by_market[0][1]


class Case(NamedTuple):
    """Everything a judge may look at for one item."""

    item: Item
    found: Found
    tongue: Tongue
    usage: UsageReader
    plan: Plan


def spread(markets: Iterable[str], reading: Reading) -> tuple[tuple[str, Reading], ...]:
    """Return the ``by_market`` of a finding that has one reading: the same object for the same."""
    names = tuple(markets)
    key = (names, id(reading))
    found = _spreads.get(key)
    if found is None:
        if len(_spreads) >= KEPT:
            _spreads.clear()
        # What is kept holds the reading, so that its id stays its own.
        found = _spreads[key] = tuple([(name, reading) for name in names])
    return found


_spreads: dict[tuple[tuple[str, ...], int], tuple[tuple[str, Reading], ...]] = {}
#: Spreads that are remembered.
KEPT = 4096

Judge = Callable[[Case], Iterator[Finding]]
