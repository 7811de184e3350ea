"""Findings that were there before: what stays known, what is new, what is gone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from culture_lint.engine import Engine
from culture_lint.errors import BaselineError
from culture_lint.gate.baseline import (
    Baseline,
    Entry,
    Watch,
    dumped,
    finding_key,
    load,
    stale_notices,
)
from culture_lint.judging.findings import Finding
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.results import ItemReport
from culture_lint.rulecheck import text_item
from culture_lint.settings import Settings
from culture_lint.sources.items import Item, ReadOptions, Source
from culture_lint.sources.registry import reader_for

COPY = "Holy cow! Pork pie."


def item(copy: str = COPY, name: str = "A1", path: str = "in/l.csv", **changes: Any) -> Item:
    return replace(text_item(copy, path=path, item=name, language="en"), **changes)


class Project:
    """A folder with a baseline, in which items are checked."""

    def __init__(self, knowledge: Knowledge, folder: Path) -> None:
        self.knowledge = knowledge
        self.path = folder / ".culture-lint-baseline.json"
        self.baseline = Baseline((), self.path)

    def check(self, *items: Item, markets: str = "AA", read: bool = True) -> Watch:
        settings = Settings(markets=tuple(markets.split(",")))
        engine = Engine(self.knowledge, settings, baseline=self.baseline)
        watch = Watch(self.baseline)
        self.reports = [one for one in engine.check(items) if isinstance(one, ItemReport)]
        for report in self.reports:
            watch.add(report)
        for path in {one.path for one in items} if read else ():
            watch.close(path)
        return watch

    def keep(self, entries: list[Entry]) -> None:
        self.path.write_text(dumped(entries), "utf-8")
        self.baseline = load(self.path)

    @property
    def new(self) -> list[str]:
        return [one.rule for report in self.reports for one in report.findings]

    @property
    def known(self) -> list[str]:
        return [one.rule for report in self.reports for one in report.baselined]


@pytest.fixture
def project(pack: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "l.csv").write_text("")
    return Project(pack, tmp_path)


def test_what_was_there_is_known_and_costs_nothing(project):
    watch = project.check(item())
    found = set(project.new)
    assert {"AA/cow-joke", "AA/pork"} <= found
    before = project.reports[0].scores
    project.keep(watch.created())
    project.check(item())
    assert (project.new, set(project.known)) == ([], found)
    (report,) = project.reports
    assert report.scores == {"AA": 100.0}
    assert report.scores_with_baseline == before


def test_what_moves_stays_known_and_what_comes_is_new(project):
    project.keep(project.check(item("Holy cow!")).created())
    project.check(item("Well then, Holy  COW! Pork pie.", line=99))
    assert project.known == ["AA/cow-joke"]
    assert "AA/pork" in project.new
    project.check(item("Holy cow!", name="A2"))
    assert project.new == ["AA/cow-joke"]
    project.check(item("Holy cow!", path="in/other.csv"))
    assert project.new == ["AA/cow-joke"]


def test_an_item_without_an_id_is_known_by_its_text(project):
    project.keep(project.check(item("Holy cow!", name="3", numbered=True)).created())
    assert [entry.item for entry in project.baseline.entries.values()] == [""]
    project.check(item("Holy cow!", name="7", numbered=True))
    assert project.new == []
    project.check(item("Holy cow, again!", name="3", numbered=True))
    assert project.new == ["AA/cow-joke"]


@pytest.mark.parametrize(
    ("name", "text", "numbered"),
    [
        ("a.csv", "title,price\nCup,3\n", True),
        ("a.csv", "sku,title\nA1,Cup\n", False),
        ("a.jsonl", '{"title": "Cup"}\n', True),
        ("a.txt", "A cup of tea is what we all need.\n", True),
        ("a.md", "A cup of tea.\n", True),
        ("a.md", "# Tea\n\nA cup of tea.\n", False),
        ("a.po", 'msgid "a"\nmsgstr "A cup"\n', False),
    ],
)
def test_readers_say_which_ids_are_only_numbers(name, text, numbered):
    read = reader_for(name)
    assert read is not None
    found = read(Source(name, text.encode()), ReadOptions())
    assert [one.numbered for one in found if isinstance(one, Item)] == [numbered]


def test_more_than_there_were_are_new(project):
    project.keep(project.check(item("Pork pie, pork.")).created())
    assert [(e.rule, e.count) for e in project.baseline.entries.values()] == [("AA/pork", 2)]
    project.check(item("Pork pie, pork, pork."))
    assert (project.known, project.new) == (["AA/pork"] * 2, ["AA/pork"])


def test_a_market_of_its_own_is_known_by_itself(project):
    project.keep(project.check(item("Pork pie."), markets="AA").created())
    project.check(item("Pork pie."), markets="AA,BB")
    assert (project.known, project.new) == (["AA/pork"], ["BB/pork"])


def test_the_same_baseline_from_anywhere(project, monkeypatch):
    project.keep(project.check(item()).created())
    entries = list(project.baseline.entries.values())
    assert {entry.path for entry in entries} == {"in/l.csv"}
    monkeypatch.chdir("in")
    project.baseline = load(project.path)
    project.check(item(path="l.csv"))
    assert project.new == []


def test_law_is_never_known(project, pack):
    reading = next(one for one in pack.all_readings() if one.id == "AA/pork")
    finding = Finding("AA/pork", 0, 0, 4, "pork", (), (("AA", reading),))
    one = item("pork")
    key = finding_key(one, finding)
    entry = Entry("in/l.csv", "A1", "description", "AA", "AA/pork", "", 1)
    baseline = Baseline((), project.path)
    mark = baseline.fingerprint(one.path, "AA", key)
    baseline = Baseline([replace(entry, fingerprint=mark)], project.path)
    assert baseline.split(one, [finding]) == ([], [finding])
    law = replace(finding, by_market=(("AA", replace(reading, suppressible=False)),))
    assert baseline.split(one, [law]) == ([law], [])


def test_what_is_gone_is_stale_in_what_was_read(project):
    project.keep(project.check(item("Pork pie, pork. Holy cow!")).created())
    watch = project.check(item("Pork pie."))
    assert [(entry.rule, now) for entry, now in watch.stale()] == [
        ("AA/cow-joke", 0),
        ("AA/pork", 1),
    ]
    messages = [one.message for one in stale_notices(watch, project.baseline)]
    assert "AA: AA/cow-joke (in/l.csv, A1, description) is gone" in messages[0]
    assert "is there 1 times, not 2" in messages[1]
    assert all(one.kind == "baseline/stale" for one in stale_notices(watch, project.baseline))
    for other in (
        project.check(item("Oak."), read=False),
        project.check(item("Oak.", path="in/other.csv")),
        project.check(item("Oak."), markets="BB"),
    ):
        assert list(other.stale()) == []


def test_a_file_without_items_needs_nothing(project):
    project.keep(project.check(item()).created())
    watch = project.check()
    watch.close("in/l.csv")
    assert watch.pruned() == watch.updated() == []


def test_pruning_forgets_what_is_stale_and_files_that_are_gone(project):
    project.keep(
        project.check(item("Pork pie, pork. Holy cow!"), item(path="in/gone.csv")).created()
    )
    watch = project.check(item("Pork pie."))
    assert [(one.path, one.rule, one.count) for one in watch.pruned()] == [
        ("in/l.csv", "AA/pork", 1)
    ]


def test_updating_keeps_reasons_and_other_files(project):
    project.keep(project.check(item("Holy cow! Pork pie."), item(path="in/m.csv")).created())
    entries = [replace(one, reason=f"{one.rule}!") for one in project.baseline.entries.values()]
    project.keep(entries)
    watch = project.check(item("Holy cow! A wall clock as a gift."))
    found = {(one.path, one.rule): one.reason for one in watch.updated()}
    assert found[("in/l.csv", "AA/cow-joke")] == "AA/cow-joke!"
    assert found[("in/l.csv", "AA/clock-gift")] == ""
    assert ("in/l.csv", "AA/pork") not in found
    assert found[("in/m.csv", "AA/pork")] == "AA/pork!"


def test_it_is_written_sorted_one_finding_a_line(project):
    entries = [
        Entry("b.csv", "1", "title", "IN", "IN/x", "ff", 2, "“why”"),
        Entry("a.csv", "", "title", "IN", "IN/x", "aa"),
    ]
    text = dumped(entries)
    assert text == dumped(reversed(entries))
    assert [line[:19] for line in text.splitlines()[2:-1]] == [
        '  {"path": "a.csv",',
        '  {"path": "b.csv",',
    ]
    project.path.write_text(text, "utf-8")
    assert sorted(load(project.path).entries.values()) == sorted(entries)
    project.path.write_text(dumped([]))
    assert load(project.path).entries == {}


GOOD = json.loads(dumped([Entry("a.csv", "", "title", "IN", "IN/x", "aa")]))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "cannot read the baseline: No such file"),
        (b"\xff\xfe", "not UTF-8"),
        (b"", "not JSON"),
        (b'{"schema": <<<<<<< HEAD', "is a merge left open"),
        (b"[" * 100_000, "nested too deeply|not JSON"),
        (b"[]", "no baseline of this version"),
        (b'{"schema": "culture-lint/baseline/9", "findings": []}', "no baseline of this version"),
        ({**GOOD, "findings": {}}, "no list of findings"),
        ({**GOOD, "findings": [1]}, "finding 1 of the baseline"),
        ({**GOOD, "findings": [{**GOOD["findings"][0], "count": 0}]}, "finding 1"),
        ({**GOOD, "findings": [{**GOOD["findings"][0], "count": True}]}, "finding 1"),
        ({**GOOD, "findings": [{**GOOD["findings"][0], "line": 3}]}, "finding 1"),
        ({**GOOD, "findings": [{**GOOD["findings"][0], "rule": 3}]}, "finding 1"),
    ],
)
def test_what_is_no_baseline_is_told(tmp_path, content, message):
    path = tmp_path / "base.json"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    with pytest.raises(BaselineError, match=message) as error:
        load(path)
    assert str(error.value).startswith(str(path))
