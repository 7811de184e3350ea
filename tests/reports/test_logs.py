"""Reports that end up in the log of a build give it no commands, whatever the copy says."""

from __future__ import annotations

import pytest

from tests.command import Command
from tests.reports.test_github import commands

#: Copy in which a sign stands between commands, at the start of cells, words and lines.
HOSTILE = """sku,title,description,language
::error::A1,::warning::Holy cow ::stop-commands::x mug,"Pork ##[add-mask]pie
::set-output name=a::b
##vso[task.complete]Holy cow",en
"""


@pytest.mark.parametrize("form", ["text", "concise"])
@pytest.mark.parametrize("columns", ["40", "100"])
def test_copy_gives_no_commands(command: Command, form: str, columns: str) -> None:
    name = "::notice::l.csv"
    command.write(name, HOSTILE)
    ran = command("check", name, "-m", "AA", "-f", form, COLUMNS=columns, code=1)
    assert "Holy cow" in ran.out
    assert commands(ran.out) == []


def test_names_of_files_give_no_commands(command: Command) -> None:
    names = (
        "::notice::l.csv",
        "x\n::error::m.csv",
        "\x1b[31m::error::bad.csv",
        "::warning::n.docx",
    )
    for name, text in zip(names, (HOSTILE, HOSTILE, b"\xff\xfe\x00", HOSTILE), strict=True):
        command.write(f"d/{name}", text)
    for paths in (("d",), tuple(f"d/{name}" for name in names[:3])):
        ran = command("check", *paths, "-m", "AA", "-f", "concise", code=2)
        assert commands(ran.out) == commands(ran.err) == []
        assert "\x1b" not in ran.out + ran.err
    for name in names:
        (command.folder / name).write_bytes((command.folder / "d" / name).read_bytes())
        ran = command("check", name, "-m", "AA", "-f", "concise")
        assert commands(ran.out) == commands(ran.err) == []
    ran = command("check", "::error::missing.csv", "a\n::error::b", "-m", "AA", code=2)
    assert commands(ran.err) == []
