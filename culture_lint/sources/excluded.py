"""Decide which files a search passes over: patterns of the configuration, and ignore files."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from culture_lint.config.globs import lines, verdict
from culture_lint.settings import Settings

OWN_FILE = ".culture-lintignore"
GIT_FILE = ".gitignore"


class IgnoreFiles:
    """The patterns of ignore files of one name, each read once, the deepest with the last word.

    Args:
        name: Of the files.
        git: Whether they count inside a git repository only, along with its own exclude file.
    """

    def __init__(self, name: str, *, git: bool = False) -> None:
        self._name = name
        self._git = git
        self._chains: dict[Path, tuple[tuple[Path, tuple[str, ...]], ...] | None] = {}

    def ignores(self, path: str, folder: bool) -> bool:
        """Tell whether a file or folder is to be passed over."""
        whole = Path(os.path.abspath(path))
        for base, patterns in reversed(self._chain(whole.parent) or ()):
            said = verdict(patterns, base, whole, folder)
            if said is not None:
                return said
        return False

    def _chain(self, folder: Path) -> tuple[tuple[Path, tuple[str, ...]], ...] | None:
        """Return the ignore files from the repository's root down to a folder.

        None where files count in repositories only and there is none.
        """
        if folder not in self._chains:
            self._chains[folder] = self._read(folder)
        return self._chains[folder]

    def _read(self, folder: Path) -> tuple[tuple[Path, tuple[str, ...]], ...] | None:
        root = (folder / ".git").exists()
        above: tuple[tuple[Path, tuple[str, ...]], ...] | None = ()
        if root:
            own = _patterns(folder / ".git" / "info" / "exclude") if self._git else ()
            above = ((folder, own),) if own else ()
        elif folder.parent == folder:
            above = None if self._git else ()
        else:
            above = self._chain(folder.parent)
        if above is None:
            return None
        here = _patterns(folder / self._name)
        return (*above, (folder, here)) if here else above


def _patterns(path: Path) -> tuple[str, ...]:
    """Return the patterns of an ignore file; one that cannot be read has none."""
    try:
        with path.open(encoding="utf-8", errors="surrogateescape") as file:
            return lines(file)
    except OSError:
        return ()


class Exclusions:
    """What is passed over, for all files of a run.

    Args:
        settings_for: The settings that apply to a path.
    """

    def __init__(self, settings_for: Callable[[str], Settings]) -> None:
        self._settings_for = settings_for
        self._own = IgnoreFiles(OWN_FILE)
        self._gits = IgnoreFiles(GIT_FILE, git=True)

    def passes_over(self, path: str, folder: bool) -> bool:
        """Tell whether a search passes over a file or folder that it meets."""
        if self.excludes(path, folder):
            return True
        return self._settings_for(path).respect_gitignore and self._gits.ignores(path, folder)

    def excludes(self, path: str, folder: bool = False) -> bool:
        """Tell whether the configuration or a ``.culture-lintignore`` leaves a path out."""
        said = [
            verdict(one.globs, one.base, path, folder) for one in self._settings_for(path).exclude
        ]
        if next((one for one in reversed(said) if one is not None), False):
            return True
        return self._own.ignores(path, folder)

    def forced(self, path: str) -> bool:
        """Tell whether a path that the user named is left out all the same."""
        return self._settings_for(path).force_exclude and self.excludes(path)

    def skips_unknown(self, path: str) -> bool:
        """Tell whether a named file of a kind that is not read is skipped, as hooks need it."""
        return self._settings_for(path).force_exclude
