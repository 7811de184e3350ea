"""How a sign is meant where it stands; worked out only for what a reading asks."""

from __future__ import annotations

import re

from culture_lint.knowledge.scales import Usage
from culture_lint.language.clauses import clause
from culture_lint.language.cues import adjacent_cues, is_negated, usage_pattern
from culture_lint.language.normalise import fold
from culture_lint.matching.mentions import Mention
from culture_lint.matching.tongue import Tongue
from culture_lint.sources.items import Item, Role

#: How far (code points) a word of giving or packaging may stand from the sign in long prose.
REACH = 160
#: How near a word of comparison must stand: words before the sign, characters behind it.
COMPARED_WORDS = 2
COMPARED_CHARACTERS = 8
#: Languages in which the word of comparison follows what is compared to.
_AFTER = frozenset(
    (
        "as",
        "az",
        "bn",
        "eu",
        "gu",
        "hi",
        "ja",
        "kk",
        "kn",
        "ko",
        "ml",
        "mr",
        "my",
        "ne",
        "or",
        "pa",
        "si",
        "ta",
        "te",
        "tr",
        "ur",
    )
)
_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "「": "」", "『": "』", "‘": "’", "《": "》"}
_ATTRIBUTES = {
    Usage.COLOUR: ("colour", "color"),
    Usage.MATERIAL: ("material",),
    Usage.MOTIF: ("pattern",),
}
_BY_CUES = frozenset(
    {Usage.GIFT, Usage.PACKAGING, Usage.MOTIF, Usage.COLOUR, Usage.MATERIAL, Usage.INGREDIENT}
)
_NEXT_WORD = re.compile(r"\s+([^\s]+)")


class UsageReader:
    """Answer how mentions of one item are used; each answer is worked out once."""

    __slots__ = ("_answers", "_brands", "_item", "_tongue")

    def __init__(self, item: Item, tongue: Tongue) -> None:
        self._item = item
        self._tongue = tongue
        self._answers: dict[tuple[Mention, Usage], bool] = {}
        self._brands: tuple[str, ...] | None = None

    def has(self, mention: Mention, usage: Usage) -> bool:
        """Tell whether a mention has a usage."""
        key = (mention, usage)
        answer = self._answers.get(key)
        if answer is None:
            answer = self._answers[key] = self._decide(mention, usage)
        return answer

    def is_brand(self, mention: Mention) -> bool:
        """Tell whether a mention is (part of) the item's own brand: a name is no prose.

        A brand called Sangria sells no wine, in its brand field or at the head of its titles.
        """
        segments = self._item.segments
        if segments[mention.segment].role is Role.BRAND:
            return True
        word = segments[mention.segment].text[mention.start : mention.end].casefold()
        if self._brands is None:
            self._brands = tuple(
                one.text.casefold().strip() for one in segments if one.role is Role.BRAND
            )
        text = segments[mention.segment].text
        for brand in self._brands:
            if word in brand and brand:
                start = mention.start - brand.find(word)
                if start >= 0 and text[start : start + len(brand)].casefold() == brand:
                    return True
        return False

    def _decide(self, mention: Mention, usage: Usage) -> bool:
        if mention.usage == usage.value:
            return True
        if usage in _BY_CUES:
            return self._by_attribute(mention, usage) or self._by_cues(mention, usage)
        if usage is Usage.NEGATED:
            return self._negated(mention)
        if usage is Usage.COMPARED:
            return self._compared(mention)
        if usage is Usage.QUOTED:
            return self._quoted(mention)
        if usage is Usage.NAME:
            return self._name(mention)
        if usage is Usage.PRICE:
            return self._item.segments[mention.segment].role is Role.PRICE
        if usage is Usage.LITERAL:
            return mention.usage != Usage.FIGURATIVE.value and not self.has(mention, Usage.NEGATED)
        return False

    def _by_attribute(self, mention: Mention, usage: Usage) -> bool:
        segment = self._item.segments[mention.segment]
        return segment.role is Role.ATTRIBUTE and segment.attribute in _ATTRIBUTES.get(usage, ())

    def _by_cues(self, mention: Mention, usage: Usage) -> bool:
        languages = self._languages(mention)
        text = self._item.segments[mention.segment].text
        if usage is Usage.GIFT:
            first, last = max(0, mention.start - REACH), mention.end + REACH
        else:
            first, last = clause(text, mention.start, mention.end)
            first, last = max(first, mention.start - REACH), min(last, mention.end + REACH)
        if self._has_cue(text, mention, first, last, usage, languages):
            return True
        return usage is Usage.GIFT and any(
            _search(segment.text, usage, languages)
            for number, segment in enumerate(self._item.segments)
            if segment.role is Role.TITLE and number != mention.segment
        )

    def _has_cue(
        self,
        text: str,
        mention: Mention,
        first: int,
        last: int,
        usage: Usage,
        languages: tuple[str, ...],
    ) -> bool:
        for language in languages:
            for cue in adjacent_cues(usage.value, language):
                if text.startswith(cue, mention.end) or text.endswith(cue, 0, mention.start):
                    return True
        before, after = text[first : mention.start], text[mention.end : last]
        # The sign's own words are no cue for itself: "gift card" says nothing of giving a card.
        return _search(before, usage, languages) or _search(after, usage, languages)

    def _languages(self, mention: Mention) -> tuple[str, ...]:
        where = self._tongue.segment(mention.segment)
        found = {where.language or "en", mention.language}
        found.discard("*")
        if where.language is None:
            found |= where.plausible
        return tuple(sorted(found))

    def _negated(self, mention: Mention) -> bool:
        text = self._item.segments[mention.segment].text
        first, last = clause(text, mention.start, mention.end)
        before = fold(text[first : mention.start]).text
        after = fold(text[mention.end : min(last, mention.end + 40)]).text
        return any(is_negated(before, after, language) for language in self._languages(mention))

    def _compared(self, mention: Mention) -> bool:
        """Tell whether a word of comparison stands just before the sign, or just after it."""
        text = self._item.segments[mention.segment].text
        first, last = clause(text, mention.start, mention.end)
        before = " ".join(text[first : mention.start].split()[-COMPARED_WORDS:])
        after = text[mention.end : min(last, mention.end + COMPARED_CHARACTERS)]
        languages = self._languages(mention)
        if any(before.endswith(cue) for one in languages for cue in adjacent_cues("compared", one)):
            return True
        behind = tuple(one for one in languages if one in _AFTER)
        ahead = tuple(one for one in languages if one not in _AFTER)
        return _search(before, Usage.COMPARED, ahead) or _search(after, Usage.COMPARED, behind)

    def _quoted(self, mention: Mention) -> bool:
        text = self._item.segments[mention.segment].text
        for opening, closing in _QUOTES.items():
            start = text.rfind(opening, max(0, mention.start - 60), mention.start)
            if start < 0 or closing in text[start + 1 : mention.start]:
                continue
            if closing in text[mention.end : mention.end + 60]:
                return True
        return False

    def _name(self, mention: Mention) -> bool:
        segment = self._item.segments[mention.segment]
        if segment.role is Role.BRAND:
            return True
        text = segment.text
        if self._quoted(mention) and mention.end - mention.start <= 40:
            return True
        initial = text[mention.start]
        if not initial.isupper():
            return False
        before = text[: mention.start].rstrip()
        if before and before[-1] not in ".!?:\n":
            return True
        # The first word is a name when the next is capitalised or a number too, or none follows.
        following = _NEXT_WORD.match(text, mention.end)
        return following is None or not following.group(1)[0].islower()


def _search(text: str, usage: Usage, languages: tuple[str, ...]) -> bool:
    if not text:
        return False
    folded = fold(text).text
    for language in languages:
        pattern = usage_pattern(usage.value, language)
        if pattern is not None and pattern.search(folded):
            return True
    return False
