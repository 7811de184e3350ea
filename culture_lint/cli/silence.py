"""What ``check`` does with ``--add-suppressions`` and ``--remove-unused-suppressions``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from culture_lint.errors import CultureLintError, SettingsError, SourceError

if TYPE_CHECKING:
    from culture_lint.session import Session
    from culture_lint.targets import Job

_Contents = Mapping[str, tuple[bytes | None, bytes]]


def add(jobs: Sequence[Job], reason: str, *, quiet: bool) -> int:
    """Write suppressions for all findings; return 0, or 2 where something could not be checked.

    Raises:
        SettingsError: If a reason is required and none is given.
    """
    from culture_lint.fixing.silence import checked_reason, silence
    from culture_lint.session import Session

    reason = checked_reason(reason)
    if not reason and any(job.settings.require_reason for job in jobs):
        raise SettingsError(
            "`require-reason` is set: say why, with --add-suppressions='agreed with counsel'"
        )
    session = Session(jobs)
    sound, findings, written, files = True, 0, 0, 0
    refused: list[str] = []
    for job in _of_files(jobs):
        try:
            found = silence(session, job, reason)
        except SourceError as error:
            _tell(error)
            sound = False
            continue
        if not _written(found.contents):
            sound = False
            continue
        findings += found.findings
        written += found.written
        files += bool(found.contents)
        refused += found.refused
    if not quiet:
        done = f"{_counted(written, 'suppression')} written for {_counted(findings, 'finding')}"
        click.echo(f"culture-lint: {done} in {_counted(files, 'file')}", err=True)
    if refused:
        named = ", ".join(sorted(set(refused))[:3])
        click.echo(
            f"culture-lint: {_counted(len(refused), 'finding')} cannot be silenced (law, or a "
            f"ban) and still count{'s' if len(refused) == 1 else ''}: {named}",
            err=True,
        )
    return 0 if sound and _placed(session) else 2


def remove_unused(jobs: Sequence[Job], *, quiet: bool) -> int:
    """Take suppressions out that silence nothing; return 0, or 2 where not all could be checked."""
    from culture_lint.fixing.unused import cleaned
    from culture_lint.reports.terminal import safe
    from culture_lint.session import Session

    session = Session(jobs)
    sound, removed = True, 0
    for job in _of_files(jobs):
        try:
            found = cleaned(session, job)
        except SourceError as error:
            _tell(error)
            sound = False
            continue
        if not _written(found.contents):
            sound = False
            continue
        removed += found.removed
        for one in found.left:
            click.echo(
                f"{safe(one.path)}:{one.line}:{one.column}: this suppression silences nothing; take it "
                "out by hand",
                err=True,
            )
    if not quiet:
        click.echo(f"culture-lint: {_counted(removed, 'suppression')} removed", err=True)
    return 0 if sound and _placed(session) else 2


def _of_files(jobs: Sequence[Job]) -> list[Job]:
    """Return the jobs, if all of them are files.

    Raises:
        SettingsError: If one is standard input, into which nothing can be written.
    """
    if any(job.source.data is not None for job in jobs):
        raise SettingsError("suppressions are written into files, not into standard input")
    return list(jobs)


def _placed(session: Session) -> bool:
    from culture_lint.cli.run import unplaced

    if session.unplaced:
        _tell(unplaced(session))
    return not session.unplaced


def _written(contents: _Contents) -> bool:
    """Write what became of a file; one that cannot be written is told of, and the others are."""
    from culture_lint.fixing.write import replace_file

    try:
        for path, (old, new) in contents.items():
            replace_file(path, new, old)
    except SettingsError as error:
        _tell(error)
        return False
    return True


def _tell(error: CultureLintError | str) -> None:
    """Write a line to standard error; the names of files in it control nothing."""
    from culture_lint.reports.terminal import safe

    click.echo(f"culture-lint: {safe(str(error))}", err=True)


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
