"""Rulesets of a user on top of the built-in ones, and the commands that help to write them."""

from __future__ import annotations

import json

import pytest

from tests.command import Command

READING = """\
    signifier: {signifier}
    signified: a test of a pack
    polarity: taboo
    severity: {severity}
    category: food
    message: "“{{match}}” clashes in the pack."
    evidence:
      kind: practice
      verified: true
      sources: [{{title: Test, url: "https://example.org/", read: "2026-11-21"}}]
    reviewed: "2026-11-21"
    examples: {{flag: ["{flag}"], pass: ["Oak table."]}}
"""
NEW_MARKET = (
    'market: CC\nname: Third market\nextends: [global]\nlanguages: [en]\nreviewed: "2026-11-21"\n'
    "readings:\n  lard:\n"
    + READING.format(signifier="lard", severity="minor", flag="Fried in lard.")
)
LARD = "lard:\n  kind: food\n  relations: {is_a: pork}\n  forms: {en: [lard]}\n"
LISTING = "sku,title,language\nA,Pork pie,en\nB,Fried in lard,en\nC,Oak table,en\n"


def found(command: Command, *args: str) -> list[tuple[str, str, str]]:
    items = command("check", "l.csv", "-f", "json", *args).json["items"]
    return [(i["item"], f["rule"], f["severity"]) for i in items for f in i["findings"]]


def test_pack_adds_a_sign_and_a_market(command: Command) -> None:
    command.write("l.csv", LISTING)
    command.write("mine/signifiers/more.yaml", LARD)
    command.write("mine/markets/cc.yaml", NEW_MARKET)
    assert found(command, "--rulesets", "mine", "-m", "CC") == [("B", "CC/lard", "minor")]
    # The new sign is a kind of pork, so the built-in reading of pork reaches it too.
    assert found(command, "--rulesets", "mine", "-m", "AA") == [
        ("A", "AA/pork", "major"),
        ("B", "AA/pork", "major"),
    ]
    listed = command("markets", "--rulesets", "mine", "-f", "json").json["markets"]
    assert [one["market"] for one in listed] == ["AA", "BB", "CC"]
    assert command("rule", "CC/lard", "--rulesets", "mine", code=0).out.startswith("CC/lard\n")
    assert "'CC'" in command("check", "l.csv", "-m", "CC", code=2).error


def test_market_overrides_and_retires_what_it_inherits(command: Command) -> None:
    command.write("l.csv", LISTING)
    command.write("mine/signifiers/more.yaml", LARD.replace("is_a: pork", "evokes: pork"))
    shared = "region: global\nreadings:\n  lard:\n"
    shared += READING.format(signifier="lard", severity="minor", flag="Fried in lard.")
    command.write("mine/regions/global.yaml", shared)
    run = ("--rulesets", "mine", "-m", "AA", "--ignore", "AA/pork")
    assert found(command, *run) == [("B", "global/lard", "minor")]
    override = "market: AA\noverride:\n  global/lard: {severity: blocker, because: a law}\n"
    command.write("mine/markets/aa.yaml", override)
    assert found(command, *run) == [("B", "global/lard", "blocker")]
    command.write("mine/markets/cc.yaml", NEW_MARKET)
    run_both = ("check", "l.csv", "--rulesets", "mine", "-m", "AA,CC", "--select", "global/lard")
    report = command(*run_both, "-f", "json", code=1).json
    assert [one["market"] for one in report["gate"]["failed"]] == ["AA"]  # minor in CC
    command.write("mine/markets/aa.yaml", "market: AA\nretire:\n  global/lard: {because: sold}\n")
    assert found(command, *run) == []


def test_replaced_reading_takes_the_place_of_the_built_in_one(command: Command) -> None:
    command.write("l.csv", LISTING)
    reading = READING.format(signifier="pork", severity="blocker", flag="Pork pie.")
    pack = "market: AA\nreadings:\n  pork:\n"
    command.write("mine/markets/aa.yaml", pack + reading)
    clash = command("check", "l.csv", "-m", "AA", "--rulesets", "mine", code=2).err
    assert '"AA/pork" is already defined in' in clash
    assert "replace: true" in clash
    command.write("mine/markets/aa.yaml", pack + "    replace: true\n" + reading)
    assert found(command, "--rulesets", "mine", "-m", "AA") == [("A", "AA/pork", "blocker")]


def test_extended_sign_has_more_forms(command: Command) -> None:
    command.write("l.csv", LISTING)
    command.write("mine/signifiers/x.yaml", "pork: {extend: true, forms: {en: [lard]}}\n")
    assert [one[0] for one in found(command, "--rulesets", "mine", "-m", "AA")] == ["A", "B"]


def test_later_packs_go_on_top_of_earlier_ones(command: Command) -> None:
    command.write("l.csv", LISTING)
    for name, severity in (("one", "minor"), ("two", "blocker")):
        reading = READING.format(signifier="pork", severity=severity, flag="Pork pie.")
        command.write(
            f"{name}/markets/aa.yaml",
            f"market: AA\nreadings:\n  pork:\n    replace: true\n{reading}",
        )
    run = ("-m", "AA", "--rulesets", "one", "--rulesets", "two")
    assert found(command, *run) == [("A", "AA/pork", "blocker")]


def test_report_names_the_rulesets_it_was_made_with(command: Command) -> None:
    command.write("l.csv", LISTING)
    command.write("mine/signifiers/more.yaml", LARD)
    run = ("check", "l.csv", "-m", "AA", "-f", "json")
    plain = command(*run).json["tool"]["rulesets"]
    packed = command(*run, "--rulesets", "mine").json["tool"]["rulesets"]
    assert plain != packed
    assert packed == command(*run, "--rulesets", "mine", "--no-cache").json["tool"]["rulesets"]


def test_validate_says_everything_that_is_wrong(command: Command) -> None:
    assert command("rules", "validate", code=0).out == ""
    command.write("mine/markets/cc.yaml", NEW_MARKET.replace("minor", "minro"))
    command.write("mine/signifiers/more.yaml", LARD.replace("kind", "knid"))
    ran = command("rules", "validate", "mine", code=2)
    assert "mine/markets/cc.yaml:11:15: readings.lard.severity" in ran.out
    assert "mine/signifiers/more.yaml:2" in ran.out
    assert "problems" in ran.err


def test_examples_of_a_pack_are_its_tests(command: Command) -> None:
    command.write("mine/signifiers/more.yaml", LARD)
    path = command.write("mine/markets/cc.yaml", NEW_MARKET)
    ran = command("rules", "test", "mine", "--coverage", code=0)
    assert "0 failed" in ran.err
    path.write_text(path.read_text().replace('pass: ["Oak', 'pass: ["No lard here? Lard', 1))
    ran = command("rules", "test", "mine", code=1)
    assert "cc.yaml" in ran.out
    assert "CC/lard: must pass" in ran.out


def test_lists_and_explanations(command: Command) -> None:
    rows = command("rules", "list", "-m", "bb", "-f", "json", code=0).json["rules"]
    written = [one["rule"] for one in rows if not one["rule"].startswith("global/")]
    assert written == ["BB/gift-word", "BB/name-sounds-like", "BB/pork"]
    assert "global/content-language" in [one["rule"] for one in rows]
    listed = command("rules", "list", code=0)
    assert "AA/cow-joke" in listed.out
    assert " rules" in listed.err
    told = command("rule", "AA/beef", code=0).out
    for part in ("What it finds", "wagyu → beef → cow", "counts in AA", "https://example.org/"):
        assert part in told
    shape = command("rule", "AA/beef", "-f", "json", code=0).json
    assert shape["id"] == "AA/beef"
    assert shape["markets"] == ["AA"]


@pytest.mark.parametrize("form", ["text", "json"])
def test_evaluation_of_labelled_cases(command: Command, form: str) -> None:
    cases = [
        {"id": "1", "market": "AA", "language": "en", "text": "Pork pie", "signifier": "Pork",
         "category": "food", "control_text": "Pork-free pie"},
        {"id": "2", "market": "AA", "language": "en", "text": "Oak table", "signifier": "Oak"},
        {"id": "3", "market": "ZZ", "text": "Pork pie", "signifier": "Pork"},
    ]  # fmt: skip
    command.write("cases.jsonl", "\n".join(map(json.dumps, cases)) + "\n")
    ran = command("rules", "evaluate", "cases.jsonl", "-f", form, code=0)
    if form == "json":
        assert ran.json["total"] == {
            "incidents": 2, "found": 1, "recall": 0.5, "harmless": 1, "false_alarms": 0,
            "false_alarm_rate": 0.0,
        }  # fmt: skip
        assert ran.json["skipped"] == 1
    else:
        assert "missed 2 AA: »Oak« table" in ran.out
        assert "left out, as no ruleset covers their market: 1" in ran.out
        assert "50.0%" in ran.out


def test_pack_overrides_and_retires_a_markets_own_readings(command: Command) -> None:
    command.write("l.csv", LISTING)
    command.write(
        "softer/markets/aa.yaml",
        "market: AA\noverride:\n  AA/pork: {severity: minor, because: our own goods}\n",
    )
    assert found(command, "--rulesets", "softer", "-m", "AA") == [("A", "AA/pork", "minor")]
    command.write(
        "none/markets/aa.yaml", "market: AA\nretire:\n  AA/pork: {because: our own goods}\n"
    )
    assert found(command, "--rulesets", "none", "-m", "AA") == []


def test_alternative_that_offends_in_its_own_market_is_a_problem(command: Command) -> None:
    reading = READING.format(signifier="wagyu", severity="minor", flag="Wagyu steak.")
    reading += '    instead: {en: [{say: "pork steak"}]}\n'
    command.write("mine/markets/aa.yaml", f"market: AA\nreadings:\n  wagyu:\n{reading}")
    ran = command("rules", "validate", "mine", code=2)
    assert "an alternative offends itself: 'pork steak' (flagged by AA/pork)" in ran.out
    assert ran.err.startswith("1 problems")
