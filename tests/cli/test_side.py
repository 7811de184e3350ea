"""Which side of translations is read: the flag, the configuration, and one for some files only."""

from __future__ import annotations

import pytest

from tests.command import Command

XLIFF = """<xliff version="1.2"><file original="a" source-language="en" target-language="de">
<body><trans-unit id="1"><source>Holy cow mug</source><target>Eichentisch</target></trans-unit>
</body></file></xliff>
"""
PO = 'msgid ""\nmsgstr "Language: de\\n"\n\nmsgid "Holy cow mug"\nmsgstr "Eichentisch"\n'


@pytest.mark.parametrize(("name", "text"), [("a.xlf", XLIFF), ("a.po", PO)])
def test_the_source_is_read_when_asked_for(command: Command, name: str, text: str) -> None:
    command.write(name, text)
    check = ("check", name, "-m", "AA", "-f", "json", "-q")
    told = [item["findings"] for item in command(*check, code=0).json["items"]]
    assert told == [[]]
    asked = (*check, "--side", "source", "--language", "en")
    (item,) = command(*asked, code=1).json["items"]
    (finding, *_) = item["findings"]
    line = text.splitlines()[finding["line"] - 1]
    assert line[finding["column"] - 1 : finding["end_column"] - 1] == finding["text"]
    assert finding["text"].lower() in ("cow", "holy cow")
    assert finding["field"] in ("source", "msgid")
    command(*check, code=0, CULTURE_LINT_SIDE="target")
    command(*check, "--language", "en", code=1, CULTURE_LINT_SIDE="source")


def test_the_configuration_may_ask_for_some_files(command: Command) -> None:
    command.write("a.xlf", XLIFF)
    command.write("review/a.xlf", XLIFF)
    command.write(
        ".culture-lint.yaml",
        "markets: [AA]\noverrides:\n  - {files: review/**, side: source}\n",
    )
    report = command("check", ".", "-f", "json", "-q", code=1).json
    assert {item["path"]: bool(item["findings"]) for item in report["items"]} == {
        "a.xlf": False,
        "review/a.xlf": True,
    }
    shown = command("config", "show", "review/a.xlf", code=0).out
    assert "source" in next(line for line in shown.splitlines() if line.startswith("side"))


def test_another_side_is_an_error(command: Command) -> None:
    command.write("a.xlf", XLIFF)
    assert "'source'" in command("check", "a.xlf", "-m", "AA", "--side", "both", code=2).err
    command.write(".culture-lint.yaml", "side: both\n")
    assert command("check", "a.xlf", "-m", "AA", code=2).error == (
        "culture-lint: .culture-lint.yaml:1:1: side must be one of target, source, not 'both'"
    )
