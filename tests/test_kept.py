"""Results of unchanged files: the same as fresh ones, and gone as soon as anything changes."""

from __future__ import annotations

import dataclasses
import json
import os
import typing
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import culture_lint.kept as module
from culture_lint.kept import Store, plain, rebuilt
from culture_lint.knowledge import model
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.results import ItemReport
from culture_lint.session import Session
from culture_lint.settings import Brand, Ignore, Settings
from culture_lint.sources.items import Notice, Source
from culture_lint.targets import Job

ROWS = (
    "sku,title,language,market,culture_lint_ignore\n"
    "A1,Holy cow mug,en,AA,\n"
    "A2,Oak table,en,,\n"
    "A3,Pork pie,en,XX,\n"
    "A4,Pork pie,en,AA,ignore[AA/pork] -- agreed\n"
)


@pytest.fixture
def job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Job:
    monkeypatch.chdir(tmp_path)
    Path("l.csv").write_text(ROWS, "utf-8")
    return Job(Source("l.csv"), Settings(("AA",), "config"))


@pytest.fixture
def fresh(pack: Knowledge) -> Callable[..., list[object]]:
    """Check with the small pack; the knowledge may be forbidden."""

    class Mine(Session):
        allowed = True

        def knowledge(self, settings: Settings) -> Knowledge:
            assert self.allowed, "the rulesets were loaded"
            return pack

        def digest(self, settings: Settings) -> str:
            return pack.digest

    def run(job: Job, folder: Path | None, allowed: bool = True, **changes: object) -> list[object]:
        Mine.allowed = allowed
        session = Mine([job], Store(folder, **changes) if folder else None)  # type: ignore[arg-type]
        return [session.names(job.settings), *session.check(job)]

    return run


def test_kept_results_are_the_fresh_ones_and_need_no_rulesets(
    job: Job, fresh: Callable[..., list[object]]
) -> None:
    plainly = fresh(job, None)
    assert fresh(job, Path("kept")) == plainly
    assert fresh(job, Path("kept"), allowed=False) == plainly
    reports = [one for one in plainly if isinstance(one, ItemReport)]
    assert [len(one.findings) for one in reports] == [1, 0, 0, 0]
    assert len(reports[3].suppressed) == 1
    assert any(isinstance(one, Notice) for one in plainly)


def known(job: Job, digest: str = "d", **changes: object) -> str | None:
    return Store(Path("kept"), **changes).key(job.source, job.settings, digest)  # type: ignore[arg-type]


def with_settings(job: Job, **changes: Any) -> Job:
    return Job(job.source, dataclasses.replace(job.settings, **changes))


CHANGES: dict[str, Any] = {
    "markets": ("BB",), "markets_from": "override", "languages": (("en", ("AA",)),), "columns": (("title", "sku"),),
    "encoding": "utf-8", "delimiter": ";", "side": "source", "intent": ("playful",), "platforms": ("bazaar",), "detector": "x",
    "language": "de", "select": ("AA",), "ignore": ("AA/pork",), "severity": (("AA", "info"),),
    "brand": Brand(("Holy",)), "ignores": (Ignore(("AA",)),), "require_reason": True, "ignore_suppressions": True,
    "preview": True, "baseline": Path("l.csv"), "since": "0" * 40,
    "window": (date(2026, 12, 1), date(2026, 12, 24)), "personas": ("celebrity",), "communities": ("AA/one",),
}  # fmt: skip


def test_every_setting_either_counts_or_decides_nothing() -> None:
    names = {one.name for one in dataclasses.fields(Settings)}
    assert set(CHANGES) | module._IDLE == names
    assert not set(CHANGES) & module._IDLE


@pytest.mark.parametrize("name", CHANGES)
def test_other_settings_are_another_result(job: Job, name: str) -> None:
    assert known(with_settings(job, **{name: CHANGES[name]})) != known(job)


def test_whatever_else_changes_is_another_result(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = {known(job), known(job, "other rulesets")}
    keys.add(Store(Path("kept")).key(job.source, job.settings, "d", "de"))
    Path("l.csv").write_text(ROWS.replace("Oak", "Ash"), "utf-8")  # of the same length
    keys.add(known(job))
    Path("l.csv.culture-lint.yaml").write_text("[]\n")
    keys.add(known(job))
    Path("l.csv.culture-lint.yaml").write_text("- x\n")
    keys.add(known(job))
    monkeypatch.setattr(module, "__version__", "9.9.9")
    keys.add(known(job))
    monkeypatch.setattr(module, "code_mark", lambda: "other code")
    keys.add(known(job))
    assert None not in keys
    assert len(keys) == 8


def test_another_baseline_is_another_result(job: Job) -> None:
    named = with_settings(job, baseline=Path("b.json"))
    assert known(named) is None  # what cannot be read is to be told
    keys = {known(job)}
    for text in ("{}", "[]"):
        Path("b.json").write_text(text)
        keys.add(known(named))
    assert len(keys) == 3


def test_times_of_files_do_not_count(job: Job) -> None:
    before = known(job)
    os.utime("l.csv", (1, 1))
    assert known(job) == before


def test_day_counts_where_a_suppression_may_expire(job: Job) -> None:
    def days(one: Job) -> bool:
        return known(one, today=date(2026, 1, 1)) != known(one, today=date(2026, 1, 2))

    assert not days(job)
    assert days(with_settings(job, ignores=(Ignore(("AA",), until=date(2026, 1, 1)),)))
    Path("l.csv").write_text(ROWS.replace("--", "until=2026-01-01 --"), "utf-16")
    assert days(job)
    Path("l.csv").write_text(ROWS)
    Path("l.csv.culture-lint.yaml").write_text("- {pointer: /A1, ignore: AA, until: 2026-01-01}\n")
    assert days(job)


def test_expired_suppression_counts_again_the_next_day(
    job: Job, fresh: Callable[..., list[object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("l.csv").write_text(ROWS.replace("] --", "] until=2026-01-01 --"))

    class Day(date):
        @classmethod
        def today(cls) -> date:
            return cls.day

        day = date(2026, 1, 1)

    import culture_lint.engine as engine

    monkeypatch.setattr(engine, "date", Day)
    monkeypatch.setattr(module, "date", Day)
    first = [one for one in fresh(job, Path("kept")) if isinstance(one, ItemReport)]
    Day.day = date(2026, 1, 2)
    second = [one for one in fresh(job, Path("kept")) if isinstance(one, ItemReport)]
    assert [len(one.findings) for one in (first[3], second[3])] == [0, 1]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b"Holy", b"Hole"),
        lambda data: data.split(b"\n")[0] + b"\nx\n[]",
        lambda data: data + b" ",
        lambda data: data.split(b"\n")[0] + b"\n" + module._seal(b'[["Notice",[1]]]').encode() + b'\n[["Notice",[1]]]',
    ],
    ids=["empty", "cut off", "changed", "seal", "longer", "another form"],
)  # fmt: skip
def test_damaged_entry_is_none(
    job: Job, fresh: Callable[..., list[object]], spoil: Callable[[bytes], bytes]
) -> None:
    expected = fresh(job, Path("kept"))
    (path,) = Path("kept").glob("??/*.json")
    path.write_bytes(spoil(path.read_bytes()))
    assert fresh(job, Path("kept")) == expected
    assert fresh(job, Path("kept"), allowed=False) == expected


def test_what_is_not_whole_is_not_kept(job: Job, fresh: Callable[..., list[object]]) -> None:
    Path("l.csv").write_text("sku,title,language\nA1,Pork pie,en\n")
    nobody = Job(job.source, Settings())
    fresh(nobody, Path("kept"))
    assert not list(Path("kept").glob("??/*.json"))  # nobody named a market: to be told again
    store = Store(Path("kept"))
    key = store.key(job.source, job.settings, "d")
    assert key
    half = store.keeping(job.source, job.settings, key, iter([Notice("l.csv", "x")]), lambda: True)
    next(half)
    del half
    assert not list(Path("kept").glob("??/*.json"))


def test_file_that_changes_meanwhile_is_not_kept(
    job: Job, pack: Knowledge, fresh: Callable[..., list[object]]
) -> None:
    session = Session.__new__(Session)
    session.unplaced = {}
    session._digests = {(): "d"}
    session._store = Store(Path("kept"))
    key = session._store.key(job.source, job.settings, "d")
    assert key
    assert session._still(session._store, job, key)
    Path("l.csv").write_text("changed")
    assert not session._still(session._store, job, key)


def test_standard_input_and_large_files_are_not_kept(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert known(Job(Source("l.csv", b"x"), job.settings)) is None
    assert known(with_settings(job, cache=False)) is None
    assert known(Job(Source("gone.csv"), job.settings)) is None
    monkeypatch.setattr(module, "LARGEST", 10)
    assert known(job) is None


def test_new_result_of_a_file_takes_the_place_of_the_old(
    job: Job, fresh: Callable[..., list[object]]
) -> None:
    for text in ("Oak", "Ash", "Elm"):
        Path("l.csv").write_text(ROWS.replace("Oak", text))
        fresh(job, Path("kept"))
    assert len(list(Path("kept").glob("??/*.json"))) == 1


def test_folder_is_told_to_git_and_cleaned_of_our_files_only(
    job: Job, fresh: Callable[..., list[object]]
) -> None:
    fresh(job, Path("kept"))
    assert "*" in Path("kept/.gitignore").read_text().splitlines()
    Path("kept/mine.txt").write_text("x")
    assert Store(Path("kept")).clean() == 2
    assert [one.name for one in Path("kept").iterdir()] == ["mine.txt"]
    Path("kept/mine.txt").unlink()
    fresh(job, Path("kept"))
    Store(Path("kept")).clean()
    assert not Path("kept").exists()


def test_folder_that_cannot_be_written_is_no_error(
    job: Job, fresh: Callable[..., list[object]]
) -> None:
    Path("kept").write_text("a file where the folder should be")
    assert fresh(job, Path("kept")) == fresh(job, None)


def kinds(kind: Any, seen: set[Any]) -> set[Any]:
    """Every dataclass and plain type that a report may hold."""
    if kind in seen:
        return seen
    if dataclasses.is_dataclass(kind):
        seen.add(kind)
        for hint in typing.get_type_hints(kind, localns=vars(model)).values():
            kinds(hint, seen)
    for inner in typing.get_args(kind):
        kinds(inner, seen)
    return seen


def test_every_field_of_a_report_comes_back_as_it_was(check: Callable[..., ItemReport]) -> None:
    report = check("Holy cow! Pork pie and wagyu, a set of four.", "AA,BB")
    assert report.findings
    assert rebuilt(ItemReport, json.loads(json.dumps(plain(report)))) == report
    for kind in kinds(ItemReport, set()) | {Notice}:
        made = sample(kind)
        assert rebuilt(kind, json.loads(json.dumps(plain(made)))) == made


def sample(kind: Any) -> Any:
    """Return a value of a type with something in every part of it."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind, localns=vars(model))
        return kind(*(sample(hints[one.name]) for one in dataclasses.fields(kind)))  # type: ignore[operator]
    if origin is tuple:
        return tuple(sample(one) for one in inner if one is not Ellipsis)
    if origin in (module.UnionType, typing.Union):
        return sample(inner[0])
    if origin is not None:
        return {"k": sample(inner[1])}
    if hasattr(kind, "__members__"):
        return next(iter(kind))
    return {str: "ü\udc80", int: 3, float: 1.5, bool: True}[kind]


def test_what_is_kept_is_what_one_process_checks_whole() -> None:
    from culture_lint.pipeline import BIG

    assert module.LARGEST == BIG - 1
