"""The pipeline: items in, reports of items out. The only place that knows the order of things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import TypeVar

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
from culture_lint.scoring.cai import (
    CLEAN,
    Charge,
    Score,
    rounded,
    score,
    shown,
    shown_gain,
    words_in,
)
from culture_lint.settings import Settings
from culture_lint.sources.items import Item, Notice, Role, Segment

#: Items scanned at once: enough to make the scan one long run, few enough to keep memory flat.
CHUNK = 256
#: Words of a description that count as its prominent beginning (see docs/cai.md).
EARLY_WORDS = 100
#: Characters shown on either side of a match.
CONTEXT = 48

_BODY = (Role.SUBTITLE, Role.BULLET, Role.DESCRIPTION, Role.ATTRIBUTE, Role.ALT, Role.TAG)
_Part = TypeVar("_Part")


@dataclass(frozen=True, slots=True)
class _Charged:
    """A finding with the charge it makes in one market."""

    number: int
    reading: Reading
    charge: Charge


class Engine:
    """Check items for a set of markets.

    Args:
        knowledge: Compiled rulesets.
        settings: The run's settings. With no markets set, each item is checked for the markets
            that it names itself; with both markets and a market column, for those it shares.

        every_reason: Whether to keep a finding inside another of the same category, which is
            otherwise one passage with two names for one reason. Tests of single rules do.
        baseline: Findings that are accepted, and so cost nothing.
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
        self._suppressions = Suppressions(
            self.plan, settings, self._selected, today or date.today()
        )

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
        wanted, status = self._wanted(item)
        judged = self._judged(item, tongue, wanted, status)
        case = Case(item, found, tongue, UsageReader(item, tongue), self.plan)
        findings = [
            finding
            for judge in self._judges
            for finding in judge(case)
            if self._selected(finding.reading)
        ]
        findings = self._adapted(findings, item)
        findings = findings if self._every_reason else _one_reason_each(findings)
        scores: dict[str, float | None] = dict.fromkeys(wanted)
        silenced: list[Silenced] = []
        uses: tuple[DirectiveUse, ...] = ()
        if self._suppressions.about(item):
            findings, silenced, uses = self._suppressions.split(item, findings, judged)
        report = self._with_baseline(item, tongue, findings, scores, status, judged)
        if not uses:
            return report
        hidden = self._silenced(item, tongue, silenced, set(judged))
        return replace(report, suppressed=tuple(hidden), directives=uses)

    def _with_baseline(
        self,
        item: Item,
        tongue: Tongue,
        findings: Sequence[Finding],
        scores: dict[str, float | None],
        status: dict[str, str],
        judged: Sequence[str],
    ) -> ItemReport:
        """Score an item; what the baseline accepts costs nothing and is kept apart."""
        known: list[Finding] = []
        new = list(findings)
        if self._baseline is not None:
            new, known = self._baseline.split(item, findings)
        report = self._scored(item, tongue, new, dict(scores), status, judged)
        wanted = set(judged)
        known = [one for one in known if any(market in wanted for market, _ in one.by_market)]
        if not known:
            return report
        whole = self._scored(item, tongue, [*new, *known], scores, status, judged)
        accepted = [self._finding_report(item, tongue, one, wanted, {}, {}) for one in known]
        accepted.sort(key=lambda one: (one.place, one.rule))
        return replace(report, baselined=tuple(accepted), scores_with_baseline=whole.scores)

    def _silenced(
        self, item: Item, tongue: Tongue, silenced: Sequence[Silenced], wanted: set[str]
    ) -> list[Suppressed]:
        """Return the reports of what suppressions have silenced, in order of place."""
        found = [
            Suppressed(
                self._finding_report(item, tongue, one.finding, wanted, {}, {}),
                one.reason,
                one.use.text,
                one.use.path,
                one.use.line,
            )
            for one in silenced
        ]
        return sorted(found, key=lambda one: (one.finding.place, one.finding.rule))

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
        self, item: Item, tongue: Tongue, wanted: Sequence[str], status: dict[str, str]
    ) -> tuple[str, ...]:
        """The markets in which the item can be scored; the others get a status."""
        if not any(one.role is not Role.CATEGORY and one.text.strip() for one in item.segments):
            for name in wanted:
                status.setdefault(name, "nothing to judge: no text in any recognised field")
            return ()
        language = tongue.item.language
        judged: list[str] = []
        for name in wanted:
            market = self._home.get(name)
            if market is None:
                continue
            if language is not None and language not in market.examined:
                status[name] = _not_examined(market, language)
            else:
                judged.append(name)
        return tuple(judged)

    def _selected(self, reading: Reading) -> bool:
        return selected(reading, self.settings.select, self.settings.ignore)

    def _adapted(self, findings: list[Finding], item: Item) -> list[Finding]:
        """Return the findings as the configuration wants them: its brand's words, its severities."""
        settings = self.settings
        if findings and (settings.brand.names or settings.brand.terms):
            findings = spared(findings, item, settings.brand)
        if settings.severity:
            findings = [
                replace(one, by_market=tuple((name, self._graded(r)) for name, r in one.by_market))
                for one in findings
            ]
        return findings

    def _graded(self, reading: Reading) -> Reading:
        severity = severity_of(reading, self.settings.severity)
        return reading if severity is reading.severity else replace(reading, severity=severity)

    def _scored(
        self,
        item: Item,
        tongue: Tongue,
        findings: Sequence[Finding],
        scores: dict[str, float | None],
        status: dict[str, str],
        judged: Sequence[str],
    ) -> ItemReport:
        if not findings:
            scores.update(dict.fromkeys(judged, 100.0))
            return _item_report(item, tongue, scores, status, {}, {}, ())
        clashes = [one for one in findings if one.reading.polarity is not Polarity.POSITIVE]
        welcome = [one for one in findings if one.reading.polarity is Polarity.POSITIVE]
        words = _body_words(item, tongue)
        points: dict[int, dict[str, float]] = {}
        gains: dict[int, dict[str, float]] = {}
        dimensions: dict[str, dict[str, float]] = {}
        resonance: dict[str, float] = {}
        for market in judged:
            charged = _charged(item, clashes, market)
            positives = [one.charge for one in _charged(item, welcome, market)]
            result = score([one.charge for one in charged], words, positives)
            scores[market] = shown(result.cai)
            for one, lost, gain in _shown_points(charged, result):
                points.setdefault(one.number, {})[market] = lost
                gains.setdefault(one.number, {})[market] = gain
            if result.dimensions:
                dimensions[market] = {name: shown(value) for name, value in result.dimensions}
            if result.resonance:
                resonance[market] = round(result.resonance, 1)
        # Where the copy could not be examined, a stray hit would look like the whole verdict.
        wanted = set(judged)
        reports = tuple(
            self._finding_report(item, tongue, finding, wanted, points.get(n, {}), gains.get(n, {}))
            for n, finding in enumerate(clashes)
            if any(market in wanted for market, _ in finding.by_market)
        )
        signs = tuple(
            self._finding_report(item, tongue, finding, wanted, {}, {})
            for finding in welcome
            if any(market in wanted for market, _ in finding.by_market)
        )
        return _item_report(item, tongue, scores, status, dimensions, resonance, reports, signs)

    def _finding_report(
        self,
        item: Item,
        tongue: Tongue,
        finding: Finding,
        wanted: set[str],
        points: Mapping[str, float],
        gains: Mapping[str, float],
    ) -> FindingReport:
        segment = item.segments[finding.segment]
        reading = finding.reading
        severity = max(
            (one.severity for name, one in finding.by_market if name in wanted),
            key=lambda one: one.rank,
        )
        match = segment.text[finding.start : finding.end]
        passage, span = _passage(segment, finding.start, finding.end)
        return FindingReport(
            rule=reading.id,
            category=reading.category,
            severity=severity,
            mqm=reading.mqm,
            field=segment.field,
            role=segment.role.value,
            place=segment.places.place(finding.start, finding.end),
            text=segment.places.source(finding.start, finding.end),
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
            markets=tuple(name for name, _ in finding.by_market if name in wanted),
            key=finding_key(item, finding),
            suppressible=all(one.suppressible for name, one in finding.by_market if name in wanted),
            milder={
                name: one.severity
                for name, one in finding.by_market
                if name in wanted and one.severity is not severity
            },
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


def _one_reason_each(findings: Sequence[Finding]) -> list[Finding]:
    """Drop, market by market, what lies inside a finding of the same category and no less grave."""
    kept: list[Finding] = []
    for inner in findings:
        markets = tuple(
            (market, reading)
            for market, reading in inner.by_market
            if not any(_says_the_same(outer, inner, market, reading) for outer in findings)
        )
        if len(markets) == len(inner.by_market):
            kept.append(inner)
        elif markets:
            kept.append(replace(inner, by_market=markets))
    return kept


def _says_the_same(outer: Finding, inner: Finding, market: str, reading: Reading) -> bool:
    if outer is inner or outer.segment != inner.segment or outer.rule == inner.rule:
        return False
    if not (outer.start <= inner.start and inner.end <= outer.end):
        return False
    other = next((one for name, one in outer.by_market if name == market), None)
    if other is None or other.category != reading.category:
        return False
    if (Polarity.POSITIVE in (other.polarity, reading.polarity)) or reading.severity.rank > (
        other.severity.rank
    ):
        return False
    if (outer.start, outer.end) != (inner.start, inner.end):
        return True
    # The same words twice: the graver reading stays, else the one whose id comes first.
    return (-other.severity.rank, outer.rule) < (-reading.severity.rank, inner.rule)


def _not_examined(market: Market, language: str) -> str:
    if market.languages and language not in market.languages + market.also_read:
        spoken = ", ".join(market.languages)
        return (
            f"not examined: the copy is in “{language}”, which {market.name} does not read "
            f"(it reads {spoken}) and its rulesets have no forms for"
        )
    return f"not examined: the rulesets of {market.name} have too few forms in “{language}”"


def _body_words(item: Item, tongue: Tongue) -> float:
    language = tongue.item.language
    return sum(words_in(one.text, language) for one in item.segments if one.role in _BODY)


def _charged(item: Item, findings: Sequence[Finding], market: str) -> list[_Charged]:
    found: list[_Charged] = []
    for number, finding in enumerate(findings):
        reading = next((one for name, one in finding.by_market if name == market), None)
        if reading is None:
            continue
        segment = item.segments[finding.segment]
        early = segment.role is Role.DESCRIPTION and (
            finding.start < 4 * EARLY_WORDS or words_in(segment.text[: finding.start]) < EARLY_WORDS
        )
        charge = Charge(
            # Wagyu, brisket and beef are one clash: repeats are counted by where the path leads.
            group=f"{reading.id}\0{finding.via[-1] if finding.via else finding.sign}",
            severity=reading.severity.value,
            dimension=reading.dimension,
            evidence=reading.evidence.kind,
            verified=reading.evidence.verified,
            confidence=reading.confidence,
            role=segment.role.value,
            order=(finding.segment, finding.start, finding.end, number),
            early=early,
        )
        found.append(_Charged(number, reading, charge))
    return found


def _shown_points(
    charged: Sequence[_Charged], result: Score
) -> Iterator[tuple[_Charged, float, float]]:
    if result is CLEAN or not charged:
        return
    lost = rounded(result.points, 100.0 - result.cai, order=[one.charge.order for one in charged])
    for one, points, gain in zip(charged, lost, result.fix_gain, strict=True):
        yield one, points, shown_gain(result.cai, gain)


def _message(reading: Reading, match: str) -> str:
    message = reading.message.replace("{match}", " ".join(match.split()))
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
