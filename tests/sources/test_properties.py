"""Java resource bundles: escapes, joined lines, and configuration left out."""

from __future__ import annotations

import re
import time

import javaproperties
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from culture_lint.errors import SourceError
from culture_lint.sources.message_trees import is_message

from .catalogues import MESSAGES, brief, leads_back, read_of
from .helpers import at, read, texts

SYNTAXES = ("icu", "printf", "braces", "html", "url")

BUNDLE = """# a comment about a cow \\
! another
cart.title = Votre vache
cart.empty: L''envoi d\\'une {0} est \\
            parti \\u00e0 {1,date}
  spaced\\ key   Une vache
files={0,choice,0#aucun fichier|1#un fichier|1<{0} fichiers}
path=images/vache.png
empty
"""


def test_bundles_are_read_as_java_reads_them():
    items, notices = read(BUNDLE, "messages_fr.properties")
    assert brief(items) == [
        ("cart.title", ["Votre vache"]),
        ("cart.empty", ["L'envoi d'une _ est parti à _"]),
        ("spaced key", ["Une vache"]),
        ("files", ["aucun fichier", "un fichier", "_ fichiers"]),
    ]
    assert [item.line for item in items] == [3, 4, 6, 7]
    assert notices == []
    empty = items[1].segments[0]
    start = empty.text.index("est")
    place = empty.places.place(start, len(empty.text) - 2)
    assert (place.line, place.column, place.end_line, place.end_column) == (4, 33, 5, 25)
    assert at(BUNDLE, empty, start, start + 10) == "est \\\n            parti "


def test_the_last_of_two_values_counts():
    items, notices = read("a=A cow\nb=A calf\na=A bull\nb=A calf\n", "messages.properties")
    assert brief(items) == [("a", ["A bull"]), ("b", ["A calf"])]
    assert [(one.line, one.message) for one in notices] == [
        (3, "“a” stands on line 1 with another value; this one counts")
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "utf-8-sig"])
def test_bundles_come_in_two_encodings(encoding):
    items, _ = read("a=Une vache \xe0 l'\xe9table\n", "messages_fr.properties", encoding)
    assert brief(items) == [("a", ["Une vache à l'étable"])]


def test_quotes_of_windows_are_kept():
    items, _ = read("a=L’\xe9table\n", "messages_fr.properties", "cp1252")
    assert brief(items) == [("a", ["L’étable"])]


@pytest.mark.parametrize(
    "text",
    [
        "log4j.rootLogger=INFO, stdout\nlog4j.appender.stdout=org.apache.log4j.ConsoleAppender\n",
        "spring.application.name=My shop\nserver.port=8080\nspring.jpa.hibernate.ddl-auto=update\n",
        "sonar.projectName=My shop\nsonar.sources=src\nhome=C:\\\\users\\\\x\n",
    ],
)
def test_configuration_is_left_out_and_told(text):
    items, notices = read(text, "application.properties")
    assert items == []
    assert "not read as a message catalogue" in notices[0].message


def test_an_empty_file_is_told():
    with pytest.raises(SourceError, match="is empty"):
        read("\n", "messages.properties")
    assert read("\n", "a.properties")[1][0].kind == "not-read"


def test_a_line_without_end_is_refused_at_once():
    start = time.process_time()
    with pytest.raises(SourceError, match="longer than 16,777,216 characters"):
        read(b"a=" + b"cow \\u00e9" * 6_000_000, "messages.properties")
    assert time.process_time() - start < 5


def test_many_escapes_are_read_in_linear_time():
    start = time.process_time()
    read(b"a=cow " + b"\\u00e9\\" * 200_000 + b"\nb=" + b"\\\n" * 200_000, "messages.properties")
    assert time.process_time() - start < 10


def undo(source: str) -> str:
    return javaproperties.unescape(re.sub(r"\\(\r\n|\r|\n)[ \t\f]*", "", source))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(MESSAGES, st.integers(0, 6)), min_size=1, max_size=5),
    st.booleans(),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_every_span_leads_back(messages, ascii_only, line_end):
    lines = []
    for number, (text, cut) in enumerate(messages):
        written = javaproperties.join_key_value(f"k{number}", text, ensure_ascii=ascii_only)
        words = written.split(" ", cut)
        lines.append(f" \\{line_end}\t".join(words))
    text = line_end.join([*(f"t{number}=A cow" for number in range(9)), *lines])
    items, _ = read(text, "messages.properties", encoding="utf-8")
    leads_back(text, items, undo)
    parsed = list(javaproperties.loads(text).values())
    expected = [found for one in parsed if is_message(one) and (found := read_of(one, *SYNTAXES))]
    assert [texts(item) for item in items] == expected


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "a",
                " ",
                "=",
                ":",
                "\\",
                "\n",
                "\r\n",
                "#",
                "!",
                "\\u00e9",
                "\\ud83d\\ude00",
                "\\ud83d",
                "cow",
                "\t",
            ]
        ),
        max_size=25,
    ).map("".join)
)
def test_any_text_is_read(text):
    text = "title=A cow\n" + text
    items, _ = read(text, "messages.properties")
    for item in items:
        for segment in item.segments:
            for index in range(len(segment.text)):
                assert segment.places.source(index, index + 1) == at(
                    text, segment, index, index + 1
                )
