"""What rules, signs and voices are called where people read of them, who know no ids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from culture_lint.knowledge.model import Reading
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.knowledge.scales import Polarity
from culture_lint.results import Suggestion

#: What ids of welcome signs begin with, which says nothing to readers.
_HEAD = re.compile(r"^(?:resonance|persona|res|rs)-")
#: Words that belittle people are not spelled out to those who have not asked for them.
_UNSPOKEN = frozenset({"profanity", "discrimination"})
_UNSPOKEN_KINDS = frozenset({"slur"})
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
#: Ids in capitals.
_CAPITALS = frozenset({"lgbt", "lgbtq", "eu", "uk", "us", "usa", "fda", "mlm", "cbd", "vat", "ce"})


def heading(knowledge: Knowledge, reading: Reading) -> str:
    """Return a reading's name: for a voice the persona's, else its id in plain words."""
    if reading.personas:
        numbers = knowledge.persona_numbers
        return _capital(", ".join(knowledge.persona(numbers[one])[1] for one in reading.personas))
    return plain(_HEAD.sub("", reading.id.rpartition("/")[2]))


def plain(slug: str) -> str:
    """Return ``dog-on-food`` as ``Dog on food``."""
    words = [one.upper() if one in _CAPITALS else one for one in slug.split("-")]
    return _capital(" ".join(words))


def wordings(
    knowledge: Knowledge,
    reading: Reading,
    signs: Sequence[str],
    languages: Sequence[str],
    most: int,
) -> tuple[Suggestion, ...]:
    """Return how signs that come under a reading are written, or the cues of its voices.

    Empty for words that belittle people, which nobody needs to read who writes a brief.
    """
    if reading.personas:
        return tuple(_cues(knowledge, reading, languages, most))
    if reading.category in _UNSPOKEN and reading.polarity is not Polarity.POSITIVE:
        return ()
    found: dict[str, Suggestion] = {}
    for name in signs:
        number = knowledge.signifier_numbers.get(name)
        if number is None or knowledge.kind(number) in _UNSPOKEN_KINDS:
            continue
        sayings = knowledge.sayings(number)
        for language in dict.fromkeys(languages):
            if language in sayings:
                text = sayings[language]
                found.setdefault(text, Suggestion(text, language, (), "none"))
    return tuple(found.values())[:most]


def cues(knowledge: Knowledge, persona: str, language: str) -> tuple[str, ...]:
    """Return the words of a language that give a voice away by themselves, as the rulesets order them."""
    number = knowledge.persona_numbers[persona]
    found = knowledge.cues(number)
    return tuple(text for text, tag, strong in found if strong and tag.split("-")[0] == language)


def _cues(
    knowledge: Knowledge, reading: Reading, languages: Sequence[str], most: int
) -> Iterator[Suggestion]:
    """Yield cues of the voices, those of the market's own languages first."""
    left = most
    for language in dict.fromkeys(languages):
        for persona in reading.personas:
            for text in cues(knowledge, persona, language)[:left]:
                left -= 1
                yield Suggestion(text, language, (), "none")
        if not left:
            return


def conditions(knowledge: Knowledge, reading: Reading, welcome: bool) -> str:
    """Return when a reading counts, in a few words; empty where it always does.

    Of a clash only how the sign is used: the exceptions are for the linter, which knows the copy.
    """
    parts = []
    if reading.usage_any:
        parts.append(f"as {_or([one.value for one in reading.usage_any])}")
    if welcome and reading.with_ is not None:
        parts.append(f"with {_names(knowledge, reading.with_.any + reading.with_.all)}")
    if welcome and reading.without is not None:
        parts.append(f"not with {_names(knowledge, reading.without.any + reading.without.all)}")
    return ", ".join(parts)


def limit_words(reading: Reading) -> str:
    """Return what a rule on fields themselves allows, empty for any other rule."""
    limit = reading.limit
    if limit is None:
        return ""
    parts = [
        f"at most {limit.longest} {limit.unit}" if limit.longest else "",
        f"at least {limit.shortest} {limit.unit}" if limit.shortest else "",
        f"at least {limit.fewest_words} words" if limit.fewest_words else "",
        f"none of {' '.join(limit.forbidden)}" if limit.forbidden else "",
        f"no word more than {limit.repeats} times" if limit.repeats else "",
        "no words in capitals" if limit.capitals else "",
        "no emoji" if limit.emoji else "",
    ]
    fields = f"in {_or(reading.roles)}: " if reading.roles else ""
    return fields + ", ".join(part for part in parts if part)


def advice_in(message: str) -> str:
    """Return what a message asks for: its last sentence, or what stands behind its semicolon.

    Empty where that speaks of the words found, which a brief has none of.
    """
    sentences = _SENTENCE.split(message)
    told = sentences[-1] if len(sentences) > 1 else message.rpartition("; ")[2]
    return "" if "{match}" in told else _capital(told)


def _names(knowledge: Knowledge, signs: Sequence[str]) -> str:
    return _or(
        [sign_name(knowledge, one) for one in signs[:4]] + (["the like"] if signs[4:] else [])
    )


def sign_name(knowledge: Knowledge, sign: str) -> str:
    """Return a sign's gloss where it has a short one, else its id in plain words."""
    number = knowledge.signifier_numbers.get(sign)
    gloss = knowledge.gloss(number) if number is not None else ""
    return gloss if 0 < len(gloss) <= 30 else sign.replace("-", " ")


def _or(names: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
