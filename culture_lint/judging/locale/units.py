"""Judge measures: units that readers of the market do not know."""

from __future__ import annotations

from collections.abc import Iterator

from culture_lint.judging.findings import Case, Finding
from culture_lint.judging.locale.rules import SPOKEN, UNJUDGED, Convention, Rules, homes
from culture_lint.judging.registry import describes, judge
from culture_lint.knowledge.scales import Severity
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
_HEAT = (
    (
        "Gas Mark to Celsius Converter: °C, °F and gas marks, where each is used",
        "https://hacecuentas.com/en/oven-temperature-gas-electric-conversion",
        "",
    ),
    (
        "Oven temperatures: Fahrenheit, Celsius, gas mark",
        "https://www.nannymcphee.co.uk/conversion-chart-for-oven-temperatures-celsius-fahrenheit-and-gas-mark/",
        "the round figures of cookery books",
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
        "temperature-scale": Convention(
            Severity.INFO,
            "locale-convention/measurement-format",
            _HEAT,
            "a temperature that readers cannot place, or set their ovens to",
            "“{match}” is on a scale that this market does not use, and the item gives no other.",
            "Give the temperature on the market's scale; the other may stand beside it.",
        ),
    }
)
describes("locale-units")(_RULES.describe)


@judge("locale-units", of_numbers=True)
def judge_units(case: Case) -> Iterator[Finding]:
    """Yield measures that an item gives in no unit of the market."""
    yield from _imperial(case)
    yield from _temperature(case)


def _imperial(case: Case) -> Iterator[Finding]:
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


def _temperature(case: Case) -> Iterator[Finding]:
    """Yield the first temperature of an item on another scale; measures above have had their say."""
    from culture_lint.language.temperatures import foreign_temperature, may_be_hot

    numbers = [
        n for n, one in enumerate(case.item.segments) if one.role in SPOKEN and may_be_hot(one.text)
    ]
    if not numbers:
        return
    whole = "\n".join(one.text for one in case.item.segments)
    imperial = words("lenient", "imperial")
    done: set[str] = set()
    for number in numbers:
        found: dict[tuple[int, int, str], list[str]] = {}
        at_home = homes(case, number)
        for market, home in at_home:
            one = foreign_temperature(case.item.segments[number].text, whole, home.territory)
            if one is None or market in done:
                continue
            done.add(market)
            measured = home.language != "en" and home.territory not in imperial
            if not (measured and "F" in one.said.partition("(")[2]):
                found.setdefault((one.start, one.end, one.said), []).append(market)
        for (start, end, said), markets in found.items():
            language = at_home[0][1].language
            yield _RULES.finding(
                "temperature-scale", number, start, end, markets, said, language, "unsafe"
            )
