"""The examples with the built-in rulesets, in every market that is covered."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

from culture_lint.knowledge.runtime import Knowledge
from tests.command import Command, environment

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs" / "report.schema.json").read_text("utf-8"))


@pytest.fixture
def shipped(tmp_path: Path, builtin: Knowledge) -> Command:
    """The command with the built-in rulesets (compiled by the fixture that is asked for)."""
    return Command(ROOT, environment(ROOT, tmp_path))


def test_example_listing_keeps_the_contract_in_every_market(
    shipped: Command, builtin: Knowledge
) -> None:
    source = (ROOT / "examples" / "listings.csv").read_bytes().decode("utf-8")
    starts = [0, *(found.end() for found in re.finditer(r"\r\n|\r|\n", source))]
    markets = ",".join(builtin.markets)
    run = ("check", "examples/listings.csv", "--isolated", "-m", markets, "-f", "json")
    report = shipped(*run, code=1).json
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    rules = {one.id for one in builtin.all_readings()}
    for item in report["items"]:
        assert set(item["scores"]) == set(builtin.markets)
        for market, cai in item["scores"].items():
            assert (cai is None) == (market in item["status"])
            if cai is not None:
                lost = sum(one["points"].get(market, 0.0) for one in item["findings"])
                assert round(lost, 1) == round(100 - cai, 1)
        for finding in item["findings"]:
            first = starts[finding["line"] - 1] + finding["column"] - 1
            last = starts[finding["end_line"] - 1] + finding["end_column"] - 1
            assert finding["text"] == source[first:last]
            assert finding["evidence"]
            assert finding["rule"] in rules or finding["rule"].startswith("global/")


def test_rows_of_the_example_name_their_markets(shipped: Command) -> None:
    ran = shipped("check", "examples/listings.csv", "--isolated", "-f", "json")
    assert ran.code in (0, 1)
    assert all(one["scores"] for one in ran.json["items"])
    text = shipped("check", "examples/listings.csv", "--isolated").out
    assert "Cultural Adaptability Index (0-100) by market" in text
