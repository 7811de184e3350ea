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


def test_a_wording_that_clashes_in_another_market_says_so_and_comes_last(
    fixes_check: Check,
) -> None:
    for markets, expected in (
        ("CC", [("sunlion", ())]),
        ("CC,DD", [("sunlion", ("DD",))]),
    ):
        (finding,) = fixes_check("A moonhorse.", markets, language="en").findings
        assert [(one.text, one.clashes_in) for one in finding.alternatives] == expected


def test_what_a_sign_is_welcome_for_elsewhere_is_what_it_was_meant_to_say(
    fixes_check: Check,
) -> None:
    (finding,) = fixes_check("A glade deer print.", "EE", language="en").findings
    assert [(one.text, one.keeps) for one in finding.alternatives] == [
        ("hill fox", ("natural",)),  # of the same kind
        ("wave knot", ("calm", "natural")),
    ]
    (calm,) = fixes_check("A glade deer print.", "EE", language="en", intent=("calm",)).findings
    assert [one.text for one in calm.alternatives] == ["wave knot", "hill fox"]


def test_a_clash_without_a_wording_says_what_kind_of_rewrite_it_needs(check: Check) -> None:
    (finding,) = check("Pork pie.", language="en").findings
    assert finding.alternatives == ()
    assert (
        finding.rewrite == "Leave it out of the offer here, or name what it can be replaced with."
    )
    (other,) = check("Holy cow!", language="en").findings
    assert (bool(other.alternatives), other.rewrite) == (True, "")


def test_a_wording_for_some_words_comes_first_for_them_and_never_for_others(
    fixes_check: Check,
) -> None:
    for text, expected in (
        ("A pie with QUILLROOT.", ["lionroot", "plainroot"]),
        ("A pie with quillbulb.", ["plainroot"]),
        ("A pie with the quill’s leaf.", ["lionleaf", "plainroot"]),
    ):
        (finding,) = fixes_check(text, "CC", language="en").findings
        assert [one.text for one in finding.alternatives] == expected


def test_each_of_two_words_of_one_rule_gets_its_own_wording(fixes_check: Check) -> None:
    findings = fixes_check("A pie with quillroot and quillbulb.", "CC", language="en").findings
    assert [one.alternatives[0].text for one in findings] == ["lionroot", "plainroot"]
