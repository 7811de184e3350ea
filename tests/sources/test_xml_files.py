"""Which format an XML file is of is decided by its root element."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from culture_lint.errors import SourceError

from .helpers import read, texts
from .xml_strategies import check_places


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('<resources><string name="a">One</string></resources>', "a"),
        (
            '<xliff version="1.2"><file source-language="en"><body><trans-unit id="u">'
            "<source>One</source></trans-unit></body></file></xliff>",
            "u",
        ),
        (
            "<rss><channel><item><guid>g</guid><link/><title>One</title></item></channel></rss>",
            "g",
        ),
        ("<feed><entry><id>e</id><title>One</title></entry></feed>", "e"),
        (
            '<r:RDF xmlns:r="x"><item><id>i</id><title>One</title></item></r:RDF>',
            "i",
        ),
        (
            '<yml_catalog><shop><offers><offer id="o"><name>One</name></offer></offers></shop>'
            "</yml_catalog>",
            "o",
        ),
    ],
)
def test_the_root_element_decides(text, name):
    items, _ = read(text, "any.xml")
    assert [item.item for item in items] == [name]
    assert items[0].segments[0].text == "One"


@pytest.mark.parametrize(
    "text",
    [
        "<project><name>a</name><item><name>b</name></item></project>",
        '<manifest xmlns:android="a"><application android:label="b"/></manifest>',
        '<menu><item id="a" title="b"/><item id="c"/></menu>',
        "<rows><row><a>b</a></row></rows>",
        "<html><body><p>text</p></body></html>",
        "<configuration/>",
    ],
)
def test_what_holds_no_copy_that_is_known_is_told(text):
    items, notices = read(text, "pom.xml")
    assert items == []
    assert [(one.line, one.kind) for one in notices] == [(1, "not-read")]
    assert notices[0].message.startswith("not read: XML with the root element <")
    assert "Android" in notices[0].message


def test_listings_of_shops_are_read():
    text = (
        "<SHOP><SHOPITEM><ITEM_ID>1</ITEM_ID><PRODUCTNAME>Pásek</PRODUCTNAME>"
        "<DESCRIPTION>Z hovězí kůže</DESCRIPTION><PRICE_VAT>10</PRICE_VAT></SHOPITEM></SHOP>"
    )
    (item,), _ = read(text, "heureka.xml")
    assert (item.item, texts(item)) == ("1", ["Pásek", "Z hovězí kůže"])
    text = (
        "<catalog><products><product id='7'><name>Belt</name><price>5</price>"
        "<color>white</color></product></products></catalog>"
    )
    (item,), _ = read(text, "shop.xml")
    assert (item.item, texts(item)) == ("7", ["Belt", "5", "white"])
    text = "<list><product><hook>Look</hook></product></list>"
    assert read(text, "a.xml")[0] == []
    (item,), _ = read(text, "a.xml", columns=(("title", "hook"),))
    assert texts(item) == ["Look"]


def test_what_is_not_well_formed_is_an_error():
    with pytest.raises(SourceError, match=r"pom.xml:1:\d+: is not well-formed XML"):
        read("<project><a></project>", "pom.xml")


DOCUMENTS = [
    (
        "a.xml",
        '<resources><string name="a">It\\"s <b>%1$s</b> &amp; <![CDATA[<i>x</i>]]></string></resources>',
    ),
    (
        "a.xml",
        "<rss><channel><!-- c --><item><id>1</id><title>A &lt;b></title></item></channel></rss>",
    ),
    (
        "a.xml",
        '<yml_catalog><shop><offers><offer id="1"><name>N</name><param name="p">v</param></offer></offers></shop></yml_catalog>',
    ),
    (
        "a.xlf",
        '<xliff><file target-language="de"><trans-unit id="1"><target>a <x id="1"/> b</target></trans-unit></file></xliff>',
    ),
    ("a.resx", '<root><data name="a"><value>x {0}</value><comment>c</comment></data></root>'),
    (
        "a.stringsdict",
        "<!DOCTYPE plist><plist><dict><key>k</key><dict><key>one</key><string>%#@v@ x</string></dict></dict></plist>",
    ),
]
DAMAGE = st.sampled_from(
    [
        "",
        "<",
        ">",
        "&",
        "'",
        '"',
        "</",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?",
        "<!DOCTYPE",
        "[",
        "\0",
        "\r",
        "/>",
    ]
)


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(DOCUMENTS),
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 12), DAMAGE), min_size=1, max_size=3),
)
def test_a_damaged_file_is_read_or_refused(document, damages):
    name, text = document
    for at, length, new in damages:
        text = text[:at] + new + text[at + length :]
    try:
        items, _ = read(text, name)
    except SourceError:
        return
    check_places(text, items)
