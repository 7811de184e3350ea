"""What matching yields: signs and persona cues found in an item, verified to be what they seem."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """One sign (or persona cue) in one segment.

    ``segment`` indexes the item's segments, ``start`` and ``end`` are code points of its text;
    ``target`` is the number of the sign or, where ``cue`` is set, of the persona; ``language``
    is the form's; ``usage`` is what the form itself says of its usage, empty when it says nothing.
    """

    segment: int
    start: int
    end: int
    target: int
    language: str
    usage: str = ""
    cue: bool = False
    strong: bool = False


class Found:
    """Everything found in one item, in text order.

    ``mentions`` are of signs that some requested market has a reading for; ``cues`` are of
    personas; ``company`` are of all signs, the mentions included, and only verified when asked for.
    """

    __slots__ = ("_company", "cues", "mentions")

    def __init__(
        self,
        mentions: tuple[Mention, ...],
        cues: tuple[Mention, ...],
        company: Callable[[], tuple[Mention, ...]] | tuple[Mention, ...],
    ) -> None:
        self.mentions = mentions
        self.cues = cues
        self._company = company

    @property
    def company(self) -> tuple[Mention, ...]:
        """All signs in the item."""
        if not isinstance(self._company, tuple):
            self._company = self._company()
        return self._company


NOTHING = Found((), (), ())
