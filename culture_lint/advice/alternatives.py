"""What to write instead: the reading's own alternatives, and signs that carry the same signified.

Localising is changing the signifier and keeping the signified, so beside the wordings that a
ruleset lists, any sign that is welcome in the market and conveys what the clashing sign was
meant to convey is a substitute. What it was meant to convey is what its signifier says, what
the alternatives keep, and what it is welcome for in any other market.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from culture_lint.advice.rewrites import rewrite_of
from culture_lint.judging.findings import Finding
from culture_lint.judging.plan import Plan, Rule
from culture_lint.knowledge.model import Alternative, Reading
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.knowledge.scales import Polarity
from culture_lint.results import Suggestion

#: Kinds of signs that decorate: one can take another's place on a pack or a page. A product, a
#: law or an insult cannot be swapped for a motif.
_DECORATIVE = frozenset({"pattern", "plant", "flower", "animal"})
#: Which kinds of signs can take the place of one.
_REPLACED_BY = {
    **dict.fromkeys((*_DECORATIVE, "religion", "deity"), _DECORATIVE),
    "symbol": frozenset({"symbol", "pattern"}),
    "colour": frozenset({"colour"}),
    "number": frozenset({"number"}),
    "emoji": frozenset({"emoji"}),
    "occasion": frozenset({"occasion"}),
}
_SUBSTITUTES = 2

#: Tells in which of the markets asked for a wording in a language would itself be found.
Clashing = Callable[[str, str], tuple[str, ...]]


def suggest(
    finding: Finding,
    match: str,
    plan: Plan,
    language: str | None,
    intent: Sequence[str],
    clashing: Clashing | None = None,
) -> tuple[Suggestion, ...]:
    """Return alternatives for a finding, the best first.

    Args:
        finding: The clash.
        match: The words found; an alternative may be for some of a sign's forms only.
        plan: The run's plan; substitutes must be welcome in all markets of the finding.
        language: Primary language of the copy, None when undetermined.
        intent: Signifieds that the seller wants kept; alternatives that keep one come first.
        clashing: Asked of each wording; those that are clean in all markets come before others.

    Findings of one rule in one language have the same ones, which are worked out once.

    Order: keeps the declared intent; is in the copy's language, then English; clean in all markets
    asked for; the ruleset's own before substitutes; those for these very words before those for
    all; as the ruleset orders them. Of substitutes
    those of the same kind come first, then those that keep more, on the better evidence.
    """
    # The ids are those of what the value keeps alive.
    words = match if any(one.only_for for one in finding.reading.instead) else ""
    key = ("suggest", id(finding.by_market), finding.sign, words, language, tuple(intent))
    found: tuple[Suggestion, ...] = plan.once(
        key, lambda: (_found(finding, words, plan, language, intent, clashing), finding.by_market)
    )[0]
    return found


def rewrite_for(reading: Reading, alternatives: Sequence[Suggestion]) -> str:
    """Return what kind of rewrite a finding needs: the ruleset's words, else those of its category.

    Empty where alternatives say it.
    """
    return reading.rewrite or ("" if alternatives else rewrite_of(reading.category))


def depends_on_language(finding: Finding, plan: Plan) -> bool:
    """Tell whether there can be alternatives at all: if not, nobody need know the language."""
    return bool(finding.reading.instead) or _is_replaceable(finding, plan)


def _is_replaceable(finding: Finding, plan: Plan) -> bool:
    sign = plan.knowledge.signifier_numbers.get(finding.sign)
    return sign is not None and plan.knowledge.kind(sign) in _REPLACED_BY


def _found(
    finding: Finding,
    match: str,
    plan: Plan,
    language: str | None,
    intent: Sequence[str],
    clashing: Clashing | None,
) -> tuple[Suggestion, ...]:
    listed = [
        Suggestion(one.say, one.language, one.keeps, one.fix, one.note)
        for one in _own(finding.reading, match, language)
    ]
    said = {one.text for one in listed}
    # Beside wordings of the ruleset's own, a substitute must carry more than one signified.
    least = 2 if listed else 1
    wanted = frozenset(intent)
    substitutes = [
        one
        for one in _substitutes(finding, plan, language, wanted)
        if one.text not in said and len(one.keeps) >= least
    ]
    found = [*listed, *substitutes[:_SUBSTITUTES]]
    if clashing is not None:
        found = [replace(one, clashes_in=clashing(one.text, one.language)) for one in found]

    def rank(one: Suggestion) -> tuple[bool, bool, bool]:
        other = bool(wanted) and one.language.split("-")[0] != language
        return bool(wanted) and wanted.isdisjoint(one.keeps), other, bool(one.clashes_in)

    return tuple(sorted(found, key=rank))


def _own(reading: Reading, match: str, language: str | None) -> list[Alternative]:
    """The alternatives for these words in the copy's language, else in English, else in any."""
    fitting = [one for one in reading.instead if one.is_for(match)]
    fitting.sort(key=lambda one: not one.only_for)
    for tag in (language, "en"):
        found = [one for one in fitting if one.language.split("-")[0] == tag]
        if found:
            return found
    return fitting


def _substitutes(
    finding: Finding, plan: Plan, language: str | None, wanted: frozenset[str]
) -> list[Suggestion]:
    """Return signs that are welcome in every market of a finding and convey what its sign does."""
    knowledge = plan.knowledge
    sign = knowledge.signifier_numbers.get(finding.sign)
    kind = knowledge.kind(sign) if sign is not None else ""
    kinds = _REPLACED_BY.get(kind)
    if sign is None or kinds is None:
        return []
    meant = _meant(knowledge, sign, finding.reading)
    markets = {market for market, _ in finding.by_market}
    ranked: list[tuple[tuple[object, ...], Suggestion]] = []
    for number, rules in plan.once(("welcome", kinds), lambda: _candidates(plan, kinds)):
        if number == sign:
            continue
        welcome, kept, weight = _welcomed(rules, meant)
        sayings = knowledge.sayings(number) if markets <= welcome else {}
        tag = language if language and language in sayings else "en"
        if tag in sayings:
            rank = (
                wanted.isdisjoint(kept) if wanted else False,
                knowledge.kind(number) != kind,
                -len(kept),
                -weight,
                knowledge.signifier(number),
            )
            ranked.append((rank, Suggestion(sayings[tag], tag, tuple(sorted(kept)), "none")))
    return [one for _, one in sorted(ranked, key=lambda pair: pair[0])]


def _candidates(plan: Plan, kinds: frozenset[str]) -> list[tuple[int, Sequence[Rule]]]:
    """Return the signs of some kinds that are welcome anywhere for what they are themselves."""
    return [
        (number, rules)
        for number, rules in plan.by_sign.items()
        if plan.knowledge.kind(number) in kinds
        and any(
            rule.reading.polarity is Polarity.POSITIVE and not rule.via and rule.reading.conveys
            for rule in rules
        )
    ]


def _meant(knowledge: Knowledge, sign: int, reading: Reading) -> frozenset[str]:
    """Return what a seller may mean by a sign."""
    meant = {*knowledge.conveys(sign), *(kept for one in reading.instead for kept in one.keeps)}
    for number, path in knowledge.reach(sign):
        other = None if path else knowledge.reading(number)
        if other is not None and other.polarity is Polarity.POSITIVE:
            meant.update(other.conveys)
    return frozenset(meant)


def _welcomed(rules: Sequence[Rule], meant: frozenset[str]) -> tuple[set[str], set[str], float]:
    """Return where a sign is welcome for what is meant, what it keeps of it, and how sure that is."""
    welcome: set[str] = set()
    unwelcome: set[str] = set()
    kept: set[str] = set()
    weight = 0.0
    for rule in rules:
        reading = rule.reading
        markets = {market for market, _ in rule.by_market}
        if reading.polarity is not Polarity.POSITIVE:
            unwelcome |= markets
        elif not rule.via and not meant.isdisjoint(reading.conveys):
            kept |= meant.intersection(reading.conveys)
            welcome |= markets
            weight = max(weight, reading.confidence * (2 if reading.evidence.verified else 1))
    return welcome - unwelcome, kept, weight
