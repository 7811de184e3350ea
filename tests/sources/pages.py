"""What the tests of pages share: their texts, and that every span of these leads back."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Collection
from contextlib import nullcontext, suppress

from culture_lint.errors import SourceError
from culture_lint.sources.items import Item, ReadOptions, Source
from culture_lint.sources.messages import OBJECT
from culture_lint.sources.registry import reader_for

from .helpers import at, spans, texts


def page(text: str, name: str) -> list[Item]:
    """Read a page; return its items, those of MDX that breaks off too."""
    found = reader_for(name)
    assert found is not None
    items: list[Item] = []
    with suppress(SourceError) if name.endswith(".mdx") else nullcontext():
        items.extend(
            one
            for one in found(Source(name, text.encode()), ReadOptions())
            if isinstance(one, Item)
        )
    return items


def all_texts(text: str, name: str) -> list[str]:
    """Return the texts of a page, in order."""
    return [one for item in page(text, name) for one in texts(item)]


def leads_back(text: str, name: str, meaning: Callable[[str], Collection[str]]) -> list[Item]:
    """Check that every span of a page leads to the characters it was read from; return its items.

    ``meaning`` takes the file's characters for one character and returns what they may stand for.
    """
    items = page(text, name)
    for item in pickle.loads(pickle.dumps(items)):
        for segment in item.segments:
            assert segment.text == segment.text.strip()
            for start, end in spans(len(segment.text)):
                assert segment.places.source(start, end) == at(text, segment, start, end)
            for index, char in enumerate(segment.text):
                source = segment.places.source(index, index + 1)
                if char == OBJECT:
                    assert source
                elif char not in " \n\t\u2028":
                    assert char in meaning(source)
    return items
