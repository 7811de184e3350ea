"""The command without the wait: a process that has imported the package, and forks one for each run.

A run is a process of its own, with its own folder, environment, input, output and exit code, and
nothing of an earlier run in it; only its imports have been made ahead. Where that is not what a
user has (another interpreter's environment, limits, no ``fork``), a process is started afresh.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

#: What Python itself, or the libraries below it, read once when they start.
_EARLY = ("PYTHON", "LC_", "LANG", "LD_", "OMP_")
#: What a pipe takes at once: more input than that would wait for a reader.
_PIPE = 60_000
_TIMEOUT = 300


@dataclass(frozen=True, slots=True)
class Done:
    """What a process left behind."""

    code: int
    out: bytes
    err: bytes


def run(
    args: Sequence[str],
    *,
    folder: Path,
    environment: Mapping[str, str],
    stdin: bytes | None = None,
    before: Callable[[], None] | None = None,
    fresh: bool = False,
) -> Done:
    """Run ``culture-lint ARGS`` in a folder; ``before`` is called in a new process ahead of it."""
    plain = before is None and not fresh and len(stdin or b"") < _PIPE
    server = _server(environment) if plain and sys.platform == "linux" else None
    if server is not None:
        return server.run(args, folder, environment, stdin)
    done = subprocess.run(
        [sys.executable, "-m", "culture_lint", *args],
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        cwd=folder,
        preexec_fn=before,
        env=dict(environment),
        timeout=_TIMEOUT,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


class _Server:
    """The process that forks, seen from the tests."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, __file__, str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                cwd=Path(__file__).parent,
                env=dict(environment),
                pass_fds=[theirs.fileno()],
            )

    def run(
        self,
        args: Sequence[str],
        folder: Path,
        environment: Mapping[str, str],
        stdin: bytes | None,
    ) -> Done:
        wanted = json.dumps([list(args), str(folder), dict(environment)]).encode()
        pipes = [os.pipe(), os.pipe(), os.pipe()]
        (theirs, mine), (out, their_out), (err, their_err) = pipes
        if stdin is None:
            os.close(theirs)
            theirs = os.open(os.devnull, os.O_RDONLY)
        try:
            head = len(wanted).to_bytes(8, "big")
            socket.send_fds(self._socket, [head], [theirs, their_out, their_err])
            for fd in (theirs, their_out, their_err):
                os.close(fd)
            for start in range(0, len(wanted), _PIPE):
                self._socket.sendall(wanted[start : start + _PIPE])
            child = int(self._socket.recv(64))
            with os.fdopen(mine, "wb") as file, contextlib.suppress(BrokenPipeError):
                file.write(stdin or b"")
                file.flush()
            with ThreadPoolExecutor(2) as readers:
                told = [readers.submit(_whole, os.fdopen(fd, "rb")) for fd in (out, err)]
                self._socket.settimeout(_TIMEOUT)
                try:
                    status = int(self._socket.recv(64))
                except TimeoutError:
                    os.kill(child, signal.SIGKILL)
                    self._socket.recv(64)
                    raise subprocess.TimeoutExpired(list(args), _TIMEOUT) from None
                finally:
                    self._socket.settimeout(None)
            return Done(os.waitstatus_to_exitcode(status), *(one.result() for one in told))
        except (OSError, ValueError) as error:
            raise RuntimeError("the process that forks has ended") from error


def _whole(file: IO[bytes]) -> bytes:
    with file:
        return file.read()


_servers: dict[tuple[int, tuple[tuple[str, str], ...]], _Server] = {}


def _server(environment: Mapping[str, str]) -> _Server | None:
    """Return the process for an environment, as far as Python itself heeds it."""
    early = {name: text for name, text in environment.items() if name.startswith(_EARLY)}
    if set(early) - {"PYTHONPATH", "LANG"}:
        return None
    key = (os.getpid(), tuple(sorted(early.items())))
    if key not in _servers:
        _servers[key] = _Server({"PATH": os.environ["PATH"], **early})
    return _servers[key]


def _import_all() -> None:
    """Import what a run might: the package, and what it imports only when there is need."""
    import importlib
    import pkgutil

    import culture_lint

    for module in pkgutil.walk_packages(culture_lint.__path__, "culture_lint."):
        if module.name.split(".")[1] not in ("__main__", "spark", "rulesets"):
            importlib.import_module(module.name)
    for name in _LAZY:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


#: Imported by functions.
_LAZY = (
    "daachorse",
    "dateutil.rrule",
    "difflib",
    "eld",
    "fluent.syntax",
    "icu",
    "jinja2",
    "jsonschema",
    "markdown_it",
    "multiprocessing.connection",
    "opencc",
    "openpyxl",
    "pathspec",
    "platformdirs",
    "simplemma",
    "tempfile",
    "yaml",
)


def _serve(channel: socket.socket) -> None:
    """Fork for every wish, and tell what became of it; return in the new process only."""
    while True:
        head, fds, _, _ = socket.recv_fds(channel, 8, 3)
        if not head:
            os._exit(0)  # the tests are over
        wanted = b""
        while len(wanted) < int.from_bytes(head, "big"):
            wanted += channel.recv(_PIPE)
        child = os.fork()
        if not child:
            channel.close()
            _become(fds, *json.loads(wanted))
            return
        for fd in fds:
            os.close(fd)
        channel.sendall(b"%d" % child)
        _, status = os.waitpid(child, 0)
        channel.sendall(b"%d" % status)


def _become(fds: list[int], args: list[str], folder: str, environment: dict[str, str]) -> None:
    """Make of this process what ``python -m culture_lint ARGS`` would be, short of running it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number, fd in enumerate(fds):
        os.dup2(fd, number)
        os.close(fd)
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        old: Any = getattr(sys, name)
        new = open(  # noqa: SIM115
            number, "w" if number else "r", encoding=old.encoding, errors=old.errors, closefd=False,
            buffering=1 if number == 2 else -1,
        )  # fmt: skip
        setattr(sys, name, new)
        setattr(sys, f"__{name}__", new)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["-m", *args]
    sys.path[0] = os.getcwd()


if __name__ == "__main__":
    import runpy

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    del sys.path[0]  # this folder
    _import_all()
    sys.path.insert(0, "")
    gc.collect()
    gc.freeze()  # what is shared stays so
    _serve(socket.socket(fileno=int(sys.argv[1])))
    runpy.run_module("culture_lint", run_name="__main__", alter_sys=True)
