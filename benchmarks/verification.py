"""What finding mentions and judging them costs over the bare scan, on plain and on dense text.

Usage: python benchmarks/verification.py [LISTINGS.csv]

Plain text is the file given, else generated listings; dense text is the rulesets' own examples that
must be flagged. All figures are CPU seconds of one run, side by side; ratios are what to quote.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Sequence

from culture_lint.engine import Engine
from culture_lint.language.edges import shadow
from culture_lint.language.normalise import fold
from culture_lint.matching.prepare import load_knowledge
from culture_lint.rulecheck import text_item
from culture_lint.settings import Settings
from culture_lint.sources.items import Item, ReadOptions, Source
from culture_lint.sources.registry import reader_for

ROWS = 20_000
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
    "colour",
    "blue",
    "grey",
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


def plain(path: str | None) -> list[Item]:
    if path:
        read = reader_for(path)
        assert read is not None
        found = [one for one in read(Source(path), ReadOptions()) if isinstance(one, Item)]
        return (found * (ROWS // max(1, len(found)) + 1))[:ROWS]
    rng = random.Random(7)
    return [text_item(" ".join(rng.choices(WORDS, k=60)) + ".") for _ in range(ROWS)]


def timed(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def bare(engine: Engine, items: Sequence[Item]) -> int:
    folded = [fold(segment.text) for item in items for segment in item.segments]
    texts = [one.text for one in folded]
    return len(engine.knowledge.automaton.find_overlapping(shadow(texts, [None] * len(texts)).text))


def main() -> None:
    knowledge = load_knowledge()
    one = Engine(knowledge, Settings(markets=("SA",)))
    every = Engine(knowledge, Settings(markets=tuple(knowledge.markets)))
    examples = [example.text for reading in knowledge.all_readings() for example in reading.flag]
    dense = [text_item(text) for text in (examples * (ROWS // len(examples) + 1))[:ROWS]]
    print(
        f"{'text':<8}{'rows':>8}{'fold+scan':>11}{'+verify':>10}{'1 market':>10}{'all':>8}{'all/1':>8}{'all/scan':>10}"
    )
    for name, items in (("plain", plain(sys.argv[1] if sys.argv[1:] else None)), ("dense", dense)):
        list(every.check(items[:500]))  # load what is loaded once
        scanned = timed(lambda items=items: bare(every, items))
        verified = timed(lambda items=items: list(every._matcher.find(items)))
        single = timed(lambda items=items: list(one.check(items)))
        total = timed(lambda items=items: list(every.check(items)))
        print(
            f"{name:<8}{len(items):>8}{scanned:>10.2f}s{verified:>9.2f}s{single:>9.2f}s{total:>7.2f}s"
            f"{total / single:>8.2f}{total / scanned:>10.1f}"
        )


if __name__ == "__main__":
    main()
