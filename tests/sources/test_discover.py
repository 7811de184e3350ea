"""Paths become sources: files as given, directories in order."""

from __future__ import annotations

from pathlib import Path

import pytest

from culture_lint.errors import SourceError
from culture_lint.settings import Settings
from culture_lint.sources.discover import Found, discover
from culture_lint.sources.excluded import Exclusions

FORCED = Exclusions(lambda _: Settings(force_exclude=True))


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    for name in ("b.CSV", "a.tsv", "sub/c.jsonl", ".git/d.csv", "node_modules/e.csv", "notes.org"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("title\n")
    return tmp_path


def names(found: Found, shop: Path) -> list[str]:
    return [Path(one.path).relative_to(shop).as_posix() for one in found.sources]


def test_directories_are_walked_in_order_without_hidden_ones(shop: Path) -> None:
    assert names(discover([str(shop)]), shop) == ["a.tsv", "b.CSV", "sub/c.jsonl"]


def test_a_file_named_twice_is_read_once(shop: Path) -> None:
    assert names(discover([str(shop / "a.tsv"), str(shop), str(shop / "a.tsv")]), shop) == [
        "a.tsv", "b.CSV", "sub/c.jsonl",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("no.csv", "no such file or directory"),
        ("old.xls", r"“.xls” files are not read; save it as XLSX or CSV"),
        ("notes.org", r"“.org” files are not read; supported: .*\.csv"),
        ("empty", r"no listings found in .*empty \(looked for .*\*\.csv, "),
    ],
)
def test_what_cannot_be_read_is_said(shop: Path, name: str, message: str) -> None:
    (shop / "empty").mkdir()
    (shop / "old.xls").write_bytes(b"x")
    with pytest.raises(SourceError, match=message):
        discover([str(shop / name)])


def test_files_that_look_like_listings_but_are_not_read_are_named(tmp_path: Path) -> None:
    for name in ("a.csv", "b.xls", "c.ods", "notes.org"):
        (tmp_path / name).write_bytes(b"x")
    assert [Path(one).name for one in discover([str(tmp_path)]).unread] == ["b.xls", "c.ods"]


def test_named_file_is_read_unless_exclusion_is_forced(shop: Path) -> None:
    named = str(shop / "node_modules" / "e.csv")
    assert names(discover([named]), shop) == ["node_modules/e.csv"]
    found = discover([named, str(shop / "a.tsv")], FORCED)
    assert names(found, shop) == ["a.tsv"]
    assert found.excluded == [named]


def test_forced_exclusion_skips_kinds_that_are_not_read(shop: Path) -> None:
    found = discover([str(shop / "notes.org"), str(shop / "a.tsv")], FORCED)
    assert (names(found, shop), found.skipped) == (["a.tsv"], [str(shop / "notes.org")])
    with pytest.raises(SourceError, match="no such file"):
        discover([str(shop / "gone.csv")], FORCED)


def test_folder_of_which_everything_is_left_out_is_no_mistake(shop: Path) -> None:
    (shop / ".culture-lintignore").write_text("*.csv\n*.CSV\n*.tsv\n*.jsonl\n")
    found = discover([str(shop)])
    assert found.sources == []
    assert len(found.excluded) == 3
