"""JSON: one object for a whole run, and JSON lines: one object an item, written as it is ready."""

from __future__ import annotations

import json
from typing import Any, TextIO

from culture_lint.reports.registry import Reporter, ReportOptions, reporter
from culture_lint.reports.shape import (
    SCHEMA,
    gate_shape,
    item_shape,
    notice_shape,
    summary_shape,
    tool_shape,
)
from culture_lint.results import ItemReport, RunInfo, Summary, Verdict
from culture_lint.sources.items import Notice


def _dump(value: Any) -> str:
    # Lone surrogates cannot be written as UTF-8; escaped, they survive.
    text = json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, separators=(", ", ": "))
    return text


def _told(report: ItemReport) -> bool:
    """Tell whether there is anything to say of an item."""
    return bool(report.findings or report.suppressed or report.baselined)


class JsonReporter:
    """Write the object bit by bit, so that memory does not grow with the input."""

    def __init__(self, out: TextIO, info: RunInfo, options: ReportOptions) -> None:
        self._out = out
        self._options = options
        self._notices: list[Notice] = []
        self._first = True
        head = {"schema": SCHEMA, "tool": tool_shape(info)}
        out.write(_dump(head)[:-1] + ', "items": [')

    def item(self, report: ItemReport) -> None:
        """Write one item."""
        if not (_told(report) or self._options.clean_items):
            return
        self._out.write(("\n" if self._first else ",\n") + _dump(item_shape(report)))
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

    def item(self, report: ItemReport) -> None:
        """Write one item."""
        if _told(report) or self._options.clean_items:
            self._out.write(_dump(item_shape(report)) + "\n")

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
