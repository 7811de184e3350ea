"""How messages name things: quoted on one line, clipped, with the nearest known name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

_LONGEST = 60
#: Joiners of Indic scripts and emoji, and spaces that Python does not call printable.
_HARMLESS = "\u200c\u200d\u00a0\u3000"


def printable(text: str) -> str:
    """Return the text on one line, with what a terminal would act on written as an escape."""
    return "".join(c if is_printable(c) else c.encode("unicode_escape").decode() for c in text)


def is_printable(char: str) -> bool:
    """Tell whether a terminal just shows the character."""
    return char.isprintable() or char in _HARMLESS


def quoted(text: str) -> str:
    """Return the text in quotation marks, clipped."""
    shown = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    return f'"{printable(shown)}"'


def listed(words: Sequence[str]) -> str:
    """Return ``a, b and c``."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ``; did you mean "major"?`` where something known is near, else nothing."""
    if len(word) > _LONGEST:
        return ""
    found = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"; did you mean {quoted(found[0])}?" if found else ""
