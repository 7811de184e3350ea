"""SARIF: the OASIS schema, the rules of code scanning, and a tool of somebody else's that reads it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest

from culture_lint.knowledge.scales import Severity
from culture_lint.reports import sarif
from culture_lint.results import RunInfo, Suggestion
from culture_lint.sources.items import UNREADABLE, Notice
from culture_lint.spans import Place
from tests.command import CLEAN, LISTING, Command
from tests.reports import samples
from tests.reports.hostile import FORBIDDEN, PATH, attacks
from tests.reports.samples import finding, item

SCHEMA = json.loads(
    (Path(__file__).parents[1] / "data" / "sarif" / "sarif-schema-2.1.0.json").read_text("utf-8")
)
#: Addresses and patterns are checked too, with what jsonschema knows by itself.
VALIDATOR = jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
INFO = RunInfo("1.2.3", "abc", (("AA", "Land A"),), ())


def checked(text: str) -> dict[str, Any]:
    """Return the one run of a log that keeps the schema and what code scanning asks beyond it."""
    log = json.loads(text)
    VALIDATOR.validate(log)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    for rule in rules:
        assert 0 < len(rule["shortDescription"]["text"]) < 1024
        assert 0 < len(rule["fullDescription"]["text"]) < 1024
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert len(rule["properties"]["tags"]) <= 20
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert {rule["id"] for rule in rules} == {one["ruleId"] for one in run["results"]}
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert "suppressions" not in result
        physical = result["locations"][0]["physicalLocation"]
        assert min(physical["region"].values()) >= 1
        if "uriBaseId" in physical["artifactLocation"]:
            assert physical["artifactLocation"]["uriBaseId"] in run["originalUriBaseIds"]
    prints = [one["partialFingerprints"]["cultureLint/v1"] for one in run["results"]]
    assert len(set(prints)) == len(prints)
    return dict(run)


written = partial(samples.written, "sarif", info=INFO)


def test_results_are_those_of_the_json_report(command: Command) -> None:
    command.write("in/l.csv")
    run = ("check", "in/l.csv", "-m", "AA,BB")
    results = checked(command(*run, "-f", "sarif", code=1).out)["results"]
    expected = [
        (one["rule"], item["item"], one["field"], one["line"], one["column"], one["end_column"])
        for item in command(*run, "-f", "json").json["items"]
        for one in item["findings"]
    ]
    assert expected
    assert expected == [
        (
            one["ruleId"],
            one["properties"]["item"],
            one["properties"]["field"],
            (region := one["locations"][0]["physicalLocation"]["region"])["startLine"],
            region["startColumn"],
            region["endColumn"],
        )
        for one in results
    ]
    for one in results:
        place = one["locations"][0]["physicalLocation"]["artifactLocation"]
        assert place == {"uri": "in/l.csv", "uriBaseId": "%SRCROOT%"}


def test_clean_run_is_a_valid_log_without_results(command: Command) -> None:
    command.write("l.csv", CLEAN)
    run = checked(command("check", "l.csv", "-m", "AA", "-f", "sarif", code=0).out)
    assert run["results"] == []
    assert run["invocations"][0]["executionSuccessful"] is True
    assert run["invocations"][0]["exitCode"] == 0


def test_nothing_to_check_is_a_valid_log(command: Command) -> None:
    command.write("l.csv", "sku,title\n")
    assert (
        checked(command("check", "l.csv", "-m", "AA", "-f", "sarif", code=0).out)["results"] == []
    )


def test_file_that_cannot_be_read_is_told(command: Command) -> None:
    command.write("good.csv")
    command.write("bad.csv", b"\xff\xfe\x00")
    run = checked(command("check", "bad.csv", "good.csv", "-m", "AA", "-f", "sarif", code=2).out)
    assert run["results"]
    (invocation,) = run["invocations"]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, 2)
    told = [one for one in invocation["toolExecutionNotifications"] if one["level"] == "error"]
    assert [one["descriptor"]["id"] for one in told] == [UNREADABLE]
    location = told[0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location["uri"] == "bad.csv"


def test_columns_count_code_points(command: Command) -> None:
    command.write("l.csv", "sku,title,language\nA,𝒲𝒲 Holy cow mug,en\n")
    run = checked(command("check", "l.csv", "-m", "AA", "-f", "sarif").out)
    assert run["columnKind"] == "unicodeCodePoints"
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert (region["startColumn"], region["endColumn"]) == (6, 14)


def test_paths_are_encoded(command: Command) -> None:
    name = "li st:%ü#?.csv"
    command.write(f"a/{name}")
    run = checked(command("check", f"a/{name}", "-m", "AA", "-f", "sarif", code=1).out)
    uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "a/li%20st%3A%25%C3%BC%23%3F.csv"
    assert unquote(uri) == f"a/{name}"


def test_file_outside_the_repository_has_an_absolute_address(command: Command) -> None:
    outside = command.folder.parent / "outside.csv"
    outside.write_text(LISTING)
    run = checked(command("check", outside, "-m", "AA", "-f", "sarif", code=1).out)
    place = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": outside.as_uri()}


def test_levels_are_those_of_the_severities() -> None:
    run = checked(
        written(*(item({"AA": 1.0}, finding(one, rule=f"AA/{one.value}")) for one in Severity))
    )
    rules = {one["id"]: one for one in run["tool"]["driver"]["rules"]}
    assert [
        (one["ruleId"], one["level"], rules[one["ruleId"]]["properties"]["problem.severity"])
        for one in run["results"]
    ] == [
        ("AA/blocker", "error", "error"),
        ("AA/major", "warning", "warning"),
        ("AA/minor", "note", "recommendation"),
        ("AA/info", "note", "recommendation"),
    ]


def test_rule_page_is_linked_only_where_there_is_one() -> None:
    from dataclasses import replace

    one = item({"AA": 1.0}, finding(rule="US/nyc-street/x"))
    (rule,) = checked(written(one, info=replace(INFO, pages="https://e.org/")))["tool"]["driver"]["rules"]  # fmt: skip
    assert rule["helpUri"] == "https://e.org/us-nyc-street.md#usnyc-streetx"
    (rule,) = checked(written(one))["tool"]["driver"]["rules"]
    assert rule["helpUri"] == "https://example.org/"


def test_safe_fix_replaces_what_was_found() -> None:
    fix = (Suggestion("token", "en", (), "safe"),)
    (result,) = checked(written(item({}, finding(alternatives=fix, language="en"))))["results"]
    (change,) = result["fixes"][0]["artifactChanges"]
    assert change["artifactLocation"]["uri"] == "l.csv"
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 2, "startColumn": 6, "endLine": 2, "endColumn": 10},
            "insertedContent": {"text": "token"},
        }
    ]


def test_only_the_severest_are_kept_and_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST", 3)
    severities = [Severity.MINOR, Severity.MAJOR, Severity.MINOR, Severity.BLOCKER, Severity.MINOR]
    reports = [
        item({}, finding(one, rule=f"AA/r{number}", place=Place(number + 1, 1, number + 1, 2)))
        for number, one in enumerate(severities)
    ]
    run = checked(written(*reports))
    assert [one["ruleId"] for one in run["results"]] == ["AA/r0", "AA/r1", "AA/r3"]
    assert (run["properties"]["resultsFound"], run["properties"]["resultsLeftOut"]) == (5, 2)
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert "3 severest of 5 findings" in told["message"]["text"]


def test_more_than_code_scanning_keeps_is_told_on_standard_error(command: Command) -> None:
    rows = "".join(f"A{number},Holy cow mug,Pork pie.,en\n" for number in range(2600))
    command.write("l.csv", "sku,title,description,language\n" + rows)
    ran = command("check", "l.csv", "-m", "AA", "-f", "sarif", "-o", "o.sarif", code=1)
    run = checked((command.folder / "o.sarif").read_text("utf-8"))
    left = run["properties"]["resultsLeftOut"]
    assert len(run["results"]) == 5000
    assert left == run["properties"]["summary"]["findings"] - 5000 > 0
    assert f"{left:,} are left out" in ran.err


def test_uploads_of_one_commit_can_be_told_apart(command: Command) -> None:
    command.write("l.csv")
    run = ("check", "l.csv", "-m", "AA", "-f", "sarif")
    assert "automationDetails" not in checked(command(*run).out)
    named = checked(command(*run, CULTURE_LINT_SARIF_CATEGORY="diwali").out)
    assert named["automationDetails"] == {"id": "culture-lint/diwali/"}


def test_suppressed_findings_are_not_there(command: Command) -> None:
    run = ("check", "l.csv", "-m", "AA", "-f", "sarif")
    command.write("l.csv", "sku,title,language\nA,Holy cow mug,en\n")
    assert [one["ruleId"] for one in checked(command(*run).out)["results"]] == ["AA/cow-joke"]
    command.write("l.csv", "sku,title,language,culture_lint_ignore\nA,Holy cow mug,en,ignore[AA/cow-joke] -- known\n")  # fmt: skip
    assert checked(command(*run, code=0).out)["results"] == []


def test_same_bytes_from_several_processes(command: Command) -> None:
    for number in range(4):
        command.write(f"{number}.csv", LISTING.replace("A1", f"A1{number}"))
    run = ("check", ".", "-m", "AA,BB", "-f", "sarif", "--no-cache")
    one, three = (command(*run, "-j", jobs, code=1).out for jobs in ("1", "3"))
    assert one == three
    assert checked(one)["results"]


def test_hostile_copy_is_inert() -> None:
    notices = (Notice(PATH, f"{PATH} [a](https://evil.example) {{0}}", 1, 1, "some/kind"),)
    text = written(*attacks(), notices=notices)
    run = checked(text)
    assert not re.search("[\ud800-\udfff]", text)
    messages = [one["message"]["text"] for one in run["results"]]
    messages += [one["message"]["text"] for one in run["invocations"][0]["toolExecutionNotifications"]]  # fmt: skip
    for one in messages:
        assert "\n" not in one
        assert not set(one) & set(FORBIDDEN)
        # No link of the copy's own, and no placeholder.
        assert not re.search(r"\[[^\]]*\]\(", one)
        assert not re.search(r"(?<!{)(?:{{)*{(?!{)", one)


def test_hostile_rule_is_inert_in_markdown() -> None:
    from dataclasses import replace

    from culture_lint.knowledge.model import Evidence, SourceRef

    bad = "<img src=x onerror=alert(1)> [a](https://evil.example) `x` *b*\n# head"
    sources = (
        SourceRef(bad, "javascript:alert(1)", bad, ""),
        SourceRef("x", "https://e.org/ >(", "", ""),
    )
    one = replace(finding(signified=bad), evidence=Evidence("study", False, sources))
    (rule,) = checked(written(item({}, one)))["tool"]["driver"]["rules"]
    markdown = rule["help"]["markdown"]
    assert "](" not in markdown.replace("\\](", "").replace("\\]\\(", "")
    assert not re.search(r"(?<!\\)[<`]", markdown)
    assert not re.search(r"^# ", markdown, re.M)


def test_a_sarif_tool_reads_it(command: Command) -> None:
    command.write("l.csv")
    run = ("check", "l.csv", "-m", "AA", "-o")
    command(*run, "sarif:o.sarif", "-o", "json:o.json", code=1)
    report = json.loads((command.folder / "o.json").read_text("utf-8"))
    done = subprocess.run(
        [sys.executable, "-m", "sarif", "csv", "--output", "o.csv", "o.sarif"],
        cwd=command.folder, capture_output=True, text=True, env={**os.environ, "HOME": str(command.folder)},
        timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    import csv

    with (command.folder / "o.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    findings = [one for listed in report["items"] for one in listed["findings"]]
    levels = {"blocker": "error", "major": "warning", "minor": "note", "info": "note"}
    assert sorted((one["Code"], one["Severity"], one["Line"]) for one in rows) == sorted(
        (one["rule"], levels[one["severity"]], str(one["line"])) for one in findings
    )
    assert {one["Location"] for one in rows} == {"l.csv"}
