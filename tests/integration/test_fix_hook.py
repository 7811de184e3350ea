"""The hook that fixes, in a real repository: it changes what is committed, and says so."""

from __future__ import annotations

import os
import sys

import pytest

from tests.command import DATA, Command
from tests.integration.test_precommit import Repository

CLASH = "sku,title,language\r\nC1,A moonhorse cup,en\r\n"
FIXED = CLASH.replace("moonhorse", "sunlion")
CONFIG = f"markets: [CC]\nrulesets: [{DATA / 'fixes'}]\n"


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell for the hook")
def test_hook_fixes_what_is_safe_and_lets_it_in_once_staged(command: Command) -> None:
    repository = Repository(command, "culture-lint-fix", CONFIG)
    path = command.write("l.csv", CLASH)
    first = repository.commit("clash")
    assert first.returncode == 1, first.stdout + first.stderr
    assert "files were modified by this hook" in first.stdout + first.stderr
    assert "fixed 1 finding in 1 file" in first.stdout + first.stderr
    assert path.read_bytes() == FIXED.encode()
    second = repository.commit("fixed")
    assert second.returncode == 0, second.stdout + second.stderr
    assert repository.run("git", "show", "HEAD:l.csv", code=0).stdout == FIXED.replace("\r\n", "\n")


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell for the hook")
def test_hook_refuses_what_it_cannot_fix_and_leaves_other_files_alone(command: Command) -> None:
    repository = Repository(command, "culture-lint-fix", CONFIG)
    other = command.write("other.csv", CLASH)
    path = command.write("l.csv", CLASH.replace("moonhorse", "zwick"))
    repository.run("git", "add", "l.csv", code=0)
    run = repository.run(sys.executable, "-m", "pre_commit", "run")
    assert run.returncode == 1
    assert "CC/zwick" in run.stdout
    assert "1 more may be with --unsafe-fixes" in run.stdout
    assert (other.read_bytes(), path.read_bytes()) == (
        CLASH.encode(),
        CLASH.replace("moonhorse", "zwick").encode(),
    )
