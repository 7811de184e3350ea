"""Words that tell how a sign is meant: negation, giving, packaging, print and the like.

The words themselves are data (``data/negation.json``, ``data/usage.json``); this module only
knows how to find them in each kind of script.
"""

from __future__ import annotations

import re
from functools import cache

from culture_lint.language.boundaries import load_data
from culture_lint.language.normalise import fold
from culture_lint.language.scripts import UNSPACED

_CLITICS = {
    "ar": r"(?:[وف])?(?:[بكل])?(?:ال|ل)?",
    "he": r"[והבלכמש]{0,2}",
}
_ENDINGS = {
    "ar": r"(?:ه|ها|ات|ي|ا)?",
    "de": r"\w*",
    "ko": r"\w*",
    "tr": r"\w*",
    "ru": r"\w{0,3}",
}
#: A list that one negation governs: "free from alcohol, pork and gelatine".
_LISTING = re.compile(
    r"\s*(?:,|/|&|\+|\b(?:and|or|nor|und|oder|noch|et|ou|ni|y|o|e|i|ed|en|of|och|eller|и|или|и/или|ve|veya|"
    r"और|या)\b|、|，|和|或|与|及|や|と|و|او|أو)\s*"
)
_WORDS_BETWEEN = 3
_CHARACTERS_BETWEEN = 4


@cache
def usage_pattern(usage: str, language: str) -> re.Pattern[str] | None:
    """Return the pattern of a usage's cue words in one language, for folded text; None for none.

    Single characters of unspaced scripts are left out: they are cues only right beside a sign,
    see `adjacent_cues`.
    """
    words = [word for word in _folded(usage, language) if not _is_single(word)]
    return _compile(tuple(words), language)


@cache
def adjacent_cues(usage: str, language: str) -> tuple[str, ...]:
    """Return the single characters that are cues right before or after a sign."""
    return tuple(word for word in _folded(usage, language) if _is_single(word))


def _folded(usage: str, language: str) -> list[str]:
    return [fold(word).text for word in load_data("usage").get(usage, {}).get(language, ())]


def _is_single(word: str) -> bool:
    return len(word) == 1 and ord(word) > 0x2E7F


def _compile(words: tuple[str, ...], language: str) -> re.Pattern[str] | None:
    if not words:
        return None
    inner = "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))
    if language in UNSPACED:
        return re.compile(f"(?:{inner})")
    clitics, endings = _CLITICS.get(language, ""), _ENDINGS.get(language, "")
    # Vowel signs of Indic scripts and Thai are marks, which \w leaves out.
    return re.compile(rf"(?<![\w\u0900-\u0fff-]){clitics}(?:{inner}){endings}(?![\w\u0900-\u0fff])")


@cache
def _negations(language: str) -> tuple[re.Pattern[str] | None, tuple[str, ...], tuple[str, ...]]:
    data = load_data("negation").get(language, {})
    before = tuple(fold(word).text for word in data.get("before", ()))
    blocked = tuple(data.get("blocked", ()))
    after = tuple(
        sorted((fold(word).text for word in data.get("after", ())), key=len, reverse=True)
    )
    return _compile(before, language), after, blocked


def is_negated(before: str, after: str, language: str) -> bool:
    """Tell whether a sign between two stretches of its own clause is said to be absent.

    Args:
        before: Folded text from the start of the clause to the sign.
        after: Folded text from the sign to the end of the clause.
        language: Primary language of the text.

    A negation reaches over at most three words, or over a list; an ending such as ``-free``
    must follow at once.
    """
    pattern, endings, blocked = _negations(language)
    tail = after.lstrip()
    if not tail.startswith(blocked or ("\0",)):
        for ending in endings:
            if after.startswith(ending) or (tail.startswith(ending) and not ending.startswith("-")):
                rest = (after if after.startswith(ending) else tail)[len(ending) :]
                if language in UNSPACED or not rest[:1].isalpha() or language == "ko":
                    return True
    if pattern is None:
        return False
    return any(_reaches(before, found, language) for found in pattern.finditer(before[-160:] or ""))


def _reaches(before: str, cue: re.Match[str], language: str) -> bool:
    between = before[-160:][cue.end() :]
    if re.match(r"\.\s?\d", between) or re.search(r"[.!?;。]", between):
        return False
    if language in UNSPACED:
        return _reaches_unspaced(cue.group(), between)
    parts = [part for part in _LISTING.split(between) if part]
    if len(parts) > 1:
        return len(parts) <= 8 and all(len(part.split()) <= 2 for part in parts)
    return len(between.split()) <= _WORDS_BETWEEN


def _reaches_unspaced(cue: str, between: str) -> bool:
    if len(cue) == 1:
        return not between.strip()
    parts = [part for part in _LISTING.split(between) if part]
    if len(parts) > 1:
        return len(parts) <= 8 and all(len(part) <= 6 for part in parts)
    return len(between.strip()) <= _CHARACTERS_BETWEEN
