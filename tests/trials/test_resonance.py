"""Advice has been tried on the copy: it earns resonance, and brings no finding."""

from __future__ import annotations

from datetime import date

import pytest

from culture_lint.knowledge.runtime import Knowledge
from culture_lint.results import ItemReport
from culture_lint.session import Session
from culture_lint.settings import Settings
from culture_lint.sources.items import Item, Role, Source
from culture_lint.targets import Job
from culture_lint.trials.resonance import Advice, InSeason, advise, shown, voices
from culture_lint.trials.season import in_season
from culture_lint.trials.trial import checked, with_sentence
from tests.trials.opened import opened

HEAD = "sku,title,description,language\n"


def advised(
    row: str,
    markets: str,
    knowledge: Knowledge,
    season: InSeason | None = None,
    intent: tuple[str, ...] = (),
) -> tuple[Session, Job, Item, ItemReport, tuple[Advice, ...]]:
    settings = Settings(markets=tuple(markets.split(",")), markets_from="flag", intent=intent)
    job = Job(Source("l.csv", (HEAD + row).encode()), settings)
    session = opened(job)
    ((_, item, report),) = [one for one in session.judged(job) if isinstance(one, tuple)]
    return session, job, item, report, advise(session, job, knowledge, item, report, season)


@pytest.mark.parametrize(
    ("row", "markets"),
    [
        ("A,كرسي خشبي,كرسي من خشب الزان,ar\n", "SA,AE"),
        ("A,Oak chair,A chair of oak.,en\n", "US,US/texas-ranch,GB,SA"),
        ("A,Eichenstuhl,Ein Stuhl aus Eiche für die Küche.,de\n", "DE,AT"),
        ("A,オーク材の椅子,丈夫な木の椅子です。,ja\n", "JP"),
    ],
)
def test_what_is_advised_earns_what_it_says_and_brings_no_finding(
    row: str, markets: str, builtin: Knowledge
) -> None:
    session, job, item, report, found = advised(row, markets, builtin)
    assert {one.market for one in found} == set(markets.split(","))
    for one in found:
        said = with_sentence(item, f"{one.words}.", Role.DESCRIPTION, report.language)
        (after,) = checked(session, job, [said])
        gain = after.resonance.get(one.market, 0.0) - report.resonance.get(one.market, 0.0)
        assert gain == pytest.approx(one.resonance, abs=0.05)
        assert one.resonance > 0
        assert len(after.findings) <= len(report.findings)
        assert after.scores == report.scores
        assert one.evidence.sources


def test_advice_is_in_the_language_of_the_copy(builtin: Knowledge) -> None:
    *_, found = advised("A,كرسي خشبي,كرسي من خشب الزان,ar\n", "SA", builtin)
    assert found
    assert {one.language for one in found} == {"ar"}
    assert all(
        any("\u0600" <= char <= "\u06ff" for char in one.words)
        for one in found
        if one.kind == "voice"
    )


def test_what_the_copy_says_already_is_not_advised(builtin: Knowledge) -> None:
    *_, before = advised("A,Oak chair,A chair of oak.,en\n", "US", builtin)
    assert "US/resonance-free-returns" in {one.rule for one in before}
    *_, report, after = advised("A,Oak chair,A chair of oak. Free returns.,en\n", "US", builtin)
    assert "US/resonance-free-returns" in {one.rule for one in report.welcome}
    assert "US/resonance-free-returns" not in {one.rule for one in after}


def test_copy_that_a_market_does_not_read_is_left_to_translators(builtin: Knowledge) -> None:
    *_, found = advised("A,Silla de roble,Una silla de roble.,es\n", "JP", builtin)
    assert found == ()


def test_motifs_are_advised_only_where_they_carry_what_the_copy_means(builtin: Knowledge) -> None:
    *_, plain = advised("A,Green tea,Spring leaves in a tin.,en\n", "SA", builtin)
    assert not [one for one in plain if one.kind == "scene"]
    *_, meant = advised(
        "A,Green tea,Spring leaves in a tin.,en\n", "SA", builtin, None, ("natural",)
    )
    scenes = [one for one in meant if one.kind == "scene"]
    assert scenes
    assert all("natural" in one.conveys for one in scenes)
    assert meant[0] in scenes


def test_festivals_are_advised_only_at_their_time(builtin: Knowledge) -> None:
    row = "A,Oak chair,A chair of oak.,en\n"

    def occasions_of(season: InSeason | None) -> list[str]:
        *_, found = advised(row, "IN", builtin, season)
        return [one.rule for one in found if one.kind == "occasion"]

    assert occasions_of(None) == []
    # Diwali is on 8 November 2026.
    autumn = in_season(date(2026, 11, 1), date(2026, 11, 8))
    assert "IN/resonance-diwali" in occasions_of(autumn)
    summer = in_season(date(2026, 7, 1), date(2026, 7, 8))
    assert "IN/resonance-diwali" not in occasions_of(summer)


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2026, 11, 20), date(2026, 11, 27), True),
        (date(2026, 12, 1), date(2026, 12, 20), False),
        (date(2026, 6, 1), date(2026, 6, 8), False),
    ],
)
def test_a_sale_that_is_over_is_no_advice(start: date, end: date, said: bool) -> None:
    assert in_season(start, end)("white-friday", "SA") is said


def test_of_a_sign_that_the_calendar_does_not_know_nothing_is_said() -> None:
    assert in_season(date(2026, 6, 1), date(2026, 6, 8))("pork", "SA") is None


def test_a_marketer_is_shown_the_best_of_each_kind(builtin: Knowledge) -> None:
    *_, found = advised("A,Oak chair,A chair of oak.,en\n", "US,SA", builtin)
    for market in ("US", "SA"):
        few = shown(found, market)
        kinds = [one.kind for one in few]
        assert kinds.count("voice") == 1
        assert kinds.count("proof") == 2
        assert {one.market for one in few} == {market}


def test_voices_of_the_copy_are_told_with_how_they_are_taken(builtin: Knowledge) -> None:
    row = "A,Bomba de agua industrial,«¡Me encanta!» dice la famosa estrella de telenovelas.,es\n"
    *_, report, _ = advised(row, "MX", builtin)
    (voice,) = voices(report)
    assert not voice.welcome
    assert voice.market == "MX"
