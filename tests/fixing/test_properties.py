"""Whatever a file holds: a second run changes nothing more, and only the words change."""

from __future__ import annotations

import csv
import io
import json
import re
from xml.sax.saxutils import escape

import polib
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fixing.conftest import Fix

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
    st.tuples(st.lists(_WORDS, min_size=3, max_size=5), _FOUND), min_size=1, max_size=3
).map(lambda parts: " ".join(" ".join(["Nice", *words, found]) for words, found in parts) + " here")

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
    old = json.dumps({"en": {"a": text, "n": 1.5}}, ensure_ascii=ascii_only, indent=indent)
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
