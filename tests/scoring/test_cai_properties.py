"""What must hold of the index for any findings: properties P1 to P16 of docs/cai.md.

P10 (readings of other markets do not matter) holds by shape: a score sees its own charges alone.
"""

from __future__ import annotations

import dataclasses
import math
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from culture_lint.scoring.bands import band
from culture_lint.scoring.cai import (
    CLEAN,
    Charge,
    Score,
    campaign,
    interval,
    length_norm,
    load,
    rounded,
    score,
    shown,
    shown_gain,
)
from culture_lint.scoring.constants import CAI

quick = settings(deadline=None, max_examples=100)

#: Slack for exp() of neighbouring loads, in points.
ULPS = 1e-9
SEVERITIES = ["info", "minor", "major", "blocker"]
words = st.floats(0, 3000) | st.sampled_from([0.0, 1.0, 100.0, 200.0, 800.0])
severities = st.sampled_from(SEVERITIES)


def charges_of(severity: st.SearchStrategy[str] = severities) -> st.SearchStrategy[Charge]:
    return st.builds(
        Charge,
        group=st.sampled_from("abcdef"),
        severity=severity,
        dimension=st.sampled_from(sorted(CAI.dimension)),
        evidence=st.sampled_from(sorted(CAI.evidence)),
        verified=st.booleans(),
        confidence=st.floats(0, 1),
        role=st.sampled_from(sorted(CAI.exposure)),
        order=st.tuples(st.integers(0, 9)),
        early=st.booleans(),
    )


any_charge = charges_of()
many = st.lists(any_charge, max_size=8)
without_blockers = st.lists(charges_of(st.sampled_from(SEVERITIES[:3])), max_size=8)


@quick
@given(many, words)
def test_p1_bounds(charges: list[Charge], length: float) -> None:
    result = score(charges, length)
    assert 0 < result.cai <= 100
    assert 0 < shown(result.cai) <= 100
    assert (shown(result.cai) == 100) == (100 - result.cai <= 1e-9)


def test_p1_no_amount_of_blockers_reaches_zero() -> None:
    blocker = Charge("x", "blocker", "D1", "statute", True, 1.0, "brand")
    result = score([dataclasses.replace(blocker, group=str(n)) for n in range(2000)], 100)
    assert result.cai > 0
    assert shown(result.cai) == 0.1
    assert math.fsum(result.points) == pytest.approx(100 - result.cai, abs=1e-9)


@quick
@given(many, any_charge, words)
def test_p2_one_more_finding_never_raises_the_score(
    charges: list[Charge], extra: Charge, length: float
) -> None:
    before, after = score(charges, length), score([*charges, extra], length)
    assert after.load >= before.load
    assert after.cai <= before.cai + ULPS


@quick
@given(without_blockers, any_charge, words)
def test_p2_a_new_sign_that_weighs_lowers_it(
    charges: list[Charge], extra: Charge, length: float
) -> None:
    extra = dataclasses.replace(extra, group="new")
    assume(load(extra, length) > 1e-6)
    assert score([*charges, extra], length).cai < score(charges, length).cai


@quick
@given(many, any_charge, any_charge, words)
def test_p3_worse_in_any_respect_never_raises_the_score(
    charges: list[Charge], one: Charge, other: Charge, length: float
) -> None:
    def ranks(charge: Charge) -> tuple[float, ...]:
        return (
            SEVERITIES.index(charge.severity),
            CAI.exposure[charge.role],
            CAI.dimension[charge.dimension],
            CAI.evidence[charge.evidence],
            charge.confidence,
            charge.verified,
            charge.early,
        )

    names = ("severity", "role", "dimension", "evidence", "confidence", "verified", "early")
    worst = [max(pair) for pair in zip(ranks(one), ranks(other), strict=True)]
    worse = dataclasses.replace(
        one,
        **{
            name: getattr(one if mine == most else other, name)
            for name, mine, most in zip(names, ranks(one), worst, strict=True)
        },
    )
    # A role that raises exposure may lose the early bonus; compare like with like.
    one, worse = dataclasses.replace(one, early=False), dataclasses.replace(worse, early=False)
    assert load(worse, length) >= load(one, length)
    assert score([*charges, worse], length).load >= score([*charges, one], length).load


@quick
@given(any_charge, words)
def test_p3_early_text_never_weighs_less(charge: Charge, length: float) -> None:
    late, early = (dataclasses.replace(charge, early=flag) for flag in (False, True))
    assert load(early, length) >= load(late, length)


@quick
@given(st.data(), many, many, words)
def test_p4_order_changes_no_bit(
    data: st.DataObject, charges: list[Charge], positives: list[Charge], length: float
) -> None:
    places = data.draw(st.permutations(range(len(charges))))
    result = score(charges, length, positives)
    moved = score(
        [charges[place] for place in places], length, data.draw(st.permutations(positives))
    )
    assert dataclasses.replace(moved, points=(), fix_gain=()) == dataclasses.replace(
        result, points=(), fix_gain=()
    )
    assert moved.points == tuple(result.points[place] for place in places)
    assert moved.fix_gain == tuple(result.fix_gain[place] for place in places)


@quick
@given(st.data(), many, words)
def test_p4_order_changes_no_displayed_point(
    data: st.DataObject, charges: list[Charge], length: float
) -> None:
    charges = [dataclasses.replace(one, order=(n,)) for n, one in enumerate(charges)]

    def displayed(some: list[Charge]) -> dict[tuple[int, ...], float]:
        result = score(some, length)
        order = [one.order for one in some]
        points = rounded(result.points, 100 - result.cai, order=order)
        return dict(zip(order, points, strict=True))

    assert displayed(data.draw(st.permutations(charges))) == displayed(charges)


@quick
@given(st.data(), many, words)
def test_p4_order_changes_no_interval(
    data: st.DataObject, charges: list[Charge], length: float
) -> None:
    charges = [dataclasses.replace(one, order=(n,)) for n, one in enumerate(charges)]
    moved = data.draw(st.permutations(charges))
    assert interval(moved, length, draws=20) == interval(charges, length, draws=20)


@quick
@given(any_charge, st.integers(1, 40), words)
def test_p5_repeats_cost_ever_less(charge: Charge, copies: int, length: float) -> None:
    def total(count: int) -> float:
        return score([charge] * count, length).load

    assert total(copies) <= 2 * total(1)
    assert total(copies + 1) >= total(copies)
    assert (
        100 - score([charge] * copies, length).cai <= 2 * (100 - score([charge], length).cai) + ULPS
    )


@quick
@given(many, words, st.integers(0, 3))
def test_p6_points_add_up_exactly_as_displayed(
    charges: list[Charge], length: float, digits: int
) -> None:
    result = score(charges, length)
    assert math.fsum(result.points) == pytest.approx(100 - result.cai, abs=1e-9)
    displayed = rounded(result.points, 100 - result.cai, digits)
    total = sum((Decimal(repr(point)) for point in displayed), Decimal(0))
    assert total == 100 - Decimal(repr(shown(result.cai, digits)))
    for one, other in zip(result.points, displayed, strict=True):
        assert abs(one - other) <= 10**-digits + ULPS


@quick
@given(st.lists(st.floats(0, 50), min_size=1, max_size=12), st.integers(0, 3))
def test_p6_more_lost_never_shows_as_less(points: list[float], digits: int) -> None:
    total = math.fsum(points)
    assume(total <= 100)
    displayed = rounded(points, total, digits)
    pairs = sorted(zip(points, displayed, strict=True))
    lowest_of_each = [max(d for q, d in pairs if q < p) for p, _ in pairs if p > pairs[0][0]]
    above = [d for p, d in pairs if p > pairs[0][0]]
    assert all(low <= high for low, high in zip(lowest_of_each, above, strict=True))


@quick
@given(st.floats(0, 100), st.floats(0, 100))
def test_p6_displayed_scores_keep_their_order(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert shown(low) <= shown(high)
    assert shown_gain(low, high - low) == pytest.approx(shown(high) - shown(low), abs=0.1001)


@quick
@given(many, charges_of(st.just("blocker")), words)
def test_p7_a_blocker_caps_the_score(charges: list[Charge], blocker: Charge, length: float) -> None:
    assume(blocker.evidence != "debunked")
    result = score([*charges, blocker], length)
    assert shown(result.cai) <= (38.7 if blocker.verified else 58.9)
    assert band(result.cai).letter in ("E" if blocker.verified else "DE")
    assert result.blockers + result.blockers_unconfirmed >= 1


@quick
@given(many, many, words)
def test_p8_positives_change_resonance_alone(
    charges: list[Charge], positives: list[Charge], length: float
) -> None:
    result = score(charges, length, positives)
    assert 0 <= result.resonance <= 100
    assert dataclasses.replace(result, resonance=0.0) == score(charges, length)


@quick
@given(many, words, st.floats(0, 3000))
def test_p9_padding_helps_body_text_only_and_only_so_far(
    charges: list[Charge], length: float, padding: float
) -> None:
    limit = CAI.length_max / CAI.length_min
    assert length_norm(length + padding) <= limit * length_norm(length)
    for one in charges:
        short, long = load(one, length), load(one, length + padding)
        if one.severity == "blocker" or CAI.exposure[one.role] > CAI.body_limit:
            assert short == long
        else:
            assert long <= short <= long * limit * (1 + 1e-12) + ULPS
    before, after = score(charges, length).load, score(charges, length + padding).load
    assert after <= before <= after * limit * (1 + 1e-12) + ULPS


@quick
@given(many, words)
def test_p11_dimensions_multiply_to_the_score(charges: list[Charge], length: float) -> None:
    result = score(charges, length)
    product = math.prod(value / 100 for _, value in result.dimensions)
    assert 100 * product == pytest.approx(result.cai, abs=1e-9)
    names = [name for name, _ in result.dimensions]
    assert names == sorted(set(names))
    assert all(value < 100 for _, value in result.dimensions)


@quick
@given(many, words, st.floats(0.01, 1e6))
def test_p12_a_campaign_of_one_is_the_item(
    charges: list[Charge], length: float, exposure: float
) -> None:
    result = score(charges, length)
    alone = campaign([result], [exposure])
    assert alone is not None
    assert (alone.cai, alone.load) == (result.cai, result.load)


loads = st.lists(st.floats(0, 200), min_size=1, max_size=6)


@quick
@given(st.data(), loads, st.floats(0, 50))
def test_p12_a_campaign_is_monotone_and_adds_up(
    data: st.DataObject, amounts: list[float], more: float
) -> None:
    weights = data.draw(st.lists(st.floats(0.01, 10), min_size=len(amounts), max_size=len(amounts)))
    which = data.draw(st.integers(0, len(amounts) - 1))

    def of(values: list[float]) -> list[Score | None]:
        return [dataclasses.replace(CLEAN, load=value) for value in values]

    before = campaign(of(amounts), weights)
    amounts[which] += more
    after = campaign(of(amounts), weights)
    assert before is not None
    assert after is not None
    assert after.load >= before.load - ULPS
    assert after.load <= max(amounts) + ULPS
    assert math.fsum(p for p in after.points if p is not None) == pytest.approx(
        100 - after.cai, abs=1e-9
    )


@quick
@given(many, any_charge, words)
def test_p13_a_debunked_reading_never_charges(
    charges: list[Charge], extra: Charge, length: float
) -> None:
    debunked = dataclasses.replace(extra, evidence="debunked")
    with_it, without = score([*charges, debunked], length), score(charges, length)
    assert (with_it.cai, with_it.dimensions) == (without.cai, without.dimensions)
    assert with_it.points == (*without.points, 0.0)
    assert (with_it.blockers, with_it.blockers_unconfirmed) == (
        without.blockers,
        without.blockers_unconfirmed,
    )


def test_p14_the_same_input_has_the_same_score_everywhere() -> None:
    """The digits are fixed here; exp() may differ in its last bit between systems."""
    charges = [
        Charge("a", "major", "D7", "incident", True, 1.0, "title"),
        Charge("a", "major", "D7", "incident", True, 0.8, "description"),
        Charge("b", "minor", "D4", "encyclopedia", False, 1.0, "bullet"),
    ]
    result = score(charges, 120)
    assert result.cai == pytest.approx(70.98029193, abs=1e-7)
    charges[2] = dataclasses.replace(charges[2], evidence="guide")
    assert [shown(end) for end in interval(charges, 120)] == [71.5, 73.3]


def test_p15_what_was_not_examined_has_no_score() -> None:
    assert campaign([None, None]) is None
    assert campaign([]) is None


@quick
@given(many, words)
def test_p16_fix_gain_is_what_removing_it_brings(charges: list[Charge], length: float) -> None:
    result = score(charges, length)
    for index, one in enumerate(charges):
        rest = [other for place, other in enumerate(charges) if place != index]
        without = score(rest, length).cai
        assert result.fix_gain[index] >= 0
        if all(other.group != one.group for other in rest):
            assert result.cai + result.fix_gain[index] == pytest.approx(without, abs=1e-9)
        else:
            assert result.cai + result.fix_gain[index] >= without - ULPS
