"""Checkstyle XML, as a parser of XML reads it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st

from culture_lint.sources.items import UNREADABLE, Notice
from tests.command import CLEAN, Command
from tests.reports import samples
from tests.reports.hostile import FORBIDDEN, PATH, attacks
from tests.reports.samples import finding, item


def checked(text: str) -> ET.Element:
    """Return the root of a report in which everything is where checkstyle has it."""
    root = ET.fromstring(text.encode("utf-8"))
    assert root.tag == "checkstyle"
    assert root.get("version")
    for file in root:
        assert (file.tag, set(file.attrib)) == ("file", {"name"})
        for error in file:
            assert error.tag == "error"
            assert set(error.attrib) == {"line", "column", "severity", "message", "source"}
            assert error.attrib["severity"] in ("error", "warning", "info")
            assert min(int(error.attrib["line"]), int(error.attrib["column"])) >= 1
            assert error.attrib["source"].startswith("culture-lint.")
            assert not len(error)
    return root


written = partial(samples.written, "checkstyle")


def test_errors_are_the_findings_file_by_file(command: Command) -> None:
    command.write("a/l.csv")
    command.write("b/l.csv")
    run = ("check", "a", "b", "-m", "AA,BB")
    root = checked(command(*run, "-f", "checkstyle", code=1).out)
    assert [one.get("name") for one in root] == ["a/l.csv", "b/l.csv"]
    severities = {"blocker": "error", "major": "warning", "minor": "info", "info": "info"}
    assert [
        (one.get("source"), one.get("severity"), one.get("line"), one.get("column"))
        for one in root.iter("error")
    ] == [
        (f"culture-lint.{one['rule']}", severities[one["severity"]], str(one["line"]), str(one["column"]))
        for listed in command(*run, "-f", "json").json["items"]
        for one in listed["findings"]
    ]  # fmt: skip


def test_clean_run_is_an_empty_report(command: Command) -> None:
    command.write("l.csv", CLEAN)
    assert len(checked(command("check", "l.csv", "-m", "AA", "-f", "checkstyle", code=0).out)) == 0


def test_file_that_cannot_be_read_is_an_error(command: Command) -> None:
    command.write("bad.csv", b"\xff\xfe\x00")
    root = checked(command("check", "bad.csv", "-m", "AA", "-f", "checkstyle", code=2).out)
    (error,) = root.iter("error")
    assert (root[0].get("name"), error.get("source")) == ("bad.csv", f"culture-lint.{UNREADABLE}")


def test_hostile_copy_is_inert() -> None:
    root = checked(written(*attacks(), notices=(Notice(PATH, PATH, None, None, UNREADABLE),)))
    assert len(list(root.iter("error"))) == len(attacks()) + 1
    for one in root.iter():
        for value in one.attrib.values():
            assert not set(value) & {*FORBIDDEN, "\n", "\r"}


@settings(deadline=None)
@given(st.text())
def test_any_text_is_good_xml(text: str) -> None:
    one = item({}, finding(message=text), path=text or "x")
    (error,) = checked(written(one)).iter("error")
    assert error.get("severity") == "warning"
