"""Silence findings where somebody has said so, and say which suppressions do nothing.

`Suppressions` looks at one item at a time and keeps nothing, so that items may be judged in any
order and in several processes; what it saw goes out with the item's report. A `Ledger` adds that
up and knows at the end what was never needed.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from culture_lint.config.globs import matches
from culture_lint.frozen import frozen
from culture_lint.knowledge.scales import Polarity
from culture_lint.results import DirectiveUse, ItemReport
from culture_lint.settings import Ignore, Settings
from culture_lint.sources.directives import Suppression, parse
from culture_lint.sources.items import Directive, Item, Notice
from culture_lint.sources.notices import MOST_OF_A_KIND

if TYPE_CHECKING:  # a run of which all results are kept needs the ledger, and no judges
    from culture_lint.judging.findings import Finding
    from culture_lint.judging.plan import Plan
    from culture_lint.knowledge.model import Reading
    from culture_lint.knowledge.runtime import Knowledge

#: Kinds of notices on suppressions; those that `FAILING` names fail the gate.
MALFORMED = "suppression/malformed"
UNKNOWN = "suppression/unknown-rule"
UNREASONED = "suppression/no-reason"
EXPIRED = "suppression/expired"
UNUSED = "suppression/unused"
REFUSED = "suppression/not-suppressible"
FAILING = frozenset({MALFORMED, UNKNOWN, UNREASONED})


@frozen
class Silenced:
    """A finding, or its part in some markets, that a suppression silences, and why."""

    finding: Finding
    use: DirectiveUse
    reason: str


@frozen
class _Order:
    """A directive of one item, understood."""

    use: DirectiveUse
    #: None where it silences nothing: not understood, expired, refused.
    says: Suppression | None
    segments: frozenset[int] | None
    lines: tuple[int, int] | None

    def reaches(self, item: Item, finding: Finding) -> bool:
        """Tell whether a finding stands where this is about."""
        if self.segments is not None and finding.segment not in self.segments:
            return False
        if self.lines is None:
            return True
        place = item.segments[finding.segment].places.place(finding.start, finding.end)
        return place.line <= self.lines[1] and self.lines[0] <= place.end_line

    def silences(self, reading: Reading, market: str) -> str | None:
        """Return the selector that silences a reading in a market, None if none does."""
        if self.says is None or not (_holds(self.says, market) and reading.suppressible):
            return None
        return next((one for one in self.says.rules if names(one, reading)), None)


class Suppressions:
    """What is silenced in a run.

    Args:
        plan: The rules and markets of the run.
        settings: Its settings: entries of ``ignores``, whether a reason must be given.
        selected: Tells whether a reading takes part in the run.
        today: The day on which to judge ``until``.

    """

    def __init__(
        self, plan: Plan, settings: Settings, selected: Callable[[Reading], bool], today: date
    ) -> None:
        self._plan = plan
        self._selected = selected
        self._today = today
        self._require_reason = settings.require_reason
        self._ignores = () if settings.ignore_suppressions else settings.ignores
        self._off = settings.ignore_suppressions
        self._markets_of: dict[str, frozenset[str]] = {}
        self._pairs: list[tuple[Reading, frozenset[str]]] = []
        self._known: _Known | None = None
        self._uses: dict[tuple[object, ...], tuple[DirectiveUse, Suppression | None]] = {}

    def about(self, item: Item) -> bool:
        """Tell whether anything could be silenced in an item."""
        return bool(item.directives or self._ignores) and not self._off

    def split(
        self, item: Item, findings: Sequence[Finding], judged: Sequence[str]
    ) -> tuple[list[Finding], list[Silenced], tuple[DirectiveUse, ...]]:
        """Part findings into those that count and those that are silenced.

        The third value says what became of each directive. ``judged`` are the markets for which
        the item is examined. Welcome signs are never silenced.
        """
        orders = [*self._written(item), *self._configured(item)]
        if not orders:
            return list(findings), [], ()
        examined = set(judged)
        kept: list[Finding] = []
        silenced: list[Silenced] = []
        used: list[set[str]] = [set() for _ in orders]
        refused: list[dict[str, str]] = [{} for _ in orders]
        for finding in findings:
            reaching = [
                (number, one)
                for number, one in enumerate(orders)
                if finding.reading.polarity is not Polarity.POSITIVE and one.reaches(item, finding)
            ]
            parts: dict[int, list[tuple[str, Reading]]] = {}
            left: list[tuple[str, Reading]] = []
            for market, reading in finding.by_market:
                seen = reaching if market in examined else []
                number, rule = _first(seen, market, reading)
                if rule is None:
                    left.append((market, reading))
                    for at, one in seen:
                        _refuse(one, market, reading, refused[at])
                else:
                    used[number].add(rule)
                    parts.setdefault(number, []).append((market, reading))
            if left:
                kept.append(replace(finding, by_market=tuple(left)) if parts else finding)
            for number, pairs in parts.items():
                says = orders[number].says
                silenced.append(
                    Silenced(
                        replace(finding, by_market=tuple(pairs)),
                        orders[number].use,
                        says.reason if says else "",
                    )
                )
        uses = tuple(
            self._use(one, done, no, judged)
            for one, done, no in zip(orders, used, refused, strict=True)
        )
        return kept, silenced, uses

    def _use(
        self, one: _Order, used: set[str], refused: dict[str, str], judged: Sequence[str]
    ) -> DirectiveUse:
        """Return what became of a directive in one item."""
        problems = one.use.problems + tuple((REFUSED, text) for text in refused.values())
        if one.says is None:
            return replace(one.use, problems=problems)
        says = one.says
        idle = tuple(
            rule
            for rule in says.rules
            if rule not in used
            and rule not in refused
            and any(m in self._examined(rule) and _holds(says, m) for m in judged)
        )
        return replace(one.use, used=tuple(sorted(used)), idle=idle, problems=problems)

    def _written(self, item: Item) -> Iterator[_Order]:
        """Yield what the item's own directives order."""
        for one in item.directives:
            path = one.path or item.path
            key = (path, one.place, one.text, one.problem)
            found = self._uses.get(key)
            if found is None:
                if len(self._uses) > 10_000:
                    self._uses.clear()
                found = self._uses[key] = self._understood(path, one)
            segments = None if one.segments is None else frozenset(one.segments)
            yield _Order(*found, segments, one.lines)

    def _understood(self, path: str, one: Directive) -> tuple[DirectiveUse, Suppression | None]:
        use = DirectiveUse(path, one.place.line, one.place.column, one.text)
        try:
            if one.problem:
                raise ValueError(one.problem)
            says = parse(one.text)
        except ValueError as error:
            return replace(use, problems=((MALFORMED, str(error)),)), None
        return self._checked(use, says)

    def _configured(self, item: Item) -> Iterator[_Order]:
        """Yield what configuration files order for an item."""
        for one in self._ignores:
            if not _concerns(one, item):
                continue
            segments = None
            if one.field:
                matches = _glob(one.field)
                segments = frozenset(
                    at for at, segment in enumerate(item.segments) if matches(segment.field)
                )
            # In another run the item or the file that needs it may be among the input.
            sure = bool(one.path) and not re.search(r"[*?\[]", one.path + one.item)
            text = f"ignores: {', '.join(one.rules)}"
            use = DirectiveUse(one.origin or item.path, one.line, one.column, text, sure=sure)
            says = Suppression("ignore", one.rules, one.markets, one.until, one.reason)
            yield _Order(*self._checked(use, says), segments, None)

    def _checked(
        self, use: DirectiveUse, says: Suppression
    ) -> tuple[DirectiveUse, Suppression | None]:
        """Return a directive with what is wrong with it; one with a mistake silences nothing."""
        unknown = [text for text in map(self._unknown_rule, says.rules) if text]
        unknown += [text for text in map(self._unknown_market, says.markets) if text]
        if unknown:
            return replace(use, problems=tuple((UNKNOWN, text) for text in unknown)), None
        if self._require_reason and not says.reason:
            text = "gives no reason, which is required here; write it behind “--”"
            return replace(use, problems=((UNREASONED, text),)), None
        if says.until is not None and says.until < self._today:
            text = f"expired on {says.until}; what it silenced counts again"
            return replace(use, problems=((EXPIRED, text),)), None
        return use, says

    def _unknown_rule(self, rule: str) -> str:
        if self._examined(rule):
            return ""
        if self._known is None:
            self._known = _Known(self._plan.knowledge)
        return self._known.problem(rule)

    def _unknown_market(self, name: str) -> str:
        known = {one.lower(): one for one in self._plan.knowledge.markets}
        if name.lower() in known or any(one.startswith(f"{name.lower()}/") for one in known):
            return ""
        near = difflib.get_close_matches(name.lower(), known, 1, 0.6)
        hint = f"; did you mean {known[near[0]]}?" if near else ""
        return f"no ruleset covers the market “{name}”{hint}"

    def _examined(self, rule: str) -> frozenset[str]:
        """Return the markets of the run in which a selector names anything that is looked for."""
        found = self._markets_of.get(rule)
        if found is None:
            if not self._pairs:
                self._pairs = self._all_pairs()
            found = frozenset(
                market
                for reading, markets in self._pairs
                if names(rule, reading)
                for market in markets
            )
            self._markets_of[rule] = found
        return found

    def _all_pairs(self) -> list[tuple[Reading, frozenset[str]]]:
        """Return every reading that takes part in the run, with its markets."""
        plan = self._plan
        rules = [one for found in plan.by_sign.values() for one in found]
        rules += [one for found in plan.by_persona.values() for one in found]
        by_id: dict[int, tuple[Reading, set[str]]] = {}
        for one in (*rules, *plan.limits):
            for market, reading in one.by_market:
                by_id.setdefault(id(reading), (reading, set()))[1].add(market)
        everywhere = {market.id for market in plan.markets}
        from culture_lint.judging.registry import own_readings

        for reading in own_readings(plan.knowledge).values():
            by_id[id(reading)] = (reading, everywhere)
        return [
            (reading, frozenset(markets))
            for reading, markets in by_id.values()
            if self._selected(reading)
        ]


def names(selector: str, reading: Reading) -> bool:
    """Tell whether a selector of a suppression names a reading: its id, owner or category."""
    return selector in (reading.id, reading.owner, f"category:{reading.category}")


class _Known:
    """Everything that a suppression may name."""

    def __init__(self, knowledge: Knowledge) -> None:
        from culture_lint.judging.registry import own_readings

        readings = [*knowledge.all_readings(), *own_readings(knowledge).values()]
        self.names = {one.id for one in readings} | {one.owner for one in readings}
        self.names |= {f"category:{one.category}" for one in readings}
        self._markets = knowledge.markets

    def problem(self, rule: str) -> str:
        """Return what is wrong with a selector, with the nearest that exist; "" if nothing."""
        if rule in self.names:
            return ""
        if rule.upper() == "ALL":
            return "there is no suppression of all rules; name those it is about"
        if rule in self._markets:
            return f"{rule} has no rules of its own; name the rules, with market={rule}"
        spelled = {one.lower(): one for one in self.names}
        near = difflib.get_close_matches(rule.lower(), spelled, 2, 0.6)
        hint = f"; did you mean {' or '.join(spelled[one] for one in near)}?" if near else ""
        return f"“{rule}” is no rule, owner or category{hint}"


def _holds(says: Suppression, market: str) -> bool:
    """Tell whether a suppression is about a market; a country's stands for its communities."""
    return not says.markets or any(
        market.lower() == one.lower() or market.lower().startswith(f"{one.lower()}/")
        for one in says.markets
    )


def _first(
    orders: Iterable[tuple[int, _Order]], market: str, reading: Reading
) -> tuple[int, str | None]:
    """Return the first order that silences a reading in a market, and its selector."""
    for number, one in orders:
        rule = one.silences(reading, market)
        if rule is not None:
            return number, rule
    return -1, None


def _refuse(one: _Order, market: str, reading: Reading, refused: dict[str, str]) -> None:
    """Note, by selector, that an order names a reading which may not be silenced."""
    if one.says is None or reading.suppressible or not _holds(one.says, market):
        return
    for rule in one.says.rules:
        if names(rule, reading):
            refused[rule] = f"{reading.id} cannot be silenced (law, or a ban); it counts"


def _concerns(one: Ignore, item: Item) -> bool:
    """Tell whether an entry of ``ignores`` is about an item."""
    if one.item and not _glob(one.item)(item.item):
        return False
    if not one.path:
        return True
    return matches((one.path,), Path(one.folder).absolute(), item.path)


@lru_cache(maxsize=512)
def _glob(pattern: str) -> Callable[[str], re.Match[str] | None]:
    """Return a test in which ``*`` and ``?`` stand for anything."""
    parts = (re.escape(part) for part in re.split(r"([*?])", pattern))
    return re.compile(
        "".join({r"\*": ".*", r"\?": "."}.get(part, part) for part in parts), re.DOTALL
    ).fullmatch


@dataclass(slots=True)
class _Entry:
    use: DirectiveUse
    used: set[str]
    idle: set[str]
    problems: dict[tuple[str, str], None]


class Ledger:
    """Adds up what became of the suppressions of a run, in order of their first sight."""

    def __init__(self) -> None:
        self._entries: dict[tuple[object, ...], _Entry] = {}

    def add(self, report: ItemReport) -> None:
        """Take one item into account."""
        for use in report.directives:
            key = (use.path, use.line, use.column, use.text)
            entry = self._entries.get(key)
            if entry is None:
                entry = self._entries[key] = _Entry(use, set(), set(), {})
            entry.used.update(use.used)
            entry.idle.update(use.idle)
            entry.problems.update(dict.fromkeys(use.problems))

    def close(self, path: str | None = None) -> Iterator[Notice]:
        """Yield what should be known of the suppressions in a file, which is read to its end.

        Without a path: of all that are left, as at the end of the run. Of one kind in one file
        the first are told and the rest counted.
        """
        counts: Counter[tuple[str, str]] = Counter()
        for key, entry in list(self._entries.items()):
            if path is not None and entry.use.path != path:
                continue
            del self._entries[key]
            for notice in _told(entry):
                counts[notice.path, notice.kind] += 1
                if counts[notice.path, notice.kind] <= MOST_OF_A_KIND:
                    yield notice
        for (name, kind), count in counts.items():
            if count > MOST_OF_A_KIND:
                text = f"{count - MOST_OF_A_KIND:,} more suppressions are like that"
                yield Notice(name, f"{text} ({kind.partition('/')[2]})", kind=kind)


def _told(entry: _Entry) -> Iterator[Notice]:
    use = entry.use
    shown = use.text if len(use.text) <= 60 else use.text[:59] + "…"
    for kind, text in entry.problems:
        yield Notice(use.path, f"suppression “{shown}”: {text}", use.line, use.column, kind)
    idle = sorted(entry.idle - entry.used)
    if idle and use.sure:
        what = f"{', '.join(idle)} {'is' if len(idle) == 1 else 'are'} not found here"
        yield Notice(
            use.path, f"suppression “{shown}”: {what}; remove it", use.line, use.column, UNUSED
        )
