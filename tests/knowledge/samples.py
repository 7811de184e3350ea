"""YAML of sound entries, for tests to vary."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

Pack = Callable[..., Path]

SIGNS = """\
cow:
  kind: animal
  forms: {en: [cow, cattle], hi: [गाय]}
doormat: {kind: context, forms: {en: [doormat]}}
"""

GLOBAL = "region: global\nname: Everywhere\n"


def reading(id: str = "cow-joke", *, signifier: str = "cow", **changes: str) -> str:
    """Return the YAML of one sound reading; ``changes`` replace keys, an empty one drops it."""
    keys = {
        "signifier": signifier,
        "signified": "sacred to many",
        "polarity": "taboo",
        "severity": "major",
        "category": "religion",
        "message": "“{match}” offends.",
        "evidence": "{kind: incident, verified: true, sources: [{url: 'https://x.org/a', "
        "read: '2026-11-21'}]}",
        "reviewed": "'2026-11-21'",
        "examples": "{flag: [Holy cow], pass: [Cowboy]}",
        **changes,
    }
    lines = [f"{id}:"] + [f"  {key}: {value}" for key, value in keys.items() if value]
    return "".join(f"  {line}\n" for line in lines)


def market(code: str = "IN", *readings: str, header: str = "") -> str:
    """Return the YAML of a market with readings."""
    text = f"market: {code}\nname: A market\n{header}"
    return text + ("readings:\n" + "".join(readings) if readings else "")
