"""JSON lines: keys as columns, broken lines accounted for."""

from __future__ import annotations

import pytest

from culture_lint.errors import SourceError
from culture_lint.sources.items import Item, ReadOptions, Source
from culture_lint.sources.jsonl import read as read_lines

from .helpers import at, brief, read, texts


def test_keys_are_columns_and_lists_are_segments():
    text = (
        '{"id": 7, "title": "Caf\\u00e9 \\ud83d\\ude00", "tags": ["a b", "c"], "price": 3.50,'
        ' "seo": {"description": "<p>One &amp;\\ntwo</p>"}, "images": [{"alt": "x y"}], "n": null}'
    )
    items, notices = read(text, "a.jsonl")
    assert items[0].item == "7"
    assert brief(items[0].segments) == [
        ("title", None, "Café 😀"),
        ("tag", None, "a b"),
        ("tag", None, "c"),
        ("price", None, "3.50"),
        ("description", None, "One & two"),
        ("alt", None, "x y"),
    ]
    title = items[0].segments[0]
    assert at(text, title, 3, 6) == "\\u00e9 \\ud83d\\ude00"
    assert "description=seo.description" in notices[0].message


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"title": }', "is not JSON (expecting value)"),
        ("[1]", "is not a JSON object"),
        ('{"a":' * 9999, "is nested too deeply"),
        ('{"title": "Ho', "is not JSON (unterminated string)"),
    ],
)
def test_a_broken_line_is_an_error_when_all_others_are_read(line, message):
    text = f'{{"title": "Tea"}}\n\n{line}\n{{"title": "Cup"}}\n{line}\n'
    found = read_lines(Source("a.ndjson", text.encode()), ReadOptions())
    items: list[Item] = []
    with pytest.raises(SourceError) as error:
        items.extend(one for one in found if isinstance(one, Item))
    assert [(item.line, texts(item)) for item in items] == [
        (1, ["Tea"]), (3, []), (4, ["Cup"]), (5, []),
    ]  # fmt: skip
    assert error.value.location.line == 3
    assert message in error.value.message
    assert ", and 1 more are none; the other lines are checked" in error.value.message


def test_keys_are_never_taken_for_a_record():
    text = '{"blurb": "This cup is red. It holds tea."}\n{"blurb": "title"}\n'
    items, notices = read(text, "a.jsonl")
    assert texts(items[0]) == ["This cup is red. It holds tea."]
    assert "description=blurb" in notices[0].message


def test_a_lone_surrogate_is_replaced_in_place():
    segment = read('{"title": "a\\ud83db"}', "a.jsonl")[0][0].segments[0]
    assert segment.text == "a\ufffdb"
    assert segment.places.source(1, 2) == "\\ud83d"


def test_languages_and_markets_are_read():
    text = '{"title.de": "Tasse", "target_countries": ["US", "de"], "item_id": "1"}'
    item = read(text, "a.jsonl")[0][0]
    assert item.markets == ("US", "DE")
    assert item.segments[0].language == "de"


def test_the_last_of_two_equal_keys_counts():
    text = '{"title": "one", "title": "two"}'
    segment = read(text, "a.jsonl")[0][0].segments[0]
    assert (segment.text, at(text, segment, 0, 3)) == ("two", "two")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("tea\n", "no JSON object"),
        ('{"a": 1}\n', "no text column found among: a"),
    ],
)
def test_files_without_text_are_refused(text, message):
    with pytest.raises(SourceError, match=message):
        read(text, "a.jsonl")


def test_a_key_holds_suppressions_and_is_never_text():
    text = '{"title": "Tea", "culture_lint_ignore": ["ignore[IN/cow] -- a", "ignore[SA]"]}'
    items, notices = read(text, "a.jsonl")
    assert texts(items[0]) == ["Tea"]
    assert [one.text for one in items[0].directives] == ["ignore[IN/cow] -- a", "ignore[SA]"]
    place = items[0].directives[1].place
    assert text[place.column - 1 : place.end_column - 1] == "ignore[SA]"
    assert "suppressions=culture_lint_ignore" in notices[0].message
