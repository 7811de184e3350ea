"""Where reports go: one or several of a run, each to a file of its own or to standard output."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from culture_lint.errors import SettingsError
from culture_lint.frozen import frozen

if TYPE_CHECKING:
    from culture_lint.reports.registry import Reporter, ReportOptions
    from culture_lint.results import ItemReport, RunInfo, Summary, Verdict
    from culture_lint.resume import Journal
    from culture_lint.sources.items import Notice, Source

#: The names that ``--format`` takes; no reporter is imported to know them, and a test compares.
FORMATS = (
    "checkstyle",
    "concise",
    "csv",
    "github",
    "gitlab",
    "html",
    "json",
    "jsonl",
    "junit",
    "sarif",
    "text",
    "xlsx",
)
#: The languages that ``--ui-language`` takes; likewise.
UI_LANGUAGES = ("en", "zh")
#: Lone surrogates cannot be written as UTF-8.
_ERRORS = "backslashreplace"


@frozen
class Output:
    """One report: its format, and the file it goes to, None for standard output."""

    format: str
    target: Path | None = None


def outputs_of(
    formats: Sequence[str], files: Sequence[str], sources: Sequence[Source]
) -> tuple[Output, ...]:
    """Return the reports that ``--format`` and ``--output`` ask for.

    Raises:
        SettingsError: If a file has no format, two reports would share a place, or a file cannot be
            written or is one of the inputs.
    """
    found = tuple(
        Output(name, None if file == "-" else target_of(file, sources))
        for name, file in asked_for(formats, files)
    )
    places = [one.target for one in found]
    for number, place in enumerate(places):
        if place in places[:number]:
            where = "standard output" if place is None else repr(str(place))
            raise SettingsError(
                f"two reports would go to {where}: give each format an --output of its own"
            )
    return found


def asked_for(formats: Sequence[str], files: Sequence[str]) -> list[tuple[str, str]]:
    """Return formats, each with the file that it goes to, ``-`` for standard output.

    ``FORMAT:FILE`` says both. Otherwise the first file takes the first format, the second the second,
    and so on; a format without a file goes to standard output.

    Raises:
        SettingsError: If a file has no format.
    """
    whole: list[tuple[str, str]] = []
    plain: list[str] = []
    for file in files:
        name, colon, rest = file.partition(":")
        if colon and rest and name in FORMATS:
            whole.append((name, rest))
        else:
            if colon and name in FORMATS:
                raise SettingsError(f"--output {file!r} names no file: write {file}FILE")
            if colon and rest:
                _refuse_mistyped(name, file)
            plain.append(file)
    named = list(formats) or ([] if whole and not plain else ["text"])
    if len(plain) > len(named):
        raise SettingsError(
            f"--output {plain[len(named)]!r} has no format: give as many --format as --output, "
            "or write --output FORMAT:FILE"
        )
    return [*zip(named, [*plain, *["-"] * (len(named) - len(plain))], strict=True), *whole]


def leave_reports_out(
    sources: list[Source], paths: Sequence[str], formats: Sequence[str], files: Sequence[str]
) -> None:
    """Leave out what an earlier run has written where this one will, in a folder that is checked.

    A file that is named is an input all the same, and so is one that may be somebody's content.

    Raises:
        SettingsError: If a file has no format.
    """
    if not files:
        return
    from culture_lint.reports.earlier import is_report

    named = {os.path.realpath(path) for path in paths}
    targets = {os.path.realpath(file): name for name, file in asked_for(formats, files)}

    def left(one: Source) -> bool:
        place = os.path.realpath(one.path)
        name = targets.get(place) if one.data is None and place not in named else None
        return name is not None and is_report(place, name)

    sources[:] = [one for one in sources if not left(one)]


def _refuse_mistyped(name: str, file: str) -> None:
    """Refuse ``gitub:report``: it would be a text report in a file of that name.

    Raises:
        SettingsError: If the name is nearly that of a format.
    """
    import difflib

    near = difflib.get_close_matches(name, FORMATS, 1, 0.7)
    if near:
        raise SettingsError(
            f"--output {file!r}: there is no format {name!r}; did you mean {near[0]}? "
            f"(a file of that name: ./{file})"
        )


def target_of(output: str, sources: Sequence[Source]) -> Path:
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
        raise SettingsError(
            f"cannot write {output!r}: the report would overwrite the input; name another place, or "
            "leave out what is no copy with `exclude`"
        )
    return target


class Reports:
    """The reports of a run, made where they are needed.

    Args:
        outputs: What to write, and where.
        options: How reports look; colour is only for standard output.
        statistics: Whether to count findings instead of listing them.
        journal: Keeps the file of the only report, where the run can be gone on with.
    """

    def __init__(
        self,
        outputs: Sequence[Output],
        options: ReportOptions,
        *,
        statistics: bool = False,
        journal: Journal | None = None,
    ) -> None:
        self._outputs = outputs
        self._journal = journal
        self._options = options
        self._statistics = statistics

    @property
    def on_terminal(self) -> bool:
        """Whether a report runs over a terminal."""
        return sys.stdout.isatty() and any(one.target is None for one in self._outputs)

    @contextmanager
    def opened(self, info: RunInfo) -> Iterator[Reporter]:
        """Give the reporter of a run; files take their names only when the block ends well."""
        with ExitStack() as stack:
            made = [
                self.make(one.format, stack.enter_context(self._file(one)), info)
                for one in self._outputs
            ]
            yield made[0] if len(made) == 1 else Several(made)

    def _file(self, output: Output) -> AbstractContextManager[IO[Any]]:
        if self._journal is not None:
            return self._journal.opened()
        return opened(output.target, self._binary(output))

    def idle(self, info: RunInfo) -> Reporter:
        """Return a reporter that only prepares, as is done where items are checked."""
        made = [
            self.make(one.format, io.BytesIO() if self._binary(one) else io.StringIO(), info)
            for one in self._outputs
        ]
        return made[0] if len(made) == 1 else Several(made)

    def make(self, format_: str, out: Any, info: RunInfo) -> Reporter:
        """Return the reporter of one format."""
        if self._statistics:
            from culture_lint.reports.statistics import StatisticsReporter

            return StatisticsReporter(out, format_ == "json")
        from dataclasses import replace

        from culture_lint.reports.registry import maker

        options = self._options
        if options.colour and out is not sys.stdout:
            options = replace(options, colour=False)
        return maker(format_)(out, info, options)

    def _binary(self, output: Output) -> bool:
        from culture_lint.reports.registry import is_binary

        return not self._statistics and is_binary(output.format)


class Several:
    """Hand everything to several reporters."""

    def __init__(self, reporters: Sequence[Reporter]) -> None:
        self._reporters = reporters

    def prepare(self, report: ItemReport) -> tuple[Any, ...] | None:
        """Return what each of them needs of an item, None when nobody needs anything."""
        prepared = tuple([one.prepare(report) for one in self._reporters])
        return None if all(one is None for one in prepared) else prepared

    def take(self, prepared: tuple[Any, ...]) -> None:
        """Give each its own."""
        for one, ready in zip(self._reporters, prepared, strict=True):
            if ready is not None:
                one.take(ready)

    def notice(self, notice: Notice) -> None:
        """Tell all."""
        for one in self._reporters:
            one.notice(notice)

    def finish(self, summary: Summary, verdict: Verdict) -> None:
        """Let each write its end."""
        for one in self._reporters:
            one.finish(summary, verdict)

    def told(self) -> tuple[str, ...]:
        """Return what any of them has to say."""
        from culture_lint.reports.registry import told_by

        return tuple([text for one in self._reporters for text in told_by(one)])


@contextmanager
def opened(target: Path | None, binary: bool = False) -> Iterator[IO[Any]]:
    """Give standard output, or a file that takes its name only when it is complete.

    Raises:
        SettingsError: If the file cannot be written, or bytes would go to a terminal.
    """
    if target is None:
        if binary and sys.stdout.isatty():
            raise SettingsError("this format is no text: name a file for it with --output")
        out: IO[Any] = sys.stdout.buffer if binary else sys.stdout
        yield out
        out.flush()
        return
    import tempfile

    text = {} if binary else {"encoding": "utf-8", "errors": _ERRORS, "newline": "\n"}
    write: partial[IO[Any]] = partial(open, mode="wb" if binary else "w", **text)
    name = ""
    try:
        if target.exists() and not target.is_file():  # a pipe or a device keeps its place
            with write(target) as out:
                yield out
            return
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with write(handle) as out:
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
