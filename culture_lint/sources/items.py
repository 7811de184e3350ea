"""What a reader hands on: items of segments, each with the way back to the file."""

from __future__ import annotations

from enum import Enum
from typing import Protocol

from culture_lint.frozen import frozen
from culture_lint.spans import Place


class Role(str, Enum):
    """What a field is for; it decides exposure, usage and which readings apply."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    BULLET = "bullet"
    DESCRIPTION = "description"
    TAG = "tag"
    BRAND = "brand"
    ALT = "alt"
    PRICE = "price"
    ATTRIBUTE = "attribute"
    #: Read as context (what kind of product this is), never judged itself.
    CATEGORY = "category"


class PlaceMap(Protocol):
    """The way from a span of a segment's text back to the file. Must be picklable."""

    def place(self, start: int, end: int) -> Place:
        """Return the physical place in the file of ``text[start:end]``."""

    def source(self, start: int, end: int) -> str:
        """Return exactly the file's characters that ``text[start:end]`` was read from."""


@frozen
class Segment:
    """The smallest text that is checked: one field's prose, tags and entities resolved.

    ``field`` is the column or key as the file names it. ``attribute`` says what an ATTRIBUTE
    segment describes, lower case and in English where known (``colour``, ``material``,
    ``pattern``, ``size``), else the name the file gives. ``language`` is a declared BCP 47 tag,
    or None. Segments of one item that were cut from one cell share the same ``field``.
    """

    field: str
    role: Role
    text: str
    places: PlaceMap
    attribute: str | None = None
    language: str | None = None


@frozen
class Directive:
    """A suppression as the source has it, found but not yet understood.

    ``text`` begins with its verb (``ignore[IN/cow-figurative] market=IN -- reason``) and
    ``place`` is where it stands. It is about the whole item unless ``segments`` (their indices)
    or ``lines`` (first and last physical line) narrow it. ``problem`` says what is wrong with
    where it stands: such a one silences nothing. ``path`` is the file that it stands in where
    that is not the item's own.
    """

    text: str
    place: Place
    segments: tuple[int, ...] | None = None
    lines: tuple[int, int] | None = None
    problem: str = ""
    path: str = ""


@frozen
class Item:
    """One listing, message or page.

    ``item`` is the source's own id (sku, handle ...) where it has one, else the item's number
    (from 1) as text; ``line`` is the physical line on which it starts. ``markets`` holds the
    markets that the row itself names, or None when the source names none (an empty tuple: it
    has a market column and this row leaves it empty). ``directives`` are the suppressions that
    are about this item, or about some of it. ``numbered`` is true where the id is nothing but
    the item's number, which changes when items before it come or go.
    """

    path: str
    item: str
    line: int
    segments: tuple[Segment, ...]
    language: str | None = None
    markets: tuple[str, ...] | None = None
    directives: tuple[Directive, ...] = ()
    numbered: bool = False


#: The kind of a notice on a file that holds no copy as far as its reader can tell.
NOT_READ = "not-read"
#: The kind of a notice on a file that could not be read, or not to its end.
UNREADABLE = "unreadable"


@frozen
class Notice:
    """Something about the input that a user should know and that stops nothing.

    ``kind`` names what a program may want to count: ``suppression/unused`` and its like.
    """

    path: str
    message: str
    line: int | None = None
    column: int | None = None
    kind: str = ""


@frozen
class Source:
    """One input: its name as shown in reports, and how to get its bytes.

    ``data`` holds the bytes when they did not come from a file (standard input); otherwise they
    are read from ``path``.
    """

    path: str
    data: bytes | None = None


@frozen
class ReadOptions:
    """What the user declared about the input.

    ``columns`` holds (role, column name) pairs; the roles are those of `Role` plus ``id``,
    ``market`` and ``language``. ``encoding`` and ``delimiter`` override detection. ``side`` is
    ``target`` or ``source`` where only that side of translations is to be read.
    """

    columns: tuple[tuple[str, str], ...] = ()
    encoding: str | None = None
    delimiter: str | None = None
    side: str | None = None
