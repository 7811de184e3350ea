"""``culture-lint markets``: what is covered, how deeply, and when it was reviewed."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from culture_lint.cli.options import base_settings, ruleset_options


@click.command("markets", short_help="List the markets and platforms covered, and how deeply.")
@click.option("--format", "-f", "format_", type=click.Choice(["text", "json"]), default="text")
@ruleset_options
def command(
    format_: str, rulesets: tuple[Path, ...], config: Path | None, isolated: bool, no_cache: bool
) -> int:
    """List every market, community and platform with rulesets, and how deeply it is covered.

    For each: readings by category, how many rest on a source that was read, the number of sources,
    the last review, and the languages in which enough readings have forms to examine copy; copy
    in any other language is reported as not examined instead of being scored.
    """
    from culture_lint.knowledge.scales import Polarity
    from culture_lint.language.affixes import languages_with_affixes
    from culture_lint.language.inflection import languages
    from culture_lint.language.scripts import UNSPACED
    from culture_lint.matching.prepare import load_knowledge

    settings = base_settings(Path(), config, isolated, rulesets, no_cache)
    knowledge = load_knowledge(settings.rulesets, use_cache=settings.cache)
    # Vietnamese does not inflect: its forms are all there are.
    understood = languages() | languages_with_affixes() | UNSPACED | {"vi"}
    rows = []
    for market in knowledge.markets.values():
        readings = [knowledge.reading(number) for number in market.readings]
        sources = {
            source.url or source.cite or source.title
            for one in readings
            for source in one.evidence.sources
        }
        rows.append(
            {
                "market": market.id,
                "name": market.name,
                "languages": list(market.languages),
                "also_read": list(market.also_read),
                "readings": len(readings),
                "own_readings": sum(one.owner == market.id for one in readings),
                "welcome": sum(one.polarity is Polarity.POSITIVE for one in readings),
                "verified": sum(one.evidence.verified for one in readings),
                "by_category": dict(Counter(one.category for one in readings).most_common()),
                "by_evidence": dict(Counter(one.evidence.kind for one in readings).most_common()),
                "sources": len(sources),
                "examined": {
                    language: market.forms[language] for language in sorted(market.examined)
                },
                "exact_forms_only": sorted(market.examined - understood),
                "inherits": [scope for scope in market.chain if scope != market.id],
                "reviewed": market.reviewed,
            }
        )
    networks = [
        {"platform": one.id, "name": one.name, "readings": len(one.readings)}
        for one in knowledge.platforms.values()
    ]
    if format_ == "json":
        shape = {"markets": rows, "platforms": networks}
        click.echo(json.dumps(shape, ensure_ascii=False, indent=1))
        return 0
    for row in rows:
        _print(row)
    for network in networks:
        click.echo(f"--platform {network['platform']:<16}{network['name']}: {network['readings']}")
    click.echo(
        f"Words count with their inflections and particles in {len(understood)} languages, in any "
        "other only as the rulesets spell them (docs/languages.md).",
        err=True,
    )
    click.echo(f"{len(rows)} markets and communities, rulesets {knowledge.digest[:12]}", err=True)
    return 0


def _print(row: Mapping[str, Any]) -> None:
    """Print a market in three lines: what there is, of what, and in which languages."""
    click.echo(
        f"{row['market']:<20} {row['name']}: {row['readings']} readings, {row['own_readings']} of "
        f"its own, {row['welcome']} welcome; {row['verified']} verified, {row['sources']} sources, "
        f"last review {row['reviewed']}"
    )
    _wrapped("of", (f"{name} {count}" for name, count in row["by_category"].items()))
    examined = row["examined"]
    _wrapped("in", (f"{name} {examined[name]}" for name in sorted(examined, key=_most(examined))))


def _most(counts: Mapping[str, int]) -> Callable[[str], tuple[int, str]]:
    return lambda name: (-counts[name], name)


def _wrapped(head: str, parts: Iterable[str]) -> None:
    text = ", ".join(parts)
    for line in textwrap.wrap(text, 96, initial_indent=f"    {head} ", subsequent_indent=" " * 7):
        click.echo(line)
