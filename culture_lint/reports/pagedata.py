"""The items of a run as the HTML report carries them: compact, shared, and bounded.

What many items share (readings with their sources, messages, scores, sets of markets) is written
once and named by its number. An item is kept as the JSON that the page will hold, so that a hundred
thousand of them fit; when there are more than a browser should be asked to hold, those stay that
score worst.
"""

from __future__ import annotations

import heapq
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from culture_lint.knowledge.scales import Severity
from culture_lint.reports.terminal import safe
from culture_lint.results import FindingReport, ItemReport

#: Items that a page holds at most.
MOST_ITEMS = 100_000
#: Characters of their JSON that it holds at most.
MOST_TEXT = 64_000_000
#: Findings that are written out of one item.
MOST_FINDINGS = 500
SEVERITIES = tuple(one.value for one in sorted(Severity, key=lambda one: one.rank))
_BLOCKER = Severity.BLOCKER.rank
#: Rank of an item that could not be judged, and of one without loss or finding, in tenths of CAI.
_UNJUDGED, _CLEAN = 1001, 1002
#: Mappings and readings whose shape is remembered.
_REMEMBERED = 4096
#: Stands in a text for a placeholder of its format.
_PLACEHOLDER = "\ufffc"
#: A web address without what could hide where it leads: blanks, controls, quotes, bidi overrides.
_WEB = re.compile(
    r"https?://[^\s\x00-\x20\x7f-\x9f\"<>\\\u200b-\u200f\u202a-\u202e\u2066-\u2069]+\Z",
    re.IGNORECASE,
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

#: Scores by market in tenths of a point, None where the item could not be judged.
Scores = tuple[tuple[str, int | None], ...]
#: A status, and the markets in which it holds.
States = tuple[tuple[str, tuple[str, ...]], ...]
K = TypeVar("K")


class Cost(NamedTuple):
    """What a finding costs in markets where it costs the same; both in tenths of a point."""

    markets: tuple[str, ...]
    points: int
    gain: int
    severity: int


class Reading(NamedTuple):
    """What the findings of one reading share; ``rest`` is the remainder as JSON."""

    rule: str
    category: str
    severity: str
    signified: str
    law: bool
    verified: bool
    rest: str


class Found(NamedTuple):
    """One finding, ready for the page."""

    reading: Reading
    message: str
    field: str
    line: int
    column: int
    before: str
    match: str
    after: str
    costs: tuple[Cost, ...]


class Aside(NamedTuple):
    """A finding that costs nothing; ``why`` is the reason given for silence, empty for a welcome sign."""

    reading: Reading
    before: str
    match: str
    after: str
    markets: tuple[str, ...]
    kind: str
    why: str


class Row(NamedTuple):
    """One item, ready for the page; ``listed`` is false where it only counts."""

    path: str
    item: str
    line: int
    title: str
    language: str
    scores: Scores
    states: States
    findings: tuple[Found, ...] = ()
    asides: tuple[Aside, ...] = ()
    unwritten: int = 0
    listed: bool = True


def web_address(url: str) -> str:
    """Return an address that may become a link, empty for any other."""
    return url if _WEB.match(url) else ""


def script_json(value: Any) -> str:
    """Return a value as JSON that may stand inside a ``<script>``."""
    return _inert(_encode(value))


def _inert(text: str) -> str:
    """Escape in JSON what would end a script, or cannot be written as UTF-8."""
    for char in "<>&\u2028\u2029":
        if char in text:
            text = text.replace(char, f"\\u{ord(char):04x}")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = _SURROGATE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
    return text


class _Remembered(Generic[K]):
    """Shapes by the identity of what they were made from, which is kept alive."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], tuple[object, K]] = {}

    def of(self, parts: tuple[object, ...], make: Callable[[], K], *more: object) -> K:
        key = (*map(id, parts), *more)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            found = self._known[key] = (parts, make())
        return found[1]


class Rows:
    """Make rows of item reports, where the items were checked."""

    def __init__(self) -> None:
        self._scores: _Remembered[Scores] = _Remembered()
        self._costs: _Remembered[tuple[Cost, ...]] = _Remembered()
        self._readings: _Remembered[Reading] = _Remembered()

    def row(self, report: ItemReport, listed: bool = True) -> Row:
        """Return an item as a row; one that is not listed has its scores alone."""
        scores = self._scores.of((report.scores,), lambda: _tenths(report.scores))
        if not listed:
            return Row("", "", 0, "", "", scores, (), listed=False)
        written = report.findings[:MOST_FINDINGS]
        return Row(
            path=safe(report.path),
            item=safe(report.item),
            line=report.line,
            title=safe(report.title),
            language=report.language or "",
            scores=scores,
            states=_grouped(report.status),
            findings=tuple(map(self._found, written)),
            asides=self._asides(report),
            unwritten=len(report.findings) - len(written),
        )

    def _asides(self, report: ItemReport) -> tuple[Aside, ...]:
        if not (report.suppressed or report.baselined or report.welcome):
            return ()
        return (
            *(
                self._aside(one.finding, "suppressed", one.justification)
                for one in report.suppressed
            ),
            *(self._aside(one, "baselined", "") for one in report.baselined),
            *(self._aside(one, "welcome", "") for one in report.welcome),
        )

    def _found(self, finding: FindingReport) -> Found:
        return Found(
            reading=self._reading(finding),
            message=_line(finding.message),
            field=safe(finding.field),
            line=finding.place.line,
            column=finding.place.column,
            costs=self._costs.of(
                (finding.points, finding.fix_gain, finding.milder),
                lambda: _costs(finding),
                finding.severity,
                finding.markets,
            ),
            **_passage(finding),
        )

    def _aside(self, finding: FindingReport, kind: str, why: str) -> Aside:
        return Aside(
            reading=self._reading(finding),
            markets=finding.markets,
            kind=kind,
            why=_line(why),
            **_passage(finding),
        )

    def _reading(self, finding: FindingReport) -> Reading:
        return self._readings.of(
            (finding.evidence, finding.alternatives),
            lambda: _reading(finding),
            finding.rule,
            finding.severity,
            finding.via,
            finding.rewrite,
        )


def _tenths(scores: Mapping[str, float | None]) -> Scores:
    return tuple(
        (market, None if cai is None else round(cai * 10)) for market, cai in scores.items()
    )


def _grouped(status: Mapping[str, str]) -> States:
    groups: dict[str, list[str]] = {}
    for market, text in status.items():
        groups.setdefault(_line(text), []).append(market)
    return tuple((text, tuple(markets)) for text, markets in groups.items())


def _costs(finding: FindingReport) -> tuple[Cost, ...]:
    groups: dict[tuple[int, int, int], list[str]] = {}
    for market in finding.markets:
        points = round(10 * finding.points.get(market, 0.0))
        gain = round(10 * finding.fix_gain.get(market, 0.0))
        rank = finding.severity_in(market).rank
        groups.setdefault((points, gain, rank), []).append(market)
    return tuple(Cost(tuple(markets), *key) for key, markets in groups.items())


def _passage(finding: FindingReport) -> dict[str, str]:
    start, end = finding.passage_span
    passage = safe(finding.passage).replace(_PLACEHOLDER, "…")
    return {"before": passage[:start], "match": passage[start:end], "after": passage[end:]}


def _line(text: str) -> str:
    return safe(" ".join(text.split()))


def _reading(finding: FindingReport) -> Reading:
    evidence = finding.evidence
    rest = {
        "m": finding.mqm,
        "w": _line(finding.rewrite),
        "k": evidence.kind,
        "v": evidence.verified,
        "e": [
            [_line(one.title), web_address(one.url), _line(one.cite), one.read]
            for one in evidence.sources
        ],
        "p": [_line(one) for one in finding.via],
        "a": [
            [_line(one.text), one.language, [_line(word) for word in one.keeps], _line(one.note)]
            for one in finding.alternatives
        ],
        "x": finding.suppressible,
    }
    return Reading(
        finding.rule,
        finding.category,
        finding.severity.value,
        _line(finding.signified),
        evidence.kind == "statute",
        evidence.verified,
        _encode(rest),
    )


class _Table(Generic[K]):
    """Values by number, each once."""

    def __init__(self) -> None:
        self._numbers: dict[K, int] = {}
        self._quick: dict[int, tuple[K, int]] = {}

    def number(self, value: K) -> int:
        """Return the number of a value; of the same object at once, without comparing it."""
        found = self._quick.get(id(value))
        if found is None:
            number = self._numbers.setdefault(value, len(self._numbers))
            if len(self._quick) >= _REMEMBERED:
                self._quick.clear()
            found = self._quick[id(value)] = (value, number)
        return found[1]

    def __iter__(self) -> Iterator[K]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


class Tally:
    """What one rule cost in all items of a run; ``points`` in tenths of CAI, over all markets."""

    __slots__ = ("items", "markets", "places", "points", "reading", "severity")

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.severity = 0
        self.items = self.places = self.points = 0
        self.markets: dict[str, None] = {}


class PageData:
    """Gather rows in the order of the run, and write them as one JSON object.

    Args:
        most_items: Rows to keep at most.
        most_text: Characters of rows to keep at most.
    """

    def __init__(self, most_items: int = MOST_ITEMS, most_text: int = MOST_TEXT) -> None:
        self._most_items, self._most_text = most_items, most_text
        self._markets: _Table[str] = _Table()
        self._paths: _Table[str] = _Table()
        self._texts: _Table[str] = _Table()
        self._readings: _Table[Reading] = _Table()
        self._sets: _Table[tuple[str, ...]] = _Table()
        self._scores: _Table[Scores] = _Table()
        self._states: _Table[States] = _Table()
        #: How many items have each row of scores.
        self._scored: list[int] = []
        #: Kept rows: (less its rank, less its number, JSON); the first is the first to go.
        self._kept: list[tuple[int, int, str]] = []
        self._size = self._taken = 0
        self._tallies: dict[str, Tally] = {}
        #: How many blockers each market has: those that are confirmed, and all.
        self.blockers: dict[str, list[int]] = {}
        #: Items that were listed and had to go.
        self.dropped = 0
        self.law = False

    @property
    def kept(self) -> int:
        """How many items are kept."""
        return len(self._kept)

    @property
    def tallies(self) -> list[Tally]:
        """What rules cost, the dearest first."""
        return sorted(
            self._tallies.values(),
            key=lambda one: (-one.points, -one.severity, -one.items, one.reading.rule),
        )

    def counts(self) -> dict[str, dict[int, int]]:
        """Return how many items have which CAI (in tenths), by market; all items of the run."""
        found: dict[str, dict[int, int]] = {}
        for scores, count in zip(self._scores, self._scored, strict=True):
            for market, cai in scores:
                if cai is not None:
                    steps = found.setdefault(market, {})
                    steps[cai] = steps.get(cai, 0) + count
        return found

    def add(self, row: Row) -> None:
        """Take one item."""
        scores = self._scores.number(row.scores)
        if scores == len(self._scored):
            self._scored.append(0)
        self._scored[scores] += 1
        for found in row.findings:
            self._tally(found)
        for rule in {found.reading.rule for found in row.findings}:
            self._tallies[rule].items += 1
        if not row.listed:
            return
        self._taken += 1
        text = self._written(row, scores)
        self._size += len(text)
        heapq.heappush(self._kept, (-_rank(row), -self._taken, text))
        while len(self._kept) > self._most_items or self._size > self._most_text:
            self._size -= len(heapq.heappop(self._kept)[2])
            self.dropped += 1

    def _tally(self, found: Found) -> None:
        rule = found.reading.rule
        tally = self._tallies.get(rule)
        if tally is None:
            tally = self._tallies[rule] = Tally(found.reading)
            self.law = self.law or found.reading.law
        tally.places += 1
        for cost in found.costs:
            tally.points += cost.points * len(cost.markets)
            tally.severity = max(tally.severity, cost.severity)
            tally.markets.update(dict.fromkeys(cost.markets))
            if cost.severity == _BLOCKER:
                for market in cost.markets:
                    counts = self.blockers.setdefault(market, [0, 0])
                    counts[0] += found.reading.verified
                    counts[1] += 1

    def _written(self, row: Row, scores: int) -> str:
        shape: list[object] = [
            self._paths.number(row.path),
            row.item,
            row.line,
            row.title,
            row.language,
            scores,
            self._states.number(row.states) if row.states else -1,
            [self._found(one) for one in row.findings],
        ]
        if row.asides or row.unwritten:
            shape.append([self._aside(one) for one in row.asides])
        if row.unwritten:
            shape.append(row.unwritten)
        return script_json(shape)

    def _found(self, found: Found) -> list[object]:
        costs: list[int] = []
        for cost in found.costs:
            costs += (self._sets.number(cost.markets), *cost[1:])
        return [
            self._readings.number(found.reading),
            self._texts.number(found.message),
            self._texts.number(found.field),
            *found[3:8],
            costs,
        ]

    def _aside(self, aside: Aside) -> list[object]:
        markets = self._sets.number(aside.markets)
        return [self._readings.number(aside.reading), *aside[1:4], markets, *aside[5:]]

    def json(self, names: Sequence[tuple[str, str]], extra: Mapping[str, Any]) -> Iterator[str]:
        """Yield the object bit by bit.

        Args:
            names: Markets in the order in which to show them, with their names.
            extra: What the page should know besides.
        """
        shown = dict(names)
        order = [self._markets.number(market) for market, _ in names]
        sets = [[self._markets.number(one) for one in markets] for markets in self._sets]
        states = [
            [[text, [self._markets.number(one) for one in markets]] for text, markets in state]
            for state in self._states
        ]
        for scores in self._scores:
            for market, _ in scores:
                self._markets.number(market)
        yield "{"
        for key, value in (
            *extra.items(),
            ("severities", SEVERITIES),
            ("markets", [[one, shown.get(one, one)] for one in self._markets]),
            ("order", order),
            ("paths", list(self._paths)),
            ("texts", list(self._texts)),
            ("sets", sets),
            ("states", states),
        ):
            yield f"{_encode(key)}:{script_json(value)},\n"
        yield from self._listed("scores", map(self._score_row, self._scores))
        yield ",\n"
        yield from self._listed("readings", map(_reading_json, self._readings))
        yield ",\n"
        in_order = sorted(self._kept, key=lambda one: -one[1])
        yield from self._listed("items", (text for _, _, text in in_order))
        yield "}"

    def _score_row(self, scores: Scores) -> str:
        """Return one number a market: tenths of CAI, -1 if not judged, -2 if not asked for."""
        row = [-2] * len(self._markets)
        for market, cai in scores:
            row[self._markets.number(market)] = -1 if cai is None else cai
        return _encode(row)

    @staticmethod
    def _listed(key: str, parts: Iterator[str]) -> Iterator[str]:
        yield f'"{key}":['
        before = ""
        for part in parts:
            yield before + part
            before = ",\n"
        yield "]"


def _reading_json(one: Reading) -> str:
    head = {
        "r": one.rule,
        "c": one.category,
        "s": SEVERITIES.index(one.severity),
        "d": one.signified,
    }
    return _inert(_encode(head)[:-1] + "," + one.rest[1:])


def _rank(row: Row) -> int:
    """Return what decides which items stay: the worst CAI in tenths, then the others."""
    judged = [cai for _, cai in row.scores if cai is not None]
    if judged and (row.findings or min(judged) < 1000):
        return min(judged)
    if row.states or not judged:
        return _UNJUDGED
    return _CLEAN
