"""Hold the days of a campaign against the calendar of a market."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

from culture_lint.campaign.model import CALENDAR, Bar, Campaign, Waiver
from culture_lint.dates.windows import Occasion, occasions
from culture_lint.frozen import frozen
from culture_lint.knowledge.scales import Severity

#: Days after the launch in which a better one is looked for.
AHEAD = 60


@frozen
class DayNote:
    """What a market's calendar says of some days of a campaign.

    Attributes:
        occasion: What it is.
        on_launch: Whether the launch falls on it.
        stops: Whether the launch must move: it falls on what is graver than the bar allows.
        pause: Whether promotion must pause on its days, or be changed: a condition.
        waiver: Who answers for it, if anybody.
    """

    occasion: Occasion
    on_launch: bool
    stops: bool
    pause: bool
    waiver: Waiver | None = None

    @property
    def rule(self) -> str:
        """How waivers name it."""
        return CALENDAR + self.occasion.id


def day_notes(
    campaign: Campaign,
    market: str,
    bar: Bar,
    waivers: Sequence[Waiver],
    rulesets: Sequence[Path] = (),
) -> tuple[DayNote, ...]:
    """Return what the calendar of a market says of the days of a campaign, in order of days."""
    found = occasions(market, campaign.launch, campaign.end, rulesets=rulesets)
    return tuple(_note(one, campaign.launch, market, bar, waivers) for one in found)


def _note(one: Occasion, launch: date, market: str, bar: Bar, waivers: Iterable[Waiver]) -> DayNote:
    """Judge one occasion.

    A launch on such a day is as grave as the day. Later in the campaign it can be kept clear, which
    is a condition and not the end.
    """
    on_launch = one.first <= launch <= one.last
    if one.severity is None or one.severity is Severity.INFO:
        return DayNote(one, on_launch, stops=False, pause=False)
    waiver = None
    if one.evidence.kind != "statute":  # nobody can waive the law
        waiver = next((w for w in waivers if _waives(w, one, market)), None)
    if waiver is not None:
        return DayNote(one, on_launch, stops=False, pause=False, waiver=waiver)
    grave = one.severity.rank > Severity(bar.worst_severity).rank
    return DayNote(one, on_launch, stops=on_launch and grave, pause=not (on_launch and grave))


def _waives(waiver: Waiver, one: Occasion, market: str) -> bool:
    if waiver.item or waiver.path or not waiver.about(market):
        return False
    return CALENDAR + one.id in waiver.rules


def next_clear_day(
    campaign: Campaign,
    bars: Sequence[tuple[str, Bar]],
    waivers: Sequence[Waiver],
    rulesets: Sequence[Path] = (),
) -> date | None:
    """Return the first later launch that no given market's calendar stops, None within two months.

    Only the day of the launch counts: what comes later is a condition.
    """
    last = campaign.launch + timedelta(days=AHEAD)
    closed: list[tuple[date, date]] = []
    for market, bar in bars:
        found = occasions(market, campaign.launch, last, rulesets=rulesets)
        closed += [
            (one.first, one.last)
            for one in found
            if _note(one, one.first, market, bar, waivers).stops
        ]
    for ahead in range(1, AHEAD + 1):
        day = campaign.launch + timedelta(days=ahead)
        if not any(first <= day <= end for first, end in closed):
            return day
    return None
