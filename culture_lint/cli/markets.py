"""``culture-lint markets``: what is covered, how deeply, and when it was reviewed."""

from __future__ import annotations

import json
from pathlib import Path

import click

from culture_lint.cli.options import base_settings, ruleset_options


@click.command("markets", short_help="List the markets covered, and how deeply.")
@click.option("--format", "-f", "format_", type=click.Choice(["text", "json"]), default="text")
@ruleset_options
def command(
    format_: str, rulesets: tuple[Path, ...], config: Path | None, isolated: bool, no_cache: bool
) -> int:
    """List every market and community with rulesets: readings, languages examined, last review.

    "Examined" are the languages in which enough readings have forms; copy in any other language
    is reported as not examined for that market instead of being scored.
    """
    from culture_lint.knowledge.model import Polarity
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
                "examined": {
                    language: market.forms[language] for language in sorted(market.examined)
                },
                "exact_forms_only": sorted(market.examined - understood),
                "inherits": [scope for scope in market.chain if scope != market.id],
                "reviewed": market.reviewed,
            }
        )
    if format_ == "json":
        click.echo(json.dumps({"markets": rows}, ensure_ascii=False, indent=1))
        return 0
    head = (
        "market",
        "name",
        "readings",
        "own",
        "verified",
        "welcome",
        "languages",
        "examined in",
        "reviewed",
    )
    table = [head] + [
        (
            str(row["market"]),
            str(row["name"]),
            str(row["readings"]),
            str(row["own_readings"]),
            str(row["verified"]),
            str(row["welcome"]),
            " ".join(knowledge.markets[str(row["market"])].languages),
            " ".join(sorted(knowledge.markets[str(row["market"])].examined)),
            str(row["reviewed"]),
        )
        for row in rows
    ]
    widths = [max(len(line[column]) for line in table) for column in range(len(head))]
    for line in table:
        cells = [
            cell.rjust(width) if 2 <= column <= 5 else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        click.echo("  ".join(cells).rstrip())
    click.echo(
        f"Words count with their inflections and particles in {len(understood)} languages, in any "
        "other only as the rulesets spell them (docs/languages.md).",
        err=True,
    )
    click.echo(f"rulesets {knowledge.digest[:12]}", err=True)
    return 0
