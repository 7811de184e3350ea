"""Suppressions are written into files, and taken out again, without another byte changed."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import openpyxl
import polib
import pytest
import yaml
from lxml import etree

from tests.command import LAW, Command

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
#: Formats that have comments of their own: text with a clash, and what the comment begins with.
COMMENTED = {
    "a.md": ("# Mugs\n\nA plain mug.\n\nA holy cow mug\nfor you.\n\n- oak\n- a holy cow\n\n"
             "| a | b |\n|---|---|\n| oak | holy cow |\n", "<!-- culture-lint: ignore["),
    "b.md": ("---\ntitle: Holy cow\nother: x\n---\n\n# Oak\n\nText.\n", "# culture-lint: ignore["),
    "a.mdx": ("import A from 'a'\n\n# Mugs\n\nA holy cow mug.\n\n<A>\n  A holy cow.\n</A>\n",
              "{/* culture-lint: ignore["),
    "a.html": ("<!doctype html>\n<html lang=\"en\"><body>\n  <p>Oak</p>\n  <p>A holy <b>cow</b></p>\n"
               "  <ul><li>Oak</li><li>holy cow</li></ul>\n</body></html>\n", "<!-- culture-lint: ignore["),
    "a.ftlh": ("<#if a>\n<p>A holy cow</p>\n</#if>\n", "<!-- culture-lint: ignore["),
    "a.po": ('msgid ""\nmsgstr "Language: en\\n"\n\n# said\n#: a.py:1\n#, python-format\nmsgid "a"\n'
             'msgstr ""\n"A holy "\n"cow"\n\nmsgid "b"\nmsgstr "Oak"\n', "# culture-lint: ignore["),
    "locales/en.yaml": ("en:\n  a:\n    b: A holy cow\n    c: Oak table\n  d: >\n    A holy\n    cow here\n"
                        '  e: "Oak"\n', "# culture-lint: ignore["),
    "shop_en.properties": ("a=Oak table\nb=A holy \\\n  cow\nc=Oak chair\n", "# culture-lint: ignore["),
    "a.ftl": ("-brand = Oak\na = A holy cow\n    .title = Holy cow\nb = Oak\n", "# culture-lint: ignore["),
    "values/strings.xml": (XML + "<resources>\n    <string name=\"a\">Oak</string>\n    <string name=\"b\">A "
                           "holy cow</string>\n    <plurals name=\"p\">\n        <item quantity=\"one\">a cow"
                           "</item>\n        <item quantity=\"other\">oak</item>\n    </plurals>\n</resources>\n",
                           "<!-- culture-lint: ignore["),
    "a.resx": (XML + "<root>\n  <data name=\"a\"><value>A holy cow</value></data>\n</root>\n",
               "<!-- culture-lint: ignore["),
    "a.strings": ('/* said */\n"a" = "A holy cow";\n\n"b" = "Oak";\n', "/* culture-lint: ignore["),
    "a.stringsdict": (XML + '<plist version="1.0">\n<dict>\n\t<key>a</key>\n\t<dict>\n\t\t<key>'
                      "NSStringLocalizedFormatKey</key>\n\t\t<string>holy cow</string>\n\t</dict>\n</dict>\n"
                      "</plist>\n", "<!-- culture-lint: ignore["),
    "a.xlf": (XML + '<xliff version="1.2"><file original="a" source-language="de" target-language="en">'
              '\n<body>\n  <trans-unit id="1">\n    <source>x</source>\n    <target>A holy cow</target>\n'
              "  </trans-unit>\n</body></file></xliff>\n", '<note from="culture-lint">ignore['),
    "a.xliff": (XML + '<xliff version="2.0" srcLang="de" trgLang="en" xmlns="urn:oasis:names:tc:xliff:'
                'document:2.0"><file id="f">\n  <unit id="1">\n    <segment>\n      <source>x</source>\n'
                "      <target>A holy cow</target>\n    </segment>\n  </unit>\n</file></xliff>\n",
                '<notes><note category="culture-lint">ignore['),
}  # fmt: skip
#: Formats that have none: the suppression stands beside the file.
BESIDE = {
    "locales/en.json": '{"a": {"b": "A holy cow", "c": "Oak table"}, "d.e": "Holy cow"}\n',
    "l10n/app_en.arb": '{"@@locale": "en", "a": "A holy cow", "b": "Oak"}\n',
    "a.xcstrings": json.dumps({"sourceLanguage": "de", "version": "1.0", "strings": {"k": {
        "localizations": {"en": {"stringUnit": {"state": "translated", "value": "A holy cow"}}}}}}),
    "a.csv": "sku,title,description\nA/1,Holy cow mug,Oak\nA2,Oak,Oak\n",
    "a.jsonl": '{"sku": "A1", "title": "Holy cow mug"}\n',
    "feed.xml": XML + '<rss xmlns:g="http://base.google.com/ns/1.0"><channel><item><g:id>A1</g:id>'
                "<title>Holy cow</title></item></channel></rss>\n",
    "full_description.txt": "Oak.\n\nA holy cow.\n",
}  # fmt: skip
WHY = "agreed -- with > counsel"


def findings(command: Command, *more: str) -> list[dict[str, object]]:
    report = command("check", ".", "-m", "AA", "--language", "en", "-f", "json", "-q", *more).json
    return [one for item in report["items"] for one in item["findings"]]


def add(command: Command, *more: str) -> str:
    ran = command("check", ".", "-m", "AA", "--language", "en", f"--add-suppressions={WHY}", *more)
    assert ran.code == 0, ran.err
    assert ran.out == ""
    return ran.err


def silent(command: Command) -> str:
    """Check that nothing is found any more, and return what the report says is suppressed."""
    ran = command("check", ".", "-m", "AA", "--language", "en", "-f", "json", code=0)
    assert "suppression" not in ran.err, ran.err
    report = ran.json
    assert [one for item in report["items"] for one in item["findings"]] == []
    return json.dumps([one for item in report["items"] for one in item.get("suppressed", [])])


def mended(data: bytes) -> bytes:
    """Return a file without its clashes; the ids of rules stay."""
    return re.sub(rb"(?i)cow(?!-)", b"oak", data)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_comments_are_written_and_taken_out_again(command: Command, line_end: str) -> None:
    before = {}
    for name, (text, _) in COMMENTED.items():
        before[name] = text.replace("\n", line_end).encode()
        command.write(f"site/{name}", before[name])
    found = findings(command)
    add(command)
    assert not list(command.folder.rglob("*.culture-lint.yaml"))
    after = {name: (command.folder / "site" / name).read_bytes() for name in before}
    for name, (_, comment) in COMMENTED.items():
        assert comment.encode() in after[name], name
        assert after[name].count(line_end.encode()) == after[name].count(b"\n"), name
    told = silent(command)
    assert told.count('"justification"') == len(found) >= 20
    assert told.count("counsel") >= len(found)
    add(command)  # there is nothing left to silence
    for name, data in after.items():
        assert (command.folder / "site" / name).read_bytes() == data, name
        command.write(f"site/{name}", mended(data))
    command("check", ".", "-m", "AA", "--language", "en", "--remove-unused-suppressions", code=0)
    for name, data in before.items():
        assert (command.folder / "site" / name).read_bytes() == mended(data), name


def test_what_has_no_comments_is_silenced_beside_the_file(command: Command) -> None:
    paths = {command.write(name, data): data.encode() for name, data in BESIDE.items()}
    found = findings(command)
    add(command)
    for path, data in paths.items():
        assert path.read_bytes() == data
        beside = Path(f"{path}.culture-lint.yaml")
        assert all(entry["reason"] == WHY for entry in yaml.safe_load(beside.read_text("utf-8")))
    assert silent(command).count('"justification"') == len(found) >= len(paths)
    for path, data in paths.items():
        path.write_bytes(mended(data))
    command("check", ".", "-m", "AA", "--language", "en", "--remove-unused-suppressions", code=0)
    for path in paths:
        assert Path(f"{path}.culture-lint.yaml").read_bytes() == b"", path


def test_a_workbook_is_silenced_beside_it(command: Command) -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in (["sku", "title"], ["A1", "Holy cow mug"], ["A2", "Oak"]):
        book.active.append(row)
    book.save(out)
    path = command.write("a.xlsx", out.getvalue())
    add(command)
    assert path.read_bytes() == out.getvalue()
    silent(command)


def test_other_parsers_still_read_the_files(command: Command) -> None:
    for name in ("a.po", "a.xlf", "a.xliff", "values/strings.xml", "locales/en.yaml"):
        command.write(name, COMMENTED[name][0])
    add(command)
    entries = polib.pofile(str(command.folder / "a.po"))
    assert "culture-lint: ignore[" in entries[0].tcomment
    assert entries[0].tcomment.endswith("\nsaid")
    assert entries[0].msgstr == "A holy cow"
    for name in ("a.xlf", "a.xliff", "values/strings.xml"):
        etree.parse(str(command.folder / name))
    found = yaml.safe_load((command.folder / "locales/en.yaml").read_text())
    assert found == yaml.safe_load(COMMENTED["locales/en.yaml"][0])


def test_what_stands_beside_already_is_kept(command: Command) -> None:
    command.write("locales/en.json", BESIDE["locales/en.json"])
    mine = "# ours\n- pointer: /d.e\n  ignore: AA/cow\n  reason: x"
    beside = command.write("locales/en.json.culture-lint.yaml", mine)
    add(command)
    assert beside.read_text("utf-8").startswith(mine + "\n- pointer: /a/b\n")


def test_encodings_and_marks_stay(command: Command) -> None:
    text = COMMENTED["a.strings"][0]
    path = command.write("a.strings", text.encode("utf-16"))
    add(command)
    assert path.read_bytes()[:2] == text.encode("utf-16")[:2]
    assert path.read_bytes().decode("utf-16").replace(WHY, "").count("culture-lint") == 1
    other = command.write("shop_en.properties", b"\xef\xbb\xbfa=holy cow\r\n")
    add(command)
    assert other.read_bytes().startswith(b"\xef\xbb\xbf# culture-lint: ")
    silent(command)


def test_hostile_reasons_stay_inside_of_their_comment(command: Command) -> None:
    for name in ("a.html", "a.strings", "a.mdx", "a.xlf", "locales/en.json"):
        command.write(name, {**BESIDE, **{one: text for one, (text, _) in COMMENTED.items()}}[name])
    reason = "--><script>alert(1)</script> */ cow'\"]]> # \\ {x}"
    ran = command(
        "check", ".", "-m", "AA", "--language", "en", f"--add-suppressions={reason}", code=0
    )
    assert "<script>" not in (command.folder / "a.html").read_text()
    silent(command)
    assert command("check", ".", "-m", "AA", "--add-suppressions=a\x07b", code=2).error
    assert ran.out == ""


def test_what_may_not_be_silenced_is_not_and_stays_told(command: Command) -> None:
    command.write("own/markets/cc.yaml", LAW)
    path = command.write("a.md", "Pork pie\n")
    asked = ("check", "a.md", "-m", "CC", "--rulesets", "own", "--language", "en")
    ran = command(*asked, "--add-suppressions=x", code=0)
    assert "1 finding cannot be silenced (law, or a ban) and still counts: CC/pork" in ran.err
    assert path.read_text() == "Pork pie\n"
    command(*asked, code=1)


def test_a_required_reason_and_standard_input_are_errors(command: Command) -> None:
    command.write(".culture-lint.yaml", "markets: [AA]\nrequire-reason: true\n")
    command.write("a.csv", "sku,title\nA,Holy cow\n")
    assert "--add-suppressions=" in command("check", "a.csv", "--add-suppressions", code=2).error
    assert "standard input" in command(
        "check", "-", "--add-suppressions=x", stdin="sku,title\nA,Holy cow\n", code=2
    ).error  # fmt: skip


def test_a_broken_file_is_told_and_left_and_the_others_are_written(command: Command) -> None:
    broken = command.write("broken.po", 'msgid "a\n')
    command.write("a.po", COMMENTED["a.po"][0])
    ran = command("check", ".", "-m", "AA", "--language", "en", "--add-suppressions=x", code=2)
    assert "broken.po:1" in ran.err
    assert broken.read_text() == 'msgid "a\n'
    assert "culture-lint: ignore[" in (command.folder / "a.po").read_text()


def test_only_the_rules_that_silence_nothing_are_taken_out(command: Command) -> None:
    text = "A holy cow. <!-- culture-lint: ignore[AA/cow-joke, AA/beef] -- x -->\n\nOak.\n"
    path = command.write("a.md", text)
    beside = command.write(
        "b.csv.culture-lint.yaml",
        "# kept\n- pointer: /A\n  ignore: [AA/cow-joke, AA/beef]\n  reason: y\n",
    )
    command.write("b.csv", "sku,title\nA,Holy cow\n")
    command("check", ".", "-m", "AA", "--language", "en", "--remove-unused-suppressions", code=0)
    assert path.read_text() == text.replace(", AA/beef", "")
    assert beside.read_text() == ("# kept\n- pointer: /A\n  ignore: [AA/cow-joke]\n  reason: y\n")
