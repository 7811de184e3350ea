"""Read ``.xml``: the root element says which format a file is of."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from culture_lint.errors import Location, SourceError
from culture_lint.sources.android import read_android
from culture_lint.sources.feeds import read_feed
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
    """Yield the items of an XML file whose root element is that of a format that is read.

    Raises:
        SourceError: If the file is not well-formed, or of no such format.

    """
    with open_xml(source, options) as document:
        name = document.root.path[0]
        if name not in _FORMATS:
            raise SourceError(
                f"is XML with the root element <{name[:40]}>, which holds no copy that is known; "
                "read are product feeds (<rss>, <feed>, <yml_catalog>), Android string resources "
                "(<resources>) and XLIFF (<xliff>)",
                Location(source.path, document.root.line),
            )
        yield from _FORMATS[name](document, options)
