"""Read ``.xml``: the root element says which format a file is of."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from culture_lint.sources.android import read_android
from culture_lint.sources.feeds import read_feed, read_listing
from culture_lint.sources.items import Item, Notice, ReadOptions, Source
from culture_lint.sources.registry import reader
from culture_lint.sources.xliff import read_xliff
from culture_lint.sources.xml_stream import XmlDocument, open_xml

#: By the local name of the root element.
_FORMATS: dict[str, Callable[[XmlDocument, ReadOptions], Iterator[Item | Notice]]] = {
    "RDF": read_feed,
    "feed": read_feed,
    "resources": read_android,
    "rss": read_feed,
    "xliff": read_xliff,
    "yml_catalog": read_feed,
}


@reader(".xml")
def read(source: Source, options: ReadOptions) -> Iterator[Item | Notice]:
    """Yield the items of an XML file; a notice instead where it holds no copy that is known.

    Much of what is XML in a repository describes builds and screens; that is no error.

    Raises:
        SourceError: If the file is not well-formed, or has an item that cannot be read.

    """
    with open_xml(source, options) as document:
        yield from _FORMATS.get(document.root.path[0], read_listing)(document, options)
