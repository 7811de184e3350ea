"""Where other words would not be true: they may describe a picture, or the product itself."""

from __future__ import annotations

from culture_lint.results import FindingReport, Suggestion

#: Categories that are about the words; all others are about what the words name.
_OF_WORDS = frozenset(
    [
        "discrimination",
        "profanity",
        "naming",
        "language",
        "locale",
        "address",
        "claim",
        "persona",
        "humour",
        "idiom",
    ]
)


def states_facts(finding: FindingReport) -> str:
    """Return why other words in a field would not be true, empty where they can be."""
    if finding.role == "brand":
        return "a brand is called what it is called"
    if finding.category in _OF_WORDS:
        return ""
    if finding.role == "alt":
        return "it describes a picture, which would have to change too"
    if finding.role == "attribute":
        return "it says what the product is; change the product, or leave it out of this market"
    return ""


def is_worked_out(finding: FindingReport, suggestion: Suggestion) -> bool:
    """Tell whether a wording was worked out for its very place: a price, a spelling."""
    return finding.category in ("locale", "language") and suggestion.fix == "safe"
