"""Run the command as ``python -m culture_lint``."""

from culture_lint.cli.main import run

run()
