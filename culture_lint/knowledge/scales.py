"""The words that readings and signs are described with: how grave, which way, how meant, how related.

Apart from the model, so that what shows results need not build it.
"""

from __future__ import annotations

from enum import Enum


class Severity(str, Enum):
    """How bad a clash is; MQM critical, major, minor, neutral."""

    BLOCKER = "blocker"
    MAJOR = "major"
    MINOR = "minor"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for info up to 3 for a blocker."""
        return ("info", "minor", "major", "blocker").index(self.value)


class Polarity(str, Enum):
    """Which way a reading counts: the first three cost points, positive ones feed resonance."""

    TABOO = "taboo"
    NEGATIVE = "negative"
    REGULATED = "regulated"
    NEUTRAL = "neutral"
    POSITIVE = "positive"


class Usage(str, Enum):
    """How a sign is meant where it stands (decided only when a reading asks)."""

    LITERAL = "literal"
    FIGURATIVE = "figurative"
    GIFT = "gift"
    PACKAGING = "packaging"
    COLOUR = "colour"
    MATERIAL = "material"
    INGREDIENT = "ingredient"
    MOTIF = "motif"
    QUANTITY = "quantity"
    PRICE = "price"
    BARE = "bare"
    NAME = "name"
    NEGATED = "negated"
    QUOTED = "quoted"
    COMPARED = "compared"
    CATEGORY = "category"


class RelationKind(str, Enum):
    """Edges of the semantic network."""

    IS_A = "is_a"
    MADE_OF = "made_of"
    DEPICTS = "depicts"
    EVOKES = "evokes"
