"""Measure throughput, start-up, growth and memory, beside the bare work and beside other tools.

Usage: python benchmarks/run.py [--rows N] [--large] [--peers] [LISTINGS.csv ...]

Every comparison is made in one run, side by side, and the least of three goes counts. CPU is that of
processes, in seconds; machines drift, so quote the ratios. Peers are run where they are installed.
"""

from __future__ import annotations

import argparse
import compileall
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from io import StringIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import workloads

import culture_lint
from culture_lint import __version__
from culture_lint.gate.gates import Gates
from culture_lint.gate.totals import Totals
from culture_lint.language.edges import shadow
from culture_lint.language.normalise import fold
from culture_lint.matching.prepare import load_knowledge
from culture_lint.pipeline import CHUNK, Pipeline
from culture_lint.reports.registry import ReportOptions, reporters
from culture_lint.results import RunInfo
from culture_lint.session import Session, read
from culture_lint.settings import Settings
from culture_lint.sources.items import Item, Source
from culture_lint.targets import Job

TEN = ("CN", "IN", "US", "JP", "DE", "GB", "SA", "ID", "BR", "KR")
GOES = 3


def least(work: Callable[[], object], goes: int = GOES) -> float:
    """Return the CPU seconds of the fastest go."""
    best = float("inf")
    for _ in range(goes):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return best


def least_fresh(path: Path, markets: Sequence[str], goes: int = GOES) -> float:
    """Return the CPU seconds of the fastest check by somebody who remembers no text of an earlier one."""
    best = float("inf")
    for _ in range(goes):
        session = Session()
        session.engine(Settings(markets=tuple(markets)))
        forget()
        started = time.process_time()
        check(path, markets, session)
        best = min(best, time.process_time() - started)
    return best


def forget() -> None:
    """Empty what remembers texts, names and words beyond a session; what is loaded once stays."""
    for name, module in list(sys.modules.items()):
        if name.startswith("culture_lint."):
            for thing in list(vars(module).values()):
                if hasattr(thing, "cache_clear") and (thing.cache_parameters()["maxsize"] or 0) > 1:
                    thing.cache_clear()


def reference(path: Path, automaton: object) -> None:
    """Do the bare work: read the file, fold its text, scan it once, chunk by chunk."""
    texts: list[str] = []

    def flush() -> None:
        folded = [fold(text).text for text in texts]
        automaton.find_overlapping(shadow(folded, [None] * len(folded)).text)  # type: ignore[attr-defined]
        texts.clear()

    for one in read(Job(Source(str(path)), Settings())):
        if isinstance(one, Item):
            texts.extend(segment.text for segment in one.segments)
            if len(texts) >= 2 * CHUNK:
                flush()
    flush()


def check(path: Path, markets: Sequence[str], session: Session) -> None:
    """Check a file to JSON lines with every item, in this process."""
    job = Job(Source(str(path)), Settings(markets=tuple(markets)))
    names = {name: name for name in markets}
    with open(os.devnull, "w", encoding="utf-8") as out:
        info, options = RunInfo(__version__, "", tuple(names.items()), ()), ReportOptions()
        make = reporters()["jsonl"]
        report = make(out, info, options)
        totals, gates = Totals(names), Gates(("major", None), names)
        pipeline = Pipeline(
            session,
            [job],
            lambda: make(StringIO(), info, options).prepare,
            lambda: Gates(("major", None), names),
        )
        for part in pipeline.parts():
            totals.merge(part.totals)
            gates.merge(part.gates)
            for ready in part.prepared:
                report.take(ready)
        totals.summary()


def throughput(files: Sequence[tuple[str, Path]]) -> None:
    """Print what checking costs over the bare work, for one, ten and all markets."""
    knowledge = load_knowledge()
    every = tuple(knowledge.markets)
    print(
        f"{'text':<12}{'rows':>8}{'MB':>7}{'bare us/row':>13}{'1 market':>10}{'10':>7}{'all':>7}{'all/1':>7}{'rows/s (all)':>14}"
    )
    for name, path in files:
        rows = sum(isinstance(one, Item) for one in read(Job(Source(str(path)), Settings())))
        bare = least(lambda path=path: reference(path, knowledge.automaton))
        costs = [least_fresh(path, markets) for markets in (("SA",), TEN, every)]
        ratios = [cost / bare for cost in costs]
        print(
            f"{name:<12}{rows:>8}{path.stat().st_size / 1e6:>7.1f}{bare / rows * 1e6:>13.1f}"
            f"{ratios[0]:>9.1f}x{ratios[1]:>6.1f}x{ratios[2]:>6.1f}x{costs[2] / costs[0]:>6.2f}x{rows / costs[2]:>14,.0f}"
        )


#: A small process that starts the one to be measured: peak memory counts that of who forks.
_STARTER = """
import os, subprocess, sys, time
started = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, _, usage = os.wait4(process.pid, 0)
print(time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024)
"""


def ran(command: Sequence[str], goes: int = GOES) -> tuple[float, float, int]:
    """Return wall and CPU seconds and peak memory (MiB) of the fastest of some runs of a command.

    CPU includes that of processes that it waited for, memory is that of the first one.
    """
    found = []
    for _ in range(goes):
        started = [sys.executable, "-c", _STARTER, *command]
        wall, cpu, memory = subprocess.run(
            started, capture_output=True, text=True, check=True
        ).stdout.split()
        found.append((float(wall), float(cpu), int(memory)))
    return min(found)


OURS = (sys.executable, "-m", "culture_lint")


def start_up(folder: Path) -> None:
    """Print what starting costs: the version, a clean file, many small files."""
    # As pip does when it installs a package; a checkout may have no bytecode yet.
    package = Path(culture_lint.__file__).parent
    compileall.compile_dir(str(package), quiet=1)
    one = folder / "clean.md"
    one.write_text("# An oak table\n\nA table of solid oak for six people.\n", "utf-8")
    many = folder / "many"
    many.mkdir()
    for number in range(2000):
        (many / f"{number}.md").write_text(
            f"# Table {number}\n\nA table of solid oak for six people.\n", "utf-8"
        )
    click = ran((sys.executable, "-c", "import click"), 9)
    version = ran((*OURS, "--version"), 9)
    cold = (*OURS, "check", str(one), "-m", "SA", "--cache-dir", str(folder / "none"))
    ran(cold, 1)

    def forget() -> None:
        shutil.rmtree(folder / "none", ignore_errors=True)

    best = (float("inf"), float("inf"), 0)
    for _ in range(5):
        forget()
        best = min(best, ran(cold, 1))
    kept = ran((*OURS, "check", str(one), "-m", "SA", "--cache-dir", str(folder / "kept")), 6)
    print(f"{'start-up':<44}{'wall ms':>9}{'CPU ms':>9}{'MiB':>6}{'CPU/import click':>18}")
    for name, found in (
        ("python -c 'import click'", click),
        ("culture-lint --version", version),
        ("one clean Markdown file, rulesets compiled", best),
        ("the same file again, results kept", kept),
    ):
        print(
            f"{name:<44}{found[0] * 1e3:>9.0f}{found[1] * 1e3:>9.0f}{found[2]:>6}{found[1] / click[1]:>17.1f}x"
        )
    command = (*OURS, "check", str(many), "-m", "SA", "--cache-dir", str(folder / "m"))
    for name in ("2,000 Markdown files", "2,000 Markdown files again, results kept"):
        found = ran(command, 1)
        print(
            f"{name:<44}{found[0] * 1e3:>9.0f}{found[1] * 1e3:>9.0f}{found[2]:>6}{found[1] / click[1]:>17.1f}x"
        )


def growth(folder: Path, sizes: Sequence[int]) -> None:
    """Print time and memory by the number of rows, and what a second process brings."""
    print(
        f"{'rows':>10}{'processes':>11}{'wall s':>9}{'CPU s':>9}{'us/row (CPU)':>14}{'peak MiB':>10}"
    )
    for size in sizes:
        path = workloads.write(folder / f"plain-{size}.csv", workloads.plain(size))
        for jobs in (1, 2):
            wall, cpu, memory = ran(
                (
                    *OURS,
                    "check",
                    str(path),
                    "-m",
                    "SA",
                    "-f",
                    "jsonl",
                    "-o",
                    str(folder / "o.jsonl"),
                    "--jobs",
                    str(jobs),
                ),
                1,
            )
            print(
                f"{size:>10,}{jobs:>11}{wall:>9.1f}{cpu:>9.1f}{cpu / size * 1e6:>14.0f}{memory:>10}"
            )


def forms(folder: Path, rows: int) -> None:
    """Print the cost of a check by the number of forms in a pack."""
    path = workloads.write(folder / "forms.csv", workloads.plain(rows))
    texts = [f"{title}. {body}" for title, body in workloads.plain(rows)]
    folded = [fold(text).text for text in texts]
    from daachorse import DoubleArrayAhoCorasick

    print(f"{'forms':>8}{'scan, MB/s':>12}{'time':>8}")
    first = 0.0
    chance = random.Random(3)
    letters = "abcdefghijklmnopqrstuvwxyz"
    text = shadow(folded, [None] * len(folded)).text
    for count in (1_000, 2_000, 10_000, 50_000):
        words = sorted(
            {
                " " + "".join(chance.choices(letters, k=chance.randint(5, 12))) + " "
                for _ in range(count)
            }
        )
        automaton = DoubleArrayAhoCorasick([word.encode() for word in words])
        cost = least(lambda automaton=automaton: automaton.find_overlapping(text))
        first = first or cost
        print(f"{count:>8,}{len(text) / cost / 1e6:>12.0f}{cost / first:>7.2f}x")
    path.unlink()


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "listings", nargs="*", type=Path, help="real listings to measure on as well"
    )
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--large", action="store_true", help="grow to a million rows")
    parser.add_argument("--peers", action="store_true", help="run other tools on the same text")
    asked = parser.parse_args()
    knowledge = load_knowledge()
    print(
        f"culture-lint {__version__}, Python {sys.version.split()[0]}, {os.cpu_count()} cores; {knowledge.size[1]:,} patterns, {len(knowledge.markets)} markets\n"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [
            ("plain", workloads.write(folder / "plain.csv", workloads.plain(asked.rows))),
            (
                "languages",
                workloads.write(folder / "mixed.csv", workloads.mixed(knowledge, asked.rows // 4)),
            ),
            (
                "dense",
                workloads.write(folder / "dense.csv", workloads.dense(knowledge, asked.rows // 10)),
            ),
            *((path.stem[:11], path) for path in asked.listings),
        ]
        throughput(files)
        print()
        start_up(folder)
        print()
        growth(folder, (10_000, 100_000, 1_000_000) if asked.large else (10_000, 100_000))
        print()
        forms(folder, asked.rows // 4)
        if asked.peers:
            import peers

            print()
            peers.compare(folder)
    print(
        f"\npeak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB"
    )


if __name__ == "__main__":
    main()
