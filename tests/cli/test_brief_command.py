"""``culture-lint brief`` as users run it."""

from __future__ import annotations

import pytest

from tests.command import Command


def test_a_brief_is_written_for_a_market(command: Command) -> None:
    ran = command("brief", "-m", "aa", code=0)
    assert ran.out.startswith("Creative brief: First test market\n")
    assert "BLOCKER Cow joke" in ran.out
    assert "instead: “wow” (en), “golden goose” (en)" in ran.out
    assert "https://example.org/" in ran.out
    assert ran.err == ""


def test_markets_intent_and_platforms_of_the_configuration_hold(command: Command) -> None:
    command.write(
        ".culture-lint.yaml", "markets: [AA, BB]\nplatforms: [bazaar]\nintent: [natural]\n"
    )
    shape = command("brief", "-f", "json", code=0).json
    assert [one["market"] for one in shape["briefs"]] == ["AA", "BB"]
    assert shape["briefs"][0]["intent"] == ["natural"]
    parts = [one["id"] for one in shape["briefs"][0]["parts"]]
    assert parts[0] == "intent"
    assert "platforms" in parts


def test_what_carries_the_intent_comes_first(command: Command) -> None:
    shape = command("brief", "-m", "AA", "--intent", "natural", "-f", "json", code=0).json
    first = shape["briefs"][0]["parts"][0]["groups"][0]
    assert first["points"][0]["rule"] == "AA/pattern-welcome"


def test_a_file_is_written_whole_and_the_same_each_time(command: Command) -> None:
    command("brief", "-m", "AA", "-f", "html", "-o", "brief.html", code=0)
    first = (command.folder / "brief.html").read_bytes()
    assert first.startswith(b"<!doctype html>")
    assert first.rstrip().endswith(b"</html>")
    command("brief", "-m", "AA", "-f", "html", "-o", "brief.html", code=0)
    assert (command.folder / "brief.html").read_bytes() == first
    assert sorted(one.name for one in command.folder.iterdir()) == [".git", "brief.html"]


def test_communities_take_the_place_of_their_market(command: Command) -> None:
    folder = command.folder / "own" / "communities"
    folder.mkdir(parents=True)
    (folder / "c.yaml").write_text(
        "community: AA/riders\nname: Riders\nreviewed: '2026-11-21'\n", "utf-8"
    )
    more = ("--rulesets", "own", "-f", "json")
    for named in (("-m", "AA", "--community", "riders"), ("--community", "AA/riders")):
        shape = command("brief", *named, *more, code=0).json
        assert [one["market"] for one in shape["briefs"]] == ["AA/riders"]
    wrong = command("brief", "-m", "AA", "--community", "rider", *more, code=2)
    assert "riders" in wrong.error


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("brief",), "--market SA"),
        (("brief", "-m", "QQ"), "no ruleset covers the market 'QQ'"),
        (("brief", "-m", "AA", "--platform", "bazar"), "did you mean bazaar"),
        (("brief", "-m", "AA", "--intent", "natral"), "natural"),
        (("brief", "-m", "AA", "--community", "x"), "no community 'x'"),
        (("brief", "-m", "AA", "-o", "no/such/folder.html"), "there is no folder"),
        (("brief", "-m", "AA", "-f", "pdf"), "pdf"),
        (("brief", "-m", "AA", "--from", "2026"), "2026"),
        (
            ("brief", "-m", "AA", "--from", "2026-12-01", "--until", "2026-01-01"),
            "before it begins",
        ),
    ],
)
def test_mistakes_are_one_line(args: tuple[str, ...], said: str, command: Command) -> None:
    ran = command(*args, code=2)
    assert said in ran.error
    assert ran.out == ""


def test_a_ruleset_of_strangers_cannot_paint_the_terminal(command: Command) -> None:
    folder = command.folder / "own" / "markets"
    folder.mkdir(parents=True)
    (folder / "cc.yaml").write_text(
        'market: CC\nname: "Third <b>\\u202e"\nlanguages: [en]\nreviewed: "2026-11-21"\nreadings:\n'
        '  odd:\n    signifier: pork\n    signified: "<img src=x onerror=1>"\n    polarity: taboo\n'
        "    severity: major\n    category: food\n    message: m\n    evidence:\n      kind: practice\n"
        '      sources: [{title: "<b>t</b>", url: "https://example.org/a"}]\n'
        '    reviewed: "2026-11-21"\n    examples: {flag: [Pork pie.], pass: [Pie.]}\n',
        "utf-8",
    )
    ran = command("brief", "-m", "CC", "--rulesets", "own", "-f", "html", code=0)
    assert "<img" not in ran.out
    assert "\u202e" not in ran.out
    assert "&lt;img src=x onerror=1&gt;" in ran.out
