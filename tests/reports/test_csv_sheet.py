"""The sheet given back annotated: untouched bytes, added columns, hostile text, clear errors."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from culture_lint.reports.csv_sheet import CsvReporter
from culture_lint.reports.registry import ReportOptions
from culture_lint.results import RunInfo, Suggestion, Summary, Verdict
from culture_lint.sources.delimited import read
from culture_lint.sources.items import Item, ReadOptions, Source
from culture_lint.spans import Place
from tests.command import LISTING, Command
from tests.reports.hostile import ATTACK, ATTACKS, FORBIDDEN
from tests.reports.samples import finding, item

SUMMARY = Summary(1, 1, 0, 0, {}, (), 0)
VERDICT = Verdict(True, None, "major", ())
INFO = RunInfo("0", "0" * 40, (("AA", "First"), ("BB", "Second")), ())
ADDED = [
    "culture_lint_cai_AA",
    "culture_lint_cai_BB",
    "culture_lint_severity",
    "culture_lint_findings",
    "culture_lint_say_instead",
]
UNSAFE = (Suggestion("wow", "en", (), "unsafe"),)


def table(data: bytes, encoding: str = "utf-8", delimiter: str = ",") -> list[list[str]]:
    """Return the cells of a file as Python's own reader reads them."""
    return list(csv.reader(io.StringIO(data.decode(encoding), newline=""), delimiter=delimiter))


def annotated(
    data: bytes,
    match: str = "holy cow",
    name: str = "l.csv",
    alternatives: tuple[Suggestion, ...] = UNSAFE,
    **options: str,
) -> bytes:
    """Return a file annotated as if every ``match`` in it were a finding."""
    source, read_options = Source(name, data), ReadOptions(**options)  # type: ignore[arg-type]
    out = io.BytesIO()
    made = CsvReporter(out, INFO, ReportOptions(inputs=((source, read_options),)))
    for one in read(source, read_options):
        if not isinstance(one, Item):
            continue
        found = []
        for segment in one.segments:
            at = segment.text.lower().find(match)
            if at >= 0:
                place = segment.places.place(at, at + len(match))
                text = segment.places.source(at, at + len(match))
                found.append(
                    finding(
                        field=segment.field,
                        place=place,
                        text=text,
                        alternatives=alternatives,
                        points={"AA": 60.0},
                    )
                )
        scores = {"AA": 40.0 if found else 100.0, "BB": 100.0}
        report = item(scores, *found, path=name, line=one.line)
        made.take(made.prepare(report))
    made.finish(SUMMARY, VERDICT)
    return out.getvalue()


def test_sheet_of_a_listing(command: Command) -> None:
    command.write("l.csv", LISTING)
    command("check", "l.csv", "-m", "AA,BB", "--format", "csv", "--output", "out.csv", code=1)
    rows = table((command.folder / "out.csv").read_bytes())
    assert [row[:4] for row in rows] == table(LISTING.encode())
    assert rows[0][4:9] == ADDED
    assert rows[0][9:] == ["culture_lint_suggested_title", "culture_lint_suggested_description"]
    assert rows[1][4:7] == ["7.9", "100.0", "blocker"]
    assert rows[1][7].startswith("BLOCKER AA -")
    assert "“Holy cow” clashes here." in rows[1][7]
    assert "Holy cow → “wow” / “golden goose”" in rows[1][8]
    assert rows[2][4:] == ["100.0", "100.0", "", "", "", "", ""]
    assert rows[3][6] == "not examined" or rows[3][7]  # Turkish in a market that reads none


def test_why_a_row_was_not_examined_stands_in_it(command: Command) -> None:
    rows = "A1,Oak table,AA\nA2,Oak table,\nA3,Oak table,ZZ\n"
    command.write("l.csv", f"sku,title,market\n{rows}")
    command("check", "l.csv", "-q", "-f", "csv", "-o", "out.csv", code=2)
    read = table((command.folder / "out.csv").read_bytes())
    assert read[0][3:5] == ["culture_lint_cai_AA", "culture_lint_cai_ZZ"]
    assert read[1][3:7] == ["100.0", "", "", ""]
    assert read[2][3:7] == [
        "",
        "",
        "not examined",
        "not examined: the row names none of the markets",
    ]
    assert read[3][5:7] == ["not examined", "not examined in ZZ: no ruleset covers ZZ"]


def test_a_file_without_rows_or_without_a_header(command: Command) -> None:
    command.write("empty.csv", "sku,title,description\n")
    command("check", "empty.csv", "-m", "AA", "-q", "-f", "csv", "-o", "out.csv", code=0)
    assert (command.folder / "out.csv").read_text() == (
        "sku,title,description,culture_lint_severity,culture_lint_findings,culture_lint_say_instead\n"
    )
    prose = "A1,A plain mug for tea and other drinks\nA2,Another holy cow mug of fine clay\n"
    command.write("bare.csv", prose)
    command("check", "bare.csv", "-m", "AA", "-q", "-f", "csv", "-o", "out.csv", code=1)
    read = table((command.folder / "out.csv").read_bytes())
    assert [row[:2] for row in read] == table(prose.encode())
    assert [row[3] for row in read] == ["", "blocker"]


def test_standard_output_has_the_same_bytes(command: Command) -> None:
    command.write("l.csv", LISTING)
    command("check", "l.csv", "-m", "AA", "-f", "csv", "-o", "out.csv", code=1)
    ran = command("check", "l.csv", "-m", "AA", "-f", "csv", code=1)
    assert ran.out.encode() == (command.folder / "out.csv").read_bytes()
    piped = command("check", "-", "-m", "AA", "-f", "csv", stdin=LISTING, code=1)
    assert piped.out == ran.out


@pytest.mark.parametrize(
    ("encoding", "bom"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("cp1252", b""),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_bytes_of_the_input_stay(encoding: str, bom: bytes, end: str, sign: str) -> None:
    lines = ["sku,title,description", 'A1,"Holy cow é","x"', "", "A2,Größe,plain text", "A3,last,"]
    text = end.join(line.replace(",", sign) for line in lines)
    extra = {"encoding": encoding} if encoding == "cp1252" else {}
    out = annotated(bom + text.encode(encoding), **extra)
    assert out.startswith(bom)
    before = [line.encode(encoding) for line in text.split(end)]
    after = [line.encode(encoding) for line in out[len(bom) :].decode(encoding).split(end)]
    assert len(after) == len(before)
    assert all(new.startswith(old) for new, old in zip(after, before, strict=True))
    assert after[2] == b""
    assert "wow é" in after[1].decode(encoding).casefold()
    assert not out.decode(encoding).endswith(end)


def test_other_spellings_of_a_character_keep_their_bytes() -> None:
    # In cp932 the circled digits of NEC and the signs of IBM are encoded in more than one way.
    text = "商品名,説明\nカップ,説明文です。" + "あいうえお" * 20 + "\n"
    odd = text.encode("cp932").replace(
        "カップ".encode("cp932"), "カップ".encode("cp932") + b"\xed\x40\xfa\x5c"
    )
    assert odd.decode("cp932").encode("cp932") != odd
    out = annotated(odd, encoding="cp932")
    first, second = out.split(b"\n")[:2]
    assert first.startswith("商品名,説明,".encode("cp932"))
    assert second.startswith(odd.split(b"\n")[1] + b",100.0,")


def test_encoding_with_shift_states_is_refused() -> None:
    from culture_lint.errors import SourceError

    data = "title,description\nカップ,説明文\n".encode("iso2022_jp")
    with pytest.raises(SourceError, match="save it as UTF-8"):
        annotated(data, encoding="iso2022_jp")


def test_what_an_encoding_lacks_is_plain_in_words_and_empty_in_suggestions() -> None:
    data = "title,description\nholy cow ł,some text\nmug,text\n".encode("cp1250")
    row = table(annotated(data, encoding="cp1250"), "cp1250")[1]
    assert row[5] == "MAJOR AA -60.0 in title: “sign” clashes here."
    assert row[6:] == ["holy cow -> “wow”", "wow ł"]
    data = b"title,description\nholy cow,some text\nmug,text\n"
    row = table(annotated(data, encoding="ascii"), "ascii")[1]
    assert row[5] == 'MAJOR AA -60.0 in title: "sign" clashes here.'
    foreign = (Suggestion("牛", "en", (), "unsafe"),)
    row = table(annotated(data, encoding="ascii", alternatives=foreign), "ascii")[1]
    assert row[6:] == ['holy cow -> "?"', ""]


def test_rows_of_other_widths_stay_in_columns() -> None:
    data = b"sku,title,description\nA1,holy cow\nA2,mug,text,surplus,\nA3,cup,text\n"
    rows = table(annotated(data))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert rows[0][:6] == ["sku", "title", "description", "", "", ADDED[0]]
    assert rows[1][:6] == ["A1", "holy cow", "", "", "", "40.0"]
    assert rows[2][:6] == ["A2", "mug", "text", "surplus", "", "100.0"]


def test_rows_above_the_header_and_the_first_line_stay() -> None:
    data = b"sep=;\nOur listings;;\nsku;title;description\nA1;holy cow;text\n"
    lines = annotated(data).splitlines()
    assert lines[:2] == data.splitlines()[:2]
    assert lines[2].startswith(b"sku;title;description;culture_lint_cai_AA;")
    assert lines[3].startswith(b"A1;holy cow;text;40.0;100.0;major;")


def test_duplicate_names_are_told_apart_by_place() -> None:
    data = b"sku,title,title,description\nA1,plain,a holy cow here,text\nA2,holy cow,plain,text\n"
    out = table(annotated(data))
    assert out[0].count("culture_lint_suggested_title") == 1
    assert out[2][-1] == "wow"


def test_decimal_comma_where_the_file_has_it() -> None:
    german = "sku;title;price\nA1;holy cow;12,50\nA2;Becher;3,99\n"
    assert ";40,0;100,0;" in annotated(german.encode()).decode()
    assert ";40.0;100.0;" in annotated(german.replace(",", ".").encode()).decode()


def test_a_file_of_one_column_gets_a_delimiter_that_it_does_not_hold() -> None:
    data = b"title\nholy cow, blue\nA red mug, large\n"
    out = annotated(data)
    assert out.splitlines()[1].startswith(b"holy cow, blue;40.0;100.0;")


def test_an_annotated_sheet_is_annotated_anew() -> None:
    data = b"sku,title,description\nA1,holy cow,some text\nA2,mug,more text\n"
    once = annotated(data)
    assert annotated(once) == once
    mended = once.replace(b"A1,holy cow", b"A1,wow", 1)
    again = table(annotated(mended))
    assert again[1] == ["A1", "wow", "some text", "100.0", "100.0", "", "", ""]


def test_what_we_added_is_not_checked(command: Command) -> None:
    command.write("l.csv", LISTING)
    command("check", "l.csv", "-m", "AA,BB", "-f", "csv", "-o", "out.csv", code=1)
    before = command("check", "l.csv", "-m", "AA,BB", "-f", "json", code=1).json
    after = command("check", "out.csv", "-m", "AA,BB", "-f", "json", code=1).json
    assert after["summary"]["findings"] == before["summary"]["findings"]


@pytest.mark.parametrize(
    "start", ["=cmd|' /C calc'!A0 ", "+1 ", "-1 ", "@SUM(A1) ", "\t=1 ", "=HYPERLINK(1) "]
)
def test_formula_like_text_is_no_formula(start: str) -> None:
    cell = f"{start}holy cow"
    quoted = '"' + cell.replace('"', '""') + '"'
    data = f"sku,title,description\nA1,{quoted},text\n".encode()
    out = annotated(data)
    assert out.splitlines()[1].startswith(data.splitlines()[1])  # what was there stays
    rows = table(out)
    assert all(not one.startswith(("=", "+", "-", "@", "\t")) for one in rows[1][3:])
    assert rows[1][-1].startswith("'")


def test_hostile_messages_stay_in_their_cell() -> None:
    source = Source("l.csv", b"sku,title,description\nA1,some sign,text\n")
    out = io.BytesIO()
    made = CsvReporter(out, INFO, ReportOptions(inputs=((source, ReadOptions()),)))
    bad = '=1",\r\nx\x1b[31m\u202e<script>alert(1)</script>'
    one = finding(field="title", place=Place(2, 4, 2, 13), text="some sign", message=bad)
    made.take(made.prepare(item({"AA": 50.0, "BB": 100.0}, one, title=bad)))
    made.finish(SUMMARY, VERDICT)
    rows = table(out.getvalue())
    assert len(rows) == 2
    assert len(rows[1]) == len(rows[0])
    assert "\x1b" not in out.getvalue().decode()
    assert "\u202e" not in out.getvalue().decode()


@pytest.mark.parametrize("attack", [ATTACK, *ATTACKS])
def test_attacks_are_inert_in_what_we_add(attack: str) -> None:
    source = Source("l.csv", b"sku,title,description\nA1,some sign,text\nA2,mug,text\n")
    out = io.BytesIO()
    made = CsvReporter(out, INFO, ReportOptions(inputs=((source, ReadOptions()),)))
    one = finding(
        field="title",
        place=Place(2, 4, 2, 13),
        text="some sign",
        message=f"{attack} clashes",
        signified=attack,
        alternatives=(Suggestion(attack, "en", (), "unsafe"),),
    )
    status = {"BB": f"not examined: {attack}"}
    made.take(made.prepare(item({"AA": 50.0, "BB": None}, one, title=attack, status=status)))
    made.finish(SUMMARY, VERDICT)
    rows = table(out.getvalue())
    assert len({len(row) for row in rows}) == 1
    told = rows[1][3:-1]
    assert "clashes" in told[3]
    assert not set("".join(told)) & set(FORBIDDEN)
    assert not any("\n" in cell for cell in told)
    # The suggestion is the copy itself, line breaks and all.
    assert not set(rows[1][-1]) & set(FORBIDDEN)
    assert all(not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in rows[1][3:])


def test_markup_and_lists_stay_sound() -> None:
    data = b'sku,title,description\nA1,plain,"<p>Say <b>holy cow</b> &amp; more</p>"\n'
    assert table(annotated(data))[1][-1] == "<p>Say <b>wow</b> &amp; more</p>"


@pytest.mark.parametrize(
    ("files", "arguments", "said"),
    [
        ({"a.csv": LISTING, "b.csv": LISTING}, ["a.csv", "b.csv"], "2 files are checked"),
        ({"a.jsonl": '{"title": "x y z"}\n'}, ["a.jsonl"], "use --format html"),
        ({"a.txt": "Prose in a paragraph.\n\nAnd another one.\n"}, ["a.txt"], "is prose"),
    ],
)
def test_what_cannot_be_given_back_is_told(
    command: Command, files: dict[str, str], arguments: list[str], said: str
) -> None:
    for name, content in files.items():
        command.write(name, content)
    ran = command("check", *arguments, "-m", "AA", "-q", "-f", "csv", "-o", "out.csv", code=2)
    assert said in ran.error
    assert not (command.folder / "out.csv").exists()


cells = st.text(
    st.one_of(
        st.characters(codec="utf-8", exclude_categories=("Cc",), exclude_characters="\ufeff"),
        st.sampled_from(',;\t"\n'),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.tuples(cells, cells), min_size=1, max_size=6),
    sign=st.sampled_from(",;\t"),
    end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_every_cell_comes_back(
    rows: list[tuple[str, str]], sign: str, end: str, quoting: int
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=sign, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerow(["sku", "title", "description"])
    writer.writerows([(f"A{number}", f"mug {one}", two) for number, (one, two) in enumerate(rows)])
    data = out.getvalue().encode()
    before = table(data, delimiter=sign)
    after = table(annotated(data, match="mug", delimiter=sign, encoding="utf-8"), delimiter=sign)
    assert [row[:3] for row in after] == before
    assert {len(row) for row in after} == {len(after[0])}


def test_libreoffice_reads_the_columns(command: Command) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    command.write("l.csv", LISTING)
    command("check", "l.csv", "-m", "AA,BB", "-f", "csv", "-o", "out.csv", code=1)
    subprocess.run(
        [
            office,
            f"-env:UserInstallation={(command.folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx",
            "out.csv",
        ],
        cwd=command.folder,
        check=True,
        capture_output=True,
        timeout=300,
    )
    from openpyxl import load_workbook

    sheet = load_workbook(command.folder / "out.xlsx").active
    assert [sheet.cell(1, column).value for column in range(5, 10)] == ADDED  # type: ignore[union-attr]


def test_alternatives_are_fitted_in_by_grammar_or_left_out(command: Command) -> None:
    command.write(
        "l.csv",
        "sku,title,image_alt,language\nA,An oak mug with a holy cow print,Holy cow on a mug,en\n",
    )
    command("check", "l.csv", "-m", "AA", "-f", "csv", "-o", "o.csv", code=1)
    (row,) = csv.DictReader((command.folder / "o.csv").open(encoding="utf-8", newline=""))
    assert row["culture_lint_suggested_title"] == "An oak mug with a wow print"
    # What a picture shows does not change with its description.
    assert not row.get("culture_lint_suggested_image_alt")
