"""Make items of the rows of a table, whatever kind of file they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from culture_lint.sources.cells import segments
from culture_lint.sources.html_text import has_markup
from culture_lint.sources.items import Item, Role, Segment
from culture_lint.sources.layout import Column, Layout
from culture_lint.sources.places import CellPlaces, Record
from culture_lint.sources.rows import (
    item_id,
    row_currency,
    row_directives,
    row_language,
    row_markets,
)
from culture_lint.sources.schemas import LONGEST_EMPTY_WORD, empty_words


class TableItems:
    """Makes items from the rows of one table.

    Args:
        path: The file's name as reports show it.
        layout: What is read from each row.
        prefix: Stands before the fields, and before the numbers of rows without an id of their
            own, where the file holds more than one table.

    """

    def __init__(self, path: str, layout: Layout, prefix: str = "") -> None:
        self.path = path
        self.layout = layout
        self.prefix = prefix
        self.number = 0
        self.width = len(layout.names)
        #: What the quick way through a plain cell needs of each column.
        self.plans = tuple(
            (
                one.index,
                prefix + one.name,
                one.role,
                one.attribute,
                one.language,
                _quick(one, layout),
                replace(one, name=prefix + one.name),
            )
            for one in layout.columns
        )
        self.empty = empty_words()
        #: The option names of the product that the rows last named, by column.
        self.options: dict[int, str] = {}
        self.owner = ""

    def item(self, cells: list[str], line: int, record: Record) -> Item:
        """Return the item of one row, which has a cell for every column.

        ``record`` leads back from a cell, by its column's index, to the file.
        """
        layout = self.layout
        self.number += 1
        found = self._segments(cells, record)
        name = item_id(layout, cells, self.number, self.prefix)
        return Item(
            self.path,
            name,
            line,
            tuple(found),
            row_language(layout, cells) if layout.languages else None,
            row_markets(layout, cells) if layout.markets else layout.declared,
            row_directives(layout, cells, record) if layout.ignores else (),
            name == f"{self.prefix}{self.number}",
        )

    def _segments(self, cells: list[str], record: Record) -> list[Segment]:
        found: list[Segment] = []
        empty = self.empty
        for index, name, role, attribute, language, quick, column in self.plans:
            cell = cells[index]
            if not cell:
                continue
            if (
                quick is not None
                and "<" not in cell
                and ("&" not in cell or not has_markup(cell))
                and (not quick or quick not in cell)
                and cell[0] not in "[{"
            ):
                text = cell.strip()
                if len(text) <= LONGEST_EMPTY_WORD and (not text or text.casefold() in empty):
                    continue
                places = CellPlaces(record, index, 0 if text == cell else cell.find(text[0]))
                found.append(Segment(name, role, text, places, attribute, language))
            else:
                found += self._cut(cells, cell, column, record)
        return found

    def _cut(
        self, cells: list[str], cell: str, column: Column, record: Record
    ) -> Iterator[Segment]:
        """Yield the segments of a cell that is more than plain text."""
        if column.role is Role.PRICE:
            currency = row_currency(self.layout, cells)
            column = replace(column, attribute=column.attribute or currency)
        if self.layout.role_from and column.role is Role.DESCRIPTION:
            at, roles = self.layout.role_from
            role = roles.get(cells[at].strip(), "description")
            if role is None:
                return
            column = replace(column, role=Role(role))
        option = None if column.name_at is None else self._option(cells, column.name_at)
        yield from segments(column, cell, record, column.index, option)

    def _option(self, cells: list[str], name_at: int) -> str:
        """Return an option's name; variants leave it to the first row of their product."""
        owner = cells[self.layout.ids[0]] if self.layout.ids else ""
        if owner != self.owner:
            self.owner = owner
            self.options.clear()
        if cells[name_at].strip():
            self.options[name_at] = cells[name_at]
        return self.options.get(name_at, "") if owner else cells[name_at]


def _quick(column: Column, layout: Layout) -> str | None:
    """Return what a plain cell of this column must not hold to be one segment as it stands.

    None: it is never that simple.
    """
    if column.named or column.name_at is not None or len(column.separators) > 1:
        return None
    if column.role is Role.PRICE and layout.currencies:
        return None
    if column.underscores or layout.role_from:
        return None
    return column.separators
