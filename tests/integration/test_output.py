"""A report file appears whole or not at all."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import CLEAN, Command, heed_permissions

posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {".git"}


def test_report_replaces_the_old_one_and_leaves_nothing_else(command: Command) -> None:
    command.write("l.csv")
    report = command.write("r.json", "old")
    ran = command("check", "l.csv", "-m", "AA", "-f", "json", "-o", "r.json", code=1)
    assert ran.out == ""
    assert report.read_text("utf-8").startswith('{"schema": "culture-lint/report/1"')
    assert names(command.folder) == {"l.csv", "r.json"}


@pytest.mark.parametrize(
    "args",
    [
        ["gone.csv", "-m", "AA"],
        ["l.csv", "-m", "AAA"],
        ["l.csv"],
        ["l.csv", "-m", "AA", "--config", "bad.yaml"],
        ["l.csv", "-m", "AA", "--rulesets", "gone"],
    ],
)
def test_failing_run_leaves_the_old_report(command: Command, args: list[str]) -> None:
    command.write("l.csv")
    command.write("bad.yaml", "zebra: 1\n")
    report = command.write("r.json", "old")
    before = names(command.folder)
    command("check", *args, "-f", "json", "-o", "r.json", code=2)
    assert report.read_text() == "old"
    assert names(command.folder) == before


def test_run_that_reads_some_files_writes_what_it_saw(command: Command) -> None:
    command.write("l.csv")
    command.write("bad.csv", "")
    command("check", "bad.csv", "l.csv", "-m", "AA", "-f", "json", "-o", "r.json", code=2)
    assert '"passed": false' in (command.folder / "r.json").read_text("utf-8")


def test_output_in_another_folder(command: Command) -> None:
    command.write("l.csv", CLEAN)
    (command.folder / "out").mkdir()
    command("check", "l.csv", "-m", "AA", "-o", "out/r.txt", code=0)
    assert names(command.folder / "out") == {"r.txt"}


@posix
@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_permissions_follow_the_umask(command: Command, mask: int) -> None:
    command.write("l.csv", CLEAN)
    subprocess.run(
        [sys.executable, "-m", "culture_lint", "check", "l.csv", "-q", "-m", "AA", "-o", "r.txt"],
        cwd=command.folder,
        env=command.environment,
        umask=mask,
        timeout=120,
        check=True,
    )
    mode = stat.S_IMODE((command.folder / "r.txt").stat().st_mode)
    assert mode == 0o666 & ~mask


@posix
def test_link_stays_and_its_target_is_written(command: Command) -> None:
    command.write("l.csv", CLEAN)
    target = command.write("real.txt", "old")
    (command.folder / "r.txt").symlink_to("real.txt")
    command("check", "l.csv", "-m", "AA", "-o", "r.txt", code=0)
    assert (command.folder / "r.txt").is_symlink()
    assert "Gate passed" in target.read_text("utf-8")


@posix
def test_input_behind_a_link_is_not_overwritten(command: Command) -> None:
    listing = command.write("l.csv", CLEAN)
    (command.folder / "r.csv").symlink_to("l.csv")
    error = command("check", "l.csv", "-m", "AA", "-o", "r.csv", code=2).error
    assert "overwrite the input" in error
    assert listing.read_text("utf-8") == CLEAN


@posix
def test_device_is_written_to_and_stays_one(command: Command) -> None:
    command.write("l.csv", CLEAN)
    ran = command("check", "l.csv", "-m", "AA", "-o", "/dev/stdout", code=0)
    assert "Gate passed" in ran.out
    command("check", "l.csv", "-m", "AA", "-o", os.devnull, code=0)
    assert not Path(os.devnull).is_file()


def test_dash_is_standard_output(command: Command) -> None:
    command.write("l.csv", CLEAN)
    assert "Gate passed" in command("check", "l.csv", "-m", "AA", "-o", "-", code=0).out
    assert names(command.folder) == {"l.csv"}


@posix
def test_folder_without_write_permission_is_one_clear_line(command: Command) -> None:
    command.write("l.csv", CLEAN)
    (command.folder / "out").mkdir(mode=0o500)
    options = ("check", "l.csv", "-m", "AA", "-o", "out/r.txt")
    error = command(*options, code=2, before=heed_permissions).error
    assert "cannot write" in error
    assert "Permission denied" in error


class TestSeveral:
    """Several reports of one run."""

    def test_each_is_what_it_would_be_alone(self, command: Command) -> None:
        command.write("l.csv")
        alone = {
            name: command("check", "l.csv", "-m", "AA", "-f", name, code=1).out
            for name in ("json", "jsonl", "concise")
        }
        pairs = ("-f", "json", "-o", "a.json", "-f", "jsonl", "-o", "a.jsonl")
        ran = command("check", "l.csv", "-m", "AA", *pairs, "-f", "concise", code=1)
        assert ran.out == alone["concise"]
        assert (command.folder / "a.json").read_text("utf-8") == alone["json"]
        assert (command.folder / "a.jsonl").read_text("utf-8") == alone["jsonl"]

    def test_format_stands_before_the_file(self, command: Command) -> None:
        command.write("l.csv")
        ran = command("check", "l.csv", "-m", "AA", "-o", "json:a.json", "-o", "jsonl:b", code=1)
        assert ran.out == ""
        assert json.loads((command.folder / "a.json").read_text("utf-8"))["items"]
        assert json.loads((command.folder / "b").read_text("utf-8").splitlines()[0])["item"]

    def test_colon_of_a_path_is_no_format(self, command: Command) -> None:
        command.write("l.csv")
        command("check", "l.csv", "-m", "AA", "-o", "C:x", code=1)
        assert (command.folder / "C:x").read_text("utf-8")

    @pytest.mark.parametrize(
        ("flags", "said"),
        [
            (("-f", "json", "-f", "text"), "would go to standard output"),
            (("-f", "json", "-o", "a", "-f", "text", "-o", "a"), "would go to"),
            (("-o", "a", "-o", "b"), "--output 'b' has no format"),
            (("-o", "json:l.csv"), "overwrite the input"),
            (("-o", "gitub:report"), "there is no format 'gitub'; did you mean github?"),
            (("--resume", "-o", "jsonl:a", "-o", "json:b"), "--resume needs"),
            (("--statistics", "-o", "jsonl:a"), "--statistics are"),
        ],
    )
    def test_what_cannot_be(self, command: Command, flags: tuple[str, ...], said: str) -> None:
        command.write("l.csv")
        assert said in command("check", "l.csv", "-m", "AA", *flags, code=2).err
        assert names(command.folder) == {"l.csv"}


def test_report_names_what_could_not_be_read(command: Command) -> None:
    command.write("l.csv")
    command.write("broken.json", '{"title": "Mug')
    ran = command("check", "l.csv", "broken.json", "-m", "AA", "-f", "json", code=2)
    told = [one for one in json.loads(ran.out)["notices"] if one.get("kind") == "unreadable"]
    assert [one["path"] for one in told] == ["broken.json"]
    assert told[0]["message"] in ran.err
