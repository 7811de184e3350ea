"""The pages on use name every command and flag, and nothing that is not there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click
import pytest

from culture_lint.cli.main import cli
from culture_lint.config.keys import KEYS
from culture_lint.config.resolve import load_config
from culture_lint.settings import COLUMN_ROLES
from tests.command import Command

DOCS = Path(__file__).parents[2] / "docs"
USAGE = (DOCS / "usage.md").read_text("utf-8")
EVALUATE = (DOCS / "evaluate.md").read_text("utf-8")


def commands(group: click.Group, path: str = "") -> dict[str, click.Command]:
    found: dict[str, click.Command] = {}
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            found |= commands(command, f"{path}{name} ")
        else:
            found[f"{path}{name}"] = command
    return found


def test_every_command_is_told() -> None:
    told = set(re.findall(r"`culture-lint ((?:rules |config |cache |baseline )?[a-z]+)", USAGE))
    assert set(commands(cli)) == told - {"rules"}


def test_every_flag_of_check_is_told() -> None:
    table = USAGE[USAGE.index("## Flags of check") : USAGE.index("## Environment")]
    known = {
        flag
        for parameter in commands(cli)["check"].params
        if isinstance(parameter, click.Option)
        for flag in parameter.opts
    }
    assert set(re.findall(r"`(--?[a-z-]+)`", table)) == known


def test_every_role_is_told() -> None:
    for role in COLUMN_ROLES:
        assert f"`{role}`" in USAGE


def test_configuration_shown_is_valid_and_whole(tmp_path: Path) -> None:
    shown = re.search(r"```yaml\n(markets:.*?)```", USAGE, re.DOTALL)
    assert shown
    path = tmp_path / ".culture-lint.yaml"
    path.write_text(shown[1], "utf-8")
    settings = load_config(path)
    assert settings.markets == ("SA", "NO", "US/texas-ranch")
    keys = set(re.findall(r"^([a-z-]+):", shown[1], re.MULTILINE))
    assert keys == KEYS - {"root", "extend"}


def test_links_lead_somewhere() -> None:
    for page in (USAGE, EVALUATE):
        for target in re.findall(r"\]\(([^)#:]+)\)", page):
            assert (DOCS / target).exists(), target
        titles = {
            re.sub(r"[^a-z0-9 -]", "", line.strip("# ").lower()).replace(" ", "-")
            for line in page.splitlines()
            if line.startswith("#")
        }
        assert set(re.findall(r"\]\(#([^)]+)\)", page)) <= titles


def test_cases_shown_are_read(command: Command) -> None:
    shown = re.search(r"```json\n(.*?)```", EVALUATE, re.DOTALL)
    assert shown
    command.write("cases.jsonl", shown[1])
    result = command("rules", "evaluate", "cases.jsonl", "-f", "json", code=0).json
    assert result["skipped"] == 5  # the small pack covers none of these markets
    assert len([json.loads(line) for line in shown[1].splitlines()]) == 5


@pytest.mark.parametrize("name", sorted(commands(cli)))
def test_every_command_has_help_with_a_first_sentence(name: str) -> None:
    command = commands(cli)[name]
    assert command.help
    assert command.get_short_help_str(200).endswith(".")
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.opts != ["--format", "-f"]:
            assert parameter.help, parameter.opts
