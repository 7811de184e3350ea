"""Ignore files as git reads them, held against git itself."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from culture_lint.settings import DEFAULT_EXCLUDE, Patterns, Settings
from culture_lint.sources.excluded import Exclusions, IgnoreFiles

FILES = [
    "a.csv",
    "b.md",
    "x/a.csv",
    "x/b.md",
    "x/y/a.csv",
    "x/y/z.csv",
    "drafts/a.csv",
    "x/drafts/a.csv",
]


def tree(folder: Path, ignores: dict[str, str]) -> None:
    for name in FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("title\n")
    for place, text in ignores.items():
        (folder / place).write_text(text, "utf-8")


def ignored_by_git(folder: Path) -> set[str]:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    if not (folder / ".git").exists():
        subprocess.run(["git", "init", "-q"], cwd=folder, env=environment, check=True)
    done = subprocess.run(
        ["git", "check-ignore", "--no-index", "--stdin"],
        cwd=folder,
        env=environment,
        input="\n".join(FILES),
        capture_output=True,
        text=True,
        check=False,
    )
    return set(done.stdout.split())


def ignored_by_us(folder: Path) -> set[str]:
    files = IgnoreFiles(".gitignore", git=True)
    found = set()
    for name in FILES:
        parts = name.split("/")
        folders = ["/".join(parts[:n]) for n in range(1, len(parts))]
        # As a walk does it: what lies in an ignored folder is never asked for.
        if any(files.ignores(str(folder / one), True) for one in folders) or files.ignores(
            str(folder / name), False
        ):
            found.add(name)
    return found


CASES = {
    "names": {".gitignore": "*.md\n"},
    "folders": {".gitignore": "drafts/\n"},
    "anchored": {".gitignore": "/a.csv\n/x/y\n"},
    "taken back": {".gitignore": "*.csv\n!a.csv\n"},
    "deeper has the last word": {".gitignore": "*.csv\n", "x/.gitignore": "!a.csv\n", "x/y/.gitignore": "a.csv\n"},
    "cannot be taken back below": {".gitignore": "x/\n!x/a.csv\n"},
    "comments and blanks": {".gitignore": "# a.csv\n\n  \nb.md  \n\\#x\n"},
    "stars": {".gitignore": "**/y/*.csv\nx/**/b.md\n"},
    "classes": {".gitignore": "[a-b].csv\n?.md\n"},
    "dos": {".gitignore": "*.md\r\n"},
    "relative to its folder": {"x/.gitignore": "/a.csv\ny/\n"},
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_ignored_is_what_git_ignores(case: str, tmp_path: Path) -> None:
    tree(tmp_path, CASES[case])
    expected = ignored_by_git(tmp_path)
    assert ignored_by_us(tmp_path) == expected
    assert expected or case == "none"


LINES = st.lists(
    st.sampled_from(
        ["a.csv", "*.csv", "/x", "x/", "drafts", "!a.csv", "!x/a.csv", "**/a.csv", "x/*", "!x/y/", "z.*", "# c", ""]
    ),
    max_size=5,
)  # fmt: skip


@given(top=LINES, inner=LINES)
@trying(max_examples=25, deadline=None)
def test_any_ignore_files_mean_what_they_mean_to_git(
    top: list[str], inner: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("repository")
    tree(folder, {".gitignore": "\n".join(top), "x/.gitignore": "\n".join(inner)})
    expected = ignored_by_git(folder)
    assert ignored_by_us(folder) == expected


def test_exclude_file_of_the_repository_counts_and_gitignore_elsewhere_does_not(
    tmp_path: Path,
) -> None:
    tree(tmp_path, {".gitignore": "a.csv\n"})
    outside = IgnoreFiles(".gitignore", git=True)
    assert not outside.ignores(str(tmp_path / "a.csv"), False)
    (tmp_path / ".git" / "info").mkdir(parents=True)
    (tmp_path / ".git" / "info" / "exclude").write_text("b.md\n")
    inside = IgnoreFiles(".gitignore", git=True)
    assert inside.ignores(str(tmp_path / "a.csv"), False)
    assert inside.ignores(str(tmp_path / "x" / "b.md"), False)


def test_each_source_of_exclusion_counts(tmp_path: Path) -> None:
    tree(tmp_path, {".gitignore": "a.csv\n", "x/.culture-lintignore": "b.md\n"})
    (tmp_path / ".git").mkdir()
    settings = Settings(exclude=(DEFAULT_EXCLUDE, Patterns(tmp_path, ("drafts/", "!x/drafts/"))))
    found = Exclusions(lambda _: settings)

    def over(name: str, folder: bool = False) -> bool:
        return found.passes_over(str(tmp_path / name), folder)

    assert over("drafts", folder=True)
    assert not over("x/drafts", folder=True)
    assert over("node_modules", folder=True)
    assert over("x/b.md")
    assert not over("b.md")
    assert over("x/y/a.csv")
    assert found.excludes(str(tmp_path / "x" / "b.md"))
    assert not found.excludes(str(tmp_path / "a.csv"))  # git's files speak of searches alone


def test_gitignore_may_be_left_unheeded(tmp_path: Path) -> None:
    tree(tmp_path, {".gitignore": "a.csv\n"})
    (tmp_path / ".git").mkdir()
    found = Exclusions(lambda _: Settings(respect_gitignore=False))
    assert not found.passes_over(str(tmp_path / "a.csv"), False)
