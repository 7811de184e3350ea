"""Words are told apart where no blanks do it, at no cost to texts that need none of it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from culture_lint.language import segmentation
from culture_lint.language.boundaries import stands_alone
from culture_lint.language.segmentation import REACH, is_available, is_word


def _is_word(text: str, form: str, language: str) -> bool | None:
    start = text.index(form)
    return is_word(text, start, start + len(form), language)


@pytest.mark.parametrize("language", ["zh", "ja", "th", "lo", "km", "my"])
def test_words_of_the_language_are_known(language: str) -> None:
    assert is_available(language)


def test_nothing_is_known_of_spaced_languages() -> None:
    assert is_word("cowl", 0, 3, "en") is None


@pytest.mark.parametrize(
    ("text", "form", "language", "expected"),
    [
        # A form over several words counts when its edges are theirs.
        ("喝酒后送钟给老人", "送钟", "zh", True),
        # A numeral compound is one word from its start, not to its end.
        ("三天两头来", "三天", "zh", False),
        ("减掉十公斤", "公斤", "zh", True),
        # Inside a longer word of the dictionary: by the words that this one is made of.
        ("期中考试用", "中考", "zh", False),
        ("中医中药馆", "中药", "zh", True),
        ("清真寺旁", "清真", "zh", True),
        # Digits and Latin letters around do no harm.
        ("2024新款牛皮A字包", "牛皮", "zh", True),
        ("10年保修的鞋", "鞋", "zh", True),
        # An inflected word's stem counts when it has a kanji.
        ("調べる道具", "調べ", "ja", True),
        ("うまい棒", "うま", "ja", False),
        ("ໝາດຳ", "ໝາ", "lo", True),
        ("ฟรีค่าส่ง", "ฟรี", "th", True),
    ],
)
def test_a_form_is_a_word_or_words(text: str, form: str, language: str, expected: bool) -> None:
    assert _is_word(text, form, language) is expected


@pytest.mark.parametrize(
    ("filler", "text", "language"), [("好看", "死守", "zh"), ("きれい", "必死", "ja")]
)
def test_only_the_neighbourhood_of_a_match_is_cut(filler: str, text: str, language: str) -> None:
    long = filler * REACH + text + filler * REACH
    assert _is_word(long, "死", language) is False


def test_a_match_with_a_blank_in_it_is_looked_at_as_a_whole() -> None:
    assert is_word("ナイフ セット", 0, 7, "ja") is True


def test_threads_share_the_dictionaries() -> None:
    texts = [f"手を{number}回はさみました。はさみを贈る" for number in range(64)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda text: _is_word(text, "はさみ", "ja"), texts))
    assert found == [False] * 64


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Make the libraries unavailable."""
    for name in ("rjieba", "sudachipy", "icu4py.breakers"):
        monkeypatch.setitem(sys.modules, name, None)
    _forget()
    yield
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    segmentation._segmenter.cache_clear()
    segmentation._holds.cache_clear()


@pytest.mark.usefixtures("bare")
def test_without_a_library_it_says_so_once_and_goes_by_the_characters() -> None:
    with pytest.warns(RuntimeWarning, match="rjieba is not installed") as caught:
        assert _is_word("死守品质", "死", "zh") is None
    assert len(caught) == 1
    assert not stands_alone("死守品质", 0, 1, "zh")
    assert stands_alone("小便携风扇", 0, 2, "zh")
    assert stands_alone("送 梨 一箱", 2, 3, "zh")


def test_text_without_a_candidate_loads_no_dictionary() -> None:
    code = (
        "import sys\n"
        "from culture_lint.language.boundaries import stands_alone\n"
        "stands_alone('the cow eats', 4, 7, 'en')\n"
        "stands_alone('送 梨 一箱', 2, 3, 'zh')\n"
        "print([name for name in ('rjieba', 'sudachipy', 'icu4py', 'opencc') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
