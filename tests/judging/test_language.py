"""Copy in a language that a market does not read is told once an item."""

from __future__ import annotations

import pytest

from culture_lint.engine import Engine
from culture_lint.judging.language import ENOUGH
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.results import ItemReport
from culture_lint.rulecheck import text_item
from culture_lint.settings import Settings
from culture_lint.sources.items import Item, Role
from tests.conftest import Check

ENGLISH = "A sturdy oak table with room for the whole family and its guests."
RULE = "global/content-language"


@pytest.mark.parametrize(
    ("markets", "language", "told"),
    [("BB", "en", True), ("AA", "en", False), ("AA", "zh", False), ("BB", "de", False), ("BB", "en-GB", True)],
)  # fmt: skip
def test_language_is_held_against_the_languages_of_the_market(
    check: Check, markets: str, language: str, told: bool
) -> None:
    found = check(ENGLISH, markets=markets, language=language).findings
    assert [one.rule for one in found] == [RULE] * told


def test_finding_covers_the_text_and_names_the_markets(check: Check) -> None:
    (finding,) = check(ENGLISH, markets="AA,BB", language="en").findings
    assert (finding.text, finding.markets) == (ENGLISH, ("BB",))
    assert "“en”" in finding.message
    assert finding.category == "language"


@pytest.mark.parametrize(("letters", "told"), [(ENOUGH - 1, False), (ENOUGH, True)])
def test_short_text_is_let_be(check: Check, letters: int, told: bool) -> None:
    report = check("a" * letters + " 123 456", markets="BB", language="en")
    assert bool(report.findings) is told


def test_item_is_told_once_and_its_category_never(pack: Knowledge) -> None:
    category = text_item(ENGLISH, role=Role.CATEGORY).segments
    text = text_item(ENGLISH).segments
    engine = Engine(pack, Settings(markets=("BB",)))
    items = [Item("t", "1", 1, category + text + text, "en"), Item("t", "2", 2, category, "en")]
    first, second = (one for one in engine.check(items) if isinstance(one, ItemReport))
    assert [one.role for one in first.findings] == ["description"]
    assert second.findings == ()


MALAY = (
    "Tali pinggang kulit asli yang tahan lama, sesuai untuk semua pakaian rasmi dan santai anda."
)


@pytest.mark.parametrize(("declared", "told"), [(None, False), ("ms", True)])
def test_what_detection_cannot_tell_apart_is_not_held_against_the_copy(
    builtin: Knowledge, declared: str | None, told: bool
) -> None:
    """Indonesian is taken for Malay; who declares Malay means it."""
    engine = Engine(builtin, Settings(markets=("ID",)))
    (report,) = engine.check([text_item(MALAY, language=declared)])
    assert isinstance(report, ItemReport)
    assert report.language == "ms"
    assert any(one.rule == RULE for one in report.findings) == told
