"""The package as a release, built once for all pipelines."""

from tests.release import source, wheels

__all__ = ["source", "wheels"]
