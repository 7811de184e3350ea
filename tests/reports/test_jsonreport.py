"""The JSON contract: shape, sums, places, and the same bytes from the same input."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.command import CLEAN, LISTING, Command, Ran

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "report.schema.json").read_text("utf-8"))

#: Cells over several lines, doubled quotes, entities, astral characters, four scripts.
MIXED = """sku,title,bullets,description,language
A1,"𝒲ild 🐄🐄 “Holy cow” mug","Set of 4
cups; a ""wall clock"" as a gift","<p>Rich &amp; made with <b>wagyu</b>.</p>
<p>Pork&nbsp;pie, 𝔭ork and pork.</p>",en
A2,猪肉味零食礼盒,四件套,用猪肉制成，送礼挂钟。,zh
A3,Schweinefleisch vom Hof,,Das Schweinefleisch ist frisch.,de
A4,Oak table,,A box with a geometric pattern on the lid.,en
A5,Bardak,,Bu ürün el yapımıdır ve pamuktan üretilmiştir.,tr
A6,,,,en
"""
LINES = (
    '{"sku": "J1", "title": "Holy\\u0020cow \\"mug\\"", "tags": ["pork", "𝔵 pork"], "language": "en"}\n'
    '{"sku": "J2", "title": "Oak table", "language": "en"}\n'
    "[1]\n"
)


def checked(ran: Ran) -> dict[str, Any]:
    """Return a report that holds what the schema asks."""
    report = ran.json
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    return dict(report)


def findings(report: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for item in report["items"]:
        for finding in item["findings"]:
            yield item, finding


def at(source: str, finding: dict[str, Any]) -> str:
    """Return the characters of a file at a finding's place."""
    starts = [0, *(found.end() for found in re.finditer(r"\r\n|\r|\n", source))]
    first = starts[finding["line"] - 1] + finding["column"] - 1
    last = starts[finding["end_line"] - 1] + finding["end_column"] - 1
    return source[first:last]


def test_schema_is_a_valid_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    ("name", "source"),
    [("l.csv", LISTING), ("l.csv", MIXED), ("l.csv", MIXED.replace("\n", "\r\n")),
     ("l.jsonl", LINES), ("l.csv", CLEAN), ("l.csv", "sku,title\n")],
    ids=["plain", "mixed", "crlf", "jsonl", "clean", "header"],
)  # fmt: skip
def test_report_keeps_the_contract(command: Command, name: str, source: str) -> None:
    command.write(name, source)
    ran = command("check", name, "-m", "AA,BB", "-f", "json")
    report = checked(ran)
    unread = any(one.get("kind") == "unreadable" for one in report["notices"])
    assert ran.code == (2 if unread else 0 if report["gate"]["passed"] else 1)
    for item in report["items"]:
        assert list(item["scores"]) == ["AA", "BB"]
        for market, cai in item["scores"].items():
            assert (cai is None) == (market in item["status"])
            if cai is not None:
                lost = sum(one["points"].get(market, 0.0) for one in item["findings"])
                assert round(lost, 1) == round(100 - cai, 1)
                assert cai == round(cai, 1)
    for item, finding in findings(report):
        assert finding["text"] == at(source, finding)
        assert set(finding["points"]) <= {
            one for one in item["scores"] if one not in item["status"]
        }
        assert set(finding["fix_gain"]) == set(finding["points"])
    places = [
        [(one["line"], one["column"], one["rule"]) for one in item["findings"]]
        for item in report["items"]
    ]
    assert places == [sorted(one) for one in places]


def test_findings_are_those_of_the_file(command: Command) -> None:
    command.write("l.csv", MIXED)
    report = checked(command("check", "l.csv", "-m", "AA,BB", "-f", "json", code=1))
    found = [(i["item"], f["rule"], f["field"], f["text"]) for i, f in findings(report)]
    assert ("A1", "AA/cow-joke", "title", "Holy cow") in found
    assert ("A1", "AA/set-of-four", "bullets", "Set of 4") in found
    assert ("A1", "AA/pork", "description", "Pork") in found
    assert ("A2", "AA/pork", "title", "猪肉") in found
    assert ("A3", "BB/pork", "title", "Schweinefleisch") in found
    assert not [one for one in found if one[0] in ("A4", "A5", "A6")]
    wagyu = next(f for _, f in findings(report) if f["text"] == "wagyu")
    assert wagyu["via"] == ["wagyu", "beef", "cow"]
    cow = next(f for _, f in findings(report) if f["rule"] == "AA/cow-joke")
    assert cow["alternatives"][0] == {
        "text": "wow", "language": "en", "keeps": ["playful"], "fix": "unsafe",
    }  # fmt: skip
    assert cow["evidence"] == [
        {"kind": "practice", "verified": True, "title": "Test", "url": "https://example.org/",
         "cite": "", "read": "2026-11-21"}
    ]  # fmt: skip


def test_item_without_finding_is_present_and_whole(command: Command) -> None:
    command.write("l.csv")
    items = checked(command("check", "l.csv", "-m", "AA", "-f", "json"))["items"]
    assert items[1] == {
        "path": "l.csv", "item": "A2", "line": 3, "language": "en", "scores": {"AA": 100.0},
        "status": {}, "dimensions": {}, "resonance": {}, "findings": [],
    }  # fmt: skip


def test_item_that_could_not_be_judged_is_null_with_a_reason(command: Command) -> None:
    command.write("l.csv")
    report = checked(command("check", "l.csv", "-m", "AA", "-f", "json"))
    item = report["items"][2]
    assert item["scores"] == {"AA": None}
    assert item["status"]["AA"].startswith("not examined: the copy is in “tr”")
    assert report["summary"]["cai"]["AA"]["items"] == 2
    assert report["summary"]["cai"]["AA"]["not_examined"] == 1


def test_welcome_sign_is_resonance(command: Command) -> None:
    command.write("l.csv", MIXED)
    item = checked(command("check", "l.csv", "-m", "AA", "-f", "json"))["items"][3]
    assert item["scores"] == {"AA": 100.0}
    assert item["resonance"]["AA"] > 0


def test_summary_counts_the_items(command: Command) -> None:
    command.write("a.csv", MIXED)
    command.write("b.csv", LISTING)
    report = checked(command("check", "a.csv", "b.csv", "-m", "AA,BB", "-f", "json"))
    summary = report["summary"]
    every = [finding for _, finding in findings(report)]
    assert summary["files"] == 2
    assert summary["items"] == len(report["items"]) == 9
    assert summary["findings"] == len(every)
    assert summary["items_with_findings"] == sum(bool(one["findings"]) for one in report["items"])
    for severity, count in summary["by_severity"].items():
        assert count == sum(one["severity"] == severity for one in every)
    for market, cai in summary["cai"].items():
        scores = [one["scores"][market] for one in report["items"]]
        judged = [one for one in scores if one is not None]
        assert cai["min"] == min(judged)
        assert (cai["items"], cai["not_examined"]) == (len(judged), scores.count(None))
    assert summary["notices"] == len(report["notices"]) == 2


def test_show_findings_leaves_clean_items_out_of_the_listing_alone(command: Command) -> None:
    command.write("l.csv", MIXED)
    run = ("check", "l.csv", "-m", "AA", "-f", "json")
    whole, short = checked(command(*run)), checked(command(*run, "--show", "findings"))
    assert short["items"] == [one for one in whole["items"] if one["findings"]]
    assert len(short["items"]) < len(whole["items"])
    assert short["summary"] == whole["summary"]
    assert short["gate"] == whole["gate"]


@pytest.mark.parametrize("show", ["all", "findings"])
def test_json_lines_are_the_items_of_json(command: Command, show: str) -> None:
    command.write("l.csv", MIXED)
    run = ("check", "l.csv", "-m", "AA,BB", "--show", show)
    lines = command(*run, "-f", "jsonl", code=1).out.splitlines()
    assert [json.loads(line) for line in lines] == command(*run, "-f", "json").json["items"]


def test_json_lines_of_a_clean_run_without_items_are_empty(command: Command) -> None:
    command.write("l.csv", "sku,title\n")
    assert command("check", "l.csv", "-m", "AA", "-f", "jsonl", code=0).out == ""


@pytest.mark.parametrize("form", ["json", "text"])
def test_same_input_gives_the_same_bytes(command: Command, form: str) -> None:
    rows = [line for line in MIXED.split("\n") if line.startswith(("A2", "A3", "A4", "A5"))]
    random.Random(5).shuffle(rows)
    command.write("l.csv", MIXED + "\n".join(rows) + "\n")
    run = ("check", "l.csv", "-m", "AA,BB", "-f", form)
    outs = {command(*run, PYTHONHASHSEED=seed).out for seed in ("0", "1", "4242")}
    assert len(outs) == 1
    assert command(*run, "--no-cache").out in outs


def test_file_and_standard_output_hold_the_same_bytes(command: Command) -> None:
    command.write("l.csv", MIXED)
    run = ("check", "l.csv", "-m", "AA", "-f", "json")
    printed = command(*run).out
    assert command(*run, "-o", "r.json").out == ""
    assert (command.folder / "r.json").read_bytes() == printed.encode()
    assert b"\r" not in printed.encode()


def test_output_is_utf8_whatever_the_locale(command: Command) -> None:
    command.write("l.csv", MIXED)
    run = ("check", "l.csv", "-m", "AA", "-f", "json")
    assert command(*run, PYTHONIOENCODING="ascii", LC_ALL="C").out == command(*run).out


def test_standard_input_reads_as_the_file_would(command: Command) -> None:
    command.write("l.csv", MIXED)
    run = ("-m", "AA", "-f", "json")
    named = command("check", "-", "--stdin-filename", "l.csv", *run, stdin=MIXED)
    assert named.out == command("check", "l.csv", *run).out
    unnamed = checked(command("check", "-", *run, stdin=MIXED))
    assert {one["path"] for one in unnamed["items"]} == {"stdin.csv"}


def test_name_of_standard_input_picks_the_format(command: Command) -> None:
    run = ("-m", "AA", "-f", "json")
    report = checked(command("check", "-", "--stdin-filename", "x.jsonl", *run, stdin=LINES))
    assert [one["item"] for one in report["items"]] == ["J1", "J2", "3"]
    assert {one["text"] for _, one in findings(report)} >= {"Holy\\u0020cow", "pork"}
    ran = command("check", "-", "--stdin-filename", "x.docx", *run, "-q", stdin=LINES, code=2)
    assert "x.docx: no reader for this kind of file; supported: " in ran.error


def test_row_markets_decide_the_scores(command: Command) -> None:
    command.write("l.csv", 'sku,market,title\nA,"AA, BB",Pork pie\nB,BB,Pork pie\nC,aa,Pork pie\n')
    report = checked(command("check", "l.csv", "-f", "json", code=1))
    assert [list(one["scores"]) for one in report["items"]] == [["AA", "BB"], ["BB"], ["AA"]]
    assert list(report["summary"]["cai"]) == ["AA", "BB"]


def test_asked_markets_are_kept_in_every_item(command: Command) -> None:
    command.write("l.csv", "sku,market,title\nA,AA,Pork pie\nB,BB,Pork pie\n")
    items = checked(command("check", "l.csv", "-m", "BB", "-f", "json"))["items"]
    assert [list(one["scores"]) for one in items] == [["BB"], ["BB"]]
    run = ("check", "l.csv", "-m", "BB", "-c", "market=market", "-f", "json")
    assert [list(one["scores"]) for one in checked(command(*run))["items"]] == [[], ["BB"]]


def test_lone_surrogate_survives_as_an_escape(command: Command) -> None:
    command.write("l.jsonl", '{"title": "Pork \\ud83d pie", "language": "en"}\n')
    checked(command("check", "l.jsonl", "-m", "AA", "-f", "json", code=1))
