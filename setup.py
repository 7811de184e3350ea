"""Build with the rulesets compiled, so that the first run of an installed copy need not do it.

Everything else is in setup.cfg. ``CULTURE_LINT_COMPILED=0`` builds without; so does whatever keeps
the rulesets from being compiled, with a warning, since they are then compiled by the first run.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

_SHIP = "from pathlib import Path; from culture_lint.matching.prepare import ship; ship(Path({folder!r}))"


class BuildCompiled(build_py):
    """Copy the modules, then compile the rulesets that were copied."""

    def run(self) -> None:
        """Build as always, and compile what was built."""
        super().run()
        if self.editable_mode or os.environ.get("CULTURE_LINT_COMPILED") == "0":
            return
        library = Path(self.build_lib).resolve()
        rulesets = library / "culture_lint" / "rulesets"
        # A checkout that was built before still has those of other rulesets.
        shutil.rmtree(rulesets / "compiled", ignore_errors=True)
        paths = [str(library), *sys.path]
        done = subprocess.run(
            [sys.executable, "-c", _SHIP.format(folder=str(rulesets))],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
            cwd=library,
            check=False,
        )
        if done.returncode:
            self.warn("the rulesets could not be compiled; the first run will do it")


setup(cmdclass={"build_py": BuildCompiled})
