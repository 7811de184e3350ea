"""Read plain text: one item a paragraph, its lines as they stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from culture_lint.sources.dialects import NO_DELIMITER, Sample
from culture_lint.sources.flow import Flow, Piece
from culture_lint.sources.html_text import decoded, markup
from culture_lint.sources.items import Item, Notice, Role
from culture_lint.sources.messages import composed
from culture_lint.sources.passages import Passages, Text
from culture_lint.sources.templating import Masked, without_templates

_LINES = re.compile(r"[^\r\n]*[^\s][^\r\n]*(?:(?:\r\r\n|\r\n|\r|\n)[^\r\n]*[^\s][^\r\n]*)*")
_LINE_END = re.compile(r"\r\r\n|\r\n|\r|\n")
#: The little HTML that stores take in plain text.
_TAGS = re.compile(
    r"</?(?:b|i|u|em|strong|p|br|h[1-6]|a|ul|ol|li|font|small|big)(?:\s[^<>]*)?/?>", re.I
)

#: The fields of a store listing whose every field is a file, by the file's name.
_FIELDS = {
    "title": Role.TITLE,
    "name": Role.TITLE,
    "subtitle": Role.SUBTITLE,
    "keywords": Role.TAG,
    "short_description": Role.DESCRIPTION,
    "long_description": Role.DESCRIPTION,
    "full_description": Role.DESCRIPTION,
    "description": Role.DESCRIPTION,
    "promotional_text": Role.DESCRIPTION,
    "release_notes": Role.DESCRIPTION,
}
#: Files for programs, whatever stands in them.
_NO_COPY = re.compile(
    r"(?:robots|cmakelists|(?:[\w-]*[-_])?(?:requirements|constraints)(?:[-_.][\w-]*)?)\.txt"
)


def is_table(sample: Sample, lines: Sequence[str]) -> bool:
    """Tell whether a text is a table rather than prose.

    A table has a known header, or its records have so many cells and so alike as sentences have
    not: commas in prose are followed by a blank, and paragraphs by a blank line.
    """
    rows = sample.rows[sample.header :]
    text = "".join(lines).rstrip()
    blank = re.search(r"\n[ \t]*\r?\n", text) is not None
    sign = sample.dialect.delimiter
    if sample.score > 0 and len(rows) > 1 and not (blank and sign == NO_DELIMITER):
        return True
    if sign == NO_DELIMITER or len(rows) < 2 or blank:
        return False
    size, often = Counter(map(len, rows)).most_common(1)[0]
    if often < 0.9 * len(rows) or size < 2:
        return False
    if sign == "\t":
        return True
    inner = [cell for row in rows for cell in row[1:]]
    spaced = sum(cell.startswith(" ") for cell in inner)
    return len(rows) > 2 and size > 2 and spaced * 5 < len(inner)


def paragraphs(path: str, raw: str) -> Iterator[Item | Notice]:
    """Yield the paragraphs of a text, numbered; those of a store listing are what the file is named."""
    name = PurePath(path).name.casefold()
    if _NO_COPY.fullmatch(name):
        yield Notice(path, "is for programs, not for people; it is left out")
        return
    field = name.rpartition(".")[0]
    role = _FIELDS.get(field)
    page = Passages(path, raw)
    masked = without_templates(raw)
    html = _TAGS.search(raw) is not None
    for number, found in enumerate(_LINES.finditer(masked.text), 1):
        page.part(str(number))
        shown, pieces = _paragraph(masked, *found.span(), html=html)
        for text, parts in _keywords(shown, pieces) if role is Role.TAG else [(shown, pieces)]:
            page.add(Text(field if role else "text", role or Role.DESCRIPTION, text, parts))
    yield from page.items()


def _paragraph(masked: Masked, start: int, end: int, *, html: bool) -> tuple[str, list[Piece]]:
    """Return a paragraph with its line ends, its placeholders and tags put aside."""
    flow = Flow(masked.cuts)
    at = start
    while at < end:
        found = _LINE_END.search(masked.text, at, end)
        stop = found.start() if found else end
        for first, last in _stretches(masked.text, at, stop, html=html):
            for part in (
                decoded(masked.text, first, last)
                if html
                else [(masked.text[first:last], first, last)]
            ):
                flow.add(*part)
        if found is None:
            break
        flow.line(*found.span())
        at = found.end()
    return flow.made()


def _stretches(text: str, start: int, end: int, *, html: bool) -> Iterator[tuple[int, int]]:
    """Yield what stands between the tags of a line."""
    if not html or "<" not in text[start:end]:
        yield start, end
        return
    for mark in markup(text[start:end]):
        if mark.kind == "text":
            yield start + mark.start, start + mark.end


def _keywords(text: str, pieces: list[Piece]) -> Iterator[tuple[str, list[Piece]]]:
    """Yield the keywords of a list with commas."""
    for found in re.finditer(r"[^,\n，、]+", text):
        yield found[0], composed([(len(found[0]), *found.span())], pieces)
