"""See through words that are written to look different: sh1t, n.a.z.i, f*ck, fuuuck, ѕhit.

Only exact forms of vulgar, hateful and extremist signs are looked for, and only where text has a
shape that ordinary prose almost never has; everything else is left alone. Invisible characters,
full-width and mathematical letters need nothing here: folding removes them.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from culture_lint.knowledge.runtime import DISGUISED_LEAST
from culture_lint.language.boundaries import load_data
from culture_lint.language.normalise import Folded
from culture_lint.matching.scan import DISGUISED, Hit

#: Shorter words are met by chance.
LEAST = DISGUISED_LEAST
#: Tokens whose plain form is remembered.
KEPT = 8192
#: What a finding's message says of such a match.
NOTE = "It is written to look different, but reads the same."

_STANDS_FOR = {
    "0": "o",
    "1": "il",
    "3": "e",
    "4": "a",
    "5": "s",
    "7": "t",
    "8": "b",
    "$": "s",
    "@": "a",
    "!": "i",
    "|": "il",
}
#: Characters that hide a letter altogether.
_MASKS = "*#"
_SIGNS = "".join(_STANDS_FOR) + _MASKS

_SPACED = re.compile(
    r"(?<![^\W_])(?<![^\W\d_]['’])[^\W\d_]([ .\-_/·•|*])[^\W\d_](?:\1[^\W\d_]){2,}(?!['’]?[^\W_])"
)
_TOKEN = re.compile(r"[\w$@!|*#]+")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_MIXED = re.compile(r"[a-z][Ͱ-ӿ]|[Ͱ-ӿ][a-z]")
_INVISIBLE = re.compile("\\w[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]+\\w")
_LEET = re.compile(rf"[^\W\d_][{re.escape(_SIGNS)}]+[^\W\d_]|(?<!\w)[$@][^\W\d_]")


def _classes() -> bytes:
    """Map each UTF-8 byte of folded text to what it can be part of."""
    table = bytearray(b"." * 256)
    for byte in b"abcdefghijklmnopqrstuvwxyz":
        table[byte] = ord("a")
    for sign in "0134578!|*#":
        table[ord(sign)] = ord("1")
    for sign in "$@":
        table[ord(sign)] = ord("$")
    for sign in " .-_/\n":
        table[ord(sign)] = ord(" ")
    for byte in range(0xCE, 0xD4):
        table[byte] = ord("G")  # the first of two bytes of a Greek or Cyrillic letter
    for byte in range(0x80, 0xC0):
        table[byte] = ord("c")
    return bytes(table)


_CLASSES = _classes()
#: Each with a byte that is rare in prose: without one anywhere, nobody looks for the shape.
_SHAPES = (
    (b"G", b"aG"),
    (b"G", b"Gca"),
    (b"1", b"a1a"),
    (b"1", b"a11a"),
    (b"1", b"a111a"),
    (b"$", b"a$a"),
    (b"$", b"a$$a"),
    (b"$", b" $a"),
    (b" ", b" a a a a"),
)
_RUNS = (b"aaa", b"eee", b"iii", b"ooo", b"uuu", b"ttt")


def looks_disguised(text: str) -> bool:
    """Tell whether the characters of a match were chosen to look different."""
    if _INVISIBLE.search(text) or any("\U0001d400" <= char <= "\U0001d7ff" for char in text):
        return True
    lower = unicodedata.normalize("NFKC", text).lower()
    return any(
        pattern.search(lower) is not None for pattern in (_MIXED, _SPACED, _LEET, _STRETCHED)
    )


def _finds(text: bytes, needles: Sequence[bytes]) -> Iterator[int]:
    for needle in needles:
        place = text.find(needle)
        while place >= 0:
            yield place
            place = text.find(needle, place + 1)


class Disguises:
    """Find disguised forms.

    Args:
        forms: Pattern numbers by the plain spelling of what may be disguised.
    """

    def __init__(self, forms: Mapping[str, int]) -> None:
        self._forms = forms
        self._by_length: dict[int, list[str]] = {}
        for form in sorted(forms):
            self._by_length.setdefault(len(form), []).append(form)
        self._known: dict[str, str | None] = {}

    def find(self, folded: Sequence[Folded], joined: bytes) -> Iterator[Hit]:
        """Yield a hit for every disguised form, as `scan` does.

        Args:
            folded: Texts.
            joined: The same as bytes, joined by line ends.
        """
        blob = b"\n" + joined + b"\n"
        classes = blob.translate(_CLASSES)
        shapes = [shape for letter, shape in _SHAPES if letter in classes]
        places = [*_finds(classes, shapes), *_finds(blob, _RUNS)]
        if not places:
            return
        starts = [1]
        for one in folded:
            starts.append(starts[-1] + len(one.text.encode("utf-8", "surrogatepass")) + 1)
        # A shape may begin at the separator before its segment.
        for segment in sorted({bisect_right(starts, place + 1) - 1 for place in places}):
            if segment < len(folded):
                for start, end, form in self._words(folded[segment].text):
                    yield segment, start, end, self._forms[form], DISGUISED

    def _words(self, text: str) -> Iterator[tuple[int, int, str]]:
        for match in _SPACED.finditer(text):
            yield from self._spaced(match)
        for match in _TOKEN.finditer(text):
            token = match[0]
            core = token.lstrip("*#!|_").rstrip("!*#|_@$")
            if len(core) < LEAST:
                continue
            form = self._plain(core)
            if form is not None:
                start = match.start() + token.index(core)
                yield start, start + len(core), form

    def _spaced(self, match: re.Match[str]) -> Iterator[tuple[int, int, str]]:
        letters = match[0][::2]
        # A one-letter word may stand before or after: “a f u c k”.
        for first, last in ((0, 0), (1, 0), (0, 1)):
            word = letters[first : len(letters) - last]
            if len(word) >= LEAST and word in self._forms:
                yield match.start() + 2 * first, match.end() - 2 * last, word
                return

    def _plain(self, token: str) -> str | None:
        """Return the form that a token stands for, None where it disguises nothing."""
        try:
            return self._known[token]
        except KeyError:
            if len(self._known) >= KEPT:
                self._known.clear()
            found = self._known[token] = self._worked_out(token)
            return found

    def _worked_out(self, token: str) -> str | None:
        if token in self._forms:
            return None  # as it is written: the scan has seen it
        if _STRETCHED.search(token):
            return self._shortened(token)
        if _MIXED.search(token) is None and _LEET.search(token) is None:
            return None
        choices = [_choices(char) for char in token]
        masked = sum(not one for one in choices)
        letters = sum(char.isalpha() for char in token)
        if letters < 2 or masked * 2 > len(token) or not choices[0]:
            return None
        for form in self._by_length.get(len(token), ()):
            if all(not one or char in one for char, one in zip(form, choices, strict=True)):
                return form
        return None

    def _shortened(self, token: str) -> str | None:
        for kept in (r"\1", r"\1\1"):
            form = _STRETCHED.sub(kept, token)
            if len(form) >= LEAST and form in self._forms:
                return form
        return None


def _choices(char: str) -> str:
    """Return the letters that a character may stand for, none for any letter."""
    if char in _MASKS:
        return ""
    return _STANDS_FOR.get(char) or char + _look_alikes().get(char, "")


@cache
def _look_alikes() -> dict[str, str]:
    """Letters of Greek and Cyrillic to the Latin ones they pass for, and the reverse."""
    data = load_data("confusables")
    found: dict[str, str] = {}
    for name in ("latin", "faux"):
        for char, letters in data[name].items():
            found[char] = found.get(char, "") + "".join(letters)
    for char, letters in data["latin"].items():
        for letter in letters:
            found[letter] = found.get(letter, "") + char
    return found
