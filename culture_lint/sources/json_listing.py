"""Read a JSON file that holds one list of products: one item per object, as from JSON lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from culture_lint.sources.catalogue import Catalogue, Slice
from culture_lint.sources.items import Item, Notice, ReadOptions, Role
from culture_lint.sources.json_text import decoded, leaves
from culture_lint.sources.layout import plan
from culture_lint.sources.objects import ObjectItems, Values, as_row, collect
from culture_lint.sources.places import Ref, Runs
from culture_lint.sources.recognise import recognise
from culture_lint.sources.schemas import GENERIC, best_schema

#: So many objects are looked at to learn the keys.
_SAMPLE = 200
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\]]', re.DOTALL)
_SOLD = frozenset({Role.PRICE, Role.BRAND, Role.BULLET})
_PRODUCT_KEYS = frozenset({"asin", "ean", "gtin", "itemid", "mpn", "productid", "sku", "upc"})
_COPY = frozenset({Role.TITLE, Role.SUBTITLE, Role.BULLET, Role.DESCRIPTION})


class JsonObject(Slice):
    """An object of a JSON file; a value is found again by its path in the object."""

    __slots__ = ()

    def __reduce__(self) -> tuple[object, ...]:
        return (JsonObject, (self.raw, self.line, self.column))

    def _find(self, ref: Ref) -> Runs:
        found = Runs(())
        for leaf in leaves(self.raw):
            if leaf.path == ref:
                found = Runs(decoded(self.raw, leaf.start, leaf.end)[1])
        return found


def read_listing(catalogue: Catalogue, options: ReadOptions) -> Iterator[Item | Notice] | None:
    """Return the items of a checked JSON text, None unless it is the listing of a shop.

    It is one if a list of objects, at the root or under one of its keys, makes up most of it,
    and if the user maps its keys to columns or they are those of a known kind of listing.
    """
    spans = _objects(catalogue.text)
    if not spans:
        return None
    first = [_values(catalogue.text[start:end]) for start, end in spans[:_SAMPLE]]
    names = list(dict.fromkeys(name for values in first for name in values))
    if not names or not (options.columns or _is_listing(names, options)):
        return None
    return _items(catalogue, options, spans, names, first)


def _items(
    catalogue: Catalogue,
    options: ReadOptions,
    spans: list[tuple[int, int]],
    names: list[str],
    first: list[Values],
) -> Iterator[Item | Notice]:
    rows = [as_row(names, values) for values in first]
    found = recognise([names, *rows], options, catalogue.path, named=True)
    yield Notice(catalogue.path, f"{found.summary} (JSON)")
    objects = ObjectItems(catalogue.path, found.layout)
    for number, (start, end) in enumerate(spans, 1):
        raw = catalogue.text[start:end]
        record = JsonObject(raw, *catalogue.at(start))
        yield objects.item(_values(raw), number, record.line, record)


def _is_listing(names: list[str], options: ReadOptions) -> bool:
    schema = best_schema(names)[1]
    if schema is None:
        return False
    roles = {column.role for column in plan(names, schema, options).columns}
    keys = {name.lower().replace("_", "") for name in names}
    # Much that is no product has a name and a description.
    sold = schema is not GENERIC or bool(_SOLD & roles) or bool(_PRODUCT_KEYS & keys)
    return sold and not _COPY.isdisjoint(roles)


def _values(raw: str) -> Values:
    values: Values = {}
    collect(json.loads(raw, parse_float=str, parse_int=str, strict=False), (), "", values)
    return values


def _objects(text: str) -> list[tuple[int, int]]:
    """Return where the objects of the list stand that makes up most of a text, if one does."""
    opened: list[int] = []
    marks: list[str] = []
    found: dict[int, list[tuple[int, int]]] = {}
    for token in _TOKEN.finditer(text):
        mark = token[0]
        if mark in "{[":
            opened.append(token.start())
            marks.append(mark)
        elif mark in "}]":
            start = opened.pop()
            if marks.pop() == "{" and 1 <= len(marks) <= 2 and marks[-1] == "[":
                found.setdefault(opened[-1], []).append((start, token.end()))
    best = max(found.values(), key=lambda spans: spans[-1][1] - spans[0][0], default=[])
    return best if best and (best[-1][1] - best[0][0]) * 2 > len(text.strip()) else []
