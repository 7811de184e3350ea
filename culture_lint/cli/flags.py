"""What the command line and the environment say of a check, put over each file's settings."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from culture_lint.cli.options import (
    cai_value,
    checked_detector,
    checked_language,
    columns,
    split,
    with_rulesets,
)
from culture_lint.config.globs import checked, listed
from culture_lint.errors import SettingsError
from culture_lint.frozen import frozen
from culture_lint.settings import Patterns, Settings


@frozen
class Flags:
    """The flags of ``check`` that stand over configuration files; None or empty: not given."""

    market: tuple[str, ...] = ()
    platform: tuple[str, ...] = ()
    column: tuple[str, ...] = ()
    fail_on: str | None = None
    min_cai: float | None = None
    intent: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    extend_ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    extend_exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    no_respect_gitignore: bool = False
    encoding: str | None = None
    delimiter: str | None = None
    side: str | None = None
    detector: str | None = None
    language: str | None = None
    preview: bool = False
    ignore_suppressions: bool = False
    baseline: Path | None = None
    no_baseline: bool = False
    since: str | None = None
    show: str = "all"
    rulesets: tuple[Path, ...] = ()
    no_cache: bool = False

    @classmethod
    def of(cls, params: Mapping[str, Any]) -> Flags:
        """Return the flags among the parameters of the command."""
        return cls(**{one.name: params[one.name] for one in fields(cls) if one.name in params})

    def over(self, settings: Settings) -> Settings:
        """Return settings with these flags over them.

        Raises:
            SettingsError: If a flag makes no sense.
        """
        settings = with_rulesets(settings, self.rulesets, self.no_cache)
        markets = split(self.market)
        if markets:
            settings = replace(settings, markets=markets, markets_from="flag")
        return replace(
            settings,
            platforms=split(self.platform) or settings.platforms,
            columns=columns(self.column) or settings.columns,
            fail_on=self.fail_on or settings.fail_on,
            min_cai=settings.min_cai if self.min_cai is None else cai_value(self.min_cai),
            intent=split(self.intent) or settings.intent,
            select=_with(split(self.select) or settings.select, split(self.extend_select), "ALL"),
            ignore=_with(split(self.ignore) or settings.ignore, split(self.extend_ignore)),
            exclude=self._excluded(settings),
            force_exclude=self.force_exclude or settings.force_exclude,
            respect_gitignore=settings.respect_gitignore and not self.no_respect_gitignore,
            encoding=known_encoding(self.encoding or settings.encoding),
            delimiter=self.delimiter or settings.delimiter,
            side=self.side or settings.side,
            detector=_detector(self.detector or settings.detector),
            language=checked_language(self.language or settings.language),
            preview=self.preview or settings.preview,
            ignore_suppressions=self.ignore_suppressions or settings.ignore_suppressions,
            baseline=None if self.no_baseline else self.baseline or settings.baseline,
            since=self.since or "",
            show=self.show,
        )

    def _excluded(self, settings: Settings) -> tuple[Patterns, ...]:
        here = Path(os.path.abspath(os.curdir))
        found = settings.exclude
        if self.exclude:
            found = (Patterns(here, _patterns(self.exclude)),)
        if self.extend_exclude:
            found = (*found, Patterns(here, _patterns(self.extend_exclude)))
        return found


def _with(given: tuple[str, ...], added: tuple[str, ...], everything: str = "") -> tuple[str, ...]:
    """Return selectors with more; to add to none at all must not narrow what is selected."""
    if added and not given and everything:
        return (everything, *added)
    return given + added


def _patterns(values: tuple[str, ...]) -> tuple[str, ...]:
    return checked([one for value in values for one in listed(value)])


def _detector(name: str) -> str:
    # Detectors take a while to import, and the default one exists.
    return name if name == Settings().detector else checked_detector(name)


def known_encoding(name: str | None) -> str | None:
    """Return the name of an encoding of text, as Python knows it.

    Raises:
        SettingsError: If there is none of that name, or it is none of text (base64, zip).
    """
    try:
        "a".encode(name or "utf-8")
    except (LookupError, ValueError):
        raise SettingsError(
            f"unknown encoding {name!r}; use for example utf-8, utf-16, cp1252, cp932, gb18030"
        ) from None
    return name
