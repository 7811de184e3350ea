"""Compile rulesets into what linting needs: one automaton, and tables it points into.

The result is plain data (tuples, strings, numbers), so that it can be cached, memory-mapped or
sent to another process; `runtime.Knowledge` is the view that the rest of the program reads.
"""

from __future__ import annotations

import dataclasses
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate
from operator import attrgetter
from typing import Any

from culture_lint.knowledge.forms import (
    Inflections,
    NumberTemplates,
    Spelling,
    Variants,
    number_forms,
    primary_language,
    spell,
    spelled_exactly,
)
from culture_lint.knowledge.load import Library
from culture_lint.knowledge.model import Form, PersonaType, Reading, Signifier
from culture_lint.knowledge.packed import Plain, pack, pack_rows
from culture_lint.knowledge.resolve import Resolved, markets, platforms, resolve
from culture_lint.knowledge.runtime import (
    CUE,
    DISGUISED,
    DISGUISED_LEAST,
    EXACT,
    FORM,
    LOOKALIKE,
    Entry,
    ExactRow,
    to_plain,
)
from culture_lint.knowledge.scales import Polarity, RelationKind

#: From a folded form, its language and how it may be compounded to the patterns it is scanned for:
#: each with what of the form precedes it, and whether the text has to be compared.
Shape = Callable[[str, str, str], Iterable[tuple[str, int, bool]]]

_ENTRY = attrgetter(*[one.name for one in dataclasses.fields(Entry)])
#: A language counts as examined in a market when at least this share of the market's readings
#: have forms in it; below, a clean result would only mean that nobody looked.
EXAMINED_SHARE = 0.1


def compile_library(
    library: Library,
    spelling_facts: tuple[Inflections, NumberTemplates, Variants],
    fold: Any,
    say: Callable[[str, str], Sequence[str]],
    shape: Shape,
) -> Plain:
    """Compile a loaded library into plain data.

    Args:
        library: Valid rulesets.
        spelling_facts: Inflections for the library's words, the number templates, and the
            function that gives other spellings of a form.
        fold: The folding of `culture_lint.language.normalise`, text to text.
        say: How readers of a language say a word (`culture_lint.language.phonetics.sounds`).
        shape: How a folded form is scanned for (`culture_lint.language.edges.patterns`).
    """
    spelling = Spelling(fold, *spelling_facts)
    signifiers = sorted(library.signifiers.values(), key=lambda one: one.id)
    personas = sorted(library.personas.values(), key=lambda one: one.id)
    resolved = [resolve(library, scope) for scope in markets(library)]
    networks = [resolve(library, scope) for scope in platforms(library)]
    readings, scopes = _collect_readings([*resolved, *networks])
    entries, patterns, exact = _collect_patterns(signifiers, personas, spelling, shape)
    index = {one.id: number for number, one in enumerate(signifiers)}
    from daachorse import DoubleArrayAhoCorasick

    texts = sorted(patterns)
    automaton = DoubleArrayAhoCorasick([text.encode() for text in texts]).serialize()
    reach = _reach(readings, signifiers, index)
    spoken = {
        one.id: frozenset(primary_language(form.language) for form in one.forms) - {"*"}
        for one in signifiers
    }
    starts = [0, *accumulate(len(patterns[text]) for text in texts)]
    return {
        "automaton": automaton,
        "pattern_starts": array("I", starts).tobytes(),
        "pattern_entries": array("I", [n for text in texts for n in patterns[text]]).tobytes(),
        "exact": pack_rows(exact),
        "entries": pack_rows(map(_ENTRY, entries)),
        "signifiers": [(one.id, one.kind, one.conveys, one.gloss) for one in signifiers],
        "spoken": pack(_spoken(signifiers, reach, readings, resolved, say)),
        "sayings": pack_rows(_sayings(one) for one in signifiers),
        "descendants": _descendants(signifiers, index),
        "reach": reach,
        "disguisable": pack(_disguisable(texts, patterns, entries, _evaded(readings, reach))),
        "personas": [(one.id, one.name, one.definition) for one in personas],
        "cues": pack_rows(one.cues for one in personas),
        "readings": pack_rows(to_plain(reading) for reading in readings),
        "markets": {one.id: _market(one, scopes[one.id], readings, spoken) for one in resolved},
        "platforms": {one.id: (one.name, tuple(scopes[one.id])) for one in networks},
    }


def _collect_readings(resolved: Sequence[Resolved]) -> tuple[list[Reading], dict[str, list[int]]]:
    """Number every distinct effective reading; an overridden copy is one of its own."""
    numbers: dict[Reading, int] = {}
    scopes: dict[str, list[int]] = {}
    for one in resolved:
        scopes[one.id] = [numbers.setdefault(reading, len(numbers)) for reading in one.readings]
    return list(numbers), scopes


def _collect_patterns(
    signifiers: Sequence[Signifier],
    personas: Sequence[PersonaType],
    spelling: Spelling,
    shape: Shape,
) -> tuple[list[Entry], dict[str, list[int]], list[ExactRow]]:
    """Return all entries, the numbers of those behind each pattern, and the exact spellings.

    A number with the bit `EXACT` set is that of an exact spelling instead.
    """
    entries: list[Entry] = []
    patterns: dict[str, list[int]] = {}
    exact: list[ExactRow] = []

    def add(entry: Entry, texts: Iterable[str]) -> None:
        number = len(entries)
        entries.append(entry)
        for text in texts:
            for shadow, lead, is_exact in shape(text, entry.language, entry.compound):
                if is_exact:
                    exact.append((text, lead, number))
                found = len(exact) - 1 | EXACT if is_exact else number
                patterns.setdefault(shadow, []).append(found)

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
    return entries, patterns, exact


def _entry(kind: int, target: int, form: Form) -> Entry:
    return Entry(
        kind,
        target,
        primary_language(form.language),
        spelled_exactly(form) if kind != CUE else "",
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


def _spoken(
    signifiers: Sequence[Signifier],
    reach: Sequence[Sequence[tuple[int, tuple[str, ...]]]],
    readings: Sequence[Reading],
    homes: Iterable[Resolved],
    say: Callable[[str, str], Sequence[str]],
) -> dict[str, list[tuple[str, tuple[str, ...], int, bool]]]:
    """By language of the reader, the words that a name should not sound like.

    Each word with its sounds, the number of its sign, and whether it is a name kept as others
    spell it, which belongs to no language.
    """
    readers = sorted({language for home in homes for language in home.languages})
    said: dict[str, list[tuple[str, tuple[str, ...], int, bool]]] = {}
    for word, tongue, number in _words_in_names(signifiers, reach, readings):
        for reader in readers if tongue == "*" else (tongue,):
            sounds = tuple(say(word, reader))
            if sounds:
                said.setdefault(reader, []).append((word, sounds, number, tongue == "*"))
    return said


def _words_in_names(
    signifiers: Sequence[Signifier],
    reach: Sequence[Sequence[tuple[int, tuple[str, ...]]]],
    readings: Sequence[Reading],
) -> list[tuple[str, str, int]]:
    """Single words that a name should not sound like: word, language, number of the sign."""
    found: dict[tuple[str, str, int], None] = {}
    for number, signifier in enumerate(signifiers):
        categories = {readings[one].category for one, via in reach[number] if not via}
        if "profanity" not in categories and not (
            signifier.kind == "name" and categories <= {"naming"}
        ):
            continue
        spoken = {primary_language(form.language) for form in signifier.forms} - {"*", "en"}
        for form in signifier.forms:
            if form.usage or " " in form.text:
                continue
            language = primary_language(form.language)
            # Beside the forms of one language only, "English" ones are that language romanised.
            if language == "en" and len(spoken) == 1:
                (language,) = spoken
            found.setdefault((form.text.lower(), language, number))
    return list(found)


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


def _evaded(
    readings: Sequence[Reading], reach: Sequence[Sequence[tuple[int, tuple[str, ...]]]]
) -> frozenset[int]:
    """Return the numbers of the signs that are vulgar, hateful or extremist somewhere."""
    return frozenset(
        sign
        for sign, reached in enumerate(reach)
        if any(
            not via
            and readings[number].category in DISGUISED
            and readings[number].polarity in (Polarity.TABOO, Polarity.NEGATIVE)
            for number, via in reached
        )
    )


def _disguisable(
    texts: Sequence[str],
    patterns: Mapping[str, Sequence[int]],
    entries: Sequence[Entry],
    evaded: frozenset[int],
) -> list[tuple[str, int]]:
    """Return the single words among the patterns that stand for one of some signs."""
    return [
        (text.strip(), number)
        for number, text in enumerate(texts)
        if len(text.strip()) >= DISGUISED_LEAST
        and text.strip().isalpha()
        and any(
            one < EXACT
            and entries[one].kind == FORM
            and not entries[one].case
            and entries[one].target in evaded
            for one in patterns[text]
        )
    ]


def _market(
    one: Resolved,
    numbers: Sequence[int],
    readings: Sequence[Reading],
    spoken: Mapping[str, frozenset[str]],
) -> Plain:
    clashes = [
        readings[number]
        for number in numbers
        if readings[number].signifiers and readings[number].polarity is not Polarity.POSITIVE
    ]
    counts: dict[str, int] = {}
    for reading in clashes:
        known = (spoken.get(name, ()) for name in reading.signifiers)
        for language in sorted(frozenset[str]().union(*known)):
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
