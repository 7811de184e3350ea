"""Keep compiled rulesets between runs, by the content they were compiled from.

The cache is only ever an optimisation: a stale, damaged or unwritable one is silently rebuilt.
"""

from __future__ import annotations

import hashlib
import marshal
import mmap
import os
import struct
import sys
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from culture_lint import __version__
from culture_lint.knowledge.packed import FORMAT, MARSHAL, Plain

#: Check sum of all that follows, and the length of the part that marshal reads.
_HEAD = struct.Struct("<QQ")
#: Bytes of compiled forms that stay: that of all built-in rulesets is some 90 MB, and each change of
#: any ruleset makes a new one; those of a few rulesets alone are small and push nothing out.
KEPT_BYTES = 600_000_000
#: One that was not used for so many seconds goes when the next is kept.
UNUSED = 30 * 86400.0
_HOUR = 3600.0


def cache_dir() -> Path:
    """Return the folder for cached data: ``CULTURE_LINT_CACHE_DIR``, else the user's cache."""
    chosen = os.environ.get("CULTURE_LINT_CACHE_DIR")
    if chosen:
        return Path(chosen)
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("culture-lint", appauthor=False))


def cached(
    digest: str, build: Callable[[], Plain], folder: Path | None, shipped: Path | None = None
) -> Plain:
    """Return the compiled form for ``digest`` from the cache, else build and keep it.

    Args:
        digest: Hash of the ruleset files.
        build: Compiles them; its errors are not swallowed.
        folder: Where to look and keep, None to do neither.
        shipped: Where the package keeps what it came with, which is no cache: looked at first.
    """
    name = kept_name(digest)
    found = load_kept(shipped / name) if shipped is not None else None
    if found is not None:
        return found
    if folder is None:
        return build()
    path = folder / name
    found = load_kept(path)
    if found is not None:
        _mark_used(path)
        return found
    found = build()
    keep(path, found)
    _forget(folder, name)
    return found


def _mark_used(path: Path) -> None:
    """Note the hour in which a file was used last."""
    with suppress(OSError):
        if time.time() - path.stat().st_mtime > _HOUR:
            os.utime(path)


def _forget(folder: Path, newest: str) -> None:
    """Remove compiled forms that are many or long unused; one that is in use may well stay."""
    with suppress(OSError):
        known = [(path.stat(), path) for path in folder.glob("rulesets-*.bin")]
        known.sort(key=lambda one: (one[0].st_mtime, one[1]), reverse=True)
        since = time.time() - UNUSED
        size = 0
        for found, path in known:
            size += found.st_size
            if path.name != newest and (size > KEPT_BYTES or found.st_mtime < since):
                with suppress(OSError):
                    path.unlink()


def kept_name(digest: str) -> str:
    """Return the name of the file that keeps the compiled form, for this version of ours."""
    return f"rulesets-{_key(digest)}.bin"


def _key(digest: str) -> str:
    facts = (digest, __version__, FORMAT, MARSHAL, sys.byteorder)
    return hashlib.blake2b(repr(facts).encode(), digest_size=16).hexdigest()


def load_kept(path: Path) -> Plain | None:
    """Return the compiled form in a file, the automaton as a view of it; None if it is none.

    The file is a check sum, the length of the first part, that part as marshal writes it, and
    the automaton, which is most of it and never copied.
    """
    try:
        with path.open("rb") as file:
            data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError):
        return None
    if len(data) < _HEAD.size:
        return None
    seal, length = _HEAD.unpack(data[: _HEAD.size])
    # marshal trusts its input, so nothing is given to it that is not as we wrote it.
    if zlib.crc32(data[_HEAD.size :]) != seal:
        return None
    try:
        loaded = marshal.loads(data[_HEAD.size : _HEAD.size + length])
    except (ValueError, EOFError, TypeError):
        return None
    if not isinstance(loaded, dict):
        return None
    return {**loaded, "automaton": data[_HEAD.size + length :]}


def keep(path: Path, plain: Plain) -> None:
    """Write the compiled form to a file, so that it is there whole or not at all.

    Where that is not possible nothing is said: it will be compiled again.
    """
    rest = {key: value for key, value in plain.items() if key != "automaton"}
    first = marshal.dumps(rest, MARSHAL)
    automaton = plain["automaton"]
    head = _HEAD.pack(zlib.crc32(automaton, zlib.crc32(first)), len(first))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        import tempfile

        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.writelines((head, first, automaton))
            os.replace(name, path)
        except OSError:
            os.unlink(name)
    except OSError:
        return
