"""Parquet: typed and nested columns, places in cells, and files that are none."""

from __future__ import annotations

import builtins
import datetime
import io
import pickle
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from culture_lint.errors import SourceError
from culture_lint.sources import parquet_table

from .helpers import brief, read, texts

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")


def written(columns: dict[str, Any], schema: Any = None, **options: Any) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(columns, schema=schema), out, **options)
    return out.getvalue()


def test_columns_of_all_kinds_are_read_and_binary_ones_are_not():
    data = written(
        {
            "item_id": [1, 2],
            "title": ["Holy cow mug", None],
            "description": pa.array(["A mug.", "A cup."]).dictionary_encode(),
            "price": [19.0, 4.5],
            "size": [Decimal("1.50"), None],
            "color": [["red", "blue"], []],
            "seo": [{"title": "Mug", "n": 1}, None],
            "material": [datetime.date(2026, 11, 21), None],
            "picture": [b"\xff\xd8", b""],
        }
    )
    items, notices = read(data, "a.parquet")
    assert [(item.item, item.line) for item in items] == [("1", 1), ("2", 2)]
    assert brief(items[0].segments) == [
        ("title", None, "Holy cow mug"),
        ("description", None, "A mug."),
        ("price", None, "19"),
        ("attribute", "size", "1.50"),
        ("attribute", "colour", "red"),
        ("attribute", "colour", "blue"),
        ("subtitle", None, "Mug"),
        ("attribute", "material", "2026-11-21"),
    ]
    assert texts(items[1]) == ["A cup.", "4.5"]
    assert notices[0].message.endswith("(Parquet)")
    assert "picture" not in notices[0].message


CELLS = st.lists(st.sampled_from([*'ab Z"\n<>é漢😀\t', "&amp;", "<b>", "<br/>"]), max_size=9).map(
    "".join
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CELLS, st.lists(CELLS, max_size=3)), min_size=1, max_size=4))
def test_a_span_leads_to_its_characters(rows):
    titles, tags = [row[0] for row in rows], [row[1] for row in rows]
    schema = pa.schema([("title", pa.string()), ("tags", pa.list_(pa.string()))])
    items, _ = read(written({"title": titles, "tags": tags}, schema), "a.parquet")
    assert len(items) == len(rows)
    for item in pickle.loads(pickle.dumps(items)):
        title, listed = rows[item.line - 1]
        for segment in item.segments:
            for start in range(0, len(segment.text), 3):
                for end in range(start, len(segment.text) + 1, 4):
                    place = segment.places.place(start, end)
                    source = segment.places.source(start, end)
                    cells = [title] if segment.field == "title" else listed
                    assert (place.line, place.end_line) == (item.line, item.line)
                    assert any(
                        cell[place.column - 1 : place.end_column - 1] == source for cell in cells
                    )
            for index, char in enumerate(segment.text):
                source = segment.places.source(index, index + 1)
                assert char in (" ", "\n") or source == char or source[0] == "&"


def test_every_row_of_every_group_is_an_item():
    data = written({"title": [f"Cup {n}" for n in range(1000)]}, row_group_size=300)
    items, _ = read(data, "a.parquet")
    assert [item.line for item in items] == list(range(1, 1001))
    assert texts(items[-1]) == ["Cup 999"]


def test_markets_languages_and_suppressions_are_of_the_row():
    data = written(
        {
            "title": ["Kuh", "Cow"],
            "language": ["de", None],
            "target_countries": [["DE", "AT"], []],
            "culture_lint_ignore": ["ignore[AT] -- a", ""],
        }
    )
    items, _ = read(data, "a.parquet")
    assert [(item.language, item.markets) for item in items] == [("de", ("DE", "AT")), (None, ())]
    assert [[one.text for one in item.directives] for item in items] == [["ignore[AT] -- a"], []]


@pytest.mark.parametrize("compression", ["none", "snappy", "gzip", "zstd", "brotli"])
def test_every_compression_is_read(compression):
    items, _ = read(written({"title": ["Cup"]}, compression=compression), "a.parquet")
    assert texts(items[0]) == ["Cup"]


GOOD = written({"title": ["Cup"] * 50, "n": list(range(50))})


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b"title\nCup\n", "no Parquet file"),
        (b"PARE" + GOOD[4:], "is encrypted"),
        (GOOD[:-40], "damaged or cut-off"),
        (GOOD[:4] + b"\xff" * 60 + GOOD[64:], "damaged or cut-off"),
        (written({"title": pa.array([], pa.string())}), "holds no rows"),
        (written({"a": [1], "b": [2]}), "no text column found among: a, b"),
    ],
)
def test_what_is_no_sound_table_is_told_in_one_line(data, message):
    with pytest.raises(SourceError, match=rf"^a.parquet\S* .*{message}") as error:
        read(data, "a.parquet")
    assert "\n" not in str(error.value)


def test_what_unpacks_to_too_much_is_refused(monkeypatch):
    data = written({"title": ["x" * 100_000] * 3}, compression="zstd", use_dictionary=False)
    monkeypatch.setattr(parquet_table, "_BIG", 100_000)
    with pytest.raises(SourceError, match="column 'title' unpacks to 0 MB"):
        read(data, "a.parquet")
    monkeypatch.setattr(parquet_table, "MOST_ROWS", 2)
    with pytest.raises(SourceError, match="holds 3 rows"):
        read(data, "a.parquet")
    monkeypatch.undo()
    monkeypatch.setattr(parquet_table, "LONGEST_RECORD", 1000)
    with pytest.raises(SourceError, match=r"a.parquet:1: this row is longer than 1,000"):
        read(data, "a.parquet")


def test_without_the_library_it_says_what_to_install(monkeypatch):
    real = builtins.__import__

    def without(name: str, *args: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *args)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(SourceError, match=r"pip install 'culture-lint\[parquet\]'"):
        read(GOOD, "a.parquet")
