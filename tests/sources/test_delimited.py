"""Delimited files: dialects, bad input, what each record becomes."""

from __future__ import annotations

import pytest

from culture_lint.errors import SourceError
from culture_lint.sources import records
from culture_lint.sources.items import ReadOptions, Source
from culture_lint.sources.registry import reader_for

from .helpers import at, brief, read, texts

HEADER = "id,title,description\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_the_delimiter_is_found(delimiter, line_end):
    rows = [["sku", "name", "description"], ["1", "Red, cup", "a; b"], ["2", "Tea", "c | d"]]
    quoted = [[f'"{cell}"' for cell in row] for row in rows]
    items, notices = read(line_end.join(delimiter.join(row) for row in quoted))
    assert [texts(item) for item in items] == [["Red, cup", "a; b"], ["Tea", "c | d"]]
    assert [item.line for item in items] == [2, 3]
    assert len(notices) == 1


def test_a_blank_behind_the_delimiter_is_no_text():
    items, _ = read('"1"; "Red; cup"; "9"\n"2"; "Blue ""cup"""; "8"\n', columns=(("title", "2"),))
    assert [texts(item) for item in items] == [["Red; cup"], ['Blue "cup"']]


def test_a_delimiter_after_the_last_cell_is_no_error():
    items, notices = read('"ArtNr";"Name";"Preis";\n"1";"Tee";"1,60";\n')
    assert brief(items[0].segments) == [("title", None, "Tee"), ("price", None, "1,60")]
    assert len(notices) == 1


def test_one_column_is_not_split():
    items, _ = read("title\nSalt, pepper; more\nTea\n")
    assert [texts(item) for item in items] == [["Salt, pepper; more"], ["Tea"]]


def test_the_header_may_stand_below_other_lines():
    text = "\n\t\ufeffexport of today,,\n" + HEADER + "7,Tea,good\n"
    items, notices = read(text)
    assert (items[0].item, items[0].line) == ("7", 4)
    assert "above the header on line 3" in notices[1].message


@pytest.mark.parametrize("written_in", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-16-le"])
def test_a_byte_order_mark_is_no_text(written_in):
    items, _ = read("title,tags\nTea 茶,a\n", written_in=written_in)
    assert texts(items[0]) == ["Tea 茶", "a"]
    assert items[0].segments[0].places.place(0, 3).column == 1


def test_the_first_line_may_name_the_delimiter():
    items, notices = read("sep=;\ntitle;tags\nTea, green;a\n")
    assert [(item.line, texts(item)) for item in items] == [(3, ["Tea, green", "a"])]
    assert len(notices) == 1


def test_every_empty_word_is_empty():
    rows = "".join(f"{word},{word}\n" for word in ("None", "null", "NaN", "-", "N/A", " "))
    items, _ = read("title,tags\n" + rows)
    assert [texts(item) for item in items] == [[]] * 6


def test_ragged_records_give_a_located_notice_and_an_item():
    items, notices = read(HEADER + "1,a\n2,b,c,d\n3,e,f,\n4,g,h\n")
    assert [item.item for item in items] == ["1", "2", "3", "4"]
    assert [(one.line, one.message) for one in notices[1:]] == [
        (2, "2 cells here, 3 columns in the header"),
        (3, "4 cells here, 3 columns in the header"),
    ]


def test_many_ragged_records_are_counted():
    items, notices = read(HEADER + "1,a\n" * 80)
    assert len(items) == 80
    assert notices[-1].message == "30 more with another number of cells than the header"


def test_a_nul_is_read_as_blank_at_its_place():
    items, notices = read(HEADER + '1,"a\nb\0c",d\n')
    assert texts(items[0], "title") == ["a\nb c"]
    assert (notices[1].line, notices[1].column) == (3, 2)
    assert items[0].segments[0].places.source(2, 5) == "b\0c"


def test_an_open_quote_does_not_swallow_the_file():
    items, notices = read(HEADER + '1,"12"" disc,x\n2,Tea,"y\nz"\n3,Cup,z\n')
    assert [item.item for item in items] == ["1", "2", "3"]
    assert (notices[1].line, notices[1].column) == (2, 3)
    assert "closed only in a later record" in notices[1].message


def test_an_open_quote_at_the_end_is_named():
    items, notices = read(HEADER + '1,Tea,x\n2,"Cup,y\n3,Mug,z\n')
    assert [texts(item) for item in items] == [["Tea", "x"], ['"Cup', "y"], ["Mug", "z"]]
    assert (notices[1].line, notices[1].column) == (3, 3)
    assert "never closed" in notices[1].message


def test_an_open_quote_in_a_later_line_keeps_what_was_read():
    text = HEADER + '1,"two\nlines","open\n2,Tea,x\n'
    items, notices = read(text)
    assert [item.item for item in items] == ["1", "2"]
    assert texts(items[0], "title") == ["two\nlines"]
    assert (notices[1].line, notices[1].column) == (3, 8)
    assert at(text, items[0].segments[1], 0, 4) == "open"


def test_after_many_open_quotes_they_are_plain_characters(monkeypatch):
    monkeypatch.setattr(records, "MOST_OPEN_QUOTES", 2)
    items, notices = read(HEADER + '1,"a ""b""\n' * 5 + "2,Tea,x\n")
    assert items[-1].item == "2"
    assert any("every quote after it" in one.message for one in notices)


def test_a_record_beyond_the_limit_is_refused_with_its_line(monkeypatch):
    monkeypatch.setattr(records, "LONGEST_RECORD", 500)
    monkeypatch.setattr("culture_lint.sources.encoding.LONGEST_RECORD", 500)
    with pytest.raises(SourceError, match=r"listing.csv:3: the record that starts here is longer"):
        read(HEADER + "1,a,b\n2," + "x" * 600 + ",y\n")


@pytest.mark.parametrize(
    ("data", "options", "message"),
    [
        ("", {}, "is empty"),
        ("\n \n", {}, "is empty"),
        ("a,b\n1,2\n3,4\n", {}, "no text column found among: a, b"),
        ("1,2\n3,4\n", {}, r"first record holds: 1, 2.*--column title=2"),
        (HEADER, {"delimiter": "ab"}, "not one character"),
        (HEADER, {"encoding": "klingon"}, "unknown encoding"),
        (HEADER, {"columns": (("title", "nope"),)}, "there are id, title, description"),
        (HEADER, {"columns": (("shoe", "title"),)}, "no such role"),
        (b"PK\x03\x04..xl/workbook.xml", {}, r"is binary \(XLSX\); export it as CSV"),
        (b"PAR1...", {}, r"is binary \(Parquet\)"),
        (b"\x89PNG\r\n", {}, r"is binary \(PNG image\)"),
        (bytes(range(256)) * 9, {}, "is binary"),
        (HEADER.encode() + b"1,caf\xe9,x\n", {"encoding": "utf-8"}, r"csv:2: .*byte 27.*leave out"),
        ((HEADER + "é" * 9).encode(), {"encoding": "cp1252"}, "is UTF-8, not cp1252"),
        ("id+|title+|text&|\n" * 30, {}, "separator of two characters"),
    ],
)
def test_bad_input_gives_one_clear_line(data, options, message):
    with pytest.raises(SourceError, match=message) as caught:
        read(data, **options)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("listing.csv")


def test_a_missing_file_is_named(tmp_path):
    path = str(tmp_path / "no.csv")
    found = reader_for(path)
    with pytest.raises(SourceError, match="no such file"):
        list(found(Source(path), ReadOptions()))


def test_a_line_that_does_not_decode_is_named_with_its_byte():
    text = (HEADER + "1,ü,x\n" * 60000).encode() + b"2,caf\xe9,y\n"
    with pytest.raises(SourceError, match=r"listing.csv:60002: .*byte 420027.*--encoding cp1252"):
        read(text)


def test_columns_are_taken_by_name_and_by_number():
    items, _ = read("x,y,z\nA b,C d,E f\n", columns=(("title", "Y"), ("tag", "3"), ("id", "x")))
    assert (items[0].item, brief(items[0].segments)) == (
        "A b",
        [("title", None, "C d"), ("tag", None, "E f")],
    )


def test_a_number_maps_a_file_without_header():
    items, _ = read("7,Red shoe\n8,Blue shoe\n", columns=(("title", "2"),))
    assert [texts(item) for item in items] == [["Red shoe"], ["Blue shoe"]]


def test_a_mapping_replaces_the_columns_of_its_role():
    items, _ = read("title,name,tags\na,b,c\n", columns=(("title", "name"),))
    assert brief(items[0].segments) == [("title", None, "b"), ("tag", None, "c")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1|French|Un vélo léger. Il roule.\n" * 3, "language=column 2, description=column 3"),
        (
            "Book,9780553380958,Snow Crash,A novel of ideas. It is long.\n"
            "Book,9780441569595,Count Zero,Another novel. It is good.\n",
            "id=column 2, title=column 3, description=column 4",
        ),
        (
            "artno;blurb\n1;This cup is red. It holds tea.\n2;This one is blue. It does not.\n",
            "description=blurb",
        ),
    ],
)
def test_unknown_columns_are_taken_by_their_shape(text, expected):
    items, notices = read(text)
    assert expected in notices[0].message
    assert "by the look of its cells" in notices[0].message
    assert len(items) == len(text.splitlines()) - text.startswith("artno")


def test_rows_name_their_language_and_market():
    text = "title,locale,country\nTea,de_AT,uk\nCup,Japanese,\nMug,,USA;Saudi Arabia\n"
    items, _ = read(text)
    assert [(item.language, item.markets) for item in items] == [
        ("de-AT", ("GB",)),
        ("ja", ()),
        (None, ("US", "SA")),
    ]


def test_a_file_without_market_column_names_none():
    assert read("title\nTea time\n")[0][0].markets is None


def test_paths_of_categories_without_a_header_are_a_category(tmp_path):
    rows = [
        f'Books > Fiction,97{n:06},Title of book {n},"A long story. It goes on for many words, number {n}, and ends."'
        for n in range(12)
    ]
    path = tmp_path / "books.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    read_csv = reader_for("books.csv")
    notice = next(iter(read_csv(Source(str(path)), ReadOptions())))
    assert "category=column 1" in notice.message


@pytest.mark.parametrize(
    ("header", "options"),
    [("culture_lint_ignore", {}), ("Hush", {"columns": (("ignore", "Hush"),)})],
)
def test_a_column_holds_suppressions_and_is_never_text(header, options):
    text = f'sku,title,{header}\n1,Tea,"ignore[IN/cow] -- the ""real"" thing; ignore[SA]"\n2,Cup,\n'
    items, _ = read(text, **options)
    assert [texts(item) for item in items] == [["Tea"], ["Cup"]]
    assert [one.text for one in items[0].directives] == [
        'ignore[IN/cow] -- the "real" thing',
        "ignore[SA]",
    ]
    places = [one.place for one in items[0].directives]
    line = text.splitlines()[1]
    assert [line[one.column - 1 : one.end_column - 1] for one in places] == [
        'ignore[IN/cow] -- the ""real"" thing',
        "ignore[SA]",
    ]
    assert items[1].directives == ()
