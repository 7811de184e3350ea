"""Read YAML message catalogues (Rails, Symfony, Sylius ...): one item per message."""

from __future__ import annotations

from collections.abc import Iterator

from culture_lint.errors import Location, SourceError
from culture_lint.sources.catalogue import Catalogue, whole_text
from culture_lint.sources.items import NOT_READ, Item, Notice, ReadOptions, Source
from culture_lint.sources.message_trees import SYNTAXES, Value, tree_items, why_not
from culture_lint.sources.registry import reader
from culture_lint.sources.yaml_text import YamlError, comments, scalars


@reader(".yaml", ".yml")
def read(source: Source, options: ReadOptions) -> Iterator[Item | Notice]:
    """Yield the messages in file order; a notice instead where the file is no catalogue.

    Raises:
        SourceError: If the file cannot be read, is not YAML, or has a key twice.

    """
    catalogue = Catalogue(source.path, whole_text(source, options.encoding), SYNTAXES)
    if not catalogue.text.strip("\ufeff \t\r\n"):
        raise SourceError("is empty", Location(source.path))
    try:
        values = [
            Value(one.path, one.start, one.text, one.pieces) for one in scalars(catalogue.text)
        ]
    except YamlError as error:
        raise catalogue.error(error.message, error.offset) from None
    # Comments are no events of the parser, and so are never read as text.
    for start, end in comments(catalogue.text):
        catalogue.comment(catalogue.text[start + 1 : end], start, end)
    reason = why_not(source.path, values)
    if reason is not None:
        yield Notice(source.path, f"not read as a message catalogue: {reason}", kind=NOT_READ)
        return
    yield from tree_items(catalogue, values)
