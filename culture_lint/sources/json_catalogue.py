"""Read JSON: message catalogues (i18next, FormatJS, Shopify, Chrome ...) and lists of products."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from culture_lint.errors import Location, SourceError
from culture_lint.sources.catalogue import Catalogue, whole_text
from culture_lint.sources.items import NOT_READ, Item, Notice, ReadOptions, Source
from culture_lint.sources.json_text import decoded, leaves
from culture_lint.sources.message_trees import (
    DEEPEST,
    NO_MESSAGES,
    SYNTAXES,
    Value,
    tree_items,
    why_not,
)
from culture_lint.sources.registry import reader

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\r\n]*|/\*.*?\*/|[{}\[\],:]', re.DOTALL)
_NOT_LINE_END = re.compile(r"[^\r\n]")


class _TwiceError(Exception):
    """A key stands twice in one object, with another value."""


@reader(".json")
def read(source: Source, options: ReadOptions) -> Iterator[Item | Notice]:
    """Yield the messages in file order, or the products; a notice where the file holds neither.

    Raises:
        SourceError: If the file cannot be read, is not JSON, or gives a key two values.

    """
    catalogue = json_text_of(source, options, SYNTAXES)
    values = json_values(catalogue)
    reason = why_not(source.path, values)
    if reason == NO_MESSAGES:
        from culture_lint.sources.json_listing import read_listing

        listing = read_listing(catalogue, options)
        if listing is not None:
            yield from listing
            return
    if reason is not None:
        yield Notice(source.path, f"not read as a message catalogue: {reason}", kind=NOT_READ)
        return
    yield from tree_items(catalogue, values)


def json_text_of(source: Source, options: ReadOptions, syntaxes: tuple[str, ...]) -> Catalogue:
    """Return the text of a JSON file, checked; comments are blank in it.

    Raises:
        SourceError: If the file cannot be read, is not JSON, or gives a key two values.

    """
    text = whole_text(source, options.encoding).replace("\ufeff", " ", 1)
    if not text.strip():
        raise SourceError("is empty", Location(source.path))
    try:
        _check(source.path, text)
    except SourceError:
        bare = _without_comments(text)
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
    return list({value.path: value for value in _values(catalogue)}.values())


def _values(catalogue: Catalogue) -> Iterator[Value]:
    text = catalogue.text
    for leaf in leaves(text):
        if len(leaf.path) > DEEPEST:
            raise catalogue.error("nested too deeply for a message catalogue", leaf.start)
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
        offset = _second(text, str(error))
        place = Catalogue(path, text, ()).at(offset)
        raise SourceError(
            f"the key {json.dumps(str(error), ensure_ascii=False)} stands twice in one object, with "
            "another value; only the last would count",
            Location(path, *place),
        ) from None
    except json.JSONDecodeError as error:
        place = Catalogue(path, text, ()).at(error.pos)
        cut = "; is the file cut off here?" if error.pos >= len(text.rstrip()) else ""
        what = error.msg[:1].lower() + error.msg[1:]
        raise SourceError(f"not JSON: {what}{cut}", Location(path, *place)) from None
    except RecursionError:
        raise SourceError("nested too deeply for a message catalogue", Location(path)) from None


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


def _without_comments(text: str) -> str:
    """Return ``text`` with its comments blank, as the tools that allow them read it."""
    if "/*" not in text and "//" not in text:
        return text
    return _TOKEN.sub(
        lambda token: _NOT_LINE_END.sub(" ", token[0]) if token[0][0] == "/" else token[0], text
    )
