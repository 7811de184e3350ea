"""Text length in words, by script."""

from __future__ import annotations

import pytest

from culture_lint.scoring.words import words_in


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("", "en", 0),
        (" \n ", None, 0),
        ("A clock, well-made -- don't miss it!", "en", 6),
        ("Café \u2013 crème", "fr", 2),
        ("आज की चाय", "hi", 3),
        ("شاي أخضر", "ar", 2),
        ("선물용 시계 세트", "ko", 3),
        ("漢字 시계", "ko-KR", 2),
        ("一二三四五六七八九十百千万上下中大", "zh-Hans", 10),
        ("ギフトセット", "ja", 6 / 1.7),
        ("送礼 Apple iPhone 钟", "zh", 2 + 3 / 1.7),
        ("送礼,钟。", None, 3 / 1.7),
        ("นาฬิกาของขวัญ", "th", 13 / 4),
        ("ນາລິກາ", "lo", 6 / 4),
        ("នាឡិកា", "km", 6 / 5),
        ("🎁 🕰️ !!!", "en", 0),
    ],
)
def test_words(text: str, language: str | None, expected: float) -> None:
    assert words_in(text, language) == pytest.approx(expected)


def test_a_long_rule_of_dashes_takes_no_time() -> None:
    assert words_in("-" * 1_000_000) == 0
