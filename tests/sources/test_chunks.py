"""What was read before an error is not lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from culture_lint.errors import SourceError
from culture_lint.sources.chunks import chunked


def broken(count: int) -> Iterator[int]:
    yield from range(count)
    raise SourceError("breaks off")


@pytest.mark.parametrize("count", [0, 1, 4, 5, 8])
def test_all_that_was_read_is_given_before_the_error(count: int) -> None:
    given: list[list[int]] = []
    with pytest.raises(SourceError, match="breaks off"):
        given.extend(chunked(broken(count), 4))
    assert all(0 < len(chunk) <= 4 for chunk in given)
    assert [one for chunk in given for one in chunk] == list(range(count))


@pytest.mark.parametrize("count", [0, 1, 4, 5, 8])
def test_a_whole_input_is_cut_into_chunks(count: int) -> None:
    assert [one for chunk in chunked(range(count), 4) for one in chunk] == list(range(count))
