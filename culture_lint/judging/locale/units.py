"""Judge measures: units that readers of the market do not know."""

from __future__ import annotations

from collections.abc import Iterator

from culture_lint.judging.findings import Case, Finding
from culture_lint.judging.locale.rules import UNJUDGED, Convention, Rules, homes
from culture_lint.judging.registry import describes, judge
from culture_lint.knowledge.model import Severity
from culture_lint.language.conventions import words
from culture_lint.sources.items import Role

_UNITS = (
    (
        "Directive 80/181/EEC on units of measurement",
        "https://www.legislation.gov.uk/eudr/1980/181/contents",
        "for the European Union, articles 1 and 3: other units may stand beside metric ones",
    ),
    (
        "The International System of Units",
        "https://www.bipm.org/en/publications/si-brochure",
        "",
    ),
)
_RULES = Rules(
    {
        "imperial-units": Convention(
            Severity.MINOR,
            "locale-convention/measurement-format",
            _UNITS,
            "a measure that says little to readers who know metric units",
            "“{match}” stands here without a metric measure; give that first.",
            "Give the metric measure; the other may stand beside it in brackets.",
        ),
    }
)
describes("locale-units")(_RULES.describe)


@judge("locale-units")
def judge_units(case: Case) -> Iterator[Finding]:
    """Yield measures that an item gives in no unit of the market."""
    from culture_lint.language.measures import imperial_only, may_measure

    imperial = words("lenient", "imperial")
    whole = ""
    for number, segment in enumerate(case.item.segments):
        if segment.role in (*UNJUDGED, Role.PRICE) or not may_measure(segment.text):
            continue
        whole = whole or "\n".join(one.text for one in case.item.segments)
        text = segment.text
        by_place: dict[tuple[int, int, str], list[str]] = {}
        at_home = homes(case, number)
        for market, home in at_home:
            if home.language != "en" and home.territory not in imperial:
                for one in imperial_only(text, whole, home):
                    said = f"{one.metric} ({text[one.start : one.end]})"
                    by_place.setdefault((one.start, one.end, said), []).append(market)
        for (start, end, said), markets in sorted(by_place.items()):
            language = at_home[0][1].language
            yield _RULES.finding(
                "imperial-units", number, start, end, markets, said, language, "unsafe"
            )
