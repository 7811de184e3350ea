"""Spell out every way a form may be written, so that matching is one plain scan.

Inflections, hyphens, accents that typists drop and the number templates are all resolved here,
when a ruleset is compiled; at run time there is nothing left to derive.

This module sits in `knowledge` and takes the language facts it needs as values (see `Spelling`),
because `knowledge` and `language` are neighbours that do not import each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice

from culture_lint.frozen import frozen
from culture_lint.knowledge.model import Form, Signifier
from culture_lint.knowledge.scales import Usage

#: Words of a phrase that are inflected; longer phrases are taken as they stand.
PHRASE = 3
#: Words up to so many letters are not inflected inside a phrase.
SHORT = 3
#: Spellings kept for one form.
LIMIT = 60

#: Languages that write some pairs of words with a hyphen or a blank alike.
_HYPHENATES = frozenset({"en", "de", "nl", "sv"})

Inflections = Mapping[str, Mapping[str, tuple[str, ...]]]
NumberTemplates = Mapping[str, Mapping[str, object]]
#: From a form and its language tag to its other spellings.
Variants = Callable[[str, str], tuple[str, ...]]


@frozen
class Spelling:
    """The facts of language that spelling out needs.

    ``fold`` is the folding that text goes through; ``inflections`` maps a language and a lemma to
    its other spellings; ``numbers`` holds the number templates by language; ``variants`` gives other
    spellings of a form as it stands (the other Chinese script, the other kana, no accents).
    """

    fold: Callable[[str], str]
    inflections: Inflections
    numbers: NumberTemplates
    variants: Variants


@lru_cache(maxsize=1024)
def primary_language(tag: str) -> str:
    """Return the primary subtag of a BCP 47 tag: ``zh`` of ``zh-Hant``."""
    return tag.split("-", 1)[0].lower()


#: Opens the spelling of a form for which only the points on its letters count.
POINTED = "\0"
_POINTS = frozenset(("tr", "az"))


def spelled_exactly(form: Form) -> str:
    """Return how a form must be spelled in the text, empty where folding decides.

    Where letter case counts, that is the form itself. An exact Turkish form keeps ı and i apart:
    sık (often) is not sik.
    """
    if form.case:
        return form.text
    points = form.exact and primary_language(form.language) in _POINTS
    return POINTED + pointed(form.text) if points and set("iıİI") & set(form.text) else ""


def pointed(text: str) -> str:
    """Return Turkish text in lower case."""
    return text.replace("İ", "i").replace("I", "ı").lower()


def words_to_inflect(signifiers: Iterable[Signifier]) -> dict[str, set[str]]:
    """Collect the words, by language, whose inflections the signifiers' forms need."""
    wanted: dict[str, set[str]] = {}
    for signifier in signifiers:
        for form in signifier.forms + signifier.lookalikes:
            if not _inflects(form):
                continue
            words = form.text.split()
            if len(words) <= PHRASE:
                wanted.setdefault(primary_language(form.language), set()).update(words)
    return wanted


def _inflects(form: Form) -> bool:
    return not form.exact and not form.case and form.language != "*"


def spell(form: Form, spelling: Spelling) -> tuple[str, ...]:
    """Return the folded spellings of a form, the form's own first, without repeats."""
    language = primary_language(form.language)
    phrases = [form.text]
    if _inflects(form):
        phrases += _inflected(form.text, spelling.inflections.get(language, {}))
    seen: dict[str, None] = {}
    for phrase in phrases:
        for variant in _variants(phrase, form, spelling.variants):
            folded = spelling.fold(variant).strip()
            if folded:
                seen.setdefault(folded)
    return tuple(islice(seen, LIMIT))


def _inflected(text: str, table: Mapping[str, tuple[str, ...]]) -> list[str]:
    words = text.split()
    if len(words) > PHRASE or not table:
        return []
    # One word at a time: every combination of a phrase would be many and mostly nonsense. Noun
    # and adjective agree, though, so that the plain plurals are taken together as well.
    found = [
        " ".join((*words[:place], spelling, *words[place + 1 :]))
        for place, word in enumerate(words)
        # The short words inside a phrase are articles and prepositions.
        if place == len(words) - 1 or len(word) > SHORT
        for spelling in table.get(word, ())[: LIMIT if len(words) == 1 else 12]
    ]
    if len(words) > 1:
        plurals = [_plural(word, table.get(word, ())) for word in words]
        found.append(" ".join(plurals))
    return found


def _plural(word: str, spellings: tuple[str, ...]) -> str:
    lower = word.lower()
    return next((one for one in (f"{lower}s", f"{lower}es") if one in spellings), word)


def _variants(text: str, form: Form, others: Variants) -> Iterator[str]:
    yield text
    if form.exact or form.case:
        return
    language = primary_language(form.language)
    if "-" in text[1:-1]:
        yield text.replace("-", " ")
        yield text.replace("-", "")
    elif text.count(" ") == 1 and language in _HYPHENATES:
        yield text.replace(" ", "-")
    yield from others(text, form.language)


def number_forms(signifier: Signifier, templates: NumberTemplates) -> Iterator[Form]:
    """Yield the forms of a number sign: by quantity and price templates, and standing alone."""
    digits = signifier.number
    if digits is None:
        return
    for language, facts in templates.items():
        words = facts.get("words", {})
        word = words.get(digits) if isinstance(words, Mapping) else None
        spelled = [digits, *([word] if isinstance(word, str) else [])]
        for usage in (Usage.QUANTITY, Usage.PRICE):
            patterns = facts.get(usage.value, ())
            for template in patterns if isinstance(patterns, list) else ():
                for number in spelled:
                    yield Form(template.replace("{n}", number), language, exact=True, usage=usage)
    yield Form(digits, "*", exact=True, usage=Usage.BARE)
