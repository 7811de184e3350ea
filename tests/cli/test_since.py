"""``--since``: only what has changed fails."""

from __future__ import annotations

import subprocess

from tests.command import LISTING, Command


def git(command: Command, *arguments: str) -> None:
    name = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", *name, *arguments], cwd=command.folder, check=True, capture_output=True)


def test_only_findings_on_changed_lines_count(command: Command) -> None:
    (command.folder / ".git").rmdir()
    git(command, "init", "-q")
    command.write("l.csv")
    command.write("same.csv", LISTING)
    git(command, "add", "-A")
    git(command, "commit", "-qm", "x")
    run = ("check", ".", "-m", "AA", "--since", "HEAD")
    nothing = command(*run, code=0)
    assert "nothing to check: no file has changed" in nothing.err

    command.write("l.csv", LISTING + "A4,Oak bowl,A bowl.,en\n")
    passed = command(*run, code=0)
    assert "note: 1 file has not changed since " in passed.err
    assert "4 items in 1 file: 0 findings" in passed.out

    command.write("l.csv", LISTING + "A4,Holy cow bowl,A bowl.,en\n")
    failed = command(*run, "-f", "json", code=1).json
    assert [(item["item"], len(item["findings"])) for item in failed["items"]][1:] == [
        ("A2", 0),
        ("A3", 0),
        ("A4", 1),
    ]
    assert failed["items"][0]["scores"] == {"AA": 100.0}
    command(*run, code=1)  # the same from what is kept of the run before
    git(command, "add", "-A")
    git(command, "commit", "-qm", "y")
    assert "no file has changed" in command(*run, code=0).err
    assert "no such revision" in command("check", ".", "-m", "AA", "--since", "x", code=2).error
