"""The verdict as the gates of other reports have it, in words that they know."""

from __future__ import annotations

import json
from datetime import date
from importlib import resources

import pytest

from culture_lint.campaign.model import Bar
from culture_lint.campaign.report import gate_of, report_on
from culture_lint.campaign.verdicts import Answer, graver_than
from culture_lint.knowledge.scales import Severity
from culture_lint.results import RunInfo, Summary, Verdict
from tests.campaign.helpers import bad_item, campaign, collected

INFO = RunInfo("1", "r", (("AA", "First"),), ())
PASSED = Verdict(True, None, "never", ())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_has_words_for_what_only_campaigns_ask(language: str) -> None:
    file = resources.files("culture_lint.reports") / "ui" / f"{language}.json"
    texts = json.loads(file.read_text("utf-8"))["texts"]
    assert {"gate.campaign-cai", "gate.persona", "gate.calendar"} <= set(texts)


def test_other_reports_hear_of_every_stop() -> None:
    asked = campaign(bar=Bar(60, 90, "minor", ("celebrity",)))
    found = collected([bad_item("x", ("AA/sign", Severity.MAJOR, 55.0))])
    found.finish(Summary(1, 1, 1, 1, {}, (), 0), PASSED)
    report = report_on(asked, found, INFO, date(2026, 11, 21))
    assert report.answer is Answer.NO_GO
    gate = gate_of(report, PASSED)
    assert not gate.passed
    assert (gate.fail_on, gate.min_cai) == ("major", 60)
    assert [(one.kind, one.limit, one.worst, one.count) for one in gate.failed] == [
        ("severity", "major", "major", 1),
        ("cai", "60", "45.0", 1),
        ("campaign-cai", "CAI 90 for the campaign", "45.0", 1),
        ("persona", "the persona celebrity", "no item", 1),
    ]


def test_the_next_severity_is_what_fails() -> None:
    assert [graver_than(one) for one in ("info", "minor", "major", "blocker")] == [
        "minor", "major", "blocker", "never",
    ]  # fmt: skip
