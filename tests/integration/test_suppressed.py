"""In every format one of two clashes is silenced where its people would write it, and only that one."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest

from tests.command import Command

IGNORE = "ignore[AA/cow-joke] -- the band's name"
MARK = f"culture-lint: {IGNORE}"
KEPT, HUSHED = "Holy cow, what a mug", "Holy cow, what a song"


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["sku", "title", "culture_lint_ignore"])
    sheet.append(["A", KEPT, None])
    sheet.append(["B", HUSHED, IGNORE])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


FILES: dict[str, str | bytes] = {
    "page.md": f"# Mugs\n\n{KEPT}.\n\n<!-- {MARK} -->\n{HUSHED}.\n",
    "page.mdx": f"# Mugs\n\n{KEPT}.\n\n{{/* {MARK} */}}\n{HUSHED}.\n",
    "page.html": f"<h1>Mugs</h1>\n<p>{KEPT}</p>\n<!-- {MARK} -->\n<p>{HUSHED}</p>\n",
    "en.po": f'msgid "a"\nmsgstr "{KEPT}"\n\n# {MARK}\nmsgid "b"\nmsgstr "{HUSHED}"\n',
    "en.xlf": (
        '<xliff version="1.2"><file source-language="de" target-language="en"><body>\n'
        f'<trans-unit id="a"><source>x</source><target>{KEPT}</target></trans-unit>\n'
        f'<trans-unit id="b"><source>x</source><target>{HUSHED}</target>'
        f'<note from="culture-lint">{IGNORE}</note></trans-unit>\n</body></file></xliff>\n'
    ),
    "values/strings.xml": (
        f'<resources>\n<string name="a">{KEPT}</string>\n<!-- {MARK.replace("--", "—")} -->\n'
        f'<string name="b">{HUSHED}</string>\n</resources>\n'
    ),
    "Text.resx": (
        f'<root>\n<data name="a"><value>{KEPT}</value></data>\n'
        f'<data name="b"><value>{HUSHED}</value><comment>{MARK}</comment></data>\n</root>\n'
    ),
    "locales/en.json": json.dumps({"home": {"a": KEPT, "b": HUSHED}}),
    "locales/en.json.culture-lint.yaml": (
        "- pointer: /home/b\n  ignore: AA/cow-joke\n  reason: the band's name\n"
    ),
    "app_en.arb": json.dumps({"@@locale": "en", "a": KEPT, "b": HUSHED}),
    "app_en.arb.culture-lint.yaml": (
        "- {pointer: /b, ignore: [AA/cow-joke], reason: the band's name}\n"
    ),
    "locales/en.yml": f"en:\n  a: {KEPT!r}\n  b: {HUSHED!r}  # {MARK}\n",
    "messages_en.properties": f"a={KEPT}\n# {MARK}\nb={HUSHED}\n",
    "en.lproj/x.strings": f'"a" = "{KEPT}";\n/* {MARK} */\n"b" = "{HUSHED}";\n',
    "x.xcstrings": json.dumps(
        {
            "sourceLanguage": "en",
            "version": "1.0",
            "strings": {KEPT: {}, HUSHED: {"comment": MARK}},
        }
    ),
    "en.ftl": f"a = {KEPT}\n\n# {MARK}\nb = {HUSHED}\n",
    "l.csv": f"sku,title,culture_lint_ignore\nA,\"{KEPT}\",\nB,\"{HUSHED}\",{IGNORE}\n",
    "l.jsonl": (
        json.dumps({"sku": "A", "title": KEPT})
        + "\n"
        + json.dumps({"sku": "B", "title": HUSHED, "culture_lint_ignore": IGNORE})
        + "\n"
    ),
    "l.xlsx": workbook(),
}  # fmt: skip


@pytest.fixture(scope="module")
def names() -> list[str]:
    return sorted(name for name in FILES if not name.endswith(".culture-lint.yaml"))


def test_one_of_two_is_silenced_in_every_format(command: Command, names: list[str]) -> None:
    for name, content in FILES.items():
        command.write(name, content)
    ran = command("check", ".", "-m", "AA", "--language", "en", "-f", "json", "--show", "findings")
    report = ran.json
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in names}
    for item in report["items"]:
        name = item["path"].removeprefix("./")
        for one in item["findings"]:
            found[name].append((one["rule"], "kept"))
        for one in item.get("suppressed", ()):
            assert one["justification"] == "the band's name"
            found[name].append((one["finding"]["rule"], "hushed"))
    assert found == {name: [("AA/cow-joke", "kept"), ("AA/cow-joke", "hushed")] for name in names}
    assert [one for one in report["notices"] if one.get("kind", "").startswith("suppression")] == []
    assert ran.code == 1
