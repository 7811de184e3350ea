"""Find the reader for a file: each module of this package registers its own endings."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator

from culture_lint.sources.items import Item, Notice, ReadOptions, Source

Read = Callable[[Source, ReadOptions], Iterator[Item | Notice]]

_readers: dict[str, Read] = {}
_loaded = False


def reader(*endings: str) -> Callable[[Read], Read]:
    """Register a reading function for file endings such as ``".csv"`` (lower case).

    Raises:
        ValueError: If another module has claimed one of the endings.

    """

    def register(read: Read) -> Read:
        for ending in endings:
            taken = _readers.get(ending)
            if taken is not None and taken is not read:
                raise ValueError(f"{ending} is claimed by {taken.__module__} and {read.__module__}")
            _readers[ending] = read
        return read

    return register


def readers() -> dict[str, Read]:
    """Return every registered reader by ending, walking the package on first use."""
    global _loaded
    if not _loaded:
        package = importlib.import_module("culture_lint.sources")
        for module in sorted(info.name for info in pkgutil.iter_modules(package.__path__)):
            importlib.import_module(f"culture_lint.sources.{module}")
        _loaded = True
    return _readers


def reader_for(path: str) -> Read | None:
    """Return the reader whose ending fits ``path`` (case ignored), the longest ending first."""
    name = path.lower()
    known = readers()
    for ending in sorted(known, key=len, reverse=True):
        if name.endswith(ending):
            return known[ending]
    return None
