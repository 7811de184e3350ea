"""Judge quotation marks: those of another language give a translation away."""

from __future__ import annotations

from collections.abc import Iterator

from culture_lint.judging.findings import Case, Finding
from culture_lint.judging.locale.rules import SPOKEN, Convention, Rules, homes
from culture_lint.judging.registry import describes, judge
from culture_lint.knowledge.scales import Severity

_RULES = Rules(
    {
        "quotation-marks": Convention(
            Severity.INFO,
            "linguistic-conventions/punctuation",
            (
                (
                    "Unicode CLDR 48, delimiters",
                    "https://github.com/unicode-org/cldr-json",
                    "package cldr-misc-full 48.2.0, delimiters.json",
                ),
                (
                    "International variation in quotation marks",
                    "http://en.wikipedia.org/wiki/Quotation_mark,_non-English_usage",
                    "Wikipedia",
                ),
            ),
            "quotation marks of another language",
            "“{match}” stands in quotation marks of another language{count}.",
            "Use the market's own quotation marks, or straight ones.",
            "dataset",
        )
    }
)
describes("locale-quotes")(_RULES.describe)


@judge("locale-quotes")
def judge_quotes(case: Case) -> Iterator[Finding]:
    """Yield the first quotation of an item that stands in foreign marks."""
    from culture_lint.language.quotes import foreign_quotes, may_quote

    by_market: dict[str, list[tuple[int, int, int, str]]] = {}
    language = ""
    for number, segment in enumerate(case.item.segments):
        if segment.role not in SPOKEN or not may_quote(segment.text):
            continue
        for market, home in homes(case, number):
            language = language or home.language
            for start, end, said in foreign_quotes(segment.text, home.language, home.territory):
                by_market.setdefault(market, []).append((number, start, end, said))
    told: dict[tuple[int, int, int, str, int], list[str]] = {}
    for market, found in by_market.items():
        told.setdefault((*found[0], len(found)), []).append(market)
    for (number, start, end, said, count), markets in told.items():
        yield _RULES.finding(
            "quotation-marks", number, start, end, markets, said, language, "safe", count
        )
