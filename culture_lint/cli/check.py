"""``culture-lint check``: lint paths and report."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from culture_lint import __version__
from culture_lint.cli.flags import WHOLE, Flags
from culture_lint.cli.options import results_folder, ruleset_options
from culture_lint.cli.progress import progress
from culture_lint.config.resolve import Configuration
from culture_lint.errors import Location, SettingsError
from culture_lint.settings import FAIL_ON, Settings, colour_wanted

if TYPE_CHECKING:
    from culture_lint.gate.gates import Gates
    from culture_lint.gate.totals import Totals
    from culture_lint.reports.registry import Reporter, ReportOptions
    from culture_lint.results import ItemReport, RunInfo
    from culture_lint.resume import Journal
    from culture_lint.session import Session
    from culture_lint.sources.discover import Found
    from culture_lint.sources.items import Notice, Source
    from culture_lint.targets import Job

FORMATS = ("concise", "json", "jsonl", "text")
_NARROWING = ("select", "ignore", "extend_select", "extend_ignore")
#: Lone surrogates cannot be written as UTF-8.
_ERRORS = "backslashreplace"
#: Of the files that hold no copy, so many are named.
_FEW = 3


@click.command(
    "check",
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
    "format_",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    envvar="CULTURE_LINT_FORMAT",
    help="Form of the report.",
)
@click.option(
    "--output", "-o", metavar="FILE", help="Write the report there instead of standard output."
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
@click.option("--detector", help="Language detector.  [default: eld]")
@click.option(
    "--language", metavar="TAG", help="Language of the copy (de, pt-BR), where rows do not say."
)
@click.option(
    "--ignore-suppressions", is_flag=True, help="Count what suppressions silence, as an audit does."
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
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="Colour the report.",
)
@click.option(
    "--cache-dir",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where results of unchanged files are kept.  [default: .culture_lint_cache in the project]",
)
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Processes to use; the report is the same.  [default: all cores where it pays]",
)
@click.option(
    "--resume",
    is_flag=True,
    help="Go on where an interrupted run stopped, and be ready for it (with --output, JSON lines).",
)
@click.option("--quiet", "-q", is_flag=True, help="No notes on standard error.")
@ruleset_options
def command(
    paths: tuple[str, ...],
    format_: str,
    output: str | None,
    show_files: bool,
    statistics: bool,
    stdin_filename: str | None,
    color: str,
    quiet: bool,
    fail_on_stale: bool,
    jobs: int,
    resume: bool,
    config: Path | None,
    isolated: bool,
    cache_dir: Path | None,
    **flags: Any,
) -> int:
    """Check files, or folders of them, for cultural clashes.

    Markets come from --market, else from the configuration, the path or the file itself. Exit
    code 0: the gate passed; 1: it failed; 2: something could not be checked.
    """
    since = _commit(flags.get("since"), paths)
    chosen = Chosen(
        Configuration(config, isolated, warner(quiet)), Flags.of({**flags, "since": since})
    )
    found = found_for(paths, stdin_filename, chosen)
    if since:
        _leave_unchanged_out(found, since, quiet)
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
    target = None if output in (None, "-") else _target(str(output), found.sources)
    general = work[0].settings if work else chosen.settings_for(os.curdir)
    if statistics and format_ not in ("text", "json"):
        raise SettingsError(f"--statistics are text or json, not {format_}")
    if resume and (target is None or format_ != "jsonl" or statistics):
        raise SettingsError("--resume needs --format jsonl and --output FILE")
    # Where rules are picked for this run alone, what the others found is not gone.
    narrowed = any(flags[name] for name in _NARROWING) or since is not None
    store = results_folder(cache_dir) if general.cache else None
    return _run(
        work,
        general,
        store,
        format_,
        target,
        color,
        quiet,
        statistics,
        narrowed,
        fail_on_stale,
        jobs,
        resume,
    )


def _commit(revision: str | None, paths: Sequence[str]) -> str | None:
    """Return the commit that ``--since`` names."""
    if revision is None:
        return None
    from culture_lint.gate.changes import commit_of

    return commit_of(revision, next((path for path in paths if path != "-"), os.curdir))


def _leave_unchanged_out(found: Found, commit: str, quiet: bool) -> None:
    """Leave the files out in which nothing has changed; what comes by itself is read."""
    from culture_lint.gate.changes import Changes

    changes = Changes(commit)
    kept = [one for one in found.sources if one.data is not None or changes.of(one.path)]
    left = len(found.sources) - len(kept)
    if left and not quiet:
        count = "1 file has" if left == 1 else f"{left:,} files have"
        click.echo(f"note: {count} not changed since {commit[:12]}", err=True)
    found.sources[:] = kept


class Chosen:
    """The settings of each path: its configuration with the flags over it."""

    def __init__(self, configuration: Configuration, flags: Flags) -> None:
        self._configuration = configuration
        self._flags = flags
        self._over: dict[int, tuple[Settings, Settings]] = {}

    def settings_for(self, path: str) -> Settings:
        """Return the settings of a path; the same object where they are the same."""
        settings = self._configuration.settings_for(path)
        found = self._over.get(id(settings))
        if found is None:  # the first of the pair stays alive, so that its id stays its own
            _sound(settings)
            found = self._over[id(settings)] = (settings, self._flags.over(settings))
        return found[1]

    def jobs(self, sources: Sequence[Source]) -> list[Job]:
        """Return the sources with their settings."""
        from culture_lint.targets import Job

        return [Job(source, self.settings_for(source.path)) for source in sources]


def _sound(settings: Settings) -> None:
    """Refuse what a configuration gets wrong, with its name; a flag has none."""
    try:
        Flags().over(settings)
    except SettingsError as error:
        where = Location(settings.origin) if settings.origin else None
        raise SettingsError(error.message, error.location or where) from error


def warner(quiet: bool) -> Any:
    """Return what tells of a doubtful configuration, unless nothing is to be told."""
    return lambda text: None if quiet else click.echo(f"note: {text}", err=True)


def tell_left_out(found: Found) -> None:
    """Name what is not read: never skip in silence."""
    for names, why in (
        (found.unread, "not read, no reader for this kind of file"),
        (found.skipped, "skipped, no reader for this kind of file"),
        (found.excluded, "left out by exclude or an ignore file"),
    ):
        if names:
            named = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if names[3:] else "")
            click.echo(f"note: {why}: {named}", err=True)


def found_for(paths: Sequence[str], stdin_name: str | None, chosen: Chosen) -> Found:
    """Return the sources that the paths of a command stand for, and what is left out."""
    from culture_lint.sources.discover import discover
    from culture_lint.sources.excluded import Exclusions
    from culture_lint.sources.items import Source

    exclusions = Exclusions(chosen.settings_for)
    found = discover([path for path in paths if path != "-"], exclusions)
    if "-" in paths:
        name = stdin_name or "stdin.csv"
        data = sys.stdin.buffer.read()
        if stdin_name and exclusions.forced(stdin_name):
            found.excluded.append(stdin_name)
        else:
            found.sources.insert(len(paths[: paths.index("-")]), Source(name, data))
    return found


def _target(output: str, sources: Sequence[Source]) -> Path:
    """Return the file to write to, links followed.

    Raises:
        SettingsError: If it cannot be a file, or is one of the inputs.

    """
    target = Path(output)
    if target.exists() and not target.is_file() and not target.is_dir():
        return target  # a pipe or a device, such as /dev/stdout
    target = Path(os.path.realpath(output))
    if target.is_dir():
        raise SettingsError(f"cannot write {output!r}: it is a folder; name a file in it")
    if not target.parent.is_dir():
        raise SettingsError(f"cannot write {output!r}: there is no folder {str(target.parent)!r}")
    if any(one.data is None and os.path.realpath(one.path) == str(target) for one in sources):
        raise SettingsError(f"cannot write {output!r}: the report would overwrite the input")
    return target


def _run(
    jobs: Sequence[Job],
    general: Settings,
    folder: Path | None,
    format_: str,
    output: Path | None,
    color: str,
    quiet: bool,
    statistics: bool,
    narrowed: bool,
    fail_on_stale: bool,
    processes: int,
    resume: bool,
) -> int:
    from culture_lint.gate.baseline import STALE, Watches
    from culture_lint.gate.gates import Gates
    from culture_lint.gate.suppressions import Ledger
    from culture_lint.gate.totals import Totals
    from culture_lint.kept import Store
    from culture_lint.pipeline import Pipeline, processes_for
    from culture_lint.reports.registry import ReportOptions
    from culture_lint.results import RunInfo
    from culture_lint.session import Session

    session = Session(jobs, Store(folder) if folder else None, None if quiet else _tell_compiling)
    names = session.names(general)
    totals = Totals(names)
    empty_gates = partial(Gates, (general.fail_on, general.min_cai), names)
    gates = empty_gates()
    ledger, watches = Ledger(), Watches()
    info = RunInfo(__version__, session.digest(general), tuple(names.items()), general.intent)
    sources = [job.source for job in jobs]
    journal = _journal(output, jobs, session, general, format_) if resume and output else None
    if journal is not None:
        journal.restore(totals, gates)
    with journal.opened() if journal else _opened(output) as out:
        colour = output is None and colour_wanted(color, out.isatty())
        options = ReportOptions(colour, _width(), general.show == "all")
        report = _reporter(format_, statistics, out, info, options)
        # A report that runs over the same terminal would tear the bar apart.
        wanted = not quiet and (output is not None or not out.isatty())
        make = partial(_reporter, format_, statistics, info=info, options=options)
        start = journal.start if journal else (0, 0)
        pipeline = Pipeline(session, jobs, partial(_prepare, make), empty_gates, start)
        parts = pipeline.parts(processes_for(processes, jobs))
        with progress(sources, wanted) as bar, closing(parts):
            for part in parts:
                job = jobs[part.job]
                totals.file(job.source.path)
                for notice in part.notices:
                    _notice(notice, report, totals, gates, quiet)
                totals.merge(part.totals)
                gates.merge(part.gates)
                for one in part.special:
                    ledger.add(one)
                    watches.add(one, session.baseline(job.settings))
                for ready in part.prepared:
                    report.take(ready)
                for path, tag in part.unplaced.items():
                    session.unplaced.setdefault(path, tag)
                bar.at(job.source, part.line)
                if part.error is not None:
                    # The other files are still worth reading; the code says that one was not.
                    gates.unread(job.source.path)
                    click.echo(f"culture-lint: {part.error}", err=True)
                elif part.ends:
                    # What an earlier run has seen of a file, this one cannot tell.
                    told = start[1] == 0 or part.job != start[0]
                    for notice in ledger.close(job.source.path):
                        if told:
                            _notice(notice, report, totals, gates, quiet)
                    watches.close(job.source.path)
                if journal is not None:
                    journal.note(part, totals, gates)
        for notice in (
            *ledger.close(),
            *(() if narrowed or start != (0, 0) else watches.notices()),
        ):
            _notice(notice, report, totals, gates, quiet)
            if fail_on_stale and notice.kind == STALE:
                gates.stale(notice.path)
        if session.unplaced and not totals.items:
            raise SettingsError(unplaced(session))
        verdict = gates.verdict(session.unplaced)
        report.finish(totals.summary(), verdict)
    if session.unplaced:
        click.echo(f"culture-lint: {unplaced(session)}", err=True)
    if not quiet:
        _without_copy(totals.without_copy)
    if jobs and not totals.items and verdict.complete and not quiet:
        click.echo("culture-lint: nothing to check: no items in the input", err=True)
    if not verdict.complete:
        return 2
    return 0 if verdict.passed else 1


def _journal(
    output: Path, jobs: Sequence[Job], session: Session, general: Settings, format_: str
) -> Journal:
    from culture_lint.resume import Journal, mark_of

    digests = sorted({session.digest(one) for one in (general, *(job.settings for job in jobs))})
    return Journal(output, mark_of(jobs, digests, __version__, format_, general.show))


def _tell_compiling() -> None:
    click.echo(
        "culture-lint: note: preparing the rulesets, once for this version; it may take a minute",
        err=True,
    )


def _prepare(make: Callable[..., Reporter]) -> Callable[[ItemReport], Any]:
    """Return what prepares items for a report that is written elsewhere."""
    return make(out=StringIO()).prepare


def _reporter(
    format_: str, statistics: bool, out: TextIO, info: RunInfo, options: ReportOptions
) -> Reporter:
    if statistics:
        from culture_lint.reports.statistics import StatisticsReporter

        return StatisticsReporter(out, format_ == "json")
    from culture_lint.reports.registry import reporters

    return reporters()[format_](out, info, options)


def unplaced(session: Session) -> str:
    """Say which files nobody names a market for, and what to do about it."""
    paths = list(session.unplaced)
    named = ", ".join(paths[:3]) + (f" and {len(paths) - 3} more" if paths[3:] else "")
    tags = sorted({tag for tag in session.unplaced.values() if tag})
    meaning = ", ".join(f"{tag}: [..]" for tag in tags[:4]) or "ar: [SA, AE]"
    return (
        f"not checked, for no market is named: {named}. Name markets with --market SA,IN or in "
        ".culture-lint.yaml (`culture-lint init` writes one), or the column that does with "
        "--column market=NAME; a language alone names none, but the configuration may say which "
        f"markets it means: `languages: {{{meaning}}}`. What is no copy is left out with `exclude`"
    )


def _notice(notice: Notice, report: Reporter, totals: Totals, gates: Gates, quiet: bool) -> None:
    from culture_lint.gate.suppressions import FAILING
    from culture_lint.sources.items import NOT_READ

    totals.notices += 1
    report.notice(notice)
    where = Location(notice.path, notice.line, notice.column)
    if notice.kind in FAILING:
        gates.unclear(str(where))
        click.echo(f"{where}: {notice.message}", err=True)
    elif notice.kind == NOT_READ:
        totals.without_copy.append(notice)
    elif not quiet:
        click.echo(f"{where}: note: {notice.message}", err=True)


def _without_copy(notices: Sequence[Notice]) -> None:
    """Tell which files hold no copy, in a line or three however many a repository has."""
    if len(notices) <= _FEW:
        for one in notices:
            click.echo(f"{one.path}: note: {one.message}", err=True)
        return
    named = ", ".join(one.path for one in notices[:_FEW])
    click.echo(
        f"culture-lint: note: {len(notices):,} files hold no copy as far as can be told and are "
        f"left out: {named} and {len(notices) - _FEW:,} more; `--format json` says why",
        err=True,
    )


@contextmanager
def _opened(target: Path | None) -> Iterator[TextIO]:
    """Give standard output, or a file that takes its name only when it is complete."""
    if target is None:
        yield sys.stdout
        sys.stdout.flush()
        return
    import tempfile

    name = ""
    try:
        if target.exists() and not target.is_file():  # a pipe or a device keeps its place
            with target.open("w", encoding="utf-8", errors=_ERRORS, newline="\n") as out:
                yield out
            return
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(handle, "w", encoding="utf-8", errors=_ERRORS, newline="\n") as out:
            yield out
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, target)
    except BaseException as error:
        if name:
            Path(name).unlink(missing_ok=True)
        if isinstance(error, OSError) and error.errno != errno.EPIPE:
            raise SettingsError(f"cannot write {str(target)!r}: {error.strerror}") from error
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _width() -> int:
    import shutil

    return min(shutil.get_terminal_size((100, 24)).columns, 110)
