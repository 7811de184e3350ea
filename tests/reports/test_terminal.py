"""Widths, breaks and control characters at a terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from culture_lint.reports.terminal import cut, left, right, safe, width, wrapped


@pytest.mark.parametrize(
    ("text", "cells"),
    [("", 0), ("abc", 3), ("猪肉", 4), ("ＡＢ", 4), ("ｶﾅ", 2), ("e\u0301", 1), ("한글", 4), ("قهوة", 4),
     ("กำ", 2), ("🐄", 2), ("a\u200bb", 2)],
)  # fmt: skip
def test_width_counts_cells(text: str, cells: int) -> None:
    assert width(text) == cells


def test_fill_is_by_cells() -> None:
    assert left("猪", 4) == "猪  "
    assert right("猪", 4) == "  猪"
    assert left("long", 2) == "long"


@pytest.mark.parametrize(
    ("text", "cells", "expected"),
    [
        ("short", 10, "short"),
        ("one two three four", 12, "one two…"),
        ("a  b\nc", 10, "a b c"),
        ("猪肉味零食礼盒", 7, "猪肉味…"),
        ("unbreakableword", 8, "unbreak…"),
    ],
)
def test_cut_ends_with_an_ellipsis(text: str, cells: int, expected: str) -> None:
    assert cut(text, cells) == expected


@given(st.text(), st.integers(1, 40))
def test_cut_never_takes_more_cells(text: str, cells: int) -> None:
    assert width(cut(text, cells)) <= cells


def test_lines_break_at_blanks() -> None:
    assert list(wrapped("one two three four", 9)) == ["one two", "three", "four"]
    assert list(wrapped("a verylongwordindeed b", 6)) == ["a", "verylongwordindeed", "b"]
    assert list(wrapped("", 6)) == []


def test_wide_text_breaks_between_characters_but_not_before_a_full_stop() -> None:
    assert list(wrapped("用猪肉制成，送礼挂钟。", 12)) == ["用猪肉制成，", "送礼挂钟。"]
    assert list(wrapped("用»猪肉«制成", 6)) == ["用»猪", "肉«制", "成"]


@given(st.text(st.sampled_from("ab 猪肉，。»«é🐄")), st.integers(4, 30))
def test_wrapping_loses_nothing(text: str, cells: int) -> None:
    joined = "".join("".join(wrapped(text, cells)).split())
    assert joined == "".join(text.split())


@given(st.text(st.sampled_from("猪肉 ab")), st.integers(4, 30))
def test_only_a_long_word_is_longer_than_the_line(text: str, cells: int) -> None:
    for line in wrapped(text, cells):
        assert width(line) <= cells or " " not in line


@given(st.text())
def test_no_control_character_is_left(text: str) -> None:
    out = safe(text)
    assert len(out) == len(text)
    assert not [char for char in out if unicodedata.category(char) == "Cc"]


def test_text_of_every_script_is_left_alone() -> None:
    text = "Holy cow 猪肉 قهوة \u200fעברית\u200e हिन्दी 👨‍👩‍👧"
    assert safe(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [("::error::x", "�:error::x"), ("a ::stop-commands::x", "a �:stop-commands::x"),
     ("x##[add-mask]y", "x�#[add-mask]y"), ("##vso[task.complete]", "�#vso[task.complete]"),
     ("std::vector, 10:30, a: b, #1 ## [x]", "std::vector, 10:30, a: b, #1 ## [x]")],
)  # fmt: skip
def test_build_systems_are_given_no_commands(text: str, shown: str) -> None:
    assert safe(text) == shown
