"""Plain text: paragraphs where a .txt is prose, records where it is a table."""

from __future__ import annotations

import html
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from culture_lint.errors import SourceError

from .helpers import at, read, texts


def found_in(text: str, name: str = "a.txt") -> list[str]:
    return [one for item in read(text, name)[0] for one in texts(item)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One line, with a comma", ["One line, with a comma"]),
        ("Red tea,\nand pots\n\n \t\n• blue\r\n• green\r\n", ["Red tea,\nand pots", "• blue\n• green"]),
        ("Hi {{name}}, see https://pig.com/a!", ["Hi \ufffc, see \ufffc!"]),
        ("<h1>Tea</h1> &amp; <b>pots</b> 1 < 2", ["Tea & pots 1 < 2"]),
        ("AT&amp;T and <name> stay", ["AT&amp;T and <name> stay"]),
        ("a\rb\r\n\r\nc", ["a\nb", "c"]),
        ("First, we boil it.\nThen, we pour it.\nLast, we drink it.\n", ["First, we boil it.\nThen, we pour it.\nLast, we drink it."]),
        ("Title\n\nAll about it", ["Title", "All about it"]),
        ("Price; quality; taste\nall of it; here\n", ["Price; quality; taste\nall of it; here"]),
    ],
)  # fmt: skip
def test_prose(text, found):
    assert found_in(text) == found


def test_items_are_numbered_paragraphs():
    items, notices = read("Above\n\n\nRed\ntea\n", "shop/a.txt")
    assert [(one.item, one.line) for one in items] == [("1", 1), ("2", 4)]
    assert [one.field for one in items[0].segments] == ["text"]
    assert notices == []


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("de-DE/title.txt", "title"),
        ("de-DE/subtitle.txt", "subtitle"),
        ("de-DE/full_description.txt", "description"),
    ],
)
def test_fields_of_a_store_listing(name, role):
    (item,) = read("Red tea, hot", name)[0]
    assert [(one.role.value, one.text) for one in item.segments] == [(role, "Red tea, hot")]


def test_keywords_of_a_store_listing():
    (item,) = read("red tea,pot, 茶、壺", "en-US/keywords.txt")[0]
    assert [(one.role.value, one.text) for one in item.segments] == [
        ("tag", "red tea"), ("tag", "pot"), ("tag", "茶"), ("tag", "壺"),
    ]  # fmt: skip
    assert at("red tea,pot, 茶、壺", item.segments[2], 0, 1) == "茶"


@pytest.mark.parametrize(
    "text",
    [
        "sku\ttitle\nA\tRed tea\nB\tPot\n",
        "title,description\nRed tea,Hot\n",
        "A-1,Red tea with a pot,A description that is long\nA-2,Pot,Another one of that kind\n"
        "A-3,Cup,And one more for the third\n",
        "a|Red tea|Some words about the tea\nb|Pot|Some words about the pot\nc|Cup|Some words on it\n",
    ],
)
def test_a_table_stays_a_table(text):
    items, notices = read(text, "a.txt")
    assert "read as" in notices[0].message
    assert len(items) == sum(not line.startswith(("sku", "title")) for line in text.splitlines())


def test_what_the_user_says_is_a_table_is_one():
    items, _ = read("Red tea; hot\nPot; cold\n", "a.txt", delimiter=";", columns=(("title", "1"),))
    assert [texts(one) for one in items] == [["Red tea"], ["Pot"]]


@pytest.mark.parametrize(
    "name", ["robots.txt", "a/requirements.txt", "requirements-dev.txt", "CMakeLists.txt"]
)
def test_files_for_programs_are_left_out_and_told(name):
    items, notices = read("Disallow: /pork", name)
    assert items == []
    assert "for programs" in notices[0].message


def test_broken_files_are_one_error():
    with pytest.raises(SourceError, match="is empty"):
        read("\n \n", "a.txt")
    with pytest.raises(SourceError, match="binary"):
        read(b"\x00\x01\x02" * 50, "a.txt")
    with pytest.raises(SourceError, match="is longer than 16,777,216 characters"):
        read("word " * 4_000_000, "a.txt")


PIECES = [
    "\n", "\r\n", "\r", "\n\n", "\r\r\n", "  ", "\t", "<b>", "</b>", "<h1>", "<br/>", "<x>", "&amp;", "{{ x }}",
    "https://a.org/b", "• ", ",", "; ", "|", '"', "'", *"ab Zé漢字あ한😀\u2028\xa0\ufffc",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.sampled_from(["a", "keywords"])
)
def test_every_span_leads_to_its_characters(body, name):
    text = "A sentence that no table has.\n\n" + body
    for item in read(text, f"{name}.txt")[0]:
        for segment in pickle.loads(pickle.dumps(item)).segments:
            length = len(segment.text)
            for start in range(length + 1):
                for end in {start, min(start + 1, length), length}:
                    assert segment.places.source(start, end) == at(text, segment, start, end)
            for index, char in enumerate(segment.text):
                source = segment.places.source(index, index + 1)
                if char not in " \n\ufffc":
                    assert char in (source, html.unescape(source))
