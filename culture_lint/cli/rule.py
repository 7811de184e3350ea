"""``culture-lint rule``: explain one rule."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from culture_lint.cli.options import base_settings, ruleset_options
from culture_lint.errors import SettingsError

if TYPE_CHECKING:
    from culture_lint.knowledge.model import Reading
    from culture_lint.knowledge.runtime import Knowledge


@click.command("rule", short_help="Explain a rule: what, why, on whose authority.")
@click.argument("rule_id", metavar="ID")
@click.option("--format", "-f", "format_", type=click.Choice(["text", "json"]), default="text")
@ruleset_options
def command(
    rule_id: str,
    format_: str,
    rulesets: tuple[Path, ...],
    config: Path | None,
    isolated: bool,
    no_cache: bool,
) -> int:
    """Explain the rule ID, such as IN/cow-figurative.

    Says what it finds, what the sign means there, on whose authority, what to say instead, and
    when it is fine.
    """
    from culture_lint.judging.registry import own_readings
    from culture_lint.knowledge.runtime import to_plain
    from culture_lint.matching.prepare import load_knowledge

    settings = base_settings(Path(), config, isolated, rulesets, no_cache)
    knowledge = load_knowledge(settings.rulesets, use_cache=settings.cache)
    found = {one.id: one for one in knowledge.all_readings()} | own_readings(knowledge)
    reading = found.get(rule_id)
    if reading is None:
        near = difflib.get_close_matches(rule_id, found, 3, 0.4)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise SettingsError(f"there is no rule {rule_id!r}{hint} (`culture-lint rules list`)")
    markets = [one.id for one in knowledge.markets.values() if reading.owner in one.chain]
    if format_ == "json":
        import dataclasses

        names = [one.name for one in dataclasses.fields(reading)]
        shape = dict(zip(names, to_plain(reading), strict=True))
        shape["markets"] = markets
        click.echo(json.dumps(shape, ensure_ascii=False, indent=1))
        return 0
    for line in _explain(knowledge, reading, markets):
        click.echo(line)
    return 0


def _explain(knowledge: Knowledge, reading: Reading, markets: list[str]) -> Iterator[str]:
    from culture_lint.knowledge.scales import Polarity
    from culture_lint.results import NO_LEGAL_ADVICE

    yield reading.id
    yield f"  {reading.severity.value}, {reading.category}, {reading.polarity.value}; CAI dimension {reading.dimension}; MQM {reading.mqm}"
    if reading.owner in knowledge.platforms:
        yield f"  counts in every market, with --platform {reading.owner}"
    else:
        yield f"  counts in {', '.join(markets)}"
    yield ""
    yield "What it finds"
    for name in reading.signifiers:
        yield f"  {name}: {_forms(knowledge, name)}"
    for name in reading.personas:
        number = knowledge.persona_numbers[name]
        yield f"  persona {name}: {knowledge.persona(number)[2]}"
    if reading.through:
        relations = ", ".join(one.value for one in reading.through)
        yield f"  and what leads to it by {relations}: {_children(knowledge, reading)}"
    yield from _conditions(reading)
    yield ""
    yield "What it means there"
    yield f"  {reading.signified}"
    yield ""
    yield f"Why: {reading.evidence.kind}, {'confirmed' if reading.evidence.verified else 'not confirmed'}, reviewed {reading.reviewed}"
    for source in reading.evidence.sources:
        yield "  " + " ".join(part for part in (source.title, source.cite, source.url) if part)
    if reading.evidence.kind == "statute":
        yield f"  {NO_LEGAL_ADVICE}"
    if reading.instead or reading.rewrite:
        yield ""
        yield "Say instead"
        for one in reading.instead:
            keeps = f" (keeps {', '.join(one.keeps)})" if one.keeps else ""
            words = f" for {', '.join(one.only_for)}" if one.only_for else ""
            yield f"  {one.language}: {one.say}{words}{keeps}"
        if reading.rewrite:
            yield f"  {reading.rewrite}"
    yield ""
    yield "Flagged"
    yield from (f"  {one.text}" for one in reading.flag)
    yield "Fine"
    yield from (f"  {one.text}" for one in reading.passes)
    if reading.polarity is not Polarity.POSITIVE:
        yield "To silence it"
        if reading.suppressible:
            yield f"  culture-lint: ignore[{reading.id}] -- reason"
        else:
            yield "  cannot be: it rests on law, or on a platform's ban"


def _conditions(reading: Reading) -> Iterator[str]:
    if reading.usage_any:
        yield f"  when used as {', '.join(one.value for one in reading.usage_any)}"
    if reading.usage_none:
        yield f"  not when {', '.join(one.value for one in reading.usage_none)}"
    for word, company in (("with", reading.with_), ("without", reading.without)):
        if company is not None:
            names = ", ".join(company.any + company.all)
            yield f"  {word} {names} in the same {company.within}"
    if reading.roles:
        yield f"  in the fields {', '.join(reading.roles)}"
    if reading.languages:
        yield f"  in copy in {', '.join(reading.languages)}"


def _forms(knowledge: Knowledge, name: str) -> str:
    sayings = knowledge.sayings(knowledge.signifier_numbers[name])
    return ", ".join(f"{form} ({language})" for language, form in sayings.items()) or "(no words)"


def _children(knowledge: Knowledge, reading: Reading) -> str:
    names = []
    for number in range(len(knowledge.signifier_numbers)):
        for other, via in knowledge.reach(number):
            if via and knowledge.reading(other).id == reading.id:
                names.append(" → ".join(via))
    return "; ".join(dict.fromkeys(names)) or "nothing yet"
