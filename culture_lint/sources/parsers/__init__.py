"""Parsers that stand on a heavy library: imported when a file needs them, not with the readers."""
