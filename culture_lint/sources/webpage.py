"""Read pages and letters in HTML and what is made like it: MJML, Freemarker, XHTML."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from culture_lint.sources.items import Item, Notice, ReadOptions, Source
from culture_lint.sources.passages import Passages, whole_text
from culture_lint.sources.records import LONGEST_RECORD
from culture_lint.sources.registry import reader
from culture_lint.sources.templating import without_templates
from culture_lint.sources.walker import Walker

_CHARSET = re.compile(
    rb"""(?:charset|encoding)\s*=\s*["']?([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE
)
#: What browsers read instead of what is declared: the larger set of characters.
_AS_BROWSERS = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "iso-8859-9": "cp1254",
}


@reader(".html", ".htm", ".xhtml", ".mjml", ".ftlh")
def read(source: Source, options: ReadOptions) -> Iterator[Item | Notice]:
    """Yield the passages of a page: what stands above its first heading, then one a heading.

    Product data in JSON-LD is an item of its own.

    Raises:
        SourceError: If the file cannot be read, or is too long.

    """
    if options.encoding is None and (encoding := _declared_encoding(source)) is not None:
        options = replace(options, encoding=encoding)
    raw = whole_text(source, options)
    page = Passages(source.path, raw)
    masked = without_templates(raw)
    walker = Walker(page, masked.cuts)
    walker.feed(masked.text)
    walker.flush()
    page.language = walker.root_language
    page.markets = walker.declared.markets()
    yield from walker.notices
    yield from page.items()


def _declared_encoding(source: Source) -> str | None:
    """Return the encoding that a page declares, if it is one that needs to be told and fits."""
    data = source.data
    try:
        if data is None:
            with Path(source.path).open("rb") as file:
                data = file.read(4 * LONGEST_RECORD)
        found = _CHARSET.search(data, 0, 4096)
        name = found[1].decode("ascii").lower() if found else ""
        codec = codecs.lookup(_AS_BROWSERS.get(name, name)).name
        if codec.startswith("utf") or (not data.isascii() and _is_utf8(data)):
            return None
        data.decode(codec)
    except (OSError, LookupError, ValueError):
        return None
    return codec


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
