"""Find out how a delimited file separates its cells."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from culture_lint.errors import Location, SourceError
from culture_lint.frozen import frozen
from culture_lint.sources.records import Dialect
from culture_lint.sources.schemas import Schema, best_schema

_DELIMITERS = ",;\t|"
#: Separates nothing: for files of one column.
NO_DELIMITER = "\x1f"
_NAMES = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
_SPOKEN = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "pipe", NO_DELIMITER: "one column"}
#: The first line with which spreadsheets name the delimiter.
_TOLD = re.compile(r'"?sep=([^"\r\n])"?[\r\n]+', re.IGNORECASE)
#: The header stands within the first so many records.
HEADER_WITHIN = 10


@frozen
class Sample:
    """The start of a file, read in one dialect."""

    dialect: Dialect
    rows: tuple[tuple[str, ...], ...]
    schema: Schema | None
    header: int
    score: float
    #: Between 0 and 1: how alike the records are in their number of cells.
    order: float


def delimiter_name(delimiter: str) -> str:
    """Return a delimiter as a user calls it."""
    return _SPOKEN.get(delimiter, f"“{delimiter}”")


def declared_delimiter(text: str, path: str) -> str:
    """Return the delimiter that a user named.

    Raises:
        SourceError: If it is not one character.

    """
    sign = _NAMES.get(text.strip().casefold(), text)
    if len(sign) != 1 or sign in '\r\n"':
        raise SourceError(
            f"the delimiter “{text}” is not one character; use for example “;” or “tab”",
            Location(path),
        )
    return sign


def first_line_names_delimiter(lines: Sequence[str]) -> bool:
    """Tell whether the first line is ``sep=;`` or the like."""
    return bool(lines) and _TOLD.match(lines[0]) is not None


def sniff(lines: Sequence[str], *, whole: bool, path: str, delimiter: str | None) -> Sample:
    """Return the start of a file in the dialect in which it reads best.

    The dialect whose first records hold a known header wins, then the one whose records are
    the most alike. ``whole``: ``lines`` are the whole file.

    Raises:
        SourceError: If cells are separated by more than one character.

    """
    told = _TOLD.match(lines[0]) if lines else None
    if told and delimiter is None:
        delimiter = told[1]
    if delimiter is None:
        _refuse_odd_separators(lines, path)
    signs = [delimiter] if delimiter else list(_DELIMITERS)
    if path.lower().endswith((".tsv", ".tab")) and not delimiter:
        signs.sort(key=lambda sign: sign != "\t")
    samples = [
        _sample(lines, dialect, whole=whole) for sign in signs for dialect in _variants(sign, lines)
    ]
    if told:
        samples = [_sample(lines[1:], sample.dialect, whole=whole) for sample in samples]
    best = max(samples, key=lambda sample: (sample.score, round(sample.order, 2)))
    header = best.rows[best.header] if best.rows else ()
    one_column = len(header) == 1 if best.score else best.order < 0.4
    if one_column and delimiter is None:
        return _sample(lines, Dialect(NO_DELIMITER), whole=whole)
    return best


def _variants(sign: str, lines: Sequence[str]) -> Iterator[Dialect]:
    yield Dialect(sign)
    if sign != "\t" and any(f'{sign} "' in line for line in lines):
        yield Dialect(sign, skip_blank=True)


def _refuse_odd_separators(lines: Sequence[str], path: str) -> None:
    text = "".join(lines)
    found = Counter(re.findall(r"[+&~^$#@*\\]\|", text))
    bars = text.count("|")
    if bars > 20 and sum(found.values()) > 0.9 * bars:
        shown = " and ".join(f"“{sign}”" for sign, _ in found.most_common(2))
        raise SourceError(
            f"cells end in {shown}, and a separator of two characters is not read; "
            "export the file with one character between cells, e.g. a tab",
            Location(path),
        )


def _sample(lines: Sequence[str], dialect: Dialect, *, whole: bool) -> Sample:
    rows: list[tuple[str, ...]] = []
    try:
        rows.extend(tuple(row) for row in dialect.rows(_without_nul(lines)) if row)
    except csv.Error:
        whole = True
    if not whole and len(rows) > 1:
        rows.pop()
    score, schema, header = 0.0, None, 0
    for index, row in enumerate(rows[:HEADER_WITHIN]):
        points, found = best_schema(row)
        if points > score:
            score, schema, header = points, found, index
    return Sample(dialect, tuple(rows), schema, header, score, _order(rows[header:]))


def _without_nul(lines: Sequence[str]) -> Iterator[str]:
    return (line.replace("\0", " ") for line in lines)


def _order(rows: Sequence[tuple[str, ...]]) -> float:
    """Return how alike records are in their number of cells; 0 when they have one cell each."""
    counts = Counter(len(row) for row in rows)
    if not counts:
        return 0.0
    size, often = max(counts.items(), key=lambda count: (count[1], count[0]))
    return often / len(rows) * (1 - 1 / size)
