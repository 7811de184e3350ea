"""Spare what belongs to the brand: its own names, and passages that it has decided to say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from culture_lint.judging.findings import Finding
from culture_lint.judging.selectors import fit
from culture_lint.settings import Brand, Term
from culture_lint.sources.items import Item


def spared(findings: Iterable[Finding], item: Item, brand: Brand) -> list[Finding]:
    """Return the findings without those that lie inside a name or an allowed term of the brand.

    A name counts as it is written or in capitals, a term in any case; a term that is narrowed
    spares a finding only in its markets and of its rules.
    """
    kept: list[Finding] = []
    for one in findings:
        text = item.segments[one.segment].text
        if any(_inside(one, pattern, text) for pattern in _names(brand)):
            continue
        for term, pattern in _terms(brand):
            if one.by_market and _inside(one, pattern, text):
                one = _without(one, term)
        if one.by_market:
            kept.append(one)
    return kept


def _inside(finding: Finding, pattern: re.Pattern[str], text: str) -> bool:
    return any(
        found.start() <= finding.start and finding.end <= found.end()
        for found in pattern.finditer(text)
    )


def _without(finding: Finding, term: Term) -> Finding:
    """Return a finding without the markets in which a term may be said."""
    by_market = tuple(
        (market, reading)
        for market, reading in finding.by_market
        if (term.markets and not _covers(term.markets, market))
        or (term.rules and not any(fit(reading, rule) for rule in term.rules))
    )
    return replace(finding, by_market=by_market)


def _covers(markets: Iterable[str], market: str) -> bool:
    """Tell whether a market is one of those named, or a community below one."""
    whole = market.lower()
    return any(whole == one.lower() or whole.startswith(f"{one.lower()}/") for one in markets)


#: What a word of these scripts may not touch; others write words together or with endings.
_WORD = r"[^\W_]"
_SPACED = re.compile(r"[0-9A-Za-z\u00c0-\u052f\u1e00-\u1fff]")


def _bounded(words: str) -> str:
    """Return a pattern of words as written, with any blanks between them, as whole words."""
    body = r"\s+".join(re.escape(part) for part in words.split())
    first, last = words.strip()[0], words.strip()[-1]
    before = f"(?<!{_WORD})" if _SPACED.match(first) else ""
    after = f"(?!{_WORD})" if _SPACED.match(last) else ""
    return f"{before}{body}{after}"


@lru_cache(maxsize=64)
def _names(brand: Brand) -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(f"{_bounded(name)}|{_bounded(name.upper())}")
        for name in brand.names
        if name.strip()
    )


@lru_cache(maxsize=64)
def _terms(brand: Brand) -> tuple[tuple[Term, re.Pattern[str]], ...]:
    return tuple((one, re.compile(_bounded(one.text), re.IGNORECASE)) for one in brand.terms)
