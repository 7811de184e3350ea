"""The workbook given back annotated, read again by openpyxl, calamine and LibreOffice."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from python_calamine import CalamineWorkbook

from culture_lint.errors import SettingsError
from culture_lint.reports.registry import ReportOptions
from culture_lint.reports.sheets import comments as comments_module
from culture_lint.reports.xlsx_sheet import XlsxReporter
from culture_lint.results import Suggestion
from culture_lint.sources.items import Item, ReadOptions, Source
from culture_lint.sources.registry import reader_for
from tests.command import LISTING, Command
from tests.reports.hostile import ATTACK, ATTACKS, FORBIDDEN
from tests.reports.samples import finding, item
from tests.reports.test_csv_sheet import ADDED, INFO, SUMMARY, UNSAFE, VERDICT

ROWS = [
    ["sku", "title", "description", "price"],
    ["A1", "Holy cow mug", "A mug, plain and white.", 3.5],
    ["A2", "Oak table", "A plain table.", 30],
    ["A3", "Cup", "Say holy cow twice: holy cow.", 12],
]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
RED = "FFFFCF94"  # the ground of a major finding


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def plain(rows: list[list[Any]] = ROWS) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    return saved(book)


def annotated(
    *inputs: tuple[str, bytes],
    match: str = "holy cow",
    alternatives: tuple[Suggestion, ...] = UNSAFE,
    message: str = "“sign” clashes here.",
) -> bytes:
    """Return inputs annotated as if every ``match`` in them were a finding."""
    sources = tuple((Source(name, data), ReadOptions()) for name, data in inputs)
    out = io.BytesIO()
    made = XlsxReporter(out, INFO, ReportOptions(inputs=sources))
    for source, options in sources:
        read = reader_for(source.path)
        assert read is not None
        for one in read(source, options):
            if isinstance(one, Item):
                found = []
                for segment in one.segments:
                    found += [
                        finding(
                            field=segment.field,
                            place=segment.places.place(*at.span()),
                            text=segment.places.source(*at.span()),
                            alternatives=alternatives,
                            points={"AA": 60.0},
                            message=message,
                        )
                        for at in re.finditer(match, segment.text.lower())
                    ]
                scores = {"AA": 40.0 if found else 100.0, "BB": 100.0}
                report = item(scores, *found, path=source.path, line=one.line, item=one.item)
                made.take(made.prepare(report))
    made.finish(SUMMARY, VERDICT)
    data = out.getvalue()
    sound(data)
    return data


def sound(data: bytes) -> None:
    """Every part is XML, everything that is related is there, no row or cell is out of order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        assert len(names) == len(set(names))
        types = archive.read("[Content_Types].xml").decode()
        for name in names:
            if name.endswith((".xml", ".rels", ".vml")):
                root = ET.fromstring(archive.read(name))
                if name.endswith(".rels"):
                    folder = Path(name).parent.parent
                    for one in root:
                        target = one.get("Target", "")
                        where = target[1:] if target.startswith("/") else str(folder / target)
                        where = str(Path("/", where).resolve().relative_to("/"))
                        assert one.get("TargetMode") == "External" or where in names, where
                if "/worksheets/" in name and name.endswith(".xml"):
                    in_order(root)
            assert name.endswith((".rels", "/")) or f"/{name}" in types or "Extension" in types
        for name in re.findall(r'PartName="/([^"]+)"', types):
            assert name in names


def in_order(root: ET.Element) -> None:
    last_row = 0
    for row in root.iter("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}row"):
        number = int(row.get("r", last_row + 1))
        assert number > last_row
        last_row = number
        columns = [re.sub(r"\d", "", cell.get("r", "")) for cell in row if cell.get("r")]
        assert columns == sorted(columns, key=lambda name: (len(name), name))
        assert len(columns) == len(set(columns))


def book_of(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data))


def calamine(data: bytes, sheet: int = 0) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(sheet).to_python()


def test_workbook_of_a_run(command: Command) -> None:
    rows = [
        ["sku", "title", "description"],
        ["A1", "Holy cow mug", "A mug."],
        ["A2", "Oak", "Plain."],
    ]
    command.write("l.xlsx", plain(rows))
    command("check", "l.xlsx", "-m", "AA,BB", "-f", "xlsx", "-o", "out.xlsx", code=1)
    data = (command.folder / "out.xlsx").read_bytes()
    sound(data)
    read = calamine(data)
    assert [row[:3] for row in read] == rows
    assert read[0][3:8] == ADDED
    assert read[1][5] == "blocker"
    assert read[1][-1] == "wow mug" or read[1][-1] == "Wow mug"
    sheet = book_of(data).worksheets[0]
    assert sheet["B2"].fill.fgColor.rgb == "FFF4A6A6"
    assert sheet["B3"].fill.fill_type is None
    assert "Instead: “wow”" in sheet["B2"].comment.text
    assert "Why: read badly in the test market" in sheet["B2"].comment.text
    assert sheet.auto_filter.ref == "A1:I3"
    overview = calamine(data, 1)
    assert overview[1][0] == "Gate failed (fail on major)"
    assert overview[2][1] == "AA: 1 finding, worst blocker"
    assert [row[0] for row in overview if row[0]][:5] == [
        overview[0][0], overview[1][0], "Market", "AA", "BB",
    ]  # fmt: skip


def test_nothing_else_in_the_workbook_changes() -> None:
    data = rich()
    out = annotated(("l.xlsx", data))
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(io.BytesIO(out)) as after:
        changed = {n for n in before.namelist() if before.read(n) != after.read(n)}
        assert changed == {
            "[Content_Types].xml",
            "xl/_rels/workbook.xml.rels",
            "xl/comments/comment1.xml",
            "xl/drawings/commentsDrawing1.vml",
            "xl/styles.xml",
            "xl/workbook.xml",
            "xl/worksheets/sheet1.xml",
        }
        new = set(after.namelist()) - set(before.namelist())
        assert new == {"xl/worksheets/culture_lint1.xml"}
        assert any(name.startswith("xl/media/") for name in before.namelist())
        assert any(name.startswith("xl/charts/") for name in before.namelist())
    old, read = book_of(data).worksheets[0], book_of(out).worksheets[0]
    for row in old.iter_rows():
        for cell in row:
            same = read[cell.coordinate]
            assert same.value == cell.value
            assert same.number_format == cell.number_format
            assert repr(same.font) == repr(cell.font)
            assert repr(same.border) == repr(cell.border)
            if repr(same.fill) != repr(cell.fill):
                assert same.fill.fgColor.rgb == RED
    assert read["E3"].value == "=D3*2"
    assert read["B3"].fill.fgColor.rgb == RED
    assert read["B3"].number_format == "@"
    assert {str(one) for one in read.merged_cells.ranges} == {"B1:C1"}
    assert read.column_dimensions["F"].hidden
    assert read.column_dimensions["B"].width == 44
    assert read.freeze_panes == "A3"
    assert len(read.data_validations.dataValidation) == 1
    assert len(read.conditional_formatting) == 1
    assert read["C4"].comment.text == "Ask Ann."
    assert read["B3"].comment.text.startswith("Keep this.\n\nculture-lint:\nMAJOR AA -60.0")
    assert book_of(out).sheetnames == ["Listing", "Prices", "culture-lint"]


def rich() -> bytes:
    """Return a workbook with two rows of headings, and much that a library would lose."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Listing"
    sheet.append(["", "For shoppers", None, "Money"])
    sheet.merge_cells("B1:C1")
    sheet.append(["sku", "title", "description", "price", "double", "note"])
    sheet.append(["A1", "Holy cow mug", "A mug, plain and white.", 3.5, "=D3*2", "secret"])
    sheet.append(["A2", "Oak table", "A plain table.", 30, "=D4*2", "secret"])
    sheet.append(["A3", "Cup", "Say holy cow twice.", 12, "=D5*2", "secret"])
    for cell in sheet[2]:
        cell.font = Font(bold=True)
    sheet["B3"].number_format = "@"
    sheet["D3"].number_format = '"€" 0.00'
    sheet["A4"].fill = PatternFill("solid", fgColor="FF00B050")
    sheet["B3"].comment = Comment("Keep this.", "Ann")
    sheet["C4"].comment = Comment("Ask Ann.", "Ann")
    sheet.column_dimensions["B"].width = 44
    sheet.column_dimensions["F"].hidden = True
    sheet.freeze_panes = "A3"
    choice = DataValidation(type="list", formula1='"A1,A2,A3"')
    sheet.add_data_validation(choice)
    choice.add("A3:A5")
    sheet.conditional_formatting.add(
        "D3:D5", CellIsRule(operator="greaterThan", formula=["20"], font=Font(bold=True))
    )
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=4, min_row=2, max_row=5), titles_from_data=True)
    sheet.add_chart(chart, "H12")
    book.create_sheet("Prices")["A1"] = "=Listing!D3"
    return with_parts(
        saved(book),
        {"xl/media/image1.png": b"\x89PNG not looked at", "customXml/item1.xml": b"<any/>"},
    )


def with_parts(data: bytes, parts: dict[str, bytes]) -> bytes:
    """Return a workbook with parts added, or in place of those it has."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
        for name in parts.keys() - set(old.namelist()):
            new.writestr(name, parts[name])
    return out.getvalue()


def part(data: bytes, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    return zipfile.ZipFile(io.BytesIO(data)).read(name)


def test_the_worst_finding_of_a_cell_colours_it_and_all_are_told() -> None:
    sheet = book_of(annotated(("l.xlsx", plain()))).worksheets[0]
    assert sheet["C4"].fill.fgColor.rgb == RED
    assert sheet["C4"].comment.text.count("MAJOR AA") == 2
    assert sheet["K4"].value == "Say wow twice: wow."
    assert [sheet.cell(1, at).value for at in range(5, 10)] == ADDED
    assert sheet["E2"].value == 40
    assert sheet["E2"].number_format == "0.0"
    assert sheet["E3"].value == 100


def test_duplicate_names_are_told_apart_by_their_text() -> None:
    rows = [["sku", "title", "title", "description"], ["A1", "plain", "a holy cow", "x y z"]]
    sheet = book_of(annotated(("l.xlsx", plain(rows)))).worksheets[0]
    assert sheet["B2"].fill.fill_type is None
    assert sheet["C2"].fill.fgColor.rgb == RED


def test_columns_stand_beside_the_widest_row() -> None:
    rows = [*ROWS, ["A4", "Bowl", "Holy cow", 1, None, None, "a remark at the side"]]
    read = calamine(annotated(("l.xlsx", plain(rows))))
    assert read[0][7:12] == ADDED
    assert read[4][6:8] == ["a remark at the side", 40.0]


def test_several_sheets_get_their_own_findings() -> None:
    book = Workbook()
    for number, name in enumerate(["One", "Two"]):
        sheet: Any = book.active if not number else book.create_sheet(name)
        sheet.title = name
        sheet.append(["sku", "title", "description"])
        sheet.append([f"{name}1", "Mug" if number else "Holy cow", "plain words here"])
        if number:
            sheet.append([])
        sheet.append([f"{name}2", "Holy cow" if number else "Mug", "plain words here"])
    made = annotated(("l.xlsx", saved(book)))
    one, two = book_of(made).worksheets[:2]
    assert (one["D2"].value, one["D3"].value) == (40, 100)
    assert (two["D2"].value, two["D4"].value) == (100, 40)
    assert two["B4"].fill.fgColor.rgb == RED
    cells = [cell for row in book_of(made)["culture-lint"].iter_rows() for cell in row]
    links = {cell.hyperlink.location for cell in cells if cell.hyperlink}
    assert links == {"'One'!A2", "'Two'!A4"}


def prefixed(data: bytes) -> bytes:
    """Return a workbook whose sheet has a prefix on every element, as some programs write it."""
    sheet = part(data).decode()
    sheet = re.sub(r"<(/?)([A-Za-z])", r"<\1x:\2", sheet.split("?>", 1)[-1])
    return with_parts(
        data, {"xl/worksheets/sheet1.xml": sheet.replace("xmlns=", "xmlns:x=").encode()}
    )


def unnumbered(data: bytes) -> bytes:
    """Return a workbook whose rows and cells do not say where they stand."""
    sheet = re.sub(rb'(<(?:row|c)\b[^>]*?) r="\w+"', rb"\1", part(data))
    return with_parts(data, {"xl/worksheets/sheet1.xml": sheet})


def commented(data: bytes) -> bytes:
    """Return a workbook with XML comments that look like the end of a row."""
    sheet = part(data).replace(b"<c ", b"<!-- </row> <c r='Z9'/> --><c ", 1)
    return with_parts(data, {"xl/worksheets/sheet1.xml": sheet})


def shared(data: bytes) -> bytes:
    """Return a workbook with its texts in a table of their own, as most programs write it."""
    texts: list[str] = []

    def number(found: re.Match[str]) -> str:
        texts.append(found[2])
        return f'{found[1]} t="s"><v>{len(texts)}</v></c>'

    pattern = r'(<c r="\w+") t="inlineStr"><is><t>([^<]*)</t></is></c>'
    sheet = re.sub(pattern, number, part(data).decode())
    assert 't="s"' in sheet
    runs = [
        f"<si><r><t>{one[:3]}</t></r><r><rPr><b/></rPr><t xml:space='preserve'>{one[3:]}</t></r></si>"
        for one in texts
    ]
    table = f'<sst xmlns="{MAIN}"><si/>{"".join(runs)}</sst>'
    relations = part(data, "xl/_rels/workbook.xml.rels").decode()
    new = f'<Relationship Id="rIdS" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
    types = part(data, "[Content_Types].xml").decode()
    kind = f"{TYPES}.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/>'
    return with_parts(
        data,
        {
            "xl/worksheets/sheet1.xml": sheet.encode(),
            "xl/sharedStrings.xml": table.encode(),
            "xl/_rels/workbook.xml.rels": relations.replace(
                "</Relationships>", f"{new}</Relationships>"
            ).encode(),
            "[Content_Types].xml": types.replace("</Types>", f"{override}</Types>").encode(),
        },
    )


@pytest.mark.parametrize("change", [prefixed, unnumbered, commented, shared])
def test_other_ways_to_write_a_sheet(change: Any) -> None:
    out = annotated(("l.xlsx", change(plain())))
    read = calamine(out)
    assert [row[:4] for row in read] == calamine(plain())
    assert [row[4] for row in read[1:]] == [40, 100, 40]
    sheet = book_of(out).worksheets[0]
    assert sheet["B2"].fill.fgColor.rgb == RED
    assert sheet["C4"].comment is not None
    assert read[3][-1] == "Say wow twice: wow."


def test_filters_and_tables_stay_and_ours_stands_beside_a_table() -> None:
    book = load_workbook(io.BytesIO(plain()))
    book.active.auto_filter.ref = "A1:D4"  # type: ignore[union-attr]
    assert book_of(annotated(("l.xlsx", saved(book)))).worksheets[0].auto_filter.ref == "A1:K4"
    book = load_workbook(io.BytesIO(plain()))
    book.active.add_table(Table(displayName="Goods", ref="A1:D4"))  # type: ignore[union-attr]
    sheet = book_of(annotated(("l.xlsx", saved(book)))).worksheets[0]
    assert sheet.tables["Goods"].ref == "A1:D4"
    assert sheet.auto_filter.ref == "E1:K4"


def test_an_annotated_workbook_is_annotated_anew() -> None:
    once = annotated(("l.xlsx", plain()))
    book = load_workbook(io.BytesIO(once))  # as if somebody had mended and saved it
    book.worksheets[0]["B2"] = "Fine mug"
    again = annotated(("l.xlsx", saved(book)))
    sheets = book_of(again)
    assert sheets.sheetnames == ["Sheet", "culture-lint"]
    sheet = sheets.worksheets[0]
    assert [cell.value for cell in sheet[1]][4:] == [*ADDED, "culture_lint_suggested_description"]
    assert sheet["B2"].fill.fill_type in (None, "none")
    assert sheet["B2"].comment is None
    assert [cell.value for cell in sheet[2]][4:6] == [100, 100]
    assert sheet["C4"].fill.fgColor.rgb == RED
    assert sheet["C4"].comment.text.count("culture-lint:") == 1
    assert annotated(("l.xlsx", once)) is not None


def test_comments_of_an_earlier_run_go_whoever_is_said_to_have_written_them() -> None:
    book = load_workbook(io.BytesIO(plain()))
    book.active["B2"].comment = Comment("My own note.", "Ann")  # type: ignore[index]
    once = annotated(("l.xlsx", saved(book)))
    assert (
        book_of(once).worksheets[0]["B2"].comment.text.startswith("My own note.\n\nculture-lint:")
    )
    mended = load_workbook(io.BytesIO(once))
    sheet: Any = mended.worksheets[0]
    sheet["B2"], sheet["C4"] = "Fine mug", "Say nothing of it."
    for place in ("B2", "C4"):  # openpyxl makes one run of all; others forget the author
        sheet[place].comment = Comment(sheet[place].comment.text, " ")
    again = book_of(annotated(("l.xlsx", saved(mended)))).worksheets[0]
    assert again["B2"].comment.text == "My own note."
    assert again["C4"].comment is None


def test_what_we_added_is_not_checked(command: Command) -> None:
    command.write("l.xlsx", plain())
    command("check", "l.xlsx", "-m", "AA", "-f", "xlsx", "-o", "out.xlsx", code=1)
    before = command("check", "l.xlsx", "-m", "AA", "-f", "json", code=1).json["summary"]
    after = command("check", "out.xlsx", "-m", "AA", "-f", "json", code=1).json["summary"]
    assert after["findings"] == before["findings"]
    assert after["items"] == before["items"]


FORMULAS = ["=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")']


@pytest.mark.parametrize("start", FORMULAS)
def test_formula_like_text_of_a_csv_is_text(start: str) -> None:
    quoted = '"' + f"{start} holy cow".replace('"', '""') + '"'
    data = f"sku,title,description\nA1,{quoted},=1+1\nA2,+49 170 1234567,text\n".encode()
    out = annotated(("l.csv", data))
    sheet = book_of(out).worksheets[0]
    for row in sheet.iter_rows():
        for cell in row:
            assert cell.data_type != "f", cell.coordinate
    assert sheet["B2"].value == f"{start} holy cow"
    assert sheet["B2"].quotePrefix or sheet["B2"].fill.fgColor.rgb == RED
    assert sheet["C2"].value == "=1+1"
    assert sheet["C2"].quotePrefix
    assert sheet["B3"].quotePrefix
    assert b"<f>" not in part(out)


def test_formula_like_suggestions_are_text() -> None:
    rows = [["sku", "title", "description"], ["A1", "+ holy cow", "words"]]
    sheet = book_of(annotated(("l.xlsx", plain(rows)))).worksheets[0]
    last = sheet.cell(2, sheet.max_column)
    assert last.value == "+ wow"
    assert last.data_type == "s"
    assert last.quotePrefix


HOSTILE = "=1\x1b[31m\u202e<script>alert(1)</script>]]>&amp;_x0041_\r\n\x00\ud800'\""


def test_hostile_text_is_text() -> None:
    rows = [["sku", "title", "description"], ["A1", "holy cow <b>&amp;</b> _x0042_", "words"]]
    out = annotated(("l.xlsx", plain(rows)), message=HOSTILE)
    sheet = book_of(out).worksheets[0]
    found = sheet["G2"].value
    assert "<script>alert(1)</script>]]>&amp;" in found
    assert "\x1b" not in found
    assert "\u202e" not in found
    assert "\n" not in found
    assert sheet["B2"].value == "holy cow <b>&amp;</b> _x0042_"
    csv = b'sku,title,description\nA1,"holy cow \x1b[31m _x0041_ <b> ]]> \x07",words\n'
    made = annotated(("l.csv", csv), message=HOSTILE)
    # openpyxl leaves what is escaped as it is; calamine undoes it
    assert calamine(made)[1][1] == "holy cow \x1b[31m _x0041_ <b> ]]> \x07"
    assert "<script>" in book_of(made).worksheets[0]["B2"].comment.text


@pytest.mark.parametrize("attack", [ATTACK, *ATTACKS])
def test_attacks_are_inert_in_what_we_add(attack: str) -> None:
    alternatives = (Suggestion(attack, "en", (), "unsafe"),)
    rows = [["sku", "title", "description"], ["A1", "Holy cow mug", "words"]]
    message = f"{attack} clashes"
    out = annotated(("l.xlsx", plain(rows)), alternatives=alternatives, message=message)
    comments = []
    for sheet in book_of(out):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert not set(str(cell.value)) & set(FORBIDDEN)
                if cell.comment is not None:
                    comments.append(cell.comment.text)
    assert len(comments) == 1
    assert "clashes" in comments[0]
    assert not set(comments[0]) & set(FORBIDDEN)


def test_long_text_is_cut_and_told(command: Command) -> None:
    long = "holy cow " + "word " * 8000
    command.write("l.csv", f"sku,title,description\nA1,Mug,{long}\n")
    command("check", "l.csv", "-m", "AA", "-f", "xlsx", "-o", "out.xlsx")
    data = (command.folder / "out.xlsx").read_bytes()
    sound(data)
    text = calamine(data)[1][2]
    assert len(text) == 32_767
    assert text.endswith("…")
    assert any("32,767 characters" in str(cell) for row in calamine(data, 1) for cell in row)


def test_comments_are_for_the_gravest_where_there_are_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from culture_lint.reports.sheets import book

    monkeypatch.setattr(book, "MOST", 2)
    assert comments_module.MOST == 5_000
    rows = [["sku", "title"], *([f"A{number}", "holy cow mug"] for number in range(5))]
    out = annotated(("l.xlsx", plain(rows)))
    sheet = book_of(out).worksheets[0]
    assert [cell.comment is not None for cell in sheet["B"][1:]] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert all(cell.fill.fgColor.rgb == RED for cell in sheet["B"][1:])
    assert any("Comments stand on 2 cells" in str(row[0]) for row in calamine(out, 1))


def test_several_csv_files_make_a_workbook(command: Command) -> None:
    command.write("one/l.csv", LISTING)
    command.write("two/l.csv", LISTING)
    command.write(
        "a[b]:c*very long name of a file that goes on and on.csv".replace(":", ""), LISTING
    )
    command("check", ".", "-m", "AA,BB", "-f", "xlsx", "-o", "out.xlsx", code=1)
    data = (command.folder / "out.xlsx").read_bytes()
    sound(data)
    names = book_of(data).sheetnames
    assert names == ["a b c very long name of a file", "l", "l (2)", "culture-lint"]
    assert all(len(name) <= 31 for name in names)
    sheet = book_of(data)["l (2)"]
    assert sheet["B2"].fill.fgColor.rgb == "FFF4A6A6"
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold


def test_equal_input_gives_equal_bytes(command: Command) -> None:
    command.write("l.csv", LISTING)
    for name in ("a.xlsx", "b.xlsx"):
        command("check", "l.csv", "-m", "AA,BB", "-f", "xlsx", "-o", name, code=1)
    assert (command.folder / "a.xlsx").read_bytes() == (command.folder / "b.xlsx").read_bytes()


def test_input_without_findings_is_a_workbook_too(command: Command) -> None:
    command.write("l.csv", "sku,title,language\nB1,Oak table,en\n")
    command("check", "l.csv", "-m", "AA", "-f", "xlsx", "-o", "out.xlsx", code=0)
    data = (command.folder / "out.xlsx").read_bytes()
    sound(data)
    assert calamine(data)[1][3] == 100
    assert calamine(data, 1)[1][0] == "Gate passed (fail on major)"


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["a.xlsx", "b.csv"], "check it by itself"),
        (["a.jsonl"], "use --format html or json"),
        (["a.parquet"], "use --format html or json"),
    ],
)
def test_what_cannot_be_given_back_is_told(names: list[str], said: str) -> None:
    inputs = tuple((Source(name, b""), ReadOptions()) for name in names)
    with pytest.raises(SettingsError, match=said):
        XlsxReporter(io.BytesIO(), INFO, ReportOptions(inputs=inputs))


def test_csv_of_a_workbook_is_told(command: Command) -> None:
    command.write("l.xlsx", plain())
    ran = command("check", "l.xlsx", "-m", "AA", "-q", "-f", "csv", "-o", "o.csv", code=2)
    assert "use --format xlsx" in ran.error
    assert not (command.folder / "o.csv").exists()


def test_libreoffice_opens_it(command: Command) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    (command.folder / "rich.xlsx").write_bytes(annotated(("l.xlsx", rich())))
    (command.folder / "new.xlsx").write_bytes(annotated(("l.csv", LISTING.encode())))
    profile = (command.folder / "profile").as_uri()
    subprocess.run(
        [
            office,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "ods",
            "rich.xlsx",
            "new.xlsx",
        ],
        cwd=command.folder,
        check=True,
        capture_output=True,
        timeout=300,
    )
    rich_rows = CalamineWorkbook.from_path(str(command.folder / "rich.ods"))
    assert rich_rows.sheet_names == ["Listing", "Prices", "culture-lint"]
    assert rich_rows.get_sheet_by_index(0).to_python()[2][6] == 40
    with zipfile.ZipFile(command.folder / "rich.ods") as archive:
        content = archive.read("content.xml").decode()
    assert content.count("<office:annotation ") == 3
    assert "Keep this." in content
    new_rows = CalamineWorkbook.from_path(str(command.folder / "new.ods"))
    assert new_rows.get_sheet_by_index(0).to_python()[0][4:9] == ADDED
