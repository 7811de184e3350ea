"""Find what is not prose in MDX: imports and exports, JSX tags, expressions and comments."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from culture_lint.sources.flow import BLANK, HIDDEN, LINE, OBJECT, SHOWN
from culture_lint.sources.html_text import BLOCKS
from culture_lint.sources.items import Role

#: What a property holds that people read or hear, by the end of its name: ``alt``, ``imageAlt``.
_READ = re.compile(
    r"(?:^|(?<=[a-z-]))(?i:(?P<alt>alt|alttext)|title|subtitle|label|description|tagline|heading|"
    r"subheading|headline|caption|summary|placeholder|(?<!con)text|hint|tooltip|badge|quote|question|"
    r"answer|content)$"
)
#: Properties that are lists of such texts.
_LISTS = frozenset(
    ["features", "bullets", "points", "benefits", "items", "highlights", "paragraphs", "lines"]
)
#: Elements that hold code.
_CODE = frozenset({"code", "pre", "script", "style", "samp", "kbd"})
#: How deep braces may nest in an expression.
_DEEPEST = 200

_STOP = re.compile(r"^[ \t>]*(?:`{3,}|~{3,})|^(?:import|export)\b|[`{<\\]", re.MULTILINE)
_ESM = re.compile(
    r"import\s*(?:[\"'{]|\*\s*as\b|type\b|[\w$]+\s*,|[\w$]+\s+from\s*[\"'])|export\s+(?:default|const|let|var|function|class|async|\{|\*)"
)
_BLANK_LINE = re.compile(r"\n[ \t]*(?:\n|$)")
_CODE_TOKEN = re.compile(
    r"""//[^\n]*|/\*.*?(?:\*/|\Z)|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[`{}]""", re.DOTALL
)
_STATEMENT_TOKEN = re.compile(rf"\n[ \t]*(?=\n|$)|{_CODE_TOKEN.pattern}", re.DOTALL)
_TEMPLATE_TOKEN = re.compile(r"\\.|`|\$\{", re.DOTALL)
_TAG = re.compile(r"<(?P<close>/)?\s*(?P<name>[A-Za-z_$][\w.$:-]*)?")
_ATTRIBUTE = re.compile(r"\s*([A-Za-z_$][\w.$:-]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|(\{)))?")
_SPREAD = re.compile(r"\s*\{")
_END = re.compile(r"\s*/?>")
_COMMENT = re.compile(r"\{\s*/\*")
_CLOSED = re.compile(r"\s*\}")
_PROPERTY = re.compile(
    r"""(?:([A-Za-z_$][\w$]*)|"([^"\\\n]*)"|'([^'\\\n]*)')\s*:\s*(\[\s*)?(?=["'`])"""
)
_LITERAL = re.compile(
    r""""((?:[^"\\\n]|\\.)*)"|\'((?:[^\'\\\n]|\\.)*)\'|`((?:[^`\\$]|\\.)*)`""", re.DOTALL
)
_COMMA = re.compile(r"\s*,\s*")
_STRING = re.compile(r"\{\s*(?:\"([^\"\\\n]*)\"|'([^'\\\n]*)'|`([^`\\$]*)`)\s*\}")


@dataclass(slots=True)
class Jsx:
    """A text of MDX with its JSX overwritten, in place and in length.

    ``cuts`` says how what is overwritten shows (see `flow`). ``attributes`` are the texts in
    tags: name, start, end, whether they are JavaScript strings; ``comments`` those of the
    source: content, start, end.
    """

    text: str
    cuts: dict[int, tuple[int, str]] = field(default_factory=dict)
    attributes: list[tuple[str, int, int, bool]] = field(default_factory=list)
    comments: list[tuple[str, int, int]] = field(default_factory=list)
    #: Where the first statement starts whose braces never close; it ends at its first blank line.
    unclosed: int | None = None


def without_jsx(text: str, start: int = 0) -> Jsx:
    """Return MDX from ``start`` on as Markdown; lines end in a line feed alone.

    What is not well formed stays as it is. Takes linear time but for braces and quotes that
    never close, of which only the first few are followed.
    """
    scan = _Scan(text)
    scan.run(start)
    found = scan.found
    found.text, found.cuts = _overwritten(text, found.cuts)
    return found


class _Scan:
    """One pass over MDX."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found = Jsx(text)
        #: So many expressions that do not end are followed; then braces are text.
        self.patience = 20
        #: Where the last statement ended.
        self.esm = -1

    def run(self, at: int) -> None:
        text = self.text
        while (stop := _STOP.search(text, at)) is not None:
            sign = stop[0][-1]
            if len(stop[0]) > 1:
                at = self._esm(stop) if stop[0][0] in "ie" else _fence_end(text, stop)
            elif sign == "\\":
                at = stop.end() + 1
            elif sign == "`":
                at = _code_end(text, stop.start())
            elif sign == "{":
                at = self._expression(stop.start())
            else:
                at = self._tag(stop.start())

    def _esm(self, stop: re.Match[str]) -> int:
        """Take a statement at the start of a line, to the blank line that ends it."""
        text, start = self.text, stop.start()
        above = text.rfind("\n", 0, max(start - 1, 0)) + 1
        first = start == 0 or not text[above : start - 1].strip() or self.esm == start - 1
        if not first or _ESM.match(text, start) is None:
            return stop.end()
        # After a first that never closes no other is followed beyond its first blank line.
        end, closed = _statement_end(text, start, far=self.found.unclosed is None)
        if not closed and self.found.unclosed is None:
            self.found.unclosed = start
        self.esm = end
        self.found.cuts[start] = (end, HIDDEN)
        return end

    def _expression(self, start: int) -> int:
        text = self.text
        opened = _COMMENT.match(text, start) if self.patience > 0 else None
        if opened is not None:
            close = text.find("*/", opened.end())
            closed = _CLOSED.match(text, close + 2) if close >= 0 else None
            if closed is not None:
                self.found.comments.append((text[opened.end() : close], start, closed.end()))
                self.found.cuts[start] = (closed.end(), HIDDEN)
                return closed.end()
        string = _STRING.match(text, start)
        if string is not None:
            first, last = string.span(string.lastindex or 0)
            self.found.cuts[start] = (first, HIDDEN)
            self.found.cuts[last] = (string.end(), HIDDEN)
            return string.end()
        end = self._braced(start)
        if not end:
            return start + 1
        self.found.cuts[start] = (end, SHOWN)
        return end

    def _braced(self, start: int) -> int:
        """Return the offset behind the brace that closes the one at ``start``, 0 if none does."""
        if self.patience <= 0:
            return 0
        end = _braced(self.text, start)
        if not end:
            self.patience -= 1
        return end

    def _tag(self, start: int) -> int:
        """Take a tag, with the texts in its attributes."""
        text = self.text
        opened = _TAG.match(text, start)
        if opened is None:
            return start + 1
        at = opened.end()
        name = opened["name"] or ""
        kept: list[tuple[str, int, int, bool]] = []
        while (end := _END.match(text, at)) is None:
            spread = _SPREAD.match(text, at)
            attribute = _ATTRIBUTE.match(text, at) if spread is None and name else None
            if spread is not None:
                at = self._braced(spread.end() - 1)
            elif attribute is None:
                return start + 1
            elif attribute[4] is not None:
                at = self._attribute(attribute, kept)
            else:
                at = attribute.end()
                if attribute.lastindex in (2, 3) and role_of(attribute[1]) is not None:
                    kept.append((attribute[1], *attribute.span(attribute.lastindex), False))
            if not at:
                return start + 1
        self.found.attributes += kept
        at = end.end()
        if name in _CODE and not opened["close"] and "/" not in end[0]:
            close = re.compile(f"</{name}\\s*>").search(text, at)
            at = close.end() if close else at
            how = SHOWN
        else:
            how = _shows(name)
        self.found.cuts[start] = (at, how)
        return at

    def _attribute(self, attribute: re.Match[str], kept: list[tuple[str, int, int, bool]]) -> int:
        """Take ``name={...}``; a string in the braces is a text, and so are those of its objects."""
        start = attribute.start(4)
        string = _STRING.match(self.text, start)
        if string is None:
            end = self._braced(start)
            kept += _properties(self.text, start, end)
            return end
        if role_of(attribute[1]) is not None:
            kept.append((attribute[1], *string.span(string.lastindex or 0), True))
        return string.end()


def role_of(name: str) -> Role | None:
    """Return the role of what a property of this name says to people, None if it says nothing."""
    found = _READ.search(name)
    if found is None:
        return None
    return Role.ALT if found["alt"] else Role.DESCRIPTION


def _properties(text: str, start: int, end: int) -> Iterator[tuple[str, int, int, bool]]:
    """Yield the strings of the objects in an expression that are texts by their name."""
    for key in _PROPERTY.finditer(text, start, end):
        name = key[key.lastindex or 1] if key[4] is None else key[1] or key[2] or key[3]
        at = key.end()
        while role_of(name) is not None or (key[4] is not None and name in _LISTS):
            literal = _LITERAL.match(text, at, end)
            if literal is None:
                break
            yield name, *literal.span(literal.lastindex or 0), True
            comma = _COMMA.match(text, literal.end(), end)
            if key[4] is None or comma is None:
                break
            at = comma.end()


def _shows(name: str) -> str:
    """Return how a tag shows: HTML as in a page, a component as a blank."""
    if name.lower() in BLOCKS:
        return LINE
    return HIDDEN if name.islower() and name != "img" else BLANK


def _fence_end(text: str, stop: re.Match[str]) -> int:
    """Return where the code ends whose fence opens at ``stop``."""
    fence = stop[0].lstrip(" \t>")
    start = text.find("\n", stop.end())
    if start < 0:
        return len(text)
    if fence[0] == "`" and "`" in text[stop.end() : start]:
        return stop.end()  # a code span with three backticks
    close = re.compile(rf"^[ \t>]*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$", re.MULTILINE)
    found = close.search(text, start)
    return found.end() if found else len(text)


def _code_end(text: str, start: int) -> int:
    """Return where the code span ends that may open at ``start``."""
    end = start
    while text.startswith("`", end):
        end += 1
    count = end - start
    blank = _BLANK_LINE.search(text, end)
    last = blank.start() if blank else len(text)
    found = re.compile(rf"(?<!`)`{{{count}}}(?!`)").search(text, end, last)
    return found.end() if found else end


def _statement_end(text: str, start: int, *, far: bool) -> tuple[int, bool]:
    """Return where a statement ends, at a blank line outside of its braces, and whether these close.

    Where they do not, it ends at its first blank line.
    """
    depth = 0
    blank = len(text)
    for token in _STATEMENT_TOKEN.finditer(text, start):
        if token[0][0] == "\n":
            if depth <= 0 or not far:
                return token.start(), depth <= 0
            blank = min(blank, token.start())
        else:
            depth += {"{": 1, "}": -1}.get(token[0], 0)
    return (len(text), True) if depth <= 0 else (blank, False)


def _braced(text: str, start: int) -> int:
    """Return the offset behind the brace that closes the one at ``start``, 0 if none does."""
    #: "{" or "`": what is open.
    nested: list[str] = []
    at = start
    while len(nested) <= _DEEPEST:
        pattern = _TEMPLATE_TOKEN if nested and nested[-1] == "`" else _CODE_TOKEN
        token = pattern.search(text, at)
        if token is None:
            return 0
        at = token.end()
        sign = token[0]
        if sign == "`":
            if nested and nested[-1] == "`":
                nested.pop()
            else:
                nested.append("`")
        elif sign in ("{", "${"):
            nested.append("{")
        elif sign == "}":
            nested.pop()
            if not nested:
                return at
    return 0


def _overwritten(
    text: str, cuts: dict[int, tuple[int, str]]
) -> tuple[str, dict[int, tuple[int, str]]]:
    """Return ``text`` with its cuts overwritten, and those that show inside a line.

    A tag or an expression on lines of its own is a block between others: blank lines take its
    place. Inside a line it is one run of `OBJECT`, whatever lines it takes.
    """
    ordered = sorted(cuts.items())
    parts: list[str] = []
    at = 0
    for start, (end, _) in ordered:
        parts += (text[at:start], OBJECT * (end - start))
        at = end
    shown = "".join((*parts, text[at:]))
    alone = _lines_of_nothing_else(shown)
    kept: dict[int, tuple[int, str]] = {}
    parts = []
    at = 0
    for start, (end, how) in ordered:
        parts.append(text[at:start])
        line = bisect_right(alone, (start, len(text)))
        if line and start < alone[line - 1][1]:
            parts.append(re.sub(r"[^\n]", " ", text[start:end]))
        else:
            kept[start] = (end, how)
            parts.append(OBJECT * (end - start))
        at = end
    return "".join((*parts, text[at:])), kept


def _lines_of_nothing_else(shown: str) -> list[tuple[int, int]]:
    """Return (start, end) of the lines that hold nothing but what is overwritten."""
    found: list[tuple[int, int]] = []
    at = 0
    for line in shown.split("\n"):
        if OBJECT in line and not line.strip(" \t>" + OBJECT):
            found.append((at, at + len(line)))
        at += len(line) + 1
    return found
