"""Read Application Resource Bundles (Flutter): one item per message."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from culture_lint.sources.catalogue import Catalogue, Message, message_name
from culture_lint.sources.directives import directive, listed
from culture_lint.sources.items import Directive, Item, Notice, ReadOptions, Source
from culture_lint.sources.json_catalogue import json_text_of, json_values
from culture_lint.sources.languages import language_tag
from culture_lint.sources.message_trees import Value
from culture_lint.sources.registry import reader
from culture_lint.spans import Place

_SYNTAXES = ("braces", "html", "url")


@reader(".arb")
def read(source: Source, options: ReadOptions) -> Iterator[Item | Notice]:
    """Yield the messages in file order; what ``@`` keys say about them is left out.

    A description that is a suppression is about its message.

    Raises:
        SourceError: If the file cannot be read, is not JSON, or gives a key two values.

    """
    catalogue = json_text_of(source, options, _SYNTAXES)
    values = json_values(catalogue)
    tag = next((value.text for value in values if value.path == ("@@locale",)), None)
    language = language_tag(tag, names=False) if tag else None
    told = {
        str(value.path[0])[1:]: tuple(_directives(catalogue, value))
        for value in values
        if len(value.path) == 2 and value.path[1] == "description" and value.text is not None
    }
    for value in values:
        if value.text is None or len(value.path) != 1 or str(value.path[0]).startswith("@"):
            continue
        message = Message(value.text, value.pieces, str(value.path[0]))
        name = message_name(str(value.path[0]))
        found = told.get(str(value.path[0]), ())
        for item in catalogue.item(name, value.start, [message], language):
            yield replace(item, directives=item.directives + found) if found else item


def _directives(catalogue: Catalogue, description: Value) -> Iterator[Directive]:
    text = description.text or ""
    if directive(text) is not None:
        end = description.pieces[-1][2]
        place = Place(*catalogue.at(description.start), *catalogue.at(end))
        yield from (Directive(one, place) for one in listed(text))
