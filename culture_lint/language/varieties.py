"""Find words and characters that only another variety of a language is written with.

The word pairs stand in ``data/varieties.json``, which ``tools/varieties.py`` writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from culture_lint.frozen import frozen
from culture_lint.language.boundaries import load_data
from culture_lint.language.detection import lower_words


@frozen
class Foreign:
    """A word of another variety at ``text[start:end]``; ``said`` is the word here, if one is sure."""

    start: int
    end: int
    said: str
    #: Spelled otherwise (colour), rather than another word (zumo).
    spelling: bool


def variety(language: str, territory: str) -> str | None:
    """Return which variety of a language a country writes, None where it is not settled."""
    found: str | None = _data()["homes"].get(language, {}).get(territory)
    return found


def vocabulary(language: str, territory: str) -> str | None:
    """Return whose everyday words a country uses."""
    own = _data()["word_homes"].get(language)
    if own is None:
        return variety(language, territory)
    found: str | None = own.get(territory)
    return found


def may_differ(language: str, text: str) -> bool:
    """Tell at next to no cost whether a text may hold a word of one variety only."""
    if language == "en":
        if text.isascii():
            return not _english_ascii().isdisjoint(lower_words(text))
        return not _english().isdisjoint(_words(text))
    if language == "zh":
        return not text.isascii()
    if language == "de" and ("ß" in text or "ss" not in text):
        return "ß" in text
    return _any(language).search(text) is not None


_WORD = re.compile(r"[a-z]{3,}")


@cache
def _english() -> frozenset[str]:
    words = _data()["words"]["en"]
    return frozenset((*words["us"], *words["gb"]))


@cache
def _english_ascii() -> frozenset[bytes]:
    return frozenset(map(str.encode, _english()))


def foreign_words(text: str, language: str, home: str) -> Iterator[Foreign]:
    """Yield the words of ``text`` that are not those of the variety ``home``."""
    listed: dict[str, str] = _data()["words"].get(language, {}).get(home, {})
    if not listed:
        return
    hits = list(_hits(text, language, home, listed))
    if not hits:
        return
    quoted = [hit.span() for hit in _QUOTED.finditer(text)]
    title = language == "en" and _is_title_case(text)
    for hit in hits:
        word = hit[0]
        if any(first <= hit.start() < last for first, last in quoted):
            continue
        said = listed.get(word) if word in listed else listed.get(word.lower())
        if said is None or (language == "en" and _is_name(text, hit, title)):
            continue
        yield Foreign(*hit.span(), _as(word, said), _is_spelling(language, word.lower()))


def _hits(text: str, language: str, home: str, listed: dict[str, str]) -> Iterator[re.Match[str]]:
    """Yield where words of a list stand; most texts hold none of the two thousand English ones."""
    if language == "en":
        words = listed.keys() & _words(text)
        if words:
            yield from _english_words(frozenset(words)).finditer(text)
        return
    yield from _pattern(language, home).finditer(text)


@lru_cache(maxsize=64)
def _words(text: str) -> frozenset[str]:
    """Return the ASCII words of a text, which is asked for them once for each variety."""
    return frozenset(_WORD.findall(text.lower()))


@lru_cache(maxsize=4096)
def _english_words(words: frozenset[str]) -> re.Pattern[str]:
    either = "|".join(sorted(words))
    return re.compile(rf"(?i)(?<![\w'’])(?:{either})(?![\w’]|'[a-rt-z])")


def _is_spelling(language: str, word: str) -> bool:
    return language in ("en", "de") or word in _data()["spellings"].get(language, ())


def _as(word: str, said: str) -> str:
    """Return ``said`` with the capitals of ``word``."""
    if word.isupper() and len(word) > 1:
        return said.upper()
    return said[:1].upper() + said[1:] if word[:1].isupper() else said


# -- names ----------------------------------------------------------------------------------------

#: What somebody else says, and what is written on the thing itself.
_QUOTED = re.compile(
    r"“[^”]{0,200}”|\"[^\"\n]{0,200}\"|«[^»]{0,200}»|「[^」]{0,200}」|『[^』]{0,200}』|《[^》]{0,200}》"
)
_CAPITAL = re.compile(r"\b[A-Z][A-Za-z'’]*")
_LOWER = re.compile(r"\b[a-z]{4,}\b")


def _is_name(text: str, hit: re.Match[str], title: bool) -> bool:
    """Tell whether a word is part of a name, an address or code rather than copy."""
    start, end = hit.span()
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if before in tuple("/@#._=<&\\") or (after in tuple("/@_=\\") and after != ""):
        return True
    if (
        after in (".", ":", "-")
        and re.match(r"[.:-][a-z0-9#]", text[end : end + 2])
        and after != "-"
    ):
        return True
    if before in ("-",) and re.search(r"(?:background|border|font|text)-\Z", text[:start]):
        return True
    word = hit[0]
    if word.islower():
        return False
    if word.isupper():
        return not _is_upper(text)
    opens = (
        re.search(r"(?:\A|[.!?:•●▪✔✓*\n|–—-]\s*)\W*\Z", text[max(0, start - 6) : start]) is not None
    )
    near = _CAPITAL.match(text, end + 1)
    names = _data()["names"]
    if near is not None and near[0].lower() in names["after"]:
        return True
    if word.lower() in names["words"]:
        last = re.search(r"([A-Za-z]+)[ -]\Z", text[max(0, start - 16) : start])
        if last is not None:
            return last[1].lower() not in names["plain_before"]
        return near is not None or not opens
    return not (title or opens) or (opens and near is not None and not title)


def _is_title_case(text: str) -> bool:
    """Tell whether words have capitals because the whole line has."""
    capitals = sum(1 for _ in _CAPITAL.finditer(text))
    return capitals >= 3 and capitals > 4 * sum(1 for _ in _LOWER.finditer(text))


def _is_upper(text: str) -> bool:
    letters = [one for one in text if one.isalpha()]
    return sum(map(str.isupper, letters)) > 0.7 * len(letters)


# -- patterns -------------------------------------------------------------------------------------


@cache
def _pattern(language: str, home: str) -> re.Pattern[str]:
    listed = _data()["words"][language][home]
    return _either(language, frozenset(listed))


@cache
def _any(language: str) -> re.Pattern[str]:
    listed = frozenset(word for one in _data()["words"][language].values() for word in one)
    return _either(language, listed)


def _either(language: str, listed: frozenset[str]) -> re.Pattern[str]:
    words = "|".join(re.escape(one) for one in sorted(listed, key=lambda one: (-len(one), one)))
    if language == "zh":
        return re.compile(words)
    cases = "" if language == "de" else "(?i)"
    return re.compile(rf"{cases}(?<![\w-])(?:{words})(?![\w-])")


# -- scripts --------------------------------------------------------------------------------------

#: So many different characters of the other script, and one in so many of all, are no slip or name.
MANY_LETTERS = 3
ONE_IN = 12
_HAN = re.compile("[\u4e00-\u9fff]")
_KANA = re.compile("[ぁ-ヺｦ-ﾝ]")


def other_script(text: str, home: str) -> tuple[int, int, int] | None:
    """Return the first run of a text in the other Chinese script, and how many letters betray it.

    ``home`` is ``hans`` or ``hant``. None for text of the right script, for a few letters (a
    name, a seal) and beside kana, which makes it Japanese.
    """
    pattern = _letters(home)
    first = pattern.search(text)
    if first is None:
        return None
    found = pattern.findall(text)
    han = sum(1 for _ in _HAN.finditer(text))
    if len(set(found)) < MANY_LETTERS or len(found) * ONE_IN < han or _KANA.search(text):
        return None
    start = end = first.start()
    while start and _HAN.match(text, start - 1):
        start -= 1
    while end < len(text) and _HAN.match(text, end):
        end += 1
    return start, end, len(found)


def in_script(text: str, home: str) -> str:
    """Return Chinese text in the other script."""
    from opencc import OpenCC

    return str(_converter(OpenCC, "t2s" if home == "hans" else "s2tw").convert(text))


@cache
def _converter(kind: Any, name: str) -> Any:
    return kind(name)


@cache
def _letters(home: str) -> re.Pattern[str]:
    return re.compile(f"[{_data()['letters'][home]}]")


def sharp_s(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the words with an ß, which Swiss German is written without."""
    for hit in re.finditer(r"\w*ß\w*", text):
        yield *hit.span(), hit[0].replace("ß", "ss")


@cache
def _data() -> dict[str, Any]:
    found: dict[str, Any] = load_data("varieties")
    return found
