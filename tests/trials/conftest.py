"""Fixtures: the built-in rulesets for all sessions."""

from __future__ import annotations

import pytest

from culture_lint.knowledge.runtime import Knowledge
from culture_lint.settings import Settings
from tests.trials.opened import KNOWN


@pytest.fixture(scope="session", autouse=True)
def _known(builtin: Knowledge) -> None:
    KNOWN.take(Settings(), builtin)
