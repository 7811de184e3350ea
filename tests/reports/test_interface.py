"""Catalogues of the interface: the same keys and placeholders in each, and nothing that nobody says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from babel import Locale

import culture_lint
from culture_lint.cli.output import UI_LANGUAGES
from culture_lint.errors import SettingsError
from culture_lint.reports.interface import Interface, languages
from culture_lint.settings import SEVERITIES

REPORTS = Path(culture_lint.__file__).parent / "reports"
CATALOGUES = {
    path.stem: json.loads(path.read_text("utf-8")) for path in (REPORTS / "ui").glob("*.json")
}
ENGLISH: dict[str, Any] = CATALOGUES["en"]["texts"]
#: Groups of texts that are named after values of the data.
GROUPS = ("severity.", "category.", "evidence.", "state.", "band.", "theme.", "aside.", "gate.")


def forms(text: str | dict[str, str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text.values())


def placeholders(text: str | dict[str, str]) -> set[str]:
    return {name for form in forms(text) for name in re.findall(r"\{(\w+)\}", form)}


def test_the_command_offers_the_languages_that_there_are() -> None:
    assert set(UI_LANGUAGES) == set(languages()) == set(CATALOGUES)


@pytest.mark.parametrize("language", sorted(CATALOGUES))
def test_a_catalogue_says_everything(language: str) -> None:
    texts = CATALOGUES[language]["texts"]
    assert set(texts) == set(ENGLISH)
    assert CATALOGUES[language]["direction"] in ("ltr", "rtl")
    needed = set(Locale.parse(language).plural_form.tags) | {"other"}
    for key, text in texts.items():
        assert all(form.strip() for form in forms(text) if not key.startswith("list.")), key
        assert isinstance(text, str) == isinstance(ENGLISH[key], str), key
        assert placeholders(text) == placeholders(ENGLISH[key]), key
        if not isinstance(text, str):
            assert set(text) == needed, key


@pytest.mark.parametrize("language", sorted(set(CATALOGUES) - {"en"}))
def test_a_translation_is_translated(language: str) -> None:
    texts = CATALOGUES[language]["texts"]
    same = [key for key, text in texts.items() if text == ENGLISH[key]]
    assert same == []


def test_every_text_is_used_and_every_text_used_is_there() -> None:
    code = "\n".join(
        path.read_text("utf-8")
        for path in [*(REPORTS / "templates").iterdir(), REPORTS / "htmlreport.py"]
    )
    named = set(re.findall(r'["\']([a-z]+(?:\.[a-zA-Z]+)*)["\']', code))
    called = set(re.findall(r'\bt\(\s*"([a-z.A-Z]+)"', code))
    assert {key for key in called if not key.endswith(".")} - set(ENGLISH) == set()
    unused = {key for key in ENGLISH if key not in named and not key.startswith(GROUPS)}
    assert unused == set()


def test_values_of_the_rulesets_have_names() -> None:
    schema = (REPORTS.parent / "knowledge" / "schemas" / "ruleset.schema.json").read_text("utf-8")
    found: dict[str, set[str]] = {}

    def walk(value: Any, key: str = "") -> None:
        if isinstance(value, dict):
            if isinstance(value.get("enum"), list) and key in ("category", "kind"):
                found.setdefault(key, set()).update(value["enum"])
            for name, one in value.items():
                walk(one, name)
        elif isinstance(value, list):
            for one in value:
                walk(one, key)

    walk(json.loads(schema))
    assert "religion" in found["category"]
    assert "statute" in found["kind"]
    wanted = {f"category.{one}" for one in found["category"]}
    wanted |= {f"evidence.{one}" for one in found["kind"]}
    wanted |= {f"severity.{one}" for one in SEVERITIES}
    assert wanted - set(ENGLISH) == set()


def test_texts_are_filled_and_counted() -> None:
    english, chinese = Interface("en"), Interface("zh")
    assert english.text("basis.items", n=1) == "1 item"
    assert english.text("basis.items", n=12345) == "12,345 items"
    assert chinese.text("basis.items", n=1) == "1 个条目"
    assert english.number(68.75, 1) in ("68.8", "68.7")
    assert english.named("severity", "blocker") == "blocker"
    assert chinese.named("severity", "blocker") == "禁发"
    assert english.named("category", "unheard-of") == "unheard-of"


def test_what_is_asked_wrongly_is_told() -> None:
    with pytest.raises(SettingsError, match="speaks en, zh"):
        Interface("tlh")
    with pytest.raises(KeyError):
        Interface("en").text("basis.items")


def test_markets_have_the_names_of_the_language() -> None:
    assert Interface("zh").market("SA", "Saudi Arabia") == "沙特阿拉伯"
    assert Interface("zh").market("US/texas-ranch", "Texas ranch buyers") == "Texas ranch buyers"
    assert Interface("zh").market("AA", "AAland") == "AAland"
    assert Interface("en").market("CN", "China (mainland)") == "China (mainland)"
