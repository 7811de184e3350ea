"""``culture-lint check``: lint paths and report."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from culture_lint import __version__
from culture_lint.cli.options import base_settings, cai_value, columns, ruleset_options, split
from culture_lint.errors import CultureLintError, SettingsError, SourceError
from culture_lint.settings import FAIL_ON, Settings, colour_wanted

if TYPE_CHECKING:
    from culture_lint.engine import Engine
    from culture_lint.reports.registry import Reporter
    from culture_lint.sources.items import Item, Notice, Source

FORMATS = ("text", "json", "jsonl")


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
    from culture_lint.sources.discover import discover

    sources = _sources(paths, stdin_filename, discover)
    start = Path(next((path for path in paths if path != "-"), "."))
    settings = base_settings(start, config, isolated, rulesets, no_cache)
    settings = replace(
        settings,
        markets=split(market) or settings.markets,
        columns=columns(column) or settings.columns,
        fail_on=fail_on or settings.fail_on,
        min_cai=cai_value(min_cai) if min_cai is not None else settings.min_cai,
        intent=split(intent) or settings.intent,
        select=split(select) or settings.select,
        ignore=split(ignore) or settings.ignore,
        encoding=encoding or settings.encoding,
        delimiter=delimiter or settings.delimiter,
        detector=detector or settings.detector,
        preview=preview or settings.preview,
        show=show,
    )
    return _run(sources, settings, format_, output, color, quiet)


def _sources(paths: Sequence[str], stdin_name: str | None, discover: object) -> list[Source]:
    from culture_lint.sources.discover import discover as find
    from culture_lint.sources.items import Source

    found: list[Source] = []
    for path in paths:
        if path == "-":
            data = sys.stdin.buffer.read()
            found.append(Source(stdin_name or "stdin.csv", data))
        else:
            found.extend(find([path]))
    return found


def _run(
    sources: Sequence[Source],
    settings: Settings,
    format_: str,
    output: str | None,
    color: str,
    quiet: bool,
) -> int:
    from culture_lint.engine import Engine
    from culture_lint.gate.thresholds import Gate
    from culture_lint.gate.totals import Totals
    from culture_lint.matching.prepare import load_knowledge
    from culture_lint.reports.registry import ReportOptions, reporters
    from culture_lint.results import RunInfo
    from culture_lint.sources.items import Notice

    knowledge = load_knowledge(settings.rulesets, use_cache=settings.cache)
    engine = Engine(knowledge, settings)
    names = {market.id: market.name for market in engine.plan.markets}
    totals, gate = Totals(names), Gate(settings.fail_on, settings.min_cai)
    info = RunInfo(__version__, knowledge.digest, tuple(names.items()), settings.intent)
    failures = 0
    with _opened(output) as out:
        colour = output is None and colour_wanted(color, out.isatty())
        options = ReportOptions(colour, _width(), settings.show == "all")
        report = reporters()[format_](out, info, options)
        with _progress(sources, quiet or format_ == "text" and output is None) as tracked:
            for source in tracked:
                try:
                    for one in engine.check(_read(source, settings)):
                        if isinstance(one, Notice):
                            _notice(one, report, totals, quiet)
                            continue
                        failures += any(name not in names for name in one.scores)
                        totals.add(one)
                        gate.add(one)
                        report.item(one)
                except SourceError as error:
                    # The other files are still worth reading; the code says that one was not.
                    failures += 1
                    click.echo(f"culture-lint: {error}", err=True)
        verdict = gate.verdict()
        report.finish(totals.summary(), verdict)
    if failures:
        return 2
    return 0 if verdict.passed else 1


def _read(source: Source, settings: Settings) -> Iterator[Item | Notice]:
    from culture_lint.sources.items import ReadOptions
    from culture_lint.sources.registry import reader_for

    read = reader_for(source.path)
    if read is None:
        raise SourceError(f"no reader for this kind of file: {source.path}")
    options = ReadOptions(settings.columns, settings.encoding, settings.delimiter)
    return read(source, options)


def _notice(notice: Notice, report: Reporter, totals: object, quiet: bool) -> None:
    from culture_lint.errors import Location
    from culture_lint.gate.totals import Totals

    assert isinstance(totals, Totals)
    totals.notices += 1
    report.notice(notice)
    if not quiet:
        where = Location(notice.path, notice.line, notice.column)
        click.echo(f"{where}: note: {notice.message}", err=True)


@contextmanager
def _opened(output: str | None) -> Iterator[TextIO]:
    """Give standard output, or a file that takes its name only when it is complete."""
    if output is None:
        # Reports are UTF-8 with LF on every system: the same bytes everywhere.
        stream = sys.stdout
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
        yield stream
        stream.flush()
        return
    import os
    import tempfile

    target = Path(output)
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise SettingsError(f"cannot write {output!r}: {error.strerror}") from error
    try:
        with os.fdopen(
            handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n"
        ) as out:
            yield out
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    import os

    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def _progress(sources: Sequence[Source], hidden: bool) -> Iterator[Iterator[Source]]:
    """Show a bar over the files on a terminal, when the report itself goes elsewhere."""
    if hidden or not sys.stderr.isatty() or len(sources) < 2:
        yield iter(sources)
        return
    with click.progressbar(sources, label="checking", file=sys.stderr) as bar:
        yield iter(bar)


def _width() -> int:
    import shutil

    return min(shutil.get_terminal_size((100, 24)).columns, 110)


__all__ = ["CultureLintError", "Engine", "command"] if TYPE_CHECKING else ["command"]
