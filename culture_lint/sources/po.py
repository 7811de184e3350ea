"""Read GNU gettext PO and POT files: one item per translated message or plural form of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from culture_lint.errors import Location, SourceError
from culture_lint.sources.catalogue import Catalogue, Message, message_name, whole_text
from culture_lint.sources.items import Item, Notice, ReadOptions, Source
from culture_lint.sources.languages import language_tag
from culture_lint.sources.messages import Piece
from culture_lint.sources.registry import reader

_LINE = re.compile(r"[^\r\n]*(?:\r\r\n|\r\n|\r|\n|\Z)")
_KEYWORD = re.compile(
    r"[ \t]*(msgctxt|msgid_plural|msgid|msgstr(?:[ \t]*\[[ \t]*(\d{1,3})[ \t]*\])?)"
)
_STRING = re.compile(r'[ \t]*"((?:[^"\\\r\n]|\\[^\r\n])*)"')
_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|(.))")
_SHORT = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_HEADER = re.compile(r"^([\w-]+):[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_CHARSET = re.compile(r"charset=([\w.:-]+)")

_SYNTAXES = ("printf", "braces", "html", "url")


@dataclass(slots=True)
class _Text:
    """The strings of one keyword, put together."""

    start: int
    parts: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.parts)


@dataclass(slots=True)
class _Entry:
    """One entry; ``texts`` by keyword: ``msgid``, ``msgstr[1]``."""

    start: int
    flags: set[str] = field(default_factory=set)
    texts: dict[str, _Text] = field(default_factory=dict)
    #: What is said of it: the content of comments, and where they start and end.
    comments: list[tuple[str, int, int]] = field(default_factory=list)

    @property
    def end(self) -> int:
        """Where its last string ends."""
        return max(
            (piece[2] for one in self.texts.values() for piece in one.pieces), default=self.start
        )

    def text(self, keyword: str) -> str:
        """Return the text of a keyword, empty if the entry has none."""
        return self.texts[keyword].text if keyword in self.texts else ""

    @property
    def key(self) -> tuple[str | None, str]:
        """What makes an entry unique in its file."""
        return (self.text("msgctxt") if "msgctxt" in self.texts else None, self.text("msgid"))

    def forms(self) -> Iterator[tuple[str, _Text]]:
        """Yield the translations, one or several plural forms."""
        for keyword, text in self.texts.items():
            if keyword.startswith("msgstr"):
                yield keyword, text


@reader(".po", ".pot")
def read(source: Source, options: ReadOptions) -> Iterator[Item | Notice]:
    """Yield the translations in file order; of a template, the source texts.

    Entries that are obsolete or not translated are left out, and so are fuzzy ones, which
    gettext does not use; a notice counts those. A file without any translation is a template, unless
    ``side`` asks for translations; where it asks for sources, every file is one.

    Raises:
        SourceError: If the file cannot be read, is not well formed, or has a message twice.

    """
    text = whole_text(source, options.encoding, _declared)
    catalogue = Catalogue(source.path, text, _SYNTAXES)
    entries = list(_checked(catalogue))
    if not entries:
        raise SourceError("holds no messages; is it a PO file?", Location(source.path))
    _comments(catalogue, entries)
    header = _header(entries)
    language = language_tag(header.get("language", "").partition("@")[0], names=False)
    messages = [entry for entry in entries if entry.key != (None, "")]
    template = source.path.lower().endswith(".pot") or not any(
        text.parts and text.text for entry in messages for _, text in entry.forms()
    )
    if options.side is not None:
        template = options.side == "source"
    written_in = language_tag(header.get("x-source-language", ""), names=False)
    for entry in messages:
        if template:
            yield from _sources(catalogue, entry, written_in)
        elif "fuzzy" not in entry.flags:
            yield from _translations(catalogue, entry, language)
    yield from catalogue.comments.rest()
    fuzzy = 0 if template else sum("fuzzy" in entry.flags for entry in messages)
    if fuzzy:
        what = "messages are" if fuzzy > 1 else "message is"
        yield Notice(source.path, f"{fuzzy:,} fuzzy {what} left out, as gettext leaves them out")


def _declared(text: str) -> str | None:
    found = _CHARSET.search(text[: 64 * 1024])
    return found[1] if found and found[1] != "CHARSET" else None


def _header(entries: list[_Entry]) -> dict[str, str]:
    text = next((entry.text("msgstr") for entry in entries if entry.key == (None, "")), "")
    return {name.lower(): value for name, value in _HEADER.findall(text)}


def _comments(catalogue: Catalogue, entries: list[_Entry]) -> None:
    """Take the suppressions of every entry; those of the header are about the file."""
    for entry in entries:
        for comment in entry.comments:
            catalogue.comment(*comment, file=entry.key == (None, ""))
    for entry in entries:
        catalogue.block(entry.start, entry.end)


def _sources(catalogue: Catalogue, entry: _Entry, language: str | None) -> Iterator[Item]:
    for keyword in ("msgid", "msgid_plural"):
        if keyword in entry.texts:
            yield from _item(catalogue, entry, keyword, entry.texts[keyword], language)


def _translations(catalogue: Catalogue, entry: _Entry, language: str | None) -> Iterator[Item]:
    for keyword, text in entry.forms():
        yield from _item(catalogue, entry, keyword, text, language)


def _item(
    catalogue: Catalogue, entry: _Entry, keyword: str, text: _Text, language: str | None
) -> Iterator[Item]:
    if not text.parts:
        return
    context, source = entry.key
    form = keyword[6:] if keyword.startswith("msgstr[") else "[n]" if "plural" in keyword else ""
    name = message_name(context or "", source) + form
    yield from catalogue.item(
        name, entry.start, [Message(text.text, text.pieces, keyword)], language
    )


def _checked(catalogue: Catalogue) -> Iterator[_Entry]:
    """Yield the entries that are not obsolete.

    Raises:
        SourceError: If a message stands twice or an entry is not complete.

    """
    seen: dict[tuple[str | None, str], int] = {}
    for entry in _entries(catalogue):
        if "msgid" not in entry.texts:
            raise catalogue.error("this entry has no msgid; add it", entry.start)
        if not any(entry.forms()):
            raise catalogue.error(
                "this entry has no msgstr; is the file cut off here?", entry.start
            )
        if entry.key in seen:
            raise catalogue.error(
                f"this message stands on line {seen[entry.key]} already; `msguniq` joins the two",
                entry.start,
            )
        seen[entry.key] = catalogue.at(entry.start)[0]
        catalogue.bounded(len(seen), entry.start)
        yield entry


def _entries(catalogue: Catalogue) -> Iterator[_Entry]:
    entry: _Entry | None = None
    flags: set[str] = set()
    comments: list[tuple[str, int, int]] = []
    under: _Text | None = None
    done = False
    for line in _LINE.finditer(catalogue.text):
        bare = line[0].strip("\ufeff \t\r\n\f\v")
        if not bare:
            continue
        start = line.end() - len(line[0].lstrip("\ufeff \t\f\v"))
        if bare.startswith("#"):
            under = None
            # What translators and programmers say of the entry below; never read as text.
            if bare[1:2] in (" ", ".", "\t"):
                said = (bare[2:], start, start + len(bare))
                (comments if done or entry is None else entry.comments).append(said)
            elif bare.startswith("#,"):
                if done or entry is None:
                    flags |= {flag.strip() for flag in bare[2:].split(",")}
                else:
                    entry.flags |= {flag.strip() for flag in bare[2:].split(",")}
            continue
        keyword = _KEYWORD.match(catalogue.text, start, line.end())
        if keyword is not None:
            name = re.sub(r"\s", "", keyword[1])
            if entry is None or (done and not name.startswith("msgstr")):
                if entry is not None:
                    yield entry
                entry, flags, done = _Entry(start, flags, comments=comments), set(), False
                comments = []
            if name in entry.texts:
                raise catalogue.error(f"a second {name} in one entry", start)
            done = done or name.startswith("msgstr")
            under = entry.texts[name] = _Text(start)
            start = keyword.end()
        if under is None:
            raise catalogue.error(
                f"“{bare[:40]}” is no part of a PO file; a comment begins with #", start
            )
        _strings(catalogue, start, line.end(), under)
    if entry is not None:
        yield entry


def _strings(catalogue: Catalogue, at: int, end: int, under: _Text) -> None:
    """Add the quoted strings between ``at`` and ``end`` to the text under way.

    Raises:
        SourceError: If a quote is not closed or something else stands there.

    """
    text = catalogue.text
    count = 0
    while found := _STRING.match(text, at, end):
        _unescape(text, *found.span(1), under)
        at = found.end()
        count += 1
    if text[at:end].strip(" \t\r\n\f\v") or not count:
        quotes = "this quote is not closed" if text[at:end].lstrip()[:1] == '"' else ""
        raise catalogue.error(
            quotes or "a string in double quotes is missing here",
            at + len(text[at:end]) - len(text[at:end].lstrip(" \t")),
        )


def _unescape(text: str, start: int, end: int, under: _Text) -> None:
    at = start
    while found := _ESCAPE.search(text, at, end):
        if found.start() > at:
            under.parts.append(text[at : found.start()])
            under.pieces.append((found.start() - at, at, found.start()))
        code = int(found[1], 8) if found[1] else int(found[2], 16) if found[2] else 0
        under.parts.append(chr(code) if code else _SHORT.get(found[3] or " ", found[3] or " "))
        under.pieces.append((1, *found.span()))
        at = found.end()
    if end > at:
        under.parts.append(text[at:end])
        under.pieces.append((end - at, at, end))
