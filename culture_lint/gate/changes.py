"""Which lines have changed since a revision, as git tells it."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from culture_lint.errors import SettingsError
from culture_lint.judging.findings import Finding
from culture_lint.sources.items import Item

#: First and last line, from 1.
Range = tuple[int, int]
#: The whole of a file, however long it is.
EVERYTHING: tuple[Range, ...] = ((1, 1 << 60),)

_HUNK = re.compile(r"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_QUOTED = re.compile(r'\\(?:([0-7]{3})|(["\\abtnvfr]))')
_SHORT = {"a": 7, "b": 8, "t": 9, "n": 10, "v": 11, "f": 12, "r": 13, '"': 34, "\\": 92}


class Changes:
    """The changed lines of files since a commit; each repository is asked once."""

    def __init__(self, commit: str) -> None:
        self.commit = commit
        self._repositories: dict[Path, dict[str, tuple[Range, ...]]] = {}

    def of(self, path: str) -> tuple[Range, ...]:
        """Return the changed lines of a file, empty for none.

        A file that git does not know is new; in a binary one everything has changed.

        Raises:
            SettingsError: If git cannot tell.

        """
        place = Path(os.path.realpath(path))
        root = _root(place)
        if root not in self._repositories:
            self._repositories[root] = _changed(root, self.commit)
        return self._repositories[root].get(place.relative_to(root).as_posix(), ())

    def within(self, item: Item, findings: Sequence[Finding]) -> list[Finding]:
        """Return the findings that stand on changed lines."""
        if not findings:
            return []
        changed = self.of(item.path)
        if changed is EVERYTHING:
            return list(findings)
        return [one for one in findings if _stands_on(item, one, changed)]


def _stands_on(item: Item, finding: Finding, changed: Sequence[Range]) -> bool:
    place = item.segments[finding.segment].places.place(finding.start, finding.end)
    return any(place.line <= last and first <= place.end_line for first, last in changed)


def commit_of(revision: str, beside: str) -> str:
    """Return the commit that a revision names in the repository of a path.

    Raises:
        SettingsError: If there is no repository or no such revision.

    """
    root = _root(Path(os.path.realpath(beside)))
    done = _git(
        root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    )
    if done is None:
        raise SettingsError(f"--since {revision!r}: there is no such revision in {str(root)!r}")
    return done.decode().strip()


def _root(place: Path) -> Path:
    """Return the folder of the repository that a path lies in."""
    for folder in (place, *place.parents):
        if (folder / ".git").exists():
            return folder
    raise SettingsError(f"--since needs a git repository, and {str(place)!r} is in none")


def _git(root: Path, *arguments: str) -> bytes | None:
    """Return what git prints, None where it fails.

    Raises:
        SettingsError: If there is no git.

    """
    try:
        done = subprocess.run(
            ["git", "-C", str(root), "-c", "core.quotePath=false", *arguments],
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except OSError as error:
        raise SettingsError(f"--since needs git, which cannot be run: {error.strerror}") from None
    return done.stdout if not done.returncode else None


def _changed(root: Path, commit: str) -> dict[str, tuple[Range, ...]]:
    """Return the changed lines of every file in a repository that has any, by path."""
    plain = ("--no-color", "--no-ext-diff", "--no-textconv", "--ignore-submodules", "-M")
    counts = _git(root, "diff", *plain, "--no-renames", "--numstat", "-z", commit, "--")
    patch = _git(
        root, "diff", *plain, "--unified=0", "--src-prefix=a/", "--dst-prefix=b/", commit, "--"
    )
    new = _git(root, "ls-files", "--others", "-z")
    if counts is None or patch is None or new is None:
        raise SettingsError(
            f"git cannot tell what has changed since {commit[:12]} in {str(root)!r}"
        )
    found = dict(_hunks(patch.decode("utf-8", "surrogateescape")))
    for entry in counts.decode("utf-8", "surrogateescape").split("\0"):
        if entry.startswith("-\t-\t"):
            found[entry.split("\t", 2)[2]] = EVERYTHING
    for name in new.decode("utf-8", "surrogateescape").split("\0"):
        found[name] = EVERYTHING
    return found


def _hunks(patch: str) -> Iterator[tuple[str, tuple[Range, ...]]]:
    """Yield each file of a patch without context, with the lines that it changes or adds."""
    name = ""
    ranges: list[Range] = []
    skip = 0
    for line in patch.split("\n"):
        if skip:
            skip -= not line.startswith("\\")
            continue
        hunk = _HUNK.match(line)
        if hunk is not None:
            count = int(hunk[3] or 1)
            if count:
                ranges.append((int(hunk[2]), int(hunk[2]) + count - 1))
            skip = int(hunk[1] or 1) + count
        elif line.startswith("diff --git "):
            if name:
                yield name, tuple(ranges)
            name, ranges = "", []
        elif line.startswith("+++ "):
            name = _name(line[4:])
    if name:
        yield name, tuple(ranges)


def _name(text: str) -> str:
    """Return the path of a patch's ``+++`` line, empty for a file that is gone."""
    text = text.removesuffix("\t")
    if text.startswith('"') and text.endswith('"'):
        raw = _QUOTED.sub(
            lambda found: chr(int(found[1], 8) if found[1] else _SHORT[found[2]]), text[1:-1]
        )
        text = raw
    return text.removeprefix("b/") if text != "/dev/null" else ""
