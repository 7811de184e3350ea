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
from culture_lint.knowledge.model import Evidence, Reading, Severity, SourceRef
from culture_lint.knowledge.runtime import Knowledge, Market
from culture_lint.language.phonetics import distance, is_english_word, skeleton, sounds
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
REACH = {3: 0.0, 4: 0.0, 5: 0.3, 6: 0.5}

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
_LANGUAGES = {
    "ar": "Arabic",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "hi": "Hindi",
    "ja": "Japanese",
    "pt": "Portuguese",
    "zh": "Chinese",
}


class _Word(NamedTuple):
    said: str
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


_Index = dict[str, dict[str, list[_Word]]]


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
    index = _index(knowledge, market.id)
    best: Heard | None = None
    unsure = False
    for language, words in index.items():
        for said in _said(name, language):
            for word in words.get(skeleton(said), ()):
                away = _apart(said, word.said)
                if name[0] > "\u2e80" and word.word[0] > "\u2e80" and len(name) != len(word.word):
                    continue  # read syllable by syllable: 必应 is not 病
                if away is not None and (best is None or away < best.distance):
                    best = Heard(word.word, language, word.sign, away)
                    unsure = away > 0.0 or len(word.said) <= SURE
    # Wish and Maniac are read as the words they are; a chance likeness says nothing.
    return None if best is None or (unsure and is_english_word(name)) else best


def _said(name: str, language: str) -> Iterator[str]:
    said = sounds(name, language)
    if len(said) >= SOUNDS:
        yield said
    # A plural or a possessive: “Puffs” says “Puff”.
    if said.endswith("S") and len(said) > SOUNDS and language in ("de", "en", "es", "pt"):
        yield said[:-1]


def _apart(said: str, word: str) -> float | None:
    """Return how far two sayings lie apart, None where the one is not heard in the other."""
    if said == word:
        return 0.0
    if said[0] != word[0]:
        return None
    reach = REACH[min(len(said), len(word), max(REACH))]
    away = distance(said, word) if reach else 1.0
    return away if away <= reach else None


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
def _index(knowledge: Knowledge, market: str) -> _Index:
    """The words of a market's languages, by language and by their consonants."""
    home = knowledge.markets[market]
    own = frozenset(home.readings)
    index: _Index = {}
    for language in home.languages:
        found: dict[str, list[_Word]] = {}
        for word, tongue, sign in knowledge.spoken:
            if tongue not in (language, "*") or not _applies(knowledge, sign, own):
                continue
            said = sounds(word, language)
            if len(said) >= (SPELLED if tongue == "*" else SOUNDS):
                found.setdefault(skeleton(said), []).append(_Word(said, word, sign))
        if found:
            index[language] = found
    return index


def _applies(knowledge: Knowledge, sign: int, own: frozenset[int]) -> bool:
    reached = knowledge.reach(sign)
    return not reached or any(number in own for number, _ in reached)


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
def _reading(market: str, word: str, language: str, meaning: str) -> Reading:
    spoken = _LANGUAGES.get(language, language)
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
