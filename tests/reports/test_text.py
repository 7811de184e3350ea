"""The report for people: grouping, the marked passage, the table, the gate, colour, width."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys

import pytest

from culture_lint.gate.thresholds import Gate
from culture_lint.gate.totals import Totals
from culture_lint.knowledge.model import Evidence, SourceRef
from culture_lint.knowledge.scales import Severity
from culture_lint.reports.registry import ReportOptions, reporters
from culture_lint.reports.terminal import width
from culture_lint.results import ItemReport, RunInfo, Suggestion
from culture_lint.spans import Place
from tests.command import LISTING, Command
from tests.reports.samples import finding, item, write

WHOLE = """\
l.csv:2  A1  Holy cow mug
  CAI AA 7.9 E  100 in BB
  BLOCKER AA/cow-joke  AA −85.2
    title 2:4: »Holy cow« mug
    description 2:33: A mug with a "»holy cow«" print, made with wagyu. Set of 4.
    “Holy cow” clashes here.
    Why: read badly in the test market [established practice: Test; https://example.org/]
    Instead: “wow” (keeps playful) · “golden goose” (keeps wealthy)
"""
TABLE = """\
Cultural Adaptability Index (0-100) by market
  market                 worst   10 %   mean  band  items  not examined  blockers  findings
  AA First test market     7.9    7.9   54.0     E      2             1         2         4
  BB Second test market  100.0  100.0  100.0     A      2             1                   0
"""


def report(
    *items: ItemReport,
    names: dict[str, str] | None = None,
    colour: bool = False,
    columns: int = 100,
    min_cai: float | None = None,
    fail_on: str = "major",
) -> str:
    """Return the text report of items made by hand."""
    names = names or {"AA": "First", "BB": "Second"}
    out = io.StringIO()
    info = RunInfo("0", "0" * 40, tuple(names.items()), ())
    made = reporters()["text"](out, info, ReportOptions(colour, columns))
    totals, gate = Totals(names), Gate(fail_on, min_cai, names)
    for one in items:
        totals.file(one.path)
        totals.add(one)
        gate.add(one)
        write(made, one)
    made.finish(totals.summary(), gate.verdict())
    return out.getvalue()


def test_report_of_a_listing(command: Command) -> None:
    command.write("l.csv", LISTING)
    out = command("check", "l.csv", "-m", "AA,BB", code=1).out
    assert out.startswith(WHOLE)
    assert TABLE in out
    assert out.endswith(
        "3 items in 1 file: 4 findings in 1 item (2 blocker, 1 major, 1 minor)\n"
        "Gate failed (fail on major): AA: 3 findings, worst blocker\n"
    )
    assert "\x1b" not in out
    assert "not legal advice" not in out  # no rule of law among them


def test_clean_items_only_count() -> None:
    out = report(item({"AA": 100.0, "BB": 100.0}))
    assert "A1" not in out
    assert "1 item in 1 file: 0 findings in 0 items\nGate passed (fail on major)\n" in out


def test_findings_are_grouped_by_rule_and_the_gravest_comes_first() -> None:
    out = report(
        item(
            {"AA": 40.0},
            finding(Severity.MINOR, {"AA": 2.0}, rule="AA/small"),
            finding(Severity.MAJOR, {"AA": 8.0}, rule="AA/cheap", place=Place(2, 1, 2, 4)),
            finding(Severity.MAJOR, {"AA": 6.0}, rule="AA/dear", place=Place(3, 1, 3, 4)),
            finding(Severity.MAJOR, {"AA": 5.0}, rule="AA/dear", place=Place(4, 1, 4, 4)),
            finding(Severity.BLOCKER, {"AA": 1.0}, rule="AA/grave", place=Place(5, 1, 5, 4)),
        )
    )
    assert re.findall(r"AA/\w+  .*", out) == [
        "AA/grave  AA −1.0",
        "AA/dear  AA −11.0",
        "AA/cheap  AA −8.0",
        "AA/small  AA −2.0",
    ]
    assert out.count("“sign” clashes here.") == 4


def test_markets_that_lose_the_same_share_a_figure() -> None:
    out = report(
        item(
            {"AA": 90.0, "BB": 90.0, "CC": 95.0},
            finding(points={"AA": 10.0, "BB": 10.0, "CC": 5.0}),
        )
    )
    assert "MAJOR   AA/sign  AA, BB −10.0  CC −5.0\n" in out


def test_unscored_finding_says_so() -> None:
    out = report(item({"AA": 100.0}, finding(Severity.INFO, {"AA": 0.0})))
    assert "INFO    AA/sign  AA (note)" in out
    assert "AA/sign  AA (not scored)" in report(item({"AA": None}, finding(points={})))


def test_many_places_of_one_rule_are_cut_short() -> None:
    many = [finding(points={"AA": 1.0}, place=Place(n, 1, n, 4)) for n in range(2, 20)]
    out = report(item({"AA": 82.0}, *many))
    assert out.count("»sign«") == 5
    assert "and in 13 more places" in out


def test_scores_come_lowest_first_then_whole_then_unexamined() -> None:
    scores = {"AA": 90.0, "BB": 100.0, "CC": 12.5, "DD": None}
    out = report(item(scores, finding(points={"AA": 10.0})))
    assert "  CAI CC 12.5 E  AA 90.0 A  100 in BB  not examined in DD\n" in out


def test_reason_names_authority_and_doubt() -> None:
    source = SourceRef("Some law", "https://example.org/law", "§ 4", "")
    sure = finding(evidence=Evidence("statute", True, (source,)))
    doubtful = finding(evidence=Evidence("opinion", False, ()))
    assert "Why: read badly there [law: Some law; § 4]" in report(item({"AA": 9.0}, sure))
    assert "[opinion, not confirmed]" in report(item({"AA": 9.0}, doubtful))


def test_path_in_the_network_stands_behind_the_passage() -> None:
    out = report(item({"AA": 9.0}, finding(via=("wagyu", "beef", "cow"))))
    assert "title 2:6: Some »sign« here (wagyu → beef → cow)\n" in out


def test_alternatives_or_else_the_kind_of_rewrite() -> None:
    ways = tuple(Suggestion(f"way {n}", "en", ("lucky",), "none") for n in range(9))
    out = report(item({"AA": 9.0}, finding(alternatives=ways, rewrite="Drop it.")))
    assert "Instead: “way 0” (keeps lucky) · “way 1” (keeps lucky) · “way 2” (keeps lucky)\n" in out
    assert "Drop it" not in out
    assert "    Instead: Drop it.\n" in report(item({"AA": 9.0}, finding(rewrite="Drop it.")))


def test_resonance_stands_beside_the_score_and_is_averaged() -> None:
    welcome = item({"AA": 90.0}, finding(), resonance={"AA": 9.0})
    out = report(welcome, item({"AA": 100.0}))
    assert "  CAI AA 90.0 A  resonance AA +9.0\n" in out
    assert re.search(r"AA First .* A +\+4\.5 +2 ", out)


def test_reasons_for_not_examining_are_counted() -> None:
    reports = [item({"AA": None}, status={"AA": "not examined: because"}) for _ in range(3)]
    out = report(*reports, item({}))
    assert "3 × not examined: because\n1 × not examined: the row names none" in out


def test_gate_line_says_what_was_asked_and_what_was_found() -> None:
    low = item({"AA": 50.0}, finding(Severity.MINOR, {"AA": 50.0}))
    assert report(low, fail_on="never", min_cai=60).endswith(
        "Gate failed (CAI at least 60): AA: 1 item down to CAI 50.0, 10.0 too low\n"
    )
    assert report(low, fail_on="minor", min_cai=60.5).endswith(
        "Gate failed (fail on minor, CAI at least 60.5):\n"
        "  AA: 1 finding, worst minor\n"
        "  AA: 1 item down to CAI 50.0, 10.5 too low\n"
    )
    assert report(low, fail_on="never").endswith("Gate passed (no thresholds)\n")


@pytest.mark.parametrize("name", ["日本市場", "Österreich", "المملكة", "한국 시장", "x"])
def test_wide_names_keep_the_table_straight(name: str) -> None:
    out = report(
        item({"AA": 90.0, "BB": 8.5}, finding()), names={"AA": name, "BB": "Second market"}
    )
    rows = out[out.index("  market ") :].splitlines()[:3]
    assert len({width(row) for row in rows}) == 1


def test_long_wide_title_and_passage_fit_the_width() -> None:
    passage = "…" + "猪肉味零食礼盒" * 10
    wide = finding(passage=passage, passage_span=(1, 3), message="“猪肉” " + "很长的话" * 30)
    out = report(item({"AA": 9.0}, wide, title="猪肉味零食礼盒" * 20), columns=80)
    lines = out.splitlines()
    assert "»猪肉«" in out.replace("\n    ", "")
    assert max(width(line) for line in lines) <= 84
    assert lines[0].endswith("…")
    assert "猪肉味" in lines[0]


def test_long_lines_wrap_at_the_width() -> None:
    long = finding(message="word " * 60)
    for columns in (60, 80, 110):
        out = report(item({"AA": 9.0}, long), columns=columns)
        block = [line for line in out.splitlines() if line.startswith("    word")]
        assert len(block) > 1
        assert all(len(line) <= columns for line in block)


def test_control_characters_of_a_listing_never_reach_the_terminal(command: Command) -> None:
    command.write("l\x1b.csv", "sku,ti\x07tle,title\n\x1b[31mA,,\x1b]0;Pork \x1b[2Jpie\x07\n")
    ran = command("check", "l\x1b.csv", "-m", "AA", code=1)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", ran.out)
    assert "»Pork« \ufffd[2Jpie\ufffd" in ran.out


ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def test_colour_adds_escape_codes_and_nothing_else(command: Command) -> None:
    command.write("l.csv")
    run = ("check", "l.csv", "-m", "AA")
    plain = command(*run).out
    coloured = command(*run, "--color", "always").out
    assert ESCAPE.search(coloured)
    flat = re.sub(r"[»«]|\s+", "", plain)
    assert re.sub(r"\s+", "", ESCAPE.sub("", coloured)) == flat


@pytest.mark.parametrize(
    ("args", "environment", "coloured"),
    [
        ([], {}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        (["--color", "always", "-o", "-"], {}, True),
        (["--color", "always", "-f", "json"], {}, False),
        (["--color", "always", "-f", "jsonl"], {}, False),
    ],
)
def test_colour_follows_flag_then_environment(
    command: Command, args: list[str], environment: dict[str, str], coloured: bool
) -> None:
    command.write("l.csv")
    out = command("check", "l.csv", "-m", "AA", *args, code=1, **environment).out
    assert ("\x1b" in out) is coloured


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_terminal_gets_colour(command: Command) -> None:
    import pty

    command.write("l.csv", LISTING * 3)
    outer, inner = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "culture_lint", "check", "l.csv", "-m", "AA", "-q"],
        stdin=subprocess.DEVNULL,
        stdout=inner,
        stderr=inner,
        cwd=command.folder,
        env={**command.environment, "TERM": "xterm"},
    )
    os.close(inner)
    shown = b""
    while True:
        try:
            part = os.read(outer, 65536)
        except OSError:  # how Linux says that the other side is closed
            break
        if not part:
            break
        shown += part
    os.close(outer)
    assert process.wait(timeout=60) == 1
    assert b"\x1b[" in shown
    assert b"Gate failed" in shown


def test_file_holds_no_escape_codes(command: Command) -> None:
    command.write("l.csv")
    command("check", "l.csv", "-m", "AA", "--color", "always", "-o", "r.txt", FORCE_COLOR="1")
    assert "\x1b" not in (command.folder / "r.txt").read_text("utf-8")


def test_long_lists_of_items_are_written_whole(command: Command) -> None:
    rows = "".join(f"S{n},Pork pie,en\n" for n in range(700))
    command.write("l.csv", "sku,title,language\n" + rows)
    out = command("check", "l.csv", "-m", "AA", code=1).out
    assert out.count("MAJOR   AA/pork") == 700
    assert [int(n) for n in re.findall(r"^l\.csv:\d+  S(\d+)", out, re.MULTILINE)] == list(
        range(700)
    )
    assert "700 items in 1 file: 700 findings in 700 items (700 major)" in out


def many(count: int, low: int = 12) -> list[ItemReport]:
    """Return items of which the first ``low`` have a finding, the second worst of all."""
    found = [
        item(
            {"AA": 5.0 + 7 * number if number != 1 else 3.0, "BB": 100.0},
            finding(Severity.BLOCKER if number < 2 else Severity.MINOR),
            item=f"SKU-{number}",
            line=number + 2,
        )
        for number in range(low)
    ]
    return [*found, *(item({"AA": 100.0, "BB": 100.0}) for _ in range(count - low))]


def test_scores_of_many_items_are_drawn() -> None:
    out = report(*many(1000))
    drawn = re.findall(r"^  (?:AA First|BB Second) .*", out, re.MULTILINE)
    assert "▂▂▂" in drawn[0]
    assert drawn[0].count("█") == 1
    assert drawn[1].count("█") == 1
    assert "CAI 0–100" in out
    assert "CAI 0–100" not in report(*many(9, 2))


def test_terminal_without_block_elements_gets_plain_signs() -> None:
    totals = Totals({"AA": "First", "BB": "Second"})
    out = io.TextIOWrapper(io.BytesIO(), "ascii", errors="backslashreplace")
    made = reporters()["text"](out, RunInfo("0", "0", (("AA", "First"),), ()), ReportOptions())
    for one in many(1000):
        totals.add(one)
        write(made, one)
    made.finish(totals.summary(), Gate("major", None, {}).verdict())
    out.flush()
    text = out.buffer.getvalue().decode()  # type: ignore[attr-defined]
    table = text[text.index("Cultural Adaptability") : text.index("Worst items")]
    assert "@" in table
    assert "\\u258" not in table


def test_the_worst_items_stand_below_a_long_report() -> None:
    out = report(*many(40))
    worst = out[out.index("Worst items\n") :].splitlines()[1:11]
    assert worst[0] == "    3.0  AA    BLOCKER  l.csv:3  SKU-1  Some sign here"
    assert [float(line.split()[0]) for line in worst] == sorted(
        float(line.split()[0]) for line in worst
    )
    assert "Worst items" not in report(*many(40, 10))


@pytest.mark.parametrize("columns", [80, 100])
def test_nothing_is_wider_than_the_terminal(columns: int) -> None:
    markets = [f"M{number}" for number in range(30)]
    names = {name: f"A market with a rather long name {name}" for name in markets}
    found = finding(
        points={name: float(number) for number, name in enumerate(markets)},
        message="word " * 50,
        alternatives=tuple(Suggestion(f"a way {n}", "en", ("calm",), "none") for n in range(5)),
    )
    scores = {name: 60.0 - number for number, name in enumerate(markets)}
    rows = [
        item(
            scores,
            found,
            path="a/rather/long/path/to/a/file/of/listings.csv",
            item=f"SKU-{number}",
            title="A title that goes on and on " * 5,
            resonance=dict.fromkeys(markets, 1.5),
            status={"ZZ": "not examined: " + "because of something long " * 6},
        )
        for number in range(30)
    ]
    for colour in (False, True):
        out = report(*rows, names=names, columns=columns, colour=colour, min_cai=50)
        assert max(width(line) for line in out.splitlines()) <= columns


def test_colour_does_not_change_where_lines_break() -> None:
    found = finding(passage="word " * 20 + "Some sign here", passage_span=(105, 109))
    plain = report(item({"AA": 9.0}, found), columns=80)
    coloured = report(item({"AA": 9.0}, found), columns=80, colour=True)
    assert ESCAPE.sub("", coloured) == plain.replace("»", "").replace("«", "")
