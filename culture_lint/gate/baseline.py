"""Findings that were there before, and so do not fail: `.culture-lint-baseline.json`.

A fingerprint knows the file, the item, the field, the rule, the market and what was found, but no
line: what moves stays known. An item without an id of its own is known by its text instead.
"""

from __future__ import annotations

import hashlib
import json
import os
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from culture_lint.errors import BaselineError, Location
from culture_lint.knowledge.scales import Polarity
from culture_lint.results import FindingReport, ItemReport
from culture_lint.sources.items import Item, Notice

if TYPE_CHECKING:
    from culture_lint.judging.findings import Finding
    from culture_lint.knowledge.model import Reading

NAME = ".culture-lint-baseline.json"
SCHEMA = "culture-lint/baseline/1"
STALE = "baseline/stale"
#: Stands for every market of a file that holds no items.
_ANY = "*"
_KEYS = ("path", "item", "field", "market", "rule", "fingerprint", "count", "reason")


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One finding that is accepted: ``count`` times in its item.

    ``path`` is relative to the baseline, with forward slashes; ``item`` is empty for an item
    without an id of its own.
    """

    path: str
    item: str
    field: str
    market: str
    rule: str
    fingerprint: str
    count: int = 1
    reason: str = ""


def finding_key(item: Item, finding: Finding) -> str:
    """Return what makes a finding the same again, in any file and market."""
    segment = item.segments[finding.segment]
    owner = f"\0{_plain(segment.text)}" if item.numbered else item.item
    match = _plain(segment.text[finding.start : finding.end])
    return _digest(finding.rule, owner, segment.field, match)


def _plain(text: str) -> str:
    if text.isascii():
        return " ".join(text.lower().split())
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _digest(*parts: str) -> str:
    text = "\0\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2s(text, digest_size=8).hexdigest()


class Baseline:
    """The accepted findings of a project.

    Args:
        entries: In any order.
        path: The file they stand in, or will; paths are relative to its folder.

    """

    def __init__(self, entries: Iterable[Entry], path: Path) -> None:
        self.path = path
        self.entries = {entry.fingerprint: entry for entry in entries}
        self._folder = os.path.abspath(path.parent)
        self._seen: dict[str, str] = {}

    def relative(self, path: str) -> str:
        """Return a file's path as the baseline has it."""
        found = self._seen.get(path)
        if found is None:
            try:
                found = os.path.relpath(path, self._folder)
            except ValueError:  # another drive
                found = os.path.abspath(path)
            found = self._seen[path] = found.replace(os.sep, "/")
        return found

    def fingerprint(self, path: str, market: str, key: str) -> str:
        """Return the fingerprint of a finding with this `finding_key`."""
        return _digest(self.relative(path), market, key)

    def split(self, item: Item, findings: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
        """Part findings into those that are new and those that are known.

        What may not be silenced is never known, and welcome signs are no matter of a baseline.
        """
        new: list[Finding] = []
        known: list[Finding] = []
        left: Counter[str] = Counter()
        for finding in findings:
            if finding.reading.polarity is Polarity.POSITIVE:
                new.append(finding)
                continue
            key = finding_key(item, finding)
            old: list[tuple[str, Reading]] = []
            other: list[tuple[str, Reading]] = []
            for market, reading in finding.by_market:
                fingerprint = self.fingerprint(item.path, market, key)
                entry = self.entries.get(fingerprint)
                fits = entry is not None and reading.suppressible
                if fits and entry is not None and left[fingerprint] < entry.count:
                    left[fingerprint] += 1
                    old.append((market, reading))
                else:
                    other.append((market, reading))
            if other:
                new.append(replace(finding, by_market=tuple(other)) if old else finding)
            if old:
                known.append(replace(finding, by_market=tuple(old)))
        return new, known


class Watch:
    """Sees the items of a run go by and knows which findings there are now.

    Args:
        baseline: Names the files; what it holds is what `stale` looks for.

    """

    def __init__(self, baseline: Baseline) -> None:
        self._baseline = baseline
        self._found: dict[str, Entry] = {}
        #: Files read to their end, as the baseline names them, with the markets examined in them.
        self._markets: dict[str, set[str]] = {}
        self._open: dict[str, set[str]] = {}

    def add(self, report: ItemReport) -> None:
        """Take one item into account."""
        path = self._baseline.relative(report.path)
        examined = self._open.setdefault(path, set())
        examined.update(market for market, cai in report.scores.items() if cai is not None)
        counts: dict[str, Entry] = {}
        for finding in (*report.findings, *report.baselined):
            if finding.suppressible:
                for market in finding.markets:
                    entry = self._entry(report, path, finding, market)
                    before = counts.get(entry.fingerprint)
                    count = before.count + 1 if before else 1
                    counts[entry.fingerprint] = replace(entry, count=count)
        for fingerprint, entry in counts.items():
            known = self._found.get(fingerprint)
            if known is None or known.count < entry.count:
                self._found[fingerprint] = entry

    def _entry(self, report: ItemReport, path: str, finding: FindingReport, market: str) -> Entry:
        fingerprint = self._baseline.fingerprint(report.path, market, finding.key)
        item = "" if report.numbered else report.item
        return Entry(path, item, finding.field, market, finding.rule, fingerprint)

    def close(self, path: str) -> None:
        """Take note that a file was read to its end."""
        name = self._baseline.relative(path)
        if name in self._open:
            self._markets.setdefault(name, set()).update(self._open.pop(name))
        else:
            self._markets.setdefault(name, {_ANY})  # nothing is left in it, in any market

    def found(self) -> list[Entry]:
        """Return what there is now in the files that were read to their end."""
        return sorted(one for one in self._found.values() if one.path in self._markets)

    def stale(self) -> Iterator[tuple[Entry, int]]:
        """Yield the entries with fewer findings than they accept, and how many there are.

        Only of files that were read to their end, and of markets examined in them.
        """
        for entry in sorted(self._baseline.entries.values()):
            now = self._found.get(entry.fingerprint)
            count = now.count if now else 0
            if self._examined(entry) and count < entry.count:
                yield entry, count

    def _examined(self, entry: Entry) -> bool:
        """Tell whether an entry's file was read to its end, for its market."""
        return not self._markets.get(entry.path, set()).isdisjoint((entry.market, _ANY))

    def created(self) -> list[Entry]:
        """Return the entries of a new baseline."""
        return self.found()

    def updated(self) -> list[Entry]:
        """Return the entries with those of the files that were read as they are now.

        Reasons are kept, and so is what stands for other files and markets.
        """
        old = self._baseline.entries
        kept = [entry for entry in old.values() if not self._examined(entry)]
        now = [
            replace(one, reason=old[one.fingerprint].reason) if one.fingerprint in old else one
            for one in self.found()
        ]
        return sorted({one.fingerprint: one for one in (*kept, *now)}.values())

    def pruned(self) -> list[Entry]:
        """Return the entries without what is stale, and without files that are gone."""
        counts = {entry.fingerprint: count for entry, count in self.stale()}
        left = (
            replace(entry, count=counts.get(entry.fingerprint, entry.count))
            for entry in self._baseline.entries.values()
            if (self._baseline.path.parent / entry.path).exists()
        )
        return sorted(entry for entry in left if entry.count)


class Watches:
    """A watch for each baseline of a run: configurations may name different ones."""

    def __init__(self) -> None:
        self._watches: dict[Path, tuple[Baseline, Watch]] = {}

    def add(self, report: ItemReport, baseline: Baseline | None) -> None:
        """Take one item into account, if there is a baseline for it."""
        if baseline is not None:
            pair = self._watches.get(baseline.path)
            if pair is None:
                pair = self._watches[baseline.path] = (baseline, Watch(baseline))
            pair[1].add(report)

    def close(self, path: str) -> None:
        """Take note that a file was read to its end."""
        for _, watch in self._watches.values():
            watch.close(path)

    def notices(self) -> Iterator[Notice]:
        """Yield what should be known of entries that accept more than there is."""
        for baseline, watch in self._watches.values():
            yield from stale_notices(watch, baseline)


def stale_notices(watch: Watch, baseline: Baseline, most: int = 5) -> Iterator[Notice]:
    """Yield what should be known of entries that accept more than there is."""
    found = list(watch.stale())
    path = str(baseline.path)
    for entry, count in found[:most]:
        where = ", ".join(part for part in (entry.path, entry.item, entry.field) if part)
        what = "is gone" if not count else f"is there {count} times, not {entry.count}"
        message = f"{entry.market}: {entry.rule} ({where}) {what}"
        yield Notice(path, f"{message}; `culture-lint baseline prune` forgets it", kind=STALE)
    if len(found) > most:
        yield Notice(path, f"{len(found) - most} more entries are no longer needed", kind=STALE)


def load(path: Path) -> Baseline:
    """Return the baseline of a file.

    Raises:
        BaselineError: If it cannot be read, or is none.

    """
    try:
        data = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise BaselineError(
            f"cannot read the baseline: {error.strerror}; `culture-lint baseline create` makes one",
            Location(str(path)),
        ) from None
    except UnicodeDecodeError:
        raise BaselineError("the baseline is not UTF-8", Location(str(path))) from None
    except json.JSONDecodeError as error:
        raise BaselineError(
            f"the baseline is not JSON: {error.msg}; is a merge left open?",
            Location(str(path), error.lineno, error.colno),
        ) from None
    except RecursionError:
        raise BaselineError("the baseline is nested too deeply", Location(str(path))) from None
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise BaselineError(
            f"is no baseline of this version (schema {SCHEMA}); "
            "`culture-lint baseline create` makes one",
            Location(str(path)),
        )
    found = data.get("findings")
    if not isinstance(found, list):
        raise BaselineError("the baseline has no list of findings", Location(str(path)))
    return Baseline([_entry(path, number, one) for number, one in enumerate(found, 1)], path)


def _entry(path: Path, number: int, value: Any) -> Entry:
    if isinstance(value, dict) and set(value) <= set(_KEYS):
        count = value.get("count")
        whole = isinstance(count, int) and not isinstance(count, bool) and count > 0
        value = {"item": "", "reason": "", **value}
        if whole and all(isinstance(value.get(key), str) for key in _KEYS if key != "count"):
            return Entry(**value)
    raise BaselineError(
        f"finding {number} of the baseline is not as it was written; "
        "`culture-lint baseline update` writes it again",
        Location(str(path)),
    )


def dumped(entries: Iterable[Entry]) -> str:
    """Return a baseline as it is written: sorted, one finding a line, no dates."""
    lines = [
        json.dumps({key: getattr(entry, key) for key in _KEYS}, ensure_ascii=False)
        for entry in sorted(entries)
    ]
    inner = ",\n".join(f"  {line}" for line in lines)
    body = f"[\n{inner}\n ]" if lines else "[]"
    return f'{{"schema": "{SCHEMA}",\n "findings": {body}}}\n'
