"""Inheritance: what holds in one market or community once all its parents are heard."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any, TypeVar

from culture_lint.errors import Location, Problem, RulesetError
from culture_lint.frozen import frozen
from culture_lint.knowledge.defaults import capped
from culture_lint.knowledge.model import Library, Override, Reading, Scope

ROOT = "global"
MAX_GENERATIONS = 50

Given = TypeVar("Given")


@frozen
class Resolved:
    """A scope with all it inherits.

    ``chain`` runs from ``global`` to the scope itself; ``readings`` hold every effective reading
    once, ordered by the place of its owner in the chain, then by id.
    """

    id: str
    name: str
    chain: tuple[str, ...]
    languages: tuple[str, ...]
    also_read: tuple[str, ...]
    language_rule: str
    readings: tuple[Reading, ...]


def resolve(library: Library, scope_id: str) -> Resolved:
    """Return what holds in a scope.

    A scope that does not exist is a KeyError; one that inherits from itself, or from a scope that
    does not exist, is a RulesetError.
    """
    scope = library.scopes[scope_id]
    scopes = [library.scopes[name] for name in chain(library, scope_id)]
    return Resolved(
        id=scope.id,
        name=scope.name,
        chain=tuple(scope.id for scope in scopes),
        languages=_nearest(scope.languages for scope in scopes) or (),
        also_read=_nearest(scope.also_read for scope in scopes) or (),
        language_rule=_nearest(scope.language_rule for scope in scopes) or "",
        readings=_effective(scopes),
    )


def markets(library: Library) -> list[str]:
    """Return the scopes that copy can be checked for: markets and communities, sorted."""
    return [name for name, scope in library.scopes.items() if scope.kind in ("market", "community")]


def platforms(library: Library) -> list[str]:
    """Return the scopes of marketplaces and networks, whose rules hold beside any market's."""
    return [name for name, scope in library.scopes.items() if scope.kind == "platform"]


def parents(library: Library, scope: Scope) -> tuple[str, ...]:
    """Return the direct parents: those it names, its country, and ``global`` at the root.

    A platform has only those it names: what is global the market already holds.
    """
    found = list(scope.extends)
    above = scope.id.rpartition("/")[0] if scope.kind == "community" else ""
    if scope.kind == "market":
        above = scope.id.partition("-")[0] if "-" in scope.id else ""
    if above:
        found.append(above)
    if not found and scope.id != ROOT and ROOT in library.scopes and scope.kind != "platform":
        found.append(ROOT)
    return tuple(dict.fromkeys(found))


def chain(library: Library, scope_id: str) -> tuple[str, ...]:
    """Return a scope's ancestors and itself: parents before children, in the order named.

    A scope that inherits from itself, or from one that does not exist, is a RulesetError.
    """
    order: dict[str, None] = {}
    if ROOT in library.scopes and library.scopes[scope_id].kind != "platform":
        order[ROOT] = None
    _visit(library, scope_id, (), order)
    return tuple(order)


def _visit(library: Library, id: str, path: tuple[str, ...], order: dict[str, None]) -> None:
    if id in path:
        loop = " -> ".join((*path[path.index(id) :], id))
        raise _error(library.scopes[id], f"{id} inherits from itself: {loop}")
    if id in order:
        return
    if len(path) > MAX_GENERATIONS:
        message = f"inherits through more than {MAX_GENERATIONS} scopes"
        raise _error(library.scopes[path[0]], f"{path[0]} {message}")
    if id not in library.scopes:
        raise _error(library.scopes[path[-1]], f'extends "{id}", which no file defines')
    for parent in parents(library, library.scopes[id]):
        _visit(library, parent, (*path, id), order)
    order[id] = None


def _error(scope: Scope, message: str) -> RulesetError:
    return RulesetError([Problem(Location(scope.file, scope.line), "extends", message)])


def _nearest(values: Iterable[Given]) -> Given | None:
    """Return the last value that says something."""
    given = [value for value in values if value]
    return given[-1] if given else None


def _effective(scopes: Iterable[Scope]) -> tuple[Reading, ...]:
    readings: dict[str, Reading] = {}
    for scope in scopes:
        for reading in scope.readings:
            readings[reading.id] = reading
        # After its own: a later pack may change what an earlier one says of the same scope.
        for override in scope.overrides:
            if override.reading in readings:
                readings[override.reading] = overridden(readings[override.reading], override)
        for retired, _ in scope.retired:
            readings.pop(retired, None)
    return tuple(readings.values())


def overridden(reading: Reading, override: Override) -> Reading:
    """Return the reading as a child scope wants it; what the evidence allows still holds."""
    severity = override.severity or reading.severity
    changes: dict[str, Any] = {
        "severity": capped(severity, reading.evidence, reading.category),
        "written_severity": override.severity or reading.written_severity,
        "confidence": override.confidence,
        "polarity": override.polarity,
        "message": override.message,
        "instead": override.instead,
    }
    given = {name: value for name, value in changes.items() if value is not None}
    return dataclasses.replace(reading, **given)
