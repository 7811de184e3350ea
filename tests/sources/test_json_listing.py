"""A JSON list of products is the listing that its JSON lines would be."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .catalogues import CHARS
from .helpers import at, brief, read, spans

PRODUCTS = [
    {
        "sku": "A1",
        "title": 'Café "mug"',
        "description": "<p>One &amp;\n two</p>",
        "price": 3.5,
        "brand": "Moo",
    },
    {
        "sku": "A2",
        "title": "牛 plate",
        "description": "",
        "tags": ["red", "blue"],
        "target_countries": ["US", "de"],
    },
]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("wrapped", [False, True])
def test_products_are_read_as_from_json_lines(indent, wrapped):
    tree = {"total": 2, "products": PRODUCTS} if wrapped else PRODUCTS
    text = json.dumps(tree, indent=indent)
    items, notices = read(text, "data/products.json")
    lines, _ = read("\n".join(json.dumps(one) for one in PRODUCTS), "a.jsonl")
    assert [one.item for one in items] == [one.item for one in lines] == ["A1", "A2"]
    assert [brief(one.segments) for one in items] == [brief(one.segments) for one in lines]
    assert [one.markets for one in items] == [one.markets for one in lines]
    assert "title=title" in notices[0].message
    title = items[0].segments[0]
    assert at(text, title, 3, 5) == "\\u00e9 "
    assert [one.line for one in items] == (
        [1, 1] if indent is None else [one.line for one in items]
    )


def test_the_columns_of_the_command_line_count():
    text = '[{"x": "A red cow", "y": "k"}, {"x": "A bull", "y": "l"}]'
    assert read(text, "a.json")[0] == []
    items, _ = read(text, "a.json", columns=(("title", "x"), ("id", "y")))
    assert [(one.item, one.segments[0].text) for one in items] == [
        ("k", "A red cow"),
        ("l", "A bull"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        '[{"id": 1, "lat": "52", "lon": "13"}]',
        '["cow", "bull"]',
        '{"features": [{"type": "Feature", "properties": {"title": "A cow", "sku": "x"}}], "type": "FeatureCollection"}',
        '[{"name": "run", "description": "Runs all of the tests"}]',
    ],
)
def test_other_lists_are_left_out(text):
    items, notices = read(text, "a.json")
    assert items == []
    assert notices[0].kind == "not-read"


TEXTS = st.lists(CHARS, max_size=12).map("".join)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4),
    st.booleans(),
    st.sampled_from([None, 1]),
)
def test_every_span_leads_back(products, ascii_only, indent):
    tree = [
        {"sku": "a", "title": title, "description": text, "price": 1} for title, text in products
    ]
    text = json.dumps(tree, ensure_ascii=ascii_only, indent=indent)
    items, _ = read(text, "a.json")
    assert len(items) == len(products)
    for item in items:
        for segment in item.segments:
            for start, end in spans(len(segment.text)):
                assert segment.places.source(start, end) == at(text, segment, start, end)
