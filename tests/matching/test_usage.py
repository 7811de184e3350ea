"""How a sign is meant, from the words around it."""

from __future__ import annotations

import pytest

from culture_lint.knowledge.scales import Usage
from culture_lint.matching.mentions import Mention
from culture_lint.matching.tongue import Tongue
from culture_lint.matching.usage import UsageReader
from culture_lint.rulecheck import text_item


def has(text: str, sign: str, language: str, usage: Usage) -> bool:
    item = text_item(text, language=language)
    start = text.index(sign)
    mention = Mention(0, start, start + len(sign), 0, language)
    return UsageReader(item, Tongue(item, "eld")).has(mention, usage)


@pytest.mark.parametrize(
    ("text", "sign", "language", "expected"),
    [
        ("Softer than leather, and lighter.", "leather", "en", True),
        ("Tastes just like bacon.", "bacon", "en", True),
        ("Real leather, as shown.", "leather", "en", False),
        ("Schmeckt wie Bier.", "Bier", "de", True),
        ("Kaltes Bier.", "Bier", "de", False),
        ("Sabe como cerdo asado.", "cerdo", "es", True),
        ("像酒一样香醇", "酒", "zh", True),
        ("酒一瓶", "酒", "zh", False),
        ("ビールのような泡", "ビール", "ja", True),
        ("ビール六本", "ビール", "ja", False),
        ("맥주처럼 시원한", "맥주", "ko", True),
    ],
)
def test_comparison_is_recognised(text: str, sign: str, language: str, expected: bool) -> None:
    assert has(text, sign, language, Usage.COMPARED) is expected


@pytest.mark.parametrize(
    ("text", "sign", "language", "usage", "expected"),
    [
        ("A tin with a bamboo print.", "bamboo", "en", Usage.MOTIF, True),
        ("A bamboo chair.", "bamboo", "en", Usage.MOTIF, False),
        ("Geschenk für Oma: Wanduhr", "Wanduhr", "de", Usage.GIFT, True),
        ("挂钟,送长辈", "挂钟", "zh", Usage.GIFT, True),
        ("挂钟,免费送货", "挂钟", "zh", Usage.GIFT, False),
        ("He said “holy cow” twice.", "holy cow", "en", Usage.QUOTED, True),
        ("Zutaten: Wasser, Gelatine", "Gelatine", "de", Usage.INGREDIENT, True),
    ],
)
def test_usage_is_read_from_the_words_around(
    text: str, sign: str, language: str, usage: Usage, expected: bool
) -> None:
    assert has(text, sign, language, usage) is expected
