"""One frozen `Settings` for a run: defaults, then the project file, then the command line."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from culture_lint.errors import Location, SettingsError

CONFIG_NAMES = (".culture-lint.yaml", ".culture-lint.yml")
FAIL_ON = ("blocker", "major", "minor", "never")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that decides what a check does.

    ``min_cai`` is a CAI (0-100) that the worst item of each market must reach, None for no such
    gate; ``fail_on`` is the mildest severity that fails the gate.
    """

    markets: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    encoding: str | None = None
    delimiter: str | None = None
    rulesets: tuple[Path, ...] = ()
    intent: tuple[str, ...] = ()
    min_cai: float | None = None
    fail_on: str = "major"
    detector: str = "eld"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    preview: bool = False
    cache: bool = True
    show: str = "all"
    origin: str = field(default="", compare=False)


_LISTS = {"markets", "intent", "select", "ignore"}
_KEYS = {
    "markets", "columns", "encoding", "delimiter", "rulesets", "intent", "min-cai", "fail-on",
    "detector", "select", "ignore", "preview", "root",
}  # fmt: skip


def find_config(start: Path) -> Path | None:
    """Return the nearest project file at or above ``start``, stopping at a repository root."""
    folder = start if start.is_dir() else start.parent
    for place in (folder, *folder.parents):
        for name in CONFIG_NAMES:
            if (place / name).is_file():
                return place / name
        if (place / ".git").exists():
            return None
    return None


def load_config(path: Path, base: Settings) -> Settings:
    """Return ``base`` with what a project file says.

    Raises:
        SettingsError: If the file cannot be read, or a key or value makes no sense.
    """
    import yaml

    try:
        loaded = yaml.safe_load(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(
            f"cannot read the configuration: {error.strerror}", Location(str(path))
        ) from error
    except UnicodeDecodeError as error:
        raise SettingsError("the configuration is not UTF-8", Location(str(path))) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = Location(str(path), mark.line + 1, mark.column + 1) if mark else Location(str(path))
        raise SettingsError(f"not valid YAML: {getattr(error, 'problem', error)}", where) from error
    if loaded is None:
        return base
    if not isinstance(loaded, Mapping):
        raise SettingsError("the configuration must be a mapping of keys", Location(str(path)))
    changes = {
        key.replace("-", "_"): _value(key, value, path)
        for key, value in loaded.items()
        if _known(key, path) and key != "root"
    }
    return replace(base, **changes, origin=str(path))


def _known(key: Any, path: Path) -> bool:
    if key in _KEYS:
        return True
    near = difflib.get_close_matches(str(key), sorted(_KEYS), 1)
    hint = f"; did you mean {near[0]!r}?" if near else f"; known keys: {', '.join(sorted(_KEYS))}"
    raise SettingsError(f"unknown key {key!r}{hint}", _line_of(path, str(key)))


def _line_of(path: Path, key: str) -> Location:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.startswith(f"{key}:"):
            return Location(str(path), number, 1)
    return Location(str(path))


def _value(key: str, value: Any, path: Path) -> Any:
    where = _line_of(path, key)
    if key in _LISTS:
        return tuple(_texts(key, value, where))
    if key == "rulesets":
        return tuple(path.parent / text for text in _texts(key, value, where))
    if key == "columns":
        if not isinstance(value, Mapping):
            raise SettingsError("columns must map roles to column names", where)
        return tuple((str(role), str(name)) for role, name in value.items())
    if key == "min-cai":
        return checked_cai(value, where)
    if key == "fail-on":
        if value is False:  # YAML 1.1 reads `never` as text, but `no` and `off` as false
            value = "never"
        if value not in FAIL_ON:
            raise SettingsError(f"fail-on must be one of {', '.join(FAIL_ON)}", where)
        return value
    if key == "preview":
        if not isinstance(value, bool):
            raise SettingsError("preview must be true or false", where)
        return value
    if not isinstance(value, str):
        raise SettingsError(f"{key} must be text", where)
    return value


def _texts(key: str, value: Any, where: Location) -> list[str]:
    values = value if isinstance(value, list) else [value]
    if value is None or not all(isinstance(one, (str, bool)) for one in values):
        raise SettingsError(f"{key} must be a list of texts", where)
    # YAML 1.1 reads an unquoted NO (Norway) as false; the author meant the market.
    return ["NO" if one is False else str(one) for one in values]


def checked_cai(value: Any, where: Location | None = None) -> float:
    """Return a CAI threshold as a number from 0 to 100.

    Raises:
        SettingsError: If it is none.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 100:
        raise SettingsError(f"min-cai must be a number from 0 to 100, not {value!r}", where)
    return float(value)


def settings_fields() -> tuple[str, ...]:
    """Return the names of all settings."""
    return tuple(one.name for one in fields(Settings))


def colour_wanted(
    choice: str, is_terminal: bool, environment: Mapping[str, str] = os.environ
) -> bool:
    """Decide whether to colour: the flag, then ``NO_COLOR`` and ``FORCE_COLOR``, then the terminal."""
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    return bool(environment.get("FORCE_COLOR")) or is_terminal
