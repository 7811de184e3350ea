"""``culture-lint brief``: what to know of a market before any copy is written."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from culture_lint.cli.options import WHOLE, base_settings, ruleset_options, split
from culture_lint.cli.output import opened, target_of
from culture_lint.errors import SettingsError

if TYPE_CHECKING:
    from culture_lint.knowledge.runtime import Knowledge

#: Spelled out here because asking the writers would import the rulesets' rooms for --help.
FORMATS = ("text", "markdown", "html", "json")

DAY = click.DateTime(["%Y-%m-%d"])


@click.command("brief", short_help="Write a creative brief for a market.")
@click.option(
    "--market",
    "-m",
    multiple=True,
    type=WHOLE,
    metavar="SA,IN",
    help="Markets to write a brief for; comma list or repeated.",
)
@click.option(
    "--community",
    multiple=True,
    type=WHOLE,
    metavar="texas-ranch",
    help="Communities of these markets, in whose place the brief is written.",
)
@click.option(
    "--platform",
    multiple=True,
    type=WHOLE,
    metavar="amazon,meta",
    help="Marketplaces and networks whose own rules hold beside the markets'.",
)
@click.option(
    "--intent",
    multiple=True,
    type=WHOLE,
    metavar="WORDS",
    help="What the copy is to convey (natural, premium ...): how to comes first.",
)
@click.option(
    "--from",
    "start",
    type=DAY,
    metavar="YYYY-MM-DD",
    help="First day of the part on dates.  [default: today]",
)
@click.option(
    "--until", "end", type=DAY, metavar="YYYY-MM-DD", help="Its last day.  [default: a year later]"
)
@click.option("--all", "whole", is_flag=True, help="Everything, not only the first of each group.")
@click.option("--preview", is_flag=True, help="With readings that are still in preview.")
@click.option(
    "--format",
    "-f",
    "format_",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="Form of the brief.",
)
@click.option("--output", "-o", metavar="FILE", help="Write the brief there.")
@ruleset_options
def command(
    market: tuple[str, ...],
    community: tuple[str, ...],
    platform: tuple[str, ...],
    intent: tuple[str, ...],
    start: datetime | None,
    end: datetime | None,
    whole: bool,
    preview: bool,
    format_: str,
    output: str | None,
    rulesets: tuple[Path, ...],
    config: Path | None,
    isolated: bool,
    no_cache: bool,
) -> int:
    """Write a creative brief for a market, from what the rulesets know of it.

    What to avoid and what to prefer, through whom to speak, which claims need proof, how numbers
    and dates are written, and on whose authority. Markets, platforms and the intent are those of the
    configuration where no flag names any.
    """
    from culture_lint.advice.brief import make_brief
    from culture_lint.advice.brief_dates import dates_between
    from culture_lint.engine import known_platform
    from culture_lint.matching.prepare import load_knowledge
    from culture_lint.reports.brief import WRITERS

    settings = base_settings(Path(), config, isolated, rulesets, no_cache)
    knowledge = load_knowledge(settings.rulesets, use_cache=settings.cache)
    markets = wanted(knowledge, split(market) or settings.markets, split(community))
    platforms = [known_platform(knowledge, one) for one in split(platform) or settings.platforms]
    first = start.date() if start else date.today()
    dates = dates_between(first, end.date() if end else None, settings.rulesets)
    briefs = [
        make_brief(
            knowledge,
            one,
            platforms=tuple(dict.fromkeys(platforms)),
            intent=split(intent) or settings.intent or settings.brand.intent,
            ignore=settings.ignore,
            preview=preview or settings.preview,
            whole=whole,
            dates=dates,
        )
        for one in markets
    ]
    target = None if output in (None, "-") else target_of(str(output), ())
    with opened(target) as out:
        out.write(WRITERS[format_](briefs))
    return 0


def wanted(
    knowledge: Knowledge, markets: tuple[str, ...], communities: tuple[str, ...]
) -> list[str]:
    """Return the ids of the markets asked for, and of their communities in their place.

    Raises:
        SettingsError: If none is named, or one is that no ruleset covers.
    """
    from culture_lint.engine import known_market
    from culture_lint.knowledge.wording import nearest

    if not markets and not communities:
        raise SettingsError("name the market to write a brief for: --market SA")
    found = list(dict.fromkeys(known_market(knowledge, one) for one in markets))
    if not communities:
        return found
    chosen = []
    for name in communities:
        if "/" in name:
            chosen.append(known_market(knowledge, name))
            continue
        here = [one for one in knowledge.markets if "/" in one and one.split("/")[0] in found]
        fits = [one for one in here if one.split("/", 1)[1] == name.strip().lower()]
        if not fits:
            named = [one.split("/", 1)[1] for one in here]
            hint = nearest(name, named) or (
                f" (there is {', '.join(named)})" if named else " (none is covered)"
            )
            raise SettingsError(f"no community {name!r} in {', '.join(found) or 'no market'}{hint}")
        chosen.extend(fits)
    homes = {one.split("/")[0] for one in chosen}
    return list(dict.fromkeys([*(one for one in found if one not in homes), *chosen]))
