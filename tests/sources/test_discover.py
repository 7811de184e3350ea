"""Paths become sources: files as given, directories in order."""

from __future__ import annotations

from pathlib import Path

import pytest

from culture_lint.errors import SourceError
from culture_lint.sources.discover import discover, passed_over


@pytest.fixture
def shop(tmp_path):
    for name in ("b.CSV", "a.tsv", "sub/c.jsonl", ".git/d.csv", "node_modules/e.csv", "notes.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("title\n")
    return tmp_path


def test_directories_are_walked_in_order_without_hidden_ones(shop):
    names = [source.path.removeprefix(str(shop)) for source in discover([str(shop)])]
    assert names == ["/a.tsv", "/b.CSV", "/sub/c.jsonl"]


def test_a_file_named_twice_is_read_once(shop):
    assert len(discover([str(shop / "a.tsv"), str(shop / "a.tsv")])) == 1


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("no.csv", "no such file or directory"),
        ("old.xls", r"“.xls” files are not read; save it as XLSX or CSV"),
        ("notes.md", r"“.md” files are not read; supported: .*\.csv"),
        ("empty", r"no listings found in .*empty \(looked for .*\*\.csv, "),
    ],
)
def test_what_cannot_be_read_is_said(shop, name, message):
    (shop / "empty").mkdir()
    (shop / "old.xls").write_bytes(b"x")
    with pytest.raises(SourceError, match=message):
        discover([str(shop / name)])


def test_files_that_look_like_listings_but_are_not_read_are_named(tmp_path: Path) -> None:
    for name in ("a.csv", "b.xls", "c.ods", "notes.org"):
        (tmp_path / name).write_bytes(b"x")
    assert [Path(one).name for one in passed_over([str(tmp_path)])] == ["b.xls", "c.ods"]
    assert passed_over([str(tmp_path / "b.xls")]) == []
