"""Find the configuration file that applies to a path: the nearest one above it, else the user's."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from culture_lint.config.nodes import has_section
from culture_lint.settings import CONFIG_NAMES


def in_folder(folder: Path) -> list[Path]:
    """Return the configuration files in a folder, the one that counts first.

    A ``pyproject.toml`` or ``setup.cfg`` that does not name us is none.
    """
    found = []
    for name in CONFIG_NAMES:
        path = folder / name
        if path.is_file() and (path.suffix in (".yaml", ".yml") or has_section(path)):
            found.append(path)
    return found


class Finder:
    """Looks each folder up once.

    Args:
        warn: Told of a folder that holds several configuration files.
    """

    def __init__(self, warn: Callable[[str], None] = lambda _: None) -> None:
        self._warn = warn
        self._found: dict[Path, Path | None] = {}

    def find(self, start: Path) -> Path | None:
        """Return the file that applies to a file or folder, None for none.

        The search goes upwards to the root of a repository (a folder with ``.git``).
        """
        whole = Path(os.path.abspath(start))
        return self.for_folder(whole if whole.is_dir() else whole.parent)

    def for_folder(self, folder: Path) -> Path | None:
        """Return the file that applies to the files of an absolute folder."""
        if folder not in self._found:
            self._found[folder] = self._search(folder)
        return self._found[folder]

    def _search(self, folder: Path) -> Path | None:
        here = in_folder(folder)
        if here:
            if len(here) > 1:
                losers = ", ".join(one.name for one in here[1:])
                self._warn(f"{here[0]} counts; not read beside it: {losers}")
            return here[0]
        if (folder / ".git").exists() or folder.parent == folder:
            return None
        return self.for_folder(folder.parent)


def find_config(start: Path) -> Path | None:
    """Return the nearest project file at or above ``start``, up to a repository's root."""
    return Finder().find(start)


def user_config(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Return the user's own file, ``$XDG_CONFIG_HOME/culture-lint/config.yaml``, if there is one."""
    chosen = environment.get("XDG_CONFIG_HOME")
    if chosen:
        folder = Path(chosen) / "culture-lint"
    else:
        from platformdirs import user_config_dir

        folder = Path(user_config_dir("culture-lint", appauthor=False))
    path = folder / "config.yaml"
    return path if path.is_file() else None
