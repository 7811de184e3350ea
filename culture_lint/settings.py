"""One frozen `Settings` for a run: defaults, then the configuration, then the command line."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date
from pathlib import Path
from typing import Any

from culture_lint.errors import Location, SettingsError
from culture_lint.frozen import frozen

#: Names of configuration files; the first found in a folder counts.
CONFIG_NAMES = (".culture-lint.yaml", ".culture-lint.yml", "pyproject.toml", "setup.cfg")
SEVERITIES = ("blocker", "major", "minor", "info")
FAIL_ON = ("blocker", "major", "minor", "never")
#: Of a file that holds translations beside what they are of.
SIDES = ("target", "source")


@frozen
class Patterns:
    """Patterns of paths in the syntax of ``.gitignore``, relative to the folder ``base``.

    With an empty ``base`` they are about any path.
    """

    base: Path
    globs: tuple[str, ...]


#: Folders that hold no content of the user's own; those whose names begin with a dot besides.
DEFAULT_EXCLUDE = Patterns(Path(), ("node_modules", "venv", "__pycache__"))


@frozen
class Term:
    """A passage that the brand may say; ``rules`` and ``markets`` narrow where (empty: all)."""

    text: str
    rules: tuple[str, ...] = ()
    markets: tuple[str, ...] = ()
    reason: str = ""


@frozen
class Brand:
    """What belongs to the brand: its names and allowed terms are never findings."""

    names: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    intent: tuple[str, ...] = ()


@frozen
class Ignore:
    """One entry of ``ignores:``: findings that a configuration file silences.

    ``path`` is a glob over the paths of the input as they are reported, seen from ``folder``;
    ``item`` and ``field`` are an item's id and a field's name as they are reported, ``*`` and
    ``?`` standing for anything; an empty one is any. ``rules`` are ids, owners or
    ``category:NAME``; ``markets`` is empty for all; ``until`` is the last day on which it holds.
    ``origin`` is the file that says so, ``line`` and ``column`` where in it.
    """

    rules: tuple[str, ...]
    path: str = ""
    item: str = ""
    field: str = ""
    markets: tuple[str, ...] = ()
    until: date | None = None
    reason: str = ""
    origin: str = ""
    line: int = 1
    column: int = 1
    folder: str = "."


@frozen
class Settings:
    """Everything that decides what a check of one file does.

    ``min_cai`` is a CAI (0-100) that the worst item of each market must reach, None for no such
    gate; ``fail_on`` is the mildest severity that fails the gate. ``markets_from`` says who named
    the markets: ``flag``, ``override`` (of the configuration, for this very file), ``config``, or
    nobody. ``languages`` pairs lower-case language tags with the markets they mean, ``severity``
    selectors of rules with the severity they are given. ``origin`` is the configuration file, empty for none.
    """

    markets: tuple[str, ...] = ()
    markets_from: str = ""
    languages: tuple[tuple[str, tuple[str, ...]], ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    encoding: str | None = None
    delimiter: str | None = None
    #: Which side of translations is read, None for translations and, where there are none, sources.
    side: str | None = None
    rulesets: tuple[Path, ...] = ()
    intent: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    #: First and last day of a launch: festivals that copy names are held against the calendar.
    window: tuple[date, date] | None = None
    #: Personas that are looked for whether or not a market has a reading of them.
    personas: tuple[str, ...] = ()
    #: Communities that are checked besides the market that a path, row or language names.
    communities: tuple[str, ...] = ()
    min_cai: float | None = None
    fail_on: str = "major"
    detector: str = "eld"
    language: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, str], ...] = ()
    brand: Brand = Brand()
    #: What configuration files silence, and whether every suppression must give its reason.
    ignores: tuple[Ignore, ...] = ()
    require_reason: bool = False
    #: Show what suppressions hide.
    ignore_suppressions: bool = False
    baseline: Path | None = None
    #: The commit since which lines must have changed for their findings to count, empty for all.
    since: str = ""
    preview: bool = False
    exclude: tuple[Patterns, ...] = (DEFAULT_EXCLUDE,)
    force_exclude: bool = False
    respect_gitignore: bool = True
    cache: bool = True
    show: str = "all"
    origin: str = field(default="", compare=False)


#: What a column may be declared to hold: the roles of segments, then those of the row itself.
COLUMN_ROLES = (
    "title", "subtitle", "bullet", "description", "tag", "brand", "alt", "price", "attribute",
    "category", "colour", "id", "variant", "market", "language", "currency",
    "ignore",
)  # fmt: skip


def _nearest(word: str, known: Iterable[str], noun: str) -> str:
    near = difflib.get_close_matches(word.lower().replace("_", "-"), sorted(known), 1)
    return f"; did you mean {near[0]!r}?" if near else f"; {noun}: {', '.join(known)}"


def checked_role(role: str, where: Location | None = None) -> str:
    """Return the role of a column.

    Raises:
        SettingsError: If there is no such role.
    """
    if role not in COLUMN_ROLES:
        raise SettingsError(
            f"unknown role {role!r} of a column{_nearest(role, COLUMN_ROLES, 'roles')}", where
        )
    return role


def checked_cai(value: Any, where: Location | None = None) -> float:
    """Return a CAI threshold as a number from 0 to 100.

    Raises:
        SettingsError: If it is none.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 100:
        raise SettingsError(f"min-cai must be a number from 0 to 100, not {value!r}", where)
    return float(value)


def colour_wanted(
    choice: str, is_terminal: bool, environment: Mapping[str, str] = os.environ
) -> bool:
    """Decide whether to colour: the flag, then ``NO_COLOR`` and ``FORCE_COLOR``, then the terminal."""
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    return bool(environment.get("FORCE_COLOR")) or is_terminal
