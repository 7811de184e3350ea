"""Find the reporter for a format: each module of this package registers its own."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from typing import Any, Protocol, runtime_checkable

from culture_lint.frozen import frozen
from culture_lint.results import ItemReport, RunInfo, Summary, Verdict
from culture_lint.sources.items import Notice, ReadOptions, Source


@frozen
class ReportOptions:
    """How a report looks: colour, the width of the terminal, whether clean items are listed.

    ``inputs`` are all that is checked, for a report that gives the input back; ``ui_language`` is the
    language (BCP 47) of a report's own words, where it has been translated.
    """

    colour: bool = False
    width: int = 100
    clean_items: bool = True
    inputs: tuple[tuple[Source, ReadOptions], ...] = ()
    ui_language: str = "en"


class Reporter(Protocol):
    """Write one report as the run streams by.

    An item is prepared where it was checked, which may be another process, and written where the
    report is.
    """

    def prepare(self, report: ItemReport) -> Any:
        """Return what `take` needs of an item, None for nothing; changes nothing here."""

    def take(self, prepared: Any) -> None:
        """Write, or keep, what `prepare` returned."""

    def notice(self, notice: Notice) -> None:
        """Take note of something about the input."""

    def finish(self, summary: Summary, verdict: Verdict) -> None:
        """Write what comes at the end."""


@runtime_checkable
class Telling(Protocol):
    """A reporter that may have to say, when all is written, what its report does not hold."""

    def told(self) -> Sequence[str]:
        """Return sentences for standard error, none where the report is whole."""


def told_by(reporter: Reporter) -> Sequence[str]:
    """Return what a reporter wants the user to know, when it has finished."""
    return reporter.told() if isinstance(reporter, Telling) else ()


#: Takes what to write to: text, or bytes where the reporter has said so when it registered.
Make = Callable[[Any, RunInfo, ReportOptions], Reporter]

_PACKAGE = "culture_lint.reports"
_makers: dict[str, Make] = {}
_binary: set[str] = set()
_loaded = False


def reporter(name: str, *, binary: bool = False) -> Callable[[Make], Make]:
    """Register a reporter under the name that ``--format`` takes.

    Args:
        name: The name.
        binary: Whether it writes bytes.

    Raises:
        ValueError: If another module has claimed the name.
    """

    def register(make: Make) -> Make:
        taken = _makers.get(name)
        if taken is not None and taken is not make:
            raise ValueError(f"{name} is claimed by {taken.__module__} and {make.__module__}")
        _makers[name] = make
        if binary:
            _binary.add(name)
        return make

    return register


def is_binary(name: str) -> bool:
    """Tell whether the reporter of that name writes bytes."""
    maker(name)
    return name in _binary


def maker(name: str) -> Make:
    """Return the reporter of that name.

    A run needs one or two, and importing all costs more than checking a file: which module it is in is
    told by the modules' texts.

    Raises:
        KeyError: If no module registers it.
    """
    if name not in _makers:
        claim = f'\n@reporter("{name}"'.encode()
        for module in _modules():
            try:
                text = pkgutil.get_data(_PACKAGE, f"{module}.py") or b""
            except OSError:  # installed without its source
                return reporters()[name]
            if claim in text:
                importlib.import_module(f"{_PACKAGE}.{module}")
                break
    return _makers[name]


def reporters() -> dict[str, Make]:
    """Return every reporter by name, importing them all on first use."""
    global _loaded
    if not _loaded:
        for module in _modules():
            importlib.import_module(f"{_PACKAGE}.{module}")
        _loaded = True
    return dict(sorted(_makers.items()))


def _modules() -> list[str]:
    package = importlib.import_module(_PACKAGE)
    return sorted(info.name for info in pkgutil.iter_modules(package.__path__) if not info.ispkg)
