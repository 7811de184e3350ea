"""Options that several commands share, and how they become `Settings`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import click

from culture_lint.config.find import in_folder
from culture_lint.config.resolve import Configuration
from culture_lint.errors import SettingsError
from culture_lint.settings import Settings, checked_cai, checked_role

_F = TypeVar("_F", bound=Callable[..., Any])


class Whole(click.types.StringParamType):
    """A text that is taken whole from the environment too; click would part it at blanks."""

    envvar_list_splitter: ClassVar[str] = "\n"


WHOLE = Whole()


class Equated(click.Command):
    """A command in which the value of some options may only stand behind an equals sign.

    Without one the option is given with an empty value: what stands behind it is a path.
    """

    options = frozenset({"--add-suppressions"})

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the command line."""
        end = args.index("--") if "--" in args else len(args)
        given = [f"{one}=" if one in self.options else one for one in args[:end]]
        return super().parse_args(ctx, given + args[end:])


def ruleset_options(function: _F) -> _F:
    """Add ``--rulesets``, ``--config``, ``--isolated`` and ``--no-cache``."""
    for option in (
        click.option(
            "--no-cache",
            is_flag=True,
            envvar="CULTURE_LINT_NO_CACHE",
            help="Neither read nor keep the compiled rulesets.",
        ),
        click.option(
            "--isolated",
            is_flag=True,
            envvar="CULTURE_LINT_ISOLATED",
            help="Read no configuration file.",
        ),
        click.option(
            "--config",
            envvar="CULTURE_LINT_CONFIG",
            type=click.Path(path_type=Path),
            help="Read this configuration file only, instead of the nearest .culture-lint.yaml.",
        ),
        click.option(
            "--rulesets",
            envvar="CULTURE_LINT_RULESETS",
            multiple=True,
            metavar="DIR",
            type=click.Path(path_type=Path),
            help="Add a folder of rulesets of your own (may be repeated).",
        ),
    ):
        function = option(function)
    return function


def colour_option(function: _F) -> _F:
    """Add ``--color``."""
    return click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        help="Colour the output.",
    )(function)


def run_options(function: _F) -> _F:
    """Add what says how a run goes, and changes nothing of what it finds."""
    for option in (
        click.option("--quiet", "-q", is_flag=True, help="No notes on standard error."),
        click.option(
            "--jobs",
            "-j",
            type=click.IntRange(min=0),
            default=0,
            metavar="N",
            help="Processes to use; the result is the same.  [default: all cores where it pays]",
        ),
        click.option(
            "--cache-dir",
            type=click.Path(path_type=Path),
            metavar="DIR",
            help="Where results of unchanged files are kept.  [default: .culture_lint_cache in the "
            "project]",
        ),
        colour_option,
    ):
        function = option(function)
    return function


def copy_options(function: _F) -> _F:
    """Add what says which copy is meant, how to read it and what to look for."""
    wide: dict[str, Any] = {"multiple": True, "type": WHOLE}
    for option in (
        click.option("--preview", is_flag=True, help="With readings that are still in preview."),
        click.option(
            "--delimiter", help="Delimiter of CSV input, when it is not told right by itself."
        ),
        click.option(
            "--encoding", help="Encoding of the input, when it is not told right by itself."
        ),
        click.option(
            "--language", metavar="TAG", help="Language of the copy, where rows do not say."
        ),
        click.option("--ignore", metavar="RULES", help="Not these rules.", **wide),
        click.option("--select", metavar="RULES", help="Only these rules.", **wide),
        click.option(
            "--column", "-c", metavar="ROLE=NAME", help="Which column holds what.", **wide
        ),
        click.option(
            "--intent",
            metavar="WORDS",
            help="What the copy means to convey (natural, premium ...): alternatives that keep it come first.",
            **wide,
        ),
        click.option(
            "--platform",
            metavar="amazon,meta",
            help="Marketplaces and networks whose own rules hold too.",
            **wide,
        ),
        click.option(
            "--market",
            "-m",
            metavar="SA,IN",
            help="Target markets; comma list or repeated.",
            **wide,
        ),
    ):
        function = option(function)
    return function


def base_settings(
    start: Path, config: Path | None, isolated: bool, rulesets: Iterable[Path], no_cache: bool
) -> Settings:
    """Return the settings of the configuration that applies to ``start``, plus these flags.

    Raises:
        SettingsError: If a file or folder named does not exist, or the file makes no sense.
    """
    settings = Configuration(config, isolated).settings_for(start)
    return with_rulesets(settings, rulesets, no_cache)


def with_rulesets(settings: Settings, rulesets: Iterable[Path], no_cache: bool) -> Settings:
    """Return settings with rulesets of the command line besides their own.

    Raises:
        SettingsError: If a folder does not exist.
    """
    packs = (*settings.rulesets, *rulesets)
    for pack in packs:
        if not pack.is_dir():
            raise SettingsError(f"no folder of rulesets {str(pack)!r}")
    return replace(settings, rulesets=packs, cache=not no_cache)


def results_folder(named: Path | None = None, start: Path = Path()) -> Path:
    """Return where results of unchanged files are kept.

    A folder that is named, in the flag or in ``CULTURE_LINT_CACHE_DIR``, else
    ``.culture_lint_cache`` at the root of the project (a repository, or a folder with a
    configuration), else the user's own cache.
    """
    import os

    if named is not None:
        return named / "results"
    here = Path(os.path.abspath(start))
    for folder in (here, *here.parents):
        if (folder / ".git").exists() or in_folder(folder):
            return folder / ".culture_lint_cache"
    from culture_lint.knowledge.cache import cache_dir

    return cache_dir() / "results"


def split(values: Iterable[str]) -> tuple[str, ...]:
    """Flatten repeated, comma-separated values."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def columns(values: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Parse ``ROLE=NAME`` pairs; several may stand in one value, parted by commas.

    Raises:
        SettingsError: If a value has no ``=``, or the role is unknown.
    """
    pairs: list[tuple[str, str]] = []
    for value in values:
        for part in value.split(","):
            role, equals, name = part.partition("=")
            if not equals and pairs:
                pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]},{part}")  # a comma in the name itself
                continue
            if not equals or not name.strip():
                raise SettingsError(f"--column takes ROLE=NAME, not {value!r}")
            pairs.append((checked_role(role.strip()), name.strip()))
    return tuple(pairs)


def cai_value(value: float | None) -> float | None:
    """Check a CAI threshold from the command line."""
    return None if value is None else checked_cai(value)


def checked_language(tag: str | None) -> str | None:
    """Return a language tag that the user declares for the whole input, None for none.

    Raises:
        SettingsError: If it is no BCP 47 tag such as ``de`` or ``pt-BR``.
    """
    import re

    if tag is None or re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*", tag):
        return tag
    raise SettingsError(f"{tag!r} is no language tag such as de or pt-BR")


def checked_detector(name: str) -> str:
    """Return the name of a language detector.

    Raises:
        SettingsError: If there is no such detector.

    """
    from culture_lint.language.detection import detectors

    if name not in detectors():
        raise SettingsError(f"unknown detector {name!r}; choose one of {', '.join(detectors())}")
    return name
