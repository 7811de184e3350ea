"""Judge signs by their readings: usage, company, field and language must all fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from culture_lint.judging.findings import Case, Finding
from culture_lint.judging.plan import Rule
from culture_lint.judging.registry import judge
from culture_lint.knowledge.model import Company, Reading
from culture_lint.knowledge.scales import Usage
from culture_lint.language.clauses import clause
from culture_lint.language.scripts import UNSPACED_LETTER, same_language
from culture_lint.matching.mentions import Mention
from culture_lint.sources.items import Role

#: Kinds of signs that say what goods are: as a brand's name they say nothing of them. A slur or a
#: deity offends in a brand's name as well.
GOODS = frozenset(
    {"food", "drink", "animal", "plant", "flower", "colour", "object", "gift", "pattern", "claim"}
)
#: Words, or characters of a script without blanks, between signs that stand close to each other.
CLOSE_WORDS = 4
CLOSE_CHARACTERS = 10


@judge("readings")
def judge_readings(case: Case) -> Iterator[Finding]:
    """Yield a finding for every mention that a reading of a requested market applies to."""
    found: list[tuple[Mention, Rule]] = []
    for mention in case.found.mentions:
        if case.item.segments[mention.segment].role is Role.CATEGORY:
            continue
        found.extend(
            (mention, rule)
            for rule in case.plan.by_sign.get(mention.target, ())
            if applies(case, mention, rule.reading)
        )
    for mention, rule, end in _joined(case, _without_overlaps(found)):
        sign = case.plan.knowledge.signifier(mention.target)
        yield Finding(rule.id, mention.segment, mention.start, end, sign, rule.via, rule.by_market)


def applies(case: Case, mention: Mention, reading: Reading) -> bool:
    """Tell whether a reading's conditions hold for a mention."""
    if not fits_field(case, mention, reading) or not fits_language(case, mention, reading):
        return False
    if (
        not mention.cue
        and Usage.NAME not in reading.usage_any
        and case.plan.knowledge.kind(mention.target) in GOODS
        and case.usage.is_brand(mention)
    ):
        return False
    usage = case.usage
    if any(usage.has(mention, one) for one in reading.usage_none):
        return False
    if mention.usage == Usage.BARE.value and Usage.BARE not in reading.usage_any:
        return False
    if reading.usage_any and not any(usage.has(mention, one) for one in reading.usage_any):
        return False
    if reading.with_ is not None and not in_company(case, mention, reading.with_):
        return False
    return reading.without is None or not (
        in_company(case, mention, reading.without) or _in_category(case, mention, reading.without)
    )


def fits_field(case: Case, mention: Mention, reading: Reading) -> bool:
    """Tell whether the mention's field is one that the reading counts in."""
    return not reading.roles or case.item.segments[mention.segment].role.value in reading.roles


def fits_language(case: Case, mention: Mention, reading: Reading) -> bool:
    """Tell whether the copy is in a language that the reading counts in."""
    if not reading.languages:
        return True
    where = case.tongue.segment(mention.segment)
    spoken = where.plausible if where.language is None else (where.language,)
    return not frozenset(map(same_language, reading.languages)).isdisjoint(
        map(same_language, spoken)
    )


def in_company(case: Case, mention: Mention, company: Company) -> bool:
    """Tell whether the signs that a company names stand near a mention."""
    near = _near(case, mention, company.within)
    if company.all and not all(_present(case, near, mention, name) for name in company.all):
        return False
    return not company.any or any(_present(case, near, mention, name) for name in company.any)


def _in_category(case: Case, mention: Mention, company: Company) -> bool:
    """Tell whether the item's category excuses it: what a thing is holds for all of its copy."""
    segments = case.item.segments
    named = [one for one in case.found.company if segments[one.segment].role is Role.CATEGORY]
    return any(_present(case, named, mention, name) for name in company.any)


def _near(case: Case, mention: Mention, within: str) -> Sequence[Mention]:
    if within == "item":
        return case.found.company
    same = [one for one in case.found.company if one.segment == mention.segment]
    if within == "segment":
        return same
    text = case.item.segments[mention.segment].text
    first, last = clause(text, mention.start, mention.end)
    inside = [one for one in same if first <= one.start and one.end <= last]
    if within == "clause":
        return inside
    return [one for one in inside if _is_close(text, mention, one)]


def _is_close(text: str, one: Mention, other: Mention) -> bool:
    """Tell whether only a few words stand between two signs."""
    if other.start >= one.end:
        between = text[one.end : other.start]
    elif one.start >= other.end:
        between = text[other.end : one.start]
    else:
        return True
    if len(between) > CLOSE_CHARACTERS * 8:
        return False
    if UNSPACED_LETTER.search(between):
        return len(between) <= CLOSE_CHARACTERS
    return len(between.split()) <= CLOSE_WORDS


def _present(case: Case, near: Sequence[Mention], mention: Mention, name: str) -> bool:
    family = case.plan.knowledge.family(name)
    return any(
        one.target in family
        and (one.segment, one.start, one.end) != (mention.segment, mention.start, mention.end)
        for one in near
    )


def _without_overlaps(found: Sequence[tuple[Mention, Rule]]) -> list[tuple[Mention, Rule]]:
    """Of mentions that overlap under one rule keep the longest, then the shortest path."""
    kept: list[tuple[Mention, Rule]] = []
    order = sorted(
        found,
        key=lambda pair: (
            pair[0].segment,
            pair[0].start - pair[0].end,
            len(pair[1].via),
            pair[0].start,
            pair[1].id,
        ),
    )
    for mention, rule in order:
        if not any(
            other.id == rule.id
            and one.segment == mention.segment
            and one.start < mention.end
            and mention.start < one.end
            for one, other in kept
        ):
            kept.append((mention, rule))
    return sorted(kept, key=lambda pair: (pair[0].segment, pair[0].start, pair[0].end, pair[1].id))


def _joined(case: Case, found: Sequence[tuple[Mention, Rule]]) -> list[tuple[Mention, Rule, int]]:
    """Join neighbours under one rule: “wagyu beef jerky” is one finding, not three."""
    joined: list[tuple[Mention, Rule, int]] = []
    last: dict[tuple[str, int], int] = {}
    for mention, rule in found:
        key = (rule.id, mention.segment)
        place = last.get(key)
        if place is not None:
            before, first_rule, end = joined[place]
            between = case.item.segments[mention.segment].text[end : mention.start]
            if not between.strip() and "\n" not in between:
                joined[place] = (before, first_rule, mention.end)
                continue
        last[key] = len(joined)
        joined.append((mention, rule, mention.end))
    return joined
