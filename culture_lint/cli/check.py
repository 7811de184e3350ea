"""``culture-lint check``: lint paths and report."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from culture_lint import __version__
from culture_lint.cli.fixes import Wanted, fix_options, fixed
from culture_lint.cli.flags import Flags
from culture_lint.cli.inputs import (
    Chosen,
    commit_of_flag,
    found_for,
    leave_unchanged_out,
    tell_left_out,
    warner,
)
from culture_lint.cli.options import WHOLE, Equated, results_folder, ruleset_options, run_options
from culture_lint.cli.output import FORMATS, UI_LANGUAGES, Output, leave_reports_out, outputs_of
from culture_lint.config.resolve import Configuration
from culture_lint.errors import SettingsError
from culture_lint.settings import FAIL_ON, SIDES, Settings, colour_wanted

if TYPE_CHECKING:
    from culture_lint.cli.run import Order, Run
    from culture_lint.resume import Journal
    from culture_lint.sources.items import Source
    from culture_lint.targets import Job

_NARROWING = ("select", "ignore", "extend_select", "extend_ignore")


@click.command(
    "check",
    cls=Equated,
    short_help="Lint listings and copy, and score them per market.",
    context_settings={"auto_envvar_prefix": "CULTURE_LINT"},
)
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "--market",
    "-m",
    "market",
    multiple=True,
    type=WHOLE,
    metavar="SA,IN,US/texas-ranch",
    help="Target markets (ISO 3166 codes or communities); comma list or repeated.",
)
@click.option(
    "--platform",
    "platform",
    multiple=True,
    type=WHOLE,
    metavar="amazon,meta",
    help="Marketplaces and networks whose own rules hold beside the markets'; comma list or repeated.",
)
@click.option(
    "--column",
    "-c",
    "column",
    multiple=True,
    type=WHOLE,
    metavar="ROLE=NAME",
    help="Which column holds what (id, market, language, title, bullet, description, tag, brand, alt, price, attribute). NAME may be a column number.",
)
@click.option(
    "--format",
    "-f",
    "formats",
    multiple=True,
    type=click.Choice(FORMATS),
    envvar="CULTURE_LINT_FORMAT",
    help="Form of the report; repeat it for several, each with its --output.  [default: text]",
)
@click.option(
    "--output",
    "-o",
    "files",
    multiple=True,
    type=WHOLE,
    metavar="[FORMAT:]FILE",
    envvar="CULTURE_LINT_OUTPUT",
    help="Write the report there instead of standard output; repeat it for several.",
)
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    help="Mildest severity that fails the gate.  [default: major]",
)
@click.option(
    "--min-cai",
    type=float,
    metavar="N",
    help="CAI (0-100) that every item must reach in every market.",
)
@click.option(
    "--intent",
    multiple=True,
    type=WHOLE,
    metavar="WORDS",
    help="What the copy means to convey (natural, premium ...): alternatives that keep it come first.",
)
@click.option(
    "--select",
    multiple=True,
    type=WHOLE,
    metavar="RULES",
    help="Only these rules: ids, owners (IN), category:NAME.",
)
@click.option("--ignore", multiple=True, type=WHOLE, metavar="RULES", help="Not these rules.")
@click.option(
    "--extend-select",
    multiple=True,
    type=WHOLE,
    metavar="RULES",
    help="These rules too, besides those that the configuration selects.",
)
@click.option(
    "--extend-ignore",
    multiple=True,
    type=WHOLE,
    metavar="RULES",
    help="Nor these, besides those that the configuration leaves out.",
)
@click.option(
    "--exclude",
    multiple=True,
    type=WHOLE,
    metavar="PATTERNS",
    help="Leave these paths out (.gitignore syntax), instead of what the configuration leaves out.",
)
@click.option(
    "--extend-exclude",
    multiple=True,
    type=WHOLE,
    metavar="PATTERNS",
    help="Leave these paths out too.",
)
@click.option(
    "--force-exclude",
    is_flag=True,
    help="Leave out excluded files even where they are named, and skip kinds that are not read.",
)
@click.option("--no-respect-gitignore", is_flag=True, help="Also check what .gitignore leaves out.")
@click.option("--show-files", is_flag=True, help="List what would be checked, and stop.")
@click.option("--statistics", is_flag=True, help="Count findings by rule instead of listing them.")
@click.option(
    "--show",
    type=click.Choice(["all", "findings"]),
    default="all",
    help="List every item, or only those with findings.",
)
@click.option("--encoding", help="Encoding of the input, when it is not told right by itself.")
@click.option("--delimiter", help="Delimiter of CSV input, when it is not told right by itself.")
@click.option(
    "--side",
    type=click.Choice(SIDES),
    help="Read this side of translations (XLIFF, PO).  [default: target, else source]",
)
@click.option("--detector", help="Language detector.  [default: eld]")
@click.option(
    "--language", metavar="TAG", help="Language of the copy (de, pt-BR), where rows do not say."
)
@click.option(
    "--ignore-suppressions", is_flag=True, help="Count what suppressions silence, as an audit does."
)
@click.option(
    "--add-suppressions",
    metavar="[=REASON]",
    help="Write suppressions for all that is found into the files, instead of reporting it.",
)
@click.option(
    "--remove-unused-suppressions",
    is_flag=True,
    help="Take suppressions that silence nothing out of the files.",
)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Findings that are accepted (`culture-lint baseline create` writes them).",
)
@click.option("--no-baseline", is_flag=True, help="Count what the baseline accepts.")
@click.option(
    "--fail-on-stale", is_flag=True, help="Fail when the baseline accepts more than there is."
)
@click.option(
    "--since",
    metavar="REV",
    help="Only findings on lines that have changed since a revision of git, in files that have.",
)
@click.option("--preview", is_flag=True, help="Count readings that are still in preview.")
@click.option("--stdin-filename", metavar="NAME", help="Name that stands for standard input (-).")
@click.option(
    "--ui-language",
    type=click.Choice(UI_LANGUAGES),
    default="en",
    show_default=True,
    help="Language of an HTML report's own words.",
)
@click.option(
    "--resume",
    is_flag=True,
    help="Go on where an interrupted run stopped, and be ready for it (with --output, JSON lines).",
)
@run_options
@fix_options
@ruleset_options
def command(
    paths: tuple[str, ...],
    formats: tuple[str, ...],
    files: tuple[str, ...],
    show_files: bool,
    statistics: bool,
    stdin_filename: str | None,
    color: str,
    ui_language: str,
    quiet: bool,
    fail_on_stale: bool,
    jobs: int,
    resume: bool,
    add_suppressions: str | None,
    remove_unused_suppressions: bool,
    config: Path | None,
    isolated: bool,
    cache_dir: Path | None,
    **flags: Any,
) -> int:
    """Check files, or folders of them, for cultural clashes.

    Markets come from --market, else from the configuration, the path or the file itself. Exit
    code 0: the gate passed; 1: it failed; 2: something could not be checked.
    """
    wanted = Wanted.of(flags)
    since = commit_of_flag(flags.get("since"), paths)
    chosen = Chosen(
        Configuration(config, isolated, warner(quiet)), Flags.of({**flags, "since": since})
    )
    found = found_for(paths, stdin_filename, chosen)
    leave_reports_out(found.sources, paths, formats, files)
    if since:
        leave_unchanged_out(found, since, quiet)
    if show_files:
        for source in found.sources:
            click.echo(source.path)
        return 0
    if not quiet:
        tell_left_out(found)
    work = chosen.jobs(found.sources)
    if not work:
        why = "no file has changed" if since else "every file is left out"
        click.echo(f"culture-lint: nothing to check: {why}", err=True)
    if add_suppressions is not None or remove_unused_suppressions:
        if wanted.asked or files:
            raise SettingsError(
                "--add-suppressions and --remove-unused-suppressions neither fix nor report: run "
                "check again for that"
            )
        return _suppressions(work, add_suppressions, remove_unused_suppressions, quiet)
    general = work[0].settings if work else chosen.settings_for(os.curdir)
    outputs = outputs_of(formats, files, [*found.sources, *_read_besides(work, general)])
    _possible(outputs, statistics, resume)
    store = results_folder(cache_dir) if general.cache else None
    _heard(wanted, files, quiet)
    done = fixed(wanted, work, store, quiet) if wanted.asked else None
    if done is not None and not wanted.reports:
        return done.code()
    from culture_lint.cli.output import Reports
    from culture_lint.cli.run import Order, Run, exit_code
    from culture_lint.reports.registry import ReportOptions
    from culture_lint.session import read_options

    order = Order(
        work,
        general,
        store,
        processes=jobs,
        quiet=quiet,
        narrowed=since is not None or any(flags[name] for name in _NARROWING),
        fail_on_stale=fail_on_stale,
    )
    options = ReportOptions(
        colour_wanted(color, sys.stdout.isatty()),
        _width(),
        general.show == "all",
        inputs=tuple([(job.source, read_options(job.settings)) for job in work]),
        ui_language=ui_language,
    )
    run = Run(order)
    journal = _journal(run, order, outputs[0]) if resume else None
    code = exit_code(
        run.into(Reports(outputs, options, statistics=statistics, journal=journal), journal)
    )
    return code if done is None else done.code(code)


def _suppressions(work: Sequence[Job], reason: str | None, remove: bool, quiet: bool) -> int:
    from culture_lint.cli.silence import add, remove_unused

    code = remove_unused(work, quiet=quiet) if remove else 0
    return max(code, add(work, reason, quiet=quiet)) if reason is not None else code


def _possible(outputs: Sequence[Output], statistics: bool, resume: bool) -> None:
    """Refuse what the formats asked for cannot do.

    Raises:
        SettingsError: With what they can.
    """
    for one in outputs:
        if statistics and one.format not in ("text", "json"):
            raise SettingsError(f"--statistics are text or json, not {one.format}")
    whole = [one.target is not None and one.format == "jsonl" for one in outputs]
    if resume and (whole != [True] or statistics):
        raise SettingsError("--resume needs --format jsonl and --output FILE, and no other report")


def _read_besides(work: Sequence[Job], general: Settings) -> list[Source]:
    """Return the configurations and baselines of a run, which no report may replace either."""
    from culture_lint.sources.items import Source

    settings = {id(one): one for one in (general, *(job.settings for job in work))}.values()
    names = {str(name) for one in settings for name in (one.origin, one.baseline) if name}
    return [Source(name) for name in sorted(names)]


def _heard(wanted: Wanted, files: Sequence[str], quiet: bool) -> None:
    """Tell of flags that would come to nothing.

    Raises:
        SettingsError: If a report is to be written, and none is made.
    """
    if wanted.asked and not wanted.reports and files:
        raise SettingsError(
            "--output names a file for the report, and --fix-only, --diff and --variants make none"
        )
    if wanted.unsafe_fixes and not wanted.asked and not quiet:
        note = "--unsafe-fixes changes nothing without --fix, --fix-only, --diff or --variants"
        click.echo(f"culture-lint: note: {note}", err=True)


def _journal(run: Run, order: Order, output: Output) -> Journal:
    from culture_lint.resume import Journal, mark_of

    assert output.target is not None  # `_possible` has seen to it
    settings = (order.general, *(job.settings for job in order.jobs))
    digests = sorted({run.session.digest(one) for one in settings})
    mark = mark_of(order.jobs, digests, __version__, output.format, order.general.show)
    return Journal(output.target, mark)


def _width() -> int:
    import shutil

    return min(shutil.get_terminal_size((100, 24)).columns, 110)
