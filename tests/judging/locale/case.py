"""Ask the judges of locale conventions by themselves, without rulesets."""

from __future__ import annotations

from dataclasses import dataclass

from culture_lint.judging.findings import Case
from culture_lint.judging.plan import Plan
from culture_lint.judging.registry import judges
from culture_lint.knowledge.model import Reading
from culture_lint.knowledge.runtime import Market
from culture_lint.matching.mentions import Found
from culture_lint.matching.tongue import Tongue
from culture_lint.matching.usage import UsageReader
from culture_lint.rulecheck import TextPlaces
from culture_lint.sources.items import Item, Role, Segment

HOMES = {
    "AE": "ar, en", "AT": "de", "AR": "es", "AU": "en", "CA": "en, fr", "CN": "zh", "CO": "es", "CZ": "cs", "HK": "zh, en", "MY": "ms, en, zh", "PH": "tl, en", "PL": "pl", "PT": "pt", "SG": "en, zh", "TW": "zh", "BG": "bg", "BR": "pt", "CH": "de, fr", "DE": "de", "ES": "es", "FR": "fr", "GB": "en", "IL": "he",
    "BD": "bn, en", "KE": "en, sw", "KZ": "kk, ru", "NP": "ne", "PK": "ur, en",
    "IN": "en, hi", "IT": "it", "JP": "ja", "KR": "ko", "MX": "es", "NL": "nl", "RU": "ru", "SA": "ar", "SE": "sv", "TR": "tr", "US": "en, es",
}  # fmt: skip


LOCALE = [one for one in judges() if one.__module__.startswith("culture_lint.judging.locale.")]


def plan_for(markets: str) -> Plan:
    chosen = tuple(
        Market(
            one,
            one,
            (one,),
            tuple(HOMES[one.split("/")[0]].split(", ")),
            (),
            (),
            {},
            frozenset(),
            "",
        )
        for one in markets.split(",")
    )
    return Plan(None, chosen, {}, {})  # type: ignore[arg-type]


@dataclass(frozen=True)
class Told:
    """What one finding tells: the judge is asked by itself, without rulesets."""

    rule: str
    text: str
    markets: tuple[str, ...]
    reading: Reading

    @property
    def said(self) -> list[str]:
        return [one.say for one in self.reading.instead]


def judged(
    market: str,
    text: str | list[tuple[Role, str]],
    language: str | None,
    attribute: str | None = None,
) -> list[Told]:
    """Judge a text, or several fields of one item, for some markets."""
    parts = [(Role.DESCRIPTION, text)] if isinstance(text, str) else text
    segments = tuple(
        Segment(
            role.value, role, one, TextPlaces(one), attribute if role is Role.ATTRIBUTE else None
        )
        for role, one in parts
    )
    item = Item("t", "1", 1, segments, language)
    tongue = Tongue(item, "eld")
    case = Case(item, Found((), (), ()), tongue, UsageReader(item, tongue), plan_for(market))
    return [
        Told(
            one.rule,
            segments[one.segment].text[one.start : one.end],
            tuple(name for name, _ in one.by_market),
            one.reading,
        )
        for judge in LOCALE
        for one in judge(case)
    ]


def flagged(market: str, text: str, language: str) -> list[tuple[str, str]]:
    return [(one.rule.removeprefix("global/"), one.text) for one in judged(market, text, language)]
