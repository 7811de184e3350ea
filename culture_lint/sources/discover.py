"""Find the listing files that paths on the command line stand for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from culture_lint.errors import Location, SourceError
from culture_lint.sources.items import Source
from culture_lint.sources.registry import reader_for, readers

#: Directories that hold no content of the user's own; so does any whose name begins with a dot.
_SKIPPED = frozenset({"node_modules", "venv", "__pycache__"})


def discover(paths: Sequence[str]) -> list[Source]:
    """Return the sources that ``paths`` name: files as given, directories in sorted order.

    A file that is named twice is read once. Directories are searched for supported endings;
    hidden ones and the like are passed over.

    Raises:
        SourceError: If a path is missing, a file's ending is not supported, or a directory
            holds no supported file.

    """
    found: dict[str, Source] = {}
    for path in paths:
        for name in _files(path):
            found.setdefault(name, Source(name))
    return list(found.values())


#: Kinds of files that listings come in and that no reader takes yet.
_LISTING_LIKE = (".xls", ".xlsb", ".ods", ".numbers", ".xml", ".json")
#: Of those, the workbooks that every spreadsheet program can save as one that is read.
_WORKBOOKS = (".xls", ".xlsb", ".ods", ".numbers")


def passed_over(paths: Sequence[str]) -> list[str]:
    """Return the files in directories among ``paths`` that look like listings and are not read."""
    return [
        name for path in paths if Path(path).is_dir() for name in _walk(path, wanted=_looks_unread)
    ]


def _looks_unread(name: str) -> bool:
    return reader_for(name) is None and name.lower().endswith(_LISTING_LIKE)


def _is_read(name: str) -> bool:
    # What stands beside a file is read with it.
    return reader_for(name) is not None and not name.endswith(".culture-lint.yaml")


def _files(path: str) -> Iterator[str]:
    place = Path(path)
    if place.is_dir():
        names = list(_walk(path))
        if not names:
            looked_for = ", ".join(f"*{ending}" for ending in sorted(readers()))
            raise SourceError(f"no listings found in {path} (looked for {looked_for})")
        yield from names
        return
    if not place.exists():
        raise SourceError("no such file or directory; check the path", Location(path))
    if reader_for(path) is None:
        endings = ", ".join(sorted(readers()))
        ending = place.suffix or place.name
        known = f"save it as XLSX or CSV (supported: {endings})"
        cure = known if ending.lower() in _WORKBOOKS else f"supported: {endings}"
        raise SourceError(f"“{ending}” files are not read; {cure}", Location(path))
    yield path


def _walk(top: str, wanted: Callable[[str], bool] = _is_read) -> Iterator[str]:
    for directory, inner, names in os.walk(top):
        inner[:] = sorted(
            name for name in inner if not name.startswith(".") and name not in _SKIPPED
        )
        for name in sorted(names):
            if not name.startswith(".") and wanted(name):
                yield os.path.join(directory, name)
