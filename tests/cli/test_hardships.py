"""What careless and unlucky people do: closed streams, full disks, targets that are inputs, flags without effect."""

from __future__ import annotations

import os
import sys

import pytest

from tests.command import CLEAN, DATA, LISTING, Command

RULESETS = ("--rulesets", DATA / "fixes")
OLD = "sku,title,language\nA1,A moonhorse cup,en\n"
#: Python keeps a compiled module even where only half of it could be written.
NO_BYTECODE = {"PYTHONDONTWRITEBYTECODE": "1"}
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")


def at_most_4000_bytes() -> None:
    """Let no file grow further, as a disk that fills up does."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))


def close(*descriptors: int) -> None:
    for one in descriptors:
        os.close(one)


@POSIX
def test_standard_output_may_be_closed(command: Command) -> None:
    command.write("l.csv", LISTING)
    command.write("good.csv", CLEAN)
    command("check", "l.csv", "-m", "AA", code=1, before=lambda: close(1))
    command("check", "good.csv", "-m", "AA", "-o", "r.txt", code=0, before=lambda: close(1))
    assert "Gate passed" in (command.folder / "r.txt").read_text("utf-8")
    ran = command("check", "-", "-m", "AA", code=2, before=lambda: close(0))
    assert "is empty" in ran.err
    command("check", "l.csv", "-m", "AA", code=1, before=lambda: close(0, 1, 2))


@POSIX
def test_one_file_that_cannot_be_written_keeps_no_other_from_being_fixed(command: Command) -> None:
    big = command.write("a.csv", OLD + "A2,Plain,en\n" * 500)
    before = big.read_bytes()
    small = command.write("b.csv", OLD)
    args = ("check", ".", "-m", "CC", "--no-cache", *RULESETS)
    ran = command(*args, "--fix", "-f", "concise", code=2, before=at_most_4000_bytes, **NO_BYTECODE)
    assert big.read_bytes() == before
    assert small.read_text("utf-8") == OLD.replace("moonhorse", "sunlion")
    assert "cannot write 'a.csv'" in ran.err
    assert "b.csv:2:6: fixed CC/moonhorse" in ran.err
    assert "a.csv:2:6: fixed" not in ran.err
    assert "fixed 1 finding in 1 file" in ran.err
    assert "a.csv:2:6: " in ran.out  # it is still there
    assert sorted(one.name for one in command.folder.iterdir()) == [".git", "a.csv", "b.csv"]


@POSIX
def test_one_file_that_cannot_be_written_keeps_no_other_from_being_silenced(
    command: Command,
) -> None:
    filler = "".join(f"Line {number} of a plain page.\n\n" for number in range(200))
    big = command.write("a.md", f"A moonhorse cup.\n\n{filler}")
    before = big.read_bytes()
    small = command.write("b.md", "A moonhorse cup.\n")
    args = ("check", ".", "-m", "CC", "--language", "en", "--no-cache", *RULESETS)
    ran = command(
        *args, "--add-suppressions=agreed", code=2, before=at_most_4000_bytes, **NO_BYTECODE
    )
    assert big.read_bytes() == before
    assert "culture-lint: ignore[CC/moonhorse]" in small.read_text("utf-8")
    assert "cannot write 'a.md'" in ran.err
    assert "1 suppression written for 1 finding in 1 file" in ran.err


def test_a_report_replaces_nothing_that_the_run_reads(command: Command) -> None:
    command.write("l.csv", CLEAN)
    command("baseline", "create", "l.csv", "-m", "AA", "--baseline", "known.json", code=0)
    written = {
        "known.json": (command.folder / "known.json").read_bytes(),
        ".culture-lint.yaml": b"markets: [AA]\nbaseline: known.json\n",
        "campaign.yaml": (
            b"name: a\ncontent: l.csv\nmarkets: [AA]\nlaunch: 2031-03-03\nend: 2031-03-09\n"
        ),
    }
    for name, data in written.items():
        command.write(name, data)
    for args in (
        ("check", "l.csv", "-o", ".culture-lint.yaml"),
        ("check", "l.csv", "-o", "json:./known.json"),
        ("campaign", "-o", "campaign.yaml"),
        ("campaign", "--items", "json:campaign.yaml"),
    ):
        assert "overwrite the input" in command(*args, code=2).error
    assert {name: (command.folder / name).read_bytes() for name in written} == written
    command("campaign", "-o", "verdict.txt", code=0)


def test_a_format_without_a_file_is_refused(command: Command) -> None:
    command.write("l.csv", CLEAN)
    assert (
        "'json:' names no file"
        in command("check", "l.csv", "-m", "AA", "-o", "json:", code=2).error
    )
    assert not (command.folder / "json:").exists()


def test_output_has_its_twin_in_the_environment(command: Command) -> None:
    command.write("l.csv", CLEAN)
    ran = command("check", "l.csv", "-m", "AA", code=0, CULTURE_LINT_OUTPUT="json:my report.json")
    assert ran.out == ""
    assert (command.folder / "my report.json").read_text("utf-8").startswith("{")


@pytest.mark.parametrize("flag", ["--fix-only", "--diff", "--variants=v"])
def test_a_report_that_nobody_writes_is_not_asked_for(command: Command, flag: str) -> None:
    path = command.write("l.csv", OLD)
    ran = command("check", "l.csv", "-m", "CC", flag, "-o", "json:r.json", *RULESETS, code=2)
    assert "make none" in ran.error
    assert path.read_text("utf-8") == OLD


def test_unsafe_fixes_alone_are_told_to_do_nothing(command: Command) -> None:
    command.write("l.csv", CLEAN)
    args = ("check", "l.csv", "-m", "AA", "--unsafe-fixes")
    assert "changes nothing without --fix" in command(*args, code=0).err
    assert "changes nothing" not in command(*args, "-q", code=0).err
    assert "changes nothing" not in command(*args, "--fix", code=0).err


@pytest.mark.parametrize("rule", ["AA/cow-jok", "ALL", "AA/"])
def test_what_is_silenced_is_named_whole(command: Command, rule: str) -> None:
    """`--select AA/cow` picks all that begin so; `ignores` would have silenced nothing."""
    command.write("l.csv", LISTING)
    text = f"markets: [AA]\nignores:\n  - rules: [AA/pork, {rule}]\n    reason: agreed\n"
    command.write(".culture-lint.yaml", text)
    error = command("check", "l.csv", code=2).error
    assert f".culture-lint.yaml:3:5: {rule!r} is no rule, owner or category" in error
    assert ("did you mean AA/cow-joke" in error) == (rule == "AA/cow-jok")
    command.write(".culture-lint.yaml", text.replace(f"{rule}]", "AA/cow-joke]"))
    command("check", "l.csv", "--fail-on", "never", code=0)
    command("check", "l.csv", "--fail-on", "never", "--ignore", "AA/cow-jok", code=0)


@pytest.mark.parametrize("name", ["r.json", "sarif:r.json", "gitlab:r.json", "r.jsonl", "r.html"])
def test_a_folder_is_checked_again_with_its_report_in_it(command: Command, name: str) -> None:
    command.write("l.csv", LISTING)
    path = command.folder / name.rpartition(":")[2]
    asked = name if ":" in name else f"{path.suffix[1:]}:{name}"
    args = ("check", ".", "-m", "AA", "--extend-exclude", "other*", "-o", asked)
    command(*args, code=1)
    first = path.read_bytes()
    command(*args, code=1)
    assert path.read_bytes() == first
    assert "overwrite the input" in command("check", path.name, *args[1:], code=2).error


@pytest.mark.parametrize("name", ["r.json", "sarif:r.json", "gitlab:r.json", "r.jsonl", "r.html"])
def test_content_in_the_place_of_a_report_is_not_overwritten(command: Command, name: str) -> None:
    command.write("l.csv", LISTING)
    path = command.folder / name.rpartition(":")[2]
    asked = name if ":" in name else f"{path.suffix[1:]}:{name}"
    content = (
        "<p>A page</p>" if path.suffix == ".html" else '{"title": "culture-lint", "scores": {}}'
    )
    command.write(path.name, content)
    ran = command("check", ".", "-m", "AA", "-o", asked, code=2)
    assert "overwrite the input" in ran.err
    assert "`exclude`" in ran.err
    assert path.read_text("utf-8") == content


@pytest.mark.parametrize("flag", ["--fix", "--diff", "--output=r.txt"])
def test_silencing_is_a_run_of_its_own(command: Command, flag: str) -> None:
    command.write("l.csv", OLD)
    args = ("check", "l.csv", "-m", "CC", "--add-suppressions=why", *RULESETS)
    assert "neither fix nor report" in command(*args, flag, code=2).err
    assert sorted(one.name for one in command.folder.iterdir()) == [".git", "l.csv"]
    command(*args, code=0)
    assert (command.folder / "l.csv.culture-lint.yaml").exists()
