"""Rulesets tested by what they do: examples, alternatives, labelled cases."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from culture_lint.errors import SourceError
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.matching.prepare import load_knowledge
from culture_lint.rulecheck import (
    Evaluation,
    Tally,
    TextPlaces,
    evaluate,
    read_cases,
    run_examples,
    shares,
    uncovered,
)
from culture_lint.spans import Place
from tests.conftest import DATA

READING = """\
  {slug}:
    signifier: oak
    signified: a test
    polarity: {polarity}
    severity: minor
    category: plant
    message: "“{{match}}”."
    instead: {{en: [{{say: "{say}"}}]}}
    evidence:
      kind: {kind}
      verified: true
      sources: [{{title: Test, url: "https://example.org/", read: "2026-11-21"}}]
    reviewed: "2026-11-21"
    examples: {{flag: [{flag}], pass: [{fine}]}}
"""


def failures(tmp_path: Path, **changes: str) -> list[str]:
    """Return what fails in a pack with one reading more."""
    given = {"slug": "oak", "polarity": "taboo", "say": "elm", "kind": "practice",
             "flag": '"Oak table."', "fine": '"Elm table."', **changes}  # fmt: skip
    (tmp_path / "markets").mkdir()
    (tmp_path / "signifiers").mkdir()
    (tmp_path / "signifiers" / "x.yaml").write_text("oak: {kind: plant, forms: {en: [oak]}}\n")
    scope = "market: AA\nreadings:\n" + READING.format(**given)
    (tmp_path / "markets" / "aa.yaml").write_text(scope)
    knowledge = load_knowledge([DATA / "pack", tmp_path], builtin=False, use_cache=False)
    return [str(one).partition("aa.yaml")[2] for one in run_examples(knowledge).failures]


def test_small_pack_keeps_its_own_examples(pack: Knowledge) -> None:
    run = run_examples(pack)
    assert run.failures == ()
    assert run.readings == 22
    assert run.examples >= 28
    assert uncovered(pack) == ()


def test_sound_reading_passes(tmp_path: Path) -> None:
    assert failures(tmp_path) == []


def test_flag_example_that_is_not_flagged_fails_with_its_line(tmp_path: Path) -> None:
    (told,) = failures(tmp_path, flag='"Oak table.", "Elm bench."')
    assert told == ":16: AA/oak: must be flagged: 'Elm bench.'"


def test_pass_example_that_is_flagged_fails(tmp_path: Path) -> None:
    (told,) = failures(tmp_path, fine='"Elm table.", "Oak bench."')
    assert told == ":16: AA/oak: must pass: 'Oak bench.' (flagged by AA/oak)"


def test_flag_example_must_mark_its_span(tmp_path: Path) -> None:
    assert failures(tmp_path, flag='{text: "An Oak table.", span: Oak}') == []


def test_flag_example_that_marks_something_else_fails(tmp_path: Path) -> None:
    (told,) = failures(tmp_path, flag='{text: "An Oak table.", span: table}')
    assert "must mark 'table'" in told


def test_alternative_that_clashes_itself_fails(tmp_path: Path) -> None:
    (told,) = failures(tmp_path, say="pork")
    assert "an alternative offends itself: 'pork' (flagged by AA/pork)" in told


def test_welcome_reading_fires_too(tmp_path: Path) -> None:
    assert failures(tmp_path, polarity="positive") == []


def test_debunked_reading_never_fires(tmp_path: Path) -> None:
    assert failures(tmp_path, kind="debunked", flag="") == []


@pytest.mark.parametrize(
    ("start", "end", "place"),
    [(0, 3, (5, 1, 5, 4)), (4, 6, (6, 1, 6, 3)), (2, 5, (5, 3, 6, 2)), (8, 8, (7, 1, 7, 1))],
)
def test_places_in_a_text_count_lines(start: int, end: int, place: tuple[int, ...]) -> None:
    places = TextPlaces("abc\nd𝒳f\n\n", 5)
    assert places.place(start, end) == Place(*place)
    assert places.source(start, end) == "abc\nd𝒳f\n\n"[start:end]


# -- labelled cases --------------------------------------------------------------------------


def measured(pack: Knowledge, *cases: Mapping[str, object]) -> Evaluation:
    plain = {"market": "AA", "language": "en", "channel": "ad"}
    return evaluate(pack, [{"id": str(n), **plain, **one} for n, one in enumerate(cases)], "eld")


def test_finding_that_overlaps_the_signifier_is_a_hit(pack: Knowledge) -> None:
    result = measured(
        pack, {"text": "Made with wagyu beef.", "signifier": "wagyu", "category": "food"}
    )
    assert (result.total.incidents, result.total.hits) == (1, 1)
    assert (result.total.harmless, result.total.alarms) == (0, 0)
    assert result.by_category["food"].hits == result.by_market["AA"].hits == 1
    assert result.by_language["en"].hits == 1
    assert result.misses == []


def test_finding_elsewhere_is_a_miss_and_says_what_was_found(pack: Knowledge) -> None:
    result = measured(pack, {"text": "Oak table, pork pie.", "signifier": "Oak table"})
    assert (result.total.incidents, result.total.hits) == (1, 0)
    assert result.misses == [("0", "AA", "»Oak table«, pork pie.", "AA/pork (pork)")]


def test_a_communitys_reading_counts_for_the_community_only(tmp_path: Path) -> None:
    (tmp_path / "communities").mkdir()
    (tmp_path / "signifiers").mkdir()
    (tmp_path / "signifiers" / "x.yaml").write_text("oak: {kind: plant, forms: {en: [oak]}}\n")
    reading = READING.format(
        slug="oak",
        polarity="taboo",
        say="elm",
        kind="practice",
        flag='"Oak table."',
        fine='"Elm table."',
    )
    scope = "community: AA/druids\nname: Druids\nreviewed: '2026-11-21'\nreadings:\n"
    (tmp_path / "communities" / "druids.yaml").write_text(scope + reading)
    knowledge = load_knowledge([DATA / "pack", tmp_path], builtin=False, use_cache=False)
    assert run_examples(knowledge).failures == ()
    result = measured(
        knowledge,
        {"text": "Oak table."},
        {"text": "Oak table.", "segment": "druids", "signifier": "Oak"},
        {"text": "Oak table.", "market": "AA/druids"},
    )
    assert (result.total.incidents, result.total.hits) == (1, 1)
    assert [one[1] for one in result.false_alarms] == ["AA/druids"]


def test_control_and_trap_count_as_harmless_copy(pack: Knowledge) -> None:
    result = measured(
        pack,
        {"text": "Pork pie.", "signifier": "Pork", "control_text": "Pork-free pie."},
        {"text": "Cowboy boots."},
        {"text": "Holy cow, boots."},
    )
    assert (result.total.harmless, result.total.alarms) == (3, 1)
    ((case, market, text, rules),) = result.false_alarms
    assert (case, market, text) == ("2", "AA", "Holy cow, boots.")
    assert rules == "AA/cow-joke (Holy cow)"
    assert result.by_category["trap"].alarms == 1


def test_any_finding_on_a_control_is_a_false_alarm(pack: Knowledge) -> None:
    case = {"text": "Pork pie.", "signifier": "Pork", "control_text": "Holy cow, a pie."}
    assert measured(pack, case).total.alarms == 1


def test_finding_of_another_market_is_no_hit(pack: Knowledge) -> None:
    case = {"market": "BB", "text": "Holy cow!", "signifier": "Holy cow"}
    assert measured(pack, case).total.hits == 0


def test_markets_without_ruleset_are_skipped_and_counted(pack: Knowledge) -> None:
    result = measured(pack, {"market": "ZZ", "text": "Pork."}, {"market": None, "text": "Pork."})
    assert (result.skipped, result.total) == (2, Tally())


@pytest.mark.parametrize(
    ("channel", "hit"),
    [("image_alt", True), ("ad", False), ("packaging", False), ("social", False)],
)
def test_channel_decides_the_field(pack: Knowledge, channel: str, hit: bool) -> None:
    # The pack reads a plain flag in image texts alone.
    case = {"text": "A flag.", "signifier": "flag", "channel": channel}
    assert measured(pack, case).total.hits == hit


def test_tables_add_up(pack: Knowledge) -> None:
    result = measured(
        pack,
        {"text": "Pork pie.", "signifier": "Pork", "category": "food", "control_text": "Pie."},
        {"text": "Oak.", "signifier": "Oak", "category": "plant"},
        {"market": "BB", "text": "Frisches Schweinefleisch vom Hof", "language": "de",
         "signifier": "Schweinefleisch", "category": "food"},
        {"text": "猪肉礼盒", "language": "zh-Hans", "signifier": "猪肉"},
        {"text": "Cowboy.", "language": None},
    )  # fmt: skip
    assert set(result.by_language) == {"en", "de", "zh", "und"}
    for table in (result.by_market, result.by_category, result.by_language):
        for name in ("incidents", "hits", "harmless", "alarms"):
            total = getattr(result.total, name)
            assert sum(getattr(one, name) for one in table.values()) == total
    assert (result.total.incidents, result.total.hits) == (4, 3)
    assert len(result.misses) == result.total.incidents - result.total.hits
    assert len(result.false_alarms) == result.total.alarms


def test_shares() -> None:
    assert shares(Tally(4, 3, 10, 1)) == (0.75, 0.1)
    assert shares(Tally()) == (None, None)


def test_cases_are_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    case = {"id": "1", "market": "AA", "text": "猪肉\u2028x"}
    path.write_text(
        json.dumps(case, ensure_ascii=False) + "\n\n" + json.dumps(case) + "\n", "utf-8"
    )
    assert read_cases(path) == [case, case]


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        (b'{"id": "1", "market": "AA", "text": "x"}\n{"id": \n', ["cases.jsonl:2: not JSON"]),
        (b'{"id": "1", "text": "x"}\n', ["cases.jsonl:1: ", "id, market and text"]),
        (b"[]\n", ["cases.jsonl:1: ", "id, market and text"]),
        (b"\xff\xfe\n", ["cases.jsonl: ", "cannot read labelled cases"]),
    ],
)
def test_bad_cases_are_told_with_their_line(
    tmp_path: Path, content: bytes, parts: list[str]
) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_bytes(content)
    with pytest.raises(SourceError) as caught:
        read_cases(path)
    for part in parts:
        assert part in str(caught.value)


def test_missing_cases_are_told_without_python_words(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        read_cases(tmp_path / "gone.jsonl")
    assert "Errno" not in str(caught.value)
    assert str(caught.value).endswith("cannot read labelled cases: No such file or directory")
