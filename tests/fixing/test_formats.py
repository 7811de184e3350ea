"""Fixes in every format: read again by other people's parsers, and not one byte more is changed.

Each case is a file in which the word that a fix replaces stands among everything that its format
can hold; what is expected is the same file with that word replaced, to the byte.
"""

from __future__ import annotations

import csv
import io
import json
import plistlib
import xml.etree.ElementTree as ET
from collections.abc import Callable

import javaproperties
import polib
import pytest
import yaml

from culture_lint.sources.registry import endings
from tests.fixing.conftest import Fix

OLD, NEW = "moonhorse", "sunlion"
#: A wording with every quote and ampersand: apostrophe, double quotes, "&".
HARD = "snark"
SAID = 'shepherd\'s "salt" & pepper'

CSV = (
    "sku;title;description;price;language\r\n"
    'A1;"A ""big"" moonhorse; for you";"<p>It&rsquo;s a <b>moonhorse</b> &amp; more</p>";1,50;en\r\n'
    "A2;Plain  ;'';;en\r\n"
    '"A3";Snark, and more;"a snark, here";"";en\r\n'
)
TSV = "sku\ttitle\tlanguage\nA1\tA moonhorse cup\ten\nA2\t 'odd' \ten"
JSONL = (
    '{"sku": "A1",  "title": "A \\"big\\" moonhorse cup\\u00e9\\/", "language":"en", "n": 1.50}\n'
    '{"sku":"A2","title":"Plain","language":"en"}\n'
)
JSON = '{\n\t"en": {\n\t\t"a.title" : "Buy a moonhorse\\ttoday, {name}!",\n\t\t"b": "Plain caf\\u00e9"\n\t}\n}\n'
ARB = '{"@@locale": "en", "hello": "A moonhorse for {name}", "@hello": {"placeholders": {"name": {}}}}\n'
XCSTRINGS = """{
  "sourceLanguage" : "de",
  "strings" : {
    "buy" : {
      "localizations" : {
        "en" : { "stringUnit" : { "state" : "translated", "value" : "Buy a moonhorse, %@" } }
      }
    }
  },
  "version" : "1.0"
}
"""
PO = """# Comment with moonhorse
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: en\\n"

#: shop.c:1
msgctxt "a"
msgid "Buy a moonhorse now"
msgstr "Buy the best "
"moonhorse in \\"town\\"\\n"

msgid "one moonhorse"
msgid_plural "%d moonhorses"
msgstr[0] "one moonhorse here"
msgstr[1] "more of these here"
"""
XLIFF = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
  <file source-language="en" target-language="en-GB" datatype='plaintext' original="moonhorse">
    <body><trans-unit id="1"  approved="yes">
      <source>Buy a moonhorse &amp; more</source>
      <target>Get a moonhorse&#160;&amp; more <g id="1">of it</g></target>
      <note>moonhorse</note>
    </trans-unit></body>
  </file>
</xliff>
"""
ANDROID = """<?xml version="1.0" encoding="utf-8"?>
<resources xmlns:x="urn:x">
    <!-- moonhorse -->
    <string name="moonhorse">It\\'s a moonhorse &amp; more</string>
    <plurals name="n"><item quantity="other">%d days of moonhorse</item></plurals>
</resources>
"""
FEED = """<?xml version="1.0" encoding="ISO-8859-1"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Caf\xe9</title>
<item><g:id>A1</g:id><title>A moonhorse caf\xe9</title>
<description><![CDATA[<p>A <i>big</i> moonhorse &amp; more</p>]]></description>
<g:content_language>en</g:content_language></item>
</channel></rss>
"""
RESX = """<?xml version="1.0" encoding="utf-8"?>
<root>
  <data name="moonhorse" xml:space="preserve"><value>A moonhorse cup</value><comment>moonhorse</comment></data>
</root>
"""
STRINGSDICT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict><key>moonhorses</key><dict>
<key>NSStringLocalizedFormatKey</key><string>%#@n@</string>
<key>n</key><dict><key>NSStringFormatSpecTypeKey</key><string>NSStringPluralRuleType</string>
<key>NSStringFormatValueTypeKey</key><string>d</string>
<key>one</key><string>%d moonhorse left</string><key>other</key><string>%d are left</string>
</dict></dict></dict></plist>
"""
STRINGS = '/* moonhorse */\n"buy.moonhorse" = "Buy a \\"big\\" moonhorse now";\n"b" = "Plain";\n'
PROPERTIES = (
    "# moonhorse\r\nmoonhorse.title = A moonhorse \\\r\n    cup for your caf\\u00e9\r\n"
    "b.text:Plain words for all of you\r\nc.text  Come and see us today!\r\n"
)
FTL = "# moonhorse\nmoonhorse = A moonhorse for { $name }\n    .title = Buy it\n"
YAML = (
    "# moonhorse\nen:\n  moonhorse: 'It''s a moonhorse'\n  b: \"A \\\"big\\\" moonhorse here\"\n"
    "  c: a plain moonhorse # comment\n  d: >-\n    A folded\n    moonhorse text\n"
)
MARKDOWN = (
    "---\ntitle: A moonhorse page\nslug: moonhorse\n---\n\n# A *big* moonhorse\n\n"
    'Text with a moonhorse,\nand [a moonhorse](moonhorse.html "x").  \n\n```\nmoonhorse\n```\n'
)
HTML = (
    "<!DOCTYPE html>\n<html lang=en><head><meta charset='utf-8'><title>A moonhorse</title></head>\n"
    '<body CLASS="moonhorse"><p>A&nbsp;moonhorse &amp; more<br><img src="moonhorse.png" alt="Moonhorse print">\n'
    '<script type="application/ld+json">{"@type": "Product", "name": "A moonhorse \\"cup\\""}</script>\n'
    "</body></html>\n"
)
TEXT = "A moonhorse story.\r\n\r\nAnother paragraph with café.\r\n"


def swapped(text: str, *places: int) -> str:
    """Return a text with the old word replaced at some of the places where it stands, from 0."""
    parts = text.split(OLD)
    out = parts[0]
    for number, part in enumerate(parts[1:]):
        out += (NEW if number in places else OLD) + part
    return out


CASES = {
    "a.tsv": (TSV, swapped(TSV, 0)),
    "a.jsonl": (JSONL, swapped(JSONL, 0)),
    "a.ndjson": (JSONL, swapped(JSONL, 0)),
    "en/a.json": (JSON, swapped(JSON, 0)),
    "a.arb": (ARB, swapped(ARB, 0)),
    "a.xcstrings": (XCSTRINGS, swapped(XCSTRINGS, 0)),
    "a.po": (PO, swapped(PO, 2, 5)),
    "a.xlf": (XLIFF, swapped(XLIFF, 2)),
    "a.xliff": (XLIFF, swapped(XLIFF, 2)),
    "strings.xml": (ANDROID, swapped(ANDROID, 2, 3)),
    "a.resx": (RESX, swapped(RESX, 1)),
    "a.resw": (RESX, swapped(RESX, 1)),
    "a.stringsdict": (STRINGSDICT, swapped(STRINGSDICT, 1)),
    "a.strings": (STRINGS, swapped(STRINGS, 2)),
    "a.properties": (PROPERTIES, swapped(PROPERTIES, 2)),
    "a.ftl": (FTL, swapped(FTL, 2)),
    "en.yml": (YAML, swapped(YAML, 2, 3, 4, 5)),
    "en.yaml": (YAML, swapped(YAML, 2, 3, 4, 5)),
    "a.md": (MARKDOWN, swapped(MARKDOWN, 0, 2, 3, 4)),
    "a.markdown": (MARKDOWN, swapped(MARKDOWN, 0, 2, 3, 4)),
    "a.mdx": (MARKDOWN, swapped(MARKDOWN, 0, 2, 3, 4)),
    "a.html": (HTML, None),
    "a.htm": (HTML, None),
    "a.txt": (TEXT, swapped(TEXT, 0)),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
def test_only_the_words_change(name: str, bom: bytes, fix: Fix) -> None:
    old, new = CASES[name]
    if new is None:
        new = swapped(old, 0, 2, 4)
    found = fix(name, bom + old.encode())
    assert found is not None
    assert found.new.decode() == (bom + new.encode()).decode()
    again = fix(name, found.new)
    assert again is None or again.new == found.new


def test_cells_keep_their_quotes_and_their_markup(fix: Fix) -> None:
    found = fix("a.csv", CSV)
    assert found is not None
    expected = swapped(CSV, 0, 1).replace("a snark, here", 'a shepherd\'s ""salt"" & pepper, here')
    assert found.new.decode() == expected
    rows = list(csv.reader(io.StringIO(found.new.decode(), newline=""), delimiter=";"))
    assert rows[1][1] == 'A "big" sunlion; for you'
    assert rows[3][2] == f"a {SAID}, here"
    # In a cell without quotes, quotes cannot be written without changing more than the words.
    assert rows[3][1] == "Snark, and more"


def test_an_encoding_that_is_declared_is_kept(fix: Fix) -> None:
    data = FEED.encode("iso-8859-1")
    found = fix("feed.xml", data)
    assert found is not None
    assert found.new == swapped(FEED, 0, 1).encode("iso-8859-1")
    ET.fromstring(found.new)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252", "cp932", "gb18030"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_stay(encoding: str, end: str, fix: Fix) -> None:
    other = {"cp1252": "Café Straße", "cp932": "日本語の説明", "gb18030": "中文说明"}.get(
        encoding, "Café 日本"
    )
    old = f"sku,title,language{end}A1,A moonhorse cup,en{end}A2,{other},en{end}"
    bom = b"\xfe\xff" if encoding == "utf-16-be" else b""
    found = fix("a.csv", bom + old.encode(encoding), encoding=encoding)
    assert found is not None
    assert found.new == bom + old.replace(OLD, NEW).encode(encoding)


def test_what_an_encoding_cannot_hold_is_not_written(fix: Fix) -> None:
    old = "sku,title,language\nA1,Becher: Mondpferd,de\nA2,Чашка,de\n".encode("cp1251")
    found = fix("a.csv", old, encoding="cp1251", language="de")
    assert found is not None
    assert found.new == old
    assert "“ö”" in found.declined[0].why


Parse = Callable[[bytes], object]

#: Files with the hard word, and what another parser finds in its place.
HARD_CASES: dict[str, tuple[str, Parse]] = {
    "a.jsonl": (
        '{"sku": "A1", "title": "A snark", "language": "en"}\n',
        lambda data: json.loads(data)["title"],
    ),
    "en.json": ('{"en": {"a": "A snark"}}\n', lambda data: json.loads(data)["en"]["a"]),
    "a.po": (
        'msgid ""\nmsgstr "Language: en\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "x y"\nmsgstr "A snark"\n',
        lambda data: polib.pofile(data.decode())[0].msgstr,
    ),
    "a.xlf": (
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file source-language='
        '"de" target-language="en" datatype="x" original="x"><body><trans-unit id="1"><source>Eins'
        "</source><target>A snark</target></trans-unit></body></file></xliff>",
        lambda data: next(one.text for one in ET.fromstring(data).iter() if "target" in one.tag),
    ),
    "feed.xml": (
        '<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><item><g:id>1</g:id>'
        "<title>A snark</title></item></channel></rss>",
        lambda data: ET.fromstring(data).findtext("channel/item/title"),
    ),
    "a.resx": (
        '<root><data name="a" xml:space="preserve"><value>A snark</value></data></root>',
        lambda data: ET.fromstring(data).findtext("data/value"),
    ),
    "a.properties": (
        "shop.title = A snark for everybody\nb.text = Plain words for all of you\nc.text = Come and see us today!\n",
        lambda data: javaproperties.loads(data.decode())["shop.title"].partition(" for every")[0],
    ),
    "en.yml": ("en:\n  a: 'A snark'\n", lambda data: yaml.safe_load(data)["en"]["a"]),
    "en.yaml": ('en:\n  a: "A snark"\n', lambda data: yaml.safe_load(data)["en"]["a"]),
    "e/en.yml": ("en:\n  a: A snark\n", lambda data: yaml.safe_load(data)["en"]["a"]),
    "f/en.yml": (
        "en:\n  a: |\n    A snark\n",
        lambda data: yaml.safe_load(data)["en"]["a"].strip(),
    ),
}


@pytest.mark.parametrize("name", HARD_CASES)
def test_quotes_and_ampersands_are_written_as_the_format_asks(name: str, fix: Fix) -> None:
    text, parse = HARD_CASES[name]
    found = fix(name, text)
    assert found is not None
    assert found.applied, found.declined
    assert parse(found.new) == f"A {SAID}"


def test_stringsdict_stays_a_property_list(fix: Fix) -> None:
    found = fix("a.stringsdict", STRINGSDICT.replace(f"{OLD} left", f"{HARD}, left"))
    assert found is not None
    assert found.applied
    assert plistlib.loads(found.new)["moonhorses"]["n"]["one"] == f"%d {SAID}, left"


def test_html_attributes_and_scripts_are_escaped_each_in_its_way(fix: Fix) -> None:
    from html.parser import HTMLParser

    page = (
        '<html lang="en"><body><p>A snark</p><a href="x" title="A snark">x</a>'
        '<script type="application/ld+json">{"@type": "Product", "name": "A snark"}</script>'
        "</body></html>"
    )
    seen: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            seen.extend(value or "" for name, value in attrs if name == "title")

        def handle_data(self, data: str) -> None:
            seen.append(data)

    found = fix("a.html", page)
    assert found is not None
    Reader().feed(found.new.decode())
    assert seen[:3] == [f"A {SAID}", f"A {SAID}", "x"]
    assert json.loads(seen[3])["name"] == f"A {SAID}"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.pot", 'msgid ""\nmsgstr ""\n\nmsgid "Buy a moonhorse now"\nmsgstr ""\n'),
        ("a.po", 'msgid ""\nmsgstr ""\n\nmsgid "Buy a moonhorse now"\nmsgstr ""\n'),
        (
            "a.xlf",
            '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file source-language='
            '"en" datatype="x" original="x"><body><trans-unit id="1"><source>Buy a moonhorse now'
            "</source></trans-unit></body></file></xliff>",
        ),
    ],
)
def test_source_texts_are_never_changed(name: str, text: str, fix: Fix) -> None:
    found = fix(name, text)
    assert found is not None
    assert found.new == found.old
    assert "source text" in found.declined[0].why


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", '<html lang="en"><p>One golden <b>vleem</b> cup</p></html>'),
        ("a.md", "One golden **vleem** cup for everybody in the house.\n"),
        ("a.csv", "sku,description,language\nA1,<p>One golden <b>vleem</b> cup</p>,en\n"),
    ],
)
def test_words_with_markup_between_them_are_left_alone(name: str, text: str, fix: Fix) -> None:
    found = fix(name, text)
    if found is None:
        return
    assert "silver" not in found.new.decode()
    assert found.new.decode().count("<") == text.count("<")
    assert found.new.decode().count("*") == text.count("*")


def test_words_wrapped_over_two_lines_are_replaced_as_one(fix: Fix) -> None:
    found = fix("a.md", "Here is a thing: golden\nvleem for everybody in the house.\n")
    assert found is not None
    assert found.new == b"Here is a thing: silver pine for everybody in the house.\n"


def test_every_kind_of_file_that_is_read_has_a_case_here() -> None:
    covered = {one for name in [*CASES, *HARD_CASES] for one in endings() if name.endswith(one)}
    elsewhere = {".xlsx", ".xlsm", ".parquet"}  # test_workbook.py
    same = {".csv", ".tab", ".pot", ".xhtml", ".mjml", ".ftlh"}  # the same reader and escapes
    suppressions = {".culture-lint.yaml", ".culture-lint.yml"}
    assert endings() - covered == elsewhere | same | suppressions
