"""What to write instead: the reading's own alternatives, and signs that carry the same signified.

Localising is changing the signifier and keeping the signified, so beside the wordings that a
ruleset lists, any sign that is welcome in the market and conveys what the clashing sign was
meant to convey is a substitute.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from culture_lint.judging.findings import Finding
from culture_lint.judging.plan import Plan
from culture_lint.knowledge.model import Alternative, Polarity, Reading
from culture_lint.results import Suggestion

#: Kinds of signs that decorate: one can take another's place on a pack or a page. A product, a
#: law or an insult cannot be swapped for a motif.
_DECORATIVE = frozenset({"pattern", "plant", "flower", "animal"})
_REPLACEABLE = _DECORATIVE | {"religion", "deity"}
_SUBSTITUTES = 2


def suggest(
    finding: Finding, plan: Plan, language: str | None, intent: Sequence[str]
) -> tuple[Suggestion, ...]:
    """Return alternatives for a finding, the best first.

    Args:
        finding: The clash.
        plan: The run's plan; substitutes must be welcome in all markets of the finding.
        language: Primary language of the copy, None when undetermined.
        intent: Signifieds that the seller wants kept; alternatives that keep one come first.

    Findings of one rule in one language have the same ones, which are worked out once.

    Order: keeps the declared intent; is in the copy's language, then English; the ruleset's own
    before substitutes; as the ruleset orders them.
    """
    # The ids are those of what the value keeps alive.
    key = ("suggest", id(finding.by_market), finding.sign, language, tuple(intent))
    found: tuple[Suggestion, ...] = plan.once(
        key, lambda: (_found(finding, plan, language, intent), finding.by_market)
    )[0]
    return found


def depends_on_language(finding: Finding, plan: Plan) -> bool:
    """Tell whether there can be alternatives at all: if not, nobody need know the language."""
    return bool(finding.reading.instead) or _is_replaceable(finding, plan)


def _is_replaceable(finding: Finding, plan: Plan) -> bool:
    sign = plan.knowledge.signifier_numbers.get(finding.sign)
    return sign is not None and plan.knowledge.kind(sign) in _REPLACEABLE


def _found(
    finding: Finding, plan: Plan, language: str | None, intent: Sequence[str]
) -> tuple[Suggestion, ...]:
    listed = [
        Suggestion(one.say, one.language, one.keeps, one.fix, one.note)
        for one in _own(finding.reading, language)
    ]
    said = {one.text for one in listed}
    # Beside wordings of the ruleset's own, a substitute must carry more than one signified.
    least = 2 if listed else 1
    substitutes = [
        one
        for one in _substitutes(finding, plan, language)
        if one.text not in said and len(one.keeps) >= least
    ]
    wanted = frozenset(intent)
    found = [*listed, *substitutes[:_SUBSTITUTES]]
    return tuple(
        sorted(found, key=lambda one: (wanted.isdisjoint(one.keeps), one.language != language))
        if wanted
        else found
    )


def _own(reading: Reading, language: str | None) -> list[Alternative]:
    """The reading's alternatives in the copy's language, else in English, else all."""
    for tag in (language, "en"):
        found = [one for one in reading.instead if one.language.split("-")[0] == tag]
        if found:
            return found
    return list(reading.instead)


def _substitutes(finding: Finding, plan: Plan, language: str | None) -> Iterator[Suggestion]:
    knowledge = plan.knowledge
    sign = knowledge.signifier_numbers.get(finding.sign)
    if sign is None or knowledge.kind(sign) not in _REPLACEABLE:
        return
    meant = set(knowledge.conveys(sign))
    for one in finding.reading.instead:
        meant.update(one.keeps)
    markets = {market for market, _ in finding.by_market}
    for number, rules in plan.by_sign.items():
        if knowledge.kind(number) not in _DECORATIVE or number == sign:
            continue
        welcome: set[str] = set()
        kept: set[str] = set()
        for rule in rules:
            if rule.reading.polarity is Polarity.POSITIVE and not rule.via:
                shared = meant.intersection(rule.reading.conveys)
                if shared:
                    kept |= shared
                    welcome.update(market for market, _ in rule.by_market)
            elif rule.reading.polarity is not Polarity.POSITIVE:
                welcome.difference_update(market for market, _ in rule.by_market)
        if markets <= welcome:
            sayings = knowledge.sayings(number)
            tag = language if language and language in sayings else "en"
            if tag in sayings:
                yield Suggestion(sayings[tag], tag, tuple(sorted(kept)), "none")
