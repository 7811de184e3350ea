"""Read Markdown and MDX: one item a passage, without code, markup and settings."""

from __future__ import annotations

import html
import re
from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING

from culture_lint.errors import Location, SourceError
from culture_lint.sources import json_text
from culture_lint.sources.flow import OBJECT, Cuts, Flow, Stretches
from culture_lint.sources.front_matter import front_matter
from culture_lint.sources.html_text import decoded, markup
from culture_lint.sources.items import Item, Notice, ReadOptions, Role, Source
from culture_lint.sources.jsx import role_of, without_jsx
from culture_lint.sources.passages import LineEnds, Passages, Text, whole_text
from culture_lint.sources.registry import reader
from culture_lint.sources.templating import without_templates
from culture_lint.sources.walker import Walker

if TYPE_CHECKING:
    from markdown_it.token import Token

#: The longest text that is parsed, in characters: some seconds' work.
LONGEST = 4 * 1024 * 1024

_BLOCKS = {
    "paragraph_open": "p",
    "th_open": "th",
    "td_open": "td",
    "list_item_open": "li",
    "blockquote_open": "blockquote",
    "directive_open": "title",
}
#: Properties of components that head a part of the page.
_HEADINGS = frozenset({"heading", "headline"})
_TITLE = re.compile(r"""\(\s*(?:<[^<>\n]*>|[^\s<]\S*)?\s+(["'(])(.*)["')]\s*\)$""", re.DOTALL)
_NAMED = re.compile(r"([A-Za-z][\w-]*)\s*=\s*\"([^\"\n]*)\"")
_ESCAPE = re.compile(
    r"""\\([!-/:-@\[-`{-~])|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"""
)


@reader(".md", ".markdown", ".mdx")
def read(source: Source, options: ReadOptions) -> Iterator[Item | Notice]:
    """Yield the passages of a Markdown file: what stands above its first heading, then one a heading.

    The prose of the front matter belongs to the first.

    Raises:
        SourceError: If the file cannot be read, is too long, or its front matter is broken; when
            all passages have been given, if braces of an export never close.

    """
    raw = whole_text(source, options, LONGEST)
    ends = LineEnds(raw)
    head = front_matter(ends.text, source.path)
    page = Passages(source.path, raw, ends)
    page.language, page.markets, page.title = head.language, head.markets, head.title
    for comment in head.comments:
        page.comment(*comment)
    for text in head.texts:
        page.add(text)
    body = _Body(page, ends.text, head.end, jsx=source.path.lower().endswith(".mdx"))
    body.walk()
    page.language = head.language or body.walker.root_language
    yield from body.walker.notices
    yield from page.items()
    if body.unclosed is not None:
        raise SourceError(
            "the braces that open here are never closed; is the file cut off? The text below is "
            "checked",
            Location(source.path, page.line(body.unclosed)),
        )


class _Body:
    """Takes the passages out of the text below the front matter."""

    def __init__(self, page: Passages, text: str, start: int, *, jsx: bool) -> None:
        # The head is blanked, so that offsets stay those of the whole.
        text = re.sub(r"[^\n]", " ", text[:start]) + text[start:]
        self.page = page
        self.jsx = jsx
        self.attributes: deque[tuple[str, int, int, bool]] = deque()
        self.original = text
        #: Where a statement of MDX starts that never ends.
        self.unclosed: int | None = None
        if jsx:
            found = without_jsx(text, start)
            self.unclosed = found.unclosed
            self.text, cuts = found.text, found.cuts
            self.attributes.extend(found.attributes)
            for comment in found.comments:
                page.comment(*comment)
        else:
            masked = without_templates(text, paragraphs=True)
            self.text, cuts = masked.text, masked.cuts
            self.attributes.extend(_shortcodes(text, cuts))
        self.cuts = cuts
        self.walker = Walker(page, cuts)
        self.walker.root_language = page.language
        self.lines = [0, *(found.end() for found in re.finditer("\n", text))]

    def walk(self) -> None:
        """Hand every text to the page."""
        from culture_lint.sources.markdown_text import places, tokens

        inside: list[str] = []
        for token in tokens(self.text, jsx=self.jsx):
            if token.map is not None and not inside:
                self._attributes_before(self.lines[min(token.map[0], len(self.lines) - 1)])
            if token.nesting > 0:
                inside.append(_BLOCKS.get(token.type, token.tag))
            elif token.nesting < 0:
                inside.pop()
            elif token.type == "inline":
                self._inline(token, places(token), inside)
            elif token.type == "html_block":
                self.walker.feed(token.content, places(token))
                self.walker.flush()
        self._attributes_before(len(self.text))

    def _attributes_before(self, offset: int) -> None:
        """Add the texts of the JSX tags that stand above ``offset``."""
        while self.attributes and self.attributes[0][1] < offset:
            name, start, end, script = self.attributes.popleft()
            flow = Flow()
            for part in (_script if script else decoded)(self.original, start, end):
                flow.add(*part)
            role = role_of(name) or Role.DESCRIPTION
            if name in _HEADINGS:
                text = Text(name, Role.SUBTITLE, *flow.made(), self.page.language)
                self.page.heading(2, text)
            else:
                self.page.add(Text(name, role, *flow.made(), self.page.language))

    def _inline(self, token: Token, stretches: Stretches, inside: list[str]) -> None:
        walker = self.walker
        depth = walker.depth()
        for child in token.children or ():
            self._child(child, token.content, stretches)
        walker.shut(depth)
        blocks = [one for one in inside if one not in ("ul", "ol", "table", "thead", "tbody", "tr")]
        block = blocks[-1] if blocks else "p"
        if block == "p" and len(blocks) > 1:
            block = blocks[-2]
        walker.flush(block, section=len(blocks) == 1)

    def _child(self, child: Token, content: str, stretches: Stretches) -> None:
        """Add one inline token to the text under way."""
        from culture_lint.sources.markdown_text import parts

        walker = self.walker
        places = parts(child)
        if child.type == "html_inline":
            self._markup(places[0][1], places[0][2], content, stretches)
        elif walker.hidden:
            return
        elif child.type in ("text", "text_special"):
            at = 0
            for length, start, end in places:
                self._text(child.content[at : at + length], start, end, stretches)
                at += length
        elif child.type == "softbreak":
            first, _ = stretches.span(places[0][1], places[0][1] + 1)
            walker.flow.add("\n", first, first + 1)
        elif child.type == "hardbreak":
            walker.flow.line(*stretches.span(places[0][1], places[0][2]))
        elif child.type == "code_inline":
            walker.flow.char(OBJECT, *stretches.span(places[0][1], places[0][2]))
        elif child.type == "image":
            self._image(child, places[0][1], places[0][2], content, stretches)
        elif child.type == "link_open" and child.markup != "autolink":
            self._title(child, places[0][1], places[0][2], content, stretches)

    def _text(self, shown: str, start: int, end: int, stretches: Stretches) -> None:
        """Add a text that stands from ``start`` to ``end`` in the content of its block."""
        flow = self.walker.flow
        if len(shown) != end - start:
            flow.add(shown, *stretches.span(start, end))
            return
        for first, last, source in stretches.cut(start, end):
            flow.add(shown[first - start : last - start], source, source + last - first)

    def _markup(self, start: int, end: int, content: str, stretches: Stretches) -> None:
        """Take a tag or a comment inside a line."""
        inner = Stretches(
            (first - start, last - start, source)
            for first, last, source in stretches.cut(start, end)
        )
        text = content[start:end]
        for mark in markup(text, frozenset()):
            if mark.kind != "text":
                self.walker.mark(text, mark, inner)

    def _image(
        self, child: Token, start: int, end: int, content: str, stretches: Stretches
    ) -> None:
        """Keep the alternative text of an image, which is itself Markdown."""
        from culture_lint.sources.markdown_text import parts

        walker = self.walker
        walker.flow.blank(*stretches.span(start, end))
        outer, walker.flow = walker.flow, Flow(self.cuts)
        label = start + len("![")
        for inner in child.children or ():
            at = 0
            for length, first, last in parts(inner) if inner.type.startswith("text") else ():
                shown = inner.content[at : at + length]
                self._text(shown, first + label, last + label, stretches)
                at += length
            if inner.type == "softbreak":
                walker.flow.blank(*stretches.span(label, label + 1))
        alt, walker.flow = walker.flow, outer
        walker.later(Text("alt", Role.ALT, *alt.made(), walker.language))
        self._title(child, start, end, content, stretches)

    def _title(
        self, child: Token, start: int, end: int, content: str, stretches: Stretches
    ) -> None:
        """Keep the title of a link or an image where it stands beside its address."""
        if not child.attrs.get("title"):
            return
        found = _TITLE.search(content, content.rfind("](", start, end) + 1, end)
        if found is None:
            return
        flow = Flow(self.cuts)
        for shown, first, last in _unescaped(content, *found.span(2)):
            if len(shown) != last - first:
                flow.add(shown, *stretches.span(first, last))
            else:
                for begin, stop, source in stretches.cut(first, last):
                    flow.add(content[begin:stop], source, source + stop - begin)
        self.walker.later(Text("title", Role.DESCRIPTION, *flow.made(), self.walker.language))


def _shortcodes(text: str, cuts: Cuts) -> Iterator[tuple[str, int, int, bool]]:
    """Yield the texts that Hugo's shortcodes are given by name: name, start, end, False."""
    for start, (end, _) in sorted(cuts.items()):
        if text.startswith(("{{<", "{{%"), start):
            for found in _NAMED.finditer(text, start, end):
                if role_of(found[1]) is not None:
                    yield found[1], *found.span(2), False


def _unescaped(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield the pieces of a link's title: backslashes and entities undone."""
    at = start
    for found in _ESCAPE.finditer(text, start, end):
        char = found[1] or html.unescape(found[0])
        if char == found[0]:
            continue
        if found.start() > at:
            yield text[at : found.start()], at, found.start()
        yield char, *found.span()
        at = found.end()
    if at < end:
        yield text[at:end], at, end


def _script(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield the pieces of a JavaScript string, its escapes undone."""
    shown, pieces = json_text.decoded(text, start, end)
    at = 0
    for length, first, last in pieces:
        yield shown[at : at + length], first, last
        at += length
