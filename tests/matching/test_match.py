"""Hits become mentions only where they are words of the text's own language."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from culture_lint.matching.match import Matcher
from culture_lint.matching.prepare import load_knowledge
from culture_lint.rulecheck import text_item
from culture_lint.sources.items import Role

Find = Callable[..., list[tuple[str, str]]]

SIGNS = """
tank-man: {kind: history, forms: {zh: [坦克人]}}
people: {kind: context, forms: {zh: [人]}}
pear: {kind: food, forms: {zh: [梨], ja: [梨]}, not: {zh: [坐梨], ja: [梨木]}}
clock: {kind: object, forms: {zh: [送钟]}}
leather: {kind: object, forms: {zh: [牛皮]}, not: {zh: [牛皮纸]}}
pig: {kind: animal, forms: {tr: [domuz], id: [babi]}}
head: {kind: object, forms: {de: [{form: Leder, compound: head}], nl: [{form: leer, compound: head}]}}
modifier: {kind: object, forms: {de: [{form: Schwein, compound: modifier}], sv: [{form: gris, compound: modifier}]}}
either: {kind: object, forms: {de: [{form: Wein, compound: any}], nl: [{form: wijn, compound: any}]}}
alone: {kind: object, forms: {de: [Bier], sv: [vin]}}
rude: {kind: word, forms: {tr: [{form: sik, exact: true}, {form: siktir, exact: true}]}}
catalan: {kind: place, forms: {ca: [llibertat presos polítics, Sant Jordi]}}
"""


@pytest.fixture(scope="module")
def find(tmp_path_factory: pytest.TempPathFactory) -> Find:
    root = tmp_path_factory.mktemp("pack")
    (root / "signifiers").mkdir()
    (root / "signifiers" / "signs.yaml").write_text(SIGNS, "utf-8")
    knowledge = load_knowledge([Path(root)], builtin=False)
    numbers = knowledge.signifier_numbers
    matcher = Matcher(knowledge, numbers.values(), (), "eld")

    def run(text: str, language: str | None = None) -> list[tuple[str, str]]:
        item = text_item(
            text, path="t", item="1", role=Role.TITLE, language=language, attribute=None
        )
        ((found, _),) = matcher.find([item])
        return [
            (knowledge.signifier(one.target), text[one.start : one.end]) for one in found.mentions
        ]

    return run


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("坦克人海报", "zh", [("tank-man", "坦克人")]),
        ("送人礼物", "zh", [("people", "人")]),
        ("一箱梨送人", "zh", [("pear", "梨"), ("people", "人")]),
        ("梨花风格连衣裙", "zh", []),
        ("坐梨一箱", "zh", []),
        ("送鐘給長輩", "zh", [("clock", "送鐘")]),
        ("頭層牛皮女包", "zh", [("leather", "牛皮")]),
        ("牛皮纸袋", "zh", []),
        ("鳥取の梨を贈る", "ja", [("pear", "梨")]),
        ("山梨県産ぶどう", "ja", []),
        ("domuzlarımızdan sosis", "tr", [("pig", "domuzları")]),
        ("Echtes Schweineleder", "de", [("modifier", "Schweine"), ("head", "leder")]),
        ("Schwein am Spieß", "de", [("modifier", "Schwein")]),
        ("Weinglas und Glühwein", "de", [("either", "Wein"), ("either", "wein")]),
        ("Bierglas und Bier", "de", [("alone", "Bier")]),
        ("echt varkensleer, een leerling", "nl", [("head", "leer")]),
        ("wijnglas", "nl", [("either", "wijn")]),
        ("griskött, minigris", "sv", [("modifier", "gris")]),
        ("vinter och vin", "sv", [("alone", "vin")]),
        ("daging babimukah", "id", []),
        # An exact Turkish form keeps its points.
        ("Sıkma portakal suyu makinesi", "tr", []),
        ("sık sorulan sorular", "tr", []),
        ("SIK KULLANILAN", "tr", []),
        ("sik kafalı", "tr", [("rude", "sik")]),
        ("SİK", "tr", [("rude", "SİK")]),
        ("SIKTIR GIT", "tr", [("rude", "SIKTIR")]),
        ("Llibertat presos polítics!", "ca", [("catalan", "Llibertat presos polítics")]),
        ("Roses per Sant Jordi", "ca", [("catalan", "Sant Jordi")]),
        ("daging babikah", "id", [("pig", "babi")]),
    ],
)
def test_words_are_mentions(
    find: Find, text: str, language: str, expected: list[tuple[str, str]]
) -> None:
    assert find(text, language) == expected


def test_spans_are_exact_in_text_that_folding_shortens(find: Find) -> None:
    assert find("送\u200b鐘表，一箱 \u3000梨", "zh") == [("clock", "送\u200b鐘"), ("pear", "梨")]


def test_japanese_text_does_not_open_the_chinese_dictionary(
    find: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    boundaries = sys.modules["culture_lint.language.boundaries"]
    real = boundaries.is_word

    def spy(text: str, start: int, end: int, language: str) -> bool | None:
        asked.append(language)
        return real(text, start, end, language)

    monkeypatch.setattr(boundaries, "is_word", spy)
    find("鳥取の梨を贈る人の坦克人")
    assert set(asked) == {"ja"}
