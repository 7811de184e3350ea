"""The pipeline: scores, statuses, points that add up, order, row markets."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from culture_lint.engine import CHUNK, Engine
from culture_lint.errors import SettingsError
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.results import ItemReport
from culture_lint.rulecheck import text_item
from culture_lint.settings import Settings
from culture_lint.sources.items import Item, Notice
from tests.conftest import Check

PIECES = [
    "Holy cow!", "Pork pie.", "Set of 4 cups.", "Doormat with a flag.", "Oak table.", "Wool socks.",
    "Made with wagyu.", "Wall clock gift.", "As seen on TV.", "Bamboo tea.",
]  # fmt: skip


def _reports(engine: Engine, items: list[Item]) -> list[ItemReport]:
    return [one for one in engine.check(items) if isinstance(one, ItemReport)]


@given(st.lists(st.sampled_from(PIECES), max_size=8))
@settings(max_examples=60, deadline=None)
def test_points_add_up_to_what_the_score_lacks(pack: Knowledge, pieces: list[str]) -> None:
    engine = Engine(pack, Settings(markets=("AA", "BB")))
    (report,) = _reports(engine, [text_item(" ".join(pieces) or "-", language="en")])
    for market, cai in report.scores.items():
        if cai is not None:
            lost = sum(finding.points.get(market, 0.0) for finding in report.findings)
            assert round(lost, 1) == round(100.0 - cai, 1)


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6), st.integers(0, 5))
@settings(max_examples=40, deadline=None)
def test_removing_a_clashing_piece_never_lowers_the_score(
    pack: Knowledge, pieces: list[str], drop: int
) -> None:
    # The filler keeps the length, on which body loads depend, the same.
    engine = Engine(pack, Settings(markets=("AA",)))
    fixed = list(pieces)
    place = drop % len(pieces)
    fixed[place] = " ".join("calm" for _ in pieces[place].split()) + "."
    before, after = _reports(
        engine,
        [text_item(" ".join(pieces), language="en"), text_item(" ".join(fixed), language="en")],
    )
    assert before.scores["AA"] is not None
    assert after.scores["AA"] is not None
    assert after.scores["AA"] >= before.scores["AA"]


def test_language_without_forms_is_not_examined_instead_of_scored(check: Check) -> None:
    report = check("Bu ürün el yapımıdır ve pamuktan üretilmiştir.", markets="AA", language="tr")
    assert report.scores == {"AA": None}
    assert report.status["AA"].startswith("not examined")


def test_item_without_text_is_not_judged(pack: Knowledge) -> None:
    engine = Engine(pack, Settings(markets=("AA",)))
    (report,) = _reports(engine, [Item("t", "1", 1, ())])
    assert report.scores == {"AA": None}
    assert report.status["AA"].startswith("nothing to judge")


def test_blocker_caps_the_score(check: Check) -> None:
    report = check("Holy cow, what a long and otherwise quite harmless text.", language="en")
    assert report.scores["AA"] is not None
    assert report.scores["AA"] < 39


def test_order_is_kept_over_chunks_with_notices_between(pack: Knowledge) -> None:
    engine = Engine(pack, Settings(markets=("AA",)))
    read: list[Item | Notice] = []
    for number in range(CHUNK * 2 + 7):
        read.append(text_item("Oak table.", item=str(number), language="en"))
        if number % 100 == 0:
            read.append(Notice("t", f"after {number}"))
    out = list(engine.check(read))
    names = [one.item if isinstance(one, ItemReport) else one.message for one in out]
    assert names == [one.item if isinstance(one, Item) else one.message for one in read]


def test_reports_do_not_depend_on_neighbours(pack: Knowledge) -> None:
    engine = Engine(pack, Settings(markets=("AA", "BB")))
    rng = random.Random(7)
    items = [
        text_item(" ".join(rng.choices(PIECES, k=3)), item=str(n), language="en") for n in range(50)
    ]
    together = _reports(engine, items)
    alone = [_reports(engine, [item])[0] for item in items]
    assert together == alone


def test_row_market_decides_when_no_market_is_asked_for(pack: Knowledge) -> None:
    engine = Engine(pack, Settings())
    text = text_item("Pork pie.", language="en")
    items = [
        Item("t", "1", 1, text.segments, "en", ("AA",)),
        Item("t", "2", 2, text.segments, "en", ("XX",)),
    ]
    first, second = _reports(engine, items)
    assert list(first.scores) == ["AA"]
    assert first.findings
    assert second.scores == {"XX": None}
    assert "no ruleset covers XX" in second.status["XX"]


def test_rows_that_name_no_market_are_an_error_when_none_was_asked_for(pack: Knowledge) -> None:
    with pytest.raises(SettingsError, match="--market"):
        list(Engine(pack, Settings()).check([text_item("Pork pie.")]))


def test_unknown_market_names_the_nearest(pack: Knowledge) -> None:
    with pytest.raises(SettingsError, match=r"no ruleset covers the market 'AB'.*AA"):
        Engine(pack, Settings(markets=("AB",)))


@pytest.mark.parametrize(
    ("select", "ignore", "found"),
    [
        (("AA/pork",), (), True),
        (("BB",), (), False),
        ((), ("AA/pork",), False),
        ((), ("category:food",), False),
        (("ALL",), ("AA",), False),
        (("AA/pork",), ("AA",), True),
    ],
)
def test_most_specific_selector_wins(
    pack: Knowledge, select: tuple[str, ...], ignore: tuple[str, ...], found: bool
) -> None:
    engine = Engine(pack, Settings(markets=("AA",), select=select, ignore=ignore))
    (report,) = _reports(engine, [text_item("Pork pie.", language="en")])
    assert bool(report.findings) is found


def test_welcome_sign_raises_resonance_and_not_the_score(check: Check) -> None:
    plain = check("A box with a flower on the lid.", language="en")
    report = check("A box with a geometric pattern on the lid.", language="en")
    assert report.scores == plain.scores == {"AA": 100.0}
    assert report.resonance["AA"] > 0
    assert report.findings == ()
