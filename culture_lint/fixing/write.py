"""Replace a file so that it is, at any moment, the old one or the new one."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from culture_lint.errors import SettingsError

#: No reader takes files of this ending, should one be left behind by a machine that stops.
TEMPORARY = ".culture-lint-new"


def replace_file(path: str, data: bytes, old: bytes | None = None) -> None:
    """Write ``data`` to a path; a link to a file stays a link, and permissions stay what they are.

    The new content is on the disk under another name before it takes the file's own. With
    ``old``, the file must still hold just that.

    Raises:
        SettingsError: If the file cannot be written, or has changed in the meantime.
    """
    target = Path(os.path.realpath(path))
    name = ""
    try:
        if old is not None and target.read_bytes() != old:
            raise SettingsError(f"{path} has changed while it was checked; it is left as it is")
        mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
        if mode is not None and not os.access(target, os.W_OK):
            raise SettingsError(f"cannot write {path!r}: it is write-protected")
        name = _written(target, data, mode)
        os.replace(name, target)
    except OSError as error:
        raise SettingsError(f"cannot write {path!r}: {error.strerror or error}") from error
    finally:
        if name:
            with suppress(OSError):
                os.unlink(name)  # gone already, unless something went wrong
    _settle(target.parent)


def _written(target: Path, data: bytes, mode: int | None) -> str:
    """Write data beside a file, down to the disk, and return the name."""
    import tempfile

    handle, name = tempfile.mkstemp(
        dir=target.parent, prefix=f".{target.name[:100]}.", suffix=TEMPORARY
    )
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        os.chmod(name, _ordinary() if mode is None else mode)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise
    return name


def _ordinary() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _settle(folder: Path) -> None:
    """Have the new name on the disk too, where the system lets a folder be opened."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
