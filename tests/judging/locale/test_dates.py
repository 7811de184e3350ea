"""Dates that read two ways: what must be flagged, and what must pass."""

from __future__ import annotations

import pytest

from culture_lint.sources.items import Role
from tests.judging.locale.case import flagged, judged


@pytest.mark.parametrize(
    ("market", "language", "text", "span", "said"),
    [
        ("US", "en", "Offer ends 03/04/2026.", "03/04/2026", "March 4, 2026"),
        ("GB", "en", "Offer ends 03/04/2026.", "03/04/2026", "3 April 2026"),
        ("GB", "en", "Offer ends 3-4-2026.", "3-4-2026", "3 April 2026"),
        ("DE", "de", "Gültig bis 03/04/2026.", "03/04/2026", "3. April 2026"),
        ("BR", "pt", "Promoção até 05/06/2026.", "05/06/2026", "5 de junho de 2026"),
        ("IN", "hi", "ऑफ़र 03/04/2026 तक।", "03/04/2026", "3 अप्रैल 2026"),
        ("JP", "ja", "03/04/2026まで送料無料。", "03/04/2026", "2026年4月3日"),
        ("US", "en", "Offer ends 03.04.2026.", "03.04.2026", "March 4, 2026"),
        ("AE", "ar", "العرض حتى 03/04/2026 فقط", "03/04/2026", "3 أبريل 2026"),
    ],
)
def test_a_date_that_reads_two_ways_is_told_as_such(
    market: str, language: str, text: str, span: str, said: str
) -> None:
    (found,) = judged(market, text, language)
    assert (found.rule, found.text, found.said) == ("global/ambiguous-date", span, [said])
    assert found.reading.severity.value == "info"
    assert [one.fix for one in found.reading.instead] == ["unsafe"]


@pytest.mark.parametrize(
    ("market", "language", "text"),
    [
        ("US", "en", "Offer ends 2026-03-04."),
        ("US", "en", "Offer ends March 4, 2026 (03/04/2026)."),
        ("GB", "en", "Offer ends 3 April 2026."),
        ("US", "en", "From 03/04/2026 to 03/25/2026."),
        ("GB", "en", "From 03/04/2026 to 25/04/2026."),
        ("GB", "en", "On 04/04/2026 and 5/5/2026."),
        ("DE", "de", "Gültig bis 03.04.2026."),
        ("RU", "ru", "Акция до 03.04.2026."),
        ("JP", "ja", "2026/03/04まで。"),
        ("US", "en", "Model 03/04/20261, ratio 3/4, part A-03/04/2026."),
        ("US", "en", "Sizes 3/4 and 5/6, born 2004."),
    ],
)
def test_dates_that_read_one_way_pass(market: str, language: str, text: str) -> None:
    assert flagged(market, text, language) == []


def test_another_field_of_the_item_may_settle_the_order() -> None:
    rows = [(Role.TITLE, "Ticket for 03/04/2026"), (Role.DESCRIPTION, "Doors open on 25/04/2026.")]
    assert judged("GB", rows, "en") == []
    rows[1] = (Role.DESCRIPTION, "Doors open at eight, see 05/04/2026.")
    (found,) = judged("GB", rows, "en")
    assert found.text == "03/04/2026"


def test_each_market_reads_a_date_its_own_way() -> None:
    told = judged("US,GB", "Offer ends 03/04/2026.", "en")
    assert {(one.markets, one.said[0]) for one in told} == {
        (("US",), "March 4, 2026"),
        (("GB",), "3 April 2026"),
    }
