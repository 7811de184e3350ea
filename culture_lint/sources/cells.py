"""Cut one cell into segments: HTML to text, lists to their elements, named values apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from culture_lint.sources.html_text import Plain, plain_text
from culture_lint.sources.items import Role, Segment
from culture_lint.sources.json_text import decoded, leaves
from culture_lint.sources.layout import Column
from culture_lint.sources.places import CellPlaces, Record, Ref, Runs
from culture_lint.sources.schemas import attribute_name, is_empty

_ELEMENT = re.compile(
    r"""\s*(?:"(?P<double>[^"\\]*(?:\\.[^"\\]*)*)"|'(?P<single>[^'\\]*(?:\\.[^'\\]*)*)')\s*(?P<end>[,\]])""",
    re.DOTALL,
)
_NAMED = re.compile(r"(?:^|[,|;\n])\s{0,3}([^\W\d][\w .-]{0,60}?)\s{0,3}=")
_COLONS = re.compile(r"[^,;\n]+")
#: Roles whose lists are one text that was cut up, as opposed to several texts.
_ONE_TEXT = frozenset({Role.TITLE, Role.SUBTITLE, Role.DESCRIPTION})
_POSITION = re.compile(r":\d+\s*$")


def segments(
    column: Column, cell: str, record: Record, ref: Ref, option: str | None = None
) -> Iterator[Segment]:
    """Yield the segments of one cell, in its order; none when it is empty.

    ``option`` is the attribute's name where another cell of the record gives it.
    """
    if is_empty(cell) or (option is not None and is_empty(option)):
        return
    if column.role is Role.PRICE:
        yield from _stripped(column, Plain(cell), 0, len(cell), record, ref)
        return
    if option is not None and not column.positions:
        column = replace(column, attribute=attribute_name(option))
    if cell.lstrip()[:1] in ("[", "{"):
        found = list(_structured(column, cell, record, ref))
        if found:
            yield from found
            return
    plain = plain_text(cell)
    if column.positions:
        yield from _positional(column, plain, option or "", record, ref)
    elif column.named:
        yield from _named_values(column, plain, record, ref)
    elif column.separators:
        yield from _elements(column, plain, record, ref)
    else:
        yield from _stripped(column, plain, 0, len(plain.text), record, ref)
    for alt in plain.alts:
        described = replace(column, role=Role.ALT, attribute=None)
        yield from _stripped(described, alt, 0, len(alt.text), record, ref)


def _stripped(
    column: Column, plain: Plain, start: int, end: int, record: Record, ref: Ref
) -> Iterator[Segment]:
    """Yield ``plain.text[start:end]`` without the blanks around it as a segment, if any is left."""
    text = plain.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    if is_empty(text):
        return
    if "\0" in text:
        text = text.replace("\0", " ")
    if column.underscores:
        text = text.replace("_", " ")
    places = CellPlaces(record, ref, start, plain.runs)
    yield Segment(column.name, column.role, text, places, column.attribute, column.language)


def _elements(column: Column, plain: Plain, record: Record, ref: Ref) -> Iterator[Segment]:
    """Yield each element of a list in one cell."""
    text = plain.text
    sign = next((sign for sign in column.separators if sign in text), "")
    start = 0
    for part in text.split(sign) if sign else [text]:
        yield from _stripped(column, plain, start, start + len(part), record, ref)
        start += len(part) + len(sign)


def _positional(
    column: Column, plain: Plain, names: str, record: Record, ref: Ref
) -> Iterator[Segment]:
    """Yield the values of "Blue:0; 16GB:1", named by "Color:color:0; Disk space:select:3"."""
    start = 0
    owners = names.split(column.separators)
    for index, part in enumerate(plain.text.split(column.separators)):
        owner = owners[min(index, len(owners) - 1)].split(":")[0]
        named = replace(column, attribute=attribute_name(owner))
        end = start + len(_POSITION.sub("", part))
        yield from _stripped(named, plain, start, end, record, ref)
        start += len(part) + len(column.separators)


def _named_values(column: Column, plain: Plain, record: Record, ref: Ref) -> Iterator[Segment]:
    """Yield the values of ``name=value,name=value`` or ``name:value:position`` lists."""
    text = plain.text
    found = list(_NAMED.finditer(text))
    for at, name in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(text)
        start = name.end()
        if text[start : start + 1] == '"' and text[end - 1 : end] == '"':
            start, end = start + 1, end - 1
        named = replace(column, attribute=attribute_name(name[1]))
        yield from _stripped(named, plain, start, end, record, ref)
    if found:
        return
    for part in _COLONS.finditer(text):
        position = re.search(r":\d*$", part[0])
        end = part.start() + (position.start() if position else len(part[0]))
        cut = text.rfind(":", part.start(), end)
        owner = text[part.start() : cut].rpartition(":")[2] if cut >= 0 else column.name
        named = replace(column, attribute=attribute_name(owner))
        yield from _stripped(named, plain, max(cut + 1, part.start()), end, record, ref)


def _structured(column: Column, cell: str, record: Record, ref: Ref) -> Iterator[Segment]:
    """Yield what a list of strings or a JSON value holds; nothing when the cell is neither."""
    parts = list(_list_elements(cell))
    if not parts:
        if column.role is Role.ATTRIBUTE:
            yield from _json_values(column, cell, record, ref)
        return
    if column.role in _ONE_TEXT:
        yield from _stripped(
            column, joined := _joined(cell, parts), 0, len(joined.text), record, ref
        )
        return
    for start, end in parts:
        text, pieces = decoded(cell, start, end)
        yield from _stripped(column, Plain(text, Runs(pieces)), 0, len(text), record, ref)


def _list_elements(cell: str) -> Iterator[tuple[int, int]]:
    """Yield the inside of each string of ``["a", 'b']``; nothing unless all of it is one list."""
    spans: list[tuple[int, int]] = []
    at = len(cell) - len(cell.lstrip()) + 1
    if cell[at - 1 : at] != "[":
        return
    while found := _ELEMENT.match(cell, at):
        spans.append(found.span("double" if found["double"] is not None else "single"))
        at = found.end()
        if found["end"] == "]":
            if not cell[at:].strip():
                yield from spans
            return


def _joined(cell: str, parts: list[tuple[int, int]]) -> Plain:
    """Return the elements of a list as one text, a blank where it was cut."""
    texts: list[str] = []
    pieces: list[tuple[int, int, int]] = []
    before = 0
    for start, end in parts:
        text, made = decoded(cell, start, end)
        if texts:
            texts.append(" ")
            pieces.append((1, before, start))
        texts.append(text)
        pieces += made
        before = end
    return Plain("".join(texts), Runs(pieces))


def _json_values(column: Column, cell: str, record: Record, ref: Ref) -> Iterator[Segment]:
    """Yield the values of JSON attributes: ``{"color": "red"}``, ``[{"name": .., "value": ..}]``."""
    try:
        found = [leaf for leaf in leaves(cell) if leaf.is_string]
    except (IndexError, TypeError):
        return
    names: dict[tuple[str | int, ...], str] = {}
    for leaf in found:
        text, pieces = decoded(cell, leaf.start, leaf.end)
        last = leaf.path[-1] if leaf.path else ""
        if last in ("name", "key", "label"):
            names[leaf.path[:-1]] = text
            continue
        owner = names.get(leaf.path[:-1], last if isinstance(last, str) else column.name)
        named = replace(column, attribute=attribute_name(owner or column.name))
        yield from _stripped(named, Plain(text, Runs(pieces)), 0, len(text), record, ref)
