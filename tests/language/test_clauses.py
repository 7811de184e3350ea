"""Where a clause ends: at marks, and where sentences run together."""

from __future__ import annotations

import pytest

from culture_lint.language.clauses import clause, phrase


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Oak. Wool socks. Tea", "Wool", " Wool socks"),
        ("Weighs 1.5 kg, dry", "dry", "Weighs 1.5 kg, dry"),
        ("Soothes fungal infectionsHelps in removing odour", "removing", "Helps in removing odour"),
        ("Sleeve for MacBook and iPhone", "Sleeve", "Sleeve for MacBook and iPhone"),
        ("静音机芯。送长辈", "送", "送长辈"),
    ],
)
def test_clause_ends_at_its_marks(text: str, word: str, expected: str) -> None:
    start = text.index(word)
    first, last = clause(text, start, start + len(word))
    assert text[first:last] == expected


def test_phrase_ends_at_commas_too() -> None:
    text = "No sugar, real beef, salt. Tea"
    first, last = phrase(text, text.index("beef"), text.index("beef") + 4)
    assert text[first:last] == " real beef"
