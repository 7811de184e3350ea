"""JSON catalogues: what is one, how its messages are named, and what is not read."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from culture_lint.errors import SourceError
from culture_lint.sources.message_trees import SYNTAXES, is_message

from .catalogues import CHARS, MESSAGES, brief, leads_back, read_of
from .helpers import at, read, texts


def test_keys_are_joined_and_placeholders_are_no_prose():
    text = """{
  "cart": {
    "title": "Your cow \\u0026 calf",
    "item_one": "{{count}} item",
    "item_other": "{{count}} items, $t(cart.more)",
    "steps": ["Pay <b>now</b>", "Wait"]
  },
  "icon": "assets/cow.png", "rows": 4, "on": true, "empty": ""
}
"""
    items, notices = read(text, "locales/en.json")
    assert brief(items) == [
        ("cart.title", ["Your cow & calf"]),
        ("cart.item_one", ["_ item"]),
        ("cart.item_other", ["_ items, _"]),
        ("cart.steps.0", ["Pay now"]),
        ("cart.steps.1", ["Wait"]),
    ]
    assert [item.segments[0].field for item in items[-2:]] == ["steps", "steps"]
    assert [item.line for item in items] == [3, 4, 5, 6, 6]
    assert {(item.language, item.markets) for item in items} == {(None, None)}
    assert notices == []
    title = items[0].segments[0]
    assert at(text, title, 5, 10) == "cow \\u0026"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '{"en": {"a": "A cow"}, "pt_BR": {"a": "Uma vaca"}}',
            [("en.a", "en"), ("pt_BR.a", "pt-BR")],
        ),
        ('{"de": {"a": "Eine Kuh"}}', [("a", "de")]),
        ('{"@@locale": "ja", "a": "牛"}', [("a", "ja")]),
        ('{"locale": "fr-CA", "translations": {"1": "Une vache"}}', [("translations.1", "fr-CA")]),
        ('{"id": "Nomor", "name": "Nama sapi"}', [("id", None), ("name", None)]),
    ],
)
def test_the_language_is_what_the_file_declares(text, expected):
    assert [(item.item, item.language) for item in read(text, "locales/x.json")[0]] == expected


def test_one_object_a_message_is_read_by_its_text():
    chrome = """{"a": {"message": "Hi $NAME$, a cow", "description": "not read",
      "placeholders": {"name": {"content": "$1", "example": "not read"}}}, "b": {"message": "Moo"}}"""
    assert brief(read(chrome, "_locales/en/messages.json")[0]) == [
        ("a", ["Hi _, a cow"]),
        ("b", ["Moo"]),
    ]
    formatjs = (
        '{"x": {"defaultMessage": "{n, plural, one {# cow} other {# cows}}", "description": "no"}}'
    )
    assert brief(read(formatjs, "lang/en.json")[0]) == [("x", ["_ cow", "_ cows"])]
    errors = '{"e": {"message": "Oh no", "title": "Failed"}}'
    assert [item.item for item in read(errors, "lang/en.json")[0]] == ["e.message", "e.title"]


PROSE = '"a": "A cow in the field", "b": "Fresh milk every day", "c": "Buy our cheese now"'


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("data/copy.json", f"{{{PROSE}}}"),
        ("de.json", '{"a": "Eine Kuh", "b": "warenkorb"}'),
        ("locales/de/common.json", '{"a": "warenkorb", "b": "kasse", "c": "Kuh"}'),
        ("translation.json", '{"a": "warenkorb", "b": "Kuh"}'),
        (
            "de.json",
            '{"dependencies": {"a": "Zutaten"}, "readings": {"b": "Was wir gerade lesen"}}',
        ),
        ("content.json", f'{{"steps": {{{PROSE}}}, "platform": "Our shop in the cloud"}}'),
        ("src/messages_fr.json", '{"a": "Panier"}'),
    ],
)
def test_catalogues_are_told_by_name_and_prose(name, text):
    items, notices = read(text, name)
    assert items
    assert not notices


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        (
            "package.json",
            f'{{"name": "x", {PROSE}, "dependencies": {{}}, "devDependencies": {{"x": "1"}}}}',
            "package",
        ),
        ("map.json", f'{{"type": "FeatureCollection", "features": [{{{PROSE}}}]}}', "geographic"),
        ("tsconfig.json", '{/* c */ "compilerOptions": {"strict": true} // d\n}', "compiler"),
        (
            "config.json",
            '{"host": "localhost", "port": 80, "debug": true, "name": "My App"}',
            "little",
        ),
        ("list.json", f"[{{{PROSE}}}]", "a list"),
        ("openapi.json", f'{{"openapi": "3.1.0", "info": {{{PROSE}}}}}', "API"),
        ("a.json", "{}", "little"),
    ],
)
def test_other_files_are_left_out_and_told(name, text, reason):
    items, notices = read(text, name)
    assert items == []
    assert reason in notices[0].message


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("", "is empty", None),
        ('{"a": "A cow"', "is the file cut off here", 1),
        ('{"a": "A cow', "the string that starts here is not closed", 1),
        ('{"a": "A cow",\n "b" "c"}', "not JSON: expecting ':'", 2),
        ('{"a": "x",\n "b": {"a": 1},\n "a": "y"}', 'the key "a" stands twice', 3),
        ('{"b": {"a": "x", "a": "x",\n "\\u0061": "y"}}', 'the key "a" stands twice', 1),
        ("[" * 100_000, "nested too deeply", 1),
        ('{"a":' * 99 + '"b"' + "}" * 99, "nested too deeply", 1),
    ],
)
def test_broken_files_are_told(text, message, line):
    with pytest.raises(SourceError, match=message) as raised:
        read(text, "en.json")
    assert raised.value.location
    assert raised.value.location.line == line


SETTINGS = '{"a": "x", "b": 1, "c": true, "d": "./y", "e": [1, 2]'


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("settings.json", SETTINGS + ', "f": }', "little"),
        ("settings.json", SETTINGS + ', "a": 2}', "little"),
        ("tsconfig.json", '{"compilerOptions": {"strict": true,}, // c\n}', "compiler"),
        ("empty.json", " ", "empty"),
    ],
)
def test_broken_configuration_is_no_error(name, text, reason):
    items, notices = read(text, name)
    assert items == []
    assert [one.kind for one in notices] == ["not-read"]
    assert reason in notices[0].message


def test_comments_and_trailing_commas_are_passed_over():
    text = '{"a": "A cow, //]", /* x, } */ "b": ["B, ]",], // y\n}'
    assert brief(read(text, "en.json")[0]) == [("a", ["A cow, //]"]), ("b.0", ["B, ]"])]


def test_large_data_is_left_out_at_once():
    text = "[" + ",".join(["[13.4, 52.5]"] * 400_000) + "]"
    start = time.process_time()
    assert read(text, "map.json")[1][0].kind == "not-read"
    assert time.process_time() - start < 4


def test_a_key_that_says_the_same_twice_is_read_once():
    text = '{"a": "A cow", "a": "A cow"}'
    assert brief(read(text, "en.json")[0]) == [("a", ["A cow"])]


def test_a_line_without_end_is_refused_at_once():
    start = time.process_time()
    with pytest.raises(SourceError, match="longer than 16,777,216 characters"):
        read(b'{"a": "' + b"cow " * 12_500_000 + b'"}', "en.json")
    assert time.process_time() - start < 5


TREES = st.dictionaries(
    st.text('abc.é"\\', min_size=1, max_size=3),
    st.recursive(
        MESSAGES,
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.text("xyz", min_size=1), inner, max_size=3)
        ),
    ),
    max_size=4,
)


def leaves_of(value):
    """Return the strings of a parsed file in order."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value
    return [leaf for one in inner for leaf in leaves_of(one)]


@settings(max_examples=150, deadline=None)
@given(TREES, st.booleans(), st.sampled_from([None, 1, "\t"]), st.sampled_from(["\n", "\r\n"]))
def test_every_span_leads_back_and_no_message_is_lost(tree, ascii_only, indent, line_end):
    tree = {"title": ["A cow"] * 9, "x": tree}
    text = json.dumps(tree, ensure_ascii=ascii_only, indent=indent).replace("\n", line_end)
    items, _ = read(text, "locales/x/messages.json")
    leads_back(text, items, lambda source: json.loads(f'"{source}"', strict=False))
    messages = [leaf for leaf in leaves_of(json.loads(text)) if is_message(leaf)]
    expected = [found for leaf in messages if (found := read_of(leaf, *SYNTAXES))]
    assert [texts(item) for item in items] == expected or "plural" in text


@settings(max_examples=150, deadline=None)
@given(
    st.lists(CHARS | st.sampled_from([*'{}[]:,"', '"a":', "//", "/*", "*/"]), max_size=20).map(
        "".join
    )
)
def test_any_text_is_read_or_refused(text):
    for whole in (text, f'{{"a": "A cow", {text}}}'):
        try:
            items, _ = read(whole, "en.json")
        except SourceError:
            continue
        leads_back(whole, items, lambda source: json.loads(f'"{source}"', strict=False))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SALE", True),
        ("#BlackFriday", True),
        ("cow/calf", True),
        ("🐄", True),
        ("구/군/시", True),
        ("a/b/c.png", False),
        ("my_key", False),
        ("example.com", False),
        ("#ffAA00", False),
        ("42 %", False),
    ],
)
def test_values_that_nobody_reads(text, expected):
    assert is_message(text) is expected
