"""Write what the rulesets say as Markdown pages: one a scope with its rules, one a market."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from culture_lint.knowledge.model import (
    Alternative,
    Example,
    Library,
    Reading,
    Scope,
    Signifier,
)
from culture_lint.knowledge.runtime import Knowledge, Market
from culture_lint.knowledge.scales import Polarity
from culture_lint.results import NO_LEGAL_ADVICE

#: Forms of one language shown on a page; the rest is in the ruleset file.
SHOWN_FORMS = 6
#: Characters of a meaning in a market's table; the rule's own page has all of it.
MEANING = 100

_HEAD = "<!-- Written by `culture-lint rules pages`; edit the rulesets, not this page. -->"
#: What Markdown would take for markup or, in a table, for the end of a cell.
_ESCAPED = str.maketrans({char: f"\\{char}" for char in "\\`*_[]<>|#"} | {"\n": " "})


def pages(knowledge: Knowledge, library: Library) -> dict[str, str]:
    """Return the pages by path: ``rules/<scope>.md``, ``markets/<market>.md`` and their indexes."""
    owners: dict[str, list[Reading]] = {}
    for reading in {one.id: one for one in knowledge.all_readings()}.values():
        owners.setdefault(reading.owner, []).append(reading)
    scopes = {name: library.scopes[name] for name in sorted(library.scopes)}
    found = {
        f"rules/{_file(name)}.md": _scope_page(knowledge, library, scope, owners.get(name, ()))
        for name, scope in scopes.items()
    }
    found["rules/README.md"] = _rules_index(scopes, owners)
    for market in knowledge.markets.values():
        found[f"markets/{_file(market.id)}.md"] = _market_page(knowledge, library, market)
    found["markets/README.md"] = _markets_index(knowledge)
    return found


# -- a scope and its rules ----------------------------------------------------------------------


def _scope_page(
    knowledge: Knowledge, library: Library, scope: Scope, readings: Sequence[Reading]
) -> str:
    lines = [_HEAD, "", f"# {_said(scope.name)}", "", _where(knowledge, scope), ""]
    for reading in sorted(readings, key=lambda one: one.id):
        lines.extend(_rule(library, reading, _shown_languages(scope)))
    return "\n".join(lines).rstrip() + "\n"


def _where(knowledge: Knowledge, scope: Scope) -> str:
    if scope.kind == "platform":
        return f"Counts in every market asked for, with `--platform {scope.id}`."
    heirs = [one for one in knowledge.markets.values() if scope.id in one.chain]
    return "Counts in " + ", ".join(_market_link(one, "../markets/") for one in heirs) + "."


def _shown_languages(scope: Scope) -> tuple[str, ...]:
    """The languages whose forms a page shows: those of the scope, else the commonest of copy."""
    return tuple(dict.fromkeys(("en", *(scope.languages or ("zh",)))))


def _rule(library: Library, reading: Reading, shown: Sequence[str]) -> Iterator[str]:
    yield f"## {_said(reading.id)}"
    yield ""
    yield (
        f"**{reading.severity.value}** · {reading.category} · {reading.polarity.value} · "
        f"{reading.dimension}"
        + (" · in preview" if reading.preview else "")
        + ("" if reading.fires else " · a popular error: never fires")
    )
    yield ""
    yield _said(reading.signified) + ("" if reading.signified.endswith(".") else ".")
    yield ""
    yield from _finds(library, reading, shown)
    for word, company in (("with", reading.with_), ("without", reading.without)):
        if company is not None:
            names = ", ".join(f"`{name}`" for name in (*company.any, *company.all))
            yield f"- {word}, in the same {company.within}: {names}"
    if reading.usage_any:
        yield f"- when used as: {', '.join(one.value for one in reading.usage_any)}"
    if reading.usage_none:
        yield f"- not when: {', '.join(one.value for one in reading.usage_none)}"
    if reading.roles:
        yield f"- in the fields: {', '.join(reading.roles)}"
    if reading.markets:
        yield f"- on the sites of: {', '.join(reading.markets)}"
    yield ""
    yield from _advice(reading)
    yield from _authority(reading)
    yield from _examples("Flagged", reading.flag)
    yield from _examples("Fine", reading.passes)
    yield ""


def _finds(library: Library, reading: Reading, shown: Sequence[str]) -> Iterator[str]:
    for name in reading.signifiers:
        sign = library.signifiers.get(name)
        if sign is not None:
            yield f"- finds `{name}`: {_forms(sign, shown)}"
    for name in reading.personas:
        yield f"- finds the voice `{name}`: {_said(library.personas[name].definition)}"
    if reading.through:
        yield f"- and what leads there: {', '.join(one.value for one in reading.through)}"
    if reading.limit is not None:
        limit = reading.limit
        parts = [
            f"longest {limit.longest} {limit.unit}" if limit.longest else "",
            f"shortest {limit.shortest} {limit.unit}" if limit.shortest else "",
            f"none of {_said(' '.join(limit.forbidden))}" if limit.forbidden else "",
            f"no word more than {limit.repeats} times" if limit.repeats else "",
            "no words in capitals" if limit.capitals else "",
            "no emoji" if limit.emoji else "",
        ]
        yield f"- the field itself: {', '.join(part for part in parts if part)}"


def _forms(sign: Signifier, shown: Sequence[str]) -> str:
    by_language: dict[str, list[str]] = {}
    for form in sign.forms:
        by_language.setdefault(form.language, []).append(form.text)
    parts = []
    for language in ("*", *shown):
        forms = by_language.pop(language, [])
        if forms:
            more = f" and {len(forms) - SHOWN_FORMS} more" if len(forms) > SHOWN_FORMS else ""
            name = "any language" if language == "*" else language
            parts.append(f"*{name}* " + ", ".join(map(_said, forms[:SHOWN_FORMS])) + more)
    if by_language:
        parts.append(f"and in {', '.join(sorted(by_language))}")
    return "; ".join(parts) or (f"the number {sign.number}" if sign.number else "no words")


def _advice(reading: Reading) -> Iterator[str]:
    if reading.instead:
        yield "Say instead: " + "; ".join(map(_alternative, reading.instead)) + "."
        yield ""
    if reading.rewrite:
        yield _said(reading.rewrite)
        yield ""


def _alternative(one: Alternative) -> str:
    keeps = f" (keeps {', '.join(one.keeps)})" if one.keeps else ""
    words = f" for {', '.join(f'“{_said(word)}”' for word in one.only_for)}" if one.only_for else ""
    return f"*{one.language}* “{_said(one.say)}”{words}{keeps}"


def _authority(reading: Reading) -> Iterator[str]:
    state = "source read" if reading.evidence.verified else "source not read by us"
    force = f", in force since {reading.in_force}" if reading.in_force else ""
    yield f"Authority: {reading.evidence.kind}, {state}{force}; reviewed {reading.reviewed}."
    for source in reading.evidence.sources:
        title = _said(source.title)
        linked = f"[{title}](<{source.url}>)" if source.url else title
        seen = f", seen {source.read}" if source.read else ""
        yield f"- {linked}{f', {_said(source.cite)}' if source.cite else ''}{seen}"
    if reading.evidence.kind == "statute" or reading.polarity is Polarity.REGULATED:
        yield f"- {NO_LEGAL_ADVICE}"
    yield ""


def _examples(title: str, examples: Sequence[Example]) -> Iterator[str]:
    if examples:
        yield f"{title}: " + " · ".join(f"“{_said(one.text)}”" for one in examples)
        yield ""


def _rules_index(scopes: Mapping[str, Scope], owners: Mapping[str, Sequence[Reading]]) -> str:
    lines = [_HEAD, "", "# Rules by scope", ""]
    for kind, title in (
        ("region", "Regions"),
        ("market", "Markets"),
        ("community", "Communities"),
        ("platform", "Platforms"),
    ):
        lines += [f"## {title}", "", "| scope | | rules |", "|---|---|--:|"]
        lines += [
            f"| [{_said(name)}]({_file(name)}.md) | {_said(scope.name)} | {len(owners.get(name, ()))} |"
            for name, scope in scopes.items()
            if scope.kind == kind
        ]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


# -- a market -----------------------------------------------------------------------------------


def _market_page(knowledge: Knowledge, library: Library, market: Market) -> str:
    readings = [knowledge.reading(number) for number in market.readings]
    inherited = [library.scopes[name] for name in market.chain if name != market.id]
    sources = {(s.title, s.cite, s.url) for one in readings for s in one.evidence.sources}
    verified = sum(one.evidence.verified for one in readings)
    clashes = [one for one in readings if one.polarity in _CLASHING and one.fires]
    lines = [
        _HEAD,
        "",
        f"# {_said(market.name)} ({_said(market.id)})",
        "",
        f"{len(readings)} readings, {sum(one.owner == market.id for one in readings)} of its own; "
        f"{verified} rest on a source that was read; {len(sources)} sources; last review "
        f"{market.reviewed}.",
        "",
        f"- copy for it may be in: {', '.join(market.languages)}",
        f"- examined: {', '.join(sorted(market.examined))}",
        "- inherits: "
        + ", ".join(f"[{_said(one.name)}](../rules/{_file(one.id)}.md)" for one in inherited),
        "",
    ]
    for category, count in sorted(Counter(one.category for one in clashes).items()):
        lines += [f"## {category} ({count})", "", "| rule | severity | what it means here |"]
        lines += ["|---|---|---|"]
        lines += [_row(one) for one in _ranked(one for one in clashes if one.category == category)]
        lines.append("")
    welcome = [one for one in readings if one.polarity is Polarity.POSITIVE]
    if welcome:
        lines += ["## Welcome", "", "| rule | weight | what it says here |", "|---|---|---|"]
        lines += [_row(one) for one in _ranked(welcome)]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


_CLASHING = frozenset({Polarity.TABOO, Polarity.NEGATIVE, Polarity.REGULATED})


def _ranked(readings: Iterable[Reading]) -> list[Reading]:
    return sorted(readings, key=lambda one: (-one.severity.rank, one.id))


def _row(reading: Reading) -> str:
    link = f"../rules/{_file(reading.owner)}.md#{_anchor(reading.id)}"
    meaning = textwrap.shorten(reading.signified, MEANING, placeholder=" …")
    return f"| [{_said(reading.id)}]({link}) | {reading.severity.value} | {_said(meaning)} |"


def _markets_index(knowledge: Knowledge) -> str:
    lines = [_HEAD, "", "# Markets and communities", "", "| market | | readings | own | verified |"]
    lines += ["|---|---|--:|--:|--:|"]
    for market in knowledge.markets.values():
        readings = [knowledge.reading(number) for number in market.readings]
        own = sum(one.owner == market.id for one in readings)
        verified = sum(one.evidence.verified for one in readings)
        lines.append(
            f"| {_market_link(market, '')} | {_said(market.name)} | {len(readings)} | {own} | "
            f"{verified} |"
        )
    return "\n".join(lines) + "\n"


def _market_link(market: Market, folder: str) -> str:
    return f"[{_said(market.id)}]({folder}{_file(market.id)}.md)"


def _file(scope: str) -> str:
    return scope.lower().replace("/", "-")


def _anchor(rule: str) -> str:
    """Return the anchor that GitHub gives the heading of a rule."""
    return rule.lower().replace("/", "")


def _said(text: str) -> str:
    return text.translate(_ESCAPED)
