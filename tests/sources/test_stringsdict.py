"""Apple's .stringsdict: each form of a message is a text, its variables are not."""

from __future__ import annotations

import plistlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from culture_lint.errors import SourceError

from .helpers import read
from .xml_strategies import check_places

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" '
    '"http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n<plist version="1.0">\n'
)
FILE = (
    HEAD
    + """<dict>
  <!-- culture-lint: ignore[IN] -->
  <key>%d cows in %@</key>
  <dict>
    <key>NSStringLocalizedFormatKey</key>
    <string>Look: %#@cows@ in %@</string>
    <key>cows</key>
    <dict>
      <key>NSStringFormatSpecTypeKey</key>
      <string>NSStringPluralRuleType</string>
      <key>NSStringFormatValueTypeKey</key>
      <string>d</string>
      <key>one</key>
      <string>%d holy cow</string>
      <key>other</key>
      <string>%d holy cows &amp; %1$#@calves@</string>
    </dict>
  </dict>
  <key>Title</key>
  <dict>
    <key>NSStringVariableWidthRuleType</key>
    <dict><key>20</key><string>Hi</string><key>50</key><string>Hello there</string></dict>
  </dict>
  <key>Only</key>
  <dict><key>NSStringLocalizedFormatKey</key><string>%#@x@</string></dict>
</dict>
</plist>
"""
)


def test_forms_are_items():
    items, _ = read(FILE, "Localizable.stringsdict")
    assert [
        (item.item, item.line, item.segments[0].text.replace("\ufffc", "_")) for item in items
    ] == [
        ("%d cows in %@", 9, "Look: _ in _"),
        ("%d cows in %@.cows.one", 17, "_ holy cow"),
        ("%d cows in %@.cows.other", 19, "_ holy cows & _"),
        ("Title.20", 25, "Hi"),
        ("Title.50", 25, "Hello there"),
    ]
    check_places(FILE, items)
    assert [len(item.directives) for item in items] == [1, 1, 1, 0, 0]


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["a", "b %d", "c.d"]),
        st.dictionaries(
            st.sampled_from(["one", "few", "other"]),
            st.text("ab &<>\"'%d#@é😀\n", max_size=12),
            max_size=3,
        ),
        max_size=3,
    )
)
def test_every_span_leads_back_to_the_file(messages):
    value = {
        key: {"NSStringLocalizedFormatKey": "%#@v@!", "v": forms} for key, forms in messages.items()
    }
    text = plistlib.dumps(value).decode()
    check_places(text, read(text, "a.stringsdict")[0])


def test_what_is_no_property_list_in_xml_is_refused():
    with pytest.raises(SourceError, match=r"a.stringsdict:1: is no property list"):
        read("<root/>", "a.stringsdict")
    binary = plistlib.dumps({"a": {"b": "c"}}, fmt=plistlib.FMT_BINARY)
    with pytest.raises(SourceError, match=r"is binary \(binary property list\); .*plutil"):
        read(binary, "a.stringsdict")
