"""Fix one file: choose what helps its items, write it, read it again, and keep only what is as meant."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from culture_lint.errors import SourceError
from culture_lint.fixing.changes import Hunk, ItemChange, Writer
from culture_lint.fixing.choose import Applied, Choice, Declined, choose, fixable, part_of
from culture_lint.fixing.edits import Edits, rewritten
from culture_lint.fixing.textfile import Decoded, TextWriter, UnwritableError, decodings
from culture_lint.frozen import frozen
from culture_lint.results import ItemReport
from culture_lint.session import Judged, read
from culture_lint.sources.encoding import open_bytes
from culture_lint.sources.items import Item, Segment, Source
from culture_lint.targets import Job

if TYPE_CHECKING:
    from culture_lint.session import Session

#: Ways to write one item that are tried before it is given up.
_WAYS = 5
#: Pages: what an item is called there is its heading, which a fix may change.
_NAMED_BY_TEXT = (".md", ".markdown", ".mdx", ".html", ".htm", ".xhtml", ".mjml", ".ftlh", ".txt")
_WORKBOOKS = (".xlsx", ".xlsm")
_NEVER = {".parquet": "Parquet files are not written; fix the table that it is exported from"}

_Ways = list[tuple[ItemChange, int]]


@frozen
class FixedFile:
    """What became of one file; ``new`` is ``old`` where nothing was fixed."""

    path: str
    old: bytes
    new: bytes
    applied: tuple[Applied, ...] = ()
    declined: tuple[Declined, ...] = ()
    hunks: tuple[Hunk, ...] = ()


def fix_file(session: Session, job: Job, *, unsafe: bool = False) -> FixedFile | None:
    """Return a file as it would be with its fixes; nothing is written.

    None where no finding of it has an alternative that could be applied.

    Raises:
        SourceError: If the file cannot be read: nothing is written into such a file.
        SettingsError: If its settings name what no ruleset knows.
    """
    if not any(isinstance(one, ItemReport) and fixable(one) for one in session.check(job)):
        return None
    with open_bytes(job.source) as stream:
        data = stream.read()
    todo = [one for one in session.judged(job) if isinstance(one, Judged) and fixable(one.report)]
    writer = _writer(job, data, todo)
    if isinstance(writer, str):
        return FixedFile(job.source.path, data, data, declined=tuple(_all_declined(todo, writer)))
    choices: list[tuple[int, ItemReport, Choice]] = []
    for number, item, report in todo:
        found = choose(
            item,
            report,
            partial(_checked, session, job),
            unsafe=unsafe,
            intent=job.settings.intent,
            refuse=partial(writer.refusal, item),
        )
        choices.append((number, report, found))
    return _written(session, job, data, writer, choices)


def _checked(session: Session, job: Job, item: Item) -> ItemReport | None:
    found = session.check_parts(job, iter([item]))
    return next((one for one in found if isinstance(one, ItemReport)), None)


def _ending(path: str) -> str:
    from culture_lint.sources.registry import endings

    name = path.lower()
    return max((one for one in endings() if name.endswith(one)), key=len, default="")


def _writer(job: Job, data: bytes, todo: Sequence[Judged]) -> Writer | str:
    """Return what can write a file, or why nothing can."""
    ending = _ending(job.source.path)
    if ending in _NEVER:
        return _NEVER[ending]
    if ending in _WORKBOOKS:
        from culture_lint.fixing.workbook import WorkbookWriter

        return WorkbookWriter(data)
    for decoded in decodings(job.source, data, job.settings.encoding):
        if all(_stands(decoded, report) for _, _, report in todo):
            return TextWriter(decoded, ending)
    return "its encoding cannot be told with certainty; --encoding names it"


def _stands(decoded: Decoded, report: ItemReport) -> bool:
    """Tell whether the findings of a report stand in a text where they are said to."""
    for one in report.findings:
        first, last = decoded.span(one.place)
        if decoded.text[first:last] != one.text:
            return False
    return True


def _all_declined(todo: Sequence[Judged], why: str) -> Iterator[Declined]:
    for _, item, report in todo:
        for one in report.findings:
            said = next((other for other in one.alternatives if other.fix != "none"), None)
            if said is not None:
                start, end = one.passage_span
                old = one.passage[start:end]
                yield Declined(
                    one.rule, item.path, item.item, one.field, one.place, old, said.text, why
                )


def _written(
    session: Session,
    job: Job,
    data: bytes,
    writer: Writer,
    choices: Sequence[tuple[int, ItemReport, Choice]],
) -> FixedFile:
    """Write what was chosen, leaving out what would not read as meant."""
    by_number = {number: (report, found) for number, report, found in choices}

    def sound(change: ItemChange) -> bool:
        report, found = by_number[change.number]
        segments = frozenset(change.edits)
        return part_of(found, segments, report, partial(_checked, session, job))

    changes = [
        ItemChange(number, found.original, found.edits)
        for number, _, found in choices
        if found.edits
    ]
    attempt = _Attempt(job, data, writer, sound)
    if changes:
        attempt.settle(changes)
    applied: list[Applied] = []
    declined: list[Declined] = []
    for number, _, found in choices:
        declined += found.declined
        for one in found.applied:
            why = attempt.refused.get((number, one.segment))
            if why is None:
                applied.append(one)
            else:
                declined.append(_undone(one, why))
    hunks = tuple(writer.hunks(attempt.data)) if attempt.data != data else ()
    return FixedFile(job.source.path, data, attempt.data, tuple(applied), tuple(declined), hunks)


def _undone(one: Applied, why: str) -> Declined:
    return Declined(one.rule, one.path, one.item, one.field, one.place, one.old, one.new, why)


class _Attempt:
    """Finds the most changes with which a file reads as it should.

    ``sound`` tells whether some of an item's edits may be made without the others; `refused`
    says, by the number of the item and of the segment, why what is left out was.
    """

    def __init__(
        self, job: Job, data: bytes, writer: Writer, sound: Callable[[ItemChange], bool]
    ) -> None:
        self._job = job
        self._old = data
        self._writer = writer
        self._sound = sound
        self._named = not job.source.path.lower().endswith(_NAMED_BY_TEXT)
        self.data = data
        self.refused: dict[tuple[int, int], str] = {}

    def settle(self, changes: Sequence[ItemChange]) -> None:
        """Write all changes that can be."""
        self._accepted([], changes)

    def _accepted(self, base: _Ways, group: Sequence[ItemChange]) -> _Ways:
        """Return those of a group that can be written besides a base; halve what cannot."""
        plain = [(one, 0) for one in group]
        why = self._tried([*base, *plain])
        if not why:
            return plain
        if len(group) == 1:
            return self._alone(base, group[0], why)
        half = len(group) // 2
        first = self._accepted(base, group[:half])
        return [*first, *self._accepted([*base, *first], group[half:])]

    def _alone(self, base: _Ways, change: ItemChange, why: str) -> _Ways:
        """Try the other ways to write one item, then its segments one by one."""
        for way in range(1, _WAYS):
            if not self._tried([*base, (change, way)]):
                return [(change, way)]
        if len(change.edits) == 1:
            self.refused.update({(change.number, segment): why for segment in change.edits})
            return []
        kept: dict[int, Edits] = {}
        for segment, edits in change.edits.items():
            part = replace(change, edits={**kept, segment: edits})
            problem = self._tried([*base, (part, 0)])
            if problem:
                self.refused[change.number, segment] = problem
            else:
                kept = dict(part.edits)
        part = replace(change, edits=kept)
        if kept and self._sound(part) and not self._tried([*base, (part, 0)]):
            return [(part, 0)]
        self.refused.update({(change.number, segment): why for segment in change.edits})
        self._tried(base)
        return []

    def _tried(self, changes: _Ways) -> str:
        """Write changes and read the result; return what is wrong with it, empty if nothing is."""
        try:
            new = self._writer.written(changes) if changes else self._old
            if changes and not self._reads_as_meant(new, {one.number: one for one, _ in changes}):
                return "the file would not read as meant"
        except UnwritableError as error:
            return str(error)
        except SourceError:
            return "the file could not be read any more"
        self.data = new
        return ""

    def _reads_as_meant(self, new: bytes, changes: dict[int, ItemChange]) -> bool:
        """Tell whether a file holds the texts that were meant, and all others as before."""
        path = self._job.source.path
        before = _items(replace(self._job, source=Source(path, self._old)))
        after = _items(replace(self._job, source=Source(path, new)))
        for number, (old, found) in enumerate(itertools.zip_longest(before, after)):
            if old is None or found is None:
                return False
            meant = old.segments
            if number in changes:
                meant = tuple(_meant(old.segments, changes[number]))
            if (old.markets, old.language) != (found.markets, found.language):
                return False
            if self._named and old.item != found.item:
                return False
            if list(map(_content, meant)) != list(map(_content, found.segments)):
                return False
        return True


def _items(job: Job) -> Iterator[Item]:
    return (one for one in read(job) if isinstance(one, Item))


def _meant(segments: Sequence[Segment], change: ItemChange) -> Iterator[Segment]:
    for number, one in enumerate(segments):
        edits = change.edits.get(number)
        yield replace(one, text=rewritten(one.text, edits)) if edits else one


def _content(one: Segment) -> tuple[object, ...]:
    return (one.field, one.role, one.text, one.attribute, one.language)


def with_change(
    job: Job, data: bytes, number: int, item: Item, report: ItemReport, edits: dict[int, Edits]
) -> tuple[bytes, str]:
    """Return a file with edits of one of its items, and why they were not made, empty if they were.

    Args:
        job: The file and its settings.
        data: What it holds.
        number: Which of its items it is, from 0.
        item: The item as it was read.
        report: What was found in it.
        edits: By the number of the segment.
    """
    writer = _writer(job, data, [Judged(number, item, report)])
    if isinstance(writer, str):
        return data, writer
    for segment, found in edits.items():
        for one in found:
            why = writer.refusal(item, segment, one.start, one.end, one.text)
            if why:
                return data, why
    attempt = _Attempt(job, data, writer, lambda _: True)
    attempt.settle([ItemChange(number, item, edits)])
    return attempt.data, next(iter(attempt.refused.values()), "")
