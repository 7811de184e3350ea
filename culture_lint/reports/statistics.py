"""How often each rule was met, instead of the findings themselves: the commonest first."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TextIO

from culture_lint.reports.ending import has_blocks
from culture_lint.reports.terminal import safe
from culture_lint.results import FindingReport, ItemReport, Summary, Verdict
from culture_lint.sources.items import Notice

#: Markets named in a line.
_FEW = 6
#: A line takes 80 cells: what is told, and the bar of the commonest rule.
_BEFORE_BAR, _BAR = 66, 12


@dataclass(slots=True)
class _Row:
    first: FindingReport
    count: int = 0
    items: int = 0
    fixable: int = 0
    markets: set[str] = field(default_factory=set)


class StatisticsReporter:
    """Count findings by rule; a finding in several markets counts once.

    Args:
        out: Where to write.
        as_json: Whether to write a JSON list instead of a table.
    """

    def __init__(self, out: TextIO, as_json: bool) -> None:
        self._out = out
        self._as_json = as_json
        self._rows: dict[str, _Row] = {}

    def prepare(self, report: ItemReport) -> ItemReport | None:
        """Return an item that has findings."""
        return report if report.findings else None

    def take(self, report: ItemReport) -> None:
        """Count the findings of one item."""
        for one in report.findings:
            row = self._rows.setdefault(one.rule, _Row(one))
            row.count += 1
            row.fixable += any(other.fix == "safe" for other in one.alternatives)
            row.markets.update(one.markets)
        for rule in {one.rule for one in report.findings}:
            self._rows[rule].items += 1

    def notice(self, notice: Notice) -> None:
        """Leave notices to standard error."""

    def finish(self, _: Summary, __: Verdict) -> None:
        """Write the counts, the commonest rule first."""
        rows = sorted(self._rows.items(), key=lambda pair: (-pair[1].count, pair[0]))
        shapes = [_shape(rule, row) for rule, row in rows]
        if self._as_json:
            self._out.write(json.dumps(shapes, ensure_ascii=False, indent=1) + "\n")
            return
        most = max((row.count for _, row in rows), default=1)
        blocks = has_blocks(getattr(self._out, "encoding", None))
        for (rule, row), shape in zip(rows, shapes, strict=True):
            fixable = f"  {row.fixable} fixable" if row.fixable else ""
            items = "1 item" if row.items == 1 else f"{row.items} items"
            line = (
                f"{row.count:>6}  {shape['severity']!s:<7}  {safe(rule)}"
                f"  [{_few(sorted(row.markets))}]  in {items}{fixable}"
            )
            bar = ("█" if blocks else "#") * round(_BAR * row.count / most)
            # A bar is there to compare with others.
            drawn = len(rows) > 2 and len(line) <= _BEFORE_BAR
            self._out.write((f"{line:<{_BEFORE_BAR}}  {bar}" if drawn else line).rstrip() + "\n")


def _few(markets: Sequence[str]) -> str:
    """Return markets, the first of them where they are many."""
    if len(markets) <= _FEW:
        return ",".join(markets)
    return f"{','.join(markets[:_FEW])} and {len(markets) - _FEW} more"


def _shape(rule: str, row: _Row) -> Mapping[str, object]:
    return {
        "count": row.count,
        "rule": rule,
        "category": row.first.category,
        "severity": row.first.severity.value,
        "markets": sorted(row.markets),
        "items": row.items,
        "fixable": row.fixable,
    }
