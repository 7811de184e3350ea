"""0 passed, 1 the gate failed, 2 not checked, 130 interrupted; never a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command import CLEAN, LISTING, Command

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01"


def test_clean_listing_passes(command: Command) -> None:
    command.write("clean.csv", CLEAN)
    assert command("check", "clean.csv", "-m", "AA", code=0).out.endswith(
        "Gate passed (fail on major)\n"
    )


def test_clash_fails(command: Command) -> None:
    command.write("l.csv")
    assert "Gate failed" in command("check", "l.csv", "-m", "AA", code=1).out


def test_thresholds_decide(command: Command) -> None:
    command.write("l.csv", "sku,title\nA,Bamboo tea\n")
    run = ("check", "l.csv", "-m", "AA")
    command(*run, code=0)
    command(*run, "--fail-on", "minor", code=1)
    command(*run, "--min-cai", "99", code=1)
    command(*run, "--min-cai", "99", "--fail-on", "never", code=1)
    command(*run, "--min-cai", "10", "--fail-on", "never", code=0)


def xlsx(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("xl/workbook.xml", "<workbook/>")


def text(content: str | bytes) -> Callable[[Path], None]:
    return lambda path: (
        path.write_bytes(content.encode() if isinstance(content, str) else content) and None
    )


#: name: (how to write in.csv, more arguments, what the error line must hold)
BAD = {
    "binary sheet": (xlsx, [], ["in.csv", "XLSX", "export it as CSV"]),
    "picture": (text(PNG), [], ["in.csv", "PNG"]),
    "empty file": (text(""), [], ["in.csv", "is empty"]),
    "byte order mark alone": (text(b"\xef\xbb\xbf"), [], ["in.csv", "is empty"]),
    "no text column": (text("x,y\n1,2\n"), [], ["in.csv", "x, y", "--column title=NAME"]),
    "unknown encoding": (text(LISTING), ["--encoding", "klingon"], ["klingon", "utf-8"]),
    "not a text encoding": (text(LISTING), ["--encoding", "base64"], ["base64"]),
    "encoding that does not decode": (
        text("sku,title\nA,x\nB,Caf\u00e9 au lait\n".encode("latin-1")),
        ["--encoding", "utf-8"],
        ["in.csv:3:", "UTF-8", "leave out --encoding"],
    ),
    "unknown market": (text(LISTING), ["-m", "AAA"], ["'AAA'", "did you mean AA?", "AA, BB"]),
    "market by its name": (text(LISTING), ["-m", "first test market"], ["did you mean AA"]),
    "unknown format": (text(LISTING), ["-f", "xml"], ["'xml'", "'json'"]),
    "min-cai too high": (text(LISTING), ["--min-cai", "101"], ["min-cai", "0 to 100", "101"]),
    "min-cai not a number": (text(LISTING), ["--min-cai", "nan"], ["min-cai", "0 to 100"]),
    "min-cai a word": (text(LISTING), ["--min-cai", "high"], ["--min-cai", "'high'"]),
    "fail-on unknown": (text(LISTING), ["--fail-on", "majr"], ["--fail-on", "'majr'", "'major'"]),
    "unknown role": (text(LISTING), ["-c", "titel=title"], ["'titel'", "did you mean 'title'?"]),
    "column without name": (text(LISTING), ["-c", "title"], ["ROLE=NAME", "'title'"]),
    "column not there": (text(LISTING), ["-c", "title=nope"], ["title=nope", "sku, title"]),
    "column number not there": (text(LISTING), ["-c", "title=9"], ["title=9", "sku, title"]),
    "output in no folder": (text(LISTING), ["-o", "no/such/r.json"], ["r.json", "no folder"]),
    "output is a folder": (text(LISTING), ["-o", "."], ["is a folder"]),
    "output is the input": (text(LISTING), ["-o", "in.csv"], ["in.csv", "overwrite the input"]),
    "no such rulesets": (text(LISTING), ["--rulesets", "nope"], ["no folder of rulesets 'nope'"]),
    "no such configuration": (text(LISTING), ["--config", "x.yaml"], ["'x.yaml'"]),
    "unknown option": (text(LISTING), ["--fromat", "json"], ["--fromat", "--format"]),
    "unknown detector": (text(LISTING), ["--detector", "crystal-ball"], ["crystal-ball", "eld"]),
    "selected rule unknown": (text(LISTING), ["--select", "AA/prok"], ["AA/prok", "AA/pork"]),
    "ignored owner unknown": (text(LISTING), ["--ignore", "aa"], ["'aa'", "did you mean AA?"]),
    "category unknown": (text(LISTING), ["--ignore", "category:fod"], ["category:food"]),
    "unknown path": (text(LISTING), ["gone.csv"], ["gone.csv", "no such file"]),
    "unknown kind of file": (text(LISTING), [sys.executable], ["files are not read", ".csv"]),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_clear_line_and_code_2(command: Command, case: str) -> None:
    write, args, parts = BAD[case]
    write(command.folder / "in.csv")
    market = [] if "-m" in args else ["-m", "AA"]
    ran = command("check", "in.csv", *market, *args, code=2)
    assert ran.error.startswith("culture-lint: ")
    for part in parts:
        assert part in ran.error


@pytest.mark.parametrize(
    ("args", "parts"),
    [
        (["check"], ["missing argument", "culture-lint check --help"]),
        (["chekc"], ["'chekc'", "'check'"]),
        (["--bogus"], ["--bogus"]),
        (["check", "folder", "-m", "AA"], ["no listings found in folder", "*.csv"]),
        (["rule", "AA/cow-jok"], ["'AA/cow-jok'", "AA/cow-joke", "rules list"]),
        (["rules", "list", "-m", "AAA"], ["'AAA'", "AA"]),
        (["rules", "evaluate", "gone.jsonl"], ["gone.jsonl", "No such file"]),
        (["rules", "validate", "gone"], ["no folder of rulesets 'gone'"]),
        (["rules", "test", "gone"], ["no folder of rulesets 'gone'"]),
        (["init", "gone"], ["no folder 'gone'"]),
        (["markets", "--config", "gone"], ["no configuration file 'gone'"]),
    ],
)
def test_bad_call_is_one_clear_line_and_code_2(
    command: Command, args: list[str], parts: list[str]
) -> None:
    (command.folder / "folder").mkdir()
    ran = command(*args, code=2)
    assert ran.error.startswith("culture-lint: ")
    for part in parts:
        assert part in ran.error
    assert ran.out == ""


def test_call_without_command_shows_the_help(command: Command) -> None:
    ran = command()
    assert "Commands:" in ran.out + ran.err
    assert "check" in ran.out + ran.err


def test_broken_ruleset_is_shown_where_it_breaks(command: Command) -> None:
    command.write("l.csv")
    command.write("mine/markets/x.yaml", "market: AA\nreadings: [oops\n")
    ran = command("check", "l.csv", "-m", "AA", "--rulesets", "mine", code=2)
    assert "mine/markets/x.yaml:3:1: not YAML" in ran.err
    assert ran.out == ""


def test_wrong_value_in_ruleset_is_shown_with_its_line(command: Command) -> None:
    command.write("l.csv")
    command.write("mine/signifiers/x.yaml", "mug:\n  kind: objekt\n  forms: {en: [mug]}\n")
    ran = command("check", "l.csv", "-m", "AA", "--rulesets", "mine", code=2)
    first, excerpt, caret = ran.err.splitlines()
    assert "mine/signifiers/x.yaml:2:9: mug.kind:" in first
    assert "object" in first
    assert excerpt.endswith("kind: objekt")
    assert caret.index("^") == excerpt.index("objekt")


def test_unreadable_file_among_good_ones_does_not_stop_them(command: Command) -> None:
    command.write("pic.csv", PNG)
    command.write("l.csv")
    ran = command("check", "pic.csv", "l.csv", "-m", "AA", "-f", "json", code=2)
    assert "pic.csv: is binary" in ran.error
    assert [one["path"] for one in ran.json["items"]] == ["l.csv"] * 3
    assert ran.json["summary"]["files"] == 2
    assert ran.json["gate"]["passed"] is False
    assert {"market": "", "gate": "input", "limit": "readable", "count": 1, "worst": "pic.csv"} in (
        ran.json["gate"]["failed"]
    )


def test_unreadable_file_never_passes(command: Command) -> None:
    command.write("pic.csv", PNG)
    command.write("clean.csv", CLEAN)
    ran = command("check", "pic.csv", "clean.csv", "-m", "AA", "--fail-on", "never", code=2)
    assert ran.out.splitlines()[-1].startswith("Gate failed (no thresholds): 1 file could not be")


def test_market_without_ruleset_is_not_examined_and_code_2(command: Command) -> None:
    command.write("l.csv", "sku,market,title\nA,AA,Oak table\nB,XX,Pork pie\n")
    ran = command("check", "l.csv", "-f", "json", code=2)
    first, second = ran.json["items"]
    assert first["scores"] == {"AA": 100.0}
    assert second["scores"] == {"XX": None}
    assert second["status"] == {"XX": "not examined: no ruleset covers XX"}
    assert ran.json["summary"]["cai"]["XX"]["not_examined"] == 1
    assert ran.json["gate"]["failed"][0]["gate"] == "coverage"
    assert ran.json["gate"]["passed"] is False


def test_row_without_market_is_said_to_be_unexamined(command: Command) -> None:
    command.write("l.csv", "sku,market,title\nA,AA,Oak table\nB,,Pork pie\n")
    ran = command("check", "l.csv")
    assert "1 × not examined: the row names none of the markets" in ran.out


def test_no_market_anywhere_says_how_to_name_one(command: Command) -> None:
    command.write("l.csv")
    error = command("check", "l.csv", code=2).error
    assert "--market" in error
    assert "culture-lint init" in error
    assert "--column market=NAME" in error


def test_header_alone_passes_and_says_so(command: Command) -> None:
    command.write("l.csv", "sku,title\n")
    ran = command("check", "l.csv", "-m", "AA", code=0)
    assert "nothing to check" in ran.error
    assert "0 items in 1 file" in ran.out
    report = command("check", "l.csv", "-m", "AA", "-f", "json", "-q", code=0)
    assert report.err == ""
    assert report.json["items"] == []
    assert report.json["summary"]["items"] == 0


def test_nul_bytes_are_noted_and_read_as_blanks(command: Command) -> None:
    command.write("l.csv", b"sku,title\nA,B\x00ork pork pie\n")
    ran = command("check", "l.csv", "-m", "AA", code=1)
    assert "l.csv:2:4: note: a NUL character" in ran.err
    assert "\0" not in ran.out
    assert "»pork«" in ran.out


@pytest.mark.parametrize("form", ["text", "json", "jsonl"])
def test_output_file_never_changes_the_code(command: Command, form: str) -> None:
    command.write("l.csv")
    command.write("clean.csv", CLEAN)
    run = ("-m", "AA", "-f", form, "-o", "report")
    command("check", "l.csv", *run, code=1)
    command("check", "clean.csv", *run, code=0)
    assert (command.folder / "report").read_text("utf-8")


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")
def test_interrupt_is_code_130(command: Command) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "culture_lint", "check", "-", "-m", "AA", "-o", "r.txt"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=command.folder,
        # -X importtime tells when the imports are over and standard input is waited for.
        env={**command.environment, "PYTHONPROFILEIMPORTTIME": "1"},
    )
    assert process.stderr is not None
    for line in process.stderr:
        if b"culture_lint.sources.discover" in line:
            break
    else:
        pytest.fail("the command ended before it read standard input")
    os.set_blocking(process.stderr.fileno(), True)
    import time

    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert b"interrupted" in err
    assert not (command.folder / "r.txt").exists()


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")
@pytest.mark.parametrize("form", ["text", "json"])
def test_closed_pipe_ends_quietly(command: Command, form: str) -> None:
    command.write("l.csv", "sku,title\n" + "A,Pork pie\n" * 3000)
    run = f'"{sys.executable}" -m culture_lint check l.csv -q -m AA -f {form}'
    done = subprocess.run(
        ["bash", "-c", f'{run} | head -1; echo "${{PIPESTATUS[0]}}"'],
        capture_output=True,
        text=True,
        cwd=command.folder,
        env=command.environment,
        timeout=120,
        check=False,
    )
    first, code = done.stdout.splitlines()
    assert first.startswith("{" if form == "json" else "l.csv:2")
    assert code == "2"  # the rest was not reported, so there is no verdict
    assert done.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_full_disk_is_one_clear_line(command: Command) -> None:
    command.write("l.csv")
    run = [sys.executable, "-m", "culture_lint", "check", "l.csv", "-q", "-m", "AA"]
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            run,
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=command.folder,
            env=command.environment,
            timeout=120,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.decode() == "culture-lint: cannot read or write: No space left on device\n"


def test_installed_script_does_the_same(command: Command) -> None:
    script = Path(sys.executable).with_name("culture-lint")
    if not script.exists():
        pytest.skip("culture-lint is not installed beside this Python")
    command.write("l.csv")

    def run(*args: str) -> tuple[int, bytes]:
        done = subprocess.run(
            [str(script), *args],
            capture_output=True,
            cwd=command.folder,
            env=command.environment,
            timeout=120,
            check=False,
        )
        return done.returncode, done.stdout

    assert run("--version")[0] == 0
    assert run("check", "l.csv", "-m", "AA")[0] == 1
    assert run("check", "gone.csv", "-m", "AA") == (2, b"")


def test_defect_of_ours_is_said_to_be_one(command: Command, site: Path) -> None:
    broken = command.folder / "broken"
    broken.mkdir()
    (broken / "sitecustomize.py").write_text(
        "import culture_lint.config.find as f\n"
        "def in_folder(folder): raise ZeroDivisionError('oops')\n"
        "f.in_folder = in_folder\n"
    )
    command.write("l.csv")
    done = subprocess.run(
        [sys.executable, "-m", "culture_lint", "check", "l.csv", "-m", "AA"],
        capture_output=True,
        text=True,
        cwd=command.folder,
        env={**command.environment, "PYTHONPATH": os.pathsep.join([str(broken), str(site)])},
        timeout=120,
        check=False,
    )
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "defect of culture-lint itself (ZeroDivisionError: oops)" in line
    assert "CULTURE_LINT_TRACEBACK=1" in line
