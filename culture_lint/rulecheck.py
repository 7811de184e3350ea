"""Test rulesets by what they do: their own examples, their alternatives, labelled cases."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from culture_lint.engine import Engine
from culture_lint.errors import Location, SourceError
from culture_lint.frozen import frozen
from culture_lint.knowledge.model import Example, Reading
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.knowledge.scales import Polarity
from culture_lint.results import FindingReport, ItemReport
from culture_lint.settings import Settings
from culture_lint.sources.items import Item, Role, Segment
from culture_lint.sources.places import TextPlaces


def text_item(
    text: str,
    *,
    path: str = "",
    item: str = "",
    role: Role = Role.DESCRIPTION,
    attribute: str | None = None,
    language: str | None = None,
) -> Item:
    """Return an item of one segment that holds ``text``."""
    segment = Segment(role.value, role, text, TextPlaces(text), attribute, language)
    return Item(path, item, 1, (segment,))


@frozen
class Failure:
    """One example that does not do what it should."""

    rule: str
    location: Location
    expected: str
    text: str
    seen: tuple[str, ...]

    def __str__(self) -> str:
        seen = f" (flagged by {', '.join(self.seen)})" if self.seen else ""
        return f"{self.location}: {self.rule}: {self.expected}: {self.text!r}{seen}"


@frozen
class TestRun:
    """What running all examples showed; ``uncovered`` are readings that no example fires."""

    examples: int
    readings: int
    failures: tuple[Failure, ...]


def run_examples(knowledge: Knowledge) -> TestRun:
    """Run the examples of every reading, and check that its alternatives are clean."""
    engine = Engine(
        knowledge,
        _everywhere(knowledge),
        every_reason=True,
    )
    readings = {reading.id: reading for reading in knowledge.all_readings()}
    cases = [case for reading in readings.values() for case in _cases(reading)]
    failures: list[Failure] = []
    reports = engine.check(case.item for case in cases)
    for case, report in zip(cases, reports, strict=True):
        assert isinstance(report, ItemReport)
        failures.extend(_judge_case(knowledge, case, report))
    return TestRun(len(cases), len(readings), tuple(failures))


def _everywhere(knowledge: Knowledge) -> Settings:
    return Settings(
        markets=tuple(knowledge.markets),
        platforms=tuple(knowledge.platforms),
        fail_on="never",
        preview=True,
    )


def offending_alternatives(knowledge: Knowledge) -> tuple[Failure, ...]:
    """Return the alternatives that would themselves be flagged where their reading counts."""
    engine = Engine(
        knowledge,
        _everywhere(knowledge),
        every_reason=True,
    )
    readings = {reading.id: reading for reading in knowledge.all_readings()}
    cases = [
        case for reading in readings.values() for case in _cases(reading) if case.kind == "say"
    ]
    found: list[Failure] = []
    for case, report in zip(cases, engine.check(case.item for case in cases), strict=True):
        assert isinstance(report, ItemReport)
        found.extend(_judge_case(knowledge, case, report))
    return tuple(found)


def uncovered(knowledge: Knowledge) -> tuple[str, ...]:
    """Say which readings lack an example that flags in one of the languages of their forms."""
    gaps = []
    for reading in {one.id: one for one in knowledge.all_readings()}.values():
        if reading.evidence.kind == "debunked" or reading.polarity is Polarity.NEUTRAL:
            continue
        if not reading.flag or not reading.passes:
            gaps.append(
                f"{reading.file}:{reading.line}: {reading.id}: needs a flag and a pass example"
            )
    return tuple(gaps)


@frozen
class _Case:
    reading: Reading
    kind: str
    item: Item
    example: Example | None


def _cases(reading: Reading) -> Iterator[_Case]:
    for kind, examples in (("flag", reading.flag), ("pass", reading.passes)):
        for example in examples:
            item = text_item(
                example.text,
                role=Role(example.role),
                attribute=example.attribute,
                language=example.language,
            )
            yield _Case(reading, kind, item, example)
    if reading.polarity is not Polarity.POSITIVE:
        for alternative in reading.instead:
            yield _Case(
                reading, "say", text_item(alternative.say, language=alternative.language), None
            )


#: Not held against alternatives: one is written for all the markets of a region, in one spelling.
_NOT_HELD = frozenset(
    f"global/{one}"
    for one in ("content-language", "spelling-variety", "regional-words", "mixed-spelling")
)


def _judge_case(knowledge: Knowledge, case: _Case, report: ItemReport) -> Iterator[Failure]:
    reading = case.reading
    location = Location(reading.file, case.example.line if case.example else reading.line)
    fired = fired_rules(report)
    text = case.item.segments[0].text
    if case.kind == "say":
        homes = _homes(knowledge, reading.owner)
        others = tuple(f"{name}/" for name in knowledge.platforms if name != reading.owner)
        bad = [one.rule for one in report.findings if homes & set(one.markets)]
        if not homes:  # a platform's: its own rules are what an alternative has to keep
            bad = [one.rule for one in report.findings if one.rule.startswith(reading.owner + "/")]
        # What some platform would not print is still right in the market.
        bad = [one for one in bad if one not in _NOT_HELD and not one.startswith(others)]
        if bad:
            yield Failure(reading.id, location, "an alternative offends itself", text, tuple(bad))
    elif case.kind == "pass" or reading.evidence.kind == "debunked":
        if reading.id in fired:
            yield Failure(reading.id, location, "must pass", text, (reading.id,))
    elif reading.polarity is Polarity.NEUTRAL:
        return
    elif reading.id not in fired:
        yield Failure(reading.id, location, "must be flagged", text, tuple(sorted(fired)))
    elif (
        case.example is not None
        and case.example.span
        and not any(_overlaps(text, case.example.span, one) for one in fired[reading.id])
    ):
        yield Failure(reading.id, location, f"must mark {case.example.span!r}", text, (reading.id,))


def _homes(knowledge: Knowledge, owner: str) -> frozenset[str]:
    """Return the markets whose copy a scope's alternatives are written for.

    A community hears more in a word than its market: copy for that market need not mind it.
    """
    if owner in knowledge.markets:
        return frozenset((owner,))
    return frozenset(
        market.id
        for market in knowledge.markets.values()
        if owner in market.chain and "/" not in market.id
    )


def fired_rules(report: ItemReport) -> dict[str, list[FindingReport]]:
    """Return the findings of an item by rule; welcome signs count as fired too."""
    fired: dict[str, list[FindingReport]] = {}
    for finding in (*report.findings, *report.welcome):
        fired.setdefault(finding.rule, []).append(finding)
    return fired


def _overlaps(text: str, span: str, finding: FindingReport) -> bool:
    start = text.find(span)
    first = _offset(text, finding.place.line, finding.place.column)
    last = _offset(text, finding.place.end_line, finding.place.end_column)
    return start >= 0 and start < last and first < start + len(span)


def _offset(text: str, line: int, column: int) -> int:
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
    return start + column - 1


# -- labelled cases --------------------------------------------------------------------------

#: Channels of labelled cases and the field that such copy stands in.
_CHANNELS = {
    "product_name": Role.TITLE,
    "listing": Role.TITLE,
    "packaging": Role.TITLE,
    "ad": Role.TITLE,
    "social": Role.DESCRIPTION,
    "image_alt": Role.ALT,
}


@dataclass(slots=True)
class Tally:
    """Hits among incidents, and false alarms among controls and traps."""

    incidents: int = 0
    hits: int = 0
    harmless: int = 0
    alarms: int = 0


@dataclass(slots=True)
class Evaluation:
    """How rulesets do on labelled cases; misses and false alarms hold (id, market, text, rules)."""

    total: Tally = field(default_factory=Tally)
    by_market: dict[str, Tally] = field(default_factory=dict)
    by_category: dict[str, Tally] = field(default_factory=dict)
    by_language: dict[str, Tally] = field(default_factory=dict)
    misses: list[tuple[str, str, str, str]] = field(default_factory=list)
    false_alarms: list[tuple[str, str, str, str]] = field(default_factory=list)
    skipped: int = 0


def read_cases(path: Path) -> list[dict[str, object]]:
    """Read labelled cases, JSON Lines in the format of docs/evaluate.md.

    Raises:
        SourceError: If the file cannot be read or a line is no JSON object with ``text``.
    """
    try:
        # Not splitlines: U+2028 and the like may stand in a JSON text.
        lines = path.read_text("utf-8-sig").split("\n")
    except OSError as error:
        raise SourceError(
            f"cannot read labelled cases: {error.strerror}", Location(str(path))
        ) from error
    except UnicodeDecodeError as error:
        raise SourceError("cannot read labelled cases: not UTF-8", Location(str(path))) from error
    cases = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
        except ValueError as error:
            raise SourceError(f"not JSON: {error}", Location(str(path), number)) from error
        if not isinstance(case, dict) or not {"id", "market", "text"} <= case.keys():
            raise SourceError(
                "a case needs the keys id, market and text", Location(str(path), number)
            )
        cases.append(case)
    return cases


def evaluate(
    knowledge: Knowledge, cases: Iterable[Mapping[str, object]], detector: str
) -> Evaluation:
    """Measure recall on incidents and false alarms on controls and traps.

    An incident is hit by a finding for its market that overlaps its ``signifier`` and costs points
    or is a note of severity minor or worse; a community's finding counts only where the case names
    the community (``TH/deep-south-malay``). A control or a trap is a false alarm when any such
    finding stands on it. Cases of markets without a ruleset are skipped and counted.
    """
    result = Evaluation()
    engine = Engine(knowledge, Settings(markets=tuple(knowledge.markets), detector=detector))
    kept = [case for case in cases if str(case["market"]) in knowledge.markets]
    result.skipped = sum(1 for case in cases if str(case["market"]) not in knowledge.markets)
    for case in kept:
        signifier = case.get("signifier")
        if signifier:
            _count(engine, result, case, str(case["text"]), str(signifier))
            if case.get("control_text"):
                _count(engine, result, case, str(case["control_text"]), None)
        else:
            _count(engine, result, case, str(case["text"]), None)
    return result


def _count(
    engine: Engine,
    result: Evaluation,
    case: Mapping[str, object],
    text: str,
    signifier: str | None,
) -> None:
    role = _CHANNELS.get(str(case.get("channel", "listing")), Role.DESCRIPTION)
    language = str(case["language"]) if case.get("language") else None
    report = next(iter(engine.check([text_item(text, role=role, language=language)])))
    assert isinstance(report, ItemReport)
    market = str(case["market"])
    segment = str(case.get("segment") or market)
    audience = {market, segment, f"{market}/{segment}"}
    found = [
        one
        for one in report.findings
        if one.severity.rank > 0 and not audience.isdisjoint(one.markets)
    ]
    tallies = [result.total]
    for table, key in (
        (result.by_market, market),
        (result.by_category, str(case.get("category", "trap"))),
        (result.by_language, (language or "und").split("-")[0]),
    ):
        tallies.append(table.setdefault(key, Tally()))
    rules = ", ".join(f"{one.rule} ({one.text})" for one in found)
    if signifier is None:
        for tally in tallies:
            tally.harmless += 1
            tally.alarms += bool(found)
        if found:
            result.false_alarms.append((str(case["id"]), market, text, rules))
        return
    hit = any(_overlaps(text, signifier, one) for one in found)
    for tally in tallies:
        tally.incidents += 1
        tally.hits += hit
    if not hit:
        marked = text.replace(signifier, f"»{signifier}«", 1)
        result.misses.append((str(case["id"]), market, marked, rules))


def shares(tally: Tally) -> tuple[float | None, float | None]:
    """Return recall and false-alarm rate, None where there is nothing to divide by."""
    recall = tally.hits / tally.incidents if tally.incidents else None
    alarms = tally.alarms / tally.harmless if tally.harmless else None
    return recall, alarms


__all__: Sequence[str] = (
    "Evaluation",
    "Failure",
    "Tally",
    "TestRun",
    "evaluate",
    "fired_rules",
    "read_cases",
    "run_examples",
    "shares",
    "text_item",
)
