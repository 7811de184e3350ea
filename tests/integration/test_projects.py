"""A repository with several configurations, locales in paths, ignore files and a brand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import CLEAN, Command, Ran

PORK = "sku,title,language\nA,Pork pie,en\n"


def scores(ran: Ran) -> dict[str, list[str]]:
    """The markets that each file was checked for."""
    found: dict[str, list[str]] = {}
    for item in ran.json["items"]:
        found.setdefault(item["path"], list(item["scores"]))
    return found


def test_each_file_is_checked_with_its_own_configuration_and_gate(command: Command) -> None:
    command.write("pyproject.toml", '[tool.culture-lint]\nmarkets = ["BB"]\n')
    command.write("shop/setup.cfg", "[culture-lint]\nmarkets = AA\nfail-on = never\n")
    command.write("l.csv", CLEAN)
    command.write("shop/l.csv", PORK)
    ran = command("check", ".", "-f", "json", code=0)
    assert scores(ran) == {"l.csv": ["BB"], "shop/l.csv": ["AA"]}
    command.write("shop/setup.cfg", "[culture-lint]\nmarkets = AA\nmin-cai = 99\nfail-on = never\n")
    failed = command("check", ".", "-f", "json", code=1).json["gate"]["failed"]
    assert [(one["market"], one["gate"]) for one in failed] == [("AA", "cai")]


def test_markets_come_from_overrides_paths_files_and_languages(command: Command) -> None:
    command.write(
        ".culture-lint.yaml",
        "languages: {de: AA, fr: [AA, BB]}\n"
        "overrides: [{files: 'special/**', markets: [BB]}, {files: '*.{tsv,tab}', markets: [AA]}]\n",
    )
    plain = "sku,title\nA,Oak table and chairs for the whole family\n"
    command.write("special/locales/de/list_de_DE.csv", plain)
    command.write("list.tsv", plain.replace(",", "\t"))
    command.write("locales/de/l.csv", plain)
    command.write("own.csv", "sku,title,market,language\nA,Oak table,BB,fr\n")
    command.write("said.csv", "sku,title,language\nA,Table en chêne,fr-CH\n")
    assert scores(command("check", ".", "-f", "json")) == {
        "list.tsv": ["AA"],
        "locales/de/l.csv": ["AA"],
        "own.csv": ["BB"],
        "said.csv": ["AA", "BB"],
        "special/locales/de/list_de_DE.csv": ["BB"],
    }
    flagged = scores(command("check", ".", "-m", "BB", "-f", "json"))
    assert set(map(tuple, flagged.values())) == {("BB",)}


def test_files_without_a_market_are_told_once_and_the_others_checked(command: Command) -> None:
    command.write(".culture-lint.yaml", "languages: {de: [AA]}\n")
    command.write("locales/de/l.csv", CLEAN)
    for name in ("a.csv", "b.csv", "c.csv", "d.csv"):
        command.write(name, "sku,title,language\nA,Chêne,fr\n")
    ran = command("check", ".", "-f", "json", code=2)
    assert list(scores(ran)) == ["locales/de/l.csv"]
    told = ran.error
    assert "a.csv, b.csv, c.csv and 1 more" in told
    assert "`languages: {fr: [..]}`" in told
    assert ran.json["gate"]["failed"] == [
        {"market": "", "gate": "market", "limit": "named", "count": 4, "worst": "a.csv"}
    ]
    assert "4 files without a market not checked" in command("check", ".", code=2).out


def test_language_alone_never_names_a_market(command: Command) -> None:
    command.write("locales/de/l.csv", "sku,title,language\nA,Eiche,de\n")
    assert "no market is named" in command("check", ".", code=2).error


def test_region_of_a_path_without_a_ruleset_is_not_examined(command: Command) -> None:
    command.write("locales/de-AT/l.csv", CLEAN)
    ran = command("check", ".", "-f", "json", code=2)
    assert ran.json["items"][0]["status"] == {"AT": "not examined: no ruleset covers AT"}


def test_excluded_and_ignored_files_are_left_out_unless_named(command: Command) -> None:
    command.write(".culture-lint.yaml", "markets: [AA]\nextend-exclude: [drafts/]\n")
    command.write(".gitignore", "build/\n")
    command.write("shop/.culture-lintignore", "old*.csv\n")
    for name in ("l.csv", "drafts/l.csv", "build/l.csv", "shop/old1.csv", "shop/new.csv",
                 "node_modules/x.csv"):  # fmt: skip
        command.write(name, CLEAN)
    assert command("check", ".", "--show-files", code=0).out.split() == ["l.csv", "shop/new.csv"]
    more = command("check", ".", "--show-files", "--no-respect-gitignore", code=0).out.split()
    assert sorted(more) == ["build/l.csv", "l.csv", "shop/new.csv"]
    only = command("check", ".", "--show-files", "--exclude", "shop,l.csv,node_modules", code=0)
    assert only.out == ""
    assert command(
        "check", ".", "--show-files", "--extend-exclude", "shop", code=0
    ).out.split() == ["l.csv"]
    named = ("check", "drafts/l.csv", "shop/old1.csv", "l.csv", "--show-files")
    assert len(command(*named, code=0).out.split()) == 3
    assert command(*named, "--force-exclude", code=0).out.split() == ["l.csv"]


def test_nothing_left_to_check_is_no_error_and_writes_a_whole_report(command: Command) -> None:
    command.write(".culture-lint.yaml", "markets: [AA]\nexclude: ['*.csv']\n")
    command.write("l.csv", PORK)
    for args in (
        ["."],
        ["l.csv", "--force-exclude"],
        ["-", "--stdin-filename", "l.csv", "--force-exclude"],
    ):
        ran = command("check", *args, "-f", "json", stdin=PORK, code=0)
        assert ran.json["items"] == []
        assert "nothing to check" in ran.err


def test_hooks_may_pass_files_of_any_kind(command: Command) -> None:
    command.write(".culture-lint.yaml", "markets: [AA]\n")
    command.write("a.rb", "puts 1\n")
    command.write("l.csv", CLEAN)
    command.write(".culture-lint-baseline.json", "{}")
    ran = command("check", "--force-exclude", "a.rb", "l.csv", ".culture-lint-baseline.json",
                  ".culture-lint.yaml", code=0)  # fmt: skip
    assert "skipped, no reader for this kind of file: a.rb" in ran.err
    assert "files are not read" in command("check", "a.rb", "l.csv", code=2).error


def test_severities_and_brand_of_the_configuration_count(command: Command) -> None:
    command.write("l.csv", PORK)
    command("check", "l.csv", "-m", "AA", code=1)
    command.write(".culture-lint.yaml", "markets: [AA]\nseverity: {AA/pork: minor}\n")
    command("check", "l.csv", code=0)
    command.write(".culture-lint.yaml", "markets: [AA]\nbrand: {terms: [pork pie]}\n")
    assert command("check", "l.csv", "-f", "json", code=0).json["items"][0]["scores"] == {
        "AA": 100.0
    }


def test_ignores_of_the_configuration_count(command: Command) -> None:
    command.write("shop/l.csv", PORK)
    command.write("l.csv", PORK)
    entry = "ignores: [{path: shop/, rules: [AA/pork], market: AA, until: 2999-01-01, reason: agreed}]\n"
    command.write(".culture-lint.yaml", "markets: [AA]\n" + entry)
    items = {one["path"]: one for one in command("check", ".", "-f", "json", code=1).json["items"]}
    assert items["shop/l.csv"]["suppressed"][0]["justification"] == "agreed"
    assert items["shop/l.csv"]["findings"] == []
    assert len(items["l.csv"]["findings"]) == 1
    command.write(".culture-lint.yaml", "markets: [AA]\nignores:\n- rules: [AA/prok]\n")
    error = command("check", "l.csv", code=2).error
    assert ".culture-lint.yaml:3:3: 'AA/prok' is no rule" in error


def test_environment_stands_between_flags_and_configuration(command: Command) -> None:
    command.write(".culture-lint.yaml", "markets: [BB]\n")
    command.write("l.csv", PORK)
    ran = command("check", "l.csv", CULTURE_LINT_MARKET="AA", CULTURE_LINT_FORMAT="json", code=1)
    assert list(ran.json["summary"]["cai"]) == ["AA"]
    flag = command("check", "l.csv", "-m", "BB", "-f", "json", CULTURE_LINT_MARKET="AA", code=1)
    assert list(flag.json["summary"]["cai"]) == ["BB"]
    command.write("odd.csv", "Nr,Das Wort\n1,Pork pie\n")
    column = "title=Das Wort"
    command("check", "odd.csv", "-m", "AA", CULTURE_LINT_COLUMN=column, code=1)
    assert "--fail-on" in command("check", "l.csv", CULTURE_LINT_FAIL_ON="majr", code=2).error


def test_statistics_count_rules(command: Command) -> None:
    command.write("l.csv", "sku,title,language\nA,Pork pie,en\nB,Pork and bamboo,en\n")
    out = command("check", "l.csv", "-m", "AA", "--statistics", code=1).out.splitlines()
    assert [line.split()[:3] for line in out] == [
        ["2", "major", "AA/pork"], ["1", "minor", "AA/bamboo-sign"],
    ]  # fmt: skip
    shapes = command("check", "l.csv", "-m", "AA", "--statistics", "-f", "json", code=1).json
    assert [one["count"] for one in shapes] == [2, 1]
    command("check", "l.csv", "-m", "AA", "--statistics", "-f", "jsonl", code=2)


def test_concise_lines_can_be_parsed(command: Command) -> None:
    command.write("l.csv", PORK)
    out = command("check", "l.csv", "-m", "AA", "-f", "concise", code=1).out
    assert out == "l.csv:2:3: MAJOR AA/pork [AA] “Pork” clashes here.\n"


def test_config_show_says_what_applies_and_who_says_so(command: Command) -> None:
    command.write("base.yaml", "ignore: [AA/pork]\n")
    command.write(
        ".culture-lint.yaml",
        "extend: base.yaml\nmarkets: [BB]\noverrides:\n- files: '*.md'\n  markets: [AA]\n",
    )
    shown = command(
        "config", "show", "x/a.md", "-f", "json", CULTURE_LINT_MIN_CAI="70", code=0
    ).json
    assert shown["file"] == ".culture-lint.yaml"
    assert shown["markets_of_path"] == {"markets": ["AA"], "said_by": "overrides"}
    assert shown["settings"]["markets"] == {"value": ["AA"], "from": ".culture-lint.yaml:5:3"}
    assert shown["settings"]["ignore"] == {"value": ["AA/pork"], "from": "base.yaml:1:1"}
    assert shown["settings"]["min-cai"] == {"value": 70.0, "from": "the environment"}
    assert shown["settings"]["fail-on"] == {"value": "major", "from": "default"}
    text = command("config", "show", "locales/de-AT/x.json", code=0).out
    assert "# checked for: AT (the path (de-AT))" in text
    assert 'markets: ["BB"]' in text


def test_config_show_tells_mistakes_and_what_is_left_out(command: Command) -> None:
    command.write(".culture-lint.yaml", "exclude: [drafts/]\n")
    assert "left out" in command("config", "show", "drafts/l.csv", code=0).out
    assert "left out" not in command("config", "show", "l.csv", code=0).out
    command.write(".culture-lint.yaml", "zebra: 1\n")
    assert ".culture-lint.yaml:1:1: unknown key 'zebra'" in command("config", "show", code=2).error


def test_own_file_of_the_user_counts_where_there_is_no_other(
    command: Command, tmp_path: Path
) -> None:
    home = tmp_path / "xdg" / "culture-lint"
    home.mkdir(parents=True)
    (home / "config.yaml").write_text("markets: [AA]\n")
    command.write("l.csv", PORK)
    command("check", "l.csv", XDG_CONFIG_HOME=str(tmp_path / "xdg"), code=1)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_can_complete(command: Command, shell: str) -> None:
    ran = command(_CULTURE_LINT_COMPLETE=f"{shell}_source")
    assert "culture_lint" in ran.out.lower() or "culture-lint" in ran.out
    words = {"COMP_WORDS": "culture-lint che", "COMP_CWORD": "che" if shell == "fish" else "1"}
    done = command(_CULTURE_LINT_COMPLETE=f"{shell}_complete", **words)
    assert "check" in done.out


def test_mistyped_names_of_a_configuration_are_told_with_its_file(command: Command) -> None:
    command.write("l.csv", PORK)
    for text, name in (
        ("markets: [AAA]", "'AAA'"), ("languages: {de: AAA}", "'AAA'"),
        ("markets: [AA]\nseverity: {AA/prok: info}", "'AA/prok'"),
        ("markets: [AA]\nencoding: klingon", "'klingon'"), ("rulesets: [gone]", "'gone'"),
    ):  # fmt: skip
        command.write(".culture-lint.yaml", text + "\n")
        error = command("check", "l.csv", code=2).error
        assert error.startswith("culture-lint: .culture-lint.yaml: ")
        assert name in error
    command.write(".culture-lint.yaml", "markets: [BB]\n")
    ran = command("check", "l.csv", "-m", "AAA", code=2)
    assert ran.error.startswith("culture-lint: no ruleset")
