"""What applies to a path: the nearest file, what it extends, and what it overrides there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from culture_lint.config.find import Finder, user_config
from culture_lint.config.resolve import Configuration
from culture_lint.errors import SettingsError
from culture_lint.settings import Settings


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, "utf-8")


def settings(path: str) -> Settings:
    return Configuration().settings_for(path)


def test_each_path_has_the_nearest_file_and_nothing_is_merged() -> None:
    write(".culture-lint.yaml", "markets: [SA]\nmin-cai: 50\n")
    write("shop/pyproject.toml", '[tool.culture-lint]\nmarkets = ["IN"]\n')
    write("shop/deep/setup.cfg", "[culture-lint]\nmarkets = JP\n")
    write("shop/other/pyproject.toml", "[tool.ruff]\n")
    configuration = Configuration()
    found = {path: configuration.settings_for(path) for path in ("a.csv", "shop/a.csv", "shop/deep/x/a.csv",
                                                                 "shop/other/a.csv")}  # fmt: skip
    assert [one.markets for one in found.values()] == [("SA",), ("IN",), ("JP",), ("IN",)]
    assert [one.min_cai for one in found.values()] == [50.0, None, None, None]
    assert configuration.settings_for("b.csv") is found["a.csv"]


def test_of_two_in_one_folder_the_first_counts_and_the_other_is_named() -> None:
    write(".culture-lint.yaml", "markets: [SA]\n")
    write("pyproject.toml", "[tool.culture-lint]\nmarkets = ['IN']\n")
    told: list[str] = []
    configuration = Configuration(warn=told.append)
    assert configuration.settings_for("a.csv").markets == ("SA",)
    configuration.settings_for("b.csv")
    assert len(told) == 1
    assert told[0].endswith(".culture-lint.yaml counts; not read beside it: pyproject.toml")


def test_own_file_of_the_user_counts_only_where_there_is_no_other() -> None:
    write("xdg/culture-lint/config.yaml", "markets: [BR]\n")
    assert settings("a.csv").markets == ("BR",)
    assert user_config({"XDG_CONFIG_HOME": "nowhere"}) is None
    write(".culture-lint.yaml", "min-cai: 1\n")
    assert settings("a.csv").markets == ()
    assert Configuration(isolated=True).settings_for("a.csv") == Settings()


def test_named_file_replaces_the_search() -> None:
    write(".culture-lint.yaml", "zebra: 1\n")
    write("x/named.yaml", "overrides: [{files: 'a.csv', markets: [SA]}]\n")
    configuration = Configuration(Path("x/named.yaml"))
    assert configuration.settings_for("x/a.csv").markets == ("SA",)
    assert configuration.settings_for("a.csv").markets == ()  # patterns belong to the file's folder
    with pytest.raises(SettingsError, match=r"no configuration file 'gone\.yaml'"):
        Configuration(Path("gone.yaml"))


def test_last_fitting_override_wins_key_by_key() -> None:
    write(".culture-lint.yaml", """\
markets: [SA]
select: [IN]
overrides:
- {files: "**/*.md", markets: [IN], language: en, extend-select: [JP]}
- {files: [docs/, "!docs/x.md"], markets: [JP], min-cai: 10}
- {files: "*.md", extend-select: [KR]}
- {files: "none/**", markets: [CN]}
""")  # fmt: skip
    both, first, neither = settings("docs/a.md"), settings("docs/x.md"), settings("a.csv")
    assert (both.markets, both.language, both.min_cai) == (("JP",), "en", 10.0)
    assert both.select == ("IN", "JP", "KR")
    assert (first.markets, first.min_cai) == (("IN",), None)
    assert (neither.markets, neither.markets_from) == (("SA",), "config")
    assert both.markets_from == "override"


def test_override_without_markets_takes_them_back() -> None:
    write(".culture-lint.yaml", "markets: [SA]\noverrides: [{files: a.csv, markets: []}]\n")
    assert settings("a.csv").markets == ()


def test_extended_file_lies_under_the_one_that_extends_it() -> None:
    write(".culture-lint.yaml", """\
markets: [SA]
min-cai: 40
languages: {ar: [SA], de: [DE]}
select: [IN]
extend-select: [JP]
extend-exclude: [drafts/]
rulesets: [mine]
ignores: [{rules: [IN], reason: a}]
overrides: [{files: "*.md", markets: [IN]}]
""")  # fmt: skip
    write("shop/.culture-lint.yaml", """\
extend: ../.culture-lint.yaml
min-cai: 60
languages: {ar: [AE], fr: [FR]}
extend-select: [KR]
extend-exclude: [old/]
ignores: [{rules: [JP], reason: b}]
overrides: [{files: "a.md", language: de}]
""")  # fmt: skip
    found = settings("shop/a.md")
    assert (found.markets, found.min_cai, found.language) == (("IN",), 60.0, "de")
    assert dict(found.languages) == {"ar": ("AE",), "de": ("DE",), "fr": ("FR",)}
    assert found.select == ("IN", "JP", "KR")
    assert [(one.base.name, one.globs) for one in found.exclude[1:]] == [
        (Path.cwd().name, ("drafts/",)), ("shop", ("old/",)),
    ]  # fmt: skip
    assert [str(one) for one in found.rulesets] == ["mine"]
    assert [one.reason for one in found.ignores] == ["a", "b"]


def test_list_that_is_given_anew_drops_what_was_added_below() -> None:
    write("base.yaml", "ignore: [IN]\nextend-ignore: [JP]\n")
    write(".culture-lint.yaml", "extend: base.yaml\nignore: [KR]\n")
    assert settings("a.csv").ignore == ("KR",)


def test_adding_to_no_selection_does_not_narrow_it() -> None:
    write(".culture-lint.yaml", "extend-select: [IN/x]\n")
    assert settings("a.csv").select == ("ALL", "IN/x")


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({".culture-lint.yaml": "extend: gone.yaml\n"}, ".culture-lint.yaml:1:1: extend: no configuration file 'gone.yaml'"),
        ({".culture-lint.yaml": "extend: b.yaml\n", "b.yaml": "extend: .culture-lint.yaml\n"},
         "b.yaml:1:1: extend: .culture-lint.yaml leads back to this file"),
        ({".culture-lint.yaml": "extend: .culture-lint.yaml\n"}, ".culture-lint.yaml:1:1: extend: "),
        ({".culture-lint.yaml": "extend: b.yaml\n", "b.yaml": "zebra: 1\n"}, "b.yaml:1:1: unknown key 'zebra'"),
    ],
)  # fmt: skip
def test_extending_wrongly_is_told(files: dict[str, str], told: str) -> None:
    for name, text in files.items():
        write(name, text)
    with pytest.raises(SettingsError) as caught:
        settings("a.csv")
    assert str(caught.value).startswith(told)


def test_ignores_are_read_with_their_place() -> None:
    write(".culture-lint.yaml", """\
ignores:
- {path: "legal/**", rules: [SA, category:food], item: "SKU-*", field: title, market: SA, until: 2027-03-31, reason: x}
- {rules: IN/owl-gift}
""")  # fmt: skip
    narrow, wide = settings("legal/a.csv").ignores
    assert (narrow.rules, narrow.item, narrow.field) == (("SA", "category:food"), "SKU-*", "title")
    assert (narrow.markets, narrow.until, narrow.reason) == (("SA",), date(2027, 3, 31), "x")
    assert (narrow.origin, narrow.line, narrow.column) == (".culture-lint.yaml", 2, 3)
    assert (narrow.path, narrow.folder) == ("legal/**", str(Path.cwd()))
    assert (wide.path, wide.rules, wide.until) == ("", ("IN/owl-gift",), None)


def test_brand_may_have_a_file_of_its_own() -> None:
    write(
        "shop/brand.yaml",
        "names: [Holy Cow]\nintent: [playful]\nterms: [a, {term: b, markets: SA}]\n",
    )
    write("shop/.culture-lint.yaml", "brand: brand.yaml\n")
    found = settings("shop/a.csv")
    assert (found.brand.names, found.intent) == (("Holy Cow",), ("playful",))
    assert [(one.text, one.markets) for one in found.brand.terms] == [("a", ()), ("b", ("SA",))]
    write("shop/.culture-lint.yaml", "brand: brand.yaml\nintent: premium\n")
    assert settings("shop/a.csv").intent == ("premium",)
    write("shop/brand.yaml", "nmaes: [Holy Cow]\n")
    with pytest.raises(
        SettingsError, match=r"shop/brand\.yaml:1:1: unknown key 'nmaes'; did you mean 'names'"
    ):
        settings("shop/a.csv")


def test_origins_name_file_and_line() -> None:
    write("base.yaml", "\nselect: [IN]\n")
    write(
        ".culture-lint.yaml",
        "extend: base.yaml\nextend-select: [JP]\noverrides:\n- files: '*.md'\n  markets: [SA]\n",
    )
    origins = Configuration().resolve("a.md").origins
    assert [str(one) for one in origins["select"]] == ["base.yaml:2:1", ".culture-lint.yaml:2:1"]
    assert [str(one) for one in origins["markets"]] == [".culture-lint.yaml:5:3"]
    assert "min_cai" not in origins


def test_each_folder_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    import culture_lint.config.find as module

    asked: list[Path] = []
    before = module.in_folder
    monkeypatch.setattr(module, "in_folder", lambda folder: asked.append(folder) or before(folder))
    finder = Finder()
    for name in ("a/b/x.csv", "a/b/y.csv", "a/c/z.csv"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        finder.find(Path(name))
    assert len(asked) == len(set(asked)) == 4
