"""Spark: what executors report is what the command writes, though they be killed."""

from __future__ import annotations

import builtins
import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from culture_lint import spark
from culture_lint.errors import ModelError, SettingsError
from tests.command import Command, environment

DRIVER = Path(__file__).with_name("spark_driver.py")
ROWS = 320

needs_spark = pytest.mark.skipif(
    not all(map(importlib.util.find_spec, ("pyspark", "pandas", "pyarrow"))),
    reason="pyspark is not installed: pip install 'culture-lint[spark]'",
)
needs_java = pytest.mark.skipif(
    shutil.which("java") is None, reason="Spark needs Java, which is not on the path"
)
on_linux = pytest.mark.skipif(
    sys.platform == "win32", reason="a local cluster, and SIGKILL, need POSIX"
)


def row(number: int) -> dict[str, Any]:
    """Return a listing; most hold what the small pack looks for."""
    title = ("Holy cow mug", "Oak table", "Set of 4 <b>bowls</b> &amp; wagyu", "", "Ä “cow” 🐄")
    return {
        "sku": None if number % 7 == 0 else f"A{number}",
        "title": title[number % 5],
        "description": f'A mug with a "holy cow" print, no. {number}.\nSet of 4, wagyu.'
        if number % 3
        else "Bu ürün el yapımıdır ve pamuktan üretilmiştir.",
        "tags": ["cow", "plain"][: number % 3],
        "size": {"width": number / 4, "note": "holy cow" if number % 11 == 0 else None},
        "language": "tr" if number % 3 == 0 else "en",
        "picture": b"\xff",
    }


def parquet(path: Path, **more: list[int]) -> Path:
    """Write the rows, with more columns."""
    import pyarrow
    from pyarrow import parquet as pq

    table = pyarrow.Table.from_pylist([row(number) for number in range(1, ROWS + 1)])
    for name, values in more.items():
        table = table.append_column(name, pyarrow.array(values))
    pq.write_table(table, path, row_group_size=100)
    return path


def items(folder: Path) -> list[dict[str, Any]]:
    """Return what Spark has written, as it lies there."""
    from pyarrow import parquet as pq

    found: list[dict[str, Any]] = pq.read_table(folder).to_pylist()
    return found


def reports(folder: Path) -> list[str]:
    """Return the reports in the order of the rows, each with its line break."""
    found = sorted(items(folder), key=lambda one: one["line"])
    return [one["report"] + "\n" for one in found if one["report"] is not None]


@pytest.fixture(scope="module")
def ran(site: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Command]:
    """The folder of one Spark application, and the command beside it."""
    home = tmp_path_factory.mktemp("spark")
    folder = home / "work"
    folder.mkdir()
    parquet(folder / "rows.parquet")
    parquet(home / "numbered.parquet", row=list(range(1, ROWS + 1)))
    variables = {
        **environment(site, home),
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_WORKER_DIR": str(home / "workers"),
        "SPARK_LOCAL_DIRS": str(home / "local"),
        "SPARK_LOCAL_IP": "127.0.0.1",
    }
    done = subprocess.run(
        [sys.executable, str(DRIVER), str(home / "numbered.parquet"), str(home)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd=folder,
        env=variables,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr[done.stderr.find("Traceback") :][:6000]
    (home / "printed.txt").write_text(done.stdout, "utf-8")
    return home, Command(folder, environment(site, home))


@needs_spark
@needs_java
@on_linux
class TestCluster:
    """One application on two executors, each a process of its own."""

    def test_reports_are_the_lines_of_the_command(self, ran: tuple[Path, Command]) -> None:
        home, command = ran
        lines = command("check", "rows.parquet", "-m", "AA,BB", "-f", "jsonl", "--isolated").out
        assert reports(home / "peace") == lines.splitlines(keepends=True)
        assert len(reports(home / "peace")) == ROWS
        assert lines.count('"rule"') > ROWS  # there is something to tell apart

    def test_killed_processes_lose_and_double_nothing(self, ran: tuple[Path, Command]) -> None:
        home, _ = ran
        war = {one.name: one.read_text("utf-8") for one in (home / "war").iterdir()}
        assert {"killed-1", "killed-3"} <= set(war)
        on = {
            partition: [war[name] for name in war if name.startswith(f"try-{partition}-")]
            for partition in (1, 3)
        }
        assert len(set(on[1])) > 1  # the executor that was killed, and another
        assert len(on[3]) > 1
        assert reports(home / "killed") == reports(home / "peace")

    def test_mapped_columns_and_only_findings(self, ran: tuple[Path, Command]) -> None:
        home, command = ran
        flags = ("-m", "AA", "-f", "jsonl", "--isolated", "--show", "findings")
        lines = command("check", "rows.parquet", *flags).out.splitlines()
        mapped = [one.replace('"field": "a"', '"field": "title"') for one in reports(home / "few")]
        mapped = [one.replace('"field": "b"', '"field": "description"') for one in mapped]
        # A mapping reads what it names, and besides it what is known by name.
        assert [one.rstrip("\n") for one in mapped] == lines
        assert 0 < len(lines) < ROWS

    def test_rows_without_a_market_say_so(self, ran: tuple[Path, Command]) -> None:
        home, _ = ran
        found = items(home / "nobody")
        assert [one["report"] for one in found] == [None] * 3
        assert all("no market is named" in one["error"] for one in found)

    def test_rows_without_a_number_get_one_each(self, ran: tuple[Path, Command]) -> None:
        home, _ = ran
        found = items(home / "unnumbered")
        assert len({one["line"] for one in found}) == len(found) == ROWS
        assert all(one["item"] == str(one["line"]) for one in found)

    def test_example_writes_and_tells(self, ran: tuple[Path, Command]) -> None:
        home, command = ran
        printed = (home / "printed.txt").read_text("utf-8")
        lines = command("check", "rows.parquet", "-m", "AA", "-f", "jsonl", "--isolated").out
        mine = [
            one.replace('"path": "spark"', '"path": "rows.parquet"')
            for one in reports(home / "example" / "items")
        ]
        assert mine == lines.splitlines(keepends=True)
        assert len(items(home / "example" / "findings")) == lines.count('"rule": ')
        assert "read as" in printed
        assert "0 rows could not be checked" in printed
        assert "|AA    |" in printed

    def test_scores_and_findings_are_those_of_the_reports(self, ran: tuple[Path, Command]) -> None:
        home, _ = ran
        told = json.loads((home / "told.json").read_text("utf-8"))
        shapes = {one["line"]: json.loads(one["report"]) for one in items(home / "peace")}
        scores = {(one["line"], one["market"]): one["cai"] for one in told["scores"]}
        assert scores == {
            (line, market): cai
            for line, shape in shapes.items()
            for market, cai in shape["scores"].items()
        }
        statuses = {(one["line"], one["market"]): one["status"] for one in told["scores"]}
        assert {key: value for key, value in statuses.items() if value} == {
            (line, market): status
            for line, shape in shapes.items()
            for market, status in shape["status"].items()
        }
        found = sorted(json.dumps(plain(one), sort_keys=True) for one in told["findings"])
        assert found == sorted(
            json.dumps({**plain(one), "item": shape["item"]}, sort_keys=True)
            for shape in shapes.values()
            for one in shape["findings"]
        )
        for one in told["summary"]:
            judged = [
                cai
                for (_, market), cai in scores.items()
                if market == one["market"] and cai is not None
            ]
            assert (one["items"], one["min"]) == (len(judged), min(judged))
            assert one["mean"] == pytest.approx(sum(judged) / len(judged))
            assert one["not_examined"] == ROWS - len(judged)
        assert told["note"].startswith("rows.parquet: ") or told["note"].startswith("read as ")


def plain(value: Any) -> Any:
    """Return a finding without what is not there, numbers as they are compared."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


@pytest.mark.parametrize("missing", ["pyspark", "pandas", "pyarrow"])
def test_what_is_missing_is_named(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse(name: str, *args: Any, **rest: Any) -> Any:
        if name.split(".")[0] == missing:
            raise ImportError(f"No module named {missing!r}", name=missing)
        if name.split(".")[0] in ("pyspark", "pandas", "pyarrow"):
            return None
        return real(name, *args, **rest)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(ModelError, match=rf"needs {missing}.*culture-lint\[spark\]"):
        spark.lint(None)  # type: ignore[arg-type]


class Columns:
    """As much of a DataFrame as is looked at before anything else."""

    columns = ("title", "row")


@needs_spark
@pytest.mark.parametrize(
    ("given", "error", "says"),
    [
        ({"path": "/a/b.parquet"}, SettingsError, "must be relative"),
        ({"path": "../b.parquet"}, SettingsError, "must be relative"),
        ({"selct": "IN"}, SettingsError, "unknown setting 'selct'; there are baseline"),
        ({"show": "some"}, SettingsError, "'all' or 'findings'"),
        ({"config": "none.yaml"}, SettingsError, "no configuration file"),
        ({"columns": {"titel": "a"}}, SettingsError, "unknown role 'titel'"),
        ({"language": "German"}, SettingsError, "no language tag"),
        ({"rulesets": "nowhere"}, SettingsError, "no folder of rulesets"),
    ],
)
def test_mistakes_are_told_before_anything_runs(
    given: dict[str, Any], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        spark.lint(Columns(), "AA", **given)  # type: ignore[arg-type]


def test_rows_that_cannot_be_checked_say_why() -> None:
    from culture_lint.sources.items import ReadOptions, Source
    from culture_lint.sources.recognise import recognise
    from culture_lint.sources.records import LONGEST_RECORD
    from culture_lint.targets import Job

    pytest.importorskip("pyarrow")
    job = Job(Source("a"), spark.Settings())
    layout = recognise([["title"]], ReadOptions(), "a", named=True).layout
    task = spark._Task("k", spark.Session(), job, layout, ("title",), "", "", ("", ""))
    checker = spark._Checker(task, None)  # type: ignore[arg-type]
    rows = [
        {spark._LINE: None, "title": "Mug"},
        {spark._LINE: 2, "title": "a" * (LONGEST_RECORD + 1)},
    ]
    found = [(row[0], row[3], row[4]) for row in checker.rows(rows)]
    assert found[0] == (None, None, "the column of row numbers is empty here")
    assert found[1][:2] == (2, None)
    assert "longer than" in str(found[1][2])


def test_rulesets_for_another_version_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from culture_lint.errors import CultureLintError

    monkeypatch.setattr(spark, "_knowledge", {})
    task = spark._Task("k", None, None, None, (), "", "d", ("0.0.1", "3.9"))  # type: ignore[arg-type]
    with pytest.raises(CultureLintError, match=r"culture-lint 0\.0\.1 on Python 3\.9, this exec"):
        spark._loaded(task)
