"""Inflected spellings of words, looked up when rulesets are compiled (never while linting).

The tables are those of simplemma, read backwards: from a lemma to every word that has it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path

from culture_lint.language.boundaries import load_data

#: Absence written as an ending: the inflected word says the opposite of its lemma.
_PRIVATIVE = {
    "fi": ("tta", "ttä", "ton", "tön"),
    "hu": ("tlan", "tlen", "talan", "telen"),
    "tr": ("sız", "siz", "suz", "süz"),
}
#: An apostrophe ends a word, so that the word before it is found anyway: cow's, cows'.
_GENITIVE = ("'", "'s", "’", "’s")
_DEFINITE = {"ar": ("ال", "وال", "بال", "كال", "فال", "لل")}
#: Longest list of spellings taken for one word; agglutinating languages have hundreds.
LIMIT = 30


def languages() -> frozenset[str]:
    """Return the languages whose words can be inflected."""
    from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

    return frozenset(SUPPORTED_LANGUAGES)


def inflections(words: Mapping[str, Iterable[str]]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the known spellings of each word, by language and word.

    Words of the built-in rulesets come from a table that is shipped with them; only other words
    make the big dictionaries load, which takes about a second a language.

    Args:
        words: By BCP 47 primary language, the lemmas as rulesets write them.

    Returns:
        For each language that has a table, each word with its other spellings in sorted order.
    """
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    unknown: dict[str, set[str]] = {}
    for language, wanted in sorted(words.items()):
        shipped = shipped_table(language)
        found[language] = {word: tuple(shipped[word]) for word in wanted if word in shipped}
        missing = {word for word in wanted if word not in shipped}
        if missing:
            unknown[language] = missing
    if unknown:
        for language, table in look_up(unknown).items():
            found[language].update(table)
    return found


def look_up(words: Mapping[str, Iterable[str]]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Look words up in the dictionaries; words that these do not hold are left out."""
    supported = languages()
    return {
        language: _inflect(language, set(wanted))
        for language, wanted in sorted(words.items())
        if language in supported and wanted
    }


def shipped_table(language: str) -> dict[str, list[str]]:
    """Return the shipped spellings of one language; a word without any has an empty list."""
    path = resources.files("culture_lint.language").joinpath(f"data/inflections/{language}.json")
    try:
        loaded: dict[str, list[str]] = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    return loaded


def write_tables(words: Mapping[str, Iterable[str]], folder: Path) -> None:
    """Write the tables that `shipped_table` reads, one word a line, for all given words."""
    found = look_up(words)
    folder.mkdir(parents=True, exist_ok=True)
    for stale in folder.glob("*.json"):
        stale.unlink()
    for language, wanted in sorted(words.items()):
        table = found.get(language, {})
        if language not in languages():
            continue
        lines = [
            f"{json.dumps(word, ensure_ascii=False)}: "
            f"{json.dumps(list(table.get(word, ())), ensure_ascii=False)}"
            for word in sorted(set(wanted))
        ]
        text = "{\n" + ",\n".join(lines) + "\n}\n"
        (folder / f"{language}.json").write_text(text, encoding="utf-8", newline="\n")


def _inflect(language: str, wanted: set[str]) -> dict[str, tuple[str, ...]]:
    from simplemma.strategies import DefaultDictionaryFactory

    # A word may be written with or without its capital (German nouns, names).
    lemmas: dict[str, set[str]] = {}
    # What the dictionaries take for a spelling of a word and is another word: the female of a kind,
    # an adjective that often stands before it, a word spelt alike.
    others = load_data("otherwords").get(language, {})
    for word in wanted:
        for spelling in {word, word.lower(), word.capitalize()}:
            lemmas.setdefault(spelling, set()).add(word)
    found: dict[str, set[str]] = {}
    for form, lemma in DefaultDictionaryFactory().get_dictionary(language).items():
        for word in lemmas.get(lemma, ()):
            if _usable(form, language) and form.lower() not in others.get(word.lower(), ()):
                found.setdefault(word, set()).add(form.lower())
    return {word: tuple(sorted(forms, key=_short_first)[:LIMIT]) for word, forms in found.items()}


def _short_first(form: str) -> tuple[int, str]:
    return len(form), form


def _usable(form: str, language: str) -> bool:
    if len(form) < 2 or not all(
        char.isalpha() or char in "'-" or ord(char) > 0x2FF for char in form
    ):
        return False
    if form.endswith(_GENITIVE):
        return False
    if form.endswith(_PRIVATIVE.get(language, ())) and language in _PRIVATIVE:
        return False
    # Articles are clitics, handled at the word boundary for every word alike.
    return not form.startswith(_DEFINITE.get(language, ("\0",)))
