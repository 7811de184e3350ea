"""Judge whether copy keeps the conventions of the market whose language it is in.

Copy in another language is not localised yet, so nothing here applies to it. What is conventional
comes from the Unicode CLDR; `culture_lint.language` reads the numbers, sizes and pronouns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from culture_lint.judging.findings import Case, Finding
from culture_lint.judging.own import own_reading
from culture_lint.judging.registry import describes, judge
from culture_lint.knowledge.model import (
    Alternative,
    Evidence,
    Reading,
    Severity,
    SourceRef,
)
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.language.conventions import (
    Conventions,
    cldr_version,
    conventions,
    territory_of,
    words,
)
from culture_lint.sources.items import Role, Segment

if TYPE_CHECKING:
    from culture_lint.language.amounts import Amount

_TODAY = "2026-11-21"
_SPOKEN = (Role.TITLE, Role.SUBTITLE, Role.BULLET, Role.DESCRIPTION, Role.ALT)
_UNJUDGED = (Role.CATEGORY, Role.BRAND)
#: Where an amount is the price of the thing: not in a long blurb, which may speak of others.
_OFFERING = (Role.TITLE, Role.SUBTITLE, Role.BULLET, Role.DESCRIPTION, Role.PRICE)
_SHORT = 200
_BODY = (Role.SUBTITLE, Role.BULLET, Role.DESCRIPTION)

#: What any check of numbers needs: a digit with a mark, a unit or the name of a system beside it.
_NUMBERS = re.compile(
    r"[0-9](?:[.,/'’-][0-9]|[ \u00a0\u202f-]?(?:[$€£¥₹₽₺₩₪°℉]"
    r"|(?i:lb|oz|fl|ft|fe|ga|yd|ya|in|po|ou|on|un|gr|[ap]\.?\s?m|us|uk|eu|jp|br|mx|kr|cn|tl|rs|usd))"
    r"|(?<=[$€£¥₹₽₺₩₪][0-9])|(?<=[$€£¥₹₽₺₩₪][ \u00a0][0-9])"
    r"|(?<=[A-Z][0-9])|(?<=[A-Z][ :.\u00a0-][0-9])|(?<=[sSeE][0-9])|(?<=[sSeE] [0-9]))"
)
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "ur", "he", "ps", "ckb"})
_PLAIN_PRICE = re.compile(r"(?:[A-Z]{3})?[\d.,\s]+(?:[A-Z]{3})?")

Homes = tuple[tuple[str, Conventions], ...]


@judge("locale")
def judge_locale(case: Case) -> Iterator[Finding]:
    """Yield what breaks the conventions of a market in copy written in its language."""
    for number, segment in enumerate(case.item.segments):
        text = segment.text
        if _NUMBERS.search(text) is not None and segment.role not in _UNJUDGED:
            yield from _numbers(case, number, segment)
        if not text.isascii() and segment.role is not Role.CATEGORY:
            yield from _letters(case, number, text)
    yield from _sizes(case)
    yield from _addresses(case)
    yield from _weekends(case)


def _homes(case: Case, number: int) -> Homes:
    """Return the markets that read a segment's language, with their conventions."""
    language = case.tongue.segment(number).language
    if language is None:
        return ()
    return tuple(_speaking(case, language))


def _speaking(case: Case, language: str) -> Iterator[tuple[str, Conventions]]:
    for market in case.plan.markets:
        if language in market.languages:
            home = conventions(language, territory_of(market.id))
            if home is not None:
                yield market.id, home


# -- numbers --------------------------------------------------------------------------------------


def _numbers(case: Case, number: int, segment: Segment) -> Iterator[Finding]:
    from culture_lint.language.amounts import amounts
    from culture_lint.language.measures import may_measure

    text = segment.text
    money = tuple(amounts(text))
    measured = segment.role is not Role.PRICE and may_measure(text)
    if segment.role is Role.PRICE and _PLAIN_PRICE.fullmatch(text.strip()) is not None:
        return
    # Only now is the language worth its price.
    homes = _homes(case, number) if money or measured else ()
    if homes and money:
        yield from _prices(number, text, money, homes)
        yield from _foreign_money(case, number, money[0], homes)
    if homes and measured:
        yield from _measures(case, number, text, homes)


def _measures(case: Case, number: int, text: str, homes: Homes) -> Iterator[Finding]:
    from culture_lint.language.measures import foreign_clock, imperial_only, swapped_dates

    by_place: dict[tuple[int, int, str, str], list[str]] = {}
    whole = "\n".join(one.text for one in case.item.segments)
    imperial = words("lenient", "imperial")
    for market, home in homes:
        for start, end, said in swapped_dates(text, home):
            by_place.setdefault((start, end, "date-order", said), []).append(market)
        for start, end, said in foreign_clock(text, home):
            by_place.setdefault((start, end, "12-hour-clock", said), []).append(market)
        if home.language != "en" and home.territory not in imperial:
            for one in imperial_only(text, whole, home):
                said = f"{one.metric} ({text[one.start : one.end]})"
                key = (one.start, one.end, "imperial-units", said)
                by_place.setdefault(key, []).append(market)
    for (start, end, slug, said), markets in sorted(by_place.items()):
        fix = "safe" if slug == "date-order" else "unsafe"
        yield _finding(slug, number, start, end, markets, said, homes[0][1].language, fix)


def _prices(number: int, text: str, money: Iterable[Amount], homes: Homes) -> Iterator[Finding]:
    from culture_lint.language.amounts import corrected

    for amount in money:
        before, after = text[amount.start : amount.first], text[amount.last : amount.end]
        wrong: dict[tuple[str, str, bool], list[str]] = {}
        for market, home in homes:
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
            language = homes[0][1].language
            yield _finding(slug, number, amount.start, amount.end, markets, said, language, fix)


def _stands_behind(sign: str, leads: bool, home: Conventions) -> bool:
    """Tell whether a sign that always leads in this language stands behind its number."""
    return not leads and home.sign_first and home.language == "en" and sign in ("$", "£", "₹")


def _foreign_money(case: Case, number: int, here: Amount, homes: Homes) -> Iterator[Finding]:
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
        for market, home in homes
        if home.currencies and all(home.currencies.isdisjoint(one.currencies) for _, one in found)
    ]
    if foreign:
        yield _finding("foreign-currency", number, here.start, here.end, foreign)


# -- sizes ----------------------------------------------------------------------------------------


def _sizes(case: Case) -> Iterator[Finding]:
    segments = case.item.segments
    if not any(_LABELLED.search(one.text) for one in segments):
        return
    from culture_lint.language.measures import foreign_size, may_be_foreign, sizes, sold_by_size

    texts = [one.text for one in segments if one.role not in (Role.PRICE, Role.BRAND)]
    for number, segment in enumerate(segments):
        if segment.role in (*_UNJUDGED, Role.PRICE):
            continue
        found = [one for one in sizes(segment.text) if may_be_foreign(one)]
        if not found:
            continue
        homes = _homes(case, number)
        if not homes or not sold_by_size(texts, homes[0][1].language):
            continue
        sized = [one.text for one in segments if one.attribute == "size" and one.text.strip()]
        markets = [market for market, home in homes if foreign_size(texts, sized, home.territory)]
        if markets:
            yield _finding("size-system", number, found[0].start, found[0].end, markets)
            return


_LABELLED = re.compile(
    r"[0-9](?:(?<=[URSKPNXTEA][0-9])|(?<=[URSKPNXTEA][ :.\u00a0-][0-9])|(?<=[sS] [0-9])|(?<=[eE] [0-9])"
    r"|[.,0-9]{0,3}[ \u00a0]?(?:EU|US|UK|JP|BR|MX|KR|CN))"
)


# -- forms of address -----------------------------------------------------------------------------


def _addresses(case: Case) -> Iterator[Finding]:
    language = case.tongue.item.language
    if language is None or language not in _ADDRESSING:
        return
    from culture_lint.language import formality

    segments = case.item.segments
    if not any(formality.may_address(language, one.text) for one in segments):
        return
    markets = [market.id for market in case.plan.markets if language in market.languages]
    spoken = [(n, one) for n, one in enumerate(segments) if one.role in _SPOKEN]
    if not markets or any(formality.is_inscription(language, one.text) for _, one in spoken):
        return
    # Where there is no "vosotros", "ustedes" is the plural of both forms.
    plural = language != "es" or all(territory_of(market) == "ES" for market in markets)
    read = {
        n: formality.addresses(language, one.text, plural_is_formal=plural) for n, one in spoken
    }
    places: Iterable[list[int]] = [[n] for n, _ in spoken]
    body = [n for n, one in spoken if one.role in _BODY]
    for group in (*places, body):
        rarer = formality.mixed([one for n in group for one in read[n]])
        if rarer is None:
            continue
        number = next(n for n in group if rarer in read[n])
        text = segments[number].text[rarer.start : rarer.end]
        said = "" if rarer.formal else formality.formal_possessive(language, text)
        yield _finding(
            "mixed-address", number, rarer.start, rarer.end, markets, said, language, "unsafe"
        )
        return


_ADDRESSING = frozenset({"de", "fr", "es", "it", "nl", "ru", "tr", "hi"})


# -- letters and the weekend ----------------------------------------------------------------------


def _letters(case: Case, number: int, text: str) -> Iterator[Finding]:
    from culture_lint.language.joining import broken_letters

    homes: Homes | None = None
    for one in broken_letters(text):
        if homes is None:
            homes = _homes(case, number)
        markets = [market for market, home in homes if home.language in _RIGHT_TO_LEFT]
        if not markets:
            return
        language = homes[0][1].language
        fix = "safe" if one.exact else "unsafe"
        yield _finding(
            _BROKEN[one.how], number, one.start, one.end, markets, one.mended, language, fix
        )


_BROKEN = {
    "parted": "parted-letters",
    "frozen": "presentation-forms",
    "cut": "invisible-characters",
    "unbalanced": "direction-marks",
}


def _weekends(case: Case) -> Iterator[Finding]:
    from culture_lint.language.measures import other_weekend

    for number, segment in enumerate(case.item.segments):
        text = segment.text
        if segment.role not in _SPOKEN or not _names_weekend(text):
            continue
        found: dict[tuple[int, int, bool], list[str]] = {}
        for market, home in _homes(case, number):
            for place in other_weekend(text, home):
                found.setdefault(place, []).append(market)
        for (start, end, wrong), markets in sorted(found.items()):
            slug = "weekend-days" if wrong else "weekend-day"
            yield _finding(slug, number, start, end, markets)


def _names_weekend(text: str) -> bool:
    if "eekend" in text:
        return True
    return not text.isascii() and any(word in text for word in _weekend_words())


@cache
def _weekend_words() -> tuple[str, ...]:
    return tuple(word for language in ("ar", "he", "fa") for word in words("weekend", language))


# -- what is said ---------------------------------------------------------------------------------

_CLDR = ("https://www.unicode.org/cldr/charts/latest/by_type/index.html", "")
_UNICODE = ("https://www.unicode.org/versions/latest/core-spec/chapter-9/", "chapter 9.2, Arabic")
_SOURCES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "numbers": (("Unicode CLDR {cldr}, number and currency formats", *_CLDR),),
    "dates": (("Unicode CLDR {cldr}, date and time formats", *_CLDR),),
    "weekend": (
        (
            "Unicode CLDR {cldr}, week data",
            "https://www.unicode.org/cldr/charts/latest/supplemental/territory_information.html",
            "",
        ),
        (
            "UAE makes major changes to working week",
            "https://www.thenationalnews.com/uae/government/2021/12/07/breaking-uae-makes-major-changes-to-working-week/",
            "The National, 2021-12-07: Saturday and Sunday since 1 January 2022",
        ),
    ),
    "sizes": (
        (
            "ISO 19407:2023, Footwear: Sizing: Conversion of sizing systems",
            "https://ysmo.gso.org.sa/store/standards/iso:pub:std:IS:83106/ISO%2019407:2023?lang=en",
            "",
        ),
        (
            "Japan shoe size",
            "https://www.knowsize.com/japan-shoe-size",
            "JIS S 5037:1998: length of the foot in centimetres",
        ),
    ),
    "units": (
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
    ),
    "address": (
        (
            "The pronouns of power and solidarity",
            "",
            "R. Brown and A. Gilman, in: T. A. Sebeok (ed.), Style in Language, MIT Press 1960",
        ),
    ),
    "letters": (("The Unicode Standard, Middle East-I: Modern and Liturgical Scripts", *_UNICODE),),
    "direction": (
        (
            "Unicode Standard Annex 9, Unicode Bidirectional Algorithm",
            "https://www.unicode.org/reports/tr9/",
            "",
        ),
    ),
}
_KINDS = {"numbers": "dataset", "dates": "dataset", "weekend": "dataset"}

#: Slug -> severity, MQM type, sources, signified, message, rewrite.
_RULES: dict[str, tuple[Severity, str, str, str, str, str]] = {
    "price-format": (
        Severity.MINOR,
        "locale-convention/number-format",
        "numbers",
        "a price in another country's format: at best foreign, at worst a different amount",
        "“{match}” uses the point and the comma the other way round than this market does; the price can be misread.",
        "Write the price with the market's own decimal sign and thousands separator.",
    ),
    "currency-position": (
        Severity.INFO,
        "locale-convention/currency-format",
        "numbers",
        "a price as other languages write it",
        "In “{match}” the currency sign follows the number; in this language it leads.",
        "Put the sign before the number.",
    ),
    "foreign-currency": (
        Severity.INFO,
        "locale-convention/currency-format",
        "numbers",
        "an amount that buyers must convert",
        "“{match}” is not in the money of this market, and the item gives no amount that is.",
        "Give the amount in the market's currency, or beside it.",
    ),
    "date-order": (
        Severity.MINOR,
        "locale-convention/date-format",
        "dates",
        "no date at all: the month stands where this market has the day",
        "“{match}” has day and month the wrong way round for this market; read its way, there is no such date.",
        "Write day, month and year in the market's order.",
    ),
    "12-hour-clock": (
        Severity.INFO,
        "locale-convention/time-format",
        "dates",
        "a time of day as another country writes it",
        "“{match}” counts the hours twice to twelve; this market counts to 24.",
        "Write the time on the 24-hour clock.",
    ),
    "weekend-days": (
        Severity.MINOR,
        "locale-convention/date-format",
        "weekend",
        "working days: the weekend of this market is on other days",
        "“{match}” is not the weekend in this market; a date or an offer tied to it goes wrong.",
        "Name the market's own weekend, or the days alone.",
    ),
    "weekend-day": (
        Severity.INFO,
        "locale-convention/date-format",
        "weekend",
        "a weekend of which one day is a working day here",
        "“{match}” is not quite the weekend of this market.",
        "Name the market's own weekend, or the days alone.",
    ),
    "size-system": (
        Severity.MINOR,
        "locale-convention/measurement-format",
        "sizes",
        "a size that buyers of this market cannot choose by",
        "“{match}” is the only size given, in a system that this market does not use; add the local one.",
        "Give the market's own size and keep the other in brackets, from the maker's conversion table.",
    ),
    "imperial-units": (
        Severity.MINOR,
        "locale-convention/measurement-format",
        "units",
        "a measure that says little to readers who know metric units",
        "“{match}” stands here without a metric measure; give that first.",
        "Give the metric measure; the other may stand beside it in brackets.",
    ),
    "mixed-address": (
        Severity.MINOR,
        "style/register",
        "address",
        "formal and familiar address in one text; it reads as careless or translated by machine",
        "The copy addresses its reader formally and familiarly; “{match}” is the form it uses less.",
        "Decide for one form of address and change every pronoun and verb to match.",
    ),
    "parted-letters": (
        Severity.MAJOR,
        "linguistic-conventions/unintelligible",
        "letters",
        "letters torn apart by software that cannot join them; nobody can read it",
        "“{match}” is a row of single letters: the words were torn apart, and perhaps turned round, on the way here.",
        "Set the text again from its source with software that joins and orders the letters.",
    ),
    "presentation-forms": (
        Severity.MINOR,
        "linguistic-conventions/character-encoding",
        "letters",
        "frozen letter shapes, which search, line breaking and screen readers cannot handle",
        "“{match}” is written in presentation forms, which is how layout software exports shapes; use plain letters.",
        "Put in the plain letters; fonts choose the shapes.",
    ),
    "invisible-characters": (
        Severity.MINOR,
        "linguistic-conventions/character-encoding",
        "letters",
        "a word cut in two: an invisible character keeps its letters from joining",
        "An invisible character inside “{match}” keeps its letters from joining.",
        "Take the invisible character out.",
    ),
    "direction-marks": (
        Severity.MINOR,
        "linguistic-conventions/character-encoding",
        "direction",
        "text whose direction is forced and never released; digits and brackets turn round",
        "A direction override opens here and is never closed, which turns what follows round.",
        "Close the override or take it out.",
    ),
}


@describes("locale")
def describe(_knowledge: Knowledge) -> Iterator[Reading]:
    """Yield the reading of each convention."""
    for slug in sorted(_RULES):
        yield _reading(slug, "", "", "none")


@lru_cache(maxsize=1024)
def _reading(slug: str, said: str, language: str, fix: str) -> Reading:
    severity, mqm, sources, signified, message, rewrite = _RULES[slug]
    address = slug == "mixed-address"
    return own_reading(
        f"global/{slug}",
        signified=signified,
        severity=severity,
        category="address" if address else "locale",
        dimension="D6" if address else "D8",
        mqm=mqm,
        message=message,
        rewrite=rewrite,
        instead=(Alternative(said, language, (), fix),) if said else (),
        evidence=_evidence(sources),
        reviewed=_TODAY,
    )


@cache
def _evidence(name: str) -> Evidence:
    kind = _KINDS.get(name, "practice")
    found = tuple(
        SourceRef(title.format(cldr=cldr_version()) if "{" in title else title, url, cite, _TODAY)
        for title, url, cite in _SOURCES[name]
    )
    return Evidence(kind, kind == "dataset", found)


def _finding(
    slug: str,
    number: int,
    start: int,
    end: int,
    markets: Iterable[str],
    said: str = "",
    language: str = "",
    fix: str = "none",
) -> Finding:
    reading = _reading(slug, said, language, fix)
    by_market = tuple((market, reading) for market in markets)
    return Finding(reading.id, number, start, end, slug, (), by_market)
