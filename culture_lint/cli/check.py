"""``culture-lint check``: lint paths and report."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from culture_lint import __version__
from culture_lint.cli.options import (
    base_settings,
    cai_value,
    checked_detector,
    checked_language,
    columns,
    ruleset_options,
    split,
)
from culture_lint.cli.progress import progress
from culture_lint.errors import Location, SettingsError, SourceError
from culture_lint.settings import FAIL_ON, Settings, colour_wanted

if TYPE_CHECKING:
    from culture_lint.gate.thresholds import Gate
    from culture_lint.gate.totals import Totals
    from culture_lint.knowledge.runtime import Knowledge
    from culture_lint.reports.registry import Reporter
    from culture_lint.sources.items import Item, Notice, Source

FORMATS = ("text", "json", "jsonl")
_UNWRITTEN = {"global", "category:language", "category:locale"}
#: Lone surrogates cannot be written as UTF-8.
_ERRORS = "backslashreplace"


@click.command("check", short_help="Lint listings and copy, and score them per market.")
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "--market",
    "-m",
    "market",
    multiple=True,
    metavar="SA,IN,US/texas-ranch",
    help="Target markets (ISO 3166 codes or communities); comma list or repeated.",
)
@click.option(
    "--platform",
    "platform",
    multiple=True,
    metavar="amazon,meta",
    help="Marketplaces and networks whose own rules hold beside the markets'; comma list or repeated.",
)
@click.option(
    "--column",
    "-c",
    "column",
    multiple=True,
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
    metavar="WORDS",
    help="What the copy means to convey (natural, premium ...): alternatives that keep it come first.",
)
@click.option(
    "--select",
    multiple=True,
    metavar="RULES",
    help="Only these rules: ids, owners (IN), category:NAME.",
)
@click.option("--ignore", multiple=True, metavar="RULES", help="Not these rules.")
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
@click.option("--preview", is_flag=True, help="Count readings that are still in preview.")
@click.option("--stdin-filename", metavar="NAME", help="Name that stands for standard input (-).")
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="Colour the report.",
)
@click.option("--quiet", "-q", is_flag=True, help="No notes on standard error.")
@ruleset_options
def command(
    paths: tuple[str, ...],
    market: tuple[str, ...],
    platform: tuple[str, ...],
    column: tuple[str, ...],
    format_: str,
    output: str | None,
    fail_on: str | None,
    min_cai: float | None,
    intent: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    show: str,
    encoding: str | None,
    delimiter: str | None,
    detector: str | None,
    language: str | None,
    ignore_suppressions: bool,
    preview: bool,
    stdin_filename: str | None,
    color: str,
    quiet: bool,
    rulesets: tuple[Path, ...],
    config: Path | None,
    isolated: bool,
    no_cache: bool,
) -> int:
    """Check listing files (CSV, TSV, JSONL) or folders of them for cultural clashes.

    Markets come from --market, else from the configuration, else from a market column of the
    file. Exit code 0: the gate passed; 1: it failed; 2: something could not be checked.
    """
    sources = _sources(paths, stdin_filename)
    if not quiet:
        _tell_passed_over(paths)
    start = Path(next((path for path in paths if path != "-"), stdin_filename or "."))
    settings = base_settings(start, config, isolated, rulesets, no_cache)
    settings = replace(
        settings,
        markets=split(market) or settings.markets,
        platforms=split(platform) or settings.platforms,
        columns=columns(column) or settings.columns,
        fail_on=fail_on or settings.fail_on,
        min_cai=cai_value(min_cai) if min_cai is not None else settings.min_cai,
        intent=split(intent) or settings.intent,
        select=split(select) or settings.select,
        ignore=split(ignore) or settings.ignore,
        encoding=encoding or settings.encoding,
        delimiter=delimiter or settings.delimiter,
        detector=checked_detector(detector or settings.detector),
        language=checked_language(language or settings.language),
        preview=preview or settings.preview,
        ignore_suppressions=ignore_suppressions or settings.ignore_suppressions,
        show=show,
    )
    _known_encoding(settings.encoding)
    target = None if output in (None, "-") else _target(str(output), sources)
    return _run(sources, settings, format_, target, color, quiet)


def _tell_passed_over(paths: Sequence[str]) -> None:
    """Name files in folders that may hold listings but have no reader: never skip in silence."""
    from culture_lint.sources.discover import passed_over

    left = passed_over(paths)
    if left:
        named = ", ".join(left[:3]) + (f" and {len(left) - 3} more" if len(left) > 3 else "")
        click.echo(f"note: not read, no reader for this kind of file: {named}", err=True)


def _sources(paths: Sequence[str], stdin_name: str | None) -> list[Source]:
    from culture_lint.sources.discover import discover
    from culture_lint.sources.items import Source

    found: list[Source] = []
    for path in paths:
        if path == "-":
            data = sys.stdin.buffer.read()
            found.append(Source(stdin_name or "stdin.csv", data))
        else:
            found.extend(discover([path]))
    # A file that is named twice is read once; standard input is another thing.
    return list({(one.path, one.data is None): one for one in reversed(found)}.values())[::-1]


def _known_encoding(name: str | None) -> None:
    """Refuse an encoding that Python does not know, or that is none of text (base64, zip).

    Raises:
        SettingsError: If it is one of those.

    """
    try:
        "a".encode(name or "utf-8")
    except (LookupError, ValueError):
        raise SettingsError(
            f"unknown encoding {name!r}; use for example utf-8, utf-16, cp1252, cp932, gb18030"
        ) from None


def _known_selectors(knowledge: Knowledge, selectors: Sequence[str]) -> None:
    """Refuse a selector that names nothing: a mistyped one would quietly check nothing, or all.

    Raises:
        SettingsError: With the nearest names there are.

    """
    if not selectors:
        return
    import difflib

    from culture_lint.judging.registry import own_readings

    readings = [*knowledge.all_readings(), *own_readings(knowledge).values()]
    ids = {one.id for one in readings}
    known = ids | {one.owner for one in readings} | set(knowledge.markets) | {"ALL"}
    known |= {f"category:{one.category}" for one in readings}
    for one in selectors:
        part = "/" in one and any(name.startswith(one) for name in ids)
        if one in known or part or one.upper() == "ALL":
            continue
        spelled = {name.lower(): name for name in known}
        near = difflib.get_close_matches(one.lower(), spelled, 3, 0.6)
        hint = f"; did you mean {' or '.join(spelled[name] for name in near)}?" if near else ""
        raise SettingsError(
            f"{one!r} is no rule, owner or category{hint} (`culture-lint rules list`)"
        )


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
    sources: Sequence[Source],
    settings: Settings,
    format_: str,
    output: Path | None,
    color: str,
    quiet: bool,
) -> int:
    from culture_lint.engine import Engine
    from culture_lint.gate.suppressions import Ledger
    from culture_lint.gate.thresholds import Gate
    from culture_lint.gate.totals import Totals
    from culture_lint.matching.prepare import load_knowledge
    from culture_lint.reports.registry import ReportOptions, reporters
    from culture_lint.results import RunInfo
    from culture_lint.sources.items import Notice

    knowledge = load_knowledge(settings.rulesets, use_cache=settings.cache)
    _known_selectors(knowledge, settings.select + settings.ignore)
    engine = Engine(knowledge, settings)
    names = {market.id: market.name for market in engine.plan.markets}
    totals, gate = Totals(names), Gate(settings.fail_on, settings.min_cai, names)
    ledger = Ledger()
    info = RunInfo(__version__, knowledge.digest, tuple(names.items()), settings.intent)
    with _opened(output) as out:
        colour = output is None and colour_wanted(color, out.isatty())
        options = ReportOptions(colour, _width(), settings.show == "all")
        report = reporters()[format_](out, info, options)
        # A report that runs over the same terminal would tear the bar apart.
        wanted = not quiet and (output is not None or not out.isatty())
        with progress(sources, wanted) as bar:
            for source in sources:
                totals.file(source.path)
                try:
                    for one in engine.check(_read(source, settings)):
                        if isinstance(one, Notice):
                            _notice(one, report, totals, gate, quiet)
                            continue
                        totals.add(one)
                        gate.add(one)
                        ledger.add(one)
                        report.item(one)
                        bar.at(source, one.line)
                    for notice in ledger.close(source.path):
                        _notice(notice, report, totals, gate, quiet)
                except SourceError as error:
                    # The other files are still worth reading; the code says that one was not.
                    gate.unread(source.path)
                    click.echo(f"culture-lint: {error}", err=True)
        for notice in ledger.close():
            _notice(notice, report, totals, gate, quiet)
        verdict = gate.verdict()
        report.finish(totals.summary(), verdict)
    if not totals.items and verdict.complete and not quiet:
        click.echo("culture-lint: nothing to check: no items in the input", err=True)
    if not verdict.complete:
        return 2
    return 0 if verdict.passed else 1


def _read(source: Source, settings: Settings) -> Iterator[Item | Notice]:
    from culture_lint.sources.items import ReadOptions
    from culture_lint.sources.registry import reader_for

    read = reader_for(source.path)
    if read is None:
        from culture_lint.sources.registry import readers

        known = ", ".join(sorted(readers()))
        raise SourceError(
            f"no reader for this kind of file; supported: {known}", Location(source.path)
        )
    from culture_lint.sources.sidecar import with_sidecar

    options = ReadOptions(settings.columns, settings.encoding, settings.delimiter)
    return with_sidecar(source, read(source, options))


def _notice(notice: Notice, report: Reporter, totals: Totals, gate: Gate, quiet: bool) -> None:
    from culture_lint.gate.suppressions import FAILING

    totals.notices += 1
    report.notice(notice)
    where = Location(notice.path, notice.line, notice.column)
    if notice.kind in FAILING:
        gate.unclear(str(where))
        click.echo(f"{where}: {notice.message}", err=True)
    elif not quiet:
        click.echo(f"{where}: note: {notice.message}", err=True)


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
