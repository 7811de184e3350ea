"""Where rulesets lie on disk: the built-in root, the files of a pack, and their digest."""

from __future__ import annotations

import hashlib
import importlib
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from culture_lint.errors import Location, Problem
from culture_lint.frozen import frozen

SUFFIXES = (".yaml", ".yml")
_PACKAGE = "culture_lint.rulesets"
#: Longer files are refused.
MAX_BYTES = 4 * 1024 * 1024


@frozen
class PackFile:
    """A ruleset file: ``name`` is the same everywhere, ``shown`` is for messages."""

    path: Path
    relative: str
    name: str
    shown: str


def builtin_root() -> Path:
    """Return the folder of the built-in rulesets, installed or in a checkout."""
    # To import it takes a tenth of what importlib.resources does, whose reader imports zipfile.
    try:
        place = importlib.import_module(_PACKAGE).__file__
    except ModuleNotFoundError:
        place = None
    if place is None:
        return Path(__file__).resolve().parents[2] / "rulesets"
    return Path(place).parent


def pack_files(root: Path) -> tuple[list[PackFile], list[Problem]]:
    """Return the ruleset files under a root, sorted, and what could not be taken from it.

    Hidden files and folders are skipped. A link to something inside the root is skipped too (it
    is read where it lies); one that leads out of the root, or nowhere, is a problem.
    """
    if not root.exists():
        return [], [Problem(Location(str(root)), "", "there is no such file or folder")]
    base = root.resolve()
    if base.is_file():
        return [PackFile(base, base.name, base.name, _shown(root))], []
    files: list[PackFile] = []
    problems: list[Problem] = []
    for path in _walk(base, problems):
        relative = path.relative_to(base).as_posix()
        shown = _shown(root / relative)
        trouble = _trouble(path, base)
        if trouble:
            problems.append(Problem(Location(shown), "", trouble))
        elif not path.is_symlink():
            files.append(PackFile(path, relative, f"{base.name}/{relative}", shown))
    return sorted(files, key=lambda file: file.relative), problems


def distinct(roots: Sequence[Path]) -> list[Path]:
    """Return the roots without those that are the same folder as an earlier one."""
    found: dict[Path, Path] = {}
    for root in roots:
        found.setdefault(root.resolve(), root)
    return list(found.values())


def read_bytes(file: PackFile) -> bytes | Problem:
    """Return a file's bytes, at most one more than a ruleset file may have."""
    try:
        with file.path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        return Problem(Location(file.shown), "", f"cannot be read: {error.strerror}")


def digest(roots: Sequence[Path]) -> str:
    """Return a hash of the names and contents of all ruleset files, in the order of the roots.

    Paths of the roots themselves do not enter, so that it is the same on every machine.
    """
    content = hashlib.blake2b(digest_size=20)
    for root in distinct(roots):
        content.update(b"\0root")
        for file in pack_files(root)[0]:
            raw = read_bytes(file)
            data = raw if isinstance(raw, bytes) else raw.message.encode()
            content.update(f"\0{file.relative}\0{len(data)}\0".encode())
            content.update(data)
    return content.hexdigest()


def _walk(base: Path, problems: list[Problem]) -> Iterator[Path]:
    """Yield ruleset files and every link to a folder."""

    def unreadable(error: OSError) -> None:
        place = Location(_shown(Path(str(error.filename))))
        problems.append(Problem(place, "", f"cannot be read: {error.strerror}"))

    for folder, folders, names in os.walk(base, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        here = Path(folder)
        yield from (here / name for name in folders if (here / name).is_symlink())
        for name in sorted(names):
            if not name.startswith(".") and name.lower().endswith(SUFFIXES):
                yield here / name


def _trouble(path: Path, base: Path) -> str:
    try:
        target = path.resolve(strict=True)
        mode = target.stat().st_mode
    except (OSError, RuntimeError):
        return "is a link that leads nowhere"
    if not target.is_relative_to(base):
        return "is a link that leads out of the ruleset folder; copy the file instead"
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        return "is not a regular file"
    return ""


def _shown(path: Path) -> str:
    """Return the path as a user would type it: from the working directory where that is short."""
    whole = Path(os.path.abspath(path))
    here = Path.cwd()
    return whole.relative_to(here).as_posix() if whole.is_relative_to(here) else str(path)
