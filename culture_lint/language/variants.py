"""Other spellings of a form that readers take for the same word, found when rulesets are compiled.

Traditional and simplified characters, hiragana and katakana, accents that typists drop or set
elsewhere, endings of languages that no dictionary here inflects. Each yields few spellings, so that the scan stays
one pass over one automaton.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Callable, Iterator
from functools import cache

from culture_lint.language.boundaries import load_data

#: Spellings in the other Chinese script kept for one form.
CHINESE = 6
#: Characters of a form that the dictionary of phrases may not know and that is spelled in all ways.
CHINESE_WORD = 3
#: A word shorter than this keeps its accents: año is not ano.
LONG_ENOUGH = 6

_DROPS_ACCENTS = frozenset(
    ("ca", "cs", "es", "fr", "hr", "hu", "it", "nl", "pl", "pt", "ro", "sk", "sl", "tr")
)
_LETTERS = str.maketrans({"ł": "l", "đ": "d", "ı": "i"})
_UMLAUTS = {
    "de": str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}),
    "da": str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"}),
    "nb": str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"}),
}


def variants(text: str, language: str) -> tuple[str, ...]:
    """Return other spellings of ``text``, a form of ``language``, most usual first.

    Args:
        text: A form as a ruleset writes it, any letter case.
        language: BCP 47 tag; one that names a script (``zh-Hant``) keeps to it.
    """
    primary, *subtags = language.lower().split("-")
    if any(len(one) == 4 for one in subtags):
        return ()
    found = dict.fromkeys(_all(text, primary))
    found.pop(text, None)
    return tuple(found)


def _all(text: str, language: str) -> Iterator[str]:
    lower = text.lower()
    if language in _UMLAUTS:
        yield lower.translate(_UMLAUTS[language])
    if language in _DROPS_ACCENTS and len(text) >= LONG_ENOUGH:
        yield without_accents(lower)
    elif language == "vi":
        yield from _vietnamese(text)
        if " " in text and len(text) >= LONG_ENOUGH:
            yield without_accents(lower)  # one bare syllable could be any of a dozen words
    elif language == "zh":
        yield from _chinese(text)
    elif language == "ja":
        yield from _kana(text)
    yield from _endings(text, language)


def without_accents(text: str) -> str:
    """Return ``text`` with the marks on its Latin letters left out: żółw is zolw.

    A word of one letter keeps its own: Portuguese é is “is”, e is “and”.
    """
    return " ".join([word if len(word) == 1 else _unmarked(word) for word in text.split(" ")])


def _unmarked(text: str) -> str:
    parted = unicodedata.normalize("NFD", text.translate(_LETTERS))
    return unicodedata.normalize("NFC", "".join(c for c in parted if not "\u0300" <= c <= "\u036f"))


# -- endings ----------------------------------------------------------------------------------


def _endings(text: str, language: str) -> Iterator[str]:
    """Yield a form with its ending changed as ``data/endings.json`` says for its language."""
    if language == "ja" and not _HAN.search(text):
        return  # in kana alone a noun may end like a verb
    for ending, others in load_data("endings").get(language, {}).items():
        if text.endswith(ending) and len(text) > len(ending) + (language != "ja"):
            stem = text[: len(text) - len(ending)]
            yield from (stem + other for other in others)
            return


# -- Vietnamese -------------------------------------------------------------------------------

#: The five tones; a letter without one may still bear the hook or the hat that makes it another.
_TONE = "[\u0300\u0301\u0303\u0309\u0323]"
_TONE_FIRST = re.compile(f"(?<!q)(o{_TONE}[ae]|u{_TONE}y)(?![\\w\u0300-\u036f])", re.IGNORECASE)
_TONE_LAST = re.compile(f"(?<!q)(o[ae]{_TONE}|uy{_TONE})(?![\\w\u0300-\u036f])", re.IGNORECASE)
#: The same sound, by two schools: bác sĩ and bác sỹ, quý and quí.
_I_OR_Y = re.compile(f"(?<!\\w)([hklmst]|qu)([iy])({_TONE})(?![\\w\u0300-\u036f])", re.IGNORECASE)
_OTHER = {"i": "y", "y": "i", "I": "Y", "Y": "I"}


def _vietnamese(text: str) -> Iterator[str]:
    """Yield a form with its tones on the other vowel (hóa, hoá), and with y for i and i for y."""
    parted = unicodedata.normalize("NFD", text)
    for one in dict.fromkeys(
        (parted, _I_OR_Y.sub(lambda found: found[1] + _OTHER[found[2]] + found[3], parted))
    ):
        for pattern in (_TONE_FIRST, _TONE_LAST):
            yield unicodedata.normalize("NFC", pattern.sub(_moved, one))
        yield unicodedata.normalize("NFC", one)


def _moved(found: re.Match[str]) -> str:
    letters = found[1]
    tone = letters[1] if unicodedata.combining(letters[1]) else letters[2]
    plain = letters.replace(tone, "")
    return letters[0] + tone + plain[1] if letters[2] == tone else plain + tone


# -- Chinese ----------------------------------------------------------------------------------


def _chinese(text: str) -> Iterator[str]:
    converters = _converters()
    if not converters:
        return
    simplified = converters["t2s"](text)
    found = {text: None, simplified: None}
    # A simplified character may stand for several: 钟 is the clock 鐘 and the cup 鍾. Whole words
    # settle most; the others are spelled out one character at a time.
    for name in ("s2tw", "s2hk", "s2t"):
        found.setdefault(converters[name](simplified))
    usual = converters["s2tw"](simplified)
    if len(usual) == len(simplified) <= CHINESE_WORD:
        for place, char in enumerate(simplified):
            for other in _sources().get(char, ()):
                found.setdefault(usual[:place] + other + usual[place + 1 :])
    yield from list(found)[: CHINESE + 2]


@cache
def _converters() -> dict[str, Callable[[str], str]]:
    try:
        from opencc import OpenCC
    except ImportError:
        warnings.warn(
            "OpenCC is not installed, so that Chinese forms count in their own script only; "
            "run: pip install --upgrade culture-lint",
            RuntimeWarning,
            stacklevel=2,
        )
        return {}
    return {name: OpenCC(name).convert for name in ("t2s", "s2t", "s2tw", "s2hk")}


@cache
def _sources() -> dict[str, tuple[str, ...]]:
    """Return, for characters that simplify several, all of these that are in common use."""
    every = [chr(code) for code in range(0x4E00, 0xA000)]
    found: dict[str, list[str]] = {}
    for char, simple in zip(every, _converters()["t2s"]("\n".join(every)).split("\n"), strict=True):
        if _is_common(char):
            found.setdefault(simple, []).append(char)
    return {simple: tuple(chars) for simple, chars in found.items() if len(chars) > 1}


def _is_common(char: str) -> bool:
    try:
        return char.encode("big5")[0] < 0xC9  # the first level: characters of everyday use
    except UnicodeEncodeError:
        return False


# -- Japanese ---------------------------------------------------------------------------------

_SMALL = (
    ("ヴァ", "バ"),
    ("ヴィ", "ビ"),
    ("ヴェ", "ベ"),
    ("ヴォ", "ボ"),
    ("ウィ", "ウイ"),
    ("ウェ", "ウエ"),
    ("ウォ", "ウオ"),
    ("フィ", "フイ"),
    ("イア", "イヤ"),
)
#: Loan words in -er are written with or without the long mark: コンピューター, コンピュータ.
_AGENT = re.compile("(?<=..[タダサザバマヤラパカガナ])ー?$")
_KANA = 0x60  # hiragana lies this far below katakana


def _kana(text: str) -> Iterator[str]:
    if _HIRAGANA.fullmatch(text):
        yield "".join(chr(ord(char) + _KANA) if char != "ー" else char for char in text)
    if not _KATAKANA.fullmatch(text):
        return
    if len(text) <= 4 and "ー" not in text:
        yield "".join(chr(ord(char) - _KANA) for char in text)  # a native word, mostly
    for one, other in _SMALL:
        yield text.replace(one, other)
        if len(other) > 1:
            yield text.replace(other, one)
    if len(text) > 4:
        yield _AGENT.sub("" if text.endswith("ー") else "ー", text)


_HAN = re.compile("[\u3400-\u9fff]")
_HIRAGANA = re.compile("[ぁ-ゖー]{2,}")
_KATAKANA = re.compile("[ァ-ヶー]{3,}")
