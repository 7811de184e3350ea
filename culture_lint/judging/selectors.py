"""How rules are named in flags and configurations: ``IN/owl-gift``, ``IN``, ``category:colour``, ``ALL``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from culture_lint.knowledge.model import Reading
from culture_lint.knowledge.scales import Severity


def fit(reading: Reading, selector: str) -> int:
    """How specifically a selector names a reading: 0 not at all, else the longer the surer."""
    if selector.upper() == "ALL":
        return 1
    if selector == f"category:{reading.category}":
        return 2
    if selector == reading.owner:
        return 3
    if reading.id.startswith(selector) and "/" in selector:
        return 3 + len(selector)
    return 0


def selected(reading: Reading, select: Sequence[str], ignore: Sequence[str]) -> bool:
    """Tell whether a reading is to be checked; the more specific selector wins, then ``ignore``."""
    chosen = max((fit(reading, one) for one in select), default=0 if select else 1)
    dropped = max((fit(reading, one) for one in ignore), default=0)
    return chosen > dropped


def severity_of(reading: Reading, given: Iterable[tuple[str, str]]) -> Severity:
    """Return the severity of a reading, where selectors are given others the most specific one's.

    A reading that cannot be suppressed can be made graver, and not milder.
    """
    fits = [(fit(reading, selector), Severity(name)) for selector, name in given]
    best = max((rank for rank, _ in fits), default=0)
    if not best:
        return reading.severity
    wanted = [severity for rank, severity in fits if rank == best][-1]
    if not reading.suppressible and wanted.rank < reading.severity.rank:
        return reading.severity
    return wanted
