"""Read column names: one spelling for each, and the language or market that a name carries."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from culture_lint.frozen import frozen
from culture_lint.sources.languages import language_tag, market_code

#: Two-letter codes that are taken as a language without a region; ``id``, ``no``, ``in``,
#: ``kg`` and the like are more often something else in a column name.
_PLAIN_LANGUAGES = frozenset(
    [
        "ar",
        "bg",
        "bn",
        "cs",
        "da",
        "de",
        "el",
        "en",
        "es",
        "et",
        "fa",
        "fi",
        "fr",
        "he",
        "hi",
        "hr",
        "hu",
        "it",
        "ja",
        "ko",
        "lt",
        "lv",
        "ms",
        "nb",
        "nl",
        "pl",
        "pt",
        "ro",
        "ru",
        "sk",
        "sl",
        "sr",
        "sv",
        "ta",
        "te",
        "th",
        "tr",
        "uk",
        "ur",
        "vi",
        "zh",
    ]
)
#: Keys that only wrap what a listing says.
_WRAPPERS = frozenset(
    [
        "product",
        "item",
        "listing",
        "data",
        "attributes",
        "fields",
        "node",
        "content",
        "properties",
        "translations",
    ]
)
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])")
_SEPARATORS = re.compile(r"[\s_\-./]+")
_ORDINAL = re.compile(r"#\d+")
_DIGITS = re.compile(r"\d+")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_PATH = re.compile(r"^([^\[\]#]+)((?:\[[^\[\]]*\])+)(.*)$")
_SELECTOR = re.compile(r"\[(\w+)=([^\[\]]*)\]")
_LOCALE = r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?(?:[-_][A-Za-z]{2})?"
_IN_BRACKETS = re.compile(rf"^(.+?)\s*[(\[]\s*({_LOCALE})\s*[)\]]$")
_AT_END = re.compile(rf"^(.+?)[-_.:@ ]({_LOCALE})$")
_BEFORE_CHANNEL = re.compile(r"^(.+?)[-]([a-z]{2,3}_[A-Z]{2})[-]\w+$")
#: What is longer is no column name.
LONGEST_NAME = 200
_BLANKS = "\ufeff \t\r\n\xa0\u3000\u200b"


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """Return the spelling under which a column name is looked up: no case, no separators.

    Every number becomes ``#``.
    """
    text = unicodedata.normalize("NFKC", name).strip(_BLANKS).strip("*#")
    return _DIGITS.sub("#", _SEPARATORS.sub("", text).casefold())


def words(name: str) -> list[str]:
    """Return the words of a column name, each in the spelling of `key`."""
    return [key(word) for word in _SEPARATORS.split(_CAMEL.sub(" ", name)) if key(word)]


@frozen
class Reading:
    """One way to read a column name: the key to look up, and what the rest of it declares."""

    key: str
    language: str | None = None
    market: str | None = None


def readings(name: str) -> Iterator[Reading]:
    """Yield the ways to read a column name, the most literal first."""
    name = name.strip(_BLANKS)
    if len(name) > LONGEST_NAME:
        return
    path = _PATH.match(name)
    if path and _SELECTOR.search(path[2]):
        yield from _selected(path)
        return
    full = key(name)
    yield Reading(full)
    if full.endswith("#"):
        yield Reading(full[:-1])
    if _ORDINAL.search(name):
        yield Reading(key(_ORDINAL.sub("", name)))
    for pattern in (_BEFORE_CHANNEL, _IN_BRACKETS, _AT_END):
        found = pattern.match(name)
        language = _suffix(found[2]) if found else None
        if found and language:
            yield Reading(key(found[1]), language)
    bare = key(_BRACKETS.sub(" ", name))
    if bare != full:
        yield Reading(bare)
        if bare.endswith("#"):
            yield Reading(bare[:-1])
    yield from _inner(name)
    if "," in name:
        yield Reading(key(name.split(",")[0]))


def _inner(name: str) -> Iterator[Reading]:
    """Yield the last key of a dotted path whose other keys say nothing: ``product.title``."""
    owner, _, last = name.rpartition(".")
    owner = owner.rpartition(".")[2]
    if key(owner) in _WRAPPERS:
        yield Reading(key(last))
    elif last and (language := _suffix(owner)):
        yield Reading(key(last), language)


def _suffix(text: str) -> str | None:
    """Return the language that the end of a column name declares, if it is one for sure."""
    if len(text) == 2 and text.lower() not in _PLAIN_LANGUAGES:
        return None
    if len(text) == 3:
        return None
    return language_tag(text, names=False)


def _selected(path: re.Match[str]) -> Iterator[Reading]:
    """Yield the readings of a name with selectors: ``item_name[language_tag=de_DE]#1.value``."""
    language = market = None
    for what, value in _SELECTOR.findall(path[0]):
        if what == "language_tag":
            language = language_tag(value, names=False)
        elif what == "marketplace_id":
            market = market_code(value)
    rest = _ORDINAL.sub("", re.sub(r"\[[^\[\]]*\]", "", path[3]))
    yield Reading(key(path[1] + rest), language, market)
    yield Reading(key(path[1]), language, market)
