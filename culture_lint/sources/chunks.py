"""Cut what a reader yields into chunks, without losing what stands before an error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from culture_lint.errors import SourceError

_Part = TypeVar("_Part")


def chunked(parts: Iterable[_Part], size: int) -> Iterator[list[_Part]]:
    """Yield lists of up to ``size`` parts.

    Raises:
        SourceError: What reading raised, when all that was read before has been given.
    """
    iterator = iter(parts)
    error: SourceError | None = None
    while error is None:
        chunk: list[_Part] = []
        try:
            # Grown one by one: a list made at once would be lost with the error.
            chunk.extend(islice(iterator, size))
        except SourceError as found:
            error = found
        if chunk:
            yield chunk
        elif error is None:
            return
    raise error
