"""Read Apple string catalogues (``.xcstrings``): one item per message, language and variation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from culture_lint.errors import Location, SourceError
from culture_lint.sources.catalogue import Catalogue, Message, message_name
from culture_lint.sources.directives import directive, listed
from culture_lint.sources.items import Directive, Item, Notice, ReadOptions, Source
from culture_lint.sources.json_catalogue import json_text_of
from culture_lint.sources.json_text import Leaf, Path, decoded, members
from culture_lint.sources.languages import language_tag
from culture_lint.sources.message_trees import is_message
from culture_lint.sources.registry import reader
from culture_lint.spans import Place

_SYNTAXES = ("printf", "braces", "html", "url")
#: What lies between a language and its text and says nothing of which variation it is.
_FRAME = frozenset({"variations", "substitutions", "stringUnit", "stringSet", "value", "values"})


@reader(".xcstrings")
def read(source: Source, options: ReadOptions) -> Iterator[Item | Notice]:
    """Yield the texts of each language in file order.

    Where a message has no text in the source language, its key is that text.

    Raises:
        SourceError: If the file cannot be read, is not a string catalogue, or gives a key two
            values.

    """
    catalogue = json_text_of(source, options, _SYNTAXES)
    found = [(leaf, is_key) for leaf, is_key in members(catalogue.text) if leaf.path]
    values = {leaf.path: leaf for leaf, is_key in found if not is_key}
    spoken = values.get(("sourceLanguage",))
    if spoken is None or not any(leaf.path == ("strings",) for leaf, is_key in found if is_key):
        raise SourceError(
            "is no string catalogue: it has no “sourceLanguage” and “strings”",
            Location(source.path),
        )
    origin = catalogue.text[spoken.start : spoken.end]
    sourced = {path[1] for path in values if path[2:4] == ("localizations", origin)}
    # What translators are told ("comment") is never read as text, but may hold suppressions.
    told = {
        path[1]: tuple(_directives(catalogue, leaf))
        for path, leaf in values.items()
        if len(path) == 3 and path[::2] == ("strings", "comment") and leaf.is_string
    }
    for leaf, is_key in found:
        if leaf.path[0] != "strings" or len(leaf.path) < 2:
            continue
        if is_key and len(leaf.path) == 2:
            if leaf.path[1] not in sourced and _is_shown(catalogue, leaf, values):
                yield from _item(catalogue, leaf, origin, "", told.get(leaf.path[1], ()))
        elif not is_key and leaf.is_string and _is_text(leaf.path):
            form = ".".join(str(part) for part in leaf.path[4:] if part not in _FRAME)
            directives = told.get(leaf.path[1], ())
            yield from _item(catalogue, leaf, str(leaf.path[3]), form, directives)


def _is_text(path: Path) -> bool:
    return (
        len(path) > 5
        and path[2] == "localizations"
        and (path[-2:] == ("stringUnit", "value") or path[-3:-1] == ("stringSet", "values"))
    )


def _is_shown(catalogue: Catalogue, key: Leaf, values: dict[Path, Leaf]) -> bool:
    """Tell whether a key is the text that people read."""
    translate = values.get((*key.path, "shouldTranslate"))
    if translate is not None and catalogue.text.startswith("false", translate.start):
        return False
    return is_message(str(key.path[1]))


def _directives(catalogue: Catalogue, comment: Leaf) -> Iterator[Directive]:
    text, _ = decoded(catalogue.text, comment.start, comment.end)
    if directive(text) is not None:
        place = Place(*catalogue.at(comment.start), *catalogue.at(comment.end))
        yield from (Directive(one, place) for one in listed(text))


def _item(
    catalogue: Catalogue,
    leaf: Leaf,
    language: str,
    form: str,
    directives: tuple[Directive, ...],
) -> Iterator[Item]:
    text, pieces = decoded(catalogue.text, leaf.start, leaf.end)
    name = f"{message_name(str(leaf.path[1]))} [{language}{' ' + form if form else ''}]"
    message = Message(text, pieces, form or "value")
    tag = language_tag(language, names=False)
    for item in catalogue.item(name, leaf.start, [message], tag):
        yield replace(item, directives=directives) if directives else item
