"""Workbooks: sheets as tables, places that lead back to the cell, and files that are none."""

from __future__ import annotations

import datetime
import io
import itertools
import pickle
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from culture_lint.errors import SourceError
from culture_lint.sources import spreadsheet
from culture_lint.sources.items import Item, ReadOptions, Segment, Source

from .helpers import brief, read, texts

HEADER = ["sku", "title", "description", "price"]


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(*sheets: tuple[str, Iterable[Sequence[object]]]) -> Any:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return book


def rows(*rows: Sequence[object]) -> bytes:
    return saved(workbook(("Sheet1", [HEADER, *rows])))


def cell_at(data: bytes, segment: Segment, start: int, end: int) -> str:
    """Return the characters of the workbook at the place of a segment's span."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    name, bang, header = segment.field.rpartition("!")
    sheet = book[name] if bang else book.worksheets[0]
    place = segment.places.place(start, end)
    assert place.line == place.end_line
    column = next(cell.column for cell in sheet[1] if cell.value == header)
    return str(sheet.cell(place.line, column).value)[place.column - 1 : place.end_column - 1]


def patched(data: bytes, **parts: bytes | None) -> bytes:
    """Return a workbook with parts changed, by the end of their names; None drops one."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            stem = part.filename.rpartition("/")[2].partition(".")[0]
            content = parts.get(stem, old.read(part))
            if content is not None:
                new.writestr(part.filename, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def test_a_sheet_gives_what_its_csv_twin_gives():
    lines = [["A1", "Cow mug", "<p>Holy &amp; cow</p>", "4"], ["", "", "", ""], ["A2", "Cup", "-", "9.5"]]  # fmt: skip
    sheet, _ = read(rows(*lines), "a.xlsx")
    twin, _ = read("\n".join(",".join(line) for line in [HEADER, *lines]), "a.csv")
    assert [brief(item.segments) for item in sheet] == [
        brief(item.segments) for item in twin if item.segments
    ]
    assert [(item.item, item.line) for item in sheet] == [("A1", 2), ("A2", 4)]


def test_a_place_is_a_row_and_characters_of_a_cell():
    data = rows(["A1", "Mug", "One\ntwo &amp; three", 1])
    (item,), notices = read(data, "a.xlsx")
    text = item.segments[1]
    start = text.text.index("& three")
    place = text.places.place(start, start + 1)
    assert (place.line, place.column, place.end_line, place.end_column) == (2, 9, 2, 14)
    assert text.places.source(start, start + 1) == cell_at(data, text, start, start + 1) == "&amp;"
    assert text.field == "description"
    assert "sheet “Sheet1”" in notices[0].message


PIECES = st.sampled_from([*"ab Z\"',;|\t\n<>#éß漢😀\u3042\u2028\x85\xa0", "&amp;", "<b>", "</b>", "<br/>", "&#233;"])  # fmt: skip
CELLS = st.lists(PIECES, max_size=12).map("".join)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=4))
def test_a_span_leads_to_its_characters(cells):
    names = ["title", "description", "tags"]
    lines = [names, ["Plain cup", "Plain", "x"], *cells]
    data = saved(workbook(("One", lines), ("Two", lines)))
    items, _ = read(data, "a.xlsx")
    assert len(items) == 2 * sum(1 for line in lines[1:] if any(cell.strip() for cell in line))
    book = openpyxl.load_workbook(io.BytesIO(data))
    for item in pickle.loads(pickle.dumps(items)):
        for segment in item.segments:
            _, bang, header = segment.field.rpartition("!")
            cell = book["Two" if bang else "One"].cell(item.line, names.index(header) + 1)
            for start in range(0, len(segment.text), 3):
                for end in range(start, len(segment.text) + 1, 4):
                    place = segment.places.place(start, end)
                    found = cell.value[place.column - 1 : place.end_column - 1]
                    assert segment.places.source(start, end) == found
                    assert (place.line, place.end_line) == (item.line, item.line)
            for index, char in enumerate(segment.text):
                source = segment.places.source(index, index + 1)
                assert char in (" ", "\n") or source == char or source[0] == "&"


def test_values_are_read_as_a_sheet_shows_them():
    data = saved(
        workbook(
            (
                "S",
                [
                    ["sku", "title", "description", "price", "size", "color"],
                    [8809530077443.0, "Mug", "Tea", 19.0, datetime.datetime(2026, 11, 21), True],
                    [2, "Cup", "#N/A", 0.1 + 0.2, datetime.time(9, 30), "=1+1"],
                    ["3", "Pot", "a_x000D_\nb", None, datetime.datetime(2026, 1, 1, 9), None],
                ],
            )
        )
    )
    items, notices = read(data, "a.xlsm")
    assert [item.item for item in items] == ["8809530077443", "2", "3"]
    assert [texts(item) for item in items] == [
        ["Mug", "Tea", "19", "2026-11-21", "TRUE"],
        ["Cup", "0.3", "09:30:00"],
        ["Pot", "a\r\nb", "2026-01-01 09:00:00"],
    ]
    assert "1 formulas in sheet “S” have no result" in notices[1].message


def test_a_formula_is_read_by_its_result():
    data = rows(["A1", "=B3", "x y", 1], ["A2", "Cup", "x y", 1])
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    # openpyxl writes an empty element in one way or the other, with lxml and without.
    filled = re.sub(rb"<f>B3</f><v(?: ?/>|></v>)", b"<f>B3</f><v>Holy cup</v>", sheet)
    filled = filled.replace(b'r="B2"', b'r="B2" t="str"')
    assert filled != sheet
    items, notices = read(patched(data, sheet1=filled), "a.xlsx")
    assert texts(items[0], "title") == ["Holy cup"]
    assert len(notices) == 1


def test_rich_text_is_one_text():
    book = workbook(("S", [HEADER, ["A1", "", "", 1]]))
    book["S"]["B2"] = CellRichText("Holy ", TextBlock(InlineFont(b=True), "cow"), " mug")
    (item,), _ = read(saved(book), "a.xlsx")
    assert texts(item, "title") == ["Holy cow mug"]


def test_shared_texts_are_read_without_their_phonetic_guides():
    (item,), _ = read(GOOD, "a.xlsx")
    assert texts(item) == ["Holy cow", "山田"]


def test_hidden_rows_and_merged_cells_are_read_hidden_sheets_are_not():
    book = workbook(("S", [HEADER, ["A1", "Cup", "x", 1], ["A2", "Mug", "y", 1]]), ("Old", [HEADER, ["A3", "Pot", "z", 1]]))  # fmt: skip
    book["S"].row_dimensions[2].hidden = True
    book["S"].merge_cells("B3:D3")
    book["Old"].sheet_state = "hidden"
    items, notices = read(saved(book), "a.xlsx")
    assert [texts(item) for item in items] == [["Cup", "x", "1"], ["Mug"]]
    assert notices[0].message == "sheets not read: “Old” (hidden)"


def test_further_sheets_go_by_their_names_and_instructions_are_left():
    data = saved(
        workbook(
            ("DE", [["title", "description"], ["Tasse", "Eine Tasse."]]),
            ("Empty", []),
            ("FR", [["title", "description"], ["Tasse", "Une tasse."], ["Bol", "Un bol."]]),
            ("How to", [["Fill in every column. Do not leave any cell empty."], ["Then save."]]),
        )
    )
    items, notices = read(data, "a.xlsx")
    assert [(item.item, item.segments[0].field, item.line) for item in items] == [
        ("1", "title", 2),
        ("FR!1", "FR!title", 2),
        ("FR!2", "FR!title", 3),
    ]
    assert "“Empty” (empty)" in notices[0].message
    assert "“How to”" in notices[0].message
    assert [one.message.rpartition("(")[2] for one in notices[1:]] == [
        "XLSX; sheet “DE”)",
        "XLSX; sheet “FR”)",
    ]


def test_a_header_below_a_template_is_found():
    data = saved(
        workbook(
            (
                "Template",
                [
                    ["TemplateType=fptcustom", "Version=2026"],
                    [],
                    HEADER,
                    ["A1", "Cup", "A cup.", 3],
                ],
            )
        )
    )
    (item,), notices = read(data, "a.xlsx")
    assert (item.item, item.line) == ("A1", 4)
    assert notices[1].message == "what stands above the header in row 3 is not read"


def test_columns_may_be_named_and_suppressions_are_no_text():
    data = saved(
        workbook(
            (
                "S",
                [
                    ["Nr", "Bezeichner", "culture_lint_ignore"],
                    ["1", "Kuh", "ignore[IN/cow] -- brand"],
                ],
            )
        )
    )
    (item,), _ = read(data, "a.xlsx", columns=(("title", "Bezeichner"), ("id", "Nr")))
    assert (item.item, texts(item)) == ("1", ["Kuh"])
    (directive,) = item.directives
    assert (directive.text, directive.place.line) == ("ignore[IN/cow] -- brand", 2)


def test_a_sheet_without_text_says_so():
    data = saved(workbook(("Sums", [["a", "b"], [1, 2], [3, 4]])))
    with pytest.raises(SourceError, match=r"a.xlsx: sheet “Sums”: no text column found"):
        read(data, "a.xlsx")
    with pytest.raises(SourceError, match="no sheet with anything in it"):
        read(saved(workbook(("S", []))), "a.xlsx")


MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OPEN = b'xmlns="http://schemas.openxmlformats.org/'
PARTS = {
    "[Content_Types].xml": b"<Types " + OPEN + b"""package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>
<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>
<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>
</Types>""",
    "_rels/.rels": b"<Relationships " + OPEN + b"""package/2006/relationships">
<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>
</Relationships>""",
    "xl/workbook.xml": b"<workbook " + MAIN + b""" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>""",
    "xl/_rels/workbook.xml.rels": b"<Relationships " + OPEN + b"""package/2006/relationships">
<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/>
<Relationship Id="r3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>
</Relationships>""",
    "xl/styles.xml": b"<styleSheet " + MAIN + b"/>",
    "xl/worksheets/sheet1.xml": b"<worksheet " + MAIN + b"""><sheetData>
<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>
<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" t="s"><v>3</v></c></row></sheetData></worksheet>""",
    "xl/sharedStrings.xml": b"<sst " + MAIN + b"""><si><t>title</t></si><si><t>description</t></si>
<si><r><t>Holy </t></r><r><rPr><b/></rPr><t>cow</t></r></si>
<si><t>\xe5\xb1\xb1\xe7\x94\xb0</t><rPh sb="0" eb="2"><t>yamada</t></rPh></si></sst>""",
}  # fmt: skip


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


GOOD = packed(PARTS)
BOMB = b"<x>" + b" " * (spreadsheet._BIG + 1) + b"</x>"
DOCTYPE = (
    b'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&b;</t></si></sst>'
)
EXTERNAL = DOCTYPE.replace(b'<!ENTITY a "aaaaaaaaaa">', b'<!ENTITY a SYSTEM "file:///etc/passwd">')
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b"sku,title\n1,Cup\n", "no workbook .*is it CSV"),
        (OLE, "old XLS format"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "without a password"),
        (GOOD[: len(GOOD) // 2], "damaged or cut-off"),
        (b"PK\x03\x04" + b"\0" * 100, "damaged or cut-off"),
        (patched(GOOD, workbook=b"<workbook"), "damaged"),
        (patched(GOOD, sharedStrings=BOMB), "unpacks to 16 MB"),
        (patched(GOOD, sharedStrings=DOCTYPE), "declares XML entities"),
        (patched(GOOD, sheet1=EXTERNAL), "declares XML entities"),
        (patched(GOOD, sharedStrings=DOCTYPE.decode().encode("utf-16")), "declares XML entities"),
        (patched(GOOD, workbook=None), "damaged"),
        (
            patched(GOOD, workbook=b'<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>'),
            "Strict form of Open XML",
        ),
    ],
)  # fmt: skip
def test_what_is_no_sound_workbook_is_told_in_one_line(data, message):
    with pytest.raises(SourceError, match=rf"^a.xlsx: .*{message}") as error:
        read(data, "a.xlsx")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "styles",
    [
        b"<a>",
        b"<styleSheet " + MAIN + b"><fills><fill/></fills></styleSheet>",
        b"<styleSheet " + MAIN + b"><cellXfs><xf numFmtId='x'/></cellXfs></styleSheet>",
    ],
)
def test_styles_that_other_programs_get_wrong_cost_only_dates(styles):
    (item,), notices = read(patched(GOOD, styles=styles), "a.xlsx")
    assert texts(item) == ["Holy cow", "山田"]
    assert notices[0].message == "its styles cannot be read, so that dates are read as numbers"


def test_properties_that_make_no_sense_are_nothing_to_us():
    data = rows(["A1", "Cup", "x", 1])
    core = zipfile.ZipFile(io.BytesIO(data)).read("docProps/core.xml")
    odd = re.sub(rb">[^<]*T[^<]*Z<", b">yesterday<", core)
    assert odd != core
    (item,), notices = read(patched(data, core=odd, theme1=b"<", app=b"<"), "a.xlsx")
    assert (texts(item, "title"), len(notices)) == (["Cup"], 1)


def test_a_zip_that_is_no_workbook_is_told():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    with pytest.raises(SourceError, match="no workbook"):
        read(out.getvalue(), "a.xlsx")


def sheet_xml(inner: bytes) -> bytes:
    return (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<dimension ref="A1:XFD1048576"/><sheetData>'
        + b'<row r="1"><c r="A1" t="inlineStr"><is><t>title</t></is></c></row>'
        + b'<row r="2"><c r="A2" t="inlineStr"><is><t>Holy cup</t></is></c></row>'
        + inner
        + b"</sheetData></worksheet>"
    )


@pytest.mark.parametrize(
    ("inner", "message"),
    [
        (b'<row r="99999999999"><c><v>1</v></c></row>', "a.xlsx:1048576: .*beyond"),
        (b'<row r="3"><c r="A3"><v>1', "damaged"),
        (b'<row r="x"><c><v>1</v></c></row>', "damaged"),
        (b'<row r="3"><c r="A3" t="s"><v>99</v></c></row>', "damaged"),
    ],
)
def test_a_sheet_that_breaks_off_gives_its_items_first(inner, message):
    filled = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(3, 400))
    data = patched(GOOD, sheet1=sheet_xml(filled.encode() + inner))
    found = spreadsheet.read(Source("a.xlsx", data), ReadOptions())
    items = list(itertools.islice((one for one in found if isinstance(one, Item)), 300))
    assert texts(items[0]) == ["Holy cup"]
    assert len(items) == 300
    with pytest.raises(SourceError, match=message):
        list(found)


def test_a_false_size_costs_nothing():
    (item,), _ = read(patched(GOOD, sheet1=sheet_xml(b"")), "a.xlsx")
    assert texts(item) == ["Holy cup"]


def test_a_gap_to_the_last_row_is_passed_over():
    last = b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>Last mug</t></is></c></row>'
    items, _ = read(patched(GOOD, sheet1=sheet_xml(last)), "a.xlsx")
    assert [(item.line, texts(item)) for item in items] == [
        (2, ["Holy cup"]),
        (1048576, ["Last mug"]),
    ]


def test_a_row_wider_than_the_header_is_told():
    many = [[f"A{n}", "Cup", "x", 1] for n in range(400)]
    data = saved(workbook(("S", [HEADER, *many, ["Z", "Cup", "x", 1, "more"]])))
    items, notices = read(data, "a.xlsx")
    assert len(items) == 401
    assert (notices[-1].message, notices[-1].line) == ("5 cells here, 4 columns in the header", 402)


def test_an_endless_cell_is_refused(monkeypatch):
    monkeypatch.setattr(spreadsheet, "LONGEST_RECORD", 1000)
    with pytest.raises(SourceError, match=r"a.xlsx:3: this row is longer than 1,000 characters"):
        read(rows(["A1", "Cup", "x", 1], ["A2", "Cup", "x" * 2000, 1]), "a.xlsx")
