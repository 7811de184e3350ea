"""Configuration among the copy of a repository: never an error, told in a line."""

from __future__ import annotations

import json

from tests.command import Command

CONFIGURATION = {
    "package.json": '{"name": "x", "dependencies": {"a": "^1"}}',
    "tsconfig.json": '{"compilerOptions": {"strict": true}}',
    "deploy.yaml": "apiVersion: v1\nkind: Service\n",
    "log4j.properties": "log4j.rootLogger=INFO, stdout\n",
    "layout.xml": "<LinearLayout><View/></LinearLayout>\n",
}


def test_files_without_copy_are_told_in_one_line(command: Command) -> None:
    for name, text in CONFIGURATION.items():
        command.write(name, text)
    command.write("locales/en.json", '{"a": "A red mug for tea"}')
    ran = command("check", ".", "-m", "AA", code=0)
    assert ran.err.count("note:") == 1
    assert "5 files hold no copy as far as can be told and are left out: " in ran.err
    told = json.loads(command("check", ".", "-m", "AA", "-f", "json", code=0).out)["notices"]
    assert {one["path"].removeprefix("./") for one in told} == set(CONFIGURATION)
    assert "note:" not in command("check", ".", "-m", "AA", "-q", code=0).err


def test_a_few_are_told_with_the_reason(command: Command) -> None:
    command.write("package.json", CONFIGURATION["package.json"])
    ran = command("check", "package.json", "-m", "AA", code=0)
    assert "package.json: note: not read as a message catalogue: it is a package" in ran.err


def test_they_need_no_market(command: Command) -> None:
    command.write("package.json", CONFIGURATION["package.json"])
    command("check", "package.json", code=0)


def test_placeholders_are_shown_as_left_out(command: Command) -> None:
    command.write("locales/en.json", '{"a": "{{count}} pork pies for %s"}')
    ran = command("check", "locales", "-m", "AA", code=1)
    assert "1:18: … »pork« pies for …" in ran.out
