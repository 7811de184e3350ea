"""A creative brief for a market: what to know of it before any copy exists.

Everything in it is a reading of the rulesets, told from the other end: not "this copy clashes" but
"this would". The brief is a plain value; `culture_lint/reports/brief.py` writes it down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from culture_lint.advice.customs import customs
from culture_lint.advice.naming import advice_in, conditions, heading, limit_words, wordings
from culture_lint.errors import SettingsError
from culture_lint.frozen import frozen
from culture_lint.judging.selectors import selected
from culture_lint.knowledge.model import Evidence, Reading, SourceRef
from culture_lint.knowledge.runtime import Knowledge, Market
from culture_lint.knowledge.scales import Polarity, Severity
from culture_lint.knowledge.wording import nearest
from culture_lint.language.conventions import cldr_version
from culture_lint.results import Suggestion

#: Points of one group that are shown where not all are asked for.
SHOWN = 3
#: The same for groups that stand alone in their part.
SHOWN_ALONE = 8
#: Languages whose conventions are shown where not all are asked for.
_LANGUAGES = 2
_WORDINGS = 3

_CLASHING = frozenset({Polarity.TABOO, Polarity.NEGATIVE, Polarity.REGULATED})
#: Where the copy itself is meant, not what it speaks of: the part on conventions tells of it.
_CONVENTIONS = ("locale", "language", "address")
_GROUPS = {
    "religion": "Faith",
    "national": "Country, state and flag",
    "history": "History and remembrance",
    "geopolitics": "Borders and names of places",
    "discrimination": "Dignity of people",
    "body": "Body and modesty",
    "death": "Death and mourning",
    "profanity": "Coarse words",
    "naming": "Names, and what they sound like",
    "gesture": "Gestures",
    "emoji": "Emoji",
    "colour": "Colours",
    "number": "Numbers",
    "animal": "Animals",
    "plant": "Plants and flowers",
    "food": "Food and drink",
    "pattern": "Patterns and ornament",
    "symbol": "Symbols",
    "gift": "Gifts",
    "idiom": "Figures of speech",
    "humour": "Humour",
    "occasion": "Occasions",
}
_PREFERRED = (
    ("Proof, payment, delivery and service", frozenset({"locale", "claim"})),
    ("Festivals and occasions", frozenset({"occasion"})),
    ("Language and address", frozenset({"language", "address", "idiom", "humour"})),
)
#: What no market takes well says little of this one, and comes last.
_EVERYWHERE = "Everywhere, not only here"
_NO_SIGNS: Mapping[str, tuple[str, ...]] = {}
_SCENES = "Motifs, scenes and tastes"


@frozen
class Point:
    """One thing to know.

    ``severity`` is empty where nothing is at stake; ``words`` is how a sign is written, ``say``
    what to write instead; ``example`` is copy in which it stands; ``evidence`` is the kind of the
    best evidence, ``confirmed`` whether somebody has read it; ``sources`` are numbers in the
    brief's list; ``rule`` is what ``culture-lint rule`` explains.
    """

    title: str
    meaning: str
    severity: str = ""
    words: tuple[Suggestion, ...] = ()
    say: tuple[Suggestion, ...] = ()
    advice: str = ""
    example: Suggestion | None = None
    conveys: tuple[str, ...] = ()
    note: str = ""
    evidence: str = ""
    confirmed: bool = False
    sources: tuple[int, ...] = ()
    rule: str = ""
    language: str = ""


@frozen
class Group:
    """Points of one kind, the most important first; ``total`` counts those left out too."""

    title: str
    points: tuple[Point, ...]
    total: int


@frozen
class Part:
    """One part of a brief: ``id`` names it for programs, ``lead`` says how to read it."""

    id: str
    title: str
    lead: str
    groups: tuple[Group, ...]


@frozen
class Source:
    """An entry of the list of sources, ``number`` from 1."""

    number: int
    title: str
    cite: str
    url: str
    read: str


@frozen
class Brief:
    """A creative brief for one market or community.

    ``scopes`` are the names of what it inherits from, the nearest first; ``whole`` is true where
    nothing is left out.
    """

    market: str
    name: str
    languages: tuple[str, ...]
    also_read: tuple[str, ...]
    platforms: tuple[str, ...]
    intent: tuple[str, ...]
    rulesets: str
    reviewed: str
    whole: bool
    parts: tuple[Part, ...]
    sources: tuple[Source, ...]


@dataclass(slots=True)
class Library:
    """The sources of a brief, numbered as they are first named."""

    _numbers: dict[tuple[str, str, str], int] = field(default_factory=dict)
    _sources: list[Source] = field(default_factory=list)

    def numbers(self, sources: Iterable[SourceRef]) -> tuple[int, ...]:
        """Return the numbers of some sources in the list."""
        found = []
        for one in sources:
            key = (one.title, one.cite, one.url)
            number = self._numbers.get(key)
            if number is None:
                number = self._numbers[key] = len(self._sources) + 1
                self._sources.append(Source(number, one.title, one.cite, one.url, one.read))
            found.append(number)
        return tuple(dict.fromkeys(found))

    def listed(self) -> tuple[Source, ...]:
        """Return the list."""
        return tuple(self._sources)


#: Makes the part on dates of a market, None where there is nothing to tell.
Dates = Callable[[str, Library, int | None], Part | None]


def make_brief(
    knowledge: Knowledge,
    market: str,
    *,
    platforms: Sequence[str] = (),
    intent: Sequence[str] = (),
    ignore: Sequence[str] = (),
    preview: bool = False,
    whole: bool = False,
    dates: Dates | None = None,
) -> Brief:
    """Return the brief for a market or community.

    Args:
        knowledge: Compiled rulesets.
        market: Id of the market or community, as the rulesets spell it.
        platforms: Ids of platforms whose rules hold too.
        intent: Signifieds that the copy is to convey (``natural``): how to, comes first.
        ignore: Selectors of rules that are left out.
        preview: Whether readings in preview count.
        whole: Whether everything is told, and not only the first of each group.
        dates: Makes the part on dates.

    Raises:
        SettingsError: If no ruleset knows a word of the intent, with the nearest.
    """
    home = knowledge.markets[market]
    check_intent(knowledge, intent)
    maker = _Maker(knowledge, home, tuple(intent), None if whole else SHOWN)
    readings = [
        one
        for one in map(knowledge.reading, home.readings)
        if one.fires
        and (preview or not one.preview)
        and selected(one, (), tuple(ignore))
        and maker.concerns(one)
    ]
    parts = [
        maker.intent_part(readings),
        maker.avoid(readings),
        maker.platform_part(platforms),
        maker.prefer(readings),
        maker.persona(readings),
        maker.claims(readings),
        dates(market, maker.sources, None if whole else SHOWN_ALONE) if dates else None,
        maker.conventions(readings),
    ]
    return Brief(
        market=home.id,
        name=home.name,
        languages=home.languages,
        also_read=home.also_read,
        platforms=tuple(platforms),
        intent=tuple(intent),
        rulesets=knowledge.digest[:12],
        reviewed=home.reviewed,
        whole=whole,
        parts=tuple(one for one in parts if one is not None and one.groups),
        sources=maker.sources.listed(),
    )


def check_intent(knowledge: Knowledge, intent: Iterable[str]) -> None:
    """Refuse words that no sign conveys: mistyped, they would change nothing.

    Raises:
        SettingsError: With the nearest words there are.
    """
    known: set[str] = set()
    for number in range(len(knowledge.signifier_numbers)):
        known.update(knowledge.conveys(number))
    for reading in knowledge.all_readings():
        known.update(reading.conveys)
        for one in reading.instead:
            known.update(one.keeps)
    for word in intent:
        if word not in known:
            hint = nearest(word, known) or f" (known: {', '.join(sorted(known))})"
            raise SettingsError(f"no sign conveys {word!r} in any ruleset{hint}")


class _Maker:
    """Makes the parts of a brief; sources are numbered in the order in which it is read."""

    def __init__(
        self, knowledge: Knowledge, home: Market, intent: tuple[str, ...], most: int | None
    ) -> None:
        self.knowledge = knowledge
        self.home = home
        self.intent = frozenset(intent)
        self.sources = Library()
        self._words = intent
        self._most = most
        self._sources = 1 if most else None

    # -- parts ----------------------------------------------------------------------------------

    def intent_part(self, readings: Sequence[Reading]) -> Part | None:
        """How to convey what is to be conveyed, and which usual signs of it clash here."""
        groups: list[Group] = []
        for word in self._words:
            carriers = self._ranked(
                one
                for one in readings
                if one.polarity is Polarity.POSITIVE and not one.personas and word in one.conveys
            )
            signs = self._signs_of(word)
            traps = self._ranked(
                one
                for one in readings
                if _is_avoided(one)
                and (
                    one.id in signs
                    or (one.owner != "global" and any(word in say.keeps for say in one.instead))
                )
            )
            traps.sort(key=lambda one: one.id not in signs)
            for title, found in (
                (f"To say “{word}”", _one_a_sign(carriers)),
                (f"Signs that clash here, and what says “{word}” instead", traps),
            ):
                group = self._group(title, found, word, signs=signs)
                if group is not None:
                    groups.append(group)
        lead = "What carries the intended meaning in this market, and what would carry another."
        return Part("intent", "Intent", lead, tuple(groups)) if groups else None

    def avoid(self, readings: Sequence[Reading]) -> Part:
        """What clashes, by subject, the gravest subject first."""
        by_group: dict[str, list[Reading]] = {}
        for one in readings:
            if _is_avoided(one):
                title = _GROUPS.get(one.category, one.category.replace("-", " ").capitalize())
                by_group.setdefault(_EVERYWHERE if one.owner == "global" else title, []).append(one)
        order = sorted(
            by_group, key=lambda name: (name == _EVERYWHERE, _gravity(by_group[name]), name)
        )
        groups = [
            group
            for title in order
            if (
                group := self._group(
                    title, self._ranked(by_group[title]), stretch=title != _EVERYWHERE
                )
            )
        ]
        lead = (
            "How readers in this market are known to read these, gravest first: BLOCKER stops a "
            "launch, MAJOR costs trust, MINOR jars. When a sign is fine is in `culture-lint rule`."
        )
        return Part("avoid", "Avoid", lead, tuple(groups))

    def platform_part(self, platforms: Sequence[str]) -> Part | None:
        """What the platforms forbid on this market's sites, beside the market's own."""
        groups = []
        country = self.home.id[:2]
        for name in platforms:
            platform = self.knowledge.platforms[name]
            readings = [
                one
                for one in map(self.knowledge.reading, platform.readings)
                if one.polarity in _CLASHING and (not one.markets or country in one.markets)
            ]
            group = self._group(platform.name, self._ranked(readings), most=SHOWN_ALONE)
            if group is not None:
                groups.append(group)
        lead = "What the place of publication asks for, whatever the market."
        return Part("platforms", "Platforms", lead, tuple(groups)) if groups else None

    def prefer(self, readings: Sequence[Reading]) -> Part | None:
        """What is welcome, what carries the intent first."""
        welcome = [
            one for one in readings if one.polarity is Polarity.POSITIVE and not one.personas
        ]
        by_group: dict[str, list[Reading]] = {}
        for one in welcome:
            titles = (title for title, kinds in _PREFERRED if one.category in kinds)
            by_group.setdefault(next(titles, _SCENES), []).append(one)
        order = (*(title for title, _ in _PREFERRED[:2]), _SCENES, _PREFERRED[2][0])
        groups = [
            group
            for title in order
            if (group := self._group(title, _one_a_sign(self._ranked(by_group.get(title, ())))))
        ]
        lead = (
            "What readers here look for and like to see. It earns resonance, never a score: none "
            "of it makes good for a clash, and none of it fits every product."
        )
        return Part("prefer", "Prefer", lead, tuple(groups)) if groups else None

    def persona(self, readings: Sequence[Reading]) -> Part:
        """Who may speak: preferred, disfavoured, and those of whom nothing is known."""
        spoken = [one for one in readings if one.personas]
        groups = []
        for title, wanted in (
            ("Preferred", frozenset({Polarity.POSITIVE})),
            ("Disfavoured, or bound by law", _CLASHING),
        ):
            found = self._ranked(one for one in spoken if one.polarity in wanted)
            group = self._group(title, found, most=SHOWN_ALONE)
            if group is not None:
                groups.append(group)
        known = {name for one in spoken for name in one.personas}
        others = [
            self.knowledge.persona(number)
            for name, number in sorted(self.knowledge.persona_numbers.items())
            if name not in known
        ]
        if others:
            names = ", ".join(name for _, name, _ in others)
            meaning = f"nothing is known for or against: {names}"
            groups.append(Group("Neutral", (Point("All others", meaning),), 1))
        lead = "Through whom the copy speaks. The words in quotation marks are what gives a voice away."
        return Part("persona", "Persona", lead, tuple(groups))

    def claims(self, readings: Sequence[Reading]) -> Part | None:
        """What must be proved, or may not be claimed, with the law."""
        found = [one for one in readings if one.category == "claim" and one.polarity in _CLASHING]
        group = self._group("What the law asks of claims", self._ranked(found), most=SHOWN_ALONE)
        lead = "Before one of these is claimed: the proof, the permit or the wording that it needs."
        return Part("claims", "Claims to substantiate", lead, (group,)) if group else None

    def conventions(self, readings: Sequence[Reading]) -> Part:
        """How numbers, prices and dates are written, and what else local copy looks like."""
        languages = self.home.languages
        chosen = languages if self._most is None else languages[:_LANGUAGES]
        by_group: dict[str, list[Point]] = {}
        cldr = self.sources.numbers([_cldr()])
        for one in customs(self.home.id, chosen):
            point = Point(one.name, one.shown, sources=cldr, language=one.language)
            by_group.setdefault(one.group or "In every language", []).append(point)
        groups = [Group(name, tuple(some), len(some)) for name, some in by_group.items()]
        found = [
            one for one in readings if one.category in _CONVENTIONS and one.polarity in _CLASHING
        ]
        group = self._group("What local copy does not do", self._ranked(found), most=SHOWN_ALONE)
        if group is not None:
            groups.append(group)
        read = f"; {', '.join(self.home.also_read)} is read too" if self.home.also_read else ""
        left = len(languages) - len(chosen)
        more = f" ({left} more with --all)" if left else ""
        lead = f"Copy is written in {', '.join(languages)}{read}{more}."
        return Part("conventions", "Locale conventions", lead, tuple(groups))

    def concerns(self, reading: Reading) -> bool:
        """Tell whether copy for this market can hold what a reading is about.

        False friends between two languages that nobody reads here are for others to mind.
        """
        read = {*self.home.languages, *self.home.also_read}
        if reading.languages and read.isdisjoint(one.split("-")[0] for one in reading.languages):
            return False
        numbers = self.knowledge.signifier_numbers
        spoken = [
            self.knowledge.sayings(numbers[name]) for name in reading.signifiers if name in numbers
        ]
        return not spoken or any(not one or not read.isdisjoint(one) for one in spoken)

    # -- points ---------------------------------------------------------------------------------

    def _group(
        self,
        title: str,
        readings: Sequence[Reading],
        word: str = "",
        most: int = SHOWN,
        signs: Mapping[str, tuple[str, ...]] = _NO_SIGNS,
        stretch: bool = True,
    ) -> Group | None:
        if not readings:
            return None
        shown = readings if self._most is None else readings[: _so_many(readings, most, stretch)]
        points = tuple(self._point(one, word, signs.get(one.id, one.signifiers)) for one in shown)
        return Group(title, points, len(readings))

    def _point(self, reading: Reading, word: str, signs: tuple[str, ...]) -> Point:
        languages = (*self.home.languages, *self.home.also_read, "en")
        welcome = reading.polarity is Polarity.POSITIVE
        say = [
            Suggestion(one.say, one.language, one.keeps, one.fix, one.note)
            for one in reading.instead
            if one.language.split("-")[0] in languages
        ]
        wanted = frozenset((word,)) if word else self.intent
        say.sort(key=lambda one: (wanted.isdisjoint(one.keeps), _at(one.language, languages)))
        return Point(
            title=heading(self.knowledge, reading),
            meaning="; ".join(filter(None, (limit_words(reading), reading.signified.rstrip(".")))),
            severity="" if welcome else reading.severity.value,
            words=wordings(self.knowledge, reading, signs, languages, _WORDINGS),
            say=tuple(say[:_WORDINGS]),
            advice=reading.rewrite or ("" if say or welcome else advice_in(reading.message)),
            example=_example(reading, languages) if welcome else None,
            conveys=reading.conveys,
            note=conditions(self.knowledge, reading, welcome),
            evidence=reading.evidence.kind,
            confirmed=reading.evidence.verified,
            sources=self.sources.numbers(reading.evidence.sources[: self._sources]),
            rule=reading.id,
        )

    def _ranked(self, readings: Iterable[Reading]) -> list[Reading]:
        """Order readings: what carries the intent, the gravest, the nearest, the best founded."""
        near = {scope: number for number, scope in enumerate(reversed(self.home.chain))}

        def rank(one: Reading) -> tuple[object, ...]:
            carries = one.polarity is Polarity.POSITIVE and not self.intent.isdisjoint(one.conveys)
            return (
                not carries,
                -one.severity.rank,
                near.get(one.owner, len(near)),
                not one.evidence.verified,
                _strength(one.evidence),
                one.id,
            )

        return sorted(readings, key=rank)

    def _signs_of(self, word: str) -> dict[str, tuple[str, ...]]:
        """Return the signs by which sellers say a word, by the readings that they come under here."""
        here = set(self.home.readings)
        found: dict[str, list[str]] = {}
        for number in range(len(self.knowledge.signifier_numbers)):
            if word in self.knowledge.conveys(number):
                for reading, _ in self.knowledge.reach(number):
                    if reading in here:
                        signs = found.setdefault(self.knowledge.reading(reading).id, [])
                        signs.append(self.knowledge.signifier(number))
        return {rule: tuple(dict.fromkeys(signs)) for rule, signs in found.items()}


_STRENGTHS = ("statute", "dataset", "incident", "study", "encyclopedia", "practice", "guide")


def _so_many(readings: Sequence[Reading], most: int, stretch: bool) -> int:
    """Return how many of some readings to show: more where several would stop a launch."""
    if not stretch:
        return most
    blockers = sum(one.severity is Severity.BLOCKER for one in readings)
    if most == SHOWN and all(one.severity.rank <= 1 and _is_avoided(one) for one in readings):
        return most - 1
    return max(most, min(blockers, 2 * SHOWN))


def _strength(evidence: Evidence) -> int:
    return _STRENGTHS.index(evidence.kind) if evidence.kind in _STRENGTHS else len(_STRENGTHS)


def _is_avoided(reading: Reading) -> bool:
    return (
        reading.polarity in _CLASHING
        and not reading.personas
        and reading.category != "claim"
        and reading.category not in _CONVENTIONS
    )


def _gravity(readings: Sequence[Reading]) -> tuple[int, int]:
    """Order subjects: by their gravest reading, then by how many there are of it."""
    worst = max(one.severity.rank for one in readings)
    return (-worst, -sum(one.severity.rank == worst for one in readings))


def _one_a_sign(readings: Sequence[Reading]) -> list[Reading]:
    """Return readings without those whose signs an earlier one has named: regions repeat themselves."""
    seen: set[tuple[str, ...]] = set()
    kept = []
    for one in readings:
        if one.signifiers not in seen or not one.signifiers:
            kept.append(one)
        seen.add(one.signifiers)
    return kept


def _example(reading: Reading, languages: Sequence[str]) -> Suggestion | None:
    """Return copy that the rulesets themselves give for a sign, in the market's first language."""
    found = [one for one in reading.flag if one.language in languages and one.text]
    if not found:
        return None
    best = min(found, key=lambda one: _at(one.language or "", languages))
    return Suggestion(best.text, best.language or "", (), "none")


def _at(language: str, languages: Sequence[str]) -> int:
    tag = language.split("-")[0]
    return languages.index(tag) if tag in languages else len(languages)


def _cldr() -> SourceRef:
    return SourceRef(
        f"Unicode CLDR {cldr_version()}",
        "https://www.unicode.org/cldr/charts/latest/by_type/index.html",
        "",
        "",
    )


def parts_by_id(brief: Brief) -> Mapping[str, Part]:
    """Return the parts of a brief by their ids."""
    return {one.id: one for one in brief.parts}


def hidden(brief: Brief) -> int:
    """Return how many points a brief leaves out."""
    return sum(group.total - len(group.points) for group in _groups(brief))


def _groups(brief: Brief) -> Iterator[Group]:
    for part in brief.parts:
        yield from part.groups
