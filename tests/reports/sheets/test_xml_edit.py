"""Places in XML are found as a parser finds them, and text is escaped as spreadsheets read it."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from culture_lint.reports.sheets.xml_edit import (
    Node,
    appended,
    cut,
    edited,
    escaped,
    outline,
    quoted,
    with_attribute,
)

names = st.sampled_from(["a", "b", "row", "x:c", "long-name"])
values = st.text(st.characters(codec="ascii", categories=("L", "N", "P", "S")), max_size=8)


@st.composite
def elements(draw: st.DrawFn, depth: int = 3) -> str:
    name = draw(names)
    attributes = "".join(
        f" k{number}={quoted(value).decode()}"
        for number, value in enumerate(draw(st.lists(values, max_size=2)))
    )
    below = draw(st.lists(elements(depth - 1), max_size=3)) if depth else []
    if not below and draw(st.booleans()):
        return f"<{name}{attributes}/>"
    extra = draw(
        st.sampled_from(["", "text", "<!-- </a> -->", "<![CDATA[</b><c>]]>", "<?pi <a>?>"])
    )
    return f"<{name}{attributes}>{extra}{''.join(below)}</{name}>"


def as_tree(node: Node) -> object:
    return node.name, [as_tree(one) for one in node.children]


def parsed(one: ET.Element) -> object:
    return one.tag.rpartition("}")[2], [parsed(child) for child in one]


@given(elements())
def test_outline_is_what_a_parser_sees(body: str) -> None:
    data = f"<?xml version='1.0'?><root xmlns:x='y'>{body}</root>".encode()
    node = outline(data)
    assert as_tree(node) == parsed(ET.fromstring(data))
    first = node.children[0]
    assert ET.fromstring(edited(data, [appended(data, first, b"<new/>")]))[0][-1].tag == "new"
    tag = with_attribute(data[first.start : first.inner], b"k0", b"set")
    changed = edited(data, [(first.start, first.inner, tag)])
    assert ET.fromstring(changed)[0].get("k0") == "set"


@pytest.mark.parametrize("data", [b"<a><b></a>", b"<a>", b"<a/><b/>", b"", b"</a>"])
def test_what_does_not_match_is_told(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"closes|does not end"):
        outline(data)


@given(st.text())
def test_escaped_text_comes_back(text: str) -> None:
    data = b"<t>" + escaped(text) + b"</t>"
    read = ET.parse(io.BytesIO(data)).getroot().text or ""
    back = re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), read)
    assert back == re.sub("[\ud800-\udfff\ufffe\uffff]", "\ufffd", text)


def test_a_cell_is_cut_by_the_units_that_spreadsheets_count() -> None:
    assert cut("a" * 32_767) == "a" * 32_767
    assert cut("a" * 32_768) == "a" * 32_766 + "…"
    short = cut("🐄" * 20_000)
    assert len(short.encode("utf-16-le")) // 2 <= 32_767
    assert short.endswith("🐄…")
