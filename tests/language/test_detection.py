"""Script settles what it can; detection is sure of sentences and modest about a few words."""

from __future__ import annotations

import pytest

from culture_lint.errors import SettingsError
from culture_lint.language import detection
from culture_lint.language.boundaries import load_data
from culture_lint.language.detection import detectors, identify


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("静音挂钟,送长辈的礼物", "zh"),
        ("2018款 Apple/苹果 MacBook Pro 13英寸笔记本", "zh"),
        ("結婚祝いに有田焼の湯のみ", "ja"),
        ("벽시계 선물 세트", "ko"),
        ("هدية لعيد الميلاد", "ar"),
        ("ساعت دیواری چوبی برای خانه", "fa"),
        ("पूजा के लिए गणेश जी की मूर्ति", "hi"),
        ("Настенные часы в подарок", "ru"),
        ("Настінний годинник у подарунок", "uk"),
        ("นาฬิกาแขวนผนัง", "th"),
        ("Wall clock for your own kitchen, battery included.", "en"),
        ("Kaffeemühle mit Handkurbel, jetzt im Angebot", "de"),
        ("Bomba de agua industrial con carcasa de hierro", "es"),
        ("Curso online sem propinas no primeiro mês", "pt"),
    ],
)
@pytest.mark.parametrize("detector", detectors())
def test_language_is_told(text: str, language: str, detector: str) -> None:
    assert identify(text, detector).language == language


@pytest.mark.parametrize("text", ["Fiera", "Gift Box", "Pluma", "Nova 2"])
def test_a_few_words_stay_open_and_may_be_english(text: str) -> None:
    found = identify(text)
    assert found.language is None
    assert "en" in found.plausible


@pytest.mark.parametrize(
    "text", ["Owl bedside lamp, gift for newborn", "Pepperoni pizza voucher for Eid"]
)
def test_titles_full_of_international_words_may_be_english(text: str) -> None:
    assert "en" in identify(text).plausible


def test_text_without_letters_has_no_language() -> None:
    assert identify("123 - 45%").plausible == frozenset()


def test_unknown_detector_is_named_with_the_known_ones() -> None:
    with pytest.raises(SettingsError, match="eld, langdetect"):
        identify("some plain English words", "guess")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wooden wall clock, handcrafted, leather straps", "en"),
        (
            "Aufkleber für deinen Bildschirm, kostenlose Lieferung, schnell und leicht zu löschen",
            "de",
        ),
        ("Robe en coton recyclé, livrée chez vous avec notre coffret", "fr"),
        ("Klokke uten lyd, tilpasset små rom, raskt og enkelt å sette opp hjelper deg", "no"),
    ],
)
def test_titles_are_told_by_their_words(
    text: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: str) -> None:
        raise AssertionError("the detector was asked")

    monkeypatch.setattr(detection, "_detector", refuse)
    assert identify(text).language == language


def test_common_words_of_two_languages_settle_nothing() -> None:
    mixed = "Wooden leather sleeveless avec livraison chez vous dans votre panier"
    assert detection._by_common_words(mixed) is None


def test_one_word_of_another_language_among_many_is_suffered() -> None:
    text = "These wooden shelves and their leather straps are handcrafted with much knowledge, chez Anna"
    assert detection._by_common_words(text) == "en"


def test_each_common_word_has_one_language_and_is_written_small() -> None:
    only = load_data("commonwords")["only"]
    words = [word for listed in only.values() for word in listed.split()]
    assert set(only) <= set(detection.LATIN_LANGUAGES)
    assert len(words) == len(set(words))
    assert [word for word in words if word != word.lower() or not word.isalpha()] == []
    assert min(len(listed.split()) for name, listed in only.items() if name != "tl") > 100
