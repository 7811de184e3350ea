"""The gate: severities, scores, and what was never examined."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from culture_lint.gate.thresholds import Gate
from culture_lint.knowledge.scales import Severity
from culture_lint.results import FindingReport, Verdict
from tests.reports.samples import finding, item

SEVERITIES = list(Severity)


def verdict(*reports: object, fail_on: str = "never", min_cai: float | None = None) -> Verdict:
    gate = Gate(fail_on, min_cai, ("AA", "BB"))
    for report in reports:
        gate.add(report)  # type: ignore[arg-type]
    return gate.verdict()


@pytest.mark.parametrize("fail_on", ["blocker", "major", "minor", "never"])
@pytest.mark.parametrize("severity", SEVERITIES)
def test_severity_at_or_above_the_threshold_fails(fail_on: str, severity: Severity) -> None:
    limits = {"blocker": 3, "major": 2, "minor": 1, "never": 99}
    found = verdict(item({"AA": 50.0}, finding(severity, {"AA": 50.0})), fail_on=fail_on)
    assert found.passed == (severity.rank < limits[fail_on])
    assert found.fail_on == fail_on


def test_info_never_fails() -> None:
    assert verdict(item({"AA": 100.0}, finding(Severity.INFO, {"AA": 0.0})), fail_on="minor").passed


@pytest.mark.parametrize("points", [{}, {"AA": 0.0}])
def test_finding_that_costs_nothing_does_not_fail(points: dict[str, float]) -> None:
    assert verdict(item({"AA": 100.0}, finding(Severity.MAJOR, points)), fail_on="minor").passed


def test_blocker_that_others_left_no_points_still_fails() -> None:
    found = finding(Severity.BLOCKER, {"AA": 0.0})
    assert not verdict(item({"AA": 0.0}, found), fail_on="blocker").passed


def test_finding_counts_where_it_costs() -> None:
    found = finding(Severity.MAJOR, {"AA": 11.0, "BB": 0.0})
    (failure,) = verdict(item({"AA": 89.0, "BB": 100.0}, found), fail_on="major").failed
    assert (failure.market, failure.kind, failure.count, failure.worst) == (
        "AA", "severity", 1, "major",
    )  # fmt: skip


def test_severity_is_that_of_the_market() -> None:
    points = {"AA": 50.0, "BB": 5.0}
    found = finding(Severity.BLOCKER, points, milder={"BB": Severity.MINOR})
    (failure,) = verdict(item({"AA": 50.0, "BB": 95.0}, found), fail_on="major").failed
    assert (failure.market, failure.worst) == ("AA", "blocker")


def test_worst_severity_and_count_of_each_market_are_named() -> None:
    failed = verdict(
        item({"AA": 50.0, "BB": 90.0}, finding(Severity.MAJOR, {"AA": 50.0, "BB": 10.0})),
        item({"AA": 10.0}, finding(Severity.BLOCKER, {"AA": 90.0})),
        item({"AA": 99.0}, finding(Severity.MINOR, {"AA": 1.0})),
        fail_on="major",
    ).failed
    assert [(one.market, one.count, one.worst) for one in failed] == [
        ("AA", 2, "blocker"),
        ("BB", 1, "major"),
    ]


@pytest.mark.parametrize(
    ("cai", "least", "passed"),
    [(60.0, 60.0, True), (59.9, 60.0, False), (0.0, 0.0, True), (None, 100.0, True), (100.0, 100.0, True)],
)  # fmt: skip
def test_every_judged_item_must_reach_the_least_cai(
    cai: float | None, least: float, passed: bool
) -> None:
    assert verdict(item({"AA": 100.0}), item({"AA": cai}), min_cai=least).passed is passed


def test_lowest_score_of_each_market_is_named() -> None:
    reports = [item({"AA": cai, "BB": 100.0}) for cai in (70.0, 12.3, 59.9)]
    (failure,) = verdict(*reports, min_cai=60).failed
    assert (failure.market, failure.kind, failure.limit, failure.count, failure.worst) == (
        "AA", "cai", "60", 2, "12.3",
    )  # fmt: skip


def test_market_without_ruleset_never_passes() -> None:
    found = verdict(item({"AA": 100.0, "XX": None}))
    assert not found.passed
    assert not found.complete
    assert [(one.market, one.kind, one.count) for one in found.failed] == [("XX", "coverage", 1)]


def test_copy_that_a_covered_market_cannot_judge_does_not_fail() -> None:
    assert verdict(item({"AA": None}), fail_on="minor", min_cai=99).passed


def test_file_that_was_not_read_never_passes() -> None:
    gate = Gate("never", None, ("AA",))
    gate.unread("a.csv")
    gate.unread("b.csv")
    found = gate.verdict()
    assert not found.passed
    assert not found.complete
    (failure,) = found.failed
    assert (failure.market, failure.kind, failure.count, failure.worst) == (
        "", "input", 2, "a.csv",
    )  # fmt: skip


def test_nothing_seen_passes() -> None:
    found = verdict(fail_on="minor", min_cai=100)
    assert found.passed
    assert found.complete


FINDINGS = st.builds(
    finding,
    st.sampled_from(SEVERITIES),
    st.dictionaries(st.sampled_from(["AA", "BB"]), st.sampled_from([0.0, 0.1, 20.0])),
)


@given(
    st.lists(st.lists(FINDINGS, max_size=4), max_size=5),
    st.sampled_from(["blocker", "major", "minor"]),
)
def test_gate_fails_exactly_when_one_finding_alone_would(
    groups: list[list[FindingReport]], fail_on: str
) -> None:
    every = [one for group in groups for one in group]
    alone = [not verdict(item({}, one), fail_on=fail_on).passed for one in every]
    together = verdict(*(item({}, *group) for group in groups), fail_on=fail_on)
    assert together.passed == (not any(alone))
    assert sum(one.count for one in together.failed) == sum(
        one.count for each in every for one in verdict(item({}, each), fail_on=fail_on).failed
    )


@given(st.lists(FINDINGS, max_size=6))
def test_milder_threshold_never_passes_more(found: list[FindingReport]) -> None:
    passed = [
        verdict(item({}, *found), fail_on=one).passed
        for one in ("minor", "major", "blocker", "never")
    ]
    assert passed == sorted(passed)
