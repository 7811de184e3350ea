"""Application Resource Bundles: messages, not what is said about them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from culture_lint.errors import SourceError

from .catalogues import MESSAGES, brief, leads_back, read_of
from .helpers import read, texts

BUNDLE = """{
  "@@locale": "pt_BR",
  "cows": "{n, plural, =0 {sem vacas} =1 {uma vaca} other {{n} vacas}}",
  "@cows": {"description": "not read", "placeholders": {"n": {}}},
  "hello": "Olá {name}, veja d'\\"{place}\\"",
  "four": "4"
}
"""


def test_messages_are_items():
    items, notices = read(BUNDLE, "app_pt_BR.arb")
    assert brief(items) == [
        ("cows", ["sem vacas", "uma vaca", "_ vacas"]),
        ("hello", ['Olá _, veja d\'"_"']),
        ("four", ["4"]),
    ]
    assert {item.language for item in items} == {"pt-BR"}
    assert [item.line for item in items] == [3, 5, 6]
    assert not notices


@pytest.mark.parametrize("text", ['{"a": "b"', '{"a": "b", "a": "c"}', "", "a: b"])
def test_broken_files_are_told(text):
    with pytest.raises(SourceError):
        read(text, "a.arb")


@settings(max_examples=100, deadline=None)
@given(st.lists(MESSAGES, max_size=5), st.booleans())
def test_every_span_leads_back(messages, ascii_only):
    bundle = {f"m{number}": text for number, text in enumerate(messages)}
    text = json.dumps(bundle, ensure_ascii=ascii_only, indent=2)
    items, _ = read(text, "a.arb")
    leads_back(text, items, lambda source: json.loads(f'"{source}"'))
    expected = [found for one in messages if (found := read_of(one, "braces", "html", "url"))]
    assert [texts(item) for item in items] == expected


def test_a_description_may_suppress_for_its_message():
    text = (
        '{"a": "holy cow", "@a": {"description": "culture-lint: ignore[AA/cow] -- a \\"band\\""},\n'
        ' "b": "holy cow", "@b": {"description": "about a cow"}}'
    )
    items, _ = read(text, "a.arb")
    assert [[one.text for one in item.directives] for item in items] == [
        ['ignore[AA/cow] -- a "band"'], []
    ]  # fmt: skip
    (one,) = items[0].directives
    assert one.place.line == 1
    assert text[one.place.column - 1 :].startswith("culture-lint:")
