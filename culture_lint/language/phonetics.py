"""How a name sounds to readers of a language: enough to hear one word in another.

A name is read by the spelling rules of the reader's language into sounds of the International
Phonetic Alphabet, and two names are compared by the articulatory features in which their sounds
differ. Spelling rules: Epitran (Mortensen, Dalmia, Littell 2018); features and their weights:
PanPhon (Mortensen et al. 2016); Mandarin readings: pypinyin. `data/phonemes.json` holds them,
`tools/phonemes.py` writes it. Rules of our own, in `data/sounds.json`, are those that no such
library has: English spelling, how Japanese says foreign names, and how readers of other scripts
take Latin letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache, partial
from importlib import resources
from typing import Any

from culture_lint.language.boundaries import load_data

#: A name, said: its sounds in IPA.
Said = tuple[str, ...]

#: What in PanPhon's weighted features is as far as two sounds can lie apart.
_FARTHEST = 2.0
_UNSAID = re.compile("[ːˑ.ˈˌ˩˨˧˦˥\u032f\u0329\u030d\u031a]")
#: One sound in most ears, however a table writes it.
_AFFRICATE = re.compile("([td])([szʃʒɕʑ])")
_VELAR = re.compile("[nɴ](?=[kɡ])")
_SCRIPTS = (
    ("Hira", "ぁ", "ゟ"), ("Kana", "゠", "ヿ"), ("Hang", "가", "힣"), ("Hani", "一", "鿿"),
    ("Cyrl", "\u0400", "\u052f"), ("Deva", "\u0900", "\u097f"), ("Beng", "\u0980", "\u09ff"),
    ("Guru", "\u0a00", "\u0a7f"), ("Taml", "\u0b80", "\u0bff"), ("Telu", "\u0c00", "\u0c7f"),
    ("Knda", "\u0c80", "\u0cff"), ("Mlym", "\u0d00", "\u0d7f"), ("Sinh", "\u0d80", "\u0dff"),
    ("Thai", "\u0e00", "\u0e7f"), ("Latn", "A", "\u024f"), ("Latn", "\u1e00", "\u1eff"),
)  # fmt: skip


@lru_cache(maxsize=16384)
def sounds(text: str, language: str) -> Said:
    """Return how readers of a language would say a name, a sound a string, in IPA.

    A sound is never followed by itself: length and doubling do not count. Empty where nothing is
    known of how the language reads this script.
    """
    if text.isascii():
        letters = "".join(filter(str.isalnum, text)).lower()
    else:
        composed = unicodedata.normalize("NFC", text)
        letters = "".join(c for c in composed if unicodedata.category(c)[0] in "LMN").lower()
    reader = _reader_for(language, _script(letters)) if letters else None
    return () if reader is None else _said(reader, letters)


@lru_cache(maxsize=16384)
def _said(reader: Callable[[str], str], letters: str) -> Said:
    said: list[str] = []
    for one in _segments(reader(letters)):
        if not said or said[-1] != one:
            said.append(one)
    return tuple(said)


@lru_cache(maxsize=16384)
def skeleton(said: Said) -> str:
    """Return the consonants of `sounds` by class: those that are easily confused are one."""
    kinds = _sounds()[0]
    out = ""
    for one in said:
        kind = kinds[one]
        if kind and not out.endswith(kind):
            out += kind
    return out


def distance(one: Sequence[str], other: Sequence[str]) -> float:
    """Return how far two results of `sounds` lie apart: 0.0 the same, 1.0 about one sound."""
    row = [float(place) for place in range(len(other) + 1)]
    for number, left in enumerate(one, 1):
        before, row[0] = row[0], float(number)
        for place, right in enumerate(other, 1):
            cost = 0.0 if left == right else _apart(left, right)
            before, row[place] = (
                row[place],
                min(before + cost, row[place] + 1.0, row[place - 1] + 1.0),
            )
    return row[-1]


@cache
def _apart(one: str, other: str) -> float:
    """The weighted features in which two sounds differ; a whole sound at most."""
    _, features, weights = _sounds()
    differ = sum(
        weight * abs(left - right)
        for left, right, weight in zip(features[one], features[other], weights, strict=True)
    )
    return float(min(1.0, differ / _FARTHEST))


def is_english_word(word: str) -> bool:
    """Tell whether a name is an ordinary English word of four to eight letters.

    Such a word is known as one far beyond English.
    """
    return word.isascii() and f"\n{word.lower()}\n".encode() in _english_words()


@cache
def _english_words() -> bytes:
    return resources.files("culture_lint.language").joinpath("data/english.txt").read_bytes()


@cache
def _reader_for(language: str, script: str) -> Callable[[str], str] | None:
    """Return what turns letters of a script into IPA for readers of a language.

    Languages that read Latin letters alike share one reader.
    """
    if language == "zh" and script == "Hani":
        return _read_characters
    own, tables = load_data("sounds"), load_data("phonemes")["tables"]
    name = f"{language}-{script}"
    if script != "Latn":
        return _reader(name) if name in tables else None
    if language in own:
        if "letters" in own[language]:
            return partial(_lettered, language)
        return partial(_adapted_and_read, language, name if name in tables else "und-Latn")
    if name in tables:
        rules = f"spelling-{language}"
        return partial(_adapted_and_read, rules if rules in own else "spelling", name)
    return _romanised if _reads_another_script(language) else None


def _read_characters(letters: str) -> str:
    read = [_pinyin().get(char, "") for char in letters]
    return _reader("zh-Latn")("".join(read)) if all(read) else ""


def _lettered(language: str, letters: str) -> str:
    table: Mapping[str, str] = load_data("sounds")[language]["letters"]
    plain = unicodedata.normalize("NFD", _adapted(language, letters)).upper()
    return "".join(table.get(char, "") for char in plain)


def _adapted_and_read(rules: str, table: str, letters: str) -> str:
    return _reader(table)(_adapted(rules, letters))


def _romanised(letters: str) -> str:
    return _adapted_and_read("latin", "und-Latn", letters)


def _reads_another_script(language: str) -> bool:
    return language in ("ar", "as", "el", "fa", "gu", "he", "km", "my", "or", "ur") or any(
        name.startswith(f"{language}-") for name in load_data("phonemes")["tables"]
    )


def _script(letters: str) -> str:
    """Return the ISO 15924 code of the one script of some letters, empty for a mixture."""
    if letters.isascii():
        return "Latn"
    found = {_script_of(char) for char in letters if unicodedata.category(char)[0] == "L"}
    if found == {"Hira", "Kana"}:
        return "Hira"
    return found.pop() if len(found) == 1 else ""


@lru_cache(maxsize=4096)
def _script_of(char: str) -> str:
    for name, first, last in _SCRIPTS:
        if first <= char <= last:
            return name
    return ""


@cache
def _reader(table: str) -> Callable[[str], str]:
    """Return Epitran's way from spelling to sounds for one table."""
    found = load_data("phonemes")["tables"][table]
    marks: str = found["marks"]
    prepare = {"ko-Hang": _jamo, "ja-Hira": _hiragana}.get(table, str)
    before, after = _rewrites(found["before"]), _rewrites(found["after"])
    letters: Mapping[str, str] = found["letters"]
    longest = sorted(letters, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest)), re.IGNORECASE)

    def read(text: str) -> str:
        text = unicodedata.normalize("NFD", prepare(text))
        for mark in marks:
            text = text.replace(mark, "")
        for rule, replace, letter in before:
            if letter in text:
                text = rule.sub(replace, text)
        text = pattern.sub(lambda found: letters.get(found[0], found[0]), text)
        for rule, replace, letter in after:
            if letter in text:
                text = rule.sub(replace, text)
        return text

    return read


def _rewrites(
    rules: Iterable[Sequence[str]],
) -> list[tuple[re.Pattern[str], Callable[[re.Match[str]], str], str]]:
    return [(re.compile(pattern), _replacement(into), letter) for into, pattern, letter in rules]


def _replacement(into: str) -> Callable[[re.Match[str]], str]:
    if into == "swap":
        return lambda found: "".join(found[part] or "" for part in ("X", "sw2", "sw1", "Y"))
    return lambda found: (found["X"] or "") + into + (found["Y"] or "")


def _segments(spoken: str) -> list[str]:
    plain = _UNSAID.sub("", unicodedata.normalize("NFD", spoken))
    plain = _AFFRICATE.sub("\\1\u0361\\2", plain)
    plain = _VELAR.sub("ŋ", plain)
    found: list[str] = _segment_pattern().findall(plain)
    return found


@cache
def _segment_pattern() -> re.Pattern[str]:
    known = sorted(_sounds()[0], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, known)))


@cache
def _sounds() -> tuple[dict[str, str], dict[str, tuple[int, ...]], tuple[float, ...]]:
    """Return the class of each sound, its features (-1, 0, 1), and the features' weights."""
    data = load_data("phonemes")
    values = {"-": -1, "0": 0, "+": 1}
    segments: Mapping[str, Any] = data["segments"]
    normal = {unicodedata.normalize("NFD", name): one for name, one in segments.items()}
    return (
        {name: kind for name, (kind, _) in normal.items()},
        {name: tuple(values[sign] for sign in signs) for name, (_, signs) in normal.items()},
        tuple(data["weights"]),
    )


@cache
def _own_rules(name: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    rules = [tuple(rule) for rule in load_data("sounds")[name]["rules"]]
    pattern = re.compile("|".join(f"({spelling})" for spelling, _ in rules))
    return pattern, ("", *(value for _, value in rules))


def _adapted(name: str, letters: str) -> str:
    """Apply our own rules for foreign spellings to Latin letters."""
    pattern, values = _own_rules(name)
    said = pattern.sub(lambda found: values[found.lastindex or 0], letters)
    if name != "ja":
        return said
    # Japanese puts vowels after consonants: bus is heard as basu or busu.
    said = "".join(c for c in unicodedata.normalize("NFD", said).upper() if "A" <= c <= "Z")
    return re.sub(
        r"[BCDFGHJKLMPQRSTXZ](?=[^AEIOUY]|$)(?!(?<=T)S)",
        lambda found: found[0] + ("O" if found[0] in "TD" else "U"),
        re.sub(r"(.)\1+", r"\1", said),
    )


@cache
def _pinyin() -> Mapping[str, str]:
    return {
        char: syllable
        for syllable, (chars,) in load_data("pinyin")["syllables"].items()
        for char in chars
    }


_LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_TAILS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")


def _hiragana(text: str) -> str:
    return "".join(chr(ord(char) - 0x60) if "ァ" <= char <= "ヶ" else char for char in text)


def _jamo(text: str) -> str:
    """Take Hangul syllables apart into the letters that the table reads (Unicode, 3.12)."""
    out = ""
    for char in text:
        place = ord(char) - 0xAC00
        if 0 <= place < 11172:
            lead, rest = divmod(place, 588)
            vowel, tail = divmod(rest, 28)
            out += _LEADS[lead] + _VOWELS[vowel] + _TAILS[tail]
        else:
            out += char
    return out
