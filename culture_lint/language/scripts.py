"""Which writing system a text is in, and which language a script settles by itself."""

from __future__ import annotations

import re

_LATIN = re.compile("[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ]")
_SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("Kana", re.compile("[ぁ-ゖァ-ヺｦ-ﾝ]")),
    ("Han", re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")),
    ("Hangul", re.compile("[가-힣ᄀ-ᇿㄱ-ㆎ]")),
    ("Arabic", re.compile("[ء-ۓݐ-ݿﭐ-﷿ﹰ-ﻼ]")),
    ("Cyrillic", re.compile("[Ѐ-ԯ]")),
    ("Devanagari", re.compile("[ऄ-ॿ]")),
    ("Thai", re.compile("[ก-๎]")),
    ("Hebrew", re.compile("[א-ת]")),
    ("Bengali", re.compile("[অ-৾]")),
    ("Greek", re.compile("[Ά-ώἀ-ῼ]")),
    ("Gurmukhi", re.compile("[ਁ-ੵ]")),
    ("Gujarati", re.compile("[ઁ-૱]")),
    ("Oriya", re.compile("[ଁ-୷]")),
    ("Tamil", re.compile("[ஂ-௺]")),
    ("Telugu", re.compile("[ఀ-౿]")),
    ("Kannada", re.compile("[ಀ-ೲ]")),
    ("Malayalam", re.compile("[ഀ-ൿ]")),
    ("Sinhala", re.compile("[ං-෴]")),
    ("Lao", re.compile("[ກ-ໝ]")),
    ("Myanmar", re.compile("[က-႟]")),
    ("Khmer", re.compile("[ក-៹]")),
    ("Georgian", re.compile("[Ⴀ-ჿ]")),
    ("Armenian", re.compile("[Ա-և]")),
    ("Ethiopic", re.compile("[ሀ-፼]")),
)
#: A letter of a dense script carries about as much text as this many Latin letters.
_WEIGHT = {"Kana": 2.0, "Han": 2.5, "Hangul": 2.0}

_SOLE = {
    "Kana": "ja",
    "Hangul": "ko",
    "Thai": "th",
    "Hebrew": "he",
    "Greek": "el",
    "Gurmukhi": "pa",
    "Gujarati": "gu",
    "Oriya": "or",
    "Tamil": "ta",
    "Telugu": "te",
    "Kannada": "kn",
    "Malayalam": "ml",
    "Sinhala": "si",
    "Lao": "lo",
    "Myanmar": "my",
    "Khmer": "km",
    "Georgian": "ka",
    "Armenian": "hy",
    "Ethiopic": "am",
}
_PERSIAN = re.compile("[پچژگ]")
_URDU = re.compile("[ٹڈڑںےہھ]")
_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
_KAZAKH = re.compile("[әғқңөұүһӘҒҚҢӨҰҮҺ]")
_RUSSIAN_ONLY = re.compile("[ыэъёЫЭЪЁ]")
_SERBIAN = re.compile("[ђјљњћџЂЈЉЊЋЏ]")
_ASSAMESE = re.compile("[ৰৱ]")
_MARATHI = re.compile("ळ")

#: Languages written without blanks between words.
UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my"})

#: Tags that stand for a language which has its facts under another one.
_SAME = {"nb": "no", "nn": "no", "fil": "tl", "iw": "he", "in": "id", "cmn": "zh", "yue": "zh"}


def same_language(language: str) -> str:
    """Return the tag under which a language's facts are kept: ``no`` for Bokmål and Nynorsk."""
    return _SAME.get(language, language)


#: A letter of a script without blanks between words (Han, kana, Thai, Lao, Khmer, Burmese).
UNSPACED_LETTER = re.compile(
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff]"
)


def dominant_script(text: str) -> str | None:
    """Return the script of most of the text (``"Latin"``, ``"Han"`` ...), None without letters.

    A text that mixes a local script with Latin brand names counts as the local one when that
    makes up about a third. Kana anywhere beside Han makes the text Japanese.
    """
    if text.isascii():
        return "Latin" if _LATIN.search(text) else None
    latin = len(_LATIN.findall(text))
    counts: dict[str, float] = {}
    for name, pattern in _SCRIPTS:
        if (found := pattern.findall(text)) and found:
            counts[name] = len(found) * _WEIGHT.get(name, 1.0)
    if not counts:
        return "Latin" if latin else None
    if "Kana" in counts and "Han" in counts and counts["Kana"] * 8 >= counts["Han"]:
        counts["Kana"] += counts.pop("Han")
    best = max(counts, key=lambda name: (counts[name], name))
    return best if counts[best] * 2 >= latin else "Latin"


def language_of_script(script: str, text: str) -> str | None:
    """Return the language that a script settles for this text, or None for Latin.

    Letters that only some languages use tell Persian and Urdu from Arabic, Ukrainian and Kazakh
    from Russian, Assamese from Bengali. Han alone is taken for Chinese.
    """
    if script in _SOLE:
        return _SOLE[script]
    if script == "Han":
        return "zh"
    if script == "Arabic":
        if _URDU.search(text):
            return "ur"
        return "fa" if _PERSIAN.search(text) else "ar"
    if script == "Cyrillic":
        return _cyrillic(text)
    if script == "Devanagari":
        return "mr" if _MARATHI.search(text) else "hi"
    if script == "Bengali":
        return "as" if _ASSAMESE.search(text) else "bn"
    return None


def _cyrillic(text: str) -> str:
    if _KAZAKH.search(text):
        return "kk"
    if _SERBIAN.search(text):
        return "sr"
    if _UKRAINIAN.search(text) and not _RUSSIAN_ONLY.search(text):
        return "uk"
    return "ru"


def is_latin(text: str) -> bool:
    """Tell whether the letters of a (short) form are Latin, or there are none."""
    return text.isascii() or not any(pattern.search(text) for _, pattern in _SCRIPTS)
