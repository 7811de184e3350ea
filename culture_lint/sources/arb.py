"""Read Application Resource Bundles (Flutter): one item per message."""

from __future__ import annotations

from collections.abc import Iterator

from culture_lint.sources.catalogue import Message, message_name
from culture_lint.sources.items import Item, Notice, ReadOptions, Source
from culture_lint.sources.json_catalogue import json_text_of, json_values
from culture_lint.sources.languages import language_tag
from culture_lint.sources.registry import reader

_SYNTAXES = ("braces", "html", "url")


@reader(".arb")
def read(source: Source, options: ReadOptions) -> Iterator[Item | Notice]:
    """Yield the messages in file order; what ``@`` keys say about them is left out.

    Raises:
        SourceError: If the file cannot be read, is not JSON, or gives a key two values.

    """
    catalogue = json_text_of(source, options, _SYNTAXES)
    values = json_values(catalogue)
    tag = next((value.text for value in values if value.path == ("@@locale",)), None)
    language = language_tag(tag, names=False) if tag else None
    for value in values:
        if value.text is None or len(value.path) != 1 or str(value.path[0]).startswith("@"):
            continue
        message = Message(value.text, value.pieces, str(value.path[0]))
        name = message_name(str(value.path[0]))
        yield from catalogue.item(name, value.start, [message], language)
