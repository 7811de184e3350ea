"""Inflected spellings of words, looked up when rulesets are compiled (never while linting).

The tables are those of simplemma, read backwards: from a lemma to every word that has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

#: Absence written as an ending: the inflected word says the opposite of its lemma.
_PRIVATIVE = {"tr": ("sız", "siz", "suz", "süz")}
_DEFINITE = {"ar": ("ال", "وال", "بال", "كال", "فال", "لل")}
#: Longest list of spellings taken for one word; agglutinating languages have hundreds.
LIMIT = 80


def languages() -> frozenset[str]:
    """Return the languages whose words can be inflected."""
    from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

    return frozenset(SUPPORTED_LANGUAGES)


def inflections(words: Mapping[str, Iterable[str]]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the known spellings of each word, by language and word.

    Args:
        words: By BCP 47 primary language, the lemmas as rulesets write them.

    Returns:
        For each language that has a table, each word with its other spellings in sorted order;
        words that the table does not hold are left out.
    """
    supported = languages()
    return {
        language: _inflect(language, set(wanted))
        for language, wanted in sorted(words.items())
        if language in supported and wanted
    }


def _inflect(language: str, wanted: set[str]) -> dict[str, tuple[str, ...]]:
    from simplemma.strategies import DefaultDictionaryFactory

    # A word may be written with or without its capital (German nouns, names).
    lemmas: dict[str, set[str]] = {}
    for word in wanted:
        for spelling in {word, word.lower(), word.capitalize()}:
            lemmas.setdefault(spelling, set()).add(word)
    found: dict[str, set[str]] = {}
    for form, lemma in DefaultDictionaryFactory().get_dictionary(language).items():
        for word in lemmas.get(lemma, ()):
            if _usable(form, language):
                found.setdefault(word, set()).add(form.lower())
    return {word: tuple(sorted(forms, key=_short_first)[:LIMIT]) for word, forms in found.items()}


def _short_first(form: str) -> tuple[int, str]:
    return len(form), form


def _usable(form: str, language: str) -> bool:
    if len(form) < 2 or not all(char.isalpha() or char in "'-" or ord(char) > 0x2FF for char in form):
        return False
    if form.endswith(_PRIVATIVE.get(language, ())) and language in _PRIVATIVE:
        return False
    # Articles are clitics, handled at the word boundary for every word alike.
    return not form.startswith(_DEFINITE.get(language, ("\0",)))
