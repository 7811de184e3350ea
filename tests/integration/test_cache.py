"""Compiled rulesets and results of files are kept between runs, and nothing depends on it."""

from __future__ import annotations

import shutil
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
    (kept,) = cache.glob("rulesets-*")
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
    shutil.rmtree(cache / "results")
    (kept,) = cache.glob("rulesets-*")
    spoilt = spoil(kept.read_bytes())  # type: ignore[operator]
    kept.write_bytes(spoilt)
    ran = command("check", "l.csv", "-q", "-m", "AA", "-f", "json", code=1)
    assert ran.out == first
    assert ran.err == ""
    rebuilt = kept.read_bytes()
    assert rebuilt != spoilt
    shutil.rmtree(cache / "results")
    assert run(command) == first
    assert kept.read_bytes() == rebuilt


def test_changed_rulesets_are_compiled_anew(command: Command, cache: Path) -> None:
    pack = command.write("mine/signifiers/x.yaml", "pork: {extend: true, forms: {en: [mugs]}}\n")
    first = run(command, "--rulesets", "mine")
    pack.write_text("pork: {extend: true, forms: {en: [table]}}\n")
    second = run(command, "--rulesets", "mine")
    assert first != second
    assert '"text": "table"' in second
    assert len(list(cache.glob("rulesets-*"))) == 2


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


def loaded(command: Command) -> tuple[str, set[str]]:
    """Check in a process of its own; return the report and the modules that it took."""
    return command.importing("check", "l.csv", "-m", "AA", "-q", "-f", "json", code=1)


def test_unchanged_file_needs_neither_engine_nor_rulesets(command: Command, cache: Path) -> None:
    first, fresh = loaded(command)
    second, known = loaded(command)
    assert first == second
    assert "culture_lint.engine" in fresh
    heavy = {
        "culture_lint.engine",
        "culture_lint.matching.prepare",
        "daachorse",
        "eld",
        "jsonschema",
    }
    assert not known & heavy


def test_results_lie_in_the_project_and_change_with_file_rulesets_and_configuration(
    command: Command,
) -> None:
    command.environment.pop("CULTURE_LINT_CACHE_DIR", None)
    command.environment["XDG_CACHE_HOME"] = str(command.folder / "user")
    command.write("l.csv", "sku,title,language\nA,Pork pie and bamboo tea,en\n")
    command.write(".culture-lint.yaml", "markets: [AA]\nrulesets: [mine]\n")
    pack = command.write("mine/signifiers/x.yaml", "pork: {extend: true, forms: {en: [pie]}}\n")

    def rules() -> list[str]:
        items = command("check", "l.csv", "-f", "json").json["items"]
        return [f"{one['rule']} {one['text']}" for one in items[0]["findings"]]

    first = rules()
    assert first == rules() == ["AA/pork Pork pie", "AA/bamboo-sign bamboo"]
    assert (command.folder / ".culture_lint_cache" / ".gitignore").is_file()
    pack.write_text("pork: {extend: true, forms: {en: [tea]}}\n")  # of the same length
    assert rules() == ["AA/pork Pork", "AA/bamboo-sign bamboo", "AA/pork tea"]
    command.write(".culture-lint.yaml", "markets: [AA]\nrulesets: [mine]\nignore: [AA/pork]\n")
    assert rules() == ["AA/bamboo-sign bamboo"]
    command.write("l.csv", "sku,title,language\nA,Oak,en\n")
    assert rules() == []


def test_damaged_results_are_worked_out_anew(command: Command, cache: Path) -> None:
    first = run(command)
    (kept,) = (cache / "results").glob("??/*.json")
    kept.write_bytes(kept.read_bytes().replace(b"Holy", b"Hole"))
    assert run(command) == first


def test_thresholds_need_no_new_results(command: Command, cache: Path) -> None:
    run(command)
    (kept,) = (cache / "results").glob("??/*.json")
    before = kept.stat().st_mtime_ns
    command("check", "l.csv", "-m", "AA", "--fail-on", "never", code=0)
    command("check", "l.csv", "-m", "AA", "--fail-on", "never", "--min-cai", "99", code=1)
    assert kept.stat().st_mtime_ns == before


def test_mistyped_names_are_told_though_results_are_known(command: Command, cache: Path) -> None:
    run(command)
    assert "'AA/prok'" in command("check", "l.csv", "-m", "AA", "--ignore", "AA/prok", code=2).error


def test_cache_clean_removes_what_was_kept(command: Command, cache: Path) -> None:
    run(command)
    mine = cache / "mine.txt"
    mine.write_text("x")
    told = command("cache", "clean", code=0).out
    assert "removed 2 kept results" in told
    assert [one.name for one in cache.iterdir()] == ["mine.txt"]
    command("cache", "clean", code=0)
