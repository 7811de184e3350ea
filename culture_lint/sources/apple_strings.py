"""Read Apple ``.strings`` files: one item per message."""

from __future__ import annotations

import re
from collections.abc import Iterator

from culture_lint.errors import Location, SourceError
from culture_lint.frozen import frozen
from culture_lint.sources.catalogue import Catalogue, Message, message_name, whole_text
from culture_lint.sources.escapes import unescaped, unit
from culture_lint.sources.items import NOT_READ, Item, Notice, ReadOptions, Source
from culture_lint.sources.languages import language_tag
from culture_lint.sources.messages import Piece
from culture_lint.sources.notices import Notices
from culture_lint.sources.registry import reader

_SYNTAXES = ("printf", "braces", "html", "url")
_TOKEN = re.compile(
    r"""
    (?P<blank>[\s\ufeff]+)
    | (?P<comment>/\*.*?\*/ | //[^\r\n]*)
    | "(?P<double>[^"\\]*(?:\\.[^"\\]*)*)"
    | '(?P<single>[^'\\]*(?:\\.[^'\\]*)*)'
    | (?P<mark>[=;])
    | (?P<word>[\w.$:-]+(?:/(?![/*])[\w.$:/-]*)?)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(
    r"\\(?:[Uu]([0-9a-fA-F]{4})(?:\\[Uu]([dD][c-fC-F][0-9a-fA-F]{2}))?|([0-7]{3})|(\r\n|.))",
    re.DOTALL,
)
_SHORT = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
#: GlotPress and others name the language in a comment above the messages.
_LANGUAGE = re.compile(r"/\*\s*Language:\s*([\w-]+)\s*\*/")


@frozen
class _String:
    """A key or a value; ``outer`` is where it starts, its quote included."""

    outer: int
    text: str
    pieces: list[Piece]


@reader(".strings")
def read(source: Source, options: ReadOptions) -> Iterator[Item | Notice]:
    """Yield the messages in file order.

    Of a key that stands twice the last value counts; a notice tells where the two differ.

    Raises:
        SourceError: If the file cannot be read or is not well formed.

    """
    text = whole_text(source, options.encoding)
    catalogue = Catalogue(source.path, text, _SYNTAXES)
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith(("bplist", "<?xml", "<!DOCTYPE plist", "<plist")):
        raise SourceError(
            "is a compiled property list; give the file that it was made from",
            Location(source.path),
        )
    notices = Notices(source.path)
    language: str | None = None
    messages: dict[str, tuple[int, _String]] = {}
    for key, value in _entries(catalogue):
        if not messages:
            named = _LANGUAGE.search(text, 0, key.outer)
            language = language_tag(named[1], names=False) if named else None
        before = messages.pop(key.text, None)
        if before is not None and before[1].text != value.text:
            told = (
                f"“{key.text[:60]}” stands on line {catalogue.at(before[0])[0]} with another value"
            )
            place = catalogue.at(key.outer)
            notices.add(f"{told}; this one counts", *place, kind="a key that stands twice")
        messages[key.text] = (key.outer, value)
        catalogue.bounded(len(messages), key.outer)
    if not messages:
        yield Notice(source.path, "holds no messages", kind=NOT_READ)
    yield from notices.rest()
    for outer, value in messages.values():
        catalogue.block(outer, value.pieces[-1][2] if value.pieces else outer)
    for name, (outer, value) in messages.items():
        message = Message(value.text, value.pieces, "value")
        yield from catalogue.item(message_name(name) or "1", outer, [message], language)
    yield from catalogue.comments.rest()


def _entries(catalogue: Catalogue) -> Iterator[tuple[_String, _String]]:
    """Yield the keys with their values; a key without one is its own.

    Raises:
        SourceError: If something else stands between them.

    """
    expected = "a key"
    key: _String | None = None
    value: _String | None = None
    for found in _tokens(catalogue):
        if isinstance(found, _String) and expected == "a key":
            key, value, expected = found, found, "“=” or “;”"
        elif isinstance(found, _String) and expected == "a value":
            value, expected = found, "“;”"
        elif not isinstance(found, _String) and found[0] == "=" and expected == "“=” or “;”":
            expected = "a value"
        elif not isinstance(found, _String) and found[0] == ";" and "“;”" in expected:
            if key is not None and value is not None:
                yield key, value
            expected = "a key"
        else:
            at = found.outer if isinstance(found, _String) else found[1]
            raise catalogue.error(f"{expected} is missing here", at)
    if expected != "a key":
        end = len(catalogue.text.rstrip())
        raise catalogue.error(f"{expected} is missing here; is the file cut off?", end)


def _tokens(catalogue: Catalogue) -> Iterator[_String | tuple[str, int]]:
    """Yield strings, and marks with where they stand; comments and blanks are passed over."""
    text = catalogue.text
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            what = {'"': "this quote is not closed", "'": "this quote is not closed"}.get(
                text[at], "this comment is not closed" if text.startswith("/*", at) else ""
            )
            raise catalogue.error(
                what or f"“{text[at]}” has no meaning here; is a quote missing?", at
            )
        kind = found.lastgroup or ""
        if kind == "comment":
            content = found[0][2:-2] if found[0][1] == "*" else found[0][2:]
            catalogue.comment(content, *found.span())
        elif kind == "mark":
            yield found[0], at
        elif kind != "blank":
            yield _String(at, *unescaped(text, *found.span(kind), _ESCAPE, _char))
        at = found.end()


def _char(found: re.Match[str]) -> tuple[str, int]:
    """Return the character of an escape and where the escape ends."""
    if found[4] is not None:
        return _SHORT.get(found[4], found[4][-1]), found.end()
    if found[3] is not None:
        return chr(int(found[3], 8)), found.end()
    return unit(found, 1, 2)
