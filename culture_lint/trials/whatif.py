"""What would each change bring: the CAI of an item with it made, worked out by checking it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from culture_lint.advice.grammar import fit
from culture_lint.advice.naming import advice_in
from culture_lint.fixing.edits import Edits, with_edit
from culture_lint.frozen import frozen
from culture_lint.knowledge.scales import Severity
from culture_lint.results import FindingReport, ItemReport, Suggestion
from culture_lint.session import Session
from culture_lint.sources.items import Item
from culture_lint.targets import Job
from culture_lint.trials.trial import brought, checked, lowered, with_edits

#: Alternatives of one rule that are tried.
TRIED = 3


@frozen
class Change:
    """What one rule's findings in an item cost, and what doing something about them would bring.

    ``said`` is the alternative with which the figures were worked out, None where none can stand
    in the place of the words: then they hold for copy without them. ``after`` is the CAI by market
    where it was found, ``gain`` the difference. ``doubt`` says what an editor must look at;
    ``brings`` are rules that would find something in the new words, and ``lowers`` the markets that
    would lose by them.
    """

    rule: str
    severity: Severity
    findings: tuple[FindingReport, ...]
    said: Suggestion | None
    after: Mapping[str, float | None]
    gain: Mapping[str, float]
    doubt: str = ""
    brings: tuple[str, ...] = ()
    lowers: tuple[str, ...] = ()
    advice: str = ""

    @property
    def pays(self) -> float:
        """How many points it brings in the market where it brings most."""
        return max(self.gain.values(), default=0.0)


@frozen
class WhatIf:
    """What could be done about one item.

    ``changes`` begin with the one that pays most. ``after_all`` is the CAI by market with every
    change made for which there are words, and ``left`` the rules that would still find something.
    """

    changes: tuple[Change, ...]
    after_all: Mapping[str, float | None]
    made: int
    left: tuple[str, ...]


def what_if(session: Session, job: Job, item: Item, report: ItemReport) -> WhatIf:
    """Return what each change would bring to an item.

    Args:
        session: Checks the item anew.
        job: The input that the item is from.
        item: As it was read.
        report: What was found in it.
    """
    changes: list[tuple[Change, dict[int, Edits]]] = []
    for rule, findings in _by_rule(report).items():
        changes.append(_best(session, job, item, report, rule, findings))
    changes.sort(key=lambda pair: (-pair[0].pays, -pair[0].severity.rank, pair[0].rule))
    made, edits = _together([pair for pair in changes if pair[0].said is not None])
    after = report
    if made:
        after = checked(session, job, [with_edits(item, edits)])[0]
    return WhatIf(
        tuple(change for change, _ in changes),
        dict(after.scores),
        made,
        tuple(sorted({one.rule for one in after.findings if any(one.points.values())})),
    )


def _by_rule(report: ItemReport) -> dict[str, list[FindingReport]]:
    """Return the findings that cost anything, by rule: repeats of one sign are mended together."""
    found: dict[str, list[FindingReport]] = {}
    for one in report.findings:
        if one.segment >= 0 and any(one.points.values()):
            found.setdefault(one.rule, []).append(one)
    return found


def _best(
    session: Session,
    job: Job,
    item: Item,
    report: ItemReport,
    rule: str,
    findings: Sequence[FindingReport],
) -> tuple[Change, dict[int, Edits]]:
    """Try the alternatives of a rule and return the one that brings most, or none that can be."""
    worst = max((one.severity for one in findings), key=lambda one: one.rank)
    markets = tuple(dict.fromkeys(market for one in findings for market in one.markets))
    tried: list[tuple[Change, dict[int, Edits]]] = []
    for said in _usable(findings[0])[:TRIED]:
        edits, doubt = _edits(item, findings, said)
        if not edits:
            continue
        after = checked(session, job, [with_edits(item, edits)])[0]
        change = Change(
            rule,
            worst,
            tuple(findings),
            said,
            {market: after.scores.get(market) for market in markets},
            _gain(report, after, markets),
            doubt,
            brought(report, after),
            lowered(report, after),
            _advice(findings[0]),
        )
        tried.append((change, edits))
        if not change.brings and not change.lowers and rule not in {f.rule for f in after.findings}:
            break
    clean = [pair for pair in tried if not pair[0].brings and not pair[0].lowers and pair[0].pays]
    if clean:
        return max(clean, key=lambda pair: pair[0].pays)
    gone = checked(session, job, [item], (rule,))[0]
    other = tried[0][0] if tried else None
    change = Change(
        rule,
        worst,
        tuple(findings),
        None,
        {market: gone.scores.get(market) for market in markets},
        _gain(report, gone, markets),
        f"“{other.said.text}” will not do" if other is not None and other.said is not None else "",
        other.brings if other is not None else (),
        other.lowers if other is not None else (),
        _advice(findings[0]),
    )
    return change, {}


def _advice(finding: FindingReport) -> str:
    """Return what to do where there are no words to put in."""
    return finding.rewrite or advice_in(finding.message)


def _usable(finding: FindingReport) -> list[Suggestion]:
    """Return the alternatives that are words of the text's own language."""
    tag = finding.language
    return [
        one
        for one in finding.alternatives
        if one.text and tag and one.language.split("-")[0] == tag.split("-")[0]
    ]


def _edits(
    item: Item, findings: Sequence[FindingReport], said: Suggestion
) -> tuple[dict[int, Edits], str]:
    """Return the edits that put an alternative in the place of all findings, and what is doubtful."""
    edits: dict[int, Edits] = {}
    doubt = ""
    before = (len(item.segments), 0)
    # From the end, so that the spans of those before stay what they are.
    for one in sorted(findings, key=lambda each: (each.segment, each.span), reverse=True):
        text = item.segments[one.segment].text
        start, end = one.span
        if (one.segment, end) > before:
            continue  # lies inside another of the same rule
        fits = fit(said.text, text[start:end], text[:start], text[end:], one.language)
        doubt = doubt or fits.doubt
        start -= fits.back
        edits[one.segment] = with_edit(edits.get(one.segment, ()), start, end, fits.text)
        before = (one.segment, start)
    return edits, doubt


def _together(
    changes: Sequence[tuple[Change, dict[int, Edits]]],
) -> tuple[int, dict[int, Edits]]:
    """Return how many of some changes can be made together, those that pay most first, and how."""
    taken: dict[int, Edits] = {}
    made = 0
    for _, edits in changes:
        if any(
            one.start < other.end and other.start < one.end
            for number, some in edits.items()
            for one in some
            for other in taken.get(number, ())
        ):
            continue
        for number, some in edits.items():
            taken[number] = tuple(sorted((*taken.get(number, ()), *some)))
        made += 1
    return made, taken


def _gain(before: ItemReport, after: ItemReport, markets: Sequence[str]) -> dict[str, float]:
    return dict(_gains(before, after, markets))


def _gains(
    before: ItemReport, after: ItemReport, markets: Sequence[str]
) -> Iterator[tuple[str, float]]:
    for market in markets:
        old, new = before.scores.get(market), after.scores.get(market)
        if old is not None and new is not None:
            yield market, round(new - old, 1)
