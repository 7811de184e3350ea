"""Quotation marks: what must be flagged, and what must pass."""

from __future__ import annotations

import pytest

from tests.judging.locale.case import flagged, judged


@pytest.mark.parametrize(
    ("market", "language", "text", "span", "said"),
    [
        ("US", "en", "The „Classic“ mug in blue.", "„Classic“", "“Classic”"),
        ("GB", "en", "The «Classic» mug in blue.", "«Classic»", "“Classic”"),
        ("DE", "de", "Die Tasse “Klassik” in Blau.", "“Klassik”", "„Klassik“"),
        ("DE", "de", "Die Tasse «Klassik» in Blau.", "«Klassik»", "„Klassik“"),
        ("FR", "fr", "La tasse „Classique“ en bleu.", "„Classique“", "«\u00a0Classique\u00a0»"),
        ("ES", "es", "La taza „Clásica“ en azul.", "„Clásica“", "“Clásica”"),
        ("BR", "pt", "A caneca „Clássica“ azul.", "„Clássica“", "“Clássica”"),
        ("PL", "pl", "Kubek “Klasyk” w kolorze niebieskim.", "“Klasyk”", "„Klasyk”"),
        ("RU", "ru", "Кружка “Классика” синяя.", "“Классика”", "«Классика»"),
        ("TR", "tr", "Mavi „Klasik“ kupa.", "„Klasik“", "“Klasik”"),
        ("TW", "zh", "這款“經典”馬克杯很耐用。", "“經典”", "「經典」"),
        ("JP", "ja", "人気の«クラシック»マグカップです。", "«クラシック»", "「クラシック」"),
    ],
)
def test_marks_of_another_language_are_noted(
    market: str, language: str, text: str, span: str, said: str
) -> None:
    (found,) = judged(market, text, language)
    assert (found.rule, found.text, found.said) == ("global/quotation-marks", span, [said])
    assert found.reading.severity.value == "info"
    assert judged(market, text.replace(span, said), language) == []


@pytest.mark.parametrize(
    ("market", "language", "text"),
    [
        ("US", "en", "The \"Classic\" mug, the “Classic” mug and the ‘Classic’ mug."),
        ("US", "en", "A 15” laptop, a 6’2” frame and a 10” to 12” pot."),
        ("US", "en", "Save big »» only today « back"),
        ("US", "en", "The character 「力」 painted by hand."),
        ("DE", "de", "Die Tasse „Klassik“ oder »Klassik« oder \"Klassik\" in Blau."),
        ("DE", "de", "Für 15“ Laptops und 17“ Laptops."),
        ("CH", "de", "Die Tasse «Klassik» oder „Klassik“."),
        ("FR", "fr", "La tasse « Classique », «Classique» ou “Classique”."),
        ("CH", "fr", "La tasse «Classique» en bleu."),
        ("ES", "es", "La taza «Clásica» o “Clásica”."),
        ("IT", "it", "La tazza «Classica» o “Classica”."),
        ("PL", "pl", "Kubek „Klasyk” i «Klasyk»."),
        ("CZ", "cs", "Hrnek „Klasik“ a »Klasik«."),
        ("RU", "ru", "Кружка «Классика „Люкс“» синяя."),
        ("JP", "ja", "人気の「クラシック」と“クラシック”マグです。"),
        ("JP", "ja", "ブランド «Classic» のマグです。"),
        ("TW", "zh", "這款「經典」馬克杯很耐用。"),
        ("CN", "zh", "这款“经典”马克杯，也叫「经典」。"),
        ("HK", "en", "The “Classic” mug."),
        ("SE", "sv", "Muggen ”Klassisk” och »Klassisk»."),
    ],
)  # fmt: skip
def test_own_straight_and_single_marks_pass(market: str, language: str, text: str) -> None:
    assert flagged(market, text, language) == []


def test_the_first_of_several_is_told_with_their_number() -> None:
    (found,) = judged("US", "The „one“ and the „other“ mug.", "en")
    assert found.text == "„one“"
    assert "2 places" in found.reading.message
