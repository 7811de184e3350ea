"""GitLab Code Quality: the documented fields, distinct fingerprints, nothing that breaks its parser."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import jsonschema
import pytest

from culture_lint.knowledge.scales import Severity
from culture_lint.sources.items import UNREADABLE, Notice
from culture_lint.spans import Place
from tests.command import CLEAN, LISTING, Command
from tests.reports import samples
from tests.reports.hostile import FORBIDDEN, PATH, attacks
from tests.reports.samples import finding, item

#: The report format as GitLab's documentation describes it.
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "additionalProperties": False,
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./)"},
                    "lines": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def checked(text: str) -> list[dict[str, Any]]:
    assert not text.startswith("\ufeff")
    issues = json.loads(text)
    jsonschema.Draft202012Validator(SCHEMA).validate(issues)
    assert len({one["fingerprint"] for one in issues}) == len(issues)
    return list(issues)


written = partial(samples.written, "gitlab")


def test_issues_are_the_findings(command: Command) -> None:
    command.write("in/l.csv")
    run = ("check", "./in/l.csv", "-m", "AA,BB")
    issues = checked(command(*run, "-f", "gitlab", code=1).out)
    assert issues
    assert [
        (one["check_name"], one["severity"], one["location"]["lines"]["begin"]) for one in issues
    ] == [
        (one["rule"], one["severity"], one["line"])
        for listed in command(*run, "-f", "json").json["items"]
        for one in listed["findings"]
    ]
    assert {one["location"]["path"] for one in issues} == {"in/l.csv"}
    for one in issues:
        assert one["description"].startswith(one["check_name"] + ": ")


def test_clean_run_is_an_empty_array(command: Command) -> None:
    command.write("l.csv", CLEAN)
    assert command("check", "l.csv", "-m", "AA", "-f", "gitlab", code=0).out == "[]\n"


def test_file_has_no_byte_order_mark(command: Command) -> None:
    command.write("l.csv")
    command("check", "l.csv", "-m", "AA", "-f", "gitlab", "-o", "q.json", code=1)
    assert (command.folder / "q.json").read_bytes().startswith(b"[\n{")


def test_paths_are_those_of_the_project(command: Command) -> None:
    command.write("in/l.csv")
    project = str(command.folder.parent)
    ran = command("check", "in/l.csv", "-m", "AA", "-f", "gitlab", CI_PROJECT_DIR=project)
    path = f"{command.folder.name}/in/l.csv"
    assert {one["location"]["path"] for one in checked(ran.out)} == {path}


@pytest.mark.parametrize("severity", list(Severity))
def test_severities_have_the_same_names(severity: Severity) -> None:
    (issue,) = checked(written(item({}, finding(severity))))
    assert issue["severity"] == severity.value


def test_what_moves_is_the_same_issue_and_repeats_are_told_apart(command: Command) -> None:
    head, *rows = LISTING.splitlines(keepends=True)
    run = ("check", "l.csv", "-m", "AA", "-f", "gitlab")
    command.write("l.csv", LISTING)
    before = checked(command(*run).out)
    command.write("l.csv", head + "Z9,Oak bed,A bed.,en\n" + "".join(rows))
    after = checked(command(*run).out)
    assert [one["fingerprint"] for one in before] == [one["fingerprint"] for one in after]
    assert [one["location"] for one in before] != [one["location"] for one in after]
    same = finding(key="k")
    three = checked(written(item({}, same, same), item({}, same)))
    assert len({one["fingerprint"] for one in three}) == 3


def test_another_market_does_not_make_it_another_issue(command: Command) -> None:
    command.write("l.csv", "sku,title,language\nA,Pork pie,en\n")
    run = ("check", "l.csv", "-f", "gitlab", "-m")
    one, two = (checked(command(*run, markets).out) for markets in ("AA", "AA,BB"))
    known = {issue["check_name"]: issue["fingerprint"] for issue in two}
    assert one
    for issue in one:
        assert known[issue["check_name"]] == issue["fingerprint"]


def test_file_that_cannot_be_read_is_an_issue(command: Command) -> None:
    command.write("bad.csv", b"\xff\xfe\x00")
    (issue,) = checked(command("check", "bad.csv", "-m", "AA", "-f", "gitlab", code=2).out)
    assert (issue["check_name"], issue["severity"]) == (UNREADABLE, "blocker")
    assert issue["location"]["path"] == "bad.csv"


def test_hostile_copy_is_inert() -> None:
    text = written(*attacks(), notices=(Notice(PATH, PATH, None, None, UNREADABLE),))
    text.encode("utf-8")
    issues = checked(text)
    assert len(issues) == len(attacks()) + 1
    for one in issues:
        assert not set(one["description"]) & {*FORBIDDEN, "\n", "\r"}
    assert text.count("\n") == len(issues) + 2


def test_same_place_in_two_files_is_two_issues() -> None:
    one = finding(key="k", place=Place(1, 1, 1, 2))
    checked(written(item({}, one, path="a.csv"), item({}, one, path="b.csv")))
