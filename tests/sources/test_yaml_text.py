"""The characters of a YAML scalar are found where they stand."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from culture_lint.sources.places import Runs
from culture_lint.sources.yaml_text import scalar_pieces

TEXTS = st.text(
    st.sampled_from([*"ab Z:#'\"\\|>-,[]{}&*!%@`\n\t é漢😀\xa0\u3000\x85\u2028\x07"]), max_size=40
)


def value_of(raw: str) -> yaml.ScalarNode:
    node = yaml.compose(raw, Loader=yaml.SafeLoader)
    found = node.value[-1][1]
    assert isinstance(found, yaml.ScalarNode)
    return found


@pytest.mark.parametrize(
    ("raw", "word", "source"),
    [
        ("k: red tea", "red", "red"),
        ("k: red\n  black\n\n  tea # no\n", "black\ntea", "black\n\n  tea"),
        ("k: 'it''s\n  red'", "it's red", "it''s\n  red"),
        ('k: "a\\u00e9\\"b \\\n   c"', 'é"b c', '\\u00e9\\"b \\\n   c'),
        ("k: |\n  one\n    two\n  three\n", "two\nthree", "two\n  three"),
        ("k: |2-\n   one\n  two", "two", "two"),
        ("k: > # note\n  one\n  two\n\n  three\n", "one two", "one\n  two"),
        ("k: >\r\n  one\r\n  two\r\n", "two", "two"),
        ('k: "😀 \\ud83d tea"', "tea", "tea"),
    ],
)
def test_words_are_found_in_every_style(raw, word, source):
    node = value_of(raw)
    pieces = scalar_pieces(raw, node)
    start = node.value.index(word)
    first, last = Runs(pieces).span(start, start + len(word))
    assert raw[first:last] == source


@settings(max_examples=300, deadline=None)
@given(
    TEXTS,
    st.sampled_from([None, "'", '"', "|", ">"]),
    st.booleans(),
    st.sampled_from([10, 25, 1000]),
)
def test_every_character_leads_to_its_source(text, style, allow_unicode, width):
    raw = yaml.dump(
        {"before": "x y", "key": text}, default_style=style, allow_unicode=allow_unicode,
        width=width, sort_keys=False,
    )  # fmt: skip
    node = value_of(raw)
    pieces = scalar_pieces(raw, node)
    assert sum(length for length, _, _ in pieces) == len(node.value)
    runs = Runs(pieces)
    for at, char in enumerate(node.value):
        first, last = runs.span(at, at + 1)
        source = raw[first:last]
        if char not in " \t\n\x85\u2028":
            assert source in (char, "''") or (source[0] == "\\" and node.style == '"')
