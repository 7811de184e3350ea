"""JUnit XML, read by junitparser: what fails is what the gate fails."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from junitparser import Error, Failure, JUnitXml, Skipped, TestCase

from culture_lint.gate.thresholds import Gate
from culture_lint.gate.totals import Totals
from culture_lint.knowledge.scales import Severity
from culture_lint.reports import junit
from culture_lint.reports.registry import Reporter, ReportOptions, reporters
from culture_lint.results import GateFailure, ItemReport, RunInfo, Verdict
from culture_lint.sources.items import UNREADABLE, Notice
from tests.command import CLEAN, Command
from tests.reports.hostile import FORBIDDEN, PATH, attacks
from tests.reports.samples import finding, item, write

TestCase.__test__ = False
INFO = RunInfo("0", "x", (("AA", "A"),), ())


def checked(text: str) -> JUnitXml:
    """Return a report whose counts are true and whose names are unique."""
    found = JUnitXml.fromstring(text.encode("utf-8"))
    assert isinstance(found, JUnitXml)
    told = (found.tests, found.failures, found.errors, found.skipped)
    total = Counter[str]()
    for suite in found:
        counts = Counter[str]()
        cases = list(suite)
        for case in cases:
            counts["tests"] += 1
            assert len(case.result) <= 1
            for result in case.result:
                counts[type(result).__name__] += 1
                # GitLab shows the text, others the message.
                assert result.message == result.text
        names = [(case.classname, case.name) for case in cases]
        assert len(set(names)) == len(names)
        kinds = ("tests", "Failure", "Error", "Skipped")
        assert (suite.tests, suite.failures, suite.errors, suite.skipped) == tuple(
            counts[kind] for kind in kinds
        )
        total += counts
    assert told == tuple(total[kind] for kind in ("tests", "Failure", "Error", "Skipped"))
    return found


def cases(text: str) -> list[TestCase]:
    return [case for suite in checked(text) for case in suite]


def made(info: RunInfo) -> tuple[io.StringIO, Reporter]:
    out = io.StringIO()
    return out, reporters()["junit"](out, info, ReportOptions())


def written(*reports: ItemReport, info: RunInfo = INFO, notices: tuple[Notice, ...] = ()) -> str:
    out, report = made(info)
    gate = Gate(info.fail_on, info.min_cai, {"AA", "BB"})
    for one in reports:
        gate.add(one)
        write(report, one)
    for notice in notices:
        report.notice(notice)
    report.finish(Totals({}).summary(), gate.verdict())
    return out.getvalue()


def test_failures_are_the_findings_that_fail_the_gate(command: Command) -> None:
    command.write("in/l.csv")
    run = ("check", "in/l.csv", "-m", "AA,BB")
    found = cases(command(*run, "-f", "junit", code=1).out)
    failed = [one for one in found if one.result and isinstance(one.result[0], Failure)]
    expected = [
        f"{one['rule']} {listed['item']} {one['field']} {one['line']}:{one['column']}"
        for listed in command(*run, "-f", "json").json["items"]
        for one in listed["findings"]
        if one["severity"] in ("blocker", "major")
    ]
    assert expected
    assert [one.name for one in failed] == expected
    assert {one.classname.partition(".")[2] for one in found} == {"in/l.csv"}


def test_market_of_a_file_is_a_case_with_its_worst_score(command: Command) -> None:
    command.write("l.csv")
    run = ("check", "l.csv", "-m", "AA,BB", "--fail-on", "never")
    found = cases(command(*run, "-f", "junit", code=0).out)
    scores = command(*run, "-f", "json").json["summary"]["cai"]
    assert [(one.classname, one.name) for one in found] == [
        (f"{name}.l.csv", f"{name} CAI {cai['min']:.1f}, 1 item not examined")
        for name, cai in scores.items()
    ]
    assert {cai["not_examined"] for cai in scores.values()} == {1}
    assert all(one.is_passed for one in found)


def test_score_below_the_bar_fails_the_market(command: Command) -> None:
    command.write("l.csv")
    run = ("check", "l.csv", "-m", "AA", "--fail-on", "never", "--min-cai", "99", "-f", "junit")
    (only,) = cases(command(*run, code=1).out)
    (failure,) = only.result
    assert isinstance(failure, Failure)
    assert "1 item is below the CAI asked for; the worst, A1 (line 2) has CAI " in failure.message


def test_clean_file_is_a_passing_case(command: Command) -> None:
    command.write("l.csv", CLEAN)
    (only,) = cases(command("check", "l.csv", "-m", "AA", "-f", "junit", code=0).out)
    assert (only.name, only.is_passed) == ("AA CAI 100.0", True)


def test_nothing_to_check_is_a_passing_case(command: Command) -> None:
    command.write("l.csv", "sku,title\n")
    (only,) = cases(command("check", "l.csv", "-m", "AA", "-f", "junit", code=0).out)
    assert (only.name, only.is_passed) == ("nothing to check", True)


def test_market_that_was_not_examined_is_skipped(command: Command) -> None:
    command.write("l.csv", "sku,title,description,language\nA3,Bardak,Bu ürün el yapımıdır.,tr\n")
    (only,) = cases(command("check", "l.csv", "-m", "AA", "-f", "junit").out)
    (skipped,) = only.result
    assert isinstance(skipped, Skipped)
    assert skipped.message.startswith("not examined: the copy is in “tr”")


def test_file_that_cannot_be_read_is_an_error(command: Command) -> None:
    command.write("bad.csv", b"\xff\xfe\x00")
    (only,) = cases(command("check", "bad.csv", "-m", "AA", "-f", "junit", code=2).out)
    (error,) = only.result
    assert isinstance(error, Error)
    assert (only.classname, error.type) == ("input.bad.csv", UNREADABLE)


def test_market_without_a_ruleset_fails_the_gate(command: Command) -> None:
    command.write("l.csv", "sku,market,title,language\nA,AA,Oak table,en\nB,ZZ,Oak table,en\n")
    found = cases(command("check", "l.csv", "-f", "junit", code=2).out)
    failed = [one for one in found if not one.is_passed and not one.is_skipped]
    assert [(one.classname, one.name) for one in failed] == [("culture-lint gate", "coverage ZZ")]


def test_finding_that_fails_several_markets_fails_them_all() -> None:
    both = finding(points={"AA": 9.0, "BB": 9.0}, markets=("AA", "BB"))
    found = cases(written(item({"AA": 91.0, "BB": 91.0}, both, finding())))
    assert [(one.name, one.is_passed) for one in found] == [
        ("AA CAI 91.0", True),
        ("BB CAI 91.0", False),
        ("AA/sign A1 title 2:6", False),
        ("AA/sign A1 title 2:6 #2", False),
    ]
    assert found[1].result[0].message == (
        "l.csv, BB: 1 finding fails the gate in BB, told under another market"
    )


def test_items_that_were_not_examined_are_told() -> None:
    clean = {"AA": 100.0, "BB": None}
    reports = [item(clean), item(clean), item(clean), item({"AA": None, "BB": None}), item(clean)]
    found = cases(written(*reports))
    assert [one.name for one in found] == ["AA CAI 100.0, 1 item not examined", "BB not examined"]


def test_other_findings_are_beside_the_cases() -> None:
    report = item({"AA": 97.0}, finding(Severity.MINOR, rule="AA/a"), finding(rule="AA/b"))
    (suite,) = checked(written(report))
    assert [one.name for one in suite] == ["AA CAI 97.0", "AA/b A1 title 2:6"]
    out = suite._elem.find("system-out")
    assert out is not None
    assert out.text == "l.csv:2:6: MINOR AA/a AA: “sign” clashes here.\n"


def test_repeated_names_get_a_number() -> None:
    report = item({"AA": 9.0}, finding(), finding())
    names = [one.name for one in cases(written(report))]
    assert names == ["AA CAI 9.0", "AA/sign A1 title 2:6", "AA/sign A1 title 2:6 #2"]


def test_too_large_a_report_only_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(junit, "MOST", 2000)
    out, report = made(replace(INFO, min_cai=60.0))
    few = item({"AA": 50.0}, finding(), finding(Severity.MINOR))
    many = item({"AA": 40.0, "BB": 80.0}, *[finding()] * 9, path="m.csv")
    gate = Gate("major", 60.0, {"AA"})
    for one in (few, many):
        gate.add(one)
        write(report, one)
    report.finish(Totals({}).summary(), gate.verdict())
    found = cases(out.getvalue())
    assert [(one.name, one.classname) for one in found] == [
        ("AA CAI 50.0", "AA.l.csv"),
        ("AA CAI 40.0", "AA.m.csv"),
        ("BB CAI 80.0", "BB.m.csv"),
    ]
    assert found[1].result[0].message == (
        "m.csv, AA: 1 item is below the CAI asked for; the worst, A1 (line 2) has CAI 40.0; "
        "9 findings fail the gate in AA"
    )
    assert found[2].is_passed
    from culture_lint.reports.registry import told_by

    (told,) = told_by(report)
    assert "11 findings are left out" in told


def test_report_says_failed_when_the_gate_does() -> None:
    for fail_on, min_cai in (("never", None), ("minor", None), ("never", 60.0), ("blocker", 10.0)):
        info = replace(INFO, fail_on=fail_on, min_cai=min_cai)
        report = item({"AA": 50.0}, finding(Severity.MINOR))
        gate = Gate(fail_on, min_cai, {"AA"})
        gate.add(report)
        failing = any(not one.is_passed for one in cases(written(report, info=info)))
        assert failing == (not gate.verdict().passed)


def test_gate_of_somebody_else_has_its_cases() -> None:
    """A campaign judges by bars of single markets, and by more than findings and scores."""
    out, report = made(replace(INFO, fail_on="blocker"))
    write(report, item({"AA": 90.0, "BB": 90.0}, finding(Severity.BLOCKER)))
    failed = (
        GateFailure("AA", "severity", "minor", 1, "blocker"),
        GateFailure("BB", "severity", "minor", 1, "major"),
        GateFailure("BB", "cai", "95", 1, "90.0"),
        GateFailure("BB", "date", "free of mourning", 1, "2027-09-14"),
    )
    report.finish(Totals({}).summary(), Verdict(False, None, "blocker", failed))
    found = [(one.name, one.result[0].text) for one in cases(out.getvalue()) if one.result]
    assert found[0][0].startswith("AA/sign")
    assert found[1:] == [
        ("severity BB", "BB: 1 finding at or above minor, the worst a major"),
        ("cai BB", "BB: 1 item below CAI 95, the worst at 90.0"),
        ("date BB", "BB: not free of mourning (2027-09-14)"),
    ]


def test_hostile_copy_is_inert() -> None:
    notices = (Notice(PATH, PATH, None, None, UNREADABLE),)
    text = written(*attacks(), notices=notices)
    found = cases(text)
    assert sum(bool(one.result) for one in found) == len(attacks()) + 1
    assert not set(text) & set(FORBIDDEN)


@settings(deadline=None)
@given(st.text())
def test_any_text_is_good_xml(text: str) -> None:
    one = item(
        {"AA": 1.0}, finding(message=text), finding(Severity.MINOR), item=text, path=text or "x"
    )
    assert len(cases(written(one))) == 2


def test_same_bytes_from_several_processes(command: Command) -> None:
    for number in range(4):
        command.write(f"{number}.csv")
    run = ("check", ".", "-m", "AA,BB", "--no-cache")
    for form in ("junit", "gitlab", "checkstyle", "github"):
        one, three = (command(*run, "-f", form, "-j", jobs, code=1).out for jobs in ("1", "3"))
        assert one == three
