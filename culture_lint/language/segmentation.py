"""Tell words apart in scripts that put no blanks between them.

Three libraries do the work, each imported when a text first needs it: rjieba for Chinese (after
OpenCC has made the characters simplified), SudachiPy for Japanese, ICU's dictionaries for Thai,
Lao, Khmer and Burmese. They are called directly: spaCy's tokenisers wrap libraries of the same
kind and cost its import and several times the time per text without another result. Where one
cannot be imported, `is_word` says that it does not know, and warns once.
"""

from __future__ import annotations

import math
import re
import threading
import warnings
from bisect import bisect_right
from collections.abc import Callable
from functools import cache, lru_cache, partial
from typing import Any, Protocol

from culture_lint.frozen import frozen
from culture_lint.language.scripts import UNSPACED_LETTER

#: Characters on each side of a match that are looked at to find the words around it.
REACH = 48
#: Runs whose words are remembered: a run with several candidates is cut once.
_KEPT = 2048
#: A form that the best cutting splits still counts when the best cutting with the form in it is
#: at most this much less likely (natural logarithm). 红酒|店 is as good as 红|酒店, not so 小便|携.
MARGIN = 2.5
#: From this many characters on, a form is hardly ever there by accident.
LONG = 3

_RUN = re.compile(rf"(?:\d|{UNSPACED_LETTER.pattern})+")


class Segmenter(Protocol):
    """Knows the words of one language."""

    def holds(self, run: str, start: int, end: int) -> bool:
        """Tell whether ``run[start:end]`` is a word or a phrase of whole words in ``run``."""


def is_word(text: str, start: int, end: int, language: str) -> bool | None:
    """Tell whether ``text[start:end]`` is no mere part of a longer word.

    Args:
        text: Folded text.
        start: Start of the match, inclusive.
        end: End of the match, exclusive.
        language: Primary language of the match.

    Returns:
        None if nothing is known of the words of that language.
    """
    if language not in _FACTORIES:
        return None
    first, last = _run(text, start, end)
    return _holds(language, text[first:last], start - first, end - first)


@lru_cache(_KEPT)
def _holds(language: str, run: str, start: int, end: int) -> bool | None:
    segmenter = _segmenter(language)
    return segmenter.holds(run, start, end) if segmenter else None


def is_available(language: str) -> bool:
    """Tell whether words of a language can be told apart here; imports its library."""
    return language in _FACTORIES and _segmenter(language) is not None


def _run(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range of letters and digits around a match, up to `REACH` on each side."""
    runs = _runs(text)
    first = runs[bisect_right(runs, (start, len(text))) - 1][0]
    last = runs[bisect_right(runs, (end - 1, len(text))) - 1][1]
    return max(first, start - REACH), min(last, end + REACH)


@lru_cache(64)
def _runs(text: str) -> list[tuple[int, int]]:
    """Return the ranges of ``text`` that have no blank, mark or foreign letter in them."""
    return [found.span() for found in _RUN.finditer(text)]


@cache
def _segmenter(language: str) -> Segmenter | None:
    try:
        return _FACTORIES[language]()
    except ImportError as error:
        warnings.warn(
            f"{error.name or error} is not installed, so that words inside other words of "
            f"{language} text are taken for signs; run: pip install --upgrade culture-lint",
            RuntimeWarning,
            stacklevel=2,
        )
        return None


# -- Chinese ----------------------------------------------------------------------------------

#: Sum of the frequencies in the dictionary of rjieba 0.2.
_TOTAL = 60_101_967
#: Classes of words that are no compounds: numerals, pronouns, adverbs, prepositions ...
_CLOSED = ("m", "q", "r", "d", "p", "c", "f", "u")


class _Chinese:
    """rjieba's dictionary, without its guesses at unknown words."""

    def __init__(self) -> None:
        import rjieba
        from opencc import OpenCC

        self._jieba = rjieba.Jieba()
        self._converter = OpenCC("t2s")
        self._words = lru_cache(_KEPT)(self._cut)
        self._weight = lru_cache(65_536)(self._look_up)

    def holds(self, run: str, start: int, end: int) -> bool:
        run, words = self._words(run)
        edges = {0, *(last for _, last in words)}
        if start in edges and end in edges:
            return True
        if end - start == 1:
            return False
        around = [word for word in words if word[0] < end and start < word[1]]
        first, last = around[0][0], around[-1][1]
        whole = run[first:last] if len(around) == 1 else ""
        if whole and start == first and self._is_closed(whole):
            return False
        return self._compares(run[first:last], start - first, end - first, whole)

    def _compares(self, text: str, start: int, end: int, whole: str) -> bool:
        """Tell whether the form's own edges make about as good a cutting as any."""
        best, edges = self._best(text, frozenset(), whole)
        if start in edges and end in edges:
            return True
        form = text[start:end]
        if len(form) >= LONG or not self._jieba.has_word(form):
            return start in edges or end in edges
        return best - self._best(text, frozenset((start, end)), whole)[0] <= MARGIN

    def _cut(self, run: str) -> tuple[str, list[tuple[int, int]]]:
        simplified = self._converter.convert(run)
        if len(simplified) != len(run):
            simplified = run
        words, place = [], 0
        for word in self._jieba.cut(simplified, False):
            words.append((place, place + len(word)))
            place += len(word)
        return simplified, words

    def _is_closed(self, word: str) -> bool:
        return any(tag in _CLOSED for _, tag in self._jieba.tag(word, False))

    def _best(self, text: str, cuts: frozenset[int], whole: str) -> tuple[float, set[int]]:
        """Return the likeliest cutting's logarithm and edges; ``whole`` is not taken as a word.

        No word reaches across one of ``cuts``.
        """
        best = [0.0, *(-math.inf for _ in text)]
        came = [0] * (len(text) + 1)
        for first in range(len(text)):
            for last in range(first + 1, len(text) + 1):
                weight = self._weight(text[first:last])
                if text[first:last] != whole and best[first] + weight > best[last]:
                    best[last], came[last] = best[first] + weight, first
                if last in cuts:
                    break
        edges, place = {0}, len(text)
        while place:
            edges.add(place)
            place = came[place]
        return best[-1], edges

    def _look_up(self, word: str) -> float:
        if len(word) > 1 and not self._jieba.has_word(word):
            return -math.inf
        # The frequency that would keep the word whole is one more than the one it has.
        return math.log(max(1, self._jieba.suggest_freq(word) - 1) / _TOTAL)


# -- Japanese ---------------------------------------------------------------------------------

#: Parts of speech that a noun in hiragana is mistaken for: さる十月, なさる, うまっ.
_OTHER_PARTS = ("動詞", "助動詞", "助詞", "接続詞", "連体詞", "感動詞", "副詞")
_INFLECTED = ("動詞", "形容詞")
_SHORT, _LONG = "short units", "long units"


@frozen
class _Morpheme:
    start: int
    end: int
    part: str
    known: bool


class _Japanese:
    """SudachiPy with its small dictionary: short units, for single characters long ones."""

    def __init__(self) -> None:
        from sudachipy import Dictionary, SplitMode

        self._modes = {_SHORT: SplitMode.A, _LONG: SplitMode.C}
        dictionary = Dictionary(dict="small")
        make = getattr(dictionary, "tokenizer", None) or dictionary.create
        self._tokenizer: Any = make()
        self._lock = threading.Lock()  # one tokeniser serves one thread at a time
        self._morphemes = lru_cache(_KEPT)(self._cut)

    def holds(self, run: str, start: int, end: int) -> bool:
        if end - start == 1:
            found = self._morphemes(run, _LONG)
            return any((one.start, one.end) == (start, end) for one in found)
        found = self._morphemes(run, _SHORT)
        inner = [one for one in found if one.start < end and start < one.end]
        left, right = inner[0].start == start, inner[-1].end == end
        form = run[start:end]
        if left and right:
            return len(inner) > 1 or not self._is_another(form, inner[0])
        if len(inner) == 1:
            return self._is_part(run, start, end, inner[0])
        if _is_kana(form) or not (left or right):
            return False
        return len(form) >= LONG or not self._is_known(form)

    def _is_another(self, form: str, found: _Morpheme) -> bool:
        """Tell whether a noun in hiragana is another word here: はさみ in 手をはさみました."""
        if found.part not in _OTHER_PARTS or not _is_hiragana(form):
            return False
        return self._morphemes(form, _SHORT)[0].part == "名詞"

    def _is_part(self, run: str, start: int, end: int, word: _Morpheme) -> bool:
        """Tell whether a form inside one word still counts as said."""
        form = run[start:end]
        if not word.known:
            # An unknown word in katakana: a compound if all the rest are words (ハム|ギフト).
            rest = [run[word.start : start], run[end : word.end]]
            return all(not part or (len(part) >= LONG and self._is_known(part)) for part in rest)
        if _is_kana(form):
            return False
        stem = start == word.start and word.part in _INFLECTED
        return stem or len(form) >= LONG

    def _is_known(self, text: str) -> bool:
        found = self._morphemes(text, _LONG)
        return len(found) == 1 and found[0].known

    def _cut(self, run: str, mode: str) -> tuple[_Morpheme, ...]:
        with self._lock:
            return tuple(
                _Morpheme(one.begin(), one.end(), one.part_of_speech()[0], not one.is_oov())
                for one in self._tokenizer.tokenize(run, self._modes[mode])
            )


def _is_hiragana(text: str) -> bool:
    return all("ぁ" <= char <= "ゖ" or char == "ー" for char in text)


def _is_kana(text: str) -> bool:
    return all("ぁ" <= char <= "ヿ" for char in text)


# -- Thai, Lao, Khmer, Burmese ----------------------------------------------------------------


class _Icu:
    """The dictionaries of ICU's word breaker."""

    def __init__(self, language: str) -> None:
        from icu4py.breakers import WordBreaker

        self._breaker: Callable[[str, str], Any] = WordBreaker
        self._language = language
        self._edges = lru_cache(_KEPT)(self._cut)

    def holds(self, run: str, start: int, end: int) -> bool:
        edges = self._edges(run)
        return start in edges and end in edges

    def _cut(self, run: str) -> frozenset[int]:
        spans = self._breaker(run, self._language).segments()
        return frozenset((0, *(last for _, last in spans)))


_FACTORIES: dict[str, Callable[[], Segmenter]] = {
    "zh": _Chinese,
    "ja": _Japanese,
    **{language: partial(_Icu, language) for language in ("th", "lo", "km", "my")},
}
