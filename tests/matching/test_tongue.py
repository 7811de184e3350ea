"""Declared beats script beats detection, and a path or a lone market says something too."""

from __future__ import annotations

import pytest

from culture_lint.matching.tongue import Tongue, language_of_path
from culture_lint.rulecheck import text_item


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("locales/de-DE/shop.csv", "de"),
        ("export_pt_BR.csv", "pt"),
        ("zh-Hant-TW/list.csv", "zh"),
        ("in/list.csv", None),
        ("products_it.csv", None),
        ("feeds/google-csv.csv", None),
    ],
)
def test_path_declares_a_language_only_with_its_country(path: str, language: str | None) -> None:
    assert language_of_path(path) == language


def test_declared_language_beats_the_script() -> None:
    assert Tongue(text_item("静音挂钟"), "eld", "ja").item.language == "ja"
    assert Tongue(text_item("静音挂钟", language="zh"), "eld", "ja").item.language == "zh"


def test_lone_market_makes_its_language_possible_where_text_is_too_short_to_tell() -> None:
    item = text_item("Propina")
    assert not Tongue(item, "eld").admits(0, "sw", "propina")
    assert Tongue(item, "eld", None, frozenset({"sw"})).admits(0, "sw", "propina")
