"""Decide what the columns of a file hold, and say so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from culture_lint.errors import Location, SourceError
from culture_lint.frozen import frozen
from culture_lint.sources.dialects import HEADER_WITHIN
from culture_lint.sources.items import ReadOptions
from culture_lint.sources.layout import Layout, column_index, described, listed, plan
from culture_lint.sources.schemas import GENERIC, ROW_ROLES, Schema, best_schema, is_own
from culture_lint.sources.shapes import guess_uses, looks_like_header

Rows = Sequence[Sequence[str]]


@frozen
class Recognised:
    """What was found out about a file: its layout, and how many records to pass over."""

    layout: Layout
    #: Records before the first item, the header among them.
    skip: int
    #: The same in words, for the user.
    summary: str
    #: Whether only the look of its cells says what a column holds.
    guessed: bool = False


def recognise(rows: Rows, options: ReadOptions, path: str, *, named: bool = False) -> Recognised:
    """Return how to read a file that starts with these records.

    A known header wins; else the user's mapping; else the shape of the columns. ``named``: the
    first record is sure to name the columns.

    Raises:
        SourceError: If no column with text is found, or the mapping does not fit.

    """
    try:
        header, schema = (0, best_schema(rows[0])[1]) if named else find_header(rows, options)
        if header is None:
            names = _numbered(rows)
            return _laid_out(names, GENERIC, rows, 0, options)
        names = [clean(cell) for cell in rows[header]]
        return _laid_out(names, schema or GENERIC, rows[header + 1 :], header + 1, options)
    except SourceError as error:
        raise SourceError(error.message, Location(path)) from None


def find_header(rows: Rows, options: ReadOptions) -> tuple[int | None, Schema | None]:
    """Return the record that names the columns and the format it belongs to, if any."""
    best: tuple[float, int | None, Schema | None] = (0.0, None, None)
    for index, row in enumerate(rows[:HEADER_WITHIN]):
        score, schema = best_schema(row)
        if score > best[0]:
            best = (score, index, schema)
    wanted = [name for _, name in options.columns]
    named = [name for name in wanted if not name.isdecimal()]
    if named:
        for index, row in enumerate(rows[:HEADER_WITHIN]):
            if all(column_index([clean(cell) for cell in row], name) is not None for name in named):
                fits = best_schema(row)[1]
                return index, fits
        return (best[1], best[2]) if best[1] is not None else (0 if rows else None, None)
    if best[1] is None and looks_like_header(rows):
        return 0, None
    return best[1], best[2]


def clean(cell: str) -> str:
    """Return a column's name as it is shown, without a byte order mark or blanks around it."""
    return cell.strip("\ufeff \t\r\n\xa0\u3000")


def _numbered(rows: Rows) -> list[str]:
    sizes = Counter(len(row) for row in rows)
    size = max(sizes, key=lambda one: (sizes[one], one), default=0)
    return [f"column {number}" for number in range(1, size + 1)]


def _laid_out(
    names: list[str], schema: Schema, rows: Rows, skip: int, options: ReadOptions
) -> Recognised:
    """Lay the columns out, by their shape where no name says enough."""
    nameless = skip == 0
    layout = plan(names, schema, options)
    how = schema.name
    guessed = False
    if not layout.has_text or (schema is GENERIC and not layout.has_prose):
        known = layout
        if not _maps_text(options):
            layout = plan(names, schema, options, guess_uses(_foreign(names, rows)))
        if layout != known:
            guessed = True
            how = "listing without a header" if nameless else "listing with unknown column names"
            how += " (by the look of its cells)"
    if not layout.has_text:
        raise SourceError(_no_text(names, rows, nameless=nameless))
    if options.columns and schema is GENERIC:
        how = "listing with the columns given"
    return Recognised(layout, skip, f"read as {how}: {described(layout)}", guessed)


def _foreign(names: Sequence[str], rows: Rows) -> Rows:
    """Return rows whose cells are empty where the column is one of ours."""
    own = {at for at, name in enumerate(names) if is_own(name)}
    if not own:
        return rows
    return [["" if at in own else cell for at, cell in enumerate(row)] for row in rows]


def _maps_text(options: ReadOptions) -> bool:
    return any(
        role not in (*ROW_ROLES, "price", "category", "brand") for role, _ in options.columns
    )


def _no_text(names: Sequence[str], rows: Rows, *, nameless: bool) -> str:
    if nameless:
        first = listed(list(rows[0])) if rows else "nothing"
        return (
            f"no text column found; the first record holds: {first}. "
            "Say which column is what by its number, e.g. `--column title=2`"
        )
    return (
        f"no text column found among: {listed(names)}. "
        "Say which column is what, e.g. `--column title=NAME`"
    )
