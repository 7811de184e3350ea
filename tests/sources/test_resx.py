""".NET resource files: strings are read, everything else in them is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from culture_lint.errors import SourceError

from .helpers import read
from .xml_strategies import TEXT, check_places

FILE = """<?xml version="1.0" encoding="utf-8"?>
<root>
  <!-- a long remark -->
  <xsd:schema id="root" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><xsd:element name="x"/></xsd:schema>
  <resheader name="resmimetype"><value>text/microsoft-resx</value></resheader>
  <assembly alias="System.Drawing" name="System.Drawing" />
  <data name="Greeting" xml:space="preserve">
    <value>Hello {0},
your order of &lt;b&gt;wagyu&lt;/b&gt; is here: https://example.com</value>
    <comment>shown at the top</comment>
  </data>
  <data name="Icon" type="System.Resources.ResXFileRef, System.Windows.Forms">
    <value>a.ico;System.Drawing.Icon</value>
  </data>
  <data name="Blob" mimetype="application/x-microsoft.net.object.bytearray.base64"><value>AAAA</value></data>
  <data name="&gt;&gt;label1.Name" xml:space="preserve"><value>label1</value></data>
  <data name="label1.Text" type="System.String, mscorlib"><value>A cow</value>
    <comment>culture-lint: ignore[IN/cow] -- a logo; ignore[NP]</comment></data>
  <data name="Empty"><value /></data>
  <data name="None"/>
  <metadata name="m"><value>no</value></metadata>
</root>
"""


def test_strings_are_read():
    items, notices = read(FILE, "Resources.resx")
    assert [(item.item, item.line, item.segments[0].text) for item in items] == [
        ("Greeting", 7, "Hello \ufffc, your order of wagyu is here: \ufffc"),
        ("label1.Text", 17, "A cow"),
    ]
    assert [found.text for found in items[1].directives] == [
        "ignore[IN/cow] -- a logo",
        "ignore[NP]",
    ]
    assert items[1].directives[0].place.line == 18
    assert notices == []
    check_places(FILE, items)


def test_a_name_that_stands_twice_is_told():
    text = "<root><data name='a'><value>x</value></data>\n<data name='a'><value>y</value></data></root>"
    items, notices = read(text, "a.resw")
    assert len(items) == 2
    assert [(one.line, "first on line 1" in one.message) for one in notices] == [(2, True)]


def test_another_root_is_refused():
    with pytest.raises(SourceError, match=r"a.resx:1: is no .NET resource file"):
        read("<resources/>", "a.resx")


@settings(max_examples=100, deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=4), st.sampled_from(["utf-8-sig", "utf-16"]))
def test_every_span_leads_back_to_the_file(values, encoding):
    body = "".join(
        f'<data name="n{number}" xml:space="preserve">\r\n<value>{value}</value></data>\r\n'
        for number, value in enumerate(values)
    )
    text = f"<root>{body}</root>"
    check_places(text, read(text, "a.resx", encoding)[0])
