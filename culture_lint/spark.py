"""Lint a Spark DataFrame: a report for each row, and findings and CAI as DataFrames.

The driver decides how the columns are read and compiles the rulesets; an executor is sent the compiled
file once, and each of its Python processes loads it once. The report of a row is, byte for byte,
the line that ``culture-lint check --format jsonl`` writes for it.
"""

from __future__ import annotations

import os
import platform
import tempfile
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from culture_lint import __version__
from culture_lint.cli.flags import Flags
from culture_lint.config.resolve import Configuration
from culture_lint.errors import CultureLintError, ModelError, SettingsError, SourceError
from culture_lint.frozen import frozen
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.session import Session
from culture_lint.settings import Settings
from culture_lint.sources.items import Item, ReadOptions, Source
from culture_lint.sources.layout import Layout
from culture_lint.sources.recognise import Recognised
from culture_lint.targets import Job

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

#: Rows that are checked at once; memory does not grow with the partition.
CHUNK = 512
#: Rows that are looked at where the names of the columns do not say what they hold.
SAMPLE = 200
#: Checkers that a Python process keeps: one for each call of `lint` whose rows it meets.
_KEPT = 4
_LINE = "culture_lint_line"
_TEXTS = ("platform", "intent", "select", "ignore", "extend_select", "extend_ignore")
_OTHERS = (
    "baseline", "detector", "ignore_suppressions", "language", "preview", "rulesets", "show",
)  # fmt: skip

ITEMS = "line bigint, item string, language string, report string, error string"
_FINDING = (
    "rule string, category string, severity string, mqm string, field string, role string, "
    "line bigint, column int, end_line bigint, end_column int, text string, signified string, "
    "message string, points map<string,double>, fix_gain map<string,double>, "
    "evidence array<struct<kind: string, verified: boolean, title: string, url: string, "
    "cite: string, read: string>>, via array<string>, "
    "alternatives array<struct<text: string, language: string, keeps: array<string>, "
    "fix: string, note: string>>, rewrite string"
)


@frozen
class Linted:
    """What came of a DataFrame; nothing is computed before it is asked for.

    Each of the others is derived from ``items``, which is worked out again for each unless it is
    persisted or, better, written and read back (see `of`).

    Attributes:
        items: One row for each row of the input: ``line``, ``item`` (its id), ``language``,
            ``report`` (JSON, without the line break) and ``error``, which says why there is no
            report where there is none. Their order is not that of the input.
        scores: One row for each item and market: ``line``, ``item``, ``market``, ``cai`` (0-100,
            null where it was not examined) and ``status`` (why it was not).
        findings: One row for each finding: ``line`` and ``item``, then the keys of the report.
        summary: One row for each market: ``market``, ``items`` that were scored, ``not_examined``,
            and ``min`` and ``mean`` of their CAI.
        note: How the columns were read, in one line.
    """

    items: DataFrame
    scores: DataFrame
    findings: DataFrame
    summary: DataFrame
    note: str = ""


def lint(
    df: DataFrame,
    markets: str | Iterable[str] | None = None,
    columns: Mapping[str, str | Sequence[str]] | None = None,
    *,
    line: str | None = None,
    path: str = "spark",
    config: str | Path | None = None,
    **settings: Any,
) -> Linted:
    """Lint the rows of a DataFrame.

    Args:
        df: One listing a row; columns are recognised as those of a Parquet file are.
        markets: Target markets (``"SA,IN"`` or a list), as ``--market`` takes them. Without them, what
            the configuration or the row's own column says.
        columns: What columns hold, by role: ``{"title": "name", "bullet": ["b1", "b2"]}``.
        line: The column with the number of the row, from 1. It is no part of the listing. Without
            one, rows get numbers that are unique but neither dense nor stable; they go into the
            report, and are the id of a row without one.
        path: The relative path that reports name; a locale in it counts, as on the command line.
        config: A configuration file. Without one, none is read (``--isolated``).
        **settings: What flags of the same name say: ``platform``, ``intent``, ``select``,
            ``ignore``, ``extend_select``, ``extend_ignore``, ``language``, ``detector``,
            ``preview``, ``show`` (``"findings"`` leaves clean items out), ``ignore_suppressions``,
            ``baseline``, ``rulesets``.

    Returns:
        DataFrames that have not been computed yet.

    Raises:
        ModelError: If pyspark, or what it needs for Arrow, is not installed.
        SettingsError: If a setting makes no sense, or names what no ruleset knows.
        SourceError: If no column holds text, or one that is named is not there.
        RulesetError: If rulesets are wrong.
    """
    functions = _functions()
    if os.path.isabs(path) or ".." in Path(path).parts:
        raise SettingsError(f"path={path!r} must be relative: executors have folders of their own")
    job = Job(Source(path), _settings(path, markets, columns, config, settings))
    session = Session([job])
    baseline = session.baseline(job.settings)
    if baseline is not None:
        baseline.relative(path)  # remembered: an executor runs in another folder
    if line is not None and line not in df.columns:
        raise SourceError(f"line={line!r}: there is no such column; there are {_listed(df)}")
    tops = {name: top for top, name in _named(df.schema) if top != line}
    found = _recognised(df, list(tops), job, line)

    from culture_lint.sources.parquet_table import used_columns

    wanted = tuple(dict.fromkeys(used_columns(found.layout)))
    knowledge = session.knowledge(job.settings)
    compiled = _compiled(knowledge, job.settings)
    _context(df).addFile(str(compiled))
    task = _Task(
        uuid.uuid4().hex,
        session,
        job,
        found.layout,
        wanted,
        compiled.name,
        knowledge.digest,
        _versions(),
    )
    number = functions.monotonically_increasing_id() + 1 if line is None else _column(line)
    chosen = [_column(top) for top in dict.fromkeys(tops[name] for name in wanted)]
    narrow = df.select(number.cast("bigint").alias(_LINE), *chosen)
    return of(narrow.mapInArrow(task.run, ITEMS), f"{found.summary} (Spark)")


def of(items: DataFrame, note: str = "") -> Linted:
    """Return what can be known of items, such as those that were written and are read back."""
    functions = _functions()
    col = functions.col
    parsed = items.where(col("report").isNotNull())
    head = "scores map<string,double>, status map<string,string>"
    told = parsed.select("line", "item", functions.from_json("report", head).alias("of"))
    scores = told.select(
        "line", "item", "of.status", functions.explode("of.scores").alias("market", "cai")
    ).select("line", "item", "market", "cai", col("status")[col("market")].alias("status"))
    each = f"findings array<struct<{_struct(_FINDING)}>>"
    found = parsed.select(
        "line",
        "item",
        functions.explode(functions.from_json("report", each)["findings"]).alias("of"),
    )
    names = [part.split()[0] for part in _fields(_FINDING)]
    findings = found.select(
        "line", "item", *(col(f"of.{name}").alias(name) for name in names if name != "line")
    )
    summary = scores.groupBy("market").agg(
        functions.count("cai").alias("items"),
        functions.count(functions.when(col("cai").isNull(), 1)).alias("not_examined"),
        functions.min("cai").alias("min"),
        functions.avg("cai").alias("mean"),
    )
    return Linted(items, scores, findings, summary, note)


# -- on the driver ----------------------------------------------------------------------------


def _functions() -> Any:
    """Return pyspark's functions."""
    try:
        import pandas  # noqa: F401
        import pyarrow  # noqa: F401
        from pyspark.sql import functions
    except ImportError as error:
        raise ModelError(
            f"linting on Spark needs {error.name or 'pyspark'}, which is not installed; "
            "`pip install 'culture-lint[spark]'`"
        ) from None
    return functions


def _context(df: DataFrame) -> Any:
    """Return the context that sends files to executors.

    Raises:
        SettingsError: If there is none: over Spark Connect.
    """
    try:
        return df.sparkSession.sparkContext
    except Exception:  # pyspark has an error of its own for what Connect lacks
        raise SettingsError(
            "rulesets are sent to executors through the SparkContext, which Spark Connect does "
            "not have; use a session of the cluster itself"
        ) from None


def _settings(
    path: str,
    markets: str | Iterable[str] | None,
    columns: Mapping[str, str | Sequence[str]] | None,
    config: str | Path | None,
    given: Mapping[str, Any],
) -> Settings:
    """Return the settings as the command line would have them."""
    known = (*_TEXTS, *_OTHERS)
    for name in given:
        if name not in known:
            raise SettingsError(f"unknown setting {name!r}; there are {', '.join(sorted(known))}")
    # A relative path means the same thing wherever an executor runs.
    named = None if config is None else Path(os.path.relpath(config))
    values: dict[str, Any] = {name: _texts(given[name]) for name in _TEXTS if name in given}
    values |= {name: given[name] for name in _OTHERS if name in given}
    if "rulesets" in values:
        folders = values["rulesets"]
        alone = isinstance(folders, (str, Path))
        values["rulesets"] = tuple(map(Path, [folders] if alone else folders))
    if values.get("baseline") is not None:
        values["baseline"] = Path(values["baseline"])
    if values.get("show", "all") not in ("all", "findings"):
        raise SettingsError(f"show is 'all' or 'findings', not {values['show']!r}")
    pairs = (f"{role}={name}" for role, names in (columns or {}).items() for name in _texts(names))
    flags = Flags(market=_texts(markets), column=tuple(pairs), **values)
    return flags.over(Configuration(named, named is None).settings_for(path))


def _texts(value: str | Iterable[str] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def _recognised(df: DataFrame, names: list[str], job: Job, line: str | None) -> Recognised:
    """Return how to read the columns, as it is decided for a Parquet file."""
    from culture_lint.sources.recognise import recognise

    options = ReadOptions(job.settings.columns)
    try:
        found = recognise([names], options, job.source.path, named=True)
        if found.layout.has_prose:  # then the rows are not looked at
            return found
    except SourceError:
        pass
    return recognise([names, *_sample(df, names, line)], options, job.source.path, named=True)


def _sample(df: DataFrame, names: list[str], line: str | None) -> list[list[str]]:
    """Return the first rows: those of the lowest numbers, else the first that Spark finds."""
    from culture_lint.sources.objects import as_row
    from culture_lint.sources.parquet_table import row_values

    rows: list[Any] = []
    if line is not None:
        first = df.where(_column(line).cast("bigint").between(1, SAMPLE))
        rows = first.orderBy(_column(line).cast("bigint")).limit(SAMPLE).collect()
    rows = rows or df.limit(SAMPLE).collect()
    if not rows:
        raise SourceError("the DataFrame holds no rows")
    values = (row_values(row.asDict(recursive=True)) for row in rows)
    return [as_row(names, one) for one in values if one is not None]


def _named(schema: Any) -> Iterator[tuple[str, str]]:
    """Yield (column, dotted name) of every text, number and date, as for a Parquet file."""
    for field in schema.fields:
        for name in _below(field.dataType, field.name):
            yield field.name, name


def _below(kind: Any, name: str) -> Iterator[str]:
    what = kind.typeName()
    if what == "struct":
        for field in kind.fields:
            yield from _below(field.dataType, f"{name}.{field.name}")
    elif what == "array":
        yield from _below(kind.elementType, name)
    elif what not in ("binary", "map", "variant"):
        yield name


def _column(name: str) -> Any:
    escaped = name.replace("`", "``")
    return _functions().col(f"`{escaped}`")


def _listed(df: DataFrame) -> str:
    from culture_lint.sources.layout import listed

    return listed(df.columns)


def _fields(ddl: str) -> list[str]:
    """Return the fields of a schema at its top."""
    fields, depth = [""], 0
    for char in ddl:
        depth += (char == "<") - (char == ">")
        if char == "," and not depth:
            fields.append("")
        else:
            fields[-1] += char
    return [one.strip() for one in fields]


def _struct(ddl: str) -> str:
    """Return the fields of a schema as they stand within a struct."""
    return ", ".join(": ".join(one.split(" ", 1)) for one in _fields(ddl))


def _compiled(knowledge: Knowledge, settings: Settings) -> Path:
    """Return the file of the compiled rulesets: the one in the cache, else one made for it."""
    from culture_lint.knowledge.cache import cache_dir, cached, kept_name

    name = kept_name(knowledge.digest)
    path = cache_dir() / name
    if settings.cache and path.is_file():
        return path
    folder = Path(tempfile.mkdtemp(prefix="culture-lint-"))
    cached(knowledge.digest, lambda: knowledge.plain, folder)
    if not (folder / name).is_file():
        raise CultureLintError(f"cannot write the compiled rulesets to {str(folder)!r}")
    return folder / name


def _versions() -> tuple[str, str]:
    """Return what compiled rulesets are made for."""
    return __version__, ".".join(platform.python_version_tuple()[:2])


# -- on the executors ---------------------------------------------------------------------------


@frozen
class _Task:
    """What executors are sent: all that decides how a row is checked, but for the rulesets."""

    key: str
    session: Session
    job: Job
    layout: Layout
    wanted: tuple[str, ...]
    file: str
    digest: str
    versions: tuple[str, str]

    def run(self, batches: Iterable[Any]) -> Iterator[Any]:
        """Check the rows of Arrow record batches.

        Args:
            batches: Their numbers, and the columns of the layout.

        Yields:
            Record batches of as many rows, but for clean items where those are not wanted.
        """
        import pyarrow

        kind = pyarrow.schema(
            [
                ("line", pyarrow.int64()),
                *((name, pyarrow.string()) for name in ("item", "language", "report", "error")),
            ]
        )
        checker = _checker(self)
        for batch in batches:
            for start in range(0, batch.num_rows, CHUNK):
                rows = list(checker.rows(batch.slice(start, CHUNK).to_pylist()))
                yield pyarrow.RecordBatch.from_arrays(
                    [
                        pyarrow.array([row[at] for row in rows], one.type)
                        for at, one in enumerate(kind)
                    ],
                    schema=kind,
                )


#: What a row of the result holds: number, id, language, report, error.
_Row = tuple[int | None, str | None, str | None, str | None, str | None]


class _Checker:
    """Checks rows for one call of `lint`; kept for as long as its Python process has room."""

    def __init__(self, task: _Task, knowledge: Knowledge) -> None:
        from culture_lint.reports.jsonreport import LinesReporter
        from culture_lint.reports.registry import ReportOptions
        from culture_lint.sources.objects import ObjectItems

        self._task = task
        task.session.take(task.job.settings, knowledge)
        self._build = ObjectItems(task.job.source.path, task.layout)
        options = ReportOptions(clean_items=task.job.settings.show == "all")
        self._prepare = LinesReporter(StringIO(), options).prepare

    def rows(self, rows: Sequence[dict[str, Any]]) -> Iterator[_Row]:
        """Yield the result of each row, in order."""
        from culture_lint.sources.parquet_table import row_item, row_values
        from culture_lint.sources.records import LONGEST_RECORD

        items: list[Item] = []
        for row in rows:
            number = row.pop(_LINE)
            values = None if number is None else row_values(row)
            if number is None:
                yield None, None, None, None, "the column of row numbers is empty here"
            elif values is None:
                long = f"this row is longer than {LONGEST_RECORD:,} characters"
                yield number, None, None, None, f"{long}; is it a listing?"
            else:
                items.append(row_item(self._build, self._task.wanted, values, number))
        yield from self._checked(items)

    def _checked(self, items: list[Item]) -> Iterator[_Row]:
        from culture_lint.results import ItemReport

        # Reports come in the order of the items, without those for which nobody names a market.
        waiting = iter(items)
        for report in self._task.session.check_parts(self._task.job, items):
            if not isinstance(report, ItemReport):
                continue
            for item in waiting:
                if (item.item, item.line) == (report.item, report.line):
                    break
                yield item.line, item.item, item.language, None, _UNPLACED
            text = self._prepare(report)
            if text is not None:
                yield report.line, report.item, report.language, text[:-1], None
        for item in waiting:
            yield item.line, item.item, item.language, None, _UNPLACED


_UNPLACED = (
    "not checked, for no market is named: neither in lint(markets=...) nor in the configuration, "
    "nor in a column of the row"
)

#: By the digest of the rulesets, and by the key of the task: loaded once for a Python process.
_knowledge: dict[str, Knowledge] = {}
_checkers: dict[str, _Checker] = {}


def _checker(task: _Task) -> _Checker:
    found = _checkers.get(task.key)
    if found is None:
        if len(_checkers) >= _KEPT:
            _checkers.pop(next(iter(_checkers)))
        found = _checkers[task.key] = _Checker(task, _loaded(task))
    return found


def _loaded(task: _Task) -> Knowledge:
    """Return the rulesets that the driver has sent.

    Raises:
        CultureLintError: If this process cannot read them.
    """
    found = _knowledge.get(task.digest)
    if found is None:
        if task.versions != _versions():
            (theirs, their_python), (ours, python) = task.versions, _versions()
            raise CultureLintError(
                f"the driver has culture-lint {theirs} on Python {their_python}, this executor "
                f"{ours} on Python {python}; install the same on both"
            )
        from pyspark import SparkFiles

        from culture_lint.knowledge.cache import load_kept

        plain = load_kept(Path(SparkFiles.get(task.file)))
        if plain is None:
            raise CultureLintError(f"the compiled rulesets {task.file} have not arrived whole")
        _knowledge.clear()  # they are large, and one set is used at a time
        found = _knowledge[task.digest] = Knowledge(plain, task.digest)
    return found
