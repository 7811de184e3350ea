"""Judge prices: their decimal sign, where the currency stands, whose money it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from culture_lint.judging.findings import Case, Finding
from culture_lint.judging.locale.rules import CLDR, UNJUDGED, Convention, Homes, Rules, homes
from culture_lint.judging.registry import describes, judge
from culture_lint.knowledge.scales import Severity
from culture_lint.language.conventions import Conventions
from culture_lint.sources.items import Role

if TYPE_CHECKING:
    from culture_lint.language.amounts import Amount

_FORMATS = (
    (
        "Unicode CLDR {cldr}, number and currency formats",
        CLDR,
        "",
    ),
)
_RULES = Rules(
    {
        "price-format": Convention(
            Severity.MINOR,
            "locale-convention/number-format",
            _FORMATS,
            "a price in another country's format: at best foreign, at worst a different amount",
            "“{match}” uses the point and the comma the other way round than this market does; the price can be misread.",
            "Write the price with the market's own decimal sign and thousands separator.",
            "dataset",
        ),
        "currency-position": Convention(
            Severity.INFO,
            "locale-convention/currency-format",
            _FORMATS,
            "a price as other languages write it",
            "In “{match}” the currency sign follows the number; in this language it leads.",
            "Put the sign before the number.",
            "dataset",
        ),
        "foreign-currency": Convention(
            Severity.INFO,
            "locale-convention/currency-format",
            _FORMATS,
            "an amount that buyers must convert",
            "“{match}” is not in the money of this market, and the item gives no amount that is.",
            "Give the amount in the market's currency, or beside it.",
            "dataset",
        ),
    }
)
describes("locale-money")(_RULES.describe)

#: Where an amount is the price of the thing: not in a long blurb, which may speak of others.
_OFFERING = (Role.TITLE, Role.SUBTITLE, Role.BULLET, Role.DESCRIPTION, Role.PRICE)
_SHORT = 200
#: What any check of numbers needs: a digit with a mark, a unit or the name of a system beside it.
_NUMBERS = re.compile(
    r"[0-9](?:[.,/'’-][0-9]|[ \u00a0\u202f-]?(?:[$€£¥₹₽₺₩₪°℉]"
    r"|(?i:lb|oz|fl|ft|fe|ga|yd|ya|in|po|ou|on|un|gr|[ap]\.?\s?m|us|uk|eu|jp|br|mx|kr|cn|tl|rs|usd))"
    r"|(?<=[$€£¥₹₽₺₩₪][0-9])|(?<=[$€£¥₹₽₺₩₪][ \u00a0][0-9])"
    r"|(?<=[A-Z][0-9])|(?<=[A-Z][ :.\u00a0-][0-9])|(?<=[sSeE][0-9])|(?<=[sSeE] [0-9]))"
)
_PLAIN_PRICE = re.compile(r"(?:[A-Z]{3})?[\d.,\s]+(?:[A-Z]{3})?")


@judge("locale-money", of_numbers=True)
def judge_money(case: Case) -> Iterator[Finding]:
    """Yield the prices that are written as in another country."""
    for number, segment in enumerate(case.item.segments):
        text = segment.text
        if segment.role in UNJUDGED or _NUMBERS.search(text) is None:
            continue
        if segment.role is Role.PRICE and _PLAIN_PRICE.fullmatch(text.strip()) is not None:
            continue
        from culture_lint.language.amounts import amounts

        money = tuple(amounts(text))
        # Only now is the language worth its price.
        at_home = homes(case, number) if money else ()
        if at_home:
            yield from _prices(number, text, money, at_home)
            yield from _foreign_money(case, number, money[0], at_home)


def _prices(number: int, text: str, money: Iterable[Amount], at_home: Homes) -> Iterator[Finding]:
    from culture_lint.language.amounts import corrected

    for amount in money:
        before, after = text[amount.start : amount.first], text[amount.last : amount.end]
        wrong: dict[tuple[str, str, bool], list[str]] = {}
        for market, home in at_home:
            number_said = corrected(amount, text, home)
            behind = _stands_behind(amount.sign, amount.leads, home)
            if number_said is None and not behind:
                continue
            slug = "price-format" if number_said else "currency-position"
            said, sure = number_said or (amount.number, True)
            said = amount.sign + said if behind else before + said + after
            wrong.setdefault((slug, said, sure), []).append(market)
        for (slug, said, sure), markets in sorted(wrong.items()):
            fix = "safe" if sure else "unsafe"
            language = at_home[0][1].language
            yield _RULES.finding(
                slug, number, amount.start, amount.end, markets, said, language, fix
            )


def _stands_behind(sign: str, leads: bool, home: Conventions) -> bool:
    """Tell whether a sign that always leads in this language stands behind its number."""
    return not leads and home.sign_first and home.language == "en" and sign in ("$", "£", "₹")


def _foreign_money(case: Case, number: int, here: Amount, at_home: Homes) -> Iterator[Finding]:
    """Yield the first amount of an item when none of its amounts is in the market's money."""
    from culture_lint.language.amounts import amounts
    from culture_lint.language.measures import sizes

    segment = case.item.segments[number]
    if segment.role not in _OFFERING or (here.sign.isalpha() and len(here.sign) < 3):
        return
    if segment.role is Role.DESCRIPTION and len(segment.text) > _SHORT:
        return
    if here.sign == "EUR" and any(one.start == here.start for one in sizes(segment.text)):
        return
    found = [(n, one) for n, other in enumerate(case.item.segments) for one in amounts(other.text)]
    if found[0][0] != number:
        return
    foreign = [
        market
        for market, home in at_home
        if home.currencies and all(home.currencies.isdisjoint(one.currencies) for _, one in found)
    ]
    if foreign:
        yield _RULES.finding("foreign-currency", number, here.start, here.end, foreign)
