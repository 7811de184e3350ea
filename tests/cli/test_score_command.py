"""``culture-lint score`` as users run it."""

from __future__ import annotations

import csv
import io

import pytest

from tests.command import CLEAN, LISTING, Command


def own(command: Command) -> None:
    """Write rulesets with a market that looks for something, and alternatives that clash."""
    for kind, text in (
        (
            "markets",
            "market: CC\nname: Third\nlanguages: [en]\nreviewed: '2026-11-21'\nreadings:\n"
            + _reading("pork", "signifier: pork", "taboo", "major", "food", "{say: wall clock}")
            + _reading("clock", "signifier: clock", "taboo", "blocker", "gift", "{say: lamp}")
            + _reading("star", "persona: celebrity", "positive", "minor", "persona", "")
            + _reading("scarf", "signifier: scarf", "positive", "info", "locale", "")
            + _reading("flag", "signifier: flag", "positive", "minor", "locale", "")
            + _reading("no-flag", "signifier: flag", "taboo", "minor", "national", "{say: star}"),
        ),
    ):
        path = command.folder / "own" / kind / "c.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


_TEXTS = {"pork": "Pork pie.", "clock": "A wall clock.", "star": "As seen on TV.", "scarf": "A scarf.", "flag": "A flag."}  # fmt: skip


def _reading(slug: str, what: str, polarity: str, severity: str, category: str, say: str) -> str:
    instead = f"    instead: {{en: [{say}]}}\n" if say else ""
    text = _TEXTS[slug.removeprefix("no-")]
    return (
        f"  {slug}:\n    {what}\n    signified: means {slug} there\n    polarity: {polarity}\n"
        f"    severity: {severity}\n    category: {category}\n    message: m\n{instead}"
        "    evidence: {kind: practice, verified: true, sources: [{title: Source of it, cite: p. 1}]}\n"
        f"    reviewed: '2026-11-21'\n    examples: {{flag: [{text}], pass: [Plain.]}}\n"
    )


def test_every_figure_is_what_a_check_says(command: Command) -> None:
    command.write("l.csv", LISTING)
    scored = command("score", "l.csv", "-m", "AA", "--what-if", "-f", "json", code=0).json
    checked = command("check", "l.csv", "-m", "AA", "-f", "json", "--fail-on", "never").json
    assert [one["scores"] for one in scored["items"]] == [one["scores"] for one in checked["items"]]
    mug = scored["items"][0]
    rewordable = [
        one for one in mug["what_if"]["changes"] if one["instead"] and len(one["places"]) == 1
    ]
    gone = [one for one in mug["what_if"]["changes"] if not one["instead"]]
    assert gone
    for change in gone:
        again = command(
            "check",
            "l.csv",
            "-m",
            "AA",
            "-f",
            "json",
            "--fail-on",
            "never",
            "--ignore",
            change["rule"],
        ).json
        assert change["after"] == again["items"][0]["scores"], change["rule"]
    for change in rewordable:
        command.write(
            "n.csv", LISTING.replace(change["places"][0]["text"], change["instead"]["text"])
        )
        again = command("check", "n.csv", "-m", "AA", "-f", "json", "--fail-on", "never").json
        assert change["after"]["AA"] == pytest.approx(again["items"][0]["scores"]["AA"])


def test_an_alternative_that_clashes_itself_is_not_promised(command: Command) -> None:
    own(command)
    command.write("l.csv", "sku,title,language\nA,Pork pie,en\n")
    ran = command(
        "score", "l.csv", "-m", "CC", "--rulesets", "own", "--what-if", "-f", "json", code=0
    )
    (change,) = ran.json["items"][0]["what_if"]["changes"]
    assert change["instead"] is None
    assert change["brings"] == ["CC/clock"]
    assert change["after"] == {"CC": 100.0}
    text = command("score", "l.csv", "-m", "CC", "--rulesets", "own", "--what-if", code=0).out
    assert "“wall clock” will not do: it brings CC/clock" in text


def test_advice_is_what_the_market_looks_for_and_nothing_that_clashes(command: Command) -> None:
    own(command)
    command.write("l.csv", "sku,title,language\nA,Oak table,en\n")
    args = ("-m", "CC", "--rulesets", "own", "--advice")
    (item,) = command("score", "l.csv", *args, "-f", "json", code=0).json["items"]
    assert [one["rule"] for one in item["advice"]] == ["CC/star", "CC/scarf"]
    assert item["advice"][0]["words"] == "as seen on TV"
    assert item["advice"][0]["evidence"]["sources"][0]["title"] == "Source of it"
    text = command("score", "l.csv", *args, code=0).out
    assert "costs nothing to leave" in text
    assert "Source of it" in text
    command.write("l.csv", "sku,title,description,language\nA,Oak table,As seen on TV,en\n")
    (item,) = command("score", "l.csv", *args, "-f", "json", code=0).json["items"]
    assert [one["rule"] for one in item["advice"]] == ["CC/scarf"]
    assert item["voices"] == [
        {"market": "CC", "rule": "CC/star", "text": "As seen on TV", "welcome": True}
    ]
    assert item["scores"] == {"CC": 100.0}


def test_a_reason_is_told_once_and_not_for_every_item(command: Command) -> None:
    own(command)
    command.write("l.csv", CLEAN)
    text = command("score", "l.csv", "-m", "CC", "--rulesets", "own", "--advice", code=0).out
    assert text.count("means star there") == 1
    assert text.count("as seen on TV") == 2


def test_without_flags_there_are_only_scores(command: Command) -> None:
    command.write("l.csv", LISTING)
    ran = command("score", "l.csv", "-m", "AA", code=0)
    assert "What if" not in ran.out
    assert "looks for" not in ran.out
    assert "STOP" in ran.out
    (first, *_) = command("score", "l.csv", "-m", "AA", "-f", "json", code=0).json["items"]
    assert "what_if" not in first
    assert "advice" not in first
    assert first["gate"] == {"AA": "STOP"}


def test_the_same_input_gives_the_same_bytes(command: Command) -> None:
    command.write("l.csv", LISTING)
    args = ("score", "l.csv", "-m", "AA,BB", "--what-if", "--advice", "-f", "json")
    assert command(*args, code=0).out == command(*args, PYTHONHASHSEED="7", code=0).out


def test_hostile_copy_cannot_act_on_the_terminal(command: Command) -> None:
    out = io.StringIO()
    csv.writer(out).writerows(
        [["sku", "title", "language"], ["A\x1b[31m", "Holy cow \u202e\x1b]0;x\x07 mug", "en"]]
    )
    command.write("l.csv", out.getvalue())
    ran = command("score", "l.csv", "-m", "AA", "--what-if", code=0)
    assert not {char for char in ran.out if char < " " and char != "\n"}
    assert "\u202e" not in ran.out


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_scored(command: Command) -> None:
    command.write("a.csv", CLEAN)
    command.write("b.json", "{broken")
    ran = command("score", "a.csv", "b.json", "-m", "AA", code=2)
    assert "B1" in ran.out
    assert "b.json" in ran.error


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("score", "l.csv"), "no market is named"),
        (("score", "l.csv", "-m", "QQ"), "no ruleset covers"),
        (("score", "no.csv", "-m", "AA"), "no.csv"),
        (("score", "l.csv", "-m", "AA", "--until", "2026-12-01"), "--from"),
        (("score", "l.csv", "-m", "AA", "-o", "l.csv"), "overwrite the input"),
    ],
)
def test_mistakes_are_one_line(args: tuple[str, ...], said: str, command: Command) -> None:
    command.write("l.csv", CLEAN)
    assert said in command(*args, code=2).error


def test_a_report_goes_to_a_file(command: Command) -> None:
    command.write("l.csv", LISTING)
    ran = command("score", "l.csv", "-m", "AA", "--what-if", "-o", "score.txt", code=0)
    assert ran.out == ""
    assert "What if" in (command.folder / "score.txt").read_text("utf-8")
