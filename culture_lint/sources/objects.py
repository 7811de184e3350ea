"""Make items of objects: values under dotted keys, whatever kind of file they stand in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from culture_lint.sources.cells import segments
from culture_lint.sources.items import Directive, Item, Role, Segment
from culture_lint.sources.json_text import Path
from culture_lint.sources.layout import Layout
from culture_lint.sources.places import CellPlaces, Record
from culture_lint.sources.rows import (
    cell_directives,
    item_id,
    row_currency,
    row_language,
    row_markets,
)

#: The values of one object: by dotted key, each with its path.
Values = dict[str, list[tuple[Path, str]]]


def collect(value: Any, path: Path, name: str, values: Values) -> None:
    """Add the strings below ``value``; lists keep the name of their key."""
    if isinstance(value, dict):
        for part, inner in value.items():
            collect(inner, (*path, part), f"{name}.{part}" if name else part, values)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            collect(inner, (*path, index), name, values)
    elif isinstance(value, str):
        if not value.isascii():  # a lone half of a surrogate pair is no character
            value = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        values.setdefault(name, []).append((path, value))
    elif value is None:
        values.setdefault(name, [])


def as_row(names: Sequence[str], values: Values) -> list[str]:
    """Return an object as the cells of a row, one for each of these keys."""
    return [", ".join(text for _, text in values.get(name, ())) for name in names]


class ObjectItems:
    """Makes items from the objects of one file; the keys of its layout are its columns."""

    def __init__(self, path: str, layout: Layout) -> None:
        self.path = path
        self.layout = layout

    def item(self, values: Values, number: int, line: int, record: Record) -> Item:
        """Return the item of one object; ``record`` leads from a value's path to the file."""
        layout = self.layout
        cells = as_row(layout.names, values)
        name = item_id(layout, cells, number)
        return Item(
            self.path,
            name,
            line,
            tuple(self._segments(cells, values, record)),
            row_language(layout, cells) if layout.languages else None,
            row_markets(layout, cells),
            tuple(self._directives(values, record)) if layout.ignores else (),
            name == str(number),
        )

    def _segments(self, cells: list[str], values: Values, record: Record) -> Iterator[Segment]:
        for column in self.layout.columns:
            if column.role is Role.PRICE and self.layout.currencies:
                currency = row_currency(self.layout, cells)
                column = replace(column, attribute=column.attribute or currency)
            option = None if column.name_at is None else cells[column.name_at]
            for path, text in values.get(column.name, ()):
                yield from segments(column, text, record, path, option)

    def _directives(self, values: Values, record: Record) -> Iterator[Directive]:
        for index in self.layout.ignores:
            for path, text in values.get(self.layout.names[index], ()):
                yield from cell_directives(text, CellPlaces(record, path))
