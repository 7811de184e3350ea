"""The Cultural Adaptability Index: from charges to a score that its findings add up to.

Defined and explained in `docs/cai.md`; the numbers are in `constants.py`. Everything here is a
plain function over values: the same charges give the same bits in whatever order they come.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import Final, Literal, Protocol

from culture_lint.frozen import frozen
from culture_lint.scoring.constants import CAI
from culture_lint.scoring.display import display_points, rounded, shown, shown_gain
from culture_lint.scoring.words import words_in

__all__ = [
    "CLEAN",
    "VERSION",
    "Campaign",
    "Charge",
    "Loaded",
    "Score",
    "after_fixing",
    "campaign",
    "display_points",
    "exposure",
    "gate_word",
    "interval",
    "length_norm",
    "load",
    "rounded",
    "score",
    "shown",
    "shown_gain",
    "words_in",
]

#: Version of the constants; scores of different versions are not comparable.
VERSION: Final = CAI.version

_K: Final = CAI.scale
#: Plain copies of the tables: look-ups in a dict cost half of those in a proxy.
_SEVERITY: Final = dict(CAI.severity)
_RESONANCE: Final = dict(CAI.resonance)
_DIMENSION: Final = dict(CAI.dimension)
_EVIDENCE: Final = dict(CAI.evidence)
_EXPOSURE: Final = dict(CAI.exposure)
_EARLY: Final = _EXPOSURE | dict(CAI.early_exposure)
_LOG_REFERENCE: Final = math.log(1.0 + CAI.length_slope * CAI.length_reference)
#: The score's lower bound: exp() of a very large load would otherwise underflow to 0.
_LEAST: Final = sys.float_info.min


@frozen
class Charge:
    """What the index needs to know of one finding, or of one welcome sign.

    Attributes:
        group: Rule and signifier lemma; equal keys within an item are repeats of one sign.
        severity: ``blocker``, ``major``, ``minor`` or ``info``.
        dimension: ``D1`` to ``D9``.
        evidence: Kind of the best evidence, a key of `CaiConstants.evidence`.
        verified: Whether the reading is confirmed; only matters to blockers and to `interval`.
        confidence: Detector confidence, 0 to 1.
        role: Role of the segment, a value of `culture_lint.sources.items.Role`.
        order: Position key, total over an item; decides ties, never the score.
        early: Whether it stands in the first 100 words of a description.
    """

    group: str
    severity: str
    dimension: str
    evidence: str
    verified: bool
    confidence: float
    role: str
    order: tuple[int, ...] = ()
    early: bool = False


@frozen
class Score:
    """The index of one item in one market; numbers are unrounded (see `shown`, `rounded`).

    Attributes:
        cai: Above 0, at most 100; exactly 100 without charges.
        dimensions: (dimension, CAI of it alone) where that is not 100, by dimension; over 100
            each, they multiply to ``cai / 100``.
        points: Points lost, parallel to the charges; they add up to 100 - ``cai``.
        fix_gain: Points gained if this one were gone, parallel to the charges, >= 0.
        resonance: What the welcome signs earn, 0 to 100; no part of ``cai``.
        load: Total load P, load units, >= 0.
        blockers: Confirmed blockers among the charges.
        blockers_unconfirmed: Blockers that nobody confirmed.
    """

    cai: float
    dimensions: tuple[tuple[str, float], ...]
    points: tuple[float, ...]
    fix_gain: tuple[float, ...]
    resonance: float
    load: float
    blockers: int
    blockers_unconfirmed: int


#: The score of an item that nothing is held against; `score` returns this very object.
CLEAN: Final = Score(100.0, (), (), (), 0.0, 0.0, 0, 0)


class Loaded(Protocol):
    """What can be part of a campaign: a `Score` or a smaller `Campaign`."""

    @property
    def load(self) -> float:
        """Load P, load units, >= 0."""

    @property
    def blockers(self) -> int:
        """Confirmed blockers."""

    @property
    def blockers_unconfirmed(self) -> int:
        """Unconfirmed blockers."""


@frozen
class Campaign:
    """The index of several items, or of several campaigns, in one market.

    Attributes:
        cai: Above 0, at most 100; unrounded. Read the gate before it.
        load: Load of the whole, load units.
        loads: The load each part answers for, parallel to the parts; None where not examined.
        points: Points each part costs; they add up to 100 - ``cai``; None where not examined.
        examined: How many parts were examined.
        blockers: Confirmed blockers in all parts.
        blockers_unconfirmed: Unconfirmed blockers in all parts.
    """

    cai: float
    load: float
    loads: tuple[float | None, ...]
    points: tuple[float | None, ...]
    examined: int
    blockers: int
    blockers_unconfirmed: int


def exposure(role: str, early: bool = False) -> float:
    """Return how prominent text in a role is.

    Args:
        role: Value of a `Role`.
        early: Whether the text is among the first 100 words of its description.

    Returns:
        Dimensionless factor: 3.0 title and brand, 2.0 price, 1.5 to 0.5 body text.

    Raises:
        ValueError: If the role is unknown.
    """
    try:
        return (_EARLY if early else _EXPOSURE)[role]
    except KeyError:
        raise ValueError(f"no exposure is defined for role {role!r}") from None


def length_norm(words: float) -> float:
    """Return what body loads are divided by, so that long texts may tolerate more.

    Args:
        words: Length L of the item's body text in the target language, words, >= 0.

    Returns:
        ``ln(1 + 0.01 L) / ln(3)``, held between 0.6 and 1.5; 1.0 at 200 words.

    Source: logarithmic tolerance, arXiv 2511.13467; the constants are our own.
    """
    norm = math.log(1.0 + CAI.length_slope * max(words, 0.0)) / _LOG_REFERENCE
    return min(max(norm, CAI.length_min), CAI.length_max)


def load(charge: Charge, words: float) -> float:
    """Return the load of one finding by itself, before repeats are discounted.

    Args:
        charge: The finding.
        words: Length of the item's body text, words.

    Returns:
        Load units, >= 0.0; 0.0 for ``info`` and for debunked readings.

    Raises:
        ValueError: If a field is not one of its known values, or a confidence is not 0 to 1.
    """
    return _load(charge, length_norm(words))


def score(charges: Sequence[Charge], words: float, positives: Sequence[Charge] = ()) -> Score:
    """Return the index of one item in one market, and what each finding costs.

    Args:
        charges: Unsuppressed findings of this item in this market, any order.
        words: Length of the item's body text in the target language, words.
        positives: Welcome signs of this item in this market, any order; they feed the resonance
            alone.

    Returns:
        The score, with points and gains parallel to ``charges``.

    Raises:
        ValueError: See `load`.
    """
    if not charges and not positives:
        return CLEAN
    norm = length_norm(words)
    loads = [_load(charge, norm) for charge in charges]
    terms, shares = _discounted(charges, loads)
    total = math.fsum(terms)
    cai = _cai(total)
    per_load = (100.0 - cai) / total if total > 0.0 else 0.0
    blockers, unconfirmed = _blockers(charges)
    return Score(
        cai=cai,
        dimensions=_dimensions(charges, shares, cai),
        points=tuple([share * per_load for share in shares]),
        fix_gain=tuple([max(_cai(total - share) - cai, 0.0) for share in shares]),
        resonance=_resonance(positives, norm) if positives else 0.0,
        load=total,
        blockers=blockers,
        blockers_unconfirmed=unconfirmed,
    )


def after_fixing(charges: Sequence[Charge], words: float, fixed: Collection[int]) -> float:
    """Return the CAI that an item would have without some of its findings.

    Unlike the sum of fix gains this is exact for any set: for all repeats of one sign, say.

    Args:
        charges: As for `score`.
        words: As for `score`; taken to stay the same.
        fixed: Indices into ``charges``.

    Returns:
        Unrounded CAI.
    """
    gone = frozenset(fixed)
    return score([kept for index, kept in enumerate(charges) if index not in gone], words).cai


def interval(
    charges: Sequence[Charge], words: float, draws: int = 200, seed: int = 1
) -> tuple[float, float]:
    """Return how far the CAI would move if weak evidence turned out to be wrong.

    Each unverified finding is kept with its evidence factor as the probability, many times over.

    Args:
        charges: As for `score`, any order.
        words: As for `score`.
        draws: Samples, > 0.
        seed: Of the sampling; the same seed gives the same interval on every system.

    Returns:
        10th and 90th percentile of the CAI, unrounded; equal where all evidence is certain.
    """
    norm = length_norm(words)
    ordered = sorted(charges, key=lambda charge: (charge.order, charge.group))
    loads = [_load(charge, norm) for charge in ordered]
    odds = [1.0 if charge.verified else _certainty(charge) for charge in ordered]
    import random

    chance = random.Random(seed)
    scores = []
    for _ in range(draws):
        kept = [index for index, odd in enumerate(odds) if chance.random() < odd]
        terms, _ = _discounted([ordered[i] for i in kept], [loads[i] for i in kept])
        scores.append(_cai(math.fsum(terms)))
    scores.sort()
    return scores[(draws - 1) // 10], scores[(draws - 1) * 9 // 10]


def campaign(
    parts: Sequence[Loaded | None], exposures: Sequence[float] | None = None
) -> Campaign | None:
    """Return the index of a campaign in one market, or None if no part was examined.

    The load is 70 % exposure-weighted mean and 30 % worst part, so one bad asset stays visible.
    Campaigns are parts of larger ones by the same formula. Markets are never joined this way.

    Args:
        parts: Scores of the items in that market; None for one that could not be judged.
        exposures: Share or impressions of each part, >= 0, any unit; equal when left out.

    Returns:
        The campaign; a single part keeps its own score.

    Raises:
        ValueError: If the exposures do not fit the parts, are negative, or add up to nothing.
    """
    weights = [1.0] * len(parts) if exposures is None else exposures
    if len(weights) != len(parts):
        raise ValueError(f"{len(parts)} parts cannot share {len(weights)} exposures")
    known = [
        (part, weight) for part, weight in zip(parts, weights, strict=True) if part is not None
    ]
    if not known:
        return None
    shown_in_all = math.fsum(weight for _, weight in known)
    if shown_in_all <= 0.0 or any(weight < 0.0 for _, weight in known):
        raise ValueError("exposures must be 0 or more and not all 0")
    worst = max(part.load for part, _ in known)
    tail = CAI.tail * worst / sum(part.load == worst for part, _ in known)
    loads = [
        None
        if part is None
        else (1.0 - CAI.tail) * (weight / shown_in_all) * part.load
        + (tail if part.load == worst else 0.0)
        for part, weight in zip(parts, weights, strict=True)
    ]
    total = worst if len(known) == 1 else math.fsum(p for p in loads if p is not None)
    cai = _cai(total)
    per_load = (100.0 - cai) / total if total > 0.0 else 0.0
    return Campaign(
        cai=cai,
        load=total,
        loads=tuple(loads),
        points=tuple(None if p is None else p * per_load for p in loads),
        examined=len(known),
        blockers=sum(part.blockers for part, _ in known),
        blockers_unconfirmed=sum(part.blockers_unconfirmed for part, _ in known),
    )


def gate_word(part: Loaded) -> Literal["STOP", "SIGN-OFF"] | None:
    """Return what the gate says, whatever the number: None leaves it to the band.

    Any confirmed blocker stops; any unconfirmed one needs somebody's signature.
    """
    if part.blockers:
        return "STOP"
    return "SIGN-OFF" if part.blockers_unconfirmed else None


def _cai(total: float) -> float:
    if total <= 0.0:
        return 100.0
    return max(100.0 * math.exp(-total / _K), _LEAST)


def _certainty(charge: Charge) -> float:
    """Return c: how far the evidence counts, less what the detector doubts."""
    confidence = charge.confidence
    if not 0.0 <= confidence <= 1.0:
        raise ValueError(f"confidence must be 0 to 1: {charge}")
    known = _EVIDENCE[charge.evidence]
    return known if confidence >= CAI.sure else known * confidence


def _load(charge: Charge, norm: float) -> float:
    try:
        seen = (_EARLY if charge.early else _EXPOSURE)[charge.role]
        if charge.severity == "blocker":
            return _blocker_load(charge, seen)
        return _plain_load(charge, _SEVERITY, seen, norm)
    except KeyError as unknown:
        raise ValueError(f"{unknown} is not a value that the CAI knows: {charge}") from None


def _blocker_load(charge: Charge, seen: float) -> float:
    weight = _DIMENSION[charge.dimension]
    if _EVIDENCE[charge.evidence] == 0.0:
        return 0.0  # a debunked reading never charges, not even as a blocker
    certainty = _certainty(charge)
    base = _SEVERITY["blocker"]
    if charge.verified:
        return max(base * seen, CAI.floor_confirmed)
    return max(base * weight * certainty * seen, CAI.floor_unconfirmed)


def _plain_load(charge: Charge, severity: Mapping[str, float], seen: float, norm: float) -> float:
    if seen <= CAI.body_limit:
        seen = min(seen / norm, CAI.body_cap)
    return severity[charge.severity] * _DIMENSION[charge.dimension] * _certainty(charge) * seen


def _discounted(
    charges: Sequence[Charge], loads: Sequence[float]
) -> tuple[Sequence[float], Sequence[float]]:
    """Halve each further repeat of a sign, the heaviest first.

    Returns:
        The discounted terms, in no order, whose exact sum is the total load; and the share of
        each charge, parallel to the charges, in which equal repeats share alike.
    """
    groups: dict[str, list[int]] = {}
    for index, charge in enumerate(charges):
        groups.setdefault(charge.group, []).append(index)
    if len(groups) == len(charges):
        return loads, loads
    terms: list[float] = []
    shares = [0.0] * len(charges)
    for members in groups.values():
        members.sort(key=loads.__getitem__, reverse=True)
        weight = 1.0
        for one, equals in groupby(members, key=loads.__getitem__):
            run = list(equals)
            discounted = [one * weight * CAI.repeat**rank for rank in range(len(run))]
            weight *= CAI.repeat ** len(run)
            terms += discounted
            share = math.fsum(discounted) / len(run)
            for member in run:
                shares[member] = share
    return terms, shares


def _dimensions(
    charges: Sequence[Charge], shares: Sequence[float], cai: float
) -> tuple[tuple[str, float], ...]:
    loads: dict[str, list[float]] = {}
    for charge, share in zip(charges, shares, strict=True):
        if share > 0.0:
            loads.setdefault(charge.dimension, []).append(share)
    if len(loads) == 1:
        return tuple((dimension, cai) for dimension in loads if cai != 100.0)
    values = [(dimension, _cai(math.fsum(loads[dimension]))) for dimension in sorted(loads)]
    return tuple(pair for pair in values if pair[1] != 100.0)


def _blockers(charges: Sequence[Charge]) -> tuple[int, int]:
    confirmed = unconfirmed = 0
    for charge in charges:
        if charge.severity == "blocker" and _EVIDENCE[charge.evidence] > 0.0:
            confirmed += charge.verified
            unconfirmed += not charge.verified
    return confirmed, unconfirmed


def _resonance(positives: Sequence[Charge], norm: float) -> float:
    try:
        loads = [
            _plain_load(one, _RESONANCE, (_EARLY if one.early else _EXPOSURE)[one.role], norm)
            for one in positives
        ]
    except KeyError as unknown:
        raise ValueError(f"{unknown} is not a value that the CAI knows") from None
    terms, _ = _discounted(positives, loads)
    return 100.0 * -math.expm1(-math.fsum(terms) / CAI.resonance_scale)
