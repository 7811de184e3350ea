"""What suppressions silence, what they must not, and what is told of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from culture_lint.engine import Engine
from culture_lint.gate import suppressions
from culture_lint.gate.suppressions import FAILING, Ledger, Suppressions
from culture_lint.judging.findings import Finding
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.results import ItemReport
from culture_lint.rulecheck import text_item
from culture_lint.settings import Ignore, Settings
from culture_lint.sources.items import Directive, Item, Notice
from culture_lint.spans import Place

TODAY = date(2026, 11, 21)
COPY = "Holy cow! Made with wagyu. Pork pie."
COW, BEEF, PORK = "AA/cow-joke", "AA/beef", "AA/pork"


def written(*texts: str, **changes: Any) -> tuple[Directive, ...]:
    return tuple(
        Directive(text, Place(3 + at, 9, 3 + at, 20), **changes) for at, text in enumerate(texts)
    )


def item(*texts: str, copy: str = COPY, path: str = "l.csv", **changes: Any) -> Item:
    made = text_item(copy, path=path, item="A1", language="en")
    return replace(made, directives=written(*texts, **changes))


@pytest.fixture
def run(pack: Knowledge):
    """Check items; return the last one's report and what is told at the end."""

    def check(
        *items: Item, markets: str = "AA", **settings: Any
    ) -> tuple[ItemReport, list[Notice]]:
        chosen = Settings(markets=tuple(markets.split(",")), **settings)
        engine = Engine(pack, chosen, today=TODAY)
        ledger = Ledger()
        reports = [one for one in engine.check(items) if isinstance(one, ItemReport)]
        for report in reports:
            ledger.add(report)
        return reports[-1], list(ledger.close())

    return check


def rules(report: ItemReport) -> set[str]:
    return {one.rule for one in report.findings}


def silenced(report: ItemReport) -> set[str]:
    return {one.finding.rule for one in report.suppressed}


def test_without_any_nothing_changes(run):
    report, notices = run(item())
    assert {COW, BEEF, PORK} <= rules(report)
    assert (report.suppressed, report.directives, notices) == ((), (), [])


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        (f"ignore[{COW}]", {COW}),
        (f"ignore[{COW}, {PORK}]", {COW, PORK}),
        ("ignore[category:food]", {BEEF, PORK}),
        ("ignore[AA]", {COW, BEEF, PORK}),
        (f"disable[{COW}]", {COW}),
        (f"ignore-file[{COW}]", {COW}),
        (f"ignore[{COW}] market=aa", {COW}),
        (f"ignore[{COW}] until=2026-11-21", {COW}),
    ],
)
def test_what_is_named_costs_nothing_and_is_kept(run, text, gone):
    before, _ = run(item())
    report, notices = run(item(f"{text} -- the client insists"))
    assert silenced(report) == gone
    assert rules(report) == rules(before) - gone
    assert (report.scores["AA"] or 0) > (before.scores["AA"] or 0)
    assert {one.justification for one in report.suppressed} == {"the client insists"}
    assert all(one.finding.points == {} for one in report.suppressed)
    assert notices == []


def test_the_whole_item_silenced_is_at_100(run):
    report, _ = run(item("ignore[AA]"))
    assert report.scores == {"AA": 100.0}


@pytest.mark.parametrize(
    ("text", "kind", "message"),
    [
        ("ignore[AA/cow-jok]", "suppression/unknown-rule", "did you mean AA/cow-joke"),
        ("ignore[category:foood]", "suppression/unknown-rule", "did you mean category:food"),
        (f"ignore[{COW}, AA/nothing]", "suppression/unknown-rule", "“AA/nothing” is no rule"),
        ("ignore[ALL]", "suppression/unknown-rule", "no suppression of all rules"),
        (f"ignore[{COW}] market=ZZ", "suppression/unknown-rule", "no ruleset covers the market “ZZ”"),
        (f"ignroe[{COW}]", "suppression/malformed", "did you mean ignore?"),
        (f"ignore {COW}", "suppression/malformed", "name the rules"),
        (f"ignore[{COW}] until=2026-11-20", "suppression/expired", "expired on 2026-11-20"),
    ],
)  # fmt: skip
def test_what_is_not_as_it_should_be_silences_nothing(run, text, kind, message):
    before, _ = run(item())
    report, (notice,) = run(item(text))
    assert (rules(report), report.scores) == (rules(before), before.scores)
    assert (notice.path, notice.line, notice.column, notice.kind) == ("l.csv", 3, 9, kind)
    assert message in notice.message
    assert (kind in FAILING) == (kind != "suppression/expired")


def test_what_the_reader_finds_wrong_silences_nothing(run):
    report, (notice,) = run(item(f"ignore-file[{COW}]", problem="counts only above all content"))
    assert COW in rules(report)
    assert notice.kind == "suppression/malformed"
    assert "above all content" in notice.message


def test_a_reason_may_be_required(run):
    report, (notice,) = run(item(f"ignore[{COW}]"), require_reason=True)
    assert COW in rules(report)
    assert notice.kind == "suppression/no-reason"
    report, notices = run(item(f"ignore[{COW}] -- art"), require_reason=True)
    assert COW not in rules(report)
    assert notices == []


def test_a_market_narrows_it(run):
    report, notices = run(
        item("ignore[category:food] market=BB -- sold to tourists"), markets="AA,BB"
    )
    assert {"AA/pork", "AA/beef"} <= rules(report)
    assert silenced(report) == {"BB/pork"}
    assert notices == []


def test_of_a_finding_in_two_markets_one_may_be_silenced(pack):
    engine = Engine(pack, Settings(markets=("AA", "BB")), today=TODAY)
    reading = next(one for one in pack.all_readings() if one.id == PORK)
    finding = Finding(PORK, 0, 0, 4, "pork", (), (("AA", reading), ("BB", reading)))
    told = item(f"ignore[{PORK}] market=BB")
    (kept,), (gone,), (use,) = engine._suppressions.split(told, [finding], ("AA", "BB"))
    assert [name for name, _ in kept.by_market] == ["AA"]
    assert [name for name, _ in gone.finding.by_market] == ["BB"]
    assert use.used == (PORK,)


def test_where_an_item_was_not_examined_nothing_is_used(pack):
    engine = Engine(pack, Settings(markets=("AA", "BB")), today=TODAY)
    reading = next(one for one in pack.all_readings() if one.id == PORK)
    finding = Finding(PORK, 0, 0, 4, "pork", (), (("BB", reading),))
    (kept,), gone, (use,) = engine._suppressions.split(item(f"ignore[{PORK}]"), [finding], ("AA",))
    assert (kept, gone, use.used) == (finding, [], ())


def test_law_and_bans_cannot_be_silenced(pack):
    settings = Settings(markets=("AA",))
    engine = Engine(pack, settings, today=TODAY)
    reading = next(one for one in pack.all_readings() if one.id == PORK)
    law = replace(reading, suppressible=False)
    finding = Finding(PORK, 0, 0, 4, "pork", (), (("AA", law),))
    found = Suppressions(engine.plan, settings, lambda _: True, TODAY)
    (kept,), gone, (use,) = found.split(item(f"ignore[{PORK}]"), [finding], ("AA",))
    assert (kept, gone) == (finding, [])
    assert use.idle == ()
    assert use.problems == ((suppressions.REFUSED, f"{PORK} cannot be silenced (law, or a ban); it counts"),)  # fmt: skip


def test_segments_and_lines_narrow_it(run):
    assert COW in rules(run(item(f"ignore[{COW}]", segments=(5,)))[0])
    assert COW not in rules(run(item(f"ignore[{COW}]", segments=(0,)))[0])
    copy = "Holy cow!\nHoly cow!"
    report, _ = run(item(f"ignore[{COW}]", copy=copy, lines=(2, 2)))
    assert [one.place.line for one in report.findings if one.rule == COW] == [1]
    assert [one.finding.place.line for one in report.suppressed] == [2]


def test_what_silences_nothing_is_told_once(run):
    clean = item(f"ignore[{COW}, {PORK}]", copy="A cup.")
    _, (notice,) = run(clean, clean)
    assert (notice.kind, notice.line) == ("suppression/unused", 3)
    assert f"{COW}, {PORK} are not found here; remove it" in notice.message


def test_what_some_item_needs_is_not_unused(run):
    text = f"disable[{COW}]"
    assert run(item(text, copy="A cup."), item(text))[1] == []
    assert run(item(text), item(text, copy="A cup."))[1] == []


def test_a_market_that_only_inherits_is_no_rule(pack):
    known = suppressions._Known(pack)
    assert known.problem("BB") == known.problem("BB/pork") == ""
    known.names.discard("BB")
    assert known.problem("BB") == "BB has no rules of its own; name the rules, with market=BB"


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        ("ignore[BB/gift-word]", {}),
        (f"ignore[{COW}] market=BB", {}),
        (f"ignore[{COW}]", {"ignore": (COW,)}),
        (f"ignore[{COW}]", {"select": (PORK,)}),
    ],
)
def test_what_was_not_looked_for_is_not_unused(run, text, settings):
    assert run(item(text, copy="A cup."), **settings)[1] == []


def test_copy_that_is_not_examined_makes_nothing_unused(run):
    made = replace(item(f"ignore[{COW}]", copy="Şu bardak çok güzel"), language="xx")
    made = replace(made, segments=tuple(replace(one, language="xx") for one in made.segments))
    report, notices = run(made)
    assert (report.scores, notices) == ({"AA": None}, [])


def test_an_audit_shows_what_is_hidden(run):
    report, notices = run(
        item(f"ignore[{COW}]"), ignore_suppressions=True, ignores=(Ignore((PORK,)),)
    )
    assert {COW, PORK} <= rules(report)
    assert (report.suppressed, notices) == ((), [])


def test_a_welcome_sign_is_not_silenced(run):
    plain, _ = run(item(copy="A bamboo star with a welcome pattern."))
    hushed, _ = run(item("ignore[AA]", copy="A bamboo star with a welcome pattern."))
    assert hushed.resonance == plain.resonance
    assert hushed.welcome == plain.welcome


@pytest.mark.parametrize(
    ("entry", "applies"),
    [
        (Ignore((COW,)), True),
        (Ignore((COW,), path="l.csv"), True),
        (Ignore((COW,), path="*.csv"), True),
        (Ignore((COW,), path="listings/**"), True),
        (Ignore((COW,), path="listings"), True),
        (Ignore((COW,), path="listings/*.csv"), False),
        (Ignore((COW,), path="in/**/l.csv"), False),
        (Ignore((COW,), path="**/in/*.csv"), True),
        (Ignore((COW,), path="in/*.csv", folder="listings"), True),
        (Ignore((COW,), path="other.csv"), False),
        (Ignore((COW,), path="listings/{in,sa}/*.csv"), True),
        (Ignore((COW,), path="listings/{de,sa}/*.csv"), False),
        (Ignore((COW,), item="A*"), True),
        (Ignore((COW,), item="B1"), False),
        (Ignore((COW,), field="desc*"), True),
        (Ignore((COW,), field="title"), False),
        (Ignore((COW,), markets=("BB",)), False),
        (Ignore((COW,), until=date(2026, 11, 20)), False),
    ],
)
def test_configuration_silences_by_path_item_and_field(run, entry, applies):
    report, _ = run(item(path="listings/in/l.csv"), ignores=(entry,))
    assert (COW not in rules(report)) == applies
    assert (COW in silenced(report)) == applies


def test_configuration_is_told_of_as_comments_are(run):
    wrong = Ignore(("AA/cow-jok",), origin=".culture-lint.yaml", line=7, column=5)
    _, (notice,) = run(item(), ignores=(wrong,))
    assert (notice.path, notice.line, notice.column) == (".culture-lint.yaml", 7, 5)
    assert notice.kind == "suppression/unknown-rule"
    idle = Ignore((COW,), path="l.csv", origin="c.yaml")
    assert [one.kind for one in run(item(copy="A cup."), ignores=(idle,))[1]] == [
        "suppression/unused"
    ]
    for broad in (Ignore((COW,), origin="c"), Ignore((COW,), path="*.csv", origin="c")):
        assert run(item(copy="A cup."), ignores=(broad,))[1] == []


def test_a_flood_is_counted(run):
    many = [
        replace(item(copy="A cup."), directives=(Directive(f"ignore[{COW}]", Place(n, 1, n, 2)),))
        for n in range(1, 61)
    ]
    _, notices = run(*many)
    assert len(notices) == 51
    assert notices[-1].message == "10 more suppressions are like that (unused)"


def test_the_ledger_tells_of_a_file_when_it_is_read(pack):
    engine = Engine(pack, Settings(markets=("AA",)), today=TODAY)
    ledger = Ledger()
    for report in engine.check([item("ignore[x", path="a.csv"), item("ignore[y", path="b.csv")]):
        assert isinstance(report, ItemReport)
        ledger.add(report)
    assert [one.path for one in ledger.close("b.csv")] == ["b.csv"]
    assert [one.path for one in ledger.close("b.csv")] == []
    assert [one.path for one in ledger.close()] == ["a.csv"]
