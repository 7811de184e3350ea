"""Android string resources are read as an app shows them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from culture_lint.errors import SourceError
from culture_lint.sources.items import Item

from .helpers import at, read
from .xml_strategies import ENCODINGS, TEXT, check_places, declared_name

PIECE = st.one_of(
    TEXT,
    st.sampled_from(
        [
            *(
                "\\'",
                '\\"',
                "\\n",
                "\\t",
                "\\u0041",
                "\\u00e9",
                "\\ud83d\\ude00",
                "\\\\",
                "\\",
                '"',
            ),
            *("\\u12", "\\ud83d", "%1$s", "%d", "%%", "{name}", "https://example.com/a?b=c&amp;d"),
            *("<b>bold</b>", "<br/>", '<xliff:g id="a" example="b">%s</xliff:g>', "&lt;i>x&lt;/i>"),
            *('<a href="https://example.com">link</a>', "<![CDATA[<u>\\'x\\'</u>]]>", "  \n  "),
        ]
    ),
)
VALUES = st.lists(st.lists(PIECE, max_size=6).map("".join), min_size=1, max_size=4)
HEAD = '<resources xmlns:xliff="urn:oasis:names:tc:xliff:document:1.2" xmlns:tools="t">'


def resources(body: str, head: str = HEAD) -> list[Item]:
    return read(f"{head}{body}</resources>", "values/strings.xml")[0]


def only(value: str) -> str:
    items = resources(f'<string name="a">{value}</string>')
    return "|".join(one.text for item in items for one in item.segments).replace("\ufffc", "_")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ('You\\\'re \\"here\\"', 'You\'re "here"'),
        ("  one\n     two\\nthree  ", "one two\nthree"),
        ('"  kept   blanks\n"', "kept   blanks"),
        ("say &quot;a  b&quot; now", "say a  b now"),
        ("caf\\u00e9 \\ud83d\\ude00 \\uD83D.", "café 😀 \ufffd."),
        ("\\@home \\?no \\#1", "@home ?no #1"),
        ("Hello %1$s, %2$d%% off", "Hello _, _% off"),
        ("By <xliff:g id='x' example='Acme'>%s</xliff:g>!", "By _!"),
        ("<b>Bo</b>ld<br/><i>and</i> <a href='x'>link</a>", "Bold\nand link"),
        ("<![CDATA[<b>See</b> https://example.com]]>", "See _"),
        ("&lt;p>One&lt;/p>&lt;p>Two", "One\nTwo"),
        ("{n, plural, one {a cow} other {# cows}} ok", "_ ok|a cow|_ cows"),
        ("l\\'{name} d\\'or", "l'_ d'or"),
        ("in <!-- culture-lint: ignore[IN/x] --> two", "in two"),
        ("%s", ""),
        ("", ""),
        ("@string/other", ""),
        ("?attr/title", ""),
        ("@everyone come", "@everyone come"),
    ],
)
def test_a_value_reads_as_the_app_shows_it(value, text):
    assert only(value) == text


def test_strings_arrays_and_plurals_are_items():
    items = resources(
        '<string name="a">One</string>\n<string name="b" translatable="false">No</string>'
        '<string-array name="c"><item>Two</item><!-- no --><item>@string/a</item>'
        "<item>Three</item></string-array>"
        '<plurals name="d"><item quantity="one">A cow</item><item quantity="other">%d cows</item>'
        '</plurals><string-array name="e" translatable="false"><item>kg</item></string-array>'
        '<item type="string" name="f">Four</item><item type="dimen" name="g">4dp</item>'
        '<color name="h">#fff</color><style name="i"><item name="x">Bold</item></style>'
        '<integer-array name="j"><item>1</item></integer-array><string name="k"/>',
        '<?xml version="1.0"?>\n<resources xmlns:tools="t" tools:locale="pt-rBR">'.replace(
            "-r", "-"
        ),
    )
    assert [(item.item, item.segments[0].text) for item in items] == [
        ("a", "One"),
        ("c.0", "Two"),
        ("c.2", "Three"),
        ("d.one", "A cow"),
        ("d.other", "\ufffc cows"),
        ("f", "Four"),
    ]
    assert {item.language for item in items} == {"pt-BR"}
    assert {one.language for item in items for one in item.segments} == {"pt-BR"}
    assert [item.line for item in items] == [2, 3, 3, 3, 3, 3]
    assert {item.markets for item in items} == {None}


@settings(max_examples=200, deadline=None)
@given(VALUES, ENCODINGS, st.sampled_from(["", "\n    ", "\r\n"]))
def test_every_span_leads_back_to_the_file(values, encoding, between):
    strings = between.join(
        f'<string name="s{number}">{value}</string>' for number, value in enumerate(values)
    )
    declared = declared_name(encoding)
    text = f'<?xml version="1.0" encoding="{declared}"?>{HEAD}{between}{strings}</resources>'
    items, _ = read(text, "values/strings.xml", encoding)
    check_places(text, items)


def test_a_word_is_found_behind_escapes_and_placeholders():
    text = (
        f"{HEAD}\n  <!-- é -->\n  <string name='a'>It\\'s &#233;\n    %1$s\\u0020<b>wagyu</b>"
        "</string>\n</resources>"
    )
    items, _ = read(text, "values/strings.xml")
    segment = items[0].segments[0]
    start = segment.text.index("wagyu")
    place = segment.places.place(start, start + 5)
    assert at(text, segment, start, start + 5) == "wagyu"
    assert (place.line, place.column, place.end_line, place.end_column) == (4, 18, 4, 23)


def test_suppressions_in_comments_are_about_the_next_string_or_their_line():
    text = (
        "<resources>\n<!-- culture-lint: ignore[IN/cow-figurative] — a quote -->\n"
        '<string name="a">Holy cow</string>\n<string name="b">Holy cow</string>\n'
        '<string name="c">Holy cow</string> <!-- culture-lint: ignore[IN] market=IN -->\n'
        "<!-- culture-lint: ignore[SA] -->\n"
        '<plurals name="d"><item quantity="one">A cow</item>\n<item quantity="other">Cows</item>'
        "\n<!-- culture-lint: ignore[JP] -->\n<item quantity='many'>Cows</item></plurals>"
        "</resources>"
    )
    items, _ = read(text, "values/strings.xml")
    found = [[one.text for one in item.directives] for item in items]
    assert found == [
        ["ignore[IN/cow-figurative] — a quote"],
        [],
        ["ignore[IN] market=IN"],
        ["ignore[SA]"],
        ["ignore[SA]"],
        ["ignore[SA]", "ignore[JP]"],
    ]


def test_a_name_declared_twice_is_an_error():
    with pytest.raises(SourceError, match=r"strings.xml:2: .*“a” is declared twice, first on line"):
        resources('<string name="a">x</string>\n<string name="a">y</string>')
    assert resources('<string name="a">x</string>\n<string name="a" product="tablet">y</string>')
