"""Guess what columns hold from the shape of their cells, where no header says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from culture_lint.frozen import frozen
from culture_lint.sources.languages import language_tag
from culture_lint.sources.schemas import Use, is_empty

_NUMBER = re.compile(r"^[\s\d.,:%+\-/€$£¥₹₽₩]*\d[\s\d.,:%+\-/€$£¥₹₽₩]*(?:[A-Za-zа-я원元円.]{0,4})$")
_BLANK = re.compile(r"\s")
_PATH = re.compile(r"\S > \S")
_WIDE = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LETTER = re.compile(r"[^\W\d_]")
_SENTENCE = re.compile(r"[.!?。！？।؟](?:\s|$|<)")
_LONG = 60
_PROSE = 200
_ROWS = 300


@frozen
class Shape:
    """How the cells of one column look; shares are of the cells that are not empty."""

    index: int
    filled: int
    #: Mean length in characters; a character of a script without blanks counts double.
    length: float
    #: Share of cells of running text: letters, several words, no number, address or path.
    text: float
    distinct: float
    language: float
    #: Share of cells that read as sentences or are very long.
    prose: float = 0.0
    #: Share of cells that are a path of categories ("Books > Fiction").
    path: float = 0.0


def guess_uses(rows: Sequence[Sequence[str]]) -> dict[int, Use]:
    """Return what the columns of these records seem to hold; empty when nothing is clear.

    The longest column of running text is the description, or the title when it has no
    sentences; the longest of the others whose texts differ from row to row is the title.
    """
    shapes = shapes_of(rows)
    texts = [shape for shape in shapes if shape.text >= 0.5 and shape.distinct >= 0.3]
    if not texts:
        return {}
    longest = max(texts, key=lambda shape: shape.length)
    uses: dict[int, Use] = {}
    rest = [shape for shape in texts if shape is not longest and shape.distinct >= 0.8]
    if longest.prose >= 0.4:
        uses[longest.index] = Use("description")
        if rest:
            uses[max(rest, key=lambda shape: shape.length).index] = Use("title")
    else:
        if any(shape.length > 0.7 * longest.length for shape in rest):
            return {}
        uses[longest.index] = Use("title")
    for shape in shapes:
        if shape.index not in uses and shape.language >= 0.8 and shape.filled >= 3:
            uses[shape.index] = Use("language")
            break
    for shape in shapes:
        if shape.index not in uses and shape.path >= 0.8 and shape.filled >= 3:
            uses[shape.index] = Use("category")
            break
    codes = [shape for shape in shapes if shape.index not in uses and shape.text < 0.2]
    for least in (0.95, 0.01):
        owner = next((shape for shape in codes if shape.distinct > least), None)
        if owner is not None and owner.distinct * owner.filled >= 2:
            uses[owner.index] = Use("id")
            break
    return uses


def shapes_of(rows: Sequence[Sequence[str]]) -> list[Shape]:
    """Return the shape of each column."""
    rows = rows[:_ROWS]
    width = max((len(row) for row in rows), default=0)
    return [
        _shape(index, [row[index] for row in rows if len(row) > index and not is_empty(row[index])])
        for index in range(width)
    ]


def _shape(index: int, cells: list[str]) -> Shape:
    if not cells:
        return Shape(index, 0, 0.0, 0.0, 0.0, 0.0)
    count = len(cells)
    return Shape(
        index=index,
        filled=count,
        length=sum(len(cell) + len(_WIDE.findall(cell)) for cell in cells) / count,
        text=sum(is_text(cell) for cell in cells) / count,
        distinct=len(set(cells)) / count,
        language=sum(language_tag(cell[:_LONG]) is not None for cell in cells) / count,
        prose=sum(is_prose(cell) for cell in cells) / count,
        path=sum(_PATH.search(cell) is not None for cell in cells) / count,
    )


def is_number(cell: str) -> bool:
    """Tell whether a cell is a number, a price, a date or a time."""
    return len(cell) < _LONG and _NUMBER.match(cell) is not None


def is_text(cell: str) -> bool:
    """Tell whether a cell is running text, or a name of several words."""
    cell = cell.strip()
    if is_number(cell) or _PATH.search(cell):
        return False
    if not _BLANK.search(cell) and any(sign in cell for sign in "./=@"):
        return False
    if _WIDE.search(cell):
        return len(cell) > 3
    return " " in cell and len(_LETTER.findall(cell)) * 2 > len(cell)


def is_prose(cell: str) -> bool:
    """Tell whether a cell reads as sentences, by its full stops or its length."""
    return len(cell) > _PROSE or _SENTENCE.search(cell) is not None


def looks_like_header(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first record names columns: short words above cells of another kind."""
    if len(rows) < 2:
        return False
    first = [cell.strip() for cell in rows[0]]
    names = [cell for cell in first if cell]
    if not names or len(set(names)) < len(names) or any(len(name) > _LONG for name in names):
        return False
    if any(is_number(name) for name in names):
        return False
    below = shapes_of(rows[1:])
    return any(
        shape.filled
        and shape.index < len(first)
        and first[shape.index]
        and (_differs(first[shape.index], shape, rows[1:_ROWS]))
        for shape in below
    )


def _differs(name: str, shape: Shape, rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether a column's cells are numbers, or texts much longer than its name."""
    if shape.length > 3 * len(name) and shape.length > 30:
        return True
    cells = [row[shape.index] for row in rows if len(row) > shape.index]
    cells = [cell for cell in cells if cell.strip()]
    return sum(is_number(cell.strip()) for cell in cells) > 0.8 * len(cells)
