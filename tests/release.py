"""The package as a release: a copy of its sources, and its wheel, built once for all tests."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.together import once, shared_folder

ROOT = Path(__file__).parent.parent
_OFFLINE = ("No matching", "Could not find", "ConnectionError", "NewConnectionError")


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what a release is made of, so that nothing is built in the checkout.

    Without setup.py, which compiles the rulesets: test_packaging.py does that with a small pack.
    """

    def make(folder: Path) -> None:
        ignored = shutil.ignore_patterns("__pycache__", ".*", "*.egg-info")
        for name in ("culture_lint", "rulesets"):
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        for name in (
            "setup.cfg", "pyproject.toml", "MANIFEST.in", "LICENSE", "README.md", "action.yml"
        ):  # fmt: skip
            if (ROOT / name).exists():
                shutil.copy(ROOT / name, folder / name)

    return once(shared_folder(tmp_path_factory) / "release", make)


@pytest.fixture(scope="session")
def wheels(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package as a wheel, as an index would have it."""

    def make(folder: Path) -> None:
        build = [
            sys.executable, "-m", "pip", "wheel", "--no-deps", "-q", "-w", str(folder), str(source)
        ]  # fmt: skip
        done = subprocess.run(build, capture_output=True, text=True, timeout=300, check=False)
        if done.returncode and any(one in done.stderr for one in _OFFLINE):
            pytest.skip("the build backend cannot be fetched here")
        assert done.returncode == 0, done.stderr

    return once(shared_folder(tmp_path_factory) / "wheels", make)
