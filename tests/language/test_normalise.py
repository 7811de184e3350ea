"""Folding keeps the way back: every folded span maps to the characters it came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from culture_lint.language.normalise import fold

SCRIPTS = st.text(
    st.one_of(
        st.characters(max_codepoint=0x24F),
        st.characters(min_codepoint=0x300, max_codepoint=0x36F),
        st.characters(min_codepoint=0x600, max_codepoint=0x6FF),
        st.characters(min_codepoint=0x900, max_codepoint=0x97F),
        st.characters(min_codepoint=0x3040, max_codepoint=0x30FF),
        st.characters(min_codepoint=0xFF66, max_codepoint=0xFF9F),
        st.characters(min_codepoint=0xFF00, max_codepoint=0xFFEF),
        st.characters(min_codepoint=0x1F300, max_codepoint=0x1F6FF),
        st.sampled_from("  \t\n\u200b\u200d\ufe0f½ﬁŉßİ"),
    ),
    max_size=40,
)


@given(SCRIPTS)
def test_every_span_maps_into_the_original_in_order(text: str) -> None:
    folded = fold(text)
    places = [folded.original(i, i + 1) for i in range(len(folded.text))]
    for start, end in places:
        assert 0 <= start < end <= len(text)
    assert places == sorted(places)


@given(SCRIPTS)
def test_original_of_a_span_folds_to_at_least_that_span(text: str) -> None:
    folded = fold(text)
    for start in range(len(folded.text)):
        first, last = folded.original(start, min(start + 3, len(folded.text)))
        assert folded.text[start : start + 3].strip() in fold(text[first:last]).text


@given(SCRIPTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＢＥＥＦ", "beef"),
        ("Be\u00adef", "beef"),
        ("be\u200bef", "beef"),
        ("İstanbul", "istanbul"),
        ("خِنْزِير", "خنزير"),
        ("خنـــزير", "خنزير"),
        ("أحمد", "احمد"),
        ("cafe\u0301", "café"),
        ("don’t", "don't"),
        ("wine   red", "wine red"),
        ("wine\nred", "wine red"),
        ("👍🏽", "👍"),
        ("ﾊﾞｯｸﾞ", "バッグ"),
        ("ﾊﾟﾝ", "パン"),
        ("ハ\u3099ック", "バック"),
    ],
)
def test_spellings_that_are_one_sign_fold_alike(one: str, other: str) -> None:
    assert fold(one).text == fold(other).text


@pytest.mark.parametrize(("one", "other"), [("año", "ano"), ("schön", "schon"), ("は", "ば")])
def test_letters_that_differ_stay_apart(one: str, other: str) -> None:
    assert fold(one).text != fold(other).text
