"""Which alternatives are applied: only safe ones that help in every market, each proven by a check."""

from __future__ import annotations

import pytest

from culture_lint.fixing.files import fix_file
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.session import Session
from culture_lint.settings import Settings
from culture_lint.sources.items import Source
from culture_lint.targets import Job
from tests.fixing.conftest import Fix, fixed_text, listing


def titles(found: object) -> list[str]:
    rows = fixed_text(found).splitlines()[1:]  # type: ignore[arg-type]
    return [row.split(",")[1] for row in rows]


def test_a_safe_alternative_is_applied_and_raises_the_score(fix: Fix) -> None:
    found = fix("l.csv", listing("A moonhorse cup"))
    assert titles(found) == ["A sunlion cup"]
    assert found is not None
    (done,) = found.applied
    assert (done.rule, done.old, done.new) == ("CC/moonhorse", "moonhorse", "sunlion")
    assert done.before["CC"] is not None
    assert done.before["CC"] < 100
    assert done.after == {"CC": 100.0}


def test_what_is_marked_unsafe_waits_to_be_asked_for(fix: Fix) -> None:
    found = fix("l.csv", listing("Plain zwick cup"))
    assert found is not None
    assert found.new == found.old
    assert [one.unsafe for one in found.declined] == [True]
    assert titles(fix("l.csv", listing("Plain zwick cup"), unsafe=True)) == ["Plain oak cup"]


def test_of_several_safe_alternatives_none_is_picked_unless_intent_does(fix: Fix) -> None:
    text = listing("Plain blorp set")
    found = fix("l.csv", text)
    assert found is not None
    assert found.new == found.old
    assert "several" in found.declined[0].why
    assert titles(fix("l.csv", text, intent=("calm",))) == ["Plain blue cup set"]
    assert titles(fix("l.csv", text, unsafe=True)) == ["Plain red cup set"]


def test_a_fix_that_brings_a_finding_is_not_applied(fix: Fix) -> None:
    found = fix("l.csv", listing("Plain quib cup"), unsafe=True)
    assert found is not None
    assert found.new == found.old
    assert [one.why for one in found.declined] == ["it would bring CC/quab in CC"]


def test_with_several_markets_only_what_is_clean_in_all_is_applied(fix: Fix) -> None:
    text = listing("A moonhorse cup", "Two vleem cups")
    assert titles(fix("l.csv", text, "CC,DD")) == ["A moonhorse cup", "Two pine cups"]
    assert titles(fix("l.csv", text, "CC")) == ["A sunlion cup", "Two pine cups"]


def test_overlapping_findings_are_fixed_one_after_the_other(fix: Fix) -> None:
    found = fix("l.csv", listing("One golden vleem and one vleem"))
    assert titles(found) == ["One silver pine and one pine"]


def test_an_item_with_many_findings_is_fixed_whole(fix: Fix) -> None:
    found = fix("l.csv", listing("moonhorse vleem and a big moonhorse with a grumbel or a vleem"))
    assert titles(found) == ["sunlion pine and a big sunlion with an apple or a pine"]


def test_only_alternatives_in_the_language_of_the_text_are_applied(fix: Fix) -> None:
    german = "sku,title,language\nA1,Becher mit Mondpferd,de\n"
    assert titles(fix("l.csv", german)) == ["Becher mit Sonnenlöwe"]
    found = fix("l.csv", "sku,title,language\nA1,Becher: grumbel,de\n")
    assert found is None or found.new == found.old


def test_an_article_that_would_have_to_change_keeps_the_text_as_it_is(fix: Fix) -> None:
    found = fix("l.csv", "sku,title,language\nA1,Becher mit einem Mondpferd,de\n")
    assert found is not None
    assert found.new == found.old
    assert "einem" in found.declined[0].why


@pytest.mark.parametrize("unsafe", [False, True])
def test_wordings_that_may_be_code_are_never_written(fix: Fix, unsafe: bool) -> None:
    found = fix("l.csv", listing("Plain glumph"), unsafe=unsafe)
    assert found is not None
    assert found.new == found.old
    assert "code" in found.declined[0].why


def test_what_a_suppression_or_selection_silences_is_not_fixed(fix: Fix) -> None:
    rows = "sku,title,language,culture_lint_ignore\nA1,A moonhorse cup,en,ignore[CC/moonhorse] -- our own brand\n"
    assert fix("l.csv", rows) is None
    assert fix("l.csv", listing("A moonhorse cup"), ignore=("CC/moonhorse",)) is None


def test_an_alternative_too_long_for_the_field_is_not_applied(fix: Fix) -> None:
    title = "A vleem cup of thirty letters."
    assert len(title) == 30
    found = fix("l.csv", listing("Thirty letters in all: a snark"), platforms=("bazaar",))
    assert found is not None
    assert found.new == found.old
    assert [one.why for one in found.declined] == ["it would bring bazaar/title-length in CC"]
    assert titles(fix("l.csv", listing(title), platforms=("bazaar",)))


@pytest.mark.parametrize(("column", "why"), [("image_alt", "picture"), ("material", "product")])
def test_what_is_a_fact_is_not_reworded(column: str, why: str, fix: Fix) -> None:
    found = fix("l.csv", f"sku,title,{column},language\nA1,Plain cup,A golden vleem cup,en\n")
    assert found is not None
    assert "golden vleem" in found.new.decode()
    assert any(why in one.why for one in found.declined)


def test_every_word_of_another_spelling_is_put_right(builtin: Knowledge) -> None:
    settings = Settings(markets=("GB",), markets_from="flag")
    session = Session()
    session.take(settings, builtin)
    text = "Center-piece kettle for your gray kitchen, in your favorite colors"
    source = Source("l.csv", listing(f'"{text}"').encode())
    found = fix_file(session, Job(source, settings))
    assert fixed_text(found) == listing(f'"{text}"').replace(
        text, "Centre-piece kettle for your grey kitchen, in your favourite colours"
    )
