"""Read what the head of a content file says: texts for people, its language, its markets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from culture_lint.errors import Location, SourceError
from culture_lint.sources.flow import Piece
from culture_lint.sources.html_text import plain_text
from culture_lint.sources.items import Role
from culture_lint.sources.languages import language_tag
from culture_lint.sources.languages import markets as markets_of
from culture_lint.sources.messages import composed
from culture_lint.sources.passages import Text
from culture_lint.sources.places import RawText
from culture_lint.sources.yaml_text import Scalar, YamlError, scalars

_YAML = re.compile(r"---[ \t]*\n(?:.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_TOML = re.compile(r"\+\+\+[ \t]*\n(?:.*?\n)??\+\+\+[ \t]*(?:\n|$)", re.DOTALL)
_TOML_LINE = re.compile(
    r"^[ \t]*(?P<key>[\w-]+)[ \t]*=[ \t]*(?:\"(?P<basic>(?:[^\"\\\n]|\\.)*)\"|'(?P<literal>[^'\n]*)')"
    r"[ \t]*(?:\#.*)?$|^[ \t]*\[+(?P<table>[^\]\n]*)\]+[ \t]*$",
    re.MULTILINE,
)
_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#(.*)$", re.MULTILINE)

#: The keys that hold prose, without their case and the marks in them. All others are settings.
_PROSE = {
    "title": Role.TITLE,
    "subtitle": Role.SUBTITLE,
    "tagline": Role.SUBTITLE,
    "headline": Role.TITLE,
    "description": Role.DESCRIPTION,
    "summary": Role.DESCRIPTION,
    "excerpt": Role.DESCRIPTION,
    "abstract": Role.DESCRIPTION,
    "lead": Role.DESCRIPTION,
    "text": Role.DESCRIPTION,
    "caption": Role.ALT,
    "alt": Role.ALT,
    "keywords": Role.TAG,
    "tags": Role.TAG,
}
#: What such a key may begin or end with: seo_title, og:description, meta-keywords, imageAlt.
_PREFIX = re.compile(r"^(?:seo|meta|og|opengraph|twitter|social|page|share)(?=.)")
_ALT = re.compile(
    r"(?:image|cover|hero|thumbnail|banner|photo|figure|feature|featured)alt(?:text)?$"
)
_LANGUAGES = frozenset({"lang", "language", "locale", "hreflang"})
_MARKETS = frozenset({"market", "markets"})
#: Below these keys everything is a setting; elsewhere keys are looked for at any depth.
_SETTINGS = frozenset(
    {"sidebar", "head", "layout", "template", "prev", "next", "author", "authors"}
)
_BARE = re.compile(r"[A-Za-z0-9_-]*")


@dataclass(slots=True)
class FrontMatter:
    """What the head of a file says; ``end`` is where the file's own text starts."""

    end: int = 0
    texts: list[Text] = field(default_factory=list)
    language: str | None = None
    markets: tuple[str, ...] | None = None
    title: str = ""
    #: Comments: content, start and end in the file.
    comments: list[tuple[str, int, int]] = field(default_factory=list)


def front_matter(text: str, path: str) -> FrontMatter:
    """Return the YAML or TOML head of a text whose lines end in a line feed, if it has one.

    Raises:
        SourceError: If the head is YAML that cannot be read, or says a thing twice.

    """
    found = _YAML.match(text)
    if found is not None:
        start = text.index("\n") + 1
        end = text.rindex("\n", 0, len(found[0].rstrip("\n"))) + 1
        if _is_settings(text[start:end]):
            return _yaml(text, start, end, found.end(), path)
    found = _TOML.match(text)
    return _toml(text, found.end()) if found is not None else FrontMatter()


def _is_settings(head: str) -> bool:
    """Tell whether what stands between two rules is settings rather than a passage."""
    lines = (line for line in head.split("\n") if not line.startswith("#"))
    first = next(lines, "")
    return (
        not head.strip()
        or re.match(r"[\"']?[\w.:@ -]{1,80}[\"']?[ \t]*:(?:[ \t]|$)|[{}]", first) is not None
    )


def _yaml(text: str, start: int, end: int, behind: int, path: str) -> FrontMatter:
    head = text[start:end]
    found = FrontMatter(behind)
    markets: list[str] | None = None
    try:
        for one in scalars(head):
            keys = [part for part in one.path if isinstance(part, str)]
            if not keys:
                continue
            name = _plain(keys[0])
            if len(keys) == 1 and name in _LANGUAGES and found.language is None:
                found.language = language_tag(_said(head, one), names=False)
            elif len(keys) == 1 and name in _MARKETS:
                markets = [*(markets or ()), *markets_of(_said(head, one))]
            if one.text is not None and (role := _role(keys)) is not None:
                _add(found, keys, role, one.text, one.pieces, start)
    except YamlError as error:
        place = RawText(text, 1).place(start + error.offset, start + error.offset)
        raise SourceError(
            f"the front matter does not hold: {error.message}",
            Location(path, place.line, place.column),
        ) from None
    found.markets = tuple(dict.fromkeys(markets)) if markets is not None else None
    found.comments = [
        (one[1], start + one.start(), start + one.end()) for one in _COMMENT.finditer(head)
    ]
    return found


def _said(head: str, one: Scalar) -> str:
    """Return a value as it is written where YAML takes it for no text: ``lang: no``."""
    bare = _BARE.match(head, one.start)
    return one.text if one.text is not None else bare[0] if bare else ""


def _add(
    found: FrontMatter, keys: list[str], role: Role, text: str, pieces: Sequence[Piece], start: int
) -> None:
    made = [(length, first + start, last + start) for length, first, last in pieces]
    plain = plain_text(text)
    if plain.runs is not None:
        made = composed(plain.runs.pieces(), made)
    if keys == ["title"]:
        found.title = plain.text
    elif role is Role.TITLE and len(keys) > 1:
        role = Role.SUBTITLE
    found.texts.append(Text(".".join(keys), role, plain.text, made))


def _toml(text: str, end: int) -> FrontMatter:
    """Return what lines of ``key = "text"`` say; anything else in TOML is taken for a setting."""
    found = FrontMatter(end)
    table = ""
    for line in _TOML_LINE.finditer(text, 0, end):
        if line["key"] is None:
            table = line["table"].strip()
            continue
        name = _plain(line["key"])
        part = "basic" if line["basic"] is not None else "literal"
        value, (start, stop) = line[part], line.span(part)
        if not table and name in _LANGUAGES:
            found.language = language_tag(value, names=False)
        elif not table and name in _MARKETS:
            found.markets = markets_of(value)
        keys = [*filter(None, table.split(".")), line["key"]]
        if (role := _role(keys)) is None:
            continue
        pieces = list(_toml_pieces(value, start) if part == "basic" else [(value, start, stop)])
        shown = "".join(piece[0] for piece in pieces)
        made = [(len(piece), first, last) for piece, first, last in pieces]
        _add(found, keys, role, shown, made, 0)
    return found


_TOML_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))")
_TOML_SHORT = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


def _toml_pieces(value: str, start: int) -> Iterator[tuple[str, int, int]]:
    at = 0
    for escape in _TOML_ESCAPE.finditer(value):
        if escape.start() > at:
            yield value[at : escape.start()], start + at, start + escape.start()
        code = int(escape[1] or escape[2] or "0", 16)
        char = _TOML_SHORT.get(escape[3], escape[3]) if escape[3] else "\ufffd"
        if not escape[3] and code < 0x110000 and not 0xD800 <= code < 0xE000:
            char = chr(code)
        yield char, start + escape.start(), start + escape.end()
        at = escape.end()
    if at < len(value):
        yield value[at:], start + at, start + len(value)


def _plain(name: str) -> str:
    return re.sub(r"[\s_.:-]", "", name).casefold()


def _role(keys: Sequence[str]) -> Role | None:
    """Return the role of what stands below these keys, None for a setting."""
    name = _plain(keys[-1])
    if any(_plain(key) in _SETTINGS for key in keys[:-1]):
        return None
    if _ALT.search(name) or name == "alttext" or [*keys[-2:]] == ["banner", "content"]:
        return Role.DESCRIPTION if name == "content" else Role.ALT
    return _PROSE.get(name) or _PROSE.get(_PREFIX.sub("", name))
