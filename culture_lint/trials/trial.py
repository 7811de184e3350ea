"""Items as they would be with other words, checked like any other item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from culture_lint.fixing.edits import EditedPlaces, Edits, rewritten
from culture_lint.results import FindingReport, ItemReport
from culture_lint.session import Session
from culture_lint.sources.items import Item, PlaceMap, Role, Segment
from culture_lint.spans import Place
from culture_lint.targets import Job


class _Nowhere:
    """The places of a text that stands in no file."""

    def place(self, start: int, end: int) -> Place:  # noqa: ARG002
        """Return the place before the file begins."""
        return Place(1, 1, 1, 1)

    def source(self, start: int, end: int) -> str:  # noqa: ARG002
        """Return nothing."""
        return ""


NOWHERE: PlaceMap = _Nowhere()


def checked(
    session: Session, job: Job, items: Iterable[Item], without: Collection[str] = ()
) -> list[ItemReport]:
    """Return the reports of items of an input as they would be, in order.

    ``without`` are ids of rules whose findings are taken to be gone.
    """
    found = session.check_parts(job, items, without)
    return [one for one in found if isinstance(one, ItemReport)]


def with_edits(item: Item, edits: dict[int, Edits]) -> Item:
    """Return an item with other words in some of its segments; edits are by segment."""
    segments = list(item.segments)
    for number, found in edits.items():
        old = segments[number]
        segments[number] = replace(
            old, text=rewritten(old.text, found), places=EditedPlaces(old.places, found)
        )
    return replace(item, segments=tuple(segments))


def with_sentence(item: Item, text: str, role: Role, language: str | None) -> Item:
    """Return an item that says one thing more, in a field of its own."""
    more = Segment(f"({role.value})", role, text, NOWHERE, None, language)
    return replace(item, segments=(*item.segments, more))


def brought(before: ItemReport, after: ItemReport) -> tuple[str, ...]:
    """Return the rules that find more in an item than they did before, in order of id."""
    more = _counts(after.findings) - _counts(before.findings)
    return tuple(sorted({rule for rule, _ in more}))


def lowered(before: ItemReport, after: ItemReport) -> tuple[str, ...]:
    """Return the markets in which an item's CAI is lower than before, or gone."""
    found = []
    for market, score in before.scores.items():
        now = after.scores.get(market)
        if score is not None and (now is None or now < score):
            found.append(market)
    return tuple(found)


def _counts(findings: Sequence[FindingReport]) -> Counter[tuple[str, str]]:
    return Counter((one.rule, market) for one in findings for market in one.markets)
