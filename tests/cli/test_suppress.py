"""Suppressions through the command: the code, what is told, what the reports hold."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema

from tests.command import Command

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "report.schema.json").read_text("utf-8"))

HEAD = "sku,title,language,culture_lint_ignore\n"


def test_a_silenced_finding_passes_the_gate_and_is_counted(command: Command) -> None:
    command.write("l.csv", HEAD + "A,Holy cow mug,en,ignore[AA/cow-joke] -- the band's name\n")
    ran = command("check", "l.csv", "-m", "AA", code=0)
    assert "0 findings in 0 items; 1 suppressed\n" in ran.out
    assert "AA/cow-joke" not in ran.out
    report = command("check", "l.csv", "-m", "AA", "-f", "json", "--show", "findings").json
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    (one,) = report["items"][0]["suppressed"]
    assert (one["finding"]["rule"], one["finding"]["points"]) == ("AA/cow-joke", {})
    assert (one["markets"], one["justification"]) == (["AA"], "the band's name")
    assert (one["path"], one["line"]) == ("l.csv", 2)
    assert one["directive"] == "ignore[AA/cow-joke] -- the band's name"
    assert report["summary"]["suppressed"] == 1
    audit = command("check", "l.csv", "-m", "AA", "--ignore-suppressions", code=1)
    assert "AA/cow-joke" in audit.out
    assert "suppressed" not in audit.out


def test_one_that_is_not_understood_fails_and_is_told_even_quietly(command: Command) -> None:
    command.write("l.csv", HEAD + "A,Oak table,en,ignore[AA/cow-jok]\n")
    ran = command("check", "l.csv", "-m", "AA", "-q", code=1)
    assert ran.error == (
        "l.csv:2:16: suppression “ignore[AA/cow-jok]”: “AA/cow-jok” is no rule, owner or "
        "category; did you mean AA/cow-joke?"
    )
    assert "1 suppression is to be mended (l.csv:2:16)" in ran.out
    report = command("check", "l.csv", "-m", "AA", "-q", "-f", "json").json
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    assert report["gate"]["failed"] == [
        {
            "market": "",
            "gate": "suppression",
            "limit": "understood",
            "count": 1,
            "worst": "l.csv:2:16",
        }
    ]
    assert report["notices"][-1]["kind"] == "suppression/unknown-rule"
    command("check", "l.csv", "-m", "AA", "-q", "--fail-on", "never", code=0)


def test_an_unused_one_is_only_told(command: Command) -> None:
    command.write("l.csv", HEAD + "A,Oak table,en,ignore[AA/cow-joke]\n")
    ran = command("check", "l.csv", "-m", "AA", code=0)
    assert "l.csv:2:16: note: " in ran.err
    assert "AA/cow-joke is not found here; remove it" in ran.err
    assert command("check", "l.csv", "-m", "BB", code=0).err.count("note:") == 1


def test_a_file_may_have_its_suppressions_beside_it(command: Command) -> None:
    command.write("l.jsonl", '{"id": "A", "title": "Holy cow mug", "language": "en"}\n')
    command("check", "l.jsonl", "-m", "AA", code=1)
    beside = "l.jsonl.culture-lint.yaml"
    command.write(beside, "- {pointer: /A/title, ignore: AA/cow-joke, reason: a band}\n")
    command("check", "l.jsonl", "-m", "AA", code=0)
    command("check", ".", "-m", "AA", code=0)
    command.write(beside, "- {pointer: /A/title, ignore: AA/cow-joke, marked: a band}\n")
    ran = command("check", "l.jsonl", "-m", "AA", code=2)
    assert ran.error.startswith(f"culture-lint: {beside}:1:44: unknown key “marked”")


def test_a_configuration_silences_and_asks_for_reasons(command: Command) -> None:
    command.write("listings/l.csv", HEAD + "A,Holy cow mug,en,\nB,Holy cow bowl,en,\n")
    entry = "ignores:\n- {path: 'listings/*.csv', item: A, rules: [AA/cow-joke]"
    command.write(".culture-lint.yaml", f"markets: [AA]\n{entry}, reason: a band}}\n")
    report = command("check", "listings", "-f", "json", code=1).json
    assert [len(item["findings"]) for item in report["items"]] == [0, 1]
    (one,) = report["items"][0]["suppressed"]
    assert (one["justification"], one["line"]) == ("a band", 3)
    assert one["path"].endswith(".culture-lint.yaml")

    command.write(".culture-lint.yaml", f"markets: [AA]\nrequire-reason: true\n{entry}}}\n")
    ran = command("check", "listings", "-q", code=1)
    assert (
        ".culture-lint.yaml:4:3: suppression “ignores: AA/cow-joke”: gives no reason" in ran.error
    )
    assert "2 findings" in ran.out


def test_an_expired_one_lets_its_finding_return(command: Command) -> None:
    command.write("l.csv", HEAD + "A,Holy cow mug,en,ignore[AA/cow-joke] until=2020-01-01 -- x\n")
    ran = command("check", "l.csv", "-m", "AA", code=1)
    assert "expired on 2020-01-01; what it silenced counts again" in ran.err
    command.write("l.csv", HEAD + "A,Holy cow mug,en,ignore[AA/cow-joke] until=9999-12-31 -- x\n")
    command("check", "l.csv", "-m", "AA", code=0)
    assert "1 suppressed" in command("check", "l.csv", "-m", "AA", code=0).out  # as it was kept


def test_a_rule_says_how_to_silence_it(command: Command) -> None:
    out = command("rule", "AA/cow-joke", code=0).out
    assert out.endswith("To silence it\n  culture-lint: ignore[AA/cow-joke] -- reason\n")
    assert "silence" not in command("rule", "AA/pattern-welcome", code=0).out
