"""Escapes are undone, and every character leads back to where it was written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from culture_lint.sources.escapes import unescaped, unit
from culture_lint.sources.places import Runs

_ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})(?:\\u(d[c-f][0-9a-f]{2}))?|(.))", re.DOTALL)


def undo(found: re.Match[str]) -> tuple[str, int]:
    """Undo an escape; ``\\-`` says nothing."""
    if found[3] is not None:
        return found[3].replace("-", ""), found.end()
    return unit(found, 1, 2)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("plain", "plain"),
        (r"a\"b", 'a"b'),
        (r"\u0041\u0062", "Ab"),
        (r"\ud83d\udc04!", "🐄!"),
        (r"\ud83dx", "\ufffdx"),
        (r"\udc04", "\ufffd"),
        (r"one\-two", "onetwo"),
        ("", ""),
    ],
)
def test_escapes_are_undone(written: str, said: str) -> None:
    assert unescaped(written, 0, len(written), _ESCAPE, undo)[0] == said


@given(
    st.lists(
        st.sampled_from(["a", "肉", r"\"", r"\u0041", r"\ud83d\udc04", r"\-", " "]), max_size=9
    ),
    st.integers(0, 3),
)
def test_every_character_leads_back(pieces: list[str], before: int) -> None:
    """What a span of the text was made from says that span again."""
    written = "x" * before + "".join(pieces) + "yy"
    text, found = unescaped(written, before, len(written) - 2, _ESCAPE, undo)
    runs = Runs(found)
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            first, last = runs.span(start, end)
            assert before <= first < last <= len(written) - 2
            assert unescaped(written, first, last, _ESCAPE, undo)[0] == text[start:end]
