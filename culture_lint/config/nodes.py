"""Read a configuration file as plain data in which each key and value knows its place.

Scalars stay as they are written (``NO`` is a market, ``04`` a text); what they mean is decided by
the key they stand under. YAML, TOML and the sections of ``setup.cfg`` come out alike.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from culture_lint.errors import Location, SettingsError
from culture_lint.frozen import frozen

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 16
MAX_NODES = 20_000

#: Where our keys stand in files that belong to others too.
TOML_TABLE = ("tool", "culture-lint")
INI_SECTION = "culture-lint"

Kind = Literal["text", "list", "map", "null"]


@frozen
class Node:
    """A value: a text, a list (``items``), or a mapping (``pairs`` of key and value)."""

    kind: Kind
    where: Location
    text: str = ""
    items: tuple[Node, ...] = ()
    pairs: tuple[tuple[Node, Node], ...] = ()

    @property
    def word(self) -> str | None:
        """The text of a plain value, None for a list, a mapping or nothing."""
        return self.text if self.kind == "text" else None


def read_nodes(path: Path, what: str = "configuration") -> Node | None:
    """Return the mapping of our keys in a file, None where the file holds none of ours.

    Args:
        path: The file.
        what: What it is called in errors.

    Raises:
        SettingsError: If the file cannot be read or parsed.
    """
    text = _text(path, what)
    if path.suffix == ".toml":
        return _toml(path, text)
    if path.suffix == ".cfg":
        return _ini(path, text)
    return _yaml(path, text, what)


def has_section(path: Path) -> bool:
    """Tell whether a ``pyproject.toml`` or ``setup.cfg`` configures us at all.

    A file that cannot be read or parsed is somebody else's trouble unless it names us.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return False
    if INI_SECTION not in text:
        return False
    if path.suffix == ".cfg":
        return re.search(rf"^\[{INI_SECTION}\]", text, re.MULTILINE) is not None
    try:
        return _toml(path, text) is not None
    except SettingsError:
        return any(_header(line)[:2] == TOML_TABLE for line in text.splitlines())


def _text(path: Path, what: str) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise SettingsError(
            f"cannot read the {what}: {error.strerror}", Location(str(path))
        ) from error
    if len(raw) > MAX_BYTES:
        raise SettingsError(f"the {what} is larger than 1 MiB", Location(str(path)))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(f"the {what} is not UTF-8", Location(str(path))) from error


# -- YAML --------------------------------------------------------------------------------------


def _yaml(path: Path, text: str, what: str) -> Node:
    import yaml

    where = Location(str(path))
    try:
        root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        if mark:
            where = Location(str(path), mark.line + 1, mark.column + 1)
        why = getattr(error, "problem", None) or getattr(error, "reason", None) or error
        raise SettingsError(f"not valid YAML: {why}", where) from error
    except RecursionError:
        raise SettingsError(f"the {what} is nested too deep", where) from None
    if root is None or root.tag.endswith(":null"):
        return Node("map", where)
    if not root.tag.endswith(":map"):
        raise SettingsError(f"the {what} must be a mapping of keys, such as `markets: [SA]`", where)
    return _Yaml(path, what).node(root)


class _Yaml:
    """Takes YAML's own nodes over; aliases may repeat a value, within bounds."""

    def __init__(self, path: Path, what: str) -> None:
        self._path = str(path)
        self._what = what
        self._seen = 0

    def node(self, found: Any, depth: int = 0) -> Node:
        mark = found.start_mark
        where = Location(self._path, mark.line + 1, mark.column + 1)
        self._seen += 1
        if depth > MAX_DEPTH or self._seen > MAX_NODES:
            raise SettingsError(f"the {self._what} is nested too deep or repeats too much", where)
        if isinstance(found.value, str):
            null = found.tag.endswith(":null")
            return Node("null", where) if null else Node("text", where, found.value)
        if found.tag.endswith(":seq"):
            return Node(
                "list", where, items=tuple(self.node(one, depth + 1) for one in found.value)
            )
        if not found.tag.endswith(":map"):
            return Node("null", where)
        pairs = tuple(
            (self.node(key, depth + 1), self.node(value, depth + 1)) for key, value in found.value
        )
        return Node("map", where, pairs=pairs)


# -- TOML --------------------------------------------------------------------------------------


def _toml(path: Path, text: str) -> Node | None:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib

    try:
        table: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        where = Location(str(path), int(found[1]), int(found[2])) if found else Location(str(path))
        raise SettingsError(
            f"not valid TOML: {re.sub(r' *[(]at .*', '', str(error))}", where
        ) from error
    except RecursionError:
        raise SettingsError("the configuration is nested too deep", Location(str(path))) from None
    for part in TOML_TABLE:
        table = table.get(part) if isinstance(table, dict) else None
        if table is None:
            return None
    lines = _TomlLines(text)
    return _plain(table, Location(str(path), *lines.find(())), lines, ())


class _TomlLines:
    """Where keys stand in a TOML text, which the parser does not tell.

    A key is looked for behind the header of its table; a key in an inline table has the line of
    the key that holds it.
    """

    def __init__(self, text: str) -> None:
        self._places: dict[tuple[str, ...], tuple[int, int]] = {}
        inside: tuple[str, ...] = ()
        counts: dict[tuple[str, ...], int] = {}
        for number, line in enumerate(text.splitlines(), 1):
            header = _header(line)
            if header:
                inside = header
                if line.lstrip().startswith("[["):
                    index = counts.get(header, 0)
                    counts[header] = index + 1
                    inside = (*header, str(index))
                self._places.setdefault(inside, (number, line.index("[") + 1))
                continue
            found = re.match(r"\s*((?:[\w-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*[\w\"'-]+)*)\s*=", line)
            if found:
                keys = tuple(part.strip(" \t\"'") for part in found[1].split("."))
                for length in range(1, len(keys) + 1):
                    place = (number, found.start(1) + 1)
                    self._places.setdefault((*inside, *keys[:length]), place)

    def find(self, keys: tuple[str, ...]) -> tuple[int | None, int | None]:
        """Return the line and column of the nearest of a key and those that hold it."""
        whole = (*TOML_TABLE, *keys)
        for length in range(len(whole), 0, -1):
            if whole[:length] in self._places:
                return self._places[whole[:length]]
        return None, None


def _header(line: str) -> tuple[str, ...]:
    """Return the keys of a table's header, () where the line is none."""
    found = re.match(r"\s*\[\[?\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$", line)
    return tuple(part.strip(" \t\"'") for part in found[1].split(".")) if found else ()


def _plain(value: Any, where: Location, lines: _TomlLines, keys: tuple[str, ...]) -> Node:
    """Turn parsed TOML into nodes."""
    if isinstance(value, Mapping):
        pairs = []
        for name, inner in value.items():
            place = Location(where.path, *lines.find((*keys, name)))
            pairs.append((Node("text", place, name), _plain(inner, place, lines, (*keys, name))))
        return Node("map", where, pairs=tuple(pairs))
    if isinstance(value, list):
        items = []
        for number, inner in enumerate(value):
            inside = (*keys, str(number))
            items.append(_plain(inner, Location(where.path, *lines.find(inside)), lines, inside))
        return Node("list", where, items=tuple(items))
    if isinstance(value, bool):
        return Node("text", where, "true" if value else "false")
    return Node("text", where, str(value))


# -- setup.cfg ---------------------------------------------------------------------------------

#: Keys that map names to values; in ``setup.cfg`` each stands on a line of its own, ``a = b``.
_MAPPINGS = ("columns", "languages", "severity")
_NESTED = ("overrides", "ignores")


def _ini(path: Path, text: str) -> Node | None:
    lines = list(_section(text))
    if not lines:
        return None
    where = Location(str(path), lines[0][0], 1)
    pairs: list[tuple[Node, Node]] = []
    for name, place, values in _entries(str(path), lines[1:]):
        if name in _NESTED:
            raise SettingsError(
                f"{name} cannot be written in setup.cfg; put it in .culture-lint.yaml", place
            )
        pairs.append((Node("text", place, name), _ini_value(name, place, values)))
    return Node("map", where, pairs=tuple(pairs))


def _section(text: str) -> Iterator[tuple[int, str]]:
    """Yield the header of our section and its lines, each with its number."""
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("["):
            inside = line.split("]")[0].strip("[ \t") == INI_SECTION
        if inside and line.strip() and line.lstrip()[0] not in "#;":
            yield number, line


def _entries(
    path: str, lines: Sequence[tuple[int, str]]
) -> Iterator[tuple[str, Location, list[tuple[Location, str]]]]:
    """Yield each key with its place and the lines of its value."""
    found: tuple[str, Location, list[tuple[Location, str]]] | None = None
    for number, line in lines:
        text = line.strip()
        column = line.index(text) + 1
        if line[0].isspace() and found:
            found[2].append((Location(path, number, column), text))
            continue
        key, sign, rest = text.partition("=") if "=" in text else text.partition(":")
        place = Location(path, number, column)
        if not sign:
            raise SettingsError(f"{text!r} is no `key = value`", place)
        if found:
            yield found
        found = (key.strip(), place, [(place, rest.strip())] if rest.strip() else [])
    if found:
        yield found


def _ini_value(name: str, place: Location, values: list[tuple[Location, str]]) -> Node:
    if name in _MAPPINGS:
        pairs = []
        for where, text in values:
            key, sign, rest = text.partition("=")
            if not sign:
                raise SettingsError(f"{name}: {text!r} is no `name = value`", where)
            pairs.append((Node("text", where, key.strip()), Node("text", where, rest.strip())))
        return Node("map", place, pairs=tuple(pairs))
    if len(values) == 1:
        return Node("text", values[0][0], values[0][1])
    if not values:
        return Node("null", place)
    return Node("list", place, items=tuple(Node("text", where, text) for where, text in values))
