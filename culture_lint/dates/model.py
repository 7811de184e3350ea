"""The values of the calendar: occasions of a market, and festivals that copy may name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum

from culture_lint.dates.rules import When
from culture_lint.frozen import frozen
from culture_lint.knowledge.model import Evidence
from culture_lint.knowledge.scales import Severity


class Kind(str, Enum):
    """What sort of day it is."""

    PUBLIC_HOLIDAY = "public-holiday"
    FESTIVAL = "festival"
    MOURNING = "mourning"
    REMEMBRANCE = "remembrance"
    ELECTION = "election"
    EMBARGO = "embargo"
    SHOPPING = "shopping"


@frozen
class Occasion:
    """Something that a market keeps, mourns or forbids, in one year.

    Args:
        id: ``US/september-11``; of a public holiday ``US/holiday/labor-day``.
        name: In English.
        local: In the language of the market; empty where it is not known.
        market: The market asked for.
        first: First day; the day before, where it begins at nightfall (``evening``).
        last: Last day, ``first`` of a single one.
        kind: What sort of day it is.
        advice: What to do about it, in a sentence or two; empty for a plain public holiday.
        severity: How bad promotion on it is; None where promotion is fine.
        evidence: On whose authority.
        approximate: Whether the days are fixed only when the moon is seen, or by decree.
        evening: Whether it begins in the evening of ``first``.
        holiday: Whether public offices and many shops are closed on one of its days.
    """

    id: str
    name: str
    local: str
    market: str
    first: date
    last: date
    kind: Kind
    advice: str
    severity: Severity | None
    evidence: Evidence
    approximate: bool = False
    evening: bool = False
    holiday: bool = False


@frozen
class Observance:
    """A day of the calendar files: what is kept every year in some markets.

    ``days`` is its length, ``years`` the first year it was kept and every how many it comes.
    """

    id: str
    name: str
    local: Mapping[str, str]
    markets: tuple[str, ...]
    when: When
    days: int
    evening: bool
    approximate: bool
    years: tuple[int, int]
    kind: Kind
    advice: str
    severity: Severity | None
    evidence: Evidence
    file: str
    line: int


@frozen
class Keeping:
    """How some markets keep a festival: when, how long, and what to mind."""

    markets: tuple[str, ...]
    when: When
    days: int
    evening: bool
    approximate: bool
    years: tuple[int, int]
    advice: str
    severity: Severity | None


@frozen
class Abroad:
    """What naming a festival means in some markets that do not keep it."""

    markets: tuple[str, ...]
    severity: Severity | None
    why: str
    instead: str


@frozen
class Festival:
    """A festival or shopping day that copy may name.

    Args:
        id: ``mothers-day``.
        name: In English, as in "is not kept here".
        local: By language.
        signifiers: Ids of the signs that name it.
        kind: ``FESTIVAL`` or ``SHOPPING``.
        lead: Days before the first in which copy may already name it.
        trail: Days after the last in which copy may still name it.
        kept: How markets keep it; the rows that name a market hold there, else those of all.
        marked: Markets where a part of the public keeps it: naming it there is no clash.
        abroad: What naming it means where nobody keeps it: the first row that names a market
            holds there, the last for all others.
        off_date: How bad naming it at the wrong time is.
        evidence: On whose authority it is kept so.
    """

    id: str
    name: str
    local: Mapping[str, str]
    signifiers: tuple[str, ...]
    kind: Kind
    lead: int
    trail: int
    kept: tuple[Keeping, ...]
    marked: tuple[str, ...]
    abroad: tuple[Abroad, ...]
    off_date: Severity
    evidence: Evidence
    file: str
    line: int


class ClashKind(str, Enum):
    """Why a named festival does not fit."""

    NOT_KEPT = "not-kept"
    OFF_DATE = "off-date"


@frozen
class Clash:
    """A festival that copy names and that does not fit a market or a launch.

    ``first`` and ``last`` are the days of the festival nearest to the launch in that market, None
    where it is not kept there.
    """

    kind: ClashKind
    festival: str
    name: str
    market: str
    severity: Severity
    message: str
    signified: str
    rewrite: str
    evidence: Evidence
    first: date | None = None
    last: date | None = None
    approximate: bool = False
