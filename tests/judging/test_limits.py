"""Rules on a field itself: what is too short, and what only looks like shouting."""

from __future__ import annotations

import pytest

from culture_lint.judging.limits import _broken
from culture_lint.knowledge.model import Limit


def _limit(*, capitals: bool = False, fewest_words: int | None = None) -> Limit:
    return Limit(None, None, "characters", "", None, capitals, False, fewest_words)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("BEST DEAL case", "BEST"),
        ("ЛУЧШИЙ ВЫБОР чехол", "ЛУЧШИЙ"),
        ("华为平板M HUAWEI MATEPAD", None),
        ("ハイセンス HISENSE SMART テレビをお届け", None),
        ("Huawei phone case", None),
    ],
)
def test_capitals_shout_where_the_script_has_them(text: str, marked: str | None) -> None:
    found = [text[start:end] for start, end in _broken(_limit(capitals=True), text)]
    assert found == ([marked] if marked else [])


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("A bag.", True),
        ("A bag for the whole family", False),
        ("", False),
        ("皮包", True),
        ("真皮手提包，適合全家人使用", False),
        ("84m² wall-paper", True),
    ],
)
def test_a_field_needs_its_fewest_words(text: str, short: bool) -> None:
    found = list(_broken(_limit(fewest_words=5), text))
    assert found == ([(0, len(text))] if short else [])
