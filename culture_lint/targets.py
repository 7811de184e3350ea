"""Which markets an item is for, and who says so; nothing here reads files or rulesets.

Who names the markets of an item, the first that does: the command line; the last fitting entry of
``overrides``; the path; the item itself; what ``languages`` says of its declared language;
``markets`` of the configuration; the region of its declared language. A language alone never does.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from culture_lint.config.globs import relative
from culture_lint.frozen import frozen
from culture_lint.settings import Settings
from culture_lint.sources.items import Item, Source
from culture_lint.sources.path_locales import locale_of_path, region_of


@frozen
class Job:
    """One input with the settings that apply to it."""

    source: Source
    settings: Settings


@frozen
class Target:
    """Which markets an item is for, and who says so."""

    markets: tuple[str, ...]
    said_by: str


#: Who may name markets, in the order in which they are heard (see `target_of`).
FLAG, OVERRIDE, PATH, FILE, LANGUAGES, CONFIG, REGION = (
    "the command line",
    "overrides",
    "the path",
    "the file",
    "languages",
    "markets",
    "the region of the language",
)


def markets_of_language(
    tag: str | None, languages: Iterable[tuple[str, tuple[str, ...]]], *, exactly: bool = False
) -> tuple[str, ...]:
    """Return the markets that a configuration gives to a language, the nearest tag's.

    ``zh-Hant-TW`` is looked for as itself, then as ``zh-Hant``, then as ``zh``.
    """
    known = dict(languages)
    parts = (tag or "").replace("_", "-").lower().split("-")
    for length in range(len(parts), len(parts) - 1 if exactly else 0, -1):
        found = known.get("-".join(parts[:length]))
        if found:
            return found
    return ()


def with_communities(markets: tuple[str, ...], communities: Iterable[str]) -> tuple[str, ...]:
    """Return markets with those of some communities that live in them."""
    homes = {name.lower() for name in markets}
    inside = [one for one in communities if one.split("/")[0].lower() in homes]
    return tuple(dict.fromkeys((*markets, *inside)))


def target_of_path(path: str, settings: Settings) -> Target | None:
    """Return the markets that a path names: by its region, else by what its language means."""
    tag = path_locale(path, settings)
    if tag is None:
        return None
    meant = markets_of_language(tag, settings.languages, exactly=True)
    region = region_of(tag)
    found = meant or ((region,) if region else ()) or markets_of_language(tag, settings.languages)
    return Target(found, f"{PATH} ({tag})") if found else None


def path_locale(path: str, settings: Settings) -> str | None:
    """Return the language tag that a path names under these settings.

    A path is seen from the folder of its configuration, wherever the command is run, and then as it
    was given.
    """
    known = frozenset(tag for tag, _ in settings.languages)
    inside = None
    if settings.origin:
        inside = relative(path, Path(os.path.abspath(settings.origin)).parent)
    if inside is None and os.path.isabs(path):
        inside = relative(path, Path.cwd())
    found = locale_of_path(inside, known) if inside else None
    if found is None and not (inside and os.path.isabs(path)):
        found = locale_of_path(path.replace("\\", "/"), known)
    return found


def target_of(
    item: Item | None, settings: Settings, by_path: Target | None, language: str | None = None
) -> Target | None:
    """Return the markets of an item, None where nobody names any.

    Args:
        item: The item, None to ask about the file as a whole.
        settings: Those of its file.
        by_path: What the path says.
        language: The item's declared language.
    """
    if settings.markets and settings.markets_from in ("flag", "override"):
        return Target(settings.markets, FLAG if settings.markets_from == "flag" else OVERRIDE)
    if by_path is not None:
        return by_path
    if item is not None and item.markets:
        return Target(item.markets, FILE)
    meant = markets_of_language(language, settings.languages)
    if meant:
        return Target(meant, f"{LANGUAGES} ({language})")
    if settings.markets:
        return Target(settings.markets, CONFIG)
    region = region_of(language)
    return Target((region,), f"{REGION} ({language})") if region else None


def declared_language(item: Item) -> str | None:
    """Return the language that an item, or the first of its segments that says one, declares."""
    if item.language:
        return item.language
    return next((one.language for one in item.segments if one.language), None)
