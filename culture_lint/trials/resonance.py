"""What copy lacks that its market looks for: each piece of advice has been tried on the copy.

Advice is never a penalty in disguise: it costs no point to leave it, it earns resonance only, and
what would bring a finding or lower a score anywhere is not advised at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from culture_lint.advice.resonance import Wish, wishes
from culture_lint.frozen import frozen
from culture_lint.knowledge.model import Evidence
from culture_lint.knowledge.runtime import Knowledge, Market
from culture_lint.results import ItemReport
from culture_lint.session import Session
from culture_lint.sources.items import Item, Role
from culture_lint.targets import Job
from culture_lint.trials.trial import brought, checked, lowered, with_sentence

#: How many of each kind a marketer is shown; a list of everything is a brief.
SHOWN = {"voice": 1, "proof": 2, "occasion": 1, "scene": 1, "manner": 1}

#: So many more are tried, for some bring nothing, or a finding.
_SPARE = 3
#: What any product can do with; motifs and scenes are for those that mean what they convey.
_FOR_ANY = frozenset({"voice", "proof", "occasion"})

#: Tells whether a sign may be named at the time of a launch in a market, None where nobody knows.
InSeason = Callable[[str, str], bool | None]


@frozen
class Advice:
    """One thing that a market looks for and the copy does not say.

    ``resonance`` is what saying it would add to the resonance of the item in the market, > 0;
    ``words`` is how to say it in the language of the copy, ``example`` copy that does.
    """

    market: str
    kind: str
    rule: str
    title: str
    why: str
    words: str
    example: str
    language: str
    conveys: tuple[str, ...]
    resonance: float
    evidence: Evidence


@frozen
class Voice:
    """A voice in which the copy speaks, and how the market takes it: ``welcome`` or not."""

    market: str
    rule: str
    text: str
    welcome: bool


def advise(
    session: Session,
    job: Job,
    knowledge: Knowledge,
    item: Item,
    report: ItemReport,
    in_season: InSeason | None = None,
) -> tuple[Advice, ...]:
    """Return what would speak to each market in the copy of one item, the best of each kind first.

    Festivals are advised only where ``in_season`` knows that it is their time.
    """
    language = (report.language or "").split("-")[0]
    markets = [market for market, score in report.scores.items() if score is not None]
    if not language or not markets:
        return ()
    intent = frozenset(job.settings.intent or job.settings.brand.intent)
    wanted: dict[str, tuple[Wish, list[str]]] = {}
    for market in markets:
        home = knowledge.markets.get(market)
        # Copy that nobody there reads is to be translated first.
        if home is None or language not in (*home.languages, *home.also_read):
            continue
        said = {one.rule for one in report.welcome if market in one.markets}
        found_here = [
            wish
            for wish in wishes(knowledge, home, language, preview=job.settings.preview)
            if wish.reading.id not in said
            and _fits(wish, intent)
            and _timely(wish, market, in_season)
        ]
        for wish in _promising(found_here, home, intent):
            wanted.setdefault(wish.reading.id, (wish, []))[1].append(market)
    tries = list(wanted.values())
    trials = [_with(item, wish, report.language) for wish, _ in tries]
    found: list[Advice] = []
    for (wish, where), after in zip(tries, checked(session, job, trials), strict=True):
        if brought(report, after) or lowered(report, after):
            continue
        found.extend(_advice(wish, where, report, after, language))
    return tuple(sorted(found, key=lambda one: _rank(one, intent, markets)))


def voices(report: ItemReport) -> tuple[Voice, ...]:
    """Return the voices that copy speaks in, as its markets take them."""
    return tuple(
        Voice(market, one.rule, " ".join(one.text.split()), welcome)
        for found, welcome in ((report.findings, False), (report.welcome, True))
        for one in found
        if one.category == "persona"
        for market in one.markets
    )


def shown(advice: Iterable[Advice], market: str) -> list[Advice]:
    """Return the few of a market's advice that a marketer is shown, the best of each kind."""
    left = dict(SHOWN)
    kept = []
    signs: set[str] = set()
    for one in advice:
        if one.market == market and left.get(one.kind, 0) > 0 and one.words not in signs:
            left[one.kind] -= 1
            signs.add(one.words)
            kept.append(one)
    return kept


def _fits(wish: Wish, intent: frozenset[str]) -> bool:
    """Tell whether a wish can be meant for this copy: motifs only where they carry what it means."""
    return wish.kind in _FOR_ANY or not intent.isdisjoint(wish.reading.conveys)


def _promising(found: Sequence[Wish], home: Market, intent: frozenset[str]) -> list[Wish]:
    """Return the wishes that are worth a try, those that carry the intent or are the market's own first."""
    near = {scope: number for number, scope in enumerate(reversed(home.chain))}

    def rank(one: Wish) -> tuple[object, ...]:
        return (
            intent.isdisjoint(one.reading.conveys),
            -one.reading.severity.rank,
            near.get(one.reading.owner, len(near)),
            not one.reading.evidence.verified,
            one.reading.id,
        )

    left = {kind: count + _SPARE for kind, count in SHOWN.items()}
    kept = []
    for one in sorted(found, key=rank):
        if left.get(one.kind, 0) > 0:
            left[one.kind] -= 1
            kept.append(one)
    return kept


def _timely(wish: Wish, market: str, in_season: InSeason | None) -> bool:
    if wish.kind != "occasion":
        return True
    if in_season is None:
        return False
    known = [in_season(sign, market) for sign in wish.signs]
    return bool(known) and all(one is True for one in known)


def _with(item: Item, wish: Wish, language: str | None) -> Item:
    """Return the item with the words of a wish in a field in which they count."""
    roles = [Role(one) for one in wish.reading.roles] or [Role.DESCRIPTION]
    role = Role.DESCRIPTION if Role.DESCRIPTION in roles else roles[0]
    return with_sentence(item, f"{wish.words}.", role, language)


def _advice(
    wish: Wish, markets: Sequence[str], before: ItemReport, after: ItemReport, language: str
) -> Iterable[Advice]:
    said = {
        market for one in after.welcome if one.rule == wish.reading.id for market in one.markets
    }
    for market in markets:
        gain = round(after.resonance.get(market, 0.0) - before.resonance.get(market, 0.0), 1)
        if market in said and gain > 0:
            yield Advice(
                market,
                wish.kind,
                wish.reading.id,
                wish.title,
                wish.reading.signified.rstrip("."),
                wish.words,
                wish.example,
                language,
                wish.reading.conveys,
                gain,
                wish.reading.evidence,
            )


def _rank(one: Advice, intent: frozenset[str], markets: Sequence[str]) -> tuple[object, ...]:
    return (
        markets.index(one.market),
        intent.isdisjoint(one.conveys) if intent else False,
        not one.rule.startswith(f"{one.market}/"),
        -one.resonance,
        not one.evidence.verified,
        one.rule,
    )
