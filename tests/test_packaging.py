"""A package holds its rulesets compiled, so that the first run of an installed copy is no slower."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from culture_lint.errors import RulesetError
from culture_lint.knowledge.cache import kept_name
from culture_lint.knowledge.packs import digest
from culture_lint.matching import prepare

ROOT = Path(__file__).parent.parent
PACK = ROOT / "tests" / "data" / "pack"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small pack in the place of the built-in rulesets."""
    root = tmp_path / "rulesets"
    shutil.copytree(PACK, root)
    monkeypatch.setattr(prepare, "builtin_root", lambda: root)
    monkeypatch.setattr("culture_lint.knowledge.marks.builtin_root", lambda: root)
    monkeypatch.setenv("CULTURE_LINT_CACHE_DIR", str(tmp_path / "cache"))
    return root


def never() -> None:
    raise AssertionError("compiled what was there already")


def test_what_is_shipped_is_used_and_not_kept_again(package: Path, tmp_path: Path) -> None:
    written = prepare.ship(package)
    assert written == package / "compiled" / kept_name(digest([package]))
    shipped = prepare.load_knowledge(tell=never)
    assert list(shipped.markets) == list(prepare.load_knowledge(use_cache=False).markets)
    assert not list((tmp_path / "cache").glob("*.bin"))


def test_rulesets_changed_since_are_compiled(package: Path, tmp_path: Path) -> None:
    prepare.ship(package)
    for path in (package / "markets").glob("*.yaml"):
        path.write_text(path.read_text("utf-8") + "\n# Changed.\n", "utf-8")
    prepare.load_knowledge()
    assert len(list((tmp_path / "cache").glob("*.bin"))) == 1


def test_a_damaged_one_is_compiled_anew(package: Path, tmp_path: Path) -> None:
    written = prepare.ship(package)
    data = bytearray(written.read_bytes())
    data[len(data) // 2] ^= 255
    written.write_bytes(data)
    prepare.load_knowledge()
    assert len(list((tmp_path / "cache").glob("*.bin"))) == 1


def test_wrong_rulesets_are_not_shipped(package: Path) -> None:
    (package / "markets" / "broken.yaml").write_text("market: [", "utf-8")
    with pytest.raises(RulesetError):
        prepare.ship(package)
    assert not (package / "compiled").exists()


def test_a_place_that_cannot_be_written_is_an_error(package: Path) -> None:
    (package / "compiled").write_text("in the way", "utf-8")
    with pytest.raises(OSError, match="compiled"):
        prepare.ship(package)


def built(tmp_path: Path, **environment: str) -> Path:
    """Return a wheel of the package with a small pack for its rulesets."""
    source = tmp_path / "source"
    ignored = shutil.ignore_patterns("__pycache__", ".*", "*.egg-info")
    shutil.copytree(ROOT / "culture_lint", source / "culture_lint", ignore=ignored)
    shutil.copytree(PACK, source / "rulesets")
    shutil.copy(ROOT / "rulesets" / "__init__.py", source / "rulesets")
    for name in ("setup.py", "setup.cfg", "pyproject.toml", "LICENSE", "README.md"):
        shutil.copy(ROOT / name, source / name)
    command = [
        *(sys.executable, "-m", "pip", "wheel", "--no-deps", "-q", "-w", str(tmp_path / "made")),
        str(source),
    ]
    done = subprocess.run(
        command,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if done.returncode and "No matching distribution" in done.stderr:
        pytest.skip("what the build needs cannot be fetched here")
    assert done.returncode == 0, done.stderr
    (wheel,) = (tmp_path / "made").glob("culture_lint-*.whl")
    return wheel


def test_an_installed_wheel_compiles_nothing(tmp_path: Path) -> None:
    # Left by an earlier build in the same folder, as pip leaves it.
    old = tmp_path / "source" / "build" / "lib" / "culture_lint" / "rulesets" / "compiled"
    old.mkdir(parents=True)
    (old / "rulesets-old.bin").write_bytes(b"old")
    wheel = built(tmp_path)
    names = zipfile.ZipFile(wheel).namelist()
    assert len([one for one in names if one.startswith("culture_lint/rulesets/compiled/")]) == 1
    target = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(target)
    (tmp_path / "tea.md").write_text("# Green tea\n\nFor every day.\n", "utf-8")
    market = next(iter(prepare.load_knowledge([PACK], builtin=False, use_cache=False).markets))
    cache = tmp_path / "cache"
    done = subprocess.run(
        [sys.executable, "-S", "-m", "culture_lint", "check", "tea.md", "--isolated", "-m", market],
        cwd=tmp_path,
        env={
            **os.environ,
            "CULTURE_LINT_CACHE_DIR": str(cache),
            "PYTHONPATH": os.pathsep.join([str(target), sysconfig.get_paths()["purelib"]]),
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "compil" not in done.stderr
    assert not list(cache.rglob("rulesets-*.bin"))


def test_a_build_can_leave_it_out(tmp_path: Path) -> None:
    names = zipfile.ZipFile(built(tmp_path, CULTURE_LINT_COMPILED="0")).namelist()
    assert "culture_lint/rulesets/__init__.py" in names
    assert not [one for one in names if "compiled/" in one]
