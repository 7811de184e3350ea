"""What each key of a configuration may say: its value checked, with the place it stands at."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from culture_lint.config.globs import checked, listed
from culture_lint.config.nodes import Node, read_nodes
from culture_lint.errors import Location, SettingsError
from culture_lint.frozen import frozen
from culture_lint.settings import (
    FAIL_ON,
    SEVERITIES,
    SIDES,
    Brand,
    Ignore,
    Patterns,
    Term,
    checked_cai,
    checked_role,
)


@frozen
class Given:
    """A value that a configuration gives, and where."""

    value: Any
    where: Location


@frozen
class Override:
    """What holds for some files only; the last that fits decides, key by key."""

    files: Patterns
    values: Mapping[str, Given]
    where: Location


@frozen
class ConfigFile:
    """One configuration file as it stands, before what it extends is put under it."""

    path: Path
    values: Mapping[str, Given]
    overrides: tuple[Override, ...]
    extend: tuple[Given, ...]


_LISTS = frozenset({
    "markets", "platforms", "intent", "select", "ignore", "extend-select", "extend-ignore",
})  # fmt: skip
_PATTERNS = frozenset({"exclude", "extend-exclude"})
_FLAGS = frozenset({
    "preview", "root", "force-exclude", "respect-gitignore", "require-reason",
})  # fmt: skip
_PATHS = frozenset({"baseline"})
_WORDS = frozenset({
    "encoding", "delimiter", "detector", "language", "min-cai", "fail-on", "side",
})  # fmt: skip
#: Keys that an entry of ``overrides`` may have besides ``files``.
OVERRIDABLE = frozenset({
    "markets", "platforms", "columns", "encoding", "delimiter", "language", "languages", "intent",
    "select", "ignore", "extend-select", "extend-ignore", "severity", "brand", "preview",
    "min-cai", "fail-on", "detector", "side",
})  # fmt: skip
#: Every key of the file.
KEYS = (
    _LISTS | _PATTERNS | _FLAGS | _PATHS | _WORDS
    | {"rulesets", "columns", "languages", "severity", "brand", "ignores", "overrides", "extend"}
)  # fmt: skip
_IGNORE_KEYS = ("path", "item", "field", "rules", "market", "markets", "until", "reason")
_BRAND_KEYS = ("names", "terms", "intent")
_TERM_KEYS = ("term", "rules", "markets", "reason")
_MARKET = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?(?:/[a-z0-9-]+)?")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def read_config(path: Path) -> ConfigFile | None:
    """Return what a file says, None where it says nothing to us.

    Raises:
        SettingsError: If it cannot be read, or a key or value makes no sense.
    """
    root = read_nodes(path)
    if root is None:
        return None
    base = folder_of(path)
    values: dict[str, Given] = {}
    overrides: tuple[Override, ...] = ()
    extend: tuple[Given, ...] = ()
    for key, node, where in keys_of(root, KEYS):
        if key == "overrides":
            overrides = tuple(_override(one, base) for one in mappings_of(key, node, where))
        elif key == "extend":
            extend = tuple(Given(base / text, where) for text in texts_of(key, node, where))
        else:
            values[key] = Given(_value(key, node, base, where), where)
    return ConfigFile(path, values, overrides, extend)


def folder_of(path: Path) -> Path:
    """Return the folder that paths in a file are relative to."""
    import os

    return Path(os.path.abspath(path)).parent


def keys_of(node: Node, known: Iterable[str]) -> list[tuple[str, Node, Location]]:
    """Return the keys of a mapping with their values and places; none unknown, none twice."""
    found: dict[str, tuple[Node, Location]] = {}
    for key_node, value in node.pairs:
        where = key_node.where
        key = key_node.word if key_node.word is not None else "(a list or mapping)"
        if key not in known:
            raise SettingsError(f"unknown key {key!r}{nearest(key, known, 'known keys')}", where)
        if key in found:
            raise SettingsError(f"the key {key!r} stands here twice", where)
        found[key] = (value, where)
    return [(key, value, where) for key, (value, where) in found.items()]


def nearest(word: str, known: Iterable[str], noun: str) -> str:
    """Return ``; did you mean 'x'?`` where something known is near, else all that is known."""
    near = difflib.get_close_matches(word.lower().replace("_", "-"), sorted(known), 1, 0.65)
    return f"; did you mean {near[0]!r}?" if near else f"; {noun}: {', '.join(sorted(known))}"


def _value(key: str, node: Node, base: Path, where: Location) -> Any:
    """Return the value of a key, of the type that `Settings` has for it."""
    if key in _LISTS:
        return texts_of(key, node, where)
    if key in _PATTERNS:
        return _patterns(key, node, base, where)
    if key == "rulesets":
        return tuple(beside(base, text) for text in texts_of(key, node, where))
    if key in _MAPPINGS:
        return _MAPPINGS[key](node, where)
    if key == "brand":
        return _brand(node, base, where)
    if key == "ignores":
        return tuple(_ignore(one, base) for one in mappings_of(key, node, where))
    return _scalar(key, node, base, where)


def beside(base: Path, text: str) -> Path:
    """Return a path as a user would type it: from the working directory where it lies below."""
    here = Path.cwd()
    path = base / text
    return path.relative_to(here) if path.is_relative_to(here) else path


def _scalar(key: str, node: Node, base: Path, where: Location) -> Any:
    word = node.word
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
    if key == "side" and word not in SIDES:
        raise SettingsError(f"side must be one of {', '.join(SIDES)}, not {word!r}", where)
    if key in _FLAGS:
        if word.lower() not in ("true", "yes", "on", "false", "no", "off"):
            raise SettingsError(f"{key} must be true or false, not {word!r}", where)
        return word.lower() in ("true", "yes", "on")
    if key == "language" and not _TAG.fullmatch(word):
        raise SettingsError(f"{word!r} is no language tag such as de or pt-BR", where)
    return beside(base, word) if key in _PATHS else word


def texts_of(key: str, node: Node, where: Location) -> tuple[str, ...]:
    """Return a list of texts; one text may hold several, parted by commas."""
    if node.kind == "text":
        texts = [part.strip() for part in node.text.split(",")]
        words: list[str | None] = [part for part in texts if part] or [None]
    elif node.kind == "list":
        words = [one.word for one in node.items]
    else:
        words = [None]
    if key == "markets" or key.startswith("languages"):
        words = [part for word in words for part in _apart(word)]
    found = tuple(word for word in words if word)
    if len(found) < len(words):
        raise SettingsError(f"{key} must be a list of texts, such as [a, b]", where)
    return found


def _apart(word: str | None) -> list[str | None]:
    """Return markets that are parted by blanks, ``SA IN``; a country's name stays whole."""
    parts = (word or "").split()
    return [*parts] if len(parts) > 1 and all(map(_MARKET.fullmatch, parts)) else [word]


def _patterns(key: str, node: Node, base: Path, where: Location) -> Patterns:
    """Return patterns of paths, of which one text may hold several."""
    texts = listed(node.text) if node.kind == "text" else []
    return Patterns(base, checked(texts or texts_of(key, node, where), where))


def mappings_of(key: str, node: Node, where: Location) -> tuple[Node, ...]:
    """Return the entries of a list of mappings.

    Raises:
        SettingsError: If it is none.
    """
    if node.kind != "list" or any(one.kind != "map" for one in node.items):
        raise SettingsError(f"{key} must be a list of mappings", where)
    return node.items


def columns_of(node: Node, where: Location) -> tuple[tuple[str, str], ...]:
    """Return (role, column) pairs; a role may have one column or a list of them."""
    if node.kind != "map":
        raise SettingsError("columns must map roles to column names", where)
    pairs: list[tuple[str, str]] = []
    for role_node, name_node in node.pairs:
        place = role_node.where
        role = checked_role(role_node.text, place)
        names = [one.word for one in name_node.items] if name_node.items else [name_node.word]
        for name in names:
            if not name:
                raise SettingsError(f"columns: {role} needs the name of a column", place)
            pairs.append((role, name))
    return tuple(pairs)


def languages_of(node: Node, where: Location) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return what markets each language means, as (tag, markets) pairs."""
    if node.kind != "map":
        raise SettingsError(
            "languages must map languages to markets, such as {ar: [SA, AE]}", where
        )
    pairs = []
    for tag_node, market_node in node.pairs:
        tag = tag_node.text
        if not _TAG.fullmatch(tag):
            raise SettingsError(
                f"languages: {tag!r} is no language tag such as ar or pt-BR", tag_node.where
            )
        texts = texts_of(f"languages: {tag}", market_node, tag_node.where)
        pairs.append((tag.replace("_", "-").lower(), texts))
    return tuple(pairs)


def _severity(node: Node, where: Location) -> tuple[tuple[str, str], ...]:
    """Return the severities that rules are given, as (selector, severity) pairs."""
    if node.kind != "map":
        raise SettingsError("severity must map rules to severities, such as {IN/x: minor}", where)
    pairs = []
    for rule_node, grade_node in node.pairs:
        grade = grade_node.word or ""
        if grade not in SEVERITIES:
            raise SettingsError(
                f"severity of {rule_node.text} must be one of {', '.join(SEVERITIES)}, "
                f"not {grade!r}",
                rule_node.where,
            )
        pairs.append((rule_node.text, grade))
    return tuple(pairs)


_MAPPINGS: dict[str, Callable[[Node, Location], Any]] = {
    "columns": columns_of,
    "languages": languages_of,
    "severity": _severity,
}


def _override(node: Node, base: Path) -> Override:
    values: dict[str, Given] = {}
    files: Patterns | None = None
    for key, value, where in keys_of(node, OVERRIDABLE | {"files"}):
        if key == "files":
            files = _patterns(key, value, base, where)
        else:
            values[key] = Given(_value(key, value, base, where), where)
    if files is None:
        raise SettingsError("an entry of overrides needs `files`, a pattern or a list", node.where)
    return Override(files, values, node.where)


def _ignore(node: Node, base: Path) -> Ignore:
    """Return one entry of ``ignores``; it must name rules."""
    found = {key: (value, where) for key, value, where in keys_of(node, _IGNORE_KEYS)}

    def word(key: str) -> str:
        if key not in found:
            return ""
        value, where = found[key]
        if value.word is None:
            raise SettingsError(f"{key} must be one value", where)
        return value.word

    def texts(key: str) -> tuple[str, ...]:
        return texts_of(key, *found[key]) if key in found else ()

    rules = texts("rules")
    if not rules:
        raise SettingsError("an entry of ignores needs `rules`: there is none for all", node.where)
    until = word("until")
    try:
        day = datetime.date.fromisoformat(until) if until else None
    except ValueError:
        raise SettingsError(
            f"until must be a date such as 2027-03-31, not {until!r}", found["until"][1]
        ) from None
    return Ignore(
        rules=rules,
        path=checked([word("path")], node.where)[0],
        item=word("item"),
        field=word("field"),
        markets=texts("market") + texts("markets"),
        until=day,
        reason=word("reason"),
        origin=node.where.path,
        line=node.where.line or 1,
        column=node.where.column or 1,
        folder=str(base),
    )


def _brand(node: Node, base: Path, where: Location) -> Brand:
    """Return what belongs to the brand, written here or in a file of its own."""
    if node.kind == "text":
        path = beside(base, node.text)
        if not path.is_file():
            raise SettingsError(f"no brand file {str(path)!r}", where)
        inner = read_nodes(path)
        assert inner is not None  # only TOML and setup.cfg may hold nothing of ours
        return _brand(inner, folder_of(path), inner.where)
    if node.kind != "map":
        raise SettingsError("brand must be a file, or a mapping of names, terms, intent", where)
    names: tuple[str, ...] = ()
    intent: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    for key, value, place in keys_of(node, _BRAND_KEYS):
        if key == "names":
            names = texts_of(key, value, place)
        elif key == "intent":
            intent = texts_of(key, value, place)
        else:
            items = value.items if value.kind == "list" else (value,)
            terms = tuple(_term(one, place) for one in items)
    return Brand(names, terms, intent)


def _term(node: Node, where: Location) -> Term:
    """Return a term that may be said: a text, or a mapping that narrows where."""
    if node.kind == "text" and node.text.strip():
        return Term(node.text.strip())
    if node.kind != "map":
        raise SettingsError("terms must be a list of texts, or of mappings with `term`", where)
    found = {key: (value, place) for key, value, place in keys_of(node, _TERM_KEYS)}
    text = found["term"][0].word if "term" in found else None
    if not text or not text.strip():
        raise SettingsError("a term needs its `term`", node.where)
    reason = found["reason"][0].word if "reason" in found else ""
    return Term(
        text.strip(),
        texts_of("rules", *found["rules"]) if "rules" in found else (),
        texts_of("markets", *found["markets"]) if "markets" in found else (),
        reason or "",
    )
