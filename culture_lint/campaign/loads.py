"""The score of a campaign in one market, and what it would be if some rules found nothing more.

Scores come in as they are displayed, to a tenth of a point; what is worked out of them is as
exact. The formulas are those of `culture_lint.scoring.cai`.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping

from culture_lint.campaign.collect import Profile, Tenths
from culture_lint.campaign.model import Campaign
from culture_lint.frozen import frozen
from culture_lint.scoring.cai import campaign as joined
from culture_lint.scoring.cai import shown
from culture_lint.scoring.constants import CAI

_WHOLE: Tenths = 1000


@frozen
class Part:
    """A load that takes part in a larger one; blockers are counted elsewhere."""

    load: float
    blockers: int = 0
    blockers_unconfirmed: int = 0


@frozen
class Standing:
    """How a market stands: CAI of the campaign and of its worst item, and items below a bar.

    All are displayed values; None where nothing was judged.
    """

    cai: float | None
    minimum: float | None
    below: int
    channels: tuple[tuple[str, float], ...] = ()


def load_of(cai: Tenths) -> float:
    """Return the load P that a displayed score stands for, load units, >= 0."""
    return 0.0 if cai >= _WHOLE else -CAI.scale * math.log(max(cai, 1) / _WHOLE)


def cai_of(load: float) -> float:
    """Return the score of a load as it is displayed."""
    return shown(100.0 * math.exp(-load / CAI.scale))


def left(profile: Profile, fixed: Collection[str]) -> float:
    """Return the load that an item keeps when some rules find nothing more in it.

    Points are shares of one additive load, so that without some of them the same share is gone.
    """
    load = load_of(profile.cai)
    total = sum(points for _, points in profile.lost)
    gone = sum(points for rule, points in profile.lost if rule in fixed)
    if not gone or not total:
        return load
    return load * (total - gone) / total if gone < total else 0.0


def standing(
    profiles: Mapping[Profile, int],
    campaign: Campaign,
    min_cai: float,
    fixed: Collection[str] = frozenset(),
) -> Standing:
    """Return how a market stands, or would stand with all findings of some rules fixed.

    Items of one channel are joined by weight, then the channels by theirs: 70 % of the load is the
    weighted mean and 30 % the worst part, so that one bad asset stays visible.
    """
    by_channel: dict[str, dict[float, float]] = {}
    below, heaviest = 0, -1.0
    for profile, count in profiles.items():
        load = left(profile, fixed) if fixed else load_of(profile.cai)
        # Equal loads are one part with their weights together: the same mean, the same worst.
        weights = by_channel.setdefault(profile.channel, {})
        weights[load] = weights.get(load, 0.0) + profile.exposure * count
        heaviest = max(heaviest, load)
        if cai_of(load) < min_cai:
            below += count
    if not by_channel:
        return Standing(None, None, 0)
    channels = {name: _join(found.items()) for name, found in sorted(by_channel.items())}
    whole = _join((load, campaign.channel(name).exposure) for name, load in channels.items())
    named = tuple((name, cai_of(load)) for name, load in channels.items() if name)
    return Standing(cai_of(whole), cai_of(heaviest), below, named)


def without_item(
    profiles: Mapping[Profile, int], campaign: Campaign, profile: Profile
) -> float | None:
    """Return the CAI of the campaign if one item had no finding left."""
    clean = Profile(profile.channel, profile.exposure, _WHOLE, ())
    changed = dict(profiles)
    changed[profile] = changed.get(profile, 0) - 1
    changed[clean] = changed.get(clean, 0) + 1
    kept = {one: count for one, count in changed.items() if count > 0}
    return standing(kept, campaign, 0.0).cai


def _join(parts: Iterable[tuple[float, float]]) -> float:
    """Return the load of weighted loads; sorted, so that no order of items changes a bit."""
    ordered = sorted(parts)
    whole = joined([Part(load) for load, _ in ordered], [weight for _, weight in ordered])
    assert whole is not None  # there is at least one part
    return whole.load
