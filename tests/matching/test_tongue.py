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


@pytest.mark.parametrize(
    ("text", "declared", "form", "expected"),
    [
        ("En fin bok til jul som gave, uten alkohol og uten svinekjøtt i dag", None, "nb", True),
        ("En fin bok", "no", "nb", True),
        ("En fin bok", "nb", "no", True),
        ("En fin bok", "nb", "da", False),
        ("Ang bag na ito ay regalo", "fil", "tl", True),
        ("Botol minum anak bahan aman untuk sekolah dan hadiah ulang tahun", None, "id", True),
        ("Botol minum anak bahan aman untuk sekolah", "ms", "id", False),
    ],
)
def test_tags_of_one_language_are_one(
    text: str, declared: str | None, form: str, expected: bool
) -> None:
    assert Tongue(text_item(text, language=declared), "eld").admits(0, form, "gave") is expected
