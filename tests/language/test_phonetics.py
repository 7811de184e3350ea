"""Spelling tables read words as Epitran does, whose rules they are."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from culture_lint.language import phonetics

#: By table, words with what Epitran 1.35 made of them.
RECORDED: dict[str, dict[str, str]] = json.loads(
    (Path(__file__).parents[1] / "data" / "phonemes.json").read_text("utf-8")
)


@pytest.mark.parametrize("table", sorted(RECORDED))
def test_reads_words_as_the_library_does(table: str) -> None:
    read = {
        word: unicodedata.normalize("NFD", phonetics._reader(table)(word))
        for word in RECORDED[table]
    }
    assert read == RECORDED[table]


def test_every_sound_that_a_table_gives_is_known() -> None:
    for table, words in RECORDED.items():
        for word, said in words.items():
            letters = [c for c in said if unicodedata.category(c) == "Ll"]
            sounds = "".join(phonetics._segments(said)).replace("ŋ", "nŋ")
            assert [c for c in letters if c not in sounds] == [], (table, word)


def test_english_words_are_known_beyond_english() -> None:
    assert phonetics.is_english_word("Beach")
    assert not phonetics.is_english_word("Booceta")
    assert not phonetics.is_english_word("be\nach")
