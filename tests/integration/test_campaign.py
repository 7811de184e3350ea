"""``culture-lint campaign`` as users run it: verdicts, exit codes, waivers, what is refused."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.command import LAW, Command, command, site

__all__ = ["command", "site"]

GOOD = "sku,title,language\nB1,Oak table,en\nB2,Wool socks,en\nB3,Glass jar,en\n"
MIXED = (
    "sku,title,description,language\n"
    'A1,Holy cow mug,"A mug with a ""holy cow"" print.",en\n'
    "A2,Oak table,A plain table.,en\n"
    "A3,Party kit,A wall clock as a gift for your host.,en\n"
)
DATES = "launch: 2031-03-03\nend: 2031-03-09\n"


def campaign(command: Command, text: str, name: str = "campaign.yaml") -> Path:
    return command.write(name, text + DATES)


def by_market(shape: Any) -> dict[str, Any]:
    return {one["market"]: one for one in shape["markets"]}


def test_clean_copy_may_go(command: Command) -> None:
    command.write("good.csv", GOOD)
    campaign(command, "name: Spring\ncontent: good.csv\nmarkets: [AA]\n")
    ran = command("campaign", code=0)
    assert "Campaign: GO  (1 go)" in ran.out
    assert "AA First test market  go" in ran.out
    assert "\x1b" not in ran.out


def test_a_blocker_stops_one_market_and_not_the_other(command: Command) -> None:
    command.write("mixed.csv", MIXED)
    campaign(command, "content: mixed.csv\nmarkets: [AA, US/two]\n".replace(", US/two", ""))
    shape = command("campaign", "-f", "json", code=1).json
    one = by_market(shape)["AA"]
    assert shape["schema"] == "culture-lint/campaign/1"
    assert (shape["verdict"], one["verdict"]) == ("no go", "no go")
    assert one["reasons"][0] == {
        "topic": "blocker",
        "stops": True,
        "text": one["reasons"][0]["text"],
    }
    fix = one["fix_first"][0]
    assert (fix["rule"], fix["needed"], fix["item"]) == ("AA/cow-joke", True, "A1")
    start, end = fix["example"]["passage_span"]
    assert fix["example"]["passage"][start:end] == fix["example"]["text"] == "Holy cow"
    assert one["after_needed_fixes"]["clears_the_bar"]
    assert fix["cai_after"] == one["after_needed_fixes"]["cai"]


def test_what_is_said_of_a_fix_comes_true(command: Command) -> None:
    command.write("mixed.csv", MIXED)
    campaign(command, "content: mixed.csv\nmarkets: AA\n")
    before = by_market(command("campaign", "-f", "json", code=1).json)["AA"]
    command.write("mixed.csv", MIXED.replace("Holy cow", "Happy").replace('""holy cow""', "happy"))
    after = by_market(command("campaign", "-f", "json", code=0).json)["AA"]
    assert after["cai"] == pytest.approx(before["fix_first"][0]["cai_after"], abs=0.2)
    assert after["min"] == pytest.approx(before["after_needed_fixes"]["min"], abs=0.2)


def test_a_waiver_lets_pass_until_it_expires_and_names_its_owner(command: Command) -> None:
    command.write("mixed.csv", MIXED)
    text = (
        "content: mixed.csv\nmarkets: AA\nwaivers:\n"
        "  - {rules: AA/cow-joke, item: A1, market: AA, owner: Ann, reason: licensed print, expires: EXP}\n"
    )
    campaign(command, text.replace("EXP", "2031-12-31"))
    ran = command("campaign", "-f", "json", "--today", "2031-01-01", code=0)
    one = by_market(ran.json)["AA"]
    assert one["verdict"] == "go with conditions"
    assert [held["owner"] for held in one["waivers"]] == ["Ann"]
    assert "of Ann, until 2031-12-31: licensed print" in one["reasons"][0]["text"]
    command("campaign", "--strict", code=1)
    campaign(command, text.replace("EXP", "2031-02-01"))  # not yet, but before the launch
    ran = command("campaign", "--today", "2031-01-01", code=1)
    assert "expires on 2031-02-01, before the launch" in ran.out
    ran = command("campaign", "--today", "2031-02-02", code=1)
    assert "campaign.yaml:4: “AA/cow-joke” of Ann expired on 2031-02-01" in ran.out


def test_what_may_not_be_silenced_is_not_waived(command: Command) -> None:
    command.write("own/markets/cc.yaml", LAW)
    command.write("l.csv", "sku,title,language\nA1,Pork pie,en\n")
    campaign(
        command,
        "content: l.csv\nmarkets: CC\nwaivers:\n"
        "  - {rules: CC/pork, owner: Ann, reason: r, expires: 2031-12-31}\n",
    )
    ran = command("campaign", "-f", "json", "--rulesets", "own", code=1)
    (one,) = ran.json["markets"]
    assert (one["waivers"], one["reasons"][0]["topic"]) == ([], "blocker")
    assert "CC/pork cannot be silenced (law, or a ban)" in ran.err
    assert ran.json["idle_waivers"][0]["why"].startswith("lets nothing pass")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("content: l.csv\nmarkets: [AA, AX]\n", "2:15: no ruleset covers the market 'AX'; covered: AA, BB"),
        ("content: [{path: l.csv, markets: BB}]\nmarkets: AA\n", "1:25: the campaign is not for 'BB'"),
        ("content: none.csv\nmarkets: AA\n", "1:10: none.csv: no such file"),
        ("content: 'x/*.csv'\nmarkets: AA\n", "1:10: no file fits 'x/*.csv'"),
        ("content: l.csv\nmarkets: AA\nplatforms: bazar\n", "3:1: no ruleset covers the platform 'bazar'"),
        ("content: l.csv\nmarkets: AA\nbar: {personas: celebrty}\n", "no persona 'celebrty'; did you mean 'celebrity'?"),
        ("content: l.csv\nmarkets: AA\nlauch: 1\n", "3:1: unknown key 'lauch'; did you mean 'launch'?"),
        ("content: l.csv\nmarkets: AA\nbar: {markets: {BB: {min-cai: 1}}}\n", "3:17: the campaign is not for 'BB'"),
        (
            "content: l.csv\nmarkets: AA\nwaivers: [{rules: AA/cow-jok, owner: A, reason: r, expires: 2031-12-31}]\n",
            "3:11: 'AA/cow-jok' is no rule, owner or category; did you mean 'AA/cow-joke'",
        ),
    ],
)  # fmt: skip
def test_mistakes_are_one_error_with_its_place(command: Command, text: str, told: str) -> None:
    command.write("l.csv", GOOD)
    campaign(command, text)
    ran = command("campaign", code=2)
    assert told in ran.error
    assert ran.error.startswith("culture-lint: campaign.yaml")
    assert not ran.out


def test_flags_that_make_no_sense_are_refused(command: Command) -> None:
    command.write("l.csv", GOOD)
    campaign(command, "content: l.csv\nmarkets: AA\n")
    assert "--launch takes a date" in command("campaign", "--launch", "soon", code=2).error
    assert "--today takes a date" in command("campaign", "--today", "20310101", code=2).error
    assert "--items takes FORMAT:FILE" in command("campaign", "--items", "x.json", code=2).error
    assert "the verdict is text or json" in command("campaign", "-o", "jsonl:x", code=2).error
    assert "cannot read the campaign" in command("campaign", "none.yaml", code=2).error
    same = command("campaign", "-o", "json:x", "--items", "jsonl:x", code=2)
    assert "where the verdict goes" in same.error


def test_a_file_that_cannot_be_read_is_code_2_and_stops(command: Command) -> None:
    command.write("good.csv", GOOD)
    command.write("bad.jsonl", b"\x00\x01\xff\xfe")
    campaign(command, "content: [good.csv, bad.jsonl]\nmarkets: AA\n")
    ran = command("campaign", code=2)
    assert "1 file could not be read" in ran.out
    assert "NO GO" in ran.out


def test_items_go_to_the_markets_that_they_name_and_entries_say(command: Command) -> None:
    command.write(
        "rows.csv", "sku,title,market\nA1,Pork pie,AA\nB1,Pork pie,BB\nC1,Oak,ZZ\nD1,Oak,\n"
    )
    command.write("de/page.md", "# Ein Haus\n\nDas Gift wirkt langsam und steht im Regal.\n")
    campaign(
        command,
        "content: [rows.csv, {path: de/*.md, markets: BB, exposure: 2}]\nmarkets: [AA, BB]\n"
        "bar: {worst-severity: blocker, min-cai: 0, min-campaign-cai: 0}\n",
    )
    shape = command("campaign", "-f", "json", "--items", "jsonl:items.jsonl").json
    found = by_market(shape)
    assert [fix["rule"] for fix in found["AA"]["fix_first"]] == ["AA/pork"]
    assert "BB/gift-word" in [fix["rule"] for fix in found["BB"]["fix_first"]]
    assert found["AA"]["items"] == 2  # with the row that leaves its market empty
    assert shape["items_for_other_markets"] == 1
    lines = (command.folder / "items.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == shape["summary"]["items"]
    assert {json.loads(line)["path"] for line in lines} == {"rows.csv", "de/page.md"}


def test_a_persona_that_is_asked_for_must_speak(command: Command) -> None:
    command.write("l.csv", GOOD)
    campaign(command, "content: l.csv\nmarkets: AA\nbar: {personas: celebrity}\n")
    ran = command("campaign", code=1)
    assert "no item speaks through celebrity" in ran.out
    command.write("l.csv", GOOD.replace("Oak table", "Oak table as seen on TV"))
    shape = command("campaign", "-f", "json").json
    assert by_market(shape)["AA"]["personas"] == {"celebrity": "B1"}


def test_the_same_bytes_whatever_the_processes_and_the_cache(command: Command) -> None:
    rows = "".join(f"N{n},{'Holy cow' if n % 7 == 0 else 'Oak'} table {n},en\n" for n in range(700))
    for name in ("a.csv", "b.csv"):
        command.write(name, f"sku,title,language\n{rows}")
    campaign(command, "content: '*.csv'\nmarkets: [AA, BB]\n")
    outs = {
        command("campaign", "-f", "json", "--today", "2031-01-01", "-q", *more, code=1).out
        for more in (("-j1",), ("-j2",), (), ("--no-cache",))
    }
    assert len(outs) == 1


def test_hostile_names_reach_no_terminal_and_break_no_json(command: Command) -> None:
    bad = "\\e[31mred\\u202e\\n=cmd()<script>"
    command.write("l.csv", 'sku,title,language\n"=cmd()\x1b[2J",Holy cow \x1b[31m<script>,en\n')
    campaign(
        command,
        f'name: "{bad}"\ncontent: l.csv\nmarkets: AA\nwaivers:\n'
        f'  - {{rules: AA/pork, owner: "{bad}", reason: "{bad}", name: "{bad}", expires: 2031-12-31}}\n',
    )
    ran = command("campaign", "--color", "never", code=1)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", ran.out)
    assert command("campaign", "-f", "json", code=1).json["campaign"]["name"].startswith("\x1b[31m")


def test_verdicts_are_written_whole_or_not_at_all(command: Command) -> None:
    command.write("l.csv", MIXED)
    campaign(command, "content: l.csv\nmarkets: AA\n")
    ran = command("campaign", "-o", "json:v.json", "-o", "text:v.txt", code=1)
    assert ran.out == ""
    assert json.loads((command.folder / "v.json").read_text("utf-8"))["verdict"] == "no go"
    assert (command.folder / "v.txt").read_text("utf-8").startswith("campaign  2031-03-03 to")
    assert "overwrite the input" in command("campaign", "-o", "l.csv", code=2).error
