"""What a market looks for that copy could say: voices, proof, festivals, scenes, as words to write.

These are candidates only: `culture_lint/trials/resonance.py` tries each on the copy itself before
anybody is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from culture_lint.advice.naming import cues, heading
from culture_lint.frozen import frozen
from culture_lint.knowledge.model import Reading
from culture_lint.knowledge.runtime import Knowledge, Market
from culture_lint.knowledge.scales import Polarity

#: What a welcome reading is about, by its category; anything else is a scene or a motif.
_KINDS = {
    "persona": "voice",
    "locale": "proof",
    "claim": "proof",
    "occasion": "occasion",
    "language": "manner",
    "address": "manner",
    "idiom": "manner",
    "humour": "manner",
    # What people there like to eat is no motif for whatever is sold.
    "food": "taste",
}


@frozen
class Wish:
    """Something a market looks for: ``words`` says it in a language, ``example`` is copy that does.

    ``kind`` is ``voice``, ``proof``, ``occasion``, ``manner``, ``taste`` or ``scene``; ``signs`` are the signs
    or voices by which it is said.
    """

    reading: Reading
    kind: str
    title: str
    signs: tuple[str, ...]
    words: str
    example: str


def wishes(
    knowledge: Knowledge, market: Market, language: str, *, preview: bool = False
) -> Iterator[Wish]:
    """Yield what a market looks for and can be said in a language, as the rulesets order it.

    What has no words in that language is left out: a marketer cannot write it.
    """
    for number in market.readings:
        reading = knowledge.reading(number)
        if reading.polarity is not Polarity.POSITIVE or not reading.fires:
            continue
        if reading.preview and not preview:
            continue
        words = _words(knowledge, reading, language)
        if words:
            yield Wish(
                reading,
                _kind(knowledge, reading),
                heading(knowledge, reading),
                reading.personas or reading.signifiers,
                words,
                _example(reading, language),
            )


def _kind(knowledge: Knowledge, reading: Reading) -> str:
    numbers = knowledge.signifier_numbers
    if any(
        knowledge.kind(numbers[one]) == "occasion" for one in reading.signifiers if one in numbers
    ):
        return "occasion"
    return _KINDS.get(reading.category, "scene")


def _words(knowledge: Knowledge, reading: Reading, language: str) -> str:
    for persona in reading.personas:
        for text in cues(knowledge, persona, language):
            return text
    for name in reading.signifiers:
        number = knowledge.signifier_numbers.get(name)
        if number is not None:
            text = knowledge.sayings(number).get(language, "")
            if text:
                return text
    return ""


def _example(reading: Reading, language: str) -> str:
    found: Sequence[str] = [one.text for one in reading.flag if one.language == language]
    return found[0] if found else ""
