"""Every constant of the Cultural Adaptability Index, in one place and under one version.

The values are starting values: ordinal choices that have not been calibrated against human
judgements. `docs/cai.md` prints them; scores made under different versions cannot be compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from culture_lint.frozen import frozen


@frozen
class CaiConstants:
    """The numbers behind one version of the index; any change needs a new ``version``.

    Attributes:
        version: Printed in every report.
        scale: K, the load at which the score has fallen to 100/e; load units.
        severity: Base load of a finding, load units. Source: MQM multipliers 0/1/5/25.
        dimension: Weight of each dimension, 0 to 1.
        evidence: How far a kind of evidence counts, 0 to 1; 0 never charges.
        exposure: How prominent text in a role is; dimensionless, > 0.
        early_exposure: Exposure of a role among its first `early_words` words.
        early_words: Words at the start of a text that count as early.
        body_limit: Exposures up to this one are body text and are divided by the length norm.
        body_cap: Body exposure after length norming never exceeds this, the lowest title exposure.
        floor_confirmed: Least load of a confirmed blocker (CAI at most 38.7).
        floor_unconfirmed: Least load of an unconfirmed blocker (CAI at most 58.9).
        sure: Detector confidence from here on counts as certain.
        repeat: What each further repeat of one sign weighs, relative to the one before.
        length_slope: b in ``ln(1 + b L)``, per word.
        length_reference: L0, the text length at which the norm is 1; words.
        length_min: Least length norm.
        length_max: Greatest length norm.
        tail: m, the share of a campaign's load owed to its worst item, 0 to 1.
        resonance: Base load of a welcome sign; a ledger apart from the score.
        resonance_scale: The resonance load at which the ledger reads 63.
        bands: (least displayed CAI, letter, phrase), best first.
    """

    version: int
    scale: float
    severity: Mapping[str, float]
    dimension: Mapping[str, float]
    evidence: Mapping[str, float]
    exposure: Mapping[str, float]
    early_exposure: Mapping[str, float]
    early_words: int
    body_limit: float
    body_cap: float
    floor_confirmed: float
    floor_unconfirmed: float
    sure: float
    repeat: float
    length_slope: float
    length_reference: float
    length_min: float
    length_max: float
    tail: float
    resonance: Mapping[str, float]
    resonance_scale: float
    bands: tuple[tuple[float, str, str], ...]


CAI: Final = CaiConstants(
    version=1,
    scale=40.0,
    severity=MappingProxyType({"info": 0.0, "minor": 1.0, "major": 5.0, "blocker": 25.0}),
    dimension=MappingProxyType(
        {
            "D1": 1.0,  # sacred, legal, national
            "D2": 1.0,  # taboo, history, dignity
            "D3": 1.0,  # names and sound
            "D4": 0.7,  # visual and symbolic codes
            "D5": 0.5,  # persona and values fit
            "D6": 0.8,  # idiom, humour, address
            "D7": 0.7,  # occasion and timing
            "D8": 0.5,  # locale conventions
            "D9": 0.8,  # signified drift
        }
    ),
    evidence=MappingProxyType(
        {
            "statute": 1.0,
            "dataset": 1.0,
            "incident": 1.0,
            "study": 1.0,
            "encyclopedia": 0.9,
            "practice": 0.9,  # established practice of a trade or platform
            "guide": 0.7,
            "etiquette-guide": 0.7,
            "unsourced": 0.5,
            "opinion": 0.4,
            "folklore": 0.4,
            "claim": 0.4,
            "debunked": 0.0,
        }
    ),
    exposure=MappingProxyType(
        {
            "title": 3.0,
            "brand": 3.0,
            "price": 2.0,
            "subtitle": 1.5,
            "bullet": 1.5,
            "description": 1.0,
            "attribute": 1.0,
            "alt": 0.7,
            "tag": 0.7,
            "category": 0.5,  # context, not judged: weighed as small print if something is
        }
    ),
    early_exposure=MappingProxyType({"description": 1.5}),
    early_words=100,
    body_limit=1.5,
    body_cap=2.0,
    floor_confirmed=38.0,
    floor_unconfirmed=21.2,
    sure=0.9,
    repeat=0.5,
    length_slope=0.01,
    length_reference=200.0,
    length_min=0.6,
    length_max=1.5,
    tail=0.3,
    resonance=MappingProxyType({"info": 0.5, "minor": 1.0, "major": 2.0, "blocker": 2.0}),
    resonance_scale=10.0,
    bands=(
        (90.0, "A", "ready"),
        (75.0, "B", "polish"),
        (60.0, "C", "rework before paid media"),
        (40.0, "D", "native review required"),
        (0.0, "E", "do not publish"),
    ),
)
