"""The hash of the built-in rulesets is remembered, and never of others."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

import culture_lint.knowledge.marks as module
from culture_lint.knowledge.marks import quick_digest
from culture_lint.knowledge.packs import digest


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "rulesets"
    root.mkdir()
    (root / "a.yaml").write_text("a: 1\n")
    age(root)
    monkeypatch.setattr(module, "builtin_root", lambda: root)
    monkeypatch.setattr(module, "_YOUNG", -60.0)  # the time of change cannot be set back
    return root


def age(root: Path) -> None:
    past = time.time() - 100
    for path in root.iterdir():
        os.utime(path, (past, past))


def test_hash_is_read_once(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = quick_digest([], tmp_path / "cache")
    assert first == digest([root])
    monkeypatch.setattr(module, "digest", lambda roots: pytest.fail("read again"))
    assert quick_digest([], tmp_path / "cache") == first


@pytest.mark.parametrize("change", ["text", "same length and time", "new", "gone", "renamed"])
def test_any_change_is_seen(root: Path, tmp_path: Path, change: str) -> None:
    first = quick_digest([], tmp_path / "cache")
    path = root / "a.yaml"
    about = path.stat()
    if change == "text":
        path.write_text("a: 12\n")
    elif change == "same length and time":
        time.sleep(0.02)
        path.write_text("a: 2\n")
        os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
    elif change == "new":
        (root / "b.yaml").write_text("b: 1\n")
    elif change == "gone":
        path.unlink()
    else:
        path.rename(root / "c.yaml")
    assert quick_digest([], tmp_path / "cache") == digest([root]) != first


def test_fresh_files_are_not_remembered(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_YOUNG", 60.0)
    quick_digest([], tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_own_packs_are_always_read(root: Path, tmp_path: Path) -> None:
    pack = tmp_path / "mine"
    pack.mkdir()
    (pack / "x.yaml").write_text("x: 1\n")
    first = quick_digest([pack], tmp_path / "cache")
    about = (pack / "x.yaml").stat()
    (pack / "x.yaml").write_text("x: 2\n")
    os.utime(pack / "x.yaml", ns=(about.st_atime_ns, about.st_mtime_ns))
    assert quick_digest([pack], tmp_path / "cache") != first
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"mark": 1}', "\x00"])
def test_damaged_memory_is_none(root: Path, tmp_path: Path, text: str) -> None:
    quick_digest([], tmp_path / "cache")
    (tmp_path / "cache" / "builtin-digest.json").write_text(text)
    assert quick_digest([], tmp_path / "cache") == digest([root])
