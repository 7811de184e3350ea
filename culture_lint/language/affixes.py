"""What may be attached to a word without making another word of it: clitics, particles, endings.

The affixes are data (``data/affixes.json``), written as in a grammar and folded as text is:

- ``prefixes``, ``suffixes``: each stands alone between the word and its edge;
- ``after_consonant``, ``after_vowel``: suffixes that depend on the last sound (Korean);
- ``links``: of these, those that another one may follow (Korean);
- ``free``: prefixes of one letter that short words take as well; ``long``: from how many letters
  on words take the others;
- ``short``: the only suffixes that a word of one character takes;
- ``chain``: slots of suffixes that follow each other, each slot at most once. In them ``A I O U``
  are vowels that follow the last one of the word (``harmony`` says how), ``D`` is d or t, ``C`` is
  c or ç, ``=`` repeats the last letter;
- ``absence``: endings that say "without", however the word is cut;
- ``least``: letters that a word needs to take any of them; ``single``: to take a suffix of one.
"""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from culture_lint.language.normalise import fold

#: Letters a word needs before a single letter in front of it is taken for a clitic: in short
#: words it makes another word too often (k-bira is kabira, big).
LONG_WORD = 5
#: The same before the commonest of them ("with", "for", "and"), which stand before any noun.
FREE_WORD = 3
#: Longest prefix or run of suffixes that is looked at, in characters.
AFFIX = 16


@cache
def _data() -> dict[str, dict[str, Any]]:
    text = resources.files("culture_lint.language").joinpath("data/affixes.json").read_text("utf-8")
    loaded: dict[str, dict[str, Any]] = json.loads(text)
    return loaded


def takes_affixes(language: str) -> bool:
    """Tell whether words of a language may have something attached to them."""
    return language in _data()


def languages_with_affixes() -> frozenset[str]:
    """Return the languages whose particles, clitics or endings are known."""
    return frozenset(_data())


def takes_prefixes(language: str) -> bool:
    """Tell whether clitics or prefixes may stand before words of a language."""
    return bool(_data().get(language, {}).get("prefixes"))


def latin_prefixes(language: str) -> frozenset[str]:
    """Return the prefixes of a language in Latin letters: few enough to be spelled out."""
    return frozenset(one for one in _listed(language, "prefixes") if one.isascii())


def least_for_suffix(language: str, last: str) -> int | None:
    """Return how long a word that ends in ``last`` must be to take a suffix, None for never."""
    facts = _data().get(language)
    if facts is None or not {"suffixes", "chain", "after_vowel"} & facts.keys():
        return None
    listed = facts.get("suffixes")
    if listed and last.isascii() and not listed[0][0].isascii():
        return None  # Latin letters end where the other script begins
    return int(facts.get("least", 1))


@cache
def _listed(language: str, key: str) -> frozenset[str]:
    found = _data().get(language, {}).get(key, ())
    return frozenset(fold(one).text for one in found)


def is_prefix(affix: str, word: str, language: str) -> bool:
    """Tell whether ``affix`` may stand before ``word``, all that follows up to the edge."""
    if affix not in _listed(language, "prefixes"):
        return False
    facts = _data()[language]
    if len(affix) > 1:
        return len(word) >= int(facts.get("least", 2))
    if affix in facts.get("free", ()):
        return len(word) >= FREE_WORD
    return len(word) >= int(facts.get("long", LONG_WORD))


def is_suffix(affix: str, word: str, language: str) -> bool:
    """Tell whether ``affix``, all that is left up to the edge, may stand after ``word``."""
    facts = _data().get(language)
    if facts is None or len(word) < int(facts.get("least", 1)):
        return False
    if f"{word}{affix}".endswith(tuple(facts.get("absence", "\0"))):
        return False  # alkoholi-tta is without alcohol, alkoholit-ta no form of it
    if len(affix) == 1 and len(word) < int(facts.get("single", 1)):
        return False
    if len(word) == 1 and "short" in facts:
        return affix in _listed(language, "short") and _fits(affix, word, language)
    if affix in _listed(language, "suffixes"):
        return True
    if "chain" in facts:
        return _chain(language, _last_vowel(word, facts), word[-1]).fullmatch(affix) is not None
    if "after_vowel" not in facts:
        return False
    return _fits(affix, word, language) or _follow_each_other(affix, word, language)


def _follow_each_other(affix: str, word: str, language: str) -> bool:
    """Tell whether Korean particles stand one after another, each fitting the one before: 들에게도."""
    return any(
        affix.startswith(link)
        and _fits(link, word, language)
        and is_suffix(affix[len(link) :], word + link, language)
        for link in _listed(language, "links")
        if len(link) < len(affix)
    )


def _fits(affix: str, word: str, language: str) -> bool:
    """Tell whether a Korean particle has the shape that the last syllable asks for."""
    closed = (ord(word[-1]) - 0xAC00) % 28 if "가" <= word[-1] <= "힣" else 0
    if affix in _listed(language, "after_vowel"):
        # 로 follows ㄹ as well as a vowel: 술로
        return not closed or (closed == 8 and affix.startswith("로"))
    if affix in _listed(language, "after_consonant"):
        return bool(closed) and not (closed == 8 and affix.startswith("으로"))
    return affix in _listed(language, "suffixes")


def _last_vowel(word: str, facts: dict[str, Any]) -> str:
    harmony = facts.get("harmony", {})
    return next((char for char in reversed(word) if char in harmony), "")


@lru_cache(maxsize=1024)
def _chain(language: str, vowel: str, last: str) -> re.Pattern[str]:
    """Return the pattern of a suffix chain after a word with that last vowel and last letter."""
    facts = _data()[language]
    sounds = {"D": "[dt]", "C": "[cç]", "=": re.escape(last)}
    sounds.update(facts.get("harmony", {}).get(vowel, facts["neutral"]))
    slots = (
        "(?:" + "|".join("".join(sounds.get(char, char) for char in one) for one in slot) + ")?"
        for slot in facts["chain"]
    )
    return re.compile("".join(slots))
