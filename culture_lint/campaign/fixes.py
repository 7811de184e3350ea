"""What to fix first: the rules and the items that would gain a campaign the most, worked out anew for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from culture_lint.campaign.collect import ItemRef, Profile, RuleSeen, Seen
from culture_lint.campaign.loads import Standing, standing, without_item
from culture_lint.campaign.model import Bar, Campaign
from culture_lint.frozen import frozen
from culture_lint.knowledge.scales import Severity
from culture_lint.results import FindingReport

#: Rules and items that are listed besides those that must be fixed.
LISTED = 8
#: Rules that are tried out for the next step: those that gain the most by themselves.
_TRIED = 24


@frozen
class Fix:
    """One rule to fix, in the order in which it pays.

    Attributes:
        rule: Its id.
        severity: The gravest that it has in this market.
        findings: How many findings it has, in ``items`` items.
        gain: Points that the campaign's CAI would gain if this rule alone were fixed.
        cai: The campaign's CAI with this and all fixes before it.
        needed: Whether the market is no go without it.
        item: The item with its dearest finding, ``example``.
    """

    rule: str
    severity: Severity
    findings: int
    items: int
    gain: float
    cai: float
    needed: bool
    item: ItemRef
    example: FindingReport


@frozen
class ItemFix:
    """One item to mend.

    ``cai`` is what it has, ``gain`` what the campaign would gain if it had no finding left,
    ``rules`` what it loses points to, (rule, points), the dearest first.
    """

    ref: ItemRef
    cai: float
    gain: float
    rules: tuple[tuple[str, float], ...]


@frozen
class Plan:
    """The fixes of a market; ``after`` is how it would stand with those that are needed.

    ``enough`` tells that these clear every bar on scores and severities.
    """

    fixes: tuple[Fix, ...]
    items: tuple[ItemFix, ...]
    after: Standing | None
    enough: bool


def stops(rule: RuleSeen, bar: Bar) -> bool:
    """Tell whether a rule's findings alone stop a launch: graver than the bar, or a sure blocker."""
    return bool(rule.stops) or rule.severity.rank > Severity(bar.worst_severity).rank


def plan(seen: Seen, campaign: Campaign, bar: Bar) -> Plan:
    """Return what to fix in a market, in order: what must go, what clears the bars, what pays."""
    work = _Work(seen.profiles, campaign, bar)
    now = work.standing(())
    if now.cai is None:
        return Plan((), (), None, False)
    alone = {rule: _gain(now, work.standing([rule])) for rule in seen.rules}
    order = sorted(seen.rules, key=lambda rule: _urgency(rule, seen.rules[rule], alone[rule]))
    chosen = [rule for rule in order if stops(seen.rules[rule], bar)]
    left = [rule for rule in order if rule not in set(chosen)]
    left.sort(key=lambda rule: (-alone[rule], rule))
    reached = work.standing(chosen)
    while not _clears(reached, bar) and left:
        best = min(left[:_TRIED], key=lambda rule: _order_of(work.standing([*chosen, rule]), rule))
        better = work.standing([*chosen, best])
        chosen.append(best)
        left.remove(best)
        reached = better
    needed = len(chosen)
    chosen += [rule for rule in left if alone[rule] > 0][: max(LISTED - needed, 0)]
    fixes = []
    for number, rule in enumerate(chosen):
        found = seen.rules[rule]
        after = work.standing(chosen[: number + 1])
        fixes.append(
            Fix(
                rule,
                found.severity,
                found.findings,
                found.items,
                alone[rule],
                after.cai or 0.0,
                number < needed,
                found.item,
                found.example,
            )
        )
    return Plan(tuple(fixes), _items(seen, campaign, now), reached, _clears(reached, bar))


class _Work:
    """Remembers how a market would stand, since plans ask for the same again."""

    def __init__(self, profiles: Mapping[Profile, int], campaign: Campaign, bar: Bar) -> None:
        self._profiles = profiles
        self._campaign = campaign
        self._bar = bar
        self._known: dict[frozenset[str], Standing] = {}

    def standing(self, fixed: Sequence[str]) -> Standing:
        key = frozenset(fixed)
        found = self._known.get(key)
        if found is None:
            found = standing(self._profiles, self._campaign, self._bar.min_cai, key)
            self._known[key] = found
        return found


def _gain(now: Standing, after: Standing) -> float:
    return round(max((after.cai or 0.0) - (now.cai or 0.0), 0.0), 1)


def _urgency(rule: str, seen: RuleSeen, gain: float) -> tuple[object, ...]:
    return (not seen.stops, -seen.severity.rank, -gain, -seen.items, rule)


def _clears(reached: Standing, bar: Bar) -> bool:
    return not reached.below and (reached.cai or 0.0) >= bar.min_campaign_cai


def _order_of(after: Standing, rule: str) -> tuple[object, ...]:
    return (after.below, -(after.cai or 0.0), rule)


def _items(seen: Seen, campaign: Campaign, now: Standing) -> tuple[ItemFix, ...]:
    """Return the items whose mending gains the most, of those with the lowest scores."""
    gains: dict[Profile, float] = {}
    for bad in seen.worst:
        if bad.profile not in gains:
            after = without_item(seen.profiles, campaign, bad.profile)
            gains[bad.profile] = round(max((after or 0.0) - (now.cai or 0.0), 0.0), 1)
    ranked = sorted(seen.worst, key=lambda bad: (-gains[bad.profile], bad.profile.cai))
    return tuple(
        ItemFix(
            bad.ref,
            bad.profile.cai / 10,
            gains[bad.profile],
            tuple(
                (rule, points / 10)
                for rule, points in sorted(bad.profile.lost, key=lambda pair: (-pair[1], pair[0]))
            ),
        )
        for bad in ranked[:LISTED]
    )
