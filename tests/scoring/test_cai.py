"""The worked examples of docs/cai.md, number by number, and the edges of each function."""

from __future__ import annotations

import dataclasses

import pytest

from culture_lint.scoring.bands import band
from culture_lint.scoring.cai import (
    CLEAN,
    Charge,
    Score,
    after_fixing,
    campaign,
    display_points,
    exposure,
    gate_word,
    interval,
    length_norm,
    load,
    rounded,
    score,
    shown,
    shown_gain,
)
from culture_lint.scoring.constants import CAI
from culture_lint.sources.items import Role


def charge(
    group: str,
    severity: str = "minor",
    dimension: str = "D4",
    evidence: str = "incident",
    role: str = "description",
    *,
    verified: bool = True,
    confidence: float = 1.0,
) -> Charge:
    return Charge(group, severity, dimension, evidence, verified, confidence, role)


CLOCK = charge("gift.clock", "major", "D7", "incident", "title")
FOUR = charge("number.4", "minor", "D4", "encyclopedia", "title")
COW = charge("cow", "blocker", "D1", "statute")
SUSPECT = dataclasses.replace(COW, group="suspect", verified=False)


def loaded(amount: float, blockers: int = 0, unconfirmed: int = 0) -> Score:
    return dataclasses.replace(
        CLEAN, load=amount, blockers=blockers, blockers_unconfirmed=unconfirmed
    )


@pytest.mark.parametrize(
    ("severity", "role", "verified", "expected"),
    [
        ("minor", "description", True, 97.5),
        ("minor", "title", True, 92.8),
        ("major", "description", True, 88.2),
        ("major", "title", True, 68.7),
        ("blocker", "description", True, 38.7),
        ("blocker", "title", True, 15.3),
        ("blocker", "alt", False, 58.9),
    ],
)
def test_reference_points(severity: str, role: str, verified: bool, expected: float) -> None:
    one = charge("one", severity, "D1", "statute", role, verified=verified)
    if not verified:
        one = dataclasses.replace(one, evidence="claim")
    assert shown(score([one], 200).cai) == expected


def test_example_1_clock_and_four_in_a_title() -> None:
    result = score([CLOCK, FOUR], 200)
    assert result.load == pytest.approx(12.39)
    assert shown(result.cai) == 73.4
    assert band(result.cai).letter == "C"
    assert rounded(result.points, 100 - result.cai) == (22.6, 4.0)  # 22.58, 4.06: 26.6
    assert display_points(result.points, 100 - result.cai) == (23, 4)
    assert [shown_gain(result.cai, gain) for gain in result.fix_gain] == [22.0, 3.5]
    assert shown(after_fixing([CLOCK, FOUR], 200, [0])) == 95.4
    assert [(name, shown(value)) for name, value in result.dimensions] == [
        ("D4", 95.4),
        ("D7", 76.9),
    ]


def test_example_2_repeats_cost_less_and_less() -> None:
    repeats = [dataclasses.replace(CLOCK, role="description", order=(n,)) for n in range(5)]
    result = score([CLOCK, FOUR, *repeats], 200)
    assert result.load - load(FOUR, 200) == pytest.approx(13.89, abs=0.005)
    assert result.load == pytest.approx(15.78, abs=0.005)
    assert shown(result.cai) == 67.4
    assert len(set(result.points[2:])) == 1


def test_example_3_weak_evidence_costs_little() -> None:
    bamboo = charge("plant.bamboo-zen", "minor", "D4", "claim", "title", verified=False)
    buddha = charge("buddha", "major", "D1", "claim", "title", verified=False)
    result = score([bamboo, buddha], 200)
    assert result.load == pytest.approx(6.84)
    assert shown(result.cai) == 84.3
    assert band(result.cai).letter == "B"
    assert rounded(result.points, 100 - result.cai) == (1.9, 13.8)
    low, high = interval([bamboo, buddha], 200)
    assert (shown(low), high) == (84.3, 100.0)


def test_example_4_a_confirmed_blocker_stops() -> None:
    persona = charge("persona", "minor", "D5", "unsourced")
    result = score([COW, persona], 200)
    assert result.load == pytest.approx(38.25)
    assert shown(result.cai) == 38.4
    assert (band(result.cai).letter, gate_word(result)) == ("E", "STOP")
    assert rounded(result.points, 100 - result.cai) == (61.2, 0.4)
    assert shown(after_fixing([COW, persona], 200, [0])) == 99.4


@pytest.mark.parametrize(("words", "total", "expected"), [(800, 1.63, 96.0), (100, 3.88, 90.7)])
def test_example_5_longer_texts_tolerate_more(words: int, total: float, expected: float) -> None:
    five = [charge(f"n{number}", evidence="guide") for number in range(5)]
    result = score(five, words)
    assert result.load == pytest.approx(total, abs=0.005)
    assert shown(result.cai) == expected


def test_example_6_a_campaign_keeps_its_worst_item_visible() -> None:
    whole = campaign([loaded(0.0), loaded(2.3), loaded(12.39)], [0.5, 0.3, 0.2])
    assert whole is not None
    assert whole.load == pytest.approx(5.93, abs=0.005)
    assert shown(whole.cai) == 86.2
    assert whole.loads == pytest.approx((0.0, 0.48, 5.45), abs=0.005)
    assert sum(p for p in whole.points if p is not None) == pytest.approx(100 - whole.cai)


def test_example_7_lucky_codes_buy_nothing_back() -> None:
    lucky = [charge("number.8"), charge("red-envelope", "major")]
    result = score([COW], 200, lucky)
    assert shown(result.cai) == 38.7
    assert result.resonance > 0
    assert dataclasses.replace(result, resonance=0.0) == score([COW], 200)


def test_example_8_nothing_found_is_the_shared_clean_score() -> None:
    assert score([], 200) is CLEAN
    assert (CLEAN.cai, CLEAN.resonance, gate_word(CLEAN)) == (100.0, 0.0, None)


def test_resonance_is_a_ledger_of_its_own() -> None:
    result = score([], 200, [charge("number.8", "major", "D1", "statute")])
    assert (result.cai, result.points) == (100.0, ())
    assert result.resonance == pytest.approx(18.13, abs=0.005)


def test_every_role_has_an_exposure_and_may_come_as_enum_or_text() -> None:
    assert set(CAI.exposure) == {role.value for role in Role}
    assert exposure(Role.TITLE) == exposure("title") == 3.0
    as_enum = dataclasses.replace(CLOCK, role=Role.TITLE)
    assert score([as_enum], 200) == score([CLOCK], 200)


def test_only_descriptions_have_an_early_part() -> None:
    assert exposure("description", early=True) == 1.5
    assert exposure("alt", early=True) == exposure("alt") == 0.7


@pytest.mark.parametrize(
    ("words", "expected"), [(0, 0.6), (50, 0.6), (100, 0.631), (200, 1.0), (800, 1.5)]
)
def test_length_norm_is_clamped(words: float, expected: float) -> None:
    assert length_norm(words) == pytest.approx(expected, abs=0.0005)


def test_body_text_never_outweighs_a_price_however_short_the_text() -> None:
    bullet = load(charge("one", role="bullet"), 0)
    assert bullet == load(charge("one", role="price"), 0)


def test_detector_doubt_counts_below_0_9_only() -> None:
    def at(confidence: float) -> float:
        return load(charge("one", confidence=confidence), 200)

    assert at(0.95) == at(0.9) == at(1.0)
    assert at(0.5) == pytest.approx(at(1.0) / 2)


@pytest.mark.parametrize(
    "change",
    [
        {"severity": "majr"},
        {"dimension": "D10"},
        {"evidence": "rumour"},
        {"role": "footer"},
        {"confidence": 1.5},
        {"confidence": float("nan")},
    ],
)
def test_an_unknown_value_is_an_error_that_names_the_charge(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"gift\.clock"):
        score([dataclasses.replace(CLOCK, **change)], 200)  # type: ignore[arg-type]


def test_gate_words() -> None:
    assert gate_word(score([COW, SUSPECT], 200)) == "STOP"
    assert gate_word(score([SUSPECT], 200)) == "SIGN-OFF"
    assert gate_word(score([CLOCK], 200)) is None


def test_a_blocker_is_not_averaged_away_by_a_large_campaign() -> None:
    whole = campaign([score([COW], 200)] + [CLEAN] * 99)
    assert whole is not None
    assert gate_word(whole) == "STOP"


def test_a_campaign_of_campaigns_keeps_blockers_and_gaps() -> None:
    channel = campaign([score([SUSPECT], 200), None])
    assert channel is not None
    whole = campaign([channel, CLEAN])
    assert whole is not None
    assert (channel.examined, channel.loads[1], channel.points[1]) == (1, None, None)
    assert whole.blockers_unconfirmed == 1


def test_equally_bad_items_share_the_tail() -> None:
    whole = campaign([loaded(5.0), loaded(5.0)])
    assert whole is not None
    assert whole.loads[0] == whole.loads[1]
    assert whole.load == pytest.approx(5.0)


@pytest.mark.parametrize("exposures", [[0.0, 0.0], [1.0], [1.0, -0.5]])
def test_unusable_exposures_are_an_error(exposures: list[float]) -> None:
    with pytest.raises(ValueError, match="exposures"):
        campaign([CLEAN, CLEAN], exposures)


@pytest.mark.parametrize(
    ("cai", "letter"),
    [
        (100.0, "A"),
        (90.0, "A"),
        (89.96, "A"),
        (89.94, "B"),
        (75.0, "B"),
        (60.0, "C"),
        (58.9, "D"),
        (40.0, "D"),
        (38.7, "E"),
        (1e-300, "E"),
    ],
)
def test_bands_follow_the_displayed_score(cai: float, letter: str) -> None:
    assert band(cai).letter == letter


@pytest.mark.parametrize(
    ("cai", "expected"),
    [(100.0, 100.0), (99.99, 99.9), (99.96, 99.9), (99.5, 99.5), (1e-9, 0.1), (73.36, 73.4)],
)
def test_any_loss_shows_and_zero_never_does(cai: float, expected: float) -> None:
    assert shown(cai) == expected


def test_equal_remainders_go_by_order_not_by_place() -> None:
    assert rounded((0.25, 0.25), 0.5) == (0.3, 0.2)
    assert rounded((0.25, 0.25), 0.5, order=((7,), (3,))) == (0.2, 0.3)


def test_gain_to_a_clean_item_reads_up_to_100() -> None:
    result = score([FOUR], 200)
    assert shown(result.cai) + shown_gain(result.cai, result.fix_gain[0]) == 100.0


def test_an_interval_of_certain_evidence_is_a_point() -> None:
    low, high = interval([CLOCK, FOUR], 200)
    assert low == high == score([CLOCK, FOUR], 200).cai
