"""Fixtures: the command in a folder of its own."""

from tests.command import command, site

__all__ = ["command", "site"]
