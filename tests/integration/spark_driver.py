"""A Spark application for test_spark.py: ``python spark_driver.py ROWS.parquet FOLDER``.

It lints the rows on two executors of their own processes, twice: in peace, and while one executor and
one Python worker are killed with half of a partition done.
"""

from __future__ import annotations

import json
import os
import runpy
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any


def killer(folder: str) -> Callable[[Any], Iterator[Any]]:
    """Return what passes batches on, and kills a process in two partitions, once each.

    Only what belongs to this application is killed: the Python process itself, or the executor
    that has started it.
    """

    def run(batches: Any) -> Iterator[Any]:
        from pyspark import TaskContext

        context = TaskContext.get()
        # Whole stages are tried again too, in which attempts are counted from 0.
        partition, attempt = context.partitionId(), context.taskAttemptId()
        Path(folder, f"try-{partition}-{attempt}").write_text(str(executor()), "utf-8")
        for number, batch in enumerate(batches):
            if number == 2 and partition in (1, 3):
                victim = os.getpid() if partition == 3 else executor()
                try:
                    os.close(os.open(Path(folder, f"killed-{partition}"), os.O_CREAT | os.O_EXCL))
                except FileExistsError:
                    pass
                else:
                    os.kill(victim, signal.SIGKILL)
            yield batch

    return run


def executor() -> int:
    """Return the process of the executor that has started this one."""
    process = os.getpid()
    for _ in range(4):
        told = subprocess.run(
            ["ps", "-ww", "-o", "ppid=", "-o", "args=", "-p", str(process)],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split(None, 1)
        if "CoarseGrainedExecutorBackend" in told[1]:
            return process
        process = int(told[0])
    raise RuntimeError("no executor above this process")


def main(rows: str, folder: str) -> None:
    """Write what came of it into a folder."""
    from pyspark.sql import SparkSession

    from culture_lint.spark import lint, of

    spark = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.executor.memory", "512m")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "20")
        .config("spark.log.level", "ERROR")
        .getOrCreate()
    )
    rows_in = spark.read.parquet(rows).repartition(4, "row").persist()

    linted = lint(rows_in, markets="AA,BB", line="row", path="rows.parquet")
    linted.items.write.parquet(f"{folder}/peace")
    done = of(spark.read.parquet(f"{folder}/peace"))
    told = {
        "note": linted.note,
        "scores": [row.asDict() for row in done.scores.collect()],
        "findings": [row.asDict(recursive=True) for row in done.findings.collect()],
        "summary": [row.asDict() for row in done.summary.collect()],
    }
    Path(folder, "told.json").write_text(json.dumps(told), "utf-8")

    few = lint(
        rows_in.withColumnRenamed("title", "a").withColumnRenamed("description", "b"),
        markets=["AA"],
        columns={"title": "a", "description": "b"},
        line="row",
        path="rows.parquet",
        show="findings",
    )
    few.items.write.parquet(f"{folder}/few")
    nobody = lint(rows_in.limit(3), line="row", path="rows.parquet")
    nobody.items.write.parquet(f"{folder}/nobody")
    lint(rows_in.select("title"), markets="AA").items.write.parquet(f"{folder}/unnumbered")

    example = Path(__file__).parents[2] / "examples" / "spark" / "lint_parquet.py"
    flags = ["--markets", "AA", "--line", "row"]
    runpy.run_path(str(example))["main"]([rows, f"{folder}/example", *flags])

    os.mkdir(f"{folder}/war")
    troubled = rows_in.mapInArrow(killer(f"{folder}/war"), rows_in.schema)
    linted = lint(troubled, markets="AA,BB", line="row", path="rows.parquet")
    linted.items.write.parquet(f"{folder}/killed")
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
