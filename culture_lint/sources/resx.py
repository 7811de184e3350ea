"""Read .NET resource files: one item per string."""

from __future__ import annotations

from collections.abc import Iterator

from culture_lint.errors import Location, SourceError
from culture_lint.sources.catalogue import message_name
from culture_lint.sources.items import Item, Notice, ReadOptions, Source
from culture_lint.sources.notices import Notices
from culture_lint.sources.registry import reader
from culture_lint.sources.xml_catalogue import message_segments, note_directives, suppressible
from culture_lint.sources.xml_stream import Event, Whole, open_xml
from culture_lint.sources.xml_text import attributes


@reader(".resx", ".resw")
def read(source: Source, options: ReadOptions) -> Iterator[Item | Notice]:
    """Yield the strings of a resource file in file order.

    Resources of another type are left out, and so are the notes of form designers.

    Raises:
        SourceError: If the file cannot be read, or its root element is not ``<root>``.

    """
    with open_xml(source, options) as document:
        name = document.root.path[0]
        if name != "root":
            raise SourceError(
                f"is no .NET resource file: its root element is <{name[:40]}>, not <root>",
                Location(source.path, document.root.line),
            )
        strings = _Strings(source.path)
        yield from suppressible(document, lambda path: path[1:] == ("data",), strings.build)
        yield from strings.notices.rest()


class _Strings:
    """Makes items from the strings of one file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.notices = Notices(path)
        self.lines: dict[str, int] = {}

    def build(self, event: Event) -> Iterator[Item | Notice]:
        """Yield the item of one string."""
        if not isinstance(event, Whole):
            return
        record, data = event.record, event.element
        own = attributes(record, data)
        name, kind = own.get("name", ""), own.get("type", "System.String")
        value, comment = data.find("value"), data.find("comment")
        if "mimetype" in own or not kind.startswith("System.String") or name.startswith(">>"):
            return
        first = self.lines.get(name)
        self.lines.setdefault(name, record.line)
        if first is not None:
            self.notices.add(
                f"“{name[:80]}” stands here again, first on line {first}; .NET reads only one",
                record.line,
                kind="a name that stands in the file already",
            )
            yield from self.notices.take()
        found = tuple(message_segments(record, value.content, "value")) if value else ()
        if found:
            notes = tuple(note_directives(record, comment)) if comment else ()
            yield Item(self.path, message_name(name), record.line, found, directives=notes)
