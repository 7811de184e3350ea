"""Lines that have changed, as git tells it, held against files written here."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from culture_lint.errors import SettingsError
from culture_lint.gate import changes
from culture_lint.gate.changes import EVERYTHING, Changes, commit_of

Git = Callable[..., str]


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """A repository in the working directory, and git in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")

    def run(*arguments: str) -> str:
        name = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        done = subprocess.run(["git", *name, *arguments], capture_output=True, check=True)
        return done.stdout.decode()

    run("init", "-q", "-b", "main")
    return run


def commit(git: Git, **files: str | bytes) -> str:
    for name, content in files.items():
        path = Path(name.replace("__", "/").replace("_csv", ".csv").replace("_bin", ".bin"))
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    git("add", "-A")
    git("commit", "-qm", "x", "--allow-empty")
    return commit_of("HEAD", ".")


def lines(ranges: tuple[tuple[int, int], ...]) -> set[int]:
    return {line for first, last in ranges for line in range(first, last + 1)}


def test_changed_added_and_moved_lines_are_known(git):
    first = commit(git, a_csv="one\ntwo\nthree\nfour\n", b_csv="x\n")
    Path("a.csv").write_text("one\nTWO\nthree\nnew\nnewer\nfour\n")
    found = Changes(first)
    assert lines(found.of("a.csv")) == {2, 4, 5}
    assert found.of("b.csv") == ()
    assert found.of("./b.csv") == found.of(str(Path("b.csv").absolute())) == ()


def test_what_is_staged_committed_or_not_is_all_the_same(git):
    first = commit(git, a_csv="one\n")
    commit(git, a_csv="one\ntwo\n")
    Path("a.csv").write_text("one\ntwo\nthree\n")
    git("add", "-A")
    Path("a.csv").write_text("one\ntwo\nthree\nfour\n")
    assert lines(Changes(first).of("a.csv")) == {2, 3, 4}


def test_new_and_binary_files_are_new_throughout(git):
    first = commit(git, a_csv="one\n", b_bin=b"\0\1\2" * 50)
    Path("new.csv").write_text("one\n")
    Path("b.bin").write_bytes(b"\0\1\3" * 50)
    Path(".gitignore").write_text("ignored.csv\n")
    Path("ignored.csv").write_text("one\n")
    found = Changes(first)
    assert found.of("new.csv") == found.of("b.bin") == found.of("ignored.csv") == EVERYTHING
    git("add", "-A")
    assert lines(Changes(first).of("new.csv")) == {1}


def test_a_renamed_file_keeps_its_lines(git):
    first = commit(git, a_csv="".join(f"line {n}\n" for n in range(50)))
    git("mv", "a.csv", "z.csv")
    with Path("z.csv").open("a") as file:
        file.write("one more\n")
    assert lines(Changes(first).of("z.csv")) == {51}


def test_hard_names_and_hard_lines_are_told_apart(git):
    name = 'ä "q" \\ \t漢.csv'
    Path(name).write_text("one\n-- a/x\n++ b/y\n")
    first = commit(git)
    Path(name).write_text("one\n++ b/a.csv\n@@ -1 +1 @@\ndiff --git a/q b/q\n")
    Path("a.csv").write_text("no end of line")
    git("add", "-A")
    found = Changes(first)
    assert lines(found.of(name)) == {2, 3, 4}
    assert lines(found.of("a.csv")) == {1}
    assert found.of("b.csv") == ()


LINES = st.lists(st.sampled_from(["a", "b", "+c", "-d", "++ b/e", "@@ -1 +1 @@", ""]), max_size=12)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(LINES, LINES)
def test_only_lines_that_stood_there_before_are_unchanged(git, before, after):
    Path("p.csv").write_text("".join(f"{line}\n" for line in before))
    first = commit(git)
    Path("p.csv").write_text("".join(f"{line}\n" for line in after))
    changed = lines(Changes(first).of("p.csv"))
    assert changed <= set(range(1, len(after) + 1))
    left = [line for number, line in enumerate(after, 1) if number not in changed]
    kept = iter(before)
    assert all(line in kept for line in left)  # in their order
    if before == after:
        assert not changed
    counted = git("diff", "--numstat", first, "--", "p.csv").split("\t")
    assert len(changed) == int(counted[0] or 0)


def test_what_git_cannot_tell_is_said(git, tmp_path, monkeypatch):
    commit(git, a_csv="one\n")
    with pytest.raises(SettingsError, match="no such revision"):
        commit_of("nowhere", ".")
    with pytest.raises(SettingsError, match="no such revision"):
        commit_of("--output=x", ".")
    with pytest.raises(SettingsError, match="cannot tell what has changed"):
        Changes("0" * 40).of("a.csv")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SettingsError, match="needs git, which cannot be run"):
        commit_of("HEAD", ".")


def test_outside_of_a_repository_there_is_nothing_to_tell(tmp_path, monkeypatch):
    monkeypatch.setattr(changes.Path, "exists", lambda _: False)
    with pytest.raises(SettingsError, match="needs a git repository"):
        commit_of("HEAD", str(tmp_path))
