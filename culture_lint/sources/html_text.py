"""Take HTML apart with the place of every part; turn a cell of it into what a shopper reads."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from culture_lint.frozen import frozen
from culture_lint.sources.flow import Flow
from culture_lint.sources.places import Runs

#: Elements that start on a line of their own.
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "optgroup",
        "p",
        "pre",
        "search",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
#: What a browser never shows as text of the page.
HIDDEN = frozenset(
    [
        "script",
        "style",
        "template",
        "title",
        "iframe",
        "noembed",
        "noframes",
        "object",
        "svg",
        "math",
    ]
)
#: Inline, but something stands between the words around it.
REPLACED = frozenset(["img", "input", "button", "video", "audio", "canvas", "embed"])

_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9:-]*)(?=[\s/>])")
_MARKUP = re.compile(r"<[A-Za-z/!?]|&[#A-Za-z]")
_ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,31})(?:;|\b)")
_END_OF_TAG = re.compile("[>\"']")
_ATTRIBUTE = re.compile(
    r"""([^\s"'<>/=][^\s"'<>/=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?"""
)

#: A piece of the result: its text, and where its source starts and ends in the cell.
_Piece = tuple[str, int, int]


class Mark(NamedTuple):
    """A part of HTML: ``text``, ``open``, ``close``, ``raw``, ``comment`` or ``other``.

    ``raw`` is an element with all it holds, which is no markup of the page: scripts and the
    like; ``head`` is where its opening tag ends. ``other`` is a doctype, a processing
    instruction or the mark that opens CDATA. ``name`` is in lower case.
    """

    kind: str
    name: str
    start: int
    end: int
    head: int


class Attribute(NamedTuple):
    """An attribute in a tag: its name in lower case and where its value stands."""

    name: str
    start: int
    end: int


@frozen
class Plain:
    """A text and how it was made from its cell; ``runs`` is None when it is the cell itself."""

    text: str
    runs: Runs | None = None
    #: The texts of ``alt`` attributes, in order.
    alts: tuple[Plain, ...] = ()


def has_markup(cell: str) -> bool:
    """Tell whether a cell may hold a tag or an entity."""
    return _MARKUP.search(cell) is not None


def plain_text(cell: str) -> Plain:
    """Return what a shopper reads of ``cell``, in time linear in its length.

    Tags, comments, scripts and styles are dropped; block tags and ``<br>`` become one line
    break; entities are decoded. Where there are tags, blanks and line ends collapse to one
    blank as in a browser; else they stay as they are.
    """
    if not has_markup(cell):
        return Plain(cell)
    marks = list(markup(cell))
    if all(mark.kind == "text" for mark in marks):
        pieces = [piece for mark in marks for piece in decoded(cell, mark.start, mark.end)]
        alts: tuple[Plain, ...] = ()
    else:
        pieces = _laid_out(cell, marks)
        alts = tuple(
            alt for mark in marks if mark.name in REPLACED and (alt := _alt(cell, mark)) is not None
        )
    text = "".join(piece[0] for piece in pieces)
    if text == cell and not alts:
        return Plain(cell)
    return Plain(text, Runs((len(part), start, end) for part, start, end in pieces), alts)


def markup(text: str, raw: frozenset[str] = HIDDEN) -> Iterator[Mark]:
    """Yield the parts of ``text`` in order, without gaps and in linear time.

    ``raw`` names the elements whose content is not taken apart. What only looks like markup
    ("1 < 2") is text.
    """
    at = begin = 0
    last = text.rfind(">")
    quotes = True
    while True:
        at = text.find("<", at)
        if at < 0 or at > last:
            break
        mark, quotes = _mark(text, at, quotes, raw)
        if mark is None:
            at += 1
            continue
        if at > begin:
            yield Mark("text", "", begin, at, at)
        yield mark
        at = begin = mark.end
    if begin < len(text):
        yield Mark("text", "", begin, len(text), len(text))


def _mark(text: str, at: int, quotes: bool, raw: frozenset[str]) -> tuple[Mark | None, bool]:
    """Return the markup at ``at``, None if there is none.

    ``quotes`` is whether attribute quotes are still minded: once they have led nowhere in a
    text they are not followed again, so that no input takes more than linear time.
    """
    tag = _TAG.match(text, at)
    if tag is None:
        return _other(text, at), quotes
    end = tag.end()
    if text[end] == ">":
        end += 1
    else:
        end = _tag_end(text, end) if quotes else -1
    if end < 0:
        quotes = False
        end = text.index(">", at) + 1
    name = tag[1].lower()
    closing = text[at + 1] == "/"
    if name in raw and not closing:
        return Mark("raw", name, at, _raw_end(text, name, end), end), quotes
    return Mark("close" if closing else "open", name, at, end, end), quotes


def _other(text: str, at: int) -> Mark | None:
    """Return the comment or declaration at ``at``, None if there is none."""
    if text.startswith("<!--", at):
        end = text.find("-->", at + 4)
        end = end + 3 if end >= 0 else len(text)
        return Mark("comment", "", at, end, at + 4)
    if text.startswith("<![CDATA[", at):
        return Mark("other", "", at, at + 9, at + 9)
    if text.startswith(("<!", "<?"), at):
        end = text.index(">", at) + 1
        return Mark("other", "", at, end, end)
    return None


def _raw_end(text: str, name: str, at: int) -> int:
    """Return where the element ends whose opening tag ends at ``at``."""
    close = re.compile(f"</{name}[\\s/>]", re.IGNORECASE).search(text, at)
    after = text.find(">", close.start()) if close else -1
    return after + 1 if after >= 0 else len(text)


def _tag_end(text: str, at: int) -> int:
    """Return the offset behind the ``>`` that ends a tag, -1 if quotes hide it to the end."""
    while found := _END_OF_TAG.search(text, at):
        if found.group() == ">":
            return found.end()
        close = text.find(found.group(), found.end())
        if close < 0:
            return -1
        at = close + 1
    return -1


def attributes(text: str, mark: Mark) -> Iterator[Attribute]:
    """Yield the attributes of an opening tag in order; one without a value has an empty one."""
    at = mark.start + 1 + len(mark.name)
    for found in _ATTRIBUTE.finditer(text, at, mark.head - 1):
        start, end = found.span(found.lastindex or 1) if found.lastindex != 1 else (0, 0)
        yield Attribute(found[1].lower(), start, end)


def decoded(text: str, start: int, end: int) -> Iterator[_Piece]:
    """Yield the pieces of ``text[start:end]`` with its entities decoded."""
    at = start
    if text.find("&", start, end) >= 0:
        for found in _ENTITY.finditer(text, start, end):
            char = html.unescape(found.group())
            if len(char) > 2 or char == found.group():
                continue
            if found.start() > at:
                yield text[at : found.start()], at, found.start()
            yield char, found.start(), found.end()
            at = found.end()
    if end > at:
        yield text[at:end], at, end


def _laid_out(cell: str, marks: list[Mark]) -> list[_Piece]:
    """Return the pieces of a cell with tags: blanks collapsed, one line break between blocks."""
    flow = Flow()
    for mark in marks:
        if mark.kind == "text":
            for piece in decoded(cell, mark.start, mark.end):
                flow.add(*piece)
        elif mark.name in BLOCKS:
            flow.line(mark.start, mark.end)
        elif mark.name in REPLACED:
            flow.blank(mark.start, mark.end)
    return flow.parts


def _alt(cell: str, mark: Mark) -> Plain | None:
    """Return the text of the ``alt`` attribute of a tag, if it has one."""
    for name, first, last in attributes(cell, mark) if mark.kind == "open" else ():
        if name == "alt":
            pieces = list(decoded(cell, first, last))
            text = "".join(piece[0] for piece in pieces)
            if not text.strip():
                return None
            return Plain(text, Runs((len(part), begin, stop) for part, begin, stop in pieces))
    return None
