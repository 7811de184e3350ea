"""Judge whether the copy is in a language that the market reads."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import cache

from culture_lint.judging.findings import Case, Finding, spread
from culture_lint.judging.own import own_reading
from culture_lint.judging.registry import describes, judge
from culture_lint.knowledge.model import Evidence, Reading, SourceRef
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.knowledge.scales import Severity
from culture_lint.language.detection import letters_in
from culture_lint.language.scripts import same_language
from culture_lint.sources.items import Role

RULE = "global/content-language"
#: Letters that a segment must have before its language is held against it.
ENOUGH = 40

_CLDR = Evidence(
    "dataset",
    True,
    (
        SourceRef(
            "Unicode CLDR, languages by territory",
            "https://www.unicode.org/cldr/charts/latest/supplemental/territory_language_information.html",
            "",
            "2026-11-21",
        ),
    ),
)


@judge("language")
def judge_language(case: Case) -> Iterator[Finding]:
    """Yield one finding when the item's language is none that a market's ruleset names."""
    language = case.tongue.item.language
    if language is None:
        return
    possible = case.tongue.possible
    foreign: tuple[str, ...] = case.plan.once(
        ("foreign", possible), lambda: _foreign(case, possible)
    )
    if not foreign:
        return
    for number, segment in enumerate(case.item.segments):
        if segment.role is not Role.CATEGORY and _is_enough(segment.text):
            reading = _reading(language)
            end = len(segment.text.rstrip())
            yield Finding(reading.id, number, 0, end, language, (), spread(foreign, reading))
            return


def _foreign(case: Case, possible: tuple[str, ...]) -> tuple[str, ...]:
    """Return the markets that read none of the languages the copy may be in."""
    return tuple(
        market.id
        for market in case.plan.markets
        if market.languages
        and {same_language(one) for one in possible}.isdisjoint(
            map(same_language, market.languages + market.also_read)
        )
    )


def _is_enough(text: str) -> bool:
    return len(text) >= ENOUGH and letters_in(text) >= ENOUGH


@describes("language")
def describe(_knowledge: Knowledge) -> Iterator[Reading]:
    """Yield the one reading of this kind."""
    yield dataclasses.replace(
        _reading(""),
        message="The copy is in a language that buyers in this market do not expect.",
    )


@cache
def _reading(language: str) -> Reading:
    return own_reading(
        RULE,
        signified="copy that few buyers in this market can read",
        severity=Severity.MINOR,
        category="language",
        dimension="D8",
        mqm="locale-convention/language",
        message=f"This copy is in “{language}”, which is no language that buyers in this market expect.",
        rewrite="Translate the copy; `culture-lint markets` lists the languages of each market.",
        evidence=_CLDR,
        reviewed="2026-11-21",
    )
