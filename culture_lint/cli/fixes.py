"""The part of ``check`` that changes files: ``--fix`` and its relatives."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from culture_lint.errors import SettingsError, SourceError
from culture_lint.frozen import frozen

if TYPE_CHECKING:
    from culture_lint.fixing.changes import Hunk
    from culture_lint.fixing.choose import Applied, Declined
    from culture_lint.fixing.files import FixedFile
    from culture_lint.session import Session
    from culture_lint.targets import Job

_F = TypeVar("_F", bound=Callable[..., Any])

#: Alternatives that were not applied are listed up to so many.
_MOST_LISTED = 20


def fix_options(function: _F) -> _F:
    """Add the flags that change files."""
    for option in (
        click.option(
            "--exit-non-zero-on-fix", is_flag=True, help="Exit with 1 when anything was fixed."
        ),
        click.option(
            "--variants",
            type=click.Path(path_type=Path),
            metavar="DIR",
            help="Write a copy of the files for each market, fixed for it alone, to DIR/MARKET.",
        ),
        click.option(
            "--diff", is_flag=True, help="Show what fixing would change, and change nothing."
        ),
        click.option("--fix-only", is_flag=True, help="Fix, and report nothing of what is left."),
        click.option(
            "--unsafe-fixes",
            is_flag=True,
            help="Also apply alternatives that fit but want a second look.",
        ),
        click.option(
            "--fix", is_flag=True, help="Apply safe alternatives to the files before the report."
        ),
    ):
        function = option(function)
    return function


@frozen
class Wanted:
    """What the flags ask for."""

    fix: bool = False
    unsafe_fixes: bool = False
    fix_only: bool = False
    diff: bool = False
    variants: Path | None = None
    exit_non_zero_on_fix: bool = False

    @classmethod
    def of(cls, params: Mapping[str, Any]) -> Wanted:
        """Return the flags among the parameters of a command.

        Raises:
            SettingsError: If they contradict each other.
        """
        found = cls(**{one.name: params[one.name] for one in fields(cls) if one.name in params})
        if found.diff and found.variants is not None:
            raise SettingsError("--diff changes nothing and --variants writes: choose one")
        return found

    @property
    def asked(self) -> bool:
        """Whether anything is to be fixed, or shown fixed."""
        return self.fix or self.fix_only or self.diff or self.variants is not None

    @property
    def reports(self) -> bool:
        """Whether what is left is reported afterwards."""
        return self.fix and not (self.fix_only or self.diff or self.variants)


@dataclass(slots=True)
class Outcome:
    """What came of fixing."""

    wanted: Wanted
    applied: list[Applied] = field(default_factory=list)
    declined: list[Declined] = field(default_factory=list)
    files: int = 0
    failed: bool = False

    def add(self, found: FixedFile) -> None:
        """Count a file in."""
        self.applied += found.applied
        self.declined += found.declined
        self.files += found.new != found.old

    def code(self, code: int = 0) -> int:
        """Return the exit code: ``code`` is that of the report, 0 without one."""
        changes = self.wanted.diff or self.wanted.exit_non_zero_on_fix
        if self.failed:
            return 2
        return max(code, 1) if self.files and changes else code


def fixed(wanted: Wanted, jobs: Sequence[Job], store: Path | None, quiet: bool) -> Outcome:
    """Fix files, or show it, or write variants, as the flags ask; tell of it on standard error.

    Raises:
        SettingsError: If the flags do not go with the input, or a variant cannot be written.
    """
    _possible(wanted, jobs)
    outcome = Outcome(wanted)
    if wanted.variants is not None:
        _write_variants(wanted.variants, jobs, outcome, quiet)
        return outcome
    session = _session(jobs, store, quiet)
    for job in jobs:
        found = _one(session, job, outcome)
        if found is None:
            if wanted.fix_only and not wanted.diff and job.source.data is not None:
                _out(job.source.data)
            continue
        if wanted.diff:
            _out(_diff(found).encode("utf-8", "backslashreplace"))
        elif job.source.data is not None:
            _out(found.new)
        elif found.new != found.old and not _replaced(found, outcome):
            continue
        outcome.add(found)
    _placed(session, jobs, outcome)
    if not quiet:
        _tell(outcome)
    return outcome


def _replaced(found: FixedFile, outcome: Outcome) -> bool:
    """Write a fixed file; one that cannot be written is told of, and the others are fixed."""
    from culture_lint.fixing.write import replace_file

    try:
        replace_file(found.path, found.new, found.old)
    except SettingsError as error:
        outcome.failed = True
        click.echo(f"culture-lint: {_shown(str(error))}", err=True)
        return False
    return True


def _possible(wanted: Wanted, jobs: Sequence[Job]) -> None:
    piped = [job for job in jobs if job.source.data is not None]
    if piped and wanted.variants is not None:
        raise SettingsError("--variants needs files, not standard input")
    if piped and wanted.reports:
        raise SettingsError(
            "--fix cannot write to standard input: use --fix-only, which prints the fixed text, or "
            "--diff"
        )
    if piped and len(jobs) > 1 and not wanted.diff:
        raise SettingsError("--fix-only prints one fixed text: give - alone")


def _session(jobs: Sequence[Job], store: Path | None, quiet: bool) -> Session:
    from culture_lint.cli.run import tell_compiling
    from culture_lint.kept import Store
    from culture_lint.session import Session

    return Session(jobs, Store(store) if store else None, None if quiet else tell_compiling)


def _one(session: Session, job: Job, outcome: Outcome) -> FixedFile | None:
    """Fix one file; one that cannot be read is told of, once: the report does it where there is one."""
    from culture_lint.fixing.files import fix_file

    try:
        return fix_file(session, job, unsafe=outcome.wanted.unsafe_fixes)
    except SourceError as error:
        if not outcome.wanted.reports:
            outcome.failed = True
            click.echo(f"culture-lint: {_shown(str(error))}", err=True)
        return None


def _placed(session: Session, jobs: Sequence[Job], outcome: Outcome) -> None:
    """Tell of files for which nobody names a market, unless a report follows that does."""
    from culture_lint.cli.run import unplaced

    if session.unplaced and jobs and not outcome.wanted.reports:
        outcome.failed = True
        click.echo(f"culture-lint: {_shown(unplaced(session))}", err=True)


def _write_variants(folder: Path, jobs: Sequence[Job], outcome: Outcome, quiet: bool) -> None:
    from culture_lint.fixing.write import replace_file

    markets = list(dict.fromkeys(name for job in jobs for name in job.settings.markets))
    if not markets:
        raise SettingsError("--variants needs the markets: name them with --market SA,IN")
    if folder.exists() and not folder.is_dir():
        raise SettingsError(f"cannot write {str(folder)!r}: it is no folder")
    for market in markets:
        own = [
            replace(job, settings=replace(job.settings, markets=(market,), markets_from="flag"))
            for job in jobs
            if market in job.settings.markets
        ]
        session = _session(own, None, quiet)
        part = Outcome(outcome.wanted)
        for job in own:
            target = folder / market.replace("/", "-") / _inside(job.source.path)
            if os.path.realpath(target) == os.path.realpath(job.source.path):
                raise SettingsError(f"{str(target)!r} would be written over itself")
            found = _one(session, job, part)
            if found is None and part.failed:
                continue
            data = found.new if found else Path(job.source.path).read_bytes()
            if found:
                part.add(found)
            target.parent.mkdir(parents=True, exist_ok=True)
            replace_file(str(target), data)
        _placed(session, own, part)
        if not quiet:
            _tell(part, str(folder / market.replace("/", "-")))
        outcome.applied += part.applied
        outcome.declined += part.declined
        outcome.files += part.files
        outcome.failed |= part.failed


def _inside(path: str) -> Path:
    """Return a path as it is below a folder: from here, or without what leads out of it."""
    whole = Path(os.path.abspath(path))
    here = Path(os.path.abspath(os.curdir))
    return whole.relative_to(here if whole.is_relative_to(here) else whole.anchor)


def _out(data: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _diff(found: FixedFile) -> str:
    """Return what changes in a file as a unified diff; of a workbook, cell by cell."""
    if not found.hunks:
        return ""
    name = _shown(found.path)
    lines = [f"--- {name}\n", f"+++ {name}\n"]
    shift = 0
    for one in found.hunks:
        lines.append(_header(one, shift))
        shift += len(one.new) - len(one.old)
        lines += _lines(one)
    return "".join(lines)


def _header(one: Hunk, shift: int) -> str:
    if one.where:
        return f"@@ {_shown(one.where)} @@\n"
    old, new = one.first, one.first + shift
    return f"@@ -{old},{len(one.old)} +{new},{len(one.new)} @@\n"


def _lines(one: Hunk) -> Iterable[str]:
    """Yield the lines of a hunk, those that go before those that come, as `diff -u` orders them."""
    old, new = [[_line(text, bool(one.where)) for text in texts] for texts in (one.old, one.new)]
    gone: list[str] = []
    come: list[str] = []
    end = len(old) == len(new)
    for before, after in zip(old, new, strict=True) if end else ():
        if before == after:
            yield from (*gone, *come, f" {before}")
            gone, come = [], []
        else:
            gone.append(f"-{before}")
            come.append(f"+{after}")
    if not end:
        gone, come = [f"-{text}" for text in old], [f"+{text}" for text in new]
    yield from (*gone, *come)


def _line(text: str, workbook: bool) -> str:
    body = text.removesuffix("\n")
    # On a terminal what stands in a file must not act; in a pipe a patch has to be exact.
    if sys.stdout.isatty():
        body = _shown(body)
    # A cell of a workbook is no line of a file.
    whole = text.endswith("\n") or workbook
    return f"{body}\n" if whole else f"{body}\n\\ No newline at end of file\n"


def _shown(text: str) -> str:
    from culture_lint.reports.terminal import safe

    return safe(text)


def _tell(outcome: Outcome, where: str = "") -> None:
    """Say what was fixed, and what was not and why."""
    would = "would fix" if outcome.wanted.diff else "fixed"
    for one in outcome.applied:
        gains = ", ".join(
            f"{market} {_number(score)} -> {_number(one.after.get(market))}"
            for market, score in one.before.items()
            if market in one.markets
        )
        click.echo(
            f"{_place(one)}: {would} {one.rule}: {_said(one.old)} -> {_said(one.new)} (CAI {gains})",
            err=True,
        )
    unsafe = sum(one.unsafe for one in outcome.declined)
    others = [one for one in outcome.declined if not one.unsafe]
    for left in others[:_MOST_LISTED]:
        click.echo(
            f"{_place(left)}: not fixed {left.rule}: {_said(left.old)} -> {_said(left.new)}: {left.why}",
            err=True,
        )
    if not where and any(one.elsewhere for one in others):
        click.echo(
            "what is not clean in all markets can be fixed for each alone: --variants DIR",
            err=True,
        )
    if others[_MOST_LISTED:]:
        click.echo(f"and {len(others) - _MOST_LISTED:,} more that were not fixed", err=True)
    count = len(outcome.applied)
    summary = f"{would} {count:,} finding{'s' * (count != 1)}"
    if outcome.files:
        summary += f" in {outcome.files:,} file{'s' * (outcome.files != 1)}"
    if where:
        summary = f"{_shown(where)}: {summary}"
    if unsafe:
        summary += f"; {unsafe:,} more may be with --unsafe-fixes"
    click.echo(f"culture-lint: {summary}", err=True)


def _place(one: Applied | Declined) -> str:
    return f"{_shown(one.path)}:{one.place.line}:{one.place.column}"


def _said(text: str) -> str:
    return f"“{_shown(' '.join(text.split()))}”"


def _number(score: float | None) -> str:
    return "-" if score is None else f"{score:.1f}".removesuffix(".0")
