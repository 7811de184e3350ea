"""Compiled rulesets as the rest of the program sees them: a view over plain data.

Nothing here loads or compiles; parts are built when they are first asked for, because most runs
need few of them.
"""

from __future__ import annotations

import dataclasses
from array import array
from collections.abc import Mapping, Sequence
from enum import Enum
from functools import cached_property
from typing import Any, NamedTuple

from culture_lint.knowledge.model import (
    Alternative,
    Company,
    Evidence,
    Example,
    Limit,
    Reading,
    SourceRef,
)
from culture_lint.knowledge.packed import Plain, Rows, unpack
from culture_lint.knowledge.scales import Polarity, RelationKind, Severity, Usage

FORM, LOOKALIKE, CUE = 0, 1, 2

#: Categories whose forms people disguise (sh1t), and the shortest such form.
DISGUISED = frozenset({"profanity", "discrimination", "history"})
DISGUISED_LEAST = 4

#: Marks the number of an exact spelling among the numbers of a pattern's entries.
EXACT = 1 << 31
#: An exact spelling: the folded form, how many of its characters precede the pattern, its entry.
ExactRow = tuple[str, int, int]


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """What one pattern stands for: a form, a look-alike or a persona cue.

    ``target`` indexes the signifiers (the personas for a cue); ``case`` is the exact spelling
    where letter case (or, in Turkish, a point) counts; ``strong`` is for cues.
    """

    kind: int
    target: int
    language: str
    case: str
    usage: str
    strong: bool
    compound: str


# -- plain data and back ---------------------------------------------------------------------


def to_plain(value: Any) -> Any:
    """Turn frozen dataclasses and enums into tuples and strings, recursively."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return tuple(to_plain(getattr(value, f.name)) for f in dataclasses.fields(value))
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return tuple(to_plain(part) for part in value)
    return value


def _usages(values: Sequence[str]) -> tuple[Usage, ...]:
    return tuple(Usage(value) for value in values)


def _company(plain: Any) -> Company | None:
    return Company(*plain) if plain is not None else None


def _evidence(plain: Any) -> Evidence:
    kind, verified, sources = plain
    return Evidence(kind, verified, tuple(SourceRef(*source) for source in sources))


def _limit(plain: Any) -> Limit | None:
    return Limit(*plain) if plain is not None else None


_DECODE: dict[str, Any] = {
    "limit": _limit,
    "through": lambda values: tuple(RelationKind(value) for value in values),
    "usage_any": _usages,
    "usage_none": _usages,
    "with_": _company,
    "without": _company,
    "polarity": Polarity,
    "severity": Severity,
    "instead": lambda values: tuple(Alternative(*value) for value in values),
    "evidence": _evidence,
    "flag": lambda values: tuple(Example(*value) for value in values),
    "passes": lambda values: tuple(Example(*value) for value in values),
}


def reading_from_plain(plain: Sequence[Any]) -> Reading:
    """Rebuild a reading from `to_plain`'s form."""
    names = [f.name for f in dataclasses.fields(Reading)]
    return Reading(
        **{
            name: _DECODE[name](value) if name in _DECODE else value
            for name, value in zip(names, plain, strict=True)
        }
    )


def _numbers(data: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(data)
    return numbers


# -- the view ---------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True)
class Market:
    """A market or community as compiled: what is examined there and by which readings."""

    id: str
    name: str
    chain: tuple[str, ...]
    languages: tuple[str, ...]
    also_read: tuple[str, ...]
    readings: tuple[int, ...]
    forms: Mapping[str, int] = dataclasses.field(hash=False, compare=False)
    examined: frozenset[str]
    reviewed: str


class Platform(NamedTuple):
    """A marketplace or network as compiled: its readings hold beside those of any market."""

    id: str
    name: str
    readings: tuple[int, ...]


class Knowledge:
    """Read-only view of compiled rulesets; parts are built when first asked for."""

    def __init__(self, plain: Plain, digest: str) -> None:
        self._plain = plain
        #: Hash of every ruleset file that went in.
        self.digest = digest
        self._readings: dict[int, Reading] = {}
        self._entries: dict[int, Entry] = {}

    @property
    def plain(self) -> Plain:
        """The compiled form itself, to be kept or sent."""
        return self._plain

    @cached_property
    def automaton(self) -> Any:
        """The matcher, over UTF-8 bytes of folded text."""
        from daachorse import DoubleArrayAhoCorasick

        return DoubleArrayAhoCorasick.deserialize(bytes(self._plain["automaton"]))

    @cached_property
    def _pattern_starts(self) -> array[int]:
        return _numbers(self._plain["pattern_starts"])

    @cached_property
    def _pattern_entries(self) -> array[int]:
        return _numbers(self._plain["pattern_entries"])

    def pattern_entries(self, pattern: int) -> Sequence[int]:
        """Return the numbers of what a pattern of the automaton stands for.

        Entries, or with the bit `EXACT` spellings that the text has to be compared with.
        """
        starts = self._pattern_starts
        return self._pattern_entries[starts[pattern] : starts[pattern + 1]]

    def entry(self, number: int) -> Entry:
        """Return a form, look-alike or cue; the same object every time."""
        found = self._entries.get(number)
        if found is None:
            found = self._entries[number] = Entry(*self._entry_rows[number])
        return found

    def exact(self, number: int) -> ExactRow:
        """Return the exact spelling of a number out of `pattern_entries` that has the bit `EXACT`."""
        row: ExactRow = self._exact_rows[number & ~EXACT]
        return row

    @property
    def size(self) -> tuple[int, int]:
        """Return how many forms and how many patterns there are."""
        return len(self._entry_rows), len(self._pattern_starts) - 1

    @cached_property
    def _entry_rows(self) -> Rows:
        return Rows(self._plain["entries"])

    @cached_property
    def _exact_rows(self) -> Rows:
        return Rows(self._plain["exact"])

    @cached_property
    def _reading_rows(self) -> Rows:
        return Rows(self._plain["readings"])

    @cached_property
    def _saying_rows(self) -> Rows:
        return Rows(self._plain["sayings"])

    @cached_property
    def _spoken(self) -> Any:
        return unpack(self._plain["spoken"])

    def signifier(self, number: int) -> str:
        """Return a sign's id."""
        name: str = self._plain["signifiers"][number][0]
        return name

    @cached_property
    def signifier_numbers(self) -> dict[str, int]:
        """Numbers of the signs by id."""
        return {plain[0]: number for number, plain in enumerate(self._plain["signifiers"])}

    def kind(self, number: int) -> str:
        """Return a sign's kind, such as ``animal``."""
        kind: str = self._plain["signifiers"][number][1]
        return kind

    def conveys(self, number: int) -> tuple[str, ...]:
        """Return the signifieds that sellers usually mean by a sign."""
        found: tuple[str, ...] = self._plain["signifiers"][number][2]
        return found

    def gloss(self, number: int) -> str:
        """Return the one line that says what a sign is, empty where its file gives none."""
        gloss: str = self._plain["signifiers"][number][3]
        return gloss

    def spoken(self, language: str) -> Sequence[tuple[str, tuple[str, ...], int, bool]]:
        """Return the words that no name should sound like to readers of a language.

        Each as the word, its sounds in IPA, the number of its sign, and whether it is itself a
        name, which belongs to no language.
        """
        found: Sequence[tuple[str, tuple[str, ...], int, bool]]
        found = self._spoken.get(language, ())
        return found

    def sayings(self, number: int) -> Mapping[str, str]:
        """Return the first form of a sign in each language."""
        return dict(self._saying_rows[number])

    def family(self, signifier: str) -> tuple[int, ...]:
        """Return the numbers of a sign and of every kind of it."""
        found: tuple[int, ...] = self._plain["descendants"].get(signifier, ())
        return found

    @cached_property
    def disguisable(self) -> dict[str, int]:
        """Pattern numbers by spelling: the forms that people write to look different."""
        return dict(unpack(self._plain["disguisable"]))

    def reach(self, number: int) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """Return the readings that a sign comes under, each with its path (empty: direct)."""
        found: tuple[tuple[int, tuple[str, ...]], ...] = self._plain["reach"][number]
        return found

    def persona(self, number: int) -> tuple[str, str, str]:
        """Return a persona's id, name and definition."""
        found: tuple[str, str, str] = self._plain["personas"][number]
        return found

    def cues(self, number: int) -> Sequence[tuple[str, str, bool]]:
        """Return the words that a persona is known by: each with its language, and if it is strong."""
        found: Sequence[tuple[str, str, bool]] = self._cue_rows[number]
        return found

    @cached_property
    def _cue_rows(self) -> Rows:
        return Rows(self._plain["cues"])

    @cached_property
    def persona_numbers(self) -> dict[str, int]:
        """Numbers of the personas by id."""
        return {plain[0]: number for number, plain in enumerate(self._plain["personas"])}

    def reading(self, number: int) -> Reading:
        """Return a reading; the same object every time."""
        found = self._readings.get(number)
        if found is None:
            found = self._readings[number] = reading_from_plain(self._reading_rows[number])
        return found

    def all_readings(self) -> list[Reading]:
        """Return every effective reading (an overridden one once per variant)."""
        return [self.reading(number) for number in range(len(self._reading_rows))]

    @cached_property
    def platforms(self) -> dict[str, Platform]:
        """Every platform, by id in sorted order."""
        return {
            name: Platform(name, *plain) for name, plain in sorted(self._plain["platforms"].items())
        }

    @cached_property
    def markets(self) -> dict[str, Market]:
        """Every market and community that can be checked, by id in sorted order."""
        return {
            name: Market(
                name,
                plain["name"],
                tuple(plain["chain"]),
                tuple(plain["languages"]),
                tuple(plain["also_read"]),
                tuple(plain["readings"]),
                plain["forms"],
                frozenset(plain["examined"]),
                plain["reviewed"],
            )
            for name, plain in sorted(self._plain["markets"].items())
        }
