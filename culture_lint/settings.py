"""One frozen `Settings` for a run: defaults, then the project file, then the command line."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from culture_lint.errors import Location, SettingsError

CONFIG_NAMES = (".culture-lint.yaml", ".culture-lint.yml")
FAIL_ON = ("blocker", "major", "minor", "never")


@dataclass(frozen=True, slots=True)
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
    platforms: tuple[str, ...] = ()
    min_cai: float | None = None
    fail_on: str = "major"
    detector: str = "eld"
    language: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    preview: bool = False
    cache: bool = True
    show: str = "all"
    #: What configuration files silence, and whether every suppression must give its reason.
    ignores: tuple[Ignore, ...] = ()
    require_reason: bool = False
    #: Show what suppressions hide.
    ignore_suppressions: bool = False
    origin: str = field(default="", compare=False)


#: What a column may be declared to hold: the roles of segments, then those of the row itself.
COLUMN_ROLES = (
    "title", "subtitle", "bullet", "description", "tag", "brand", "alt", "price", "attribute",
    "category", "colour", "id", "variant", "market", "language", "currency",
    "ignore",
)  # fmt: skip
_LISTS = {"markets", "platforms", "intent", "select", "ignore"}
_KEYS = {
    "markets", "platforms", "columns", "encoding", "delimiter", "rulesets", "intent", "min-cai", "fail-on",
    "detector", "language", "select", "ignore", "preview", "root",
}  # fmt: skip
_TAG = "tag:yaml.org,2002:"


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

    Values are taken as they are written: ``NO`` stays the market, ``04`` the text.

    Raises:
        SettingsError: If the file cannot be read, or a key or value makes no sense.
    """
    import yaml

    try:
        root = yaml.compose(path.read_text("utf-8-sig"), Loader=yaml.SafeLoader)
    except OSError as error:
        raise SettingsError(
            f"cannot read the configuration: {error.strerror}", Location(str(path))
        ) from error
    except UnicodeDecodeError as error:
        raise SettingsError("the configuration is not UTF-8", Location(str(path))) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = Location(str(path), mark.line + 1, mark.column + 1) if mark else Location(str(path))
        what = getattr(error, "problem", None) or getattr(error, "reason", None) or error
        raise SettingsError(f"not valid YAML: {what}", where) from error
    if root is None or root.tag == f"{_TAG}null":
        return replace(base, origin=str(path))
    if not isinstance(root, yaml.MappingNode):
        raise SettingsError(
            "the configuration must be a mapping of keys, such as `markets: [SA]`",
            Location(str(path)),
        )
    changes: dict[str, Any] = {}
    for key_node, value in root.value:
        where = _place(path, key_node)
        key = _known_key(key_node, where)
        name = key.replace("-", "_")
        if name in changes:
            raise SettingsError(f"the key {key!r} stands here twice", where)
        changes[name] = _value(key, value, path, where)
    changes.pop("root", None)
    return replace(base, **changes, origin=str(path))


def _place(path: Path, node: Any) -> Location:
    return Location(str(path), node.start_mark.line + 1, node.start_mark.column + 1)


def _known_key(node: Any, where: Location) -> str:
    key = node.value if isinstance(node.value, str) else "(a list or mapping)"
    if key in _KEYS:
        return key
    raise SettingsError(f"unknown key {key!r}{_nearest(key, _KEYS, 'known keys')}", where)


def _nearest(word: str, known: Iterable[str], noun: str) -> str:
    near = difflib.get_close_matches(word.lower().replace("_", "-"), sorted(known), 1)
    return f"; did you mean {near[0]!r}?" if near else f"; {noun}: {', '.join(known)}"


def _value(key: str, node: Any, path: Path, where: Location) -> Any:
    """Return the value of a key, of the type that `Settings` has for it."""
    if key in _LISTS:
        return _texts(key, node, where)
    if key == "rulesets":
        return tuple(path.parent / text for text in _texts(key, node, where))
    if key == "columns":
        return _columns(node, path, where)
    word = _word(node)
    if word is None:
        raise SettingsError(f"{key} must be one value", where)
    if key == "min-cai":
        try:
            return checked_cai(float(word), where)
        except ValueError:
            raise SettingsError(
                f"min-cai must be a number from 0 to 100, not {word!r}", where
            ) from None
    if key == "fail-on":
        # `no` and `off` say the same as never.
        word = "never" if word.lower() in ("no", "off", "false") else word
        if word not in FAIL_ON:
            raise SettingsError(f"fail-on must be one of {', '.join(FAIL_ON)}, not {word!r}", where)
    if key in ("preview", "root"):
        if node.tag != f"{_TAG}bool":
            raise SettingsError(f"{key} must be true or false, not {word!r}", where)
        return word.lower() in ("true", "yes", "on")
    return word


def _word(node: Any) -> str | None:
    """Return the text of a plain value, None for a list, a mapping or nothing."""
    if not isinstance(node.value, str) or node.tag == f"{_TAG}null":
        return None
    return node.value


def _texts(key: str, node: Any, where: Location) -> tuple[str, ...]:
    """Return a list of texts; one text may hold several, parted by commas."""
    if isinstance(node.value, str):
        word = _word(node)
        texts = [part.strip() for part in (word or "").split(",")]
        words: list[str | None] = [part for part in texts if part] or [None]
    else:
        words = [_word(one) if hasattr(one, "value") else None for one in node.value]
    found = tuple(word for word in words if word)
    if len(found) < len(words):
        raise SettingsError(f"{key} must be a list of texts, such as [a, b]", where)
    return found


def _columns(node: Any, path: Path, where: Location) -> tuple[tuple[str, str], ...]:
    """Return (role, column) pairs; a role may have one column or a list of them."""
    if not node.tag.endswith(":map"):
        raise SettingsError("columns must map roles to column names", where)
    pairs: list[tuple[str, str]] = []
    for role_node, name_node in node.value:
        place = _place(path, role_node)
        role = checked_role(str(role_node.value), place)
        if name_node.tag.endswith(":seq"):
            names = [_word(one) for one in name_node.value]
        else:
            names = [_word(name_node)]
        for name in names:
            if not name:
                raise SettingsError(f"columns: {role} needs the name of a column", place)
            pairs.append((role, name))
    return tuple(pairs)


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
