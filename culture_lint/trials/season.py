"""Whether copy of a launch should name a festival: only one that is kept there, and still to come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from culture_lint.dates.festivals import clash, festivals_of
from culture_lint.dates.windows import occasions
from culture_lint.trials.resonance import InSeason


def in_season(start: date, end: date, rulesets: Sequence[Path] = ()) -> InSeason:
    """Return what tells whether a sign may be advised in a market for a launch.

    A festival may still be named for a while after it is over; nobody should be advised to.

    Args:
        start: First day of the launch.
        end: Its last day.
        rulesets: Packs of one's own whose calendars hold too.
    """

    @cache
    def told(sign: str, market: str) -> bool | None:
        found = festivals_of(sign, rulesets)
        if not found:
            return None
        if clash(sign, market, start, end, rulesets=rulesets) is not None:
            return False
        lead = max(one.lead for one in found)
        named = {one.id for one in found}
        return any(
            one.id in named and one.last >= start
            for one in occasions(market, start, end + timedelta(days=lead), rulesets=rulesets)
        )

    return told
