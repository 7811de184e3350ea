"""Walk through the markup of a page, or of the parts of another format that are markup."""

from __future__ import annotations

import json
from dataclasses import dataclass

from culture_lint.sources.flow import OBJECT, Cuts, Flow, Stretches
from culture_lint.sources.html_text import REPLACED, Attribute, Mark, attributes, decoded, markup
from culture_lint.sources.items import Notice, Role
from culture_lint.sources.languages import language_tag, market_code
from culture_lint.sources.linked_data import products
from culture_lint.sources.page_elements import (
    BUTTONS,
    CODE,
    ENDED_BY,
    HEADINGS,
    IN_PARAGRAPH,
    LABELLED,
    META_PREFIX,
    METAS,
    PAGE_BLOCKS,
    RAW,
    READ_ATTRIBUTES,
    READ_RAW,
    VOID,
)
from culture_lint.sources.passages import Passages, Text


@dataclass(slots=True)
class _Element:
    name: str
    language: str | None
    hidden: bool
    #: Whether the text in it is a segment of its own inside another.
    apart: bool = False


class Declared:
    """What the head of a page says of who it is for."""

    def __init__(self) -> None:
        self.own: set[str] = set()
        self.locale: str | None = None
        self._alternates: list[tuple[str, str]] = []

    def link(self, rel: str, href: str, hreflang: str) -> None:
        """Take a ``link`` element."""
        kinds = rel.casefold().split()
        if "canonical" in kinds:
            self.own.add(href)
        if "alternate" in kinds and hreflang:
            self._alternates.append((hreflang, href))

    def markets(self) -> tuple[str, ...] | None:
        """Return the markets for which the page names itself as the one to show, None for none."""
        tags = [
            language_tag(tag, names=False) for tag, href in self._alternates if href in self.own
        ]
        codes = [market_code(tag) for tag in tags if tag and "-" in tag]
        return tuple(dict.fromkeys(code for code in codes if code)) or None


class Walker:
    """Walks through markup and hands its texts to `Passages`.

    Where the markup is part of another format it is fed mark by mark (`mark`), with the format's
    own texts added to ``flow`` between them.
    """

    def __init__(self, page: Passages, cuts: Cuts | None = None) -> None:
        self.page = page
        self.notices: list[Notice] = []
        self.declared = Declared()
        self.root_language: str | None = None
        self.flow = Flow(cuts)
        self._cuts = cuts
        self._open: list[_Element] = []
        self._names: dict[str, int] = {}
        self._outer: list[tuple[Flow, str | None]] = []
        self._waiting: list[Text] = []
        #: Where the last link ended: the entries of a menu are words of their own.
        self._link_end = -1

    @property
    def language(self) -> str | None:
        """The language declared for what comes next."""
        return self._open[-1].language if self._open else self.root_language

    @property
    def hidden(self) -> bool:
        """Whether what comes next is not for reading."""
        return bool(self._open) and self._open[-1].hidden

    def feed(self, text: str, stretches: Stretches | None = None) -> None:
        """Walk through ``text``, the file's own or put together of ``stretches`` of it."""
        if stretches is None:
            stretches = Stretches([(0, len(text), 0)])
        for mark in markup(text, RAW):
            if mark.kind != "text":
                self.mark(text, mark, stretches)
            elif not self.hidden:
                _add(self.flow, text, mark.start, mark.end, stretches)

    def mark(self, text: str, mark: Mark, stretches: Stretches) -> None:
        """Take one piece of the markup in ``text``."""
        if mark.kind == "open":
            self._start(text, mark, stretches)
        elif mark.kind == "close":
            self._end(mark.name, *stretches.span(mark.start, mark.end))
        elif mark.kind == "raw":
            self._raw(text, mark, stretches)
        elif mark.kind == "comment":
            content = text[mark.start + 4 : mark.end].removesuffix("-->")
            self.page.comment(content, *stretches.span(mark.start, mark.end))

    def flush(self, block: str | None = None, *, section: bool = True) -> None:
        """End the text under way.

        ``block`` is the element that it is, where the file names none; ``section`` is false
        where a heading is one inside a quotation or a list.
        """
        flow, language = self.flow, self.language
        outer, self._outer = self._outer, []
        texts = [(flow, language), *reversed(outer)] if outer else [(flow, language)]
        field = block or self._block()
        for one, spoken in reversed(texts):
            if one.parts:
                self._emit(field, one, spoken, section=section)
        for text in self._waiting:
            self.page.add(text)
        self._waiting.clear()
        if flow.parts or outer:
            self.flow = Flow(self._cuts)

    def depth(self) -> int:
        """Return how many elements are open."""
        return len(self._open)

    def shut(self, depth: int) -> None:
        """End the elements inside a line of text that was begun at ``depth`` and is over."""
        while len(self._open) > depth and self._open[-1].name not in PAGE_BLOCKS:
            self._pop()

    def later(self, text: Text) -> None:
        """Add a text once the one under way has ended: an attribute inside it, for example."""
        self._waiting.append(text)

    def _emit(self, field: str, flow: Flow, language: str | None, *, section: bool) -> None:
        shown, pieces = flow.made()
        level = HEADINGS.get(field)
        if level is None:
            self.page.add(Text(field, Role.DESCRIPTION, shown, pieces, language))
            return
        role = Role.TITLE if level == 1 else Role.SUBTITLE
        text = Text(field, role, shown, pieces, language)
        if section:
            self.page.heading(level, text)
        else:
            self.page.add(text)

    def _block(self) -> str:
        """Return the element that the text under way is the text of."""
        for element in reversed(self._open):
            if element.name in PAGE_BLOCKS:
                return element.name
        return "text"

    def _start(self, text: str, mark: Mark, stretches: Stretches) -> None:
        name = mark.name
        start, end = stretches.span(mark.start, mark.end)
        if name == "br":
            self.flow.line(start, end)
            return
        block = name in PAGE_BLOCKS
        if block:
            self.flush()
            self._imply_ends(name)
        elif name in REPLACED or (name == "a" and self._link_end == start):
            self.flow.blank(start, end)
        found = {
            one.name: one for one in reversed(list(attributes(text, mark)))
        }  # the first of a name counts
        language, hidden = self._state(text, name, found)
        if not hidden:
            self._attributes(text, name, found, stretches, language)
        if name in VOID or text[mark.end - 2] == "/":
            return
        apart = not block and language != self.language and not hidden
        if apart or (hidden and not self.hidden and not block):
            self.flow.char(OBJECT, start, end)
        if apart:
            self._outer.append((self.flow, self.language))
            self.flow = Flow(self._cuts)
        self._open.append(_Element(name, language, hidden, apart))
        self._names[name] = self._names.get(name, 0) + 1

    def _state(self, text: str, name: str, found: dict[str, Attribute]) -> tuple[str | None, bool]:
        """Return the language inside an element and whether it is hidden."""
        language = self.language
        declared = found.get("lang") or found.get("xml:lang")
        if declared is not None:
            language = language_tag(text[declared.start : declared.end], names=False)
            if self.root_language is None and name in ("html", "body", "mjml"):
                self.root_language = language
        translate = found.get("translate")
        said = text[translate.start : translate.end].casefold() if translate else ""
        named = found.get("class")
        if named is not None and "notranslate" in text[named.start : named.end].split():
            said = "no"
        hidden = self.hidden and said != "yes"
        return language, hidden or said == "no" or name in CODE

    def _imply_ends(self, name: str) -> None:
        """End the elements that the start of a block ends: a paragraph, the list item before."""
        while self._open:
            last = self._open[-1].name
            ended = name not in IN_PARAGRAPH if last == "p" else name in ENDED_BY.get(last, ())
            if not ended:
                return
            self._pop()

    def _end(self, name: str, start: int, end: int) -> None:
        if name == "br":
            self.flow.line(start, end)
        elif name in REPLACED:
            self.flow.blank(start, end)
        elif name == "a":
            self._link_end = end
        elif name in PAGE_BLOCKS:
            self.flush()
        if not self._names.get(name):
            return
        while self._open:
            if self._pop() == name:
                return

    def _pop(self) -> str:
        element = self._open.pop()
        self._names[element.name] -= 1
        if element.apart and self._outer:
            inner = self.flow
            self.flow, _ = self._outer.pop()
            if inner.parts:
                shown, pieces = inner.made()
                field = self._block()
                self.later(Text(field, Role.DESCRIPTION, shown, pieces, element.language))
        return element.name

    def _attributes(
        self,
        text: str,
        name: str,
        found: dict[str, Attribute],
        stretches: Stretches,
        language: str | None,
    ) -> None:
        """Keep what the attributes of an element say to people."""
        if name == "meta":
            self._meta(text, found, stretches, language)
        elif name == "link":
            said = {one: text[at.start : at.end].strip() for one, at in found.items()}
            self.declared.link(said.get("rel", ""), said.get("href", ""), said.get("hreflang", ""))
        for key, role in READ_ATTRIBUTES.items():
            if key in found and (key != "label" or name in LABELLED):
                self._say(key, role, text, found[key], stretches, language)
        if name == "input" and "value" in found and "type" in found:
            kind = found["type"]
            if text[kind.start : kind.end].casefold() in BUTTONS:
                self._say("value", Role.DESCRIPTION, text, found["value"], stretches, language)

    def _say(
        self,
        field: str,
        role: Role,
        text: str,
        at: Attribute,
        stretches: Stretches,
        language: str | None,
    ) -> None:
        flow = Flow(self._cuts)
        _add(flow, text, at.start, at.end, stretches)
        self.later(Text(field, role, *flow.made(), language))

    def _meta(
        self,
        text: str,
        found: dict[str, Attribute],
        stretches: Stretches,
        language: str | None,
    ) -> None:
        named = (
            found.get("name")
            or found.get("property")
            or found.get("itemprop")
            or found.get("http-equiv")
        )
        if named is None or "content" not in found:
            return
        key = text[named.start : named.end].strip().casefold()
        content = found["content"]
        if key in ("og:locale", "content-language") and self.root_language is None:
            self.root_language = language_tag(text[content.start : content.end], names=False)
        elif key == "og:url":
            self.declared.own.add(text[content.start : content.end].strip())
        role = METAS.get(META_PREFIX.sub("", key))
        if role is not None:
            field = key if ":" in key else f"meta {key}"
            self._say(field, role, text, content, stretches, language)

    def _raw(self, text: str, mark: Mark, stretches: Stretches) -> None:
        """Take an element whose content is no markup."""
        found = {one.name: one for one in reversed(list(attributes(text, mark)))}
        language, hidden = self._state(text, mark.name, found)
        close = text.rfind("<", mark.head, mark.end)
        end = close if close >= 0 and text.startswith("</", close) else mark.end
        if mark.name == "script":
            kind = found.get("type")
            if kind is not None and "ld+json" in text[kind.start : kind.end].casefold():
                self._linked_data(text, mark.head, end, stretches, language)
        elif mark.name in READ_RAW and not hidden:
            self.flush()
            flow = Flow(self._cuts)
            _add(flow, text, mark.head, end, stretches)
            title = mark.name in ("title", "mj-title")
            shown, pieces = flow.made()
            if title and not self.page.title:
                self.page.title = shown
            role = Role.TITLE if title else Role.DESCRIPTION
            self.page.add(Text(mark.name, role, shown, pieces, language))
        elif mark.name == "svg" and "aria-label" in found and not hidden:
            label = found["aria-label"]
            self._say("aria-label", Role.DESCRIPTION, text, label, stretches, language)

    def _linked_data(
        self, text: str, start: int, end: int, stretches: Stretches, language: str | None
    ) -> None:
        if (wrong := _not_json(text[start:end])) is not None:
            place = self.page.line(stretches.span(start + wrong[1] - 1, start + wrong[1])[1])
            message = f"JSON-LD that is not JSON ({wrong[0]}): it is left out, here and by others"
            self.notices.append(Notice(self.page.path, message, place))
            return
        for product in products(text, start, end):
            texts = [
                Text(
                    one.field,
                    one.role,
                    one.text,
                    [(n, *stretches.span(a, b)) for n, a, b in one.pieces],
                    product.language or language,
                    one.attribute,
                )
                for one in product.texts
            ]
            self.page.apart(product.name, texts)


def _not_json(body: str) -> tuple[str, int] | None:
    """Return what is wrong with a JSON text and where; None if nothing, or a template fills it in."""
    if OBJECT in body:
        return None
    try:
        json.loads(body, parse_float=str, parse_int=str)
    except json.JSONDecodeError as error:
        return error.msg, error.pos
    except RecursionError:
        return "nested too deeply", 0
    return None


def _add(flow: Flow, text: str, start: int, end: int, stretches: Stretches) -> None:
    """Add ``text[start:end]`` to a flow with its entities decoded."""
    for part, first, last in decoded(text, start, end):
        if len(part) != last - first:
            flow.add(part, *stretches.span(first, last))
        else:
            for begin, stop, source in stretches.cut(first, last):
                flow.add(text[begin:stop], source, source + stop - begin)
