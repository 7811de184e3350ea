"""What the judges of locale conventions share: which markets a text is for, and what they say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from culture_lint.frozen import frozen
from culture_lint.judging.findings import Case, Finding, spread
from culture_lint.judging.own import own_reading
from culture_lint.knowledge.model import Alternative, Evidence, Reading, SourceRef
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.knowledge.scales import Severity
from culture_lint.language.conventions import Conventions, cldr_version, conventions, territory_of
from culture_lint.sources.items import Role

REVIEWED = "2026-11-21"
#: Fields in which the shop speaks to its customers.
SPOKEN = (Role.TITLE, Role.SUBTITLE, Role.BULLET, Role.DESCRIPTION, Role.ALT)
BODY = (Role.SUBTITLE, Role.BULLET, Role.DESCRIPTION)
UNJUDGED = (Role.CATEGORY, Role.BRAND)
#: Title, address and place in it of a published source.
Source = tuple[str, str, str]

CLDR = "https://www.unicode.org/cldr/charts/latest/by_type/index.html"

Homes = tuple[tuple[str, Conventions], ...]


@frozen
class Convention:
    """What one rule says, and on whose authority.

    ``message`` may hold ``{match}`` and, where places are counted, ``{count}``; a source's title
    may hold ``{cldr}``, the release in use.
    """

    severity: Severity
    mqm: str
    sources: tuple[Source, ...]
    signified: str
    message: str
    rewrite: str
    kind: str = "practice"
    category: str = "locale"
    dimension: str = "D8"


class Rules:
    """The rules of one topic by slug: makes their findings and describes them."""

    def __init__(self, rules: Mapping[str, Convention]) -> None:
        """Keep the rules; their ids are ``global/<slug>``."""
        self._rules = rules

    def describe(self, _knowledge: Knowledge) -> Iterator[Reading]:
        """Yield the reading of each rule."""
        for slug, rule in sorted(self._rules.items()):
            yield _reading(slug, rule, "", "", "none", 0)

    def finding(
        self,
        slug: str,
        number: int,
        start: int,
        end: int,
        markets: Iterable[str],
        said: str = "",
        language: str = "",
        fix: str = "none",
        count: int = 0,
    ) -> Finding:
        """Return a finding in segment ``number``; ``said`` is what to write instead, if anything."""
        reading = _reading(slug, self._rules[slug], said, language, fix, count)
        return Finding(reading.id, number, start, end, slug, (), spread(markets, reading))


@lru_cache(maxsize=1024)
def _reading(
    slug: str, rule: Convention, said: str, language: str, fix: str, count: int
) -> Reading:
    return own_reading(
        f"global/{slug}",
        signified=rule.signified,
        severity=rule.severity,
        category=rule.category,
        dimension=rule.dimension,
        mqm=rule.mqm,
        message=rule.message.replace("{count}", _places(count)),
        rewrite=rule.rewrite,
        instead=(Alternative(said, language, (), fix),) if said else (),
        evidence=_evidence(rule),
        reviewed=REVIEWED,
    )


def _places(count: int) -> str:
    return f" ({count} places in this item)" if count > 1 else ""


@cache
def _evidence(rule: Convention) -> Evidence:
    found = tuple(
        SourceRef(title.format(cldr=cldr_version()) if "{" in title else title, url, cite, REVIEWED)
        for title, url, cite in rule.sources
    )
    return Evidence(rule.kind, rule.kind == "dataset", found)


def homes(case: Case, number: int) -> Homes:
    """Return the markets that read a segment's language, with their conventions."""
    language = case.tongue.segment(number).language
    if language is None:
        return ()
    found: Homes = case.plan.once(("homes", language), lambda: tuple(_speaking(case, language)))
    return found


def _speaking(case: Case, language: str) -> Iterator[tuple[str, Conventions]]:
    for market in case.plan.markets:
        if language in market.languages:
            home = conventions(language, territory_of(market.id))
            if home is not None:
                yield market.id, home
