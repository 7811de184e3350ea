"""The scanned shadow of text misses nothing that stands alone."""

from __future__ import annotations

import re

import pytest
from daachorse import DoubleArrayAhoCorasick
from hypothesis import example, given, settings
from hypothesis import strategies as st

from culture_lint.language.boundaries import stands_alone
from culture_lint.language.edges import cut, patterns, shadow, uncut
from culture_lint.language.normalise import fold
from culture_lint.matching.scan import ALONE, scan

FORMS = [
    ("cow", "en"), ("t-shirt", "en"), ("#1", "en"), ("100%", "en"), ("mother's day", "en"), ("4", "*"),
    ("kg", "en"), ("tv", "ko"), ("술", "ko"), ("domuz", "tr"), ("gelatin", "id"), ("خمر", "ar"), ("יין", "he"),
    ("सूअर", "hi"), ("牛", "zh"), ("t恤", "zh"), ("4个", "zh"), ("ワイン", "ja"), ("หมู", "th"), ("🐄", "*"), ("вино", "ru"), ("nứng", "vi"), ("ngu", "vi"),
]  # fmt: skip
PIECES = [
    *(form for form, _ in FORMS), "Cow", "lockOne", "5", "5.", "1,", ".5", "ال", "ה", "של", "를", "'un", "nya", "ber", "des", "肉", "x", "é",
    " ", "-", "/", "_", ".", "★", "™", "—", "\N{NO-BREAK SPACE}", "!", "“", "ク", "s", "'", "हे", "ё", "Ж", "\n", "ا", "ả", "ồn",
]  # fmt: skip

_SHAPED = [
    (form, language, one)
    for form, language in FORMS
    for one in patterns(fold(form).text, language, "")
]
_AUTOMATON = DoubleArrayAhoCorasick(sorted({one.shadow.encode() for _, _, one in _SHAPED}))
_TEXTS = sorted({one.shadow.encode() for _, _, one in _SHAPED})


def found(texts: list[str]) -> set[tuple[int, int, int, str, str]]:
    """Everything that the scan finds: segment, start, end, form, language."""
    folded = [fold(text) for text in texts]
    sources = [
        text if one.offsets is None else None for text, one in zip(texts, folded, strict=True)
    ]
    hits = set()
    for segment, start, end, pattern, edges in scan(
        _AUTOMATON, shadow([one.text for one in folded], sources), folded
    ):
        for form, language, shape in _SHAPED:
            if shape.shadow.encode() != _TEXTS[pattern]:
                continue
            first = start - shape.lead
            last = first + len(fold(form).text) if shape.exact else end
            hits.add((segment, first, last, form, language))
            if edges == ALONE and not shape.exact:
                assert stands_alone(folded[segment].text, start, end, language, sources[segment])
    return hits


@settings(max_examples=400, deadline=None)
@example(["ảCow"])
@example(["ωCow"])
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=8).map("".join), max_size=4))
def test_whatever_stands_alone_is_found(texts: list[str]) -> None:
    hits = found(texts)
    for number, text in enumerate(texts):
        folded = fold(text)
        original = text if folded.offsets is None else None
        for form, language in FORMS:
            spelled = fold(form).text
            for match in re.finditer(f"(?={re.escape(spelled)})", folded.text):
                start, end = match.start(), match.start() + len(spelled)
                if stands_alone(folded.text, start, end, language, original):
                    assert (number, start, end, form, language) in hits, (text, form)


@pytest.mark.parametrize(
    ("form", "language", "compound", "expected"),
    [
        ("cow", "en", "", [" cow "]),
        ("t-shirt", "en", "", [" t shirt "]),
        ("100%", "en", "", [" 100 "]),
        ("wein", "de", "any", ["wein"]),
        ("wein", "de", "modifier", [" wein"]),
        ("gelatin", "id", "", [" gelatin", " bergelatin"]),
        ("domuz", "tr", "", [" domuz"]),
        ("ev", "tr", "", [" ev "]),
        ("خمر", "ar", "", ["خمر"]),
        ("tv", "ko", "", [" tv "]),
        ("술", "ko", "", [" 술"]),
        ("t恤", "zh", "", [" t 恤"]),
        ("🐄", "*", "", ["🐄"]),
        ("--", "*", "", []),
    ],
)
def test_a_form_carries_a_blank_where_nothing_may_be_attached(
    form: str, language: str, compound: str, expected: list[str]
) -> None:
    assert [one.shadow for one in patterns(form, language, compound)] == expected


def test_words_inside_others_cost_nothing() -> None:
    assert found(["scowl cowl acow"]) == set()
    assert found(["a cow."]) == {(0, 2, 5, "cow", "en")}


def test_sentences_that_run_together_are_parted_but_nothing_is_joined() -> None:
    automaton = DoubleArrayAhoCorasick([b" lock one ", b" one ", b" lockone "])
    text = "lockOne"
    hits = scan(automaton, shadow([text.lower()], [text]), [fold(text)])
    assert [hit[:4] for hit in hits] == [(0, 0, 7, 2), (0, 4, 7, 1)]


@given(st.text("a5ж肉★ ", max_size=12))
def test_a_place_in_the_cut_text_leads_back(text: str) -> None:
    places = [index for index, _ in enumerate(cut(text))]
    blanks = []
    rest = 0
    for index, char in enumerate(cut(text)):
        if rest < len(text) and char == text[rest]:
            rest += 1
        else:
            blanks.append(index)
    assert rest == len(text)
    assert [text[uncut(one, blanks)] for one in places if one not in blanks] == list(text)
