"""The project file: where it is found, what it may say, and what it says when it is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from culture_lint.cli.init import TEMPLATE
from culture_lint.cli.options import columns
from culture_lint.config.find import find_config
from culture_lint.config.resolve import load_config
from culture_lint.errors import SettingsError
from culture_lint.settings import COLUMN_ROLES, FAIL_ON, Settings, colour_wanted
from culture_lint.sources.items import Role
from culture_lint.sources.schemas import ROW_ROLES


def load(tmp_path: Path, text: str | bytes) -> Settings:
    path = tmp_path / ".culture-lint.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load_config(path, Settings())


def refused(tmp_path: Path, text: str | bytes) -> str:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, text)
    return str(caught.value).removeprefix(str(tmp_path) + "/")


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("markets: [SA, IN]", "markets", ("SA", "IN")),
        ("markets: SA, IN", "markets", ("SA", "IN")),
        ("markets: SA IN", "markets", ("SA", "IN")),
        ("markets: [SA CA-QC US/texas-ranch]", "markets", ("SA", "CA-QC", "US/texas-ranch")),
        ("markets: Saudi Arabia", "markets", ("Saudi Arabia",)),  # told by name, not in two
        ("markets: [NO, SE]", "markets", ("NO", "SE")),
        ("markets: NO", "markets", ("NO",)),
        ("markets:\n- NO\n- US/texas-ranch", "markets", ("NO", "US/texas-ranch")),
        ("markets: []", "markets", ()),
        ("min-cai: 60", "min_cai", 60.0),
        ("min-cai: 59.5", "min_cai", 59.5),
        ("min-cai: 0", "min_cai", 0.0),
        ("fail-on: blocker", "fail_on", "blocker"),
        ("fail-on: never", "fail_on", "never"),
        ("fail-on: no", "fail_on", "never"),
        ("intent: [natural, premium]", "intent", ("natural", "premium")),
        ("intent: natural", "intent", ("natural",)),
        ("select: [IN, category:colour]", "select", ("IN", "category:colour")),
        ("ignore: [IN/owl-gift]", "ignore", ("IN/owl-gift",)),
        ("encoding: cp1252", "encoding", "cp1252"),
        ("encoding: 1252", "encoding", "1252"),
        ('delimiter: ";"', "delimiter", ";"),
        ("detector: langdetect", "detector", "langdetect"),
        ("side: source", "side", "source"),
        ("preview: true", "preview", True),
        ("columns: {title: Name, id: 2}", "columns", (("title", "Name"), ("id", "2"))),
        ("columns:\n  bullet: [Plus 1, Plus 2]\n  title: NO", "columns",
         (("bullet", "Plus 1"), ("bullet", "Plus 2"), ("title", "NO"))),
        ("root: true", "origin", None),
        ("", "markets", ()),
        ("# nothing but a comment\n", "markets", ()),
        ("\ufeffmarkets: [SA]", "markets", ("SA",)),
    ],
)  # fmt: skip
def test_values_are_read_as_meant(tmp_path: Path, text: str, name: str, value: object) -> None:
    settings = load(tmp_path, text)
    if value is not None:
        assert getattr(settings, name) == value
    assert settings.origin == str(tmp_path / ".culture-lint.yaml")


def test_folders_of_rulesets_lie_beside_the_file(tmp_path: Path) -> None:
    assert load(tmp_path, "rulesets: [mine, ../ours]").rulesets == (
        tmp_path / "mine",
        tmp_path / "../ours",
    )


def test_what_the_file_does_not_say_stays(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text("min-cai: 50\n")
    base = Settings(markets=("SA",), fail_on="blocker")
    settings = load_config(path, base)
    assert (settings.markets, settings.fail_on, settings.min_cai) == (("SA",), "blocker", 50.0)


@pytest.mark.parametrize(
    ("text", "place", "parts"),
    [
        ("markets: [SA]\nmin-kai: 3\n", "2:1", ["'min-kai'", "did you mean 'min-cai'?"]),
        ("min_cai: 3\n", "1:1", ["'min_cai'", "did you mean 'min-cai'?"]),
        ("zebra: 3\n", "1:1", ["'zebra'", "known keys: ", "markets"]),
        ("\n\n  zebra: 3\n", "3:3", ["'zebra'"]),
        ("2: 3\n", "1:1", ["unknown key '2'"]),
        ("? [a, b]\n: 3\n", "1:3", ["unknown key"]),
        ("markets: [SA]\nmarkets: [IN]\n", "2:1", ["'markets'", "twice"]),
        ("markets:\n", "1:1", ["markets must be a list of texts"]),
        ("markets: {SA: 1}\n", "1:1", ["markets must be a list of texts"]),
        ("markets: [[SA]]\n", "1:1", ["markets must be a list of texts"]),
        ("markets: [SA, null]\n", "1:1", ["markets must be a list of texts"]),
        ("min-cai: high\n", "1:1", ["min-cai", "0 to 100", "'high'"]),
        ("min-cai: 101\n", "1:1", ["min-cai", "0 to 100", "101"]),
        ("min-cai: -1\n", "1:1", ["min-cai", "0 to 100"]),
        ("min-cai: .nan\n", "1:1", ["min-cai"]),
        ("min-cai: [3]\n", "1:1", ["min-cai must be one value"]),
        ("min-cai:\n", "1:1", ["min-cai must be one value"]),
        ("fail-on: majr\n", "1:1", ["blocker, major, minor, never", "'majr'"]),
        ("preview: maybe\n", "1:1", ["preview must be true or false"]),
        ("columns: [title]\n", "1:1", ["columns must map roles"]),
        ("columns:\n  title: Name\n  bulet: X\n", "3:3", ["'bulet'", "did you mean 'bullet'?"]),
        ("columns:\n  title:\n", "2:3", ["title needs the name of a column"]),
        ("columns:\n  title: {a: b}\n", "2:3", ["title needs the name of a column"]),
        ("- SA\n", None, ["must be a mapping of keys"]),
        ("just text\n", None, ["must be a mapping of keys"]),
        ("markets: [SA\nfail-on: major\n", "2:8", ["not valid YAML"]),
        ("markets: !!python/object/apply:os.system [ls]\nx: *y\n", "2:4", ["not valid YAML"]),
        (b"markets: [\xff\xfe]\n", None, ["not UTF-8"]),
        ("markets: \x00\n", None, ["not valid YAML"]),
    ],
)  # fmt: skip
def test_mistakes_are_told_with_their_place(
    tmp_path: Path, text: str | bytes, place: str | None, parts: list[str]
) -> None:
    message = refused(tmp_path, text)
    where = f".culture-lint.yaml:{place}: " if place else ".culture-lint.yaml: "
    assert message.startswith(where)
    assert "\n" not in message
    for part in parts:
        assert part in message


def test_tags_run_nothing(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    text = f'encoding: !!python/object/apply:os.mkdir ["{mark}"]\n'
    assert "encoding must be one value" in refused(tmp_path, text)
    assert not mark.exists()


def test_nearest_file_above_counts(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    outer = tmp_path / ".culture-lint.yaml"
    outer.write_text("")
    assert find_config(inner) == outer
    assert find_config(inner / "l.csv") == outer
    nearer = tmp_path / "a" / ".culture-lint.yml"
    nearer.write_text("")
    assert find_config(inner) == nearer


def test_search_ends_at_the_root_of_a_repository(tmp_path: Path) -> None:
    inner = tmp_path / "repository" / "a"
    inner.mkdir(parents=True)
    (tmp_path / ".culture-lint.yaml").write_text("")
    (tmp_path / "repository" / ".git").mkdir()
    assert find_config(inner) is None
    (tmp_path / "repository" / ".culture-lint.yaml").write_text("")
    assert find_config(inner) == tmp_path / "repository" / ".culture-lint.yaml"


def test_git_file_of_a_worktree_is_a_root_too(tmp_path: Path) -> None:
    (tmp_path / ".culture-lint.yaml").write_text("")
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / ".git").write_text("gitdir: elsewhere\n")
    assert find_config(tree) is None


def test_template_of_init_is_a_valid_file(tmp_path: Path) -> None:
    assert load(tmp_path, TEMPLATE.format(markets='"SA", "NO"')).markets == ("SA", "NO")
    every = re.sub(r"(?m)^# ( *(?:- )?[a-z-]+:)", r"\1", TEMPLATE.format(markets='"SA"'))
    every = every.replace("culture-lint: what", "# culture-lint: what")
    settings = load(tmp_path, every)
    assert settings.min_cai == 60
    assert settings.intent == ("natural", "premium")
    assert settings.columns == (("title", "Product name"), ("description", "Long text"))
    assert settings.languages == (("ar", ("SA", "AE")), ("de", ("DE", "AT")))
    assert settings.exclude[1].globs == ("drafts/",)


def test_roles_of_columns_are_those_that_readers_know() -> None:
    assert set(COLUMN_ROLES) == {one.value for one in Role} | set(ROW_ROLES) | {"colour"}
    assert set(FAIL_ON) == {"blocker", "major", "minor", "never"}


@pytest.mark.parametrize(
    ("given", "pairs"),
    [
        (["title=Name"], (("title", "Name"),)),
        (["title=Name,id=SKU"], (("title", "Name"), ("id", "SKU"))),
        (["title=Name", "bullet=P1", "bullet=P2"], (("title", "Name"), ("bullet", "P1"), ("bullet", "P2"))),
        (["title=Name, long"], (("title", "Name, long"),)),
        (["title=a=b"], (("title", "a=b"),)),
        ([" title = Name "], (("title", "Name"),)),
    ],
)  # fmt: skip
def test_pairs_of_the_command_line(given: list[str], pairs: tuple[tuple[str, str], ...]) -> None:
    assert columns(given) == pairs


@pytest.mark.parametrize("given", ["title", "=Name", "title=", "titel=Name", ""])
def test_pairs_that_make_no_sense(given: str) -> None:
    with pytest.raises(SettingsError):
        columns([given])


@pytest.mark.parametrize(
    ("choice", "terminal", "environment", "wanted"),
    [
        ("auto", True, {}, True),
        ("auto", False, {}, False),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", False, {"FORCE_COLOR": "1"}, True),
        ("auto", False, {"FORCE_COLOR": ""}, False),
        ("auto", True, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ("always", False, {"NO_COLOR": "1"}, True),
        ("never", True, {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_follows_flag_environment_and_terminal(
    choice: str, terminal: bool, environment: dict[str, str], wanted: bool
) -> None:
    assert colour_wanted(choice, terminal, environment) is wanted
