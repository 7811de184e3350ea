"""Every format has its own comments; each is about what its reader would think it is about."""

from __future__ import annotations

import pytest

from culture_lint.sources.items import Item

from .helpers import read

MARK = "culture-lint: ignore[AA/x]"


def about(text: str, name: str) -> tuple[dict[str, list[str]], list[str]]:
    """Return, by item, the lines (or all) that its directives are about, and the notices' kinds."""
    items, notices = read(text, name)
    assert items
    assert not any("culture-lint" in one.text for item in items for one in item.segments)
    return {item.item: [_lines(item, at) for at in range(len(item.directives))] for item in items}, [
        one.kind for one in notices if one.kind
    ]  # fmt: skip


def _lines(item: Item, at: int) -> str:
    one = item.directives[at]
    assert one.text.startswith(("ignore[AA/x]", "ignore-file[AA/x]", "disable[AA/x]"))
    if one.lines is None:
        return "all" if one.segments is None else str(one.segments)
    return f"{one.lines[0]}-{min(one.lines[1], 99)}"


PO = f"""\
# Translators. {MARK} is not one here
msgid ""
msgstr "Language: de\\n"

# {MARK} -- why
#. for programmers
#, c-format
msgid "One cow"
msgid_plural "%d cows"
msgstr[0] "Eine Kuh"
msgstr[1] "%d Kühe"

#. {MARK}
msgid "Bull"
msgstr "Stier"

msgid "Calf"
msgstr "Kalb"
"""


def test_po():
    assert about(PO, "de.po") == (
        {
            "One cow[0]": ["8-11"],
            "One cow[1]": ["8-11"],
            "Bull": ["14-15"],
            "Calf": [],
        },
        [],
    )
    whole = PO.replace(f"# Translators. {MARK} is not one here", f"# {MARK} -- all of it")
    assert about(whole, "de.po")[0]["Calf"] == ["all"]


JSON = """\
{
  // culture-lint: ignore[AA/x] -- by law
  "home": {"title": "Our finest cows", "text": "See them all here"},
  "foot": "Thank you very much" /* culture-lint: ignore[AA/x] */,
  "head": "Hello to all of you // culture-lint: ignore[AA/x]"
}
"""


def test_json_with_comments():
    text = JSON.replace(' // culture-lint: ignore[AA/x]"', ' // see"')
    assert about(text, "locales/en.json")[0] == {
        "home.title": ["3-3"],
        "home.text": ["3-3"],
        "foot": ["4-4"],
        "head": [],
    }


YAML = f"""\
# {MARK.replace("ignore", "ignore-file")}
en:
  # {MARK} -- one
  title: "Our finest # cows"
  text: Come and see   # {MARK}
  # culture-lint: disable[AA/x]
  long: |
    # a line of text
    and another one
  # culture-lint: enable
  foot: 'Thank you # all'
"""


def test_yaml():
    assert about(YAML, "locales/en.yml") == (
        {
            "title": ["all", "4-4"],
            "text": ["all", "5-5"],
            "long": ["all", "6-10"],
            "foot": ["all"],
        },
        [],
    )


def test_a_mark_inside_of_yaml_text_is_text():
    items, _ = read(
        f"en:\n  a: 'See # {MARK}'\n  b: |\n    # {MARK}\n    more of it\n", "locales/en.yml"
    )
    assert [item.directives for item in items] == [(), ()]


PROPERTIES = f"""\
# {MARK}
title = Our finest \\
   cows of all
! {MARK}
text = Come and see them
foot = Thank you # {MARK}
"""


def test_properties():
    items, _ = read(PROPERTIES, "messages_en.properties")
    assert [(item.item, [one.lines for one in item.directives]) for item in items] == [
        ("title", [(2, 3)]),
        ("text", [(5, 5)]),
        ("foot", []),  # a sign behind a value is part of it
    ]


STRINGS = f"""\
/* {MARK}
   -- because */
"title" = "Our finest cows";
"text" = "Come and see"; // {MARK}
"foot" = "Thank you";
"""


def test_apple_strings():
    assert about(STRINGS, "en.strings") == (
        {"title": ["3-3"], "text": ["4-4"], "foot": []},
        [],
    )


XCSTRINGS = """\
{"sourceLanguage": "en", "version": "1.0", "strings": {
  "Our cows": {"comment": "culture-lint: ignore[AA/x] -- brand",
    "localizations": {"de": {"stringUnit": {"state": "translated", "value": "Unsere Kühe"}}}},
  "Thank you": {"comment": "shown at the end",
    "localizations": {"de": {"stringUnit": {"state": "translated", "value": "Vielen Dank"}}}}}}
"""


def test_string_catalogues():
    found, _ = about(XCSTRINGS, "a.xcstrings")
    assert found == {
        "Our cows [en]": ["all"],
        "Our cows [de]": ["all"],
        "Thank you [en]": [],
        "Thank you [de]": [],
    }


XLIFF = f"""\
<xliff version="1.2"><file source-language="en" target-language="de"><body>
<trans-unit id="a"><source>Cow</source><target>Kuh</target><note from="culture-lint">ignore[AA/x] -- w</note></trans-unit>
<trans-unit id="b"><source>Bull</source><target>Stier</target><note>{MARK}</note></trans-unit>
<!-- {MARK} — why -->
<trans-unit id="c">
  <source>Calf</source>
  <target>Kalb</target>
</trans-unit>
<trans-unit id="d"><source>Ox</source><target>Ochse</target><note>short</note></trans-unit>
</body></file></xliff>
"""
XLIFF2 = """\
<xliff version="2.0" srcLang="en" trgLang="de" xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="f">
<unit id="a"><notes><note category="culture-lint" appliesTo="target">ignore[AA/x]</note></notes>
<segment><source>Cow</source><target>Kuh</target></segment></unit>
<unit id="b"><segment><source>Bull</source><target>Stier</target></segment></unit>
</file></xliff>
"""


def test_xliff():
    assert about(XLIFF, "de.xlf") == ({"a": ["all"], "b": ["all"], "c": ["5-8"], "d": []}, [])
    assert about(XLIFF2, "de.xlf")[0] == {"a": ["all"], "b": []}


ANDROID = f"""\
<resources>
  <!-- {MARK} -->
  <string name="a">A cow</string>
  <string name="b">A bull</string> <!-- {MARK} -->
  <!-- culture-lint: disable[AA/x] -->
  <plurals name="c">
    <item quantity="one">one calf</item>
    <item quantity="other">calves</item>
  </plurals>
  <!-- culture-lint: enable[AA/x] -->
  <string name="d">An ox</string>
</resources>
"""


def test_android():
    found, kinds = about(ANDROID, "values-de/strings.xml")
    assert found["a"] == ["3-3"]
    assert found["b"] == ["4-4"]
    assert [value for name, value in found.items() if name.startswith("c")] == [["5-10"]] * 2
    assert (found["d"], kinds) == ([], [])


HTML = f"""\
<html><head><title>Our farm</title></head><body>
<p>One cow <!-- {MARK} --></p>
<!-- {MARK} -->
<p>A bull
and a calf</p>
<p>An ox</p>
</body></html>
"""


def test_html():
    items, notices = read(HTML, "a.html")
    lines = [one.lines for item in items for one in item.directives]
    assert lines == [(2, 2), (4, 5)]
    assert [one for one in notices if one.kind] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("de.po", PO),
        ("locales/en.yml", YAML),
        ("messages_en.properties", PROPERTIES),
        ("en.strings", STRINGS),
        ("de.xlf", XLIFF),
        ("values-de/strings.xml", ANDROID),
        ("a.html", HTML),
    ],
)
def test_a_directive_stands_where_it_is_reported(name, text):
    items, _ = read(text, name)
    lines = text.splitlines()
    for item in items:
        for one in item.directives:
            line = lines[one.place.line - 1][one.place.column - 1 :]
            assert "ignore" in line or "disable" in line


def test_more_than_anybody_writes_is_told():
    many = f"# {MARK}\n" * 2_500
    items, notices = read(f"en:\n  a: Our finest cows\n{many}", "locales/en.yml")
    assert len(items) == 1
    assert any("500 suppressions beyond the first 2,000" in one.message for one in notices)
