"""Fixes in workbooks: only the cell's text changes, whoever shares it; Parquet is left alone."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from tests.fixing.conftest import Fix


def workbook(
    rows: list[list[Any]], *, more: dict[str, list[list[Any]]] | None = None, shared: bool = True
) -> bytes:
    """Return a workbook with a sheet of rows, and others; texts stand in cells or in a table."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Shop & more"
    for row in rows:
        sheet.append(row)
    sheet["B2"].font = Font(bold=True)
    for title, others in (more or {}).items():
        extra = book.create_sheet(title)
        for row in others:
            extra.append(row)
    out = io.BytesIO()
    book.save(out)
    return with_table(out.getvalue()) if shared else out.getvalue()


def with_table(data: bytes) -> bytes:
    """Return a workbook whose texts stand in a table that cells share, as spreadsheets save it."""
    texts: dict[str, int] = {}

    def moved(found: re.Match[str]) -> str:
        number = texts.setdefault(found[2], len(texts))
        return f'{found[1]} t="s"><v>{number}</v></c>'

    made = parts(data)
    count = 0
    for name in made:
        if name.startswith("xl/worksheets/"):
            cells = r'(<c [^<>]*) t="inlineStr"><is>(.*?)</is></c>'
            text, found = re.subn(cells, moved, made[name].decode())
            made[name], count = text.encode(), count + found
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    entries = "".join(f"<si>{one}</si>" for one in texts)
    made["xl/sharedStrings.xml"] = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
        f'<sst xmlns="{main}" count="{count}" uniqueCount="{len(texts)}">{entries}</sst>'
    ).encode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    types = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    name = "[Content_Types].xml"
    made[name] = made[name].replace(b"</Types>", types.encode())
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relation = f'<Relationship Id="rId99" Type="{kind}" Target="sharedStrings.xml"/>'
    name = "xl/_rels/workbook.xml.rels"
    made[name] = made[name].replace(b"</Relationships>", f"{relation}</Relationships>".encode())
    return packed(made)


def packed(made: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, part in made.items():
            target.writestr(name, part)
    return out.getvalue()


HEAD = ["sku", "title", "description", "language"]


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def rows_of(data: bytes, sheet: int = 0) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [tuple(row) for row in book.worksheets[sheet].iter_rows(values_only=True)]


def test_only_the_cell_changes_and_not_those_that_share_its_text(fix: Fix) -> None:
    data = workbook(
        [
            [*HEAD, "note"],
            ["A1", "A moonhorse cup", "It's <plain> & big", "en", "A moonhorse cup"],
            ["A2", "A cup", "Plain", "en", 1.5],
        ]
    )
    found = fix("l.xlsx", data)
    assert found is not None
    assert [one.new for one in found.applied] == ["sunlion"]
    assert rows_of(found.new) == [
        (*HEAD, "note"),
        ("A1", "A sunlion cup", "It's <plain> & big", "en", "A moonhorse cup"),
        ("A2", "A cup", "Plain", "en", 1.5),
    ]
    assert openpyxl.load_workbook(io.BytesIO(found.new)).active["B2"].font.bold
    old, new = parts(data), parts(found.new)
    assert list(old) == list(new)
    changed = {name for name in old if old[name] != new[name]}
    assert changed == {"xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"}
    # The table of texts grew at its end, and the sheet differs in one number.
    before, after = old["xl/sharedStrings.xml"].decode(), new["xl/sharedStrings.xml"].decode()
    added = "<si><t>A sunlion cup</t></si></sst>"
    assert after.replace('uniqueCount="13"', 'uniqueCount="12"') == before.replace("</sst>", added)
    assert len(new["xl/worksheets/sheet1.xml"]) == len(old["xl/worksheets/sheet1.xml"]) + 1
    again = fix("l.xlsx", found.new)
    assert again is None or again.new == found.new
    assert fix("l.xlsx", data) == found  # the same bytes every time


@pytest.mark.parametrize("shared", [False, True])
def test_quotes_and_ampersands(shared: bool, fix: Fix) -> None:
    rows = [HEAD, ["A1", "A snark <cup>", "Plain", "en"]]
    found = fix("l.xlsx", workbook(rows, shared=shared))
    assert found is not None
    assert rows_of(found.new)[1][1] == 'A shepherd\'s "salt" & pepper <cup>'


def test_each_sheet_has_its_own_cells(fix: Fix) -> None:
    listing = [HEAD, ["A1", "A moonhorse cup", "Plain", "en"]]
    other = [HEAD, ["B1", "Plain cup", "One vleem here", "en"]]
    found = fix("l.xlsx", workbook(listing, more={"Other": other}))
    assert found is not None
    assert rows_of(found.new, 0)[1][1] == "A sunlion cup"
    assert rows_of(found.new, 1)[1][2] == "One pine here"
    assert {one.where for one in found.hunks} == {"Shop & more!B2", "Other!C2"}


@pytest.mark.parametrize("shared", [False, True])
def test_formatting_inside_a_cell_stays(shared: bool, fix: Fix) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEAD)
    sheet.append(["A1", "Cup", "x", "en"])
    sheet.append(["A2", "Cup", "x", "en"])
    bold = InlineFont(b=True)
    sheet["C2"] = CellRichText("A ", TextBlock(bold, "moonhorse"), " here")
    sheet["C3"] = CellRichText("A golden ", TextBlock(bold, "vleem"), " here")
    out = io.BytesIO()
    book.save(out)
    found = fix("l.xlsx", with_table(out.getvalue()) if shared else out.getvalue())
    assert found is not None
    read = openpyxl.load_workbook(io.BytesIO(found.new), rich_text=True).active
    assert read["C2"].value == CellRichText("A ", TextBlock(bold, "sunlion"), " here")
    # Half of the words are bold: what replaces them could not be.
    assert read["C3"].value == CellRichText("A golden ", TextBlock(bold, "vleem"), " here")
    assert [one.why for one in found.declined] == ["its formatting changes within these words"]


def test_texts_that_stand_in_the_cells_themselves(fix: Fix) -> None:
    data = workbook([HEAD, ["A1", "A moonhorse cup", "Plain", "en"]], shared=False)
    found = fix("l.xlsx", data)
    assert found is not None
    old, new = parts(data), parts(found.new)
    assert {name for name in old if old[name] != new[name]} == {"xl/worksheets/sheet1.xml"}
    sheet = "xl/worksheets/sheet1.xml"
    assert new[sheet] == old[sheet].replace(b"moonhorse", b"sunlion")


def test_what_a_formula_says_is_left_alone(fix: Fix) -> None:
    data = workbook([HEAD, ["A1", "Cup", "x", "en"]])
    made = parts(data)
    name = "xl/worksheets/sheet1.xml"
    text = made[name].decode()
    start = text.index('<c r="C2"')
    cell = '<c r="C2" t="str"><f>"A "&amp;"moonhorse"</f><v>A moonhorse</v></c>'
    made[name] = (text[:start] + cell + text[text.index("</c>", start) + 4 :]).encode()
    found = fix("l.xlsx", packed(made))
    assert found is not None
    assert found.new == found.old
    assert [one.why for one in found.declined] == ["its cell cannot be found"]


def test_parquet_is_not_written(fix: Fix) -> None:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    out = io.BytesIO()
    table = {"sku": ["A1"], "title": ["A moonhorse cup"], "language": ["en"]}
    pq.write_table(pa.table(table), out)
    found = fix("l.parquet", out.getvalue())
    assert found is not None
    assert found.new == found.old == out.getvalue()
    assert "Parquet" in found.declined[0].why
