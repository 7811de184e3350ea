"""Project files: discovered upwards, named, ignored, written by init."""

from __future__ import annotations

import pytest

from tests.command import Command

PORK = "sku,title,language\nA,Pork pie,en\n"


def test_markets_and_gate_come_from_the_nearest_file_above_the_listing(command: Command) -> None:
    command.write(".culture-lint.yaml", "markets: [BB]\nfail-on: never\n")
    command.write("shop/.culture-lint.yaml", "markets: [AA]\n")
    command.write("shop/deep/l.csv", PORK)
    command.write("l.csv", PORK)
    inner = command("check", "shop/deep/l.csv", "-f", "json", code=1).json
    assert list(inner["items"][0]["scores"]) == ["AA"]
    outer = command("check", "l.csv", "-f", "json", code=0).json
    assert list(outer["items"][0]["scores"]) == ["BB"]
    assert outer["gate"]["fail_on"] == "never"


def test_file_above_a_repository_does_not_count(command: Command) -> None:
    command.write("../.culture-lint.yaml", "markets: [AA]\n")
    command.write("l.csv", PORK)
    assert "--market" in command("check", "l.csv", code=2).error


def test_command_line_wins_over_the_file(command: Command) -> None:
    command.write(".culture-lint.yaml", "markets: [AA]\nmin-cai: 99\nfail-on: never\n")
    command.write("l.csv", PORK)
    gate = command("check", "l.csv", "--min-cai", "1", "-f", "json", code=0).json["gate"]
    assert (gate["min_cai"], gate["fail_on"]) == (1.0, "never")
    assert list(command("check", "l.csv", "-m", "BB", "-f", "json").json["summary"]["cai"]) == [
        "BB"
    ]


def test_named_file_replaces_the_search(command: Command) -> None:
    command.write(".culture-lint.yaml", "zebra: 1\n")
    command.write("other.yaml", "markets: [AA]\nignore: [AA/pork]\n")
    command.write("l.csv", PORK)
    command("check", "l.csv", "--config", "other.yaml", code=0)
    assert ".culture-lint.yaml:1:1: unknown key 'zebra'" in command("check", "l.csv", code=2).error


def test_isolated_reads_no_file(command: Command) -> None:
    command.write(".culture-lint.yaml", "zebra: 1\n")
    command.write("l.csv", PORK)
    command("check", "l.csv", "--isolated", "-m", "AA", code=1)


def test_unknown_key_names_file_line_and_the_nearest(command: Command) -> None:
    command.write(".culture-lint.yaml", "markets: [AA]\nfail-onn: minor\n")
    command.write("l.csv", PORK)
    error = command("check", "l.csv", code=2).error
    assert error.endswith(
        "culture-lint: .culture-lint.yaml:2:1: unknown key 'fail-onn'; did you mean 'fail-on'?"
    )


def test_norway_needs_no_quotes(command: Command) -> None:
    command.write(".culture-lint.yaml", "markets: [NO]\n")
    command.write("l.csv", PORK)
    assert "no ruleset covers the market 'NO'" in command("check", "l.csv", code=2).error


def test_columns_of_the_file_are_read_as_mapped(command: Command) -> None:
    command.write(".culture-lint.yaml", "markets: [AA]\ncolumns: {title: Zwei, id: 1}\n")
    command.write("l.csv", "Eins,Zwei\nX9,Pork pie\n")
    (item,) = command("check", "l.csv", "-f", "json", code=1).json["items"]
    assert item["item"] == "X9"
    assert item["findings"][0]["field"] == "Zwei"
    assert item["findings"][0]["role"] == "title"
    (mapped,) = command("check", "l.csv", "-f", "json", "-c", "description=Zwei").json["items"]
    assert mapped["findings"][0]["role"] == "description"


def test_name_of_standard_input_finds_the_file(command: Command) -> None:
    command.write("shop/.culture-lint.yaml", "markets: [AA]\n")
    command("check", "-", "--stdin-filename", "shop/l.csv", stdin=PORK, code=1)
    assert "--market" in command("check", "-", stdin=PORK, code=2).error


def test_own_rulesets_of_the_file_lie_beside_it(command: Command) -> None:
    command.write("shop/.culture-lint.yaml", "markets: [AA]\nrulesets: [mine]\n")
    command.write("shop/l.csv", PORK)
    assert "no folder of rulesets" in command("check", "shop/l.csv", code=2).error
    command.write("shop/mine/signifiers/x.yaml", "pork: {extend: true, forms: {en: [pie]}}\n")
    (item,) = command("check", "shop/l.csv", "-f", "json", code=1).json["items"]
    assert [one["text"] for one in item["findings"]] == ["Pork pie"]


@pytest.mark.parametrize("markets", [["AA"], ["AA", "BB"]])
def test_init_writes_a_file_that_works(command: Command, markets: list[str]) -> None:
    ran = command("init", "-m", ",".join(markets), code=0)
    assert "wrote .culture-lint.yaml" in ran.out
    command.write("l.csv", PORK)
    summary = command("check", "l.csv", "-f", "json", code=1).json["summary"]
    assert list(summary["cai"]) == markets


def test_init_overwrites_only_when_forced(command: Command) -> None:
    command("init", code=0)
    path = command.folder / ".culture-lint.yaml"
    assert '"SA", "IN", "JP"' in path.read_text("utf-8")
    assert "--force" in command("init", "-m", "AA", code=2).error
    command("init", "-m", "AA", "--force", code=0)
    assert 'markets: ["AA"]' in path.read_text("utf-8")
    command.write("sub/x", "")
    command("init", "sub", code=0)
    assert (command.folder / "sub" / ".culture-lint.yaml").is_file()


def test_intent_puts_alternatives_that_keep_it_first(command: Command) -> None:
    command.write("l.csv", "sku,title,language\nA,Holy cow,en\n")

    def first(*args: str) -> str:
        items = command("check", "l.csv", "-m", "AA", "-f", "json", *args).json["items"]
        return str(items[0]["findings"][0]["alternatives"][0]["text"])

    assert first("--intent", "playful") == "wow"
    assert first("--intent", "wealthy") == "golden goose"
    command.write(".culture-lint.yaml", "intent: wealthy\n")
    assert first() == "golden goose"


def test_select_and_ignore(command: Command) -> None:
    command.write("l.csv", "sku,title,language\nA,Pork pie and bamboo tea,en\n")

    def found(*args: str) -> list[str]:
        items = command("check", "l.csv", "-m", "AA", "-f", "json", *args).json["items"]
        return [one["rule"] for one in items[0]["findings"]]

    assert found() == ["AA/pork", "AA/bamboo-sign"]
    assert found("--ignore", "category:food") == ["AA/bamboo-sign"]
    assert found("--select", "AA/pork") == ["AA/pork"]
    assert found("--select", "AA/bam") == ["AA/bamboo-sign"]
    assert found("--select", "BB") == []
    assert found("--select", "all", "--ignore", "global/content-language") == found()
    command.write(".culture-lint.yaml", "ignore: [AA/bamboo-sign]\n")
    assert found() == ["AA/pork"]
