"""What a report at a terminal ends with: the table of markets, the worst items, the gate."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from culture_lint.reports.terminal import cut, left, right, safe, width
from culture_lint.reports.verdicts import asked, reasons
from culture_lint.results import ItemReport, MarketSummary, Verdict
from culture_lint.scoring.bands import band

#: From so many judged items on, their scores are drawn.
ENOUGH = 10
#: Items named as the worst, where there are more than that with findings.
WORST = 10
#: Bars of a drawing: CAI 0 to 100 in tens.
_BARS = 10
_BLOCKS = "▁▂▃▄▅▆▇█"
_ASCII = ".:-=+*#@"
_DRAWN = "CAI 0–100"
#: What goes first where the terminal is too narrow.
_DROPPED = ("resonance", "10 %", _DRAWN, "band", "items", "mean")
_LEAST_NAME = 12


@dataclass(slots=True)
class Gathered:
    """What the end tells of the items: their scores by market in tens, and the worst of them."""

    bars: dict[str, list[int]] = field(default_factory=dict)
    with_findings: int = 0
    _worst: list[tuple[float, int, int, ItemReport]] = field(default_factory=list)

    def add(self, report: ItemReport) -> None:
        """Take note of an item that has findings; the others have 100 where they were judged."""
        self.with_findings += 1
        lowest = 100.0
        for market, cai in report.scores.items():
            if cai is not None:
                bars = self.bars.setdefault(market, [0] * _BARS)
                bars[min(int(cai // 10), _BARS - 1)] += 1
                lowest = min(lowest, cai)
        gravest = max(one.severity.rank for one in report.findings)
        entry = (-lowest, gravest, -self.with_findings, report)
        if len(self._worst) < WORST:
            heapq.heappush(self._worst, entry)
        elif entry[:3] > self._worst[0][:3]:
            heapq.heapreplace(self._worst, entry)

    def worst(self) -> list[ItemReport]:
        """Return the worst items, lowest CAI first; none where the report is short."""
        if self.with_findings <= WORST:
            return []
        return [one[3] for one in sorted(self._worst, key=lambda one: one[:3], reverse=True)]


def market_table(
    markets: Sequence[MarketSummary], gathered: Gathered, cells: int, blocks: bool
) -> list[tuple[str, float | None]]:
    """Return the lines of the table of markets, the heading first, each with its worst CAI.

    Args:
        markets: What is known of each.
        gathered: The scores of the items.
        cells: The most that a line takes.
        blocks: Whether the terminal has block elements.
    """
    columns = _columns(markets, gathered, blocks)
    dropped = iter(_DROPPED)
    while True:
        sizes = {name: max(map(width, [name, *rows])) for name, rows in columns.items()}
        rest = sum(size + 2 for name, size in sizes.items() if name != "market")
        room = cells - 2 - rest
        drop = None if sizes["market"] <= room else next(dropped, None)
        if drop is None:
            break
        columns.pop(drop, None)
    size = min(sizes["market"], max(room, _LEAST_NAME))
    lines = []
    for number in range(len(markets) + 1):
        row = [name if not number else rows[number - 1] for name, rows in columns.items()]
        parts = [left(cut(row[0], size), size)]
        parts += [
            right(cell, sizes[name]) for name, cell in list(zip(columns, row, strict=True))[1:]
        ]
        lowest = markets[number - 1].minimum if number else None
        lines.append(("  " + "  ".join(parts).rstrip(), lowest))
    return lines


def _columns(
    markets: Sequence[MarketSummary], gathered: Gathered, blocks: bool
) -> dict[str, list[str]]:
    """Return the columns of the table by name; those with nothing in them are left out."""
    named = [
        one.market if one.name == one.market else f"{one.market} {one.name}" for one in markets
    ]
    drawn = any(one.judged >= ENOUGH for one in markets)
    columns = {
        "market": [safe(name) for name in named],
        "worst": [_number(one.minimum) for one in markets],
        "10 %": [_number(one.p10) for one in markets],
        "mean": [_number(one.mean) for one in markets],
        "band": ["-" if one.minimum is None else band(one.minimum).letter for one in markets],
        _DRAWN: [_drawing(one, gathered, blocks) if drawn else "" for one in markets],
        "resonance": [f"+{one.resonance:.1f}" if one.resonance else "" for one in markets],
        "items": [str(one.judged) for one in markets],
        "not examined": [str(one.not_judged or "") for one in markets],
        "blockers": [str(one.blockers or "") for one in markets],
        "findings": [str(one.findings) for one in markets],
    }
    return {name: rows for name, rows in columns.items() if any(rows)}


def _drawing(one: MarketSummary, gathered: Gathered, blocks: bool) -> str:
    """Return how many items have which CAI, in tens from 0 to 100; heights grow by the logarithm."""
    bars = list(gathered.bars.get(one.market, [0] * _BARS))
    bars[-1] += max(one.judged - sum(bars), 0)
    most = max(bars)
    if not most:
        return ""
    ramp = _BLOCKS if blocks else _ASCII
    steps = len(ramp) - 1
    return "".join(
        ramp[round(steps * math.log1p(count) / math.log1p(most))] if count else " "
        for count in bars
    )


def worst_lines(items: Sequence[ItemReport], cells: int) -> Iterator[tuple[str, float | None]]:
    """Yield a line for each of the worst items, with its lowest CAI."""
    for one in items:
        judged = [(cai, market) for market, cai in one.scores.items() if cai is not None]
        lowest, market = min(judged, default=(None, ""))
        severity = max((found.severity for found in one.findings), key=lambda found: found.rank)
        score = "    -" if lowest is None else f"{lowest:>5.1f}"
        head = f"  {score}  {left(safe(market), 4)}  {severity.value.upper():<7}  "
        where = _place(f"{safe(one.path)}:{one.line}", max(cells // 3, 12))
        name = cut(safe(one.item), 20)
        room = cells - width(head) - width(where) - width(name) - 4
        yield f"{head}{where}  {name}  {cut(safe(one.title), max(room, 1))}".rstrip(), lowest


def _place(place: str, cells: int) -> str:
    """Return a place with its end, which tells most, where it is too long."""
    if width(place) <= cells:
        return place
    kept = ""
    for char in reversed(place):
        if width(kept) + width(char) >= cells:
            break
        kept = char + kept
    return "…" + kept


def gate_lines(verdict: Verdict, cells: int) -> list[str]:
    """Return what the gate says: one line where it fits, else a line for each reason."""
    head = f"{'Gate passed' if verdict.passed else 'Gate failed'} {asked(verdict)}"
    why = list(reasons(verdict))
    if not why:
        return [head]
    whole = f"{head}: {'; '.join(why)}"
    return [whole] if width(whole) <= cells else [f"{head}:", *(f"  {one}" for one in why)]


def has_blocks(encoding: str | None) -> bool:
    """Tell whether an encoding has block elements; text without one becomes UTF-8."""
    try:
        _BLOCKS.encode(encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"
