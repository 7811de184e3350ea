"""Totals against the same figures worked out naively."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from culture_lint.gate.totals import Totals
from culture_lint.knowledge.scales import Severity
from culture_lint.results import ItemReport, Summary
from tests.reports.samples import finding, item

MARKETS = ["AA", "BB", "US/texas-ranch"]
SCORES = st.one_of(st.none(), st.integers(0, 1000).map(lambda tenths: tenths / 10))


def added(reports: list[ItemReport]) -> Summary:
    totals = Totals({name: f"Market {name}" for name in MARKETS})
    for report in reports:
        totals.add(report)
    return totals.summary()


@given(st.lists(st.dictionaries(st.sampled_from(MARKETS), SCORES), max_size=60))
def test_figures_of_a_market_are_those_of_its_sorted_scores(
    rows: list[dict[str, float | None]],
) -> None:
    summary = added([item(row) for row in rows])
    assert [one.market for one in summary.markets] == [
        name for name in MARKETS if any(name in row for row in rows)
    ]
    for market in summary.markets:
        every = [row[market.market] for row in rows if market.market in row]
        judged = sorted(one for one in every if one is not None)
        assert (market.judged, market.not_judged) == (len(judged), len(every) - len(judged))
        if not judged:
            assert (market.minimum, market.p10, market.mean) == (None, None, None)
            continue
        assert market.minimum == judged[0]
        assert market.p10 == judged[math.ceil(len(judged) / 10) - 1]
        mean = sum(Fraction(round(one * 10), 10) for one in judged) / len(judged)
        assert market.mean is not None
        assert abs(Fraction(market.mean) - mean) <= Fraction(1, 20) + Fraction(1, 10**9)
        assert market.mean == round(market.mean, 1)
        assert market.minimum <= market.p10
        assert market.minimum <= market.mean <= judged[-1]


@pytest.mark.parametrize(
    ("count", "rank"), [(1, 1), (9, 1), (10, 1), (11, 2), (20, 2), (21, 3), (100, 10), (101, 11)]
)
def test_tenth_percentile_is_the_nearest_rank(count: int, rank: int) -> None:
    summary = added([item({"AA": float(n)}) for n in range(min(count, 100), 0, -1)])
    if count > 100:
        summary = added([item({"AA": n / 2}) for n in range(1, count + 1)])
        assert summary.markets[0].p10 == rank / 2
    else:
        assert summary.markets[0].p10 == float(rank)


SEVERITIES = st.sampled_from(list(Severity))
FINDINGS = st.builds(
    finding,
    SEVERITIES,
    st.fixed_dictionaries({}, optional={name: st.just(3.0) for name in MARKETS}),
)


@given(st.lists(st.lists(FINDINGS, max_size=4), max_size=12))
def test_findings_are_counted_once_and_in_each_market_where_they_stand(
    groups: list[list[object]],
) -> None:
    reports = [item(dict.fromkeys(MARKETS, 50.0), *group) for group in groups]  # type: ignore[arg-type]
    summary = added(reports)
    every = [one for report in reports for one in report.findings]
    assert summary.items == len(reports)
    assert summary.findings == len(every) == sum(summary.by_severity.values())
    assert summary.items_with_findings == sum(bool(report.findings) for report in reports)
    assert list(summary.by_severity) == ["blocker", "major", "minor", "info"]
    for severity in Severity:
        assert summary.by_severity[severity.value] == sum(one.severity is severity for one in every)
    for market in summary.markets:
        there = [one for one in every if market.market in one.points]
        assert market.findings == len(there)
        assert market.blockers == sum(one.severity is Severity.BLOCKER for one in there)


@given(st.lists(st.tuples(SCORES, st.integers(0, 400)), max_size=30))
def test_resonance_is_the_mean_of_judged_items(rows: list[tuple[float | None, int]]) -> None:
    reports = [item({"AA": cai}, resonance={"AA": tenths / 10}) for cai, tenths in rows]
    judged = [Fraction(tenths, 10) for cai, tenths in rows if cai is not None]
    for market in added(reports).markets:
        if not judged:
            assert market.resonance is None
        else:
            assert market.resonance is not None
            mean = sum(judged) / len(judged)
            assert abs(Fraction(market.resonance) - mean) <= Fraction(1, 20) + Fraction(1, 10**9)


def test_markets_come_in_the_order_asked_for_and_unknown_ones_last() -> None:
    reports = [item({"ZZ": None, "BB": 90.0}), item({"CC": None, "AA": 80.0})]
    assert [(one.market, one.name) for one in added(reports).markets] == [
        ("AA", "Market AA"),
        ("BB", "Market BB"),
        ("CC", "CC"),
        ("ZZ", "ZZ"),
    ]


def test_files_count_also_when_they_hold_no_items() -> None:
    totals = Totals({})
    totals.file("empty.csv")
    totals.file("l.csv")
    totals.add(item({"AA": 100.0}))
    assert totals.summary().files == 2
    assert totals.summary().items == 1


def test_empty_run_has_no_markets() -> None:
    summary = added([])
    assert summary.markets == ()
    assert (summary.files, summary.items, summary.findings) == (0, 0, 0)
