"""The knowledge model: signifiers, readings, personas and the scopes that hold them."""

from __future__ import annotations

from collections.abc import Mapping

from culture_lint.frozen import frozen
from culture_lint.knowledge.scales import Polarity, RelationKind, Severity, Usage


@frozen
class Form:
    """One way a signifier is written.

    ``language`` is a BCP 47 tag, or ``*`` for signs that belong to no language (emoji, brand
    names, symbols). ``exact`` turns inflection off, ``case`` makes letter case count,
    ``usage`` fixes the usage of every mention through this form (an idiom is figurative),
    ``compound`` lets the form be the head or modifier of a longer word.
    """

    text: str
    language: str
    exact: bool = False
    case: bool = False
    usage: Usage | None = None
    compound: str | None = None


@frozen
class Signifier:
    """A sign, defined once for all markets."""

    id: str
    kind: str
    forms: tuple[Form, ...]
    lookalikes: tuple[Form, ...]
    relations: tuple[tuple[RelationKind, str], ...]
    conveys: tuple[str, ...]
    number: str | None
    gloss: str
    file: str
    line: int


@frozen
class PersonaType:
    """Somebody copy can speak through, known by cues in the text."""

    id: str
    name: str
    definition: str
    #: (cue, language, strong); one strong cue is enough, of the others it takes two.
    cues: tuple[tuple[str, str, bool], ...]
    file: str
    line: int


@frozen
class SourceRef:
    """Where a claim about a culture or a law comes from; ``read`` is an ISO date."""

    title: str
    url: str
    cite: str
    read: str


@frozen
class Evidence:
    """On whose authority a reading stands."""

    kind: str
    verified: bool
    sources: tuple[SourceRef, ...]


@frozen
class Alternative:
    """What to write instead, and which signified it keeps.

    ``only_for`` names the words that it is for, as `matching_form` has them; empty: all that the
    reading finds.
    """

    say: str
    language: str
    keeps: tuple[str, ...]
    fix: str
    note: str = ""
    only_for: tuple[str, ...] = ()

    def is_for(self, match: str) -> bool:
        """Tell whether it can be said instead of the words found."""
        return not self.only_for or matching_form(match) in self.only_for


def matching_form(text: str) -> str:
    """Return words as alternatives name them: case, blanks and apostrophes make no difference."""
    return " ".join(text.replace("\u2019", "'").casefold().split())


@frozen
class Company:
    """Signifiers that must (``any``, ``all``) stand near a mention; ``within`` bounds near."""

    any: tuple[str, ...]
    all: tuple[str, ...]
    within: str


@frozen
class Example:
    """A text that must, or must not, be flagged by its reading."""

    text: str
    language: str | None
    role: str
    attribute: str | None
    span: str | None
    market: str | None
    line: int


@frozen
class Limit:
    """What a platform's fields may hold, whatever the words: length, characters, capitals.

    ``longest`` and ``shortest`` count code points, or UTF-8 bytes where ``unit`` is ``bytes``;
    ``forbidden`` are single characters; ``repeats`` is how often one word may stand; ``capitals``
    and ``emoji`` are true where they are not welcome; ``fewest_words`` is what a field needs.
    """

    longest: int | None
    shortest: int | None
    unit: str
    forbidden: str
    repeats: int | None
    capitals: bool
    emoji: bool
    fewest_words: int | None = None


@frozen
class Reading:
    """What a signifier or a persona means in one scope, and what follows from it."""

    id: str
    owner: str
    signifiers: tuple[str, ...]
    personas: tuple[str, ...]
    through: tuple[RelationKind, ...]
    usage_any: tuple[Usage, ...]
    usage_none: tuple[Usage, ...]
    roles: tuple[str, ...]
    languages: tuple[str, ...]
    with_: Company | None
    without: Company | None
    signified: str
    polarity: Polarity
    severity: Severity
    category: str
    dimension: str
    mqm: str
    confidence: float
    message: str
    rewrite: str
    conveys: tuple[str, ...]
    instead: tuple[Alternative, ...]
    evidence: Evidence
    reviewed: str
    in_force: str
    suppressible: bool
    preview: bool
    flag: tuple[Example, ...]
    passes: tuple[Example, ...]
    file: str
    line: int
    #: As the author wrote it; ``severity`` is what the evidence allows.
    written_severity: Severity | None = None
    #: A rule on the field itself, in place of a sign or a persona.
    limit: Limit | None = None
    #: Platforms: the markets whose sites have the rule; empty for all.
    markets: tuple[str, ...] = ()

    @property
    def fires(self) -> bool:
        """False for a debunked reading: it documents a popular error."""
        return self.evidence.kind != "debunked"


@frozen
class Override:
    """A change that a child scope makes to an inherited reading."""

    reading: str
    because: str
    severity: Severity | None
    confidence: float | None
    polarity: Polarity | None
    message: str | None
    instead: tuple[Alternative, ...] | None
    line: int


@frozen
class Scope:
    """A region, market, subdivision or community and what it adds to its parents."""

    id: str
    kind: str
    name: str
    extends: tuple[str, ...]
    languages: tuple[str, ...]
    also_read: tuple[str, ...]
    readings: tuple[Reading, ...]
    overrides: tuple[Override, ...]
    retired: tuple[tuple[str, str], ...]
    language_rule: str
    reviewed: str
    file: str
    line: int


@frozen
class Library:
    """All that is known: signifiers, persona types and scopes by id, each in sorted order."""

    signifiers: Mapping[str, Signifier]
    personas: Mapping[str, PersonaType]
    scopes: Mapping[str, Scope]
