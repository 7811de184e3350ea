"""The pipeline: items in, reports of items out. The only place that knows the order of things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from culture_lint.advice.alternatives import suggest
from culture_lint.errors import SettingsError
from culture_lint.gate.baseline import Baseline, finding_key
from culture_lint.gate.suppressions import Silenced, Suppressions
from culture_lint.judging.brand import spared
from culture_lint.judging.findings import Case, Finding
from culture_lint.judging.plan import make_plan
from culture_lint.judging.registry import judges
from culture_lint.judging.selectors import selected, severity_of
from culture_lint.knowledge.model import Polarity, Reading
from culture_lint.knowledge.runtime import DISGUISED, Knowledge, Market
from culture_lint.matching.evasion import NOTE, looks_disguised
from culture_lint.matching.match import Matcher
from culture_lint.matching.mentions import Found
from culture_lint.matching.tongue import Tongue
from culture_lint.matching.usage import UsageReader
from culture_lint.results import DirectiveUse, FindingReport, ItemReport, Suppressed
from culture_lint.scoring.shares import Sharing, Spread
from culture_lint.scoring.words import words_in
from culture_lint.settings import Settings
from culture_lint.sources.items import Item, Notice, Role, Segment
from culture_lint.sources.places import located

if TYPE_CHECKING:
    from culture_lint.gate.changes import Changes

#: Items scanned at once: enough to make the scan one long run, few enough to keep memory flat.
CHUNK = 256
#: Characters shown on either side of a match.
CONTEXT = 48

_BODY = (Role.SUBTITLE, Role.BULLET, Role.DESCRIPTION, Role.ATTRIBUTE, Role.ALT, Role.TAG)
_Part = TypeVar("_Part")
_ByMarket = tuple[tuple[str, Reading], ...]
#: Pairs of rules that are remembered.
KEPT = 4096


class Engine:
    """Check items for a set of markets.

    Args:
        knowledge: Compiled rulesets.
        settings: The run's settings. With no markets set, each item is checked for the markets
            that it names itself; with both markets and a market column, for those it shares.

        every_reason: Whether to keep a finding inside another of the same category, which is
            otherwise one passage with two names for one reason. Tests of single rules do.
        baseline: Findings that are accepted, and so cost nothing.
        changes: Where findings must stand to count; None for anywhere.
        today: The day on which suppressions hold or have expired, by default today.

    Raises:
        SettingsError: If a market or a platform has no ruleset, with the nearest that have.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        settings: Settings,
        *,
        every_reason: bool = False,
        baseline: Baseline | None = None,
        changes: Changes | None = None,
        today: date | None = None,
    ) -> None:
        self.knowledge = knowledge
        self._every_reason = every_reason
        self.settings = settings
        self._by_item = not settings.markets or any(
            role == "market" for role, _ in settings.columns
        )
        self._spelled = {name.lower(): name for name in knowledge.markets}
        names = settings.markets or tuple(knowledge.markets)
        self.markets = tuple(known_market(knowledge, name) for name in dict.fromkeys(names))
        platforms = [known_platform(knowledge, name) for name in dict.fromkeys(settings.platforms)]
        self.plan = make_plan(
            knowledge, self.markets, platforms=platforms, preview=settings.preview
        )
        self._home = {market.id: market for market in self.plan.markets}
        self._matcher = Matcher(
            knowledge,
            self.plan.by_sign,
            self.plan.by_persona,
            settings.detector,
            settings.language,
            self._hints(),
            self.plan.needs(),
        )
        self._judges = judges()
        self._baseline = baseline
        self._changes = changes
        self._suppressions = Suppressions(
            self.plan, settings, self._selected, today or date.today()
        )
        self._judges_of_words = judges(of_numbers=False)
        self._sharing = Sharing()
        self._reasons = _Reasons()
        # The value keeps what the key is the id of.
        self._grades: dict[int, tuple[_ByMarket, _ByMarket]] = {}
        self._clean: dict[tuple[tuple[str, ...], tuple[str, ...]], Mapping[str, float | None]] = {}
        self._outlooks: dict[
            tuple[tuple[str, ...], str | None], tuple[tuple[str, ...], dict[str, str]]
        ] = {}

    def _hints(self) -> frozenset[str]:
        """The languages of the one country asked for; with several there is nothing to go by."""
        homes = {market.id.split("/")[0] for market in self.plan.markets}
        if self._by_item or len(homes) != 1:
            return frozenset()
        return frozenset(self.plan.markets[0].languages)

    def check(self, read: Iterable[Item | Notice]) -> Iterator[ItemReport | Notice]:
        """Yield a report for every item, and every notice, in the order they were read."""
        for chunk in _chunks(read, CHUNK):
            items = [one for one in chunk if isinstance(one, Item)]
            reports = iter(
                [
                    self._report(item, found, tongue)
                    for item, (found, tongue) in zip(items, self._matcher.find(items), strict=True)
                ]
            )
            for one in chunk:
                yield next(reports) if isinstance(one, Item) else one

    def _report(self, item: Item, found: Found, tongue: Tongue) -> ItemReport:
        wanted, uncovered = self._wanted(item)
        judged, status = self._judged(item, tongue, wanted, uncovered)
        case = Case(item, found, tongue, UsageReader(item, tongue), self.plan)
        findings = [
            finding
            for judge in (self._judges if _has_digits(item) else self._judges_of_words)
            for finding in judge(case)
            if self._selected(finding.reading)
        ]
        findings = self._adapted(findings, item)
        findings = findings if self._every_reason else self._reasons.one_each(findings)
        silenced: list[Silenced] = []
        uses: tuple[DirectiveUse, ...] = ()
        if self._suppressions.about(item):
            findings, silenced, uses = self._suppressions.split(item, findings, judged)
        if self._changes is not None:
            findings = self._changes.within(item, findings)
            silenced = [one for one in silenced if self._changes.within(item, [one.finding])]
        report = self._with_baseline(item, tongue, findings, wanted, status, judged)
        if not uses:
            return report
        hidden = self._silenced(item, tongue, silenced, judged)
        return replace(report, suppressed=tuple(hidden), directives=uses)

    def _with_baseline(
        self,
        item: Item,
        tongue: Tongue,
        findings: Sequence[Finding],
        wanted: tuple[str, ...],
        status: Mapping[str, str],
        judged: tuple[str, ...],
    ) -> ItemReport:
        """Score an item; what the baseline accepts costs nothing and is kept apart."""
        known: list[Finding] = []
        new = list(findings)
        if self._baseline is not None:
            new, known = self._baseline.split(item, findings)
        report = self._scored(item, tongue, new, wanted, status, judged)
        spreads = self._sharing.shares(judged, known).spreads if known else ()
        counted = [
            (one, spread) for one, spread in zip(known, spreads, strict=True) if spread is not None
        ]
        if not counted:
            return report
        every = [*new, *(one for one, _ in counted)]
        whole = self._scored(item, tongue, every, wanted, status, judged)
        accepted = [
            self._finding_report(item, tongue, one, spread, {}, {}) for one, spread in counted
        ]
        accepted.sort(key=lambda one: (one.place, one.rule))
        return replace(report, baselined=tuple(accepted), scores_with_baseline=whole.scores)

    def _silenced(
        self, item: Item, tongue: Tongue, silenced: Sequence[Silenced], judged: tuple[str, ...]
    ) -> list[Suppressed]:
        """Return the reports of what suppressions have silenced, in order of place."""
        spreads = self._sharing.shares(judged, [one.finding for one in silenced]).spreads
        found = [
            Suppressed(
                self._finding_report(item, tongue, one.finding, spread, {}, {}),
                one.reason,
                one.use.text,
                one.use.path,
                one.use.line,
            )
            for one, spread in zip(silenced, spreads, strict=True)
            if spread is not None
        ]
        return sorted(found, key=lambda one: (one.finding.place, one.finding.rule))

    def _scores(
        self, wanted: tuple[str, ...], judged: tuple[str, ...]
    ) -> Mapping[str, float | None]:
        """Return the scores of a clean item: one mapping for all that are judged alike."""
        found = self._clean.get((wanted, judged))
        if found is None:
            known = frozenset(judged)
            found = {market: 100.0 if market in known else None for market in wanted}
            self._clean[wanted, judged] = found
        return found

    def _wanted(self, item: Item) -> tuple[tuple[str, ...], dict[str, str]]:
        """The markets to judge this item for, and why any of them cannot be."""
        if not self._by_item:
            return self.markets, {}
        if item.markets is None:
            raise SettingsError(
                f"{item.path} does not say which market a row is for: name markets with "
                "--market SA,IN or in .culture-lint.yaml (`culture-lint init` writes one), or the "
                "column that does with --column market=NAME"
            )
        asked = self.settings.markets
        wanted: list[str] = []
        status: dict[str, str] = {}
        for name in item.markets:
            known = self._spelled.get(name.lower())
            if asked and not any(
                one == known or one.startswith(f"{known}/") for one in self.markets
            ):
                continue
            if known is None:
                status[name] = f"not examined: no ruleset covers {name}"
            wanted.extend(
                [one for one in self.markets if one.startswith(f"{known}/")] if asked else []
            )
            if known is None or not asked or known in self.markets:
                wanted.append(known or name)
        return tuple(sorted(dict.fromkeys(wanted))), status

    def _judged(
        self, item: Item, tongue: Tongue, wanted: tuple[str, ...], status: Mapping[str, str]
    ) -> tuple[tuple[str, ...], Mapping[str, str]]:
        """The markets in which the item can be scored, and the status of the others."""
        if not any(one.role is not Role.CATEGORY and one.text.strip() for one in item.segments):
            nothing = "nothing to judge: no text in any recognised field"
            return (), {**dict.fromkeys(wanted, nothing), **status}
        language = tongue.item.language
        key = (wanted, language)
        known = self._outlooks.get(key)
        if known is None:
            known = self._outlooks[key] = self._outlook(wanted, language)
        judged, unread = known
        return judged, {**status, **unread} if status else unread

    def _outlook(
        self, wanted: Sequence[str], language: str | None
    ) -> tuple[tuple[str, ...], dict[str, str]]:
        """The markets in which copy in a language can be judged, and why not in the others."""
        judged: list[str] = []
        status: dict[str, str] = {}
        for name in wanted:
            market = self._home.get(name)
            if market is None:
                continue
            if language is not None and language not in market.examined:
                status[name] = _not_examined(market, language)
            else:
                judged.append(name)
        return tuple(judged), status

    def _selected(self, reading: Reading) -> bool:
        return selected(reading, self.settings.select, self.settings.ignore)

    def _adapted(self, findings: list[Finding], item: Item) -> list[Finding]:
        """Return the findings as the configuration wants them: its brand's words, its severities."""
        settings = self.settings
        if findings and (settings.brand.names or settings.brand.terms):
            findings = spared(findings, item, settings.brand)
        if settings.severity:
            findings = [replace(one, by_market=self._graded(one.by_market)) for one in findings]
        return findings

    def _graded(self, markets: _ByMarket) -> _ByMarket:
        """Return a finding's readings with the severities that the configuration gives them."""
        found = self._grades.get(id(markets))
        if found is None:
            if len(self._grades) >= KEPT:
                self._grades.clear()
            graded = tuple([(name, self._with_severity(one)) for name, one in markets])
            found = self._grades[id(markets)] = (graded, markets)
        return found[0]

    def _with_severity(self, reading: Reading) -> Reading:
        severity = severity_of(reading, self.settings.severity)
        return reading if severity is reading.severity else replace(reading, severity=severity)

    def _scored(
        self,
        item: Item,
        tongue: Tongue,
        findings: Sequence[Finding],
        wanted: tuple[str, ...],
        status: Mapping[str, str],
        judged: tuple[str, ...],
    ) -> ItemReport:
        if not findings:
            clean = self._scores(wanted, judged)
            return _item_report(item, tongue, clean, status, {}, {}, ())
        clashes = [one for one in findings if one.reading.polarity is not Polarity.POSITIVE]
        welcome = [one for one in findings if one.reading.polarity is Polarity.POSITIVE]
        ordered = [*clashes, *welcome]
        # Where the copy could not be examined, a stray hit would look like the whole verdict.
        shares = self._sharing.shares(judged, ordered)
        result = self._sharing.score(item, ordered, len(clashes), shares, _body_words(item, tongue))
        scores: Mapping[str, float | None] = result.scores
        if len(scores) < len(wanted):
            scores = {market: result.scores.get(market) for market in wanted}
        reports = [
            self._finding_report(item, tongue, finding, spread, points, gains)
            for finding, spread, points, gains in zip(
                clashes, shares.spreads, result.points, result.gains, strict=False
            )
            if spread is not None
        ]
        signs = tuple(
            self._finding_report(item, tongue, finding, spread, {}, {})
            for finding, spread in zip(welcome, shares.spreads[len(clashes) :], strict=True)
            if spread is not None
        )
        return _item_report(
            item, tongue, scores, status, result.dimensions, result.resonance, tuple(reports), signs
        )

    def _finding_report(
        self,
        item: Item,
        tongue: Tongue,
        finding: Finding,
        spread: Spread,
        points: Mapping[str, float],
        gains: Mapping[str, float],
    ) -> FindingReport:
        segment = item.segments[finding.segment]
        reading = finding.reading
        match = segment.text[finding.start : finding.end]
        place, text = located(segment.places, finding.start, finding.end)
        passage, span = _passage(segment, finding.start, finding.end)
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
            rewrite=reading.rewrite,
            points=points,
            fix_gain=gains,
            evidence=reading.evidence,
            via=finding.via,
            alternatives=suggest(
                finding, self.plan, tongue.segment(finding.segment).language, self.settings.intent
            ),
            passage=passage,
            passage_span=span,
            markets=spread.markets,
            key=finding_key(item, finding),
            suppressible=spread.suppressible,
            milder=spread.milder,
            segment=finding.segment,
            span=(finding.start, finding.end),
            language=tongue.segment(finding.segment).language,
        )


def known_market(knowledge: Knowledge, name: str) -> str:
    """Return the id of a market as the rulesets spell it.

    Raises:
        SettingsError: If no ruleset covers it.
    """
    import difflib

    spelled = {one.lower(): one for one in knowledge.markets}
    found = spelled.get(name.strip().lower())
    if found is not None:
        return found
    named = {one.name.lower(): one.id for one in knowledge.markets.values()} | spelled
    near = difflib.get_close_matches(name.strip().lower(), named, 3, 0.6)
    hint = f"; did you mean {' or '.join(named[one] for one in near)}?" if near else ""
    covered = ", ".join(knowledge.markets)
    raise SettingsError(f"no ruleset covers the market {name!r}{hint} (covered: {covered})")


def known_platform(knowledge: Knowledge, name: str) -> str:
    """Return the id of a platform as the rulesets spell it.

    Raises:
        SettingsError: If no ruleset covers it.
    """
    import difflib

    wanted = name.strip().lower().replace(" ", "-").replace("_", "-")
    if wanted in knowledge.platforms:
        return wanted
    near = difflib.get_close_matches(wanted, knowledge.platforms, 3, 0.6)
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    covered = ", ".join(knowledge.platforms) or "none"
    raise SettingsError(f"no ruleset covers the platform {name!r}{hint} (covered: {covered})")


class _Reasons:
    """Drop what lies inside a finding of the same category and no less grave, market by market."""

    def __init__(self) -> None:
        # The key holds ids; the value keeps what they are the ids of.
        self._known: dict[tuple[int, int, bool], tuple[_ByMarket, _ByMarket, _ByMarket]] = {}

    def one_each(self, findings: Sequence[Finding]) -> list[Finding]:
        """Return the findings with the markets in which each is the only one to say so."""
        if len(findings) < 2:
            return list(findings)
        kept: list[Finding] = []
        for inner in findings:
            left = inner.by_market
            for outer in findings:
                if left and _lies_inside(inner, outer):
                    same_place = (outer.start, outer.end) == (inner.start, inner.end)
                    left = self._left(left, inner.rule, outer, same_place)
            if left is inner.by_market:
                kept.append(inner)
            elif left:
                kept.append(replace(inner, by_market=left))
        return kept

    def _left(self, markets: _ByMarket, rule: str, outer: Finding, same_place: bool) -> _ByMarket:
        """Return those of a rule's markets in which another finding does not say the same."""
        key = (id(markets), id(outer.by_market), same_place)
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= KEPT:
                self._known.clear()
            others: dict[str, Reading] = {}
            for market, reading in outer.by_market:
                others.setdefault(market, reading)
            left = tuple(
                [
                    (market, reading)
                    for market, reading in markets
                    if not _says_the_same(
                        (outer.rule, others.get(market)), (rule, reading), same_place
                    )
                ]
            )
            left = markets if len(left) == len(markets) else left
            known = self._known[key] = (left, markets, outer.by_market)
        return known[0]


def _lies_inside(inner: Finding, outer: Finding) -> bool:
    return (
        outer is not inner
        and outer.segment == inner.segment
        and outer.rule != inner.rule
        and outer.start <= inner.start
        and inner.end <= outer.end
    )


def _says_the_same(
    outer: tuple[str, Reading | None], inner: tuple[str, Reading], same_place: bool
) -> bool:
    rule, other = outer
    inner_rule, reading = inner
    if other is None or other.category != reading.category:
        return False
    if (Polarity.POSITIVE in (other.polarity, reading.polarity)) or reading.severity.rank > (
        other.severity.rank
    ):
        return False
    if not same_place:
        return True
    # The same words twice: the graver reading stays, else the one whose id comes first.
    return (-other.severity.rank, rule) < (-reading.severity.rank, inner_rule)


def _not_examined(market: Market, language: str) -> str:
    if market.languages and language not in market.languages + market.also_read:
        spoken = ", ".join(market.languages)
        return (
            f"not examined: the copy is in “{language}”, which {market.name} does not read "
            f"(it reads {spoken}) and its rulesets have no forms for"
        )
    return f"not examined: the rulesets of {market.name} have too few forms in “{language}”"


def _has_digits(item: Item) -> bool:
    """Tell whether digits may stand in an item; beyond ASCII nobody looks."""
    return any(
        not one.text.isascii() or any(digit in one.text for digit in "0123456789")
        for one in item.segments
    )


def _body_words(item: Item, tongue: Tongue) -> float:
    language = tongue.item.language
    return sum(words_in(one.text, language) for one in item.segments if one.role in _BODY)


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


def _item_report(
    item: Item,
    tongue: Tongue,
    scores: Mapping[str, float | None],
    status: Mapping[str, str],
    dimensions: Mapping[str, Mapping[str, float]],
    resonance: Mapping[str, float],
    findings: tuple[FindingReport, ...],
    welcome: tuple[FindingReport, ...] = (),
) -> ItemReport:
    title = next((one.text for one in item.segments if one.role is Role.TITLE), "")
    return ItemReport(
        path=item.path,
        item=item.item,
        line=item.line,
        title=" ".join(title.split()),
        language=tongue.item.language,
        scores=scores,
        status=status,
        dimensions=dimensions,
        resonance=resonance,
        findings=tuple(sorted(findings, key=lambda one: (one.place, one.rule))),
        welcome=welcome,
        numbered=item.numbered,
    )


def _chunks(parts: Iterable[_Part], size: int) -> Iterator[list[_Part]]:
    iterator = iter(parts)
    while chunk := list(islice(iterator, size)):
        yield chunk
