"""Read Fluent files: one item per message, term or attribute; each variant is a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from culture_lint.errors import Location, SourceError
from culture_lint.sources.catalogue import Catalogue, Message, whole_text
from culture_lint.sources.items import NOT_READ, Item, Notice, ReadOptions, Source
from culture_lint.sources.messages import OBJECT, Piece
from culture_lint.sources.notices import Notices
from culture_lint.sources.registry import reader, readers

if TYPE_CHECKING:
    from fluent.syntax import ast

_SYNTAXES = ("html", "url")
_BREAK = re.compile(r"\r\n|\n")
#: Freemarker templates have the same ending.
_FREEMARKER = re.compile(r"</?[#@]\w|<#--|<html[\s>]|<!doctype", re.IGNORECASE)
_ENTRY = re.compile(r"(?:#[^\n]*\n|[ \t\r]*\n)*-?[A-Za-z][\w-]* *=")
#: Whatever begins with it is a comment to Fluent; three of them head the file.
_COMMENT = re.compile(r"^(#{1,3}) ([^\r\n]*)", re.MULTILINE)
#: The parser is pure Python; a file of this many characters takes it some seconds.
_LARGEST = 1024 * 1024


@reader(".ftl")
def read(source: Source, options: ReadOptions) -> Iterator[Item | Notice]:
    """Yield the messages and terms in file order, each followed by its attributes.

    A Freemarker template, which has the same ending, is read as the template it is. Of two
    messages with one name the first counts, as in Fluent.

    Raises:
        SourceError: If the file cannot be read, or, when all the others have been given, if an
            entry is not well formed.

    """
    text = whole_text(source, options.encoding)
    if _FREEMARKER.search(text) and not _ENTRY.match(text.lstrip("\ufeff")):
        yield from readers()[".ftlh"](source, options)
        return
    if len(text) > _LARGEST:
        raise SourceError(
            f"is longer than {_LARGEST:,} characters; split it", Location(source.path)
        )
    yield from _read(Catalogue(source.path, text, _SYNTAXES))


def _read(catalogue: Catalogue) -> Iterator[Item | Notice]:
    from fluent.syntax import FluentParser, ast

    try:
        resource = FluentParser(with_spans=True).parse(catalogue.text)
    except RecursionError:
        raise SourceError("nested too deeply", Location(catalogue.path)) from None
    for comment in _COMMENT.finditer(catalogue.text):
        catalogue.comment(comment[2], *comment.span(), file=comment[1] == "###")
    for entry in resource.body:
        if isinstance(entry, ast.Message | ast.Term):
            catalogue.block(_start(entry.id), entry.span.end if entry.span else 0)
    notices = Notices(catalogue.path)
    junk: list[ast.Junk] = []
    seen: dict[str, int] = {}
    for entry in resource.body:
        if isinstance(entry, ast.Junk):
            junk.append(entry)
        elif isinstance(entry, ast.Message | ast.Term):
            name = f"-{entry.id.name}" if isinstance(entry, ast.Term) else entry.id.name
            line, column = catalogue.at(_start(entry.id))
            if seen.setdefault(name, line) != line:
                told = f"“{name}” stands on line {seen[name]} already, and that one counts"
                notices.add(told, line, column, kind="a name that stands twice")
            else:
                yield from _items(catalogue, entry, name)
    yield from catalogue.comments.rest()
    yield from notices.rest()
    if junk:
        raise _not_fluent(catalogue, junk)
    if not seen:
        yield Notice(catalogue.path, "holds no messages", kind=NOT_READ)


def _not_fluent(catalogue: Catalogue, junk: list[ast.Junk]) -> SourceError:
    first = junk[0].annotations[0] if junk[0].annotations else None
    what = (first.message or "") if first else ""
    at = first.span.start if first and first.span else _start(junk[0])
    more = f"; {len(junk) - 1:,} more entries are not" if len(junk) > 1 else ""
    problem = f": {what[:1].lower()}{what[1:]}" if what else ""
    return catalogue.error(f"this entry is not valid Fluent{problem}{more}", at)


def _start(node: ast.SyntaxNode) -> int:
    return node.span.start if node.span else 0


def _items(catalogue: Catalogue, entry: ast.Message | ast.Term, name: str) -> Iterator[Item]:
    start = _start(entry.id)
    if entry.value is not None:
        yield from catalogue.item(name, start, list(_messages(catalogue, entry.value, "value")))
    for attribute in entry.attributes:
        field = attribute.id.name
        messages = list(_messages(catalogue, attribute.value, field))
        yield from catalogue.item(f"{name}.{field}", _start(attribute), messages)


def _messages(catalogue: Catalogue, pattern: ast.Pattern, field: str) -> Iterator[Message]:
    """Yield the text of a pattern and then those of its variants."""
    from fluent.syntax import ast

    parts: list[str] = []
    pieces: list[Piece] = []
    variants: list[ast.Pattern] = []

    def add(text: str, start: int, end: int) -> None:
        if text:
            parts.append(text)
            pieces.append((len(text), start, end))

    for element in pattern.elements:
        start, end = (element.span.start, element.span.end) if element.span else (0, 0)
        if isinstance(element, ast.TextElement):
            for piece in _lines(catalogue.text, start, end, element.value):
                add(*piece)
            continue
        inner = element.expression
        while isinstance(inner, ast.Placeable):
            inner = inner.expression
        if isinstance(inner, ast.SelectExpression):
            variants += [variant.value for variant in inner.variants]
        add(inner.parse()["value"] if isinstance(inner, ast.StringLiteral) else OBJECT, start, end)
    if pieces:
        yield Message("".join(parts), pieces, field)
    for variant in variants:
        yield from _messages(catalogue, variant, field)


def _lines(text: str, start: int, end: int, value: str) -> Iterator[tuple[str, int, int]]:
    """Yield the pieces of a text element: its lines lose the indentation they share."""
    lines: list[tuple[int, int]] = []
    at = start
    for found in _BREAK.finditer(text, start, end):
        lines.append((at, found.start()))
        at = found.end()
    lines.append((at, end))
    wanted = value.split("\n")
    lines = lines[len(lines) - len(wanted) :]
    before = start
    for index, line in enumerate(wanted):
        first, last = lines[index]
        first += max(_spaces(text[first:last]) - _spaces(line), 0)
        if index:
            yield "\n", before, first
        if line:
            yield line, first, first + len(line)
        before = first + len(line)


def _spaces(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
