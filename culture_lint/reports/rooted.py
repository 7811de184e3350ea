"""Name files as a CI system knows them: from the root of the repository, with forward slashes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

#: Where GitHub and GitLab have checked the repository out.
_CHECKOUTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")


class Rooted:
    """Turns paths into those of the repository; each folder is looked up once.

    Args:
        environment: Where the CI system says what its checkout is.
    """

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        known = os.environ if environment is None else environment
        self._checkouts = [
            Path(os.path.abspath(known[one])) for one in _CHECKOUTS if known.get(one)
        ]
        self._roots: dict[Path, Path | None] = {}
        self._seen: dict[str, str] = {}

    def __call__(self, path: str) -> str:
        """Return a path from the root of the checkout, else of the repository it lies in.

        One that lies in neither is given from the working directory, and one outside that as it
        is, absolute.
        """
        found = self._seen.get(path)
        if found is None:
            try:
                found = self._relative(Path(os.path.abspath(path)))
            except ValueError:  # no name of a file (a name given to standard input can be anything)
                found = path
            self._seen[path] = found
        return found

    def _relative(self, whole: Path) -> str:
        for place in dict.fromkeys((whole, Path(os.path.realpath(whole)))):
            for root in (*self._checkouts, self._root(place.parent)):
                if root is not None and place.is_relative_to(root):
                    return place.relative_to(root).as_posix()
        return whole.as_posix()

    def _root(self, folder: Path) -> Path | None:
        if folder not in self._roots:
            if (folder / ".git").exists():
                self._roots[folder] = folder
            elif folder.parent == folder:
                here = Path.cwd()
                self._roots[folder] = here
            else:
                self._roots[folder] = self._root(folder.parent)
        return self._roots[folder]
