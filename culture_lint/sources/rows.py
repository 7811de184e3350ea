"""What a record says of itself: its id, its language, its markets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from culture_lint.sources.directives import parted
from culture_lint.sources.items import Directive, PlaceMap
from culture_lint.sources.languages import currency_code, language_tag, markets
from culture_lint.sources.layout import Layout
from culture_lint.sources.places import CellPlaces, Record
from culture_lint.sources.schemas import is_empty


def item_id(layout: Layout, cells: Sequence[str], number: int, prefix: str = "") -> str:
    """Return the record's own id, else its number behind ``prefix``.

    A record without a title is a variant of the product above it and goes by its own id.
    """
    order = layout.ids
    if layout.variants:
        titled = not layout.titles or any(cells[index] for index in layout.titles)
        order = order + layout.variants if titled else layout.variants + order
    for index in order:
        cell = cells[index]
        if cell and not is_empty(cell):
            return cell.strip()
    return f"{prefix}{number}"


def row_language(layout: Layout, cells: Sequence[str]) -> str | None:
    """Return the language the record declares, None when it declares none that is known."""
    for index in layout.languages:
        tag = language_tag(cells[index][:80])
        if tag:
            return tag
    return None


def row_markets(layout: Layout, cells: Sequence[str]) -> tuple[str, ...] | None:
    """Return the markets the record names: () when it leaves them open, None without a column."""
    if not layout.markets:
        return layout.declared
    found: dict[str, None] = {}
    for index in layout.markets:
        if not is_empty(cells[index]):
            found.update(dict.fromkeys(markets(cells[index][:1000])))
    return tuple(found)


def row_currency(layout: Layout, cells: Sequence[str]) -> str | None:
    """Return the ISO 4217 code of the record's currency column, if there is one."""
    return next((code for at in layout.currencies if (code := currency_code(cells[at]))), None)


def row_directives(layout: Layout, cells: Sequence[str], record: Record) -> tuple[Directive, ...]:
    """Return the suppressions that a row's own column for them holds."""
    return tuple(
        found
        for at in layout.ignores
        if cells[at].strip()
        for found in cell_directives(cells[at], CellPlaces(record, at))
    )


def cell_directives(cell: str, places: PlaceMap) -> Iterator[Directive]:
    """Yield the suppressions of one cell."""
    for text, start, end in parted(cell):
        yield Directive(text, places.place(start, end))
