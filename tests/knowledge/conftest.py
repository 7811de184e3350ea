"""Small packs on disk, for the tests of the knowledge room."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

import pytest

from .samples import Pack


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pack:
    """Return a function that writes a pack of files and returns its root, a relative path."""
    monkeypatch.chdir(tmp_path)

    def write(files: Mapping[str, str | bytes], name: str = "pack") -> Path:
        for path, content in files.items():
            target = tmp_path / name / path
            target.parent.mkdir(parents=True, exist_ok=True)
            raw = content if isinstance(content, bytes) else dedent(content).encode()
            target.write_bytes(raw)
        (tmp_path / name).mkdir(exist_ok=True)
        return Path(name)

    return write
