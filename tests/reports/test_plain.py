"""One line a finding, the gate in miniature, and fingerprints."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from culture_lint.gate.thresholds import Gate
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.knowledge.scales import Severity
from culture_lint.reports.plain import (
    PAGES,
    Fingerprints,
    cut,
    fails,
    line,
    message,
    rule_page,
    safe_fix,
    stem,
    too_low,
)
from culture_lint.results import Suggestion
from tests.reports.hostile import ATTACKS, FORBIDDEN
from tests.reports.samples import finding, item

DOCS = Path(__file__).parents[2] / "docs"


@settings(deadline=None)
@given(st.text())
def test_a_line_controls_nothing(text: str) -> None:
    shown = line(text)
    assert not set(shown) & set(FORBIDDEN)
    assert shown.isprintable() or all(
        unicodedata.category(char) in ("Cf", "Zs", "Cn", "Co")
        for char in shown
        if not char.isprintable()
    )
    shown.encode("utf-8")
    assert shown == " ".join(shown.split()) == line(shown)


def test_good_text_stays_as_it_is() -> None:
    for text in (
        "قهوة\u200f!",
        "क्ष\u200dत्र",
        "🏴\U000e0067\U000e0062\U000e007f",
        "👩\u200d🚀",
        "猪肉",
    ):
        assert line(text) == text


@pytest.mark.parametrize("text", ATTACKS)
def test_attacks_are_one_line(text: str) -> None:
    shown = message(finding(message=text, text=text, passage=text, passage_span=(0, len(text))))
    assert not set(shown) & {*FORBIDDEN, "\n", "\r"}


def test_message_stands_alone() -> None:
    alternatives = tuple(Suggestion(text, "en", (), "none") for text in ("one", "two", "3", "4"))
    assert message(finding(alternatives=alternatives, markets=("AA", "BB"))) == (
        "AA, BB: “sign” clashes here. Instead: “one” or “two” or “3”."
    )
    assert message(finding(rewrite="Leave it out.")) == "AA: “sign” clashes here. Leave it out."


def test_message_names_what_was_found_where_its_reason_does_not() -> None:
    assert message(finding(message="Clashes.")) == "AA: “sign”: Clashes."
    assert message(finding(message="SIGN clashes.")) == "AA: SIGN clashes."


def test_many_markets_are_counted() -> None:
    some = tuple(f"M{number}" for number in range(9))
    assert message(finding(markets=some)).startswith("M0, M1, M2, M3, M4, M5 and 3 more: ")
    assert message(finding(markets=some[:7])).startswith("M0, M1, M2, M3, M4, M5, M6: ")


@settings(deadline=None)
@given(
    st.sampled_from(["blocker", "major", "minor", "never"]),
    st.sampled_from(list(Severity)),
    st.dictionaries(st.sampled_from(["AA", "BB"]), st.sampled_from([0.0, 3.0]), min_size=1),
    st.dictionaries(st.sampled_from(["AA", "BB"]), st.sampled_from(list(Severity))),
)
def test_what_fails_is_what_the_gate_fails(
    fail_on: str, severity: Severity, points: dict[str, float], milder: dict[str, Severity]
) -> None:
    milder = {name: one for name, one in milder.items() if one.rank < severity.rank}
    one = finding(severity, points, milder=milder)
    gate = Gate(fail_on, None, {"AA", "BB"})
    gate.add(item({"AA": 50.0, "BB": 50.0}, one))
    assert sorted(fails(one, fail_on)) == [two.market for two in gate.verdict().failed]


def test_scores_below_the_bar() -> None:
    report = item({"AA": 59.9, "BB": 60.0, "CC": None})
    assert too_low(report, 60.0) == {"AA": 59.9}
    assert too_low(report, None) == {}


def test_every_built_in_rule_has_the_page_that_is_named(builtin: Knowledge) -> None:
    anchors: dict[str, set[str]] = {}
    for one in builtin.all_readings():
        page, _, anchor = rule_page(one.id, PAGES).removeprefix(PAGES).partition("#")
        if page not in anchors:
            text = (DOCS / "rules" / page).read_text("utf-8")
            anchors[page] = {
                re.sub(r"[^\w -]", "", head).strip().replace(" ", "-").lower()
                for head in re.findall(r"^## (.*)$", text, re.M)
            }
        assert anchor in anchors[page], one.id
    assert rule_page("AA/x", "") == ""


@pytest.mark.parametrize(
    ("fixes", "text", "expected"),
    [((("five", "safe"), ("six", "unsafe")), "four", "five"), ((("four cups", "safe"),), "4", "four cups"),
     ((("a", "safe"), ("b", "safe")), "four", None), ((("a", "unsafe"),), "four", None),
     ((("a, b", "safe"),), "four", None), ((("five", "safe"),), "fo&amp;ur", None),
     ((("ลีลาวดี", "safe"),), "x", "ลีลาวดี"), ((("⚡", "safe"),), "💀", "⚡")],
)  # fmt: skip
def test_only_one_plain_alternative_is_a_fix(
    fixes: tuple[tuple[str, str], ...], text: str, expected: str | None
) -> None:
    alternatives = tuple(Suggestion(say, "en", (), fix) for say, fix in fixes)
    one = finding(alternatives=alternatives, text=text, language="en")
    assert safe_fix(one) == expected
    assert safe_fix(replace(one, language="th")) is None


def test_fingerprints_tell_repeats_apart_and_know_no_line() -> None:
    def of(*findings: object) -> list[str]:
        taken = Fingerprints()
        return [taken.take(stem("l.csv", item({}), one)) for one in findings]  # type: ignore[arg-type]

    one, moved, other = (
        finding(key="k"),
        finding(key="k", place=finding().place.__class__(9, 9, 9, 9), markets=("BB",)),
        finding(key="other"),
    )
    assert of(one, other)[0] == of(moved)[0]
    assert len(set(of(one, one, moved, other))) == 4
    assert of(one, one, other) == of(one, one, other)
    assert stem("m.csv", item({}), one) != stem("l.csv", item({}), one)


def test_what_is_too_long_is_cut() -> None:
    assert cut("abcdef", 6) == "abcdef"
    assert cut("abcdefg", 6) == "abcde…"
