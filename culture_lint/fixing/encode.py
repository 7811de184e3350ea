"""How a replacement is written at a place: each format's own escapes, and what is not written at all.

What a file's characters at a place say is undone by readers (`culture_lint.sources`); here is the way
back. It need not be clever: nothing is written before the readers have read it again and found
exactly what was meant.
"""

from __future__ import annotations

import html
import json
import re
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from xml.sax.saxutils import escape

from culture_lint.frozen import frozen


@frozen
class Site:
    """Where a replacement goes: ``text[start:end]`` of a file that ends in ``ending``."""

    text: str
    start: int
    end: int
    ending: str

    @property
    def raw(self) -> str:
        """The file's characters that are to be replaced."""
        return self.text[self.start : self.end]

    @property
    def before(self) -> str:
        """What stands before it, as far back as an element or a message begins."""
        return self.text[max(0, self.start - _WINDOW) : self.start]


#: Characters before a place in which to look for what it belongs to.
_WINDOW = 1 << 16

Encode = Callable[[Site, str], Iterator[str]]

#: No copy needs them, and in one format or another they are code. Line ends among the controls.
_CODE = re.compile(
    r"[<>{}\\\ufffc\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
#: At the start of a cell they make a formula of it.
_FORMULA = ("=", "+", "-", "@")
_CATALOGUES = frozenset(
    [
        ".po",
        ".pot",
        ".xlf",
        ".xliff",
        ".json",
        ".arb",
        ".strings",
        ".stringsdict",
        ".xcstrings",
        ".properties",
        ".ftl",
        ".resx",
        ".resw",
        ".xml",
        ".yaml",
        ".yml",
    ]
)
_PROSE = frozenset([".md", ".markdown", ".mdx"])
_MARKDOWN = re.compile(r"[*_\[\]`|~#]")
_PO_KEYWORD = re.compile(r"^[ \t]*(msg\w+(?:\[\d+\])?)", re.MULTILINE)
_XLIFF_PART = re.compile(r"<(/?)(?:[\w.-]+:)?(source|target)\b[^<>]*?(/?)>")
_SCRIPT = re.compile(r"<(/?)script\b", re.IGNORECASE)
_BETWEEN_STRINGS = re.compile(r'"\s*"')


def refusal(say: str, site: Site) -> str:
    """Return why a replacement is not written at a site, whatever its escapes; empty if it may be."""
    if not say.strip() or _CODE.search(say):
        return "the wording holds characters that may be code there"
    at_start = site.raw[:1] in _FORMULA
    if say.startswith(_FORMULA) and not at_start:
        return "the wording starts as a formula does"
    if site.ending in _CATALOGUES and "%" in say:
        return "the wording holds a percent sign, which starts a placeholder there"
    if site.ending in _PROSE and _MARKDOWN.search(say):
        return "the wording holds characters that are markup there"
    return _source_text(site)


def _source_text(site: Site) -> str:
    """Return why a place may not be changed because it is the source of a translation."""
    before = site.before
    if site.ending in (".po", ".pot"):
        found = _last(_PO_KEYWORD, before)
        if found is None or not found[1].startswith("msgstr"):
            return "it is the source text (msgid); change it where the program has it"
    if site.ending in (".xlf", ".xliff", ".xml"):
        part = _last(_XLIFF_PART, before)
        inside = part is not None and part[2] == "source" and not part[1]
        if inside and re.search(r"<(?:[\w.-]+:)?xliff\b", site.text[:8192]):
            return "it is the source text (<source>); change it where it comes from"
    return ""


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(iter(deque(pattern.finditer(text), maxlen=1)), None)


def unfaithful(match: str, site: Site) -> str:
    """Return why the characters at a site are more than the text found there; empty if they are not.

    Where a tag, a placeholder or the marks of a list stand between the words, replacing them
    would take half a pair away.
    """
    wanted = _plain(match)
    forms = {site.raw}
    for _ in range(2):
        if any(_plain(one) == wanted for one in forms):
            return ""
        forms |= {undone for one in forms for undone in _undone(one)}
    if any(_plain(one) == wanted for one in forms):
        return ""
    return "markup stands inside it"


def _plain(text: str) -> str:
    return " ".join(text.split())


def _undone(raw: str) -> Iterator[str]:
    """Yield what characters may say: with entities, doubled quotes, escapes or wraps undone."""
    yield html.unescape(raw)
    yield raw.replace('""', '"')
    yield raw.replace("''", "'")
    yield _BETWEEN_STRINGS.sub("", raw)
    yield re.sub(r"\\\r?\n[ \t]*", "", raw)
    if "\\" in raw:
        with suppress(ValueError):
            yield str(json.loads(f'"{raw}"', strict=False))
        yield re.sub(r"\\([^\w\s])", r"\1", raw)
        yield re.sub(r"\\u+([0-9A-Fa-f]{4})", lambda found: chr(int(found[1], 16)), raw)
        yield re.sub(r"\\[ntr]", " ", raw)


def encoded(say: str, site: Site) -> Iterator[str]:
    """Yield the ways to write a text at a site, the first that is likely to be right first."""
    seen: set[str] = set()
    for one in _WRITERS.get(site.ending, _as_it_is)(site, say):
        if one not in seen:
            seen.add(one)
            yield one


def _as_it_is(_: Site, say: str) -> Iterator[str]:
    yield say


def _cell(_: Site, say: str) -> Iterator[str]:
    yield say.replace('"', '""')


def _json(site: Site, say: str) -> Iterator[str]:
    escapes = site.text.isascii() and "\\u" in site.text
    yield json.dumps(say, ensure_ascii=escapes)[1:-1]


def _xml(site: Site, say: str) -> Iterator[str]:
    before = site.before
    if before.rfind("<![CDATA[") > before.rfind("]]>"):
        yield say
    elif before.rfind("<") > before.rfind(">"):  # in a tag: the value of an attribute
        yield escape(say, {'"': "&quot;", "'": "&apos;"})
    elif (
        site.ending == ".xml" and "<resources" in site.text[:8192]
    ):  # Android has escapes of its own
        yield escape(say).replace("'", "\\'").replace('"', '\\"')
        yield escape(say)
    else:
        yield escape(say)


def _html(site: Site, say: str) -> Iterator[str]:
    before = site.before
    script = _last(_SCRIPT, before)
    if script is not None and not script[1]:
        yield from _json(site, say)
    elif before.rfind("<") > before.rfind(">"):
        yield escape(say, {'"': "&quot;", "'": "&#39;"})
    else:
        yield escape(say)


def _po(_: Site, say: str) -> Iterator[str]:
    yield say.replace('"', '\\"')


def _yaml(_: Site, say: str) -> Iterator[str]:
    yield say
    yield say.replace("'", "''")
    yield say.replace('"', '\\"')


def _properties(site: Site, say: str) -> Iterator[str]:
    escapes = site.text.isascii() and "\\u" in site.text
    units = say.encode("utf-16-be")
    codes = (int.from_bytes(units[at : at + 2], "big") for at in range(0, len(units), 2))
    ascii_only = "".join(chr(code) if code < 0x80 else f"\\u{code:04x}" for code in codes)
    for one in (ascii_only, say) if escapes else (say, ascii_only):
        yield one
        yield one.replace("'", "''")  # where the values are patterns of Java's MessageFormat


_WRITERS: dict[str, Encode] = {
    **dict.fromkeys([".csv", ".tsv", ".tab"], _cell),
    **dict.fromkeys([".json", ".jsonl", ".ndjson", ".arb", ".xcstrings"], _json),
    **dict.fromkeys([".xml", ".xlf", ".xliff", ".resx", ".resw", ".stringsdict"], _xml),
    **dict.fromkeys([".html", ".htm", ".xhtml", ".mjml", ".ftlh"], _html),
    **dict.fromkeys([".po", ".pot", ".strings"], _po),
    **dict.fromkeys([".yaml", ".yml"], _yaml),
    ".properties": _properties,
}
