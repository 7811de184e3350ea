"""The data of the HTML page: what is shared is written once, and the worst stays when much must go."""

from __future__ import annotations

import json
import pickle
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from culture_lint.knowledge.model import Evidence, SourceRef
from culture_lint.knowledge.scales import Severity
from culture_lint.reports.pagedata import (
    MOST_FINDINGS,
    PageData,
    Rows,
    script_json,
    web_address,
)
from culture_lint.results import ItemReport, Suppressed
from tests.reports.samples import finding, item

AA_BB = [("AA", "Aland"), ("BB", "Beland")]


def page(
    *reports: ItemReport, listed: bool = True, **limits: int
) -> tuple[PageData, dict[str, Any]]:
    rows, data = Rows(), PageData(**limits)
    for one in reports:
        # As between processes.
        data.add(pickle.loads(pickle.dumps(rows.row(one, listed))))
    read = json.loads("".join(data.json(AA_BB, {"language": "en"})))
    assert isinstance(read, dict)
    return data, read


@given(st.recursive(st.text(st.characters()) | st.integers(), st.lists))
def test_json_ends_no_script_and_comes_back_the_same(value: Any) -> None:
    text = script_json(value)
    assert not set("<>&\u2028\u2029") & set(text)
    text.encode("utf-8")
    assert json.loads(text) == value


def test_lone_surrogates_are_written() -> None:
    text = script_json("\udc80 <\ud800")
    assert text.encode("utf-8") == b'"\\udc80 \\u003c\\ud800"'


def test_only_the_web_is_linked() -> None:
    assert web_address("https://example.org/a?b=c") == "https://example.org/a?b=c"
    assert web_address("HTTP://example.org") == "HTTP://example.org"
    assert web_address("https://例え.jp/法%20律") == "https://例え.jp/法%20律"
    for url in ("javascript:alert(1)", " https://a", "data:text/html,x", "//a.b", "", "ftp://a",
                "https://a\n.b", "https://a b", "https://a\u202eb",
                'https://a"onclick=', "https://a\\b"):  # fmt: skip
        assert web_address(url) == ""


def test_what_items_share_is_written_once() -> None:
    one = finding()
    reports = [item({"AA": 90.0, "BB": None}, one, item=f"A{number}") for number in range(5)]
    _, read = page(*reports)
    assert len(read["items"]) == 5
    assert len(read["readings"]) == len(read["scores"]) == len(read["paths"]) == 1
    assert [read["markets"][at] for at in read["order"]] == [["AA", "Aland"], ["BB", "Beland"]]
    (scores,) = read["scores"]
    assert {read["markets"][at][0]: cai for at, cai in enumerate(scores)} == {"AA": 900, "BB": -1}
    reading = read["readings"][0]
    assert (reading["r"], reading["c"], reading["k"]) == ("AA/sign", "food", "study")
    assert reading["e"] == [["A study", "https://example.org/", "", ""]]
    found = read["items"][0][7][0]
    assert found[5:8] == ["Some ", "sign", " here"]
    assert read["texts"][found[1]] == "“sign” clashes here."


def test_costs_are_those_of_each_market() -> None:
    one = finding(
        Severity.BLOCKER,
        {"AA": 10.0, "BB": 10.0, "CC": 3.5},
        markets=("AA", "BB", "CC"),
        milder={"BB": Severity.MINOR},
    )
    _, read = page(item({"AA": 90.0, "BB": 90.0, "CC": 96.5}, one))
    costs = read["items"][0][7][0][8]
    told = {}
    for markets, points, gain, severity in zip(*[iter(costs)] * 4, strict=True):
        for market in read["sets"][markets]:
            told[read["markets"][market][0]] = (points, gain, read["severities"][severity])
    assert told == {
        "AA": (100, 100, "blocker"),
        "BB": (100, 100, "minor"),
        "CC": (35, 35, "blocker"),
    }


def test_the_worst_stay_in_the_order_of_the_input() -> None:
    scores = [100.0, 20.0, None, 90.0, 20.0, 50.0]
    reports = [
        item({"AA": cai}, *([finding()] if cai is not None and cai < 100 else []), item=str(number))
        for number, cai in enumerate(scores)
    ]
    data, read = page(*reports, most_items=3)
    assert [one[1] for one in read["items"]] == ["1", "4", "5"]
    assert (data.kept, data.dropped) == (3, 3)
    # Of equals the earlier stay; an item that nobody could judge goes before one that is clean.
    _, read = page(*reports, most_items=1)
    assert [one[1] for one in read["items"]] == ["1"]
    _, read = page(*reports, most_items=5)
    assert "0" not in [one[1] for one in read["items"]]


def test_totals_count_what_is_not_kept() -> None:
    reports = [item({"AA": 90.0}, finding(), finding(), item=str(number)) for number in range(4)]
    data, _ = page(*reports, most_items=1)
    assert data.counts() == {"AA": {900: 4}}
    (tally,) = data.tallies
    assert (tally.items, tally.places, tally.points) == (4, 8, 800)


def test_text_is_bounded_too() -> None:
    reports = [item({"AA": 50.0 + number}, finding(), title="x" * 500) for number in range(9)]
    data, read = page(*reports, most_text=2000)
    assert 0 < len(read["items"]) < 4
    assert data.kept + data.dropped == 9
    assert read["scores"][read["items"][0][5]][0] == 500


def test_an_item_with_very_many_findings_says_so() -> None:
    _, read = page(item({"AA": 1.0}, *[finding()] * (MOST_FINDINGS + 7)))
    assert len(read["items"][0][7]) == MOST_FINDINGS
    assert read["items"][0][9] == 7


def test_items_that_are_not_listed_count() -> None:
    data, read = page(item({"AA": 100.0}), listed=False)
    assert read["items"] == []
    assert data.counts() == {"AA": {1000: 1}}


def test_what_costs_nothing_is_told_apart() -> None:
    quiet = finding(rule="AA/quiet")
    report = item(
        {"AA": 100.0},
        welcome=(finding(rule="AA/welcome"),),
        suppressed=(Suppressed(quiet, "agreed\nwith legal", "ignore[AA/quiet]", "l.csv", 2),),
        baselined=(finding(rule="AA/old"),),
    )
    _, read = page(report)
    told = [(read["readings"][one[0]]["r"], one[5], one[6]) for one in read["items"][0][8]]
    assert told == [
        ("AA/quiet", "suppressed", "agreed with legal"),
        ("AA/old", "baselined", ""),
        ("AA/welcome", "welcome", ""),
    ]


def test_control_characters_are_shown_as_such() -> None:
    hostile = "a\x1b[31mb\u202ec\x00d"
    evidence = Evidence("study", False, (SourceRef(hostile, "javascript:1", hostile, ""),))
    report = item(
        {"AA": 90.0},
        finding(passage=hostile, passage_span=(1, 3), message=hostile, evidence=evidence),
        title=hostile,
        path=hostile,
    )
    _, read = page(report)
    written = json.dumps(read, ensure_ascii=False)
    assert not {"\x1b", "\u202e", "\x00"} & set(written)
    assert "\\u001b" not in written
    assert read["items"][0][7][0][5:8] == ["a", "\ufffd[", "31mb\ufffdc\ufffdd"]
    assert read["readings"][0]["e"][0][1] == ""
