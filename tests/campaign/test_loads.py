"""The score of a campaign: the formula of the index, whatever way its items are gathered."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from culture_lint.campaign.collect import Profile
from culture_lint.campaign.loads import Part, cai_of, left, load_of, standing, without_item
from culture_lint.campaign.model import Channel
from culture_lint.scoring.cai import campaign as joined
from culture_lint.scoring.cai import shown
from tests.campaign.helpers import campaign

TENTHS = st.integers(1, 1000)


def profile(cai: int, exposure: float = 1.0, channel: str = "", **lost: int) -> Profile:
    return Profile(channel, exposure, cai, tuple(sorted(lost.items())))


def test_three_items_score_as_the_definition_works_them_out() -> None:
    # Loads 0, 2.3 and 12.39 with exposures .5, .3, .2 give CAI 86.2 (the plain mean says 93.0).
    items = {profile(1000, 0.5): 1, profile(944, 0.3): 1, profile(734, 0.2): 1}
    assert standing(items, campaign(), 0).cai == pytest.approx(86.2, abs=0.1)


@given(TENTHS)
def test_a_single_item_keeps_its_own_score(cai: int) -> None:
    found = standing({profile(cai): 1}, campaign(), 60)
    assert found.cai == found.minimum == cai / 10
    assert found.below == (cai < 600)


@given(st.lists(st.tuples(TENTHS, st.sampled_from([0.5, 1.0, 3.0])), min_size=1, max_size=12))
def test_gathered_items_score_as_single_ones(items: list[tuple[int, float]]) -> None:
    counted = Counter(profile(cai, weight) for cai, weight in items)
    whole = joined([Part(load_of(cai)) for cai, _ in items], [weight for _, weight in items])
    assert whole is not None
    found = standing(counted, campaign(), 0).cai
    assert found is not None
    assert found == pytest.approx(shown(whole.cai), abs=0.11)


@given(st.lists(TENTHS, min_size=1, max_size=30), st.integers(1, 400))
def test_a_bad_item_is_never_averaged_away(others: list[int], worst: int) -> None:
    items = Counter([profile(1000)] * 10_000 + [profile(one) for one in others])
    items[profile(worst)] += 1
    found = standing(items, campaign(), 0)
    assert found.cai is not None
    assert found.minimum is not None
    # The worst item alone carries three tenths of its load: CAI 40 leaves at most 76.
    assert found.cai <= cai_of(0.3 * load_of(worst)) + 0.1
    assert found.minimum <= worst / 10


def test_channels_are_joined_by_their_own_weights() -> None:
    channels = [Channel("shop", exposure=3.0), Channel("email")]
    items = {profile(1000, channel="shop"): 500, profile(368, channel="email"): 2}
    found = standing(items, campaign(channels=channels), 0)
    assert dict(found.channels) == {"shop": 100.0, "email": pytest.approx(36.8, abs=0.1)}
    # 0.7 * 40/4 + 0.3 * 40 = 19, however many items the other channel has.
    assert found.cai == pytest.approx(62.2, abs=0.1)


def test_nothing_judged_is_no_score() -> None:
    found = standing({}, campaign(), 60)
    assert (found.cai, found.minimum, found.below) == (None, None, 0)


@given(TENTHS, st.lists(st.integers(1, 300), min_size=1, max_size=5))
def test_fixing_everything_leaves_nothing_and_fixing_more_never_costs(
    cai: int, points: list[int]
) -> None:
    lost = {f"r{number}": one for number, one in enumerate(points)}
    one = profile(min(cai, 999), **lost)
    loads = [left(one, list(lost)[:count]) for count in range(len(lost) + 1)]
    assert loads[0] == load_of(one.cai)
    assert loads[-1] == 0.0
    assert loads == sorted(loads, reverse=True)


def test_fixing_one_of_two_equal_rules_takes_half_the_load() -> None:
    one = profile(368, a=316, b=316)
    assert left(one, ["a"]) == pytest.approx(load_of(368) / 2)


def test_mending_an_item_leaves_the_others_of_its_kind() -> None:
    bad = profile(400, a=600)
    both, one = {bad: 2, profile(1000): 8}, {bad: 1, profile(1000): 9}
    assert without_item(both, campaign(), bad) == standing(one, campaign(), 0).cai
