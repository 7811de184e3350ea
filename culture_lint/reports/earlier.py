"""Tell a report of an earlier run from a file of content: where it stands among what is checked."""

from __future__ import annotations

import re

#: How much of a file is looked at.
_HEAD = 65_536
#: How the reports of a format begin. Tables and plain text look like anybody's, and are not here.
_BEGINS = {
    "gitlab": re.compile(rb'\[\]\s*\Z|\[\s*\{"description": "[^\n]*"check_name": "'),
    "html": re.compile(rb'<!doctype html>(?s:.){,2000}<meta name="generator" content="culture-lint '),
    "json": re.compile(rb'\{"schema": "culture-lint/report/'),
    "jsonl": re.compile(rb'\{"path": "[^\n]*"scores": \{|\Z'),
    "junit": re.compile(rb'<\?xml [^>]*>\s*<testsuites name="culture-lint"'),
    "sarif": re.compile(rb'\{"\$schema": "[^"]*sarif[^\n]{,80}"runs": \[\{"tool": \{"driver": \{"name": "culture-lint"'),
}  # fmt: skip


def is_report(path: str, format_: str) -> bool:
    """Tell whether a file is, by its beginning, a report that we have written in a format.

    A file that cannot be read is none.
    """
    begins = _BEGINS.get(format_)
    if begins is None:
        return False
    try:
        with open(path, "rb") as file:
            return begins.match(file.read(_HEAD)) is not None
    except OSError:
        return False
