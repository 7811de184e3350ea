"""Read Parquet: one item per row; nested columns are read by dotted path, as keys of JSON are.

Places are those of `grid`: the line is the number of the row, from 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from culture_lint.errors import Location, SourceError
from culture_lint.sources.encoding import open_bytes
from culture_lint.sources.grid import GridRow, as_text
from culture_lint.sources.items import Item, Notice, ReadOptions, Source
from culture_lint.sources.layout import Layout
from culture_lint.sources.notices import Notices
from culture_lint.sources.objects import ObjectItems, Values, as_row, collect
from culture_lint.sources.recognise import recognise
from culture_lint.sources.records import LONGEST_RECORD
from culture_lint.sources.registry import reader

#: Rows that are read at once, and rows that are looked at to recognise the columns.
_BATCH = 128
_SAMPLE = 200
#: What a file may hold and what a batch may unpack to, in rows and bytes.
MOST_ROWS = 50_000_000
_MOST_BYTES = 1 << 30
_MOST_AT_ONCE = 256 << 20
#: A column of this size that packs so well is a bomb.
_BIG = 64 << 20
_RATIO = 1000

Rows = Iterator[tuple[int, Values]]


@reader(".parquet")
def read(source: Source, options: ReadOptions) -> Iterator[Item | Notice]:
    """Yield the rows of a Parquet file as items in file order, after a notice on its columns.

    Only columns that say something are read; binary ones never are.

    Raises:
        SourceError: If the file is no sound Parquet, is too large for a listing, or no column
            holds text; or if pyarrow is not installed.

    """
    path = source.path
    with open_bytes(source) as stream:
        table = _opened(stream, path)
        names = {name: top for top, name in named_columns(table.schema_arrow)}
        tops = list(dict.fromkeys(names.values()))
        _refuse_bomb(table, tops, path)
        head = [values for _, values in _rows(table, tops, path, _SAMPLE)]
        if not head:
            raise SourceError("holds no rows", Location(path))
        listed = list(names)
        rows = [as_row(listed, values) for values in head]
        found = recognise([listed, *rows], options, path, named=True)
        notices = Notices(path)
        notices.add(f"{found.summary} (Parquet)")
        yield from notices.take()
        build = ObjectItems(path, found.layout)
        wanted = tuple(dict.fromkeys(used_columns(found.layout)))
        chosen = [top for top in tops if any(names[name] == top for name in wanted)]
        for number, values in _rows(table, chosen, path):
            yield row_item(build, wanted, values, number)


def _opened(stream: Any, path: str) -> Any:
    """Return the file as pyarrow sees it."""
    magic = stream.read(4)
    if magic != b"PAR1":
        what = "is encrypted" if magic == b"PARE" else "is no Parquet file, whatever its name says"
        raise SourceError(what if magic else "is empty", Location(path))
    stream.seek(0)
    try:
        from pyarrow import parquet
    except ImportError:
        raise SourceError(
            "Parquet is read with pyarrow, which is not installed; "
            "`pip install 'culture-lint[parquet]'`, or export it as CSV",
            Location(path),
        ) from None
    try:
        return parquet.ParquetFile(stream)
    except MemoryError:
        raise
    except Exception as error:  # pyarrow raises ValueError, OSError and errors of its own
        raise _damaged(path, error) from None


def _damaged(path: str, error: BaseException, row: int | None = None) -> SourceError:
    what = " ".join(str(error).split())[:120]
    return SourceError(
        f"is damaged or cut-off Parquet ({what or type(error).__name__}); write it again",
        Location(path, row),
    )


def named_columns(schema: Any) -> Iterator[tuple[str, str]]:
    """Yield (column, dotted name) of every text, number and date in a schema."""
    for field in schema:
        for name in _below(field.type, field.name):
            yield field.name, name


def _below(kind: Any, name: str) -> Iterator[str]:
    from pyarrow import types

    if types.is_struct(kind):
        for field in kind:
            yield from _below(field.type, f"{name}.{field.name}")
    elif (
        types.is_list(kind)
        or types.is_large_list(kind)
        or types.is_fixed_size_list(kind)
        or types.is_dictionary(kind)
    ):
        yield from _below(kind.value_type, name)
    elif not (
        types.is_binary(kind)
        or types.is_large_binary(kind)
        or types.is_fixed_size_binary(kind)
        or types.is_map(kind)
    ):
        yield name


def _refuse_bomb(table: Any, tops: Sequence[str], path: str) -> None:
    about = table.metadata
    if about.num_rows > MOST_ROWS:
        raise SourceError(
            f"holds {about.num_rows:,} rows; split it into files of {MOST_ROWS:,} or fewer",
            Location(path),
        )
    read = set(tops)
    for group in range(about.num_row_groups):
        for number in range(about.num_columns):
            column = about.row_group(group).column(number)
            size = column.total_uncompressed_size
            if column.path_in_schema.split(".")[0] not in read or size <= _BIG:
                continue
            if size > _MOST_BYTES or size > _RATIO * max(column.total_compressed_size, 1):
                raise SourceError(
                    f"column {column.path_in_schema!r} unpacks to {size / (1 << 20):,.0f} MB in "
                    "one row group, too much for a listing; write it in smaller row groups",
                    Location(path),
                )


def _rows(table: Any, columns: Sequence[str], path: str, most: int | None = None) -> Rows:
    """Yield the rows, numbered from 1, with their values by dotted name.

    Raises:
        SourceError: If the file is damaged, or a row is longer than any listing.

    """
    number = 0
    size = min(_batch(table, columns), most or _BATCH)
    batches = iter(table.iter_batches(batch_size=size, columns=list(columns), use_threads=False))
    while most is None or number < most:
        try:
            batch = next(batches, None)
            if batch is None:
                return
            if batch.nbytes > _MOST_BYTES:
                raise SourceError(_long(), Location(path, number + 1))
            rows = batch.to_pylist()
        except (MemoryError, SourceError):
            raise
        except Exception as error:  # pyarrow raises ValueError, OSError and errors of its own
            raise _damaged(path, error, number + 1) from None
        for row in rows:
            number += 1
            values = row_values(row)
            if values is None:
                raise SourceError(_long(), Location(path, number))
            yield number, values


def _batch(table: Any, columns: Sequence[str]) -> int:
    """Return how many rows to read at once: a dictionary may make each as long as all of it."""
    wanted = set(columns)
    largest = 1
    for group in range(table.metadata.num_row_groups):
        about = table.metadata.row_group(group)
        chunks = (about.column(number) for number in range(about.num_columns))
        size = sum(
            chunk.total_uncompressed_size
            for chunk in chunks
            if chunk.has_dictionary_page and chunk.path_in_schema.split(".")[0] in wanted
        )
        largest = max(largest, size)
    return max(1, min(_BATCH, _MOST_AT_ONCE // largest))


def _long() -> str:
    return f"this row is longer than {LONGEST_RECORD:,} characters; is this a listing file?"


def row_values(row: dict[str, Any]) -> Values | None:
    """Return what a row holds by dotted name; None if it is longer than any listing."""
    values: Values = {}
    collect(_plain(row), (), "", values)
    long = sum(len(text) for found in values.values() for _, text in found) > LONGEST_RECORD
    return None if long else values


def row_item(build: ObjectItems, wanted: Iterable[str], values: Values, number: int) -> Item:
    """Return the item of a row; ``wanted`` are the names of the columns that are read."""
    pairs = [pair for name in wanted for pair in values.get(name, ())]
    record = GridRow([text for _, text in pairs], number, [ref for ref, _ in pairs])
    return build.item(values, number, number, record)


def _plain(value: Any) -> Any:
    """Return a row with every number and date as text and nothing binary."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return None if value is None or isinstance(value, (bytes, tuple)) else as_text(value)


def used_columns(layout: Layout) -> Iterator[str]:
    """Yield the names of the columns that a layout reads anything from."""
    for column in layout.columns:
        yield column.name
        if column.name_at is not None:
            yield layout.names[column.name_at]
    rows = (layout.ids, layout.variants, layout.languages, layout.markets, layout.currencies)
    for at in (index for found in (*rows, layout.ignores) for index in found):
        yield layout.names[at]
    if layout.role_from:
        yield layout.names[layout.role_from[0]]
