"""What catalogue readers share: names of messages, places of a slice, the encoding asked for."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from culture_lint.errors import SourceError
from culture_lint.sources.catalogue import Catalogue, Message, Stretch, message_name, whole_text
from culture_lint.sources.items import Source
from culture_lint.spans import Place

from .helpers import read


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("menu", "A\n  cow"), "menu|A cow"),
        (("", "A cow"), "A cow"),
        (("x" * 80,), "x" * 80),
    ],
)
def test_names_stand_on_one_line(parts, name):
    assert message_name(*parts) == name


@given(st.text(min_size=81), st.text(min_size=81))
def test_long_names_are_cut_and_differ(first, second):
    one, two = message_name(first), message_name(second)
    assert max(len(one), len(two)) <= 80
    assert (one == two) == (" ".join(first.split()) == " ".join(second.split()))


def test_a_slice_that_begins_within_a_line_knows_its_columns():
    slice_ = pickle.loads(pickle.dumps(Stretch("ab\ncd", 7, 11, ((5, 0, 5),))))
    assert slice_.place(1, 2) == Place(7, 12, 7, 13)
    assert slice_.place(1, 4) == Place(7, 12, 8, 2)
    assert slice_.place(3, 5) == Place(8, 1, 8, 3)


def test_each_part_of_a_message_is_a_segment_of_its_item():
    text = 'x = "{n, plural, one {# cow} other {# cows}}"'
    catalogue = Catalogue("a", text, ("html",))
    message = Message(text[5:-1], [(len(text) - 6, 5, len(text) - 1)], "x")
    (item,) = catalogue.item("x", 0, [message], "en")
    assert [one.text for one in item.segments] == ["\ufffc cow", "\ufffc cows"]
    assert item.segments[1].places.source(2, 6) == "cows"
    assert item.segments[1].places.place(2, 6) == Place(1, 39, 1, 43)
    assert list(catalogue.item("y", 0, [Message(" {n} ", [(5, 0, 5)])])) != []
    assert list(catalogue.item("z", 0, [Message(" ", [(1, 0, 1)])])) == []


def test_the_reader_is_asked_only_where_the_encoding_is_a_guess():
    asked = []

    def declared(text: str) -> str:
        asked.append(text)
        return "koi8-r"

    assert whole_text(Source("a", "корова".encode()), None, declared) == "корова"
    assert asked == []
    assert (
        whole_text(Source("a", "корова в поле".encode("koi8-r")), None, declared) == "корова в поле"
    )
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("name", "head", "message"),
    [
        ("messages.properties", "", "k{0}=x cow\n"),
        ("a.strings", "", '"k{0}" = "x cow";\n'),
        ("locales/a.yaml", "", "k{0}: x cow\n"),
        ("locales/a.json", '{"k": "x cow"', ', "k{0}": "x cow"'),
        ("a.po", "", 'msgid "k{0}"\nmsgstr "x cow"\n'),
    ],
)
def test_catalogues_are_bounded(monkeypatch, name, head, message):
    monkeypatch.setattr("culture_lint.sources.catalogue.MOST", 50)
    text = head + "".join(message.replace("{0}", str(number)) for number in range(60))
    text += "}" if head else ""
    with pytest.raises(SourceError, match="holds more than 50 messages"):
        read(text, name)
