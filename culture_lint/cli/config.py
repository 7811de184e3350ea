"""``culture-lint config``: what applies to a path, and who says so."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from culture_lint.config.resolve import Configuration, Resolved
from culture_lint.settings import Ignore, Patterns, Settings, Term
from culture_lint.sources.excluded import Exclusions

#: Settings that are no key of the file, or are shown otherwise.
_HIDDEN = {
    "origin", "markets_from", "cache", "show", "ignore_suppressions",
    "window", "personas", "communities",  # a campaign's
}  # fmt: skip
_PLACE = ("origin", "line", "column", "folder")


@click.group("config", short_help="Show what applies to a path, and who says so.")
def command() -> None:
    """Look at the configuration."""


@command.command("show", short_help="Show the settings of a path, and who gave each.")
@click.argument("path", default=".", type=click.Path(path_type=Path))
@click.option("--config", type=click.Path(path_type=Path), envvar="CULTURE_LINT_CONFIG",
              help="Read this configuration file only.")  # fmt: skip
@click.option("--isolated", is_flag=True, envvar="CULTURE_LINT_ISOLATED",
              help="Read no configuration file.")  # fmt: skip
@click.option("--format", "-f", "format_", type=click.Choice(["text", "json"]), default="text",
              help="Form of the answer.")  # fmt: skip
def show(path: Path, config: Path | None, isolated: bool, format_: str) -> int:
    """Show the settings that apply to PATH (default: this folder), and who gave each.

    PATH need not exist. Settings that nobody gave are shown with their defaults.
    """
    configuration = Configuration(
        config, isolated, lambda text: click.echo(f"note: {text}", err=True)
    )
    resolved = configuration.resolve(path)
    settings, origins = _with_environment(resolved)
    target = _target(path, settings)
    left_out = Exclusions(lambda _: settings).passes_over(str(path), path.is_dir())
    rows = list(_rows(settings, origins))
    if format_ == "json":
        shape = {
            "path": str(path),
            "file": settings.origin or None,
            "left_out": left_out,
            "markets_of_path": {"markets": target[0], "said_by": target[1]},
            "settings": {key: {"value": value, "from": said} for key, value, said in rows},
        }
        click.echo(json.dumps(shape, ensure_ascii=False, indent=1))
        return 0
    click.echo(f"# {path}: {settings.origin or 'no configuration file'}")
    named = ", ".join(target[0]) or "none"
    click.echo(f"# checked for: {named} ({target[1]})")
    if left_out:
        click.echo("# left out of searches, by exclude or an ignore file")
    lines = [(f"{key}: {json.dumps(value, ensure_ascii=False)}", said) for key, value, said in rows]
    widest = min(60, max(len(line) for line, _ in lines))
    for line, said in lines:
        click.echo(f"{line:<{widest}}  # {said}")
    return 0


def _with_environment(resolved: Resolved) -> tuple[Settings, dict[str, str]]:
    """Return settings as ``check`` would have them here, each with who says so."""
    from click.core import ParameterSource

    from culture_lint.cli.check import command as check
    from culture_lint.cli.flags import Flags

    said = {key: ", ".join(map(str, places)) for key, places in resolved.origins.items()}
    with check.make_context("check", [os.curdir], resilient_parsing=False) as context:
        given = {
            name: value
            for name, value in context.params.items()
            if context.get_parameter_source(name) is ParameterSource.ENVIRONMENT
        }
    settings = Flags.of(given).over(resolved.settings)
    for field in dataclasses.fields(Settings):
        if getattr(settings, field.name) != getattr(resolved.settings, field.name):
            said[field.name] = "the environment"
    return settings, said


def _target(path: Path, settings: Settings) -> tuple[tuple[str, ...], str]:
    """Return the markets that a file is checked for, so far as they are known unread."""
    from culture_lint.targets import CONFIG, target_of, target_of_path

    found = target_of(None, settings, target_of_path(str(path), settings), settings.language)
    if found is None:
        return (), "only what the file itself says"
    if found.said_by == CONFIG:
        return found.markets, "markets, unless the file itself says others"
    return found.markets, found.said_by


def _rows(settings: Settings, origins: dict[str, str]) -> Iterator[tuple[str, Any, str]]:
    for field in dataclasses.fields(settings):
        if field.name not in _HIDDEN:
            value = getattr(settings, field.name)
            said = origins.get(field.name, "default")
            yield field.name.replace("_", "-"), _plain(value), said


def _plain(value: Any) -> Any:
    """Return a value as the file would have it."""
    if isinstance(value, Patterns):
        return list(value.globs)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        whole = {one.name: _plain(getattr(value, one.name)) for one in dataclasses.fields(value)}
        if isinstance(value, Ignore):  # its place and folder are no keys of the file
            whole = {name: found for name, found in whole.items() if name not in _PLACE}
        if isinstance(value, Term):
            whole = {"term": whole.pop("text"), **whole}
        return {name: found for name, found in whole.items() if found not in ("", [], None)}
    if isinstance(value, (Path, date)):
        return str(value)
    if isinstance(value, tuple):
        if value and all(isinstance(one, tuple) and len(one) == 2 for one in value):
            return _mapping(value)
        if value and isinstance(value[0], Patterns):
            return [glob for one in value for glob in one.globs]
        return [_plain(one) for one in value]
    return value


def _mapping(pairs: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    """Return pairs as a mapping; a name that stands twice has a list."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            before = found[name] if isinstance(found[name], list) else [found[name]]
            found[name] = [*before, _plain(value)]
        else:
            found[name] = _plain(value)
    return found
