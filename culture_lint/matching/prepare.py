"""Load rulesets into a `Knowledge`: from the cache, or compiled with the facts of language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from culture_lint.knowledge.cache import cache_dir, cached, keep, kept_name
from culture_lint.knowledge.marks import quick_digest
from culture_lint.knowledge.packed import Plain
from culture_lint.knowledge.packs import builtin_root, digest, pack_files
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.language.boundaries import load_data
from culture_lint.language.normalise import fold

#: The folder beside the built-in rulesets in which a package has them compiled.
SHIPPED = "compiled"
#: Rulesets of so many bytes take long enough to compile for people to wonder.
LARGE = 1_000_000


def load_knowledge(
    packs: Sequence[Path] = (),
    *,
    builtin: bool = True,
    use_cache: bool = True,
    tell: Callable[[], None] | None = None,
) -> Knowledge:
    """Return the compiled rulesets: the built-in ones, extended by the user's packs in order.

    Args:
        packs: Folders of ruleset files.
        builtin: Whether the built-in rulesets come first.
        use_cache: Whether to read and keep the compiled form.
        tell: Called before something is compiled that takes a while.

    Raises:
        RulesetError: If any file is wrong; it holds every problem.
    """
    roots = [*([builtin_root()] if builtin else []), *packs]
    folder = cache_dir() if use_cache else None
    mark = quick_digest(packs, folder) if builtin else digest(roots)

    def compiled() -> Plain:
        if tell is not None and sum(map(_size, roots)) >= LARGE:
            tell()
        return _compile(roots)

    return Knowledge(cached(mark, compiled, folder, builtin_root() / SHIPPED), mark)


def ship(folder: Path) -> Path:
    """Compile the built-in rulesets for a package that holds them, and return the file written.

    Args:
        folder: Where the package keeps its rulesets.

    Raises:
        RulesetError: If any file is wrong; it holds every problem.
        OSError: If the file cannot be written.
    """
    root = builtin_root()
    path = folder / SHIPPED / kept_name(digest([root]))
    keep(path, _compile([root]))
    # What cannot be kept between runs is passed over; a package must not lack it silently.
    path.stat()
    return path


def _size(root: Path) -> int:
    """Return the bytes of the ruleset files under a root."""
    return sum(file.path.stat().st_size for file in pack_files(root)[0])


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
