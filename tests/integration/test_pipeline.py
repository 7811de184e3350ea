"""Several processes give the report of one, to the byte, and lose nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from culture_lint.cli.check import FORMATS
from culture_lint.pipeline import BIG, CHUNK
from tests.command import Command

posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")
FILLER = "plain words about a table and a chair, nothing else to see here at all " * 10


def listing(rows: int) -> str:
    """Rows of which every seventh has a finding; over `BIG` bytes, so that it is shared out."""
    lines = ["sku,title,description,language"]
    for number in range(rows):
        title = "Holy cow mug" if number % 7 == 0 else "Oak table"
        lines.append(f"S{number},{title},{FILLER}{number},en")
    return "\n".join(lines) + "\n"


@pytest.fixture
def shop(command: Command) -> Command:
    command.write("big.csv", listing(3 * CHUNK + 17))
    assert (command.folder / "big.csv").stat().st_size > BIG
    command.write("a.csv", listing(3))
    command.write("z.csv", listing(5))
    return command


SHEETS = ("csv", "xlsx")


@pytest.mark.parametrize("format_", [*(one for one in FORMATS if one not in SHEETS), "statistics"])
def test_the_report_is_the_same_whatever_the_number_of_processes(
    shop: Command, format_: str
) -> None:
    how = ["--statistics"] if format_ == "statistics" else ["-f", format_]
    args = ["check", "a.csv", "big.csv", "z.csv", "-m", "AA,BB", "--no-cache", *how]
    one, two, three = (shop(*args, "--jobs", str(jobs)) for jobs in (1, 2, 3))
    assert (one.code, one.out, one.err) == (two.code, two.out, two.err)
    assert (one.code, one.out, one.err) == (three.code, three.out, three.err)
    assert one.code == 1


@pytest.mark.parametrize("format_", SHEETS)
def test_the_sheet_is_the_same_whatever_the_number_of_processes(
    shop: Command, format_: str
) -> None:
    args = ["check", "big.csv", "-m", "AA,BB", "--no-cache", "-q", "-f", format_]
    for jobs in ("1", "2"):
        shop(*args, "--jobs", jobs, "-o", jobs, code=1)
    one, two = ((shop.folder / jobs).read_bytes() for jobs in ("1", "2"))
    assert one == two
    assert len(one) > 1000


def test_every_row_is_reported_once_and_in_order(shop: Command) -> None:
    out = shop("check", "big.csv", "-m", "AA", "-f", "jsonl", "--jobs", "2").out
    items = [line.split('"item": "')[1].split('"')[0] for line in out.splitlines()]
    assert items == [f"S{number}" for number in range(3 * CHUNK + 17)]


def test_rows_before_an_error_are_reported_with_any_number_of_processes(shop: Command) -> None:
    """A record without an end: what stands before it is not lost."""
    text = listing(2 * CHUNK + 5) + 'X,"never closed ' + "y" * 17_000_000 + "\n"
    shop.write("cut.csv", text)
    one, two = (
        shop("check", "cut.csv", "z.csv", "-m", "AA", "-f", "jsonl", "--jobs", jobs, code=2)
        for jobs in ("1", "2")
    )
    assert one.out == two.out
    assert one.out.count("\n") == 2 * CHUNK + 5 + 5
    assert "longer than" in one.err
    assert one.err == two.err


def test_suppressions_that_are_not_needed_are_told_over_all_chunks(command: Command) -> None:
    """A range that only the first chunk uses is used, whichever process saw it."""
    head = "sku,title,culture_lint_ignore\n"
    rows = "".join(f"S{n},Oak table {FILLER},\n" for n in range(2 * CHUNK))
    command.write(
        "l.csv", head + 'A,Holy cow,"ignore[AA] -- agreed"\nB,Table,"ignore[AA] -- no"\n' + rows
    )
    one, two = (
        command("check", "l.csv", "-m", "AA", "-f", "json", "--jobs", jobs) for jobs in ("1", "2")
    )
    assert one.out == two.out
    assert one.json["summary"]["suppressed"] == two.json["summary"]["suppressed"] > 0


@posix
def test_a_process_that_dies_is_told(command: Command) -> None:
    command.write("big.csv", listing(40 * CHUNK))
    run = subprocess.Popen(
        [sys.executable, "-m", "culture_lint", "check", "big.csv", "-m", "AA", "-f", "jsonl", "-o", "o.jsonl",
         "--jobs", "2"],
        cwd=command.folder, env=command.environment, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children")
    while run.poll() is None and len(children.read_text().split()) < 2:
        time.sleep(0.01)
    os.kill(int(children.read_text().split()[0]), signal.SIGKILL)
    _, err = run.communicate(timeout=100)
    assert run.returncode == 2
    assert "has died" in err
    assert "--jobs 1" in err
    assert not (command.folder / "o.jsonl").exists()


@posix
def test_interrupting_leaves_no_process_behind(command: Command) -> None:
    command.write("big.csv", listing(40 * CHUNK))
    run = subprocess.Popen(
        [sys.executable, "-m", "culture_lint", "check", "big.csv", "-m", "AA", "-f", "jsonl", "-o", "o.jsonl",
         "--jobs", "2"],
        cwd=command.folder, env=command.environment, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children")
    while run.poll() is None and len(children.read_text().split()) < 2:
        time.sleep(0.01)
    ids = [int(one) for one in children.read_text().split()]
    os.killpg(run.pid, signal.SIGINT)
    run.communicate(timeout=100)
    assert run.returncode == 130
    for one in ids:
        with pytest.raises(ProcessLookupError):
            os.kill(one, 0)


RESUMABLE = ["check", "a.csv", "big.csv", "z.csv", "-m", "AA,BB", "-f", "jsonl", "-o", "o.jsonl"]


@posix
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_killed_run_goes_on_where_it_stopped(command: Command, jobs: str) -> None:
    command.write("big.csv", listing(60 * CHUNK))
    command.write("a.csv", listing(3))
    command.write("z.csv", listing(5))
    whole = command(*RESUMABLE, "--jobs", "1", code=1)
    expected = (command.folder / "o.jsonl").read_bytes()
    (command.folder / "o.jsonl").unlink()
    notes = command.folder / ".o.jsonl.resume"
    for _ in range(4):
        run = subprocess.Popen(
            [sys.executable, "-c", SLOWLY, *RESUMABLE, "--resume", "--jobs", jobs],
            cwd=command.folder, env=command.environment, stderr=subprocess.PIPE, text=True,
            start_new_session=True,
        )  # fmt: skip
        before = notes.read_bytes() if notes.exists() else b""
        while run.poll() is None and (notes.read_bytes() if notes.exists() else b"") == before:
            time.sleep(0.005)
        os.killpg(run.pid, signal.SIGKILL)
        run.communicate(timeout=60)
        assert run.returncode == -signal.SIGKILL, "it was done before it was killed"
    assert command(*RESUMABLE, "--resume", "--jobs", jobs).code == whole.code
    assert (command.folder / "o.jsonl").read_bytes() == expected
    assert {path.name for path in command.folder.iterdir() if "o.jsonl" in path.name} == {"o.jsonl"}


#: The command, noting after each chunk how far it is.
SLOWLY = (
    "import culture_lint.resume as r; r.OFTEN = 0.0; from culture_lint.cli.main import run; run()"
)


def test_another_run_is_not_gone_on_with(shop: Command) -> None:
    (shop.folder / ".o.jsonl.part").write_text("{}\n")
    (shop.folder / ".o.jsonl.resume").write_text('{"mark": "x", "job": 1, "chunk": 0, "bytes": 3}')
    error = shop(*RESUMABLE, "--resume", code=2).error
    assert "not those it was begun with" in error
    assert ".o.jsonl.resume" in error
    (shop.folder / ".o.jsonl.resume").write_text("[]")
    assert "damaged" in shop(*RESUMABLE, "--resume", code=2).error


def test_only_lines_in_a_file_can_be_gone_on_with(shop: Command) -> None:
    error = shop("check", "a.csv", "-m", "AA", "-f", "json", "-o", "o", "--resume", code=2).error
    assert "--format jsonl" in error
