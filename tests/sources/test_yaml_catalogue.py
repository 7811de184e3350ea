"""YAML catalogues: Rails, Symfony and their relatives; configuration is left out."""

from __future__ import annotations

import re
import time

import pytest

from culture_lint.errors import SourceError

from .catalogues import brief
from .helpers import at, read

RAILS = """# culture-lint reads no comments: cow
pt_BR:
  cart:
    title: "Sua \\"vaca\\""   # cow
    items:
      one: uma vaca
      other: "%{count} vacas"
    note: >-
      Leite fresco
      todo <b>dia</b>
    no: Não
    path: assets/cow.png
    max: 4
  <<: {x: vaca}
"""


def test_keys_are_joined_and_the_root_declares_the_language():
    items, notices = read(RAILS, "config/locales/pt-BR.yml")
    assert brief(items) == [
        ("cart.title", ['Sua "vaca"']),
        ("cart.items.one", ["uma vaca"]),
        ("cart.items.other", ["_ vacas"]),
        ("cart.note", ["Leite fresco todo dia"]),
        ("cart.no", ["Não"]),
        ("<<.x", ["vaca"]),
    ]
    assert {item.language for item in items} == {"pt-BR"}
    assert notices == []
    note = items[3].segments[0]
    start = note.text.index("fresco")
    place = note.places.place(start, start + 11)
    assert (place.line, place.column, place.end_line, place.end_column) == (9, 13, 10, 11)
    assert at(RAILS, note, start, start + 11) == "fresco\n      todo"


def test_flat_catalogues_keep_their_keys():
    text = "common.title: A cow\ncommon.count: '%count% cows|{0} none'\nno: No\n"
    items, _ = read(text, "translations/messages.en.yaml")
    assert brief(items) == [("common.title", ["A cow"]), ("common.count", ["_ cows|_ none"])]
    assert {item.language for item in items} == {None}


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        (
            ".github/workflows/ci.yml",
            "name: Build and test\non: push\njobs:\n  a:\n    steps:\n      - name: Run all the tests\n        run: make all the tests\n",
            "workflow",
        ),
        (
            "docker-compose.yml",
            "services:\n  web:\n    image: nginx:1.27\n    ports: ['80:80']\n    restart: always\n",
            "little",
        ),
        (
            "config.yaml",
            "debug: true\nname: My shop\nport: 80\nhost: localhost\nlevel: info\n",
            "little",
        ),
        (
            ".pre-commit-config.yaml",
            "repos:\n- repo: https://x.example\n  hooks: [{id: a, name: Check all the things}]\n",
            "pre-commit",
        ),
        (
            "rulesets/signifiers/animals.yaml",
            "cow:\n  kind: animal\n  forms:\n    en: [cow, dairy cow]\n",
            "a ruleset",
        ),
        (
            "rulesets/markets/jp.yaml",
            "market: JP\nname: Japan\nreviewed: '2026-11-21'\n",
            "a ruleset",
        ),
        ("play.yaml", "- hosts: all\n  tasks: [{name: Install all the things}]\n", "a list"),
        ("a.yaml", "just some words in a row\n", "a list"),
    ],
)
def test_other_files_are_left_out_and_told(name, text, reason):
    items, notices = read(text, name)
    assert items == []
    assert len(notices) == 1
    assert re.search(reason, notices[0].message)


@pytest.mark.parametrize(
    ("text", "message", "line", "column"),
    [
        ("", "is empty", None, None),
        ("en:\n  a: A cow\n  a: A calf\n", "the key “a” stands twice", 3, 3),
        ("en:\n  a: 'A cow\n", "not YAML: .*; is the file cut off here", 3, 1),
        ("en:\n\ta: A cow\n", "not YAML", 2, 1),
    ],
)
def test_broken_files_are_told(text, message, line, column):
    with pytest.raises(SourceError, match=message) as raised:
        read(text, "locales/en.yml")
    location = raised.value.location
    assert location
    assert (location.line, location.column) == (line, column)


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("chart/templates/x.yaml", "kind: A\n{{- if .Values.x }}\na: b\n{{ end }}\n", "template"),
        ("compose.yaml", "a: 1\nb: 2\nc: ./x\nd: true\ne: [x]\na: 2\n", "little"),
        ("empty.yml", "\n", "empty"),
    ],
)
def test_broken_configuration_is_no_error(name, text, reason):
    items, notices = read(text, name)
    assert items == []
    assert [one.kind for one in notices] == ["not-read"]
    assert reason in notices[0].message


def test_large_data_is_left_out_at_once():
    text = "".join(f"k{number}: [{number}, 52.5, ./x]\n" for number in range(400_000))
    start = time.process_time()
    assert read(text, "data.yaml")[1][0].kind == "not-read"
    assert time.process_time() - start < 4
