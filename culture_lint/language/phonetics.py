"""How a name sounds to readers of a language, roughly: enough to hear one word in another.

A name is read by the spelling rules of the reader's language into one letter a sound. Two names
are compared by how far their sounds lie apart; sounds that ears and languages confuse (B and P,
S and Z, E and I) lie close. The rules are our own, short on purpose: they serve to compare, not
to pronounce.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

from culture_lint.language.boundaries import load_data

VOWELS = "AEIOU"
#: Sounds that are told apart by little; each pair costs what stands beside it.
_NEAR = {
    "BP": 0.45, "DT": 0.45, "GK": 0.45, "FV": 0.45, "SZ": 0.25, "CX": 0.45, "CJ": 0.45, "JX": 0.45,
    "BV": 0.45, "LR": 0.7, "EI": 0.45, "OU": 0.45, "AE": 0.6, "AO": 0.6, "JY": 0.5, "IY": 0.3,
    "UW": 0.3, "MN": 0.7,
}  # fmt: skip
_CLASSES = str.maketrans({
    "B": "P", "D": "T", "G": "K", "V": "F", "Z": "S", "J": "C", "X": "C", "Q": "K",
    "A": "", "E": "", "I": "", "O": "", "U": "", "W": "", "Y": "", "H": "",
})  # fmt: skip
_HAN = re.compile("[一-鿿]")


@lru_cache(maxsize=16384)
def sounds(text: str, language: str) -> str:
    """Return how readers of a language would say a name: one capital letter a sound.

    Empty where the language has no rules or the script is none that they are for.
    """
    rules = _rules(language)
    if rules is None:
        return ""
    spelled = _in_latin(unicodedata.normalize("NFC", text).lower(), language)
    if not spelled:
        return ""
    pattern, values = rules
    said = pattern.sub(lambda found: values[found.lastindex or 0], spelled)
    plain = unicodedata.normalize("NFD", said)
    said = "".join(char for char in plain.upper() if "A" <= char <= "Z")
    if language == "ja":
        said = _with_vowels(said)
    return re.sub(r"(.)\1+", r"\1", said)


def skeleton(said: str) -> str:
    """Return the consonants of `sounds`, those that are easily confused taken as one."""
    return re.sub(r"(.)\1+", r"\1", said.translate(_CLASSES))


def distance(one: str, other: str) -> float:
    """Return how far two results of `sounds` lie apart: 0.0 the same, about 1.0 a sound."""
    row = [float(place) for place in range(len(other) + 1)]
    for number, left in enumerate(one, 1):
        before, row[0] = row[0], float(number)
        for place, right in enumerate(other, 1):
            cost = 0.0 if left == right else _cost(left, right)
            before, row[place] = (
                row[place],
                min(before + cost, row[place] + 1.0, row[place - 1] + 1.0),
            )
    return row[-1]


def _cost(one: str, other: str) -> float:
    known = _NEAR.get(one + other if one < other else other + one)
    if known is not None:
        return known
    return 0.8 if one in VOWELS and other in VOWELS else 1.0


@cache
def is_english_word(word: str) -> bool:
    """Tell whether a name is an ordinary English word, known as one far beyond English."""
    import simplemma

    return bool(simplemma.is_known(word.lower(), lang="en"))


@cache
def _rules(language: str) -> tuple[re.Pattern[str], tuple[str, ...]] | None:
    found = load_data("sounds").get(language)
    if found is None:
        return None
    rules = [tuple(rule) for rule in found["rules"]]
    pattern = re.compile("|".join(f"({spelling})" for spelling, _ in rules))
    return pattern, ("", *(value for _, value in rules))


def _in_latin(text: str, language: str) -> str:
    """Return the letters of a name in Latin script, empty where there is no way to."""
    joined = "".join(char for char in text if unicodedata.category(char)[0] in "LMN")
    if language == "zh" and _HAN.search(joined):
        read = [_pinyin().get(char, "") for char in joined]
        return "".join(read) if all(read) else ""
    if language == "ja":
        joined = _romaji(joined)
    elif language == "hi":
        joined = _from_devanagari(joined)
    return joined if joined and all(char < "\u0250" for char in joined) else ""


@cache
def _pinyin() -> Mapping[str, str]:
    return {
        char: syllable
        for syllable, (chars,) in load_data("pinyin")["syllables"].items()
        for char in chars
    }


_KANA_ROWS = {
    "": "あいうえお", "k": "かきくけこ", "g": "がぎぐげご", "s": "さしすせそ", "z": "ざじずぜぞ",
    "t": "たちつてと", "d": "だぢづでど", "n": "なにぬねの", "h": "はひふへほ", "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ", "m": "まみむめも", "r": "らりるれろ",
}  # fmt: skip
_KANA = {
    kana: consonant + vowel
    for consonant, row in _KANA_ROWS.items()
    for kana, vowel in zip(row, "aiueo", strict=True)
} | {"や": "ya", "ゆ": "yu", "よ": "yo", "わ": "wa", "を": "o", "ん": "n", "っ": "", "ー": ""}
_SMALL = dict(zip("ゃゅょぁぃぅぇぉ", ("a", "u", "o", *"aiueo"), strict=True))

_PALATAL = {"s": "sh", "t": "ch", "z": "j", "d": "j"}


def _romaji(text: str) -> str:
    out = ""
    for char in text:
        kana = chr(ord(char) - 0x60) if "ァ" <= char <= "ヶ" else char
        if kana in _SMALL:
            consonant = out[-2:-1]
            if kana in "ゃゅょ":
                out = out[:-2] + _PALATAL.get(consonant, consonant + "y") + _SMALL[kana]
            else:
                out = out[:-1] + _SMALL[kana]
        else:
            out += _KANA.get(kana, char)
    return out


def _with_vowels(said: str) -> str:
    """Add the vowels that Japanese puts after consonants: bus is heard as BASU or BUSU."""

    def filled(found: re.Match[str]) -> str:
        return found[0] + ("O" if found[0] in "TD" else "U")

    return re.sub(r"[BCDFGHJKLMPQRSTXZ](?=[^AEIOUY]|$)(?!(?<=T)S)", filled, said)


def _letters(text: str) -> list[str]:
    return text.split()


_DEVANAGARI = dict(
    zip(
        "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह",
        _letters("k kh g gh n ch ch j jh n t th d dh n t th d dh n p ph b bh m y r l v sh sh s h"),
        strict=True,
    )
)
_VOWEL_SIGNS = dict(zip("ािीुूेैोौृ", _letters("aa i ii u uu e ai o au ri"), strict=True))
_VOWEL_LETTERS = dict(zip("अआइईउऊएऐओऔ", _letters("a aa i ii u uu e ai o au"), strict=True))


def _from_devanagari(text: str) -> str:
    text = unicodedata.normalize("NFD", text).replace("़", "")
    out = ""
    for place, char in enumerate(text):
        after = text[place + 1 : place + 2]
        if char in _DEVANAGARI:
            out += _DEVANAGARI[char]
            if after and after not in _VOWEL_SIGNS and after != "्":
                out += "a"
        elif char in _VOWEL_SIGNS:
            out += _VOWEL_SIGNS[char]
        elif char in _VOWEL_LETTERS:
            out += _VOWEL_LETTERS[char]
        elif char in "ंँ":
            out += "n"
        elif char != "्":
            out += char
    return out
