"""Load rulesets into a `Knowledge`: from the cache, or compiled with the facts of language."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from culture_lint.knowledge.cache import cache_dir, cached
from culture_lint.knowledge.packs import builtin_root, digest
from culture_lint.knowledge.runtime import Knowledge, Plain
from culture_lint.language.boundaries import load_data
from culture_lint.language.normalise import fold


def load_knowledge(
    packs: Sequence[Path] = (), *, builtin: bool = True, use_cache: bool = True
) -> Knowledge:
    """Return the compiled rulesets: the built-in ones, extended by the user's packs in order.

    Args:
        packs: Folders of ruleset files.
        builtin: Whether the built-in rulesets come first.
        use_cache: Whether to read and keep the compiled form.

    Raises:
        RulesetError: If any file is wrong; it holds every problem.
    """
    roots = [*([builtin_root()] if builtin else []), *packs]
    mark = digest(roots)
    folder = cache_dir() if use_cache else None
    return Knowledge(cached(mark, lambda: _compile(roots), folder), mark)


def _compile(roots: Sequence[Path]) -> Plain:
    from culture_lint.knowledge.compile import compile_library
    from culture_lint.knowledge.forms import words_to_inflect
    from culture_lint.knowledge.load import load_library
    from culture_lint.language.edges import patterns
    from culture_lint.language.inflection import inflections
    from culture_lint.language.phonetics import sounds
    from culture_lint.language.variants import variants

    # The built-in files are held against their schemas before they are shipped, which is most of
    # the time that reading takes.
    library = load_library(roots, trusted=[builtin_root()])
    words = words_to_inflect(library.signifiers.values())
    facts = (inflections(words), load_data("numbers"), variants)
    return compile_library(library, facts, lambda text: fold(text).text, sounds, patterns)


def words_of(roots: Sequence[Path]) -> dict[str, set[str]]:
    """Return the words of some rulesets whose inflections compiling them needs, by language."""
    from culture_lint.knowledge.forms import words_to_inflect
    from culture_lint.knowledge.load import load_library

    return words_to_inflect(load_library(roots).signifiers.values())
