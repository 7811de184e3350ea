"""Find forms that no text can fire: each form of each sign, standing alone, must be that sign."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from culture_lint.knowledge.model import Form, Library
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.matching.match import Matcher
from culture_lint.sources.items import Item, Role, Segment
from culture_lint.spans import Place

#: Segments of one item: forms of one language are looked for together.
_TOGETHER = 100


class Unfound(NamedTuple):
    """A form that is not found where it stands alone in text of its language."""

    file: str
    line: int
    signifier: str
    form: str
    language: str

    def __str__(self) -> str:
        return (
            f"{self.file}:{self.line}: {self.signifier}: the form {self.form!r} ({self.language}) is "
            "never found: a look-alike, a word boundary or text that is no prose hides it"
        )


class _NoPlaces:
    def place(self, start: int, end: int) -> Place:
        return Place(1, start + 1, 1, end + 1)

    def source(self, start: int, end: int) -> str:
        raise LookupError(f"a form has no source text at {start}-{end}")


def unfound_forms(knowledge: Knowledge, library: Library) -> Iterator[Unfound]:
    """Yield the forms that can never be found, in order of their signs.

    A form may be hidden by a look-alike of its own sign, by the rules of word boundaries of its
    language, or by text that is no prose (part numbers, addresses).
    """
    numbers = knowledge.signifier_numbers
    matcher = Matcher(knowledge, frozenset(numbers.values()), frozenset(), "eld")
    by_language: dict[str, list[tuple[str, Form]]] = {}
    for signifier in library.signifiers.values():
        for form in signifier.forms:
            by_language.setdefault(form.language, []).append((signifier.id, form))
    missing: list[Unfound] = []
    for language, forms in sorted(by_language.items()):
        for start in range(0, len(forms), _TOGETHER):
            some = forms[start : start + _TOGETHER]
            ((found, _),) = matcher.find([_item(language, [form.text for _, form in some])])
            seen = {(one.segment, one.target) for one in found.mentions}
            for place, (name, form) in enumerate(some):
                if not any((place, number) in seen for number in knowledge.family(name)):
                    sign = library.signifiers[name]
                    missing.append(Unfound(sign.file, sign.line, name, form.text, language))
    yield from sorted(missing)


def _item(language: str, texts: list[str]) -> Item:
    tag = None if language == "*" else language
    places = _NoPlaces()
    return Item(
        "",
        "",
        1,
        tuple(Segment("description", Role.DESCRIPTION, text, places, None, tag) for text in texts),
    )
