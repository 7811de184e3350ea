"""The gravest of many, in little memory."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from culture_lint.reports.severest import Severest


@settings(deadline=None)
@given(st.lists(st.integers(0, 3), max_size=40), st.integers(1, 12))
def test_the_gravest_are_kept_and_of_equals_the_first(ranks: list[int], most: int) -> None:
    kept: Severest[int] = Severest(most)
    for number, rank in enumerate(ranks):
        kept.add(rank, number)
    expected = sorted(range(len(ranks)), key=lambda number: (-ranks[number], number))[:most]
    assert kept.by_rank() == expected
    assert kept.in_order() == sorted(expected)
    assert kept.left_out == len(ranks) - len(expected)
