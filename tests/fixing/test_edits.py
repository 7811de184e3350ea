"""Edits of a segment: what they make of a text, and where the new words stand in the file."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from culture_lint.fixing.edits import EditedPlaces, Edits, rewritten, with_edit
from culture_lint.spans import Place


class _Line:
    """Places of a text that stands on line 1 of a file, from the first column."""

    def __init__(self, text: str) -> None:
        self.text = text

    def place(self, start: int, end: int) -> Place:
        return Place(1, start + 1, 1, end + 1)

    def source(self, start: int, end: int) -> str:
        return self.text[start:end]


@settings(deadline=None)
@given(st.text("abc", min_size=1, max_size=20), st.data())
def test_edits_made_one_after_the_other_make_the_same_text_as_all_at_once(
    text: str, data: st.DataObject
) -> None:
    edits: Edits = ()
    now = text
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(now) - 1))
        end = data.draw(st.integers(start + 1, len(now)))
        new = data.draw(st.text("XYZ", min_size=1, max_size=5))
        edits = with_edit(edits, start, end, new)
        now = now[:start] + new + now[end:]
        assert rewritten(text, edits) == now
        assert all(one.end <= two.start for one, two in pairwise(edits))
        places = EditedPlaces(_Line(text), edits)
        for at in range(len(now)):
            old = places.source(at, at + 1)
            assert now[at] in "XYZ" or old == now[at]  # what was not put in stands where it stood


def test_new_words_stand_where_the_old_ones_stood() -> None:
    edits = with_edit((), 2, 5, "xx")
    places = EditedPlaces(_Line("a pig here"), edits)
    assert rewritten("a pig here", edits) == "a xx here"
    assert places.source(2, 4) == "pig"
    assert places.source(5, 9) == "here"
    assert places.source(0, 9) == "a pig here"
    assert places.place(3, 4) == Place(1, 3, 1, 6)
