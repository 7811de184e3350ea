"""What the tests of the catalogue readers share: every span leads back, broken files are told."""

from __future__ import annotations

import html
import pickle
from collections.abc import Callable, Iterable

from hypothesis import strategies as st

from culture_lint.sources.items import Item
from culture_lint.sources.messages import OBJECT, prose

from .helpers import at, spans

#: What messages are made of; what has to be escaped in one format or another stands among it.
CHARS = st.sampled_from(
    [*"ab Z'\"\\{}#|%<>&;:=/.@!?-\n\t漢😀\xa0é\u2028", "cow", "<b>", "{n}", "%s"]
)
MESSAGES = st.lists(CHARS, min_size=1, max_size=12).map("".join)
LINE_ENDS = st.sampled_from(["\n", "\r\n", "\r"])


def leads_back(text: str, items: Iterable[Item], undo: Callable[[str], str]) -> None:
    """Check that every span of every segment leads to the characters it was read from.

    ``undo`` takes the file's characters for one character of the message and undoes the escape.
    """
    for item in items:
        for segment in pickle.loads(pickle.dumps(item)).segments:
            for start, end in spans(len(segment.text)):
                assert segment.places.source(start, end) == at(text, segment, start, end)
            for index, char in enumerate(segment.text):
                source = segment.places.source(index, index + 1)
                assert source
                meant = undo(source)
                blank = char in " \n" and (not meant.strip() or "<" in meant)
                assert char == OBJECT or blank or char in (source, meant, undone(meant))


def brief(items: Iterable[Item]) -> list[tuple[str, list[str]]]:
    """Return (item id, texts) of each item, objects as ``_``."""
    return [(one.item, [part.text.replace(OBJECT, "_") for part in one.segments]) for one in items]


def read_of(message: str, *syntaxes: str) -> list[str]:
    """Return what is read of a message, whatever file it stands in."""
    return [text for text, _ in prose(message, *syntaxes)]


def undone(meant: str) -> str:
    """Undo what stands for one character within a message: ``%%``, two apostrophes, an entity."""
    return {"%%": "%", "''": "'"}.get(meant, html.unescape(meant))
