"""Load rulesets from disk: every problem of every file is gathered before one error is raised."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from culture_lint.errors import RulesetError
from culture_lint.knowledge.check import check
from culture_lint.knowledge.model import Library
from culture_lint.knowledge.read import read_packs

__all__ = ["Library", "load_library"]


def load_library(
    roots: Sequence[Path], *, validate: bool = True, trusted: Sequence[Path] = ()
) -> Library:
    """Load packs on top of each other, the built-in one first.

    Files stand in ``roots``; what later ones hold extends the earlier. With ``validate`` every file
    is held against its schema and the whole against sense; without it files are trusted, and only
    what cannot be used is reported; ``trusted`` roots are spared the schemas alone. Signifiers, persona types and scopes come in the order of their
    ids. All problems of all files are gathered in one RulesetError.
    """
    merged = read_packs(roots, validate=validate, trusted=trusted)
    library = merged.library()
    problems = check(merged, library) if validate else tuple(merged.problems)
    if problems:
        raise RulesetError(problems)
    return library
