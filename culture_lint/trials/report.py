"""Scores, what changes would bring, and advice: as text for people and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from culture_lint.frozen import frozen
from culture_lint.knowledge.model import Evidence
from culture_lint.knowledge.scales import Severity
from culture_lint.reports.terminal import cut, safe, wrapped
from culture_lint.reports.text import graded
from culture_lint.results import FindingReport, ItemReport
from culture_lint.scoring.bands import band
from culture_lint.trials.resonance import Advice, Voice, shown
from culture_lint.trials.whatif import Change, WhatIf

SCHEMA = "culture-lint/score/1"
_PLACES = 3
_KINDS = {
    "voice": "who could say it",
    "proof": "proof and service",
    "occasion": "occasion",
    "scene": "motif",
    "manner": "manner",
}


@frozen
class Outlook:
    """One item: what was found, and what could be made of it; None for what was not asked."""

    report: ItemReport
    what_if: WhatIf | None = None
    advice: tuple[Advice, ...] | None = None
    voices: tuple[Voice, ...] = ()


# -- text ---------------------------------------------------------------------------------------


def text(outlook: Outlook, columns: int, told: set[str]) -> Iterator[str]:
    """Yield the lines of one item.

    ``told`` are the rules of advice whose reason has been given already, and grows.
    """
    report = outlook.report
    head = safe(f"{report.path}:{report.line}")
    title = f"{head}  {safe(report.item)}  {cut(safe(report.title), 70)}".rstrip()
    if outlook.advice is None and set(report.scores.values()) == {100.0}:
        # Nothing to do: one line, and no paragraph of its own.
        yield f"{title}  CAI 100"
        return
    yield title
    yield from _scores(report, columns)
    if outlook.what_if is not None and outlook.what_if.changes:
        yield from _what_if(report, outlook.what_if, columns)
    if outlook.advice is not None:
        yield from _advice(outlook, columns, told)
    yield ""


def _scores(report: ItemReport, columns: int) -> Iterator[str]:
    parts = []
    for market, cai in report.scores.items():
        if cai is None:
            parts.append(f"{market} not examined")
            continue
        word = gate(report, market)
        resonance = report.resonance.get(market, 0.0)
        parts.append(
            f"{market} {cai:.1f} {band(cai).letter}"
            + (f" {word}" if word else "")
            + (f" (resonance +{resonance:.1f})" if resonance else "")
        )
    yield from _wrapped("CAI " + " · ".join(parts), 2, columns)
    for why in dict.fromkeys(report.status.values()):
        yield from _wrapped(why, 2, columns)


def gate(report: ItemReport, market: str) -> str:
    """Return ``STOP`` for a confirmed blocker, ``SIGN-OFF`` for another, else nothing."""
    blockers = [
        one
        for one in report.findings
        if market in one.markets and one.severity_in(market) is Severity.BLOCKER
    ]
    if any(one.evidence.verified for one in blockers):
        return "STOP"
    return "SIGN-OFF" if blockers else ""


def _what_if(report: ItemReport, found: WhatIf, columns: int) -> Iterator[str]:
    yield "  What if, the change that pays most first"
    for one in found.changes:
        yield from _wrapped(
            f"{figures(one.after, one.gain)} · {_did(one)} · {one.rule}", 4, columns
        )
        if one.said is None:
            if one.doubt:
                yield from _wrapped(f"{one.doubt}: {_trouble(one)}", 8, columns)
            if one.advice:
                yield from _wrapped(one.advice, 8, columns)
        elif one.doubt:
            yield from _wrapped(f"look at the grammar: {one.doubt}", 8, columns)
    if found.made > 1 or (found.made and found.left):
        gain = {
            market: round(score - before, 1)
            for market, score in found.after_all.items()
            if score is not None and (before := report.scores.get(market)) is not None
        }
        gain = {market: points for market, points in gain.items() if points}
        what = "all of them" if found.made == len(found.changes) else f"the {found.made} with words"
        left = f"; left: {', '.join(found.left)}" if found.left else ""
        yield from _wrapped(f"{figures(found.after_all, gain)} · {what}{left}", 4, columns)


def _did(change: Change) -> str:
    words = list(dict.fromkeys(" ".join(one.text.split()) for one in change.findings))
    named = ", ".join(f"“{cut(one, 40)}”" for one in words[:_PLACES])
    more = f" and {len(words) - _PLACES} more" if len(words) > _PLACES else ""
    count = f"{len(change.findings)} × " if len(change.findings) > 1 else ""
    if change.said is None:
        return f"{count}{named}{more} gone, by rewriting"
    keeps = f" (keeps {', '.join(change.said.keeps)})" if change.said.keeps else ""
    return f"{count}{named}{more} -> “{change.said.text}”{keeps}"


def _trouble(change: Change) -> str:
    parts = []
    if change.brings:
        parts.append(f"it brings {', '.join(change.brings)}")
    if change.lowers:
        parts.append(f"it costs points in {', '.join(change.lowers)}")
    return " and ".join(parts) or "the same would be found in it"


def figures(after: Mapping[str, float | None], gain: Mapping[str, float]) -> str:
    """Return the CAI by market with what was gained; markets with the same figures share them."""
    same: dict[tuple[float, float], list[str]] = {}
    for market, points in gain.items():
        score = after.get(market)
        if score is not None:
            same.setdefault((points, score), []).append(market)
    ordered = sorted(same.items(), key=lambda pair: (-pair[0][0], pair[1]))
    return ", ".join(
        f"{'/'.join(markets)} {score:.1f} ({points:+.1f})" for (points, score), markets in ordered
    )


def _advice(outlook: Outlook, columns: int, told: set[str]) -> Iterator[str]:
    for market in outlook.report.scores:
        found = shown(outlook.advice or (), market)
        spoken = [one for one in outlook.voices if one.market == market]
        if not found and not spoken:
            continue
        yield f"  What {market} looks for (costs nothing to leave; say only what is true)"
        for voice in spoken:
            taken = "welcome" if voice.welcome else "not welcome"
            yield from _wrapped(
                f"it speaks through “{voice.text}”: {taken} ({voice.rule})", 4, columns
            )
        for one in found:
            example = f", as in “{one.example}”" if one.example else ""
            yield from _wrapped(
                f"{_KINDS[one.kind]}: {one.title}: “{one.words}”{example} · resonance +{one.resonance:.1f}",
                4,
                columns,
            )
            if one.rule not in told:
                told.add(one.rule)
                yield from _wrapped(f"{one.why} [{_source(one.evidence)}]", 8, columns)


def _source(evidence: Evidence) -> str:
    grade = graded(evidence.kind, evidence.verified)
    if not evidence.sources:
        return grade
    first = evidence.sources[0]
    return f"{grade}: {'; '.join(part for part in (first.title, first.cite or first.url) if part)}"


def _wrapped(said: str, indent: int, columns: int) -> Iterator[str]:
    lead = " " * indent
    for line in wrapped(safe(said), max(60, columns) - indent - 2):
        yield lead + line
        lead = " " * (indent + 2)


# -- JSON ---------------------------------------------------------------------------------------


def shape(outlook: Outlook) -> dict[str, Any]:
    """Return one item as plain data."""
    report = outlook.report
    found: dict[str, Any] = {
        "path": report.path,
        "item": report.item,
        "line": report.line,
        "title": report.title,
        "language": report.language,
        "scores": dict(report.scores),
        "bands": {
            market: band(cai).letter for market, cai in report.scores.items() if cai is not None
        },
        "gate": {market: word for market in report.scores if (word := gate(report, market))},
        "resonance": dict(report.resonance),
        "status": dict(report.status),
    }
    if outlook.what_if is not None:
        found["what_if"] = {
            "changes": [_change(one) for one in outlook.what_if.changes],
            "all": {
                "after": dict(outlook.what_if.after_all),
                "made": outlook.what_if.made,
                "left": list(outlook.what_if.left),
            },
        }
    if outlook.advice is not None:
        found["voices"] = [
            {"market": one.market, "rule": one.rule, "text": one.text, "welcome": one.welcome}
            for one in outlook.voices
        ]
        found["advice"] = [
            _advised(one) for market in report.scores for one in shown(outlook.advice, market)
        ]
    return found


def _change(one: Change) -> dict[str, Any]:
    said = one.said
    return {
        "rule": one.rule,
        "severity": one.severity.value,
        "places": [_place(finding) for finding in one.findings],
        "instead": (
            {"text": said.text, "language": said.language, "keeps": list(said.keeps)}
            if said
            else None
        ),
        "after": dict(one.after),
        "gain": dict(one.gain),
        "doubt": one.doubt,
        "brings": list(one.brings),
        "lowers": list(one.lowers),
        "rewrite": one.advice,
    }


def _place(finding: FindingReport) -> dict[str, Any]:
    return {
        "field": finding.field,
        "line": finding.place.line,
        "column": finding.place.column,
        "text": finding.text,
    }


def _advised(one: Advice) -> dict[str, Any]:
    return {
        "market": one.market,
        "kind": one.kind,
        "rule": one.rule,
        "title": one.title,
        "why": one.why,
        "words": one.words,
        "language": one.language,
        "example": one.example,
        "conveys": list(one.conveys),
        "resonance": one.resonance,
        "evidence": {
            "kind": one.evidence.kind,
            "verified": one.evidence.verified,
            "sources": [
                {"title": source.title, "cite": source.cite, "url": source.url}
                for source in one.evidence.sources
            ],
        },
    }


def summary(items: Sequence[Mapping[str, float | None]]) -> str:
    """Return the worst CAI of each market over all items, in one line."""
    worst: dict[str, float] = {}
    for scores in items:
        for market, cai in scores.items():
            if cai is not None:
                worst[market] = min(cai, worst.get(market, 100.0))
    parts = [f"{market} {cai:.1f} {band(cai).letter}" for market, cai in worst.items()]
    return f"worst item: {', '.join(parts)}" if parts else "nothing could be scored"
