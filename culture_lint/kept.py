"""Keep what was found in a file, so that an unchanged file is not checked again.

An entry is found by the file's path and its settings, and holds only while everything it was made
from is the same: our version and code, the rulesets, the settings, and the bytes of the file, of the
suppressions beside it and of the baseline. Times of files never count. Where a suppression could expire, the day
counts too. Entries are plain JSON; one that is damaged, or of another making, is none.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import sys
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from enum import Enum
from functools import cache, lru_cache
from pathlib import Path
from types import UnionType
from typing import Any

from culture_lint import __version__
from culture_lint.results import ItemReport
from culture_lint.settings import Settings
from culture_lint.sources.items import Notice, Source

#: Raise it when the form of entries changes.
FORMAT = 1
#: Larger files are checked in chunks by several processes (see pipeline.py), and are not kept.
LARGEST = 999_999
#: Nor are results that are longer than this (bytes).
LONGEST = 16 << 20
#: What a suppression that expires is written with, in any encoding that has NULs between letters.
_EXPIRES = b"until"
#: In packed formats nothing can be seen from outside.
_PACKED = (".xlsx", ".xlsm", ".parquet")
#: What stands beside a file is read with it (see sources/sidecar.py).
_BESIDE = ".culture-lint.yaml"
#: Settings that decide nothing about what is found in one file.
_IDLE = frozenset({
    "origin", "min_cai", "fail_on", "show", "cache", "exclude", "force_exclude", "respect_gitignore",
    "rulesets",
})  # fmt: skip

Part = ItemReport | Notice


class Store:
    """Results in a folder.

    Args:
        folder: Where they are; made when the first is kept.
        today: The day for suppressions that expire.
    """

    def __init__(self, folder: Path, today: date | None = None) -> None:
        self.folder = folder
        self._today = (today or date.today()).isoformat()
        self._ready = False
        self._baselines: dict[Path, str] = {}

    def key(
        self, source: Source, settings: Settings, digest: str, place: object = None
    ) -> str | None:
        """Return the hash of everything that the results of a file are made from.

        ``place`` is what the file's place in the project says of it.

        None for what is not kept: standard input, files too large or not readable.
        """
        if source.data is not None or not settings.cache:
            return None
        try:
            data = _bytes(source.path)
            beside = _bytes(source.path + _BESIDE) if os.path.exists(source.path + _BESIDE) else b""
            accepted = self._accepted(settings)
        except OSError:
            return None
        if data is None or beside is None:
            return None
        content = hashlib.blake2b(digest_size=20)
        facts = (
            FORMAT, __version__, code_mark(), digest, source.path, place, _effective(settings),
            self._day(source.path, data + b"\0" + beside, settings), len(data), len(beside), accepted,
        )  # fmt: skip
        content.update(repr(facts).encode("utf-8", "surrogateescape"))
        content.update(data)
        content.update(beside)
        return content.hexdigest()

    def _accepted(self, settings: Settings) -> str:
        """Return a hash of the baseline; it is read once a run."""
        if settings.baseline is None:
            return ""
        if settings.baseline not in self._baselines:
            data = settings.baseline.read_bytes()
            self._baselines[settings.baseline] = hashlib.blake2b(data, digest_size=20).hexdigest()
        return self._baselines[settings.baseline]

    def _day(self, path: str, data: bytes, settings: Settings) -> str:
        """Return the day where it may matter, else nothing."""
        expiring = any(one.until for one in settings.ignores)
        packed = path.lower().endswith(_PACKED)
        return self._today if expiring or packed or _EXPIRES in data.replace(b"\0", b"") else ""

    def holds(self, source: Source, settings: Settings, key: str) -> bool:
        """Tell whether there is an entry that is still true."""
        try:
            with self._path(source, settings).open("rb") as file:
                return file.readline(100).strip() == key.encode()
        except OSError:
            return False

    def load(self, source: Source, settings: Settings, key: str) -> list[Part] | None:
        """Return what was found in a file, None where that is not known."""
        try:
            head, _, body = self._path(source, settings).read_bytes().partition(b"\n")
            if head.decode() != key:
                return None
            seal, _, text = body.partition(b"\n")
            if seal.decode() != _seal(text):
                return None
            return [_part(one) for one in json.loads(text)]
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None

    def keeping(
        self,
        source: Source,
        settings: Settings,
        key: str,
        parts: Iterable[Part],
        still: Callable[[], bool],
    ) -> Iterator[Part]:
        """Yield the parts, and keep them when the last has gone by and ``still`` says that they may."""
        texts: list[str] | None = []
        size = 0
        for one in parts:
            if texts is not None:
                texts.append(json.dumps([type(one).__name__, plain(one)], separators=(",", ":")))
                size += len(texts[-1])
                if size > LONGEST:
                    texts = None
            yield one
        if texts is not None and still():
            text = f"[{','.join(texts)}]".encode()
            self._write(self._path(source, settings), f"{key}\n{_seal(text)}\n".encode() + text)

    def names(self, digest: str) -> dict[str, str] | None:
        """Return the names of all markets by id, None where they are not known."""
        try:
            found = json.loads(
                (self.folder / f"markets-{_short(digest, __version__)}.json").read_text("utf-8")
            )
        except (OSError, ValueError):
            return None
        sound = isinstance(found, dict) and all(isinstance(one, str) for one in found.values())
        return found if sound else None

    def keep_names(self, digest: str, names: Mapping[str, str]) -> None:
        """Keep the names of all markets of some rulesets."""
        text = json.dumps(dict(names), ensure_ascii=False)
        self._write(self.folder / f"markets-{_short(digest, __version__)}.json", text.encode())

    def _path(self, source: Source, settings: Settings) -> Path:
        name = _short(os.path.abspath(source.path), source.path, repr(_effective(settings)))
        return self.folder / name[:2] / f"{name[2:]}.json"

    def _write(self, path: Path, data: bytes) -> None:
        """Write a file whole or not at all; where that is not possible nothing is kept."""
        try:
            self._prepare()
            path.parent.mkdir(exist_ok=True)
            import tempfile

            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                os.replace(name, path)
            except OSError:
                with suppress(OSError):
                    os.unlink(name)
        except OSError:
            return

    def _prepare(self) -> None:
        """Make the folder, which git and backups are told to leave alone."""
        if self._ready:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        for name, text in _MARKS.items():
            if not (self.folder / name).exists():
                (self.folder / name).write_text(text, "utf-8")
        self._ready = True

    def clean(self) -> int:
        """Remove what was kept and nothing else; return the number of entries removed."""
        removed = 0
        if not self.folder.is_dir():
            return 0
        entries = [
            *self.folder.glob("[0-9a-f][0-9a-f]/*.json"),
            *self.folder.glob("markets-*.json"),
        ]
        for path in [*entries, *self.folder.glob("[0-9a-f][0-9a-f]/.*.tmp")]:
            path.unlink(missing_ok=True)
            removed += path.suffix == ".json"
        for name in _MARKS:
            (self.folder / name).unlink(missing_ok=True)
        for folder in (*self.folder.glob("[0-9a-f][0-9a-f]"), self.folder):
            with suppress(OSError):  # something of somebody else's lies there
                folder.rmdir()
        return removed


_MARKS = {
    ".gitignore": "# Made by culture-lint.\n*\n",
    "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n# Made by culture-lint.\n",
}


def _bytes(path: str) -> bytes | None:
    """Return the content of a file, None if it is too large."""
    with open(path, "rb") as file:
        data = file.read(LARGEST + 1)
    return data if len(data) <= LARGEST else None


def _short(*parts: str) -> str:
    whole = "\0".join(parts).encode("utf-8", "surrogateescape")
    return hashlib.blake2b(whole, digest_size=16).hexdigest()


def _seal(text: bytes) -> str:
    return hashlib.blake2b(text, digest_size=8).hexdigest()


@lru_cache(maxsize=256)
def _effective(settings: Settings) -> tuple[tuple[str, str], ...]:
    """Return the settings that decide what is found in a file."""
    return tuple(
        (one.name, repr(getattr(settings, one.name)))
        for one in dataclasses.fields(settings)
        if one.name not in _IDLE
    )


@cache
def code_mark() -> str:
    """Return a mark of the code that runs: our own files, Python, and what else is installed.

    The times of these files may count: code that is installed anew is read anew, and is not
    checked out with every job as content is.
    """
    facts: list[object] = [sys.version]
    for folder, folders, names in os.walk(Path(__file__).parent):
        folders[:] = sorted(one for one in folders if one not in ("__pycache__", "rulesets"))
        for name in sorted(names):
            about = os.stat(os.path.join(folder, name))
            facts.append((folder, name, about.st_size, about.st_mtime_ns))
    for place in sys.path:
        with suppress(OSError):
            facts += sorted(one for one in os.listdir(place or ".") if one.endswith(".dist-info"))
    return hashlib.blake2b(
        repr(facts).encode("utf-8", "surrogateescape"), digest_size=16
    ).hexdigest()


# -- values to JSON and back -------------------------------------------------------------------


def plain(value: Any) -> Any:
    """Return a report as JSON has it: mappings, lists, texts and numbers."""
    if isinstance(value, Enum):
        return value.value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [plain(getattr(value, name)) for name, _ in _fields(type(value))]
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(inner) for inner in value]
    return value


def _part(found: Any) -> Part:
    name, value = found
    return typing.cast(Part, rebuilt({"ItemReport": ItemReport, "Notice": Notice}[name], value))


@cache
def _fields(kind: type) -> tuple[tuple[str, Any], ...]:
    try:
        hints = typing.get_type_hints(kind)
    except NameError:
        # Parts of findings, which most files have none of, are named for type checkers only.
        from culture_lint.knowledge import model

        hints = typing.get_type_hints(kind, localns=vars(model))
    return tuple((one.name, hints[one.name]) for one in dataclasses.fields(kind))


def rebuilt(kind: Any, value: Any) -> Any:
    """Return what `plain` was given, of the type that is declared.

    Raises:
        TypeError, ValueError, AttributeError: If the value does not fit the type.
    """
    return _decoder(kind)(value)


Decode = Callable[[Any], Any]


@cache
def _decoder(kind: Any) -> Decode:
    """Return the function that makes values of a type; looking at types anew would take longest."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (UnionType, typing.Union):
        present = _decoder(next(one for one in inner if one is not type(None)))
        return lambda value: None if value is None else present(value)
    if origin is tuple:
        return _tuple_decoder(inner)
    if origin is not None and issubclass(origin, Mapping):
        part = _decoder(inner[1])
        return lambda value: {key: part(one) for key, one in value.items()}
    if dataclasses.is_dataclass(kind):
        return _record_decoder(kind)
    if issubclass(kind, Enum):
        return lambda value: kind(value)
    return _plain_decoder(kind)


def _tuple_decoder(inner: tuple[Any, ...]) -> Decode:
    if inner[-1] is not Ellipsis:
        parts = [_decoder(one) for one in inner]
        return lambda value: tuple(part(one) for part, one in zip(parts, _list(value), strict=True))
    kind = inner[0]
    # Most lists are empty: what they would hold is looked at when the first is not.
    return lambda value: tuple(map(_decoder(kind), _list(value))) if value else ()


def _record_decoder(kind: Any) -> Decode:
    parts = [_decoder(hint) for _, hint in _fields(kind)]

    def decode(value: Any) -> Any:
        return kind(*[part(one) for part, one in zip(parts, _list(value), strict=True)])

    return decode


def _list(value: Any) -> list[Any]:
    if type(value) is not list:
        raise TypeError("not what was kept")
    return value


def _plain_decoder(kind: type) -> Decode:
    def decode(value: Any) -> Any:
        if type(value) is kind:
            return value
        if kind is float and type(value) is int:
            return float(value)
        raise TypeError("not what was kept")

    return decode
