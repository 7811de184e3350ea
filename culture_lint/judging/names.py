"""Judge brand names by how they sound: a name may say something rude in a market's language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from culture_lint.judging.findings import Case, Finding
from culture_lint.judging.own import own_reading
from culture_lint.judging.readings import applies
from culture_lint.judging.registry import describes, judge
from culture_lint.knowledge.model import Evidence, Reading, SourceRef
from culture_lint.knowledge.runtime import Knowledge, Market
from culture_lint.knowledge.scales import Severity
from culture_lint.language.phonetics import Said, distance, is_english_word, skeleton, sounds
from culture_lint.sources.items import Role, Segment

SLUG = "name-sounds-like"
#: Letters that a name must have; shorter ones sound like something everywhere.
LEAST = 4
#: Words of a brand that are read as one: "La Puta", never a whole company's title.
JOINED = 2
#: Sounds a word must have to be heard in a name.
SOUNDS = 3
#: The same for names kept as others spell them, which a reader may say quite differently.
SPELLED = 5
#: Up to so many sounds an ordinary English word is heard as what it is.
SURE = 3
#: How far a name of that many sounds may lie from the word (see `phonetics.distance`).
REACH = {3: 0.13, 4: 0.13, 5: 0.25, 6: 0.5}
#: How far the first sounds may lie apart: people hear the start of a name best.
NEAR = 0.07
#: Languages in which a name with an -s is heard as the name itself.
_PLURALS = frozenset({"de", "en", "es", "fr", "nl", "pt"})

_TOKEN = re.compile(r"[^\W\d_]+(?:['’&][^\W\d_]+)*")
_MARKED = re.compile(r"([^\W\d_][\w'’-]*)\s?[™®]")

_OF_WORDS = frozenset({"naming", "profanity", "discrimination"})
_PRACTICE = Evidence(
    "practice",
    False,
    (
        SourceRef(
            "Vulgarities by language (Wiktionary)",
            "https://en.wiktionary.org/wiki/Category:Vulgarities_by_language",
            "",
            "2026-11-21",
        ),
    ),
)


class _Word(NamedTuple):
    said: Said
    word: str
    sign: int


class Heard(NamedTuple):
    """A word that a name sounds like, in the language of the reader."""

    word: str
    language: str
    sign: int
    distance: float


class _Clash(NamedTuple):
    start: int
    end: int
    sign: str
    by_market: tuple[tuple[str, Reading], ...]


@judge("names")
def judge_names(case: Case) -> Iterator[Finding]:
    """Yield a finding for every name and market in which it sounds like a word to avoid."""
    for number, segment in enumerate(case.item.segments):
        if not _has_names(segment):
            continue
        markets = tuple([market.id for market in case.plan.markets])
        for start, end, sign, by_market in _screened(
            segment.text, segment.role, markets, case.plan.knowledge
        ):
            known = _known(case, number, start, end)
            left = tuple(pair for pair in by_market if pair[0] not in known)
            if left:
                yield Finding(left[0][1].id, number, start, end, sign, (), left)


@lru_cache(maxsize=16384)
def _screened(
    text: str, role: Role, markets: tuple[str, ...], knowledge: Knowledge
) -> tuple[_Clash, ...]:
    """Work a field out once: catalogues repeat their brands."""
    found: list[_Clash] = []
    for start, end in _names(text, role):
        name = text[start:end]
        if sum(map(str.isalpha, name)) < LEAST and name.isascii():
            continue
        together: dict[tuple[str, str], tuple[str, list[tuple[str, Reading]]]] = {}
        for market in markets:
            home = knowledge.markets[market]
            heard = hear(name, home, knowledge)
            if heard is not None:
                owner = market.split("/", 1)[0]
                reading = _reading(
                    owner, heard.word, heard.language, _meaning(heard, home, knowledge)
                )
                _, pairs = together.setdefault(
                    (owner, heard.word), (knowledge.signifier(heard.sign), [])
                )
                pairs.append((market, reading))
        found.extend(_Clash(start, end, sign, tuple(pairs)) for sign, pairs in together.values())
    return tuple(found)


def hear(name: str, market: Market, knowledge: Knowledge) -> Heard | None:
    """Return the nearest of the words that a name should not sound like, None for none."""
    best: Heard | None = None
    sounds_in_best = 0
    for language in market.languages:
        for heard, sounds_in in _heard(name, language, knowledge):
            if (best is None or heard.distance < best.distance) and _counts(
                knowledge, heard.sign, market
            ):
                best, sounds_in_best = heard, sounds_in
    # Wish and Maniac are read as the words they are; a chance likeness says nothing.
    # What Chinese readers hear are syllables: three sounds are two thirds of a word.
    unsure = best is not None and (
        best.distance > 0.0 or (sounds_in_best <= SURE and best.language != "zh")
    )
    return None if unsure and is_english_word(name) else best


@lru_cache(maxsize=16384)
def _heard(name: str, language: str, knowledge: Knowledge) -> tuple[tuple[Heard, int], ...]:
    """What readers of a language hear in a name, in any market, with each word's sounds counted."""
    words = _index(knowledge, language)
    found: list[tuple[Heard, int]] = []
    for said in _said(name, language) if words else ():
        for word in words.get(skeleton(said), ()):
            if name[0] > "\u2e80" and word.word[0] > "\u2e80" and len(name) != len(word.word):
                continue  # read syllable by syllable: 必应 is not 病
            away = _apart(said, word.said)
            if away is not None:
                found.append((Heard(word.word, language, word.sign, away), len(word.said)))
    return tuple(found)


def _said(name: str, language: str) -> Iterator[Said]:
    said = sounds(name, language)
    if len(said) >= SOUNDS:
        yield said
    # A plural or a possessive: “Puffs” says “Puff”.
    if language in _PLURALS and len(said) > SOUNDS and name[-1:] in "sS":
        yield said[:-1]


def _apart(said: Said, word: Said) -> float | None:
    """Return how far two sayings lie apart, None where the one is not heard in the other."""
    if said == word:
        return 0.0
    if distance(said[:1], word[:1]) > NEAR:
        return None
    away = distance(said, word)
    return away if away <= REACH[min(len(said), len(word), max(REACH))] else None


def _has_names(segment: Segment) -> bool:
    if segment.role is Role.TITLE:
        return "™" in segment.text or "®" in segment.text
    return segment.role is Role.BRAND


def _names(text: str, role: Role) -> Iterator[tuple[int, int]]:
    """Yield where the names stand: the words of a brand field, and what carries ™ or ®."""
    if role is not Role.BRAND:
        yield from (found.span(1) for found in _MARKED.finditer(text))
        return
    tokens = [found.span() for found in _TOKEN.finditer(text)]
    if 1 < len(tokens) <= JOINED:
        yield tokens[0][0], tokens[-1][1]
    yield from tokens


def _known(case: Case, segment: int, start: int, end: int) -> frozenset[str]:
    """Return the markets in which a reading of the word itself says more of the name."""
    return frozenset(
        market
        for one in case.found.mentions
        if one.segment == segment and one.start < end and start < one.end
        for rule in case.plan.by_sign.get(one.target, ())
        if rule.reading.category in _OF_WORDS and applies(case, one, rule.reading)
        for market, _ in rule.by_market
    )


@cache
def _index(knowledge: Knowledge, language: str) -> dict[str, list[_Word]]:
    """The words of a language that names should not sound like, by their consonants."""
    index: dict[str, list[_Word]] = {}
    for word, said, sign, foreign in knowledge.spoken(language):
        if len(said) >= (SPELLED if foreign else SOUNDS):
            index.setdefault(skeleton(said), []).append(_Word(said, word, sign))
    return index


def _counts(knowledge: Knowledge, sign: int, market: Market) -> bool:
    """Tell whether a word offends in a market: words that no reading speaks of do so anywhere."""
    reached = knowledge.reach(sign)
    return not reached or any(number in market.readings for number, _ in reached)


def _meaning(heard: Heard, market: Market, knowledge: Knowledge) -> str:
    gloss = knowledge.gloss(heard.sign)
    if gloss:
        return gloss.rstrip(".")
    own = frozenset(market.readings)
    for number, via in knowledge.reach(heard.sign):
        if number in own and not via:
            return knowledge.reading(number).signified.split(";")[0]
    return "a word to avoid"


@describes("names")
def describe(knowledge: Knowledge) -> Iterator[Reading]:
    """Yield one reading a market; the word and its meaning are those of each case."""
    for market in knowledge.markets:
        yield _reading(market, "…", "", "a word to avoid")


@cache
def _language_name(language: str) -> str:
    from babel import Locale

    return str(Locale("en").languages.get(language, language))


@cache
def _reading(market: str, word: str, language: str, meaning: str) -> Reading:
    spoken = _language_name(language)
    return own_reading(
        f"{market}/{SLUG}",
        roles=(Role.BRAND.value, Role.TITLE.value),
        signified=f"sounds like “{word}” to readers of {spoken}: {meaning}",
        severity=Severity.MINOR,
        category="naming",
        dimension="D3",
        mqm="audience-appropriateness/culture-specific-reference",
        confidence=0.5,
        message=(
            f"“{{match}}” sounds like “{word}” to readers of {spoken}: {meaning}. "
            "Say the name to native speakers before it is used here."
        ),
        rewrite="Choose another spelling or name for this market, tested with native speakers.",
        evidence=_PRACTICE,
        reviewed="2026-11-21",
    )
