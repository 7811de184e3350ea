"""The bands that scores fall into, A to E, and what each asks for."""

from __future__ import annotations

from typing import Final

from culture_lint.frozen import frozen
from culture_lint.scoring.constants import CAI
from culture_lint.scoring.display import shown


@frozen
class Band:
    """A range of scores: its letter, ``A`` to ``E``, what to do, and its least displayed CAI."""

    letter: str
    phrase: str
    least: float


_BANDS: Final = tuple(Band(letter, phrase, least) for least, letter, phrase in CAI.bands)


def band(cai: float) -> Band:
    """Return the band of a score, read off the score as displayed to one decimal.

    So 74.96, displayed as 75.0, is a B: letter and number never disagree.
    """
    value = shown(cai)
    return next(one for one in _BANDS if value >= one.least)
