"""Time the pre-commit hook on one file and on many, cold and warm, beside other prose linters.

Usage: python benchmarks/hook.py [--files N] [--rounds N] [--node FOLDER] [--market SA]

Each tool gets the files as a hook does: their names, in a git repository, from its root. Cold is
without any result kept from before (rulesets compiled, files in the system's cache); warm is the
same commit again. The tools take turns, round by round, so that whatever else the machine does
hits them all; medians are printed, and ratios to culture-lint in the same run. Peers are run
where they are installed: codespell, proselint, typos (pip), alex and cspell (npm, in FOLDER).
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import workloads

#: Words of one file: a short page of copy.
PAGE = 2


@dataclass
class Tool:
    """One way to check files; ``forget`` removes what it has kept."""

    name: str
    command: Sequence[str]
    forget: Callable[[], None] | None = None
    #: Wall and CPU seconds of each round, by how many files.
    taken: dict[str, list[tuple[float, float]]] = field(default_factory=dict)


def repository(folder: Path, files: int) -> list[str]:
    """Write a repository of Markdown pages, all different; return their names."""
    (folder / "content").mkdir(parents=True)
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    rows = list(workloads.plain(files * PAGE))
    names = []
    for number in range(files):
        parts = [f"## {title}\n\n{body}" for title, body in rows[number * PAGE :][:PAGE]]
        name = f"content/page-{number}.md"
        (folder / name).write_text(f"# Page {number}\n\n" + "\n\n".join(parts) + "\n", "utf-8")
        names.append(name)
    return names


def tools(cache: Path, market: str, node: Path | None) -> list[Tool]:
    """Return culture-lint, kept results forgotten and not, and the peers that are here."""
    ours = (sys.executable, "-m", "culture_lint", "check", "--force-exclude", "-m", market)
    kept = ("--cache-dir", str(cache / "ours"))

    def forget(name: str) -> Callable[[], None]:
        return lambda: shutil.rmtree(cache / name, ignore_errors=True)

    found = [
        Tool("culture-lint, cold", (*ours, *kept), forget("ours")),
        Tool("culture-lint, warm", (*ours, *kept)),
    ]
    for name, arguments in (
        ("codespell", ()),
        ("typos", ()),
        ("proselint", ("check",)),
    ):
        path = shutil.which(name)
        if path is not None:
            found.append(Tool(name, (path, *arguments)))
    binaries = node / "node_modules" / ".bin" if node else None
    if binaries and (binaries / "alex").exists():
        found.append(Tool("alex", (str(binaries / "alex"), "--quiet")))
    if binaries and (binaries / "cspell").exists():
        store = ("--cache", "--cache-location", str(cache / "cspell" / "kept"))
        command = (str(binaries / "cspell"), "--no-progress", "--quiet", *store)
        found.append(Tool("cspell, cold", command, forget("cspell")))
        found.append(Tool("cspell, warm", command))
    return found


def timed(tool: Tool, folder: Path, names: Sequence[str]) -> tuple[float, float]:
    """Return the wall and CPU seconds that a tool takes for some files."""
    if tool.forget is not None:
        tool.forget()
    started, before = time.perf_counter(), os.times()
    done = subprocess.run(
        [*tool.command, *names], cwd=folder, capture_output=True, text=True, check=False
    )
    taken, after = time.perf_counter() - started, os.times()
    if done.returncode not in (0, 1, 2, 65):  # 65: codespell and others count what they find
        raise SystemExit(f"{tool.name}: code {done.returncode}\n{done.stderr[-2000:]}")
    cpu = after.children_user + after.children_system
    return taken, cpu - before.children_user - before.children_system


def main() -> None:
    """Print the medians, and how they compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--node", type=Path, help="folder with alex and cspell, as npm installs them"
    )
    parser.add_argument("--market", default="SA")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve() / "repository"
        names = repository(folder, asked.files)
        every = tools(Path(name).resolve() / "cache", asked.market, asked.node)
        sizes = {"1 file": names[:1], f"{asked.files:,} files": names}
        for _ in range(asked.rounds):
            for label, some in sizes.items():
                for tool in every:
                    tool.taken.setdefault(label, []).append(timed(tool, folder, some))
        print(f"medians of {asked.rounds} rounds; ratios to culture-lint, warm\n")
        print("| | files | wall s | ratio | CPU s | ratio |\n|---|---|---|---|---|---|")
        for label in sizes:
            base = middle(every[1].taken[label])
            for tool in every:
                wall, cpu = middle(tool.taken[label])
                print(
                    f"| {tool.name} | {label.split()[0]} | {wall:.2f} | {wall / base[0]:.1f} "
                    f"| {cpu:.2f} | {cpu / base[1]:.1f} |"
                )


def middle(taken: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the median of wall and of CPU seconds."""
    return statistics.median(one for one, _ in taken), statistics.median(one for _, one in taken)


if __name__ == "__main__":
    main()
