"""XML text is decoded as another parser decodes it, and every character is found again."""

from __future__ import annotations

import pickle
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from culture_lint.sources.xml_text import Element as Tag
from culture_lint.sources.xml_text import (
    XmlRecord,
    attribute_spans,
    collapsed,
    content_pieces,
    runs,
    tag_attribute,
    value_pieces,
)

from .xml_strategies import PIECES, TEXT, meant, spans


@settings(max_examples=300, deadline=None)
@given(TEXT)
def test_content_reads_as_another_parser_reads_it(raw):
    record = XmlRecord(raw, 1)
    assert record.text((0, len(raw))) == meant(raw)


@settings(max_examples=200, deadline=None)
@given(TEXT)
def test_each_character_stands_for_its_source(raw):
    record = pickle.loads(pickle.dumps(XmlRecord(raw, 3, 7)))
    text = record.text((0, len(raw)))
    cell = record.cell((0, len(raw)))
    for index, char in enumerate(text):
        start, end = cell.span(index, index + 1)
        source = raw[start:end]
        assert source == char or meant(source) == char
    for start, end in spans(len(text)):
        first, last = cell.span(start, end)
        assert first <= last


@settings(max_examples=200, deadline=None)
@given(TEXT.filter(lambda text: "<" not in text and '"' not in text))
def test_values_read_as_another_parser_reads_them(raw):
    element = ElementTree.fromstring(f'<a b="{raw}"/>')
    record = XmlRecord(raw, 1)
    # A character reference to a line end is that, and a line end is a blank.
    assert record.text((0, len(raw), 1)) == element.attrib["b"]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("a <b>c</b> d", "a c d"),
        ("one<br/>two<p>three</p>", "one\ntwo\nthree\n"),
        ("a <x id='1'/> b", "a _ b"),
        ("a <ph>code <ph>in</ph> code</ph> b", "a _ b"),
        ("a <gone>x</gone>b", "a b"),
        ("a <ph> & broken", "a _"),
        ("&nbsp;&unknown;&#xD800;&#99999999;&#zz;", "\xa0_\ufffd__"),
    ],
)
def test_elements_are_read_hidden_or_replaced(raw, text):
    record = XmlRecord(raw, 1)
    stands = {"x": "\ufffc", "ph": "\ufffc", "gone": ""}
    pieces = content_pieces(record, 0, len(raw), lambda name, _: stands.get(name))
    assert "".join(piece[0] for piece in pieces).replace("\ufffc", "_") == text


def test_an_entity_as_long_as_its_reference_is_still_one():
    record = XmlRecord("x &shop; y", 1, 0, (("shop", "Acme &"),))
    assert record.text((0, 10)) == "x Acme & y"
    cell = record.cell((0, 10))
    assert {cell.span(at, at + 1) for at in range(2, 8)} == {(2, 8)}
    assert cell.span(8, 10) == (8, 10)


def test_blanks_collapse():
    record = XmlRecord("  one\r\n\t two&#10; <i>three</i> &#32;\r\n\r\n four", 1)
    pieces = collapsed(record.raw, record.pieces(0, len(record.raw)))
    assert "".join(piece[0] for piece in pieces) == " one two\nthree\nfour"
    made = runs(pieces)
    assert [record.raw[slice(*made.span(at, at + 1))] for at in (4, 8)] == ["\r\n\t ", "&#10; "]


def test_attributes_are_found_where_they_stand():
    raw = """<a one="1 &gt; 0" g:two = 'x "y"'\n three="">text</a>"""
    element = Tag("a", 0, len(raw), (2, raw.index(">text")), (0, 0))
    record = XmlRecord(raw, 1)
    found = attribute_spans(record, element)
    assert {name: raw[slice(*span)] for name, span in found.items()} == {
        "one": "1 &gt; 0",
        "g:two": 'x "y"',
        "three": "",
    }
    assert "".join(piece[0] for piece in value_pieces(record, *found["one"])) == "1 > 0"
    assert tag_attribute(raw, "three") == ""
    assert tag_attribute(raw, "two") is None


@settings(max_examples=50, deadline=None)
@given(PIECES, PIECES)
def test_places_count_from_the_column_of_the_record(first, second):
    raw = f"<i>{first}{second}</i>"
    record = XmlRecord(raw, 4, 10)
    assert record.place(0, 3).column == 11
    assert record.place(0, 3).end_column == 14
    broken = any(sign in raw for sign in "\r\n")
    assert (record.place(len(raw), len(raw)).column == len(raw) + 11) is not broken
