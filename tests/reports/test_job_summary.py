"""The summary of a job: small, true, and nothing in it but text."""

from __future__ import annotations

import re

import mistune
import pytest

from culture_lint.knowledge.scales import Severity
from culture_lint.reports.job_summary import MOST, Shown, job_summary, said
from culture_lint.results import GateFailure, MarketSummary, RunInfo, Summary, Verdict
from tests.reports.hostile import ATTACK, ATTACKS

INFO = RunInfo("1.2.3", "abcdef0123456789", (("AA", "Land A"),), ())
MARKET = MarketSummary("AA", "Land A", 3, 1, 12.3, 12.3, 60.0, None, 1, 4)
#: As GitHub reads it: tables, bare addresses made links, HTML let through.
render = mistune.create_markdown(escape=False, plugins=["table", "url", "strikethrough"])


def summary(*markets: MarketSummary) -> Summary:
    return Summary(1, 4, 2, 4, {"blocker": 1, "major": 0, "minor": 3, "info": 0}, markets, 0, 2, 1)


def verdict(*failed: GateFailure) -> Verdict:
    return Verdict(not failed, 60.0, "major", failed)


def test_verdict_reasons_and_markets_are_told() -> None:
    failed = (
        GateFailure("AA", "severity", "major", 4, "blocker"),
        GateFailure("AA", "cai", "60", 2, "12.3"),
        GateFailure("", "input", "readable", 1, "bad.csv"),
    )
    shown = Shown(Severity.BLOCKER, "AA/x", "https://e.org/aa.md#aax", "l.csv:2:6", "A1", "AA: no.")
    text = str(render(job_summary(INFO, summary(MARKET), verdict(*failed), [shown], 3)))
    plain = re.sub(r"<[^>]+>", "", text)
    for one in (
        "culture-lint: gate failed ❌",
        "4 findings in 2 of 4 items in 1 file (1 blocker, 3 minor); 2 suppressed; 1 in the baseline",
        "AA: 4 findings at or above major, the worst a blocker",
        "AA: 2 items below CAI 60, the worst at 12.3",
        "1 file could not be read; the first: bad.csv",
        "AA Land A",
        "3 more are in the log.",
        "fail on major, CAI at least 60",
    ):
        assert one in plain
    assert '<a href="https://e.org/aa.md#aax">AA/x</a>' in text
    assert text.count("<table") == 2


def test_passed_gate_says_so() -> None:
    assert "gate passed ✅" in job_summary(INFO, summary(), verdict(), [], 0)


@pytest.mark.parametrize(
    "text", [ATTACK, *ATTACKS, "www.evil.example http://evil.example a@b.example"]
)
def test_hostile_text_is_nothing_but_text(text: str) -> None:
    html = str(render(f"| a | b |\n|--|--|\n| {said(text)} | x |\n\n- {said(text)}\n"))
    assert set(re.findall(r"<(\w+)", html)) <= {
        "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "p",
    }  # fmt: skip
    assert html.count("<td") == 2
    assert html.count("<li") == 1


def test_hostile_run_adds_no_element() -> None:
    shown = Shown(Severity.MINOR, ATTACK, "", ATTACK, ATTACK, ATTACK)
    failed = (GateFailure(ATTACK, "severity", ATTACK, 1, ATTACK),)
    market = MarketSummary(ATTACK, ATTACK, 1, 0, 1.0, 1.0, 1.0, None, 0, 1)
    html = str(render(job_summary(INFO, summary(market), verdict(*failed), [shown], 0)))
    assert not re.search(r"<(?:script|a|img|b|x)\b", html)
    assert html.count("<tr") == 4


def test_summary_stays_below_what_github_takes() -> None:
    shown = Shown(Severity.MINOR, "AA/x", "", "l.csv:1:1", "A", "猪" * 20_000)
    for before in (0, MOST - 5_000, MOST, 2 * MOST):
        text = job_summary(INFO, summary(MARKET), verdict(), [shown] * 50, 0, before)
        assert before + len(text.encode()) < max(before + 1, 1024 * 1024)
    assert "The rest is left out" in job_summary(INFO, summary(MARKET), verdict(), [shown] * 50, 0)
