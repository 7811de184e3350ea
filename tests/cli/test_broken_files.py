"""Broken files of every format: one clear line each, the others are checked, code 2, bounded memory."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from tests.command import LISTING, Command

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
#: XML of each kind, with a text to be filled in.
MARKED = {
    "values/strings.xml": ("resources", '<resources><string name="a">cow %s</string></resources>'),
    "feed.xml": ("rss", "<rss><channel><item><title>cow %s</title></item></channel></rss>"),
    "a.xlf": ("xliff", '<xliff version="1.2"><file target-language="en"><body><trans-unit id="1">'
              "<source>a</source><target>cow %s</target></trans-unit></body></file></xliff>"),
    "a.xliff": ("xliff", '<xliff version="2.0" srcLang="de" trgLang="en"><file id="f"><unit id="1">'
                "<segment><source>a</source><target>cow %s</target></segment></unit></file></xliff>"),
    "a.resx": ("root", '<root><data name="a"><value>cow %s</value></data></root>'),
    "a.stringsdict": ("plist", "<plist><dict><key>a</key><dict><key>b</key><string>cow %s</string>"
                      "</dict></dict></plist>"),
}  # fmt: skip
#: Files that end too early, and the line that is told.
CUT = {
    "cut/a.json": ('{"a": "Holy cow",\n "b": "oak ta', 2),
    "cut/l10n/app_en.arb": ('{"@@locale": "en",\n"a": "Ho', 2),
    "cut/a.xcstrings": ('{"sourceLanguage": "en",\n"strings": {"a":', 2),
    "cut/locales/en.yaml": ('en:\n  a: "Holy cow\n', 3),
    "cut/a.po": ('msgid "a"\nmsgstr "Ho', 2),
    "cut/b.po": ('msgid "a"\n', 1),
    "cut/a.pot": ('msgid "a', 1),
    "cut/a.strings": ('"a" = "Holy cow";\n"b" = "oak', 2),
    "cut/a.ftl": ("b = Oak\na = Holy { $x", 2),
    "cut/a.md": ('---\ntitle: "a\n---\n# A\n', 3),
    "cut/a.mdx": ("# A\n\nexport const a = {\n  b: 1,\n\nHoly cow\n", 3),
    "cut/a.jsonl": ('{"sku": "A", "title": "Oak"}\n{"sku": "B", "tit', 2),
    **{f"cut/{name}": (XML + (text % "")[: -len(text) // 3], 2) for name, (_, text) in MARKED.items()},
}  # fmt: skip
#: One name for two texts, where that is an error, and the line of the second.
TWICE = {
    "twice/locales/en.json": ('{"a": "x y",\n"a": "Oak"}', 2),
    "twice/l10n/app_en.arb": ('{"a": "x y",\n"a": "Oak"}', 2),
    "twice/locales/en.yaml": ("en:\n  a: x y\n  a: Oak\n", 3),
    "twice/a.po": ('msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "d"\n', 4),
    "twice/a.xcstrings": ('{"sourceLanguage": "en", "strings": {"a b": {},\n"a b": {"x": 1}}}', 2),
    "twice/values/strings.xml": (
        XML + '<resources><string name="a">b</string><string name="a">d</string></resources>', 2),
}  # fmt: skip
#: The same where the format has a rule for it: a note says which counts.
NOTED = {
    "noted/a.strings": '"a" = "b";\n"a" = "d";\n',
    "noted/shop_en.properties": "a=Oak table\na=Elm chair\n",
    "noted/a.ftl": "a = b\na = d\n",
    "noted/a.resx": XML + '<root><data name="a"><value>b</value></data><data name="a"><value>d</value>'
    "</data></root>",
}  # fmt: skip
ODD = b"\xe9\x80 caf\xc3\xa9 \x81\xfe"
#: Bytes of no encoding.
ENCODED = {
    "odd/a.json": '{"a": "Holy %s cow"}', "odd/l10n/app_en.arb": '{"a": "Holy %s cow"}',
    "odd/a.yaml": "en:\n  a: Holy %s cow\n", "odd/a.strings": '"a" = "Holy %s cow";',
    "odd/a.po": 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8"\n\nmsgid "a"\nmsgstr "%s"\n',
    "odd/a.ftl": "a = Holy %s cow\n", "odd/a.md": "# Holy %s cow\n", "odd/a.mdx": "# Holy %s cow\n",
    "odd/a.html": '<meta charset="utf-8"><p>Holy %s cow</p>', "odd/a.csv": "sku,title\nA,%s cow\n",
    "odd/a.jsonl": '{"sku": "A", "title": "%s cow"}', "odd/shop_en.properties": "a=Holy %s cow\n",
    "odd/title.txt": "Holy %s cow.\n",
    **{f"odd/{name}": XML + text for name, (_, text) in MARKED.items()},
}  # fmt: skip
SECRET = "pork pie from another file"


def entities(kind: str, text: str) -> str:
    many = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 20}">' for n in range(8))
    return f'{XML}<!DOCTYPE {kind} [<!ENTITY a "ha">{many}]>\n{text % "&i;"}'


def test_each_is_one_line_and_the_others_are_checked(command: Command) -> None:
    command.write("good.csv", LISTING)
    secret = command.write("secret.bin", SECRET)
    wanted: dict[str, int | None] = {}
    for name, (text, line) in {**CUT, **TWICE}.items():
        command.write(name, text)
        wanted[name] = line
    for name, text in ENCODED.items():
        command.write(name, text.replace("%s", "\0").encode().replace(b"\0", ODD))
        wanted[name] = None
    for name, (kind, text) in MARKED.items():
        outside = f'{XML}<!DOCTYPE {kind} [<!ENTITY e SYSTEM "{secret.as_uri()}">]>\n{text % "&e;"}'
        command.write(f"outside/{name}", outside)
        command.write(f"many/{name}", entities(kind, text))
        wanted[f"outside/{name}"] = wanted[f"many/{name}"] = 2
    for name, text in NOTED.items():
        command.write(name, text)
    ran = command("check", ".", "-m", "AA", "--language", "en", code=2)
    told = re.findall(r"^culture-lint: (.+?)(?::(\d+))?(?::\d+)?: (.+)$", ran.err, re.MULTILINE)
    assert sorted(name for name, *_ in told) == sorted(wanted)
    for name, line, message in told:
        assert wanted[name] is None or int(line) == wanted[name], (name, line)
        assert len(message) < 200
    for name in NOTED:
        assert re.search(rf"^{re.escape(name)}:\d+(?::\d+)?: note: .*a", ran.err, re.MULTILINE), (
            name
        )
    assert SECRET not in ran.out + ran.err
    assert "Holy cow" in ran.out  # of the good one, and what stands before a break
    assert "good.csv" in ran.out


#: One format for each way in which a file is read: lines, records, whole, XML, page, YAML.
LONG = {
    "a.csv": ("sku,title\nA,", ""), "a.jsonl": ('{"title": "', '"}'), "a.json": ('{"a": "', '"}'),
    "a.po": ('msgid "a"\nmsgstr "', '"'), "a.yaml": ("en:\n  a: ", ""), "a.md": ("# A\n\n", ""),
    "a.html": ("<p>", "</p>"), "a.resx": ('<root><data name="a"><value>', "</value></data></root>"),
}  # fmt: skip


@pytest.mark.skipif(os.name != "posix", reason="memory is measured as POSIX has it")
def test_a_line_of_50_mb_is_one_error_in_little_memory(command: Command) -> None:
    for name, (head, tail) in LONG.items():
        command.write(f"locales/en/{name}", head + "holy cow " * (50_000_000 // 9) + tail)
    command.write("good.csv", LISTING)
    command("check", "good.csv", "-m", "AA", "-q", code=1)  # the rulesets are compiled by now
    measure = (
        "import os, subprocess, sys\n"
        "done = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)\n"
        "told = done.stderr.read().decode()\n"
        "_, status, usage = os.wait4(done.pid, 0)\n"
        "print(os.waitstatus_to_exitcode(status), usage.ru_maxrss)\n"
        "print(told)\n"
    )
    check = ("-m", "culture_lint", "check", ".", "-m", "AA", "-q", "-j", "1")
    done = subprocess.run(
        [sys.executable, "-c", measure, sys.executable, *check],
        cwd=command.folder,
        env=command.environment,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=True,
    )
    first, *told = done.stdout.splitlines()
    code, memory = map(int, first.split())
    assert code == 2
    lines = [line for line in told if line]
    assert len(lines) == len(LONG)
    assert all("longer than" in line for line in lines), lines
    assert memory < 400 * 1024 * (1 if sys.platform != "darwin" else 1024)
