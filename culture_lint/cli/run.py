"""Check what is asked for, report what was found, give the verdict: the loop of all that check."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from culture_lint import __version__
from culture_lint.cli.progress import progress
from culture_lint.errors import Location, SettingsError, SourceError
from culture_lint.frozen import frozen
from culture_lint.settings import Settings

if TYPE_CHECKING:
    from culture_lint.gate.baseline import Watches
    from culture_lint.gate.suppressions import Ledger
    from culture_lint.pipeline import Part, Prepare
    from culture_lint.reports.registry import Reporter
    from culture_lint.results import RunInfo, Verdict
    from culture_lint.resume import Journal
    from culture_lint.session import Session
    from culture_lint.sources.items import Notice
    from culture_lint.targets import Job

#: Of the files that hold no copy, so many are named.
_FEW = 3


class Writes(Protocol):
    """Makes the reporter of a run."""

    @property
    def on_terminal(self) -> bool:
        """Whether a report runs over a terminal."""

    def opened(self, info: RunInfo) -> AbstractContextManager[Reporter]:
        """Give the reporter for the time of a run."""

    def idle(self, info: RunInfo) -> Reporter:
        """Return a reporter that only prepares."""


@frozen
class Order:
    """What is to be checked, and how.

    ``general`` are the settings that hold for the run as a whole, ``store`` the folder in which
    results of unchanged files are kept, ``processes`` how many to use (0: all cores where it pays).
    ``narrowed`` tells that rules are picked for this run alone, so that what others would have found
    is not gone. ``known`` is a session that has loaded the rulesets already.
    """

    jobs: Sequence[Job]
    general: Settings
    store: Path | None = None
    processes: int = 0
    quiet: bool = False
    narrowed: bool = False
    fail_on_stale: bool = False
    known: Session | None = None


class Run:
    """One run: its engines, and what it adds up."""

    def __init__(self, order: Order) -> None:
        from culture_lint.gate.gates import Gates
        from culture_lint.gate.totals import Totals
        from culture_lint.kept import Store
        from culture_lint.results import RunInfo
        from culture_lint.session import Session

        self._order = order
        general, quiet = order.general, order.quiet
        store = Store(order.store) if order.store else None
        self.session: Session = Session(
            order.jobs, store, None if quiet else tell_compiling, order.known
        )
        names = self.session.names(general)
        self.totals = Totals(names)
        self._empty_gates = partial(Gates, (general.fail_on, general.min_cai), names)
        self.gates = self._empty_gates()
        self.info: RunInfo = RunInfo(
            __version__,
            self.session.digest(general),
            tuple(names.items()),
            general.intent,
            general.fail_on,
            general.min_cai,
            _exceptions(order),
            _pages(order),
        )
        # Most runs have nothing to do with either, and start the sooner for it.
        self._aside: tuple[Ledger, Watches] | None = None
        self._start = (0, 0)

    def into(self, writes: Writes, journal: Journal | None = None) -> Verdict:
        """Check everything, write the reports and return the verdict.

        Raises:
            SettingsError: If nobody names a market for anything.
            CultureLintError: What checking raises.
        """
        from culture_lint.pipeline import Pipeline, processes_for
        from culture_lint.reports.registry import told_by

        order, session = self._order, self.session
        _collect_rarely()
        if journal is not None:
            journal.restore(self.totals, self.gates)
            self._start = journal.start
        with writes.opened(self.info) as report:
            prepare = partial(_prepare, writes, self.info)
            pipeline = Pipeline(session, order.jobs, prepare, self._empty_gates, self._start)
            parts = pipeline.parts(processes_for(order.processes, order.jobs))
            # A report that runs over the same terminal would tear the bar apart.
            wanted = not order.quiet and not writes.on_terminal
            with progress([job.source for job in order.jobs], wanted) as bar, closing(parts):
                for part in parts:
                    self._take(part, report)
                    bar.at(order.jobs[part.job].source, part.line)
                    if journal is not None:
                        journal.note(part, self.totals, self.gates)
            self._close(report)
            if session.unplaced and not self.totals.items:
                raise SettingsError(unplaced(session))
            verdict = self.gates.verdict(session.unplaced)
            report.finish(self.totals.summary(), verdict)
        if not order.quiet:
            for text in told_by(report):
                _say(f"culture-lint: note: {text}")
        self._tell(verdict)
        return verdict

    def _take(self, part: Part, report: Reporter) -> None:
        """Add a part of an input to the run."""
        job = self._order.jobs[part.job]
        path = job.source.path
        self.totals.file(path)
        for notice in part.notices:
            self._notice(notice, report)
        self.totals.merge(part.totals)
        self.gates.merge(part.gates)
        if part.special:
            ledger, watches = self._set_aside()
            for one in part.special:
                ledger.add(one)
                watches.add(one, self.session.baseline(job.settings))
        for ready in part.prepared:
            report.take(ready)
        for unplaced_path, tag in part.unplaced.items():
            self.session.unplaced.setdefault(unplaced_path, tag)
        if part.error is not None:
            # The other files are still worth reading; the code says that one was not.
            self.gates.unread(path)
            report.notice(_unreadable(path, part.error))
            _say(f"culture-lint: {part.error}")
        elif part.ends and self._aside is not None:
            ledger, watches = self._aside
            # What an earlier run has seen of a file, this one cannot tell.
            told = self._start[1] == 0 or part.job != self._start[0]
            for notice in ledger.close(path):
                if told:
                    self._notice(notice, report)
            watches.close(path)

    def _set_aside(self) -> tuple[Ledger, Watches]:
        """Return what follows suppressions and baselines through the run."""
        if self._aside is None:
            from culture_lint.gate.baseline import Watches
            from culture_lint.gate.suppressions import Ledger

            self._aside = Ledger(), Watches()
        return self._aside

    def _close(self, report: Reporter) -> None:
        """Tell what can be told only when everything has been seen."""
        if self._aside is None:
            return
        from culture_lint.gate.baseline import STALE

        ledger, watches = self._aside
        partly = self._order.narrowed or self._start != (0, 0)
        for notice in (*ledger.close(), *(() if partly else watches.notices())):
            self._notice(notice, report)
            if self._order.fail_on_stale and notice.kind == STALE:
                self.gates.stale(notice.path)

    def _notice(self, notice: Notice, report: Reporter) -> None:
        from culture_lint.gate.suppressions import FAILING
        from culture_lint.sources.items import NOT_READ

        self.totals.notices += 1
        report.notice(notice)
        where = Location(notice.path, notice.line, notice.column)
        if notice.kind in FAILING:
            self.gates.unclear(str(where))
            _say(f"{where}: {notice.message}")
        elif notice.kind == NOT_READ:
            self.totals.without_copy.append(notice)
        elif not self._order.quiet:
            _say(f"{where}: note: {notice.message}")

    def _tell(self, verdict: Verdict) -> None:
        """Say on standard error what a report may not show."""
        if self.session.unplaced:
            _say(f"culture-lint: {unplaced(self.session)}")
        if self._order.quiet:
            return
        _without_copy(self.totals.without_copy)
        if self._order.jobs and not self.totals.items and verdict.complete:
            _say("culture-lint: nothing to check: no items in the input")


def _exceptions(order: Order) -> dict[str, tuple[str, float | None]]:
    """Return the thresholds of the files that a configuration gives others than the run has."""
    usual = (order.general.fail_on, order.general.min_cai)
    found = {job.source.path: (job.settings.fail_on, job.settings.min_cai) for job in order.jobs}
    return {path: thresholds for path, thresholds in found.items() if thresholds != usual}


def _pages(order: Order) -> str:
    """Return where the rules are explained: the built-in ones have pages, a project's own do not."""
    from culture_lint.reports.plain import PAGES

    own = any(one.rulesets for one in (order.general, *(job.settings for job in order.jobs)))
    return "" if own else PAGES


def _collect_rarely() -> None:
    """Let the collector of cycles rest: items make none, and what the rulesets are made of stays."""
    import gc

    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


def exit_code(verdict: Verdict) -> int:
    """Return 0 where the gate passed, 1 where it failed, 2 where not all could be examined."""
    if not verdict.complete:
        return 2
    return 0 if verdict.passed else 1


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


def _prepare(writes: Writes, info: RunInfo) -> Prepare:
    """Return what prepares items for a report that is written elsewhere."""
    return writes.idle(info).prepare


def _unreadable(path: str, error: SourceError) -> Notice:
    from culture_lint.sources.items import UNREADABLE, Notice

    where = error.location
    known = where is not None and where.path == path
    return Notice(
        path,
        error.message,
        where.line if where and known else None,
        where.column if where and known else None,
        UNREADABLE,
    )


def _say(text: str) -> None:
    """Write a line to standard error; names of files and copy in it control nothing."""
    from culture_lint.reports.terminal import safe

    click.echo(safe(text), err=True)


def tell_compiling() -> None:
    """Say why the first run of a version takes longer."""
    _say("culture-lint: note: preparing the rulesets, once for this version; it may take a minute")


def _without_copy(notices: Sequence[Notice]) -> None:
    """Tell which files hold no copy, in a line or three however many a repository has."""
    if len(notices) <= _FEW:
        for one in notices:
            _say(f"{one.path}: note: {one.message}")
        return
    named = ", ".join(one.path for one in notices[:_FEW])
    _say(
        f"culture-lint: note: {len(notices):,} files hold no copy as far as can be told and are "
        f"left out: {named} and {len(notices) - _FEW:,} more; `--format json` says why"
    )
