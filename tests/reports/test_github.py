"""Workflow commands, read back by the rules of GitHub's runner; and the summary of a job."""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from culture_lint.gate.thresholds import Gate
from culture_lint.gate.totals import Totals
from culture_lint.knowledge.scales import Severity
from culture_lint.reports.github import MOST
from culture_lint.reports.registry import ReportOptions, reporters
from culture_lint.results import GateFailure, ItemReport, RunInfo, Verdict
from culture_lint.sources.items import UNREADABLE, Notice
from culture_lint.spans import Place
from tests.command import CLEAN, LISTING, Command
from tests.reports.hostile import ATTACKS, FORBIDDEN, PATH, attacks
from tests.reports.samples import finding, item, write

INFO = RunInfo("1.2.3", "abc", (("AA", "Land A"),), ())
#: Some of what the runner obeys beside annotations; in a log none of it may come from copy.
KNOWN = {
    "error", "warning", "notice", "debug", "group", "endgroup", "add-mask", "add-matcher", "remove-matcher",
    "add-path", "set-env", "set-output", "save-state", "stop-commands", "echo", "task.complete",
}  # fmt: skip


@dataclass(frozen=True)
class Read:
    """A command as the runner takes it from a line of the log."""

    name: str
    properties: dict[str, str]
    data: str


def parsed(text: str) -> Read | None:
    """Read a line by the documented rules, in the words of this test and of nobody's code.

    Blanks before it do not count; ``::name key=value,key=value::data``; else the old form
    ``##[name key=value;key=value]data`` anywhere in the line. Escapes are undone with %25 last.
    """
    new = re.match(r"\s*::([^\s:]+)(?:\s+(.*?))?::(.*)\Z", text, re.S)
    if new and new[1].lower() in KNOWN:
        pairs = [one.split("=", 1) for one in (new[2] or "").split(",") if "=" in one]
        return Read(new[1].lower(), {key: undone(value) for key, value in pairs}, undone(new[3]))
    old = re.search(r"##(?:vso)?\[([^\s\]]+)[^\]]*\](.*)", text)
    if old and old[1].lower() in KNOWN:
        return Read(old[1].lower(), {}, old[2])
    return None


def undone(text: str) -> str:
    for escape, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escape, char)
    return text


def commands(text: str) -> list[Read]:
    return [one for one in map(parsed, re.split(r"\r\n|\r|\n", text)) if one is not None]


def written(
    *reports: ItemReport,
    notices: tuple[Notice, ...] = (),
    info: RunInfo = INFO,
    gate: Gate | None = None,
) -> str:
    out = io.StringIO()
    report = reporters()["github"](out, info, ReportOptions())
    totals = Totals({"AA": "Land A"})
    gate = gate or Gate(info.fail_on, info.min_cai, {"AA"})
    for one in reports:
        totals.add(one)
        gate.add(one)
        write(report, one)
    for notice in notices:
        gate.unread(notice.path)
        report.notice(notice)
    report.finish(totals.summary(), gate.verdict())
    return out.getvalue()


def test_findings_are_annotations_where_they_stand(command: Command) -> None:
    command.write("in/l.csv")
    run = ("check", "in/l.csv", "-m", "AA,BB")
    found = commands(command(*run, "-f", "github", code=1).out)
    report = command(*run, "-f", "json").json
    expected = {
        (one["rule"], one["line"], one["column"], one["end_line"], one["end_column"])
        for listed in report["items"]
        for one in listed["findings"]
    }
    annotations = [one for one in found if "file" in one.properties]
    assert {
        (one.properties["title"], *(int(one.properties[key]) for key in ("line", "col", "endLine", "endColumn")))
        for one in annotations
    } == expected  # fmt: skip
    assert {one.properties["file"] for one in annotations} == {"in/l.csv"}
    assert found[-1].name == "notice"
    assert found[-1].data.startswith("Gate failed: ")


def test_every_finding_is_in_the_log_too(command: Command) -> None:
    command.write("l.csv")
    run = ("check", "l.csv", "-m", "AA,BB")
    log = [
        one for one in command(*run, "-f", "github").out.splitlines() if not one.startswith("::")
    ]
    concise = command(*run, "-f", "concise").out.splitlines()
    assert [one.split(" ")[:3] for one in log] == [one.split(" ")[:3] for one in concise]


def test_clean_run_has_only_its_totals(command: Command) -> None:
    command.write("l.csv", CLEAN)
    ran = command("check", "l.csv", "-m", "AA", "-f", "github", code=0)
    (only,) = commands(ran.out)
    assert (only.name, only.data) == (
        "notice",
        "Gate passed: 0 findings in 0 of 2 items; worst CAI 100.0 in AA.",
    )
    assert ran.out.count("\n") == 1


@pytest.mark.parametrize(
    ("fail_on", "expected"),
    [("never", ["error", "warning", "notice"]), ("blocker", ["error", "warning", "notice"]),
     ("major", ["error", "error", "notice"]), ("minor", ["error", "error", "error"])],
)  # fmt: skip
def test_what_fails_the_gate_is_an_error(fail_on: str, expected: list[str]) -> None:
    reports = [
        item({"AA": 1.0}, finding(one, rule=f"AA/{one.value}"))
        for one in (Severity.BLOCKER, Severity.MAJOR, Severity.MINOR)
    ]
    found = commands(written(*reports, info=replace(INFO, fail_on=fail_on)))
    kinds = {one.properties["title"]: one.name for one in found[:-1]}
    assert [kinds[f"AA/{name}"] for name in ("blocker", "major", "minor")] == expected


def test_thresholds_of_a_file_decide_for_it(command: Command) -> None:
    command.write(
        ".culture-lint.yaml", "markets: [AA]\noverrides:\n- {files: b.csv, fail-on: never}\n"
    )
    command.write("a.csv")
    command.write("b.csv")
    found = commands(command("check", "a.csv", "b.csv", "-f", "github", code=1).out)
    rule = "AA/beef"
    kinds = {
        one.properties["file"]: one.name for one in found if one.properties.get("title") == rule
    }
    assert kinds == {"a.csv": "error", "b.csv": "warning"}


def test_columns_are_left_out_over_several_lines() -> None:
    (one, _) = commands(written(item({}, finding(place=Place(2, 6, 4, 3)))))
    assert one.properties == {
        "file": "l.csv",
        "line": "2",
        "endLine": "4",
        "title": "AA/sign",
    }


def test_the_severest_come_first_and_the_rest_is_counted() -> None:
    severities = [Severity.MINOR] * 15 + [Severity.MAJOR] * 12 + [Severity.BLOCKER] * 14
    reports = [
        item({"AA": 1.0}, finding(one, rule=f"AA/r{number}", place=Place(number + 1, 1, number + 1, 2)))
        for number, one in enumerate(severities)
    ]  # fmt: skip
    found = commands(written(*reports, info=replace(INFO, fail_on="blocker")))
    names = [one.name for one in found]
    assert names == ["error"] * MOST + ["warning"] * MOST + ["notice"] * MOST
    assert [one.properties["title"] for one in found[:10]] == [f"AA/r{n}" for n in range(27, 37)]
    assert [one.properties["title"] for one in found[20:29]] == [f"AA/r{n}" for n in range(9)]
    assert "12 of them in the log alone" in found[-1].data
    assert len(found) + 12 == len(severities) + 1


def test_of_equally_grave_findings_each_rule_has_its_turn() -> None:
    rules = ["AA/often"] * 30 + ["AA/once", "AA/twice", "AA/twice"]
    reports = [item({"AA": 1.0}, finding(rule=rule, place=Place(number + 1, 1, number + 1, 2)))
               for number, rule in enumerate(rules)]  # fmt: skip
    found = [one.properties for one in commands(written(*reports)) if one.name == "error"]
    assert [(one["title"], one["line"]) for one in found[:5]] == [
        ("AA/often", "1"), ("AA/once", "31"), ("AA/twice", "32"), ("AA/often", "2"), ("AA/twice", "33"),
    ]  # fmt: skip
    assert len(found) == MOST


def test_scores_below_the_bar_point_at_the_worst_item(command: Command) -> None:
    command.write("l.csv")
    run = ("check", "l.csv", "-m", "AA", "--fail-on", "never", "--min-cai", "99", "-f", "github")
    found = commands(command(*run, code=1).out)
    error = next(one for one in found if one.name == "error")
    assert (error.properties["title"], error.properties["line"]) == ("CAI", "2")
    assert re.match(r"AA: A1 has CAI \d+\.\d, the least of all; 99 is asked for\.", error.data)


def test_gate_of_somebody_else_is_told() -> None:
    """A campaign judges by bars of single markets, and by more than findings and scores."""
    out = io.StringIO()
    report = reporters()["github"](out, replace(INFO, fail_on="blocker"), ReportOptions())
    write(report, item({"AA": 90.0, "BB": 90.0}, finding(Severity.BLOCKER)))
    failed = (
        GateFailure("AA", "severity", "minor", 1, "blocker"),
        GateFailure("BB", "severity", "minor", 1, "major"),
        GateFailure("BB", "date", "free of mourning", 1, "2027-09-14"),
    )
    report.finish(Totals({}).summary(), Verdict(False, None, "blocker", failed))
    errors = [one.data for one in commands(out.getvalue()) if one.name == "error"]
    assert errors == [
        "BB: 1 finding at or above minor, the worst a major",
        "BB: not free of mourning (2027-09-14)",
        "AA: “sign” clashes here.",
    ]


def test_file_that_cannot_be_read_is_an_error(command: Command) -> None:
    command.write("bad.csv", b"\xff\xfe\x00")
    found = commands(command("check", "bad.csv", "-m", "AA", "-f", "github", code=2).out)
    assert (found[0].name, found[0].properties["file"], found[0].properties["title"]) == (
        "error",
        "bad.csv",
        UNREADABLE,
    )
    assert found[-1].data.startswith("Gate failed: 0 findings")


def test_paths_are_those_of_the_workspace(command: Command) -> None:
    command.write("in/l.csv")
    workspace = str(command.folder.parent)
    ran = command("check", "in/l.csv", "-m", "AA", "-f", "github", GITHUB_WORKSPACE=workspace)
    files = {one.properties.get("file") for one in commands(ran.out)[:-1]}
    assert files == {f"{command.folder.name}/in/l.csv"}


def test_hostile_copy_gives_no_command_of_its_own() -> None:
    text = written(*attacks(), notices=(Notice(PATH, PATH, 1, 1, UNREADABLE),))
    found = commands(text)
    assert {one.name for one in found} == {"error", "notice"}
    assert len(found) == 11
    for one in found:
        assert set(one.properties) <= {"file", "line", "col", "endLine", "endColumn", "title"}
        assert one.properties.get("title") in ("AA/sign", "culture-lint", UNREADABLE)
        assert not set(one.data) & {*FORBIDDEN, "\n", "\r"}
    # A path comes back as it is, whatever is in it.
    assert {one.properties["file"] for one in found[:-1]} == {"l.csv", PATH}
    for one in text.splitlines():
        assert one.startswith("::") == (parsed(one) is not None)
        assert not set(one) & (set(FORBIDDEN) - set(PATH))


@settings(deadline=None)
@given(st.text())
def test_no_text_becomes_a_command(text: str) -> None:
    for attack in (text, f"::error::{text}", f"x##[add-mask]{text}", f"::stop-commands::{text}"):
        one = item({"AA": 1.0}, finding(message=attack), path=attack or "x", item=attack)
        found = commands(written(one))
        assert [one.name for one in found] == ["error", "notice"]
        assert found[0].properties["title"] == "AA/sign"


# -- the summary --------------------------------------------------------------------------------


def test_summary_is_appended_where_github_says(command: Command) -> None:
    command.write("l.csv")
    target = command.write("summary.md", "before\n")
    run = ("check", "l.csv", "-m", "AA,BB", "-o")
    ran = command(*run, "github:-", "-o", "json:r.json", GITHUB_STEP_SUMMARY=str(target), code=1)
    assert "before" not in ran.out
    text = target.read_text("utf-8")
    assert text.startswith("before\n## culture-lint: gate failed ❌\n")
    report = json.loads((command.folder / "r.json").read_text("utf-8"))
    rows = table(text, "market")
    assert {row[0].split()[0]: row[2] for row in rows} == {
        name: f"{cai['min']:.1f}" for name, cai in report["summary"]["cai"].items()
    }
    assert [float(row[2]) for row in rows] == sorted(float(row[2]) for row in rows)
    assert len(table(text, "")) == report["summary"]["findings"]


def test_no_summary_without_a_place_for_it(command: Command) -> None:
    command.write("l.csv", CLEAN)
    before = sorted(command.folder.iterdir())
    command("check", "l.csv", "-m", "AA", "-f", "github", "--no-cache", code=0)
    assert sorted(command.folder.iterdir()) == before


def test_summary_that_cannot_be_written_is_an_error(command: Command) -> None:
    command.write("l.csv", CLEAN)
    ran = command(
        "check", "l.csv", "-m", "AA", "-f", "github", "-q",
        GITHUB_STEP_SUMMARY=str(command.folder / "no" / "s.md"), code=2,
    )  # fmt: skip
    assert "GITHUB_STEP_SUMMARY" in ran.error


def test_summary_is_written_once_from_several_processes(command: Command, tmp_path: Path) -> None:
    for number in range(3):
        command.write(f"{number}.csv", LISTING)
    target = tmp_path / "s.md"
    command("check", ".", "-m", "AA", "-f", "github", "-j", "2", GITHUB_STEP_SUMMARY=str(target))
    assert target.read_text("utf-8").count("## culture-lint: gate") == 1


def table(text: str, head: str) -> list[list[str]]:
    """Return the cells of the table whose first heading is this."""
    rows: list[Any] = [
        [cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]] if row.startswith("|") else None
        for row in text.splitlines()
    ]  # fmt: skip
    start = next(number for number, row in enumerate(rows) if row and row[0] == head)
    end = next(number for number in range(start, len(rows)) if rows[number] is None)
    return rows[start + 2 : end]


def test_attacks_are_all_tried() -> None:
    assert len(attacks()) == len(ATTACKS) + 1
