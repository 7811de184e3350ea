"""``culture-lint baseline``: what is there today passes, what comes tomorrow does not."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema

from tests.command import LISTING, Command

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "report.schema.json").read_text("utf-8"))
NAME = ".culture-lint-baseline.json"
USE = ("-m", "AA", "--baseline", NAME)


def test_the_findings_of_today_pass_and_those_of_tomorrow_do_not(command: Command) -> None:
    command.write("l.csv")
    ran = command("baseline", "create", "l.csv", "-m", "AA", code=0)
    assert ran.out == ""
    assert ran.err.splitlines()[-1].endswith(" findings accepted")
    first = (command.folder / NAME).read_bytes()
    passed = command("check", "l.csv", *USE, code=0)
    assert "0 findings in 0 items; " in passed.out
    assert "in the baseline" in passed.out
    command("check", "l.csv", "-m", "AA", code=1)
    command("check", "l.csv", *USE, "--no-baseline", code=1)
    report = command("check", "l.csv", *USE, "-f", "json", "--show", "findings").json
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    (item,) = report["items"]
    assert item["scores"] == {"AA": 100.0}
    assert item["scores_with_baseline"]["AA"] < 100
    assert report["summary"]["baselined"] == len(item["baselined"]) > 1

    command.write("l.csv", LISTING + "A4,Holy cow bowl,A bowl.,en\n")
    new = command("check", "l.csv", *USE, code=1)
    assert "A4" in new.out
    assert "A1" not in new.out
    command("baseline", "create", "l.csv", "-m", "AA", "--baseline", "other.json", code=0)
    assert (command.folder / NAME).read_bytes() == first  # no check rewrites it


def test_what_is_fixed_is_told_and_forgotten_on_demand(command: Command) -> None:
    command.write("l.csv")
    command("baseline", "create", "l.csv", "-m", "AA", "-q", code=0)
    command.write("l.csv", LISTING.replace("Holy cow mug", "Oak mug"))
    told = command("check", "l.csv", *USE, code=0)
    assert f"{NAME}: note: AA: AA/cow-joke (l.csv, A1, title) is gone" in told.err
    failed = command("check", "l.csv", *USE, "--fail-on-stale", code=1)
    assert f"{NAME} accepts more than there is" in failed.out
    assert "is gone" not in command("check", "l.csv", *USE, "--select", "AA/pork", code=0).err
    ran = command("baseline", "prune", "l.csv", "-m", "AA", code=0)
    assert "(0 added, 1 forgotten)" in ran.err
    assert "is gone" not in command("check", "l.csv", *USE, "--fail-on-stale", code=0).err


def test_update_keeps_reasons(command: Command) -> None:
    command.write("l.csv")
    command("baseline", "create", "l.csv", "-m", "AA", "-q", code=0)
    path = command.folder / NAME
    path.write_text(path.read_text("utf-8").replace('"reason": ""', '"reason": "agreed"'), "utf-8")
    command.write("l.csv", LISTING + "A4,Holy cow bowl,A bowl.,en\n")
    ran = command("baseline", "update", "l.csv", "-m", "AA", code=0)
    assert "(1 added, 0 forgotten)" in ran.err
    found = {
        (one["item"], one["reason"]) for one in json.loads(path.read_text("utf-8"))["findings"]
    }
    assert found == {("A1", "agreed"), ("A4", "")}


def test_mistakes_are_told(command: Command) -> None:
    command.write("l.csv")
    missing = command("check", "l.csv", *USE, code=2)
    assert "cannot read the baseline" in missing.error
    assert (
        "culture-lint baseline create"
        in command("baseline", "prune", "l.csv", "-m", "AA", code=2).error
    )
    command("baseline", "create", "l.csv", "-m", "AA", "-q", code=0)
    again = command("baseline", "create", "l.csv", "-m", "AA", "-q", code=2)
    assert "is there already" in again.error
    command("baseline", "create", "l.csv", "-m", "AA", "-q", "--force", code=0)
    command.write(NAME, "{}")
    assert "no baseline of this version" in command("check", "l.csv", *USE, "-q", code=2).error
    command.write("bad.csv", "x,y\n1,2\n")
    command("baseline", "create", "bad.csv", "l.csv", "-m", "AA", "--force", code=2)


def test_the_configuration_names_it(command: Command) -> None:
    command.write("l.csv")
    command.write(".culture-lint.yaml", f"markets: [AA]\nbaseline: {NAME}\n")
    command("baseline", "create", "l.csv", "-q", code=0)
    command("check", "l.csv", "-q", code=0)
