"""Lint listings and ad copy for cultural clashes in the markets they are written for."""

__version__ = "0.1.0"
