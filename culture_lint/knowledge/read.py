"""Read packs from disk and put their entries together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from culture_lint.errors import Problem
from culture_lint.knowledge.merge import Merged, RulesetFile, entry_of, file_kind
from culture_lint.knowledge.packs import PackFile, distinct, pack_files, read_bytes
from culture_lint.knowledge.schema import schema_problems
from culture_lint.knowledge.yaml_nodes import read_document


def read_packs(roots: Sequence[Path], *, validate: bool, trusted: Sequence[Path] = ()) -> Merged:
    """Read and merge all files; what is wrong with single entries is in ``problems``.

    Files of ``trusted`` roots are not held against their schemas.
    """
    merged = Merged()
    for pack, root in enumerate(distinct(roots)):
        files, problems = pack_files(root)
        merged.problems += problems
        strict = validate and root not in trusted
        read = [_read(file, pack, strict, merged.problems) for file in files]
        sound = [file for file in read if _added(file, merged.add, merged.problems)]
        for file in sound:
            _added(file, merged.extend, merged.problems)
    return merged


def _added(file: RulesetFile, add: Callable[[RulesetFile], None], problems: list[Problem]) -> bool:
    """Tell whether a file's entries went in; if not, the file was trusted and should not be."""
    try:
        add(file)
    except (KeyError, TypeError, ValueError, AttributeError):
        found = schema_problems(file.document, file.kind)
        if not found:
            raise
        problems += (problem for _, problem in found)
        return False
    return True


def _read(file: PackFile, pack: int, validate: bool, problems: list[Problem]) -> RulesetFile:
    raw = read_bytes(file)
    if isinstance(raw, Problem):
        problems.append(raw)
        raw = b""
    document = read_document(raw, file.shown, file.name)
    problems += document.problems
    kind = file_kind(document.data, file.relative)
    found = schema_problems(document, kind) if validate and document.data else []
    problems += (problem for _, problem in found)
    return RulesetFile(document, pack, kind, frozenset(entry_of(path, kind) for path, _ in found))
