"""A sheet is taken apart alike, however it comes in pieces, and put together as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from culture_lint.reports.sheets.grid_edit import Rows, changed_row
from culture_lint.reports.sheets.xml_edit import letters, number_of

SHEET = (
    b'<?xml version="1.0"?>\n<worksheet xmlns="http://x"><dimension ref="A1:C4"/><sheetData>'
    b'<row r="1" spans="1:3"><c r="A1" t="s"><v>0</v></c><c r="B1"/></row>\n'
    b'<row r="2"/><!-- <row r="9"> --><row r="4" ht="5>4"><!-- </row> --><c r="AA4" s="3">'
    b"<is><t><![CDATA[</row>]]></t></is></c></row>"
    b'</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells></worksheet>'
)


def pieces(data: bytes, sizes: list[int]) -> list[bytes]:
    """Return data cut into pieces of these sizes, again and again."""
    found, at, number = [], 0, 0
    while at < len(data):
        size = sizes[number % len(sizes)]
        found.append(data[at : at + size])
        at, number = at + size, number + 1
    return found


@given(st.lists(st.integers(1, 40), min_size=1, max_size=4))
def test_pieces_make_no_difference(sizes: list[int]) -> None:
    rows = Rows(pieces(SHEET, sizes))
    found = list(rows)
    assert [row.number for row in found] == [1, 2, 4]
    assert [rows.width(row) for row in found] == [2, 0, 27]
    assert rows.head + b"".join(row.raw for row in found) + rows.tail == SHEET
    assert rows.tail.startswith(b"</sheetData>")


def test_a_sheet_that_is_cut_off_is_told() -> None:
    with pytest.raises(ValueError, match=r"do(es)? not end"):
        list(Rows([SHEET[: SHEET.index(b"</row>")]]))
    with pytest.raises(ValueError, match="no rows"):
        Rows([b"<worksheet>"])


def test_an_empty_row_gets_cells_and_others_keep_theirs() -> None:
    rows = Rows([SHEET])
    made = [
        changed_row(
            rows, row, b'<c r="AB9"/>', lambda cell: 7 if cell.column == 26 else None, None, True
        )
        for row in rows
    ]
    assert (
        made[0]
        .strip()
        .startswith(b'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"/><c r="AB9"/>')
    )
    assert made[1] == b'\n<row r="2"><c r="AB9"/></row>'
    assert b'<c r="AA4" s="7">' in made[2]


def test_columns_that_an_earlier_run_added_go() -> None:
    rows = Rows([SHEET])
    first = next(iter(rows))
    made = changed_row(rows, first, b"", lambda _: None, (1, 5), False)
    assert b"B1" not in made
    assert b"A1" in made


@given(st.integers(0, 16_383))
def test_letters_of_a_column_lead_back(column: int) -> None:
    assert number_of(letters(column)) == column


def test_letters_are_those_of_spreadsheets() -> None:
    assert [letters(at) for at in (0, 25, 26, 701, 702, 16_383)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
        "XFD",
    ]
