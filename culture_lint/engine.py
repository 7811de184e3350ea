"""The pipeline: items in, reports of items out. The only place that knows the order of things."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from culture_lint.errors import SettingsError
from culture_lint.gate.baseline import Baseline
from culture_lint.gate.suppressions import Silenced, Suppressions
from culture_lint.judging.brand import spared
from culture_lint.judging.findings import Case, Finding
from culture_lint.judging.personas import present
from culture_lint.judging.plan import make_plan
from culture_lint.judging.reasons import KEPT, ByMarket, Reasons
from culture_lint.judging.registry import judges
from culture_lint.judging.selectors import selected, severity_of
from culture_lint.knowledge.model import Reading
from culture_lint.knowledge.runtime import Knowledge, Market
from culture_lint.knowledge.scales import Polarity
from culture_lint.language.scripts import same_language
from culture_lint.matching.match import Matcher
from culture_lint.matching.mentions import Found
from culture_lint.matching.tongue import Tongue
from culture_lint.matching.usage import UsageReader
from culture_lint.results import DirectiveUse, ItemReport, Suppressed
from culture_lint.scoring.shares import Sharing
from culture_lint.scoring.words import words_in
from culture_lint.settings import Settings
from culture_lint.sources.chunks import chunked
from culture_lint.sources.items import Item, Notice, Role, Segment
from culture_lint.sources.places import TextPlaces
from culture_lint.writeup import Examined, Scores, Writer

if TYPE_CHECKING:
    from culture_lint.gate.changes import Changes

#: Items scanned at once: enough to make the scan one long run, few enough to keep memory flat.
CHUNK = 512

_BODY = (Role.SUBTITLE, Role.BULLET, Role.DESCRIPTION, Role.ATTRIBUTE, Role.ALT, Role.TAG)


class Engine:
    """Check items for a set of markets.

    Args:
        knowledge: Compiled rulesets.
        settings: The run's settings. With no markets set, each item is checked for the markets
            that it names itself; with both markets and a market column, for those it shares.

        every_reason: Whether to keep a finding that shares words with a graver one of its kind,
            which is otherwise one passage with two names for one reason. Tests of single rules do.
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
            knowledge,
            self.markets,
            platforms=platforms,
            preview=settings.preview,
            personas=settings.personas,
            window=settings.window,
            rulesets=settings.rulesets,
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
        self._reasons = Reasons()
        # The value keeps what the key is the id of.
        self._grades: dict[int, tuple[ByMarket, ByMarket]] = {}
        self._clean: dict[tuple[tuple[str, ...], tuple[str, ...]], Scores] = {}
        # As many as the rulesets have wordings, at most.
        self._clashes: dict[tuple[str, str], tuple[str, ...]] = {}
        self._writer = Writer(self.plan, settings.intent, None if self._by_item else self._clashing)
        self._outlooks: dict[
            tuple[tuple[str, ...], str | None], tuple[tuple[str, ...], dict[str, str]]
        ] = {}

    def _hints(self) -> frozenset[str]:
        """The languages of the one country asked for; with several there is nothing to go by."""
        homes = {market.id.split("/")[0] for market in self.plan.markets}
        if self._by_item or len(homes) != 1:
            return frozenset()
        return frozenset(self.plan.markets[0].languages)

    def check(
        self, read: Iterable[Item | Notice], without: Collection[str] = ()
    ) -> Iterator[ItemReport | Notice]:
        """Yield a report for every item, and every notice, in the order they were read.

        ``without`` are ids of rules whose findings are taken to be gone, and cost nothing.
        """
        for chunk in chunked(read, CHUNK):
            items = [one for one in chunk if isinstance(one, Item)]
            reports = iter(
                [
                    self._report(item, found, tongue, without)
                    for item, (found, tongue) in zip(items, self._matcher.find(items), strict=True)
                ]
            )
            for one in chunk:
                yield next(reports) if isinstance(one, Item) else one

    def _report(
        self, item: Item, found: Found, tongue: Tongue, without: Collection[str]
    ) -> ItemReport:
        examined = self._examined(item, tongue)
        case = Case(item, found, tongue, UsageReader(item, tongue), self.plan)
        findings = self._adapted(self._judge(case), item)
        findings = findings if self._every_reason else self._reasons.one_each(findings)
        if without:
            findings = [one for one in findings if one.rule not in without]
        silenced: list[Silenced] = []
        uses: tuple[DirectiveUse, ...] = ()
        if self._suppressions.about(item):
            findings, silenced, uses = self._suppressions.split(item, findings, examined.judged)
        if self._changes is not None:
            findings = self._changes.within(item, findings)
            silenced = [one for one in silenced if self._changes.within(item, [one.finding])]
        report = self._with_baseline(examined, findings)
        if self.settings.personas:
            report = replace(report, personas=present(case, self.settings.personas))
        if not uses:
            return report
        return replace(
            report, suppressed=tuple(self._silenced(examined, silenced)), directives=uses
        )

    def _judge(self, case: Case) -> list[Finding]:
        """Return what the judges find, of the rules that are selected."""
        return [
            finding
            for judge in (self._judges if _has_digits(case.item) else self._judges_of_words)
            for finding in judge(case)
            if self._selected(finding.reading)
        ]

    def _clashing(self, say: str, language: str) -> tuple[str, ...]:
        """Return the markets asked for in which a wording by itself would be found.

        How it is spelled, and in which language, is for the text that it is put in.
        """
        known = self._clashes.get((say, language))
        if known is None:
            known = self._clashes[say, language] = self._found_alone(say, language)
        return known

    def _found_alone(self, say: str, language: str) -> tuple[str, ...]:
        segment = Segment("", Role.DESCRIPTION, say, TextPlaces(say), None, language)
        item = Item("", "", 1, (segment,))
        ((found, tongue),) = self._matcher.find([item])
        case = Case(item, found, tongue, UsageReader(item, tongue), self.plan)
        return tuple(
            sorted(
                {
                    market
                    for finding in self._judge(case)
                    for market, reading in finding.by_market
                    if reading.polarity is not Polarity.POSITIVE
                    and reading.category not in ("language", "locale")
                    and reading.limit is None
                }
            )
        )

    def _with_baseline(self, examined: Examined, findings: Sequence[Finding]) -> ItemReport:
        """Score an item; what the baseline accepts costs nothing and is kept apart."""
        known: list[Finding] = []
        new = list(findings)
        if self._baseline is not None:
            new, known = self._baseline.split(examined.item, findings)
        report = self._scored(examined, new)
        spreads = self._sharing.shares(examined.judged, known).spreads if known else ()
        counted = [
            (one, spread) for one, spread in zip(known, spreads, strict=True) if spread is not None
        ]
        if not counted:
            return report
        whole = self._scored(examined, [*new, *(one for one, _ in counted)])
        accepted = [self._writer.finding(examined, one, spread) for one, spread in counted]
        accepted.sort(key=lambda one: (one.place, one.rule))
        return replace(report, baselined=tuple(accepted), scores_with_baseline=whole.scores)

    def _silenced(self, examined: Examined, silenced: Sequence[Silenced]) -> list[Suppressed]:
        """Return the reports of what suppressions have silenced, in order of place."""
        spreads = self._sharing.shares(examined.judged, [one.finding for one in silenced]).spreads
        found = [
            Suppressed(
                self._writer.finding(examined, one.finding, spread),
                one.reason,
                one.use.text,
                one.use.path,
                one.use.line,
            )
            for one, spread in zip(silenced, spreads, strict=True)
            if spread is not None
        ]
        return sorted(found, key=lambda one: (one.finding.place, one.finding.rule))

    def _clean_scores(self, examined: Examined) -> Scores:
        """Return the scores of a clean item: one object for all that are judged alike."""
        key = (examined.wanted, examined.judged)
        found = self._clean.get(key)
        if found is None:
            known = frozenset(examined.judged)
            cai = {market: 100.0 if market in known else None for market in examined.wanted}
            found = self._clean[key] = Scores(cai, {}, {})
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

    def _examined(self, item: Item, tongue: Tongue) -> Examined:
        """Return in which markets the item is wanted, can be judged, and why not in the others."""
        wanted, status = self._wanted(item)
        if not any(one.role is not Role.CATEGORY and one.text.strip() for one in item.segments):
            nothing = "nothing to judge: no text in any recognised field"
            return Examined(item, tongue, wanted, (), {**dict.fromkeys(wanted, nothing), **status})
        language = tongue.item.language
        key = (wanted, language)
        known = self._outlooks.get(key)
        if known is None:
            known = self._outlooks[key] = self._outlook(wanted, language)
        judged, unread = known
        return Examined(item, tongue, wanted, judged, {**status, **unread} if status else unread)

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
            if language is not None and not _is_examined(market, language):
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

    def _graded(self, markets: ByMarket) -> ByMarket:
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

    def _scored(self, examined: Examined, findings: Sequence[Finding]) -> ItemReport:
        if not findings:
            return self._writer.item(examined, self._clean_scores(examined))
        clashes = [one for one in findings if one.reading.polarity is not Polarity.POSITIVE]
        welcome = [one for one in findings if one.reading.polarity is Polarity.POSITIVE]
        ordered = [*clashes, *welcome]
        # Where the copy could not be examined, a stray hit would look like the whole verdict.
        shares = self._sharing.shares(examined.judged, ordered)
        words = _body_words(examined)
        result = self._sharing.score(examined.item, ordered, len(clashes), shares, words)
        cai: Mapping[str, float | None] = result.scores
        if len(cai) < len(examined.wanted):
            cai = {market: result.scores.get(market) for market in examined.wanted}
        write = self._writer.finding
        reports = [
            write(examined, finding, spread, points, gains)
            for finding, spread, points, gains in zip(
                clashes, shares.spreads[: len(clashes)], result.points, result.gains, strict=True
            )
            if spread is not None
        ]
        signs = [
            write(examined, finding, spread)
            for finding, spread in zip(welcome, shares.spreads[len(clashes) :], strict=True)
            if spread is not None
        ]
        scores = Scores(cai, result.dimensions, result.resonance)
        return self._writer.item(examined, scores, reports, signs)


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


def _is_examined(market: Market, language: str) -> bool:
    """Tell whether copy in a language is judged in a market; ``no`` stands for Bokmål and Nynorsk."""
    return same_language(language) in map(same_language, market.examined)


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
    for one in item.segments:
        text = one.text
        if not text.isascii():
            return True
        # Several times faster than to look for each digit, or for any by a pattern.
        if len(text.encode().translate(None, b"0123456789")) != len(text):
            return True
    return False


def _body_words(examined: Examined) -> float:
    language = examined.tongue.item.language
    return sum(words_in(one.text, language) for one in examined.item.segments if one.role in _BODY)
