"""Judge forms of address: formal and familiar in one text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from culture_lint.judging.findings import Case, Finding
from culture_lint.judging.locale.rules import BODY, SPOKEN, Convention, Rules
from culture_lint.judging.registry import describes, judge
from culture_lint.knowledge.scales import Severity
from culture_lint.language.conventions import territory_of

_ADDRESS = (
    (
        "The pronouns of power and solidarity",
        "",
        "R. Brown and A. Gilman, in: T. A. Sebeok (ed.), Style in Language, MIT Press 1960",
    ),
)
_RULES = Rules(
    {
        "mixed-address": Convention(
            Severity.MINOR,
            "style/register",
            _ADDRESS,
            "formal and familiar address in one text; it reads as careless or translated by machine",
            "The copy addresses its reader formally and familiarly; “{match}” is the form it uses less.",
            "Decide for one form of address and change every pronoun and verb to match.",
            category="address",
            dimension="D6",
        ),
    }
)
describes("locale-address")(_RULES.describe)

_ADDRESSING = frozenset({"de", "fr", "es", "it", "nl", "ru", "tr", "hi"})


@judge("locale-address")
def judge_address(case: Case) -> Iterator[Finding]:
    """Yield the pronoun of the rarer kind where one text addresses its reader in both ways."""
    language = case.tongue.item.language
    if language is None or language not in _ADDRESSING:
        return
    from culture_lint.language import formality

    segments = case.item.segments
    if not any(formality.may_address(language, one.text) for one in segments):
        return
    markets = [market.id for market in case.plan.markets if language in market.languages]
    spoken = [(n, one) for n, one in enumerate(segments) if one.role in SPOKEN]
    if not markets or any(formality.is_inscription(language, one.text) for _, one in spoken):
        return
    # Where there is no "vosotros", "ustedes" is the plural of both forms.
    plural = language != "es" or all(territory_of(market) == "ES" for market in markets)
    read = {
        n: formality.addresses(language, one.text, plural_is_formal=plural) for n, one in spoken
    }
    places: Iterable[list[int]] = [[n] for n, _ in spoken]
    body = [n for n, one in spoken if one.role in BODY]
    for group in (*places, body):
        rarer = formality.mixed([one for n in group for one in read[n]])
        if rarer is None:
            continue
        number = next(n for n in group if rarer in read[n])
        text = segments[number].text[rarer.start : rarer.end]
        said = "" if rarer.formal else formality.formal_possessive(language, text)
        yield _RULES.finding(
            "mixed-address", number, rarer.start, rarer.end, markets, said, language, "unsafe"
        )
        return
