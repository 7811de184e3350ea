"""Compiled rulesets are kept between runs, and nothing depends on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import Command


@pytest.fixture
def cache(command: Command) -> Path:
    folder = command.folder / "cache"
    command.environment["CULTURE_LINT_CACHE_DIR"] = str(folder)
    command.write("l.csv")
    return folder


def run(command: Command, *args: str) -> str:
    return command("check", "l.csv", "-m", "AA", "-f", "json", *args, code=1).out


def test_compiled_rulesets_are_kept_where_the_environment_says(
    command: Command, cache: Path
) -> None:
    first = run(command)
    (kept,) = cache.iterdir()
    before = kept.stat().st_mtime_ns
    assert run(command) == first
    assert kept.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: b"not a cache",
        lambda data: data[: len(data) // 2],
        lambda data: data[:40] + bytes([data[40] ^ 1]) + data[41:],
        lambda data: b"\0" * len(data),
    ],
    ids=["empty", "foreign", "cut off", "one bit", "zeros"],
)
def test_damaged_cache_is_rebuilt_without_a_word(
    command: Command, cache: Path, spoil: object
) -> None:
    first = run(command)
    (kept,) = cache.iterdir()
    spoilt = spoil(kept.read_bytes())  # type: ignore[operator]
    kept.write_bytes(spoilt)
    ran = command("check", "l.csv", "-q", "-m", "AA", "-f", "json", code=1)
    assert ran.out == first
    assert ran.err == ""
    rebuilt = kept.read_bytes()
    assert rebuilt != spoilt
    assert run(command) == first
    assert kept.read_bytes() == rebuilt


def test_changed_rulesets_are_compiled_anew(command: Command, cache: Path) -> None:
    pack = command.write("mine/signifiers/x.yaml", "pork: {extend: true, forms: {en: [mugs]}}\n")
    first = run(command, "--rulesets", "mine")
    pack.write_text("pork: {extend: true, forms: {en: [table]}}\n")
    second = run(command, "--rulesets", "mine")
    assert first != second
    assert '"text": "table"' in second
    assert len(list(cache.iterdir())) == 2


def test_cache_that_cannot_be_written_is_no_error(command: Command, cache: Path) -> None:
    cache.write_text("a file where the folder should be")
    ran = command("check", "l.csv", "-q", "-m", "AA", code=1)
    assert ran.err == ""
    assert cache.is_file()


def test_no_cache_writes_nothing(command: Command, cache: Path) -> None:
    plain = run(command, "--no-cache")
    assert not cache.exists()
    for args in (["rules", "list"], ["markets"], ["rule", "AA/pork"], ["rules", "test"]):
        command(*args, "--no-cache", code=0)
    assert not cache.exists()
    assert run(command) == plain
