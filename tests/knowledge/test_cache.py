"""What is kept between runs: by which name, what goes when, and that code and what it kept agree."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from culture_lint.knowledge import cache
from culture_lint.knowledge.cache import UNUSED, cached, keep, kept_name
from culture_lint.knowledge.packed import FORMAT
from culture_lint.language.edges import Pattern, patterns
from culture_lint.language.normalise import fold

DAY = 86400.0

#: What is scanned for, by form, language and how it is compounded. Compiled rulesets hold these.
SCANNED = (
    ("cow", "en", "", [Pattern(" cow ", 0, False)]),
    ("Kuh", "de", "any", [Pattern("kuh", 0, False)]),
    ("tốt nhất", "vi", "", [Pattern(" tốt nhất ", 0, False)]),
    ("خنزير", "ar", "", [Pattern("خنزير", 0, False)]),
    ("לחם", "he", "", [Pattern("לחם", 0, False)]),
    ("猪肉", "zh", "", [Pattern("猪肉", 0, False)]),
    ("돼지고기", "ko", "", [Pattern(" 돼지고기", 0, False)]),
    ("सूअर", "hi", "", [Pattern(" सूअर", 0, False)]),
    ("l'âne", "fr", "", [Pattern(" l âne ", 0, True)]),
    ("5★", "*", "", [Pattern(" 5 ★", 0, False)]),
    ("sıcak", "tr", "", [Pattern(" sicak", 0, False)]),
    ("ἀρχή", "el", "", [Pattern(" ἀρχή ", 0, False)]),
    ("USB케이블", "ko", "", [Pattern(" usb 케이블", 0, False)]),
    ("24/7", "en", "", [Pattern(" 24 7 ", 0, True)]),
    ("¡olé!", "es", "", [Pattern("¡ olé ", 0, True)]),
)


@pytest.mark.parametrize(("form", "language", "compound", "expected"), SCANNED)
def test_what_is_kept_means_what_the_code_looks_for(
    form: str, language: str, compound: str, expected: list[Pattern]
) -> None:
    """Text would be written one way and the kept forms another, and nothing be found.

    Whoever changes what is expected here raises `FORMAT`, here and there.
    """
    assert FORMAT == 21
    assert patterns(fold(form).text, language, compound) == expected


def _plain(number: int) -> dict[str, object]:
    return {"number": number, "automaton": b"x"}


def _kept(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("rulesets-*.bin")}


def test_of_many_compiled_forms_the_last_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time()
    cached("0", lambda: _plain(0), tmp_path)
    size = (tmp_path / kept_name("0")).stat().st_size
    monkeypatch.setattr(cache, "KEPT_BYTES", 6 * size + size // 2)
    for number in range(9):
        cached(str(number), lambda number=number: _plain(number), tmp_path)  # type: ignore[misc]
        # A second apart, however coarse the file system's clock is.
        os.utime(tmp_path / kept_name(str(number)), (now - 600 + number, now - 600 + number))
    assert _kept(tmp_path) == {kept_name(str(number)) for number in range(3, 9)}


def test_small_forms_push_no_large_one_out(tmp_path: Path) -> None:
    for number in range(40):
        cached(str(number), lambda number=number: _plain(number), tmp_path)  # type: ignore[misc]
    assert len(_kept(tmp_path)) == 40


def test_what_was_not_used_for_long_goes(tmp_path: Path) -> None:
    for number in (1, 2):
        cached(str(number), lambda number=number: _plain(number), tmp_path)  # type: ignore[misc]
        old = time.time() - UNUSED - DAY
        os.utime(tmp_path / kept_name(str(number)), (old, old))
    # The second is used once more before the third is made.
    assert cached("2", lambda: pytest.fail("it was kept"), tmp_path)["number"] == 2
    cached("3", lambda: _plain(3), tmp_path)
    assert _kept(tmp_path) == {kept_name("2"), kept_name("3")}


def test_what_a_package_came_with_serves_without_a_cache(tmp_path: Path) -> None:
    keep(tmp_path / kept_name("1"), _plain(1))
    assert cached("1", lambda: pytest.fail("it came along"), None, tmp_path)["number"] == 1
    assert cached("2", lambda: _plain(2), None, tmp_path)["number"] == 2
    assert _kept(tmp_path) == {kept_name("1")}


def test_other_files_of_the_folder_are_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "results.json"
    other.write_text("{}", "utf-8")
    old = time.time() - UNUSED - DAY
    os.utime(other, (old, old))
    cached("1", lambda: _plain(1), tmp_path)
    assert other.exists()
