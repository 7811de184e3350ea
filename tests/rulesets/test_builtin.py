"""The built-in rulesets keep their word: valid, sourced, and every example does what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from culture_lint.engine import Engine
from culture_lint.knowledge.check import check
from culture_lint.knowledge.forms import words_to_inflect
from culture_lint.knowledge.load import load_library
from culture_lint.knowledge.merge import Merged
from culture_lint.knowledge.model import Library
from culture_lint.knowledge.packs import builtin_root
from culture_lint.knowledge.read import read_packs
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.language.inflection import languages, shipped_table
from culture_lint.matching.coverage import unfound_forms
from culture_lint.matching.prepare import load_knowledge, words_of
from culture_lint.pages import pages
from culture_lint.results import ItemReport
from culture_lint.rulecheck import TextPlaces, run_examples, uncovered
from culture_lint.settings import Settings
from culture_lint.sources.items import Item, Role, Segment
from tests.conftest import DATA, Check, checker

MARKETS = ("AE", "BR", "CN", "DE", "IN", "JP", "MX", "SA", "US")


@pytest.fixture(scope="module")
def check_builtin(builtin: Knowledge) -> Check:
    return checker(builtin)


@pytest.fixture(scope="module")
def files() -> Merged:
    """The files of the built-in rulesets, each held against its schema."""
    return read_packs([builtin_root()], validate=True)


@pytest.fixture(scope="module")
def library(files: Merged) -> Library:
    """What they say."""
    return files.library()


def test_rulesets_are_valid(files: Merged, library: Library) -> None:
    assert [str(problem) for problem in check(files, library)] == []


def test_rulesets_can_be_read(files: Merged) -> None:
    assert {"global"} <= files.scopes.keys()
    assert files.signifiers.values


def test_every_form_is_found(builtin: Knowledge, library: Library) -> None:
    assert [str(one) for one in unfound_forms(builtin, library)] == []


def test_every_example_and_alternative_behaves(builtin: Knowledge) -> None:
    result = run_examples(builtin)
    assert result.examples > 1000
    assert [str(failure) for failure in result.failures] == []


def test_every_reading_has_examples_of_both_kinds(builtin: Knowledge) -> None:
    assert uncovered(builtin) == ()


def test_every_reading_names_a_source_and_a_review_date(builtin: Knowledge) -> None:
    for reading in builtin.all_readings():
        assert reading.reviewed, reading.id
        assert any(source.url or source.cite for source in reading.evidence.sources), reading.id


def test_pages_are_up_to_date(builtin: Knowledge, library: Library) -> None:
    docs = Path(__file__).parents[2] / "docs"
    written = pages(builtin, library)
    kept = {
        f"{folder}/{path.name}": path.read_text("utf-8")
        for folder in ("rules", "markets")
        for path in (docs / folder).glob("*.md")
    }
    assert sorted(kept) == sorted(written), "make pages"
    assert [name for name in written if kept[name] != written[name]] == [], "make pages"


def test_shipped_inflections_are_up_to_date(library: Library) -> None:
    missing = {
        language: sorted(set(words) - set(shipped_table(language)))
        for language, words in words_to_inflect(library.signifiers.values()).items()
        if language in languages()
    }
    assert {name: words[:5] for name, words in missing.items() if words} == {}, "make inflections"


def test_words_whose_inflections_are_shipped_are_those_of_the_signifiers() -> None:
    roots = [DATA / "pack"]
    assert words_of(roots) == words_to_inflect(load_library(roots).signifiers.values())
    assert "cow" in words_of(roots)["en"]


@pytest.mark.parametrize("market", MARKETS)
def test_market_is_examined_in_its_own_languages_and_english(
    builtin: Knowledge, market: str
) -> None:
    examined = builtin.markets[market].examined
    assert {"en", builtin.markets[market].languages[0]} <= examined


def test_example_pack_of_ones_own_works(request: pytest.FixtureRequest) -> None:
    pack = request.config.rootpath / "examples" / "own-rulesets"
    knowledge = load_knowledge([pack])
    report = checker(knowledge)("Meet the fat one, now in blue.", markets="JP", language="en")
    assert "JP/house-nickname" in [one.rule for one in report.findings]


@pytest.mark.parametrize("market", ["SA", "AE"])
def test_zen_packaging_is_offered_arabic_geometry_that_keeps_natural_and_healthy(
    check_builtin: Check, market: str
) -> None:
    text = "Green tea tin with zen bamboo and ink-wash packaging, natural and healthy."
    report = check_builtin(text, markets=market, intent=("natural",))
    (finding,) = [one for one in report.findings if one.rule == "gcc/zen-imagery"][:1]
    best = finding.alternatives[0]
    assert "geometric" in best.text
    assert {"natural", "healthy"} <= set(best.keeps)


def test_cow_metaphor_clashes_in_india_and_not_in_the_us(check_builtin: Check) -> None:
    text = "Holy cow, our new app is a cash cow for small shops!"
    report = check_builtin(text, markets="IN,US", language="en")
    assert report.scores["IN"] is not None
    assert report.scores["IN"] < 90
    assert report.scores["US"] == 100.0


@pytest.mark.parametrize("market", ["MX", "BR"])
def test_engineer_is_welcome_where_a_celebrity_is_not(check_builtin: Check, market: str) -> None:
    language = {"MX": "es", "BR": "pt"}[market]
    star = {
        "es": "Bomba de agua industrial. «Me encanta», dice la famosa estrella de telenovelas.",
        "pt": "Bomba de água industrial. «Adoro», diz a famosa estrela de novelas.",
    }[language]
    engineer = {
        "es": "Bomba de agua industrial. Nuestros ingenieros la probaron 2000 horas.",
        "pt": "Bomba de água industrial. Nossos engenheiros testaram por 2000 horas.",
    }[language]
    celebrity = check_builtin(star, markets=market, language=language)
    maker = check_builtin(engineer, markets=market, language=language)
    assert [one.category for one in celebrity.findings] == ["persona"]
    assert maker.findings == ()
    assert maker.resonance.get(market, 0.0) > 0


@pytest.mark.parametrize(
    ("community", "text"),
    [
        ("US/texas-ranch", "Fencing pliers for ranch work, with country music on the radio."),
        ("US/nyc-street", "Smart home lamp by a street artist, with a graffiti mural print."),
    ],
)
def test_community_looks_for_its_own_signs(check_builtin: Check, community: str, text: str) -> None:
    report = check_builtin(text, markets=f"{community},US", language="en")
    assert report.resonance.get(community, 0.0) > report.resonance.get("US", 0.0)


@pytest.mark.parametrize(("category", "flagged"), [("Books > Fiction", False), ("Food", True)])
def test_category_excuses_as_company_in_the_clause_would(
    builtin: Knowledge, category: str, flagged: bool
) -> None:
    copy = "He studied all night. It was Italian beers that week."
    parts = ((Role.CATEGORY, category), (Role.DESCRIPTION, copy))
    item = Item(
        "t",
        "1",
        1,
        tuple(Segment(r.value, r, text, TextPlaces(text), None, "en") for r, text in parts),
    )
    (report,) = Engine(builtin, Settings(markets=("SA",))).check([item])
    assert isinstance(report, ItemReport)
    assert ("islam/alcohol-promoted" in [one.rule for one in report.findings]) is flagged
