"""``culture-lint baseline``: accept the findings of today, bring that up to date, forget the rest."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from culture_lint.cli import check
from culture_lint.cli.flags import Flags
from culture_lint.cli.inputs import Chosen, found_for, tell_left_out, warner
from culture_lint.config.resolve import Configuration
from culture_lint.errors import SettingsError, SourceError

if TYPE_CHECKING:
    from culture_lint.gate.baseline import Baseline, Entry, Watch

#: Flags of ``check`` that say how to report, or what fails; nothing of that is done here.
_NOT_HERE = frozenset(
    [
        "add_suppressions",
        "baseline",
        "cache_dir",
        "color",
        "fail_on",
        "fail_on_stale",
        "formats",
        "ignore_suppressions",
        "intent",
        "jobs",
        "min_cai",
        "no_baseline",
        "files",
        "remove_unused_suppressions",
        "show",
        "show_files",
        "since",
        "statistics",
        "stdin_filename",
        "ui_language",
    ]
)
Decide = Callable[["Watch"], "list[Entry]"]


@click.group("baseline", short_help="Accept the findings of today, or forget some.")
def command() -> None:
    """Keep a file of findings that are accepted, so that only new ones fail a check.

    The file is the one that --baseline or the configuration names, else
    .culture-lint-baseline.json in this folder. Commit it, and name it in the configuration.
    """


def _verb(name: str, help_: str, *more: click.Parameter) -> Callable[[Callable[..., int]], None]:
    """Add a subcommand that takes the flags of ``check`` that decide what is found."""
    shared = [one for one in check.command.params if one.name not in _NOT_HERE]
    where = click.Option(
        ["--baseline", "file"],
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="The baseline.  [default: as configured, else .culture-lint-baseline.json]",
    )

    def add(callback: Callable[..., int]) -> None:
        made = click.Command(
            name,
            params=[*shared, where, *more],
            callback=callback,
            help=help_,
            context_settings={"auto_envvar_prefix": "CULTURE_LINT"},
        )
        command.add_command(made)

    return add


@_verb(
    "create",
    "Accept everything that is found now.",
    click.Option(["--force"], is_flag=True, help="Write over a baseline that is there."),
)
def create(force: bool, file: Path | None, **params: Any) -> int:
    """Write a new baseline."""
    return _done(file, params, lambda watch: watch.created(), fresh=True, force=force)


@_verb("update", "Accept what is found now in these files; reasons and other files stay.")
def update(file: Path | None, **params: Any) -> int:
    """Bring a baseline up to date."""
    return _done(file, params, lambda watch: watch.updated())


@_verb("prune", "Forget what is no longer found in these files, and files that are gone.")
def prune(file: Path | None, **params: Any) -> int:
    """Take out of a baseline what is no longer needed."""
    return _done(file, params, lambda watch: watch.pruned())


def _done(
    file: Path | None,
    params: dict[str, Any],
    decide: Decide,
    *,
    fresh: bool = False,
    force: bool = False,
) -> int:
    from culture_lint.gate.baseline import NAME, Baseline, Watch, dumped, load

    quiet: bool = params["quiet"]
    configuration = Configuration(params["config"], params["isolated"], warner(quiet))
    chosen = Chosen(configuration, Flags.of(params))
    found = found_for(params["paths"], None, chosen)
    if not quiet:
        tell_left_out(found)
    jobs = chosen.jobs(found.sources)
    settings = jobs[0].settings if jobs else chosen.settings_for(os.curdir)
    path = file or settings.baseline or Path(NAME)
    if not path.parent.is_dir():
        raise SettingsError(f"cannot write {str(path)!r}: there is no folder {str(path.parent)!r}")
    if fresh and path.exists() and not force:
        raise SettingsError(
            f"{str(path)!r} is there already; `culture-lint baseline update` keeps its reasons, "
            "--force writes over it"
        )
    baseline = Baseline((), path) if fresh else load(path)
    watch = Watch(baseline)
    whole = _watched(watch, jobs, quiet)
    entries = decide(watch)
    _write(path, dumped(entries))
    if not quiet:
        click.echo(f"{path}: {_counted(entries, baseline)}", err=True)
    return 0 if whole else 2


def _watched(watch: Watch, jobs: Iterable[Any], quiet: bool) -> bool:
    """Let a watch see all that is found; tell whether every file could be read."""
    from culture_lint.cli.run import unplaced
    from culture_lint.results import ItemReport
    from culture_lint.session import Session
    from culture_lint.targets import Job

    plain = [Job(job.source, replace(job.settings, baseline=None)) for job in jobs]
    session = Session(plain)

    def seen(job: Job) -> bool:
        try:
            for one in session.check(job):
                if isinstance(one, ItemReport):
                    watch.add(one)
        except SourceError as error:
            click.echo(f"culture-lint: {error}", err=True)
            return False
        watch.close(job.source.path)
        return True

    sound = [seen(job) for job in plain]
    if session.unplaced and not quiet:
        click.echo(f"culture-lint: {unplaced(session)}", err=True)
    return all(sound) and not session.unplaced


def _counted(entries: list[Entry], before: Baseline) -> str:
    total = sum(entry.count for entry in entries)
    old = {entry.fingerprint: entry.count for entry in before.entries.values()}
    new = {entry.fingerprint: entry.count for entry in entries}
    added = sum(max(count - old.get(mark, 0), 0) for mark, count in new.items())
    gone = sum(max(count - new.get(mark, 0), 0) for mark, count in old.items())
    change = f" ({added} added, {gone} forgotten)" if old else ""
    return f"{total} finding{'' if total == 1 else 's'} accepted{change}"


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    beside = path.with_name(f".{path.name}.tmp")
    try:
        beside.write_text(text, "utf-8", newline="\n")
        os.replace(beside, path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise SettingsError(f"cannot write {str(path)!r}: {error.strerror}") from error
