"""Read product feeds in XML.

RSS and Atom (Google Merchant, Facebook, Pinterest), Yandex YML, and the listings of shops and price
comparisons that go by no such standard.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from culture_lint.sources.cells import segments
from culture_lint.sources.items import NOT_READ, Item, Notice, ReadOptions, Role, Segment
from culture_lint.sources.languages import language_tag
from culture_lint.sources.layout import Column, plan
from culture_lint.sources.objects import ObjectItems, Values, as_row
from culture_lint.sources.places import CellPlaces, Ref, Runs
from culture_lint.sources.recognise import recognise
from culture_lint.sources.schemas import best_schema, is_empty
from culture_lint.sources.xml_catalogue import suppressible
from culture_lint.sources.xml_stream import Closed, Event, Whole, XmlDocument
from culture_lint.sources.xml_text import (
    BREAKS,
    Element,
    Piece,
    XmlRecord,
    attribute_spans,
    attributes,
)

#: What an item is called, by the elements that lead to it.
_ITEMS = frozenset(
    [
        ("rss", "channel", "item"),
        ("RDF", "item"),
        ("feed", "entry"),
        ("yml_catalog", "shop", "offers", "offer"),
    ]
)
#: What an item is called where nothing says what the items are called.
_ITEM_NAMES = frozenset(
    [
        "article",
        "good",
        "item",
        "o",
        "offer",
        "post",
        "product",
        "produkt",
        "record",
        "row",
        "shopitem",
    ]
)
_DEEPEST_ITEM = 5
#: One of these and something else of a listing make it one.
_COPY = frozenset([Role.TITLE, Role.DESCRIPTION])
_LANGUAGE = (("rss", "channel", "language"), ("RDF", "channel", "language"))
_CATEGORY = ("yml_catalog", "shop", "categories", "category")
#: So many items, or characters, are looked at to learn the fields.
_SAMPLE_ITEMS = 200
_SAMPLE = 256 * 1024
#: More fields, or categories, than any feed has.
_MOST_FIELDS = 500
_MOST_CATEGORIES = 200_000
_LONGEST_CATEGORY = 200

#: Elements of a text in HTML, as opposed to fields of a field.
_INLINE = frozenset(["a", "abbr", "b", "big", "code", "em", "font", "i", "img", "q", "s", "small"])
_HTML = BREAKS | _INLINE | frozenset(["span", "strike", "strong", "sub", "sup", "tt", "u", "hr"])
#: Fields that hold their text in an element of its own, beside others that are not copy.
_STRUCTURED = {"structured_title": "content", "structured_description": "content"}
#: Fields under another name than that of their column.
_NAMES = {"encoded": "content"}


class FeedRecord(XmlRecord):
    """An item of a feed. A ref that begins with ``html`` is content whose tags are its own."""

    __slots__ = ()

    def cell_pieces(self, ref: Ref) -> list[Piece]:
        """Return the text of the cell at ``ref``, piece by piece."""
        if isinstance(ref, tuple) and ref[0] == "html":
            _, start, end = ref
            assert isinstance(start, int)
            assert isinstance(end, int)
            return [(self.raw[start:end], start, end)]
        return super().cell_pieces(ref)


@dataclass(slots=True)
class _Entry:
    """One item of a feed, taken apart."""

    record: FeedRecord
    values: Values = field(default_factory=dict)
    #: Values that are named in the feed itself: field, name, text, ref.
    named: list[tuple[str, str, str, Ref]] = field(default_factory=list)
    #: The language of values that declare one, by their refs.
    languages: dict[Ref, str] = field(default_factory=dict)
    language: str | None = None


def read_feed(document: XmlDocument, options: ReadOptions) -> Iterator[Item | Notice]:
    """Yield the items of a feed in file order, after a notice on its fields.

    Fields are those of a listing's columns: a feed reads as its CSV twin does.

    Raises:
        SourceError: If the file is not well-formed, or no field holds text.

    """
    feed = _Feed(document, options)
    return suppressible(document, _wanted, feed.build)


def read_listing(document: XmlDocument, options: ReadOptions) -> Iterator[Item | Notice]:
    """Yield the items of an XML file of no known format, or a notice that it is no listing.

    Items are elements that are named as such and hold a title or a description beside other
    fields of a listing.

    Raises:
        SourceError: If the file is not well-formed.

    """
    feed = _Feed(document, options, strict=not options.columns)
    return suppressible(document, _may_be_item, feed.build)


def _may_be_item(path: tuple[str, ...]) -> bool:
    return 2 <= len(path) <= _DEEPEST_ITEM and path[-1].lower() in _ITEM_NAMES


def _wanted(path: tuple[str, ...]) -> bool:
    return path in _ITEMS or path in _LANGUAGE or path == _CATEGORY


class _Feed:
    """Makes items from the entries of one feed."""

    def __init__(
        self, document: XmlDocument, options: ReadOptions, *, strict: bool = False
    ) -> None:
        self.path = document.path
        self.root = document.root
        #: Whether the file is only read if its fields are those of a listing.
        self.strict = strict
        self.refused = False
        self.encoding = document.encoding
        self.options = options
        self.language = _tag(document.root.attributes.get("xml:lang"))
        #: The names of categories and the ids of those above them, by id.
        self.categories: dict[str, tuple[str, str]] = {}
        self.names: dict[str, None] = {}
        self.head: list[_Entry] = []
        self.size = 0
        self.rows: list[list[str]] = []
        self.objects: ObjectItems | None = None
        self.number = 0

    def build(self, event: Event) -> Iterator[Item | Notice]:
        """Yield the items that are due: the first ones once enough is known of the fields."""
        if isinstance(event, Whole):
            if event.path == _CATEGORY:
                self._category(event)
            elif event.path not in _LANGUAGE:
                yield from self._entry(_entry(event))
            else:
                self.language = _tag(event.record.text(event.element.content)) or self.language
        elif isinstance(event, Closed) and len(event.path) == 1:
            if self.objects is None and self.head:
                yield from self._begin()
            elif self.objects is None and not self.refused:
                yield (
                    self._not_read()
                    if self.strict
                    else Notice(self.path, "is a feed without items")
                )

    def _category(self, event: Whole) -> None:
        own = attributes(event.record, event.element)
        if len(self.categories) < _MOST_CATEGORIES:
            name = event.record.text(event.element.content).strip()[:_LONGEST_CATEGORY]
            self.categories[own.get("id", "")] = (name, own.get("parentId", ""))

    def _entry(self, entry: _Entry) -> Iterator[Item | Notice]:
        if self.objects is not None:
            yield self._item(entry)
            return
        if self.refused:
            return
        self.head.append(entry)
        self.size += len(entry.record.raw)
        if len(self.head) >= _SAMPLE_ITEMS or self.size >= _SAMPLE:
            yield from self._begin()

    def _begin(self) -> Iterator[Item | Notice]:
        """Yield what was kept back, after a notice on the fields."""
        for entry in self.head:
            self.names |= dict.fromkeys(entry.values)
        if self.strict and not self._is_listing():
            self.refused = True
            self.head = []
            yield self._not_read()
            return
        summary = self._lay_out()
        yield Notice(self.path, f"{summary} ({self.encoding}; XML feed)")
        for entry in self.head:
            yield self._item(entry)
        self.head = []

    def _is_listing(self) -> bool:
        """Tell by the names of the fields whether these are the items of a listing."""
        names = list(self.names)
        schema = best_schema(names)[1] if names else None
        if schema is None:
            return False
        roles = {column.role for column in plan(names, schema, self.options).columns}
        return not _COPY.isdisjoint(roles) and len(roles) > 1

    def _not_read(self) -> Notice:
        name = self.root.path[0]
        return Notice(
            self.path,
            f"not read: XML with the root element <{name[:40]}> is no format with copy that is "
            "known; read are product feeds and listings, Android string resources "
            "(<resources>) and XLIFF",
            self.root.line,
            kind=NOT_READ,
        )

    def _lay_out(self) -> str:
        """Decide what the fields hold; return the same in words."""
        names = list(self.names)
        if self.head:
            self.rows = [as_row(names, entry.values) for entry in self.head]
        found = recognise([names, *self.rows], self.options, self.path, named=True)
        self.objects = ObjectItems(self.path, found.layout)
        return found.summary

    def _item(self, entry: _Entry) -> Item:
        self.number += 1
        new = [name for name in entry.values if name not in self.names]
        if new and len(self.names) + len(new) <= _MOST_FIELDS:
            # A field that only some items have is met late.
            self.names |= dict.fromkeys(new)
            self._lay_out()
        assert self.objects is not None
        item = self.objects.item(entry.values, self.number, entry.record.line, entry.record)
        found = [*item.segments, *_named(entry), *self._categories(entry)]
        if entry.languages:
            found = [_spoken(one, entry) for one in found]
        language = item.language or entry.language or self.language
        return replace(item, segments=tuple(found), language=language)

    def _categories(self, entry: _Entry) -> Iterator[Segment]:
        """Yield the names of the categories that an offer gives by their ids."""
        for ref, text in entry.values.get("categoryId", ()):
            names: list[str] = []
            known = self.categories.get(text.strip())
            while known is not None and len(names) < 10:
                names.append(known[0])
                known = self.categories.get(known[1])
            if names and text:
                path = " > ".join(reversed(names))
                places = CellPlaces(entry.record, ref, 0, Runs([(len(path), 0, len(text))]))
                yield Segment("categoryId", Role.CATEGORY, path, places)


def _tag(text: str | None) -> str | None:
    return language_tag(text[:80], names=False) if text else None


def _spoken(segment: Segment, entry: _Entry) -> Segment:
    """Return a segment in the language that its own element declares."""
    places = segment.places
    assert isinstance(places, CellPlaces)
    return replace(segment, language=entry.languages.get(places.ref, segment.language))


def _named(entry: _Entry) -> Iterator[Segment]:
    """Yield the values whose names the feed gives beside them."""
    for name, attribute, text, ref in entry.named:
        column = Column(0, name, Role.ATTRIBUTE)
        yield from segments(column, text, entry.record, ref, attribute)


def _entry(event: Whole) -> _Entry:
    """Take one item of a feed apart."""
    raw, element = event.record, event.element
    entry = _Entry(FeedRecord(raw.raw, raw.line, raw.column, raw.entities))
    own = attributes(raw, element)
    entry.language = _tag(own.get("xml:lang"))
    if "id" in own and element.find("id") is None:
        _add(entry, "id", (*_span(raw, element, "id"), 1))
    for child in element.children:
        _collect(entry, child, _NAMES.get(child.name, child.name))
    return entry


def _span(record: XmlRecord, element: Element, name: str) -> tuple[int, int]:
    return attribute_spans(record, element)[name]


def _collect(entry: _Entry, element: Element, name: str) -> None:
    """Add what a field of an item holds, fields inside it under dotted names."""
    record = entry.record
    own = attributes(record, element)
    start, end = element.content
    ref: Ref = (start, end)
    if element.children and all(child.name in _HTML for child in element.walk()):
        ref = ("html", start, end)
    elif element.children:
        _fields(entry, element, name)
        return
    elif start == end and "term" in own:
        ref = (*_span(record, element, "term"), 1)
    if "name" in own and name == "param":
        entry.named.append((name, own["name"], record.text(ref), ref))
        entry.values.setdefault(name, [])
        return
    _add(entry, name, ref)
    if language := _tag(own.get("xml:lang")):
        entry.languages[ref] = language


def _add(entry: _Entry, name: str, ref: Ref) -> None:
    """Add a value, unless it says over again what the field holds already."""
    assert isinstance(ref, tuple)
    text = entry.record.text(ref)
    held = entry.values.setdefault(name, [])
    if not is_empty(text) and all(text != other for _, other in held):
        held.append((ref, text))


def _fields(entry: _Entry, element: Element, name: str) -> None:
    """Add the fields of a field."""
    record = entry.record
    if name == "product_detail":
        called, value = element.find("attribute_name"), element.find("attribute_value")
        if called is not None and value is not None:
            text = record.text(value.content)
            entry.named.append((name, record.text(called.content).strip(), text, value.content))
        entry.values.setdefault(name, [])
        return
    wanted = _STRUCTURED.get(name)
    for child in element.children:
        if wanted is None:
            _collect(entry, child, f"{name}.{child.name}")
        elif child.name == wanted:
            _collect(entry, child, name)
