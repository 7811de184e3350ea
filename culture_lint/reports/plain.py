"""What reports for machines share: a finding in one line that stands alone, and what fails the gate."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from hashlib import blake2s

from culture_lint.knowledge.scales import Severity
from culture_lint.reports.terminal import safe
from culture_lint.results import FindingReport, GateFailure, ItemReport

#: Where the built-in rules are explained, a page a scope.
PAGES = "https://github.com/culture-lint/culture-lint/blob/main/docs/rules/"

#: Embeddings, overrides and isolates of direction: one that is left open turns all that follows
#: it in the line round. (Marks, which stand for themselves alone, are good Arabic and Hebrew.)
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
#: What UTF-8 or XML 1.0 cannot hold: halves of characters, and two that are none.
_UNFIT = re.compile("[\ud800-\udfff\ufffe\uffff]")
#: Stands in a text for a placeholder or a tag.
_PLACEHOLDER = "\ufffc"
#: Most alternatives, markets and characters of the text found that a line names.
_ALTERNATIVES = 3
_MARKETS = 6
_TEXT = 80
#: Most characters of a reason: one that quotes a whole description would fill the page.
_SAID = 600


def line(text: str) -> str:
    """Return text as one line that controls nothing: no terminal, no direction, no parser's end."""
    text = _TURNING.sub("\N{REPLACEMENT CHARACTER}", safe(text.replace("\n", " ")))
    text = _UNFIT.sub("\N{REPLACEMENT CHARACTER}", text).replace(_PLACEHOLDER, "…")
    return " ".join(text.split())


def cut(text: str, most: int) -> str:
    """Return at most so many characters, with an ellipsis where it was cut."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def count(number: int, noun: str) -> str:
    """Return a number with its noun, which takes an s where there are more or fewer than one."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def markets_said(finding: FindingReport) -> str:
    """Return the markets of a finding, the first few by name."""
    return listed(finding.markets, _MARKETS)


def listed(names: tuple[str, ...], most: int) -> str:
    """Return names with commas, the last of many only counted."""
    more = f" and {len(names) - most} more" if len(names) > most + 1 else ""
    return ", ".join(map(line, names[:most] if more else names)) + more


def message(finding: FindingReport) -> str:
    """Return a finding as one line: markets, the text found, why it clashes, what to say instead."""
    said = cut(line(finding.message), _SAID)
    text = line(finding.passage[slice(*finding.passage_span)]) or line(finding.text)
    if text and text.casefold() not in said.casefold():
        said = f"“{cut(text, _TEXT)}”: {said}"
    return f"{markets_said(finding)}: {said}{_instead(finding)}"


def _instead(finding: FindingReport) -> str:
    if finding.alternatives:
        names = [f"“{cut(line(one.text), _TEXT)}”" for one in finding.alternatives[:_ALTERNATIVES]]
        return " Instead: " + " or ".join(names) + "."
    return f" {line(finding.rewrite)}" if finding.rewrite else ""


def where(report: ItemReport, finding: FindingReport) -> str:
    """Return ``path:line:column`` for people, as the path was given."""
    return f"{line(report.path)}:{finding.place.line}:{finding.place.column}"


def fails(finding: FindingReport, fail_on: str) -> tuple[str, ...]:
    """Return the markets in which a finding fails a gate of severity.

    It counts where it costs points; a blocker always does.
    """
    if fail_on == "never":
        return ()
    least = Severity(fail_on).rank
    if finding.severity.rank < least:
        return ()
    return tuple(
        market
        for market, points in finding.points.items()
        if (severity := finding.severity_in(market)).rank >= least
        and (points or severity is Severity.BLOCKER)
    )


def gate_reason(failure: GateFailure) -> str:
    """Say why the gate failed, without its market, if it has one."""
    limit, worst = line(failure.limit), line(failure.worst)
    findings, items = count(failure.count, "finding"), count(failure.count, "item")
    if failure.kind == "severity":
        return f"{findings} at or above {limit}, the worst a {worst}"
    if failure.kind == "cai":
        return f"{items} below CAI {limit}, the worst at {worst}"
    if failure.kind == "coverage":
        return f"{items} not examined, no ruleset covers the market"
    if failure.market:
        return f"not {limit} ({worst})"
    noun, what = {
        "input": ("file", "could not be read"),
        "market": ("file", "without a market that anybody names"),
        "suppression": ("suppression", "not understood"),
        "baseline": ("finding", "fewer than the baseline accepts"),
    }.get(failure.kind, (failure.kind, f"not {limit}"))
    return f"{count(failure.count, noun)} {what}; the first: {worst}"


def too_low(report: ItemReport, min_cai: float | None) -> dict[str, float]:
    """Return the scores of an item that are below the least CAI, by market."""
    if min_cai is None:
        return {}
    return {name: cai for name, cai in report.scores.items() if cai is not None and cai < min_cai}


def rule_page(rule: str, pages: str) -> str:
    """Return the address of a rule's description, empty where there is none."""
    if not pages:
        return ""
    scope, _, _ = rule.rpartition("/")
    return f"{pages}{scope.lower().replace('/', '-')}.md#{rule.lower().replace('/', '')}"


def safe_fix(finding: FindingReport) -> str | None:
    """Return the text that may replace what was found without a second thought, if there is one.

    There must be exactly one, in the language of the copy and in plain words: what a format would
    have to escape is no safe fix.
    """
    language = finding.language
    found = [
        one.text
        for one in finding.alternatives
        if one.fix == "safe" and one.language.split("-")[0] == language
    ]
    plain = len(found) == 1 and _is_plain(found[0]) and _is_plain(finding.text)
    return found[0] if plain else None


def _is_plain(text: str) -> bool:
    """Tell whether text is of letters, digits and pictures alone, which no format escapes."""
    return bool(text) and all(
        char in " -" or unicodedata.category(char)[0] in "LMN" or unicodedata.category(char) == "So"
        for char in text
    )


class Fingerprints:
    """Tell findings apart from run to run without a line number.

    Of those that are the same but for their place, each has its ordinal: consumers show equal
    fingerprints once.
    """

    def __init__(self) -> None:
        self._seen: Counter[bytes] = Counter()

    def take(self, stem: bytes) -> str:
        """Return the fingerprint of the next finding with a `stem`."""
        self._seen[stem] += 1
        count = self._seen[stem]
        return (stem if count == 1 else _digest(stem, b"%d" % count)).hex()


def stem(path: str, report: ItemReport, finding: FindingReport) -> bytes:
    """Return what makes a finding the same again in a file, whatever the markets of the run."""
    own = finding.key or f"{finding.rule}\0{report.item}\0{finding.field}\0{finding.text}"
    return stem_of(path, own)


def stem_of(path: str, own: str) -> bytes:
    """Return the stem of something else that is told of a file."""
    return _digest(path.encode("utf-8", "surrogatepass"), own.encode("utf-8", "surrogatepass"))


def _digest(*parts: bytes) -> bytes:
    return blake2s(b"\0\0".join(parts), digest_size=16).digest()
