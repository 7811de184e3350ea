"""Thresholds of several configurations in one run."""

from __future__ import annotations

from culture_lint.gate.gates import Gates
from culture_lint.knowledge.scales import Severity
from tests.reports.samples import finding, item

STRICT, MILD = ("minor", 90.0), ("never", None)
POOR = item({"AA": 80.0}, finding(Severity.MINOR))


def test_each_item_is_held_against_its_own_thresholds() -> None:
    gates = Gates(MILD, {"AA"})
    gates.add(POOR, MILD)
    assert gates.verdict().passed
    gates.add(POOR, STRICT)
    verdict = gates.verdict()
    assert not verdict.passed
    assert {one.kind for one in verdict.failed} == {"severity", "cai"}
    assert (verdict.fail_on, verdict.min_cai) == MILD  # those that most files have
    assert verdict.complete


def test_files_without_a_market_are_no_complete_check() -> None:
    verdict = Gates(MILD, {"AA"}).verdict({"a.md": None, "b.md": "ar"})
    assert not verdict.passed
    assert not verdict.complete
    (failed,) = verdict.failed
    assert (failed.kind, failed.count, failed.worst) == ("market", 2, "a.md")


def test_a_file_that_was_not_read_fails_once() -> None:
    gates = Gates(STRICT, {"AA"})
    gates.add(item({"AA": 100.0}), MILD)
    gates.unread("x.csv")
    assert [one.kind for one in gates.verdict().failed] == ["input"]
