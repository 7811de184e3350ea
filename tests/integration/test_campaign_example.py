"""The campaign under examples/, with the built-in rulesets: one market is no go, and dates decide."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from culture_lint.knowledge.runtime import Knowledge
from tests.command import Command, environment

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "examples" / "campaign"
PAGE = (ROOT / "docs" / "campaign.md").read_text("utf-8")


@pytest.fixture
def shipped(tmp_path: Path, builtin: Knowledge) -> Command:
    """The command with the built-in rulesets (compiled by the fixture that is asked for)."""
    return Command(FOLDER, environment(ROOT, tmp_path))


def verdicts(shipped: Command, *args: str) -> dict[str, str]:
    shape = run(shipped, *args)
    return {one["market"]: one["verdict"] for one in shape["markets"]}


def run(shipped: Command, *args: str) -> Any:
    ran = shipped("campaign", "--isolated", "--today", "2027-01-15", "-q", "-f", "json", *args)
    assert ran.code in (0, 1)
    return ran.json


def test_four_of_five_markets_may_go(shipped: Command) -> None:
    assert verdicts(shipped) == {
        "US": "go",
        "SA": "go",
        "JP": "go with conditions",
        "IN": "no go",
        "DE": "go",
    }
    (india,) = [one for one in run(shipped)["markets"] if one["verdict"] == "no go"]
    assert [fix["rule"] for fix in india["fix_first"]] == ["IN/cow-figurative"]
    assert india["after_needed_fixes"]["clears_the_bar"]


def test_the_launch_date_alone_changes_a_verdict(shipped: Command) -> None:
    shape = run(shipped, "--launch", "2027-09-11")
    america = next(one for one in shape["markets"] if one["market"] == "US")
    assert america["verdict"] == "no go"
    assert [reason["topic"] for reason in america["reasons"]] == ["calendar"]
    assert america["cai"] == 100.0
    assert shape["next_launch"] == "2027-09-12"
    assert verdicts(shipped, "--launch", shape["next_launch"])["US"] == "go"
    # Begun earlier, it runs over the same day, which can be kept clear.
    assert verdicts(shipped, "--launch", "2027-09-01")["US"] == "go with conditions"


def test_copy_that_names_a_festival_has_its_time(shipped: Command) -> None:
    autumn, spring = run(shipped), run(shipped, "--launch", "2027-02-22")
    found = [
        {fix["rule"] for fix in one["fix_first"]}
        for shape in (autumn, spring)
        for one in shape["markets"]
        if one["market"] == "IN"
    ]
    assert found[0] == {"IN/cow-figurative"}
    assert found[1] == {"IN/cow-figurative", "global/festival-off-date"}


def test_the_page_shows_what_the_example_prints(shipped: Command) -> None:
    shown = re.findall(r"```console\n\$ culture-lint (campaign[^\n]*)\n(.*?)```", PAGE, re.DOTALL)
    assert shown
    for line, text in shown:
        name, *flags = line.split()
        out = shipped(name, "--isolated", *flags).out.splitlines()
        for wanted in filter(None, map(str.rstrip, text.partition("\n$")[0].split("\n"))):
            # What else is in the calendar grows with its data.
            if wanted != "…" and not re.match(r"    (about )?\d{4}-|  Also in the cal", wanted):
                assert wanted in out, wanted
