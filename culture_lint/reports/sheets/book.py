"""A workbook in the making: its parts and styles, and the columns that every sheet gets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from culture_lint.errors import SettingsError
from culture_lint.reports.sheets.added import Added, Spot, is_formula
from culture_lint.reports.sheets.comments import AUTHOR, MOST, Comments, comment_text
from culture_lint.reports.sheets.grid_edit import (
    number_cell,
    text_cell,
)
from culture_lint.reports.sheets.marks import SEVERITIES, Kept, Marked
from culture_lint.reports.sheets.overview import Tally, overview
from culture_lint.reports.sheets.package import (
    STYLES_TYPE,
    Package,
    add_sheet,
    sheet_names,
)
from culture_lint.reports.sheets.styles import GROUNDS, PLAIN, Styles
from culture_lint.reports.sheets.xml_edit import (
    MOST_CHARACTERS,
    letters,
    outline,
)
from culture_lint.reports.sheets.xml_edit import (
    cut as shortened,
)
from culture_lint.results import RunInfo, Summary, Verdict
from culture_lint.sources.items import ReadOptions, Source

#: What a sheet can hold.
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
Input = tuple[Source, ReadOptions]


class Book:
    """A workbook in the making: its parts, its styles, what the overview will tell."""

    def __init__(self, package: Package, kept: Kept) -> None:
        self.package = package
        self.kept = kept
        self.tally = Tally()
        found = package.related(package.workbook(), "styles")
        self._styles_part = found[0] if found else "xl/styles.xml"
        if not found:
            package.set(self._styles_part, PLAIN)
            package.relate(package.workbook(), "styles", self._styles_part)
            package.type(self._styles_part, STYLES_TYPE)
        self.styles = Styles(package.read(self._styles_part))
        self._left = _budget(kept)

    def commented(self, severity: str) -> bool:
        """Tell whether a cell with a finding of that severity, its gravest, still gets a comment."""
        if self._left[severity] > 0:
            self._left[severity] -= 1
            return True
        self.tally.note(
            f"Comments stand on {MOST:,} cells, those of the gravest findings first; with more a "
            "workbook opens slowly. What was found in the others is in the column of findings."
        )
        return False

    def write(self, out: BinaryIO, info: RunInfo, summary: Summary, verdict: Verdict) -> None:
        """Add the overview and write all of it."""
        package = self.package
        names = dict(sheet_names(package))
        part = names.get(AUTHOR)
        if part is None:
            part = package.free("xl/worksheets/culture_lint{}.xml")
            add_sheet(package, AUTHOR, part)

        def last() -> Sequence[bytes]:
            views = outline(package.read(package.workbook())).child("bookViews") is not None
            return [overview(info, summary, verdict, self.tally, self.styles, views=views)]

        package.set(part, last, late=True)
        package.set(self._styles_part, lambda: [self.styles.data()], late=True)
        package.write(out)


def _budget(kept: Kept) -> Counter[str]:
    """Return how many cells get a comment, by the gravest finding in them."""
    wanted: Counter[str] = Counter()
    for part in kept.parts.values():
        wanted.update(part.cells)
    left = MOST
    budget: Counter[str] = Counter()
    for name in SEVERITIES:
        budget[name] = min(wanted[name], left)
        left -= budget[name]
    return budget


@dataclass(slots=True)
class Look:
    """How the cells of one row are to look: the gravest severity by column, the comments."""

    grounds: dict[int, str] = field(default_factory=dict)

    def of(self, found: Sequence[Spot]) -> None:
        """Take the findings of the row, the gravest first."""
        for spot in found:
            self.grounds.setdefault(spot.column, spot.mark.severity)


class SheetParts:
    """What is the same for every sheet: added columns, their cells, comments, links."""

    def __init__(
        self,
        book: Book,
        name: str,
        columns: Added,
        first: int,
        comments: Comments | None,
        p: bytes,
    ) -> None:
        self.book = book
        self.name = name
        self.columns = columns
        self.first = first
        self.prefix = p
        self._comments = comments
        if first + len(columns) > LAST_COLUMN:
            raise SettingsError(
                f"{book.package.path}: sheet “{name}” has {first:,} columns, and with those to add "
                f"it would have more than a sheet can hold ({LAST_COLUMN:,})"
            )

    def widths(self) -> dict[int, float]:
        """Return the widths of the added columns."""
        count = len(self.columns.markets)
        sizes = [22.0] * count + [22.0, 60.0, 40.0] + [40.0] * len(self.columns.suggested)
        return {self.first + number: size for number, size in enumerate(sizes)}

    def header(self, row: int, style: int | None) -> bytes:
        """Return the cells with the names of the added columns."""
        return b"".join(
            text_cell(self.prefix, f"{letters(at)}{row}", name, style)
            for at, name in enumerate(self.columns.header(), self.first)
        )

    def cells(
        self, row: int, one: Marked, texts: Mapping[int, str], found: Sequence[Spot]
    ) -> bytes:
        """Return the added cells of a row, and see to its comments and its place among the worst."""
        styles = self.book.styles
        parts = []
        at = self.first
        for cai in self.columns.scores(one):
            parts.append(number_cell(self.prefix, f"{letters(at)}{row}", cai, styles.score(cai)))
            at += 1
        for number, text in enumerate(self.columns.texts(one, texts, found)):
            if len(text) > MOST_CHARACTERS // 2:
                text = self.cut(text)
            style = styles.text() if is_formula(text) else None
            if number == 0 and text in GROUNDS:
                style = styles.grounded(0, GROUNDS[text])
            parts.append(text_cell(self.prefix, f"{letters(at)}{row}", text, style))
            at += 1
        if one.marks:
            place = f"'{self.name.replace(chr(39), chr(39) * 2)}'!A{row}"
            self.book.tally.add(one, place)
            self._comment(row, found)
        return b"".join(parts)

    def _comment(self, row: int, found: Sequence[Spot]) -> None:
        if self._comments is None:
            return
        by_column: dict[int, list[Spot]] = {}
        for spot in found:
            by_column.setdefault(spot.column, []).append(spot)
        for column, spots_there in by_column.items():
            if self.book.commented(spots_there[0].mark.severity):
                self._comments.add(row - 1, column, comment_text(spots_there))

    def cut(self, text: str) -> str:
        """Return a text as long as a cell can hold; where it was longer, the overview says so."""
        short = shortened(text)
        if short != text:
            self.book.tally.note(
                f"Text beyond the {MOST_CHARACTERS:,} characters that a cell can hold is cut off; "
                "it ends in “…”."
            )
        return short
