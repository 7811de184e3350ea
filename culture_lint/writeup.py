"""Write up what was found in an item: places, messages, passages, alternatives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from culture_lint.advice.alternatives import (
    Clashing,
    depends_on_language,
    rewrite_for,
    suggest,
)
from culture_lint.frozen import frozen
from culture_lint.gate.baseline import finding_key
from culture_lint.judging.findings import Finding
from culture_lint.judging.plan import Plan
from culture_lint.knowledge.model import Reading
from culture_lint.knowledge.runtime import DISGUISED
from culture_lint.matching.evasion import NOTE, looks_disguised
from culture_lint.matching.tongue import Tongue
from culture_lint.results import FindingReport, ItemReport
from culture_lint.scoring.shares import Spread
from culture_lint.sources.items import Item, Role, Segment
from culture_lint.sources.places import located

#: Characters shown on either side of a match.
CONTEXT = 48
_NOTHING: Mapping[str, float] = {}


class Examined(NamedTuple):
    """An item that was looked at: for which markets, in which it can be judged, and why not in others."""

    item: Item
    tongue: Tongue
    wanted: tuple[str, ...]
    judged: tuple[str, ...]
    status: Mapping[str, str]


@frozen
class Scores:
    """The scores of an item by market, as `ItemReport` has them."""

    cai: Mapping[str, float | None]
    dimensions: Mapping[str, Mapping[str, float]]
    resonance: Mapping[str, float]


class Writer:
    """Turn findings and scores into reports.

    Args:
        plan: What was looked for.
        intent: What the copy means to convey: alternatives that keep it come first.
        clashing: Tells where an alternative would itself be found, None where nobody asks.
    """

    def __init__(self, plan: Plan, intent: Sequence[str], clashing: Clashing | None = None) -> None:
        self._plan = plan
        self._clashing = clashing
        self._intent = tuple(intent)

    def finding(
        self,
        examined: Examined,
        finding: Finding,
        spread: Spread,
        points: Mapping[str, float] = _NOTHING,
        gains: Mapping[str, float] = _NOTHING,
    ) -> FindingReport:
        """Return the report of a finding, by default of one that costs nothing."""
        item = examined.item
        segment = item.segments[finding.segment]
        reading = finding.reading
        tongue = examined.tongue
        # To tell the language of a short field by itself costs more than all the rest.
        own = depends_on_language(finding, self._plan)
        language = (tongue.segment(finding.segment) if own else tongue.item).language
        match = segment.text[finding.start : finding.end]
        place, text = located(segment.places, finding.start, finding.end)
        passage, span = _passage(segment, finding.start, finding.end)
        alternatives = suggest(finding, match, self._plan, language, self._intent, self._clashing)
        return FindingReport(
            rule=reading.id,
            category=reading.category,
            severity=spread.severity,
            mqm=reading.mqm,
            field=segment.field,
            role=segment.role.value,
            place=place,
            text=text,
            signified=reading.signified,
            message=_message(reading, match),
            rewrite=rewrite_for(reading, alternatives),
            points=points,
            fix_gain=gains,
            evidence=reading.evidence,
            via=finding.via,
            alternatives=alternatives,
            passage=passage,
            passage_span=span,
            markets=spread.markets,
            key=finding_key(item, finding),
            suppressible=spread.suppressible,
            milder=spread.milder,
            segment=finding.segment,
            span=(finding.start, finding.end),
            language=language,
        )

    def item(
        self,
        examined: Examined,
        scores: Scores,
        findings: Sequence[FindingReport] = (),
        welcome: Sequence[FindingReport] = (),
    ) -> ItemReport:
        """Return the report of an item; the findings are put in the order of their places."""
        item = examined.item
        title = next((one.text for one in item.segments if one.role is Role.TITLE), "")
        return ItemReport(
            path=item.path,
            item=item.item,
            line=item.line,
            title=" ".join(title.split()),
            language=examined.tongue.item.language,
            scores=scores.cai,
            status=examined.status,
            dimensions=scores.dimensions,
            resonance=scores.resonance,
            findings=tuple(sorted(findings, key=lambda one: (one.place, one.rule))),
            welcome=tuple(welcome),
            numbered=item.numbered,
        )


def _message(reading: Reading, match: str) -> str:
    message = reading.message
    if "{match}" in message:
        message = message.replace("{match}", " ".join(match.split()))
    if reading.category in DISGUISED and looks_disguised(match):
        return f"{message} {NOTE}"
    return message


def _passage(segment: Segment, start: int, end: int) -> tuple[str, tuple[int, int]]:
    """Cut the surroundings of a match to one line; the second value is the match's span in it."""
    text = segment.text
    first, last = max(0, start - CONTEXT), min(len(text), end + CONTEXT)
    if first:
        space = text.find(" ", first, start)
        first = space + 1 if 0 <= space < start else first
    if last < len(text):
        space = text.rfind(" ", end, last)
        last = space if space > end else last
    before = ("…" if first else "") + " ".join(text[first:start].split())
    if text[:start] and start > first and text[start - 1].isspace():
        before += " "
    match = " ".join(text[start:end].split())
    after = " ".join(text[end:last].split())
    if end < last and text[end].isspace() and after:
        after = " " + after
    passage = before + match + after + ("…" if last < len(text) else "")
    return passage, (len(before), len(before) + len(match))
