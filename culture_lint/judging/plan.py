"""Prepare the judging of a set of markets once: which readings each sign comes under."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from culture_lint.frozen import frozen
from culture_lint.knowledge.model import Reading
from culture_lint.knowledge.runtime import Knowledge, Market
from culture_lint.knowledge.scales import Polarity

#: Facts of a run that are remembered.
KEPT = 8192


@frozen
class Rule:
    """One reading as it applies to one sign, with the markets in which it does.

    ``via`` is the path through the semantic network from the sign to the reading's own, empty
    where they are the same. The conditions of all ``by_market`` readings are equal.
    """

    id: str
    via: tuple[str, ...]
    by_market: tuple[tuple[str, Reading], ...]

    @property
    def reading(self) -> Reading:
        """The reading that carries the conditions."""
        return self.by_market[0][1]


@frozen
class Plan:
    """The rules of a run by sign and by persona number, and the markets asked for.

    ``festivals`` are the signs that name one, where there is a ``window`` of days to hold them
    against; ``rulesets`` are packs whose calendars hold too.
    """

    knowledge: Knowledge
    markets: tuple[Market, ...]
    by_sign: Mapping[int, tuple[Rule, ...]]
    by_persona: Mapping[int, tuple[Rule, ...]]
    limits: tuple[Rule, ...] = ()
    window: tuple[date, date] | None = None
    festivals: frozenset[int] = frozenset()
    rulesets: tuple[Path, ...] = ()
    _known: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, key: object, work_out: Callable[[], Any]) -> Any:
        """Return what holds for all items of a run, worked out when it is first asked for."""
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= KEPT:
                self._known.clear()
            found = self._known[key] = work_out()
        return found

    def needs(self) -> dict[int, frozenset[int]]:
        """Return the signs that count only in company, each with those that can be it."""
        found = {
            sign: self._company(rules)
            for sign, rules in self.by_sign.items()
            if sign not in self.festivals
        }
        return {sign: company for sign, company in found.items() if company}

    def _company(self, rules: Iterable[Rule]) -> frozenset[int]:
        """Return the signs one of which some rules all ask for, none where one asks for none."""
        needed: set[int] = set()
        for rule in rules:
            company = rule.reading.with_
            if company is None:
                return frozenset()
            names = company.all[:1] or company.any
            needed.update(chain.from_iterable(map(self.knowledge.family, names)))
        return frozenset(needed)


def make_plan(
    knowledge: Knowledge,
    markets: Iterable[str],
    *,
    platforms: Iterable[str] = (),
    preview: bool = False,
    personas: Iterable[str] = (),
    window: tuple[date, date] | None = None,
    rulesets: tuple[Path, ...] = (),
) -> Plan:
    """Select what the given markets need; readings that can never count are left out.

    The readings of platforms hold in each of the markets. ``personas`` are looked for even where
    no reading is about them; ``window`` are the days of a launch.
    """
    chosen = tuple(knowledge.markets[name] for name in markets)
    homes: dict[int, list[str]] = {}
    for market in chosen:
        for number in market.readings:
            homes.setdefault(number, []).append(market.id)
    for name in platforms:
        for number in knowledge.platforms[name].readings:
            sites = knowledge.reading(number).markets
            here = [one.id for one in chosen if not sites or one.id[:2] in sites]
            if here:
                homes.setdefault(number, []).extend(here)
    active = {number for number in homes if _counts(knowledge.reading(number), preview)}
    by_sign: dict[int, tuple[Rule, ...]] = {}
    for sign in range(len(knowledge.signifier_numbers)):
        reached = [(n, via) for n, via in knowledge.reach(sign) if n in active]
        if reached:
            by_sign[sign] = _rules(knowledge, reached, homes)
    festivals = _festivals(knowledge, rulesets) if window else frozenset()
    for sign in sorted(festivals):
        by_sign.setdefault(sign, ())
    by_persona: dict[int, list[tuple[int, tuple[str, ...]]]] = {
        knowledge.persona_numbers[one]: [] for one in personas if one in knowledge.persona_numbers
    }
    for number in sorted(active):
        for persona in knowledge.reading(number).personas:
            found = by_persona.setdefault(knowledge.persona_numbers[persona], [])
            found.append((number, ()))
    return Plan(
        knowledge,
        chosen,
        by_sign,
        {number: _rules(knowledge, found, homes) for number, found in by_persona.items()},
        _rules(knowledge, [(n, ()) for n in active if knowledge.reading(n).limit], homes),
        window,
        festivals,
        rulesets,
    )


def _festivals(knowledge: Knowledge, rulesets: tuple[Path, ...]) -> frozenset[int]:
    """Return the signs that name a festival of the calendar."""
    from culture_lint.dates.festivals import signifiers

    numbers = knowledge.signifier_numbers
    return frozenset(numbers[name] for name in signifiers(rulesets) if name in numbers)


def _counts(reading: Reading, preview: bool) -> bool:
    if reading.evidence.kind == "debunked" or (reading.preview and not preview):
        return False
    return reading.polarity is not Polarity.NEUTRAL


def _rules(
    knowledge: Knowledge,
    reached: Iterable[tuple[int, tuple[str, ...]]],
    homes: Mapping[int, list[str]],
) -> tuple[Rule, ...]:
    """Join the variants of one reading (overrides) into one rule, in order of id."""
    joined: dict[tuple[str, tuple[str, ...]], list[tuple[str, Reading]]] = {}
    for number, via in reached:
        reading = knowledge.reading(number)
        pairs = joined.setdefault((reading.id, via), [])
        pairs.extend((market, reading) for market in homes[number])
    return tuple(
        Rule(rule, via, tuple(sorted(pairs, key=lambda pair: pair[0])))
        for (rule, via), pairs in sorted(joined.items())
    )
