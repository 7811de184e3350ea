"""Open a source as text: find its encoding, refuse binary files, say where decoding fails."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from culture_lint.errors import Location, SourceError
from culture_lint.frozen import frozen
from culture_lint.sources.items import Source
from culture_lint.sources.places import LINE_END
from culture_lint.sources.plausibility import best_encoding
from culture_lint.sources.records import LONGEST_RECORD

_PREFIX = 256 * 1024
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES = {
    "utf-8-sig": "UTF-8 with BOM",
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 (little endian, no BOM)",
    "utf-16-be": "UTF-16 (big endian, no BOM)",
    "cp932": "cp932 (Shift-JIS)",
    "gb18030": "GB18030",
    "cp1252": "cp1252 (Windows Western)",
    "cp1251": "cp1251 (Windows Cyrillic)",
    "cp1250": "cp1250 (Windows Central European)",
    "cp1254": "cp1254 (Windows Turkish)",
    "cp949": "cp949 (Korean)",
    "big5": "Big5",
}
_EXPORT = "export it as CSV or TSV"
_MAGIC = (
    (b"PAR1", "Parquet", f"{_EXPORT}, or give it the ending .parquet"),
    (b"ARROW1", "Arrow", _EXPORT),
    (b"\xd0\xcf\x11\xe0", "XLS", _EXPORT),
    (b"\x89PNG", "PNG image", "give the listing file instead"),
    (b"\xff\xd8\xff", "JPEG image", "give the listing file instead"),
    (b"GIF8", "GIF image", "give the listing file instead"),
    (b"bplist", "binary property list", "convert it with `plutil -convert xml1 FILE`"),
    (b"%PDF", "PDF", _EXPORT),
    (b"\x1f\x8b", "gzip", "unpack it first"),
    (b"BZh", "bzip2", "unpack it first"),
    (b"\xfd7zXZ", "xz", "unpack it first"),
    (b"7z\xbc\xaf", "7-Zip", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "Zstandard", "unpack it first"),
    (b"Rar!", "RAR", "unpack it first"),
    (b"SQLite format 3", "SQLite", _EXPORT),
)
_PRINTABLE = bytes(range(0x20, 0x7F)) + b"\t\n\r"
_CONTROL = bytes(
    code for code in range(1, 0x20) if code not in b"\t\n\x0b\x0c\r\x1b\x1c\x1d\x1e\x1f"
)


@frozen
class Text:
    """An opened source: its lines (line ends kept) and the encoding they are decoded from."""

    lines: Iterator[str]
    encoding: str
    #: Whether the encoding was worked out from how plausible the text looks.
    guessed: bool

    @property
    def encoding_name(self) -> str:
        """The encoding as a user knows it."""
        return _NAMES.get(self.encoding, self.encoding)


@contextmanager
def open_text(
    source: Source,
    encoding: str | None,
    *,
    declared_by: str = "",
    longest: int = LONGEST_RECORD,
) -> Iterator[Text]:
    """Open ``source`` for reading line by line, decoding strictly.

    A line of more than ``longest`` characters comes in parts of that length. ``declared_by``
    says what names ``encoding``, where it is not the user.

    Raises:
        SourceError: If the file is missing or binary, the encoding is unknown or none fits, or
            (from inside the block) a line does not decode.

    """
    with open_bytes(source) as stream:
        prefix = stream.read(_PREFIX)
        _refuse_binary(source, prefix, encoding)
        guessed = False
        if encoding is not None:
            found = _checked(source, encoding, prefix, declared_by)
        else:
            found, guessed = _detect(source, prefix, stream)
        stream.seek(0)
        text = io.TextIOWrapper(stream, found, errors="strict", newline="")
        lines = iter(partial(text.readline, longest), "")
        try:
            yield Text(lines, found, guessed)
        except UnicodeDecodeError as error:
            cure = _cure(encoding, declared_by)
            raise _not_decoded(source, found, cure) from error


def joined(
    lines: Iterable[str],
    path: str,
    longest: int = LONGEST_RECORD,
    cure: str = "split it, or leave it out",
) -> str:
    """Return all lines of a text as one.

    Raises:
        SourceError: If it is longer than ``longest`` characters; ``cure`` says what to do.

    """
    parts: list[str] = []
    size = 0
    for line in lines:
        parts.append(line)
        size += len(line)
        if size > longest:
            raise SourceError(f"is longer than {longest:,} characters; {cure}", Location(path))
    return "".join(parts)


@contextmanager
def open_bytes(source: Source) -> Iterator[BinaryIO]:
    """Open ``source`` as bytes that can be sought in.

    Raises:
        SourceError: If it is missing, a directory, or cannot be opened.

    """
    if source.data is not None:
        yield io.BytesIO(source.data)
        return
    try:
        stream = Path(source.path).open("rb")  # noqa: SIM115  (closed by the block below)
    except FileNotFoundError:
        raise SourceError("no such file; check the path", Location(source.path)) from None
    except IsADirectoryError:
        raise SourceError("is a directory, not a file", Location(source.path)) from None
    except OSError as error:
        raise SourceError(
            f"cannot be opened: {error.strerror or error}", Location(source.path)
        ) from None
    with stream:
        yield stream


def _refuse_binary(source: Source, prefix: bytes, encoding: str | None) -> None:
    """Raise a `SourceError` that names the format if ``prefix`` is not the start of a text."""
    if prefix.startswith(b"PK\x03\x04"):
        sheet = b"xl/" in prefix or b"[Content_Types].xml" in prefix
        kind, cure = (
            ("XLSX", f"{_EXPORT}, or give it the ending .xlsx")
            if sheet
            else ("ZIP", "unpack it first")
        )
        raise SourceError(f"is binary ({kind}); {cure}", Location(source.path))
    for magic, kind, cure in _MAGIC:
        if prefix.startswith(magic):
            raise SourceError(f"is binary ({kind}); {cure}", Location(source.path))
    wide = encoding is not None and encoding.lower().startswith(("utf-16", "utf-32", "utf16"))
    if wide or prefix.startswith(tuple(bom for bom, _ in _BOMS)) or _wide(prefix):
        return
    odd = len(prefix) - len(prefix.translate(None, _CONTROL))
    if prefix.count(0) * 5 > len(prefix) or odd * 20 > len(prefix):
        raise SourceError(f"is binary, not text; {_EXPORT}", Location(source.path))


def _cure(encoding: str | None, declared_by: str) -> str:
    """Return what to do where the declared encoding is wrong, "" where it was worked out."""
    if encoding is None:
        return ""
    if declared_by:
        return f"correct {declared_by}, or name the encoding with --encoding"
    return "leave out --encoding to have it detected"


def _checked(source: Source, encoding: str, prefix: bytes, declared_by: str) -> str:
    """Return the declared encoding by its Python name, ready for a BOM."""
    try:
        known = codecs.lookup(encoding)
        name = known.name
        b"    ".decode(name, "ignore")  # some codecs do not make text
    except LookupError:
        raise SourceError(
            f"unknown encoding “{encoding}”; use for example utf-8, utf-16, cp1252, cp932, gb18030",
            Location(source.path),
        ) from None
    if not name.startswith("utf") and _surely_utf8(prefix):
        raise SourceError(
            f"is UTF-8, not {_NAMES.get(name, name)}; "
            + (_cure(encoding, declared_by) if declared_by else "leave out --encoding"),
            Location(source.path),
        )
    if name == "utf-8" and prefix.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if name in ("utf-16-le", "utf-16-be") and prefix.startswith(
        (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    ):
        return "utf-16"
    if name == "utf-16" and not prefix.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _wide(prefix) or "utf-16-le"
    return name


def _detect(source: Source, prefix: bytes, stream: BinaryIO) -> tuple[str, bool]:
    """Return the encoding and whether it is a guess; reads on while all is ASCII."""
    for bom, name in _BOMS:
        if prefix.startswith(bom):
            return name, False
    wide = _wide(prefix)
    if wide:
        return wide, False
    head = prefix
    while prefix.isascii() and (chunk := stream.read(_PREFIX)):
        prefix = chunk
    if _is_utf8(prefix):
        return "utf-8", False
    if _mostly_utf8(prefix):
        return "utf-8", False
    sample = prefix if prefix is head else head[:4096] + prefix
    found = best_encoding(sample)
    if found is None:
        raise SourceError(
            "the encoding is not recognised: not UTF-8 or UTF-16, and the text looks wrong in "
            "every other encoding tried; name it, e.g. `--encoding cp1252`",
            Location(source.path),
        )
    return found, True


def _wide(prefix: bytes) -> str | None:
    """Return the UTF-16 flavour that the NULs of a text without a BOM point to."""
    nul = prefix.count(0)
    if nul < 2 or nul * 100 < len(prefix):
        return None
    even, odd = prefix[::2].count(0), prefix[1::2].count(0)
    narrow = len(prefix) - len(prefix.translate(None, _PRINTABLE))
    if min(even, odd) * 4 > max(even, odd) or (narrow + nul) * 20 > len(prefix) * 19 > nul * 76:
        return None
    name = "utf-16-le" if odd > even else "utf-16-be"
    try:
        text = prefix[: len(prefix) // 2 * 2].decode(name, "strict")
    except UnicodeDecodeError as error:
        if error.end < len(prefix) - 4:
            return None
        text = prefix[: error.start].decode(name)
    return name if text.isprintable() or _few_controls(text) else None


def _few_controls(text: str) -> bool:
    odd = sum(1 for char in text if not char.isprintable() and char not in "\t\n\r\u3000\xa0\ufeff")
    return (odd - 2) * 100 <= len(text)


def _is_utf8(prefix: bytes) -> bool:
    """Tell whether ``prefix`` is UTF-8 but for a character cut off at either end."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    start = next((at for at in range(min(4, len(prefix))) if prefix[at] & 0xC0 != 0x80), 0)
    try:
        decoder.decode(prefix[start:])
    except UnicodeDecodeError:
        return False
    return True


def _surely_utf8(prefix: bytes) -> bool:
    """Tell whether ``prefix`` is UTF-8 beyond chance: with a BOM, or many characters of it."""
    if prefix.startswith(codecs.BOM_UTF8):
        return True
    wide = sum(1 for char in prefix.decode("utf-8", "ignore") if char > "\x7f")
    return wide >= 8 and _is_utf8(prefix)


def _mostly_utf8(prefix: bytes) -> bool:
    """Tell whether ``prefix`` is UTF-8 with a few broken bytes, as opposed to another encoding."""
    text = prefix.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    wide = len(prefix) - prefix.translate(None, bytes(range(0x80))).__len__()
    whole = len(text) - wide - broken
    return whole > broken


def _not_decoded(source: Source, encoding: str, cure: str) -> SourceError:
    """Find where decoding fails and say what to do about it: ``cure`` where it is known."""
    line, position, chunk = 1, 0, b""
    decoder = codecs.getincrementaldecoder(encoding)()
    pending = ""
    with open_bytes(source) as stream:
        while True:
            chunk = stream.read(_PREFIX)
            try:
                text = pending + decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                position += len(chunk) - len(error.object) + error.start
                before = pending + error.object[: error.start].decode(encoding, "ignore")
                line += len(LINE_END.findall(before))
                chunk = error.object
                break
            if not chunk:
                break
            position += len(chunk)
            pending = text[-2:] if text.endswith("\r") else ""
            line += len(LINE_END.findall(text[: len(text) - len(pending)]))
    return _error_at(source, encoding, line, position, chunk, cure)


def _error_at(
    source: Source, encoding: str, line: int, position: int, chunk: bytes, cure: str
) -> SourceError:
    name = _NAMES.get(encoding, encoding)
    what = f"this line is not {name} (byte {position + 1} of the file)"
    if not cure:
        other = best_encoding(chunk) or "cp1252"
        cure = f"if the file is in another encoding, name it, e.g. `--encoding {other}`"
    return SourceError(f"{what}; {cure}", Location(source.path, line))
