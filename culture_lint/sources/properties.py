"""Read Java ``.properties`` resource bundles: one item per message."""

from __future__ import annotations

import re
from collections.abc import Iterator

from culture_lint.errors import Location, SourceError
from culture_lint.sources.catalogue import Catalogue, Message, message_name, whole_text
from culture_lint.sources.escapes import unescaped, unit
from culture_lint.sources.items import Item, Notice, ReadOptions, Source
from culture_lint.sources.message_trees import Value, is_message, left_out, why_not, why_not_broken
from culture_lint.sources.notices import Notices
from culture_lint.sources.registry import reader

_SYNTAXES = ("icu", "printf", "braces", "html", "url")
_BREAK = r"(?:\r\r\n|\r\n|\r|\n)"
_JOIN = rf"\\{_BREAK}[ \t\f]*"
_BLANK = re.compile(rf"(?:[ \t\f\ufeff]+|{_BREAK})*")
_COMMENT = re.compile(r"[#!][^\r\n]*")
_KEY = re.compile(rf"(?:[^\\=: \t\f\r\n]+|{_JOIN}|\\[^\r\n])*")
_SIGN = re.compile(rf"(?:[ \t\f]+|{_JOIN})*(?:[=:](?:[ \t\f]+|{_JOIN})*)?")
_VALUE = re.compile(rf"(?:[^\\\r\n]+|{_JOIN}|\\[^\r\n]|\\\Z)*")
_ESCAPE = re.compile(
    rf"({_JOIN})|\\(?:u([0-9a-fA-F]{{4}})(?:\\u([dD][c-fC-F][0-9a-fA-F]{{2}}))?|([^\r\n]|\Z))"
)
_SHORT = {"n": "\n", "t": "\t", "r": "\r", "f": "\f"}


@reader(".properties")
def read(source: Source, options: ReadOptions) -> Iterator[Item | Notice]:
    """Yield the messages in file order; a notice instead where the file is a configuration.

    Of a key that stands twice the last value counts, as in Java; a notice tells where the two
    differ. What is not UTF-8 is ISO 8859-1 unless ``--encoding`` says otherwise.

    Raises:
        SourceError: If the file cannot be read.

    """
    catalogue = Catalogue(source.path, whole_text(source, options.encoding, _declared), _SYNTAXES)
    if not catalogue.text.strip("\ufeff \t\r\n\f"):
        reason = why_not_broken(source.path, (), empty=True)
        if reason is None:
            raise SourceError("is empty", Location(source.path))
        yield left_out(source.path, reason)
        return
    notices = Notices(source.path)
    values: dict[str, Value] = {}
    for key, value in _values(catalogue):
        before = values.get(key)
        if before is not None and before.text != value.text:
            line, column = catalogue.at(value.start)
            told = f"“{key[:60]}” stands on line {catalogue.at(before.start)[0]} with another value"
            notices.add(f"{told}; this one counts", line, column, kind="a key that stands twice")
        values[key] = value
        catalogue.bounded(len(values), value.start)
    reason = why_not(source.path, list(values.values()))
    if reason is not None:
        yield left_out(source.path, reason)
        return
    yield from notices.rest()
    for value in values.values():
        catalogue.block(value.start, value.pieces[-1][2] if value.pieces else value.start)
    for key, value in values.items():
        if value.text is not None and is_message(value.text):
            message = Message(value.text, value.pieces, key)
            yield from catalogue.item(message_name(key) or "1", value.start, [message])
    yield from catalogue.comments.rest()


def _declared(text: str) -> str:
    """Return the encoding of a bundle that is not UTF-8; Windows' editors add to Java's."""
    return (
        "cp1252" if any("\x80" <= char <= "\x9f" or char > "\xff" for char in text) else "latin-1"
    )


def _values(catalogue: Catalogue) -> Iterator[tuple[str, Value]]:
    """Yield each key with its value, as ``java.util.Properties`` reads them."""
    text = catalogue.text
    at = 0
    while True:
        at = _end(_BLANK, text, at)
        if at >= len(text):
            return
        if text[at] in "#!":
            start, at = at, _end(_COMMENT, text, at)
            catalogue.comment(text[start + 1 : at], start, at)
            continue
        start, at = at, _end(_KEY, text, at)
        key = unescaped(text, start, at, _ESCAPE, _char)[0]
        first = at = _end(_SIGN, text, at)
        at = _end(_VALUE, text, at)
        value, pieces = unescaped(text, first, at, _ESCAPE, _char)
        yield key, Value((key,), start, value, pieces)


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _char(found: re.Match[str]) -> tuple[str, int]:
    """Return the character of an escape, empty between joined lines, and where it ends."""
    if found[2] is None:
        return "" if found[1] is not None else _SHORT.get(found[4], found[4]), found.end()
    return unit(found, 2, 3)
