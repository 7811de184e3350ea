"""Find the judges: each module of this package, or of one inside it, registers its own."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable

from culture_lint.judging.findings import Judge
from culture_lint.knowledge.model import Reading
from culture_lint.knowledge.runtime import Knowledge

#: Names the readings that a judge makes itself, for explaining them; none comes from a ruleset.
Describe = Callable[[Knowledge], Iterable[Reading]]

_judges: dict[str, Judge] = {}
_of_numbers: set[str] = set()
_describes: dict[str, Describe] = {}
_loaded = False


def judge(kind: str, *, of_numbers: bool = False) -> Callable[[Judge], Judge]:
    """Register a judge under the kind of judgement it makes.

    Args:
        kind: Its name; judges are asked in order of their names.
        of_numbers: Whether it has nothing to say of an item without any digit.

    Raises:
        ValueError: If another judge has claimed the kind.
    """

    def register(function: Judge) -> Judge:
        taken = _judges.get(kind)
        if taken is not None and taken is not function:
            raise ValueError(f"{kind} is claimed by {taken.__module__} and {function.__module__}")
        _judges[kind] = function
        if of_numbers:
            _of_numbers.add(kind)
        return function

    return register


def describes(kind: str) -> Callable[[Describe], Describe]:
    """Register the function that names the readings a kind of judgement makes itself."""

    def register(function: Describe) -> Describe:
        _describes[kind] = function
        return function

    return register


def own_readings(knowledge: Knowledge) -> dict[str, Reading]:
    """Return the readings that judges make themselves, by id."""
    _load()
    found = (one for kind in sorted(_describes) for one in _describes[kind](knowledge))
    return {reading.id: reading for reading in found}


def judges(*, of_numbers: bool = True) -> tuple[Judge, ...]:
    """Return every judge in order of kind, walking the package on first use.

    Those of numbers are left out where ``of_numbers`` is False.
    """
    _load()
    return tuple(_judges[kind] for kind in sorted(_judges) if of_numbers or kind not in _of_numbers)


def _load() -> None:
    global _loaded
    if not _loaded:
        package = importlib.import_module("culture_lint.judging")
        found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        for name in sorted(info.name for info in found):
            importlib.import_module(name)
        _loaded = True
