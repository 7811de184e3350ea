"""Product feeds in XML read as their CSV twins do, item by item."""

from __future__ import annotations

import csv
import html
import io
import tracemalloc
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from culture_lint.errors import SourceError
from culture_lint.sources.items import Item, ReadOptions, Role, Source
from culture_lint.sources.registry import reader_for

from .helpers import at, brief, read, texts
from .xml_strategies import ENCODINGS, TEXT, check_places, declared_name

G = 'xmlns:g="http://base.google.com/ns/1.0"'


def rss(items: str, channel: str = "") -> str:
    return (
        f'<?xml version="1.0"?>\n<rss version="2.0" {G}><channel>{channel}\n{items}</channel></rss>'
    )


def feed(text: str, **options: object) -> list[Item]:
    return read(text, "feed.xml", **options)[0]


PRODUCTS = [
    {
        "id": "A-1",
        "title": "Wagyu & leather belt",
        "description": "<p>A <b>cow</b>hide belt</p><p>Set of 4 &eacute;</p>",
        "link": "https://example.com/1",
        "image_link": "https://example.com/1.jpg",
        "availability": "in_stock",
        "price": "12.00 EUR",
        "brand": "Acme",
        "color": "white/black",
        "material": "leather",
        "google_product_category": "Apparel > Belts",
        "product_type": "Belts",
        "custom_label_0": "gift",
        "target_country": "DE",
        "content_language": "en",
    },
    {
        "id": "A-2",
        "title": "  Umbrella ",
        "description": "Plain",
        "link": "https://example.com/2",
        "image_link": "https://example.com/2.jpg",
        "price": "5 EUR",
        "target_country": "AT",
        "content_language": "de",
        "product_highlight": "Light",
    },
]


def as_csv(products: list[dict[str, str]]) -> str:
    names = list(dict.fromkeys(name for product in products for name in product))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(products)
    return out.getvalue()


def as_xml(products: list[dict[str, str]], form: str) -> str:
    def value(text: str) -> str:
        return f"<![CDATA[{text}]]>" if form == "cdata" else html.escape(text)

    body = "".join(
        "<item>\n"
        + "".join(f"<g:{name}>{value(text)}</g:{name}>\n" for name, text in product.items())
        + "</item>\n"
        for product in products
    )
    return rss(body)


@pytest.mark.parametrize("form", ["cdata", "escaped"])
def test_a_feed_reads_as_its_csv_twin(form):
    ours, notices = read(as_xml(PRODUCTS, form), "feed.xml")
    theirs, told = read(as_csv(PRODUCTS), "feed.csv")
    assert "Google Merchant feed" in notices[0].message
    assert "Google Merchant feed" in told[0].message
    for one, other in zip(ours, theirs, strict=True):
        assert (one.item, one.language, one.markets) == (other.item, other.language, other.markets)
        assert brief(one.segments) == brief(other.segments)
        assert [part.field for part in one.segments] == [part.field for part in other.segments]


def test_fields_that_only_late_items_have_are_read():
    body = "".join(
        f"<item><g:id>{number}</g:id><title>Belt</title><g:description>x</g:description></item>"
        for number in range(300)
    )
    body += "<item><g:id>x</g:id><title>Belt</title><g:color>white</g:color></item>"
    items = feed(rss(body))
    assert len(items) == 301
    assert brief(items[-1].segments) == [("title", None, "Belt"), ("attribute", "colour", "white")]


def test_fields_inside_fields():
    text = rss(
        "<item><g:id>1</g:id><title>Belt</title><g:title>Belt</g:title><link/>"
        "<g:price>5 EUR</g:price>"
        "<g:image_link>https://example.com/1.jpg</g:image_link>"
        "<g:structured_description><g:digital_source_type>trained</g:digital_source_type>"
        "<g:content>A belt</g:content></g:structured_description>"
        "<g:product_detail><g:section_name>General</g:section_name>"
        "<g:attribute_name>Material</g:attribute_name><g:attribute_value>pigskin</g:attribute_value>"
        "</g:product_detail><g:shipping><g:country>DE</g:country><g:price>5 EUR</g:price></g:shipping>"
        "<g:product_highlight>One</g:product_highlight><g:product_highlight>Two</g:product_highlight>"
        "</item>"
    )
    (item,) = feed(text)
    assert brief(item.segments) == [
        ("title", None, "Belt"),
        ("price", None, "5 EUR"),
        ("description", None, "A belt"),
        ("bullet", None, "One"),
        ("bullet", None, "Two"),
        ("attribute", "material", "pigskin"),
    ]
    assert item.markets is None


def test_an_atom_feed_is_read():
    text = (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {G} xml:lang="en-GB"><title>Shop</title>'
        '<entry><id>tag:1</id><title>Belt</title><link href="https://example.com"/>'
        "<updated>2026-11-01</updated><summary>Short</summary>"
        '<content type="xhtml" xml:lang="fr"><div xmlns="http://www.w3.org/1999/xhtml">'
        "<p>Un</p><p>Deux &amp; <b>trois</b></p></div></content>"
        '<category term="Belts"/><author><name>Someone</name></author></entry></feed>'
    )
    (item,) = feed(text)
    assert (item.item, item.language) == ("tag:1", "en-GB")
    assert [(one.role.value, one.text, one.language) for one in item.segments] == [
        ("title", "Belt", None),
        ("description", "Short", None),
        ("description", "Un\nDeux & trois", "fr"),
        ("category", "Belts", None),
    ]
    check_places(text, [item])
    assert [one.places.source(0, len(one.text)) for one in item.segments][3] == "Belts"


def test_a_news_feed_is_read_with_its_language():
    text = (
        '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        "<language>pt-br</language><item><title>Novo</title><link>https://example.com</link>"
        '<guid isPermaLink="false">p1</guid><pubDate>Mon</pubDate><description>Olá</description>'
        "<content:encoded><![CDATA[<p>Um</p><p>dois</p>]]></content:encoded></item></channel></rss>"
    )
    (item,) = feed(text)
    assert (item.item, item.language, texts(item)) == ("p1", "pt-BR", ["Novo", "Olá", "Um\ndois"])


YML = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE yml_catalog SYSTEM "shops.dtd">
<yml_catalog date="2026-11-01"><shop><name>Лавка</name>
<categories><category id="1">Одежда</category><category id="2" parentId="1">Ремни</category></categories>
<offers>
<offer id="7" available="true"><name><![CDATA[Ремень & Co]]></name>
<url>https://example.com</url><price>100</price><currencyId>RUR</currencyId><categoryId>2</categoryId>
<vendor>Acme</vendor><description>&lt;p&gt;Из кожи&lt;/p&gt;</description>
<param name="Цвет">белый</param><param name="Вес" unit="г">100</param></offer>
</offers></shop></yml_catalog>"""


def test_a_yandex_feed_is_read():
    items, notices = read(YML, "feed.xml")
    assert "Yandex Market feed" in notices[0].message
    (item,) = items
    assert (item.item, item.line) == ("7", 6)
    assert brief(item.segments) == [
        ("title", None, "Ремень & Co"),
        ("price", "RUB", "100"),
        ("brand", None, "Acme"),
        ("description", None, "Из кожи"),
        ("attribute", "colour", "белый"),
        ("attribute", "вес", "100"),
        ("category", None, "Одежда > Ремни"),
    ]
    category = item.segments[-1]
    assert category.role is Role.CATEGORY
    assert at(YML, category, 0, len(category.text)) == "2"
    assert category.places.source(3, 8) == "2"


def test_columns_may_be_named():
    text = rss("<item><g:id>1</g:id><hook>Look</hook></item>")
    (item,) = feed(text, columns=(("title", "hook"),))
    assert brief(item.segments) == [("title", None, "Look")]
    with pytest.raises(SourceError, match="no text column found among: id, mpn"):
        feed(rss("<item><g:id>1</g:id><mpn>77-1</mpn></item>"))


def test_a_feed_without_items_is_told():
    items, notices = read(rss(""), "feed.xml")
    assert items == []
    assert [one.message for one in notices] == ["is a feed without items"]


def test_suppressions_stand_in_comments():
    text = rss(
        "<!-- culture-lint: ignore[IN] -->\n<item><g:id>1</g:id><title>a</title></item>\n"
        "<item><g:id>2</g:id>\n<title>b</title> <!-- culture-lint: ignore[JP] -->\n"
        "<description>c</description></item>"
    )
    first, second = feed(text)
    assert [(one.text, one.lines) for one in first.directives] == [("ignore[IN]", (4, 4))]
    assert [(one.text, one.lines) for one in second.directives] == [("ignore[JP]", (6, 6))]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=4),
    ENCODINGS,
    st.sampled_from(["", "\n", "\r\n  "]),
)
def test_every_span_leads_back_to_the_file(products, encoding, between):
    declared = declared_name(encoding)
    body = "".join(
        f"<item>{between}<g:id>{number}</g:id><title>{title}</title>{between}"
        f"<g:description>{text}&lt;p&gt;{title}<![CDATA[</p>]]></g:description><g:color>{tag}"
        "</g:color><link>l</link></item>"
        for number, (title, text, tag) in enumerate(products)
    )
    text = f'<?xml version="1.0" encoding="{declared}"?>{rss(body).partition("?>")[2]}'
    items = feed(text, written_in=encoding)
    assert [item.item for item in items] == [str(number) for number in range(len(products))]
    check_places(text, items)


def test_items_are_those_another_parser_counts():
    text = as_xml(PRODUCTS * 5, "escaped")
    counted = ElementTree.fromstring(text).findall("channel/item")
    assert len(feed(text)) == len(counted) == 10


def test_a_long_feed_takes_little_memory(tmp_path: Path):
    item = "<item><g:id>1</g:id><title>Belt</title><g:description>{}</g:description></item>"
    path = tmp_path / "feed.xml"
    path.write_text(rss(item.format("a cow, " * 1500) * 1000))
    assert path.stat().st_size > 10_000_000
    read_ = reader_for("feed.xml")
    assert read_ is not None
    tracemalloc.start()
    count = sum(isinstance(one, Item) for one in read_(Source(str(path)), ReadOptions()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 1000
    assert peak < 4_000_000
