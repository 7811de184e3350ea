"""The parts of a workbook: read, changed one by one, written again with all others as they were."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import BinaryIO

from culture_lint.errors import Location, SourceError
from culture_lint.reports.sheets.xml_edit import Node, appended, edited, outline, quoted, utf8

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = "[Content_Types].xml"
_KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml."
SHEET_TYPE = _KINDS + "worksheet+xml"
COMMENTS_TYPE = _KINDS + "comments+xml"
STYLES_TYPE = _KINDS + "styles+xml"
VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_EMPTY_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b"</Relationships>"
)
_CHUNK = 1 << 20
#: New parts have the first date that a ZIP archive knows, so that equal input gives equal bytes.
_DATE = (1980, 1, 1, 0, 0, 0)

#: A part's bytes, or what yields them when the part is written.
Content = bytes | Callable[[], Iterable[bytes]]


class Package:
    """A workbook that is being changed.

    Args:
        archive: The workbook as it was, None for a new one.
        path: Its name, for errors.
    """

    def __init__(self, archive: zipfile.ZipFile | None, path: str) -> None:
        self._archive = archive
        self.path = path
        self._infos = {one.filename: one for one in archive.infolist()} if archive else {}
        self._changed: dict[str, Content] = {}
        self._last: list[str] = []

    def __contains__(self, name: str) -> bool:
        return name in self._changed or name in self._infos

    def names(self) -> list[str]:
        """Return the names of all parts."""
        return list({**self._infos, **self._changed})

    def read(self, name: str) -> bytes:
        """Return a part.

        Raises:
            SourceError: If it is not there.
        """
        content = self._changed.get(name)
        if content is None:
            if self._archive is None or name not in self._infos:
                raise self.damaged(f"{name} is missing")
            return utf8(self._archive.read(name))
        return content if isinstance(content, bytes) else b"".join(content())

    def stream(self, name: str) -> Iterator[bytes]:
        """Yield the pieces of a part as it was in the file.

        Raises:
            SourceError: If it is not there, or not in UTF-8.
        """
        if self._archive is None or name not in self._infos:
            raise self.damaged(f"{name} is missing")
        with self._archive.open(name) as part:
            first = part.read(_CHUNK)
            if first.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise self.damaged(f"{name} is not in UTF-8")
            while first:
                yield first
                first = part.read(_CHUNK)

    def set(self, name: str, content: Content, *, late: bool = False) -> None:
        """Change a part or add one; a ``late`` one is written when all others have been."""
        self._changed[name] = content
        if late and name not in self._last:
            self._last.append(name)

    def remove(self, name: str) -> None:
        """Leave a part out."""
        self._changed.pop(name, None)
        self._infos.pop(name, None)

    def damaged(self, why: str) -> SourceError:
        """Return the error for a workbook that cannot be given back."""
        return SourceError(
            f"cannot be given back annotated ({why}); open it in a spreadsheet program and save it "
            "again",
            Location(self.path),
        )

    def write(self, out: BinaryIO) -> None:
        """Write the workbook, its parts in the order in which they were."""
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for name, info in self._infos.items():
                if name in self._last:
                    continue
                written = zipfile.ZipInfo(name, info.date_time)
                written.compress_type = info.compress_type
                written.external_attr = info.external_attr
                self._put(made, written, name)
            for name in [one for one in self._changed if one not in self._infos]:
                if name not in self._last:
                    self._put(made, _new(name), name)
            for name in self._last:
                self._put(made, _new(name), name)

    def _put(self, made: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> None:
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            info.compress_type = zipfile.ZIP_DEFLATED
        if info.is_dir():
            made.writestr(info, b"")
            return
        with made.open(info, "w") as part:
            content = self._changed.get(name)
            if isinstance(content, bytes):
                part.write(content)
                return
            for piece in self._original(name) if content is None else content():
                part.write(piece)

    def _original(self, name: str) -> Iterator[bytes]:
        assert self._archive is not None
        with self._archive.open(name) as part:
            while piece := part.read(_CHUNK):
                yield piece

    # -- relationships and types ----------------------------------------------------------------

    def relations(self, name: str) -> list[Node]:
        """Return the relationships of a part, or of the package for ""."""
        where = _relations_of(name)
        return outline(self.read(where)).children if where in self else []

    def related(self, name: str, kind: str) -> list[str]:
        """Return the parts that a part is related to in one way."""
        return [
            resolved(name, one.get("Target"))
            for one in self.relations(name)
            if one.get("Type").endswith("/" + kind) and one.get("TargetMode") != "External"
        ]

    def relation(self, name: str, id_: str) -> str | None:
        """Return the part that a part's relationship leads to."""
        return next(
            (resolved(name, o.get("Target")) for o in self.relations(name) if o.get("Id") == id_),
            None,
        )

    def relate(self, name: str, kind: str, target: str) -> str:
        """Add a relationship and return its id."""
        where = _relations_of(name)
        data = self.read(where) if where in self else _EMPTY_RELATIONS
        root = outline(data)
        used = {one.get("Id") for one in root.children}
        number = len(used) + 1
        while f"rId{number}" in used:
            number += 1
        relative = posixpath.relpath(target, posixpath.dirname(name) or ".")
        new = b"<%bRelationship Id=%b Type=%b Target=%b/>" % (
            root.prefix,
            quoted(f"rId{number}"),
            quoted(f"{RELATIONS}/{kind}"),
            quoted(relative),
        )
        self.set(where, edited(data, [appended(data, root, new)]))
        return f"rId{number}"

    def type(self, name: str, kind: str) -> None:
        """Say of what type a part is, or all parts with an ending for ``*.vml``."""
        data = self.read(_TYPES)
        root = outline(data)
        default = name.startswith("*.")
        key = name[2:] if default else "/" + name
        for one in root.children:
            if one.get("Extension" if default else "PartName").lower() == key.lower():
                return
        tag = b"Default Extension" if default else b"Override PartName"
        new = b"<%b%b=%b ContentType=%b/>" % (root.prefix, tag, quoted(key), quoted(kind))
        # Defaults stand before the others by custom alone.
        self.set(_TYPES, edited(data, [appended(data, root, new)]))

    def free(self, pattern: str) -> str:
        """Return the name of a part that is not there yet; ``pattern`` has a place for a number."""
        taken = {name.lower() for name in self.names()}
        number = 1
        while pattern.format(number).lower() in taken:
            number += 1
        return pattern.format(number)

    def workbook(self) -> str:
        """Return the name of the part that lists the sheets."""
        found = self.related("", "officeDocument")
        if not found:
            raise self.damaged("it does not say which part is the workbook")
        return found[0]


def resolved(name: str, target: str) -> str:
    """Return the part that ``target`` means in the relationships of a part."""
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), target))


def _relations_of(name: str) -> str:
    folder, file = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _new(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _DATE)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


def opened(stream: BinaryIO | None) -> AbstractContextManager[zipfile.ZipFile | None]:
    """Open the archive of a workbook, or nothing for a new one."""
    return zipfile.ZipFile(stream) if stream is not None else nullcontext()


# -- what a workbook holds besides its sheets ---------------------------------------------------


def add_sheet(package: Package, name: str, part: str) -> int:
    """List a sheet behind the others and return its number, from 0."""
    book = package.workbook()
    data = package.read(book)
    root = outline(data)
    sheets = root.child("sheets")
    if sheets is None:
        raise package.damaged("it lists no sheets")
    used = [one.get("sheetId") for one in sheets.children]
    number = max([0, *(int(one) for one in used if one.isdecimal())]) + 1
    id_ = package.relate(book, "worksheet", part)
    new = b'<%bsheet xmlns:r="%b" name=%b sheetId="%d" r:id=%b/>' % (
        sheets.prefix,
        RELATIONS.encode(),
        quoted(name),
        number,
        quoted(id_),
    )
    package.set(book, edited(data, [appended(data, sheets, new)]))
    package.type(part, SHEET_TYPE)
    return len(sheets.children)


def sheet_names(package: Package) -> list[tuple[str, str]]:
    """Return the name and the part of each sheet."""
    book = package.workbook()
    sheets = outline(package.read(book)).child("sheets")
    return [
        (one.get("name"), package.relation(book, one.get("id")) or "")
        for one in (sheets.children if sheets else ())
    ]


_FILTER = "_xlnm._FilterDatabase"
#: What may stand before the defined names of a workbook.
_BEFORE_NAMES = (
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "AlternateContent",
    "revisionPtr",
    "absPath",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
)


def name_filter(package: Package, sheet: int, name: str, area: str) -> None:
    """Name the area of a sheet's filter, as spreadsheet programs do; ``area`` is ``A1:K9``."""
    book = package.workbook()
    data = package.read(book)
    root = outline(data)
    fixed = re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", area)
    place = quoted("'" + name.replace("'", "''") + "'!" + fixed)[1:-1]
    names = root.child("definedNames")
    p = root.prefix
    new = b'<%bdefinedName name="%b" localSheetId="%d" hidden="1">%b</%bdefinedName>' % (
        p,
        _FILTER.encode(),
        sheet,
        place.replace(b"&quot;", b'"').replace(b"&#x27;", b"'"),
        p,
    )
    if names is None:
        before = [one for one in root.children if one.name in _BEFORE_NAMES]
        at = before[-1].end if before else root.inner
        whole = b"<%bdefinedNames>%b</%bdefinedNames>" % (p, new, p)
        package.set(book, edited(data, [(at, at, whole)]))
        return
    for one in names.children:
        if one.get("name") == _FILTER and one.get("localSheetId") == str(sheet):
            package.set(book, edited(data, [(one.start, one.end, new)]))
            return
    package.set(book, edited(data, [appended(data, names, new)]))
