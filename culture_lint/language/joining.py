"""Find right-to-left text that layout software has broken: parted, frozen or junk-ridden letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from culture_lint.frozen import frozen

_LETTER = "\u05d0-\u05ea\u0621-\u063a\u0641-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc\u0679\u0688\u0691\u06ba\u06be\u06c1\u06d2"
# Ligatures that are typed as they are: the signs for rial, Allah, the blessing, the basmala.
_FROZEN = "\ufb50-\ufd3d\ufd50-\ufdcf\ufdf0\ufdf1\ufdf3-\ufdf9\ufdfb\ufe70-\ufefc"
_JUNK = "\u200b\ufeff\u2060"

_GATE = re.compile(rf"[{_FROZEN}\u202a-\u202e{_JUNK}]")
_PARTED = re.compile(
    rf"(?<![{_LETTER}\u064b-\u065f])[{_LETTER}](?: [{_LETTER}]){{4,}}(?![{_LETTER}])"
)
_FROZEN_RUN = re.compile(rf"[{_FROZEN}](?:[ \u0621-\u065f]{{0,3}}[{_FROZEN}]){{2,}}")
_CUT = re.compile(rf"(?<![{_LETTER}])[{_LETTER}]+[{_JUNK}]+[{_LETTER}]+(?:[{_JUNK}]+[{_LETTER}]+)*")
_OPEN, _CLOSE = "\u202a\u202b\u202d\u202e", "\u202c"

#: Letters taught in a row: the alphabet, the abjad, the Hebrew alphabet.
_ROWS = (
    "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "ابجدهوزحطيكلمنسعفصقرشتثخذضظغ",
    "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی",
    "אבגדהוזחטיכלמנסעפצקרשת",
)


@frozen
class Broken:
    """Broken letters at ``text[start:end]``.

    ``how`` is ``parted``, ``frozen``, ``cut`` or ``unbalanced``; ``mended`` is the text as it
    should be, empty where that cannot be told, and ``exact`` whether it is beyond doubt.
    """

    start: int
    end: int
    how: str
    mended: str = ""
    exact: bool = False


def broken_letters(text: str) -> Iterator[Broken]:
    """Yield what is broken in a text, from left to right for each kind."""
    for hit in _PARTED.finditer(text):
        if not _is_alphabet(hit[0].replace(" ", "")):
            yield Broken(*hit.span(), "parted")
    if _GATE.search(text) is None:
        return
    for hit in _FROZEN_RUN.finditer(text):
        backwards = _is_backwards(hit[0])
        logical = hit[0][::-1] if backwards else hit[0]
        mended = unicodedata.normalize("NFKC", logical)
        yield Broken(*hit.span(), "frozen", mended, backwards is False)
    for hit in _CUT.finditer(text):
        yield Broken(*hit.span(), "cut", re.sub(f"[{_JUNK}]", "", hit[0]), True)
    yield from _unbalanced(text)


def _is_alphabet(letters: str) -> bool:
    plain = re.sub("[أإآ]", "ا", letters)
    return any(plain in row or plain in row[::-1] for row in _ROWS)


def _is_backwards(run: str) -> bool | None:
    """Tell from the shapes whether a run is in visual order; None when they do not say.

    A word in logical order opens with an initial shape and ends with a final one.
    """
    forwards = backwards = 0
    for word in run.split():
        shapes = [unicodedata.decomposition(char).partition(">")[0] for char in word]
        forwards += (shapes[0] == "<initial") + (shapes[-1] == "<final")
        backwards += (shapes[0] == "<final") + (shapes[-1] == "<initial")
    if forwards == backwards:
        return None
    return backwards > forwards


def _unbalanced(text: str) -> Iterator[Broken]:
    opened: list[int] = []
    for line in re.finditer(r"[^\n]+", text):
        opened.clear()
        for at in range(*line.span()):
            if text[at] in _OPEN:
                opened.append(at)
            elif text[at] == _CLOSE and opened:
                opened.pop()
        # Embeddings end with the paragraph; an override that runs on turns digits round.
        forced = [at for at in opened if text[at] in "\u202d\u202e"]
        if forced:
            yield Broken(forced[0], line.end(), "unbalanced")
