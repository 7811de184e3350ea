"""Judge which variety of a language copy is in: British or American, simplified or traditional."""

from __future__ import annotations

import re
from collections.abc import Iterator

from culture_lint.judging.findings import Case, Finding
from culture_lint.judging.locale.rules import SPOKEN, Convention, Rules
from culture_lint.judging.registry import describes, judge
from culture_lint.knowledge.scales import Severity
from culture_lint.language.conventions import territory_of
from culture_lint.sources.items import Role

_SOURCES = (
    (
        "Oxford spelling",
        "https://en.wikipedia.org/wiki/Oxford_spelling",
        "Wikipedia: -ize is British too, -yze is not",
    ),
    (
        "breame: British and American spellings",
        "https://pypi.org/project/breame/",
        "release 0.1.2, Apache-2.0",
    ),
    (
        "OpenCC: dictionaries of simplified and traditional Chinese",
        "https://github.com/BYVoid/OpenCC",
        "Apache-2.0",
    ),
    (
        "Eszett (Rotstift AG, Rechtschreibregeln)",
        "https://rotstift-ag.ch/rechtschreibregeln/E/eszett.html",
        "ß is obligatory in Germany and Austria and not written in Switzerland",
    ),
    (
        "Acordo Ortográfico da Língua Portuguesa (1990)",
        "",
        "bases IX and XI: an acute or a circumflex accent, as each country says the word",
    ),
)
_WORD_SOURCES = (
    (
        "Fundéu BBVA: telefonía móvil, claves de redacción",
        "https://www.efefuturo.com/blog/fundeu-bbva-telefonia-movil-claves-de-redaccion/",
        "móvil is usual in Spain, celular in almost all of America",
    ),
    (
        "Wikilengua: computador",
        "https://www.wikilengua.org/index.php/computador",
        "with the Diccionario panhispánico de dudas: ordenador in Spain, computadora in America",
    ),
    (
        "Portugal e Brasil: 17 palavras diferentes mas com o mesmo significado",
        "https://vortexmag.net/portugal-e-brasil-17-palavras-diferentes-mas-com-o-mesmo-significado",
        "",
    ),
    (
        "OpenCC: dictionary of Taiwan phrases",
        "https://github.com/BYVoid/OpenCC",
        "Apache-2.0",
    ),
)
_RULES = Rules(
    {
        "spelling-variety": Convention(
            Severity.MINOR,
            "linguistic-conventions/spelling",
            _SOURCES,
            "a spelling of another country: copy that was meant for somebody else",
            "“{match}” is not spelled as this market spells it{count}.",
            "Spell the whole item as the market does; names and quotations stay as they are.",
            category="language",
        ),
        "regional-words": Convention(
            Severity.INFO,
            "style/language-register",
            _WORD_SOURCES,
            "a word of another country that speaks the same language",
            "“{match}” is said elsewhere; this market has its own word for it{count}.",
            "Use the everyday word of the market.",
            category="language",
        ),
        "mixed-spelling": Convention(
            Severity.INFO,
            "linguistic-conventions/spelling",
            _SOURCES,
            "two spellings in one text; it reads as put together from pieces",
            "“{match}” is spelled in one way and other words of this item in the other.",
            "Choose British or American spelling and keep to it.",
            category="language",
        ),
    }
)
describes("locale-spelling")(_RULES.describe)

_VARIED = frozenset({"en", "es", "pt", "zh", "de"})
#: Scripts settle Chinese, letters German; the others are looked up in word lists.
_CHINESE = re.compile("[\u4e00-\u9fff]{2}")


@judge("locale-spelling")
def judge_spelling(case: Case) -> Iterator[Finding]:
    """Yield the first word of another variety for each rule, with how many there are."""
    language = case.tongue.item.language
    if language is not None and language in _languages(case):
        yield from _judge(case, language)


def _languages(case: Case) -> frozenset[str]:
    found: frozenset[str] = case.plan.once(
        "varied",
        lambda: _VARIED & {one for market in case.plan.markets for one in market.languages},
    )
    return found


def _judge(case: Case, language: str) -> Iterator[Finding]:
    from culture_lint.language.varieties import may_differ

    numbers = [
        n
        for n, one in enumerate(case.item.segments)
        if one.role in SPOKEN and _may(language, one.text) and may_differ(language, one.text)
    ]
    # Only now is the language worth its price.
    numbers = [n for n in numbers if case.tongue.segment(n).language == language]
    if not numbers:
        return
    for slug, number, start, end, said, count, markets in _found(case, language, numbers):
        fix = ("unsafe" if slug == "regional-words" else "safe") if said else "none"
        yield _RULES.finding(slug, number, start, end, markets, said, language, fix, count)
    if language == "en":
        yield from _mixed(case, numbers)


def _may(language: str, text: str) -> bool:
    if language == "zh":
        return not text.isascii() and _CHINESE.search(text) is not None
    return True


_Found = tuple[str, int, int, int, str, int, list[str]]


def _found(case: Case, language: str, numbers: list[int]) -> Iterator[_Found]:
    by_home: dict[tuple[str | None, str | None], list[str]] = case.plan.once(
        ("varieties", language), lambda: _by_home(case, language)
    )
    brands = " ".join(one.text.lower() for one in case.item.segments if one.role is Role.BRAND)
    for (home, words), markets in by_home.items():
        if language == "zh" and home is not None:
            script = _script(case, home, numbers)
            if script is not None:
                yield "spelling-variety", *script, markets
                continue
        if language == "de" and home == "ch":
            yield from _sharp(case, numbers, brands, markets)
        elif words is not None:
            yield from _words(case, language, words, numbers, brands, markets)


def _by_home(case: Case, language: str) -> dict[tuple[str | None, str | None], list[str]]:
    """Return the markets that read a language, by its spelling and by its words there."""
    from culture_lint.language.varieties import variety, vocabulary

    found: dict[tuple[str | None, str | None], list[str]] = {}
    for market in case.plan.markets:
        if language in market.languages:
            territory = territory_of(market.id)
            homes = (variety(language, territory), vocabulary(language, territory))
            found.setdefault(homes, []).append(market.id)
    return found


def _script(case: Case, home: str, numbers: list[int]) -> tuple[int, int, int, str, int] | None:
    from culture_lint.language.varieties import in_script, other_script

    places = [(n, other_script(case.item.segments[n].text, home)) for n in numbers]
    found = [(n, place) for n, place in places if place is not None]
    if not found:
        return None
    number, (start, end, _) = found[0]
    text = case.item.segments[number].text[start:end]
    return number, start, end, in_script(text, home), sum(one[2] for _, one in found)


def _sharp(case: Case, numbers: list[int], brands: str, markets: list[str]) -> Iterator[_Found]:
    from culture_lint.language.varieties import sharp_s

    found = [
        (n, *one)
        for n in numbers
        for one in sharp_s(case.item.segments[n].text)
        if one[2].lower() not in brands
    ]
    if found:
        number, start, end, said = found[0]
        yield "spelling-variety", number, start, end, said, len(found), markets


def _words(
    case: Case, language: str, home: str, numbers: list[int], brands: str, markets: list[str]
) -> Iterator[_Found]:
    from culture_lint.language.varieties import foreign_words

    found = [
        (n, one)
        for n in numbers
        for one in foreign_words(case.item.segments[n].text, language, home)
        if case.item.segments[n].text[one.start : one.end].lower() not in brands
    ]
    for spelling, slug in ((True, "spelling-variety"), (False, "regional-words")):
        here = [(n, one) for n, one in found if one.spelling is spelling]
        if here:
            number, one = here[0]
            yield slug, number, one.start, one.end, one.said, len(here), markets


def _mixed(case: Case, numbers: list[int]) -> Iterator[Finding]:
    """Yield the first word of the rarer variety where neither is the market's own."""
    from culture_lint.language.varieties import foreign_words

    markets: tuple[str, ...] = case.plan.once(
        "free spelling",
        lambda: tuple(
            market.id
            for market in case.plan.markets
            if "en" in market.languages and _is_free(territory_of(market.id))
        ),
    )
    if not markets:
        return
    british, american = (
        [(n, one) for n in numbers for one in foreign_words(case.item.segments[n].text, "en", home)]
        for home in ("us", "gb")
    )
    if british and american:
        number, one = (british if len(british) <= len(american) else american)[0]
        yield _RULES.finding(
            "mixed-spelling", number, one.start, one.end, markets, one.said, "en", "unsafe"
        )


def _is_free(territory: str) -> bool:
    """Tell whether either spelling will do in a country; Canada has one that mixes both."""
    from culture_lint.language.varieties import variety

    return variety("en", territory) is None and territory != "CA"
