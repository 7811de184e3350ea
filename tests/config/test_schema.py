"""The published JSON Schema and the reader agree on what a configuration may say."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from culture_lint.config.keys import KEYS, OVERRIDABLE, read_config
from culture_lint.errors import SettingsError

SCHEMA: Any = json.loads(
    (resources.files("culture_lint.config") / "config.schema.json").read_text("utf-8")
)

GOOD = [
    "{}", "", "markets: [SA, NO]", "markets: SA, NO", "markets: []", "languages: {ar: [SA], zh-Hant: TW}",
    "min-cai: 60", "fail-on: never", "fail-on: no", "columns: {title: Name, bullet: [1, P2]}", "severity: {IN: info}",
    "brand: {names: [a], terms: [b, {term: c, rules: IN, reason: r}], intent: d}", "preview: true", "root: true",
    "ignores: [{path: a, item: 3, field: f, rules: [IN], market: SA, until: '2027-03-31', reason: r}]",
    "overrides: [{files: ['*.md'], markets: [SA], min-cai: 3}]", "exclude: [a/, '!b']", "baseline: x.json",
    "extend-select: IN", "language: pt-BR", "encoding: 1252", "require-reason: false", "ignores: []",
    "side: source",
]  # fmt: skip
BAD = [
    "zebra: 1", "markets: {a: b}", "markets: ''", "min-cai: 101", "min-cai: high", "fail-on: majr",
    "languages: [a]", "languages: {'': SA}", "languages: {ar: {}}", "columns: {titel: x}", "columns: {title: ''}",
    "severity: {IN: high}", "severity: [a]", "brand: {name: x}", "brand: {terms: [{rules: IN}]}", "brand: [a]",
    "preview: maybe", "ignores: [{path: a}]", "ignores: {rules: IN}", "ignores: [{rules: IN, until: soon}]",
    "ignores: [{rules: IN, zebra: 1}]", "overrides: [{markets: [SA]}]", "overrides: [{files: a, root: true}]",
    "overrides: [{files: a, extend: b}]", "overrides: {files: a}", "language: german!", "min-cai: [3]", "[a]",
    "exclude: {a: b}", "brand: {names: {}}", "side: both", "side: [source]",
]  # fmt: skip


def accepted(text: str, tmp_path: Path) -> tuple[bool, bool]:
    path = tmp_path / "c.yaml"
    path.write_text(text, "utf-8")
    try:
        read_config(path)
        reader = True
    except SettingsError:
        reader = False
    # Dates and booleans of YAML 1.1 are words in the file, as editors see them.
    data = json.loads(json.dumps(yaml.safe_load(text), default=str))
    return reader, Draft202012Validator(SCHEMA).is_valid(data)


@pytest.mark.parametrize("text", GOOD)
def test_what_is_right_both_accept(text: str, tmp_path: Path) -> None:
    assert accepted(text, tmp_path) == (True, True)


@pytest.mark.parametrize("text", BAD)
def test_what_is_wrong_both_refuse(text: str, tmp_path: Path) -> None:
    assert accepted(text, tmp_path) == (False, False)


def test_schema_is_valid_and_has_every_key() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert set(SCHEMA["properties"]) == KEYS
    override = SCHEMA["properties"]["overrides"]["items"]["properties"]
    assert set(override) == OVERRIDABLE | {"files"}
    assert all(one.get("description") for one in SCHEMA["properties"].values())
