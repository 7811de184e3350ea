"""``check --fix`` and its relatives, as people use them."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from tests.command import DATA, Command

RULESETS = ("--rulesets", DATA / "fixes")
OLD = "sku,title,language\r\nA1,A moonhorse cup,en\r\nA2,Plain zwick cup,en\r\nA3,Plain,en"
SAFE = OLD.replace("moonhorse", "sunlion")
ALL = SAFE.replace("zwick", "oak")
CLEAN = "sku,title,language\nB1,Oak table,en\n"


def test_fix_changes_the_file_and_reports_what_is_left(command: Command) -> None:
    path = command.write("l.csv", OLD)
    clean = command.write("clean.csv", CLEAN)
    stamp = clean.stat()
    ran = command("check", ".", "-m", "CC", "--fix", *RULESETS, code=1)
    assert path.read_bytes() == SAFE.encode()
    assert "CC/zwick" in ran.out
    assert "CC/moonhorse" not in ran.out
    assert "l.csv:2:6: fixed CC/moonhorse: “moonhorse” -> “sunlion” (CAI CC 79 -> 100)" in ran.err
    assert "fixed 1 finding in 1 file; 1 more may be with --unsafe-fixes" in ran.err
    after = clean.stat()
    assert (after.st_mtime_ns, after.st_ino) == (stamp.st_mtime_ns, stamp.st_ino)  # not written


def test_what_fixing_repairs_passes_the_gate(command: Command) -> None:
    path = command.write("l.csv", OLD)
    args = ("check", "l.csv", "-m", "CC", "--fix", "--unsafe-fixes", *RULESETS)
    assert "Gate passed" in command(*args, code=0).out
    assert path.read_bytes() == ALL.encode()
    assert "fixed 0 findings" in command(*args, code=0).err


def test_ci_can_fail_where_anything_was_fixed(command: Command) -> None:
    command.write("l.csv", OLD.replace("zwick", "oak"))
    args = ("check", "l.csv", "-m", "CC", "--fix", "--exit-non-zero-on-fix", *RULESETS)
    command(*args, code=1)
    command(*args, code=0)


@pytest.mark.skipif(shutil.which("patch") is None, reason="needs patch")
def test_diff_is_a_patch_and_changes_nothing(command: Command) -> None:
    path = command.write("shop/l.csv", OLD)
    page = command.write(
        "page.md", "".join(f"Line {n} of it.\n\n" for n in range(9)) + "A moonhorse."
    )
    texts = {one: one.read_bytes() for one in (path, page)}
    ran = command("check", ".", "-m", "CC", "--language", "en", "--diff", *RULESETS, code=1)
    assert {one: one.read_bytes() for one in (path, page)} == texts
    assert "would fix 2 findings in 2 files" in ran.err
    assert "--- shop/l.csv\n+++ shop/l.csv\n@@ -1,4 +1,4 @@\n" in ran.out
    patch = subprocess.run(
        ["patch", "-p0", "--binary"],
        input=ran.out.encode(),
        cwd=command.folder,
        check=False,
        capture_output=True,
    )
    assert patch.returncode == 0, patch.stdout
    assert path.read_bytes() == SAFE.encode()
    assert page.read_bytes() == texts[page].replace(b"moonhorse", b"sunlion")
    assert command("check", ".", "-m", "CC", "--diff", *RULESETS, code=0).out == ""


def test_fix_only_says_nothing_of_what_is_left(command: Command) -> None:
    path = command.write("l.csv", OLD)
    ran = command("check", "l.csv", "-m", "CC", "--fix-only", *RULESETS, code=0)
    assert ran.out == ""
    assert path.read_bytes() == SAFE.encode()


def test_standard_input_comes_out_fixed(command: Command) -> None:
    name = ("--stdin-filename", "l.csv")
    ran = command("check", "-", *name, "-m", "CC", "--fix-only", *RULESETS, stdin=OLD, code=0)
    assert ran.out == SAFE
    ran = command("check", "-", *name, "-m", "CC", "--fix-only", *RULESETS, stdin=CLEAN, code=0)
    assert ran.out == CLEAN
    refused = command("check", "-", *name, "-m", "CC", "--fix", *RULESETS, stdin=OLD, code=2)
    assert "--fix-only" in refused.error


def test_several_markets_get_what_is_clean_in_all_and_variants_the_rest(command: Command) -> None:
    text = OLD.replace("zwick", "vleem")
    path = command.write("shop/l.csv", text)
    args = ("check", "shop", "-m", "CC,DD", *RULESETS)
    ran = command(*args, "--fix-only", code=0)
    assert path.read_text() == text.replace("vleem", "pine").replace("\r\n", "\n")
    assert (
        "not fixed CC/moonhorse: “moonhorse” -> “sunlion”: it would bring DD/sunlion in DD"
        in ran.err
    )
    assert "--variants" in ran.err

    path.write_bytes(text.encode())
    ran = command(*args, "--variants", "out", code=0)
    assert path.read_bytes() == text.encode()
    both = SAFE.replace("zwick", "pine")
    assert (command.folder / "out/CC/shop/l.csv").read_bytes() == both.encode()
    assert (command.folder / "out/DD/shop/l.csv").read_bytes() == text.encode()
    command("check", "out/CC", "-m", "CC", *RULESETS, code=0)
    command("check", "out/DD", "-m", "DD", *RULESETS, code=0)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--diff", "--variants", "out"], "choose one"),
        (["--variants", "l.csv"], "no folder"),
    ],
)
def test_what_contradicts_itself_is_refused(args: list[str], said: str, command: Command) -> None:
    path = command.write("l.csv", OLD)
    assert said in command("check", "l.csv", "-m", "CC", *args, *RULESETS, code=2).error
    assert path.read_bytes() == OLD.encode()


def test_variants_need_markets(command: Command) -> None:
    command.write("l.csv", OLD)
    assert "--market" in command("check", "l.csv", "--variants", "out", *RULESETS, code=2).error


def test_a_broken_file_is_told_of_once_and_stays_as_it_is(command: Command) -> None:
    broken = command.write("b.xml", '<rss version="2.0"><channel><item><title>A moonhorse</title>')
    path = command.write("l.csv", OLD)
    for flag in ("--fix", "--fix-only", "--diff"):
        ran = command("check", ".", "-m", "CC", flag, *RULESETS, code=2)
        assert ran.err.count("culture-lint: b.xml") == 1
        assert broken.read_bytes().endswith(b"moonhorse</title>")
    assert path.read_bytes() == SAFE.encode()


def test_accepted_and_suppressed_findings_are_not_fixed(command: Command) -> None:
    path = command.write("l.csv", OLD)
    command("baseline", "create", "l.csv", "-m", "CC", *RULESETS, code=0)
    baseline = ("--baseline", ".culture-lint-baseline.json")
    command("check", "l.csv", "-m", "CC", "--fix", "--unsafe-fixes", *baseline, *RULESETS, code=0)
    assert path.read_bytes() == OLD.encode()


def test_text_of_a_file_cannot_act_on_a_terminal(command: Command) -> None:
    command.write("l.csv", "sku,title,language\nA1,A \x1b[31m moonhorse,en\n")
    ran = command("check", "l.csv", "-m", "CC", "--fix", *RULESETS)
    assert "\x1b" not in ran.err


def test_help_names_the_flags(command: Command) -> None:
    out = command("check", "--help", code=0).out
    flags = "--fix --unsafe-fixes --fix-only --diff --variants --exit-non-zero-on-fix"
    for flag in flags.split():
        assert f"{flag} " in out


def test_fixing_is_the_same_every_time(command: Command) -> None:
    command.write("l.csv", OLD)
    first = command("check", ".", "-m", "CC,DD", "--diff", "--unsafe-fixes", *RULESETS)
    second = command("check", ".", "-m", "CC,DD", "--diff", "--unsafe-fixes", *RULESETS)
    assert (first.out, first.err) == (second.out, second.err)
