"""Patterns of paths: the syntax of .gitignore, with braces."""

from __future__ import annotations

from pathlib import Path

import pytest

from culture_lint.config.globs import checked, expanded, listed, matches, relative, verdict
from culture_lint.errors import SettingsError

BASE = Path("/shop").absolute()


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        ("*.md", ["*.md"]),
        ("*.{md,mdx}", ["*.md", "*.mdx"]),
        ("{a,b}/{c,d}", ["a/c", "a/d", "b/c", "b/d"]),
        ("{a,{b,c}}.x", ["a.x", "b.x", "c.x"]),
        ("{a}", ["{a}"]),
        ("{a", ["{a"]),
        ("a}", ["a}"]),
        ("{x}{a,b}", ["{x}a", "{x}b"]),
        ("{,s}", ["", "s"]),
    ],
)
def test_braces_are_written_out(pattern: str, written: list[str]) -> None:
    assert expanded(pattern) == written


@pytest.mark.parametrize(
    ("text", "patterns"),
    [
        ("a, b", ["a", "b"]),
        ("*.{md,mdx}, x", ["*.{md,mdx}", "x"]),
        ("{a,{b,c}},", ["{a,{b,c}}"]),
        ("a},b", ["a}", "b"]),
        ("", []),
    ],
)
def test_one_text_may_hold_several(text: str, patterns: list[str]) -> None:
    assert listed(text) == patterns


def test_braces_do_not_explode() -> None:
    assert len(expanded("{a,b}" * 40)) <= 256


@pytest.mark.parametrize(
    ("patterns", "path", "fits"),
    [
        (["*.md"], "a/b/c.md", True),
        (["/a.md"], "a.md", True),
        (["/a.md"], "b/a.md", False),
        (["locales/de/**"], "locales/de/x/y.json", True),
        (["locales/de"], "locales/de/x/y.json", True),
        (["**/de/*.po"], "x/y/de/a.po", True),
        (["**/de/*.po"], "de/sub/a.po", False),
        (["drafts/"], "x/drafts/a.csv", True),
        (["drafts/"], "drafts", False),
        (["*.csv", "!final.csv"], "final.csv", False),
        (["*.{md,mdx}"], "a.mdx", True),
        (["[ab].csv"], "a.csv", True),
        (["./a.csv"], "a.csv", True),
        (["./x/*.csv", "!./x/b.csv"], "x/a.csv", True),
        (["./x/*.csv", "!./x/b.csv"], "x/b.csv", False),
        (["./a.csv"], "x/a.csv", False),
        ([], "a", False),
        (["*"], "../other/a.csv", False),
    ],
)
def test_patterns_fit(patterns: list[str], path: str, fits: bool) -> None:
    assert matches(patterns, BASE, BASE / path) is fits


def test_patterns_take_back_or_say_nothing() -> None:
    assert verdict(["*.csv", "!a.csv"], BASE, BASE / "a.csv", False) is False
    assert verdict(["*.csv"], BASE, BASE / "a.md", False) is None
    assert verdict(["x/"], BASE, BASE / "x", True) is True


def test_patterns_of_no_folder_are_about_any_path() -> None:
    assert matches(["venv"], Path(), "/a/b/venv/c.csv")
    assert relative("/a/b", Path()) == "a/b"


def test_a_pattern_that_cannot_be_read_is_told() -> None:
    with pytest.raises(SettingsError):
        checked(["a", "!"])
