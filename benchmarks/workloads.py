"""Seeded texts to measure on: plain, dense, in many languages, and real listings where there are any."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from culture_lint.knowledge.runtime import Knowledge

#: Words of furniture listings that no reading of any market speaks of.
WORDS = [
    "oak",
    "table",
    "chair",
    "lamp",
    "cotton",
    "linen",
    "wool",
    "solid",
    "handmade",
    "natural",
    "finish",
    "six",
    "people",
    "easy",
    "care",
    "brown",
    "with",
    "and",
    "for",
    "the",
    "a",
    "of",
    "kitchen",
    "living",
    "room",
    "garden",
    "set",
    "large",
    "small",
    "soft",
    "warm",
    "light",
    "modern",
    "classic",
    "steel",
    "glass",
]


def plain(rows: int, seed: int = 7) -> Iterator[tuple[str, str]]:
    """Yield titles and descriptions of about 330 characters in all without any sign."""
    chance = random.Random(seed)
    for _ in range(rows):
        yield " ".join(chance.choices(WORDS, k=8)), " ".join(chance.choices(WORDS, k=55)) + "."


def dense(knowledge: Knowledge, rows: int, seed: int = 7) -> Iterator[tuple[str, str]]:
    """Yield the rulesets' own examples that must be flagged, in random order."""
    examples = sorted({one.text for reading in knowledge.all_readings() for one in reading.flag})
    chance = random.Random(seed)
    for _ in range(rows):
        yield chance.choice(examples), " ".join(chance.choices(examples, k=3))


def mixed(knowledge: Knowledge, rows: int, seed: int = 7) -> Iterator[tuple[str, str]]:
    """Yield the examples that must pass: ordinary copy in every language there is."""
    examples = sorted({one.text for reading in knowledge.all_readings() for one in reading.passes})
    chance = random.Random(seed)
    for _ in range(rows):
        yield chance.choice(examples), " ".join(chance.choices(examples, k=2))


def write(path: Path, rows: Iterable[tuple[str, str]]) -> Path:
    """Write rows as a CSV listing."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["sku", "title", "description"])
        out.writerows((f"S{number}", *row) for number, row in enumerate(rows))
    return path
