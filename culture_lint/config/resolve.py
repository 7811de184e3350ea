"""Resolve the settings of each checked file, and say which file and line gave each value."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from culture_lint.config.find import Finder, user_config
from culture_lint.config.globs import matches
from culture_lint.config.keys import ConfigFile, Given, Override, read_config
from culture_lint.errors import Location, SettingsError
from culture_lint.frozen import frozen
from culture_lint.settings import Patterns, Settings

#: Keys that add to another: what they are called, and what they add to.
_ADDING = {"extend-select": "select", "extend-ignore": "ignore", "extend-exclude": "exclude"}
#: Keys whose values add up, from a file that is extended to the one that extends it.
_GATHERED = frozenset({"ignores"})
#: Keys that map names to values, which replace each other name by name.
_MAPPED = frozenset({"columns", "languages", "severity"})
#: A chain of files longer than this is a mistake.
_LONGEST = 16


@frozen
class Resolved:
    """The settings of one path, and where each that is not a default comes from."""

    settings: Settings
    origins: Mapping[str, tuple[Location, ...]]


@frozen
class _Whole:
    """A file with all that it extends put under it."""

    path: Path
    values: Mapping[str, tuple[Given, ...]]
    overrides: tuple[Override, ...]


class Configuration:
    """Configuration files of a run, each read once.

    Args:
        named: The file that replaces the search (``--config``), None to search.
        isolated: Whether to read no file at all.
        warn: Told what a user should know, such as two files in one folder.

    Raises:
        SettingsError: If the named file does not exist.
    """

    def __init__(
        self,
        named: Path | None = None,
        isolated: bool = False,
        warn: Callable[[str], None] = lambda _: None,
    ) -> None:
        if named is not None and not named.is_file():
            raise SettingsError(f"no configuration file {str(named)!r}")
        self._named = named
        self._isolated = isolated
        self._finder = Finder(warn)
        self._user: list[Path | None] = []
        self._read: dict[Path, _Whole] = {}
        self._resolved: dict[tuple[object, ...], Resolved] = {}

    def file_for(self, path: str | Path) -> Path | None:
        """Return the configuration file that applies to a file or folder, None for none."""
        if self._named is not None:
            return self._named
        if self._isolated:
            return None
        found = self._finder.find(Path(path))
        if found is not None:
            return _as_typed(found)
        if not self._user:
            self._user.append(user_config())
        return self._user[0]

    def settings_for(self, path: str | Path) -> Settings:
        """Return the settings of a file or folder; the same object where they are the same.

        Raises:
            SettingsError: If a configuration file makes no sense.
        """
        return self.resolve(path).settings

    def resolve(self, path: str | Path) -> Resolved:
        """Return the settings of a file or folder with their origins."""
        file = self.file_for(path)
        if file is None:
            return _NOTHING
        whole = self._whole(file)
        fitting = tuple(
            number
            for number, one in enumerate(whole.overrides)
            if matches(one.files.globs, one.files.base, path)
        )
        key = (file, fitting)
        found = self._resolved.get(key)
        if found is None:
            overrides = [whole.overrides[number] for number in fitting]
            found = self._resolved[key] = _settings(file, whole, overrides)
        return found

    def _whole(self, path: Path) -> _Whole:
        found = self._read.get(path)
        if found is None:
            found = self._read[path] = _extended(path, ())
        return found


_NOTHING = Resolved(Settings(), {})


def load_config(path: Path, base: Settings | None = None) -> Settings:
    """Return ``base`` (default: the defaults) with what a file says of every path.

    Raises:
        SettingsError: If the file cannot be read, or a key or value makes no sense.
    """
    return _settings(path, _extended(path, ()), (), base or Settings()).settings


def _as_typed(path: Path) -> Path:
    """Return a path as a user would type it: from the working directory where it lies below."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _extended(path: Path, chain: tuple[Path, ...]) -> _Whole:
    """Return a file with what it extends under it: the extending one has the last word."""
    real = Path(os.path.realpath(path))
    read = read_config(path) or ConfigFile(path, {}, (), ())
    values: dict[str, tuple[Given, ...]] = {}
    overrides: list[Override] = []
    for given in read.extend:
        parent = _as_typed(Path(os.path.normpath(given.value)))
        if not parent.is_file():
            raise SettingsError(f"extend: no configuration file {str(parent)!r}", given.where)
        if Path(os.path.realpath(parent)) in (*chain, real) or len(chain) > _LONGEST:
            raise SettingsError(f"extend: {parent} leads back to this file", given.where)
        below = _extended(parent, (*chain, real))
        for key, gathered in below.values.items():
            _put(values, key, gathered)
        overrides += below.overrides
    for key, value in read.values.items():
        _put(values, key, (value,))
    return _Whole(path, values, (*overrides, *read.overrides))


def _put(values: dict[str, tuple[Given, ...]], key: str, given: tuple[Given, ...]) -> None:
    """Put values of a key over those that a file below gave."""
    if key == "root":
        return  # speaks of the search, not of what is found
    if key in _ADDING or key in _GATHERED or key in _MAPPED:
        values[key] = values.get(key, ()) + given
        return
    values[key] = given
    for adding, target in _ADDING.items():
        if target == key:
            values.pop(adding, None)  # a list that is given anew starts without earlier additions


def _settings(
    path: Path, whole: _Whole, overrides: Sequence[Override], base: Settings | None = None
) -> Resolved:
    settings = base or Settings()
    origins: dict[str, tuple[Location, ...]] = {}
    changes: dict[str, Any] = {}
    layers: list[Mapping[str, tuple[Given, ...]]] = [whole.values]
    layers += [{key: (given,) for key, given in one.values.items()} for one in overrides]
    for number, layer in enumerate(layers):
        for key, given in _in_order(layer):
            _apply(settings, changes, origins, key, given)
            if key == "markets":
                changes["markets_from"] = "override" if number else "config"
    brand = changes.get("brand")
    if brand is not None and brand.intent and not changes.get("intent"):
        changes["intent"] = brand.intent
        origins["intent"] = origins["brand"]
    return Resolved(replace(settings, **changes, origin=str(path)), origins)


def _in_order(
    layer: Mapping[str, tuple[Given, ...]],
) -> Iterator[tuple[str, tuple[Given, ...]]]:
    """Yield what replaces before what adds."""
    yield from ((key, given) for key, given in layer.items() if key not in _ADDING)
    yield from ((key, given) for key, given in layer.items() if key in _ADDING)


def _apply(
    settings: Settings,
    changes: dict[str, Any],
    origins: dict[str, tuple[Location, ...]],
    key: str,
    given: tuple[Given, ...],
) -> None:
    """Let what is given under a key change the settings."""
    name = _ADDING.get(key, key).replace("-", "_")
    places = tuple(one.where for one in given)
    if key in _ADDING or key in _MAPPED or key in _GATHERED:
        before = changes.get(name, getattr(settings, name))
        if key == "extend-select" and not before:
            before = ("ALL",)  # nothing selected means all: adding to it must not narrow it
        for one in given:
            added: Any = (one.value,) if isinstance(one.value, Patterns) else one.value
            before = _merged(before, added) if key in _MAPPED else before + added
        changes[name] = before
        origins[name] = origins.get(name, ()) + places
        return
    value = given[-1].value
    changes[name] = (value,) if isinstance(value, Patterns) else value
    origins[name] = places


def _merged(
    before: tuple[tuple[str, Any], ...], after: tuple[tuple[str, Any], ...]
) -> tuple[tuple[str, Any], ...]:
    """Return pairs of both; a name that the later ones have is theirs."""
    names = {name for name, _ in after}
    return tuple(pair for pair in before if pair[0] not in names) + after
