"""The hook in a real repository: a clean commit passes, a clashing listing is refused."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.command import CLEAN, Command

ROOT = Path(__file__).parents[2]

CLASH = "sku,title,language\nC1,Pork pie,en\n"


def manifest() -> dict[str, dict[str, Any]]:
    """The hooks that we offer, by id, as they are written."""
    text = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    return {hook["id"]: hook for hook in yaml.safe_load(text)}


class Repository:
    """A git repository with the hook installed."""

    def __init__(self, command: Command, name: str = "culture-lint", config: str = "") -> None:
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
        command.write(".culture-lint.yaml", config or "markets: [AA]\n")
        hook = {**manifest()[name], "language": "system"}
        hook["entry"] = hook["entry"].replace(
            "culture-lint", f"{sys.executable} -m culture_lint", 1
        )
        hooks = {"repos": [{"repo": "local", "hooks": [hook]}]}
        command.write(".pre-commit-config.yaml", yaml.safe_dump(hooks))
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
    command.write("notes.rst", "Pork pie is a listing nobody checks here.\n")
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


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell for the hook")
def test_what_is_staged_is_checked_and_nothing_else(command: Command) -> None:
    repository = Repository(command)
    command.write("l.csv", CLEAN)
    repository.run("git", "add", ".", code=0)
    command.write("l.csv", CLASH)  # and not staged
    command.write("other.csv", CLASH)
    clean = repository.run("git", "commit", "-q", "-m", "clean")
    assert clean.returncode == 0, clean.stdout + clean.stderr
    assert (command.folder / "l.csv").read_text() == CLASH

    repository.run("git", "add", "l.csv", code=0)
    command.write("l.csv", CLEAN)
    refused = repository.run("git", "commit", "-q", "-m", "clash")
    assert refused.returncode == 1
    assert "AA/pork" in refused.stdout + refused.stderr
    assert "other.csv" not in refused.stdout + refused.stderr


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell for the hook")
def test_hook_leaves_out_what_the_configuration_does_and_what_holds_no_copy(
    command: Command,
) -> None:
    repository = Repository(command)
    command.write("drafts/l.csv", CLASH)
    command.write("package.json", '{"name": "shop", "version": "1.0.0", "private": true}\n')
    command.write("compose.yaml", "services:\n  web:\n    image: nginx\n")
    command.write("pom.xml", "<project><modelVersion>4.0.0</modelVersion></project>\n")
    command.write(".culture-lintignore", "drafts/\n")
    done = repository.commit("nothing to check")
    assert done.returncode == 0, done.stdout + done.stderr

    command.write(".culture-lintignore", "")
    command.write("drafts/l.csv", CLASH + "C2,Pork,en\n")
    assert repository.commit("no longer left out").returncode == 1


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell for the hook")
def test_results_of_the_hook_follow_configuration_and_file(command: Command) -> None:
    command.environment.pop("CULTURE_LINT_CACHE_DIR", None)
    repository = Repository(command)
    command.write("l.csv", CLASH)
    for _ in range(2):  # the second time from what was kept
        refused = repository.commit("clash")
        assert refused.returncode == 1
        assert "AA/pork" in refused.stdout + refused.stderr
    assert (command.folder / ".culture_lint_cache").is_dir()
    assert ".culture_lint_cache" not in repository.run("git", "status", "--porcelain").stdout
    command.write(".culture-lint.yaml", "markets: [AA]\nseverity: {AA/pork: minor}\n")
    done = repository.commit("accepted by the configuration")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell for the hook")
def test_all_files_are_checked_on_demand(command: Command) -> None:
    repository = Repository(command)
    command.write("locales/de-AA/l.csv", CLEAN)
    command.write("l.csv", CLASH)
    repository.run("git", "add", ".", code=0)
    done = repository.run(sys.executable, "-m", "pre_commit", "run", "--all-files")
    assert done.returncode == 1
    assert "AA/pork" in done.stdout


def test_hooks_that_we_offer_are_a_valid_manifest() -> None:
    from pre_commit.clientlib import load_manifest

    hooks = {hook["id"]: hook for hook in load_manifest(str(ROOT / ".pre-commit-hooks.yaml"))}
    assert set(hooks) == {
        "culture-lint",
        "culture-lint-all",
        "culture-lint-campaign",
        "culture-lint-fix",
    }
    for hook in hooks.values():
        assert hook["require_serial"] is True
        assert hook["additional_dependencies"] == []
    commit = hooks["culture-lint"]
    assert commit["entry"] == "culture-lint check --force-exclude"
    assert commit["args"] == []  # needed flags stand in the entry: a user's args replace these
    fixing = hooks["culture-lint-fix"]
    assert fixing["entry"] == "culture-lint check --fix --force-exclude"
    assert (fixing["args"], fixing["files"]) == ([], commit["files"])
    every, campaign = hooks["culture-lint-all"], hooks["culture-lint-campaign"]
    assert (every["entry"], every["args"]) == ("culture-lint check", ["."])
    assert (campaign["entry"], campaign["args"]) == ("culture-lint campaign", ["campaign.yaml"])
    for hook in (every, campaign):
        assert (hook["pass_filenames"], hook["stages"]) == (False, ["pre-push"])


@pytest.mark.parametrize(
    "name", ["culture-lint", "culture-lint-all", "culture-lint-campaign", "culture-lint-fix"]
)
def test_commands_of_the_hooks_exist(name: str, command: Command) -> None:
    command.write(".culture-lint.yaml", "markets: [AA]\n")
    command.write("l.csv", CLEAN)
    command.write(
        "campaign.yaml",
        "content: l.csv\nmarkets: AA\nlaunch: 2031-03-03\nend: 2031-03-09\n",
    )
    hook = manifest()[name]
    command(*hook["entry"].split()[1:], *hook.get("args", ["l.csv"]), code=0)


def test_hook_is_given_every_kind_of_file_that_is_read() -> None:
    from culture_lint.sources.registry import endings

    files = manifest()["culture-lint"]["files"]
    for ending in endings() - {".txt", ".tab"}:  # any text may end so, most of it no listing
        assert re.search(files, f"shop/listing{ending}"), ending
        assert re.search(files, f"shop/LISTING{ending.upper()}"), ending
    assert not re.search(files, "README.rst")


def test_own_configuration_of_pre_commit_is_valid() -> None:
    from pre_commit.clientlib import load_config

    assert load_config(str(ROOT / ".pre-commit-config.yaml"))["repos"]
