"""Parse Markdown with markdown-it, and know of every token which characters of the text it is.

markdown-it gives blocks their lines and inline tokens no place at all. Here its own rules run, and
what they take from the text is noted as they take it: blocks while their lines still stand in the
state of the parser, inline tokens from where a rule began to where it ended.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock, heading, html_block, lheading, paragraph, table
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from culture_lint.sources.flow import Stretches

#: Elements inside each other beyond which a text is not taken apart any more.
_DEEPEST = 40
#: Where a token keeps what is noted here.
_PLACES = "places"

_DIRECTIVE = re.compile(
    r"(?::{3,}[ \t]*|::(?=[A-Za-z][\w-]*[\[{]))(?:(?P<name>[A-Za-z][\w-]*)[ \t]*(?:\[(?P<label>[^\]\n]*)\])?[ \t]*"
    r"(?:\{[^}\n]*\})?[ \t]*(?P<title>[^{\n]*?))?[ \t]*(?:\{[^}\n]*\})?[ \t]*$"
)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:[ \t]*")
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]+\]|\[![A-Z]+\]")
_HEADING_NAME = re.compile(r"[ \t]*\{[#.:][^{}\n]*\}$")

_Rule = Callable[[StateBlock, int, int, bool], bool]


class Block(StateBlock):
    """The state of the block parser, which remembers where the lines it last cut out stand."""

    def __init__(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> None:
        super().__init__(src, md, env, tokens)
        self.cut: tuple[str, list[tuple[int, int, int]]] = ("", [])

    def getLines(self, begin: int, end: int, indent: int, keepLastLF: bool) -> str:  # noqa: N802, N803
        """Return lines without the marks of what they stand in, as the parser asks."""
        parts: list[str] = []
        stretches: list[tuple[int, int, int]] = []
        at = 0
        for line in range(begin, end):
            last = line + 1 == end
            text = super().getLines(line, line + 1, indent, not last or keepLastLF)
            # Indentation may be made of a part of a tab; all else stands as it is.
            own = len(text.lstrip(" \t"))
            stop = self.eMarks[line] + (1 if text.endswith("\n") else 0)
            stretches.append((at + len(text) - own, at + len(text), stop - own))
            parts.append(text)
            at += len(text)
        self.cut = ("".join(parts), stretches)
        return self.cut[0]


class Inline(StateInline):
    """The state of the inline parser, which remembers where the text not yet in a token stands."""

    def __init__(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> None:
        super().__init__(src, md, env, tokens)
        #: (length, start, end) of each part of the pending text.
        self.parts: list[tuple[int, int, int]] = []

    def pushPending(self) -> Token:  # noqa: N802
        """Make a token of the pending text."""
        token = super().pushPending()
        token.meta[_PLACES] = self.parts
        self.parts = []
        return token

    def push(self, ttype: str, tag: str, nesting: Any) -> Token:
        """Make a token, after one of the pending text."""
        if not self.pending:
            self.parts = []  # blanks at the end of a line that were taken back
        return super().push(ttype, tag, nesting)


class _Blocks(ParserBlock):
    """The block parser; what is nested too deeply for it is read as paragraphs, not passed over."""

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803
        """Make the tokens of some lines."""
        if state.level < state.md.options.maxNesting:
            super().tokenize(state, startLine, endLine)
            return
        line = state.line = state.skipEmptyLines(startLine)
        while line < endLine and state.sCount[line] >= state.blkIndent:
            _paragraph(state, line, endLine, False)
            line = state.line = state.skipEmptyLines(state.line)


class _Parser(ParserInline):
    """The inline parser, with what each rule has taken noted in the tokens that it made."""

    def tokenize(self, state: StateInline) -> None:
        """Make the tokens of the text that ``state`` is at."""
        assert isinstance(state, Inline)
        rules = self.ruler.getRules("")
        end = state.posMax
        while state.pos < end:
            start, made, pending = state.pos, len(state.tokens), len(state.pending)
            taken = state.level < _DEEPEST and any(rule(state, False) for rule in rules)
            if not taken:
                state.pending += state.src[state.pos]
                state.pos += 1
            if len(state.tokens) == made:
                if len(state.pending) > pending:
                    state.parts.append((len(state.pending) - pending, start, state.pos))
            else:
                _note(state.tokens, made, start, state.pos)
        if state.pending:
            state.pushPending()

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Make the tokens of a block's text."""
        state = Inline(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _note(tokens: list[Token], made: int, start: int, end: int) -> None:
    """Note in the new tokens, from ``made`` on, that a rule took ``start`` to ``end``."""
    new = [token for token in tokens[made:] if _PLACES not in token.meta]
    if all(token.type == "text" for token in new):  # marks of emphasis, one token each
        for token in new:
            token.meta[_PLACES] = [(len(token.content), start, start + len(token.content))]
            start += len(token.content)
        return
    for token in new:
        token.meta[_PLACES] = [(len(token.content), start, end)]


def _footnote_mark(state: StateInline, silent: bool) -> bool:
    """Take ``[^1]`` and ``[!NOTE]``, which are not read as they stand."""
    if state.src[state.pos] != "[":
        return False
    found = _FOOTNOTE_MARK.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.push("mark", "", 0)
    state.pos = found.end()
    return True


def _footnote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take ``[^1]:`` off the paragraph behind it, which is otherwise none or a reference."""
    first = state.bMarks[start] + state.tShift[start]
    found = _FOOTNOTE.match(state.src, first, state.eMarks[start])
    if found is None or state.is_code_block(start):
        return False
    if silent:
        return True
    kept = state.bMarks[start], state.tShift[start]
    state.bMarks[start], state.tShift[start] = found.end(), 0
    if found.end() < state.eMarks[start]:
        _paragraph(state, start, end, False)
    else:
        state.line = start + 1
    state.bMarks[start], state.tShift[start] = kept
    return True


def _directive(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001
    """Take the line of a container (``:::note[Title]``): its title is a text, the rest is not."""
    first = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("::", first) or state.is_code_block(start):
        return False
    found = _DIRECTIVE.match(state.src, first, state.eMarks[start])
    if found is None:
        return False
    if silent:
        return True
    state.line = start + 1
    part = "label" if found["label"] else "title"
    if found[part]:
        state.push("directive_open", "title", 1)
        token = state.push("inline", "", 0)
        token.map = [start, start + 1]
        token.content = found[part]
        token.children = []
        token.meta[_PLACES] = Stretches([(0, len(found[part]), found.start(part))])
        state.push("directive_close", "title", -1)
    return True


def _noted(rule: _Rule, find: Callable[[Block, Token], Stretches]) -> _Rule:
    """Return a block rule that notes in its tokens where their content stands."""

    def noting(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        assert isinstance(state, Block)
        made = len(state.tokens)
        taken = rule(state, start, end, silent)
        if taken and not silent:
            cells: dict[int, Iterator[Stretches]] = {}
            for token in state.tokens[made:]:
                if token.type in ("inline", "html_block") and _PLACES not in token.meta:
                    if rule is table:
                        assert token.map is not None
                        line = token.map[0]
                        row = cells.setdefault(line, _cells(state, line))
                        token.meta[_PLACES] = next(row, Stretches(()))
                    else:
                        token.meta[_PLACES] = find(state, token)
        return taken

    return noting


def _in_lines(state: Block, token: Token) -> Stretches:
    """Return where the content of a token stands that was made of whole lines."""
    text, stretches = state.cut
    skipped = max(text.find(token.content), 0)
    return Stretches((start - skipped, stop - skipped, at) for start, stop, at in stretches)


def _in_heading(state: Block, token: Token) -> Stretches:
    """Return where the content of an ATX heading stands, and cut ``{#name}`` off it."""
    assert token.map is not None
    line = token.map[0]
    first = state.bMarks[line] + state.tShift[line]
    text = state.src[first : state.eMarks[line]]
    skipped = len(text) - len(text.lstrip("#"))
    at = first + text.find(token.content, min(skipped, 6))
    token.content = _HEADING_NAME.sub("", token.content)
    return Stretches([(0, len(token.content), at)])


def _cells(state: Block, line: int) -> Iterator[Stretches]:
    """Yield where the contents of the cells of a table's row stand, an escaped bar without escape."""
    first = state.bMarks[line] + state.tShift[line]
    text = state.src[first : state.eMarks[line]].rstrip()
    first += len(text) - len(text.lstrip())
    text = text.lstrip()
    cells: list[list[tuple[int, int]]] = [[]]
    at = 0
    for bar in re.finditer(r"\\?\|", text):
        escaped = text[bar.start()] == "\\"
        cells[-1].append((at, bar.start()))
        if escaped:
            at = bar.start() + 1
        else:
            cells.append([])
            at = bar.end()
    cells[-1].append((at, len(text)))
    if len(cells) > 1 and all(start == stop for start, stop in cells[0]):
        cells.pop(0)
    for parts in cells:
        yield _cell(text, parts, first)


def _cell(text: str, parts: list[tuple[int, int]], first: int) -> Stretches:
    content = "".join(text[start:stop] for start, stop in parts)
    skipped = len(content) - len(content.lstrip())
    stretches: list[tuple[int, int, int]] = []
    at = -skipped
    for start, stop in parts:
        stretches.append((at, at + stop - start, first + start))
        at += stop - start
    return Stretches(stretches)


_paragraph = _noted(paragraph, _in_lines)


@lru_cache(maxsize=2)
def _parser(*, jsx: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST})
    parser.block = _Blocks()
    parser.inline = _Parser()
    parser.configure("commonmark", {"maxNesting": _DEEPEST})
    parser.enable(["table", "strikethrough"])
    # Joining the tokens of a text would lose where they stand.
    parser.disable(["fragments_join"], ignoreInvalid=True)
    if jsx:
        parser.disable(["code", "html_block", "html_inline", "autolink"])
    for name, rule, find, ended in (
        ("table", table, _in_lines, ["paragraph", "reference"]),
        ("html_block", html_block, _in_lines, ["paragraph", "reference", "blockquote"]),
        ("heading", heading, _in_heading, ["paragraph", "reference", "blockquote"]),
        ("lheading", lheading, _in_lines, []),
    ):
        parser.block.ruler.at(name, _noted(rule, find), {"alt": ended})
    parser.block.ruler.at("paragraph", _paragraph)
    ended = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("blockquote", "directive", _directive, {"alt": ended})
    parser.block.ruler.before("reference", "footnote", _footnote, {"alt": ["paragraph"]})
    parser.inline.ruler.before("link", "footnote_mark", _footnote_mark)
    return parser


def tokens(text: str, *, jsx: bool = False) -> list[Token]:
    """Return the tokens of Markdown in document order, the inline ones as children.

    Lines end in a line feed alone. `places` says where a token's content stands. ``jsx``: as in MDX, markup
    and indented code are none.
    """
    parser = _parser(jsx=jsx)
    env: EnvType = {}
    found: list[Token] = []
    if not text:
        return found
    state = Block(text, parser, env, found)
    parser.block.tokenize(state, 0, state.lineMax)
    for token in found:
        if token.type == "inline":
            token.children = []
            parser.inline.parse(token.content, parser, env, token.children)
    return found


def places(token: Token) -> Stretches:
    """Return where the content of a block's token stands in the text."""
    found = token.meta.get(_PLACES)
    return found if isinstance(found, Stretches) else Stretches(())


def parts(token: Token) -> list[tuple[int, int, int]]:
    """Return the parts of an inline token: (length, start, end) in the content of its block."""
    found: list[tuple[int, int, int]] = token.meta.get(_PLACES, [])
    left = len(token.content)
    if token.type != "text":
        return found
    kept: list[tuple[int, int, int]] = []
    for length, start, end in found:  # blanks at the end of a line may have been taken back
        length = min(length, left)
        if length:
            kept.append((length, start, start + length if end - start > length else end))
        left -= length
    return kept
