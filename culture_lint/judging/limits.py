"""Judge what a platform's fields may hold, whatever the words: length, characters, capitals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from culture_lint.judging.findings import Case, Finding
from culture_lint.judging.registry import judge
from culture_lint.knowledge.model import Limit, Reading
from culture_lint.language.scripts import UNSPACED_LETTER, dominant_script

#: Letters that a word has at least before its capitals shout; shorter ones are abbreviations.
SHOUT = 4
#: Share of a field's letters in words of capitals from which it shouts: one name does not.
SHOUTING = 0.5
#: Scripts with capital letters; in others Latin words are names and abbreviations.
_CASED = ("Latin", "Cyrillic", "Greek", "Armenian")
#: Letters of a word at least that counts as repeated: not "and", "for", "mm".
REPEATED = 4

_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"[^\W_](?:[^\s,;:!?()/|]*[^\W_])?")
_EMOJI = re.compile("[\U0001f300-\U0001faff\U0001f1e6-\U0001f1ff\u2600-\u27bf\u2b50\u2b55]\ufe0f?")


@judge("limits")
def judge_limits(case: Case) -> Iterator[Finding]:
    """Yield a finding for every field that breaks a rule on fields."""
    for rule in case.plan.limits:
        reading = rule.reading
        for number, segment in enumerate(case.item.segments):
            if reading.limit is None or not _speaks_of(case, reading, number):
                continue
            for start, end in _broken(reading.limit, segment.text):
                yield Finding(rule.id, number, start, end, "", (), rule.by_market)


def _speaks_of(case: Case, reading: Reading, number: int) -> bool:
    if reading.roles and case.item.segments[number].role.value not in reading.roles:
        return False
    return not reading.languages or case.tongue.segment(number).language in reading.languages


def _broken(limit: Limit, text: str) -> Iterator[tuple[int, int]]:
    """Yield the place that breaks each part of a limit, once a field."""
    for place in (
        _too_long(limit, text),
        _too_short(limit, text),
        _too_few_words(limit, text),
        _character(limit, text),
        _repeated(limit, text),
        _capitals(text) if limit.capitals else None,
        _emoji(text) if limit.emoji else None,
    ):
        if place is not None:
            yield place


def _too_long(limit: Limit, text: str) -> tuple[int, int] | None:
    """Return what stands beyond the longest length."""
    if limit.longest is None or _length(limit, text) <= limit.longest:
        return None
    kept = text[: limit.longest]
    while _length(limit, kept) > limit.longest:
        kept = kept[:-1]
    return len(kept), len(text)


def _too_short(limit: Limit, text: str) -> tuple[int, int] | None:
    if limit.shortest is None or not text or _length(limit, text) >= limit.shortest:
        return None
    return 0, len(text)


def _too_few_words(limit: Limit, text: str) -> tuple[int, int] | None:
    """Return the whole field where it has fewer words than asked for."""
    if limit.fewest_words is None or not text.strip() or _words_in(text) >= limit.fewest_words:
        return None
    return 0, len(text)


def _words_in(text: str) -> int:
    """Count words; where there are no blanks between them, two letters for one."""
    dense = len(UNSPACED_LETTER.findall(text))
    return (dense + 1) // 2 + len(_TOKEN.findall(UNSPACED_LETTER.sub(" ", text)))


def _length(limit: Limit, text: str) -> int:
    return len(text.encode()) if limit.unit == "bytes" else len(text)


def _character(limit: Limit, text: str) -> tuple[int, int] | None:
    places = [place for place in map(text.find, limit.forbidden) if place >= 0]
    return (min(places), min(places) + 1) if places else None


def _repeated(limit: Limit, text: str) -> tuple[int, int] | None:
    """Return the first word that stands once too often."""
    if limit.repeats is None:
        return None
    seen: Counter[str] = Counter()
    for found in _WORD.finditer(text):
        word = found[0].casefold()
        seen[word] += 1
        if len(word) >= REPEATED and seen[word] > limit.repeats:
            return found.span()
    return None


def _capitals(text: str) -> tuple[int, int] | None:
    """Return the first shouted word of a field of which half or more is shouted."""
    if dominant_script(text) not in _CASED:
        return None
    words = [found for found in _WORD.finditer(text) if found[0].upper() != found[0].lower()]
    shouted = [found for found in words if len(found[0]) >= SHOUT and found[0].isupper()]
    letters = sum(len(found[0]) for found in words)
    if len(shouted) < 2 or sum(len(found[0]) for found in shouted) < SHOUTING * letters:
        return None
    return shouted[0].span()


def _emoji(text: str) -> tuple[int, int] | None:
    found = _EMOJI.search(text)
    return found.span() if found else None
