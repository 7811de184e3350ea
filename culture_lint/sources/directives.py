"""Find the suppressions in a file's comments, and which of its lines each is about.

A reader's parser meets the comments; it hands each to `Comments.add` and asks `Comments.of` for
what is about an item. What a directive says (`parse`) is settled later, where rules are known.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from culture_lint.frozen import frozen
from culture_lint.sources.items import Directive, Notice, Segment
from culture_lint.spans import Place

VERBS = ("ignore", "disable", "enable", "ignore-file")
OPTIONS = ("market", "until")
#: Nobody writes so many into one file; each is held against each of its items.
MOST = 2_000
#: Past every line of any file.
_END = 1 << 60

#: A forgotten colon is no reason to overlook what somebody meant for us.
_MARK = re.compile(r"\s*culture[-_ ]?lint(?:\s*:|(?=\s+(?:ignore|disable|enable)\b))\s*", re.I)
#: XML forbids two hyphens in a comment, so that a dash may stand in their place.
_REASON = re.compile(r"(?:^|\s)(?:--+|[–—])(?:\s|$)")
_HEAD = re.compile(r"\s*([A-Za-z_-]+)\s*(?:\[([^\]]*)(\])?)?")
_RULE = re.compile(r"[\w./:-]+")
_NEXT = re.compile(r"\s*[;\n]\s*(?=[A-Za-z_-]+\s*\[)")


@frozen
class Suppression:
    """A directive understood: which rules it silences, where, until when and why.

    ``rules`` are ids, owners or ``category:`` names as written; ``markets`` is empty for all;
    ``until`` is the last day on which it holds.
    """

    verb: str
    rules: tuple[str, ...]
    markets: tuple[str, ...] = ()
    until: date | None = None
    reason: str = ""


def directive(comment: str) -> str | None:
    """Return what a comment says to culture-lint, None if it is not for it.

    ``comment`` is the comment's content, without its delimiters.
    """
    mark = _MARK.match(comment)
    return " ".join(comment[mark.end() :].split()) if mark else None


def listed(cell: str) -> list[str]:
    """Return the directives of a cell or a note that may hold several, parted by ``;``."""
    return [text for text, _, _ in parted(cell)]


def parted(cell: str) -> Iterator[tuple[str, int, int]]:
    """Yield the directives of a cell, each with where it stands in it."""
    start = 0
    for end, after in [*(found.span() for found in _NEXT.finditer(cell)), (len(cell), 0)]:
        part = cell[start:end].rstrip("; \t\r\n")
        mark = _MARK.match(part)
        text = " ".join(part[mark.end() if mark else 0 :].split())
        if text:
            yield text, start + len(part) - len(part.lstrip()), start + len(part)
        start = after


def parse(text: str) -> Suppression:
    """Return what a directive says.

    Raises:
        ValueError: If it does not say it as it should; the message tells how.

    """
    cut = _REASON.search(text)
    order, reason = (text[: cut.start()], text[cut.end() :].strip()) if cut else (text, "")
    head = _HEAD.match(order)
    verb = head[1].lower() if head else ""
    if head is None or verb not in VERBS:
        raise ValueError(
            f"{_shown(verb or order)} is none of {', '.join(VERBS)}{_near(verb, VERBS)}"
        )
    if head[2] is not None and head[3] is None:
        raise ValueError("the bracket after the verb is not closed")
    rules = tuple(dict.fromkeys(part.strip() for part in (head[2] or "").split(",")))
    if rules == ("",):
        if verb != "enable":
            raise ValueError(f"name the rules it is about: {verb}[RULE, RULE]")
        rules = ()
    for rule in rules:
        if not _RULE.fullmatch(rule):
            raise ValueError(f"{_shown(rule)} is no rule, owner or category:NAME")
    markets, until = _options(order[head.end() :])
    return Suppression(verb, rules, markets, until, reason)


def _options(text: str) -> tuple[tuple[str, ...], date | None]:
    found: dict[str, str] = {}
    for part in re.sub(r"\s*([=,])\s*", r"\1", text).split():
        name, equals, value = part.partition("=")
        if not equals or name not in OPTIONS:
            hint = _near(name, OPTIONS) if equals else "; a reason is written behind “--”"
            raise ValueError(f"{_shown(part)} is not understood{hint}")
        if name in found or not value.strip(","):
            raise ValueError(f"{name}= {'stands here twice' if name in found else 'names nothing'}")
        found[name] = value
    markets = tuple(dict.fromkeys(part for part in found.get("market", "").split(",") if part))
    if "until" not in found:
        return markets, None
    return markets, day(found["until"])


def day(text: str) -> date:
    """Return the day of ``2027-03-31``.

    Raises:
        ValueError: If it is written otherwise, or there is no such day.

    """
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"until={text[:40]} is no day such as 2027-03-31") from None


def _near(word: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(word, known, 1)
    return f"; did you mean {near[0]}?" if near else ""


def _shown(text: str, most: int = 60) -> str:
    text = " ".join(text.split())
    return f"“{text if len(text) <= most else text[: most - 1] + '…'}”"


@dataclass(slots=True)
class _Comment:
    """A directive in a comment; ``lines`` is None until it is known what it is about."""

    directive: Directive
    verb: str
    #: The one rule of a ``disable``.
    rule: str
    lines: tuple[int, int] | None
    met: bool = False

    @property
    def open(self) -> bool:
        """Whether this is a range that nothing has ended."""
        return self.verb == "disable" and self.lines is not None and self.lines[1] == _END


class Comments:
    """The directives in the comments of one file.

    Add the comments in file order, each before `of` is asked for an item that it may be about;
    a reader that has the whole file adds all of them first. ``ignore`` behind text is about its
    lines; alone it is about the next block: what `block` was told of, else the next segment
    with all that shares its lines. ``disable`` reaches to its ``enable``, ``ignore-file``
    everywhere.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self._comments: list[_Comment] = []
        self._blocks: list[tuple[int, int]] = []
        self._sorted = True
        self._left_out = 0
        self._first: tuple[int, int] | None = None

    def __bool__(self) -> bool:
        """Tell whether there are any."""
        return bool(self._comments)

    def add(self, comment: str, place: Place, *, alone: bool, file: bool = False) -> bool:
        """Take a comment; tell whether it is for culture-lint, and so nothing but a directive.

        Args:
            comment: Its content, without delimiters.
            place: Where it stands.
            alone: Whether nothing else stands on its lines.
            file: Whether it belongs to the head of the file, so that it is about all of it.

        """
        text = directive(comment)
        if text is None:
            return False
        if len(self._comments) >= MOST:
            self._left_out += 1
            return True
        try:
            says = parse(text)
        except ValueError as error:
            # It is about nothing, and is told of even if no item stands near.
            here = (place.line, place.end_line)
            broken = Directive(text, place, problem=str(error))
            self._comments.append(_Comment(broken, "", "", here))
            return True
        verb = says.verb
        if verb == "enable":
            self._enable(says.rules, place, text)
            return True
        if file or verb == "ignore-file":
            lines: tuple[int, int] | None = (0, _END)
        elif verb == "disable":
            lines = (place.line, _END)
        else:
            lines = None if alone else (place.line, place.end_line)
        if verb == "disable":
            # Each rule of a range may be enabled again by itself.
            for rule in says.rules:
                only = re.sub(r"\[[^\]]*", f"[{rule}", text, count=1)
                self._comments.append(_Comment(Directive(only, place), verb, rule, lines))
        else:
            self._comments.append(_Comment(Directive(text, place), verb, "", lines))
        return True

    def _enable(self, rules: Sequence[str], place: Place, text: str) -> None:
        """End the ranges that ``enable`` names; without a name, all that are open."""
        ending = [
            one
            for one in self._comments
            if one.open and one.rule and (not rules or one.rule in rules)
        ]
        for one in ending:
            one.lines = (one.directive.place.line, place.line)
        missing = set(rules) - {one.rule for one in ending}
        if missing or not ending:
            problem = f"{', '.join(sorted(missing)) or 'nothing'} was not disabled before"
            here = (place.line, place.end_line)
            broken = Directive(text, place, problem=problem)
            self._comments.append(_Comment(broken, "enable", "", here))

    def block(self, first: int, last: int) -> None:
        """Say which lines a block takes: a paragraph, an element, a message."""
        self._sorted = self._sorted and (not self._blocks or self._blocks[-1] <= (first, last))
        self._blocks.append((first, last))

    def of(self, segments: Sequence[Segment]) -> tuple[Directive, ...]:
        """Return the directives about an item with these segments; call it in file order."""
        if not self._comments or not segments:
            return ()
        places = [one.places.place(0, len(one.text)) for one in segments]
        if self._first is None:
            self._first = min((place.line, place.column) for place in places)
            for one in self._comments:
                at = one.directive.place
                if one.verb == "ignore-file" and (at.line, at.column) > self._first:
                    one.directive = replace(
                        one.directive, problem="ignore-file counts only above all content"
                    )
        return tuple(self._about(places))

    def _about(self, places: Sequence[Place]) -> Iterator[Directive]:
        for one in self._comments:
            if one.lines is None:
                one.lines = self._next(one.directive.place.end_line, places)
            if one.lines is None:
                continue
            first, last = one.lines
            if any(place.line <= last and first <= place.end_line for place in places):
                one.met = True
                yield replace(one.directive, lines=None if first == 0 else one.lines)

    def _next(self, after: int, places: Sequence[Place]) -> tuple[int, int] | None:
        """Return the lines of what follows line ``after``, None if it is not among ``places``."""
        if not self._sorted:
            self._blocks.sort()
            self._sorted = True
        at = bisect_left(self._blocks, (after + 1, 0))
        if at < len(self._blocks):
            return self._blocks[at]
        below = [(place.line, place.end_line) for place in places if place.line > after]
        if not below:
            return None
        first, last = min(below)
        for start, end in sorted(below):
            if start <= last:
                last = max(last, end)
        return first, last

    def rest(self) -> Iterator[Notice]:
        """Yield, at the end of the file, what should be known of directives that met nothing."""
        if self._left_out:
            message = f"{self._left_out:,} suppressions beyond the first {MOST:,} are not read"
            yield Notice(self.path, message, kind="suppression/malformed")
        for one in self._comments:
            at = one.directive.place
            if not one.met:
                what = one.directive.problem or "there is no text that it could be about"
                kind = "suppression/malformed" if one.directive.problem else "suppression/unused"
                message = f"{_shown(one.directive.text)}: {what}"
                yield Notice(self.path, message, at.line, at.column, kind)
            if one.open and one.rule:
                yield Notice(
                    self.path,
                    f"{_shown(one.directive.text)} holds to the end of the file; "
                    "end it with “culture-lint: enable”",
                    at.line,
                    at.column,
                    "suppression/unclosed",
                )
