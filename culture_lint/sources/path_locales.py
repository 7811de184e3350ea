"""The language and the market that a path names: ``values-de-rAT/``, ``fr_CA.po``, ``de.lproj``.

A language with a region, a script or a mark of its platform is plain anywhere. Two letters alone
are a language only where files of translations are kept: ``in/``, ``it/`` and ``no.csv`` may be
anything.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from culture_lint.sources.languages import language_tag

#: Folders that hold one folder or file for each language.
_HOLDERS = frozenset({
    "locale", "locales", "_locales", "lang", "langs", "language", "languages", "i18n", "l10n",
    "intl", "translation", "translations", "translated", "messages", "content", "contents", "docs",
    "pages", "posts", "site", "website", "www", "public", "strings", "localization", "localisation",
    "android", "ios", "metadata", "res", "catalog", "catalogs", "catalogue", "catalogues",
})  # fmt: skip
#: Files of translations, whose names end in their language.
_SURELY = (
    ".po", ".pot", ".arb", ".properties", ".ftl", ".xlf", ".xliff", ".resx", ".strings",
    ".stringsdict", ".xcstrings",
)  # fmt: skip
#: Files that may be translations: a name that is a language is one in a folder that holds them.
_PERHAPS = (".json", ".yaml", ".yml", ".xml", ".csv", ".tsv", ".xlsx")
#: Any file may name its language before its ending: about.fr.md, mail.de.html.
_DOTTED = (".md", ".mdx", ".markdown", ".html", ".htm", ".mjml", ".txt", ".ftl", ".ftlh")
#: Codes that Java and Android wrote before ISO 639 changed.
_OLD = {"in": "id", "iw": "he", "ji": "yi"}

_ANDROID = re.compile(r"values-([a-z]{2,3})(?:-r([A-Z]{2}))?(?=-|$)")
_ANDROID_BCP = re.compile(r"values-b\+([A-Za-z0-9+]+)(?=-|$)")
_REGIONAL = r"[a-z]{2,3}[-_](?:[A-Z][a-z]{3}[-_])?(?:[A-Z]{2}|419)|[a-z]{2,3}[-_][A-Z][a-z]{3}"
_REGIONAL_END = re.compile(rf"(?:.*[._-])?({_REGIONAL})")
_WHOLE = re.compile(r"[a-z]{2,3}(?:[-_][a-z]{4})?(?:[-_](?:[a-z]{2}|419))?")
#: What stands before the last part of a name, what parts them, and that part.
_LAST = re.compile(r"(?:(.*)([._-]))?([^._-]*)", re.DOTALL)
#: What looks like a language with its region and is English.
_WORDS = frozenset({"to-do", "to_do"})


@lru_cache(maxsize=4096)
def locale_of_path(path: str, known: Collection[str] = frozenset()) -> str | None:
    """Return the BCP 47 tag that a path names, None for none; what stands deeper counts.

    Args:
        path: As the user gave it.
        known: Lower-case languages that the configuration speaks of: a folder that bears such a
            name is one of translations wherever it lies.
    """
    *folders, name = path.replace("\\", "/").split("/")
    found = _of_file(name, folders[-1] if folders else "", known)
    for number in range(len(folders) - 1, -1, -1):
        if found:
            return found
        found = _of_folder(folders[number], folders[:number], name, known)
    return found


def _of_file(name: str, folder: str, known: Collection[str]) -> str | None:
    stem, dot, ending = name.rpartition(".")
    if not dot:
        return None
    ending = f".{ending.lower()}"
    regional = _REGIONAL_END.fullmatch(stem)
    tag = _tag(regional[1]) if regional else None
    if tag:
        return tag
    before, separator, last = _LAST.fullmatch(stem).groups()  # type: ignore[union-attr]
    tag = _bare(last, java=ending == ".properties")
    if tag is None:
        return None
    if ending in _SURELY and separator != "-":
        return tag
    if ending in _PERHAPS and (separator == "." or (folder.lower() in _HOLDERS and not before)):
        return tag
    if tag.lower() in known and not before and ending in (*_PERHAPS, *_DOTTED):
        return tag
    return tag if ending in _DOTTED and separator == "." else None


def _of_folder(name: str, above: list[str], file: str, known: Collection[str]) -> str | None:
    android = _ANDROID.match(name)
    if android:
        return _tag(
            "-".join(part for part in (_OLD.get(android[1], android[1]), android[2]) if part)
        )
    android = _ANDROID_BCP.match(name)
    if android:
        return _tag(android[1].replace("+", "-"))
    if name.endswith(".lproj"):
        return _tag(name[:-6])
    regional = _REGIONAL_END.fullmatch(name)
    tag = _tag(regional[1]) if regional else None
    if tag:
        return tag
    tag = _bare(name)
    if tag is None:
        return None
    parent = above[-1].lower() if above else ""
    kept = parent in _HOLDERS or tag.lower() in known
    if kept or (
        "-" not in tag and file.lower().endswith((".po", ".ftl", ".arb", ".xlf", ".xliff"))
    ):
        return tag
    return None


def _bare(text: str, *, java: bool = False) -> str | None:
    """Return the tag of a name that is one as a whole, in any case: ``de``, ``pt-br``."""
    if not _WHOLE.fullmatch(text.lower()) or text.lower() in _WORDS:
        return None
    return _tag(_OLD.get(text, text) if java else text)


def _tag(text: str) -> str | None:
    """Return a tag with what is known of it: an unknown region leaves the language."""
    parts = text.replace("_", "-").split("-")
    for length in range(len(parts), 0, -1):
        tag = language_tag("-".join(parts[:length]), names=False)
        if tag:
            return tag
    return None


def region_of(tag: str | None) -> str | None:
    """Return the ISO 3166 code in a BCP 47 tag, None where it names none."""
    parts = (tag or "").replace("_", "-").split("-")[1:]
    return next((part.upper() for part in parts if len(part) == 2 and part.isalpha()), None)
