"""Find the files that paths on the command line stand for."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from culture_lint.errors import Location, SourceError
from culture_lint.settings import Settings
from culture_lint.sources.excluded import Exclusions
from culture_lint.sources.items import Source
from culture_lint.sources.registry import endings, is_read

#: Kinds of files that listings come in; where no reader takes one, that is told.
_LISTING_LIKE = (".xls", ".xlsb", ".ods", ".numbers", ".xml", ".json")
#: Of those, the workbooks that every spreadsheet program can save as one that is read.
_WORKBOOKS = (".xls", ".xlsb", ".ods", ".numbers")


@dataclass(slots=True)
class Found:
    """What paths stand for.

    ``excluded`` are files that would be read and are left out; ``unread`` look like listings and
    have no reader; ``skipped`` were named, and are of a kind that is not read, or our own.
    """

    sources: list[Source] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


def _plain(_: str) -> Settings:
    return Settings()


def discover(paths: Sequence[str], exclusions: Exclusions | None = None) -> Found:
    """Return the sources that ``paths`` name: files as given, directories in sorted order.

    A file that is named twice is read once. Directories are searched for supported endings;
    hidden ones, and what the configuration and ignore files leave out, are passed over. A file
    that is named is read, unless exclusion is forced.

    Raises:
        SourceError: If a path is missing, a file's ending is not supported, or a directory
            holds no supported file.
    """
    search = _Search(exclusions or Exclusions(_plain))
    for path in paths:
        search.add(path)
    return search.found


def _is_ours(path: str) -> bool:
    """Tell whether a file speaks to us: a configuration, or what stands beside a file of content."""
    name = os.path.basename(path).lower()
    return name.startswith(".culture-lint") or name.endswith(".culture-lint.yaml")


class _Search:
    def __init__(self, exclusions: Exclusions) -> None:
        self.found = Found()
        self._exclusions = exclusions
        self._seen: set[str] = set()

    def add(self, path: str) -> None:
        place = Path(path)
        if place.is_dir():
            self._folder(path)
        elif not place.exists():
            raise SourceError("no such file or directory; check the path", Location(path))
        elif place.name.startswith(".culture-lint-"):
            self.found.skipped.append(path)  # a baseline, or the like
        elif self._exclusions.forced(path):
            self.found.excluded.append(path)
        elif is_read(path):
            self._take(path)
        elif self._exclusions.skips_unknown(path):
            self.found.skipped.append(path)
        else:
            read = ", ".join(sorted(endings()))
            ending = place.suffix or place.name
            known = f"save it as XLSX or CSV (supported: {read})"
            cure = known if ending.lower() in _WORKBOOKS else f"supported: {read}"
            raise SourceError(f"“{ending}” files are not read; {cure}", Location(path))

    def _folder(self, path: str) -> None:
        before = len(self.found.excluded)
        names = list(self._walk(path))
        if not names and len(self.found.excluded) == before:
            looked_for = ", ".join(f"*{ending}" for ending in sorted(endings()))
            raise SourceError(f"no listings found in {path} (looked for {looked_for})")
        for name in names:
            self._take(name)

    def _take(self, name: str) -> None:
        if os.path.normpath(name) not in self._seen:
            self._seen.add(os.path.normpath(name))
            self.found.sources.append(Source(name))

    def _walk(self, top: str) -> Iterator[str]:
        for directory, inner, names in os.walk(top):
            inner[:] = sorted(
                name
                for name in inner
                if not name.startswith(".")
                and not self._passed_over(os.path.join(directory, name), folder=True)
            )
            for name in sorted(names):
                path = os.path.join(directory, name).removeprefix(f".{os.sep}")
                if name.startswith(".") or _is_ours(name):
                    continue
                if not is_read(path):
                    if name.lower().endswith(_LISTING_LIKE) and not self._passed_over(path):
                        self.found.unread.append(path)
                elif self._passed_over(path):
                    self.found.excluded.append(path)
                else:
                    yield path

    def _passed_over(self, path: str, folder: bool = False) -> bool:
        return self._exclusions.passes_over(path, folder)
