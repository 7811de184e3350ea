"""What the steps of a pipeline need to run here: the package as a release, and a shell."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_OFFLINE = ("No matching", "Could not find", "ConnectionError", "NewConnectionError")


def copied(folder: Path) -> Path:
    """Return a copy of what a release is made of, so that nothing is built in the checkout."""
    ignored = shutil.ignore_patterns("__pycache__", ".*", "*.egg-info")
    for name in ("culture_lint", "rulesets"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for name in ("setup.cfg", "pyproject.toml", "LICENSE", "README.md", "action.yml"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def wheel_of(source: Path, folder: Path) -> Path:
    """Return a folder with the package as a wheel, as an index would have it."""
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--no-deps",
        "-q",
        "-w",
        str(folder),
        str(source),
    ]
    done = subprocess.run(build, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode and any(one in done.stderr for one in _OFFLINE):
        pytest.skip("the build backend cannot be fetched here")
    assert done.returncode == 0, done.stderr
    return folder


def installing(wheels: Path) -> dict[str, str]:
    """Return what makes pip take the package from a folder, and what it needs from this Python."""
    return {
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(wheels),
        "PIP_NO_DEPS": "1",
        "PIP_IGNORE_INSTALLED": "1",
        "PYTHONPATH": sysconfig.get_paths()["purelib"],
    }


def machine(home: Path) -> dict[str, str]:
    """Return the environment of a runner on which ``python`` is this one."""
    kept = ("SYSTEMROOT", "TEMP", "TMP", "CULTURE_LINT_CACHE_DIR")
    return {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "HOME": str(home),
        "LANG": "C.UTF-8",
        **{name: os.environ[name] for name in kept if name in os.environ},
    }
