"""Split an interface message into the texts that people read, with the way back to the message."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from culture_lint.sources.html_text import has_markup, plain_text
from culture_lint.sources.places import Runs

#: What stands in a text for a placeholder, a URL or a branch that is a text of its own.
OBJECT = "\ufffc"

#: A piece of a text: its length there, and where its source starts and ends.
Piece = tuple[int, int, int]
#: A text and how it was made.
Made = tuple[str, list[Piece]]

_Add = Callable[[str, int, int], None]

#: Arguments nested deeper than this are not taken apart.
_DEEPEST = 12

_ICU_NAME = re.compile(r"\s*([^\W\d][\w.-]*|\d+)\s*")
_ICU_TYPE = re.compile(r"\s*([A-Za-z]+)\s*")
_ICU_SELECTOR = re.compile(r"\s*(?:offset\s*:\s*\d+\s*)?(=\s*\d+|[^\s{}='#,|]+)\s*\{")
_ICU_LIMIT = re.compile(r"\s*-?(?:\d+(?:\.\d+)?|∞)\s*[#<≤]")
_ICU_END = re.compile(r"\s*\}")
_ICU_BRACE = re.compile(r"[{}]")
_ICU_STOP = re.compile(r"['{}#|]")
_BRANCHING = frozenset({"plural", "select", "selectordinal"})

_BRACES = re.compile(
    r"""
    \{\{\{[^{}]*\}\}\} | \{\{[^{}]*\}\}      # {{name}}, {{{html}}}
    | \{%[^%{}]*%\} | <%[^%<>]*%>            # {% block %}, <%= name %>
    | [$\#%]\{[^{}]*\}                       # ${name}, #{name}, %{name}
    | \{\s{0,9}[\w.$\[\]-]*\s{0,9}(?:[:!|][^{}\s]*|,\s*\w+(?:,[^{}]*)?)?\s*\}   # {name}, {0:N2}, {n, number}
    | \$t\([^()]*\)                          # i18next: another message
    | (?<![^\s("'\u201c\u2018]):[A-Za-z]\w{0,40}\b(?!:)   # Laravel: :name
    | (?<=\s)\|(?=\s)                        # Vue, Laravel: between plural forms
    """,
    re.VERBOSE,
)
#: react-i18next: <0>a link</0>
_NUMBERED_TAG = re.compile(r"</?\d{1,3}\s{0,9}/?>")
_PRINTF = re.compile(
    r"""
    (?P<percent>%%)
    | %\#@\w+@ | %arg(?![A-Za-z])                                 # Apple: %#@cows@
    | %\([^()\s]*\)[-+0\#]*\d*(?:\.\d+)?[a-zA-Z]                  # %(name)s
    | %(?!(?:hh?|ll?|[Lqjzt])?[A-Za-z]%)[A-Za-z_][\w.-]*%         # %name%
    | %(?:\d+\$)?[-+0,\#']*\*?(?:hh?|ll?|[Lqjzt])?[@diouxXeEfFgGaAcCsSpn]
    | %(?:\d+\$)?[-+0,\#']*(?:\d+|\*)?(?:\.(?:\d+|\*))?(?:hh?|ll?|[Lqjzt])?[@diouxXfsS]
    | %-?[A-Za-z](?![A-Za-z])                                     # dates: %Y
    """,
    re.VERBOSE,
)
#: Qt numbers its arguments, from %1; without a first one, “%5” is a percentage as in Turkish.
_QT_FIRST = re.compile(r"(?<!\d)%L?1(?![\d$@a-zA-Z]|\.\d)")
_QT = re.compile(r"(?<![\d%])(?:%L?[1-9]\d?)+(?![\d$@a-zA-Z]|\.\d)")
_DOLLAR = re.compile(r"\$[A-Za-z0-9_@]+\$|\$[1-9]")
_URL = re.compile(
    r"""
    (?:(?:https?|ftp)://|(?<![A-Za-z0-9])www\.)[A-Za-z0-9._~:/?\#\[\]@!$&'()*+,;=%\ufffc-]+
    | (?<![A-Za-z0-9._%+\ufffc-])(?:mailto:)?[A-Za-z0-9._%+\ufffc-]{1,64}@(?:[A-Za-z0-9\ufffc-]{1,63}\.)+[A-Za-z]{2,24}
    """,
    re.VERBOSE,
)
#: Ends a sentence rather than a URL.
_TRAILING = ".,;:!?'*)]"


def prose(text: str, *syntaxes: str) -> list[tuple[str, Runs]]:
    """Return the texts people read in a decoded message, each with its `Runs` into the message.

    What is not prose is one `OBJECT` or is left out. Blanks around a text are left out, and so
    is a text of nothing but objects and blanks. The message itself comes first, then the
    branches of its plurals and selects and the ``alt`` texts of its images, in order.

    Args:
        text: The message, the escapes of its file undone.
        syntaxes: Any of ``icu`` (ICU MessageFormat; a message that is not well formed is read
            as ``braces``), ``printf`` (%s, %1$s, %(name)s, %@, %name%), ``braces`` ({name},
            {{name}}, {0}, %{name}, ${name}, #{name}), ``dollar``
            ($name$, $1), ``html`` (tags, entities), ``url`` (URLs and e-mail addresses). Their order does not matter.

    """
    parts: list[Made] = [(text, [(len(text), 0, len(text))])]
    braces = "braces" in syntaxes
    if "icu" in syntaxes and ("{" in text or "'" in text):
        try:
            parts = _Icu(text).texts()
        except _NotIcuError:
            braces = True
    if braces:
        parts = [_masked(part, _BRACES) for part in parts]
    if "dollar" in syntaxes:
        parts = [_masked(part, _DOLLAR) for part in parts]
    if "printf" in syntaxes:
        parts = [_printf(part) for part in parts]
    if braces:
        # Only now: what stands on either side of a tag is no placeholder together.
        parts = [_without(part, _NUMBERED_TAG) for part in parts]
    if "html" in syntaxes:
        parts = [made for part in parts for made in _html(part)]
    if "url" in syntaxes:
        parts = [_urls(part) for part in parts]
    return [(found[0], Runs(found[1])) for part in parts if (found := _stripped(part)) is not None]


def composed(outer: Iterable[Piece], inner: Sequence[Piece]) -> list[Piece]:
    """Return the pieces of a text that was made by ``outer`` from a text made by ``inner``.

    Both in text order; ``inner`` is searched forward from where the last piece of ``outer``
    was found, or from its start where ``outer`` steps back.
    """
    found: list[Piece] = []
    starts = [0]
    for length, _, _ in inner:
        starts.append(starts[-1] + length)
    at = 0
    for length, start, end in outer:
        if starts[at] > start:
            at = 0
        while at + 1 < len(inner) and starts[at + 1] <= start:
            at += 1
        if length != end - start:
            last = at
            while last + 1 < len(inner) and starts[last + 1] < end:
                last += 1
            first = _clipped(inner[at], start - starts[at], inner[at][0])[1]
            final = _clipped(inner[last], 0, end - starts[last])[2]
            found.append((length, first, max(first, final)))
            continue
        while start < end:
            stop = min(end, starts[at + 1])
            found.append(_clipped(inner[at], start - starts[at], stop - starts[at]))
            start = stop
            if start < end:
                at += 1
    return found


def _clipped(piece: Piece, start: int, end: int) -> Piece:
    """Return the part of a piece between two offsets in its text; whole if it cannot be cut."""
    length, first, last = piece
    if length == last - first:
        return (end - start, first + start, first + end)
    return (end - start, first, last)


def _replaced(made: Made, cuts: Iterable[tuple[int, int, str]]) -> Made:
    """Return ``made`` with each (start, end, replacement) in place: one character, or none."""
    text, pieces = made
    parts: list[str] = []
    layer: list[Piece] = []
    at = 0
    for start, end, new in cuts:
        if start > at:
            parts.append(text[at:start])
            layer.append((start - at, at, start))
        if new:
            parts.append(new)
            layer.append((1, start, end))
        at = end
    if not at:
        return made
    if at < len(text):
        parts.append(text[at:])
        layer.append((len(text) - at, at, len(text)))
    return "".join(parts), composed(layer, pieces)


def _masked(made: Made, pattern: re.Pattern[str]) -> Made:
    return _replaced(made, ((*found.span(), OBJECT) for found in pattern.finditer(made[0])))


def _without(made: Made, pattern: re.Pattern[str]) -> Made:
    return _replaced(made, ((*found.span(), "") for found in pattern.finditer(made[0])))


def _printf(made: Made) -> Made:
    return _replaced(made, _printf_cuts(made[0])) if "%" in made[0] else made


def _printf_cuts(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the conversions; “100%ige”, “50%off” and “%50si” are words and a number."""
    if _QT_FIRST.search(text) is None:
        yield from _conversions(text)
        return
    numbered = [(*found.span(), OBJECT) for found in _QT.finditer(text)]
    taken = {at for start, end, _ in numbered for at in range(start, end)}
    others = [one for one in _conversions(text) if taken.isdisjoint(range(one[0], one[1]))]
    yield from sorted([*numbered, *others])


def _conversions(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _PRINTF.finditer(text):
        start, end = found.span()
        if found["percent"]:
            yield start, end, "%"
            continue
        plain = found[0][-1] not in "%@" and "(" not in found[0] and "$" not in found[0]
        before = text[max(start - 2, 0) : start].rstrip(" \xa0\u202f")[-1:]
        number = before.isdigit() or found[0][1:-1].isdigit()
        if plain and number and text[end : end + 1].isalpha():
            continue
        yield start, end, OBJECT


def _urls(made: Made) -> Made:
    return _replaced(made, _url_cuts(made[0])) if "." in made[0] or "/" in made[0] else made


def _url_cuts(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _URL.finditer(text):
        kept = found[0].rstrip(_TRAILING)
        if ")" in found[0] and "(" in kept and kept.count("(") > kept.count(")"):
            kept += ")"
        if kept:
            yield found.start(), found.start() + len(kept), OBJECT


def _html(made: Made) -> Iterator[Made]:
    text, pieces = made
    if not has_markup(text):
        yield made
        return
    plain = plain_text(text)
    for one in (plain, *plain.alts):
        if one.runs is None:
            yield made
        else:
            yield one.text, composed(one.runs.pieces(), pieces)


def _stripped(made: Made) -> Made | None:
    """Return ``made`` without the blanks around it, None if nothing is left to read."""
    text, pieces = made
    bare = text.strip()
    if not bare or not bare.strip(OBJECT + " \t\r\n\xa0"):
        return None
    if len(bare) == len(text):
        return made
    start = len(text) - len(text.lstrip())
    return bare, composed([(len(bare), start, start + len(bare))], pieces)


class _NotIcuError(Exception):
    """The message is not well-formed ICU MessageFormat."""


class _Icu:
    """Takes one ICU message apart, in one pass and with bounded recursion."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Made] = []

    def texts(self) -> list[Made]:
        """Return the message and then its branches, in order of where they start.

        Raises:
            _NotIcuError: If the message is not well formed.

        """
        self._message(0, 0, hashes=False)
        return self.found

    def _message(self, at: int, depth: int, *, hashes: bool, bars: bool = False) -> int:
        """Take the message at ``at``; return where the mark that ends it stands."""
        text = self.text
        parts: list[str] = []
        pieces: list[Piece] = []
        self.found.append(("", pieces))
        own = len(self.found) - 1

        def add(new: str, start: int, end: int) -> None:
            if new:
                parts.append(new)
                pieces.append((len(new), start, end))

        while (stop := _ICU_STOP.search(text, at)) is not None:
            start, mark = stop.start(), stop[0]
            add(text[at:start], at, start)
            if mark == "'":
                at = self._quoted(start, "{}#" if hashes else "{}|" if bars else "{}", add)
            elif mark == "{":
                at = self._argument(start, depth + 1, hashes=hashes)
                add(OBJECT, start, at)
            elif (mark == "}" and depth) or (mark == "|" and bars):
                at = start
                break
            else:
                at = start + 1
                counted = mark == "#" and hashes and not text.startswith("&", start - 1)
                add(OBJECT if counted else mark, start, at)
        else:
            if depth:
                raise _NotIcuError
            add(text[at:], at, len(text))
            at = len(text)
        self.found[own] = ("".join(parts), pieces)
        return at

    def _quoted(self, at: int, special: str, add: _Add) -> int:
        """Add what an apostrophe at ``at`` quotes, or the apostrophe; return where to go on."""
        text = self.text
        if text.startswith("''", at):
            add("'", at, at + 2)
            return at + 2
        if text[at + 1 : at + 2] not in special or at + 1 >= len(text):
            add("'", at, at + 1)
            return at + 1
        at += 1
        while True:
            close = text.find("'", at)
            end = len(text) if close < 0 else close
            add(text[at:end], at, end)
            if close < 0:
                return end
            if not text.startswith("''", close):
                return close + 1
            add("'", close, close + 2)
            at = close + 2

    def _argument(self, at: int, depth: int, *, hashes: bool) -> int:
        """Take the argument whose brace opens at ``at``; return where it ends."""
        text = self.text
        name = _ICU_NAME.match(text, at + 1)
        if name is None or depth > _DEEPEST:
            raise _NotIcuError
        at = name.end()
        if text.startswith("}", at):
            return at + 1
        kind = _ICU_TYPE.match(text, at + 1) if text.startswith(",", at) else None
        if kind is None:
            raise _NotIcuError
        at = kind.end()
        if text.startswith("}", at):
            return at + 1
        if not text.startswith(",", at):
            raise _NotIcuError
        if kind[1] in _BRANCHING:
            return self._branches(at + 1, depth, hashes=hashes or kind[1] != "select")
        if kind[1] == "choice":
            return self._choices(at + 1, depth)
        return self._style(at + 1)

    def _branches(self, at: int, depth: int, *, hashes: bool) -> int:
        while (selector := _ICU_SELECTOR.match(self.text, at)) is not None:
            at = self._message(selector.end(), depth, hashes=hashes) + 1
        end = _ICU_END.match(self.text, at)
        if end is None:
            raise _NotIcuError
        return end.end()

    def _choices(self, at: int, depth: int) -> int:
        """Take the choices of ``{0,choice,0#none|1#one|1<many}``."""
        while (limit := _ICU_LIMIT.match(self.text, at)) is not None:
            at = self._message(limit.end(), depth, hashes=False, bars=True) + 1
            if self.text[at - 1] == "}":
                return at
        raise _NotIcuError

    def _style(self, at: int) -> int:
        """Return where an argument ends whose style is not prose."""
        depth = 1
        for mark in _ICU_BRACE.finditer(self.text, at):
            depth += 1 if mark[0] == "{" else -1
            if not depth:
                return mark.end()
        raise _NotIcuError
