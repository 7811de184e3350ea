"""Judge telephone numbers: can readers in the market dial them as they stand."""

from __future__ import annotations

from collections.abc import Iterator

from culture_lint.judging.findings import Case, Finding
from culture_lint.judging.locale.rules import SPOKEN, Convention, Rules, homes
from culture_lint.judging.registry import describes, judge
from culture_lint.knowledge.scales import Severity

_RULES = Rules(
    {
        "phone-format": Convention(
            Severity.INFO,
            "locale-convention/telephone-format",
            (
                (
                    "ITU-T Recommendation E.123, notation for telephone numbers",
                    "http://www.tripatlas.com/E.123",
                    "as summed up there: + and the country code for callers abroad",
                ),
                (
                    "Calling a toll free number from abroad",
                    "https://www.howtocallabroad.com/qa/toll-free.html",
                    "it may not work, and is not free",
                ),
            ),
            "a number that callers of this market reach at their own cost, or not at all",
            "“{match}” is a telephone number of another country.",
            "Give a number of the market, or the international form: + and the country code.",
        )
    }
)
describes("locale-phones")(_RULES.describe)


@judge("locale-phones", of_numbers=True)
def judge_phones(case: Case) -> Iterator[Finding]:
    """Yield the first number of an item that is of another country."""
    from culture_lint.language.phones import foreign_phone, may_call

    numbers = [
        n for n, one in enumerate(case.item.segments) if one.role in SPOKEN and may_call(one.text)
    ]
    if not numbers:
        return
    whole = "\n".join(one.text for one in case.item.segments)
    done: set[str] = set()
    for number in numbers:
        text = case.item.segments[number].text
        told: dict[tuple[int, int], list[str]] = {}
        for market, home in homes(case, number):
            found = foreign_phone(text, whole, home.language, home.territory)
            if found is not None and market not in done:
                done.add(market)
                told.setdefault((found.start, found.end), []).append(market)
        for (start, end), markets in told.items():
            yield _RULES.finding("phone-format", number, start, end, markets)
