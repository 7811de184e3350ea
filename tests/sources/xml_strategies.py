"""Pieces of XML for property tests, and what holds of every segment read from it."""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from xml.etree import ElementTree

from hypothesis import strategies as st

from culture_lint.sources.items import Item

from .helpers import at

#: Character data in every spelling, all of it well-formed wherever text may stand.
PIECES = st.sampled_from(
    [
        *"ab Z;,\t\n#é漢😀\u2028\xa0%@?>'\"\\",
        *("&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#233;", "&#x1F600;", "&#10;"),
        *("\r\n", "\r", "\r\r\n", "<!-- no & <b> -->", "<?pi no?>", "<![CDATA[]]>"),
        *("<![CDATA[a & <b>\r\nc]]>", "<![CDATA[]]]]>", "word ", "two  words"),
    ]
)
TEXT = st.lists(PIECES, max_size=10).map("".join).filter(lambda text: "]]>" not in cut_cdata(text))
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])


def declared_name(encoding: str) -> str:
    """Return how an XML declaration names one of `ENCODINGS`."""
    return {"utf-8-sig": "utf-8", "utf-16-le": "utf-16", "utf-16-be": "utf-16"}.get(
        encoding, encoding
    )


def cut_cdata(text: str) -> str:
    """Return the text without its CDATA sections, to see whether their end is left over."""
    parts = text.split("<![CDATA[")
    return parts[0] + "".join(part.split("]]>", 1)[1] for part in parts[1:])


def spans(length: int) -> list[tuple[int, int]]:
    """Return the sub-spans to try: all of a short text, a lattice of a long one."""
    step = max(1, length // 6)
    ends = [*range(0, length + 1, step), length]
    return [(start, end) for start in ends for end in ends if start <= end]


def check_places(text: str, items: Iterable[Item]) -> None:
    """Hold that the file, sliced at the place of any span, gives the text of that span."""
    for item in items:
        for segment in pickle.loads(pickle.dumps(item)).segments:
            for start, end in spans(len(segment.text)):
                assert segment.places.source(start, end) == at(text, segment, start, end)


def meant(source: str) -> str:
    """Return what a stretch of XML text reads, by another parser."""
    return "".join(ElementTree.fromstring(f"<a>{source}</a>").itertext())
