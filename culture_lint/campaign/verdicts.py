"""The verdict on each market of a campaign: go, go with conditions, no go, and every reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum

from culture_lint.campaign.calendar import DayNote
from culture_lint.campaign.collect import RuleSeen, Seen
from culture_lint.campaign.fixes import Plan, plan, stops
from culture_lint.campaign.loads import Standing, standing
from culture_lint.campaign.model import Bar, Campaign, Waiver
from culture_lint.frozen import frozen
from culture_lint.knowledge.scales import Severity
from culture_lint.reports.text import authority
from culture_lint.scoring.bands import band

#: CAI from which on an item needs no more than polish: the least of band B.
POLISHED = 75.0


class Answer(str, Enum):
    """Whether a market may launch."""

    GO = "go"
    CONDITIONS = "go with conditions"
    NO_GO = "no go"


class Topic(str, Enum):
    """What a reason is about."""

    BLOCKER = "blocker"
    SEVERITY = "severity"
    ITEM_CAI = "item-cai"
    CAMPAIGN_CAI = "campaign-cai"
    PERSONA = "persona"
    COVERAGE = "coverage"
    INPUT = "input"
    CALENDAR = "calendar"
    WAIVER = "waiver"
    REWORK = "rework"


@frozen
class Reason:
    """One reason: it ``stops`` the launch, or is a condition to be met.

    ``asked`` and ``found`` say in few words what is asked for and what is found instead, ``count``
    how often, as the gates of other reports have it.
    """

    topic: Topic
    stops: bool
    text: str
    asked: str = ""
    found: str = ""
    count: int = 1


@frozen
class HeldWaiver:
    """A waiver that lets findings, or days of the calendar, of a market pass."""

    waiver: Waiver
    findings: int


@frozen
class MarketVerdict:
    """The verdict on one market, with what it stands on.

    ``band`` is the letter of the worst item's CAI, "" where nothing was judged.
    """

    market: str
    name: str
    answer: Answer
    bar: Bar
    standing: Standing
    band: str
    judged: int
    not_judged: Mapping[str, int]
    findings: Mapping[str, int]
    reasons: tuple[Reason, ...]
    plan: Plan
    days: tuple[DayNote, ...]
    waivers: tuple[HeldWaiver, ...]
    suppressed: int
    baselined: int
    personas: Mapping[str, str]

    @property
    def stops(self) -> tuple[Reason, ...]:
        """What stops the launch."""
        return tuple(one for one in self.reasons if one.stops)

    @property
    def conditions(self) -> tuple[Reason, ...]:
        """What must be met for a go."""
        return tuple(one for one in self.reasons if not one.stops)


def judge(
    campaign: Campaign,
    market: str,
    name: str,
    seen: Seen,
    days: Sequence[DayNote],
    unread: int = 0,
) -> MarketVerdict:
    """Return the verdict on one market.

    Args:
        campaign: The campaign.
        market: Id of the market or community.
        name: Its name.
        seen: What was found there.
        days: What its calendar says.
        unread: Files that could not be read; nobody knows what stands in them.
    """
    bar = campaign.bar_for(market)
    now = standing(seen.profiles, campaign, bar.min_cai)
    held = _held(campaign, seen, days)
    reasons = [
        *_gravity(seen.rules, bar),
        *_scores(seen, now, bar),
        *_missing(bar, seen),
        *_unseen(seen, unread),
        *_calendar(days),
        *_waived(held, campaign.end),
    ]
    reasons.sort(key=lambda one: not one.stops)  # stable: the rest stays in this order
    answer = Answer.GO
    if reasons:
        answer = Answer.NO_GO if reasons[0].stops else Answer.CONDITIONS
    severities = dict.fromkeys((one.value for one in Severity), 0)
    for rule in seen.rules.values():
        severities[rule.severity.value] += rule.findings
    return MarketVerdict(
        market=market,
        name=name,
        answer=answer,
        bar=bar,
        standing=now,
        band="" if now.minimum is None else band(now.minimum).letter,
        judged=seen.judged,
        not_judged=dict(sorted(seen.unexamined.items(), key=lambda pair: (-pair[1], pair[0]))),
        findings={name: count for name, count in severities.items() if count},
        reasons=tuple(reasons),
        plan=plan(seen, campaign, bar),
        days=tuple(days),
        waivers=held,
        suppressed=seen.suppressed,
        baselined=seen.baselined,
        personas={persona: ref.item for persona, ref in sorted(seen.personas.items())},
    )


def _gravity(rules: Mapping[str, RuleSeen], bar: Bar) -> list[Reason]:
    """Say what is too grave, whatever the scores: a blocker is never averaged away."""
    found: list[Reason] = []
    sure = [rule for rule, seen in rules.items() if seen.stops]
    if sure:
        count = sum(rules[rule].stops for rule in sure)
        found.append(
            Reason(
                Topic.BLOCKER,
                True,
                f"{_many(count, 'confirmed blocker')}: {_named(sure)}",
                Severity.BLOCKER.value,
                Severity.BLOCKER.value,
                count,
            )
        )
    grave = [rule for rule, seen in rules.items() if not seen.stops and stops(seen, bar)]
    if grave:
        worst = max((rules[rule].severity for rule in grave), key=lambda one: one.rank)
        count = sum(rules[rule].findings for rule in grave)
        allowed = f"the bar allows {bar.worst_severity} at worst"
        text = f"{_many(count, 'finding')} up to {worst.value}; {allowed}: {_named(grave)}"
        least = graver_than(bar.worst_severity)
        found.append(Reason(Topic.SEVERITY, True, text, least, worst.value, count))
    doubtful = [
        rule
        for rule, seen in rules.items()
        if seen.unconfirmed and not seen.stops and not stops(seen, bar)
    ]
    if doubtful:
        text = f"blockers that nobody has confirmed need a signature: {_named(doubtful)}"
        found.append(Reason(Topic.BLOCKER, False, text))
    return found


def _scores(seen: Seen, now: Standing, bar: Bar) -> list[Reason]:
    if now.cai is None or now.minimum is None:
        return []
    found: list[Reason] = []
    if now.below:
        text = f"{_many(now.below, 'item')} below CAI {bar.min_cai:g}, down to {now.minimum:.1f}"
        found.append(
            Reason(Topic.ITEM_CAI, True, text, f"{bar.min_cai:g}", f"{now.minimum:.1f}", now.below)
        )
    if now.cai < bar.min_campaign_cai:
        text = f"the campaign's CAI is {now.cai:.1f}, below {bar.min_campaign_cai:g}"
        asked = f"CAI {bar.min_campaign_cai:g} for the campaign"
        found.append(Reason(Topic.CAMPAIGN_CAI, True, text, asked, f"{now.cai:.1f}"))
    # What the bar lets pass and the bands do not: somebody has to look at it.
    poor: dict[str, tuple[str, int]] = {}
    for profile, count in seen.profiles.items():
        grade = band(profile.cai / 10)
        if grade.least < POLISHED and profile.cai / 10 >= bar.min_cai:
            poor[grade.letter] = (grade.phrase, poor.get(grade.letter, ("", 0))[1] + count)
    for letter, (phrase, count) in sorted(poor.items(), reverse=True):
        text = f"{_many(count, 'item')} in band {letter}: {phrase}"
        found.append(Reason(Topic.REWORK, False, text))
    return found


def _missing(bar: Bar, seen: Seen) -> list[Reason]:
    missing = [one for one in bar.personas if one not in seen.personas]
    if not missing:
        return []
    text = f"no item speaks through {_named(missing)}, which the bar requires"
    asked = f"the persona {_named(missing)}"
    return [Reason(Topic.PERSONA, True, text, asked, "no item", len(missing))]


def _unseen(seen: Seen, unread: int) -> list[Reason]:
    found: list[Reason] = []
    if unread:
        text = f"{_many(unread, 'file')} could not be read"
        found.append(Reason(Topic.INPUT, True, text, "readable", "", unread))
    if not seen.judged:
        why = next((text for text, _ in seen.unexamined.most_common(1)), "no item is for it")
        text = f"nothing was examined: {why}"
        found.append(Reason(Topic.COVERAGE, True, text, "a ruleset", why, seen.not_judged))
    elif seen.unexamined:
        (why, _), *_ = sorted(seen.unexamined.items(), key=lambda pair: (-pair[1], pair[0]))
        total = seen.judged + seen.not_judged
        text = f"{seen.not_judged:,} of {_many(total, 'item')} not examined; have them read ({why})"
        found.append(Reason(Topic.COVERAGE, False, text))
    return found


def _calendar(days: Sequence[DayNote]) -> list[Reason]:
    found: list[Reason] = []
    for note in days:
        if not (note.stops or note.pause):
            continue
        one = note.occasion
        when = span_of(one.first, one.last)
        about = "about " if one.approximate else ""
        where = "the launch falls on" if note.on_launch else "it runs over"
        text = f"{where} “{one.name}” ({about}{when}). {one.advice}".strip()
        text += f" [{authority(one.evidence)}]"
        found.append(
            Reason(Topic.CALENDAR, note.stops, text, "a clear day", f"{one.name} ({when})")
        )
    return found


def _held(campaign: Campaign, seen: Seen, days: Sequence[DayNote]) -> tuple[HeldWaiver, ...]:
    counts = {number: count for number, count in seen.waived.items() if count}
    for note in days:
        if note.waiver is not None:
            number = campaign.waivers.index(note.waiver)
            counts[number] = counts.get(number, 0) + 1
    return tuple(
        HeldWaiver(campaign.waivers[number], count) for number, count in sorted(counts.items())
    )


def _waived(held: Sequence[HeldWaiver], end: date) -> list[Reason]:
    """Name who answers for what is let pass, and until when."""
    found: list[Reason] = []
    for one in held:
        waiver = one.waiver
        text = (
            f"{_many(one.findings, 'finding')} let pass by waiver “{waiver.title}” of "
            f"{waiver.owner}, until {waiver.expires}: {waiver.reason}"
        )
        if not waiver.holds(end):
            text += f"; it expires before the campaign ends on {end}"
        found.append(Reason(Topic.WAIVER, False, text))
    return found


def graver_than(severity: str) -> str:
    """Return the mildest severity that is graver, ``never`` where none is."""
    rank = Severity(severity).rank
    return next((one.value for one in reversed(Severity) if one.rank > rank), "never")


def span_of(first: date, last: date) -> str:
    """Return days as people write them."""
    return f"{first}" if first == last else f"{first} to {last}"


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return ", ".join(names[:5]) + more


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
