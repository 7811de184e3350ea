"""What follows from a category and from the evidence: dimension, MQM type, the severity cap."""

from __future__ import annotations

from culture_lint.knowledge.model import Evidence
from culture_lint.knowledge.scales import Severity

_CULTURE = "audience-appropriateness/culture-specific-reference"
_OFFENSIVE = "audience-appropriateness/offensive"

#: Category -> (dimension of the index, type of the MQM Core typology, themqm.org).
CATEGORIES = {
    "religion": ("D1", _OFFENSIVE),
    "national": ("D1", _OFFENSIVE),
    "geopolitics": ("D1", _OFFENSIVE),
    "claim": ("D1", "audience-appropriateness"),
    "history": ("D2", _OFFENSIVE),
    "discrimination": ("D2", _OFFENSIVE),
    "profanity": ("D2", _OFFENSIVE),
    "body": ("D2", _OFFENSIVE),
    "death": ("D2", _CULTURE),
    "naming": ("D3", _CULTURE),
    "colour": ("D4", _CULTURE),
    "number": ("D4", _CULTURE),
    "animal": ("D4", _CULTURE),
    "plant": ("D4", _CULTURE),
    "emoji": ("D4", _CULTURE),
    "gesture": ("D4", _CULTURE),
    "pattern": ("D4", _CULTURE),
    "symbol": ("D4", _CULTURE),
    "persona": ("D5", "audience-appropriateness"),
    "idiom": ("D6", "style/unidiomatic"),
    "humour": ("D6", _CULTURE),
    "address": ("D6", "style/register"),
    "gift": ("D7", _CULTURE),
    "food": ("D7", _CULTURE),
    "occasion": ("D7", _CULTURE),
    "locale": ("D8", "locale-convention"),
    "language": ("D8", "accuracy/untranslated"),
}

#: Categories in which a sign clashes by being there: what is only quoted (the name of a song, a
#: colour scheme called “White Lily”) or likened to (“smooth as leather”) is not.
_BY_PRESENCE = frozenset({"animal", "colour", "food", "gift", "plant"})


def usage_none(category: str) -> tuple[str, ...]:
    """Return the usages in which a mention does not count unless a reading says otherwise."""
    return ("negated", "compared", "quoted") if category in _BY_PRESENCE else ("negated",)


_WEAK_EVIDENCE = frozenset({"unsourced", "guide", "opinion", "folklore", "claim"})
_GRAVE_CATEGORIES = frozenset({"religion", "national", "history"})


def capped(severity: Severity, evidence: Evidence, category: str) -> Severity:
    """Return the severity that the evidence allows: hearsay is minor, of grave matters major."""
    if evidence.verified or evidence.kind not in _WEAK_EVIDENCE:
        return severity
    cap = Severity.MAJOR if category in _GRAVE_CATEGORIES else Severity.MINOR
    return cap if severity.rank > cap.rank else severity
