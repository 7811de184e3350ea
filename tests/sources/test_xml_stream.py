"""XML comes element by element; what is not well-formed or would do harm is refused in one line."""

from __future__ import annotations

import re
import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from culture_lint.errors import SourceError
from culture_lint.sources.items import ReadOptions, Source
from culture_lint.sources.xml_stream import Closed, Comment, Opened, Whole, open_xml

from .xml_strategies import TEXT


def events(text: str | bytes, *wanted: str, encoding: str | None = None):
    data = text if isinstance(text, bytes) else text.encode()
    with open_xml(Source("x.xml", data), ReadOptions(encoding=encoding)) as document:
        found = list(document.events(lambda path: path[-1] in wanted))
        return document, found


def refused(text: str | bytes, **options: str) -> str:
    with pytest.raises(SourceError) as caught:
        events(text, "i", **options)
    return str(caught.value)


def test_elements_come_whole_or_as_their_ends():
    text = (
        '<?xml version="1.0"?>\n<!DOCTYPE r [<!ENTITY a "x>]">\n<!-- > ] \' -->]>\n<!-- top -->\n'
        '<r z="1 &amp; 2"><n:g k="v"><i a="b"/>\n  <i><k/><j>t</j><!-- in --></i></n:g> <!-- behind -->'
        "<e/></r><!-- last -->"
    )
    document, found = events(text, "i")
    assert document.root.path == ("r",)
    assert document.root.attributes == {"z": "1 & 2"}
    kinds = [(type(one).__name__, one.path[-1:]) for one in found]
    assert kinds == [
        ("Comment", ()),
        ("Opened", ("g",)),
        ("Whole", ("i",)),
        ("Whole", ("i",)),
        ("Closed", ("g",)),
        ("Comment", ("r",)),
        ("Opened", ("e",)),
        ("Closed", ("e",)),
        ("Closed", ("r",)),
        ("Comment", ()),
    ]
    wholes = [one for one in found if isinstance(one, Whole)]
    assert [one.record.raw for one in wholes] == [
        '<i a="b"/>',
        "<i><k/><j>t</j><!-- in --></i>",
    ]
    assert [(one.record.line, one.record.column) for one in wholes] == [(5, 28), (6, 2)]
    inner = wholes[1].element.find("j")
    assert inner is not None
    assert wholes[1].record.text(inner.content) == "t"
    assert [wholes[1].record.raw[slice(*span)] for span in wholes[1].comments] == [" in "]
    comments = [one for one in found if isinstance(one, Comment)]
    assert [one.alone for one in comments] == [True, False, False]
    assert [one.record.raw[slice(*one.span)] for one in comments] == [" top ", " behind ", " last "]


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXT, max_size=6), st.sampled_from(["", "\n", "\r\n  ", "\r\r\n"]), st.booleans())
def test_elements_stand_where_their_line_and_column_say(texts, between, nested):
    body = between.join(f"<g><i>{text}</i></g>" if nested else f"<i>{text}</i>" for text in texts)
    text = f"<r>{between}{body}</r>"
    _, found = events(text, "i")
    wholes = [one for one in found if isinstance(one, Whole)]
    assert [one.record.raw for one in wholes] == [f"<i>{one}</i>" for one in texts]
    at = 0
    for one in wholes:
        at = text.index(one.record.raw, at)
        above = re.sub("\r\r\n|\r\n|\r", "\n", text[:at])
        assert one.record.line == above.count("\n") + 1
        assert one.record.column == len(above) - above.rfind("\n") - 1
        at += 1


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ('<?xml version="1.0" encoding="windows-1251"?><i>Крем</i>'.encode("cp1251"), "cp1251"),
        ("<?xml version='1.0' encoding='Shift_JIS'?><i>四個</i>".encode("cp932"), "shift_jis"),
        ('<?xml version="1.0" encoding="utf-16"?><i>Крем</i>'.encode("utf-16"), "UTF-16"),
        ('<?xml version="1.0"?><i>Крем €</i>'.encode("utf-16-le"), "UTF-16"),
        ("<i>\u2028\u2028\u2028\u2028\u2028</i>".encode("utf-16-le"), "UTF-16"),
        ("\n <i>\u2028\u2028\u2028\u2028\u2028</i>".encode("utf-16-be"), "UTF-16"),
        ('<?xml version="1.0" encoding="utf-16"?><i>Крем</i>'.encode(), "UTF-8"),
        ("<i>Крем</i>".encode("utf-8-sig"), "UTF-8 with BOM"),
        ("<i>Крем</i>".encode(), "UTF-8"),
    ],
)
def test_the_declared_encoding_is_used(data, encoding):
    with open_xml(Source("x.xml", data), ReadOptions()) as document:
        assert encoding.lower() in document.encoding.lower()
        assert document.root.path == ("i",)
        assert isinstance(next(document.events(lambda _: False)), Closed)


def test_blanks_before_the_declaration_are_passed_over():
    document, found = events('\n\n <?xml version="1.0"?>\n<r><i/></r>', "i")
    assert [notice.line for notice in document.notices] == [1]
    assert next(one for one in found if isinstance(one, Whole)).record.line == 4


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ["x.xml: is empty"]),
        ("  \n ", ["is empty"]),
        ("just text", ["x.xml:1:1", "not well-formed", "begin with a tag"]),
        ("<r><i>a</i>", ["not well-formed", "cut off"]),
        ("<r><i>a</", ["not well-formed", "cut off"]),
        ("<r>\n<i>a</j></r>", ["x.xml:2:7", "mismatched tag"]),
        ("<r>\n<i>a & b</i></r>", ["x.xml:2:7", "&amp;"]),
        ("<r>\n<i>&nbsp;</i></r>", ["x.xml:2:4", "undefined entity"]),
        ("<r>\n<!-- x -- y --></r>", ["x.xml:2", "two hyphens"]),
        ("<r>\n<!-- a -->a & b</r>", ["x.xml:2", "&amp;"]),
        ("<r a='1' a='2'/>", ["x.xml:1:10", "duplicate attribute"]),
        ("<r/><r/>", ["x.xml:1:5", "junk after"]),
        ("\n\n<r>\n<i>a</j></r>", ["x.xml:4:7"]),
        ("<r><i>some longer text here a\x01</i></r>", ["not well-formed"]),
        ("<r></r></r></r>", ["not well-formed"]),
        ("<r>" + "<a>" * 300 + "</a>" * 300 + "</r>", ["nested more than 200"]),
        ("<r><i>" + "<a>" * 300 + "</a>" * 300 + "</i></r>", ["nested more than 200"]),
        (
            '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><r><i>&x;</i></r>',
            ["x.xml:1", "external entity", "“x”"],
        ),
        (
            '<!DOCTYPE r [\n<!ENTITY % p SYSTEM "http://localhost/p.dtd">\n%p;]><r/>',
            ["x.xml:2", "parameter entity"],
        ),
        (
            '<!DOCTYPE r [<!ENTITY a "lol">\n<!ENTITY b "&a;&a;&a;&a;">]><r><i>&b;</i></r>',
            ["x.xml:2", "made of other entities", "“b”"],
        ),
        (f'<!DOCTYPE r [<!ENTITY a "{"x" * 2000}">]><r/>', ["too long"]),
        (
            f'<!DOCTYPE r [<!ENTITY a "{"x" * 900}">]><r><i>{"&a;" * 6000}</i></r>',
            ["x.xml:1", "its own entities add more"],
        ),
        ('<?xml version="1.0" encoding="klingon"?><r/>', ["unknown encoding", "klingon"]),
        ('<?xml version="1.0" encoding="hex"?><r/>', ["unknown encoding", "hex"]),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(text, parts):
    message = refused(text)
    assert "\n" not in message
    for part in parts:
        assert part in message


def test_a_wrong_encoding_is_refused_with_its_line():
    message = refused('<?xml version="1.0" encoding="utf-8"?>\n<r>\n<i>Öl</i></r>'.encode("cp1252"))
    assert "x.xml:3" in message
    assert "XML declaration" in message
    assert "leave out --encoding" not in message
    assert "not UTF-8" in refused("<r>\n<i>Öl</i></r>".encode("cp1252"))
    message = refused('<?xml version="1.0" encoding="cp1251"?>\n<r>Кремовый цвет</r>'.encode())
    assert "is UTF-8, not cp1251" in message
    _, found = events("<r>\n<i>Öl</i></r>".encode("cp1252"), "i", encoding="cp1252")
    assert any(isinstance(one, Whole) and "Öl" in one.record.raw for one in found)


def test_entities_of_the_files_own_are_read():
    text = '<!DOCTYPE r [<!ENTITY shop "Acme &amp; Co &#33;">]><r a="&shop;"><i>By &shop;</i></r>'
    document, found = events(text, "i")
    assert document.root.attributes == {"a": "Acme & Co !"}
    whole = next(one for one in found if isinstance(one, Whole))
    assert whole.record.text(whole.element.content) == "By Acme & Co !"


def test_a_document_type_elsewhere_is_not_fetched():
    text = '<!DOCTYPE r PUBLIC "-//X//EN" "http://localhost:1/x.dtd"><r><i>a&nbsp;&what;</i></r>'
    _, found = events(text, "i")
    whole = next(one for one in found if isinstance(one, Whole))
    assert whole.record.text(whole.element.content) == "a\xa0\ufffc"


def test_many_elements_on_one_line_take_little_memory():
    number = 40_000
    data = b"<r>" + b"<i>some text that is long enough to count</i>" * number + b"</r>"
    tracemalloc.start()
    count = 0
    with open_xml(Source("x.xml", data), ReadOptions()) as document:
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        for one in document.events(lambda path: path[-1] == "i"):
            count += isinstance(one, Whole)
    peak = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    assert count == number
    assert peak < 2 * 1024 * 1024 + len(data)


@pytest.mark.parametrize(
    "piece", ["a", "<!-- ", "<b a='1'", " x='1' ", "&amp;", "<![CDATA[", "<b>", "<", '"', "<i>"]
)
def test_a_long_line_is_refused_or_read_in_linear_time(piece):
    text = "<r><i>" + piece * (3_000_000 // len(piece))
    start = time.process_time()
    assert "not well-formed" in (message := refused(text)) or "nested" in message
    assert time.process_time() - start < 10


def test_an_element_that_never_ends_is_refused():
    message = refused("<r>\n<i>" + "a" * (33 * 1024 * 1024) + "</i></r>")
    assert "x.xml:2" in message
    assert "longer than 16,777,216" in message


def test_an_opened_element_has_its_attributes_and_line():
    _, found = events('<r>\n<g name="a &lt; b" x:y="1"/></r>', "i")
    opened = next(one for one in found if isinstance(one, Opened))
    assert opened.attributes == {"name": "a < b", "x:y": "1"}
    assert opened.line == 2
