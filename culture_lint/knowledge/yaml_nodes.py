"""Read YAML as the author wrote it: plain data, every scalar as text, and where each key stands.

The stream of parser events is turned into data directly. Nothing is resolved (``NO``, ``04`` and
``on`` stay text), nothing is constructed (tags, anchors and aliases are refused), and size, depth
and the number of nodes are bounded, so that a file from anywhere can be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Literal

import yaml

from culture_lint.errors import Location, Problem
from culture_lint.knowledge.packs import MAX_BYTES
from culture_lint.knowledge.wording import is_printable, printable, quoted

MAX_DEPTH = 32
MAX_NODES = 400_000
MAX_EXCERPT = 200

#: Keys whose plain scalars are true or false, and numbers; everything else is text.
BOOLEANS = frozenset({
    "approximate", "capitals", "case", "emoji", "evening", "exact", "extend", "preview", "replace",
    "suppressible", "verified",
})  # fmt: skip
NUMBERS = frozenset({"confidence", "fewest_words", "longest", "repeats", "shortest"})

#: Line and column from 1, and the number of characters to underline.
Mark = tuple[int, int, int]
Keys = Sequence[str | int]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")
_SYNTAX = {
    "found character that cannot start any token": (
        "this character cannot start a value; indent with spaces, not tabs, and put quotes "
        "around a text that starts with @, % or `"
    ),
    "mapping values are not allowed in this context": (
        'a ": " stands inside unquoted text, or the indentation is wrong; put the text in quotes'
    ),
    "could not find expected ':'": 'a key without its ": "; is a quotation mark missing?',
    "did not find expected key": "no key where one is due; look at the indentation and the quotes",
    "found unexpected end of stream": "the file ends inside a quoted text",
}


class Table(dict[str, Any]):
    """A mapping that knows where its keys and values stand."""

    __slots__ = ("marks",)

    def __init__(self) -> None:
        super().__init__()
        self.marks: dict[str, tuple[Mark, Mark]] = {}


class Series(list[Any]):
    """A list that knows where its members stand."""

    __slots__ = ("marks",)

    def __init__(self) -> None:
        super().__init__()
        self.marks: list[Mark] = []


class Document:
    """One file: its data and the way back to the source.

    ``path`` is where the user finds it, ``name`` is the same on every machine
    (``rulesets/markets/jp.yaml``), ``problems`` is what the reading itself found.
    """

    def __init__(self, path: str, name: str, text: str = "") -> None:
        self.path = path
        self.name = name
        self.data = Table()
        self.problems: list[Problem] = []
        self._text = text
        self._lines: list[str] | None = None

    def mark(self, keys: Keys, *, of: Literal["key", "value"] = "value") -> Mark:
        """Return where a value, or its key, stands; of a missing one, where its parent does."""
        container: Any = self.data
        found: Mark = (1, 1, 1)
        for key in keys:
            if isinstance(container, Table) and key in container.marks:
                found = container.marks[str(key)][0 if of == "key" else 1]
            elif isinstance(container, Series) and isinstance(key, int):
                found = container.marks[key]
            else:
                break
            container = container[key]
        return found

    def line(self, keys: Keys) -> int:
        """Return the line on which the key of an entry stands, from 1."""
        return self.mark(keys, of="key")[0]

    def problem(
        self, keys: Keys, message: str, *, of: Literal["key", "value"] = "value"
    ) -> Problem:
        """Say what is wrong with the entry at ``keys``."""
        return self.problem_at(self.mark(keys, of=of), message, keys)

    def problem_at(self, mark: Mark, message: str, keys: Keys = ()) -> Problem:
        """Say what is wrong at a place."""
        line, column, width = mark
        excerpt, width = self._excerpt(line, column, width)
        return Problem(Location(self.path, line, column), key_path(keys), message, excerpt, width)

    def _excerpt(self, line: int, column: int, width: int) -> tuple[str, int]:
        if self._lines is None:
            self._lines = _BREAK.split(self._text)
        if line > len(self._lines) or column > MAX_EXCERPT:
            return "", width
        source = self._lines[line - 1]
        width = max(1, min(width, len(source) - column + 1, MAX_EXCERPT))
        if len(source) > MAX_EXCERPT + width:
            source = source[: max(MAX_EXCERPT, column + width)]
        shown = "".join(char if is_printable(char) else " " for char in source)
        return shown.rstrip(), width


def key_path(keys: Keys) -> str:
    """Write the path of an entry: ``readings.cow.evidence.sources[0].read``."""
    text = ""
    for key in keys:
        if isinstance(key, int):
            text += f"[{key}]"
        else:
            text += f".{key}" if text else key
    return printable(text)


def read_document(raw: bytes, path: str, name: str) -> Document:
    """Read one file's bytes; what cannot be read is in ``problems`` and its data is empty."""
    if len(raw) > MAX_BYTES:
        return _refused(path, name, f"is larger than {MAX_BYTES // 1024**2} MiB; split it")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return _refused(path, name, "is not UTF-8 text; save it as UTF-8", line)
    document = Document(path, name, text)
    try:
        _Builder(document).build(yaml.parse(text, Loader=_LOADER))
    except _RefusedError as refusal:
        document.data = Table()
        document.problems = [refusal.problem]
    except yaml.YAMLError as error:
        document.data = Table()
        document.problems = [_syntax_problem(document, text, error)]
    return document


def _refused(path: str, name: str, message: str, line: int | None = None) -> Document:
    document = Document(path, name)
    document.problems.append(Problem(Location(path, line), "", message))
    return document


class _RefusedError(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _Builder:
    """Puts parser events together, without recursion."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.root: Any = None
        self.seen = 0
        #: What is open: each container, the key or index it stands under, and, in a mapping, the
        #: key that waits for its value.
        self.containers: list[Table | Series] = []
        self.path: list[str | int] = []
        self.waiting: list[tuple[str, Mark] | None] = []

    def build(self, events: Iterator[Any]) -> None:
        for event in events:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._scalar(event)
            elif kind is yaml.MappingStartEvent:
                self._open(event, Table())
            elif kind is yaml.SequenceStartEvent:
                self._open(event, Series())
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._close()
            elif kind is yaml.AliasEvent:
                raise self._refusal(event, "aliases are refused; write the value out")
            elif kind is yaml.DocumentStartEvent and self.seen:
                raise self._refusal(event, "a second document starts here; one file holds one")
        if isinstance(self.root, Table):
            self.document.data = self.root
        elif self.root is not None:
            message = "a ruleset file is a mapping of keys to entries"
            self.document.problems.append(self.document.problem_at((1, 1, 1), message))

    def _open(self, event: Any, container: Table | Series) -> None:
        self._check(event)
        if len(self.containers) >= MAX_DEPTH:
            message = f"is nested more than {MAX_DEPTH} deep"
            raise _RefusedError(self.document.problem_at(_mark(event), message))
        start = event.start_mark
        key = self._put(event, container, (start.line + 1, start.column + 1, 1))
        self.containers.append(container)
        self.path.append(key)
        self.waiting.append(None)

    def _close(self) -> None:
        self.containers.pop()
        self.path.pop()
        self.waiting.pop()

    def _scalar(self, event: Any) -> None:
        self._check(event)
        mark = _mark(event)
        if self.containers and isinstance(self.containers[-1], Table) and not self.waiting[-1]:
            self.waiting[-1] = (event.value, mark)
        else:
            self._put(event, event.value, mark)

    def _put(self, event: Any, value: Any, mark: Mark) -> str | int:
        """Put a value into the innermost container and return its key or index."""
        if not self.containers:
            self.root = value if value != "" else None
            return ""
        container = self.containers[-1]
        if isinstance(container, Series):
            container.append(_typed(None, value, event))
            container.marks.append(mark)
            return len(container) - 1
        waiting = self.waiting[-1]
        if waiting is None:
            raise self._refusal(event, "a key is a word, not a list or a mapping")
        self.waiting[-1] = None
        key, key_mark = waiting
        if key in container:
            first = container.marks[key][0][0]
            message = f"{quoted(key)} stands here twice; the first is on line {first}"
            problem = self.document.problem_at(key_mark, message, [*self.path[1:], key])
            self.document.problems.append(problem)
        else:
            container[key] = _typed(key, value, event)
            container.marks[key] = (key_mark, mark)
        return key

    def _check(self, event: Any) -> None:
        self.seen += 1
        if self.seen > MAX_NODES:
            raise self._refusal(event, f"has more than {MAX_NODES:,} values; split the file")
        if event.anchor is not None:
            raise self._refusal(event, "anchors are refused; write the value out where it is due")
        if event.tag is not None:
            raise self._refusal(event, "tags are refused; write plain text, in quotes if need be")

    def _refusal(self, event: Any, message: str) -> _RefusedError:
        waiting = self.waiting[-1] if self.waiting else None
        keys = [*self.path[1:], *([waiting[0]] if waiting else [])]
        return _RefusedError(self.document.problem_at(_mark(event), message, keys))


def _mark(event: Any) -> Mark:
    start, end = event.start_mark, event.end_mark
    line: int = start.line
    column: int = start.column
    width = end.column - column if end.line == line else MAX_EXCERPT
    return line + 1, column + 1, width


def _typed(key: str | None, value: Any, event: Any) -> Any:
    """Return an empty plain scalar as None and, under a typed key, a plain bool or number."""
    if type(value) is not str or event.style:
        return value
    if value == "":
        return None
    if key in BOOLEANS and value in ("true", "false"):
        return value == "true"
    if key in NUMBERS and _NUMBER.fullmatch(value):
        return float(value)
    return value


def _syntax_problem(document: Document, text: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        said = getattr(error, "problem", None) or getattr(error, "context", None) or "bad syntax"
        place = (mark.line + 1, mark.column + 1, 1)
        return document.problem_at(place, _SYNTAX.get(said, f"not YAML: {said}"))
    position = getattr(error, "position", None)
    if isinstance(position, int):
        bad = re.search("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
        before = _BREAK.split(text[: bad.start()]) if bad else [""]
        code = f" U+{ord(bad.group()):04X}" if bad else ""
        message = f"holds the control character{code}, which YAML does not allow"
        return document.problem_at((len(before), len(before[-1]) + 1, 1), message)
    return document.problem_at((1, 1, 1), f"not YAML: {error}")
