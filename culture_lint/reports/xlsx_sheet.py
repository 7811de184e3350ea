"""The input given back as a workbook: cells coloured and commented, columns and an overview added."""

from __future__ import annotations

from typing import BinaryIO

from culture_lint.errors import SettingsError
from culture_lint.reports.csv_sheet import DELIMITED
from culture_lint.reports.registry import Reporter, ReportOptions, reporter
from culture_lint.reports.sheets.marks import Kept, Marked, marked
from culture_lint.results import ItemReport, RunInfo, Summary, Verdict
from culture_lint.sources.items import Notice

WORKBOOKS = (".xlsx", ".xlsm")


class XlsxReporter:
    """Keep what is found, then copy the workbook and add to it, or make one of delimited files.

    Raises:
        SettingsError: If the inputs are neither one workbook nor delimited files.
    """

    def __init__(self, out: BinaryIO, info: RunInfo, options: ReportOptions) -> None:
        self._out = out
        self._info = info
        self._inputs = options.inputs
        self._is_workbook = _checked(options)
        self._kept = Kept(info)

    def prepare(self, report: ItemReport) -> Marked:
        """Return what the sheet says of an item."""
        return marked(report)

    def take(self, prepared: Marked) -> None:
        """Keep it until the end: what columns there are is known then."""
        self._kept.add(prepared)

    def notice(self, notice: Notice) -> None:
        """Leave notices to standard error."""

    def finish(self, summary: Summary, verdict: Verdict) -> None:
        """Write the workbook."""
        from culture_lint.reports.sheets.compose import compose
        from culture_lint.reports.sheets.workbook import annotate

        rest = (self._kept, self._out, self._info, summary, verdict)
        if self._is_workbook:
            annotate(self._inputs[0], *rest)
        else:
            compose(self._inputs, *rest)
        self._kept.close()


def _checked(options: ReportOptions) -> bool:
    """Tell whether the input is a workbook, rather than delimited files."""
    paths = [source.path for source, _ in options.inputs]
    books = [path for path in paths if path.lower().endswith(WORKBOOKS)]
    if books and len(paths) > 1:
        raise SettingsError(
            f"--format xlsx gives one workbook back, and {books[0]} is one of {len(paths):,} files: "
            "check it by itself; only CSV and TSV files are put into one workbook"
        )
    other = next(
        (path for path in paths if not path.lower().endswith((*WORKBOOKS, *DELIMITED))), ""
    )
    if other:
        raise SettingsError(
            f"--format xlsx gives workbooks and delimited files (XLSX, CSV, TSV) back, and {other} is "
            "neither; use --format html or json for it"
        )
    return bool(books)


@reporter("xlsx", binary=True)
def make(out: BinaryIO, info: RunInfo, options: ReportOptions) -> Reporter:
    """Return the reporter that annotates a workbook."""
    return XlsxReporter(out, info, options)
