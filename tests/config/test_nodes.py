"""YAML, TOML and setup.cfg come out alike, each value with its place."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from culture_lint.config.keys import ConfigFile, read_config
from culture_lint.config.nodes import has_section
from culture_lint.errors import SettingsError

YAML = """\
markets: [SA, NO]
min-cai: 60
preview: true
columns: {title: Name, bullet: [P1, P2]}
languages:
  ar: [SA, AE]
overrides:
- files: "*.md"
  language: de
"""
TOML = """\
[build-system]
requires = ["x"]

[tool.culture-lint]
markets = ["SA", "NO"]
min-cai = 60
preview = true
columns = { title = "Name", bullet = ["P1", "P2"] }

[tool.culture-lint.languages]
ar = ["SA", "AE"]

[[tool.culture-lint.overrides]]
files = "*.md"
language = "de"
"""
CFG = """\
[metadata]
name = x

[culture-lint]
# a comment
markets = SA, NO
min-cai: 60
preview = yes
columns =
    title = Name
    bullet = P1
    bullet = P2
languages =
    ar = SA, AE

[other]
markets = XX
"""


def read(tmp_path: Path, name: str, text: str) -> ConfigFile | None:
    (tmp_path / name).write_text(text, "utf-8")
    return read_config(tmp_path / name)


def values(found: ConfigFile | None) -> dict[str, object]:
    assert found is not None
    return {key: given.value for key, given in found.values.items()}


def test_three_forms_say_the_same(tmp_path: Path) -> None:
    yaml = read(tmp_path, ".culture-lint.yaml", YAML)
    toml = read(tmp_path, "pyproject.toml", TOML)
    cfg = read(tmp_path, "setup.cfg", CFG)
    assert values(yaml) == values(toml) == values(cfg)
    assert values(yaml)["columns"] == (("title", "Name"), ("bullet", "P1"), ("bullet", "P2"))
    assert yaml is not None
    assert toml is not None
    assert [one.values["language"].value for one in (*yaml.overrides, *toml.overrides)] == [
        "de", "de",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("pyproject.toml", TOML.replace("min-cai", "min-kai"), "pyproject.toml:6:1: unknown key 'min-kai'"),
        ("pyproject.toml", TOML.replace("language =", "langauge ="),
         "pyproject.toml:15:1: unknown key 'langauge'; did you mean 'language'?"),
        ("pyproject.toml", TOML.replace('files = "*.md"', ""), "pyproject.toml:13:1: an entry of overrides needs"),
        ("pyproject.toml", TOML.replace("[tool.culture-lint]", "[tool.culture-lint]\nx.y = 1"),
         "pyproject.toml:5:1: unknown key 'x'"),
        ("pyproject.toml", "[tool.culture-lint]\nmarkets = [\n", "pyproject.toml"),
        ("pyproject.toml", "[tool]\nculture-lint.min-cai = 'x'\n", "pyproject.toml:2:1: min-cai must be a number"),
        ("setup.cfg", CFG.replace("min-cai", "min-kai"), "setup.cfg:7:1: unknown key 'min-kai'"),
        ("setup.cfg", CFG.replace("title", "titel"), "setup.cfg:10:5: unknown role 'titel'"),
        ("setup.cfg", "[culture-lint]\noverrides = x\n", "setup.cfg:2:1: overrides cannot be written in setup.cfg"),
        ("setup.cfg", "[culture-lint]\nhello\n", "setup.cfg:2:1: 'hello' is no `key = value`"),
        (".culture-lint.yaml", "markets: &a [*a]\n", ".culture-lint.yaml"),
        (".culture-lint.yaml", "a: " + "[" * 4000, ".culture-lint.yaml"),
    ],
)  # fmt: skip
def test_mistakes_have_their_line_in_each_form(
    tmp_path: Path, name: str, text: str, told: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        read(tmp_path, name, text)
    assert str(caught.value).removeprefix(f"{tmp_path}/").startswith(told), str(caught.value)


def test_aliases_repeat_within_bounds(tmp_path: Path) -> None:
    assert values(read(tmp_path, "a.yaml", "markets: &m [SA]\nintent: *m\n"))["intent"] == ("SA",)
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(12)
    )
    start = time.process_time()
    with pytest.raises(SettingsError, match="too deep or repeats too much"):
        read(tmp_path, "b.yaml", bomb)
    assert time.process_time() - start < 5


def test_large_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="larger than 1 MiB"):
        read(tmp_path, "a.yaml", "# " + "x" * 1_100_000)


@pytest.mark.parametrize(
    ("name", "text", "ours"),
    [
        ("pyproject.toml", TOML, True),
        ("pyproject.toml", "[tool.ruff]\n# culture-lint\n", False),
        (
            "pyproject.toml",
            "[tool.culture-lint]\nmarkets = [\n",
            True,
        ),  # broken, and ours: to be told
        ("pyproject.toml", "[tool.other\n", False),
        ("setup.cfg", CFG, True),
        ("setup.cfg", "[metadata]\nname = culture-lint\n", False),
    ],
)
def test_files_of_others_are_not_ours(tmp_path: Path, name: str, text: str, ours: bool) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    assert has_section(tmp_path / name) is ours
