"""JSON: one object for a whole run, and JSON lines: one object an item, written as it is ready."""

from __future__ import annotations

import json
from collections.abc import Mapping
from json.encoder import encode_basestring
from typing import Any, TextIO

from culture_lint.reports.registry import Reporter, ReportOptions, reporter
from culture_lint.reports.shape import (
    SCHEMA,
    finding_head,
    finding_tail,
    gate_shape,
    item_head,
    item_tail,
    notice_shape,
    summary_shape,
    tool_shape,
)
from culture_lint.results import FindingReport, ItemReport, RunInfo, Summary, Verdict
from culture_lint.sources.items import Notice

_encode = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode


def _dump(value: Any) -> str:
    # Lone surrogates cannot be written as UTF-8; escaped, they survive.
    text = _encode(value)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, separators=(", ", ": "))
    return text


def _told(report: ItemReport) -> bool:
    """Tell whether there is anything to say of an item."""
    return bool(report.findings or report.suppressed or report.baselined)


class _Items:
    """Write items as JSON; scores of many markets, which most items share, are written once."""

    #: Mappings that are remembered.
    KEPT = 1024

    def __init__(self) -> None:
        # Items share these mappings; the value keeps alive what the key is the id of.
        self._known: dict[int, tuple[Mapping[str, Any], str]] = {}
        self._tails: dict[tuple[object, ...], tuple[str, FindingReport]] = {}

    def dump(self, report: ItemReport) -> str:
        """Return an item as one line of JSON, the same as if all of it were dumped together."""
        head = self._object(item_head(report))[:-1]
        findings = ", ".join(map(self._finding, report.findings))
        tail = item_tail(report)
        rest = f", {_dump(tail)[1:]}" if tail else "}"
        return f'{head}, "findings": [{findings}]{rest}'

    def _finding(self, finding: FindingReport) -> str:
        """Write a finding; its sources and alternatives are those of its rule."""
        tail = (id(finding.evidence), id(finding.alternatives), finding.via, finding.rewrite)
        known = self._tails.get(tail)
        if known is None:
            if len(self._tails) >= self.KEPT:
                self._tails.clear()
            known = self._tails[tail] = (_dump(finding_tail(finding)), finding)
        return f"{self._object(finding_head(finding))[:-1]}, {known[0][1:]}"

    def _object(self, shape: dict[str, Any]) -> str:
        """Write an object, the mappings by market from memory."""
        parts: list[str] = []
        for key, value in shape.items():
            kind = type(value)
            if kind is int:
                written = str(value)
            elif kind is str and value.isascii():
                written = encode_basestring(value)
            elif value and key in _BY_MARKET:
                written = self._mapping(value)
            else:
                written = _dump(value)
            parts.append(f'"{key}": {written}')
        return "{" + ", ".join(parts) + "}"

    def _mapping(self, value: Mapping[str, Any]) -> str:
        found = self._known.get(id(value))
        if found is None:
            if len(self._known) >= self.KEPT:
                self._known.clear()
            found = self._known[id(value)] = (value, _dump(value))
        return found[1]


#: What is written of each market.
_BY_MARKET = frozenset({"scores", "status", "dimensions", "resonance", "points", "fix_gain"})


class JsonReporter:
    """Write the object bit by bit, so that memory does not grow with the input."""

    def __init__(self, out: TextIO, info: RunInfo, options: ReportOptions) -> None:
        self._out = out
        self._options = options
        self._notices: list[Notice] = []
        self._first = True
        self._items = _Items()
        head = {"schema": SCHEMA, "tool": tool_shape(info)}
        out.write(_dump(head)[:-1] + ', "items": [')

    def prepare(self, report: ItemReport) -> str | None:
        """Return an item as JSON, None where it is not wanted."""
        wanted = _told(report) or self._options.clean_items
        return self._items.dump(report) if wanted else None

    def take(self, prepared: str) -> None:
        """Write one item."""
        self._out.write(("\n" if self._first else ",\n") + prepared)
        self._first = False

    def notice(self, notice: Notice) -> None:
        """Keep a notice for the end."""
        self._notices.append(notice)

    def finish(self, summary: Summary, verdict: Verdict) -> None:
        """Close the list of items and add gate, summary and notices."""
        tail = {
            "gate": gate_shape(verdict),
            "summary": summary_shape(summary),
            "notices": [notice_shape(one) for one in self._notices],
        }
        self._out.write("\n], " + _dump(tail)[1:] + "\n")


class LinesReporter:
    """Write each item on a line of its own."""

    def __init__(self, out: TextIO, options: ReportOptions) -> None:
        self._out = out
        self._options = options
        self._items = _Items()

    def prepare(self, report: ItemReport) -> str | None:
        """Return an item as a line of JSON, None where it is not wanted."""
        wanted = _told(report) or self._options.clean_items
        return self._items.dump(report) + "\n" if wanted else None

    def take(self, prepared: str) -> None:
        """Write one item."""
        self._out.write(prepared)

    def notice(self, notice: Notice) -> None:
        """Leave notices to standard error."""

    def finish(self, summary: Summary, verdict: Verdict) -> None:
        """Nothing follows the items."""


@reporter("json")
def make_json(out: TextIO, info: RunInfo, options: ReportOptions) -> Reporter:
    """Return a reporter of one JSON object."""
    return JsonReporter(out, info, options)


@reporter("jsonl")
def make_lines(out: TextIO, _: RunInfo, options: ReportOptions) -> Reporter:
    """Return a reporter of one JSON object an item."""
    return LinesReporter(out, options)
