"""The container file: what it copies is there, and what it runs is good shell.

No image is built here: that takes a builder and a registry.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pathspec
import pytest

from tests.ci.shells import ROOT
from tests.command import Command, command, site

__all__ = ["command", "site"]

#: Instructions with their arguments; lines that go on are joined.
STEPS = [
    tuple(line.split(None, 1))
    for line in re.sub(
        r"\\\n", " ", re.sub(r"^#.*\n", "", (ROOT / "Containerfile").read_text("utf-8"), flags=re.M)
    ).splitlines()
    if line.strip()
]


def arguments(name: str) -> list[str]:
    return [rest for step, rest in STEPS if step == name]


def test_what_is_copied_goes_to_the_builder() -> None:
    ignored = pathspec.GitIgnoreSpec.from_lines(
        (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    )
    sources = [
        name
        for copied in arguments("COPY")
        if not copied.startswith("--from")
        for name in copied.split()[:-1]
    ]
    assert {"culture_lint", "rulesets", "setup.cfg", "pyproject.toml"} <= set(sources)
    for name in sources:
        assert (ROOT / name).exists(), name
        below = f"{name}/x.py" if (ROOT / name).is_dir() else name
        assert not ignored.match_file(below), name
    assert ignored.match_file(".git/config")
    assert ignored.match_file("tests/x.py")


def test_every_file_that_a_build_reads_is_copied() -> None:
    copied = " ".join(arguments("COPY"))
    setup = (ROOT / "setup.cfg").read_text("utf-8")
    for name in re.findall(r"(?:file: |license_files = )(\S+)", setup):
        assert name in copied


def test_image_starts_the_command_as_nobody_in_particular() -> None:
    assert json.loads(arguments("ENTRYPOINT")[0]) == ["culture-lint"]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", arguments("USER")[0])
    assert len(arguments("FROM")) == 2


def test_command_that_it_runs_compiles_the_rulesets(command: Command, tmp_path: Path) -> None:
    (script,) = arguments("RUN")
    words = script.partition("/bin/culture-lint ")[2].partition(" >")[0].split()
    command(*words, CULTURE_LINT_CACHE_DIR=str(tmp_path / "cache"), code=0)
    assert list((tmp_path / "cache").glob("rulesets-*.bin"))


@pytest.mark.skipif(shutil.which("sh") is None, reason="needs a shell")
def test_what_it_runs_is_good_shell() -> None:
    for script in arguments("RUN"):
        subprocess.run(["sh", "-n", "-c", script], check=True, timeout=30)
