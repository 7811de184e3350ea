"""One line a finding, that editors and problem matchers can parse."""

from __future__ import annotations

import io

from culture_lint.gate.thresholds import Gate
from culture_lint.gate.totals import Totals
from culture_lint.knowledge.scales import Severity
from culture_lint.reports.registry import ReportOptions, reporters
from culture_lint.results import ItemReport, RunInfo
from culture_lint.spans import Place
from tests.reports.samples import finding, item, write


def written(*reports: ItemReport) -> str:
    out = io.StringIO()
    report = reporters()["concise"](out, RunInfo("0", "x", (), ()), ReportOptions())
    for one in reports:
        write(report, one)
    report.finish(Totals({}).summary(), Gate("major", None, {}).verdict())
    return out.getvalue()


def test_each_finding_is_one_line_with_its_place_and_markets() -> None:
    second = finding(Severity.MINOR, place=Place(7, 1, 8, 2), markets=("AA", "BB"), message="a\nb")
    assert written(item({"AA": 1.0}, finding(), second)) == (
        "l.csv:2:6: MAJOR AA/sign [AA] “sign” clashes here.\nl.csv:7:1: MINOR AA/sign [AA,BB] a�b\n"
    )


def test_clean_items_and_totals_say_nothing() -> None:
    assert written(item({"AA": 100.0})) == ""
