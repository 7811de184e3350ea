"""Turn the hits of the scan into mentions: word boundaries, language, look-alikes, letter case."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from culture_lint.frozen import frozen
from culture_lint.knowledge.forms import POINTED, pointed
from culture_lint.knowledge.runtime import CUE, EXACT, LOOKALIKE, Entry, Knowledge
from culture_lint.knowledge.scales import Usage
from culture_lint.language.affixes import takes_affixes
from culture_lint.language.boundaries import stands_alone
from culture_lint.language.edges import Shadow, is_punctuated
from culture_lint.language.edges import shadow as shadow_of
from culture_lint.language.normalise import Folded, fold
from culture_lint.language.scripts import UNSPACED
from culture_lint.matching.codes import is_code
from culture_lint.matching.evasion import Disguises
from culture_lint.matching.mentions import NOTHING, Found, Mention
from culture_lint.matching.numerals import counts_nothing
from culture_lint.matching.scan import ALONE, DISGUISED, Hit, hits_in, part_of, raw_in
from culture_lint.matching.tongue import Tongue, language_of_path
from culture_lint.sources.items import Item, Role

#: Letters from which on a Turkish word in capitals is told without the points on its letters.
_UNPOINTED = 5


_DULL, _BRIGHT = 1, 2
# An enumeration looks its value up through a descriptor: asked of every hit, that is felt.
_BARE, _PRICE = Usage.BARE.value, Usage.PRICE.value


@frozen
class _Pattern:
    """What one pattern stands for.

    ``entries`` hold wherever the pattern is found, ``exact`` ones where the text is the form given,
    which begins so many characters before the pattern. ``leading`` and ``exact_leading`` are those
    of them that can lead to a finding; ``needs`` are the signs one of which must then stand in the
    same item, None where there is a way without. ``targets`` are the signs of all entries; ``leads`` tells
    that any can lead to a finding.
    """

    entries: tuple[Entry, ...]
    leading: tuple[Entry, ...]
    exact: tuple[tuple[str, int, Entry], ...]
    exact_leading: tuple[tuple[str, int, Entry], ...]
    needs: frozenset[int] | None
    targets: frozenset[int]
    compound: bool
    leads: bool


@frozen
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
        needs: For signs that count only in company, the numbers of the signs that can be it.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        wanted: Iterable[int],
        personas: Iterable[int],
        detector: str,
        declared: str | None = None,
        hints: frozenset[str] = frozenset(),
        needs: Mapping[int, frozenset[int]] | None = None,
    ) -> None:
        self._declared = declared
        self._hints = hints
        self._knowledge = knowledge
        self._automaton = knowledge.automaton
        self._disguises = Disguises(knowledge.disguisable)
        self._wanted = frozenset(wanted)
        self._personas = frozenset(personas)
        self._needs = needs or {}
        self._detector = detector
        self._known: dict[int, _Pattern] = {}
        # What is known of each pattern: nothing yet, or whether it can lead to a finding.
        self._bright = bytearray(knowledge.size[1])

    def _pattern(self, number: int) -> _Pattern:
        """Return what a pattern stands for, worked out when it is first hit."""
        found = self._known.get(number)
        if found is None:
            found = self._known[number] = self._worked_out(number)
        return found

    def _worked_out(self, number: int) -> _Pattern:
        knowledge = self._knowledge
        entries: list[Entry] = []
        exact: list[tuple[str, int, Entry]] = []
        for one in knowledge.pattern_entries(number):
            if one & EXACT:
                text, lead, entry = knowledge.exact(one)
                exact.append((text, lead, knowledge.entry(entry)))
            else:
                entries.append(knowledge.entry(one))
        every = [*entries, *(entry for _, _, entry in exact)]
        leading = [entry for entry in every if self._leads(entry)]
        needs = [() if one.kind == CUE else self._needs.get(one.target, ()) for one in leading]
        return _Pattern(
            tuple(entries),
            tuple(entry for entry in entries if self._leads(entry)),
            tuple(exact),
            tuple(one for one in exact if self._leads(one[2])),
            frozenset(chain(*needs)) if needs and all(needs) else None,
            frozenset(entry.target for entry in every if entry.kind != CUE),
            any(entry.compound or takes_affixes(entry.language) for entry in every),
            bool(leading),
        )

    def _leads(self, entry: Entry) -> bool:
        if entry.kind == CUE:
            return entry.target in self._personas
        return entry.kind != LOOKALIKE and entry.target in self._wanted

    def find(self, items: Sequence[Item]) -> Iterator[tuple[Found, Tongue]]:
        """Yield, for each item in order, what was found in it and what language it is in."""
        folded: list[Folded] = []
        sources: list[str | None] = []
        firsts = [0]
        for item in items:
            for segment in item.segments:
                one = fold(segment.text)
                folded.append(one)
                sources.append(segment.text if one.offsets is None else None)
            firsts.append(len(folded))
        shadow = shadow_of([one.text for one in folded], sources)
        hits = self._hits(folded, firsts, shadow)
        for number, item in enumerate(items):
            declared = self._declared or language_of_path(item.path)
            tongue = Tongue(item, self._detector, declared, self._hints)
            own = hits.get(number)
            if own is None:
                yield NOTHING, tongue
                continue
            first, last = firsts[number], firsts[number + 1]
            yield _View(self, item, folded[first:last], own, first, tongue).found(), tongue

    def _hits(
        self, folded: Sequence[Folded], firsts: Sequence[int], shadow: Shadow
    ) -> dict[int, list[Hit]]:
        """Return the hits of those items, by number, in which one can lead to a finding.

        Most hits, and most items, are dropped by a look at one byte for each.
        """
        raw = self._automaton.find_overlapping(shadow.text)
        bright = self._bright
        told = [hit for hit in raw if bright[hit[2]] != _DULL]
        disguised: dict[int, list[Hit]] = {}
        for hit in self._disguises.find(folded, shadow.plain):
            disguised.setdefault(bisect_right(firsts, hit[0]) - 1, []).append(hit)
        wanted = set(disguised)
        for start, _, pattern in told:
            if not bright[pattern]:
                bright[pattern] = _BRIGHT if self._pattern(pattern).leads else _DULL
                if bright[pattern] == _DULL:
                    continue
            wanted.add(bisect_right(firsts, shadow.owners[part_of(shadow, start)]) - 1)
        if not wanted:
            return {}
        again: dict[int, list[int]] = {}
        for part in range(len(folded), len(shadow.owners)):
            again.setdefault(bisect_right(firsts, shadow.owners[part]) - 1, []).append(part)
        found: dict[int, list[Hit]] = {}
        for number in wanted:
            parts = (*range(firsts[number], firsts[number + 1]), *again.get(number, ()))
            apart = disguised.get(number, [])
            patterns = [one[2] for part in parts for one in raw_in(raw, shadow, part)]
            if self._may_lead([*patterns, *(hit[3] for hit in apart)]):
                hits = chain(*(hits_in(raw, shadow, folded, part) for part in parts), apart)
                found[number] = list(dict.fromkeys(hits))
        return found

    def _may_lead(self, patterns: Sequence[int]) -> bool:
        """Tell cheaply that nothing in an item can lead to a finding: the fate of most."""
        known = [self._pattern(number) for number in patterns]
        leading = [one for one in known if one.leads]
        if any(one.needs is None for one in leading):
            return True
        if not leading:
            return False
        present = frozenset().union(*(one.targets for one in known))
        return any(one.needs is not None and not one.needs.isdisjoint(present) for one in leading)


class _View:
    """The hits in one item, verified as far as somebody asks."""

    def __init__(
        self,
        matcher: Matcher,
        item: Item,
        parts: Sequence[Folded],
        hits: Sequence[Hit],
        first: int,
        tongue: Tongue,
    ) -> None:
        self._matcher = matcher
        self._item = item
        self._parts = parts
        self._hits = hits
        self._first = first
        self._tongue = tongue
        self._lookalikes: dict[tuple[int, int], list[tuple[int, int]]] | None = None
        self._everything: list[_Hit] | None = None

    def found(self) -> Found:
        """Return what leads to findings; everything else is verified when it is asked for."""
        matcher = self._matcher
        known = [(hit, matcher._pattern(hit[3])) for hit in self._hits]
        present = frozenset().union(*(one.targets for _, one in known))
        forms = [
            found
            for hit, one in known
            if one.leads and (one.needs is None or not one.needs.isdisjoint(present))
            for found in self._standing(hit, one.leading, one.exact_leading, one.compound)
        ]
        if not forms:
            return NOTHING
        mentions = self._mentions(forms)
        return Found(
            tuple(one for one in mentions if not one.cue),
            tuple(one for one in mentions if one.cue),
            self._company,
        )

    def _company(self) -> tuple[Mention, ...]:
        """Return every sign in the item, whether any market reads it or not."""
        forms = [hit for hit in self._all_forms() if hit.entry.kind != CUE]
        return tuple(self._mentions(forms))

    def _all_forms(self) -> list[_Hit]:
        """Return every hit that stands where it was found, look-alikes aside."""
        if self._everything is None:
            self._everything = []
            lookalikes: dict[tuple[int, int], list[tuple[int, int]]] = {}
            for hit in self._hits:
                one = self._matcher._pattern(hit[3])
                for found in self._standing(hit, one.entries, one.exact, one.compound):
                    if found.entry.kind == LOOKALIKE:
                        key = (found.segment, found.entry.target)
                        lookalikes.setdefault(key, []).append((found.start, found.end))
                    else:
                        self._everything.append(found)
            self._lookalikes = lookalikes
        return self._everything

    def _looked_alike(
        self, targets: frozenset[int]
    ) -> dict[tuple[int, int], list[tuple[int, int]]]:
        """Return where look-alikes of some signs stand, by segment and sign."""
        if self._lookalikes is not None:
            return self._lookalikes
        found: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for hit in self._hits:
            one = self._matcher._pattern(hit[3])
            if one.targets.isdisjoint(targets):
                continue
            entries = [entry for entry in one.entries if entry.kind == LOOKALIKE]
            exact = [row for row in one.exact if row[2].kind == LOOKALIKE]
            for like in self._standing(hit, entries, exact, one.compound):
                key = (like.segment, like.entry.target)
                found.setdefault(key, []).append((like.start, like.end))
        return found

    def _mentions(self, forms: Sequence[_Hit]) -> list[Mention]:
        tongue, parts = self._tongue, self._parts
        lookalikes = self._looked_alike(
            frozenset(hit.entry.target for hit in forms if hit.entry.kind != CUE)
        )
        kept = [
            hit
            for hit in forms
            if not (lookalikes and _covered(hit, lookalikes))
            and not self._is_syllable(hit)
            and tongue.admits(hit.segment, hit.entry.language, _phrase(parts, hit))
            and not is_code(self._item.segments[hit.segment].text, *_place(parts, hit))
        ]
        return _longest(self._mention(self._item, parts, hit) for hit in kept)

    def _is_syllable(self, hit: _Hit) -> bool:
        """Tell whether a single character is part of a longer form: 人 in 坦克人 is no word."""
        if hit.end - hit.start > 1 or hit.entry.language not in UNSPACED:
            return False
        return any(
            other.segment == hit.segment
            and other.entry.language in UNSPACED
            and other.end - other.start > 1
            and other.start <= hit.start
            and hit.end <= other.end
            for other in self._all_forms()
        )

    def _standing(
        self,
        hit: Hit,
        entries: Sequence[Entry],
        exact: Sequence[tuple[str, int, Entry]],
        compound: bool,
    ) -> list[_Hit]:
        """Return those of some entries of a hit that hold where it stands."""
        start, end, edges = hit[1], hit[2], hit[4]
        free = edges == ALONE
        segment = hit[0] - self._first
        text = self._parts[segment].text
        found: list[_Hit] = []
        # The scan takes every kind of punctuation for a blank.
        if entries and (
            edges == DISGUISED or text[start:end].isalnum() or not is_punctuated(text[start:end])
        ):
            found = [
                _Hit(segment, start, end, entry)
                for entry in entries
                if self._stands(segment, start, end, entry, compound, free)
            ]
        for form, lead, entry in exact:
            first = start - lead
            if first >= 0 and text.startswith(form, first):
                last = first + len(form)
                if self._stands(segment, first, last, entry, compound, free and not lead):
                    found.append(_Hit(segment, first, last, entry))
        return found

    def _stands(
        self, segment: int, start: int, end: int, entry: Entry, compound: bool, free: bool
    ) -> bool:
        part = self._parts[segment]
        source = self._item.segments[segment].text
        original = source if part.offsets is None else None
        if not compound and not free and _inside_word(part.text, start, end, original):
            return False
        if entry.language in UNSPACED and not self._tongue.admits(
            segment, entry.language, part.text[start:end]
        ):
            # Japanese text is full of Chinese forms: no dictionary is opened for those.
            return False
        # A look-alike is written out on purpose: where it begins and ends is not in doubt.
        given = entry.kind == LOOKALIKE and entry.language in UNSPACED
        language = "*" if given else entry.language
        if (
            not free
            and not stands_alone(part.text, start, end, language, original)
            and not _in_compound(part.text, start, end, entry.compound)
        ):
            return False
        if entry.case:
            first, last = part.original(start, end)
            if entry.case.startswith(POINTED):
                return _is_pointed(source[first:last], entry.case.removeprefix(POINTED))
            return source[first:last] == entry.case
        if entry.usage == _BARE:
            price = self._item.segments[segment].role is Role.PRICE
            return price or counts_nothing(part.text, start, end)
        return True

    def _mention(self, item: Item, parts: Sequence[Folded], hit: _Hit) -> Mention:
        first, last = parts[hit.segment].original(hit.start, hit.end)
        entry, usage = hit.entry, hit.entry.usage
        if usage == _BARE and item.segments[hit.segment].role is Role.PRICE:
            usage = _PRICE
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
