"""Tell message catalogues from other nested files (JSON, YAML, properties) and make their items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import PurePath

from culture_lint.frozen import frozen
from culture_lint.sources.catalogue import Catalogue, Message, message_name
from culture_lint.sources.items import NOT_READ, Item, Notice
from culture_lint.sources.json_text import Path
from culture_lint.sources.languages import language_tag
from culture_lint.sources.messages import Piece

#: How placeholders are written in the catalogues of web frameworks.
SYNTAXES = ("printf", "braces", "html", "url")
#: Values nested deeper than this are no messages.
DEEPEST = 64

#: Why a file of lists is no catalogue; it may be a listing.
NO_MESSAGES = "it holds a list, not messages"
#: So many values are looked at to tell what a file is.
SAMPLE = 5_000
#: Of a broken file, so many must have been read to tell that it is no catalogue.
_ENOUGH = 5
_FOLDERS = frozenset(
    [
        "_locales",
        "i18n",
        "intl",
        "l10n",
        "lang",
        "langs",
        "locale",
        "locales",
        "messages",
        "translation",
        "translations",
    ]
)
_STEMS = frozenset(
    ["i18n", "lang", "locale", "localizable", "messages", "strings", "translation", "translations"]
)
#: Keys at the root (all of a group) that only files of other kinds have.
_OTHERS: tuple[tuple[frozenset[str], str], ...] = tuple(
    (frozenset(keys.split()), what)
    for keys, what in (
        ("readings", "a ruleset"),
        ("market reviewed", "a ruleset"),
        ("community reviewed", "a ruleset"),
        ("platform reviewed", "a ruleset"),
        ("jobs on", "a GitHub workflow"),
        ("inputs runs", "a GitHub action"),
        ("runs version", "a report"),
        ("gate items summary", "a report"),
        ("repos", "a pre-commit configuration"),
        ("apiVersion", "a Kubernetes resource"),
        ("openapi", "an API description"),
        ("swagger", "an API description"),
        ("site_name", "a site's configuration"),
        ("$schema", "described by a schema of its own"),
        ("dependencies", "a package's description"),
        ("devDependencies", "a package's description"),
        ("lockfileVersion", "a lock file"),
        ("compilerOptions", "a compiler's configuration"),
        ("manifest_version", "an extension's manifest"),
        ("features type", "geographic data"),
        ("coordinates type", "geographic data"),
        ("steps trigger", "a pipeline"),
        ("pool steps", "a pipeline"),
    )
)
_RULESET = frozenset({"forms", "cues", "extend"})
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*[.,:;!?…)]*")
_LETTER = re.compile(r"[^\W\d_]|[\u2600-\u27bf\U0001f000-\U0001faff]")
_MACHINE = re.compile(r"[_/\\=<>{}\[\]$@#*^~|]|[a-z][A-Z]|\w[.:]\w|\d|^[-.:]")
_CODE = re.compile(r"[_\\=]|[a-z0-9]\.[a-z]|^[./]|/.*/|^#(?:[0-9a-fA-F]{3,4}){1,2}$")
_CAPITALISED = re.compile(r"[A-Z][a-z]+['’a-z-]*[.,:;!?…]*$")

#: Where a file names the language of all of its messages.
_DECLARING: frozenset[Path] = frozenset({("@@locale",), ("_locale",), ("locale",)})
#: The key that holds the text in files with one object a message, and what else stands in it.
TEXT_KEYS = ("message", "defaultMessage", "string", "translation")
_ABOUT = frozenset(
    [
        "description",
        "placeholders",
        "developer_comment",
        "context",
        "character_limit",
        "comment",
        "id",
    ]
)


@frozen
class Value:
    """One value of a nested file: the keys that lead to it, its text, the way back to the file.

    ``start`` is where it stands; ``text`` is None for numbers, truth values and the like.
    """

    path: Path
    start: int
    text: str | None
    pieces: Sequence[Piece] = ()


def why_not(path: str, values: Sequence[Value]) -> str | None:
    """Return why a file is not taken for a message catalogue; None if it is one.

    The name of the file and of its folders says much: ``locales/de.json`` needs little prose,
    ``data.json`` a lot.
    """
    named = _named(path)
    roots = frozenset(str(value.path[0]) for value in values if value.path)
    if named < 2:
        for keys, what in _OTHERS:
            # One plain word may well be a section of a catalogue.
            sure = named == 0 or len(keys) > 1 or not all(map(str.islower, keys))
            if keys <= roots and sure:
                return f"it is {what}"
        if any(len(value.path) > 1 and value.path[1] in _RULESET for value in values):
            return "it is a ruleset"
        if any(not value.path or isinstance(value.path[0], int) for value in values):
            return NO_MESSAGES
        if sum(map(_is_listed, values)) * 2 > len(values):
            return NO_MESSAGES
        named = 1 if _root_languages(values) else named
    kinds = [_kind(value.text) for value in islice(values, SAMPLE)]
    prose = kinds.count("prose")
    words = kinds.count("word")
    if named == 2:
        copy = prose + words > 0 and (prose + words) * 4 >= kinds.count("machine")
    else:
        others = kinds.count("machine") + words / 2
        copy = prose >= (3, 1)[named] and prose >= (0.6, 0.4)[named] * (prose + others)
    if not copy:
        return "it holds little that reads like copy"
    return None


def why_not_broken(path: str, before: Sequence[Value], *, empty: bool = False) -> str | None:
    """Return why a file that is not well formed is none of our business; None if it may be.

    ``before`` holds the values that stand before what is wrong; ``empty``: that is nothing.
    """
    if _named(path):
        return None
    if empty:
        return "it is empty"
    return why_not(path, before) if len(before) >= _ENOUGH else None


def sample(values: Iterable[Value]) -> list[Value]:
    """Return as many values as it takes to tell what a file is."""
    return list(islice(values, SAMPLE))


def left_out(path: str, reason: str) -> Notice:
    """Return the notice on a file that is no catalogue."""
    return Notice(path, f"not read as a message catalogue: {reason}", kind=NOT_READ)


def _is_listed(value: Value) -> bool:
    """Tell whether a value is one of a list of words or of records."""
    path = value.path
    return isinstance(path[-1], int) or (len(path) > 2 and isinstance(path[1], int))


def _named(path: str) -> int:
    """Return how much a path says that it is a catalogue: 2 plainly, 1 it may be, 0 nothing."""
    place = PurePath(path)
    folders = [part.lower() for part in place.parts[:-1]][-3:]
    parts = place.name.lower().split(".")[:-1]
    if _FOLDERS.intersection(folders):
        return 2
    tagged = [part for part in (*parts, *folders[-1:]) if language_tag(part, names=False)]
    stems = {part for name in parts for part in (name, name.partition("_")[0])}
    if stems & _STEMS and (tagged or len(parts) == 1):
        return 2
    tail = parts[-1].partition("_")[2] if parts else ""
    return 1 if tagged or (tail and language_tag(tail, names=False)) else 0


def _kind(text: str | None) -> str:
    """Return ``prose``, ``word`` (one word, which may be anything) or ``machine``."""
    if text is None:
        return "machine"
    bare = text.strip()
    if not _LETTER.search(bare):
        return "machine" if any(char.isdigit() for char in bare) else "word"
    if any(char > "\xbf" and char.isalpha() for char in bare):
        return "prose"
    words = bare.split()
    if len(words) > 1:
        plain = sum(1 for word in words if _WORD.fullmatch(word.strip("\"'“”‘’([")))
        return "prose" if plain * 2 >= len(words) else "word"
    if _CAPITALISED.match(bare):
        return "prose"
    return "machine" if _MACHINE.search(bare) else "word"


def is_message(text: str | None) -> bool:
    """Tell whether a value of a catalogue is for people to read, not a path, a key or a number."""
    if text is None or not _LETTER.search(text):
        return False
    return not text.isascii() or " " in text.strip() or not _CODE.search(text)


def tree_items(catalogue: Catalogue, values: Iterable[Value]) -> Iterator[Item | Notice]:
    """Yield one item a message, named by its keys.

    Root keys that are language tags declare the language of what stands below them; a single
    one is no part of the names.
    """
    values = list(values)
    values, text_key = _unwrapped(values)
    if text_key == "message":
        catalogue.syntaxes = ("dollar", *catalogue.syntaxes)
    languages = _root_languages(values)
    skip = 1 if len(languages) == 1 else 0
    declared = next((value for value in values if value.path in _DECLARING), None)
    whole = language_tag(declared.text or "", names=False) if declared else None
    for value in values:
        if value.pieces:
            catalogue.block(value.start, value.pieces[-1][2])
    for value in values:
        if value.text is None or not is_message(value.text) or (whole and value is declared):
            continue
        keys = value.path[skip:]
        language = languages.get(value.path[0]) if languages else whole
        label = next((str(key) for key in reversed(keys) if isinstance(key, str)), "")
        message = Message(value.text, value.pieces, label)
        name = message_name(".".join(map(str, keys))) or "1"
        yield from catalogue.item(name, value.start, [message], language)
    yield from catalogue.comments.rest()


def _root_languages(values: Sequence[Value]) -> dict[str | int, str]:
    """Return the languages by root key; empty unless every root key is a language's."""
    found: dict[str | int, str] = {}
    for value in values:
        root = value.path[0] if len(value.path) > 1 else None
        if root in found:
            continue
        tag = language_tag(root, names=False) if isinstance(root, str) else None
        if root is None or tag is None:
            return {}
        found[root] = tag
    return found


def _unwrapped(values: list[Value]) -> tuple[list[Value], str | None]:
    """Return the texts of a file with one object a message, and their key; else ``values``."""
    keys: dict[str | int, set[str | int]] = {}
    for value in values:
        if len(value.path) < 2:
            return values, None
        keys.setdefault(value.path[0], set()).add(value.path[1])
    for text_key in TEXT_KEYS:
        if keys and all(
            text_key in below and below - {text_key} <= _ABOUT for below in keys.values()
        ):
            return [
                Value(value.path[:1], value.start, value.text, value.pieces)
                for value in values
                if value.path[1:] == (text_key,)
            ], text_key
    return values, None
