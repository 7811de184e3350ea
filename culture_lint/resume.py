"""Go on with an interrupted run: what was written, up to where, and that nothing else has changed.

Beside the report that is to be, ``FILE``, lie ``.FILE.part`` with the lines so far and
``.FILE.resume``, which says how far they are good, what was added up, and of which run. Both go when
the report is complete.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TextIO

from culture_lint.errors import SettingsError

if TYPE_CHECKING:
    from culture_lint.gate.gates import Gates
    from culture_lint.gate.totals import Totals
    from culture_lint.pipeline import Part
    from culture_lint.targets import Job

#: Seconds between two notes of how far the run is.
OFTEN = 2.0
#: Bytes at the head and the end of an input that tell it from another.
_SAMPLE = 65_536


class Journal:
    """How far a run is, kept beside its report.

    Args:
        target: The report.
        mark: Hash of all that decides what is written.
    """

    def __init__(self, target: Path, mark: str) -> None:
        self._target = target
        self._mark = mark
        self._lines = target.with_name(f".{target.name}.part")
        self._notes = target.with_name(f".{target.name}.resume")
        self._state = self._read()
        self._noted = time.monotonic()
        self._out: io.TextIOWrapper | None = None
        self._raw: IO[bytes] | None = None

    @property
    def start(self) -> tuple[int, int]:
        """The job, and the chunk of it, to go on with."""
        return (self._state["job"], self._state["chunk"]) if self._state else (0, 0)

    def restore(self, totals: Totals, gates: Gates) -> None:
        """Give back what the earlier run had added up."""
        if self._state:
            totals.restore(self._state["totals"])
            gates.restore(self._state["gates"])

    @contextmanager
    def opened(self) -> Iterator[TextIO]:
        """Give the file for the lines, which becomes the report when the block ends well."""
        mode = "r+b" if self._state else "wb"
        try:
            with self._lines.open(mode) as raw:
                raw.seek(self._state["bytes"] if self._state else 0)
                raw.truncate()
                self._raw = raw
                self._out = io.TextIOWrapper(
                    raw, encoding="utf-8", errors="backslashreplace", newline="\n"
                )
                yield self._out
                self._out.flush()
                os.fsync(raw.fileno())
                self._out.detach()
            os.replace(self._lines, self._target)
            self._notes.unlink(missing_ok=True)
        except OSError as error:
            raise SettingsError(f"cannot write {str(self._lines)!r}: {error.strerror}") from error

    def note(self, part: Part, totals: Totals, gates: Gates) -> None:
        """Write down that all up to a part is done, every now and then."""
        now = time.monotonic()
        if now - self._noted < OFTEN or self._out is None or self._raw is None:
            return
        self._noted = now
        self._out.flush()
        os.fsync(self._raw.fileno())
        place = (part.job + 1, 0) if part.ends else (part.job, part.chunk + 1)
        state = {
            "mark": self._mark,
            "job": place[0],
            "chunk": place[1],
            "bytes": self._raw.tell(),
            "totals": totals.state(),
            "gates": gates.state(),
        }
        fresh = self._notes.with_name(f"{self._notes.name}.new")
        fresh.write_text(json.dumps(state), "utf-8")
        os.replace(fresh, self._notes)

    def _read(self) -> dict[str, Any] | None:
        """Return how far an earlier run was, None where there was none.

        Raises:
            SettingsError: If it was another run, or what it left cannot be used.
        """
        try:
            state = json.loads(self._notes.read_text("utf-8"))
            size = self._lines.stat().st_size
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            state, size = {}, 0
        away = f"remove {self._notes.name} and {self._lines.name} to begin anew"
        if not isinstance(state, dict) or not {"mark", "job", "chunk", "bytes"} <= state.keys():
            raise SettingsError(f"cannot go on with {self._target}: its notes are damaged; {away}")
        if state["mark"] != self._mark:
            raise SettingsError(
                f"cannot go on with {self._target}: the input, the settings or the rulesets are not those "
                f"it was begun with; {away}"
            )
        if size < state["bytes"]:
            raise SettingsError(f"cannot go on with {self._target}: lines are missing; {away}")
        return state


def mark_of(jobs: Sequence[Job], digests: Sequence[str], *facts: str) -> str:
    """Return a hash of what decides a report: its inputs, their settings and rulesets."""
    content = hashlib.blake2b(digest_size=20)
    for fact in (*digests, *facts):
        content.update(f"{fact}\0".encode())
    for job in jobs:
        content.update(f"{job.source.path}\0{job.settings!r}\0".encode("utf-8", "surrogatepass"))
        content.update(_sample(job))
    return content.hexdigest()


def _sample(job: Job) -> bytes:
    """Return the size of an input with its first and last bytes."""
    if job.source.data is not None:
        return hashlib.blake2b(job.source.data).digest()
    try:
        with open(job.source.path, "rb") as file:
            head = file.read(_SAMPLE)
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _SAMPLE))
            return f"{size}\0".encode() + head + file.read()
    except OSError:
        return b"\0"
