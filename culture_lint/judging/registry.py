"""Find the judges: each module of this package registers its own."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable

from culture_lint.judging.findings import Judge

_judges: dict[str, Judge] = {}
_loaded = False


def judge(kind: str) -> Callable[[Judge], Judge]:
    """Register a judge under the kind of judgement it makes.

    Raises:
        ValueError: If another judge has claimed the kind.
    """

    def register(function: Judge) -> Judge:
        taken = _judges.get(kind)
        if taken is not None and taken is not function:
            raise ValueError(f"{kind} is claimed by {taken.__module__} and {function.__module__}")
        _judges[kind] = function
        return function

    return register


def judges() -> tuple[Judge, ...]:
    """Return every judge in order of kind, walking the package on first use."""
    global _loaded
    if not _loaded:
        package = importlib.import_module("culture_lint.judging")
        for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda one: one.name):
            importlib.import_module(f"culture_lint.judging.{info.name}")
        _loaded = True
    return tuple(_judges[kind] for kind in sorted(_judges))
