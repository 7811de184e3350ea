"""Turn the hits of the scan into mentions: word boundaries, language, look-alikes, letter case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from culture_lint.knowledge.forms import POINTED, pointed
from culture_lint.knowledge.model import Usage
from culture_lint.knowledge.runtime import CUE, LOOKALIKE, Entry, Knowledge
from culture_lint.language.affixes import takes_affixes
from culture_lint.language.boundaries import stands_alone
from culture_lint.language.normalise import Folded, fold
from culture_lint.language.scripts import UNSPACED
from culture_lint.matching.codes import is_code
from culture_lint.matching.evasion import Disguises
from culture_lint.matching.mentions import NOTHING, Found, Mention
from culture_lint.matching.numerals import counts_nothing
from culture_lint.matching.scan import scan
from culture_lint.matching.tongue import Tongue, language_of_path
from culture_lint.sources.items import Item, Role

#: Letters from which on a Turkish word in capitals is told without the points on its letters.
_UNPOINTED = 5


@dataclass(frozen=True, slots=True)
class _Pattern:
    """The entries of one pattern, and those of them that can lead to a finding."""

    entries: tuple[Entry, ...]
    leading: tuple[Entry, ...]
    compound: bool


@dataclass(frozen=True, slots=True)
class _Hit:
    segment: int
    start: int
    end: int
    entry: Entry


class Matcher:
    """Find the signs of one `Knowledge` in items.

    Args:
        knowledge: Compiled rulesets.
        wanted: Numbers of the signs that a requested market has a reading for.
        personas: Numbers of the personas that a requested market has a reading for.
        detector: Name of the language detector.
        declared: Language tag declared for the input, None for none.
        hints: Languages that undetermined text may be in.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        wanted: Iterable[int],
        personas: Iterable[int],
        detector: str,
        declared: str | None = None,
        hints: frozenset[str] = frozenset(),
    ) -> None:
        self._declared = declared
        self._hints = hints
        self._knowledge = knowledge
        self._automaton = knowledge.automaton
        self._disguises = Disguises(knowledge.disguisable)
        self._wanted = frozenset(wanted)
        self._personas = frozenset(personas)
        self._detector = detector
        self._known: dict[int, _Pattern] = {}

    def _pattern(self, number: int) -> _Pattern:
        """Return what a pattern stands for, worked out when it is first hit."""
        found = self._known.get(number)
        if found is None:
            entries = tuple(map(self._knowledge.entry, self._knowledge.pattern_entries(number)))
            found = self._known[number] = _Pattern(
                entries,
                tuple(entry for entry in entries if self._leads(entry)),
                any(entry.compound or takes_affixes(entry.language) for entry in entries),
            )
        return found

    def _leads(self, entry: Entry) -> bool:
        if entry.kind == CUE:
            return entry.target in self._personas
        return entry.kind != LOOKALIKE and entry.target in self._wanted

    def find(self, items: Sequence[Item]) -> Iterator[tuple[Found, Tongue]]:
        """Yield, for each item in order, what was found in it and what language it is in."""
        owners: list[int] = []
        folded: list[Folded] = []
        firsts: list[int] = []
        for number, item in enumerate(items):
            firsts.append(len(folded))
            for segment in item.segments:
                owners.append(number)
                folded.append(fold(segment.text))
        hits: dict[int, list[tuple[int, int, int, int]]] = {}
        seen = chain(scan(self._automaton, folded), self._disguises.find(folded))
        for segment_number, start, end, pattern in seen:
            owner = owners[segment_number]
            local = segment_number - firsts[owner]
            hits.setdefault(owner, []).append((local, start, end, pattern))
        for number, item in enumerate(items):
            declared = self._declared or language_of_path(item.path)
            tongue = Tongue(item, self._detector, declared, self._hints)
            found = hits.get(number)
            if found is None or not any(self._pattern(hit[3]).leading for hit in found):
                yield NOTHING, tongue
                continue
            first = firsts[number]
            parts = folded[first : first + len(item.segments)]
            yield self._verify(item, parts, found, tongue), tongue

    def _verify(
        self,
        item: Item,
        parts: Sequence[Folded],
        hits: Sequence[tuple[int, int, int, int]],
        tongue: Tongue,
    ) -> Found:
        # Only hits that can lead to a finding are looked at first: most items end here.
        if not any(
            self._pattern(hit[3]).leading and self._stand(item, parts, hit, tongue, leading=True)
            for hit in hits
        ):
            return NOTHING
        forms: list[_Hit] = []
        lookalikes: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for hit in hits:
            segment, start, end, _ = hit
            for entry in self._stand(item, parts, hit, tongue):
                if entry.kind == LOOKALIKE:
                    lookalikes.setdefault((segment, entry.target), []).append((start, end))
                else:
                    forms.append(_Hit(segment, start, end, entry))
        words = _ranges(forms)
        kept = [
            hit
            for hit in forms
            if not _covered(hit, lookalikes)
            and not _is_syllable(hit, words)
            and tongue.admits(hit.segment, hit.entry.language, _phrase(parts, hit))
            and not is_code(item.segments[hit.segment].text, *_place(parts, hit))
        ]
        mentions = _longest(self._mention(item, parts, hit) for hit in kept)
        return Found(
            tuple(one for one in mentions if not one.cue and one.target in self._wanted),
            tuple(one for one in mentions if not one.cue),
            tuple(one for one in mentions if one.cue and one.target in self._personas),
        )

    def _stand(
        self,
        item: Item,
        parts: Sequence[Folded],
        hit: tuple[int, int, int, int],
        tongue: Tongue,
        *,
        leading: bool = False,
    ) -> list[Entry]:
        """Return the entries of a hit that hold where it stands; only leading ones if asked."""
        segment, start, end, pattern = hit
        part = parts[segment]
        known = self._pattern(pattern)
        if not known.compound and _inside_word(
            part.text, start, end, None if part.offsets else item.segments[segment].text
        ):
            return []
        entries = known.leading if leading else known.entries
        return [
            entry
            for entry in entries
            if _may_be_spoken(tongue, hit, entry, part)
            and self._stands(item, segment, part, start, end, entry)
        ]

    def _stands(
        self, item: Item, segment: int, part: Folded, start: int, end: int, entry: Entry
    ) -> bool:
        source = item.segments[segment].text
        original = source if part.offsets is None else None
        # A look-alike is written out on purpose: where it begins and ends is not in doubt.
        given = entry.kind == LOOKALIKE and entry.language in UNSPACED
        language = "*" if given else entry.language
        if not stands_alone(part.text, start, end, language, original) and not _in_compound(
            part.text, start, end, entry.compound
        ):
            return False
        if entry.case:
            first, last = part.original(start, end)
            if entry.case.startswith(POINTED):
                return _is_pointed(source[first:last], entry.case.removeprefix(POINTED))
            return source[first:last] == entry.case
        if entry.usage == Usage.BARE.value:
            price = item.segments[segment].role is Role.PRICE
            return price or counts_nothing(part.text, start, end)
        return True

    def _mention(self, item: Item, parts: Sequence[Folded], hit: _Hit) -> Mention:
        first, last = parts[hit.segment].original(hit.start, hit.end)
        entry, usage = hit.entry, hit.entry.usage
        if usage == Usage.BARE.value and item.segments[hit.segment].role is Role.PRICE:
            usage = Usage.PRICE.value
        return Mention(
            hit.segment,
            first,
            last,
            entry.target,
            entry.language,
            usage,
            entry.kind == CUE,
            entry.strong,
        )


def _is_pointed(text: str, form: str) -> bool:
    """Tell whether text has its points where a Turkish form has them.

    Capitals typed without points (INDIRIM) count for longer words, which are no others.
    """
    return pointed(text) == form or (len(form) >= _UNPOINTED and text.lower() == form)


def _may_be_spoken(
    tongue: Tongue, hit: tuple[int, int, int, int], entry: Entry, part: Folded
) -> bool:
    """Tell whether the text may be in the form's language, where words are dear to tell apart.

    Japanese text is full of Chinese forms: no dictionary is opened for those.
    """
    if entry.language not in UNSPACED:
        return True
    segment, start, end, _ = hit
    return tongue.admits(segment, entry.language, part.text[start:end])


def _inside_word(text: str, start: int, end: int, original: str | None) -> bool:
    """Tell cheaply that an ASCII match is part of a longer ASCII word: the fate of most hits."""
    if start and text[start].isascii() and text[start].isalpha():
        before = text[start - 1]
        # A unit may stand right behind a number: 84m².
        if before.isascii() and before.isalpha() and not _parted(original, start):
            return True
    if end < len(text) and text[end - 1].isascii() and text[end - 1].isalpha():
        after = text[end]
        if after.isascii() and after.isalnum() and not _parted(original, end):
            return True
    return False


def _parted(original: str | None, at: int) -> bool:
    return original is not None and original[at].isupper() and original[at - 1].islower()


def _phrase(parts: Sequence[Folded], hit: _Hit) -> str:
    return parts[hit.segment].text[hit.start : hit.end]


def _place(parts: Sequence[Folded], hit: _Hit) -> tuple[int, int]:
    return parts[hit.segment].original(hit.start, hit.end)


def _ranges(hits: Iterable[_Hit]) -> dict[int, set[tuple[int, int]]]:
    """Return where the longer matches in scripts without blanks stand, by segment."""
    found: dict[int, set[tuple[int, int]]] = {}
    for hit in hits:
        if hit.entry.language in UNSPACED and hit.end - hit.start > 1:
            found.setdefault(hit.segment, set()).add((hit.start, hit.end))
    return found


def _is_syllable(hit: _Hit, words: dict[int, set[tuple[int, int]]]) -> bool:
    """Tell whether a single character is part of a longer form: 人 in 坦克人 is no word."""
    if hit.end - hit.start > 1 or hit.entry.language not in UNSPACED:
        return False
    ranges = words.get(hit.segment, ())
    return any(start <= hit.start and hit.end <= end for start, end in ranges)


def _covered(hit: _Hit, lookalikes: dict[tuple[int, int], list[tuple[int, int]]]) -> bool:
    if hit.entry.kind == CUE:
        return False
    around = lookalikes.get((hit.segment, hit.entry.target), ())
    return any(start <= hit.start and hit.end <= end for start, end in around)


#: No word is made of consonants alone: what precedes "wein" in "Schwein" is none.
_NO_WORD_BEFORE = re.compile(r"(?<!\w)[bcdfghjklmnpqrstvwxzß]{1,7}$")
_NO_WORD_AFTER = re.compile(r"[bcdfghjklmnpqrstvwxzß]{1,7}(?!\w)")


def _in_compound(text: str, start: int, end: int, compound: str) -> bool:
    """Tell whether the match is the head (last part) or modifier (first part) of a compound."""
    if not compound:
        return False
    left = start > 0 and text[start - 1].isalpha()
    right = end < len(text) and text[end].isalpha()
    if left and _NO_WORD_BEFORE.search(text[max(0, start - 8) : start]):
        return False
    if right and _NO_WORD_AFTER.match(text, end):
        return False
    if left and right:
        return compound == "any"
    return compound in ("any", "head" if left else "modifier")


def _longest(mentions: Iterable[Mention]) -> list[Mention]:
    """Of mentions of one sign that overlap, keep the longest; text order, no repeats."""
    kept: list[Mention] = []
    last: dict[tuple[int, int, bool], Mention] = {}
    for one in sorted(set(mentions), key=lambda m: (m.segment, m.start, -m.end, m)):
        key = (one.segment, one.target, one.cue)
        before = last.get(key)
        if before is not None and one.end <= before.end:
            continue
        last[key] = one
        kept.append(one)
    return kept
