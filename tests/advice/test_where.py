"""Findings say where they stand in their item, for whoever writes a fix."""

from __future__ import annotations

from tests.conftest import Check


def test_a_finding_knows_its_span_and_the_language_of_its_text(check: Check) -> None:
    text = "For the barn: a pork pie."
    (finding,) = check(text, language="en-GB").findings
    start, end = finding.span
    assert (finding.segment, text[start:end], finding.language) == (0, "pork", "en")
