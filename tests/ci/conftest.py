"""The package as a release, built once for all pipelines."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ci.shells import copied, wheel_of


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what a release is made of."""
    return copied(tmp_path_factory.mktemp("release"))


@pytest.fixture(scope="session")
def wheels(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with its wheel."""
    return wheel_of(source, tmp_path_factory.mktemp("wheels"))
