"""Recognise listing formats by their columns: which column holds what."""

from __future__ import annotations

import json
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from functools import lru_cache
from typing import Any

from culture_lint.frozen import frozen
from culture_lint.sources.items import Role
from culture_lint.sources.names import LONGEST_NAME, Reading, key, readings
from culture_lint.sources.names import words as words_of

#: The roles of a column: those of a segment, and those that describe the row.
ROW_ROLES = ("id", "variant", "language", "market", "currency", "ignore")
#: The column of suppressions, in any format.
IGNORE_COLUMN = "culture_lint_ignore"
#: Any other column of this kind is one that an annotated sheet got from us, and is not read.
_OWN = "culture_lint_"
#: The roles that make a file a listing.
TEXT_ROLES = frozenset(
    {Role.TITLE, Role.SUBTITLE, Role.BULLET, Role.DESCRIPTION, Role.TAG, Role.ALT}
)

#: A cell that no column is named by: a number, a date.
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}")
_VALUE = re.compile(r"[\d.,:/ -]*\d[\d.,:/ -]*")

Matches = Callable[[str], bool]


@frozen
class Use:
    """What a column is for. ``rank`` orders the columns of one role, best first."""

    role: str
    rank: int = 0
    attribute: str | None = None


@frozen
class Schema:
    """The columns of one format, by the keys of `names.key`."""

    name: str
    signature: tuple[tuple[Matches, ...], ...] = ()
    uses: dict[str, Use] = field(default_factory=dict)
    patterns: tuple[tuple[Matches, Use], ...] = ()
    ignored: tuple[Matches, ...] = ()
    pairs: tuple[dict[str, Any], ...] = ()
    split: dict[str, str] = field(default_factory=dict)
    underscores: frozenset[str] = frozenset()
    named_lists: frozenset[str] = frozenset()
    comment: str | None = None
    role_from: tuple[str, dict[str, str | None]] | None = None

    def fits(self, keys: Iterable[str]) -> bool:
        """Tell whether every column of the signature is among ``keys``."""
        keys = list(keys)
        return all(
            any(matches(name) for matches in choice for name in keys) for choice in self.signature
        )

    def use(self, reading: Reading) -> Use | None:
        """Return what the column is for, None when this format does not say."""
        found = self.uses.get(reading.key)
        if found is None:
            found = next((use for matches, use in self.patterns if matches(reading.key)), None)
        return found


#: What is left when no format fits: the header words of every language.
GENERIC = Schema("listing with known column names")


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(
        pkgutil.get_data("culture_lint.sources", "data/schemas.json") or b"{}"
    )
    return data


def _matcher(pattern: str) -> Matches:
    """Return a test for keys; ``%`` in the pattern stands for anything."""
    spelt = key(pattern)
    if "%" not in spelt:
        return spelt.__eq__
    found = re.compile(".*".join(re.escape(part.strip()) for part in spelt.split("%")), re.DOTALL)
    return lambda name: found.fullmatch(name) is not None


@lru_cache(maxsize=1)
def schemas() -> tuple[Schema, ...]:
    """Return every known format."""
    return tuple(_schema(entry) for entry in _data()["platforms"])


def _schema(entry: dict[str, Any]) -> Schema:
    listed = [
        (name, Use(role, rank))
        for role, names in entry.get("roles", {}).items()
        for rank, name in enumerate(names)
    ]
    listed += [
        (name, Use("attribute", attribute=attribute))
        for attribute, names in entry.get("attributes", {}).items()
        for name in names
    ]
    listed += [(name, Use("attribute")) for name in entry.get("attribute columns", ())]
    listed += [(name, Use("attribute")) for name in entry.get("named lists", ())]
    origin = entry.get("role from")
    return Schema(
        name=entry["name"],
        signature=tuple(
            tuple(_matcher(name) for name in ([part] if isinstance(part, str) else part))
            for part in entry["signature"]
        ),
        uses={key(name): use for name, use in listed if "%" not in name},
        patterns=tuple((_matcher(name), use) for name, use in listed if "%" in name),
        ignored=tuple(_matcher(name) for name in entry.get("ignore", ())),
        pairs=tuple(entry.get("pairs", ())),
        split={key(name): sign for name, sign in entry.get("split", {}).items()},
        underscores=frozenset(key(name) for name in entry.get("underscores", ())),
        named_lists=frozenset(key(name) for name in entry.get("named lists", ())),
        comment=entry.get("comment"),
        role_from=(key(origin["column"]), origin["roles"]) if origin else None,
    )


@lru_cache(maxsize=1)
def _words() -> dict[str, Use]:
    """Return the header words of every language, by key."""
    words: dict[str, Use] = {}
    for role, languages in _data()["words"].items():
        every = [word for listed in languages.values() for word in listed]
        for rank, word in enumerate(every):
            words.setdefault(key(word), Use(role, rank))
    for word, attribute in _attribute_words().items():
        words.setdefault(word, Use("attribute", attribute=attribute))
    return words


@lru_cache(maxsize=1)
def _attribute_words() -> dict[str, str]:
    return {
        key(word): attribute
        for attribute, languages in _data()["attributes"].items()
        for listed in languages.values()
        for word in listed
    }


@lru_cache(maxsize=1)
def empty_words() -> frozenset[str]:
    """Return the words that stand for an empty cell, casefolded."""
    return frozenset(_data()["empty"])


#: No word for nothing is longer.
LONGEST_EMPTY_WORD = 16


def is_empty(cell: str) -> bool:
    """Tell whether a cell says nothing: blank, or ``None``, ``-``, ``Default Title`` ..."""
    cell = cell.strip()
    return not cell or (len(cell) <= LONGEST_EMPTY_WORD and cell.casefold() in empty_words())


def known_words(names: Iterable[str]) -> int:
    """Return how many of ``names`` are column names of a known kind."""
    words = _words()
    keys = [key(name) for name in names]
    return sum(
        1 for name in keys if name in words or any(name in known.uses for known in schemas())
    )


def attribute_name(name: str) -> str:
    """Return what an attribute describes, in English where known (``Farbe``: ``colour``)."""
    return _attribute_name(name.strip()[:LONGEST_NAME])


@lru_cache(maxsize=1024)
def _attribute_name(name: str) -> str:
    words = _attribute_words()
    if name[:2] in ("C:", "c:"):
        name = name[2:]
    human, _, field_ = name.partition("(product.metafields.")
    every = list(readings(human)) + ([Reading(key(field_.rstrip(")")))] if field_ else [])
    for reading in every:
        if reading.key in words:
            return words[reading.key]
    for part in words_of(human) + words_of(field_.rstrip(")")):
        if part in words:
            return words[part]
    for word, attribute in words.items():
        if len(word) > 1 and _WIDE.match(word) and word in key(human):
            return attribute
    return " ".join(human.split()).casefold() or "attribute"


def best_schema(names: Sequence[str]) -> tuple[float, Schema | None]:
    """Return the best format for these column names and its score, None when nothing fits.

    A format with a longer signature is the more specific and wins; header words alone score
    below every format.
    """
    keys = {reading.key for name in names if name.strip() for reading in readings(name)}
    best: tuple[float, Schema | None] = (0.0, None)
    for schema in schemas():
        if schema.fits(keys):
            known = sum(1 for name in keys if schema.use(Reading(name)))
            score = 100.0 * len(schema.signature) + known
            if score > best[0]:
                best = (score, schema)
    if best[1] is not None:
        return best
    if any(len(name) < 40 and _VALUE.fullmatch(name.strip()) for name in names):
        return best
    uses = [use for name in names if (use := generic_use(name)) is not None]
    texts = sum(1 for use, _ in uses if use.role in TEXT_ROLES)
    return (10.0 * texts + len(uses), GENERIC) if texts else best


def generic_use(name: str) -> tuple[Use, Reading] | None:
    """Return what a column's name says by itself, in any language."""
    if not name.strip():
        return None
    words = _words()
    for reading in readings(name):
        use = words.get(reading.key)
        if use is not None:
            return use, reading
    return None


def is_own(name: str) -> bool:
    """Tell whether a column is one that we have added to a sheet, findings of ours in it."""
    name = name.strip().lower()
    return name.startswith(_OWN) and key(name) != key(IGNORE_COLUMN)


def find_use(schema: Schema, name: str) -> tuple[Use, Reading] | None:
    """Return what a column is for in a file of this format; None: it is not read."""
    every = list(readings(name)) if name.strip() else []
    if every and every[0].key == key(IGNORE_COLUMN):
        return Use("ignore"), every[0]
    for reading in every:
        use = schema.use(reading)
        if use is not None:
            return use, reading
    if any(matches(reading.key) for reading in every for matches in schema.ignored):
        return None
    found = generic_use(name)
    taken = {use.role for use in schema.uses.values()}
    if found and found[0].role in ("title", "subtitle", *ROW_ROLES) and found[0].role in taken:
        return None
    return found


def pair_columns(schema: Schema, names: Sequence[str]) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Yield (column of the option's name, column of its value, how to read it)."""
    numbers = [re.findall(r"\d+", name) for name in names]
    keys = [key(name) if name.strip() else "" for name in names]
    for pair in schema.pairs:
        wanted, values = key(pair["name"]), key(pair["value"])
        places = {tuple(numbers[at]): at for at, name in enumerate(keys) if name == wanted}
        for at, name in enumerate(keys):
            if name == values:
                number = tuple(numbers[at])
                owner = places.get(number, places.get((), -1))
                if owner >= 0:
                    yield owner, at, pair
