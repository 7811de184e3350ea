"""Counts of rules, the commonest first."""

from __future__ import annotations

import io
import json

from culture_lint.gate.thresholds import Gate
from culture_lint.gate.totals import Totals
from culture_lint.reports.statistics import StatisticsReporter
from culture_lint.results import Suggestion
from tests.reports.samples import finding, item, write

FIX = (Suggestion("x", "en", (), "safe"),)


def written(as_json: bool) -> str:
    out = io.StringIO()
    report = StatisticsReporter(out, as_json)
    once = finding(rule="AA/once", category="colour", alternatives=FIX)
    write(report, item({}, once, finding(markets=("BB",)), finding()))
    write(report, item({}, finding()))
    write(report, item({}))
    report.finish(Totals({}).summary(), Gate("major", None, {}).verdict())
    return out.getvalue()


def test_rules_are_counted_with_their_markets_and_items() -> None:
    assert written(as_json=False) == (
        "     3  major    AA/sign  [AA,BB]  in 2 items\n"
        "     1  major    AA/once  [AA]  in 1 item  1 fixable\n"
    )


def test_json_holds_the_same() -> None:
    first, second = json.loads(written(as_json=True))
    assert first == {
        "count": 3, "rule": "AA/sign", "category": "food", "severity": "major",
        "markets": ["AA", "BB"], "items": 2, "fixable": 0,
    }  # fmt: skip
    assert (second["rule"], second["fixable"]) == ("AA/once", 1)


def test_bars_compare_rules_within_80_cells() -> None:
    out = io.StringIO()
    report = StatisticsReporter(out, False)
    for number, often in enumerate([12, 6, 1]):
        markets = tuple(f"M{one}" for one in range(9)) if number == 2 else ("AA",)
        for _ in range(often):
            write(report, item({}, finding(rule=f"AA/rule-{number}", markets=markets)))
    report.finish(Totals({}).summary(), Gate("major", None, {}).verdict())
    lines = out.getvalue().splitlines()
    assert [line.count("█") for line in lines] == [12, 6, 0]  # the last has no room
    assert "[M0,M1,M2,M3,M4,M5 and 3 more]" in lines[2]
    assert max(map(len, lines)) <= 80
