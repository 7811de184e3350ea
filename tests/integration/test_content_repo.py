"""The example of a content repository: what is planted in it is found, by hand and by the hook."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from culture_lint.knowledge.runtime import Knowledge
from tests.command import Command, environment

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "content-repo"
GRAVE = ("major", "blocker")

#: What mends the feed.
PUT_RIGHT = (
    ("Area rug with a Ganesha motif", "Area rug with a paisley motif"),
    ("Holy cow! The mug that", "The mug that"),
)

#: path, line, rule, market
Place = tuple[str, int, str, str]


def planted() -> list[Place]:
    """What ``planted.json`` says is to be found."""
    entries: list[dict[str, Any]] = json.loads((EXAMPLE / "planted.json").read_text("utf-8"))
    return [(one["path"], one["line"], one["rule"], one["market"]) for one in entries]


@pytest.fixture
def shop(tmp_path: Path, builtin: Knowledge) -> Command:
    """The command in a copy of the example, with the built-in rulesets (compiled by `builtin`)."""
    folder = tmp_path / "shop"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns(".culture_lint_cache"))
    git = {
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"),
    }
    return Command(folder, {**environment(ROOT, tmp_path), **git})


def repository(shop: Command) -> None:
    """Make the folder a git repository, with the hook as we offer it to others."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    (offered,) = (hook for hook in hooks if hook["id"] == "culture-lint")
    entry = offered["entry"].replace("culture-lint", f"{sys.executable} -m culture_lint", 1)
    # The output is parsed, so that a user's own form of it is asked for.
    hook = {**offered, "language": "system", "entry": f"{entry} --format concise"}
    shop.write(
        ".pre-commit-config.yaml", yaml.safe_dump({"repos": [{"repo": "local", "hooks": [hook]}]})
    )
    for args in (("git", "init", "-q"), ("git", "add", ".")):
        run(shop, *args, code=0)


def run(shop: Command, *args: str, code: int) -> str:
    done = subprocess.run(
        args,
        cwd=shop.folder,
        env=shop.environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def concise(output: str) -> list[Place]:
    """Return the grave findings of a concise report, one for each market."""
    pattern = r"^(.+?):(\d+):\d+: (?:MAJOR|BLOCKER) (\S+) \[([^]]+)\] "
    return [
        (path, int(line), rule, market)
        for path, line, rule, markets in re.findall(pattern, output, re.MULTILINE)
        for market in markets.split(",")
    ]


def test_exactly_what_is_planted_is_found(shop: Command) -> None:
    report = shop("check", ".", "--format", "json", code=1).json
    found = [
        (item["path"], finding["line"], finding["rule"], market)
        for item in report["items"]
        for finding in item["findings"]
        if finding["severity"] in GRAVE
        for market in finding["points"]
    ]
    assert Counter(found) == Counter(planted())


def test_everything_is_examined_and_each_planted_place_has_a_clean_neighbour(
    shop: Command,
) -> None:
    report = shop("check", ".", "--format", "json", code=1).json
    assert [item["path"] for item in report["items"] if item["status"] or not item["scores"]] == []
    assert {one["gate"] for one in report["gate"]["failed"]} == {"severity"}
    clean = {item["path"] for item in report["items"] if not item["findings"]}
    assert {path for path, *_ in planted()} == clean == {item["path"] for item in report["items"]}
    assert len({Path(path).suffix for path in clean}) >= 14  # formats; two share .xml
    assert len({market for *_, market in planted()}) >= 12


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell for the hook")
def test_hook_finds_what_is_planted_and_passes_once_it_is_gone(shop: Command) -> None:
    repository(shop)
    pre_commit = (sys.executable, "-m", "pre_commit", "run", "--color", "never")
    told = run(shop, *pre_commit, "--all-files", code=1)
    assert re.search(r"culture-lint\.+Failed", told)
    assert "exit code: 1" in told
    assert Counter(concise(told)) == Counter(planted())

    feed = "feeds/google_in.xml"
    text = (shop.folder / feed).read_text("utf-8")
    assert [path for path, *_ in concise(run(shop, *pre_commit, "--files", feed, code=1))] == [
        path for path, *_ in planted() if path == feed
    ]
    for clashing, mended in PUT_RIGHT:
        assert clashing in text
        text = text.replace(clashing, mended)
    shop.write(feed, text)
    run(shop, "git", "add", feed, code=0)
    assert "Passed" in run(shop, *pre_commit, "--files", feed, code=0)
