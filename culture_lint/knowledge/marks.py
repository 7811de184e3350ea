"""Tell whether the built-in rulesets are those whose hash is known, without reading them all.

Their files are many and large, lie where the package is installed, and change when it is installed
anew. A user's own rulesets are always hashed by their content.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from culture_lint.knowledge.packs import SUFFIXES, builtin_root, digest

#: A file younger than this may change once more without its time telling, in seconds.
_YOUNG = 3.0


def quick_digest(packs: Sequence[Path], folder: Path | None) -> str:
    """Return `packs.digest` of the built-in rulesets and others on top of them.

    Args:
        packs: Folders on top of the built-in rulesets; where there are any, all is read.
        folder: Where the hash of the built-in ones is kept, None to read them always.
    """
    roots = [builtin_root(), *packs]
    if packs or folder is None:
        return digest(roots)
    return _remembered(folder / "builtin-digest.json", roots[0], lambda: digest(roots))


def _remembered(path: Path, root: Path, work: Callable[[], str]) -> str:
    mark, newest = _mark(root)
    with suppress(OSError, ValueError, TypeError, KeyError):
        known = json.loads(path.read_text("utf-8"))
        if known["mark"] == mark and isinstance(known["digest"], str):
            return str(known["digest"])
    found = work()
    if newest < time.time() - _YOUNG and _mark(root)[0] == mark:
        _write(path, json.dumps({"mark": mark, "digest": found}))
    return found


def _mark(root: Path) -> tuple[str, float]:
    """Return a hash of where every file is, how large and since when; and the latest change."""
    content = hashlib.blake2b(str(root).encode("utf-8", "surrogateescape"), digest_size=16)
    newest = 0.0
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        for name in sorted(names):
            if name.startswith(".") or not name.lower().endswith(SUFFIXES):
                continue
            try:
                about = os.stat(os.path.join(folder, name))
            except OSError:
                continue
            newest = max(newest, about.st_mtime, about.st_ctime)
            facts = (
                folder,
                name,
                about.st_size,
                about.st_mtime_ns,
                about.st_ctime_ns,
                about.st_ino,
            )
            content.update(repr(facts).encode("utf-8", "surrogateescape"))
    return content.hexdigest(), newest


def _write(path: Path, text: str) -> None:
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        import tempfile

        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(name, path)
