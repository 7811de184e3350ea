"""Whatever a file holds: a second run changes nothing more, and only the words change."""

from __future__ import annotations

import csv
import io
import json
import re
from xml.sax.saxutils import escape

import openpyxl
import polib
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fixing.conftest import Fix
from tests.fixing.test_workbook import workbook

#: Words that no rule of the test market is about, and the ones that are fixed.
_WORDS = st.sampled_from(
    [
        "plain",
        "cup",
        "(new)",
        "caf\u00e9",
        "it's",
        "5\u00a0cm",
        "日本",
        "R&B",
        '"big"',
        "a;b",
        "x,y",
        "1<2",
    ]
)
_FOUND = st.sampled_from(["moonhorse", "vleem"])
_SAID = {"moonhorse": "sunlion", "vleem": "pine"}
#: Between found words stand enough others for each to be one of its own.
_TEXTS = st.lists(
    st.tuples(st.lists(_WORDS, min_size=3, max_size=5, unique=True), _FOUND), min_size=1, max_size=3
).map(lambda parts: " ".join(" ".join(["Nice", *words, found]) for words, found in parts) + " here")

#: Without a sentence or two a file of keys and values is not taken for copy.
_MORE = "Thank you for your order, we are on our way."
_COPY = "Come in and see what is new today!"

_quickly = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def swapped(text: str) -> str:
    """Return a text with every found word replaced by what is to be said."""
    return re.sub("vleem|moonhorse", lambda found: _SAID[found[0]], text)


def check(fix: Fix, name: str, data: bytes) -> None:
    """A fixed file differs where it should, and fixing it again changes nothing."""
    found = fix(name, data)
    assert found is not None
    for one in found.applied:
        assert one.after["CC"] is not None
        assert one.before["CC"] is not None
        assert one.after["CC"] >= one.before["CC"]
    # Only words that are to be replaced were, as many as it says; all else is the same.
    assert swapped(found.new.decode()) == swapped(data.decode())
    said = sum(found.new.decode().count(one) for one in ("sunlion", "pine"))
    assert said == len(found.applied) > 0
    again = fix(name, found.new)
    assert again is None or again.new == found.new


@_quickly
@given(text=_TEXTS, end=st.sampled_from(["\n", "\r\n"]), quoted=st.booleans())
def test_cells(fix: Fix, text: str, end: str, quoted: bool) -> None:
    cell = '"' + text.replace('"', '""') + '"' if quoted or set(text) & set(',"') else text
    old = f"sku,title,language{end}A1,{cell},en{end}A2, odd  ,en"
    check(fix, "l.csv", old.encode())
    found = fix("l.csv", old)
    assert found is not None
    (_, row, _) = csv.reader(io.StringIO(found.new.decode(), newline=""))
    assert swapped(row[1]) == swapped(text)


@_quickly
@given(text=_TEXTS, ascii_only=st.booleans(), indent=st.sampled_from([None, 2, "\t"]))
def test_json(fix: Fix, text: str, ascii_only: bool, indent: int | None) -> None:
    old = json.dumps(
        {"en": {"a": text, "n": 1.5, "b": _COPY}}, ensure_ascii=ascii_only, indent=indent
    )
    check(fix, "en.json", old.encode())


@_quickly
@given(text=_TEXTS, cdata=st.booleans())
def test_xml(fix: Fix, text: str, cdata: bool) -> None:
    content = f"<![CDATA[{text}]]>" if cdata else escape(text)
    old = (
        '<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>'
        f"<item>\r\n <g:id>1</g:id><title  >{content}</title></item></channel></rss>"
    )
    check(fix, "feed.xml", old.encode())


@_quickly
@given(text=_TEXTS, width=st.sampled_from([20, 40, 0]))
def test_po(fix: Fix, text: str, width: int) -> None:
    catalogue = polib.POFile(wrapwidth=width)
    catalogue.metadata = {"Language": "en", "Content-Type": "text/plain; charset=UTF-8"}
    catalogue.append(polib.POEntry(msgid="moonhorse", msgstr=text))
    found = fix("a.po", str(catalogue))
    assert found is not None
    read = polib.pofile(found.new.decode())
    assert read[0].msgid == "moonhorse"
    assert swapped(read[0].msgstr) == swapped(text)
    again = fix("a.po", found.new)
    assert again is None or again.new == found.new


@_quickly
@given(text=_TEXTS, style=st.sampled_from(["'", '"', "|", ">"]))
def test_yaml(fix: Fix, text: str, style: str) -> None:
    old = yaml.dump({"en": {"a": text}}, default_style=style, allow_unicode=True, width=60)
    found = fix("en.yml", old)
    assert found is not None
    assert swapped(yaml.safe_load(found.new)["en"]["a"]) == swapped(text)
    again = fix("en.yml", found.new)
    assert again is None or again.new == found.new


@_quickly
@given(text=_TEXTS)
def test_html(fix: Fix, text: str) -> None:
    written = escape(text)
    old = f'<!doctype html>\n<html lang="en"><body><p  class=x>{written}</p>\n<p>Ende'
    check(fix, "a.html", old.encode())


@_quickly
@given(text=_TEXTS, name=st.sampled_from(["a.md", "a.txt", "a.mdx"]))
def test_prose(fix: Fix, text: str, name: str) -> None:
    text = text.replace("1<2", "1 2")  # a tag to MDX
    old = f"A first line of words.\n\n{text}\n\nA last one, of words"
    check(fix, name, old.encode())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_other_encodings(fix: Fix, encoding: str) -> None:
    old = "sku,title,language\nA1,Nice caf\u00e9 moonhorse here,en\n"
    found = fix("a.csv", old.encode(encoding))
    assert found is not None
    assert found.new == swapped(old).encode(encoding)


def _strings(text: str) -> str:
    return text.replace('"', '\\"')


def _xliff(text: str) -> str:
    return (
        '<?xml version="1.0"?>\n<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">'
        '<file source-language="de" target-language="en" datatype="plaintext" original="x"><body>'
        f'<trans-unit id="1"  approved="yes"><source>Ein Mondpferd</source>\n<target>{escape(text)}'
        "</target></trans-unit></body></file></xliff>"
    )


def _stringsdict(text: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict><key>n</key><dict>\n'
        "<key>NSStringLocalizedFormatKey</key><string>%#@n@</string><key>n</key><dict>"
        "<key>NSStringFormatSpecTypeKey</key><string>NSStringPluralRuleType</string>"
        "<key>NSStringFormatValueTypeKey</key><string>d</string>"
        f"<key>other</key>  <string>{escape(text)}</string></dict></dict></dict></plist>\n"
    )


def _xcstrings(text: str) -> str:
    unit = {"stringUnit": {"state": "translated", "value": text}}
    catalogue = {"sourceLanguage": "de", "strings": {"a": {"localizations": {"en": unit}}}}
    return json.dumps({**catalogue, "version": "1.0"}, ensure_ascii=False, indent=2)


def _android(text: str) -> str:
    said = escape(text).replace("'", "\\'").replace('"', '\\"')
    return f'<resources>\n  <string  name="a">{said}</string>\n</resources>'


#: What a file is called, and how a text stands in it.
_FORMATS = {
    "l.tsv": lambda text: f'sku\ttitle\tlanguage\nA1\t"{text.replace(chr(34), chr(34) * 2)}"\ten\n',
    "l.jsonl": lambda text: json.dumps({"sku": "A1", "title": text, "language": "en"}) + "\r\n",
    "a.arb": lambda text: json.dumps({"@@locale": "en", "a": text}, ensure_ascii=False),
    "a.properties": lambda text: f"# a file\r\na.title = {text}\r\nb.text = {_COPY}\r\nc.text = {_MORE}",
    "latin.properties": lambda text: f"b.text={_COPY}\nc.text={_MORE}\na.title=" + text.encode("ascii", "backslashreplace").decode().replace("\\xe9", "\\u00e9").replace("\\xa0", "\\u00a0"),
    "res/values/strings.xml": _android,
    "a.strings": lambda text: f'/* said */ "a"  = "{_strings(text)}" ;\n',
    "a.stringsdict": _stringsdict,
    "a.xcstrings": _xcstrings,
    "a.ftl": lambda text: f"# said\na = {text}\n    .title = Plain words\n",
    "a.resx": lambda text: (
        f'<?xml version="1.0"?>\n<root><data name="a" xml:space="preserve"><value>{escape(text)}'
        "</value></data>\n</root>"
    ),
    "a.xlf": _xliff,
}  # fmt: skip


@pytest.mark.parametrize("name", _FORMATS)
@_quickly
@given(text=_TEXTS)
def test_every_other_format(fix: Fix, name: str, text: str) -> None:
    check(fix, name, _FORMATS[name](text).encode())


@_quickly
@given(text=_TEXTS, shared=st.booleans())
def test_workbooks(fix: Fix, text: str, shared: bool) -> None:
    rows = [["sku", "title", "language"], ["A1", text, "en"], ["A2", " plain ", "en"]]
    found = fix("l.xlsx", workbook(rows, shared=shared))
    assert found is not None
    book = openpyxl.load_workbook(io.BytesIO(found.new))
    read = [list(row) for row in book.active.iter_rows(values_only=True)]
    assert [read[0], read[2]] == [rows[0], rows[2]]
    assert read[1][1] != text
    assert [read[1][0], swapped(read[1][1]), read[1][2]] == ["A1", swapped(text), "en"]
    again = fix("l.xlsx", found.new)
    assert again is None or again.new == found.new
