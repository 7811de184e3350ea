"""Compile rulesets into what linting needs: one automaton, and tables it points into.

The result is plain data (tuples, strings, numbers), so that it can be cached, memory-mapped or
sent to another process; `Knowledge` is the view that the rest of the program reads it through.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from functools import cached_property
from typing import Any

from culture_lint.knowledge.forms import (
    Inflections,
    NumberTemplates,
    Spelling,
    number_forms,
    primary_language,
    spell,
)
from culture_lint.knowledge.load import Library
from culture_lint.knowledge.model import (
    Alternative,
    Company,
    Evidence,
    Example,
    Form,
    PersonaType,
    Polarity,
    Reading,
    RelationKind,
    Severity,
    Signifier,
    SourceRef,
    Usage,
)
from culture_lint.knowledge.resolve import Resolved, markets, resolve

#: Part of the cache key: raise it when the compiled form changes.
FORMAT = 6

#: A language counts as examined in a market when at least this share of the market's readings
#: have forms in it; below, a clean result would only mean that nobody looked.
EXAMINED_SHARE = 0.1

FORM, LOOKALIKE, CUE = 0, 1, 2

Plain = dict[str, Any]


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """What one pattern stands for: a form, a look-alike or a persona cue.

    ``target`` indexes the signifiers (the personas for a cue); ``case`` is the exact spelling
    where letter case counts; ``strong`` is for cues.
    """

    kind: int
    target: int
    language: str
    case: str
    usage: str
    strong: bool
    compound: str


def compile_library(
    library: Library,
    spelling_facts: tuple[Inflections, NumberTemplates],
    fold: Any,
) -> Plain:
    """Compile a loaded library into plain data.

    Args:
        library: Valid rulesets.
        spelling_facts: Inflections for the library's words, and the number templates.
        fold: The folding of `culture_lint.language.normalise`, text to text.
    """
    spelling = Spelling(fold, *spelling_facts)
    signifiers = sorted(library.signifiers.values(), key=lambda one: one.id)
    personas = sorted(library.personas.values(), key=lambda one: one.id)
    resolved = [resolve(library, scope) for scope in markets(library)]
    readings, scopes = _collect_readings(resolved)
    entries, patterns = _collect_patterns(signifiers, personas, spelling)
    index = {one.id: number for number, one in enumerate(signifiers)}
    from daachorse import DoubleArrayAhoCorasick

    texts = sorted(patterns)
    automaton = DoubleArrayAhoCorasick([text.encode() for text in texts]).serialize()
    return {
        "automaton": automaton,
        "patterns": [tuple(patterns[text]) for text in texts],
        "entries": [to_plain(entry) for entry in entries],
        "signifiers": [(one.id, one.kind, one.conveys, one.gloss) for one in signifiers],
        "sayings": [_sayings(one) for one in signifiers],
        "descendants": _descendants(signifiers, index),
        "reach": _reach(readings, signifiers, index),
        "personas": [(one.id, one.name, one.definition) for one in personas],
        "readings": [to_plain(reading) for reading in readings],
        "markets": {
            one.id: _market(one, scopes[one.id], readings, signifiers, index) for one in resolved
        },
    }


def _collect_readings(resolved: Sequence[Resolved]) -> tuple[list[Reading], dict[str, list[int]]]:
    """Number every distinct effective reading; an overridden copy is one of its own."""
    numbers: dict[Reading, int] = {}
    scopes: dict[str, list[int]] = {}
    for one in resolved:
        scopes[one.id] = [numbers.setdefault(reading, len(numbers)) for reading in one.readings]
    return list(numbers), scopes


def _collect_patterns(
    signifiers: Sequence[Signifier], personas: Sequence[PersonaType], spelling: Spelling
) -> tuple[list[Entry], dict[str, list[int]]]:
    entries: list[Entry] = []
    patterns: dict[str, list[int]] = {}

    def add(entry: Entry, texts: Iterable[str]) -> None:
        entries.append(entry)
        for text in texts:
            patterns.setdefault(text, []).append(len(entries) - 1)

    for number, signifier in enumerate(signifiers):
        own = (*signifier.forms, *number_forms(signifier, spelling.numbers))
        for kind, forms in ((FORM, own), (LOOKALIKE, signifier.lookalikes)):
            for form in forms:
                add(_entry(kind, number, form), spell(form, spelling))
    for number, persona in enumerate(personas):
        for cue, language, strong in persona.cues:
            form = Form(cue, language, exact=True)
            entry = dataclasses.replace(_entry(CUE, number, form), strong=strong)
            add(entry, spell(form, spelling))
    return entries, patterns


def _entry(kind: int, target: int, form: Form) -> Entry:
    return Entry(
        kind,
        target,
        primary_language(form.language),
        form.text if form.case else "",
        form.usage.value if form.usage else "",
        False,
        form.compound or "",
    )


def _sayings(signifier: Signifier) -> tuple[tuple[str, str], ...]:
    """The first form of each language: what an alternative would say for this sign."""
    found: dict[str, str] = {}
    for form in signifier.forms:
        if form.language != "*" and form.usage is None:
            found.setdefault(primary_language(form.language), form.text)
    return tuple(sorted(found.items()))


def _descendants(
    signifiers: Sequence[Signifier], index: Mapping[str, int]
) -> dict[str, tuple[int, ...]]:
    """For every sign, the numbers of itself and of all signs that are kinds of it."""
    children: dict[str, list[str]] = {}
    for one in signifiers:
        for relation, parent in one.relations:
            if relation is RelationKind.IS_A:
                children.setdefault(parent, []).append(one.id)
    found: dict[str, tuple[int, ...]] = {}
    for one in signifiers:
        seen, queue = {one.id}, [one.id]
        while queue:
            for child in children.get(queue.pop(), ()):
                if child not in seen:
                    seen.add(child)
                    queue.append(child)
        found[one.id] = tuple(sorted(index[name] for name in seen))
    return found


def _reach(
    readings: Sequence[Reading], signifiers: Sequence[Signifier], index: Mapping[str, int]
) -> list[tuple[tuple[int, tuple[str, ...]], ...]]:
    """For each sign, the readings that apply to it and the path through the network."""
    reversed_edges: dict[str, list[tuple[RelationKind, str]]] = {}
    for one in signifiers:
        for relation, parent in one.relations:
            reversed_edges.setdefault(parent, []).append((relation, one.id))
    reach: list[list[tuple[int, tuple[str, ...]]]] = [[] for _ in signifiers]
    for number, reading in enumerate(readings):
        allowed = {RelationKind.IS_A, *reading.through}
        paths: dict[str, tuple[str, ...]] = {name: (name,) for name in reading.signifiers}
        queue = list(paths)
        for name in queue:
            for relation, child in sorted(reversed_edges.get(name, ())):
                if relation in allowed and child not in paths:
                    paths[child] = (child, *paths[name])
                    queue.append(child)
        for name, path in paths.items():
            if name in index:
                reach[index[name]].append((number, path if len(path) > 1 else ()))
    return [tuple(found) for found in reach]


def _market(
    one: Resolved,
    numbers: Sequence[int],
    readings: Sequence[Reading],
    signifiers: Sequence[Signifier],
    index: Mapping[str, int],
) -> Plain:
    clashes = [
        readings[number]
        for number in numbers
        if readings[number].signifiers and readings[number].polarity is not Polarity.POSITIVE
    ]
    counts: dict[str, int] = {}
    for reading in clashes:
        spoken: set[str] = set()
        for name in reading.signifiers:
            if name in index:
                forms = signifiers[index[name]].forms
                spoken.update(primary_language(form.language) for form in forms)
        for language in spoken - {"*"}:
            counts[language] = counts.get(language, 0) + 1
    least = max(1.0, EXAMINED_SHARE * len(clashes))
    return {
        "name": one.name,
        "chain": one.chain,
        "languages": one.languages,
        "also_read": one.also_read,
        "readings": tuple(numbers),
        "forms": counts,
        "examined": tuple(sorted(lang for lang, count in counts.items() if count >= least)),
        "reviewed": max((reading.reviewed for reading in clashes), default=""),
    }


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


_DECODE: dict[str, Any] = {
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


class Knowledge:
    """Read-only view of compiled rulesets; parts are built when first asked for."""

    def __init__(self, plain: Plain, digest: str) -> None:
        self._plain = plain
        #: Hash of every ruleset file that went in.
        self.digest = digest
        self._readings: dict[int, Reading] = {}

    @cached_property
    def automaton(self) -> Any:
        """The matcher, over UTF-8 bytes of folded text."""
        from daachorse import DoubleArrayAhoCorasick

        return DoubleArrayAhoCorasick.deserialize(self._plain["automaton"])

    @property
    def patterns(self) -> Sequence[tuple[int, ...]]:
        """For each pattern of the automaton, the numbers of its entries."""
        found: Sequence[tuple[int, ...]] = self._plain["patterns"]
        return found

    @cached_property
    def entries(self) -> list[Entry]:
        """All forms, look-alikes and cues."""
        return [Entry(*entry) for entry in self._plain["entries"]]

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

    def sayings(self, number: int) -> Mapping[str, str]:
        """Return the first form of a sign in each language."""
        return dict(self._plain["sayings"][number])

    def family(self, signifier: str) -> tuple[int, ...]:
        """Return the numbers of a sign and of every kind of it."""
        found: tuple[int, ...] = self._plain["descendants"].get(signifier, ())
        return found

    def reach(self, number: int) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """Return the readings that a sign comes under, each with its path (empty: direct)."""
        found: tuple[tuple[int, tuple[str, ...]], ...] = self._plain["reach"][number]
        return found

    def persona(self, number: int) -> tuple[str, str, str]:
        """Return a persona's id, name and definition."""
        found: tuple[str, str, str] = self._plain["personas"][number]
        return found

    @cached_property
    def persona_numbers(self) -> dict[str, int]:
        """Numbers of the personas by id."""
        return {plain[0]: number for number, plain in enumerate(self._plain["personas"])}

    def reading(self, number: int) -> Reading:
        """Return a reading; the same object every time."""
        found = self._readings.get(number)
        if found is None:
            found = self._readings[number] = reading_from_plain(self._plain["readings"][number])
        return found

    def all_readings(self) -> list[Reading]:
        """Return every effective reading (an overridden one once per variant)."""
        return [self.reading(number) for number in range(len(self._plain["readings"]))]

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
