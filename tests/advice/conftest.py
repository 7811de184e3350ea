"""Fixtures: the small pack together with the markets of tests/data/fixes."""

from __future__ import annotations

import pytest

from culture_lint.matching.prepare import load_knowledge
from tests.conftest import DATA, Check, checker


@pytest.fixture(scope="session")
def fixes_check(_cache: None) -> Check:
    """Check one text with the small pack and the markets CC, DD and EE."""
    return checker(load_knowledge([DATA / "pack", DATA / "fixes"], builtin=False))
