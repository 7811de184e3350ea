"""Check that rulesets make sense as a whole: names that exist, inheritance that ends.

Whether examples behave and alternatives are harmless needs the matcher and is checked elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from culture_lint.errors import Problem
from culture_lint.frozen import frozen
from culture_lint.knowledge.inheritance import inheritance_problems
from culture_lint.knowledge.merge import Merged, ScopeDraft, Site
from culture_lint.knowledge.model import Library, Reading, Signifier
from culture_lint.knowledge.read import read_packs
from culture_lint.knowledge.scales import RelationKind
from culture_lint.knowledge.sense import (
    cue_problems,
    date_problem,
    form_problems,
    idle_lookalikes,
    reading_problems,
)
from culture_lint.knowledge.wording import nearest, quoted


@frozen
class Verdict:
    """What validation found: ``problems`` stop a run, ``warnings`` do not."""

    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def validate(roots: Sequence[Path]) -> list[Problem]:
    """Return every problem in the packs, in the order of files and lines; empty when sound."""
    return list(examine(roots).problems)


def examine(roots: Sequence[Path]) -> Verdict:
    """Return every problem in the packs, and what is worth a second look."""
    merged = read_packs(roots, validate=True)
    return Verdict(check(merged, merged.library()), _in_order(_warnings(merged)))


def check(merged: Merged, library: Library) -> tuple[Problem, ...]:
    """Return the problems found while reading, and those of sense."""
    problems = list(merged.problems)
    problems += _signifier_problems(merged)
    problems += _relation_cycles(merged)
    for site in merged.personas.sites.values():
        problems += cue_problems(site)
    for draft in merged.scopes.values():
        problems += _scope_problems(merged, draft)
    problems += inheritance_problems(merged, library)
    for site in merged.days:
        problems += _day_problems(merged, site)
    return _in_order(problems)


def _in_order(problems: Iterator[Problem] | list[Problem]) -> tuple[Problem, ...]:
    def place(problem: Problem) -> tuple[str, int, int, str]:
        where = problem.location
        return where.path, where.line or 0, where.column or 0, problem.message

    return tuple(dict.fromkeys(sorted(problems, key=place)))


def _signifier_problems(merged: Merged) -> Iterator[Problem]:
    for site in merged.signifier_sites:
        yield from form_problems(site)
        for kind in site.data.get("relations", {}):
            yield from _unknown(site, merged.declared.signifiers, "signifier", "relations", kind)


def _unknown(site: Site, known: set[str], noun: str, *below: str) -> Iterator[Problem]:
    """Find ids under a key, one or a list, that nothing defines."""
    named = site.data
    for key in below:
        named = named.get(key, {})
    if isinstance(named, str):
        if named not in known:
            yield site.problem(f"there is no {noun} {quoted(named)}{nearest(named, known)}", *below)
        return
    for index, name in enumerate(named):
        if name not in known:
            message = f"there is no {noun} {quoted(name)}{nearest(name, known)}"
            yield site.problem(message, *below, index)


def _relation_cycles(merged: Merged) -> Iterator[Problem]:
    """Find signs that are, by way of others, a kind of themselves; each circle once."""
    done: set[str] = set()
    for start in sorted(merged.signifiers.values):
        path: dict[str, None] = {}
        stack = [(start, False)]
        while stack:
            sign, leaving = stack.pop()
            if leaving:
                path.popitem()
                done.add(sign)
            elif sign in path:
                yield _circle(merged, [*path], sign)
            elif sign not in done and sign in merged.signifiers.values:
                path[sign] = None
                above = _broader(merged.signifiers.values[sign])
                stack += [(sign, True), *((parent, False) for parent in reversed(above))]


def _circle(merged: Merged, path: list[str], sign: str) -> Problem:
    loop = " -> ".join([*path[path.index(sign) :], sign])
    site = merged.signifiers.sites[path[-1]]
    return site.problem(f"{sign} is a kind of itself: {loop}", "relations", "is_a")


def _broader(signifier: Signifier) -> list[str]:
    return [target for kind, target in signifier.relations if kind is RelationKind.IS_A]


def _scope_problems(merged: Merged, draft: ScopeDraft) -> Iterator[Problem]:
    if "name" not in draft.header:
        yield draft.site.problem(f'no file gives "{draft.id}" a name', of="key")
    if "reviewed" in draft.header:
        site = draft.header_sites["reviewed"]
        yield from date_problem(site, draft.header["reviewed"])
    for name, reading in draft.readings.values.items():
        site = draft.readings.sites[name]
        yield from reading_problems(site, reading)
        yield from _unknown_in_reading(merged, site, reading)
    for _, site, _ in draft.overrides:
        if set(site.data) == {"because"}:
            message = "changes nothing; give severity, confidence, polarity, message or instead"
            yield site.problem(message, of="key")


def _unknown_in_reading(merged: Merged, site: Site, reading: Reading) -> Iterator[Problem]:
    signifiers = merged.declared.signifiers
    yield from _unknown(site, signifiers, "signifier", "signifier")
    yield from _unknown(site, merged.declared.personas, "persona", "persona")
    for company in ("with", "without"):
        for which in ("any", "all"):
            yield from _unknown(site, signifiers, "signifier", company, which)
    for verdict, examples in (("flag", reading.flag), ("pass", reading.passes)):
        for index, example in enumerate(examples):
            if example.market is not None and example.market not in merged.scopes:
                near = nearest(example.market, merged.scopes)
                message = f"there is no market {quoted(example.market)}{near}"
                yield site.problem(message, "examples", verdict, index, "market")


def _day_problems(merged: Merged, site: Site) -> Iterator[Problem]:
    """Find signs and markets that an entry of a calendar names and nothing defines."""
    yield from date_problem(site, site.data["reviewed"], "reviewed")
    if "signifiers" in site.data:
        yield from _unknown(site, merged.declared.signifiers, "signifier", "signifiers")
    rows = [
        ((key, number), row)
        for key in ("kept", "abroad")
        for number, row in enumerate(site.data.get(key, ()))
    ]
    for below, row in (
        (("markets",), site.data),
        (("marked",), site.data),
        *(((*where, "markets"), row) for where, row in rows),
    ):
        for index, name in enumerate(row.get(below[-1], ())):
            if name not in merged.scopes and name != "*":
                message = f"there is no market {quoted(name)}{nearest(name, merged.scopes)}"
                yield site.problem(message, *below, index)


def _warnings(merged: Merged) -> Iterator[Problem]:
    used = _used(merged)
    for name, signifier in merged.signifiers.values.items():
        site = merged.signifiers.sites[name]
        if name not in used:
            yield site.problem("no reading, company or relation uses this sign", of="key")
        if not signifier.forms and signifier.number is None and not _is_parent(merged, name):
            yield site.problem("has no forms, emoji or number, so nothing can match it", of="key")
    for site in merged.signifier_sites:
        whole = merged.signifiers.values.get(str(site.keys[0]))
        if whole is not None:
            yield from idle_lookalikes(site, whole)
    for draft in merged.scopes.values():
        yield from _reading_warnings(draft)


def _is_parent(merged: Merged, name: str) -> bool:
    return any(name in _broader(signifier) for signifier in merged.signifiers.values.values())


def _reading_warnings(draft: ScopeDraft) -> Iterator[Problem]:
    for name, reading in draft.readings.values.items():
        site = draft.readings.sites[name]
        if reading.evidence.verified and not any(s.read for s in reading.evidence.sources):
            message = "is verified, but no source says when it was read"
            yield site.problem(message, "evidence", "verified")


def _used(merged: Merged) -> set[str]:
    """Return the signs that a reading can reach, or that others are related to."""
    used: set[str] = set()
    for draft in merged.scopes.values():
        for reading in draft.readings.values.values():
            used.update(reading.signifiers)
            for company in (reading.with_, reading.without):
                used.update((*company.any, *company.all) if company else ())
    for site in merged.days:
        used.update(site.data.get("signifiers", ()))
    for name, signifier in merged.signifiers.values.items():
        used.update(target for _, target in signifier.relations)
        used.update([name] if signifier.relations else [])
    return used
