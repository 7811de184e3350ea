"""The columns that a sheet gets: their names, and what they say of an item."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from culture_lint.advice.grammar import Fit, fit
from culture_lint.frozen import frozen
from culture_lint.reports.plain import line
from culture_lint.reports.sheets.marks import Mark, Marked

#: What all names of added columns begin with; such columns are not read when a sheet is checked.
PREFIX = "culture_lint_"
#: A spreadsheet program takes text that begins so for a formula (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: Between what is said of several findings in one cell.
_BETWEEN = " | "
#: Findings spelled out in one cell.
_SPELLED = 20
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)


@frozen
class Spot:
    """A finding in a cell: ``start`` and ``end`` in the cell's text, None where it cannot be told."""

    column: int
    mark: Mark
    start: int | None = None
    end: int | None = None


@frozen
class Added:
    """The added columns of one sheet, in order: scores, severity, findings, advice, suggestions.

    ``suggested`` are the columns of the sheet (their numbers) for which something can be put in,
    ``names`` their names.
    """

    markets: tuple[str, ...]
    suggested: tuple[int, ...] = ()
    names: tuple[str, ...] = ()

    def header(self) -> list[str]:
        """Return the names of the added columns."""
        return [
            *(f"{PREFIX}cai_{market}" for market in self.markets),
            f"{PREFIX}severity",
            f"{PREFIX}findings",
            f"{PREFIX}say_instead",
            *(f"{PREFIX}suggested_{line(name)}" for name in self.names),
        ]

    def __len__(self) -> int:
        return len(self.markets) + 3 + len(self.suggested)

    def scores(self, one: Marked) -> list[float | None]:
        """Return the CAI in each market, None where the item was not judged."""
        scores = dict(one.scores)
        return [scores.get(market) for market in self.markets]

    def texts(self, one: Marked, cells: Mapping[int, str], spots: Sequence[Spot]) -> list[str]:
        """Return severity, findings, advice, and the text with the suggestions of each column.

        Args:
            one: The item.
            cells: The text of the cells that findings stand in, by column.
            spots: Its findings in those cells.
        """
        severity = one.severity or ("not examined" if one.lowest is None else "")
        suggestions = [
            suggestion(cells[column], [spot for spot in spots if spot.column == column])
            if column in cells
            else ""
            for column in self.suggested
        ]
        return [severity, findings(one), advice(one), *suggestions]


def added(markets: Sequence[str], layout_names: Sequence[str], fields: Iterable[str]) -> Added:
    """Return the columns to add to a sheet with these columns, for suggestions in these fields."""
    wanted = set(fields)
    at: dict[str, int] = {}
    for number, name in enumerate(layout_names):
        if name in wanted:
            at.setdefault(name, number)
    return Added(tuple(markets), tuple(at.values()), tuple(at))


def findings(one: Marked) -> str:
    """Return an item's findings for a person, the gravest first, and why it was not judged."""
    said = [_said(marks) for marks in _alike(one.marks)]
    if len(said) > _SPELLED:
        said = [*said[:_SPELLED], f"and {len(said) - _SPELLED} more"]
    return _BETWEEN.join([*said, *one.status])


def _said(marks: Sequence[Mark]) -> str:
    first = marks[0]
    where = line(first.field) + (f" ({len(marks)} times)" if len(marks) > 1 else "")
    return f"{first.severity.upper()} {cost(marks)} in {where}: {first.message}"


def cost(marks: Sequence[Mark]) -> str:
    """Return the markets of findings with the points they cost there."""
    total: dict[str, float] = {}
    for mark in marks:
        for market, points in mark.cost:
            total[market] = round(total.get(market, 0.0) + points, 1)
    if not total:
        return ", ".join(marks[0].markets)
    return ", ".join(f"{market} -{points:.1f}" for market, points in total.items())


def _alike(marks: Sequence[Mark]) -> Iterator[list[Mark]]:
    """Yield findings of one rule in one field together; their messages name the same thing."""
    groups: dict[tuple[str, str, str], list[Mark]] = {}
    for mark in marks:
        groups.setdefault((mark.rule, mark.field, mark.message), []).append(mark)
    yield from groups.values()


def advice(one: Marked) -> str:
    """Return what to say instead, for each passage that has an alternative."""
    said: dict[str, None] = {}
    for mark in one.marks:
        if mark.instead:
            text = line(mark.text)
            said[f"{_short(text)} → {mark.instead}"] = None
    return _BETWEEN.join(said)


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def suggestion(cell: str, spots: Sequence[Spot]) -> str:
    """Return a cell's text with what is suggested in its places; "" where nothing can be put in.

    Only alternatives that fit the grammar of the place are put in; where two passages overlap, the
    graver finding decides.
    """
    taken: list[tuple[int, int, str]] = []
    for spot in spots:
        start, end, mark = spot.start, spot.end, spot.mark
        if start is None or end is None or not mark.replacement or cell[start:end] != mark.text:
            continue
        if any(start < last and first < end for first, last, _ in taken):
            continue
        fits = Fit(mark.replacement)
        if mark.grammar:
            fits = fit(mark.replacement, mark.text, cell[:start], cell[end:], mark.grammar)
        if not fits.doubt:
            taken.append((start - fits.back, end, _escaped(fits.text, cell)))
    if not taken:
        return ""
    for start, end, text in sorted(taken, reverse=True):
        cell = cell[:start] + text + cell[end:]
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", cell)


def _escaped(text: str, cell: str) -> str:
    """Return an alternative escaped as the cell needs it."""
    if cell.lstrip()[:1] in ("[", "{"):
        return json.dumps(text, ensure_ascii=False)[1:-1]
    if re.search(r"</?[A-Za-z][^<>]*>", cell):
        return html.escape(text, quote=False)
    return text


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet program may take a text for a formula."""
    return text.lstrip(" ").startswith(FORMULA) if text else False
