"""Fold text for matching, with a map from each folded character back to the original.

Folding ignores what never changes a sign: letter case, full-width and compatibility forms,
Arabic vowel signs and tatweel, alef and yeh variants, the points of Russian ё, Hebrew points, Devanagari nukta, skin tones,
variation selectors, invisible characters, kinds of blanks, quotes and hyphens. Forms and text go
through the same function, so that a form always meets its own spelling.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from culture_lint.frozen import frozen

# Characters that fold to their lower case, one to one: the common case needs no map.
_PLAIN = re.compile(
    "(?: ?[!-_a-~¡-§©«¬®±¶·»¿-įĴ-ľŁ-ňŊ-žΆ"
    "Έ-ώЀЂ-ѐђ-ԯա-ֆ"
    "א-תؠءبتث-ؾفقلمنهوي٠-٩"
    "ऄ-हऽ-ॗॠ-ॣ०-९অ-হা-্০-৯"
    "஀-௿ఀ-౿ก-์๎-๛"
    "、-〟ぁ-ゖァ-ヺー一-鿿가-힣])* ?"
)
_CHARS = {
    "ı": "i",
    "İ": "i",
    "ß": "ß",
    "ё": "е",
    "Ё": "е",
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "`": "'",
    "´": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "‟": '"',
    "‐": "-",
    "‑": "-",
    "‒": "-",
    "−": "-",
    "\u00ad": "",
    "ـ": "",
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ٱ": "ا",
    "ى": "ي",
    "ی": "ي",
    "ک": "ك",
    "ة": "ه",
    "ँ": "ं",
    # One letter for those who type and for dictionaries, though Unicode takes it apart.
    "ำ": "ำ",
    "ຳ": "ຳ",
    "़": "",
}
_REMOVED = (
    (0x0300, 0x036F, False),
    (0x0591, 0x05BD, True),
    (0x05BF, 0x05C7, True),
    (0x0610, 0x061A, True),
    (0x064B, 0x065F, True),
    (0x0670, 0x0670, True),
    (0x06D6, 0x06ED, True),
    (0x200B, 0x200F, True),
    (0x202A, 0x202E, True),
    (0x2060, 0x2064, True),
    (0x2066, 0x2069, True),
    (0xFE00, 0xFE0F, True),
    (0xFEFF, 0xFEFF, True),
    (0x1F3FB, 0x1F3FF, True),
    (0xE0100, 0xE01EF, True),
)


@frozen
class Folded:
    """Folded text; ``offsets[i]`` is where folded character ``i`` starts in the original.

    ``offsets`` has one entry more than ``text`` (the end), or is None where the two have the
    same length and every position stands for itself.
    """

    text: str
    offsets: Sequence[int] | None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open range of the original that ``text[start:end]`` came from."""
        offsets = self.offsets
        if offsets is None:
            return start, end
        first, last = offsets[start], offsets[end]
        # One character may fold to several (½): a match that ends inside takes it whole.
        while end < len(offsets) - 1 and last == offsets[end - 1]:
            end += 1
            last = offsets[end]
        return first, last


class _Table(dict[str, str]):
    """Fold of single characters, worked out on first sight."""

    def __missing__(self, char: str) -> str:
        value = self[char] = _fold_char(char)
        return value


def _fold_char(char: str) -> str:
    known = _CHARS.get(char)
    if known is not None:
        return known
    code = ord(char)
    for low, high, removed in _REMOVED:
        if low <= code <= high:
            return "" if removed else char
    if char.isspace():
        return " "
    folded = unicodedata.normalize("NFKC", char).lower()
    if folded.startswith(" "):
        return char  # a free-standing accent is no blank
    if folded != char.lower():
        folded = "".join(_CHARS.get(part, part) for part in folded)
    return folded


_table = _Table()


def fold(text: str) -> Folded:
    """Fold ``text``; linear in its length, close to free for plain lower-case prose."""
    if text.isascii() and text.isprintable() and "  " not in text and "`" not in text:
        return Folded(text.lower(), None)  # the same as by the pattern, in a tenth of the time
    if _PLAIN.fullmatch(text) is not None:
        return Folded(text.lower(), None)
    return _fold_slowly(text)


def _fold_slowly(text: str) -> Folded:
    if not unicodedata.is_normalized("NFC", text) or _PARTED.search(text):
        return _fold_clusters(text)
    out: list[str] = []
    offsets: list[int] = []
    table = _table
    blank = False
    moved = False
    for index, char in enumerate(text):
        folded = table[char]
        if folded == " ":
            if blank:
                moved = True
                continue
            blank = True
        else:
            if len(folded) != 1:
                moved = True
                if not folded:
                    continue
            blank = False
        out.append(folded)
        offsets.extend([index] * len(folded))
    if not moved:
        return Folded("".join(out), None)
    offsets.append(len(text))
    return Folded("".join(out), offsets)


_CLUSTER = re.compile("[^\u0300-\u036f\u3099\u309a][\u0300-\u036f\u3099\u309a\uff9e\uff9f]+")
#: Half-width kana carry their voicing mark beside them: two characters for one.
_HALF_VOICED = re.compile("[\uff66-\uff9d][\uff9e\uff9f]")
#: The Thai and Lao vowel am as the two signs that it is made of, a tone mark between them or not.
_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32|\u0ecd([\u0ec8-\u0ecb]?)\u0eb2")
_PARTED = re.compile(f"{_HALF_VOICED.pattern}|{_AM.pattern}")


def _fold_clusters(text: str) -> Folded:
    """Fold text that holds combining marks: compose each cluster, then fold its characters."""
    out: list[str] = []
    offsets: list[int] = []
    index = 0
    while index < len(text):
        cluster = _CLUSTER.match(text, index) or _AM.match(text, index)
        end = cluster.end() if cluster else index + 1
        whole = text[index:end]
        if _HALF_VOICED.match(whole):
            whole = unicodedata.normalize("NFKC", whole)
        elif am := _AM.match(whole):
            whole = (am[1] or am[2] or "") + ("ำ" if whole[0] == "\u0e4d" else "ຳ")
        for char in unicodedata.normalize("NFC", whole):
            folded = _table[char]
            if folded == " " and out and out[-1] == " ":
                continue
            for part in folded:
                out.append(part)
                offsets.append(index)
        index = end
    offsets.append(len(text))
    return Folded("".join(out), offsets)
