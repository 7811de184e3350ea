"""Sessions of single files that share the built-in rulesets: loading them takes a while."""

from __future__ import annotations

from culture_lint.session import Session
from culture_lint.targets import Job

#: Holds the rulesets; the fixtures of this folder give them to it.
KNOWN = Session()


def opened(job: Job) -> Session:
    """Return a new session for one file."""
    return Session([job], known=KNOWN)
