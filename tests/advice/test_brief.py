"""Creative briefs: what they tell of a market, in which order, and what they leave to others."""

from __future__ import annotations

import pytest

from culture_lint.advice.brief import Brief, Group, check_intent, hidden, make_brief, parts_by_id
from culture_lint.advice.customs import customs
from culture_lint.advice.naming import advice_in
from culture_lint.errors import SettingsError
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.knowledge.scales import Polarity, Severity


def group(brief: Brief, part: str, title: str) -> Group:
    return next(one for one in parts_by_id(brief)[part].groups if one.title == title)


def rules_in(brief: Brief, part: str) -> list[str]:
    if part not in parts_by_id(brief):
        return []
    return [
        point.rule for one in parts_by_id(brief)[part].groups for point in one.points if point.rule
    ]


@pytest.fixture(scope="module")
def saudi(builtin: Knowledge) -> Brief:
    return make_brief(builtin, "SA", intent=["natural"])


def test_a_sign_that_carries_the_intent_elsewhere_is_named_with_its_local_substitute(
    saudi: Brief,
) -> None:
    trap = group(saudi, "intent", "Signs that clash here, and what says “natural” instead").points[
        0
    ]
    assert trap.rule == "gcc/zen-imagery"
    assert {"bamboo motif"} <= {one.text for one in trap.words}
    assert {"ar", "en"} == {one.language for one in trap.say}
    assert "Arabic geometric pattern" in {one.text for one in trap.say}
    carrier = group(saudi, "intent", "To say “natural”").points[0]
    assert "natural" in carrier.conveys
    assert "Arabic geometric pattern" in {one.text for one in carrier.words}


def test_the_gravest_comes_first_and_what_offends_everywhere_last(
    saudi: Brief, builtin: Knowledge
) -> None:
    groups = parts_by_id(saudi)["avoid"].groups
    assert groups[-1].title == "Everywhere, not only here"
    for one in groups:
        ranks = [Severity(point.severity).rank for point in one.points]
        assert ranks == sorted(ranks, reverse=True), one.title
        assert all(point.rule.startswith("global/") for point in one.points) == (one is groups[-1])
    firsts = [Severity(one.points[0].severity).rank for one in groups[:-1]]
    assert firsts == sorted(firsts, reverse=True)


def test_every_reading_that_can_apply_stands_in_a_whole_brief_once(builtin: Knowledge) -> None:
    for market in ("SA", "JP", "US/texas-ranch"):
        brief = make_brief(builtin, market, whole=True)
        told = [rule for part in brief.parts for rule in rules_in(brief, part.id)]
        assert len(told) == len(set(told))
        assert hidden(brief) == 0
        known = {
            one.id: one
            for one in map(builtin.reading, builtin.markets[market].readings)
            if one.fires and not one.preview and one.polarity is not Polarity.NEUTRAL
        }
        assert set(told) <= set(known)
        left = [known[rule] for rule in set(known) - set(told)]
        # What is left out: second readings of one welcome sign, and words of other languages.
        languages = {*builtin.markets[market].languages, *builtin.markets[market].also_read}
        numbers = builtin.signifier_numbers
        for one in left:
            if one.languages and not languages & set(one.languages):
                continue
            spoken = [builtin.sayings(numbers[name]) for name in one.signifiers if name in numbers]
            assert one.polarity is Polarity.POSITIVE or not any(
                languages & set(words) for words in spoken
            ), one.id


def test_a_short_brief_says_how_much_it_leaves_out(saudi: Brief, builtin: Knowledge) -> None:
    whole = make_brief(builtin, "SA", intent=["natural"], whole=True)
    count = sum(len(one.points) for part in saudi.parts for one in part.groups)
    assert hidden(saudi) > 50
    assert count + hidden(saudi) == sum(len(g.points) for p in whole.parts for g in p.groups)


def test_slurs_and_swear_words_are_not_spelled_out(builtin: Knowledge) -> None:
    for market in ("US", "SA", "DE"):
        brief = make_brief(builtin, market, whole=True)
        readings = {one.id: one for one in builtin.all_readings()}
        for point in (p for g in parts_by_id(brief)["avoid"].groups for p in g.points):
            if readings[point.rule].category in ("profanity", "discrimination"):
                assert point.words == ()


def test_voices_stand_with_cues_and_a_sentence_in_the_language_of_the_market(saudi: Brief) -> None:
    preferred = group(saudi, "persona", "Preferred").points
    elder = next(one for one in preferred if one.rule == "gcc/persona-family-word")
    assert elder.title == "Family elder"
    assert elder.words[0].language == "ar"
    assert elder.example is not None
    assert elder.example.language == "ar"
    assert any(one.text in elder.example.text for one in elder.words)
    neutral = group(saudi, "persona", "Neutral").points[0].meaning
    assert "scientist or scholar" in neutral
    assert "family elder" not in neutral


def test_claims_name_the_law(saudi: Brief) -> None:
    claims = parts_by_id(saudi)["claims"].groups[0]
    sources = {one.number: one for one in saudi.sources}
    laws = [one for one in claims.points if one.evidence == "statute"]
    assert laws
    assert all(any(sources[number].cite for number in one.sources) for one in laws)


def test_sources_are_numbered_as_they_are_named_and_every_one_is_used(saudi: Brief) -> None:
    named: dict[int, None] = {}
    for part in saudi.parts:
        for one in part.groups:
            for point in one.points:
                named |= dict.fromkeys(point.sources)
    assert sorted(named) == [one.number for one in saudi.sources]
    assert [one.number for one in saudi.sources] == list(range(1, len(saudi.sources) + 1))


def test_a_community_is_told_its_own_readings_before_those_of_the_country(
    builtin: Knowledge,
) -> None:
    brief = make_brief(builtin, "US/texas-ranch")
    scenes = group(brief, "prefer", "Motifs, scenes and tastes")
    assert scenes.points[0].rule.startswith("US/texas-ranch/")
    assert brief.name == "Texas ranch buyers"


def test_platforms_add_their_rules_with_their_limits_in_words(pack: Knowledge) -> None:
    brief = make_brief(pack, "AA", platforms=["bazaar"], whole=True)
    told = {one.rule: one for one in parts_by_id(brief)["platforms"].groups[0].points}
    assert "bazaar/cow-banned" in told
    assert told["bazaar/title-length"].meaning.startswith("in title: at most 30 characters")
    assert told["bazaar/title-bytes"].meaning.startswith("in title: at most 12 bytes")
    elsewhere = make_brief(pack, "BB", platforms=["bazaar"], whole=True)
    assert "bazaar/title-emoji" not in rules_in(elsewhere, "platforms")


def test_ignored_rules_are_left_out(pack: Knowledge) -> None:
    brief = make_brief(pack, "AA", ignore=["AA/pork"], whole=True)
    assert "AA/pork" not in rules_in(brief, "avoid")
    assert "AA/pork" in rules_in(make_brief(pack, "AA", whole=True), "avoid")


def test_an_unknown_intent_is_refused_with_the_nearest(builtin: Knowledge) -> None:
    with pytest.raises(SettingsError, match=r'"natural"'):
        check_intent(builtin, ["natual"])


@pytest.mark.parametrize("market", ["SA", "JP", "DE", "US", "IN", "CA-QC", "BR/gaucho", "TW"])
def test_conventions_are_those_that_a_check_accepts(market: str, builtin: Knowledge) -> None:
    from culture_lint.language.conventions import conventions, territory_of

    home = builtin.markets[market]
    told = list(customs(market, home.languages[:1]))
    shown = {one.name: one.shown for one in told}
    known = conventions(home.languages[0], territory_of(market))
    assert known is not None
    assert f"{known.decimal}89" in shown["numbers"]
    assert any(code in shown["prices"] for code in known.currencies)
    assert ("24 hours" in shown["time of day"]) == known.hours24
    assert ("day, month" in shown["dates"]) == (known.date == "dmy")


def test_a_market_of_nobodys_knowledge_still_has_a_brief(pack: Knowledge) -> None:
    brief = make_brief(pack, "AA")
    names = {point.title for g in parts_by_id(brief)["conventions"].groups for point in g.points}
    assert "measures" in names
    assert "numbers" not in names


@pytest.mark.parametrize(
    ("message", "advice"),
    [
        ("“{match}” is a banned sign here; remove it.", "Remove it."),
        ("“{match}” is a rank; it must be provable. Add source and year.", "Add source and year."),
        ("“{match}” clashes here.", ""),
        (
            "“{match}” calls people; show the palm down, or a smile.",
            "Show the palm down, or a smile.",
        ),
    ],
)
def test_what_a_message_asks_for_is_told_where_there_are_no_words(
    message: str, advice: str
) -> None:
    assert advice_in(message) == advice


def test_a_blocker_never_stands_without_what_to_do(builtin: Knowledge) -> None:
    for market in ("ID", "TH", "SA", "US", "CN"):
        brief = make_brief(builtin, market)
        for point in (p for g in parts_by_id(brief)["avoid"].groups for p in g.points):
            if point.severity == "blocker":
                assert point.say or point.advice, point.rule
