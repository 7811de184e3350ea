"""Scalars of YAML: the text PyYAML reads, and the way back for each character of it."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from culture_lint.sources.places import Runs
from culture_lint.sources.yaml_text import YamlError, scalar_pieces, scalars

from .catalogues import CHARS


def found_in(text: str) -> dict[tuple[str | int, ...], str | None]:
    return {one.path: one.text for one in scalars(text)}


def check(text: str) -> list[str]:
    """Check that each character leads to what it was written as; return the texts."""
    texts = []
    for one in scalars(text):
        if one.text is None:
            continue
        texts.append(one.text)
        if not one.text.strip():
            continue  # nobody reads blanks
        assert sum(length for length, _, _ in one.pieces) == len(one.text)
        runs = Runs(one.pieces)
        for index, char in enumerate(one.text):
            start, end = runs.span(index, index + 1)
            source = text[start:end]
            if source == char or source == "''":
                continue
            if source.startswith("\\") and source[1:2] not in ("\r", "\n"):
                assert yaml.safe_load(f'"{source}"') == char
            else:
                assert char in " \n\x85\u2028\u2029"
                assert not source.strip(" \t\r\n\\\x85\u2028\u2029")
    return texts


LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def loaded(text: str):
    return yaml.load(text, Loader=LOADER)


LONG = """
plain: a cow
  in the field

  of grass   # a comment
single: 'it''s
  a cow

  or two'
double: "caf\\u00e9 \\
    and  \\ cow\\n

    \\x41 \\U0001F404"
literal: |
  one

    two # no comment
  three

folded: >-

  one
  two


  three
    more
   and
  four

  five
keep: >+
  a

indented: |2
   a
  b
last: x"""


def test_every_style_is_undone_as_pyyaml_does():
    assert check(LONG) == list(loaded(LONG).values())
    assert check(LONG.replace("\n", "\r\n")) == list(loaded(LONG).values())


@settings(max_examples=300, deadline=None)
@given(
    st.dictionaries(
        st.text("abc", min_size=1, max_size=2),
        st.lists(CHARS, max_size=20).map("".join),
        max_size=4,
    ),
    st.sampled_from([None, "'", '"', "|", ">"]),
    st.sampled_from([8, 20, 80]),
    st.booleans(),
    st.sampled_from(["\n", "\r\n"]),
)
def test_what_pyyaml_writes_leads_back(tree, style, width, unicode, line_end):
    text = yaml.safe_dump({"x": tree}, default_style=style, width=width, allow_unicode=unicode)
    text = text.replace("\n", line_end)
    read = loaded(text)["x"]
    assert check(text) == [value for value in read.values() if isinstance(value, str)]


LINES = st.lists(st.sampled_from(["a", " b", "  c d", "", " ", "\te", "# f", "'g' "]), max_size=8)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(["|", ">", "|-", ">-", "|+", ">+", "|1", ">2-", "", "'", '"']),
    LINES,
    st.booleans(),
)
def test_any_block_leads_back(head, lines, after):
    close = head if head in "'\"" else ""
    lines = [line.replace(close, "") if close else line for line in lines]
    text = f"x: {head}" + "".join(f"\n  {line}" if line else "\n" for line in lines) + close + "\n"
    text += "y: z" if after else ""
    try:
        expected = loaded(text)
    except yaml.YAMLError:
        with pytest.raises(YamlError):
            list(scalars(text))
        return
    assert check(text) == [value for value in expected.values() if isinstance(value, str)]


def test_what_is_no_text_has_none():
    text = "a: 1\nb: yes\nc: ~\nd:\ne: 'yes'\nf: !x y\ng: 2026-11-21\nh: 12:30\ni: !!str 1\nj: No one\n"
    none = dict.fromkeys("abcdfgh")
    assert {path[0]: value for path, value in found_in(text).items()} == none | {
        "e": "yes",
        "i": "1",
        "j": "No one",
    }


def test_paths_lead_through_lists_anchors_and_documents():
    text = "a: &x\n  - b\n  - {c: d, e: [f]}\ng: *x\n<<: *x\n? [k, {l: m}]\n: n\n---\na: o\n"
    assert [(one.path, one.text) for one in scalars(text)] == [
        (("a", 0), "b"),
        (("a", 1, "c"), "d"),
        (("a", 1, "e", 0), "f"),
        (("?",), "n"),
        (("a",), "o"),
    ]


def test_aliases_cost_nothing():
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + step)}: &{chr(98 + step)} [{', '.join([f'*{chr(97 + step)}'] * 9)}]\n"
        for step in range(20)
    )
    assert len(list(scalars(bomb))) == 2


@pytest.mark.parametrize(
    ("text", "message", "offset"),
    [
        ("a: b\nc: [d\n", "not YAML: ", 11),
        ("a: b\n'a': c", "the key “a” stands twice", 5),
        ("a: 'b", "not YAML: ", 5),
        ("a: b: c", "not YAML: ", 4),
        ("[" * 99, "nested too deeply", 64),
        ("[{? " * 99, "nested too deeply", 128),
        ("a: \x00", "does not allow", 3),
    ],
)
def test_broken_texts_are_told(text, message, offset):
    with pytest.raises(YamlError, match=message) as raised:
        list(scalars(text))
    assert raised.value.offset == offset


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "a",
                ": ",
                "- ",
                "\n",
                "  ",
                "? ",
                "&x ",
                "*x",
                "[",
                "]",
                "{",
                "}",
                ",",
                "'",
                '"',
                "|",
                ">",
                "#",
                "!!str ",
                "---\n",
            ]
        ),
        max_size=24,
    ).map("".join)
)
def test_any_text_is_read_as_pyyaml_does_or_refused(text):
    try:
        found = check(text)
    except YamlError:
        return
    nodes = [
        event.value
        for event in yaml.parse(text, Loader=LOADER)
        if isinstance(event, yaml.ScalarEvent)
    ]
    assert all(one in nodes for one in found)


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
