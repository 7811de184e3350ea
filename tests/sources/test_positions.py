"""Every span of every segment leads back to the characters it was read from."""

from __future__ import annotations

import csv
import html
import io
import json
import pickle

from hypothesis import given, settings
from hypothesis import strategies as st

from culture_lint.sources.items import Item

from .helpers import at, read, spans

PIECES = (
    [
        "&amp;",
        "&#233;",
        "&nbsp;",
        "&#x1F600;",
        "&lt;b&gt;",
        "<b>",
        "</b>",
        "<br/>",
        "<p class='x'>",
    ],
    ["\r\n", "\r\r\n", '""', "<!-- no -->", '<img alt="pic &amp; &quot;x&quot;">', "[", "]", "\\n"],
)
CHARS = st.sampled_from(
    [*"ab Z\"',;|\t\n\r&<>#éß漢😀\u3042\u2028\x0b\x85\xa0", *PIECES[0], *PIECES[1]]
)
CELLS = st.lists(CHARS, max_size=12).map("".join)
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=5)


def undone(source: str, *, quoted: bool) -> str:
    """Undo what stands for single characters: doubled quotes and entities."""
    return html.unescape(source.replace('""', '"') if quoted else source)


def check(text: str, items: list[Item]) -> None:
    for item in items:
        for segment in pickle.loads(pickle.dumps(item)).segments:
            for start, end in spans(len(segment.text)):
                source = segment.places.source(start, end)
                assert source == at(text, segment, start, end)
            for index, char in enumerate(segment.text):
                source = segment.places.source(index, index + 1)
                blank = char in " \n" and (not source.strip() or "<" in source)
                assert blank or undone(source, quoted=True) == char or source == char


@settings(max_examples=150, deadline=None)
@given(
    ROWS,
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["\n", "\r\n", "\r", "\r\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]),
)
def test_a_span_leads_to_its_characters(rows, delimiter, quoting, line_end, encoding):
    if any(sign in cell for row in rows for cell in row for sign in "\r\n"):
        quoting = csv.QUOTE_ALL  # the csv module leaves line ends but its own unquoted
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=line_end)
    writer.writerow(["title", "description", "tags"])
    writer.writerows(rows)
    text = out.getvalue()
    items, _ = read(text, written_in=encoding, delimiter=delimiter, encoding=encoding)
    check(text, items)
    assert len(items) == len(rows)


@settings(max_examples=100, deadline=None)
@given(ROWS, st.booleans(), st.sampled_from(["\n", "\r\n"]))
def test_a_span_leads_through_json_escapes(rows, ascii_only, line_end):
    lines = [
        json.dumps(
            {"title": title, "description": text, "tags": [tag, title]}, ensure_ascii=ascii_only
        )
        for title, text, tag in rows
    ]
    text = line_end.join(lines)
    items, _ = read(text, "listing.jsonl")
    assert len(items) == len(rows)
    for item in items:
        for segment in item.segments:
            for start, end in spans(len(segment.text)):
                assert segment.places.source(start, end) == at(text, segment, start, end)
            for index, char in enumerate(segment.text):
                source = segment.places.source(index, index + 1)
                meant = json.loads(f'"{source}"', strict=False)
                blank = char in " \n" and (not meant.strip() or "<" in meant)
                assert blank or html.unescape(meant) == char or meant == char


@settings(max_examples=100, deadline=None)
@given(st.lists(CHARS, max_size=60).map("".join), st.sampled_from([",", ";", "\t"]))
def test_any_text_is_read_or_refused(text, delimiter):
    text = delimiter.join(["title", "description"]) + "\n" + text
    items, _ = read(text, delimiter=delimiter)
    for item in items:
        for segment in item.segments:
            for start, end in spans(len(segment.text)):
                assert segment.places.source(start, end) == at(text, segment, start, end)


def test_a_place_counts_lines_and_code_points_inside_a_cell():
    text = 'id,title,description\n1,"a ""b""\r\n😀 c\n\nwagyu",x\n'
    items, _ = read(text)
    title = items[0].segments[0]
    start = title.text.index("wagyu")
    place = title.places.place(start, start + 5)
    assert (place.line, place.column, place.end_line, place.end_column) == (5, 1, 5, 6)
    start = title.text.index("c")
    assert title.places.place(start, start + 1).column == 3
