"""Choose the fixes of one item: each is tried, and kept only where the item is better for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from culture_lint.advice.facts import is_worked_out, states_facts
from culture_lint.advice.grammar import Fit, fit
from culture_lint.fixing.edits import EditedPlaces, Edits, rewritten, with_edit
from culture_lint.frozen import frozen
from culture_lint.results import FindingReport, ItemReport, Suggestion
from culture_lint.sources.items import Item
from culture_lint.spans import Place

#: Checks an item anew; None where it can no longer be judged.
Check = Callable[[Item], ItemReport | None]
#: Returns why a text may not be put at a span of a segment, empty where it may.
Refuse = Callable[[int, int, int, str], str]

#: What one pass leaves, the next may take up; there is an end to it.
PASSES = 10
#: Fixes of one item.
MOST_FIXES = 200
_EPSILON = 1e-9


@frozen
class Applied:
    """A fix of one finding: what stood there, what stands there now, what it brought.

    ``before`` and ``after`` are the CAI of the item by market; ``place`` is in the old file.
    """

    rule: str
    markets: tuple[str, ...]
    path: str
    item: str
    segment: int
    field: str
    place: Place
    old: str
    new: str
    before: dict[str, float | None]
    after: dict[str, float | None]


@frozen
class Declined:
    """A finding with an alternative that was not applied, and why."""

    rule: str
    path: str
    item: str
    field: str
    place: Place
    old: str
    new: str
    why: str
    #: Whether ``--unsafe-fixes`` would apply it, as far as is known without trying.
    unsafe: bool = False
    #: Whether it is another market than the finding's that it is not clean in.
    elsewhere: bool = False


@frozen
class Choice:
    """The fixes of one item: its edits by segment, and the item and report that they lead to."""

    original: Item
    item: Item
    edits: dict[int, Edits]
    applied: tuple[Applied, ...]
    declined: tuple[Declined, ...]
    report: ItemReport


@dataclass(slots=True)
class _State:
    original: Item
    report: ItemReport
    edits: dict[int, Edits] = field(default_factory=dict)
    applied: list[Applied] = field(default_factory=list)
    declined: dict[tuple[str, Place, str], Declined] = field(default_factory=dict)

    def item(self, edits: dict[int, Edits]) -> Item:
        """Return the item with edits made."""
        segments = list(self.original.segments)
        for number, found in edits.items():
            old = segments[number]
            segments[number] = replace(
                old, text=rewritten(old.text, found), places=EditedPlaces(old.places, found)
            )
        return replace(self.original, segments=tuple(segments))

    def decline(
        self,
        finding: FindingReport,
        new: str,
        why: str,
        *,
        unsafe: bool = False,
        elsewhere: bool = False,
    ) -> None:
        key = (finding.rule, finding.place, new)
        self.declined.setdefault(
            key,
            Declined(
                finding.rule,
                self.original.path,
                self.original.item,
                finding.field,
                finding.place,
                _match(finding),
                new,
                why,
                unsafe,
                elsewhere,
            ),
        )


def choose(
    item: Item,
    report: ItemReport,
    check: Check,
    *,
    unsafe: bool = False,
    intent: Sequence[str] = (),
    refuse: Refuse | None = None,
) -> Choice:
    """Return the fixes of an item that make it better in every market it was judged for.

    Findings are taken up in the order of their places; what overlaps a fix is looked at again in
    the next pass. A fix is kept where its finding is gone, no market's CAI is lower and nothing
    new is found. Without ``unsafe`` only alternatives marked safe are applied, and only where
    the finding has exactly one in the language of the text.
    """
    state = _State(item, report)
    for _ in range(PASSES):
        if not _pass(state, check, unsafe, frozenset(intent), refuse or _never):
            break
    return Choice(
        item,
        state.item(state.edits),
        state.edits,
        tuple(state.applied),
        tuple(one for one in state.declined.values() if not _done(one, state.applied)),
        state.report,
    )


def _never(_segment: int, _start: int, _end: int, _new: str) -> str:
    return ""


def part_of(choice: Choice, segments: frozenset[int], before: ItemReport, check: Check) -> bool:
    """Tell whether the edits in some segments alone make an item no worse than it was."""
    texts = {one for one in choice.edits if one not in segments}
    whole = list(choice.item.segments)
    for number in texts:
        old = choice.original.segments[number]
        whole[number] = old
    after = check(replace(choice.item, segments=tuple(whole)))
    return after is not None and not _loss(before, after)


def fixable(report: ItemReport) -> bool:
    """Tell whether any finding of an item has an alternative that may be applied."""
    return any(one.fix != "none" for found in report.findings for one in found.alternatives)


def _done(declined: Declined, applied: Sequence[Applied]) -> bool:
    return any((one.rule, one.place) == (declined.rule, declined.place) for one in applied)


def _pass(
    state: _State, check: Check, unsafe: bool, intent: frozenset[str], refuse: Refuse
) -> bool:
    """Go through the item once; return whether anything was fixed."""
    cursor = (-1, -1)
    changed = False
    while len(state.applied) < MOST_FIXES:
        finding = next(
            (one for one in _in_order(state.report) if (one.segment, one.span[0]) > cursor), None
        )
        if finding is None:
            return changed
        cursor = (finding.segment, finding.span[0])
        end = _try(state, finding, check, unsafe, intent, refuse)
        if end is not None:
            changed = True
            cursor = (finding.segment, end - 1)
    return False


def _in_order(report: ItemReport) -> list[FindingReport]:
    found = [one for one in report.findings if one.segment >= 0]
    return sorted(found, key=lambda one: (one.segment, one.span, one.rule))


def _try(
    state: _State,
    finding: FindingReport,
    check: Check,
    unsafe: bool,
    intent: frozenset[str],
    refuse: Refuse,
) -> int | None:
    """Apply the first alternative that helps; return where it ends in the new text."""
    at = finding.segment
    facts = states_facts(finding)
    if facts:
        for one in _allowed(state, finding, unsafe, intent):
            state.decline(finding, one.text, facts)
            break
        return None
    text = rewritten(state.original.segments[at].text, state.edits.get(at, ()))
    start, end = finding.span
    for one in _allowed(state, finding, unsafe, intent):
        fits = (
            Fit(one.text)
            if is_worked_out(finding, one)
            else fit(one.text, text[start:end], text[:start], text[end:], _language(finding, state))
        )
        if fits.doubt:
            state.decline(finding, one.text, fits.doubt)
            continue
        first = start - fits.back
        edits = with_edit(state.edits.get(at, ()), first, end, fits.text)
        why = next(
            filter(None, (refuse(at, edit.start, edit.end, edit.text) for edit in edits)), ""
        )
        if why:
            state.decline(finding, one.text, why)
            continue
        changed = {**state.edits, at: edits}
        after = check(state.item(changed))
        why = worse(state.report, after, finding)
        if why or after is None:
            elsewhere = after is not None and not _loss(
                state.report, after, frozenset(finding.markets)
            )
            state.decline(finding, one.text, why, elsewhere=elsewhere)
            continue
        state.applied.append(
            Applied(
                finding.rule,
                finding.markets,
                state.original.path,
                state.original.item,
                at,
                finding.field,
                finding.place,
                text[first:end],
                fits.text,
                dict(state.report.scores),
                dict(after.scores),
            )
        )
        state.edits = changed
        state.report = after
        return first + len(fits.text)
    return None


def _allowed(
    state: _State, finding: FindingReport, unsafe: bool, intent: frozenset[str]
) -> Iterator[Suggestion]:
    """Yield the alternatives that may be applied, the best first."""
    language = _language(finding, state)
    kinds = ("safe", "unsafe")
    found = [one for one in finding.alternatives if one.fix in kinds]
    own = [one for one in found if language and one.language.split("-")[0] == language]
    if found and not own:
        why = "it is not in the language of the text"
        if language is None:
            why = "the language of the text is not settled; --language names it"
        state.decline(finding, found[0].text, why)
    if unsafe:
        yield from own
        return
    safe = [one for one in own if one.fix == "safe"]
    kept = [one for one in safe if not intent.isdisjoint(one.keeps)]
    safe = kept or safe
    if len(safe) == 1:
        yield safe[0]
    elif safe:
        state.decline(finding, safe[0].text, "there are several safe alternatives", unsafe=True)
    elif own:
        state.decline(finding, own[0].text, "it is not marked safe", unsafe=True)


def _language(finding: FindingReport, state: _State) -> str | None:
    tag = finding.language or state.report.language
    return tag.split("-")[0] if tag else None


def _match(finding: FindingReport) -> str:
    start, end = finding.passage_span
    return finding.passage[start:end]


def worse(before: ItemReport, after: ItemReport | None, finding: FindingReport) -> str:
    """Return why an item is no better without a finding, empty if it is."""
    if after is None:
        return "the item could not be judged with it"
    why = _loss(before, after)
    if why:
        return why
    # Some rules name one of several words at a time: the next may take its place, not the same.
    if _same(after, finding) >= _same(before, finding):
        return "the same would be found again"
    return ""


def _same(report: ItemReport, finding: FindingReport) -> int:
    """Return in how many places and markets a rule finds the words of a finding in its field."""
    wanted = (finding.rule, finding.field, _match(finding).casefold())
    return sum(
        len(frozenset(one.markets) & frozenset(finding.markets))
        for one in report.findings
        if (one.rule, one.field, _match(one).casefold()) == wanted
    )


def _loss(before: ItemReport, after: ItemReport, markets: frozenset[str] | None = None) -> str:
    """Return what an item has lost or caught, empty if nothing; in some markets or in all."""
    brought = [
        key for key in _counts(after) - _counts(before) if markets is None or key[1] in markets
    ]
    lost = [
        market
        for market, score in before.scores.items()
        if score is not None
        and (markets is None or market in markets)
        and (after.scores.get(market) or 0.0) < score - _EPSILON
    ]
    for rule, market, _ in sorted(brought):
        return f"it would bring {rule} in {market}"
    return f"it would lower the CAI in {lost[0]}" if lost else ""


def _counts(report: ItemReport) -> Counter[tuple[str, str, str]]:
    return Counter(
        (one.rule, market, one.field) for one in report.findings for market in one.markets
    )
