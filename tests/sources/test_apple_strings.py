"""Apple .strings files: what the app shows, in UTF-8 and UTF-16."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from culture_lint.errors import SourceError

from .catalogues import LINE_ENDS, MESSAGES, brief, leads_back, read_of
from .helpers import at, read, texts

SYNTAXES = ("printf", "braces", "html", "url")

STRINGS = r"""/* Language: pt_BR */
/* "cow" = "not read"; */
"%d cows" = "%d vacas\nno \"pasto\"";  // "cow" = "no";
title="Vaca \U0001 \u00e9";
"Only a key";
"two
lines" = 'Uma
vaca';
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-8-sig"])
def test_messages_are_items(encoding):
    items, notices = read(STRINGS, "pt.strings", encoding)
    assert brief(items) == [
        ("%d cows", ['_ vacas\nno "pasto"']),
        ("title", ["Vaca \x01 é"]),
        ("Only a key", ["Only a key"]),
        ("two lines", ["Uma\nvaca"]),
    ]
    assert {item.language for item in items} == {"pt-BR"}
    assert [item.line for item in items] == [3, 4, 5, 6]
    assert notices == []
    first = items[0].segments[0]
    start = first.text.index("vacas")
    assert at(STRINGS, first, start, len(first.text)) == 'vacas\\nno \\"pasto\\"'
    assert first.places.place(start, start + 5).column == 17


def test_a_placeholder_of_siri_is_no_text() -> None:
    items, _ = read('"a" = "${content}";\n"b" = "Post ${content} now";\n', "Intents.strings")
    assert brief(items) == [("b", ["Post _ now"])]


def test_the_last_of_two_values_counts():
    items, notices = read('"a" = "x cow";\n"a" = "y cow";\n"a" = "y cow";', "a.strings")
    assert brief(items) == [("a", ["y cow"])]
    assert [one.line for one in notices] == [2]


@pytest.mark.parametrize(
    ("text", "message", "line", "column"),
    [
        ('"a" = "cow"', "“;” is missing here; is the file cut off", 1, 12),
        ('"a" = "cow\n', "this quote is not closed", 1, 7),
        ('"a"\n"b" = "cow";', "“=” or “;” is missing", 2, 1),
        ('"a" = ;', "a value is missing", 1, 7),
        ('"a" = "cow";\n= "b";', "a key is missing", 2, 1),
        ("/* cow", "this comment is not closed", 1, 1),
        ('"a" = "b" & "c";', "has no meaning here", 1, 11),
        ('<?xml version="1.0"?><plist/>', "compiled property list", None, None),
        ("bplist00\x01\x02", "compiled property list|is binary", None, None),
    ],
)
def test_broken_files_are_told(text, message, line, column):
    with pytest.raises(SourceError, match=message) as raised:
        read(text, "a.strings")
    location = raised.value.location
    assert location
    assert (location.line, location.column) == (line, column)


@pytest.mark.parametrize("text", ["", "/* only a comment, as in many an InfoPlist.strings */\n"])
def test_a_file_without_messages_is_no_error(text):
    items, notices = read(text, "InfoPlist.strings")
    assert items == []
    assert [(one.kind, one.message) for one in notices] == [("not-read", "holds no messages")]


@pytest.mark.parametrize("piece", ["cow ", "\\n", '\\"', "/* "])
def test_a_line_without_end_is_refused_at_once(piece):
    start = time.process_time()
    with pytest.raises(SourceError, match="longer than 16,777,216 characters"):
        read(f'"a" = "{piece * (50_000_000 // len(piece))}', "a.strings")
    with pytest.raises(SourceError, match="not closed"):
        read(f'"a" = "{piece * 300_000}', "a.strings")
    assert time.process_time() - start < 8


def escaped(text: str, ascii_only: bool) -> str:
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    if not ascii_only:
        return text
    units = text.encode("utf-16-be", "surrogatepass")
    codes = [int.from_bytes(units[at : at + 2], "big") for at in range(0, len(units), 2)]
    return "".join(chr(code) if code < 0x80 else f"\\U{code:04x}" for code in codes)


def undo(source: str) -> str:
    def char(found):
        codes = re.findall("[0-9a-f]{4}", found[0])
        return b"".join(int(code, 16).to_bytes(2, "big") for code in codes).decode("utf-16-be")

    text = re.sub(r"(?:\\U[0-9a-f]{4})+", char, source)
    return text.replace("\\t", "\t").replace('\\"', '"').replace("\\\\", "\\")


@settings(max_examples=150, deadline=None)
@given(st.lists(MESSAGES, min_size=1, max_size=5), st.booleans(), LINE_ENDS)
def test_every_span_leads_back(messages, ascii_only, line_end):
    messages = [text.replace("\n", " ") for text in messages]
    text = line_end.join(
        f'/* c */ "{number}" = "{escaped(one, ascii_only)}";' for number, one in enumerate(messages)
    )
    items, _ = read(text, "a.strings", encoding="utf-8")
    leads_back(text, items, undo)
    expected = [found for one in messages if (found := read_of(one, *SYNTAXES))]
    assert [texts(item) for item in items] == expected


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["a", ' "k"', " = ", ";", '"', "\\", "\\U00e9", "\n", "/*", "*/", "//", "'", "é"]
        ),
        max_size=20,
    ).map("".join)
)
def test_any_text_is_read_or_refused(text):
    try:
        items, _ = read(text, "a.strings", encoding="utf-8")
    except SourceError:
        return
    for item in items:
        for segment in item.segments:
            assert segment.places.source(0, len(segment.text)) == at(
                text, segment, 0, len(segment.text)
            )
