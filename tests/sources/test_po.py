"""gettext catalogues: what gettext would show, through quotes, escapes and several lines."""

from __future__ import annotations

import re
import time

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from culture_lint.errors import SourceError
from culture_lint.sources.messages import OBJECT

from .catalogues import LINE_ENDS, MESSAGES, brief, leads_back, read_of
from .helpers import at, read, texts

SYNTAXES = ("printf", "braces", "html", "url")

HEADER = 'msgid ""\nmsgstr ""\n"Language: pt_BR\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'

CATALOGUE = (
    "# A translator's comment about a cow\n"
    + HEADER
    + """
#. extracted
#: a.py:1
#, python-format
#| msgid "before"
msgctxt "verb"
msgid "Read \\"%s\\""
msgstr "Leia \\"%s\\""

msgid "cow"
msgid_plural "cows"
msgstr[0] "uma vaca"
msgstr[1] ""
"%d vacas\\n"
"no pasto"

#, fuzzy, c-format
msgid "fuzzy"
msgstr "errado"

msgid "untranslated"
msgstr ""
#~ msgid "old"
#~ msgstr "velho"
"""
)


def test_messages_are_items_and_what_gettext_does_not_use_is_left_out():
    items, notices = read(CATALOGUE, "pt.po")
    assert brief(items) == [
        ('verb|Read "%s"', ['Leia "_"']),
        ("cow[0]", ["uma vaca"]),
        ("cow[1]", ["_ vacas\nno pasto"]),
    ]
    assert {item.language for item in items} == {"pt-BR"}
    assert [item.markets for item in items] == [None] * 3
    assert [item.line for item in items] == [11, 15, 15]
    assert [item.segments[0].field for item in items] == ["msgstr", "msgstr[0]", "msgstr[1]"]
    assert [notice.message[:18] for notice in notices] == ["1 fuzzy message is"]


def test_a_span_over_two_lines_ends_on_the_second():
    text = CATALOGUE
    segment = read(text, "pt.po")[0][2].segments[0]
    start = segment.text.index("vacas")
    place = segment.places.place(start, start + 8)
    assert (place.line, place.column, place.end_line, place.end_column) == (19, 5, 20, 4)
    assert at(text, segment, start, start + 8) == 'vacas\\n"\n"no'


@pytest.mark.parametrize("name", ["a.pot", "a.po"])
def test_a_template_is_read_by_its_source(name):
    text = HEADER + 'msgctxt "c"\nmsgid "cow"\nmsgid_plural "cows"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    items, _ = read(text, name)
    assert brief(items) == [("c|cow", ["cow"]), ("c|cow[n]", ["cows"])]
    assert {item.language for item in items} == {None}


def test_long_names_are_cut_and_stay_apart():
    text = HEADER + "".join(f'msgid "{"a " * 60}{end}"\nmsgstr "x{end}"\n' for end in "bc")
    first, second = (item.item for item in read(text, "a.po")[0])
    assert first != second
    assert len(first) <= 80


def test_the_charset_of_the_header_counts():
    text = HEADER.replace("UTF-8", "koi8-r") + 'msgid "cow"\nmsgstr "корова"\n'
    items, _ = read(text, "a.po", written_in="koi8-r")
    assert brief(items) == [("cow", ["корова"])]


def test_icu_and_markup_are_no_prose():
    text = (
        HEADER + '#, icu-format\nmsgid "k"\nmsgstr "{n, plural, one {<b>#</b> vaca} other {#}}"\n'
    )
    assert brief(read(text, "a.po")[0]) == [("k", ["_ vaca"])]


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("", "is empty|holds no messages", None),
        ("# only a comment\n", "holds no messages", None),
        ('msgid "a"\nmsgstr "b\n', "this quote is not closed", 2),
        ('msgid "a"\nmsgstr b\n', "a string in double quotes is missing", 2),
        ('msgid "a"\n', "no msgstr; is the file cut off", 1),
        ('msgid "a"\nmsgstr "b"\nmsgid "a"\nmsgstr "c"\n', "stands on line 1 already", 3),
        ('msgid "a"\nmsgid "b"\nmsgstr "c"\n', "a second msgid", 2),
        ("<html>\n", "no part of a PO file", 1),
        ('msgstr "a"\n', "no msgid", 1),
        ('msgid "a"\nmsgstr "b" c\n', "missing here", 2),
    ],
)
def test_broken_files_are_told(text, message, line):
    with pytest.raises(SourceError, match=message) as raised:
        read(text, "a.po")
    assert raised.value.location
    assert raised.value.location.line == line


def test_the_wrong_encoding_is_told():
    with pytest.raises(SourceError, match="is not UTF-8"):
        read((HEADER + 'msgid "a"\nmsgstr "').encode() + b"caf\xe9 \xe9t\xe9" + b'"\n', "a.po")


def test_a_line_without_end_is_refused_at_once():
    start = time.process_time()
    with pytest.raises(SourceError, match="longer than 16,777,216 characters"):
        read(b'msgid "a"\nmsgstr "' + b"cow " * 12_500_000, "a.po")
    assert time.process_time() - start < 5


def undo(source: str) -> str:
    """Undo an escape; strings that go on in the next line are joined."""
    return polib.unescape(re.sub(r'"[\r\n]+"', "", source))


def quoted(text: str, cut: int, line_end: str) -> str:
    """Write a text as gettext does, in two strings where ``cut`` falls inside it."""
    parts = [text] if not 0 < cut < len(text) else ["", text[:cut], text[cut:]]
    return line_end.join(f'"{polib.escape(part)}"' for part in parts)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(MESSAGES, st.integers(0, 9)), min_size=1, max_size=5), LINE_ENDS)
def test_every_span_leads_back(messages, line_end):
    entries = [
        f'msgid "{number}"{line_end}msgstr {quoted(text, cut, line_end)}'
        for number, (text, cut) in enumerate(messages)
    ]
    text = (line_end * 2).join([HEADER.replace("\n", line_end), *entries]) + line_end
    items, _ = read(text, "a.po")
    leads_back(text, items, undo)
    expected = [found for text, _ in messages if (found := read_of(text, *SYNTAXES))]
    assert [texts(item) for item in items] == expected


def test_counts_are_those_of_another_parser():
    items, _ = read(CATALOGUE, "a.po")
    entries = [one for one in polib.pofile(CATALOGUE) if one.translated()]
    forms = [form for one in entries for form in (one.msgstr_plural.values() or [one.msgstr])]
    assert len(items) == len(forms) == 3


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["msgid ", "msgstr ", "msgctxt ", '"a\\', '"', "\n", "#~ ", "x", "[0]", "#, fuzzy"]
        ),
        max_size=20,
    ).map("".join)
)
def test_any_text_is_read_or_refused(text):
    try:
        items, _ = read(text, "a.po")
    except SourceError:
        return
    leads_back(text, items, undo)


def test_sources_are_read_when_asked_for():
    text = CATALOGUE.replace('"Language: pt_BR', '"X-Source-Language: en\\n"\n"Language: pt_BR')
    items, _ = read(text, "pt.po", side="source")
    assert [texts(item)[0].replace(OBJECT, "_") for item in items] == [
        'Read "_"', "cow", "cows", "fuzzy", "untranslated",
    ]  # fmt: skip
    assert {item.language for item in items} == {"en"}
    assert {part.field for item in items for part in item.segments} == {"msgid", "msgid_plural"}
    untranslated = HEADER + '\nmsgid "cow"\nmsgstr ""\n'
    assert read(untranslated, "pt.po", side="target")[0] == []
    assert len(read(untranslated, "pt.po")[0]) == 1
