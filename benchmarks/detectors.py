"""Compare the language detectors on labelled short texts: accuracy, honesty and speed.

Usage: python benchmarks/detectors.py LABELLED.jsonl   (objects with "text" and "language")
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path

from culture_lint.language import detection


def main(path: str) -> None:
    cases = [json.loads(line) for line in Path(path).read_text("utf-8").splitlines() if line]
    latin = [case for case in cases if case["language"] in detection.LATIN_LANGUAGES]
    print(f"{len(cases)} texts, {len(latin)} of them in the Latin script")
    print(f"{'detector':<12}{'right':>8}{'open':>8}{'wrong':>8}{'admits':>8}{'rows/s':>10}")
    for name in detection.detectors():
        detection.identify("a few words to load the model with", name)
        detection._identify_latin.cache_clear()
        counts: Counter[str] = Counter()
        started = time.process_time()
        found = [detection.identify(case["text"], name) for case in latin]
        spent = time.process_time() - started
        for case, one in zip(latin, found, strict=True):
            truth = case["language"]
            counts["right"] += one.language == truth
            counts["open"] += one.language is None
            counts["wrong"] += one.language not in (None, truth)
            counts["admits"] += one.language == truth or truth in one.plausible
        total = len(latin)
        shares = "".join(
            f"{100 * counts[key] / total:>7.1f}%" for key in ("right", "open", "wrong", "admits")
        )
        print(f"{name:<12}{shares}{total / spent:>10.0f}")


if __name__ == "__main__":
    main(sys.argv[1])
