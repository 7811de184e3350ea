"""Load rulesets from disk: every problem of every file is gathered before one error is raised."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from culture_lint.errors import Problem, RulesetError
from culture_lint.knowledge.merge import Merged, RulesetFile, file_kind
from culture_lint.knowledge.model import Library
from culture_lint.knowledge.packs import PackFile, pack_files, read_bytes
from culture_lint.knowledge.yaml_nodes import read_document

__all__ = ["Library", "load_library", "read_packs"]


def load_library(roots: Sequence[Path], *, validate: bool = True) -> Library:
    """Load packs on top of each other, the built-in one first.

    Args:
        roots: Folders of ruleset files; later ones extend earlier ones.
        validate: Check every file against its schema and the whole for sense. Without it files
            are trusted, and only what cannot be used is reported.

    Returns:
        Signifiers, persona types and scopes by id, each in sorted order.

    Raises:
        RulesetError: With all problems of all files.
    """
    merged = read_packs(roots, validate=validate)
    problems = merged.problems
    library = merged.library()
    if problems:
        raise RulesetError(problems)
    return library


def read_packs(roots: Sequence[Path], *, validate: bool) -> Merged:
    """Read and merge all files; what is wrong with single entries is in ``problems``."""
    merged = Merged()
    for pack, root in enumerate(roots):
        files, problems = pack_files(root)
        merged.problems += problems
        read = [_read(file, pack, validate, merged.problems) for file in files]
        for add in (merged.add, merged.extend):
            for file in read:
                try:
                    add(file)
                except (KeyError, TypeError, ValueError, AttributeError):
                    _explain(file, merged.problems)
    return merged


def _read(file: PackFile, pack: int, validate: bool, problems: list[Problem]) -> RulesetFile:
    raw = read_bytes(file)
    if isinstance(raw, Problem):
        problems.append(raw)
        raw = b""
    document = read_document(raw, file.shown, file.name)
    problems += document.problems
    kind = file_kind(document.data, file.relative)
    bad: set[tuple[str | int, ...]] = set()
    return RulesetFile(document, pack, kind, frozenset(bad))


def _explain(file: RulesetFile, problems: list[Problem]) -> None:
    """Say what is wrong with a file that was trusted and could not be used."""
    problems.append(file.document.problem((), "does not have the shape of a ruleset file"))
