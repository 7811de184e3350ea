"""Checks of inheritance: parents that exist, no circles, changes only to what is inherited."""

from __future__ import annotations

from collections.abc import Iterator

from culture_lint.errors import Problem, RulesetError
from culture_lint.knowledge.merge import Merged, ScopeDraft, Site
from culture_lint.knowledge.model import Library
from culture_lint.knowledge.resolve import chain, parents
from culture_lint.knowledge.wording import nearest, quoted


def inheritance_problems(merged: Merged, library: Library) -> Iterator[Problem]:
    """Find scopes whose parents are missing or circular, and changes that reach nothing."""
    for draft in merged.scopes.values():
        missing = list(_missing_parents(draft, library))
        yield from missing
        if missing:
            continue
        try:
            ancestors = set(chain(library, draft.id)) - {draft.id}
        except RulesetError as error:
            # A circle is told by each scope that lies on it, not by those that lead into it.
            message = error.problems[0].message
            if message.startswith(f"{draft.id} inherits"):
                yield draft.header_sites["extends"].problem(message)
            continue
        yield from _unreached_changes(merged, draft, ancestors)


def _missing_parents(draft: ScopeDraft, library: Library) -> Iterator[Problem]:
    named = draft.header.get("extends", ())
    for index, parent in enumerate(named):
        if parent not in library.scopes:
            message = f"there is no scope {quoted(parent)}{nearest(parent, library.scopes)}"
            yield draft.header_sites["extends"].problem(message, index)
    for parent in parents(library, library.scopes[draft.id]):
        if parent not in library.scopes and parent not in named:
            message = f'there is no market "{parent}" for it to belong to'
            yield draft.site.problem(message)


def _unreached_changes(merged: Merged, draft: ScopeDraft, above: set[str]) -> Iterator[Problem]:
    changed = [(override.reading, site, pack) for override, site, pack in draft.overrides]
    changed += [(reading, site, pack) for reading, _, site, pack in draft.retired]
    if not changed:
        return
    inherited = {name for name in merged.declared.readings if name.rpartition("/")[0] in above}
    seen: dict[tuple[str, str], Site] = {}
    for reading, site, pack in changed:
        # A pack may change what an earlier pack says of the same market; within one pack the
        # reading itself is the place to change.
        earlier = draft.readings.packs.get(reading, pack) < pack
        if reading not in inherited and not earlier:
            yield site.problem(_not_inherited(merged, draft, reading, inherited), of="key")
        first = seen.setdefault((str(site.keys[0]), reading), site)
        if first is not site:
            yield site.problem(f"already stands in {first.place}", of="key")


def _not_inherited(merged: Merged, draft: ScopeDraft, reading: str, inherited: set[str]) -> str:
    if reading.rpartition("/")[0] == draft.id:
        return f"is {draft.id}'s own reading; change it where it is written"
    if reading in merged.declared.readings:
        return f"{draft.id} does not inherit this reading"
    return f"there is no reading {quoted(reading)}{nearest(reading, inherited)}"
