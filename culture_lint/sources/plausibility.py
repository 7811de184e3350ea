"""Tell legacy encodings apart by how plausible the decoded text looks."""

from __future__ import annotations

import codecs
import re
from collections import Counter

from culture_lint.sources.schemas import known_words

#: In the order in which ties are decided.
_CANDIDATES = ("cp932", "gb18030", "cp1252", "cp949", "big5", "cp1251", "cp1250", "cp1254")
#: The score, between about -1 and 2, below which nothing is believed.
_BELIEVED = 0.35
#: So many bytes are decoded: the head whole, then lines with characters outside ASCII.
_SAMPLE = 64 * 1024
_HEAD = 8 * 1024

#: The letters outside ASCII of one language or a few, by the encoding that is used for them.
_ALPHABETS = {
    "cp1252": (
        "àâæçèéêëîïôœùûü",
        "äöüß",
        "áéíñóúü",
        "áâãàçéêíóôõú",
        "àèéìíòóù",
        "åäöæøé",
        "áðéíóúýþæö",
        "àçèéíïòóúü",
        "àáâãäåæçèéêëìíîïñòóôõöøùúûüßœ",
    ),
    "cp1250": ("ąćęłńóśźż", "áäčďéěíĺľňóôŕřšťúůýž", "áéíóöőúüű", "čćđšž", "ăâîşţ"),
    "cp1254": ("çğıöşüâîûİ",),
}
_TYPOGRAPHY = frozenset("’‘“”„–—•…€™®©«»°·\xa0‚›‹")
_SIGNS = frozenset("£¿¡½¼¾×²³ºª±µ§")
_CYRILLIC = re.compile("[а-яёіїєґў]")
_CYRILLIC_UPPER = re.compile("[А-ЯЁІЇЄҐЎ]")
#: A word with characters outside ASCII, and a run of such characters with its neighbours.
_WORD = re.compile(r"[^\W\d_]*[^\x00-\x7f]+[^\W\d_]*")
_RUN = re.compile(r"([A-Za-z]?)([^\x00-\x7f]+)(?=([A-Za-z]?))")


def best_encoding(data: bytes) -> str | None:
    """Return the legacy encoding in which ``data`` reads best, None when it reads badly in all.

    ``data`` may end inside a character.
    """
    telling = b"\n".join(line for line in data[_HEAD:].split(b"\n") if not line.isascii())
    data = data[:_HEAD] + b"\n" + telling[: _SAMPLE - _HEAD]
    best: tuple[float, str] | None = None
    for encoding in _CANDIDATES:
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(data)
        except UnicodeDecodeError:
            continue
        score = _score(text, encoding) + _header_bonus(text)
        if best is None or score > best[0] + 0.001:
            best = (score, encoding)
    return best[1] if best is not None and best[0] >= _BELIEVED else None


def _header_bonus(text: str) -> float:
    """Return 0 to 1 for column names of a known kind, outside ASCII, in the first lines."""
    cells = re.split(r"[,;\t|\r\n]", text[:8000])
    return min(1.0, 0.5 * known_words(cell.strip('" ') for cell in cells if not cell.isascii()))


def _score(text: str, encoding: str) -> float:
    """Return the mean plausibility of the characters outside ASCII, between -1 and 1."""
    count = sum(1 for char in text if char > "\x7f")
    if not count:
        return 0.0
    if encoding in _ALPHABETS:
        return _latin(text, _ALPHABETS[encoding]) / count
    if encoding == "cp1251":
        return _cyrillic(text) / count
    return sum(_east_asian_run(found, encoding) for found in _RUN.finditer(text)) / count


def _latin(text: str, alphabets: tuple[str, ...]) -> float:
    """Return the sum over a text in Latin letters, in the language that fits it best."""
    total = 0.0
    letters: Counter[str] = Counter()
    for found in _WORD.finditer(text):
        word = found.group()
        before = ""
        for index, char in enumerate(word):
            if char in _TYPOGRAPHY or (char in "²³" and index == len(word) - 1):
                total += 0.8
            elif char in _SIGNS:
                total += -0.4 if before.isalpha() else 0.8
            elif char > "\x7f":
                if char.isupper() and (before.islower() or len(word) == 1):
                    total -= 1.0
                letters[char if char == "İ" else char.lower()] += 1
            before = char
        total -= 2 * sum(len(run) for run in re.findall(r"[^\x00-\x7f]{4,}", word) if run.isalpha())
    every = sum(letters.values())
    fits = (
        sum(count for char, count in letters.items() if char in alphabet)
        - every * len(alphabet) / 2000
        for alphabet in alphabets
    )
    return total + max(1.5 * fit - 0.5 * every for fit in fits)


def _cyrillic(text: str) -> float:
    total = 0.0
    for found in _RUN.finditer(text):
        word = found[2]
        if (found[1] or found[3]) and word[0] not in _TYPOGRAPHY:
            total -= 0.4 * len(word)
            continue
        lower, upper = len(_CYRILLIC.findall(word)), len(_CYRILLIC_UPPER.findall(word))
        odd = sum(1 for char in word if not char.isalpha() and char not in _TYPOGRAPHY)
        odd += len(word) - lower - upper - sum(1 for char in word if not char.isalpha())
        mixed = upper > 1 and lower > 0
        total += lower * (0.2 if len(word) < 2 else 1) + upper * (-0.5 if mixed else 0.7) - odd
    return total


def _east_asian_run(found: re.Match[str], encoding: str) -> float:
    """Return the sum over a run of characters; one alone beside a Latin letter is unlikely."""
    before, run, after = found[1], found[2], found[3]
    if len(run) == 1 and (before or after):
        return -0.4
    return sum(_east_asian(char, encoding) for char in run)


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
    code = char.encode(encoding, "replace")
    if len(code) != 2:
        return -0.5
    lead, trail = code
    if encoding == "cp932":
        return 0.8 if 0x88 <= lead <= 0x97 else -0.2 if lead > 0x98 else 0.3
    if encoding == "cp949":
        return 1.0 if 0xB0 <= lead <= 0xC8 and trail >= 0xA1 else -0.4
    if encoding == "big5":
        return 0.9 if 0xA4 <= lead <= 0xC6 else -0.1
    return 0.9 if 0xB0 <= lead <= 0xD7 and trail >= 0xA1 else -0.3
