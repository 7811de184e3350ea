"""The page of formats names every ending that is read."""

from __future__ import annotations

from pathlib import Path

from culture_lint.sources.registry import endings

PAGE = (Path(__file__).parent.parent / "docs" / "formats.md").read_text("utf-8")


def test_every_ending_is_on_the_page() -> None:
    configuration = {one for one in endings() if "culture-lint" in one}
    assert [one for one in sorted(endings() - configuration) if f"`{one}`" not in PAGE] == []
