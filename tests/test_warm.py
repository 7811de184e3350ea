"""A run whose imports were made ahead leaves what a process started afresh leaves."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests import warm
from tests.command import LISTING, environment, site

__all__ = ["site"]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere all start afresh")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "work"
    (found / ".git").mkdir(parents=True)
    (found / "l.csv").write_text(LISTING, "utf-8")
    return found


@pytest.mark.parametrize(
    ("args", "stdin", "more"),
    [
        (["--version"], None, {}),
        (["chekc"], None, {}),
        ([], None, {}),
        (["check", "l.csv", "-m", "AA"], None, {"FORCE_COLOR": "1", "COLUMNS": "70"}),
        (["check", "l.csv", "-m", "AA"], None, {}),
        (["check", "none-\udcff.csv", "-m", "AA"], None, {}),
        (["check", "-", "-m", "AA", "-f", "json"], "sku,title\nA,Pork pie 🐄\n".encode(), {}),
        (["check", "-", "-m", "AA"], b"", {}),
        (["markets", "-f", "json"], None, {}),
    ],
)
def test_output_and_code_are_the_same(
    site: Path,
    folder: Path,
    args: list[str],
    stdin: bytes | None,
    more: dict[str, str],
) -> None:
    variables = {**environment(site, folder.parent), **more}
    first, again, afresh = (
        warm.run(args, folder=folder, environment=variables, stdin=stdin, fresh=fresh)
        for fresh in (False, False, True)
    )
    assert first == again == afresh
    assert first.out or first.err
