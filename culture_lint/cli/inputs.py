"""What the paths of a command stand for: files, each with the settings that apply to it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from culture_lint.cli.flags import Flags
from culture_lint.config.resolve import Configuration
from culture_lint.errors import Location, SettingsError
from culture_lint.settings import Settings

if TYPE_CHECKING:
    from culture_lint.sources.discover import Found
    from culture_lint.sources.items import Source
    from culture_lint.targets import Job


class Chosen:
    """The settings of each path: its configuration with the flags over it."""

    def __init__(self, configuration: Configuration, flags: Flags) -> None:
        self._configuration = configuration
        self._flags = flags
        self._over: dict[int, tuple[Settings, Settings]] = {}

    def settings_for(self, path: str) -> Settings:
        """Return the settings of a path; the same object where they are the same."""
        settings = self._configuration.settings_for(path)
        found = self._over.get(id(settings))
        if found is None:  # the first of the pair stays alive, so that its id stays its own
            _sound(settings)
            found = self._over[id(settings)] = (settings, self._flags.over(settings))
        return found[1]

    def jobs(self, sources: Sequence[Source]) -> list[Job]:
        """Return the sources with their settings."""
        from culture_lint.targets import Job

        return [Job(source, self.settings_for(source.path)) for source in sources]


def _sound(settings: Settings) -> None:
    """Refuse what a configuration gets wrong, with its name; a flag has none."""
    try:
        Flags().over(settings)
    except SettingsError as error:
        where = Location(settings.origin) if settings.origin else None
        raise SettingsError(error.message, error.location or where) from error


def warner(quiet: bool) -> Callable[[str], None]:
    """Return what tells of a doubtful configuration, unless nothing is to be told."""
    return lambda text: None if quiet else click.echo(f"note: {text}", err=True)


def found_for(paths: Sequence[str], stdin_name: str | None, chosen: Chosen) -> Found:
    """Return the sources that the paths of a command stand for, and what is left out."""
    from culture_lint.sources.discover import discover
    from culture_lint.sources.excluded import Exclusions
    from culture_lint.sources.items import Source

    exclusions = Exclusions(chosen.settings_for)
    found = discover([path for path in paths if path != "-"], exclusions)
    if "-" in paths:
        name = stdin_name or "stdin.csv"
        data = sys.stdin.buffer.read()
        if stdin_name and exclusions.forced(stdin_name):
            found.excluded.append(stdin_name)
        else:
            found.sources.insert(len(paths[: paths.index("-")]), Source(name, data))
    return found


def tell_left_out(found: Found) -> None:
    """Name what is not read: never skip in silence."""
    from culture_lint.reports.terminal import safe

    for names, why in (
        (found.unread, "not read, no reader for this kind of file"),
        (found.skipped, "skipped, no reader for this kind of file"),
        (found.excluded, "left out by exclude or an ignore file"),
    ):
        if names:
            named = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if names[3:] else "")
            click.echo(safe(f"note: {why}: {named}"), err=True)


def commit_of_flag(revision: str | None, paths: Sequence[str]) -> str | None:
    """Return the commit that ``--since`` names."""
    if revision is None:
        return None
    from culture_lint.gate.changes import commit_of

    return commit_of(revision, next((path for path in paths if path != "-"), os.curdir))


def leave_unchanged_out(found: Found, commit: str, quiet: bool) -> None:
    """Leave the files out in which nothing has changed; what comes by itself is read."""
    from culture_lint.gate.changes import Changes

    changes = Changes(commit)
    kept = [one for one in found.sources if one.data is not None or changes.of(one.path)]
    left = len(found.sources) - len(kept)
    if left and not quiet:
        count = "1 file has" if left == 1 else f"{left:,} files have"
        click.echo(f"note: {count} not changed since {commit[:12]}", err=True)
    found.sources[:] = kept
