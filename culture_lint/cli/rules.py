"""``culture-lint rules``: list, validate, test and evaluate rulesets."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from culture_lint.cli.options import base_settings, checked_detector, ruleset_options, split
from culture_lint.errors import SettingsError

if TYPE_CHECKING:
    from culture_lint.knowledge.runtime import Knowledge
    from culture_lint.rulecheck import Evaluation, Tally


@click.group("rules", short_help="List, validate, test and evaluate rulesets.")
def command() -> None:
    """List, validate, test and evaluate rulesets, the built-in ones or your own."""


@command.command("list", short_help="List the rules.")
@click.option("--market", "-m", multiple=True, help="Only the rules of these markets.")
@click.option("--format", "-f", "format_", type=click.Choice(["text", "json"]), default="text")
@ruleset_options
def list_rules(
    market: tuple[str, ...],
    format_: str,
    rulesets: tuple[Path, ...],
    config: Path | None,
    isolated: bool,
    no_cache: bool,
) -> int:
    """List the rules: id, severity, category, what they are about."""
    from culture_lint.engine import known_market
    from culture_lint.judging.registry import own_readings
    from culture_lint.matching.prepare import load_knowledge

    settings = base_settings(Path(), config, isolated, rulesets, no_cache)
    knowledge = load_knowledge(settings.rulesets, use_cache=settings.cache)
    names = [known_market(knowledge, name) for name in split(market)] or list(knowledge.markets)
    numbers = sorted({n for name in names for n in knowledge.markets[name].readings})
    readings = {one.id: one for one in map(knowledge.reading, numbers)}
    own = own_readings(knowledge).values()
    readings |= {one.id: one for one in own if one.owner in ("global", *names)}
    chosen = [readings[name] for name in sorted(readings)]
    if format_ == "json":
        rows = [
            {
                "rule": one.id,
                "category": one.category,
                "severity": one.severity.value,
                "polarity": one.polarity.value,
                "evidence": one.evidence.kind,
                "verified": one.evidence.verified,
                "signified": one.signified,
                "reviewed": one.reviewed,
            }
            for one in chosen
        ]
        click.echo(json.dumps({"rules": rows}, ensure_ascii=False, indent=1))
        return 0
    width = max((len(one.id) for one in chosen), default=0)
    for one in chosen:
        kind = one.polarity.value if one.polarity.value == "positive" else one.severity.value
        click.echo(f"{one.id:<{width}}  {kind:<8}  {one.category:<14}  {one.signified}")
    click.echo(f"{len(chosen)} rules", err=True)
    return 0


@command.command("validate", short_help="Say everything that is wrong in ruleset files.")
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path))
@click.option("--warnings", is_flag=True, help="Show what is worth a second look, too.")
def validate_rules(folders: tuple[Path, ...], warnings: bool) -> int:
    """Say everything that is wrong in ruleset files, each with its place and what to do.

    FOLDERS are packs of your own, on top of the built-in rulesets; without any, the built-in
    ones alone are validated.
    """
    from culture_lint.knowledge.check import examine
    from culture_lint.knowledge.packs import builtin_root

    for folder in folders:
        if not folder.is_dir():
            raise SettingsError(f"no folder of rulesets {str(folder)!r}")
    found = examine([builtin_root(), *folders])
    for problem in found.problems:
        click.echo(str(problem))
    problems = len(found.problems)
    if not problems:
        # Only sound rulesets can be run, and running is what tells whether an alternative offends.
        from culture_lint.dates.load import load_calendar
        from culture_lint.matching.prepare import load_knowledge
        from culture_lint.rulecheck import offending_alternatives

        load_calendar(folders)

        for failure in offending_alternatives(load_knowledge(folders)):
            click.echo(str(failure))
            problems += 1
    if warnings:
        for problem in found.warnings:
            click.echo(f"warning: {problem}")
    noted = f", {len(found.warnings)} warnings" if found.warnings else ""
    click.echo(f"{problems} problems{noted}", err=True)
    return 2 if problems else 0


@command.command("test", short_help="Run the examples of every reading.")
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--coverage",
    is_flag=True,
    help="Fail for readings that lack an example of each kind, and for forms that nothing can fire.",
)
@click.option("--no-cache", is_flag=True, help="Neither read nor keep the compiled rulesets.")
def test_rules(folders: tuple[Path, ...], coverage: bool, no_cache: bool) -> int:
    """Run the examples of every reading, and check that no alternative offends itself."""
    from culture_lint.matching.prepare import load_knowledge
    from culture_lint.rulecheck import run_examples, uncovered

    for folder in folders:
        if not folder.is_dir():
            raise SettingsError(f"no folder of rulesets {str(folder)!r}")
    knowledge = load_knowledge(folders, use_cache=not no_cache)
    result = run_examples(knowledge)
    for failure in result.failures:
        click.echo(str(failure))
    missing = (*uncovered(knowledge), *_unfound(knowledge, folders)) if coverage else ()
    for line in missing:
        click.echo(line)
    click.echo(
        f"{result.examples} examples of {result.readings} readings: "
        f"{result.examples - len(result.failures)} passed, {len(result.failures)} failed"
        + (f", {len(missing)} gaps in coverage" if coverage else ""),
        err=True,
    )
    return 1 if result.failures or missing else 0


@command.command("pages", short_help="Write what the rulesets say as Markdown pages.")
@click.argument("target", type=click.Path(path_type=Path, file_okay=False))
@ruleset_options
def write_pages(
    target: Path, rulesets: tuple[Path, ...], config: Path | None, isolated: bool, no_cache: bool
) -> int:
    """Write Markdown pages below TARGET: rules/ with a page a scope, markets/ with one a market.

    Pages of scopes and markets that are gone are removed; other files are left alone.
    """
    from culture_lint.knowledge.load import load_library
    from culture_lint.knowledge.packs import builtin_root
    from culture_lint.matching.prepare import load_knowledge
    from culture_lint.pages import pages

    settings = base_settings(Path(), config, isolated, rulesets, no_cache)
    knowledge = load_knowledge(settings.rulesets, use_cache=settings.cache)
    library = load_library([builtin_root(), *settings.rulesets], validate=False)
    written = pages(knowledge, library)
    for folder in ("rules", "markets"):
        (target / folder).mkdir(parents=True, exist_ok=True)
        for stale in (target / folder).glob("*.md"):
            if f"{folder}/{stale.name}" not in written and "rules pages" in stale.read_text(
                "utf-8"
            ):
                stale.unlink()
    for name, text in written.items():
        (target / name).write_text(text, "utf-8")
    click.echo(f"{len(written)} pages in {target}", err=True)
    return 0


def _unfound(knowledge: Knowledge, folders: Sequence[Path]) -> tuple[str, ...]:
    from culture_lint.knowledge.load import load_library
    from culture_lint.knowledge.packs import builtin_root
    from culture_lint.matching.coverage import unfound_forms

    library = load_library([builtin_root(), *folders], validate=False)
    return tuple(map(str, unfound_forms(knowledge, library)))


@command.command("evaluate", short_help="Measure recall and false alarms on labelled cases.")
@click.argument("cases", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "-f", "format_", type=click.Choice(["text", "json"]), default="text")
@click.option("--detector", default="eld", show_default=True, help="Language detector.")
@click.option("--misses/--no-misses", default=True, help="List what was missed or wrongly flagged.")
@ruleset_options
def evaluate_rules(
    cases: tuple[Path, ...],
    format_: str,
    detector: str,
    misses: bool,
    rulesets: tuple[Path, ...],
    config: Path | None,
    isolated: bool,
    no_cache: bool,
) -> int:
    """Measure recall and false alarms on labelled CASES (JSON Lines, see docs/evaluate.md)."""
    from culture_lint.matching.prepare import load_knowledge
    from culture_lint.rulecheck import evaluate, read_cases

    settings = base_settings(Path(), config, isolated, rulesets, no_cache)
    labelled = [case for path in cases for case in read_cases(path)]
    knowledge = load_knowledge(settings.rulesets, use_cache=settings.cache)
    result = evaluate(knowledge, labelled, checked_detector(detector))
    if format_ == "json":
        click.echo(json.dumps(_evaluation_shape(result), ensure_ascii=False, indent=1))
        return 0
    _print_evaluation(result, misses)
    return 0


def _print_evaluation(result: Evaluation, misses: bool) -> None:
    click.echo(
        f"{'':<24}{'incidents':>10}{'found':>7}{'recall':>8}{'harmless':>10}{'alarms':>8}{'rate':>7}"
    )
    _row("all", result.total)
    for title, table in (
        ("market", result.by_market),
        ("category", result.by_category),
        ("language", result.by_language),
    ):
        for name in sorted(table):
            _row(f"{title} {name}", table[name])
    if result.skipped:
        click.echo(f"left out, as no ruleset covers their market: {result.skipped}")
    if misses:
        _listing("missed", result.misses)
        _listing("false alarm", result.false_alarms)


def _row(name: str, tally: Tally) -> None:
    from culture_lint.rulecheck import shares

    recall, alarms = shares(tally)
    click.echo(
        f"{name:<24}{tally.incidents:>10}{tally.hits:>7}{_percent(recall):>8}"
        f"{tally.harmless:>10}{tally.alarms:>8}{_percent(alarms):>7}"
    )


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f}%"


def _listing(kind: str, rows: Sequence[tuple[str, str, str, str]]) -> None:
    for case, market, text, rules in rows:
        click.echo(f"{kind} {case} {market}: {text}" + (f"  [{rules}]" if rules else ""))


def _evaluation_shape(result: Evaluation) -> dict[str, object]:
    def tallies(table: Mapping[str, Tally]) -> dict[str, object]:
        return {name: _tally_shape(table[name]) for name in sorted(table)}

    def rows(found: Sequence[tuple[str, str, str, str]]) -> list[dict[str, str]]:
        return [
            {"id": case, "market": market, "text": text, "rules": rules}
            for case, market, text, rules in found
        ]

    return {
        "total": _tally_shape(result.total),
        "by_market": tallies(result.by_market),
        "by_category": tallies(result.by_category),
        "by_language": tallies(result.by_language),
        "misses": rows(result.misses),
        "false_alarms": rows(result.false_alarms),
        "skipped": result.skipped,
    }


def _tally_shape(tally: Tally) -> dict[str, object]:
    from culture_lint.rulecheck import shares

    recall, alarms = shares(tally)
    return {
        "incidents": tally.incidents,
        "found": tally.hits,
        "recall": recall,
        "harmless": tally.harmless,
        "false_alarms": tally.alarms,
        "false_alarm_rate": alarms,
    }
