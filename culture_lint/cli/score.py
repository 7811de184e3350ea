"""``culture-lint score``: the CAI of each item, what changes would bring, and what a market looks for."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from culture_lint.cli.brief import DAY
from culture_lint.cli.flags import Flags
from culture_lint.cli.inputs import Chosen, found_for, tell_left_out, warner
from culture_lint.cli.options import copy_options, ruleset_options
from culture_lint.cli.output import opened, target_of
from culture_lint.config.resolve import Configuration
from culture_lint.errors import SettingsError, SourceError

if TYPE_CHECKING:
    from culture_lint.session import Session
    from culture_lint.targets import Job
    from culture_lint.trials.report import Outlook


@click.command("score", short_help="Score items, and say which change pays.")
@click.argument("paths", nargs=-1, required=True)
@copy_options
@click.option("--what-if", is_flag=True, help="The CAI after each suggested change, and after all.")
@click.option(
    "--advice",
    is_flag=True,
    help="What each market looks for that the copy does not say: voices, proof, occasions.",
)
@click.option(
    "--from",
    "start",
    type=DAY,
    metavar="YYYY-MM-DD",
    help="First day of the launch: advises festivals of its time.",
)
@click.option(
    "--until", "end", type=DAY, metavar="YYYY-MM-DD", help="Its last day.  [default: the first]"
)
@click.option("--detector", help="Language detector.  [default: eld]")
@click.option("--stdin-filename", metavar="NAME", help="What standard input (-) is called.")
@click.option("--format", "-f", "format_", type=click.Choice(["text", "json"]), default="text")
@click.option("--output", "-o", metavar="FILE", help="Write the report there.")
@click.option("--quiet", "-q", is_flag=True, help="No notes.")
@ruleset_options
def command(
    paths: tuple[str, ...],
    what_if: bool,
    advice: bool,
    start: datetime | None,
    end: datetime | None,
    stdin_filename: str | None,
    format_: str,
    output: str | None,
    quiet: bool,
    config: Path | None,
    isolated: bool,
    **flags: Any,
) -> int:
    """Score the items of files, and say which change pays.

    --what-if puts each suggested wording into the copy and checks it again, so that the figures are
    scores and no estimates. --advice names what a market looks for, each piece tried on the copy
    too. This command is no gate: its exit code is 0, or 2 when something could not be read.
    """
    from culture_lint.session import Session

    if end and not start:
        raise SettingsError("--until needs --from: when does the launch begin?")
    chosen = Chosen(Configuration(config, isolated, warner(quiet)), Flags.of(flags))
    found = found_for(paths, stdin_filename, chosen)
    if not quiet:
        tell_left_out(found)
    jobs = chosen.jobs(found.sources)
    target = None if output in (None, "-") else target_of(str(output), found.sources)
    session = Session(jobs)
    window = (start.date(), (end or start).date()) if start else None
    failed: list[str] = []
    outlooks = _outlooks(session, jobs, what_if, advice, window, failed, quiet)
    with opened(target) as out:
        if format_ == "json":
            _write_json(out, outlooks)
        else:
            _write_text(out, outlooks)
    if session.unplaced:
        from culture_lint.cli.run import unplaced

        raise SettingsError(unplaced(session))
    return 2 if failed else 0


def _outlooks(
    session: Session,
    jobs: list[Job],
    what_if: bool,
    advice: bool,
    window: tuple[date, date] | None,
    failed: list[str],
    quiet: bool,
) -> Iterator[Outlook]:
    """Yield what there is to say of each item; files that cannot be read are told and counted."""
    from culture_lint.sources.items import Notice
    from culture_lint.trials.report import Outlook
    from culture_lint.trials.resonance import advise, voices
    from culture_lint.trials.season import in_season
    from culture_lint.trials.whatif import what_if as tried

    for job in jobs:
        season = in_season(*window, job.settings.rulesets) if window else None
        try:
            for one in session.judged(job):
                if isinstance(one, Notice):
                    if not quiet:
                        click.echo(f"{one.path}: note: {one.message}", err=True)
                    continue
                _, item, report = one
                yield Outlook(
                    report,
                    tried(session, job, item, report) if what_if else None,
                    advise(session, job, session.knowledge(job.settings), item, report, season)
                    if advice
                    else None,
                    voices(report) if advice else (),
                )
        except SourceError as error:
            failed.append(job.source.path)
            click.echo(f"culture-lint: {error}", err=True)


def _write_text(out: Any, outlooks: Iterator[Outlook]) -> None:
    from culture_lint.trials.report import summary, text

    columns = min(shutil.get_terminal_size((100, 24)).columns, 110)
    scores = []
    told: set[str] = set()
    for one in outlooks:
        scores.append(one.report.scores)
        for line in text(one, columns, told):
            out.write(line + "\n")
    count = f"{len(scores)} item{'s' * (len(scores) != 1)}"
    out.write(f"{count}; {summary(scores)}\n")


def _write_json(out: Any, outlooks: Iterator[Outlook]) -> None:
    from culture_lint import __version__
    from culture_lint.trials.report import SCHEMA, shape

    head = {"schema": SCHEMA, "tool": {"name": "culture-lint", "version": __version__}}
    out.write(json.dumps(head)[:-1] + ', "items": [')
    first = True
    for one in outlooks:
        out.write(("\n" if first else ",\n") + json.dumps(shape(one), ensure_ascii=False))
        first = False
    out.write("\n]}\n")
