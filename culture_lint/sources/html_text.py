"""Turn a cell of HTML into the text a shopper reads, keeping the way back to the cell."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from culture_lint.sources.places import Runs

_BLOCKS = frozenset(
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
_HIDDEN = frozenset(
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
_REPLACED = frozenset(["img", "input", "button", "video", "audio", "canvas", "embed"])

_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9:-]*)(?=[\s/>])")
_MARKUP = re.compile(r"<[A-Za-z/!?]|&[#A-Za-z]")
_ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,31})(?:;|\b)")
_END_OF_TAG = re.compile("[>\"']")
_ALT = re.compile(r"""[\s"'/]alt\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_WORDS = re.compile(r"[^ \t\r\n\f]+(?: [^ \t\r\n\f]+)*")

#: A piece of the result: its text, and where its source starts and ends in the cell.
_Piece = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
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
    tokens = list(_tokens(cell))
    if all(kind == "text" for kind, _, _ in tokens):
        pieces = [piece for _, start, end in tokens for piece in _decoded(cell, start, end)]
        alts: tuple[Plain, ...] = ()
    else:
        pieces = _laid_out(cell, tokens)
        alts = tuple(
            alt
            for kind, start, end in tokens
            if kind == "img" and (alt := _alt(cell, start, end)) is not None
        )
    text = "".join(piece[0] for piece in pieces)
    if text == cell and not alts:
        return Plain(cell)
    return Plain(text, Runs((len(part), start, end) for part, start, end in pieces), alts)


def _tokens(cell: str) -> Iterator[tuple[str, int, int]]:
    """Yield (kind, start, end): ``text``, ``block``, ``inline`` or ``img``.

    What a browser hides is one ``inline`` token.
    """
    at = text = 0
    last = cell.rfind(">")
    quotes = True
    while True:
        at = cell.find("<", at)
        if at < 0 or at > last:
            break
        kind, end, quotes = _markup(cell, at, quotes)
        if not kind:
            at += 1
            continue
        if at > text:
            yield "text", text, at
        yield kind, at, end
        at = text = end
    if text < len(cell):
        yield "text", text, len(cell)


def _markup(cell: str, at: int, quotes: bool) -> tuple[str, int, bool]:
    """Return the kind and end of the markup at ``at`` ("" if there is none).

    ``quotes`` is whether attribute quotes are still minded: once they have led nowhere in a
    cell they are not followed again, so that no input takes more than linear time.
    """
    if cell.startswith("<!--", at):
        end = cell.find("-->", at + 4)
        return "inline", end + 3 if end >= 0 else len(cell), quotes
    if cell.startswith("<![CDATA[", at):
        return "inline", at + 9, quotes
    if cell.startswith(("<!", "<?"), at):
        return "inline", cell.index(">", at) + 1, quotes
    tag = _TAG.match(cell, at)
    if tag is None:
        return "", at, quotes
    end = _tag_end(cell, tag.end()) if quotes else -1
    if end < 0:
        quotes = False
        end = cell.index(">", at) + 1
    name = tag[1].lower()
    if name in _HIDDEN and cell[at + 1] != "/":
        close = re.compile(f"</{name}[\\s/>]", re.IGNORECASE).search(cell, end)
        after = cell.find(">", close.start()) if close else -1
        return "inline", after + 1 if after >= 0 else len(cell), quotes
    kind = "block" if name in _BLOCKS else "img" if name in _REPLACED else "inline"
    return kind, end, quotes


def _tag_end(cell: str, at: int) -> int:
    """Return the offset behind the ``>`` that ends a tag, -1 if quotes hide it to the end."""
    while found := _END_OF_TAG.search(cell, at):
        if found.group() == ">":
            return found.end()
        close = cell.find(found.group(), found.end())
        if close < 0:
            return -1
        at = close + 1
    return -1


def _decoded(cell: str, start: int, end: int) -> Iterator[_Piece]:
    """Yield the pieces of ``cell[start:end]`` with its entities decoded."""
    at = start
    if cell.find("&", start, end) >= 0:
        for found in _ENTITY.finditer(cell, start, end):
            char = html.unescape(found.group())
            if len(char) > 2 or char == found.group():
                continue
            if found.start() > at:
                yield cell[at : found.start()], at, found.start()
            yield char, found.start(), found.end()
            at = found.end()
    if end > at:
        yield cell[at:end], at, end


def _laid_out(cell: str, tokens: list[tuple[str, int, int]]) -> list[_Piece]:
    """Return the pieces of a cell with tags: blanks collapsed, one line break between blocks."""
    pieces: list[_Piece] = []
    between: _Piece | None = None
    for kind, start, end in tokens:
        if kind == "text":
            for piece in _decoded(cell, start, end):
                between = _add_words(pieces, between, piece)
        elif kind == "block" and (between is None or between[0] == " "):
            between = ("\n", start, end)
        elif kind == "img" and between is None:
            between = (" ", start, end)
    return pieces


def _add_words(pieces: list[_Piece], between: _Piece | None, piece: _Piece) -> _Piece | None:
    """Add the words of ``piece``; return the blank or line break that is due before the next."""
    text, start, end = piece
    if len(text) != end - start:  # an entity: a no-break space is a character of its own
        _flush(pieces, between)
        pieces.append(piece)
        return None
    at = 0
    for words in _WORDS.finditer(text):
        if words.start() > at and between is None:
            between = (" ", start + at, start + words.start())
        _flush(pieces, between)
        between = None
        pieces.append((words.group(), start + words.start(), start + words.end()))
        at = words.end()
    if at < len(text) and between is None:
        between = (" ", start + at, end)
    return between


def _flush(pieces: list[_Piece], between: _Piece | None) -> None:
    """Add what stands between two words, except at the very start."""
    if between is not None and pieces:
        pieces.append(between)


def _alt(cell: str, start: int, end: int) -> Plain | None:
    """Return the text of the ``alt`` attribute in the tag ``cell[start:end]``, if it has one."""
    found = _ALT.search(cell, start, end)
    if found is None or not found.lastindex:
        return None
    first, last = found.span(found.lastindex)
    pieces = list(_decoded(cell, first, last))
    text = "".join(piece[0] for piece in pieces)
    if not text.strip():
        return None
    return Plain(text, Runs((len(part), begin, stop) for part, begin, stop in pieces))
