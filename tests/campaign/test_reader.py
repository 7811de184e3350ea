"""A campaign file: what it may say, by the reader and by its schema; every mistake with its place."""

from __future__ import annotations

import json
import re
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from culture_lint.campaign.model import MIN_CAI, Bar
from culture_lint.campaign.reader import (
    BAR_KEYS,
    CHANNEL_KEYS,
    CONTENT_KEYS,
    KEYS,
    WAIVER_KEYS,
    read_campaign,
)
from culture_lint.errors import SettingsError

SCHEMA: Any = json.loads(
    (resources.files("culture_lint.campaign") / "campaign.schema.json").read_text("utf-8")
)
BASE = "content: [a.csv]\nmarkets: [SA, NO]\nlaunch: 2026-12-01\nend: 2026-12-24\n"

GOOD = [
    "", "name: Spring", "name: 2027", "communities: US/texas-ranch", "channels: [shop, email]", "intent: natural, warm",
    "channels: {shop: {platforms: [amazon], exposure: 3}, email: {}, app: null}", "platforms: amazon, ebay",
    "languages: {ar: [SA], de: NO}", "bar: {}", "bar: {min-cai: 0, min-campaign-cai: 100, worst-severity: info}",
    "bar: {personas: [parent-peer], markets: {SA: {min-cai: 90.5}, NO: {worst-severity: blocker}}}", "waivers: []",
    "waivers: [{rules: SA/x, owner: Amal, reason: by contract, expires: 2027-01-31}]",
    "waivers: [{name: a, rules: [SA/x, 'category:gift'], item: 7, path: '*.csv', market: SA, owner: A, reason: r, expires: '2027-01-31'}]",
]  # fmt: skip
BAD = [
    "zebra: 1", "name: []", "name: ''", "channels: shop", "channels: {shop: 3}", "channels: [[a]]", "channels: [a, a]",
    "channels: {shop: {exposure: 0}}", "channels: {shop: {exposure: lots}}", "channels: {shop: {zebra: 1}}",
    "communities: {a: b}", "languages: [a]", "languages: {'': SA}", "bar: 60", "bar: {min-cai: 101}",
    "bar: {min-cai: high}", "bar: {min-campaign-cai: -1}", "bar: {worst-severity: majr}", "bar: {zebra: 1}",
    "bar: {markets: [SA]}", "bar: {markets: {SA: {markets: {}}}}", "bar: {markets: {SA: 60}}", "waivers: {rules: x}",
    "waivers: [{rules: SA/x, owner: A, reason: r}]", "waivers: [{rules: SA/x, owner: A, expires: 2027-01-31}]",
    "waivers: [{rules: SA/x, reason: r, expires: 2027-01-31}]", "waivers: [{owner: A, reason: r, expires: 2027-01-31}]",
    "waivers: [{rules: [], owner: A, reason: r, expires: 2027-01-31}]", "bar: {min-cai: .nan}",
    "waivers: [{rules: SA/x, owner: '', reason: r, expires: 2027-01-31}]", "waivers: [x]",
    "waivers: [{rules: SA/x, owner: A, reason: r, expires: soon}]", "intent: {a: b}",
    "waivers: [{rules: SA/x, owner: A, reason: r, expires: 2027-01-31, zebra: 1}]",
]  # fmt: skip
#: (what the four needed keys say instead, whether that is right)
HEADS = [
    ("content: a.csv", True), ("content: []", False), ("content: {path: a.csv}", True), ("content: [{path: []}]", False),
    ("content: [{path: [a.csv, b/], markets: SA, exposure: 2, language: pt-BR, columns: {title: Name}}]", True),
    ("content: [{path: a, columns: {titel: x}}]", False), ("content: [{path: a, language: german!}]", False),
    ("content: [{path: a, exposure: -1}]", False), ("content: [{markets: SA}]", False), ("content: ['']", False),
    ("content: [{path: a, zebra: 1}]", False), ("content: [{path: a, platforms: [amazon]}]", True),
    ("content: [[a]]", False), ("content: null", False), ("content: [{path: a, markets: []}]", False),
]  # fmt: skip


def accepted(text: str, tmp_path: Path) -> tuple[bool, bool]:
    path = tmp_path / "c.yaml"
    path.write_text(text, "utf-8")
    try:
        read_campaign(path)
        reader, told = True, ""
    except SettingsError as error:
        reader, told = False, str(error)
    assert reader or told.startswith(str(path))
    # Dates of YAML 1.1 are words in the file, as editors see them; NaN is no number of JSON.
    data = json.loads(json.dumps(yaml.safe_load(text), default=str), parse_constant=str)
    return reader, Draft202012Validator(SCHEMA).is_valid(data)


@pytest.mark.parametrize("text", GOOD)
def test_what_is_right_both_accept(text: str, tmp_path: Path) -> None:
    assert accepted(BASE + text, tmp_path) == (True, True)


@pytest.mark.parametrize("text", BAD)
def test_what_is_wrong_both_refuse(text: str, tmp_path: Path) -> None:
    assert accepted(BASE + text, tmp_path) == (False, False)


@pytest.mark.parametrize(("content", "right"), HEADS)
def test_content_is_read_as_the_schema_has_it(content: str, right: bool, tmp_path: Path) -> None:
    text = BASE.replace("content: [a.csv]", content)
    assert accepted(text, tmp_path) == (right, right)


@pytest.mark.parametrize("key", ["content", "markets", "launch", "end"])
def test_what_every_campaign_needs_is_asked_for(key: str, tmp_path: Path) -> None:
    text = "".join(line for line in BASE.splitlines(True) if not line.startswith(key))
    assert accepted(text, tmp_path) == (False, False)


def test_schema_is_valid_and_has_every_key() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    properties = SCHEMA["properties"]
    assert set(properties) == KEYS
    assert set(properties["bar"]["properties"]) == BAR_KEYS | {"markets"}
    changes = properties["bar"]["properties"]["markets"]["additionalProperties"]
    assert set(changes["properties"]) == BAR_KEYS
    assert set(properties["waivers"]["items"]["properties"]) == WAIVER_KEYS
    assert set(SCHEMA["$defs"]["entry"]["anyOf"][1]["properties"]) == CONTENT_KEYS
    channel = properties["channels"]["anyOf"][1]["additionalProperties"]["anyOf"][1]
    assert set(channel["properties"]) == CHANNEL_KEYS
    assert all(one.get("description") for one in properties.values())


def error_of(text: str, tmp_path: Path) -> str:
    path = tmp_path / "c.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(SettingsError) as found:
        read_campaign(path)
    return str(found.value).removeprefix(f"{path}:")


def test_mistakes_are_told_with_place_and_nearest_name(tmp_path: Path) -> None:
    assert error_of(BASE + "lauch: 2026-01-01\n", tmp_path) == (
        "5:1: unknown key 'lauch'; did you mean 'launch'?"
    )
    told = error_of(BASE + "waivers:\n  - {rules: x, owner: A, reason: r, expries: 1}\n", tmp_path)
    assert told == "6:37: unknown key 'expries'; did you mean 'expires'?"
    told = error_of(BASE + "bar:\n  worst-severity: majr\n", tmp_path)
    assert told.startswith("6:3: worst-severity must be one of blocker, major")
    told = error_of(
        BASE.replace("[a.csv]", "[{path: a, channel: shp}]") + "channels: [shop]", tmp_path
    )
    assert told == "1:21: no channel 'shp'; did you mean 'shop'?"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("2026-12-24", "2026-11-30", "end (2026-11-30) lies before launch"),
        ("2026-12-24", "2029-12-24", "lasts 731 days at most"),
        ("2026-12-24", "24.12.2026", "must be a date such as 2027-03-31, not '24.12.2026'"),
        ("2026-12-24", "2026-13-24", "must be a date"),
        ("2026-12-01", "0001-01-01", "must lie in the years 1970 to 2170"),
        ("2026-12-01", "2026-12-01T00:00", "must be a date"),
    ],
)
def test_dates_must_be_dates(old: str, new: str, told: str, tmp_path: Path) -> None:
    assert told in error_of(BASE.replace(old, new), tmp_path)


def test_hostile_files_end_in_one_error(tmp_path: Path) -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(8)
    )
    assert "nested too deep or repeats too much" in error_of(bomb, tmp_path)
    assert "nested too deep" in error_of("content: " + "[" * 500 + "]" * 500, tmp_path)
    assert "nested too deep" in error_of("content: &a [*a]", tmp_path)
    assert "larger than 1 MiB" in error_of("# " + "x" * 1_100_000, tmp_path)
    assert "not valid YAML" in error_of("content: [", tmp_path)
    (tmp_path / "c.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="the campaign is not UTF-8"):
        read_campaign(tmp_path / "c.yaml")
    with pytest.raises(SettingsError, match="cannot read the campaign"):
        read_campaign(tmp_path / "none.yaml")
    with pytest.raises(SettingsError, match="a campaign is a YAML file"):
        read_campaign(tmp_path / "campaign.toml")


@given(st.text(max_size=80))
@settings(max_examples=60, deadline=None)
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes((BASE + text).encode("utf-8", "surrogatepass"))
    told = f"{path}: "
    try:
        read_campaign(path)
    except SettingsError as error:
        told = str(error)
    assert re.match(rf"{re.escape(str(path))}(:\d+:\d+)?: ", told)


def test_markets_ask_for_what_they_say_and_the_rest_for_what_the_bar_says(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(
        BASE + "bar:\n  worst-severity: major\n  markets:\n    us: {min-cai: 80}\n"
        "    US/texas-ranch: {personas: [celebrity]}\n",
        "utf-8",
    )
    campaign = read_campaign(path)
    assert campaign.bar_for("SA") == Bar(worst_severity="major")
    assert campaign.bar_for("US") == Bar(80.0, worst_severity="major")
    ranch = campaign.bar_for("US/texas-ranch")
    assert (ranch.min_cai, ranch.personas) == (80.0, ("celebrity",))
    assert campaign.bar_for("SA").min_cai == MIN_CAI


def test_a_moved_campaign_runs_as_long(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(BASE, "utf-8")
    moved = read_campaign(path).moved(date(2027, 2, 20))
    assert (moved.launch, moved.end, moved.days) == (date(2027, 2, 20), date(2027, 3, 15), 24)
