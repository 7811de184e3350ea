"""As much is read of each format as other people's parsers count in it."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest

ROOT = Path(__file__).parent.parent

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'

#: What each format hides text in, or shows that is none; and how much of it there is to read.
FILES: dict[str, tuple[str, int]] = {
    "locales/de.json": ('{"a": {"b": "Holy cow", "n": "{{count}}"}, "c": "Oak\\u0020table"}', 2),
    "locales/de.yaml": (
        "de:\n  a: >\n    Holy\n    cow\n  b: 'It''s oak'\n  d: 4\n  e: '%{n}'\n",
        2,
    ),
    "l10n/app_de.arb": (
        '{"@@locale": "de", "a": "{n, plural, one{a cow} other{cows}}", "@a": {"description": "x"}}',
        1,
    ),
    "shop_de.properties": ("a=Holy \\\n  cow\n! b=no\nc : Oak\nd={0}\ne=A \\u0063ow\n", 3),
    "shop.po": (
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=n!=1;\\n"\n\n'
        'msgid "a"\nmsgstr ""\n"Holy "\n"cow"\n\n#, fuzzy\nmsgid "f"\nmsgstr "fuzzy"\n\n'
        'msgid "b"\nmsgid_plural "bs"\nmsgstr[0] "a table"\nmsgstr[1] "tables"\n\n'
        'msgid "c"\nmsgstr ""\n\n#~ msgid "o"\n#~ msgstr "obsolete"\n',
        3,
    ),
    "shop.pot": ('msgid ""\nmsgstr ""\n\nmsgid "cow"\nmsgid_plural "cows"\nmsgstr[0] ""\n', 2),
    "shop.xliff": (
        XML + '<xliff version="1.2"><file original="a" source-language="en" target-language="de"'
        ' datatype="x"><body><trans-unit id="1"><source>cow</source><target>Kuh <x id="i"/></target>'
        '</trans-unit><trans-unit id="2"><source>red</source></trans-unit><trans-unit id="3"'
        ' translate="no"><source>a</source><target>b</target></trans-unit><trans-unit id="4">'
        '<source>new</source><target state="new">new</target></trans-unit></body></file></xliff>',
        1,
    ),
    "res/values/strings.xml": (
        XML + '<resources><string name="a">It\\\'s <b>holy</b></string><string name="b"'
        ' translatable="false">no</string><plurals name="c"><item quantity="one">cow</item>'
        '<item quantity="other">%d cows</item></plurals><string-array name="d"><item>red</item>'
        '<item>@string/a</item></string-array><integer name="e">4</integer></resources>',
        4,
    ),
    "de.lproj/Localizable.strings": ('/* a */\n"a" = "Holy \\"cow\\"";\nb = "%@";\n"c"="Oak";\n', 2),
    "de.lproj/Localizable.stringsdict": (
        XML + '<plist version="1.0"><dict><key>k</key><dict><key>NSStringLocalizedFormatKey</key>'
        "<string>%#@n@ here</string><key>n</key><dict><key>NSStringFormatSpecTypeKey</key>"
        "<string>NSStringPluralRuleType</string><key>NSStringFormatValueTypeKey</key><string>d"
        "</string><key>one</key><string>cow</string><key>other</key><string>%d</string></dict>"
        "</dict></dict></plist>",
        2,
    ),
    "Localizable.xcstrings": (
        json.dumps(
            {
                "sourceLanguage": "en",
                "version": "1.0",
                "strings": {
                    "Holy cow": {
                        "localizations": {"de": {"stringUnit": {"state": "new", "value": "Kuh"}}}
                    },
                    "no": {"shouldTranslate": False},
                },
            }
        ),
        2,
    ),
    "en/page.ftl": (
        "# cow = no\n-brand = Oak\na = Holy { -brand } cow\n    .title = More\n"
        "b = { $n ->\n    [one] a cow\n   *[other] cows\n }\nc = { $x }\n",
        4,
    ),
    "Strings.de.resx": (
        XML + '<root><data name="a" xml:space="preserve"><value>Holy &amp; cow</value><comment>no'
        '</comment></data><data name="b" type="System.Drawing.Point"><value>big</value></data>'
        "<data name='c'><value>Oak</value></data></root>",
        2,
    ),
    "listing.csv": ('sku,title\n1,"Holy ""cow""\nmug"\n\n2,Oak\n', 2),
    "listing.jsonl": ('{"title": "Holy cow"}\n\n{"title": "Oak"}\n', 2),
    "notes.txt": ("Holy cow.\nStill here.\n\n\nOak.\n", 2),
    "feed.xml": (
        XML + '<rss version="2.0"><channel><title>Shop</title><item><title>Holy</title></item>'
        "<item><title>Oak</title></item></channel></rss>",
        2,
    ),
    "page.md": (
        "---\ntitle: no\n---\n# Holy *cow*\n\nA [link](x.html \"Oak\") and `code`.\n\n> - red\n>   more\n\n"
        "| a | b |\n|---|---|\n| ox | ![elk](e.png) |\n\n```\nno\n```\n\n<p title=\"sky\">blue &amp; grey</p>\n",
        len("HolycowAlinkOakandredmoreaboxelkskybluegrey"),
    ),
    "page.html": (
        "<!doctype html><html><head><title>Holy</title><style>no</style><meta name=description"
        ' content="cow"></head><body><p>Red<br>sky<script>no</script> <img alt="elk &amp; ox">'
        "<p>late<code>no</code></body></html>",
        len("HolycowRedskyelkoxlate"),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """The tool that counts."""
    spec = importlib.util.spec_from_file_location("recount", ROOT / "tools" / "recount.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["recount"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", FILES)
def test_as_much_is_read_as_others_count(tool: ModuleType, tmp_path: Path, name: str) -> None:
    text, expected = FILES[name]
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    (row,) = tool.recount([path]).values()
    if any("is not installed" in told for told in row.differing):
        pytest.skip(row.differing[0])
    assert row.differing == []
    assert (row.theirs, row.ours) == (expected, expected)


def test_as_many_rows_of_a_workbook(tool: ModuleType, tmp_path: Path) -> None:
    pytest.importorskip("python_calamine")
    book = openpyxl.Workbook()
    for row in (["sku", "title"], ["1", "Holy cow"], [], ["2", "Oak"]):
        book.active.append(row)
    book.save(tmp_path / "listing.xlsx")
    (row,) = tool.recount([tmp_path]).values()
    assert (row.theirs, row.ours, row.differing) == (2, 2, [])


def test_the_example_is_read_in_full(tool: ModuleType) -> None:
    files = [
        path for path in (ROOT / "examples" / "content-repo").rglob("*")
        if path.is_file() and path.name not in ("planted.json", ".culture-lint.yaml")
    ]  # fmt: skip
    rows = tool.recount(files)
    assert len(rows) >= 12
    for name, row in rows.items():
        missing = [told for told in row.differing if "is not installed" not in told]
        assert missing == [], name
        assert row.ours == row.theirs or row.differing, name


def test_what_is_not_read_shows(tool: ModuleType, tmp_path: Path) -> None:
    """The comparison itself can fail."""
    path = tmp_path / "locales" / "de.json"
    path.parent.mkdir()
    path.write_text('{"a": "Holy cow"}', "utf-8")
    row = tool.Row()
    tool.count(path, row, "json", lambda _: iter(["Holy cow", "Oak"]))
    assert row.differing == [f"{path}: 2 beside 1"]
