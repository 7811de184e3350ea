"""The input sheet given back with columns added: CSV, TSV and their relatives."""

from __future__ import annotations

from typing import BinaryIO

from culture_lint.errors import SettingsError
from culture_lint.reports.registry import Reporter, ReportOptions, reporter
from culture_lint.reports.sheets.marks import Kept, Marked, marked
from culture_lint.results import ItemReport, RunInfo, Summary, Verdict
from culture_lint.sources.items import Notice, ReadOptions, Source

#: The endings of files that have columns to add to.
DELIMITED = (".csv", ".tsv", ".tab", ".txt")


class CsvReporter:
    """Keep what is found, then copy the input and add to it.

    Raises:
        SettingsError: If there are several inputs, or one that is no delimited file.
    """

    def __init__(self, out: BinaryIO, info: RunInfo, options: ReportOptions) -> None:
        self._out = out
        self._input = _one(options)
        self._kept = Kept(info)

    def prepare(self, report: ItemReport) -> Marked:
        """Return what the sheet says of an item."""
        return marked(report)

    def take(self, prepared: Marked) -> None:
        """Keep it until the end: what columns there are is known then."""
        self._kept.add(prepared)

    def notice(self, notice: Notice) -> None:
        """Leave notices to standard error."""

    def finish(self, _: Summary, __: Verdict) -> None:
        """Write the sheet."""
        from culture_lint.reports.sheets.rewrite import rewrite

        if self._input is not None:
            rewrite(*self._input, self._kept, self._out)
        self._kept.close()


def _one(options: ReportOptions) -> tuple[Source, ReadOptions] | None:
    """Return the input, None where nothing is left to check."""
    if not options.inputs:
        return None
    if len(options.inputs) > 1:
        raise SettingsError(
            f"--format csv gives one sheet back, and {len(options.inputs):,} files are checked: name "
            "one file, or use --format xlsx, which makes one workbook of them"
        )
    source = options.inputs[0][0]
    if not source.path.lower().endswith(DELIMITED):
        better = "xlsx" if source.path.lower().endswith((".xlsx", ".xlsm")) else "html"
        raise SettingsError(
            f"--format csv gives delimited files (CSV, TSV) back with columns added, and "
            f"{source.path} is none; use --format {better}"
        )
    return options.inputs[0]


@reporter("csv", binary=True)
def make(out: BinaryIO, info: RunInfo, options: ReportOptions) -> Reporter:
    """Return the reporter that annotates a delimited file."""
    return CsvReporter(out, info, options)
