"""A persona speaks by one strong cue, or by two weak ones that differ."""

from __future__ import annotations

import pytest

from tests.conftest import Check, rules


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kettle, as seen on TV.", [("star", "as seen on TV")]),
        ("A superstar kettle with glamour.", [("star", "superstar")]),
        ("A superstar kettle.", []),
        ("A superstar kettle for a superstar kitchen.", []),
        ("Superstar kettle, superstar lid.", []),
        ("A kettle for your kitchen.", []),
        ("As seen on TV: the superstar kettle, as seen on TV.", [("star", "As seen on TV")]),
    ],
)
def test_cues_add_up_to_a_persona(check: Check, text: str, expected: list[tuple[str, str]]) -> None:
    assert rules(check(text, language="en")) == expected


def test_persona_costs_in_its_own_dimension(check: Check) -> None:
    report = check("Kettle, as seen on TV.", language="en")
    assert set(report.dimensions["AA"]) == {"D5"}
    assert (
        check("Kettle, as seen on TV.", markets="BB", language="en")
        .dimensions.get("BB", {})
        .get("D5")
        is None
    )
