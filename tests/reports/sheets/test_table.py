"""Cells are found in a record as the csv module reads them, findings in the text of their cell."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from culture_lint.reports.sheets.added import suggestion
from culture_lint.reports.sheets.marks import marked
from culture_lint.reports.sheets.table import Kind, bounds, open_table, spots
from culture_lint.results import Suggestion
from culture_lint.sources.delimited import read
from culture_lint.sources.items import Item, ReadOptions, Source
from culture_lint.sources.records import Dialect
from tests.reports.samples import finding, item

cells = st.text(st.sampled_from('ab",; \n\r'), max_size=6)


@given(st.lists(cells, min_size=1, max_size=4), st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))
def test_bounds_are_those_of_the_csv_module(row: list[str], quoting: int) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=quoting, lineterminator="\r\n").writerow(row)  # type: ignore[arg-type]
    raw = out.getvalue()
    found = bounds(raw, Dialect(","))
    assert len(found) == len(row)
    for (start, end), cell in zip(found, row, strict=True):
        assert next(csv.reader(io.StringIO(raw[start:end], newline="")), [""]) == ([cell] if raw[start:end] else [""]) or not cell  # fmt: skip
    assert [raw[end] for _, end in found[:-1]] == [","] * (len(row) - 1)


@given(st.lists(st.sampled_from(["a", '"', "\n", "COW", " ", ",", "é", "🐄"]), max_size=12))
def test_a_finding_is_found_in_its_cell(parts: list[str]) -> None:
    text = "Words: " + "".join(parts) + " COW end"
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([["sku", "title", "notes"], ["A1", text, "x"]])
    source = Source("l.csv", out.getvalue().encode())
    options = ReadOptions(encoding="utf-8", delimiter=",")
    (one,) = [one for one in read(source, options) if isinstance(one, Item)]
    segment = next(one for one in one.segments if one.field == "title")
    at = segment.text.index("COW")
    found = finding(
        field="title",
        place=segment.places.place(at, at + 3),
        text=segment.places.source(at, at + 3),
        category="locale",  # worked out for its place: no grammar comes in between
        alternatives=(Suggestion("hen", "en", (), "safe"),),
    )
    with open_table(source, options) as table:
        (record,) = [record for record in table.records if record.kind is Kind.ITEM]
    places = spots(record, marked(item({"AA": 50.0}, found)), {})
    assert [(one.column, record.cells[1][one.start : one.end]) for one in places] == [(1, "COW")]
    assert suggestion(record.cells[1], places) == text.replace("COW", "hen", 1)
