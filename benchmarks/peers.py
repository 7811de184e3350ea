"""Run other tools on the same rows: words and phrases of the rulesets looked for in plain listings.

Each tool is timed on N and on 2N rows and the difference counts, so that start-up does not. Tools
that are not on the PATH (vale, alex, typos, codespell, grep) or not importable (spacy) are left out and
named. They do less: none of them knows markets, usage or company, scores, or reads a listing's fields.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import run
import workloads

from culture_lint.matching.prepare import load_knowledge

TERMS = 2_000
#: Rows for tools that are quick, and for those that are not.
MANY, FEW = 20_000, 200


def terms() -> list[str]:
    """Return English words and phrases of the rulesets, evenly taken."""
    knowledge = load_knowledge()
    said = sorted(
        {
            text
            for number in range(len(knowledge.signifier_numbers))
            if (text := knowledge.sayings(number).get("en", "")).isascii() and text
        }
    )
    return said[:: max(1, len(said) // TERMS)][:TERMS]


def _texts(folder: Path, rows: int) -> Path:
    path = folder / f"rows-{rows}.txt"
    if not path.exists():
        lines = (f"{title}. {body}" for title, body in workloads.plain(rows))
        path.write_text("\n\n".join(lines) + "\n", "utf-8")
    return path


def _command(folder: Path, rows: int, make: Callable[[Path], list[str]]) -> float:
    """Return the CPU seconds that a command needs for so many rows more."""
    costs = [run.ran(make(_texts(folder, size)), 2)[1] for size in (rows, 2 * rows)]
    return max(costs[1] - costs[0], 1e-9)


def _in_process(rows: int, work: Callable[[str], object]) -> float:
    texts = [f"{title}. {body}" for title, body in workloads.plain(rows)]
    return run.least(lambda: [work(text) for text in texts], 2)


def _vale(folder: Path, listed: list[str]) -> Callable[[Path], list[str]]:
    styles = folder / "styles" / "Ours"
    styles.mkdir(parents=True)
    tokens = "\n".join(f"  - '{re.escape(term)}'" for term in listed)
    rule = f"extends: existence\nmessage: '%s'\nignorecase: true\nlevel: error\ntokens:\n{tokens}\n"
    (styles / "Terms.yml").write_text(rule, "utf-8")
    config = folder / ".vale.ini"
    config.write_text(f"StylesPath = {folder / 'styles'}\n[*.txt]\nBasedOnStyles = Ours\n", "utf-8")
    return lambda path: ["vale", f"--config={config}", str(path)]


def _rows(folder: Path) -> Iterator[tuple[str, int, Callable[[], float]]]:
    """Yield the tools that are here: name, rows, and what gives the CPU seconds for them."""
    listed = terms()
    words = folder / "terms.txt"
    words.write_text("\n".join(listed) + "\n", "utf-8")

    def ours() -> float:
        costs = []
        for size in (MANY, 2 * MANY):
            path = workloads.write(folder / f"ours-{size}.csv", workloads.plain(size))
            command = (*run.OURS, "check", str(path), "-m", "SA", "-f", "jsonl", "--jobs", "1")
            costs.append(run.ran(command, 2)[1])
        return costs[1] - costs[0]

    yield "culture-lint, one market, all its rules", MANY, ours
    commands: tuple[tuple[str, str, int, Callable[[Path], list[str]]], ...] = (
        (
            "grep -F -w -i -f (words alone)",
            "grep",
            MANY,
            lambda p: ["grep", "-Fwif", str(words), str(p)],
        ),
        ("typos (misspelled words)", "typos", MANY, lambda p: ["typos", str(p)]),
        ("codespell (misspelled words)", "codespell", MANY, lambda p: ["codespell", str(p)]),
        ("alex (its own terms)", "alex", FEW, lambda p: ["alex", str(p)]),
    )
    for name, tool, rows, make in commands:
        if shutil.which(tool):
            yield name, rows, lambda rows=rows, make=make: _command(folder, rows, make)
    if shutil.which("vale"):
        make = _vale(folder, listed)
        yield "vale (one rule of those terms)", FEW, lambda: _command(folder, FEW, make)
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, listed))})\b", re.IGNORECASE)
    yield "re, one alternation of those terms", FEW, lambda: _in_process(FEW, pattern.findall)
    try:
        import spacy
        from spacy.matcher import PhraseMatcher
    except ImportError:
        return
    language = spacy.blank("en")
    matcher = PhraseMatcher(language.vocab, attr="LOWER")
    matcher.add("term", [language.make_doc(term) for term in listed])
    yield (
        "spaCy PhraseMatcher of those terms",
        FEW * 10,
        lambda: _in_process(FEW * 10, lambda text: matcher(language(text))),
    )


def compare(folder: Path) -> None:
    """Print rows a CPU second of each tool beside ours."""
    print(f"{'tool':<44}{'rows':>8}{'rows/CPU s':>12}{'ours is':>10}")
    first = 0.0
    for name, rows, cost in _rows(folder):
        speed = rows / cost()
        first = first or speed
        print(f"{name:<44}{rows:>8,}{speed:>12,.0f}{first / speed:>9.1f}x")
    missing = [
        tool for tool in ("vale", "alex", "typos", "codespell", "grep") if not shutil.which(tool)
    ]
    if missing:
        print(f"not installed here: {', '.join(missing)}", file=sys.stderr)
