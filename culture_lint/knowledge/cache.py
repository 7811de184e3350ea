"""Keep compiled rulesets between runs, by the content they were compiled from.

The cache is only ever an optimisation: a stale, damaged or unwritable one is silently rebuilt.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from culture_lint import __version__
from culture_lint.knowledge.runtime import FORMAT, Plain

_SEAL = 32


def cache_dir() -> Path:
    """Return the folder for cached data: ``CULTURE_LINT_CACHE_DIR``, else the user's cache."""
    chosen = os.environ.get("CULTURE_LINT_CACHE_DIR")
    if chosen:
        return Path(chosen)
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("culture-lint", appauthor=False))


def cached(digest: str, build: Callable[[], Plain], folder: Path | None) -> Plain:
    """Return the compiled form for ``digest`` from the cache, else build and keep it.

    Args:
        digest: Hash of the ruleset files.
        build: Compiles them; its errors are not swallowed.
        folder: Where to look and keep, None to do neither.
    """
    if folder is None:
        return build()
    path = folder / f"rulesets-{_key(digest)}.bin"
    found = _read(path)
    if found is None:
        found = build()
        _write(path, found)
    return found


def _key(digest: str) -> str:
    # marshal's format belongs to one Python version, the tables to one version of ours.
    facts = (digest, __version__, FORMAT, sys.version_info[:2], marshal.version)
    return hashlib.blake2b(repr(facts).encode(), digest_size=16).hexdigest()


def _read(path: Path) -> Plain | None:
    try:
        data = path.read_bytes()
    except OSError:
        return None
    # marshal trusts its input, so nothing is given to it that we did not seal ourselves.
    if hashlib.blake2b(data[_SEAL:], digest_size=_SEAL).digest() != data[:_SEAL]:
        return None
    try:
        loaded = marshal.loads(data[_SEAL:])
    except (ValueError, EOFError, TypeError):
        return None
    return loaded if isinstance(loaded, dict) else None


def _write(path: Path, plain: Plain) -> None:
    body = marshal.dumps(plain)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.blake2b(body, digest_size=_SEAL).digest() + body)
            os.replace(name, path)
        except OSError:
            os.unlink(name)
    except OSError:
        return
