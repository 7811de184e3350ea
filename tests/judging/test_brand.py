"""What belongs to the brand is spared, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from culture_lint.engine import Engine
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.results import ItemReport
from culture_lint.rulecheck import text_item
from culture_lint.settings import Brand, Settings, Term

Found = Callable[..., list[str]]


@pytest.fixture
def found(pack: Knowledge) -> Found:
    def run(text: str, brand: Brand, markets: str = "AA") -> list[str]:
        engine = Engine(pack, Settings(tuple(markets.split(",")), brand=brand))
        (report,) = engine.check([text_item(text, language="en")])
        assert isinstance(report, ItemReport)
        return [f"{one.rule} {one.text}" for one in report.findings]

    return run


NAME = Brand(names=("Pork & Sons",))


def test_a_name_is_no_finding_and_the_word_elsewhere_is_one(found: Found) -> None:
    assert found("Pork pie.", NAME) == ["AA/pork Pork"]
    assert found("Pork & Sons make oak tables.", NAME) == []
    assert found("PORK & SONS make oak tables.", NAME) == []
    assert found("Pork  &\nSons make pork pie.", NAME) == ["AA/pork pork"]


@pytest.mark.parametrize("text", ["pork & sons", "Pork & Sonso", "xPork & Sons", "Pork and Sons"])
def test_a_name_counts_as_written_and_whole(found: Found, text: str) -> None:
    with_name, without = found(f"The {text} table.", NAME), found(f"The {text} table.", Brand())
    assert with_name == without


def test_a_term_may_be_said_in_any_case(found: Found) -> None:
    brand = Brand(terms=(Term("pork pie hat"),))
    assert found("A PORK PIE HAT in felt.", brand) == []
    assert found("A pork pie.", brand) == ["AA/pork pork"]


def test_a_term_is_narrowed_to_its_markets_and_rules(found: Found) -> None:
    text = "A pork pie hat in felt."
    assert found(text, Brand(terms=(Term("pork pie hat", markets=("BB",)),))) == ["AA/pork pork"]
    assert found(text, Brand(terms=(Term("pork pie hat", markets=("aa",)),))) == []
    assert found(text, Brand(terms=(Term("pork pie hat", rules=("category:food",)),))) == []
    assert found(text, Brand(terms=(Term("pork pie hat", rules=("AA/cow-joke",)),))) == [
        "AA/pork pork"
    ]


def test_what_is_spared_costs_nothing(pack: Knowledge) -> None:
    engine = Engine(pack, Settings(("AA",), brand=NAME))
    (report,) = engine.check([text_item("Pork & Sons make tables.", language="en")])
    assert isinstance(report, ItemReport)
    assert report.scores == {"AA": 100.0}


def test_scripts_without_blanks_need_no_edges() -> None:
    from culture_lint.judging.brand import _terms

    ((_, pattern),) = _terms(Brand(terms=(Term("黒猫"),)))
    assert pattern.search("小さな黒猫の本")
