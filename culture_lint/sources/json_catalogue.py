"""Read JSON: message catalogues (i18next, FormatJS, Shopify, Chrome ...) and lists of products."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from culture_lint.errors import Location, SourceError
from culture_lint.sources.catalogue import Catalogue, whole_text
from culture_lint.sources.items import Item, Notice, ReadOptions, Source
from culture_lint.sources.json_text import Path, decoded, leaves
from culture_lint.sources.message_trees import (
    DEEPEST,
    NO_MESSAGES,
    SAMPLE,
    SYNTAXES,
    Value,
    left_out,
    sample,
    tree_items,
    why_not,
    why_not_broken,
)
from culture_lint.sources.registry import reader

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\r\n]*|/\*.*?\*/|[{}\[\],:]', re.DOTALL)
_TRAILING = re.compile(r",\s*[}\]]")
_TOO_DEEP = "nested too deeply for a message catalogue"
_NOT_LINE_END = re.compile(r"[^\r\n]")


class JsonError(SourceError):
    """A text is not JSON; ``offset`` is where, in ``text``."""

    def __init__(self, message: str, path: str, text: str = "", offset: int = 0) -> None:
        place = Catalogue(path, text, ()).at(offset) if text else (None, None)
        super().__init__(message, Location(path, *place))
        self.text = text
        self.offset = offset


class _TwiceError(Exception):
    """A key stands twice in one object, with another value."""


@reader(".json")
def read(source: Source, options: ReadOptions) -> Iterator[Item | Notice]:
    """Yield the messages in file order, or the products; a notice where the file holds neither.

    Raises:
        SourceError: If the file cannot be read, is not JSON, or gives a key two values.

    """
    try:
        catalogue = json_text_of(source, options, SYNTAXES)
        reason = why_not(source.path, sample(_values(catalogue)))
    except JsonError as error:
        reason = why_not_broken(source.path, _before(error), empty=not error.text)
        if reason is None:
            raise
        yield left_out(source.path, reason)
        return
    if reason == NO_MESSAGES:
        from culture_lint.sources.json_listing import read_listing

        listing = read_listing(catalogue, options)
        if listing is not None:
            yield from listing
            return
    if reason is not None:
        yield left_out(source.path, reason)
        return
    yield from tree_items(catalogue, json_values(catalogue))


def json_text_of(source: Source, options: ReadOptions, syntaxes: tuple[str, ...]) -> Catalogue:
    """Return the text of a JSON file, checked; comments and trailing commas are blank in it.

    Raises:
        SourceError: If the file cannot be read, is not JSON, or gives a key two values.

    """
    text = whole_text(source, options.encoding).replace("\ufeff", " ", 1)
    if not text.strip():
        raise JsonError("is empty", source.path)
    try:
        _check(source.path, text)
    except SourceError:
        bare = _strict(text)
        if bare == text:
            raise
        _check(source.path, bare)
        catalogue = Catalogue(source.path, bare, syntaxes)
        for token in _TOKEN.finditer(text):
            if token[0].startswith("/"):
                content = token[0][2:-2] if token[0][1] == "*" else token[0][2:]
                catalogue.comment(content, *token.span())
        return catalogue
    return Catalogue(source.path, text, syntaxes)


def json_values(catalogue: Catalogue) -> list[Value]:
    """Return the values of a checked text in order, each path once."""
    found: dict[Path, Value] = {}
    for value in _values(catalogue):
        found[value.path] = value
        catalogue.bounded(len(found), value.start)
    return list(found.values())


def _values(catalogue: Catalogue) -> Iterator[Value]:
    text = catalogue.text
    for leaf in leaves(text):
        if len(leaf.path) > DEEPEST:
            raise JsonError(_TOO_DEEP, catalogue.path, text, leaf.start)
        if leaf.is_string:
            value, pieces = decoded(text, leaf.start, leaf.end)
            yield Value(leaf.path, leaf.start, value, pieces)
        else:
            yield Value(leaf.path, leaf.start, None)


def _check(path: str, text: str) -> None:
    """Raise a `SourceError` unless ``text`` is JSON in which no key has two values."""
    try:
        json.loads(text, object_pairs_hook=_once, parse_int=str, parse_float=str, strict=False)
    except _TwiceError as error:
        raise JsonError(
            f"the key {json.dumps(str(error), ensure_ascii=False)} stands twice in one object, with "
            "another value; only the last would count",
            path,
            text,
            _second(text, str(error)),
        ) from None
    except json.JSONDecodeError as error:
        cut = "; is the file cut off here?" if error.pos >= len(text.rstrip()) else ""
        what = error.msg[:1].lower() + error.msg[1:]
        if what.startswith("unterminated string"):
            what = "the string that starts here is not closed"
        raise JsonError(f"not JSON: {what}{cut}", path, text, error.pos) from None
    except RecursionError:
        raise JsonError(_TOO_DEEP, path, text) from None


def _before(error: JsonError) -> list[Value]:
    """Return the first values that stand before what is wrong."""
    found: list[Value] = []
    try:
        for value in _values(Catalogue("", error.text[: error.offset], ())):
            found.append(value)
            if len(found) >= SAMPLE:
                break
    except (IndexError, TypeError, JsonError):
        pass  # what is wrong may confuse the search for values
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the object; a key that stands twice with the same value does no harm."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if found.setdefault(key, value) != value:
            raise _TwiceError(key)
    return found


def _second(text: str, key: str) -> int:
    """Return where ``key`` stands for the second time in one object of a well-formed text."""
    objects: list[set[str]] = [set()]
    last = ""
    start = 0
    for token in _TOKEN.finditer(text):
        mark = token[0]
        if mark in "{[":
            objects.append(set())
        elif mark in "}]":
            objects.pop()
        elif mark == ":":
            if last == key and last in objects[-1]:
                return start
            objects[-1].add(last)
        elif mark.startswith('"'):
            last, start = decoded(text, token.start() + 1, token.end() - 1)[0], token.start()
    return start


def _strict(text: str) -> str:
    """Return ``text`` with comments and trailing commas blank, as the tools that allow them read it."""
    bare = text
    if "/*" in text or "//" in text:
        bare = _TOKEN.sub(
            lambda token: _NOT_LINE_END.sub(" ", token[0]) if token[0][0] == "/" else token[0], bare
        )
    return _TOKEN.sub(lambda token: " " if _TRAILING.match(bare, token.start()) else token[0], bare)
