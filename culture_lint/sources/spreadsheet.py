"""Read workbooks (XLSX): one item per row of each sheet that holds a listing.

Places are those of `grid`: the line is the number of the row, the column counts characters from
the start of the cell. The field names the cell's column by its header, behind ``Sheet!`` for
every sheet read but the first, so that it stays what it is when rows move.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO

from culture_lint.errors import Location, SourceError
from culture_lint.frozen import frozen
from culture_lint.sources.encoding import open_bytes
from culture_lint.sources.grid import GridRow, as_text
from culture_lint.sources.items import Item, Notice, ReadOptions, Source
from culture_lint.sources.layout import Layout
from culture_lint.sources.notices import Notices
from culture_lint.sources.recognise import Recognised, recognise
from culture_lint.sources.records import LONGEST_RECORD
from culture_lint.sources.registry import reader
from culture_lint.sources.schemas import GENERIC
from culture_lint.sources.tables import TableItems

if TYPE_CHECKING:
    import zipfile

#: So many characters and rows of a sheet are looked at to recognise it.
_SAMPLE = 64 * 1024
_SAMPLE_ROWS = 300
#: What a workbook may unpack to, in bytes: all of its XML, and the table of its texts.
MOST_XML = 1 << 30
MOST_TEXTS = 256 << 20
_MOST_PARTS = 10_000
#: Real sheets pack to a tenth or a thirtieth; a part of this size that packs so well is a bomb.
_BIG = 16 << 20
_RATIO = 300
#: The last row and the most cells of a sheet, empty ones among them.
LAST_ROW = 1 << 20
_MOST_CELLS = 100_000_000
#: What the sheets are called that an annotated workbook got from us; they are not read.
OVERVIEW = "culture-lint"
_ERRORS = frozenset(
    [
        "#N/A",
        "#REF!",
        "#VALUE!",
        "#DIV/0!",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#SPILL!",
        "#CALC!",
        "#GETTING_DATA",
    ]
)
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_UNCALCULATED = re.compile(rb"(?:</f>|<f[^<>]*/>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
_ENTITIES = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)")

_STRICT = b"purl.oclc.org/ooxml/spreadsheetml"

#: A row: its number and its cells.
Row = tuple[int, list[str]]


@frozen
class _Sheet:
    """A sheet that can be read: the rows it was recognised by, and what was found."""

    sheet: Any
    head: list[Row]
    found: Recognised

    @property
    def title(self) -> str:
        return str(self.sheet.title)

    @property
    def rank(self) -> int:
        """How sure it is to be a listing: 2 for a known format, 0 by the look of its cells."""
        return 0 if self.found.guessed else 1 if self.found.layout.schema == GENERIC.name else 2


@reader(".xlsx", ".xlsm")
def read(source: Source, options: ReadOptions) -> Iterator[Item | Notice]:
    """Yield the rows of a workbook's listings as items, sheet by sheet, after notices on each.

    Formulas are read by the results that the file holds, numbers and dates as text. Rows that
    are hidden or filtered out are read, as an import reads them; hidden sheets are not, nor are
    sheets of instructions beside one that is surely a listing.

    Raises:
        SourceError: If it is no sound workbook, unpacks to too much, or no sheet is a listing.

    """
    path = source.path
    with _workbook(source) as (book, notices):
        chosen = _chosen(book, options, notices)
        for number, one in enumerate(chosen):
            yield from _items(path, one, f"{one.title}!" if number else "", notices)
        yield from notices.rest()


@frozen
class Listing:
    """A sheet that is read: its name, its part of the workbook, what its columns are.

    ``header`` is the row that names the columns, None without one; items are below ``above``.
    ``prefix`` stands before the fields of its items.
    """

    title: str
    part: str
    layout: Layout
    header: int | None
    above: int
    prefix: str


def listings(source: Source, options: ReadOptions) -> list[Listing]:
    """Return the sheets of a workbook that `read` reads, in order.

    Raises:
        SourceError: As `read` does.
    """
    with _workbook(source) as (book, notices):
        return [
            Listing(
                one.title,
                one.sheet._worksheet_path,
                one.found.layout,
                one.head[one.found.skip - 1][0] if one.found.skip else None,
                one.head[one.found.skip - 1][0] if one.found.skip else 0,
                f"{one.title}!" if number else "",
            )
            for number, one in enumerate(_chosen(book, options, notices))
        ]


def rows_of_items(source: Source, options: ReadOptions) -> Iterator[tuple[int, int]]:
    """Yield, for each item of a workbook in order, the number of its sheet among `listings`, its row.

    Raises:
        SourceError: As `read` does.
    """
    with _workbook(source) as (book, notices):
        for number, one in enumerate(_chosen(book, options, notices)):
            comment = one.found.layout.comment
            for line, cells in itertools.islice(
                _rows(one.sheet, source.path), one.found.skip, None
            ):
                if not comment or not cells[0].startswith(comment):
                    yield number, line


@contextmanager
def _workbook(source: Source) -> Iterator[tuple[Any, Notices]]:
    with open_bytes(source) as stream:
        _refuse(stream, source.path)
        notices = Notices(source.path)
        with closing(_opened(stream, notices)) as book:
            yield book, notices


def _refuse(stream: BinaryIO, path: str) -> None:
    """Look at the outside of a workbook before any of it is unpacked.

    Raises:
        SourceError: If it is something else, damaged, encrypted or a bomb.

    """
    import zipfile

    where = Location(path)
    magic = stream.read(8)
    if magic.startswith(b"\xd0\xcf\x11\xe0"):
        stream.seek(0)
        locked = "EncryptedPackage".encode("utf-16-le") in stream.read(1 << 20)
        what = "is encrypted; save it without a password" if locked else _OLD
        raise SourceError(what, where)
    if not magic.startswith(b"PK"):
        what = "is empty" if not magic else "is no workbook (XLSX), whatever its name says"
        cure = "" if not magic else "; is it CSV or HTML? Then give it that ending"
        raise SourceError(what + cure, where)
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if "[Content_Types].xml" not in names or not any(n.startswith("xl/") for n in names):
                raise SourceError("is a ZIP archive, but no workbook (XLSX)", where)
            if any(part.flag_bits & 1 for part in parts):
                raise SourceError("is encrypted; save it without a password", where)
            _refuse_bomb(parts, where)
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as content:
                        head = content.read(64 * 1024)
                        if _STRICT in head:
                            raise SourceError(
                                "is in the Strict form of Open XML, which is not read; save it as "
                                "an ordinary Excel workbook (.xlsx)",
                                where,
                            )
                        if _ENTITIES.search(head):
                            raise SourceError(
                                f"{part.filename} in it declares XML entities, which no "
                                "spreadsheet program writes; it is not read",
                                where,
                            )
    # zipfile raises NotImplementedError for a compression or an encryption that it does not know.
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise _damaged(path, error) from None
    stream.seek(0)


_OLD = "is in the old XLS format; save it as XLSX"


def _refuse_bomb(parts: Iterable[zipfile.ZipInfo], where: Location) -> None:
    parts = list(parts)
    texts = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
    size = sum(part.file_size for part in texts)
    strings = sum(part.file_size for part in texts if "sharedStrings" in part.filename)
    packed = any(
        part.file_size > _BIG and part.file_size > _RATIO * max(part.compress_size, 1)
        for part in texts
    )
    if size > MOST_XML or strings > MOST_TEXTS or packed or len(parts) > _MOST_PARTS:
        raise SourceError(
            f"unpacks to {size / (1 << 20):,.0f} MB in {len(parts):,} parts, too much for a "
            "listing; save it again with its listings only, or export it as CSV",
            where,
        )


def _damaged(path: str, error: BaseException) -> SourceError:
    what = " ".join(str(error).split())[:120]
    return SourceError(
        f"is a damaged or cut-off workbook ({what or type(error).__name__}); open it in a "
        "spreadsheet program and save it again",
        Location(path),
    )


def _opened(stream: BinaryIO, notices: Notices) -> Any:
    import warnings

    path = notices.path
    try:
        import openpyxl  # noqa: F401
    except ImportError:
        raise SourceError(
            "XLSX is read with openpyxl, which is not installed; `pip install openpyxl`",
            Location(path),
        ) from None
    # What it cannot keep (images, validations) is nothing that is read here.
    warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\b")
    try:
        return _book(stream, styled=True)
    except MemoryError:
        raise
    except Exception as error:  # it raises whatever its parts raise
        problem = _damaged(path, error)
    try:
        # Styles are where other programs stray most; all they say here is which number is a date.
        book = _book(stream, styled=False)
    except MemoryError:
        raise
    except Exception:  # what was wrong first is what a user can mend
        raise problem from None
    notices.add("its styles cannot be read, so that dates are read as numbers")
    return book


def _book(stream: BinaryIO, *, styled: bool) -> Any:
    """Open a workbook without what says nothing of its cells: properties, themes."""
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.xml.constants import ARC_STYLE

    made: Any = ExcelReader(stream, read_only=True, data_only=True, keep_links=False)
    made.valid_files = [
        name for name in made.archive.namelist() if not name.startswith(("docProps/", "xl/theme/"))
    ]
    if not styled:
        whole = made.archive.read

        def read_part(name: str) -> bytes:
            if name == ARC_STYLE:
                raise KeyError(name)
            return bytes(whole(name))

        made.archive.read = read_part
    made.read()
    return made.wb


def _chosen(book: Any, options: ReadOptions, notices: Notices) -> list[_Sheet]:
    """Return the sheets that are listings, and say which are not read.

    Raises:
        SourceError: If there is none; it says what is wrong with the first sheet.

    """
    path = notices.path
    found: list[_Sheet] = []
    left: list[str] = []
    problem: SourceError | None = None
    for sheet in book.worksheets:
        name = f"“{sheet.title}”"
        if sheet.sheet_state != "visible":
            left.append(f"{name} (hidden)")
            continue
        if re.fullmatch(rf"{OVERVIEW}( \d+)?", str(sheet.title)):
            left.append(f"{name} (the overview of an annotated workbook)")
            continue
        head = _head(_rows(sheet, path))
        if not head:
            left.append(f"{name} (empty)")
            continue
        try:
            found.append(_Sheet(sheet, head, _recognised(head, options, path)))
        except SourceError as error:
            problem = problem or SourceError(f"sheet {name}: {error.message}", Location(path))
            left.append(f"{name} (no text column found)")
    if not found:
        raise problem or SourceError("holds no sheet with anything in it", Location(path))
    best = max(one.rank for one in found)
    left += [f"“{one.title}” (not surely a listing)" for one in found if one.rank < best]
    if left:
        notices.add(f"sheets not read: {', '.join(left)}")
    return [one for one in found if one.rank == best]


def _head(rows: Iterator[Row]) -> list[Row]:
    """Return the first rows of a sheet, enough to recognise it by."""
    head: list[Row] = []
    size = 0
    for row in itertools.islice(rows, _SAMPLE_ROWS):
        head.append(row)
        size += sum(map(len, row[1]))
        if size >= _SAMPLE:
            break
    return head


def _recognised(head: Sequence[Row], options: ReadOptions, path: str) -> Recognised:
    width = max(len(cells) for _, cells in head)
    rows = [cells + [""] * (width - len(cells)) for _, cells in head]
    return recognise(rows, options, path)


def _items(path: str, one: _Sheet, prefix: str, notices: Notices) -> Iterator[Item | Notice]:
    """Yield the items of one sheet, and what is to be known of it."""
    skip = one.found.skip
    notices.add(f"{one.found.summary} (XLSX; sheet “{one.title}”)")
    if skip > 1:
        above = one.head[skip - 1][0]
        notices.add(f"what stands above the header in row {above} is not read", one.head[0][0])
    unknown = _uncalculated(one.sheet)
    if unknown:
        notices.add(
            f"{unknown:,} formulas in sheet “{one.title}” have no result in the file and are not "
            "read; open it in a spreadsheet program and save it"
        )
    yield from notices.take()
    build = TableItems(path, one.found.layout, prefix)
    for line, cells in itertools.islice(_rows(one.sheet, path), skip, None):
        count = len(cells)
        if count > build.width and any(cells[build.width :]):
            notices.add(
                f"{count} cells here, {build.width} columns in the header",
                line,
                kind="another number of cells than the header",
            )
        cells += [""] * (build.width - count)
        if one.found.layout.comment and cells[0].startswith(one.found.layout.comment):
            continue
        item = build.item(cells, line, GridRow(cells, line))
        yield from notices.take()
        yield item


def _rows(sheet: Any, path: str) -> Iterator[Row]:
    """Yield the rows that hold anything, without the empty cells at their ends.

    Raises:
        SourceError: If the sheet is damaged or runs beyond what a sheet can hold.

    """
    sheet.reset_dimensions()  # what a file says of its size need not be true
    rows = iter(sheet.iter_rows(values_only=True))
    seen = 0
    for line in itertools.count(1):
        try:
            values = next(rows, None)
        except MemoryError:
            raise
        except Exception as error:  # it raises whatever XML and its own parts raise
            raise _damaged(path, error) from None
        if values is None:
            return
        seen += len(values)
        if line > LAST_ROW or seen > _MOST_CELLS:
            raise SourceError(
                f"sheet “{sheet.title}” runs beyond what a sheet can hold; save it again",
                Location(path, min(line, LAST_ROW)),
            )
        cells = [_shown(value) for value in values]
        while cells and not cells[-1].strip():
            cells.pop()
        if sum(map(len, cells)) > LONGEST_RECORD:
            raise SourceError(
                f"this row is longer than {LONGEST_RECORD:,} characters; is this a listing file?",
                Location(path, line),
            )
        if cells:
            yield line, cells


def _shown(value: object) -> str:
    """Return a cell's value as text; an error is no text."""
    if isinstance(value, str):
        if value in _ERRORS:
            return ""
        return _ESCAPE.sub(_unescaped, value) if "_x" in value else value
    return as_text(value)


def _unescaped(found: re.Match[str]) -> str:
    char = chr(int(found[1], 16))
    return "\N{REPLACEMENT CHARACTER}" if "\ud800" <= char <= "\udfff" else char


def _uncalculated(sheet: Any) -> int:
    """Return how many formulas of a sheet have no result: nothing ever calculated them."""
    count = 0
    with sheet._get_source() as content:  # the same part that its rows come from
        rest = b""
        while chunk := content.read(1 << 20):
            chunk = rest + chunk
            cut = chunk.rfind(b"</c>") + 4
            if cut < 4:
                rest = chunk[-1024:]
                continue
            if b"<f" in chunk:
                count += sum(1 for _ in _UNCALCULATED.finditer(chunk, 0, cut))
            rest = chunk[cut:][-1024:]
    return count
