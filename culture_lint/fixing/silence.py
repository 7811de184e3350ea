"""Write suppressions for the findings of a file, each in its format's own comments.

A suppression is written in the first way (`marks`) after which the file, read again, holds the same
texts and a directive that is about the finding. What no comment of the format reaches goes into the
file beside it (``de.json.culture-lint.yaml``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from culture_lint.errors import SettingsError, SourceError
from culture_lint.fixing.marks import Lines, Spot, ways
from culture_lint.fixing.textfile import Decoded, Replacement, UnwritableError, decodings
from culture_lint.frozen import frozen
from culture_lint.results import ItemReport
from culture_lint.session import read_options
from culture_lint.sources.directives import parse
from culture_lint.sources.encoding import open_bytes
from culture_lint.sources.items import Directive, Item, Source
from culture_lint.sources.registry import reader_for
from culture_lint.sources.sidecar import ENDING, with_sidecar
from culture_lint.targets import Job

if TYPE_CHECKING:
    from culture_lint.session import Session

#: Ways that are tried for one finding before the file beside it takes the suppression.
_MOST_WAYS = 16
#: So many are tried one by one to find what spoils a file.
_MOST_ALONE = 64
_PLAIN = re.compile(r"/[\w./-]*")


@dataclass(slots=True)
class _Wanted:
    """One suppression to be written: rules of one place, for the same markets."""

    item: int
    name: str
    segment: int
    spot: Spot
    markets: tuple[str, ...]
    rules: set[str]
    ways: Iterator[Callable[[str], Replacement]] = field(default_factory=lambda: iter(()))
    way: Callable[[str], Replacement] | None = None

    def order(self, reason: str) -> str:
        """Return what the suppression says."""
        owners = {rule.rpartition("/")[0] for rule in self.rules}
        narrow = "" if owners == set(self.markets) else f" market={','.join(self.markets)}"
        said = f" -- {reason}" if reason else ""
        return f"ignore[{', '.join(sorted(self.rules))}]{narrow}{said}"


@frozen
class Silenced:
    """What became of one file: new contents by path, and counts.

    ``contents`` holds the old and the new bytes, None for a file that is not there yet.
    """

    contents: dict[str, tuple[bytes | None, bytes]]
    findings: int = 0
    written: int = 0
    #: Rules that cannot be silenced, one for each finding.
    refused: tuple[str, ...] = ()


def checked_reason(reason: str) -> str:
    """Return the reason of a suppression on one line.

    Raises:
        SettingsError: If it holds what no comment can.
    """
    reason = " ".join(reason.split())
    if any(ord(sign) < 0x20 or 0x7F <= ord(sign) < 0xA0 for sign in reason):
        raise SettingsError("the reason of --add-suppressions holds control characters")
    return reason


def silence(session: Session, job: Job, reason: str) -> Silenced:
    """Return a file as it would be with a suppression for each of its findings; writes nothing.

    Raises:
        SourceError: If the file cannot be read, or has changed meanwhile.
        SettingsError: If its settings name what no ruleset knows.
    """
    reports = [one for one in session.check(job) if isinstance(one, ItemReport)]
    if not any(one.findings for one in reports):
        return Silenced({})
    with open_bytes(job.source) as stream:
        data = stream.read()
    items = items_of(job, data)
    found, refused = _wanted(items, reports)
    if not found:
        return Silenced({}, refused=refused)
    count = sum(bool(one.findings) and len(one.findings) for one in reports) - len(refused)
    new, beside = _in_comments(job, data, items, found, reason)
    contents: dict[str, tuple[bytes | None, bytes]] = {}
    if new != data:
        contents[job.source.path] = (data, new)
    if beside:
        path = job.source.path + ENDING
        old = bytes_of(path)
        contents[path] = (old, _with_entries(old or b"", beside, reason))
    return Silenced(contents, count, len(found), refused)


def items_of(job: Job, data: bytes) -> list[Item]:
    """Return the items of a file with these bytes, and what stands beside it."""
    take = reader_for(job.source.path)
    if take is None:
        return []
    source = Source(job.source.path, data)
    parts = with_sidecar(source, take(source, read_options(job.settings)))
    return [one for one in parts if isinstance(one, Item)]


def _wanted(
    items: Sequence[Item], reports: Sequence[ItemReport]
) -> tuple[list[_Wanted], tuple[str, ...]]:
    """Return what is to be silenced, and the rules that cannot be."""
    found: dict[tuple[object, ...], _Wanted] = {}
    refused: list[str] = []
    number = 0
    for report in reports:
        while number < len(items) and (items[number].item, items[number].line) != (
            report.item,
            report.line,
        ):
            number += 1  # nobody names a market for it
        if number == len(items):
            raise SourceError(f"{report.path} has changed while it was checked")
        item = items[number]
        for one in report.findings:
            if not one.suppressible:
                refused.append(one.rule)
                continue
            segment = item.segments[one.segment]
            top = segment.places.place(0, len(segment.text)).line
            spot = Spot(one.place, item.line, top, segment.field)
            markets = tuple(sorted(one.points))
            key = (number, one.segment, one.place.line, one.place.end_line, markets)
            wanted = found.setdefault(
                key, _Wanted(number, item.item, one.segment, spot, markets, set())
            )
            wanted.rules.add(one.rule)
        number += 1
    return list(found.values()), tuple(refused)


def _in_comments(
    job: Job, data: bytes, items: Sequence[Item], found: Sequence[_Wanted], reason: str
) -> tuple[bytes, list[_Wanted]]:
    """Return the file with comments, and what no comment reaches."""
    ending = _ending(job.source.path)
    for decoded in decodings(Source(job.source.path, data), data, job.settings.encoding):
        lines = Lines(decoded.text)
        for one in found:
            one.ways = islice(ways(ending, lines, one.spot), _MOST_WAYS)
            one.way = next(one.ways, None)
        new = _settled(job, decoded, items, found, reason)
        if new is not None:
            return new, [one for one in found if one.way is None]
    return data, list(found)


def _settled(
    job: Job, decoded: Decoded, items: Sequence[Item], found: Sequence[_Wanted], reason: str
) -> bytes | None:
    """Return the file with comments after which all is as meant, None if the encoding has none."""
    for _ in range(_MOST_WAYS + 1):
        trying = [one for one in found if one.way is not None]
        if not trying:
            return decoded.data
        try:
            new = decoded.spliced(_replacements(trying, reason))
        except UnwritableError:
            return None
        missed = _missed(job, new, items, trying)
        if not missed:
            return new
        if len(missed) == len(trying) > 1:  # one may have spoilt it for all
            alone = [
                one
                for one in trying[:_MOST_ALONE]
                if _missed(job, decoded.spliced(_replacements([one], reason)), items, [one])
            ]
            missed = alone or missed
        for one in missed:
            one.way = next(one.ways, None)
    for one in found:
        one.way = None
    return decoded.data


def _replacements(trying: Sequence[_Wanted], reason: str) -> list[Replacement]:
    """Return the insertions in the order of the file; those at one place one below the other."""
    made = [one.way(one.order(reason)) for one in trying if one.way is not None]
    joined: dict[int, list[str]] = {}
    for one in made:
        texts = joined.setdefault(one.start, [])
        if one.new not in texts:
            texts.append(one.new)
    return [Replacement(at, at, "".join(joined[at])) for at in sorted(joined)]


def _missed(
    job: Job, new: bytes, items: Sequence[Item], trying: Sequence[_Wanted]
) -> Sequence[_Wanted]:
    """Return what is not silenced in the new file, or has changed what is read there."""
    try:
        after = items_of(job, new)
    except SourceError:
        return trying
    if list(map(read_of, items)) != list(map(read_of, after)):
        return trying
    return [one for one in trying if not _silences(after[one.item], one)]


def read_of(item: Item) -> tuple[object, ...]:
    """Return what is read of an item; where it stands is no part of it."""
    return (item.item if not item.numbered else "", item.language, item.markets,
            [(one.field, one.role, one.text, one.language) for one in item.segments])  # fmt: skip


def _silences(item: Item, wanted: _Wanted) -> bool:
    """Tell whether the directives of an item silence all that is wanted."""
    return all(any(_is_about(one, item, wanted, rule) for one in item.directives)
               for rule in wanted.rules)  # fmt: skip


def _is_about(one: Directive, item: Item, wanted: _Wanted, rule: str) -> bool:
    if one.problem or one.path or (one.segments is not None and wanted.segment not in one.segments):
        return False
    try:
        says = parse(one.text)
    except ValueError:
        return False
    if rule not in says.rules or (says.markets and set(says.markets) != set(wanted.markets)):
        return False
    if one.lines is None:
        return True
    place = item.segments[wanted.segment].places.place(0, len(item.segments[wanted.segment].text))
    down = place.line - wanted.spot.top
    first, last = wanted.spot.place.line + down, wanted.spot.place.end_line + down
    return first <= one.lines[1] and one.lines[0] <= last


def _ending(path: str) -> str:
    from culture_lint.sources.registry import endings

    name = path.lower()
    return max((one for one in endings() if name.endswith(one)), key=len, default="")


def bytes_of(path: str) -> bytes | None:
    """Return what a file holds, None if it is not there.

    Raises:
        SettingsError: If it cannot be read.
    """
    from pathlib import Path

    try:
        return Path(path).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SettingsError(f"cannot read {path!r}: {error.strerror or error}") from None


def _with_entries(old: bytes, found: Sequence[_Wanted], reason: str) -> bytes:
    """Return a file of suppressions with more of them at its end."""
    end = "\r\n" if b"\r\n" in old else "\n"
    parts: list[str] = [] if not old or old.endswith(b"\n") else [end]
    entries: dict[tuple[str, tuple[str, ...]], set[str]] = {}
    for one in found:
        entries.setdefault((_pointer(one), one.markets), set()).update(one.rules)
    for (pointer, markets), rules in entries.items():
        shown = pointer if _PLAIN.fullmatch(pointer) else json.dumps(pointer, ensure_ascii=False)
        lines = [f"- pointer: {shown}", f"  ignore: [{', '.join(sorted(rules))}]"]
        if {rule.rpartition("/")[0] for rule in rules} != set(markets):
            lines.append(f"  market: [{', '.join(json.dumps(one) for one in markets)}]")
        if reason:
            lines.append(f"  reason: {json.dumps(reason, ensure_ascii=False)}")
        parts += [line + end for line in lines]
    return old + "".join(parts).encode()


def _pointer(one: _Wanted) -> str:
    """Return the pointer to a field of an item; the keys of a message are the item's id."""

    def token(text: str) -> str:
        return text.replace("~", "~0").replace("/", "~1")

    keys = one.name.split(".") if one.name.endswith(f".{one.spot.field}") else [one.name]
    if keys[-1] != one.spot.field and one.spot.field not in ("", "value"):
        keys = [one.name, one.spot.field]
    return "".join(f"/{token(key)}" for key in keys)
