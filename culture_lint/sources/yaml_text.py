"""Find the scalars of a YAML text and where each of their characters stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from culture_lint.frozen import frozen
from culture_lint.sources.json_text import Path
from culture_lint.sources.messages import Piece

if TYPE_CHECKING:
    from yaml import ScalarNode

#: What YAML and PyYAML take for the end of a line.
_BREAK = r"(?:\r\n|[\r\n\x85\u2028\u2029])"
_FOLD = re.compile(rf"[ \t]*{_BREAK}(?:[ \t]*{_BREAK})*[ \t]*")
_SINGLE = re.compile(rf"''|{_FOLD.pattern}")
_DOUBLE = re.compile(
    rf"""\\(?:x([0-9a-fA-F]{{2}})|u([0-9a-fA-F]{{4}})|U([0-9a-fA-F]{{8}})
        |(?P<join>{_BREAK}(?:[ \t]*{_BREAK})*[\ \t]*)|(?P<short>.))
        |{_FOLD.pattern.replace(" ", chr(92) + " ")}""",
    re.VERBOSE | re.DOTALL,
)
_PROPERTIES = re.compile(r"(?:[!&]\S*(?:\s+(?:#[^\r\n]*)?)*)*")
_LINE_END = re.compile(_BREAK)
_COMMENT = re.compile(r"(?:^|(?<=[\s\ufeff]))(#[^\r\n\x85\u2028\u2029]*)", re.MULTILINE)
_OURS = re.compile(r"#[ \t]*culture[-_ ]?lint", re.IGNORECASE)
_SHORT = {"0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r"}
_SHORT |= {"e": "\x1b", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029"}
#: Bare words that YAML 1.1 reads as something else than text.
_NO_TEXT = re.compile(
    r"(?:~|null|true|false|yes|no|on|off|[-+]?(?:\.?\d[\d_]*)(?:\.[\d_]*)?(?:e[-+]?\d+)?|0x[0-9a-f]+"
    r"|[-+]?\.inf|\.nan|\d{4}-\d\d?-\d\d?(?:[Tt ].*)?|[-+]?\d+(?::\d\d)+)?",
    re.IGNORECASE,
)
_TEXT_TAGS = frozenset({None, "!", "tag:yaml.org,2002:str"})


@frozen
class Scalar:
    """A value: the keys that lead to it, where it starts, its text and how that was made.

    ``text`` is None for what is not text: numbers, truth values, values with a tag of their own.
    """

    path: Path
    start: int
    text: str | None
    pieces: Sequence[Piece] = ()


class YamlError(Exception):
    """The text is not YAML, is nested too deeply or has a key twice."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


@dataclass(slots=True)
class _Level:
    """A mapping or a sequence under way."""

    keys: set[str] | None
    key: str | None = None
    index: int = 0

    def part(self) -> str | int:
        """Return the key or index of the value that comes next."""
        return self.index if self.keys is None else self.key or ""


@dataclass(slots=True)
class _State:
    levels: list[_Level] = field(default_factory=list)
    #: How many levels deep the reader is inside of a key that is no scalar.
    in_key: int = 0

    def path(self) -> Path:
        """Return the keys that lead to the value that comes next."""
        return tuple(level.part() for level in self.levels)

    def passed(self) -> None:
        """Note that a value has come to its end."""
        if self.levels:
            self.levels[-1].index += 1
            self.levels[-1].key = None

    def expects_key(self) -> bool:
        """Tell whether a key comes next."""
        return (
            bool(self.levels) and self.levels[-1].keys is not None and self.levels[-1].key is None
        )


def scalars(text: str, deepest: int = 64) -> Iterator[Scalar]:
    """Yield the values of a YAML text in order, in linear time and without recursion.

    What an alias stands for is read where it is anchored, once. Keys that are no scalars have
    the name ``?``.

    Raises:
        YamlError: If the text is not YAML, nested deeper than ``deepest``, or a mapping has a
            key twice.

    """
    import yaml

    state = _State()
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for event in yaml.parse(text, Loader=loader):
            if isinstance(event, yaml.ScalarEvent):
                yield from _scalar(text, event, state)
            elif isinstance(event, yaml.CollectionStartEvent):
                _opened(event, state, deepest, mapping=isinstance(event, yaml.MappingStartEvent))
            elif isinstance(event, yaml.CollectionEndEvent):
                state.levels.pop()
                _closed(state)
            elif isinstance(event, yaml.AliasEvent):
                if not state.in_key and state.expects_key():
                    state.levels[-1].key = "?"
                else:
                    _closed(state)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = error.problem or error.context or "not well formed"
        raise YamlError(f"not YAML: {what}", mark.index if mark else 0) from None
    except yaml.reader.ReaderError as error:
        position = error.position if isinstance(error.position, int) else 0
        raise YamlError("not YAML: a character that YAML does not allow", position) from None


def comments(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the comments of a YAML text stand that may be for culture-lint.

    The text must be sound. A ``#`` inside of a scalar begins none.
    """
    import yaml

    if not _OURS.search(text):
        return
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    at = 0
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, yaml.ScalarEvent):
            start: Any = event.start_mark
            end: Any = event.end_mark
            yield from _between(text, at, start.index)
            at = max(at, end.index)
    yield from _between(text, at, len(text))


def _between(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the comments between two scalars."""
    for found in _COMMENT.finditer(text, start, end):
        yield found.span(1)


def _opened(event: Any, state: _State, deepest: int, *, mapping: bool) -> None:
    if len(state.levels) >= deepest:
        raise YamlError("nested too deeply", event.start_mark.index)
    if state.in_key or state.expects_key():
        state.in_key += 1
    state.levels.append(_Level(set() if mapping else None))


def _closed(state: _State) -> None:
    """Note that a collection or an alias has come to its end."""
    if state.in_key:
        state.in_key -= 1
        if not state.in_key:
            state.levels[-1].key = "?"
            return
    state.passed()


def _scalar(text: str, event: Any, state: _State) -> Iterator[Scalar]:
    start, end = event.start_mark.index, event.end_mark.index
    if state.expects_key():
        level = state.levels[-1]
        keys = level.keys if level.keys is not None else set()
        if event.value in keys and event.value != "<<":
            raise YamlError(f"the key “{event.value[:60]}” stands twice in one mapping", start)
        keys.add(event.value)
        level.key = event.value or '""'
        return
    if not state.in_key:
        plain = event.style is None or event.style == ""
        if event.tag not in _TEXT_TAGS or (
            plain and event.tag is None and _NO_TEXT.fullmatch(event.value)
        ):
            yield Scalar(state.path(), start, None)
        else:
            if event.tag is not None or event.anchor is not None:
                start = min(_properties(text, start), end)
            pieces = _pieces(text, start, end, event.style or "", event.value)
            yield Scalar(state.path(), start, event.value, pieces)
    state.passed()


def _properties(text: str, start: int) -> int:
    """Return where a value starts behind its tag and anchor."""
    found = _PROPERTIES.match(text, start)
    return found.end() if found else start


def scalar_pieces(raw: str, node: ScalarNode) -> list[Piece]:
    """Return how ``node.value`` was made from ``raw``, the text that the node was composed from.

    Escapes, doubled quotes and folded line ends are pieces of their own; the rest stands
    character by character. Where the two cannot be matched the value leads to all of the scalar.
    """
    start, end = node.start_mark.index, node.end_mark.index
    if raw[start : start + 1] in ("!", "&"):
        start = min(_properties(raw, start), end)
    return _pieces(raw, start, end, node.style or "", node.value)


def _pieces(text: str, start: int, end: int, style: str, value: str) -> list[Piece]:
    """Return how the ``value`` of a scalar was made from ``text[start:end]``.

    ``style`` is YAML's: empty for plain scalars, a quote, ``|`` or ``>``.
    """
    if style in ("|", ">"):
        parts = _block(text, start, end, style, value)
    else:
        quoted = 1 if style else 0
        pattern = _DOUBLE if style == '"' else _SINGLE if style else _FOLD
        parts = _flow(text, start + quoted, end - quoted, pattern)
    found, pieces = _cut(parts, value)
    if found != value:
        return (
            [(1, start, end), (len(value) - 1, start, end)] if len(value) > 1 else [(1, start, end)]
        )
    return pieces


def _cut(parts: Iterator[tuple[str, int, int]], value: str) -> tuple[str, list[Piece]]:
    """Return the text and pieces of ``parts`` up to the length of ``value``."""
    texts: list[str] = []
    pieces: list[Piece] = []
    left = len(value)
    for part, start, end in parts:
        if len(part) > left:
            end = start + left if len(part) == end - start else end
            part = part[:left]
        if part:
            texts.append(part)
            pieces.append((len(part), start, end))
            left -= len(part)
    return "".join(texts), pieces


def _flow(
    text: str, start: int, end: int, pattern: re.Pattern[str]
) -> Iterator[tuple[str, int, int]]:
    """Yield the parts of a plain or quoted scalar."""
    at = start
    while found := pattern.search(text, at, end):
        if found.start() > at:
            yield text[at : found.start()], at, found.start()
        yield _flow_part(found), *found.span()
        at = found.end()
    if end > at:
        yield text[at:end], at, end


def _flow_part(found: re.Match[str]) -> str:
    """Return what stands for an escape, a doubled quote or folded lines."""
    part = found[0]
    if part == "''":
        return "'"
    if part[0] != "\\":
        return _folded(part)
    join = found["join"]
    if join is not None:
        return "".join(_line_end(mark[0]) for mark in list(_LINE_END.finditer(join))[1:])
    if found["short"] is not None:
        return _SHORT.get(found["short"], found["short"])
    return chr(int(next(code for code in found.groups()[:3] if code is not None), 16))


def _folded(part: str) -> str:
    first, *rest = (_line_end(mark[0]) for mark in _LINE_END.finditer(part))
    if first != "\n":
        return first + "".join(rest)
    return "".join(rest) or " "


def _line_end(mark: str) -> str:
    return mark if mark in "\u2028\u2029" else "\n"


def _block(
    text: str, start: int, end: int, style: str, value: str
) -> Iterator[tuple[str, int, int]]:
    """Yield the parts of a literal or folded block, its last line ends included."""
    head = _LINE_END.search(text, start, end)
    if head is None:
        return
    indent = _indent(text[head.end() : end], value)
    breaks: list[tuple[str, int, int]] = []
    before: str | None = None
    at = head.end()
    while at < end:
        found = _LINE_END.search(text, at, end)
        stop = found.start() if found else end
        line = text[at:stop]
        if len(line) <= indent:
            if found:
                breaks.append((_line_end(found[0]), at, found.end()))
        else:
            yield from _joined(breaks, before, line[indent], style)
            yield line[indent:], at + indent, stop
            breaks = [(_line_end(found[0]), stop, found.end())] if found else []
            before = line[indent]
        at = found.end() if found else end
    yield from breaks


def _indent(raw: str, value: str) -> int:
    """Return how far a block is indented, told by its first line that is not blank."""

    def first(text: str) -> int:
        lines = (line for line in _LINE_END.split(text) if line.strip(" "))
        line = next(lines, " " * len(max(_LINE_END.split(text), key=len)))
        return len(line) - len(line.lstrip(" "))

    return max(first(raw) - first(value), 0)


def _joined(
    breaks: list[tuple[str, int, int]], before: str | None, after: str, style: str
) -> Iterator[tuple[str, int, int]]:
    """Yield what stands between two lines that begin with ``before`` and ``after``."""
    plain = before is not None and before not in " \t" and after not in " \t"
    if style == "|" or not plain or not breaks or breaks[0][0] != "\n":
        yield from breaks
    elif len(breaks) == 1:
        yield " ", *breaks[0][1:]
    else:
        yield breaks[1][0], breaks[0][1], breaks[1][2]
        yield from breaks[2:]
