"""The published schemas, and the plain words that their errors are told in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest

from culture_lint.errors import Problem
from culture_lint.knowledge import model
from culture_lint.knowledge.defaults import CATEGORIES
from culture_lint.knowledge.schema import load_schema, schema_problems
from culture_lint.knowledge.yaml_nodes import BOOLEANS, NUMBERS, read_document
from culture_lint.sources.items import Role

NAMES = ("signifiers", "personas", "calendar", "ruleset")


def problems(text: str, kind: str) -> list[str]:
    document = read_document(text.encode(), "f.yaml", "pack/f.yaml")
    assert not document.problems
    return [head(problem) for _, problem in schema_problems(document, kind)]


def head(problem: Problem) -> str:
    return str(problem).partition("\n")[0]


def in_reading(lines: str) -> str:
    return f"market: JP\nname: Japan\nreadings:\n  fours:\n    {lines}\n"


def test_the_error_of_the_style_guide() -> None:
    text = (
        "market: JP\nname: Japan\n\nreadings:\n  goods-in-fours:\n    signifier: set-of-four\n"
        "    usage: {any: [gift, quantity]}\n    signified: death\n    polarity: negative\n"
        "    category: number\n    message: m\n    reviewed: '2026-11-21'\n    severity: majr\n"
        "    evidence: {kind: study, sources: [{cite: BMJ}]}\n"
        "    examples: {flag: [a], pass: [b]}\n"
    )
    document = read_document(text.encode(), "rulesets/markets/jp.yaml", "x")
    assert [str(problem) for _, problem in schema_problems(document, "market")] == [
        'rulesets/markets/jp.yaml:13:15: readings.goods-in-fours.severity: "majr" is none of '
        'blocker, major, minor, info; did you mean "major"?\n'
        "    13 |     severity: majr\n"
        "       |               ^~~~"
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "cow: {kind: animal, froms: {en: [cow]}}",
            'f.yaml:1:21: cow.froms: "froms" is no key here; did you mean "forms"?',
        ),
        (
            "cow: {kind: animal, zzz: 1}",
            'f.yaml:1:21: cow.zzz: "zzz" is no key here; the keys here are kind, forms, emoji, '
            "not, relations, number, conveys, gloss, extend, replace",
        ),
        (
            "cow: {kind: anmial}",
            'f.yaml:1:13: cow.kind: "anmial" is none of the words known here; did you mean '
            '"animal"?',
        ),
        ("cow: {gloss: x}", 'f.yaml:1:1: cow: needs "kind" or "extend"'),
        ("cow: [x]", "f.yaml:1:6: cow: should be a mapping, not a list"),
        ("cow:", "f.yaml:1:5: cow: is empty; write a mapping, or leave the key out"),
        (
            "Cow: {kind: animal}",
            'f.yaml:1:1: Cow: "Cow": an id has lower-case letters, digits and hyphens, like '
            "holy-cow",
        ),
        (
            "cow: {kind: animal, forms: {en_US: [cow]}}",
            'f.yaml:1:29: cow.forms.en_US: "en_US": a language is a BCP 47 tag like en, zh-Hant '
            'or pt-BR, or "*" for signs of no language',
        ),
        (
            "cow: {kind: animal, forms: {en: cow}}",
            "f.yaml:1:33: cow.forms.en: should be a list, not text",
        ),
        (
            "cow: {kind: animal, forms: {en: []}}",
            "f.yaml:1:33: cow.forms.en: is empty; write something or leave the key out",
        ),
        (
            'cow: {kind: animal, forms: {en: [""]}}',
            "f.yaml:1:34: cow.forms.en[0]: is empty; write something or leave the key out",
        ),
        (
            "cow: {kind: animal, forms: {en: [[cow]]}}",
            "f.yaml:1:34: cow.forms.en[0]: should be text or a mapping, not a list",
        ),
        (
            "cow: {kind: animal, forms: {en: [{exact: true}]}}",
            'f.yaml:1:34: cow.forms.en[0]: needs "form"',
        ),
        (
            "cow: {kind: animal, forms: {en: [{form: cow, exact: yes}]}}",
            'f.yaml:1:53: cow.forms.en[0].exact: "yes" is not true or false; write it without '
            "quotes",
        ),
        (
            "cow: {kind: animal, relations: {is_a: {}}}",
            "f.yaml:1:39: cow.relations.is_a: should be text or a list, not a mapping",
        ),
        (
            "cow: {kind: number, number: four}",
            'f.yaml:1:29: cow.number: "four": a number is given by its digits as text, like "4"',
        ),
    ],
)
def test_problems_of_signifiers(text: str, message: str) -> None:
    assert problems(text, "signifiers") == [message]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "engineer: {name: x}",
            'f.yaml:1:1: engineer: needs "name", "definition" and "cues" or "extend"',
        ),
        (
            "a: {name: x, definition: y, cues: {en: {storng: [z]}}}",
            'f.yaml:1:41: a.cues.en.storng: "storng" is no key here; did you mean "strong"?',
        ),
    ],
)
def test_problems_of_personas(text: str, message: str) -> None:
    assert problems(text, "personas") == [message]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "market: Japan",
            'f.yaml:1:9: market: "Japan": a market is an ISO 3166 code like "SA", or a '
            'subdivision like "CA-QC"',
        ),
        (
            "market: |\n  SA\n",
            'f.yaml:1:9: market: "SA\\n": a market is an ISO 3166 code like "SA", or a '
            'subdivision like "CA-QC"',
        ),
        (
            "community: texas",
            'f.yaml:1:12: community: "texas": a community is its market and a name, like '
            "US/texas-ranch",
        ),
        (
            "market: JP\nregion: x",
            'f.yaml:1:1: "region" and "market" stand here together; only one may',
        ),
        (
            "market: JP\nreviewed: 21.11.2026",
            'f.yaml:2:11: reviewed: "21.11.2026": a date is written like "2026-11-21"',
        ),
        (
            "market: JP\nreadings:",
            "f.yaml:2:10: readings: is empty; write a mapping, or leave the key out",
        ),
        (
            "market: JP\nretire: {zen: {because: x}}",
            'f.yaml:2:10: retire.zen: "zen": a reading\'s id is its scope and its name, like '
            "gcc/zen-imagery",
        ),
        (
            "market: JP\noverride: {gcc/zen: {severity: minor}}",
            'f.yaml:2:12: override.gcc/zen: needs "because"',
        ),
    ],
)
def test_problems_of_scopes(text: str, message: str) -> None:
    assert problems(text, "market") == [message]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            "confidence: 1.5",
            "f.yaml:5:17: readings.fours.confidence: 1.5 does not lie between 0 and 1",
        ),
        (
            "confidence: high",
            'f.yaml:5:17: readings.fours.confidence: "high" is not a number; write it without '
            "quotes",
        ),
        (
            "evidence: {kind: study, sources: []}",
            "f.yaml:5:38: readings.fours.evidence.sources: is empty; write something or leave "
            "the key out",
        ),
        (
            "evidence: {kind: study, sources: [{title: x}]}",
            'f.yaml:5:39: readings.fours.evidence.sources[0]: needs "url" or "cite"',
        ),
        (
            "evidence: {kind: study, sources: [{url: x.org}]}",
            'f.yaml:5:45: readings.fours.evidence.sources[0].url: "x.org": a url starts with '
            "https:// or http:// and has no spaces",
        ),
        (
            "with: {within: clause}",
            'f.yaml:5:5: readings.fours.with: needs "any" or "all"',
        ),
        (
            "mqm: culture",
            'f.yaml:5:10: readings.fours.mqm: "culture": an MQM type is a path like '
            "audience-appropriateness/offensive, and starts with one of the seven dimensions",
        ),
        (
            "instead: {en: [{say: x, keeps: [wealth]}]}",
            'f.yaml:5:37: readings.fours.instead.en[0].keeps[0]: "wealth" is none of the words '
            'known here; did you mean "wealthy"?',
        ),
    ],
)
def test_problems_of_readings(lines: str, message: str) -> None:
    assert message in problems(in_reading(lines), "market")


def test_missing_keys_are_told_together() -> None:
    found = problems(in_reading("signified: x"), "market")
    assert (
        'f.yaml:4:3: readings.fours: needs "polarity", "severity", "category", "message", '
        '"evidence", "reviewed" and "examples"'
    ) in found
    assert 'f.yaml:4:3: readings.fours: needs "signifier" or "persona" or "limit"' in found
    assert len(found) == 2


@pytest.mark.parametrize("name", NAMES)
def test_schemas_are_sound_and_closed(name: str) -> None:
    schema = load_schema(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    for part in parts(schema):
        if "properties" in part:
            assert part["additionalProperties"] is False
            for key, value in part["properties"].items():
                assert value.get("description"), f"{name}: {key} is not described"


@pytest.mark.parametrize("name", NAMES)
def test_schemas_agree_on_what_they_share(name: str) -> None:
    for other in NAMES:
        ours, theirs = load_schema(name)["$defs"], load_schema(other)["$defs"]
        for key in set(ours) & set(theirs):
            assert ours[key] == theirs[key]


def parts(schema: Any) -> list[dict[str, Any]]:
    if isinstance(schema, list):
        return [part for member in schema for part in parts(member)]
    if not isinstance(schema, dict):
        return []
    return [schema, *(part for member in schema.values() for part in parts(member))]


def test_the_reader_types_what_the_schemas_type() -> None:
    typed: dict[str, set[str]] = {"boolean": set(), "number": set(), "integer": set()}
    for name in NAMES:
        for part in parts(load_schema(name)):
            for key, value in part.get("properties", {}).items():
                if isinstance(value, dict) and value.get("type") in typed:
                    typed[value["type"]].add(key)
    assert typed["boolean"] == set(BOOLEANS)
    assert typed["number"] | typed["integer"] == set(NUMBERS)


def test_the_words_of_the_schemas_are_those_of_the_model() -> None:
    readings = load_schema("ruleset")["$defs"]["reading"]["properties"]
    assert readings["severity"]["enum"] == [member.value for member in model.Severity]
    assert readings["polarity"]["enum"] == [member.value for member in model.Polarity]
    assert readings["through"]["items"]["enum"] == [kind.value for kind in model.RelationKind]
    assert readings["category"]["enum"] == list(CATEGORIES)
    assert readings["fields"]["items"]["enum"] == [
        role.value for role in Role if role is not Role.CATEGORY
    ]
    usages = load_schema("ruleset")["$defs"]["usage"]["enum"]
    assert usages == [usage.value for usage in model.Usage]


GUIDE = Path(__file__).parents[2] / "docs" / "rulesets.md"


def test_the_words_of_the_schemas_are_those_of_the_guide() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    signified = load_schema("ruleset")["$defs"]["signified"]["enum"]
    kinds = load_schema("signifiers")["$defs"]["signifier"]["properties"]["kind"]["enum"]
    evidence = load_schema("ruleset")["$defs"]["reading"]["properties"]["evidence"]
    words = " ".join(guide.split())
    for listed in (signified, kinds, evidence["properties"]["kind"]["enum"]):
        assert f"`{' '.join(listed)}`" in words
