"""The constants people read in docs/cai.md are those the program uses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from culture_lint.scoring.constants import CAI

PAGE = (Path(__file__).parents[2] / "docs" / "cai.md").read_text(encoding="utf-8")
TABLES = [
    (name, value)
    for table in (CAI.dimension, CAI.evidence, CAI.exposure)
    for name, value in table.items()
]


@pytest.mark.parametrize(("name", "value"), TABLES)
def test_each_constant_is_documented(name: str, value: float) -> None:
    row = rf"^\| {re.escape(name)} \|(.* \|)? {value:.1f} \|"
    assert re.search(row, PAGE, re.MULTILINE)


def test_the_page_names_the_version() -> None:
    assert f"The constants are version {CAI.version}." in PAGE


def test_repeated_factors_agree_with_each_other() -> None:
    assert CAI.body_cap == min(x for x in CAI.exposure.values() if x > CAI.body_limit)
    assert max(CAI.early_exposure.values()) <= CAI.body_limit
