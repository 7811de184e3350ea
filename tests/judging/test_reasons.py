"""What several findings say of the same words is told once, by the gravest; a law is told beside it."""

from __future__ import annotations

import pytest

from culture_lint.judging.findings import Finding
from culture_lint.judging.own import own_reading
from culture_lint.judging.reasons import Reasons
from culture_lint.knowledge.model import Evidence
from culture_lint.knowledge.scales import Severity

BLOCKER, MAJOR, MINOR = Severity.BLOCKER, Severity.MAJOR, Severity.MINOR


def found(
    rule: str, start: int, end: int, category: str, severity: Severity, *markets: str
) -> Finding:
    reading = own_reading(
        rule,
        signified="a sign",
        severity=severity,
        category=category,
        dimension="D1",
        mqm="audience-appropriateness",
        message="“{match}”",
        rewrite="",
        instead=(),
        evidence=Evidence("practice", True, ()),
        reviewed="2026-11-22",
    )
    pairs = tuple((market, reading) for market in markets or ("AA",))
    return Finding(rule, 0, start, end, "sign", (), pairs)


@pytest.mark.parametrize(
    ("findings", "kept"),
    [
        # One inside the other, the graver outside or inside.
        ([("a", 0, 9, "claim", MAJOR), ("b", 2, 5, "claim", MAJOR)], ["a"]),
        ([("a", 0, 9, "claim", MAJOR), ("b", 2, 5, "claim", BLOCKER)], ["b"]),
        # Some words in common: the graver, else the longer.
        ([("a", 0, 5, "claim", MINOR), ("b", 3, 9, "claim", MAJOR)], ["b"]),
        ([("a", 0, 5, "claim", MAJOR), ("b", 3, 9, "claim", MAJOR)], ["b"]),
        # Nothing in common, or another field of the law.
        ([("a", 0, 3, "claim", MAJOR), ("b", 3, 9, "claim", MAJOR)], ["a", "b"]),
        ([("a", 0, 5, "claim", MAJOR), ("b", 0, 5, "national", MAJOR)], ["a", "b"]),
        # An insult is one fault by whatever name; what a law says of it is another.
        ([("a", 0, 5, "profanity", MAJOR), ("b", 0, 5, "naming", MINOR)], ["a"]),
        ([("a", 0, 5, "religion", MAJOR), ("b", 2, 9, "food", MINOR)], ["a"]),
        ([("a", 0, 5, "religion", MAJOR), ("b", 0, 5, "claim", MINOR)], ["a", "b"]),
        # Who speaks yields to what is said, and hides nothing itself.
        ([("a", 0, 5, "persona", MAJOR), ("b", 0, 5, "claim", MAJOR)], ["b"]),
        ([("a", 0, 9, "persona", MAJOR), ("b", 0, 5, "claim", MINOR)], ["a", "b"]),
        # What is told by none is not lost: b goes for a, so c stays.
        (
            [
                ("a", 0, 4, "claim", BLOCKER),
                ("b", 2, 9, "claim", MAJOR),
                ("c", 7, 12, "claim", MINOR),
            ],
            ["a", "c"],
        ),
    ],
)
def test_the_same_words_are_told_once(
    findings: list[tuple[str, int, int, str, Severity]], kept: list[str]
) -> None:
    given = [found(*one) for one in findings]
    assert [one.rule for one in Reasons().one_each(given)] == kept
    assert sorted(one.rule for one in Reasons().one_each(given[::-1])) == kept


def test_each_market_is_told_by_itself() -> None:
    given = [
        found("a", 0, 5, "claim", MAJOR, "AA"),
        found("b", 3, 9, "claim", MAJOR, "AA", "BB"),
        found("c", 8, 12, "claim", MINOR, "BB", "CC"),
    ]
    kept = Reasons().one_each(given)
    assert [(one.rule, [name for name, _ in one.by_market]) for one in kept] == [
        ("b", ["AA", "BB"]),
        ("c", ["CC"]),
    ]
