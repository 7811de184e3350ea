"""XLIFF 1.2 and 2.x: translations are read, codes are not, and what is not translated is left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from culture_lint.errors import SourceError
from culture_lint.sources.items import Item, Notice

from .helpers import at, read
from .xml_strategies import ENCODINGS, TEXT, check_places, declared_name

INLINE = st.sampled_from(
    [
        '<x id="INTERPOLATION" equiv-text="{{ a }}"/>',
        '<x id="START_LINK" ctype="x-a" equiv-text="&lt;a&gt;"/>',
        '<g id="1">in <g id="2">g</g></g>',
        '<bpt id="1">&lt;b&gt;</bpt>bold<ept id="1">&lt;/b&gt;</ept>',
        '<ph id="1">code <sub>a subflow</sub></ph>',
        '<mrk mtype="seg" mid="1">a</mrk>',
        '<mrk mtype="protected">Acme</mrk>',
        "{name}",
        "%1$s",
        "\n      ",
    ]
)
VALUES = st.lists(st.lists(TEXT | INLINE, max_size=5).map("".join), min_size=1, max_size=4)


def one(body: str, attributes: str = 'source-language="en" target-language="de-at"') -> str:
    return (
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n'
        f'<file {attributes} datatype="html" original="a">\n<body>\n{body}</body></file></xliff>'
    )


def two(body: str, attributes: str = 'srcLang="en" trgLang="de-AT"') -> str:
    return (
        f'<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" {attributes}>\n'
        f'<file id="f">\n{body}</file></xliff>'
    )


def unit(source: str, target: str, more: str = "", state: str = "") -> str:
    return f'<trans-unit id="1"{more}><source>{source}</source><target{state}>{target}</target></trans-unit>\n'


def items(text: str, **options: object) -> list[Item]:
    return read(text, "messages.xlf", **options)[0]


def brief(found: list[Item]) -> list[tuple[str, str | None, list[str]]]:
    return [
        (item.item, item.language, [part.text.replace("\ufffc", "_") for part in item.segments])
        for item in found
    ]


def test_version_1_targets_are_read():
    text = one(
        unit("A cow", "Eine Kuh")
        + '<group><trans-unit id="x" resname="home.title"><source>Home</source>'
        "<seg-source>Home</seg-source>"
        '<target xml:lang="de">Daheim</target><alt-trans><target>Zuhause</target></alt-trans>'
        "<note>a note</note></trans-unit></group>"
        + unit("Open", "")
        + '<trans-unit id="3"><source>New</source></trans-unit>'
        + unit("Acme", "Acme", ' translate="no"')
    )
    found = items(text)
    assert brief(found) == [
        ("1", "de-AT", ["Eine Kuh"]),
        ("home.title", "de", ["Daheim"]),
    ]
    assert {part.field for item in found for part in item.segments} == {"target"}
    assert [item.line for item in found] == [4, 5]
    assert {item.markets for item in found} == {None}


def test_version_2_targets_are_read():
    text = two(
        '<unit id="u" name="hero"><originalData><data id="d">code</data></originalData>'
        "<segment><source>One. </source><target>Eins. </target></segment>"
        "<ignorable><source> </source><target> </target></ignorable>"
        '<segment id="s2" state="final"><source>A <ph id="1"/> <pc id="2">b</pc></source>'
        '<target>Ein <ph id="1"/> <pc id="2">b</pc><sc id="3"/>c<ec/>'
        '<ph id="4" type="fmt" subType="xlf:lb"/>Z<cp hex="0001"/></target></segment></unit>'
        '<group id="g" translate="no"><unit id="v"><segment><source>a</source>'
        "<target>b</target></segment></unit></group>"
        '<unit id="w" translate="yes"><segment><source>x</source>'
        '<target><mrk id="m" translate="no">Acme</mrk> yes</target></segment></unit>'
    )
    assert brief(items(text)) == [
        ("hero", "de-AT", ["Eins.", "Ein _ bc\nZ"]),
        ("w", "de-AT", ["_ yes"]),
    ]


@pytest.mark.parametrize("write", [one, two])
def test_sources_are_read_when_asked_or_when_there_is_no_target_language(write):
    body = (
        unit("A cow", "Eine Kuh")
        if write is one
        else "<unit id='1'><segment><source>A cow</source><target>Eine Kuh</target></segment></unit>"
    )
    asked = items(write(body), side="source")
    assert brief(asked) == [("1", "en", ["A cow"])]
    assert asked[0].segments[0].field == "source"
    bare = 'source-language="en-GB"' if write is one else 'srcLang="en-GB"'
    no_target = body.replace("<target>Eine Kuh</target>", "")
    assert brief(items(write(no_target, bare))) == [("1", "en-GB", ["A cow"])]
    assert brief(items(write(body, bare))) == [("1", None, ["Eine Kuh"])]
    assert items(write(no_target)) == []
    assert items(write(no_target, bare), side="target") == []


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ('Hi <x id="INTERPOLATION" equiv-text="{{ n }}"/>!', ["Hi _!"]),
        ('<x id="START_LINK" ctype="x-a"/>Go<x id="CLOSE_LINK" ctype="x-a"/>ne', ["Gone"]),
        ('a<x id="LINE_BREAK" ctype="lb"/>b', ["a\nb"]),
        ('a<ph id="0" equiv="LINE_BREAK" type="fmt" disp="&lt;br/&gt;"/>b', ["a\nb"]),
        ('a<x id="START_PARAGRAPH" ctype="x-p"/>b', ["a\nb"]),
        ('<g id="1">bo</g>ld', ["bold"]),
        ('<bpt id="1">&lt;b&gt;</bpt>bo<ept id="1">&lt;/b&gt;</ept>ld', ["bold"]),
        ('See <ph id="1">[img <sub>A cow</sub>]</ph> now', ["See _ now", "A cow"]),
        ("one\n        two\n\n  three", ["one two\nthree"]),
        (
            '{VAR_PLURAL, plural, =1 {a cow} other {<x id="INTERPOLATION"/> cows}}',
            ["a cow", "_ cows"],
        ),
        ("l'{n} d'or", ["l'_ d'or"]),
        ("&lt;b&gt;See&lt;/b&gt; %s &amp;amp; %@", ["See _ & _"]),
        ("<![CDATA[<p>One</p><p>Two</p>]]>", ["One\nTwo"]),
    ],
)
def test_inline_elements_and_placeholders_are_no_prose(target, expected):
    (item,) = items(one(unit("-", target)))
    assert [part.text.replace("\ufffc", "_") for part in item.segments] == expected


def test_blanks_are_kept_where_the_file_says_so():
    (item,) = items(one(unit("-", "a\n  b", ' xml:space="preserve"')))
    assert item.segments[0].text == "a\n  b"


@pytest.mark.parametrize("state", ["new", "needs-translation"])
def test_an_untranslated_copy_of_the_source_is_left_out_and_told(state):
    text = one(
        unit("A &amp; b", "A &#38; b", state=f' state="{state}"')
        + unit("A", "B", state=f' state="{state}"')
        + unit("A", "A", state=' state="final"')
    )
    found, notices = read(text, "messages.xlf")
    assert [item.segments[0].text for item in found] == ["B", "A"]
    assert ["1 units are marked" in notice.message for notice in notices] == [True]
    text = two(
        "<unit id='1'><segment state='initial'><source>A</source><target>A</target></segment></unit>"
    )
    assert items(text) == []


def test_notes_suppress_for_their_unit():
    text = one(
        '<trans-unit id="1"><source>a</source><target>Holy cow</target>\n'
        '<note from="culture-lint">ignore[IN/cow] market=IN -- a quote; ignore[SA/pork]</note>'
        "<note>culture-lint: ignore[JP]</note><note>ignore me</note></trans-unit>\n"
        '<!-- culture-lint: ignore[AE] --><trans-unit id="2"><source>a</source>'
        "<target>cow</target></trans-unit>"
    )
    first, second = items(text)
    assert [(found.text, found.place.line) for found in first.directives] == [
        ("ignore[IN/cow] market=IN -- a quote", 5),
        ("ignore[SA/pork]", 5),
        ("ignore[JP]", 5),
    ]
    assert [found.text for found in second.directives] == ["ignore[AE]"]
    text = two(
        '<unit id="1"><notes><note category="culture-lint" appliesTo="target">ignore[IN]</note>'
        "</notes><segment><source>a</source><target>b</target></segment></unit>"
    )
    assert [found.text for found in items(text)[0].directives] == ["ignore[IN]"]


@settings(max_examples=200, deadline=None)
@given(VALUES, ENCODINGS, st.sampled_from(["", ' xml:space="preserve"']), st.booleans())
def test_every_span_leads_back_to_the_file(values, encoding, more, crlf):
    declared = declared_name(encoding)
    text = one("".join(unit("-", value, more) for value in values))
    text = f'<?xml version="1.0" encoding="{declared}"?>\n{text}'
    if crlf:
        text = text.replace("\r", "").replace("\n", "\r\n")
    check_places(text, items(text, written_in=encoding))


def test_a_word_is_found_behind_codes():
    text = one(unit("-", '\n  é &amp; <x id="I"/><g id="1">\r\n  wagyu</g>'))
    segment = items(text)[0].segments[0]
    assert segment.text == "é & \ufffc wagyu"
    start = segment.text.index("wagyu")
    assert at(text, segment, start, start + 5) == "wagyu"
    place = segment.places.place(start, start + 5)
    assert (place.line, place.column) == (6, 3)


def test_a_long_id_is_cut_and_what_is_not_xliff_is_refused():
    (item,) = items(one(unit("-", "a").replace('id="1"', f'id="{"Sentence " * 40}"')))
    assert len(item.item) <= 80
    with pytest.raises(SourceError, match=r"messages.xlf:1: is not XLIFF: .*<resources>"):
        items("<resources/>")
    assert isinstance(read(one(unit("a", "a", state=' state="new"')), "a.xml")[1][0], Notice)


def test_notes_of_a_file_suppress_for_all_its_units():
    rule = "ignore[AA/cow] -- agreed"
    old = (
        '<xliff version="1.2"><file original="a" source-language="en" target-language="de">'
        f'<header><note from="culture-lint">{rule}</note><note>a cow</note></header><body>'
        "<trans-unit id='1'><source>a</source><target>Kuh</target></trans-unit>"
        "<group><trans-unit id='2'><source>a</source><target>Kuh</target></trans-unit></group>"
        "</body></file><file original='b' source-language='en' target-language='de'><body>"
        "<trans-unit id='3'><source>a</source><target>Kuh</target></trans-unit></body></file></xliff>"
    )
    new = (
        '<xliff version="2.0" srcLang="en" trgLang="de"><file id="f">'
        f'<notes><note category="culture-lint">{rule}</note></notes>'
        "<unit id='1'><segment><source>a</source><target>Kuh</target></segment></unit>"
        '<group id="g"><notes><note>culture-lint: ignore[AA/ox]</note></notes>'
        "<unit id='2'><segment><source>a</source><target>Kuh</target></segment></unit></group>"
        "</file><file id='h'><unit id='3'><segment><source>a</source><target>Kuh</target></segment>"
        "</unit></file></xliff>"
    )
    for text, grouped in ((old, [rule]), (new, [rule, "ignore[AA/ox]"])):
        found, _ = read(text, "a.xlf")
        assert [[one.text for one in item.directives] for item in found] == [[rule], grouped, []]
        place = found[0].directives[0].place
        assert text[place.column - 1 : place.end_column - 1] == rule
        assert found[0].directives[0].segments is None
        assert found[0].directives[0].lines is None
