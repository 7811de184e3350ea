"""Negation reaches as far as the clause says, in each language."""

from __future__ import annotations

import pytest

from culture_lint.language.cues import is_negated
from culture_lint.language.normalise import fold


@pytest.mark.parametrize(
    ("text", "sign", "language", "expected"),
    [
        ("pork-free sausage", "pork", "en", True),
        ("pork free sausage", "pork", "en", True),
        ("beef jerky free shipping", "jerky", "en", False),
        ("contains no pork", "pork", "en", True),
        ("no.1 pork pie", "pork", "en", False),
        ("no sugar added to our famous smoked pork", "pork", "en", False),
        ("free of wheat, milk and pork", "pork", "en", True),
        ("sans porc ni alcool", "alcool", "fr", True),
        ("ohne Alkohol gebraut", "alkohol", "de", True),
        ("alkoholfrei", "alkohol", "de", True),
        ("不含酒精", "酒精", "zh", True),
        ("不锈钢酒壶", "酒壶", "zh", False),
        ("0酒精", "酒精", "zh", True),
        ("含有50酒精", "酒精", "zh", False),
        ("含有5.0酒精", "酒精", "zh", False),
        ("アルコールフリー", "アルコール", "ja", True),
        ("豚肉不使用", "豚肉", "ja", True),
        ("خالي من الكحول", "الكحول", "ar", True),
        ("alkolsüz", "alkolsüz", "tr", False),
        ("sin cerdo", "cerdo", "es", True),
        ("sem carne de porco", "porco", "pt", True),
        ("बिना अंडे का केक", "अंडे", "hi", True),
        ("जैन प्याज", "प्याज", "hi", False),
        ("बुद्धिमान उल्लू", "उल्लू", "hi", False),
        ("без свинины", "свинины", "ru", True),
    ],
)
def test_absence_is_recognised(text: str, sign: str, language: str, expected: bool) -> None:
    folded, wanted = fold(text).text, fold(sign).text
    start = folded.index(wanted)
    before, after = folded[:start], folded[start + len(wanted) :]
    assert is_negated(before, after, language) is expected
