"""How often each rule was met, instead of the findings themselves: the commonest first."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TextIO

from culture_lint.reports.terminal import safe
from culture_lint.results import FindingReport, ItemReport, Summary, Verdict
from culture_lint.sources.items import Notice


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
        for shape in shapes:
            fixable = f"  {shape['fixable']} fixable" if shape["fixable"] else ""
            markets = ",".join(shape["markets"])  # type: ignore[arg-type]
            items = "1 item" if shape["items"] == 1 else f"{shape['items']} items"
            self._out.write(
                f"{shape['count']:>6}  {shape['severity']!s:<7}  {safe(str(shape['rule']))}"
                f"  [{markets}]  in {items}{fixable}\n"
            )


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
