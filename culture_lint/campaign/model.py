"""What a campaign file says, as values: content, markets, dates, the bar and its waivers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date, timedelta
from pathlib import Path

from culture_lint.errors import Location
from culture_lint.frozen import frozen

#: What a bar asks for where a campaign does not say: nothing of bands D and E goes out, the whole
#: is at least a B, and no finding is graver than what `check` lets pass by default.
MIN_CAI = 60.0
MIN_CAMPAIGN_CAI = 75.0
WORST_SEVERITY = "minor"
#: How waivers name what is in the calendar: ``calendar/US/september-11``.
CALENDAR = "calendar/"
#: The channel of content that names none.
NO_CHANNEL = ""


@frozen
class Named:
    """A word of the campaign file, and where it stands."""

    text: str
    where: Location


@frozen
class Bar:
    """What a market must reach for a go.

    Attributes:
        min_cai: CAI (0-100) that each item must reach.
        min_campaign_cai: CAI (0-100) that the campaign as a whole must reach.
        worst_severity: The gravest severity allowed: ``major``, ``minor``, ``info``, or ``blocker``
            for any; a confirmed blocker stops a launch all the same.
        personas: Personas that the copy must speak through.
    """

    min_cai: float = MIN_CAI
    min_campaign_cai: float = MIN_CAMPAIGN_CAI
    worst_severity: str = WORST_SEVERITY
    personas: tuple[str, ...] = ()


@frozen
class BarChange:
    """What one market asks for instead; None: what the campaign asks for."""

    market: Named
    min_cai: float | None = None
    min_campaign_cai: float | None = None
    worst_severity: str | None = None
    personas: tuple[str, ...] | None = None

    def over(self, bar: Bar) -> Bar:
        """Return a bar with this change."""
        return Bar(
            bar.min_cai if self.min_cai is None else self.min_cai,
            bar.min_campaign_cai if self.min_campaign_cai is None else self.min_campaign_cai,
            self.worst_severity or bar.worst_severity,
            bar.personas if self.personas is None else self.personas,
        )


@frozen
class Channel:
    """Where content is shown: the platforms whose rules hold there, and its share of attention."""

    name: str
    platforms: tuple[Named, ...] = ()
    exposure: float = 1.0


@frozen
class Content:
    """Some files of a campaign.

    Attributes:
        paths: Files, folders or patterns, relative to the campaign file.
        markets: The markets that they are for, empty to let path, rows and languages say.
        channel: The channel they are shown in.
        platforms: Platforms besides those of the channel.
        exposure: Weight of each of their items in the campaign's score, > 0.
        columns: (role, column) pairs; empty for what the configuration says.
        language: Language tag of the copy, empty where rows say or it is found out.
    """

    paths: tuple[Named, ...]
    where: Location
    markets: tuple[Named, ...] = ()
    channel: str = NO_CHANNEL
    platforms: tuple[Named, ...] = ()
    exposure: float = 1.0
    columns: tuple[tuple[str, str], ...] = ()
    language: str = ""


@frozen
class Waiver:
    """A clash that somebody answers for.

    ``rules`` are ids, owners or ``category:NAME``, or ``calendar/<occasion>``; ``item``, ``path`` and ``markets`` narrow
    where (empty: anywhere); ``expires`` is the last day on which it holds.
    """

    rules: tuple[str, ...]
    owner: str
    reason: str
    expires: date
    where: Location
    name: str = ""
    item: str = ""
    path: str = ""
    markets: tuple[Named, ...] = ()

    @property
    def title(self) -> str:
        """How a report calls it."""
        return self.name or ", ".join(self.rules)

    @property
    def copy_rules(self) -> tuple[str, ...]:
        """Its rules that are about copy and not about the calendar."""
        return tuple(one for one in self.rules if not one.startswith(CALENDAR))

    def holds(self, day: date) -> bool:
        """Tell whether it holds on a day."""
        return day <= self.expires

    def about(self, market: str) -> bool:
        """Tell whether it is about a market; a country's stands for its communities."""
        asked = market.lower()
        return not self.markets or any(
            asked == one.text.lower() or asked.startswith(f"{one.text.lower()}/")
            for one in self.markets
        )


@frozen
class Campaign:
    """A campaign file. ``launch`` and ``end`` are its first and last day."""

    path: Path
    name: str
    content: tuple[Content, ...]
    markets: tuple[Named, ...]
    launch: date
    end: date
    communities: tuple[Named, ...] = ()
    channels: Mapping[str, Channel] = field(default_factory=dict)
    platforms: tuple[Named, ...] = ()
    intent: tuple[str, ...] = ()
    languages: tuple[tuple[str, tuple[str, ...]], ...] = ()
    bar: Bar = Bar()
    changes: tuple[BarChange, ...] = ()
    waivers: tuple[Waiver, ...] = ()

    @property
    def days(self) -> int:
        """How many days it runs."""
        return (self.end - self.launch).days + 1

    @property
    def personas(self) -> tuple[str, ...]:
        """Every persona that a bar asks for, in order."""
        bars = [self.bar, *(change.over(self.bar) for change in self.changes)]
        return tuple(sorted({one for bar in bars for one in bar.personas}))

    def moved(self, launch: date) -> Campaign:
        """Return the same campaign with another launch; it runs as many days."""
        return replace(self, launch=launch, end=launch + timedelta(days=self.days - 1))

    def bar_for(self, market: str) -> Bar:
        """Return the bar of a market: a community's own, else its country's, else the campaign's."""
        bar = self.bar
        for name in (market.split("/")[0], market):
            for change in self.changes:
                if change.market.text.lower() == name.lower():
                    bar = change.over(bar)
                    break
            if "/" not in market:
                break
        return bar

    def channel(self, name: str) -> Channel:
        """Return a channel by name."""
        return self.channels.get(name) or Channel(name)
