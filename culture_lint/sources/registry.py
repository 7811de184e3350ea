"""Find the reader for a file: each module of this package registers its own endings.

A run meets few formats, and importing the readers of all of them costs more than reading a file.
Which module claims an ending is therefore told by its text, and only that module is imported.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator

from culture_lint.sources.items import Item, Notice, ReadOptions, Source

Read = Callable[[Source, ReadOptions], Iterator[Item | Notice]]

_PACKAGE = "culture_lint.sources"
_CLAIM = re.compile(r"^@reader\(([^)]*)\)", re.MULTILINE)
_LITERALS = re.compile(r'\s*"[^"\\]+"\s*(?:,\s*"[^"\\]+"\s*)*,?\s*')

_readers: dict[str, Read] = {}
_modules: dict[str, str] = {}
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
    """Return every registered reader by ending, importing them all on first use."""
    global _loaded
    if not _loaded:
        for name in _names():
            importlib.import_module(f"{_PACKAGE}.{name}")
        _loaded = True
    return _readers


def endings() -> frozenset[str]:
    """Return every ending that a reader claims; imports none of them."""
    return frozenset(_claimed())


def is_read(path: str) -> bool:
    """Tell whether there is a reader for a path; imports none."""
    return path.lower().endswith(tuple(_claimed()))


def reader_for(path: str) -> Read | None:
    """Return the reader whose ending fits ``path`` (case ignored), the longest ending first."""
    name = path.lower()
    claimed = _claimed()
    for ending in sorted(claimed, key=len, reverse=True):
        if name.endswith(ending):
            importlib.import_module(f"{_PACKAGE}.{claimed[ending]}")
            return _readers[ending]
    return None


def _claimed() -> dict[str, str]:
    """Return the module that claims each ending.

    Raises:
        ValueError: If two modules claim one ending.

    """
    if not _modules:
        found: dict[str, str] = {}
        for name in _names():
            for ending in _claims(name):
                if found.setdefault(ending, name) != name:
                    raise ValueError(f"{ending} is claimed by {found[ending]} and {name}")
        _modules.update(found)
    return _modules


def _names() -> list[str]:
    package = importlib.import_module(_PACKAGE)
    return sorted(info.name for info in pkgutil.iter_modules(package.__path__))


def _claims(name: str) -> list[str]:
    """Return the endings that a module claims; it is imported only if its text does not tell."""
    try:
        text = (pkgutil.get_data(_PACKAGE, f"{name}.py") or b"").decode()
    except OSError:  # installed without its source
        text = "@reader(?)"
    claims = _CLAIM.findall("\n" + text)
    if all(_LITERALS.fullmatch(claim) for claim in claims):
        return [ending for claim in claims for ending in re.findall(r'"([^"]+)"', claim)]
    before = set(_readers)
    importlib.import_module(f"{_PACKAGE}.{name}")
    owner = f"{_PACKAGE}.{name}"
    return [one for one, read in _readers.items() if one not in before or read.__module__ == owner]
