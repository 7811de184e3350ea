"""Every output shown in the page on use is what the command says, with the built-in rulesets."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from culture_lint.knowledge.runtime import Knowledge
from tests.command import environment

ROOT = Path(__file__).parents[2]
USAGE = (ROOT / "docs" / "usage.md").read_text("utf-8")
FILES = {
    "numbers.csv": "a,b\n1,2\n",
    "messages.po": 'msgid ""\nmsgstr "Language: en\\n"\n\nmsgid "title"\nmsgstr "Holy cow coffee mug"\n',
}
#: What a block needs besides: found in its first command.
CONFIGURED = {"fail-onn": (".culture-lint.yaml", "markets: [IN]\nfail-onn: minor\n")}


def blocks() -> list[list[tuple[str, str]]]:
    """Return the console blocks: commands, each with its output."""
    found = []
    for block in re.findall(r"^```console\n(.*?)^```", USAGE, re.MULTILINE | re.DOTALL):
        parts = re.split(r"^\$ (.*)\n", block, flags=re.MULTILINE)[1:]
        found.append(list(zip(parts[::2], parts[1::2], strict=True)))
    return found


BLOCKS = blocks()


def listing() -> str:
    """Return the listing that the page shows first."""
    shown = re.search(r"```\n(sku,title,description\n.*?)```", USAGE, re.DOTALL)
    assert shown
    return shown[1]


@pytest.mark.skipif(os.name != "posix", reason="the commands are for a POSIX shell")
@pytest.mark.parametrize("block", BLOCKS, ids=[block[0][0][:40] for block in BLOCKS])
def test_output_is_as_shown(
    block: list[tuple[str, str]], tmp_path: Path, builtin: Knowledge
) -> None:
    assert builtin
    folder = tmp_path / "work"
    (folder / ".git").mkdir(parents=True)
    shutil.copytree(
        ROOT / "examples", folder / "examples", ignore=shutil.ignore_patterns(".culture_lint_cache")
    )
    for name, text in {"listings.csv": listing(), **FILES}.items():
        (folder / name).write_text(text, "utf-8")
    for mark, (name, text) in CONFIGURED.items():
        if any(mark in shown for _, shown in block):
            (folder / name).write_text(text, "utf-8")
    unshown = [
        name
        for command, _ in block
        for name in re.findall(r"(?<![\w/])[\w-]+\.(?:csv|po|md|json|xlsx)\b", command)
        if not (folder / name).exists()
    ]
    # An output that nobody can make again is held against nothing.
    assert not unshown or "cd examples" in block[0][0]
    script = folder.parent / "culture-lint"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m culture_lint "$@"\n')
    script.chmod(0o755)
    known = environment(ROOT, tmp_path)
    known["PATH"] = f"{script.parent}{os.pathsep}{known['PATH']}"
    shell = "".join(f"{command}\nprintf '\\1%s\\1' $?\n" for command, _ in block)
    # `$?` of the page is that of the command before it.
    shell = shell.replace("echo $?\n", "echo $last\n").replace("' $?\n", "' $((last=$?))\n")
    done = subprocess.run(
        ["bash", "-c", f"exec 2>&1; unset COLUMNS; export COLUMNS=100\n{shell}"],
        cwd=folder,
        env=known,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    said = done.stdout.split("\1")[::2]
    for (command, shown), real in zip(block, said, strict=False):
        assert _lines(real) == _lines(shown), command


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.rstrip().splitlines()]
