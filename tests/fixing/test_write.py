"""A file is the old one or the new one at any moment, whatever happens to the process."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from culture_lint.errors import SettingsError
from culture_lint.fixing.write import TEMPORARY, replace_file
from culture_lint.sources.registry import is_read
from tests.command import heed_permissions

OLD = b"old " * 50_000
NEW = b"newer " * 50_000

_LOOP = """
import sys
from culture_lint.fixing.write import replace_file
old, new = b"old " * 50_000, b"newer " * 50_000
print("ready", flush=True)
while True:
    for path in sys.argv[1:]:
        replace_file(path, new)
        replace_file(path, old)
"""


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX")
def test_killed_at_any_moment_each_file_is_whole(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.csv", "b.csv")]
    for one in files:
        one.write_bytes(OLD)
    wait = random.Random(7)
    seen = set()
    for _ in range(25):
        running = subprocess.Popen(
            [sys.executable, "-c", _LOOP, *map(str, files)], stdout=subprocess.PIPE
        )
        assert running.stdout is not None
        assert running.stdout.readline() == b"ready\n"
        time.sleep(wait.uniform(0, 0.03))
        running.send_signal(signal.SIGKILL)
        running.wait()
        running.stdout.close()
        for one in files:
            data = one.read_bytes()
            assert data in (OLD, NEW)
            seen.add(data)
    assert seen == {OLD, NEW}  # it was killed before and after
    left = [one.name for one in tmp_path.iterdir() if one not in files]
    assert all(name.endswith(TEMPORARY) and not is_read(name) for name in left)


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    file = tmp_path / "real" / "a.csv"
    file.parent.mkdir()
    file.write_bytes(OLD)
    file.chmod(0o640)
    link = tmp_path / "link.csv"
    link.symlink_to(file)
    replace_file(str(link), NEW, OLD)
    assert link.is_symlink()
    assert file.read_bytes() == NEW
    assert file.stat().st_mode & 0o777 == 0o640
    assert sorted(one.name for one in file.parent.iterdir()) == ["a.csv"]


def test_a_file_that_somebody_else_has_changed_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"theirs")
    with pytest.raises(SettingsError, match="has changed while it was checked"):
        replace_file(str(file), NEW, OLD)
    assert file.read_bytes() == b"theirs"


def test_a_disk_that_is_full_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(OLD)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SettingsError, match="No space left"):
        replace_file(str(file), NEW)
    assert file.read_bytes() == OLD
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_write_protection_is_respected(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(OLD)
    file.chmod(0o444)
    code = (
        "import sys\n"
        "from culture_lint.fixing.write import replace_file\n"
        "replace_file(sys.argv[1], b'new')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(file)],
        preexec_fn=heed_permissions,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "SettingsError" in done.stderr
    assert "write-protected" in done.stderr
    assert file.read_bytes() == OLD
