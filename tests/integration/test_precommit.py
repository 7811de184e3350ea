"""The hook in a real repository: a clean commit passes, a clashing listing is refused."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import CLEAN, Command

ROOT = Path(__file__).parents[2]

CLASH = "sku,title,language\nC1,Pork pie,en\n"


class Repository:
    """A git repository with the hook installed."""

    def __init__(self, command: Command) -> None:
        self.folder = command.folder
        self.environment = {
            **command.environment,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_AUTHOR_NAME": "A",
            "GIT_AUTHOR_EMAIL": "a@example.org",
            "GIT_COMMITTER_NAME": "A",
            "GIT_COMMITTER_EMAIL": "a@example.org",
            "PRE_COMMIT_HOME": str(command.folder.parent / "pre-commit"),
        }
        (self.folder / ".git").rmdir()
        self.run("git", "init", "-q", code=0)
        command.write(".culture-lint.yaml", "markets: [AA]\n")
        command.write(
            ".pre-commit-config.yaml",
            "repos:\n- repo: local\n  hooks:\n  - id: culture-lint\n    name: culture-lint\n"
            f"    entry: '{sys.executable} -m culture_lint check'\n    language: system\n"
            "    types: [text]\n    files: \\.(csv|tsv|jsonl|ndjson)$\n    require_serial: true\n",
        )
        self.run(sys.executable, "-m", "pre_commit", "install", code=0)
        assert self.commit("set up").returncode == 0

    def run(self, *args: str, code: int | None = None) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            args,
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert code is None or done.returncode == code, done.stdout + done.stderr
        return done

    def commit(self, message: str) -> subprocess.CompletedProcess[str]:
        self.run("git", "add", ".", code=0)
        return self.run("git", "commit", "-q", "-m", message)

    @property
    def commits(self) -> int:
        return int(self.run("git", "rev-list", "--count", "HEAD", code=0).stdout)


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell for the hook")
def test_hook_lets_clean_listings_in_and_keeps_clashing_ones_out(command: Command) -> None:
    repository = Repository(command)
    assert repository.commits == 1

    command.write("clean.csv", CLEAN)
    command.write("notes.md", "Pork pie is a listing nobody checks here.\n")
    clean = repository.commit("clean")
    assert clean.returncode == 0, clean.stdout + clean.stderr
    assert repository.commits == 2

    command.write("shop/clash.csv", CLASH)
    refused = repository.commit("clash")
    told = refused.stdout + refused.stderr
    assert refused.returncode == 1
    assert repository.commits == 2
    assert re.search(r"culture-lint\.+Failed", told)
    assert "exit code: 1" in told
    assert "MAJOR   AA/pork" in told
    assert "title 2:4: »Pork« pie" in told
    assert "clean.csv" not in told  # only what is being committed is read

    command.write("shop/clash.csv", CLASH.replace("Pork", "Apple"))
    assert repository.commit("put right").returncode == 0
    assert repository.commits == 3

    command.write("shop/bad.csv", "x,y\n1,2\n")
    unread = repository.commit("not a listing")
    told = unread.stdout + unread.stderr
    assert unread.returncode == 1
    assert "shop/bad.csv: no text column found" in told
    assert "exit code: 2" in told


def test_hook_that_we_offer_is_a_valid_manifest() -> None:
    from pre_commit.clientlib import load_manifest

    (hook,) = load_manifest(str(ROOT / ".pre-commit-hooks.yaml"))
    assert hook["id"] == "culture-lint"
    assert hook["entry"] == "culture-lint check --force-exclude"
    assert hook["require_serial"] is True
    assert hook["args"] == []  # needed flags stand in the entry: a user's args replace these


def test_hook_is_given_every_kind_of_file_that_is_read() -> None:
    from pre_commit.clientlib import load_manifest

    from culture_lint.sources.registry import readers

    (hook,) = load_manifest(str(ROOT / ".pre-commit-hooks.yaml"))
    listings = set(readers()) - {".txt", ".tab"}  # any text may end so, most of it no listing
    for ending in listings:
        assert re.search(hook["files"], f"shop/listing{ending}"), ending
    assert not re.search(hook["files"], "README.rst")


def test_own_configuration_of_pre_commit_is_valid() -> None:
    from pre_commit.clientlib import load_config

    assert load_config(str(ROOT / ".pre-commit-config.yaml"))["repos"]
