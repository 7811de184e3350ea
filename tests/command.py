"""Run the command as users do: a process of its own, its exit code, output and errors.

Most of these processes have not imported the package themselves, see `tests.warm`.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import culture_lint
from culture_lint.language.inflection import inflections, languages, shipped_table
from culture_lint.matching.prepare import words_of
from tests import warm
from tests.together import once, shared_folder

DATA = Path(__file__).parent / "data"

LISTING = """\
sku,title,description,language
A1,Holy cow mug,"A mug with a ""holy cow"" print, made with wagyu. Set of 4.",en
A2,Oak table,A plain table.,en
A3,Bardak,Bu ürün el yapımıdır ve pamuktan üretilmiştir.,tr
"""
CLEAN = "sku,title,language\nB1,Oak table,en\nB2,Wool socks,en\n"


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run of the command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, read as one JSON value."""
        return json.loads(self.out)

    @property
    def error(self) -> str:
        """The one error line; notes on the input are no errors."""
        lines = [line for line in self.err.splitlines() if ": note: " not in line]
        assert len(lines) == 1, self.err
        return lines[0]


#: A market in which a reading may not be silenced, for a folder of rulesets of one's own.
LAW = """\
market: CC
name: Third test market
extends: [global]
languages: [en]
reviewed: "2026-11-21"
readings:
  pork:
    signifier: pork
    signified: forbidden by law in the test market
    polarity: regulated
    severity: blocker
    suppressible: false
    category: food
    message: "“{match}” clashes here."
    evidence:
      kind: practice
      verified: true
      sources: [{title: Test, url: "https://example.org/", read: "2026-11-21"}]
    reviewed: "2026-11-21"
    examples: {flag: ["Pork pie."], pass: ["Pork-free pie."]}
"""

_IMPORTING = """
import json, sys
from culture_lint.cli.main import execute
code = execute(sys.argv[1:])
print(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)
"""


#: Of prctl(2): no program started from here has the capability.
_PR_CAPBSET_DROP = 24


def heed_permissions() -> None:
    """Take from root the right to write anywhere (Linux: CAP_DAC_OVERRIDE); others lack it.

    To be called in a new process ahead of the program.
    """
    if os.geteuid() == 0 and ctypes.CDLL(None, use_errno=True).prctl(_PR_CAPBSET_DROP, 1) != 0:
        raise OSError(ctypes.get_errno(), "cannot give the right up")


#: Files of tests, and the subcommands that have been run in them.
_seen: set[tuple[str, str]] = set()


def _is_first(words: list[str]) -> bool:
    """Whether a file of tests runs a subcommand for the first time: it is started afresh then.

    So every feature is once imported as users import it, and with nothing else.
    """
    file = os.environ.get("PYTEST_CURRENT_TEST", "").partition("::")[0]
    key = (file, words[0] if words else "")
    first = key not in _seen
    _seen.add(key)
    return first


@dataclass(frozen=True, slots=True)
class Command:
    """The command in a folder of its own, with the small pack in place of the built-in rulesets."""

    folder: Path
    environment: dict[str, str]

    def __call__(
        self,
        *args: str | Path,
        stdin: str | bytes | None = None,
        code: int | None = None,
        before: Callable[[], None] | None = None,
        **environment: str,
    ) -> Ran:
        """Run ``culture-lint ARGS``; with ``code``, the exit code must be that.

        ``before`` is called in the new process ahead of the command (POSIX).
        """
        words = [str(one) for one in args]
        done = warm.run(
            words,
            folder=self.folder,
            environment={**self.environment, **environment},
            stdin=stdin.encode() if isinstance(stdin, str) else stdin,
            before=before,
            fresh=_is_first(words),
        )
        ran = Ran(done.code, done.out.decode("utf-8"), done.err.decode("utf-8"))
        assert "Traceback" not in ran.err, ran.err
        assert "defect" not in ran.err, ran.err
        assert code is None or ran.code == code, (ran.code, ran.out, ran.err)
        return ran

    def importing(self, *args: str, code: int) -> tuple[str, set[str]]:
        """Run ``culture-lint ARGS``; return its output and the modules that it imported."""
        done = subprocess.run(
            [sys.executable, "-c", _IMPORTING, *args],
            capture_output=True,
            text=True,
            cwd=self.folder,
            env=self.environment,
            timeout=60,
            check=True,
        )
        found, modules = json.loads(done.stderr.splitlines()[-1])
        assert found == code
        return done.stdout, set(modules)

    def write(self, name: str, content: str | bytes = LISTING) -> Path:
        """Write a file into the folder."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package as it is installed, but the small pack for its rulesets."""

    def make(folder: Path) -> None:
        package = Path(culture_lint.__file__).parent
        ignored = shutil.ignore_patterns("__pycache__", ".*")
        shutil.copytree(package, folder / "culture_lint", ignore=ignored)
        rulesets = folder / "culture_lint" / "rulesets"
        shutil.copytree(DATA / "pack", rulesets)
        (rulesets / "__init__.py").write_text("")
        _ship_inflections(folder / "culture_lint" / "language" / "data" / "inflections")

    return once(shared_folder(tmp_path_factory) / "site", make)


def _ship_inflections(tables: Path) -> None:
    """Add the words of the small pack to the tables of a package, as those of its rulesets are."""
    words = words_of([DATA / "pack"])
    for language, found in inflections(words).items():
        if language in languages():
            table = shipped_table(language)
            table |= {word: list(found.get(word, ())) for word in words[language]}
            (tables / f"{language}.json").write_text(json.dumps(table), "utf-8")


@pytest.fixture
def command(site: Path, tmp_path: Path) -> Command:
    """The command in an empty folder; ``AA`` and ``BB`` are its markets."""
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / ".git").mkdir()  # no configuration above this folder applies
    return Command(folder, environment(site, tmp_path))


def environment(site: Path, home: Path) -> dict[str, str]:
    """Return the environment of a user who has set nothing that matters to us."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in ("PATH", "SYSTEMROOT", "TEMP", "TMP", "LANG", "CULTURE_LINT_CACHE_DIR")
    }
    return {**kept, "HOME": str(home), "PYTHONPATH": str(site), "COLUMNS": "100"}
