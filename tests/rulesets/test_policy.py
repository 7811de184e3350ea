"""The built-in readings keep docs/severity.md and docs/rulesets.md to the letter."""

from __future__ import annotations

import re

import pytest

from culture_lint.knowledge.defaults import CATEGORIES
from culture_lint.knowledge.model import Reading
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.knowledge.scales import Severity
from tests.conftest import DATA

#: Categories in which nothing is a reason not to publish at all.
NEVER_BLOCKERS = frozenset(
    {"number", "colour", "gift", "idiom", "address", "humour", "plant", "occasion", "locale"}
)

#: Blockers in those categories by a rule that stands: what a platform takes down unread.
BLOCKERS_ALL_THE_SAME = frozenset({"temu/title-characters"})

#: What rests on no page that anybody could open: voices, told as weak, and a practitioner's report.
#: A reading joins these only when a search of its sources has failed.
UNOPENED = frozenset((DATA / "unopened.txt").read_text("utf-8").split())

#: A provision: §, Art., s., a number of an act, 第…条, or the like.
PROVISION = re.compile(r"§|\d|\barts?\b|\bss?\.|\bsection\b|第.{1,8}[条條]", re.IGNORECASE)

#: What is never said of people, as a trait of theirs.
GENERALISING = re.compile(
    r"\b(?:primitive|savages?(?! and| or)|uncivili[sz]ed|backward|superstitious people|these people"
    r"|such people|lazy|stingy|fanatics?|they hate|(?:people|locals|\w+(?:ese|ans)) hate)\b",
    re.IGNORECASE,
)

LONGEST_MESSAGE = 45


@pytest.fixture(scope="module")
def readings(builtin: Knowledge) -> list[Reading]:
    return list({one.id: one for one in builtin.all_readings()}.values())


def test_every_reading_was_reviewed_on_a_day(readings: list[Reading]) -> None:
    day = re.compile(r"\d{4}-\d{2}-\d{2}")
    assert [one.id for one in readings if not day.fullmatch(one.reviewed)] == []


def test_every_reading_has_a_source_that_can_be_found(readings: list[Reading]) -> None:
    def found(one: Reading) -> bool:
        return any(
            source.url.startswith(("http://", "https://")) or len(source.cite) >= 4
            for source in one.evidence.sources
        )

    assert [one.id for one in readings if not found(one)] == []


def test_what_was_read_says_when(readings: list[Reading]) -> None:
    undated = [
        one.id
        for one in readings
        if one.evidence.verified
        and any(source.url and not source.read for source in one.evidence.sources)
    ]
    assert undated == []


def test_blockers_keep_to_what_can_be_one(readings: list[Reading]) -> None:
    blockers = {
        one.id
        for one in readings
        if one.severity is Severity.BLOCKER and one.category in NEVER_BLOCKERS
    }
    assert blockers <= BLOCKERS_ALL_THE_SAME, sorted(blockers - BLOCKERS_ALL_THE_SAME)


def test_exceptions_still_need_to_be_ones(readings: list[Reading]) -> None:
    grave = {one.id for one in readings if one.severity is Severity.BLOCKER}
    assert sorted(BLOCKERS_ALL_THE_SAME - grave) == []


def test_a_law_is_cited_by_provision(readings: list[Reading]) -> None:
    vague = [
        one.id
        for one in readings
        if one.evidence.kind == "statute"
        and not any(PROVISION.search(source.cite) for source in one.evidence.sources)
    ]
    assert vague == []


def test_no_law_that_nobody_read_stops_anything(readings: list[Reading]) -> None:
    assert [
        one.id for one in readings if _unread_law(one) and one.severity is Severity.BLOCKER
    ] == []


def test_readings_rest_on_what_somebody_opened_or_on_an_article_of_law(
    readings: list[Reading],
) -> None:
    loose = {
        one.id: one
        for one in readings
        if not one.evidence.verified and one.evidence.kind not in ("statute", "debunked")
    }
    assert sorted(loose) == sorted(UNOPENED)
    grave = {one.id for one in loose.values() if one.severity is not Severity.INFO}
    assert grave == {"gcc/zen-imagery"}


def test_hearsay_stays_below_its_cap(readings: list[Reading]) -> None:
    weak = {"guide", "opinion", "claim", "folklore", "unsourced"}
    grave = {"religion", "national", "history"}
    over = [
        one.id
        for one in readings
        if one.evidence.kind in weak
        and not one.evidence.verified
        and one.severity.rank
        > (Severity.MAJOR.rank if one.category in grave else Severity.MINOR.rank)
    ]
    assert over == []


def test_only_law_stands_unread(readings: list[Reading]) -> None:
    strong = {"incident", "dataset", "study", "encyclopedia", "practice"}
    unread = [
        one.id for one in readings if one.evidence.kind in strong and not one.evidence.verified
    ]
    assert unread == []


def test_messages_name_the_match_in_few_words(readings: list[Reading]) -> None:
    said = [one for one in readings if one.signifiers or one.personas]
    assert [one.id for one in said if "{match}" not in one.message] == []
    assert [one.id for one in readings if len(one.message.split()) > LONGEST_MESSAGE] == []


def test_a_signified_says_what_is_meant(builtin: Knowledge, readings: list[Reading]) -> None:
    names = {market.name.casefold() for market in builtin.markets.values()} | {
        market.casefold() for market in builtin.markets
    }
    empty = [
        one.id
        for one in readings
        if not one.signified.strip(" .") or one.signified.strip(" .").casefold() in names
    ]
    assert empty == []


def test_nobody_is_run_down(readings: list[Reading]) -> None:
    assert [
        (one.id, found.group())
        for one in readings
        for found in [GENERALISING.search(f"{one.message} {one.signified}")]
        if found
    ] == []


def test_categories_are_those_of_the_documentation(readings: list[Reading]) -> None:
    assert {one.category for one in readings} <= set(CATEGORIES)


def _unread_law(one: Reading) -> bool:
    return one.evidence.kind == "statute" and not one.evidence.verified
