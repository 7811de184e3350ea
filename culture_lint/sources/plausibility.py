"""Tell legacy encodings apart by how plausible the decoded text looks."""

from __future__ import annotations

import codecs
import re

from culture_lint.sources.schemas import known_words

#: In the order in which ties are decided.
_CANDIDATES = ("cp932", "gb18030", "cp1252", "cp949", "big5", "cp1251", "cp1250", "cp1254")
#: The score, between about -1 and 2, below which nothing is believed.
_BELIEVED = 0.35
_SAMPLE = 64 * 1024

_LATIN = {
    "cp1252": frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüßœÀÁÂÄÅÆÇÈÉÊÍÎÑÓÔÖØÚÜŒ"),
    "cp1250": frozenset("ąćęłńóśźżáčďéěíňřšťúůýžőűöüäßăâîşţđŁŚŻŹĆČŠŽŘĎŤÁÉÍÓÚÖÜŐŰ"),
    "cp1254": frozenset("çğıöşüâîûÇĞİÖŞÜ"),
}
_PUNCTUATION = frozenset("’‘“”„–—•…€™®©°£«»¿¡·\xa0½¼¾×²³ºª‚›‹±µ")
_CYRILLIC = re.compile("[а-яё]")


def best_encoding(data: bytes) -> str | None:
    """Return the legacy encoding in which ``data`` reads best, None when it reads badly in all.

    ``data`` may begin and end inside a character.
    """
    best: tuple[float, str] | None = None
    for encoding in _CANDIDATES:
        text = _decoded(data[:_SAMPLE] if len(data) > _SAMPLE else data, encoding)
        if text is None:
            continue
        score = _score(text, encoding) + _header_bonus(text)
        if best is None or score > best[0] + 0.02:
            best = (score, encoding)
    return best[1] if best is not None and best[0] >= _BELIEVED else None


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return codecs.getincrementaldecoder(encoding)().decode(data)
    except UnicodeDecodeError:
        return None


def _header_bonus(text: str) -> float:
    """Return 0 to 1 for column names of a known kind, outside ASCII, in the first lines."""
    cells = re.split(r"[,;\t|\r\n]", text[:8000])
    return min(1.0, 0.5 * known_words(cell.strip('" ') for cell in cells if not cell.isascii()))


def _score(text: str, encoding: str) -> float:
    """Return the mean plausibility of the characters outside ASCII, between -1 and 1."""
    wide = [char for char in text if char > "\x7f"]
    if not wide:
        return 0.0
    if encoding in _LATIN:
        total = _latin(text, _LATIN[encoding])
    elif encoding == "cp1251":
        total = _cyrillic(text)
    else:
        total = sum(_east_asian(char, encoding) for char in wide)
    return total / len(wide)


def _latin(text: str, letters: frozenset[str]) -> float:
    total = 0.0
    for found in re.finditer(r"[^\W\d_]*[^\x00-\x7f]+[^\W\d_]*", text):
        total += _latin_word(found.group(), letters)
    return total


def _latin_word(word: str, letters: frozenset[str]) -> float:
    """Return the sum over one word: accents are rare, and lower case after lower case."""
    total = 0.0
    before = ""
    for char in word:
        if char > "\x7f":
            if char in letters:
                good = not (before > "\x7f" and before.isalpha() and len(word) < 4)
                good = good and not (char.isupper() and before.islower())
                total += 1.0 if good else -0.5
            else:
                total += 0.8 if char in _PUNCTUATION and not before.isalpha() else -0.4
        before = char
    runs = re.findall(r"[^\x00-\x7f]{3,}", word)
    return total - 2 * sum(len(run) for run in runs)


def _cyrillic(text: str) -> float:
    total = 0.0
    for found in re.finditer(r"[^\x00-\x7f]+", text):
        word = found.group()
        lower = len(_CYRILLIC.findall(word))
        upper = sum(1 for char in word if "А" <= char <= "Я" or char == "Ё")
        odd = len(word) - lower - upper - sum(1 for char in word if char in _PUNCTUATION)
        mixed = upper > 1 and lower > 0
        total += lower * (0.2 if len(word) < 2 else 1) + upper * (-0.5 if mixed else 0.7) - odd
    return total


def _east_asian(char: str, encoding: str) -> float:
    """Return how much one character speaks for an East Asian encoding, -1 to 1."""
    if "\u3000" <= char <= "\u303f" or "\uff01" <= char <= "\uff5e":
        return 0.7
    if "\ue000" <= char <= "\uf8ff" or char == "\ufffd" or char > "\uffff":
        return -1.0
    if "\u3041" <= char <= "\u30fc":
        return 1.0 if encoding == "cp932" else -0.5
    if "\uff61" <= char <= "\uff9f":
        return -0.4
    try:
        lead, trail = char.encode(encoding)
    except (UnicodeEncodeError, ValueError):
        return -0.5
    if encoding == "cp932":
        return 0.8 if 0x88 <= lead <= 0x97 else -0.2 if lead > 0x98 else 0.3
    if encoding == "cp949":
        return 1.0 if 0xB0 <= lead <= 0xC8 and trail >= 0xA1 else -0.4
    if encoding == "big5":
        return 0.9 if 0xA4 <= lead <= 0xC6 else -0.1
    return 0.9 if 0xB0 <= lead <= 0xD7 and trail >= 0xA1 else -0.3
