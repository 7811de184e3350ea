"""Alternatives: the ruleset's own, signs that carry the same signified, the declared intent."""

from __future__ import annotations

from tests.conftest import Check


def test_alternatives_name_the_signified_that_they_keep(check: Check) -> None:
    (finding,) = check("Holy cow!", language="en").findings
    assert [(one.text, one.keeps) for one in finding.alternatives] == [
        ("wow", ("playful",)),
        ("golden goose", ("wealthy",)),
    ]


def test_declared_intent_comes_first(check: Check) -> None:
    (finding,) = check("Holy cow!", language="en", intent=("wealthy",)).findings
    assert finding.alternatives[0].text == "golden goose"


def test_welcome_sign_that_conveys_the_same_is_offered(check: Check) -> None:
    (finding,) = check("Bamboo tea in a box.", language="en").findings
    assert [(one.text, one.keeps) for one in finding.alternatives] == [
        ("geometric pattern", ("natural",))
    ]


def test_food_is_not_swapped_for_a_pattern(check: Check) -> None:
    (finding,) = check("Pork pie.", language="en").findings
    assert finding.alternatives == ()
