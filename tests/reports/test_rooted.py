"""Paths as a CI system knows them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from culture_lint.reports.rooted import Rooted


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a folder in which the command is called."""
    (tmp_path / "shop" / ".git").mkdir(parents=True)
    (tmp_path / "shop" / "in").mkdir()
    monkeypatch.chdir(tmp_path / "shop" / "in")
    return tmp_path / "shop"


def test_paths_are_from_the_root_of_the_repository(shop: Path) -> None:
    rooted = Rooted({})
    assert rooted("l.csv") == "in/l.csv"
    assert rooted("./x/../l.csv") == "in/l.csv"
    assert rooted("../m.csv") == "m.csv"
    assert rooted(str(shop / "a b" / "ü.csv")) == "a b/ü.csv"


def test_outside_every_repository_a_path_is_absolute(shop: Path) -> None:
    outside = str(shop.parent / "other.csv")
    assert Rooted({})(outside) == outside.replace(os.sep, "/")


def test_the_checkout_of_a_ci_system_comes_first(shop: Path) -> None:
    assert Rooted({"GITHUB_WORKSPACE": str(shop.parent)})("l.csv") == "shop/in/l.csv"
    assert Rooted({"CI_PROJECT_DIR": str(shop / "in")})("l.csv") == "l.csv"
    assert Rooted({"CI_PROJECT_DIR": str(shop / "else")})("l.csv") == "in/l.csv"
    assert Rooted({"GITHUB_WORKSPACE": ""})("l.csv") == "in/l.csv"


def test_without_a_repository_paths_are_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Rooted({})("x/l.csv") == "x/l.csv"


@pytest.mark.skipif(os.name == "nt", reason="needs links")
def test_links_to_the_checkout_are_followed(shop: Path) -> None:
    link = shop.parent / "link"
    link.symlink_to(shop)
    assert Rooted({"GITHUB_WORKSPACE": str(shop)})(str(link / "l.csv")) == "l.csv"
