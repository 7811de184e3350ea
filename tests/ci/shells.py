"""What the steps of a pipeline need to run here: the package as a release, and a shell."""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).parents[2]


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
