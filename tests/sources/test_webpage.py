"""Pages: what people read and hear of them, where it stands, and in what language it is."""

from __future__ import annotations

import html
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from culture_lint.errors import SourceError
from culture_lint.sources.items import Item

from . import pages
from .helpers import at, read, texts

DATA = Path(__file__).parent.parent / "data" / "pages"


def page(text: str, name: str = "page.html") -> list[Item]:
    return pages.page(text, name)


def all_texts(text: str, name: str = "page.html") -> list[str]:
    return pages.all_texts(text, name)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<p>One <b>red</b> tea</p><p>Two", ["One red tea", "Two"]),
        ("<p>a<br>b</p>", ["a\nb"]),
        ("<ul><li>red<li>blue</ul>", ["red", "blue"]),
        ("<table><tr><td>red<td>tea</table>", ["red", "tea"]),
        ("a<!-- beef --><script>beef</script><style>b</style><template>c</template>", ["a"]),
        ("<p>use <code>beef()</code> now</p><pre>beef</pre>", ["use \ufffc now"]),
        ('<p>Our <span translate="no">Wagyu</span> table', ["Our \ufffc table"]),
        ('<b class="x notranslate">Wagyu</b> table', ["\ufffc table"]),
        ('<div translate="no">No <b translate="yes">yes</b></div>', ["yes"]),
        ("see https://example.org/pig, www.pig.com or a@pig.com!", ["see \ufffc, \ufffc or \ufffc!"]),
        ("<a href='https://pig.com'>https://pig.com</a>", []),
        ("<p>東京\n の茶</p><p>tea\n pot</p><p>차\n 주전자</p>", ["東京の茶", "tea pot", "차 주전자"]),
        ("<nav><a>Home</a><a>Shop</a> wa<a>gyu</a></nav><button>Buy</button>now", ["Home Shop wagyu", "Buy now"]),
        ("<div>&zwnj;&nbsp;&#847;&shy;</div>", []),
        ("<textarea>red <b> tea</textarea><noscript>No script</noscript>", ["red <b> tea", "No script"]),
        ('<p title="no">A<p title="A &amp; B">', ["A", "no", "A & B"]),
        ("<p>Hello {{ name | default: 'pig' }}, {% if x %}hi{% endif %}</p>", ["Hello \ufffc, hi"]),
        ("<p>${pig} <#if (a > b)>tea<#else>pot</#if> <@spring.msg 'x>y'/></p>", ["\ufffc tea\npot \ufffc"]),
        ("<p><?php if ($a > 1) { echo 'pig'; } ?>tea <?= $b ?> <%= pig %><%# pig %></p>", ["tea \ufffc \ufffc"]),
        ('<div {% if a > b %}class="x"{% endif %}>tea</div>', ["tea"]),
        ("<p>item{% if n %}s{% else %}a{% endif %} {{#if x}}b{{else}}c{{/if}}</p>", ["items\na b\nc"]),
        ("<p>*|FNAME|* *|IF:X|*tea*|END:IF|* %%first_name%% %%[ SET @a = 'pig' ]%%</p>", ["\ufffc tea \ufffc"]),
        ("a < b & c > d, R&amp;D &lt;i&gt; 1<2", ["a < b & c > d, R&D <i> 1<2"]),
        ("<p>unclosed <a href='x", ["unclosed <a href='x"]),
        ("", []),
        ("<p></p><hr><p>{{ all }}</p>", []),
    ],
)  # fmt: skip
def test_what_is_read(text, found):
    assert all_texts(text) == found


def test_attributes_that_are_read_or_heard():
    (item,) = page(
        '<img src="pig.png" alt="A red bag"><a title="More" href="x">tea</a>'
        '<button aria-label="Close">x</button><input placeholder="Your name" type="text" value="pig">'
        '<input type=submit value="Buy now"><video data-x="pig"><track label="English" src=x></video>'
    )
    found = [(one.field, one.role.value, one.text) for one in item.segments]
    assert found == [
        ("text", "description", "tea x"),
        ("alt", "alt", "A red bag"),
        ("title", "description", "More"),
        ("aria-label", "description", "Close"),
        ("placeholder", "description", "Your name"),
        ("value", "description", "Buy now"),
        ("label", "description", "English"),
    ]


def test_head_of_a_page():
    (item,) = page(
        '<!doctype html><html lang="pt_BR"><head><title>Red &amp; white</title>'
        '<meta name="description" content="All about tea"><meta name=keywords content="tea, pot">'
        '<meta property="og:title" content="Tea"><meta name="twitter:image:alt" content="A pot">'
        '<meta name="viewport" content="width=device-width"><meta property="og:image" content="x.png">'
        '<meta name="generator" content="pig"></head></html>'
    )
    assert (item.item, item.language, item.markets, item.line) == ("Red & white", "pt-BR", None, 1)
    assert [(one.field, one.role.value, one.text) for one in item.segments] == [
        ("title", "title", "Red & white"),
        ("meta description", "description", "All about tea"),
        ("meta keywords", "tag", "tea, pot"),
        ("og:title", "title", "Tea"),
        ("twitter:image:alt", "alt", "A pot"),
    ]


def test_a_passage_a_heading():
    items = page(
        "<title>Shop</title><p>Above</p>\n<h1>Tea</h1><h2>Green</h2><p>A</p>\n<h2>Black</h2>"
        "<h3>Hot</h3><p>B</p><h2>Green</h2><p>C"
    )
    assert [(one.item, one.line, texts(one)) for one in items] == [
        ("Shop", 1, ["Shop", "Above"]),
        ("Tea > Green", 2, ["Tea", "Green", "A"]),
        ("Tea > Black > Hot", 3, ["Black", "Hot", "B"]),
        ("Tea > Green (2)", 3, ["Green", "C"]),
    ]
    assert [one.role.value for one in items[1].segments] == ["title", "subtitle", "description"]


def test_languages_of_elements():
    (item,) = page(
        '<html lang=en><p>The <i lang="fr">mot juste</i> here</p>'
        '<div lang="ar-SA"><p>نص <b>هنا</b></p></div><p lang="">??? who</p><p>End'
    )
    assert item.language == "en"
    assert [(one.text, one.language) for one in item.segments] == [
        ("The \ufffc here", None),
        ("mot juste", "fr"),
        ("نص هنا", "ar-SA"),
        ("??? who", None),
        ("End", None),
    ]


def test_only_the_page_itself_names_its_markets():
    links = '<link rel="alternate" hreflang="{}" href="/at"><link rel=alternate hreflang=de-CH href="/ch">'
    said = '<link rel="canonical" href="/at"><p>Tee'
    assert page(links.format("de-AT") + said)[0].markets == ("AT",)
    assert page(links.format("de") + said)[0].markets is None
    assert page(links.format("de-AT") + "<p>Tee")[0].markets is None
    assert page('<html lang="de-AT"><p>Tee')[0].markets is None


def test_og_locale_stands_in_for_a_missing_lang():
    assert page('<meta property="og:locale" content="ja_JP"><p>茶')[0].language == "ja-JP"
    assert page('<meta http-equiv="Content-Language" content="de"><p>Tee')[0].language == "de"
    assert page('<html lang="{{ lang }}"><p>tea')[0].language is None


JSON_LD = """<html lang="en"><script type="application/ld+json">
[{"@context": "https://schema.org", "@type": "Product", "sku": "T-1", "name": "Pot \\u00e9 \\"A\\"",
 "description": "Tea &amp; <b>pot</b>", "brand": {"@type": "Brand", "name": "Oak"},
 "color": "red", "offers": {"@type": "Offer", "price": 4.44, "priceCurrency": "USD",
 "seller": {"@type": "Organization", "name": "Pig Ltd"}},
 "review": {"author": {"@type": "Person", "name": "Pig"}, "name": "Good"},
 "additionalProperty": [{"@type": "PropertyValue", "name": "Farbe", "value": "white"}]},
 {"@type": "Organization", "name": "Pig Ltd", "url": "https://pig.com"}]
</script><p>Tea"""


def test_product_data():
    product, text = page(JSON_LD)
    assert (product.item, product.line, product.language) == ("JSON-LD T-1", 2, "en")
    assert [(one.field, one.role.value, one.attribute, one.text) for one in product.segments] == [
        ("name", "title", None, 'Pot é "A"'),
        ("description", "description", None, "Tea & pot"),
        ("brand.name", "brand", None, "Oak"),
        ("color", "attribute", "colour", "red"),
        ("offers.price", "price", "USD", "4.44"),
        ("review.name", "description", None, "Good"),
        ("additionalProperty.value", "attribute", "colour", "white"),
    ]
    assert texts(text) == ["Tea"]
    name = product.segments[0]
    assert name.places.source(4, 5) == "\\u00e9"
    assert at(JSON_LD, name, 4, 5) == "\\u00e9"
    description = product.segments[1]
    assert at(JSON_LD, description, 6, 9) == "pot"


def test_broken_product_data_is_told_and_templated_data_is_not():
    items, notices = read('<p>a\n<script type="application/ld+json">\n{"name": "tea"', "a.html")
    assert [(one.line, one.message.split(" (")[0]) for one in notices] == [
        (3, "JSON-LD that is not JSON")
    ]
    assert texts(items[0]) == ["a"]
    _, notices = read('<script type="application/ld+json">{"name": {{ x }}}</script>', "a.html")
    assert notices == []


def test_comments_of_suppression_are_found():
    text = (
        "<p>red tea</p>\n<!-- culture-lint: ignore[IN/cow] -- a name -->\n<p>wagyu\nbeef</p>\n"
        "<p>pork</p> <!-- culture-lint: ignore[SA/pork] -->\n"
    )
    (item,) = page(text)
    assert [(one.text.split("]")[0], one.lines) for one in item.directives] == [
        ("ignore[IN/cow", (3, 4)),
        ("ignore[SA/pork", (5, 5)),
    ]
    assert not any("culture" in one for one in texts(item))


def test_mail_formats():
    text = (
        "<mjml lang='en'><mj-head><mj-title>Sale</mj-title><mj-preview>Soon &amp; big</mj-preview>"
        "<mj-style>.pig{}</mj-style><mj-attributes><mj-text color='pig'/></mj-attributes></mj-head>"
        "<mj-body><mj-text>Hi</mj-text><mj-image alt='A pot' src='pig'/><mj-button>Buy</mj-button>"
        "</mj-body></mjml>"
    )
    (item,) = page(text, "sale.mjml")
    assert (item.item, item.language) == ("Sale", "en")
    assert texts(item) == ["Sale", "Soon & big", "Hi", "A pot", "Buy"]
    assert all_texts("<#-- pig --><p>Dear ${user.name!'pig'}</p>", "a.ftlh") == ["Dear \ufffc"]


def test_one_line_pages_have_columns():
    text = "<h2>A</h2><p>x</p><h2>B</h2><p>wagyu</p>"
    item = page(text)[1]
    place = item.segments[1].places.place(0, 5)
    assert (item.line, place.line, place.column) == (1, 1, text.index("wagyu") + 1)


PIECES = [
    "<p>", "</p>", "<b>", "</b>", "<br/>", "<li>", "<h1>", "</h1>", "<h3 title='t &amp; u'>", "<td>",
    "<span lang=fr>", "</span>", "<div lang='ar'>", "</div>", "<i translate=no>", "</i>", "<code>",
    "</code>", "&amp;", "&#233;", "&lt;b&gt;", "&nbsp;", "<!-- no -->", "<img alt=\"a 'b' &quot;c\">",
    "<title>", "</title>", "<script>", "</script>", "{{ x }}", "{% if %}", "${a}", "<#if a>", "<% b %>",
    "<?php ?>", "https://a.org/b", "\r\n", "\n", "\r", "\t", "  ", "<", ">", '"', "'", "&", "{", "}",
    '<script type="application/ld+json">{"name":"a\\u00e9 &amp; b","offers":{"price":"4"}}</script>',
    *"ab Zéß漢字あ한😀\u2028\xa0\ufffc",
]  # fmt: skip


def meaning(source: str) -> set[str]:
    """Return what a stretch of the source may stand for."""
    meant = source.replace("\\u00e9", "é")
    return {meant, html.unescape(meant)}


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.sampled_from(["html", "mjml"])
)
def test_every_span_leads_to_its_characters(text, ending):
    items = pages.leads_back(text, f"page.{ending}", meaning)
    for item in items:
        assert item.line == min(one.places.place(0, 1).line for one in item.segments)


class Words(HTMLParser):
    """An independent reader of pages without hidden parts: its words in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_data(self, data: str) -> None:
        self.words += data.split()


TAGS = ["<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<ul>", "<li>", "</ul>", "<h2>", "</h2>"]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([*TAGS, " red ", " tea&amp;pot ", " a &lt; b ", " été\n"])))
def test_no_word_is_lost_or_read_twice(parts):
    text = "".join(parts)
    found = [word for one in all_texts(text) for word in one.split()]
    assert found == Words(text).words


@pytest.mark.parametrize(
    "piece",
    ["<a", "<a '", "<!--", "<script>", "<p>", "<b>", "</p>", "<div><b></div>", "{{", "{%", "${", "${{",
     "<#if ", "<#if (", "<?php", "*|", "%%", "&", "<p title='", "<span lang=fr>", "<h1>x", "x<br>",
     '<p lang="fr">a ', "<!-- culture-lint: x -->", "<li>a", "<img alt=a>"],
)  # fmt: skip
def test_hostile_pages_take_linear_time(piece):
    begin = time.process_time()
    page(piece * (120_000 // len(piece)) + ">")
    assert time.process_time() - begin < 8


@pytest.mark.parametrize(
    ("charset", "written"),
    [
        ("ISO-8859-1", "cp1252"), ("Shift_JIS", "cp932"), ("EUC-KR", "cp949"), ("gb2312", "gb18030"),
        ("iso-2022-jp", "iso2022_jp"), ("windows-1256", "cp1256"), ("iso-8859-9", "iso8859_9"),
    ],
)  # fmt: skip
def test_the_encoding_that_a_page_declares(charset, written):
    word = {
        "cp932": "茶器",
        "iso2022_jp": "茶器",
        "cp949": "찻잔",
        "gb18030": "茶壶",
        "cp1256": "شاي",
    }.get(written, "thé")
    text = f'<html><meta charset="{charset}"><p>{word}</p></html>'
    items, _ = read(text, "a.html", written)
    assert texts(items[0]) == [word]
    # What is said may be wrong, as it is of many a page that was converted.
    items, _ = read(text, "a.html", "utf-8")
    assert texts(items[0]) == [word]


def test_a_page_beyond_measure_is_refused():
    with pytest.raises(SourceError, match="is longer than 16,777,216 characters"):
        page("<p>" + "a" * (16 * 1024 * 1024))
