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
