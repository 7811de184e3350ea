"""Fluent: messages, terms, attributes and variants; templates of Freemarker go their own way."""

from __future__ import annotations

import re
import time

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor
from hypothesis import given, settings
from hypothesis import strategies as st

from culture_lint.errors import SourceError
from culture_lint.sources.messages import OBJECT, prose

from .catalogues import brief, leads_back
from .helpers import at, read

FTL = """# A comment about a cow
### Another

-brand = Moo { "&" } Co
    .gender = masculine

hello =
    Hello, { $name }, a <strong>cow</strong>
      is { "{" }here{ "}" }
    today
    .title = Your  cow

cows = You have { $n ->
    [one] one cow
   *[other]
        { $n } cows { $g ->
           *[x] in a field
        }
        and more
}.
link = { -brand }
"""


def test_messages_terms_attributes_and_variants():
    items, notices = read(FTL, "en.ftl")
    assert brief(items) == [
        ("-brand", ["Moo & Co"]),
        ("-brand.gender", ["masculine"]),
        ("hello", ["Hello, _, a cow is {here} today"]),
        ("hello.title", ["Your  cow"]),
        ("cows", ["You have _.", "one cow", "_ cows _\nand more", "in a field"]),
    ]
    assert [item.line for item in items] == [4, 5, 7, 11, 13]
    assert [item.segments[0].field for item in items] == [
        "value",
        "gender",
        "value",
        "title",
        "value",
    ]
    assert notices == []
    hello = items[2].segments[0]
    start = hello.text.index("cow")
    assert at(FTL, hello, start, start + 6) == "cow</strong>\n      is"
    place = hello.places.place(start, start + 6)
    assert (place.line, place.column, place.end_line, place.end_column) == (8, 33, 9, 9)


def test_comments_hold_suppressions():
    text = """### culture-lint: ignore[a/file]
# A note
# culture-lint: ignore[a/next] -- fine
one = A cow
    .title = A cow

two = # culture-lint: ignore[a/text]
three = A bull
"""
    items, notices = read(text, "a.ftl")
    assert [(item.item, [one.text for one in item.directives]) for item in items] == [
        ("one", ["ignore[a/file]", "ignore[a/next] -- fine"]),
        ("one.title", ["ignore[a/file]", "ignore[a/next] -- fine"]),
        ("two", ["ignore[a/file]"]),
        ("three", ["ignore[a/file]"]),
    ]
    assert notices == []


def test_the_first_of_two_messages_counts():
    items, notices = read("a = A cow\na = A bull\n", "a.ftl")
    assert brief(items) == [("a", ["A cow"])]
    assert notices[0].line == 2


@pytest.mark.parametrize(
    "text",
    [
        "<#-- c --><html><body><p>A cow ${name}</p></body></html>",
        "<#include 'x'>\n<h1>A cow</h1>",
        "<!DOCTYPE html>\n<html><p>A cow</p></html>",
    ],
)
def test_freemarker_templates_are_read_as_such(text):
    items, _ = read(text, "mail.ftl")
    assert any("A cow" in part.text for item in items for part in item.segments)


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("a = A cow\nb = { $n ->\n", "not valid Fluent: expected", 3),
        ("a = A cow\nb\nc = d\n{ x\n", "1 more entries are not", 2),
        ("a = " + "{" * 20_000, "nested too deeply", None),
        ("a = " + "cow " * 300_000, "longer than 1,048,576", None),
    ],
)
def test_broken_files_are_told(text, message, line):
    with pytest.raises(SourceError, match=message) as raised:
        read(text, "a.ftl")
    assert raised.value.location
    assert raised.value.location.line == line


def test_a_file_without_messages_is_no_error():
    assert [one.message for one in read("# comment\n", "a.ftl")[1]] == ["holds no messages"]


def test_sound_entries_are_given_before_the_error():
    from culture_lint.sources.fluent import read as fluent
    from culture_lint.sources.items import ReadOptions, Source

    given = fluent(Source("a.ftl", b"x\na = A cow\n"), ReadOptions())
    assert getattr(next(given), "item", None) == "a"
    with pytest.raises(SourceError, match="not valid Fluent"):
        next(given)


@pytest.mark.parametrize("piece", ["cow ", "{", "a = {\n"])
def test_a_line_without_end_is_refused_at_once(piece):
    start = time.process_time()
    with pytest.raises(SourceError):
        read(f"a = {piece * (50_000_000 // len(piece))}", "a.ftl")
    assert time.process_time() - start < 6


class Patterns(Visitor):
    """Another way through the tree: every pattern as the texts between its placeables."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def visit_Pattern(self, node: ast.Pattern) -> None:  # noqa: N802
        parts = []
        for element in node.elements:
            if isinstance(element, ast.TextElement):
                parts.append(element.value)
            elif isinstance(element.expression, ast.StringLiteral):
                parts.append(element.expression.parse()["value"])
            else:
                parts.append(OBJECT)
        self.found.append("".join(parts))
        self.generic_visit(node)


LINES = st.lists(
    st.sampled_from(
        ["cow", " a b", "{ $x }", '{ "{" }', "  more", "", "é漢😀", "<b>x</b>", "a.b = c", "end  "]
    )
    | st.sampled_from(
        ["{ $n ->\n [a] A\n   *[b] B cow\n  }", "{ $n ->\n   *[b]\n    B\n      cow\n    }"]
    ),
    max_size=5,
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(LINES, st.booleans()), min_size=1, max_size=4),
    st.sampled_from(["\n", "\r\n"]),
)
def test_every_span_leads_back(messages, line_end):
    text = "first = A cow\n"
    for number, (lines, block) in enumerate(messages):
        text += f"k{number} =" + ("\n    " if block else " ") + "\n    ".join(lines or ["x"]) + "\n"
    text = text.replace("\n", line_end)
    items = []
    try:
        items, _ = read(text, "a.ftl")
    except SourceError:
        return
    leads_back(text, items, lambda source: re.sub(r'^\{ "(.)" \}$', r"\1", source))
    patterns = Patterns()
    patterns.visit(FluentParser().parse(text))
    expected = [one for found in patterns.found for one, _ in prose(found, "html", "url")]
    assert sorted(part.text for item in items for part in item.segments) == sorted(expected)
