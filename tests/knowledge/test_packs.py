"""Files of a pack on disk: which count, where the built-in ones lie, and the digest."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from culture_lint.knowledge.packs import builtin_root, digest, distinct, pack_files

from .samples import SIGNS, Pack


def names(root: Path) -> list[str]:
    return [file.relative for file in pack_files(root)[0]]


def test_ruleset_files_are_found_sorted(pack: Pack) -> None:
    files = ["z.yaml", "a/b.yml", "a/a.YAML", "a-b.yaml", ".hidden.yaml", ".git/x.yaml", "x.json"]
    root = pack(dict.fromkeys(files, SIGNS))
    assert names(root) == ["a-b.yaml", "a/a.YAML", "a/b.yml", "z.yaml"]


def test_names_do_not_depend_on_the_place(pack: Pack) -> None:
    root = pack({"markets/in.yaml": ""})
    for same in (root, root.resolve(), root / "markets" / ".."):
        (file,) = pack_files(same)[0]
        assert file.name == "pack/markets/in.yaml"
        assert file.shown == "pack/markets/in.yaml"


@pytest.mark.parametrize("target", ["s.yaml", "sub", "../pack", "."])
def test_links_inside_the_pack_are_read_where_they_lead(pack: Pack, target: str) -> None:
    root = pack({"s.yaml": SIGNS, "sub/t.yaml": ""})
    os.symlink(target, root / "link.yaml")
    files, problems = pack_files(root)
    assert ([file.relative for file in files], problems) == (["s.yaml", "sub/t.yaml"], [])


@pytest.mark.parametrize("target", ["nowhere.yaml", "link.yaml"])
def test_links_that_lead_nowhere_are_problems(pack: Pack, target: str) -> None:
    root = pack({"s.yaml": SIGNS})
    os.symlink(target, root / "link.yaml")
    _, problems = pack_files(root)
    assert [str(p) for p in problems] == ["pack/link.yaml: is a link that leads nowhere"]


def test_a_named_pipe_is_not_opened(pack: Pack) -> None:
    root = pack({"s.yaml": SIGNS})
    os.mkfifo(root / "pipe.yaml")
    _, problems = pack_files(root)
    assert [str(p) for p in problems] == ["pack/pipe.yaml: is not a regular file"]


def test_the_digest_is_that_of_the_content(pack: Pack, tmp_path: Path) -> None:
    root = pack({"a.yaml": SIGNS, "b.yaml": "x"})
    before = digest([root])
    shutil.copytree(root, tmp_path / "elsewhere")
    (root / "note.txt").write_text("not a ruleset")
    assert digest([root]) == digest([tmp_path / "elsewhere"]) == before


@pytest.mark.parametrize(
    "files",
    [
        {"a.yaml": "x", "b.yaml": ""},
        {"a.yaml": "", "b.yaml": "x"},
        {"a.yaml": "x"},
        {"a.yml": "x", "b.yaml": ""},
        {"a.yaml": "xb.yaml"},
        {},
    ],
)
def test_the_digest_changes_with_names_and_contents(pack: Pack, files: dict[str, str]) -> None:
    root = pack({"a.yaml": "y", "b.yaml": ""}, "base")
    assert digest([root]) != digest([pack(files, "other")])


def test_the_digest_knows_the_order_of_packs(pack: Pack) -> None:
    first, second = pack({"a.yaml": "x"}, "one"), pack({"a.yaml": "y"}, "two")
    assert len({digest([first, second]), digest([second, first]), digest([first])}) == 3


def test_the_first_of_two_names_for_a_root_counts(pack: Pack) -> None:
    first, second = pack({}, "one"), pack({}, "two")
    assert distinct([first, second, first.resolve()]) == [first, second]
    assert digest([first, second, first.resolve()]) == digest([first, second])


def test_the_built_in_root_holds_rulesets() -> None:
    assert (builtin_root() / "regions" / "global.yaml").is_file()
