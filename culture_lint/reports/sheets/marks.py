"""What an annotated sheet needs of each item: kept on disk in order, so that memory stays flat."""

from __future__ import annotations

import pickle
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from culture_lint.advice.facts import is_worked_out, states_facts
from culture_lint.frozen import frozen
from culture_lint.reports.plain import line
from culture_lint.results import FindingReport, ItemReport, RunInfo, Suggestion
from culture_lint.spans import Place

#: So many bytes of marks are held in memory before they go to a file.
_IN_MEMORY = 8 << 20
#: Alternatives named to a person for one finding.
ALTERNATIVES = 3
#: By severity, the gravest first.
SEVERITIES = ("blocker", "major", "minor", "info")


@frozen
class Mark:
    """One finding as a sheet shows it; ``replacement`` is what may be put in its place, or "".

    ``cost`` holds the points it costs by market, ``instead`` the advice in words.
    """

    field: str
    place: Place
    text: str
    severity: str
    rule: str
    cost: tuple[tuple[str, float], ...]
    markets: tuple[str, ...]
    message: str
    why: str
    instead: str
    replacement: str
    suggestions: int
    #: The language of the text, by whose grammar the replacement is fitted in; None where it was
    #: worked out for this very place.
    grammar: str | None = None


@frozen
class Marked:
    """One item: where it stands, its CAI by market, and its findings, the gravest first."""

    path: str
    line: int
    item: str
    title: str
    scores: tuple[tuple[str, float | None], ...]
    status: tuple[str, ...]
    marks: tuple[Mark, ...]

    @property
    def severity(self) -> str:
        """The worst severity, "" without findings."""
        return self.marks[0].severity if self.marks else ""

    @property
    def lowest(self) -> float | None:
        """The worst CAI in any market, None where it was judged in none."""
        return min((cai for _, cai in self.scores if cai is not None), default=None)


def marked(report: ItemReport) -> Marked:
    """Return what a sheet needs of an item."""
    findings = sorted(report.findings, key=lambda one: (-one.severity.rank, one.place, one.rule))
    return Marked(
        report.path,
        report.line,
        report.item,
        " ".join(report.title.split())[:120] if findings else "",
        tuple(report.scores.items()),
        tuple(_by_reason(report)) if report.status or not report.scores else (),
        tuple(_mark(one, report.language) for one in findings),
    )


def _by_reason(report: ItemReport) -> Iterator[str]:
    """Yield why the item could not be judged, markets with the same reason together."""
    if not report.scores and not report.status:
        yield "not examined: the row names none of the markets"
    reasons: dict[str, list[str]] = {}
    for market, status in report.status.items():
        # What a market reads instead is told once a run, not in every row.
        why = status.partition(", which ")[0].removeprefix("not examined: ")
        reasons.setdefault(why, []).append(market)
    for why, markets in reasons.items():
        yield line(f"not examined in {', '.join(markets)}: {why}")


def _mark(finding: FindingReport, language: str | None) -> Mark:
    put_in = _replacement(finding, language)
    source = finding.evidence.sources[0] if finding.evidence.sources else None
    named = [part for part in (source.title, source.cite or source.url) if part] if source else []
    grade = finding.evidence.kind + ("" if finding.evidence.verified else ", not confirmed")
    said = " / ".join(f"“{one.text}”" for one in finding.alternatives[:ALTERNATIVES])
    return Mark(
        field=finding.field,
        place=finding.place,
        text=finding.text,
        severity=finding.severity.value,
        rule=finding.rule,
        cost=tuple((name, points) for name, points in sorted(finding.points.items()) if points),
        markets=finding.markets,
        message=line(finding.message),
        why=line(
            f"{finding.signified} [{': '.join([grade, '; '.join(named)]) if named else grade}]"
        ),
        instead=line(said or finding.rewrite),
        replacement=put_in.text if put_in else "",
        suggestions=len(finding.alternatives),
        grammar=put_in.language.split("-")[0]
        if put_in and not is_worked_out(finding, put_in)
        else None,
    )


def _replacement(finding: FindingReport, language: str | None) -> Suggestion | None:
    """Return the first alternative that may be put in; advice may not.

    It is what `check --unsafe-fixes` would take, except that a person reads it first: where the
    language of a short text is not settled, that of the alternative is good enough.
    """
    if states_facts(finding):
        return None
    own = (finding.language or language or "").split("-")[0]
    for one in finding.alternatives:
        if one.fix in ("safe", "unsafe") and own in ("", one.language.split("-")[0]):
            return one
    return None


@dataclass(slots=True)
class Part:
    """What was kept of one input: how many items from where on, and what they have in common."""

    start: int
    items: int = 0
    markets: set[str] = field(default_factory=set)
    #: Fields in which something can be put in.
    suggested: set[str] = field(default_factory=set)
    #: Fields of items with findings, by the gravest in each: so many cells there are to comment on.
    cells: Counter[str] = field(default_factory=Counter)


class Kept:
    """The marks of a run by input, in the order of the items."""

    def __init__(self, info: RunInfo) -> None:
        self._order = {name: number for number, (name, _) in enumerate(info.markets)}
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
        self.parts: dict[str, Part] = {}

    def add(self, one: Marked) -> None:
        """Keep an item; items of one input come one after the other."""
        part = self.parts.get(one.path)
        if part is None:
            part = self.parts[one.path] = Part(self._file.tell())
        pickle.dump(one, self._file, pickle.HIGHEST_PROTOCOL)
        part.items += 1
        part.markets.update([name for name, _ in one.scores])
        gravest: dict[str, str] = {}
        for mark in one.marks:
            gravest.setdefault(mark.field, mark.severity)
            if mark.replacement:
                part.suggested.add(mark.field)
        part.cells.update(gravest.values())

    def markets(self, path: str) -> tuple[str, ...]:
        """Return the markets an input was checked for, those that were asked for first."""
        part = self.parts.get(path)
        known = len(self._order)
        found = part.markets if part else set()
        return tuple(sorted(found, key=lambda name: (self._order.get(name, known), name)))

    def of(self, path: str) -> Iterator[Marked]:
        """Yield the items of an input again. One input at a time."""
        part = self.parts.get(path)
        if part is None:
            return
        self._file.seek(part.start)
        for _ in range(part.items):
            one: Marked = pickle.load(self._file)  # our own file, which has no name
            yield one

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
