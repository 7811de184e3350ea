"""``culture-lint rules pages`` as users run it."""

from __future__ import annotations

from tests.command import Command


def test_the_command_writes_pages_and_removes_stale_ones(command: Command) -> None:
    stale = command.write(
        "docs/rules/gone.md", "<!-- Written by `culture-lint rules pages`; x -->\n"
    )
    kept = command.write("docs/rules/mine.md", "# Mine\n")
    command("rules", "pages", "docs", code=0)
    assert (command.folder / "docs" / "rules" / "aa.md").is_file()
    assert (command.folder / "docs" / "markets" / "aa.md").is_file()
    assert not stale.exists()
    assert kept.exists()
