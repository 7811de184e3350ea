"""Take suppressions out of a file that silence nothing; nothing else in it changes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from culture_lint.errors import SourceError
from culture_lint.fixing.marks import Lines
from culture_lint.fixing.silence import bytes_of, items_of, read_of
from culture_lint.fixing.textfile import Replacement, UnwritableError, decodings
from culture_lint.frozen import frozen
from culture_lint.gate.suppressions import UNUSED
from culture_lint.results import DirectiveUse, ItemReport
from culture_lint.sources.items import Notice, Source
from culture_lint.sources.sidecar import ENDING, without_entries
from culture_lint.targets import Job

if TYPE_CHECKING:
    from culture_lint.session import Session

#: A comment of any format, or a note of XLIFF, that holds an order for culture-lint.
_COMMENT = re.compile(
    r"""
    [ \t]*<!--\s*culture[-_ ]?lint\b.*?-->
    | [ \t]*\{\s*/\*\s*culture[-_ ]?lint\b.*?\*/\s*\}
    | [ \t]*/\*\s*culture[-_ ]?lint\b.*?\*/
    | [ \t]*(?:\#{1,3}\.?|//|!)[ \t]*culture[-_ ]?lint\b[^\r\n]*
    | [ \t]*<notes\s*>\s*<note\b[^>]*culture-lint[^>]*>[^<]*</note>\s*</notes>
    | [ \t]*<note\b[^>]*culture-lint[^>]*>[^<]*</note>
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_RULES = re.compile(r"\[([^\]]*)\]")


@frozen
class Gone:
    """A suppression that silences nothing: where it stands, and which of its rules do not."""

    path: str
    line: int
    column: int
    rules: frozenset[str]
    #: Whether none of its rules silences anything.
    whole: bool


@frozen
class Cleaned:
    """What became of one file: old and new bytes by path, and what is left to be done by hand."""

    contents: dict[str, tuple[bytes | None, bytes]]
    removed: int = 0
    left: tuple[Gone, ...] = ()


def cleaned(session: Session, job: Job) -> Cleaned:
    """Return a file, and the one beside it, without the suppressions that silence nothing.

    Raises:
        SourceError: If the file cannot be read.
        SettingsError: If its settings name what no ruleset knows.
    """
    gone = _gone(session, job)
    contents: dict[str, tuple[bytes | None, bytes]] = {}
    left: list[Gone] = []
    path = job.source.path
    inside = [one for one in gone if one.path == path]
    data = bytes_of(path) or b""
    if inside:
        new, left = _without(job, data, inside)
        if new != data:
            contents[path] = (data, new)
    beside = [one for one in gone if one.path == path + ENDING]
    if beside:
        old = bytes_of(path + ENDING) or b""
        lines = {one.line: one.rules for one in beside}
        contents[path + ENDING] = (old, without_entries(path + ENDING, old, lines))
    return Cleaned(contents, len(inside) - len(left) + len(beside), tuple(left))


def _gone(session: Session, job: Job) -> list[Gone]:
    """Return what silences nothing, in this file and beside it."""
    seen: dict[tuple[str, int, int, str], list[DirectiveUse]] = {}
    found: list[Gone] = []
    for one in session.check(job):
        if isinstance(one, Notice):
            if one.kind == UNUSED and one.line is not None:
                found.append(Gone(one.path, one.line, one.column or 1, frozenset(), True))
        elif isinstance(one, ItemReport):
            for use in one.directives:
                seen.setdefault((use.path, use.line, use.column, use.text), []).append(use)
    for (path, line, column, text), uses in seen.items():
        used = {rule for use in uses for rule in use.used}
        idle = {rule for use in uses for rule in use.idle} - used
        mine = path in (job.source.path, job.source.path + ENDING)
        if not idle or not mine or not text.startswith("ignore") or not all(u.sure for u in uses):
            continue
        head = _RULES.search(text)
        named = {rule.strip() for rule in head[1].split(",")} if head else set()
        if not any(use.problems for use in uses):
            found.append(Gone(path, line, column, frozenset(idle), idle >= named))
    return sorted(found, key=lambda one: (one.path, one.line, one.column))


def _without(job: Job, data: bytes, gone: Sequence[Gone]) -> tuple[bytes, list[Gone]]:
    """Return the file without some suppressions, and those that could not be taken out."""
    source = Source(job.source.path, data)
    before = list(map(read_of, items_of(job, data)))
    for decoded in decodings(source, data, job.settings.encoding):
        lines = Lines(decoded.text)
        cuts = {one: cut for one in gone if (cut := _cut(lines, one)) is not None}
        while cuts:
            try:
                ordered = sorted(set(cuts.values()), key=lambda cut: (cut.start, cut.end))
                new = decoded.spliced(ordered)
                if list(map(read_of, items_of(job, new))) == before:
                    return new, [one for one in gone if one not in cuts]
            except (SourceError, UnwritableError):
                pass
            cuts.popitem()
    return data, list(gone)


def _cut(lines: Lines, one: Gone) -> Replacement | None:
    """Return what takes a suppression out, or some of its rules, None where it is in no comment."""
    text = lines.text
    at = lines.start(one.line) + one.column - 1
    found = None
    for comment in _COMMENT.finditer(text, lines.start(max(one.line - 3, 1))):
        if comment.start() <= at < comment.end():
            found = comment
            break
        if comment.start() > at:
            break
    if found is None:
        return None
    if not one.whole:
        rules = _RULES.search(text, at, found.end())
        if rules is None:
            return None
        kept = [rule.strip() for rule in rules[1].split(",") if rule.strip() not in one.rules]
        return Replacement(*rules.span(1), ", ".join(kept))
    start, stop = found.span()
    first = lines.start(lines.number(start))
    last = lines.stop(lines.number(max(stop - 1, start)))
    if not text[first:start].strip("\ufeff \t") and not text[stop:last].strip():
        if text.startswith("\ufeff", first):
            first += 1
        following = lines.number(stop) + 1
        return Replacement(first, max(lines.start(following), last), "")
    return Replacement(start, stop, "")
